//! What is moved: a promise to a later time, a report to a case of its own, a whole case into another.

use super::reach::{Said, letter};
use super::{compose, on_timeline, store};
use crate::cases::{self, Outcome, Promise, Visibility};
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
        let report = reports::store::by_id(tx, moved.report_id).await?.ok_or(Error::NotFound)?;
        let said = Said { kind: letters::Kind::Moved, letter: moved_letter(desk, report.locale(), &who.name, later), over: later.over.as_deref() };
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

/// The letter that says so.
pub(super) fn moved_letter(desk: &Desk, reader: Locale, name: &str, later: &Later) -> Worded {
    Worded::around(&later.reason, reader, |locale| {
        let by = desk.settings.hours.say_by(later.by, locale);
        let said = locale.say("letter-moved", &[("by", &by), ("reason", later.reason.trim())]);
        compose(desk, locale, name, &said, None)
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
        // What its reporter was told about the end is what their new case knows of it.
        if let Some(told) = cases::ending_of(tx, report).await?
            && let Some(outcome) = Outcome::parse(&told.outcome)
        {
            let left = cases::find(tx, old).await?;
            let words = left.outcome_words.filter(|_| left.outcome.as_deref() == Some(told.outcome.as_str()));
            cases::set_outcome(tx, new, outcome, &words.unwrap_or_default(), now).await?;
        }
        // It stays known that they were here: whoever is forgotten later is looked for here too.
        on_timeline(tx, who, old, Some(report), Visibility::Team, "split-away", "", now).await?;
        on_timeline(tx, who, new, Some(report), Visibility::Team, "split", "", now).await?;
        cases::refresh(tx, old, now).await?;
        cases::refresh(tx, new, now).await?;
        store::close_empty(tx, old, now).await?;
        Ok(new)
    })
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
