//! What is moved: a promise to a later time, a report to a case of its own, a whole case into another.

use super::others::others_than;
use super::reach::{Said, letter};
use super::{compose, on_timeline, own, store};
use crate::cases::{self, Outcome, Promise, Visibility};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, PromiseId, ReportId, Time};
use crate::letters::{self, Worded};
use crate::reports;
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, spotting, write};

/// A promise that cannot be kept in time, as a responder moves it.
#[derive(Clone, Debug)]
pub struct Later {
    pub by: Time,
    /// The person who waits reads it.
    pub reason: String,
    /// Why words stay that the check marks.
    pub over: Option<String>,
}

/// Moves a promise, visibly, with a reason that the reporter reads.
pub async fn move_promise(desk: &Desk, who: &Who, id: PromiseId, later: &Later) -> Result<CaseId> {
    let reason = later.reason.trim();
    if reason.is_empty() {
        return Err(Error::Invalid(
            "Please say why, in a sentence: the person who waits will read it.".into(),
        ));
    }
    let now = desk.now();
    if later.by <= now {
        return Err(Error::Invalid("The new time must lie ahead.".into()));
    }
    write!(desk.db, tx => {
        if later.by <= cases::promise_of(tx, id).await?.by_at {
            return Err(Error::Invalid("The new time must lie after the one we promised. To be earlier than that, simply write.".into()));
        }
        let moved = cases::move_promise(tx, id, later.by, reason, now).await?;
        own::refuse(tx, who, moved.case_id).await?;
        let report = reports::store::by_id(tx, moved.report_id).await?.ok_or(Error::NotFound)?;
        let others = others_than(tx, &report).await?;
        let said = Said {
            kind: letters::Kind::Moved,
            letter: moved_letter(desk, report.locale(), &who.name, later, moved.by_at)
                .greeting(&report.reporter_name, report.locale())
                .without(others),
            over: later.over.as_deref(),
            subject: (moved.by_at < now).then_some("subject-late"),
        };
        letter(tx, desk, who, &report, said, now).await?;
        on_timeline(tx, who, moved.case_id, Some(moved.report_id), Visibility::Reporter, "promise-moved", reason, now).await?;
        cases::refresh(tx, moved.case_id, now).await?;
        Ok(moved.case_id)
    })
}

/// One promise, as it stands.
pub(super) async fn promised(desk: &Desk, id: PromiseId) -> Result<Promise> {
    let mut tx = desk.db.read().await?;
    cases::promise_of(&mut tx, id).await
}

/// The moment so many working minutes after what was promised, or after now where that is past.
pub(super) fn later_than(desk: &Desk, promised: Time, minutes: i64) -> Time {
    desk.settings.hours.after(promised.max(desk.now()), minutes.clamp(1, 100_000))
}

/// The letter that says so. Where the time we promised is past, it says sorry.
pub(super) fn moved_letter(desk: &Desk, reader: Locale, name: &str, later: &Later, promised: Time) -> Worded {
    let now = desk.now();
    Worded::around(&later.reason, reader, |locale| {
        let say = |moment| desk.settings.hours.say_by(moment, now, locale);
        let key = if promised < now { "letter-moved-late" } else { "letter-moved" };
        let values =
            [("was", say(promised)), ("by", say(later.by)), ("reason", later.reason.trim().to_owned())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        compose(desk, locale, name, &locale.say(key, &values), None)
    })
}

/// What the reporter of a report that leaves its case was told there about the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// It was about what they told us.
    Holds,
    /// It was about something else: they wait, and hear that from us.
    NotMeant,
}

impl Earlier {
    pub fn parse(word: &str) -> Option<Earlier> {
        match word {
            "holds" => Some(Earlier::Holds),
            "not-meant" => Some(Earlier::NotMeant),
            _ => None,
        }
    }
}

/// Gives a report a case of its own: it was not the same lure after all.
pub async fn split(desk: &Desk, who: &Who, report: ReportId) -> Result<CaseId> {
    split_with(desk, who, report, None).await
}

