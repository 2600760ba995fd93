//! The responder's desk: the inbox, one case with its people and its evidence, and the verbs that answer them.
//! Every answer is a letter and a line on the timeline; every word we owe is a promise.

mod asking;
mod end;
mod ending;
mod files;
mod message;
mod moving;
mod others;
mod own;
mod reach;
mod show;
mod shown;
mod tellers;
pub mod web;

#[cfg(test)]
mod tests;

pub use asking::{Ask, ask, set_task};
#[cfg(test)]
pub(crate) use end::{About, End, outcome_text};
pub use ending::{Closed, OpenTasks, close, close_with, reopen, tell_outcome};
pub use files::{Opened, open_file};
pub use message::{MessageView, message_view};
pub use moving::{Earlier, Later, merge, move_promise, split, split_with};
use moving::{later_than, promised};
use others::others;
pub use reach::{Reach, renew_link, vouch};
use show::strangers;
pub use show::{CasePage, Witness, case_page, case_page_at};
pub use shown::Shown;

use crate::cases::{self, NewEntry, Source, Visibility};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, LetterId, PersonId, ReportId, Time};
use crate::letters::{self, Worded};

use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, checking, jobs, people, reports, write};

use reach::{Said, letter, reaches_nobody};

/// To whom a letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    One(ReportId),
    /// One, from a page that showed this.
    Read(ReportId, Shown),
    /// Those of a case whom its page showed, without strangers.
    Known(Shown),
    /// All of a case whom its page showed.
    Everyone(Shown),
}

impl To {
    fn shown(&self) -> Option<&Shown> {
        match self {
            To::One(_) => None,
            To::Read(_, shown) | To::Known(shown) | To::Everyone(shown) => Some(shown),
        }
    }
}

/// What left from one press.
#[derive(Clone, Debug)]
pub struct Sent {
    pub people: usize,
    /// Those who were not on that page, or told us more since: nothing went to them.
    pub unread: Vec<Unread>,
    /// Whether somebody in the case gets nothing that we write.
    pub unreached: bool,
}

/// Somebody whose words nobody can have read yet.
#[derive(Clone, Debug)]
pub struct Unread {
    pub report: ReportId,
    pub name: String,
}

impl Unread {
    fn of(witness: &Witness) -> Unread {
        Unread { report: witness.report.id, name: witness.name.clone() }
    }

