//! The responder's desk: the inbox, one case with its people and its evidence, and the verbs that answer them.
//! Every answer is a letter and a line on the timeline; every word we owe is a promise.

mod ending;
mod message;
mod show;
pub mod web;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use ending::outcome_text;
pub use ending::{OutcomeLetter, close, outcome_letters, reopen, tell_outcome};
pub use message::{MessageView, message_view};
pub use show::{CasePage, Witness, case_page};

use crate::cases::{self, ForWhom, NewEntry, NewTask, Source, Visibility};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, PromiseId, ReportId, TaskId, Time};
use crate::letters::{self, Author, Draft};
use crate::reports::{self, Report};
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, people, write};

/// To whom a letter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    One(ReportId),
    Everyone,
}

/// A responder's letter.
#[derive(Clone, Debug)]
pub struct Word {
    pub to: To,
    pub body: String,
    /// Why words stay that the check marks.
    pub over: Option<String>,
    /// When the reader hears from us next. A letter that ends nothing promises the next word.
    pub next_by: Time,
}

/// Writes to the reporters of a case. Keeps the promise of a word, and makes the next one.
pub async fn write_word(desk: &Desk, who: &Who, case: CaseId, word: &Word) -> Result<usize> {
    if word.body.trim().is_empty() {
        return Err(Error::Invalid("Please write a few words first.".into()));
    }
    let now = desk.now();
    if word.next_by <= now {
        return Err(Error::Invalid("The next word must lie ahead. Please choose a later time.".into()));
    }
    write!(desk.db, tx => {
        let readers = readers(tx, case, word.to).await?;
        for report in &readers {
            letter(tx, desk, who, report, letters::Kind::Word, &compose(desk, report.locale(), &who.name, &word.body, Some(word.next_by)), word.over.clone(), now).await?;
            cases::keep_promises(tx, report.id, now).await?;
            cases::promise(tx, case, report.id, "word", word.next_by, now).await?;
            on_timeline(tx, who, case, Some(report.id), Visibility::Reporter, "letter", &word.body, now).await?;
            store::drop_draft(tx, report.id, who.person).await?;
        }
        cases::refresh(tx, case, now).await?;
        Ok(readers.len())
    })
}

/// Takes a case on (`true`) or gives it back.
pub async fn take(desk: &Desk, who: &Who, case: CaseId, take: bool) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        cases::set_owner(tx, case, take.then_some(who.person), now).await?;
        on_timeline(tx, who, case, None, Visibility::Team, if take { "taken" } else { "given-back" }, "", now).await
    })
}

/// Adds a note that only the team reads.
pub async fn note(desk: &Desk, who: &Who, case: CaseId, words: &str) -> Result<()> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Error::Invalid("Please write a few words first.".into()));
    }
    let now = desk.now();
    write!(desk.db, tx => { on_timeline(tx, who, case, None, Visibility::Team, "note", words, now).await })
}

/// Moves a promise, visibly, with a reason that the reporter reads.
pub async fn move_promise(desk: &Desk, who: &Who, id: PromiseId, by: Time, reason: &str) -> Result<CaseId> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Invalid(
            "Please say why, in a sentence: the person who waits will read it.".into(),
        ));
    }
    let now = desk.now();
    if by <= now {
        return Err(Error::Invalid("The new time must lie ahead.".into()));
    }
    write!(desk.db, tx => {
        let moved = cases::move_promise(tx, id, by, reason, now).await?;
        let report = reports::store::by_id(tx, moved.report_id).await?.ok_or(Error::NotFound)?;
        let said = desk.settings.hours.say(by, report.locale());
        let body = compose(desk, report.locale(), &who.name, &report.locale().say("letter-moved", &[("by", &said), ("reason", reason)]), None);
        letter(tx, desk, who, &report, letters::Kind::Moved, &body, None, now).await?;
        on_timeline(tx, who, moved.case_id, Some(moved.report_id), Visibility::Reporter, "promise-moved", reason, now).await?;
        cases::refresh(tx, moved.case_id, now).await?;
        Ok(moved.case_id)
    })
}

