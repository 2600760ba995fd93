//! The inbox: who needs us, what is closed, what was left open, and looking for a case.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::cases::{self, InboxRow};
use crate::casework::store::{self, LeftOpen};
use crate::casework::tellers::Waiting;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, Time};
use crate::page::{Frame, Said, go, show};
use crate::who::{Access, Who};
use crate::words::Locale;
use crate::{Desk, letters, people};

#[derive(Template)]
#[template(path = "casework/inbox.html")]
struct Inbox {
    frame: Frame,
    rows: Vec<Row>,
    closed: bool,
    /// What an admin still has to set up.
    steps: Vec<people::begin::Step>,
    /// What somebody looks for, in place of a list.
    find: String,
    /// Whether that was enough to look for.
    looked: bool,
    /// What is still open in closed cases.
    left_open: Vec<LeftOpen>,
    /// In how many open cases somebody waits, on whatever page they stand.
    waiting: i64,
    /// In how many a promise of ours is overdue.
    overdue: i64,
    page: i64,
    more: bool,
}

struct Row {
    row: InboxRow,
    /// Who waits in it, and what they told us happened.
    tellers: Waiting,
    /// Why this case stands where it stands.
    need: String,
    urgent: bool,
    /// What else is true of it and must not be overlooked.
    also: Vec<(&'static str, &'static str)>,
    due: String,
    waiting: String,
}

#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    closed: bool,
    /// Counted from 1.
    page: Option<i64>,
    /// A case number, or a piece of a name, an address, a host, a title.
    #[serde(default)]
    find: String,
}

/// What is looked for: so many letters at least, and no more than these.
const LEAST: usize = 2;
const MOST: usize = 100;

pub(super) async fn inbox(
    State(desk): State<Desk>,
    who: Who,
    Query(which): Query<Which>,
    said: Said,
) -> Result<Response> {
    // A coach has no inbox: what people tell us is not theirs to read.
    if !Access::Desk.admits(who.role) {
        return Ok(go("/numbers", ""));
    }
    let find: String = which.find.trim().chars().filter(|one| *one != '\0').take(MOST).collect();
    if !find.is_empty() {
        return found(&desk, &who, find).await;
    }
    // The name of a case may be somebody's own words.
    people::note_look(&desk, &who, "looked at the inbox", "what cases are called").await?;
    let mut tx = desk.db.read().await?;
    let list = if which.closed { cases::Which::Closed } else { cases::Which::Open };
    let page = which.page.unwrap_or(1).clamp(1, 1_000_000);
    let (found, more) = cases::list(&mut tx, list, page - 1).await?;
    let waiting = if which.closed { 0 } else { cases::waiting(&mut tx).await? };
    let overdue = if which.closed { 0 } else { cases::overdue(&mut tx, desk.now()).await? };
    let tellers = if which.closed {
        BTreeMap::new()
    } else {
        crate::casework::tellers::waiting(&mut tx, page - 1).await?
    };
    let left_open = if which.closed || page > 1 { Vec::new() } else { store::left_open(&mut tx).await? };
    let rows = rows(&desk, &mut tx, found, tellers).await?;
    drop(tx);
    let frame = Frame::of(&desk, &who, "inbox").said(said).live("/live/inbox");
    let steps = if which.closed { Vec::new() } else { people::begin::steps(&desk, &who).await? };
    let (find, looked) = (String::new(), false);
    show(&Inbox {
        frame,
        rows,
        closed: which.closed,
        steps,
        find,
        looked,
        left_open,
        waiting,
        overdue,
        page,
        more,
    })
}

