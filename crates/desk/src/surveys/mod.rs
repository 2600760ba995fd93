//! Three questions after a case is closed, in a letter of their own, once in a quarter. The link shows a page; only a person who presses
//! a button on it answers, so that link scanners cannot. Answers carry a month and no person. Nothing is shown of fewer than five people.

pub(crate) mod store;
pub mod web;

use crate::error::{Error, Result};
use crate::ids::{EntryId, ReportId, Time};
use crate::jobs::{self, Claimed};
use crate::letters::{self, Draft};
use crate::{Desk, cases, keys, reports, write};

/// How many people must have answered before a number is shown.
pub const FEWEST: i64 = 5;
/// How many people must have added words before these are shown.
pub const FEWEST_WORDS: i64 = 10;
const OPEN_FOR: i64 = 30 * Time::DAY;
/// Nobody is asked again so soon: else the answers would be of those who report most.
const ASKED_AGAIN: i64 = 91 * Time::DAY;
/// A page answered sooner than this after it was shown was not read by a person.
pub const READING_TIME: i64 = 2_000_000;

/// One person's answers, 1 (no) to 5 (yes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    pub respected: i64,
    pub know_what_to_do: i64,
    pub would_report_again: i64,
    pub words: String,
}

/// What may be shown of all answers together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Satisfaction {
    pub invited: i64,
    /// Answers that are shown: whole batches of at least five people.
    pub answered: i64,
    /// Share of answers of 4 or 5, for each question; nothing below five answers.
    pub shares: Option<[f64; 3]>,
    /// What people added, in whole batches of at least ten people and in no order that says when.
    pub words: Vec<String>,
}

/// The most that is shown of what people added.
const MOST_WORDS: i64 = 500;

/// Job: invites the reporter of a closed case to answer. Nobody is asked while they wait for us, and nobody twice.
pub async fn invite(desk: &Desk, job: &Claimed, report: ReportId) -> Result<()> {
    let now = desk.now();
    let token = letters::thanks_token(desk, report);
    write!(desk.db, tx => {
        if !jobs::finish(tx, job).await? {
            return Ok(());
        }
        let Some(report) = reports::store::by_id(tx, report).await? else { return Ok(()) };
        let (Some(case), Some(_)) = (report.case_id, report.answered_at) else { return Ok(()) };
        if cases::find(tx, case).await?.state != "closed" {
            return Ok(());
        }
        let Some(person) = reports::reporter_of(tx, &report).await?.filter(|_| report.answerable) else { return Ok(()) };
        let Some(address) = person.address.clone() else { return Ok(()) };
        // Nobody is counted as asked whose letters come back.
        if letters::comes_back(tx, person.id).await? {
            return Ok(());
        }
        // One person may have told us of one thing twice, or of many things.
        if store::invited(tx, report.id, case, person.id, now.plus(-ASKED_AGAIN)).await? {
            return Ok(());
        }
        let locale = report.locale();
        let body = locale.say("invitation-letter", &[("link", letters::THANKS_LINK), ("organisation", &desk.settings.organisation)]);
        let body = letters::Worded::ours(body, locale).greeting(&report.reporter_name, locale).body;
        let draft = Draft {
            kind: letters::Kind::Invitation, report: report.id, case: report.case_id, to: person.id, to_address: address,
            locale, subject: locale.t("invitation-subject"), body: String::new(),
        };
        if letters::queue_ours(tx, desk, draft, &person.name, std::iter::once(Ok(body)), now).await?.is_some() {
            let who = desk.keys.mark(&format!("asked/{}", person.id));
            store::add(tx, &keys::hash(&token), &who, now, now.plus(OPEN_FOR)).await?;
        }
        Ok(())
    })
}

/// What is behind the link of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// The questions, with a fresh mark that the answer must bring back.
    Open(String),
    Answered,
    Expired,
}

/// What the page shows. Nothing changes.
pub async fn show(desk: &Desk, token: &str) -> Result<Invitation> {
    let now = desk.now();
    let mut tx = desk.db.read().await?;
    let (expires, used) = store::find(&mut tx, &keys::hash(token)).await?.ok_or(Error::NotFound)?;
    drop(tx);
    Ok(match used {
        Some(_) => Invitation::Answered,
        None if expires <= now => Invitation::Expired,
        None => Invitation::Open(mark(desk, token, now)),
    })
}

/// Takes an answer, once.
pub async fn answer(desk: &Desk, token: &str, given_mark: &str, answers: &Answers) -> Result<()> {
    let now = desk.now();
    let shown_at =
        given_mark.split('.').next().and_then(|at| at.parse().ok()).map(Time).ok_or(Error::NotFound)?;
    if !keys::same(given_mark, &mark(desk, token, shown_at)) || now.since(shown_at) > Time::DAY {
        return Err(Error::Unclear("survey-too-long"));
    }
    if now.since(shown_at) < READING_TIME {
        return Err(Error::Unclear("survey-too-quick"));
    }
    for value in [answers.respected, answers.know_what_to_do, answers.would_report_again] {
        if !(1..=5).contains(&value) {
            return Err(Error::Unclear("survey-choose"));
        }
    }
    let zoned = now.timestamp().to_zoned(desk.settings.hours.zone.clone());
    let month = format!("{:04}-{:02}", zoned.year(), zoned.month());
    let words: String = answers.words.trim().chars().filter(|letter| *letter != '\0').take(2000).collect();
    write!(desk.db, tx => {
        if !store::use_once(tx, &keys::hash(token), now, !words.is_empty()).await? {
            return Err(Error::Later("survey-answered"));
        }
        keep(tx, &month, answers, &words).await
    })
}

/// Keeps an answer. It is shown with those beside it once they are of five people: with each answer shown at once, what one person
/// said could be worked out from what is shown before and after.
async fn keep(tx: &mut crate::db::Tx, month: &str, answers: &Answers, words: &str) -> Result<()> {
    // The id is drawn without the moment, so that rows cannot be matched to letters by time.
    store::add_answer(tx, EntryId::new(Time(0)), month, answers, words).await?;
    store::show_batch(tx, FEWEST).await?;
    store::show_words(tx, FEWEST_WORDS).await
}

/// All answers together, as far as they may be shown.
pub async fn satisfaction(tx: &mut crate::db::Tx) -> Result<Satisfaction> {
    let (invited, answered, sums) = store::totals(tx).await?;
    let shares = (answered >= FEWEST).then(|| sums.map(|sum| sum as f64 / answered as f64));
    let words = store::words(tx, MOST_WORDS).await?;
    Ok(Satisfaction { invited, answered, shares, words })
}

fn mark(desk: &Desk, token: &str, at: Time) -> String {
    format!("{}.{}", at.0, desk.keys.mark(&format!("survey/{token}/{}", at.0)))
}

#[cfg(test)]
mod tests;
