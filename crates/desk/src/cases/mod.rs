//! A case: reports that belong together, its timeline, its promises and its tasks.
//! Everything may speak to a case; a case knows nobody.

mod grouping;
mod store;

#[cfg(test)]
mod tests;

pub use grouping::store::sql as grouping_sql;
pub use grouping::{Place, remember};
pub use store::{Case, Ending, Entry, InboxRow, NEVER, Promise, Task, sql};

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, EntryId, PersonId, PromiseId, ReportId, TaskId, Time};
use crate::jobs::{self, Claimed, Work};
use crate::{Desk, write};

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A reporter.
    Witness,
    /// Somebody at the desk.
    Responder,
    /// The desk itself.
    System,
}

impl Source {
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Witness => "witness",
            Source::Responder => "responder",
            Source::System => "system",
        }
    }
}

/// Who may read an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// The reporter it belongs to, and the team.
    Reporter,
    /// The team only.
    Team,
}

impl Visibility {
    pub fn as_str(self) -> &'static str {
        match self {
            Visibility::Reporter => "reporter",
            Visibility::Team => "team",
        }
    }
}

/// How a case ended, said to the reporter in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    HarmfulStopped,
    Harmful,
    Genuine,
    Drill,
    CouldNotTell,
    /// A device, a worry, a rule in the way: settled with the reporter.
    Settled,
}

impl Outcome {
    pub const ALL: [Outcome; 6] = [
        Outcome::HarmfulStopped,
        Outcome::Harmful,
        Outcome::Genuine,
        Outcome::Drill,
        Outcome::CouldNotTell,
        Outcome::Settled,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::HarmfulStopped => "harmful-stopped",
            Outcome::Harmful => "harmful",
            Outcome::Genuine => "genuine",
            Outcome::Drill => "drill",
            Outcome::CouldNotTell => "could-not-tell",
            Outcome::Settled => "settled",
        }
    }

    pub fn parse(word: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// Who a task is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForWhom {
    Reporter,
    Responder,
    It,
}

impl ForWhom {
    pub fn as_str(self) -> &'static str {
        match self {
            ForWhom::Reporter => "reporter",
            ForWhom::Responder => "responder",
            ForWhom::It => "it",
        }
    }

    pub fn parse(word: &str) -> Option<ForWhom> {
        [ForWhom::Reporter, ForWhom::Responder, ForWhom::It].into_iter().find(|whom| whom.as_str() == word)
    }
}

/// An item for a timeline. There is no verb that changes or removes one.
#[derive(Clone, Debug)]
pub struct NewEntry {
    pub case: CaseId,
    pub report: Option<ReportId>,
    pub source: Source,
    pub author: Option<PersonId>,
    pub visibility: Visibility,
    /// A word the pages translate: `reported`, `read`, `note`, `letter`, …
    pub kind: &'static str,
    pub body: String,
    pub at: Time,
}

/// Something to ask of somebody.
#[derive(Clone, Debug)]
pub struct NewTask {
    pub case: CaseId,
    pub report: Option<ReportId>,
    pub for_whom: ForWhom,
    pub ask: String,
    pub why: String,
    pub minutes: Option<i64>,
    pub by: Option<PersonId>,
}

/// The desk is reminded this long before a promise falls due.
const REMIND_BEFORE: i64 = 30 * Time::MINUTE;

/// Where a report goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    pub case: CaseId,
    /// Some report there is about a message so much like this one that what was decided of it is worth saying.
    pub close: bool,
}

/// The case that saw this message, or a new one. A closed case opens again when its lure comes back.
pub async fn join(
    tx: &mut Tx,
    message: Option<&mail::Fingerprint>,
    title: &str,
    now: Time,
) -> Result<Joined> {
    let found = match message {
        Some(message) => grouping::find(tx, message, now).await?,
        None => None,
    };
    let joined = match found {
        Some(joined) => joined,
        None => Joined { case: open(tx, title, now).await?, close: false },
    };
    if let Some(message) = message {
        remember(tx, joined.case, message, Place::Leading, now).await?;
    }
    Ok(joined)
}

/// Opens a case.
pub async fn open(tx: &mut Tx, title: &str, now: Time) -> Result<CaseId> {
    let id = CaseId::new(now);
    let number = tx.next_case_number().await?;
    store::add(tx, id, number, title, now).await?;
    Ok(id)
}

/// Adds an item to the timeline.
pub async fn add_entry(tx: &mut Tx, new: &NewEntry) -> Result<EntryId> {
    let id = EntryId::new(new.at);
    store::add_entry(tx, id, new).await?;
    tx.signal(format!("case:{}", new.case));
    if let Some(report) = new.report {
        tx.signal(format!("report:{report}"));
    }
    Ok(id)
}

/// Adds a line of the program about a report, which says all by its kind.
pub async fn add_line(
    tx: &mut Tx,
    case: CaseId,
    report: ReportId,
    visibility: Visibility,
    kind: &'static str,
    at: Time,
) -> Result<()> {
    let (report, source, author, body) = (Some(report), Source::System, None, String::new());
    add_entry(tx, &NewEntry { case, report, source, author, visibility, kind, body, at }).await.map(|_| ())
}