/// The case with a number, or a list of those in which something like this stands.
async fn found(desk: &Desk, who: &Who, find: String) -> Result<Response> {
    people::note_look(desk, who, "looked for a case", "by a number, a name, an address or a host").await?;
    let mut tx = desk.db.read().await?;
    if let Ok(number) = find.trim_start_matches('#').parse()
        && let Some(case) = cases::by_number(&mut tx, number).await?
    {
        return Ok(go(&format!("/cases/{case}"), ""));
    }
    let looked = find.chars().count() >= LEAST;
    let (mut found, mut named) = (Vec::new(), Vec::new());
    if looked {
        let (small, written) = (like(&find.to_lowercase()), like(&find));
        // Without a dot it is no host, and would be found in the words that all evidence has.
        let host = if find.contains('.') { small.as_str() } else { NOTHING };
        found = store::find(&mut tx, &small, &written, host, cases::PAGE + 1).await?;
        // Nobody gets a number of what one person told us; that their cases were shown stands in the record, for them to read.
        named = store::named(&mut tx, &small, &written).await?;
    }
    let more = found.len() as i64 > cases::PAGE;
    found.truncate(cases::PAGE as usize);
    let rows = rows(desk, &mut tx, found, BTreeMap::new()).await?;
    drop(tx);
    let whose = named.into_iter().map(Some);
    people::note_looks(desk, who, "found the cases of a person", "by a name or an address", whose).await?;
    let frame = Frame::of(desk, who, "inbox");
    let (closed, left_open, waiting, overdue, page) = (false, Vec::new(), 0, 0, 1);
    let steps = Vec::new();
    show(&Inbox { frame, rows, closed, steps, find, looked, left_open, waiting, overdue, page, more })
}

/// A pattern that no evidence is like.
const NOTHING: &str = "-";

/// A pattern that holds these words anywhere, and nothing that counts as a pattern in them.
fn like(words: &str) -> String {
    let plain = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

async fn rows(
    desk: &Desk,
    tx: &mut Tx,
    found: Vec<InboxRow>,
    mut tellers: BTreeMap<CaseId, Waiting>,
) -> Result<Vec<Row>> {
    let now = desk.now();
    let come_back: BTreeSet<CaseId> =
        letters::come_back(tx).await?.into_iter().map(|(case, _)| case).collect();
    let describe = |row: InboxRow| {
        let comes_back = come_back.contains(&row.id);
        let tellers = tellers.remove(&row.id).unwrap_or_default();
        describe(desk, row, tellers, comes_back, now)
    };
    Ok(found.into_iter().map(describe).collect())
}

const OVERDUE: &str = "Our word is overdue";
const SOON: &str = "Our word is due within half an hour";

fn describe(desk: &Desk, row: InboxRow, tellers: Waiting, comes_back: bool, now: Time) -> Row {
    let hours = &desk.settings.hours;
    let overdue = row.due().is_some_and(|due| due < now);
    let soon = !overdue && row.due().is_some_and(|due| due.since(now) < 30 * Time::MINUTE);
    let helps = row.exposed && row.waiting().is_some();
    let open = row.state != "closed";
    let also: Vec<_> = [
        (open && helps && overdue, ("care", OVERDUE)),
        (open && helps && soon, ("soon", SOON)),
        (open && row.task_done, ("soon", "A task was done")),
        (comes_back, ("soon", "A letter came back")),
        (row.automatic, ("", "Written by a machine")),
    ]
    .into_iter()
    .filter_map(|(holds, tag)| holds.then_some(tag))
    .collect();
    let (need, urgent) = if row.state == "closed" && row.reports == 0 {
        ("No report is in it any more".to_owned(), false)
    } else if row.state == "closed" {
        (
            row.outcome
                .clone()
                .map(|outcome| Locale::En.t(&format!("outcome-{outcome}")))
                .unwrap_or_default(),
            false,
        )
    } else if helps {
        ("Somebody needs help now".to_owned(), true)
    } else if overdue {
        (OVERDUE.to_owned(), true)
    } else if soon {
        (SOON.to_owned(), true)
    } else if row.waiting().is_some() && row.wrote_back {
        ("They wrote back".to_owned(), false)
    } else if row.waiting().is_some() {
        ("Waits for a first human word".to_owned(), false)
    } else if row.due().is_some() {
        ("We promised another word".to_owned(), false)
    } else {
        let nobody = if comes_back {
            "Nobody waits, but not everybody is reached"
        } else if row.automatic {
            "Nobody waits; ready to close"
        } else {
            "Everybody has an answer; ready to close"
        };
        (nobody.to_owned(), false)
    };
    Row {
        need,
        urgent,
        also,
        due: row.due().map(|due| hours.say_when(due, now, Locale::En)).unwrap_or_default(),
        waiting: row
            .waiting()
            .map(|since| crate::numbers::web::duration(now.since(since) as f64))
            .unwrap_or_default(),
        tellers,
        row,
    }
}