    /// Their names, as a sentence holds them.
    pub fn names(unread: &[Unread]) -> String {
        unread.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// A responder's letter.
#[derive(Clone, Debug)]
pub struct Word {
    pub to: To,
    pub body: String,
    /// Why words stay that the check marks.
    pub over: Option<String>,
    /// When the reader hears from us next. Nothing makes it the last word, for somebody who knows how it ended.
    pub next_by: Option<Time>,
}

/// The same words to the same reader within this time are one letter.
const SAME_LETTER: i64 = 10 * Time::MINUTE;

/// Writes to the reporters of a case. Keeps the promise of a word, and makes the next one or says that this is the last.
pub async fn write_word(desk: &Desk, who: &Who, case: CaseId, word: &Word) -> Result<Sent> {
    if word.body.trim().is_empty() {
        return Err(Error::Invalid("Please write a few words first.".into()));
    }
    let now = desk.now();
    if word.next_by.is_some_and(|by| by <= now) {
        return Err(Error::Invalid("The next word must lie ahead. Please choose a later time.".into()));
    }
    write!(desk.db, tx => {
        let (mut heard, mut had, mut unread) = (0, false, Vec::new());
        own::refuse(tx, who, case).await?;
        let everybody = show::witnesses(tx, case, &[]).await?;
        let named = others::named_in(&everybody, &word.body);
        let all = readers(&everybody, &word.to)?;
        let without_strangers = matches!(word.to, To::Known(_)) && strangers(&all) > 0;
        for mut reports in ending::by_person(all.iter().filter(|witness| !(without_strangers && witness.is_stranger()))) {
            let missed = word.to.shown().and_then(|shown| reports.iter().copied().find(|witness| !shown.has(&witness.report)));
            if let Some(missed) = missed {
                unread.push(Unread::of(missed));
                continue;
            }
            reports.sort_by_key(|witness| !witness.report.exposed);
            let Some(first) = reports.first().filter(|witness| !witness.reach.is_nowhere()) else { continue };
            // Pressed twice, or sent to one and then to all: nobody reads the same letter again.
            let mut read = false;
            for witness in &reports {
                read |= store::letters_like(tx, witness.report.id, &word.body, now.plus(-SAME_LETTER)).await? > 0;
            }
            if read {
                had = true;
                continue;
            }
            if word.next_by.is_none() && reports.iter().any(|witness| witness.ending.is_none()) {
                return Err(Error::NotYet("Somebody here does not know yet how it ended. Tell them, or say when they hear from you next.".into()));
            }
            let said = Said {
                kind: letters::Kind::Word,
                letter: word_letter(desk, first.report.locale(), &who.name, &word.body, word.next_by)
                    .without(others(&named, &first.report)),
                over: word.over.as_deref(),
                subject: None,
            };
            letter(tx, desk, who, &first.report, said, now).await?;
            heard += 1;
            for report in reports.iter().map(|witness| witness.report.id) {
                cases::keep_promises(tx, report, now).await?;
                match word.next_by {
                    Some(by) => { cases::promise(tx, case, report, "word", by, now).await?; }
                    None => store::answered(tx, report, now).await?,
                }
                on_timeline(tx, who, case, Some(report), Visibility::Reporter, "letter", &word.body, now).await?;
                store::drop_draft(tx, report, who.person).await?;
            }
        }
        if heard == 0 && had && unread.is_empty() {
            return Err(Error::NotYet("These same words went out a few minutes ago, so they were not sent again.".into()));
        }
        if heard == 0 && unread.is_empty() {
            return Err(reaches_nobody());
        }
        cases::refresh(tx, case, now).await?;
        Ok(Sent { people: heard, unread, unreached: all.iter().any(Witness::is_missed) })
    })
}

/// A responder's words as they leave: with the promise of the next word, or how to come back to us.
pub fn word_letter(desk: &Desk, reader: Locale, name: &str, body: &str, next_by: Option<Time>) -> Worded {
    Worded::around(body, reader, |locale| match next_by {
        Some(_) => compose(desk, locale, name, body, next_by),
        None => {
            compose(desk, locale, name, &format!("{}\n\n{}", body.trim(), locale.t("outcome-back")), None)
        }
    })
}

/// Takes a case on (`true`) or gives it back. What somebody else has is neither taken nor given back in passing.
pub async fn take(desk: &Desk, who: &Who, case: CaseId, take: bool) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        let owner = cases::find(tx, case).await?.owner_id;
        own::refuse(tx, who, case).await?;
        if let Some(other) = owner.filter(|owner| *owner != who.person) {
            let name = name_of(tx, other).await?;
            return Err(Error::NotYet(format!("{name} has this case. If you want to go on with it in their place, take it over from {name}.")));
        }
        if owner.is_some() == take {
            return Ok(());
        }
        cases::set_owner(tx, case, take.then_some(who.person), now).await?;
        on_timeline(tx, who, case, None, Visibility::Team, if take { "taken" } else { "given-back" }, "", now).await
    })
}

/// Takes a case over from the colleague who has it.
pub async fn take_over(desk: &Desk, who: &Who, case: CaseId, from: PersonId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        own::refuse(tx, who, case).await?;
        let name = match cases::find(tx, case).await?.owner_id {
            Some(owner) if owner == who.person => return Ok(()),
            Some(owner) if owner != from => {
                let name = name_of(tx, owner).await?;
                return Err(Error::NotYet(format!("{name} took this case in the meantime.")));
            }
            Some(owner) => name_of(tx, owner).await?,
            None => String::new(),
        };
        cases::set_owner(tx, case, Some(who.person), now).await?;
        let words = if name.is_empty() { name } else { format!("Taken over from {name}.") };
        on_timeline(tx, who, case, None, Visibility::Team, "taken", &words, now).await
    })
}

async fn name_of(tx: &mut Tx, person: PersonId) -> Result<String> {
    let known = people::find(tx, person).await?.map(|person| person.name);
    Ok(known.unwrap_or_else(|| "A colleague".into()))
}

