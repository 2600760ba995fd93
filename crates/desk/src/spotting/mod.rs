//! How hard a case's message was to spot, on the NIST Phish Scale (TN 2276): the signs that were found, and how well its premise fits the
//! people here. The desk guesses the second; somebody who knows the people confirms or changes it. Rates a message, never a person.

mod store;
#[cfg(test)]
mod tests;
pub mod web;

use lure::Difficulty;
use lure::phish_scale::{Alignment, Applicability, CueCategory, Premise, difficulty};

use crate::cases::{self, Case, NewEntry, Source, Visibility};
use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId, Time};
use crate::reports::{self, Seen, SeenCue};
use crate::who::Who;
use crate::{Desk, people, write};

pub(crate) use store::follow;
#[cfg(test)]
pub(crate) use store::sql;

/// What the page shows about one message.
#[derive(Clone, Debug)]
pub struct Spotting {
    pub case: Case,
    pub report: ReportId,
    pub cues: Vec<SeenCue>,
    pub rating: Rating,
    /// Who confirmed the premise and when; nothing while it is the desk's guess.
    pub confirmed: Option<(String, Time)>,
}

/// A cell of the published table and how we came to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    pub cue_count: u32,
    pub cues: CueCategory,
    /// E1 to E5.
    pub premise: [Applicability; 5],
    /// −8 to 32 points.
    pub points: i32,
    pub alignment: Alignment,
    pub difficulty: Difficulty,
}

impl Rating {
    fn new(cue_count: u32, premise: [Applicability; 5]) -> Rating {
        let whole = Premise::confirmed(premise);
        let (cues, alignment) = (CueCategory::of(cue_count), whole.alignment());
        Rating {
            cue_count,
            cues,
            premise,
            points: whole.rating(),
            alignment,
            difficulty: difficulty(cues, alignment),
        }
    }
}

/// The rating of a stored reading: with what somebody here said, or with the desk's guess. Nothing where no message could be read.
fn rate(seen: &Seen, said: Option<&store::Stored>) -> Option<Rating> {
    let scale = seen.scale.as_ref()?;
    let points = match said {
        Some(said) => [said.process, said.work, said.events, said.concern, said.warned],
        None => scale.premise.map(i64::from),
    };
    let step =
        |points: i64| i32::try_from(points).ok().and_then(Applicability::from_points).unwrap_or_default();
    Some(Rating::new(seen.cue_count, points.map(step)))
}

/// The page about a message of a case: the chosen report's, or the first that has one.
pub async fn spotting(desk: &Desk, who: &Who, id: CaseId, chosen: Option<ReportId>) -> Result<Spotting> {
    let mut tx = desk.db.read().await?;
    let case = cases::find(&mut tx, id).await?;
    let said = store::of_case(&mut tx, id).await?;
    let mut found = None;
    for report in reports::store::of_case(&mut tx, id).await? {
        if chosen.is_some_and(|chosen| chosen != report.id) {
            continue;
        }
        let Some(whole) = reports::store::by_id(&mut tx, report.id).await? else { continue };
        let seen = whole.seen();
        if let Some(rating) = rate(&seen, said.as_ref()) {
            found = Some((report.id, whole.reporter_id, seen, rating));
            break;
        }
    }
    drop(tx);
    let (report, whose, seen, rating) = found.ok_or_else(|| {
        Error::Invalid(
            "There is no message to rate here: it came without one, or in a language we do not read yet."
                .into(),
        )
    })?;
    people::note_looks(desk, who, "read the signs of a case", &format!("#{}", case.number), [whose]).await?;
    Ok(Spotting {
        case,
        report,
        cues: seen.scale.map(|scale| scale.cues).unwrap_or_default(),
        rating,
        confirmed: said.map(|said| (said.author, said.said_at)),
    })
}

/// The difficulty of a case's message once somebody here confirmed its premise; nothing before.
pub(crate) async fn confirmed(
    tx: &mut crate::db::Tx,
    case: CaseId,
    seen: &Seen,
) -> Result<Option<(Difficulty, String)>> {
    let said = store::of_case(tx, case).await?;
    Ok(said.and_then(|said| rate(seen, Some(&said)).map(|rating| (rating.difficulty, said.author))))
}

/// Says how well the premise fits the people here, E1 to E5. May be said again.
pub async fn confirm(desk: &Desk, who: &Who, case: CaseId, premise: [Applicability; 5]) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        cases::find(tx, case).await?;
        store::say(tx, case, premise.map(|step| i64::from(step.points())), who.person, now).await?;
        on_timeline(tx, who, case, "premise", now).await
    })
}

/// Goes back to the desk's guess.
pub async fn take_back(desk: &Desk, who: &Who, case: CaseId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        cases::find(tx, case).await?;
        if store::take_back(tx, case).await? {
            on_timeline(tx, who, case, "premise-back", now).await?;
        }
        Ok(())
    })
}

async fn on_timeline(
    tx: &mut crate::db::Tx,
    who: &Who,
    case: CaseId,
    kind: &'static str,
    at: Time,
) -> Result<()> {
    cases::add_entry(
        tx,
        &NewEntry {
            case,
            report: None,
            source: Source::Responder,
            author: Some(who.person),
            visibility: Visibility::Team,
            kind,
            body: String::new(),
            at,
        },
    )
    .await
    .map(|_| ())
}