/// Promises a report something by a moment, and sees to it that the desk is reminded in time.
pub async fn promise(
    tx: &mut Tx,
    case: CaseId,
    report: ReportId,
    what: &str,
    by: Time,
    now: Time,
) -> Result<PromiseId> {
    let id = PromiseId::new(now);
    store::add_promise(tx, id, case, report, what, by, now).await?;
    jobs::enqueue(tx, Work::WatchPromise(id), by.plus(-REMIND_BEFORE).max(now), now).await?;
    Ok(id)
}

/// Marks every open promise to a report as kept.
pub async fn keep_promises(tx: &mut Tx, report: ReportId, now: Time) -> Result<u64> {
    store::keep_promises(tx, report, now).await
}

/// Moves a promise to another moment, for a reason that the reporter sees.
pub async fn move_promise(tx: &mut Tx, id: PromiseId, by: Time, reason: &str, now: Time) -> Result<Promise> {
    let old = store::promise(tx, id).await?.filter(Promise::is_open).ok_or(Error::NotFound)?;
    let next = promise(tx, old.case_id, old.report_id, &old.what, by, now).await?;
    store::mark_moved(tx, id, next, reason, now).await?;
    Ok(old)
}

/// One promise.
pub async fn promise_of(tx: &mut Tx, id: PromiseId) -> Result<Promise> {
    store::promise(tx, id).await?.ok_or(Error::NotFound)
}

/// The promises of a case, newest first.
pub async fn promises(tx: &mut Tx, case: CaseId) -> Result<Vec<Promise>> {
    store::promises(tx, case).await
}

/// The promises to one reporter, newest first.
pub async fn promises_to(tx: &mut Tx, report: ReportId) -> Result<Vec<Promise>> {
    store::promises_to(tx, report).await
}

/// Asks something of somebody.
pub async fn add_task(tx: &mut Tx, new: &NewTask, now: Time) -> Result<TaskId> {
    let id = TaskId::new(now);
    store::add_task(tx, id, new, now).await?;
    tx.signal(format!("case:{}", new.case));
    if let Some(report) = new.report {
        tx.signal(format!("report:{report}"));
    }
    Ok(id)
}

/// The tasks of a case.
pub async fn tasks(tx: &mut Tx, case: CaseId) -> Result<Vec<Task>> {
    store::tasks(tx, case).await
}

/// The tasks for one reporter.
pub async fn tasks_for(tx: &mut Tx, report: ReportId) -> Result<Vec<Task>> {
    store::tasks_for(tx, report).await
}

/// Marks a task as done, or as not done after all.
pub async fn set_task_done(tx: &mut Tx, id: TaskId, done: bool, now: Time) -> Result<Task> {
    store::set_task_done(tx, id, done.then_some(now)).await?.ok_or(Error::NotFound)
}

/// The person wants help with a task.
pub async fn ask_help(tx: &mut Tx, id: TaskId, now: Time) -> Result<Task> {
    store::ask_help(tx, id, now).await?.ok_or(Error::NotFound)
}

/// One case.
pub async fn find(tx: &mut Tx, id: CaseId) -> Result<Case> {
    store::by_id(tx, id).await?.ok_or(Error::NotFound)
}

/// The case with a number.
pub async fn by_number(tx: &mut Tx, number: i64) -> Result<Option<CaseId>> {
    store::by_number(tx, number).await
}

/// A piece of a timeline, oldest first. The newest piece is number 0.
#[derive(Clone, Debug)]
pub struct Piece {
    pub entries: Vec<Entry>,
    /// Whether something came before.
    pub more: bool,
}

impl Piece {
    /// How many entries a case's page, and a reporter's, shows at once: each can be long.
    const OF_CASE: i64 = 100;
    const OF_REPORT: i64 = 50;

    fn of(mut newest: Vec<Entry>, most: i64) -> Piece {
        let more = newest.len() as i64 > most;
        newest.truncate(most as usize);
        newest.reverse();
        Piece { entries: newest, more }
    }
}

/// A piece of the timeline of a case.
pub async fn timeline(tx: &mut Tx, case: CaseId, number: i64) -> Result<Piece> {
    let most = Piece::OF_CASE;
    let after = number.clamp(0, 1_000_000) * most;
    Ok(Piece::of(store::timeline(tx, case, most + 1, after).await?, most))
}

/// A piece of the timeline one reporter sees.
pub async fn timeline_for(tx: &mut Tx, report: ReportId, number: i64) -> Result<Piece> {
    let most = Piece::OF_REPORT;
    let after = number.clamp(0, 1_000_000) * most;
    Ok(Piece::of(store::timeline_for(tx, report, most + 1, after).await?, most))
}

/// Which cases a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// In the order in which people need us.
    Open,
    /// The newest first.
    Closed,
}

/// How many cases one page of a list holds.
pub const PAGE: i64 = 100;