/// A task as a responder writes it.
#[derive(Clone, Debug)]
pub struct Ask {
    pub report: Option<ReportId>,
    pub for_whom: ForWhom,
    pub ask: String,
    pub why: String,
    pub minutes: Option<i64>,
}

/// Asks something of a reporter, a responder or IT.
pub async fn ask(desk: &Desk, who: &Who, case: CaseId, ask: &Ask) -> Result<()> {
    if ask.ask.trim().is_empty() {
        return Err(Error::Invalid("Please say what is asked.".into()));
    }
    if ask.for_whom == ForWhom::Reporter && ask.why.trim().is_empty() {
        return Err(Error::Invalid("Please say why: people do what they understand.".into()));
    }
    let now = desk.now();
    write!(desk.db, tx => {
        let targets: Vec<Option<ReportId>> = match (ask.for_whom, ask.report) {
            (ForWhom::Reporter, None) => reports::store::of_case(tx, case).await?.into_iter().map(|report| Some(report.id)).collect(),
            (_, report) => vec![report],
        };
        for report in targets {
            cases::add_task(tx, &NewTask {
                case, report, for_whom: ask.for_whom, ask: ask.ask.trim().to_owned(), why: ask.why.trim().to_owned(),
                minutes: ask.minutes, by: Some(who.person),
            }, now).await?;
            let visibility = if ask.for_whom == ForWhom::Reporter { Visibility::Reporter } else { Visibility::Team };
            on_timeline(tx, who, case, report, visibility, "task", ask.ask.trim(), now).await?;
        }
        Ok(())
    })
}

/// Marks a task as done or open; tells the case it belongs to.
pub async fn set_task(desk: &Desk, who: &Who, id: TaskId, done: bool) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let task = cases::set_task_done(tx, id, done, now).await?;
        let kind = if done { "task-done" } else { "task-open" };
        let visibility = if task.for_whom == "reporter" { Visibility::Reporter } else { Visibility::Team };
        on_timeline(tx, who, task.case_id, task.report_id, visibility, kind, &task.ask, now).await?;
        Ok(task.case_id)
    })
}

/// Gives a report a case of its own: it was not the same lure after all.
pub async fn split(desk: &Desk, who: &Who, report: ReportId) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let moved = reports::store::by_id(tx, report).await?.ok_or(Error::NotFound)?;
        let old = moved.case_id.ok_or(Error::NotFound)?;
        let new = cases::open(tx, &moved.subject, now).await?;
        store::move_report(tx, report, new).await?;
        on_timeline(tx, who, new, Some(report), Visibility::Team, "split", "", now).await?;
        cases::refresh(tx, old, now).await?;
        cases::refresh(tx, new, now).await?;
        Ok(new)
    })
}

/// Puts every report of one case into another: it is the same thing.
pub async fn merge(desk: &Desk, who: &Who, from: CaseId, into_number: i64) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let into = cases::by_number(tx, into_number).await?
            .ok_or_else(|| Error::Invalid(format!("There is no case `{into_number}`. Please check the number.")))?;
        if into == from {
            return Err(Error::Invalid("That is this same case. Please give the number of the other one.".into()));
        }
        for report in reports::store::of_case(tx, from).await? {
            store::move_report(tx, report.id, into).await?;
        }
        on_timeline(tx, who, from, None, Visibility::Team, "merged-away", &format!("#{into_number}"), now).await?;
        on_timeline(tx, who, into, None, Visibility::Team, "merged", "", now).await?;
        cases::refresh(tx, from, now).await?;
        cases::refresh(tx, into, now).await?;
        store::close_empty(tx, from, now).await?;
        Ok(into)
    })
}

/// Keeps a half-written letter.
pub async fn keep_draft(desk: &Desk, who: &Who, case: CaseId, report: ReportId, body: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => { store::keep_draft(tx, case, report, who.person, body, now).await })
}

