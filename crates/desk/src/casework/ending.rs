//! How a case ends: what each reporter reads, that nobody is left without it, and closing.

use super::reach::{Said, letter, reach};
use super::{case_page, compose, on_timeline, store};
use crate::cases::{self, Ending, Outcome, Task, Visibility};
use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId, Time};
use crate::letters::{self, Worded};
use crate::reports::{self, Report};
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, write};

/// Who of a case hears how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hearers {
    /// Those who were told nothing yet, or another outcome.
    WhoDoNotKnow,
    Everybody,
}

impl Hearers {
    fn include(self, known: &[Ending], report: ReportId, outcome: Outcome) -> bool {
        let knows = known.iter().any(|one| one.report_id == report && one.outcome == outcome.as_str());
        self == Hearers::Everybody || !knows
    }
}

/// Tells everybody in a case who does not know it yet how it ended. Keeps their promises; each learns what their report did.
pub async fn tell_outcome(
    desk: &Desk,
    who: &Who,
    case: CaseId,
    outcome: Outcome,
    words: &str,
    over: Option<String>,
) -> Result<usize> {
    tell(desk, who, case, outcome, words, over, Hearers::WhoDoNotKnow).await
}

/// The same for those whom `hearers` names.
pub(super) async fn tell(
    desk: &Desk,
    who: &Who,
    case: CaseId,
    outcome: Outcome,
    words: &str,
    over: Option<String>,
    hearers: Hearers,
) -> Result<usize> {
    let now = desk.now();
    let words = words.trim();
    write!(desk.db, tx => {
        let all = reports::store::of_case(tx, case).await?;
        let known = cases::endings(tx, case).await?;
        let tasks = cases::tasks(tx, case).await?;
        let places = reports::places(all.iter());
        let total = places.iter().copied().max().unwrap_or(0);
        let mut told = 0;
        for (report, place) in all.iter().zip(places) {
            if !hearers.include(&known, report.id, outcome) {
                continue;
            }
            let end = End { outcome, words, place, total, ..End::of(report, &known, &tasks) };
            let said = Said { kind: letters::Kind::Outcome, letter: end.letter(desk, report.locale(), &who.name), over: over.as_deref() };
            if letter(tx, desk, who, report, said, now).await?.is_nowhere() {
                on_timeline(tx, who, case, Some(report.id), Visibility::Team, "unreached", "", now).await?;
            } else {
                cases::tell(tx, report.id, outcome, now).await?;
                on_timeline(tx, who, case, Some(report.id), Visibility::Reporter, "outcome", words, now).await?;
            }
            cases::keep_promises(tx, report.id, now).await?;
            store::answered(tx, report.id, now).await?;
            told += 1;
        }
        if told == 0 {
            return Err(Error::NotYet("Everybody in this case knows that. If somebody wrote afterwards, write to them; or tick the box to tell it to all once more.".into()));
        }
        cases::set_outcome(tx, case, outcome, words, now).await?;
        cases::refresh(tx, case, now).await?;
        Ok(told)
    })
}

/// One letter that would tell an outcome, and everybody who would read exactly these words.
#[derive(Clone, Debug)]
pub struct OutcomeLetter {
    pub readers: Vec<String>,
    pub letter: Worded,
}

/// What telling an outcome would write.
#[derive(Clone, Debug)]
pub struct OutcomeLetters {
    pub case: cases::Case,
    pub letters: Vec<OutcomeLetter>,
    /// How many know it already.
    pub know: usize,
    /// Those whom nothing reaches.
    pub unreached: Vec<String>,
}

/// The letters that telling this outcome would write. Writes none.
pub(super) async fn letters_for(
    desk: &Desk,
    who: &Who,
    case: CaseId,
    outcome: Outcome,
    words: &str,
    hearers: Hearers,
) -> Result<OutcomeLetters> {
    let page = case_page(desk, who, case, None).await?;
    let places = reports::places(page.witnesses.iter().map(|witness| &witness.report));
    let total = places.iter().copied().max().unwrap_or(0);
    let known: Vec<Ending> = page.witnesses.iter().filter_map(|witness| witness.ending.clone()).collect();
    let mut found = OutcomeLetters { case: page.case, letters: Vec::new(), know: 0, unreached: Vec::new() };
    for (witness, place) in page.witnesses.into_iter().zip(places) {
        let report = &witness.report;
        if !Hearers::WhoDoNotKnow.include(&known, report.id, outcome) {
            found.know += 1;
        }
        if witness.reach.is_nowhere() {
            found.unreached.push(witness.name);
            continue;
        }
        if !hearers.include(&known, report.id, outcome) {
            continue;
        }
        let words = words.trim();
        let end = End { outcome, words, place, total, ..End::of(report, &known, &page.tasks) };
        let letter = end.letter(desk, report.locale(), &who.name);
        match found.letters.iter_mut().find(|other| other.letter == letter) {
            Some(other) => other.readers.push(witness.name),
            None => found.letters.push(OutcomeLetter { readers: vec![witness.name], letter }),
        }
    }
    Ok(found)
}