/// One page of a list of cases, counted from 0, and whether another follows.
pub async fn list(tx: &mut Tx, which: Which, page: i64) -> Result<(Vec<InboxRow>, bool)> {
    let (most, after) = (PAGE + 1, page.clamp(0, 1_000_000) * PAGE);
    let mut rows = match which {
        Which::Open => store::inbox(tx, most, after).await?,
        Which::Closed => store::closed(tx, most, after).await?,
    };
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    Ok((rows, more))
}

/// In how many open cases somebody waits for a human word.
pub async fn waiting(tx: &mut Tx) -> Result<i64> {
    store::waiting(tx).await
}

/// In how many open cases a promise of ours is overdue.
pub async fn overdue(tx: &mut Tx, now: Time) -> Result<i64> {
    store::overdue(tx, now).await
}

/// Writes down that a reporter was told how it ended.
pub async fn tell(tx: &mut Tx, report: ReportId, outcome: Outcome, now: Time) -> Result<()> {
    store::tell(tx, report, outcome.as_str(), now).await
}

/// What the reporters of a case were told about its end; those who were not told are missing.
pub async fn endings(tx: &mut Tx, case: CaseId) -> Result<Vec<Ending>> {
    store::endings(tx, case).await
}

/// What one reporter was told about the end.
pub async fn ending_of(tx: &mut Tx, report: ReportId) -> Result<Option<Ending>> {
    store::ending_of(tx, report).await
}

/// Gives another case all that makes this one what it is, apart from its reports: a later report of the lure goes there too.
pub async fn move_rest(tx: &mut Tx, from: CaseId, into: CaseId) -> Result<()> {
    store::move_rest(tx, from, into).await
}

/// Counts anew what the inbox shows of a case, after something in it changed. Opens it if somebody waits in it.
pub async fn refresh(tx: &mut Tx, case: CaseId, now: Time) -> Result<()> {
    store::refresh(tx, case, now).await?;
    tx.signal("inbox");
    tx.signal(format!("case:{case}"));
    Ok(())
}

/// Who stands behind a report that comes into a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joins {
    Person {
        exposed: bool,
        promised: Time,
        received: Time,
    },
    /// Nobody waits for a word.
    Machine,
}

/// One more report came into a case: the same as [`refresh`], at a cost that does not grow with the case.
pub async fn joined(tx: &mut Tx, case: CaseId, who: Joins, now: Time) -> Result<()> {
    store::joined(tx, case, who, now).await?;
    tx.signal("inbox");
    tx.signal(format!("case:{case}"));
    Ok(())
}

/// A reporter did a task: the inbox says so until somebody reads the case.
pub async fn task_done(tx: &mut Tx, case: CaseId) -> Result<()> {
    store::mark_task_done(tx, case, true).await?;
    tx.signal("inbox");
    Ok(())
}

/// Somebody at the desk reads the case.
pub async fn task_seen(tx: &mut Tx, case: CaseId) -> Result<()> {
    if store::mark_task_done(tx, case, false).await? {
        tx.signal("inbox");
    }
    Ok(())
}

/// Takes a case on, or gives it back.
pub async fn set_owner(tx: &mut Tx, case: CaseId, owner: Option<PersonId>, now: Time) -> Result<()> {
    store::set_owner(tx, case, owner, now).await?;
    tx.signal("inbox");
    tx.signal(format!("case:{case}"));
    Ok(())
}

/// Writes down how it ended.
pub async fn set_outcome(tx: &mut Tx, case: CaseId, outcome: Outcome, words: &str, now: Time) -> Result<()> {
    store::set_outcome(tx, case, outcome.as_str(), words, now).await
}

/// Closes a case. Refused while a promise in it is open.
pub async fn close(tx: &mut Tx, case: CaseId, now: Time) -> Result<()> {
    if store::open_promises(tx, case).await? > 0 {
        return Err(Error::NotYet("Somebody in this case still waits for our word. Write to them, or tell them the outcome, and then close it.".into()));
    }
    if store::by_id(tx, case).await?.is_none_or(|case| case.outcome.is_none()) {
        return Err(Error::NotYet(
            "Please say first how this ended, so that the people who told us know.".into(),
        ));
    }
    store::set_state(tx, case, "closed", Some(now), now).await?;
    tx.signal("inbox");
    tx.signal(format!("case:{case}"));
    Ok(())
}

/// Opens a closed case again.
pub async fn reopen(tx: &mut Tx, case: CaseId, now: Time) -> Result<()> {
    store::set_state(tx, case, "open", None, now).await?;
    tx.signal("inbox");
    tx.signal(format!("case:{case}"));
    Ok(())
}

/// Job: reminds the desk before a promise falls due.
pub async fn watch_promise(desk: &Desk, job: &Claimed, id: PromiseId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        if !jobs::finish(tx, job).await? {
            return Ok(());
        }
        if let Some(promise) = store::promise(tx, id).await?.filter(Promise::is_open) {
            store::mark_warned(tx, id, now).await?;
            add_entry(tx, &NewEntry {
                case: promise.case_id, report: Some(promise.report_id), source: Source::System, author: None,
                visibility: Visibility::Team, kind: "promise-soon", body: String::new(), at: now,
            }).await?;
            tx.signal("inbox");
        }
        Ok(())
    })
}