/// The same. Of somebody who was told there how it ended, somebody has to say whether that was meant for them.
pub async fn split_with(
    desk: &Desk,
    who: &Who,
    report: ReportId,
    earlier: Option<Earlier>,
) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let moved = reports::store::by_id(tx, report).await?.ok_or(Error::NotFound)?;
        let old = moved.case_id.ok_or(Error::NotFound)?;
        own::refuse(tx, who, old).await?;
        let told = cases::ending_of(tx, report).await?;
        if told.is_some() && earlier.is_none() {
            return Err(Error::NotYet("This person was told how it ended. Please say whether that was meant for them.".into()));
        }
        let new = cases::open(tx, &moved.subject, now).await?;
        store::move_report(tx, report, new).await?;
        // It stays known that they were here: whoever is forgotten later is looked for here too.
        on_timeline(tx, who, old, Some(report), Visibility::Team, "split-away", "", now).await?;
        on_timeline(tx, who, new, Some(report), Visibility::Team, "split", "", now).await?;
        match told {
            Some(_) if earlier == Some(Earlier::NotMeant) => take_back(tx, desk, who, new, &moved).await?,
            Some(told) => keep_ending(tx, old, new, &told, now).await?,
            None => {}
        }
        cases::refresh(tx, old, now).await?;
        cases::refresh(tx, new, now).await?;
        store::close_empty(tx, old, now).await?;
        Ok(new)
    })
}

/// What a reporter was told about the end is what their new case knows of it.
async fn keep_ending(tx: &mut Tx, old: CaseId, new: CaseId, told: &cases::Ending, now: Time) -> Result<()> {
    let Some(outcome) = Outcome::parse(&told.outcome) else { return Ok(()) };
    let left = cases::find(tx, old).await?;
    let words = left.outcome_words.filter(|_| left.outcome.as_deref() == Some(told.outcome.as_str()));
    cases::set_outcome(tx, new, outcome, &words.unwrap_or_default(), now).await
}

/// What they were told was about something else: it counts as nothing, they are owed a word, and a letter that says so is begun.
async fn take_back(
    tx: &mut Tx,
    desk: &Desk,
    who: &Who,
    case: CaseId,
    report: &reports::Report,
) -> Result<()> {
    let now = desk.now();
    store::untell(tx, report.id).await?;
    store::unanswered_again(tx, report.id).await?;
    on_timeline(tx, who, case, Some(report.id), Visibility::Team, "not-meant", "", now).await?;
    if !cases::promises_to(tx, report.id).await?.iter().any(Promise::is_open) {
        let by = desk.settings.first_word_by(now, report.exposed);
        cases::promise(tx, case, report.id, "word", by, now).await?;
    }
    if store::versioned_draft(tx, report.id, who.person).await?.is_none() {
        let words = report.locale().t("letter-not-meant");
        store::keep_draft(tx, case, report.id, who.person, &words, 1).await?;
    }
    Ok(())
}

/// Puts one case into another: it is the same thing, and later reports of it go there too.
pub async fn merge(desk: &Desk, who: &Who, from: CaseId, into_number: i64) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let into = cases::by_number(tx, into_number).await?
            .ok_or_else(|| Error::Invalid(format!("There is no case `{into_number}`. Please check the number.")))?;
        if into == from {
            return Err(Error::Invalid("That is this same case. Please give the number of the other one.".into()));
        }
        own::refuse(tx, who, from).await?;
        own::refuse(tx, who, into).await?;
        for report in reports::store::of_case(tx, from).await? {
            store::move_report(tx, report.id, into).await?;
        }
        cases::move_rest(tx, from, into).await?;
        spotting::follow(tx, from, into).await?;
        on_timeline(tx, who, from, None, Visibility::Team, "merged-away", &format!("#{into_number}"), now).await?;
        on_timeline(tx, who, into, None, Visibility::Team, "merged", "", now).await?;
        cases::refresh(tx, from, now).await?;
        cases::refresh(tx, into, now).await?;
        store::close_empty(tx, from, now).await?;
        Ok(into)
    })
}