/// Gives a reporter a new private link; the old one stops working.
pub async fn renew_link(desk: &Desk, who: &Who, report: ReportId) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let known = reports::store::by_id(tx, report).await?.ok_or(Error::NotFound)?;
        let case = known.case_id.ok_or(Error::NotFound)?;
        reports::renew_link(tx, desk, report).await?;
        people::note(tx, Some(who.person), "renewed a private link", &report.to_string(), now).await?;
        let body = compose(desk, known.locale(), &who.name, &known.locale().t("letter-new-link"), None);
        letter(tx, desk, who, &known, letters::Kind::Word, &body, None, now).await?;
        on_timeline(tx, who, case, Some(report), Visibility::Reporter, "new-link", "", now).await?;
        Ok(case)
    })
}

async fn readers(tx: &mut Tx, case: CaseId, to: To) -> Result<Vec<Report>> {
    let all = reports::store::of_case(tx, case).await?;
    let readers: Vec<Report> = match to {
        To::Everyone => all,
        To::One(id) => all.into_iter().filter(|report| report.id == id).collect(),
    };
    if readers.is_empty() { Err(Error::NotFound) } else { Ok(readers) }
}

/// Queues a letter for a reporter we may write to. Everybody else reads it on their page.
#[expect(clippy::too_many_arguments, reason = "one letter, said in full")]
async fn letter(
    tx: &mut Tx,
    desk: &Desk,
    who: &Who,
    report: &Report,
    kind: letters::Kind,
    body: &str,
    over: Option<String>,
    now: Time,
) -> Result<()> {
    let person = match report.reporter_id {
        Some(id) if report.answerable => people::find(tx, id).await?,
        _ => None,
    };
    let Some((person, address)) =
        person.and_then(|person| person.address.clone().map(|address| (person, address)))
    else {
        // Words read on a page are checked as well: only the envelope differs.
        letters::gate_person(body, report.locale(), over.as_deref())?;
        return letters::spoke_on_page(tx, report.id, now).await;
    };
    let locale = report.locale();
    let draft = Draft {
        kind,
        report: report.id,
        case: report.case_id,
        to: person.id,
        to_address: address,
        locale,
        subject: subject(locale, kind, &report.subject),
        body: body.to_owned(),
        author: Author::Person { id: who.person, over },
    };
    letters::queue(tx, desk, &draft, now).await.map(|_| ())
}

fn subject(locale: Locale, kind: letters::Kind, about: &str) -> String {
    let key = match kind {
        letters::Kind::FirstWord | letters::Kind::Word | letters::Kind::Invitation => "subject-word",
        letters::Kind::Moved => "subject-moved",
        letters::Kind::Outcome => "subject-outcome",
    };
    let about: String = about.chars().filter(|letter| !letter.is_control()).take(60).collect();
    locale.say(key, &[("about", &about)])
}

/// A responder's words as the letter that leaves: with the promise, the link to the reader's page and a name.
pub fn compose(desk: &Desk, locale: Locale, name: &str, body: &str, next_by: Option<Time>) -> String {
    match next_by {
        Some(by) => {
            let promise = locale.say("letter-next", &[("by", &desk.settings.hours.say(by, locale))]);
            with_ending(&desk.settings, locale, name, &format!("{}\n\n{promise}", body.trim()))
        }
        None => with_ending(&desk.settings, locale, name, body),
    }
}

fn with_ending(settings: &crate::Settings, locale: Locale, name: &str, body: &str) -> String {
    let ending = locale.say("letter-ending", &[("name", name), ("organisation", &settings.organisation)]);
    format!("{}\n\n{}\n{}\n\n{ending}\n", body.trim(), locale.t("letter-page"), letters::PAGE_LINK)
}

#[expect(clippy::too_many_arguments, reason = "one entry, said in full")]
async fn on_timeline(
    tx: &mut Tx,
    who: &Who,
    case: CaseId,
    report: Option<ReportId>,
    visibility: Visibility,
    kind: &'static str,
    body: &str,
    at: Time,
) -> Result<()> {
    cases::add_entry(
        tx,
        &NewEntry {
            case,
            report,
            source: Source::Responder,
            author: Some(who.person),
            visibility,
            kind,
            body: body.to_owned(),
            at,
        },
    )
    .await
    .map(|_| ())
}

pub(crate) mod store;
