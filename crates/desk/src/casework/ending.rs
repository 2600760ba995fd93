//! How a case ends: what each reporter reads, that nobody is left without it, and closing.

use super::{case_page, compose, letter, on_timeline, store};
use crate::cases::{self, Outcome, Visibility};
use crate::error::{Error, Result};
use crate::ids::{CaseId, Time};
use crate::reports::{self, Report};
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, letters, write};

/// Tells everybody in a case how it ended. Keeps every promise; each reader learns what their report did.
pub async fn tell_outcome(
    desk: &Desk,
    who: &Who,
    case: CaseId,
    outcome: Outcome,
    words: &str,
    over: Option<String>,
) -> Result<usize> {
    let now = desk.now();
    let words = words.trim();
    write!(desk.db, tx => {
        let all = reports::store::of_case(tx, case).await?;
        let total = all.len();
        for (index, report) in all.iter().enumerate() {
            let body = compose(desk, report.locale(), &who.name, &outcome_letter(report, outcome, words, index + 1, total), None);
            letter(tx, desk, who, report, letters::Kind::Outcome, &body, over.clone(), now).await?;
            cases::keep_promises(tx, report.id, now).await?;
            store::answered(tx, report.id, now).await?;
            on_timeline(tx, who, case, Some(report.id), Visibility::Reporter, "outcome", words, now).await?;
        }
        cases::set_outcome(tx, case, outcome, words, now).await?;
        cases::refresh(tx, case, now).await?;
        Ok(total)
    })
}

/// One letter that would tell an outcome, and everybody who would read exactly these words.
#[derive(Clone, Debug)]
pub struct OutcomeLetter {
    pub readers: Vec<String>,
    pub locale: Locale,
    pub body: String,
}

/// The letters that [`tell_outcome`] would write. Writes none.
pub async fn outcome_letters(
    desk: &Desk,
    who: &Who,
    case: CaseId,
    outcome: Outcome,
    words: &str,
) -> Result<(cases::Case, Vec<OutcomeLetter>)> {
    let page = case_page(desk, who, case, None).await?;
    let total = page.witnesses.len();
    let mut letters: Vec<OutcomeLetter> = Vec::new();
    for (index, witness) in page.witnesses.iter().enumerate() {
        let (report, locale) = (&witness.report, witness.report.locale());
        let said = outcome_letter(report, outcome, words.trim(), index + 1, total);
        let body = compose(desk, locale, &who.name, &said, None);
        match letters.iter_mut().find(|letter| letter.body == body) {
            Some(letter) => letter.readers.push(witness.name.clone()),
            None => letters.push(OutcomeLetter { readers: vec![witness.name.clone()], locale, body }),
        }
    }
    Ok((page.case, letters))
}

/// Closes a case that left nobody without an answer, and asks each reporter three questions a little later.
pub async fn close(desk: &Desk, who: &Who, case: CaseId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        if store::unanswered(tx, case).await? > 0 {
            return Err(Error::NotYet("Somebody in this case has not heard how it ended. Tell them the outcome first.".into()));
        }
        cases::close(tx, case, now).await?;
        on_timeline(tx, who, case, None, Visibility::Team, "closed", "", now).await?;
        for report in reports::store::of_case(tx, case).await? {
            crate::jobs::enqueue(tx, crate::jobs::Work::Invite(report.id), now.plus(5 * Time::MINUTE), now).await?;
        }
        Ok(())
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