/// In which case a report is now: a colleague may have moved it since a page was opened.
pub async fn case_of(desk: &Desk, report: ReportId) -> Result<Option<CaseId>> {
    in_case(&mut desk.db.read().await?, report).await
}

async fn in_case(tx: &mut Tx, report: ReportId) -> Result<Option<CaseId>> {
    Ok(reports::store::by_id(tx, report).await?.and_then(|report| report.case_id))
}

/// Adds a note that only the team reads.
pub async fn note(desk: &Desk, who: &Who, case: CaseId, words: &str) -> Result<()> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Error::Invalid("Please write a few words first.".into()));
    }
    let now = desk.now();
    write!(desk.db, tx => {
        cases::find(tx, case).await?;
        own::refuse(tx, who, case).await?;
        on_timeline(tx, who, case, None, Visibility::Team, "note", words, now).await
    })
}

/// Where a half-written letter is, once somebody wished to keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Kept, in the case in which its reader is by now; a page that goes on writing has this version.
    As(CaseId, i64),
    /// Another window keeps different words, which that page never showed. Nothing was changed.
    Other(CaseId),
}

/// Keeps a half-written letter, unless another window keeps different words since the page had its `version`; an empty one is no draft.
pub async fn keep_draft(
    desk: &Desk,
    who: &Who,
    report: ReportId,
    body: &str,
    version: Option<i64>,
) -> Result<Kept> {
    write!(desk.db, tx => {
        let case = in_case(tx, report).await?.ok_or(Error::NotFound)?;
        let (before, newest) = store::versioned_draft(tx, report, who.person).await?.unwrap_or_default();
        let version = version.unwrap_or(newest);
        // Words that hold all of the others take nothing away: an answer to the same window may have been lost.
        if newest > version && !body.contains(before.trim()) {
            return Ok(Kept::Other(case));
        }
        if body.trim().is_empty() {
            store::drop_draft(tx, report, who.person).await?;
            return Ok(Kept::As(case, version));
        }
        let next = newest.max(version).saturating_add(1);
        store::keep_draft(tx, case, report, who.person, body, next).await?;
        Ok(Kept::As(case, next))
    })
}

/// Those of a case who read another language than these words, and which.
pub async fn read_otherwise(desk: &Desk, case: CaseId, words: &str) -> Result<Vec<String>> {
    let mut tx = desk.db.read().await?;
    let mut readers: Vec<String> = Vec::new();
    for witness in show::witnesses(&mut tx, case, &[]).await? {
        let locale = witness.report.locale();
        if !witness.reach.is_nowhere() && checking::other_tongue(words, locale).is_some() {
            let reader = format!("{} ({})", witness.name, checking::tongue_of(locale));
            if !readers.contains(&reader) {
                readers.push(reader);
            }
        }
    }
    let more = readers.len().saturating_sub(5);
    readers.truncate(5);
    readers.extend((more > 0).then(|| format!("{more} more")));
    Ok(readers)
}

/// Job: tells the team on the timeline that a letter did not reach its reader. They can still be called.
pub async fn say_undelivered(desk: &Desk, job: &jobs::Claimed, id: LetterId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        if !jobs::finish(tx, job).await? {
            return Ok(());
        }
        if let Some(letter) = letters::find(tx, id).await?
            && let Some(case) = letter.case_id
        {
            cases::add_entry(tx, &NewEntry {
                case, report: letter.report_id, source: Source::System, author: None,
                visibility: Visibility::Team, kind: "undelivered", body: String::new(), at: now,
            }).await?;
            tx.signal("inbox");
        }
        Ok(())
    })
}

fn readers(everybody: &[Witness], to: &To) -> Result<Vec<Witness>> {
    let mut readers = everybody.to_vec();
    if let To::One(id) | To::Read(id, _) = to {
        readers.retain(|witness| witness.report.id == *id);
    }
    if readers.is_empty() { Err(Error::NotFound) } else { Ok(readers) }
}

/// A responder's words as the letter that leaves: with the promise, the link to the reader's page and a name.
pub fn compose(desk: &Desk, locale: Locale, name: &str, body: &str, next_by: Option<Time>) -> String {
    match next_by {
        Some(by) => {
            let by = desk.settings.hours.say_by(by, desk.now(), locale);
            let promise = locale.say("letter-next", &[("by", &by)]);
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
