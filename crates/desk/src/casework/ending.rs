//! How a case ends: what each reporter reads, that nobody is left without it, and closing.

use super::reach::{Said, letter, reach};
use super::{case_page, compose, on_timeline, store};
use crate::cases::{self, Ending, Outcome, Visibility};
use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId, Time};
use crate::reports::{self, Report};
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, letters, write};

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
        let total = all.len();
        let mut told = 0;
        for (index, report) in all.iter().enumerate() {
            if !hearers.include(&known, report.id, outcome) {
                continue;
            }
            let body = compose(desk, report.locale(), &who.name, &outcome_letter(report, outcome, words, index + 1, total), None);
            let said = Said { kind: letters::Kind::Outcome, body, over: over.as_deref() };
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
    pub locale: Locale,
    pub body: String,
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
    let total = page.witnesses.len();
    let known: Vec<Ending> = page.witnesses.iter().filter_map(|witness| witness.ending.clone()).collect();
    let mut found = OutcomeLetters { case: page.case, letters: Vec::new(), know: 0, unreached: Vec::new() };
    for (index, witness) in page.witnesses.into_iter().enumerate() {
        let (report, locale) = (&witness.report, witness.report.locale());
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
        let said = outcome_letter(report, outcome, words.trim(), index + 1, total);
        let body = compose(desk, locale, &who.name, &said, None);
        match found.letters.iter_mut().find(|letter| letter.body == body) {
            Some(letter) => letter.readers.push(witness.name),
            None => found.letters.push(OutcomeLetter { readers: vec![witness.name], locale, body }),
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

/// The whole letter that tells an outcome, before anybody adds words of their own.
#[cfg(test)]
pub(crate) fn outcome_text(
    settings: &crate::Settings,
    locale: Locale,
    outcome: Outcome,
    place: usize,
    total: usize,
) -> String {
    super::with_ending(settings, locale, "Robin", &outcome_words(locale, true, outcome, "", place, total))
}

fn outcome_letter(report: &Report, outcome: Outcome, words: &str, place: usize, total: usize) -> String {
    outcome_words(report.locale(), report.exposed, outcome, words, place, total)
}

fn outcome_words(
    locale: Locale,
    exposed: bool,
    outcome: Outcome,
    words: &str,
    place: usize,
    total: usize,
) -> String {
    let mut parts = vec![locale.t(&format!("outcome-{}-letter", outcome.as_str()))];
    if !words.is_empty() {
        parts.push(words.to_owned());
    }
    if total > 1 && matches!(outcome, Outcome::Harmful | Outcome::HarmfulStopped) {
        let key = if place == 1 { "credit-first" } else { "credit-one-of" };
        parts.push(locale.say(key, &[("total", &total.to_string())]));
    }
    if exposed {
        parts.push(locale.t("credit-own"));
    }
    parts.push(locale.t("outcome-next"));
    parts.join("\n\n")
}