/// Whether a closed case left anybody without our words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    EverybodyHeard,
    /// Nothing we wrote reaches somebody in it.
    SomebodyUnreached,
}

/// Closes a case that left nobody without an answer, and asks each reporter three questions a little later.
pub async fn close(desk: &Desk, who: &Who, case: CaseId) -> Result<Closed> {
    let now = desk.now();
    write!(desk.db, tx => {
        let known = cases::endings(tx, case).await?;
        let knows = |report: ReportId| known.iter().any(|one| one.report_id == report);
        let waiting = store::unanswered(tx, case).await?;
        if waiting.iter().any(|report| !knows(*report)) {
            return Err(Error::NotYet("Somebody in this case has not heard how it ended. Tell them the outcome first.".into()));
        }
        if !waiting.is_empty() {
            return Err(Error::NotYet("Somebody wrote to us after they heard how it ended. Write back first; you can say that it is the last word.".into()));
        }
        cases::close(tx, case, now).await?;
        on_timeline(tx, who, case, None, Visibility::Team, "closed", "", now).await?;
        let mut closed = Closed::EverybodyHeard;
        for report in reports::store::of_case(tx, case).await? {
            if knows(report.id) {
                crate::jobs::enqueue(tx, crate::jobs::Work::Invite(report.id), now.plus(5 * Time::MINUTE), now).await?;
            } else if reach(tx, &report).await?.is_nowhere() {
                closed = Closed::SomebodyUnreached;
            }
        }
        Ok(closed)
    })
}

/// Opens a case again.
pub async fn reopen(desk: &Desk, who: &Who, case: CaseId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        cases::reopen(tx, case, now).await?;
        on_timeline(tx, who, case, None, Visibility::Team, "reopened", "", now).await
    })
}

/// What decides which words a reporter reads about the end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End<'a> {
    pub outcome: Outcome,
    /// What they were told before, if it was something else.
    pub before: Option<Outcome>,
    pub exposed: bool,
    /// Whether something is still asked of them.
    pub asked: bool,
    /// The responder's own words.
    pub words: &'a str,
    pub place: usize,
    pub total: usize,
}

impl End<'_> {
    /// What is known of one reporter, before it is said how it ended.
    fn of(report: &Report, known: &[Ending], tasks: &[Task]) -> End<'static> {
        let before = known.iter().find(|ending| ending.report_id == report.id);
        let open = |task: &Task| {
            task.report_id == Some(report.id) && task.for_whom == "reporter" && task.done_at.is_none()
        };
        End {
            outcome: Outcome::Settled,
            before: before.and_then(|ending| Outcome::parse(&ending.outcome)),
            exposed: report.exposed,
            asked: tasks.iter().any(open),
            words: "",
            place: 1,
            total: 1,
        }
    }

    /// The whole letter.
    fn letter(&self, desk: &Desk, reader: Locale, name: &str) -> Worded {
        Worded::around(self.words, reader, |locale| compose(desk, locale, name, &self.text(locale), None))
    }

    /// Says only what is known here: nobody asks the responder what came of it, or what they ask for in their own words.
    pub(crate) fn text(&self, locale: Locale) -> String {
        let harmful = matches!(self.outcome, Outcome::Harmful | Outcome::HarmfulStopped);
        let mut parts = vec![locale.t(&format!("outcome-{}-letter", self.outcome.as_str()))];
        if let Some(key) = self.before.and_then(|before| correction(before, self.outcome)) {
            parts.push(locale.t(key));
        }
        if !self.words.is_empty() {
            parts.push(self.words.to_owned());
        }
        if self.total > 1 && harmful {
            let key = if self.place == 1 { "credit-first" } else { "credit-one-of" };
            parts.push(locale.say(key, &[("total", &self.total.to_string())]));
        }
        if self.exposed && !matches!(self.outcome, Outcome::Genuine | Outcome::Drill) {
            parts.push(locale.t("credit-own"));
        }
        if self.asked {
            parts.push(locale.t("outcome-asked"));
        } else if self.words.is_empty() {
            parts.push(locale.t("outcome-nothing"));
        }
        parts.push(locale.t("outcome-back"));
        parts.join("\n\n")
    }
}

/// What is said to somebody who was told another end before.
fn correction(before: Outcome, now: Outcome) -> Option<&'static str> {
    match (before, now) {
        _ if before == now => None,
        (Outcome::CouldNotTell | Outcome::Settled, _)
        | (Outcome::Harmful, Outcome::HarmfulStopped)
        | (_, Outcome::Settled) => Some("outcome-more-known"),
        _ => Some("outcome-was-wrong"),
    }
}

/// The whole letter, for the test that checks them all.
#[cfg(test)]
pub(crate) fn outcome_text(settings: &crate::Settings, locale: Locale, end: &End<'_>) -> String {
    super::with_ending(settings, locale, "Robin", &end.text(locale))
}
