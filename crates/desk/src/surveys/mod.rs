//! Three questions after a case is closed, in a letter of their own, once for each report. The link shows a page; only a person who presses
//! a button on it answers, so that link scanners cannot. Answers carry a month and no person. Nothing is shown below five.

pub(crate) mod store;
pub mod web;

use crate::error::{Error, Result};
use crate::ids::{EntryId, ReportId, Time};
use crate::jobs::{self, Claimed};
use crate::letters::{self, Draft};
use crate::{Desk, cases, keys, reports, write};

/// How many answers there must be before a number is shown.
pub const FEWEST: i64 = 5;
/// How many answers there must be before words are shown.
pub const FEWEST_WORDS: i64 = 10;
const OPEN_FOR: i64 = 30 * Time::DAY;
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
    /// Answers that are shown: whole batches of five.
    pub answered: i64,
    /// Share of answers of 4 or 5, for each question; nothing below five answers.
    pub shares: Option<[f64; 3]>,
    /// What people added, in whole batches of ten and in no order that says when.
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
        // One person may have told us of one thing twice.
        if store::invited(tx, report.id, case, person.id).await? {
            return Ok(());
        }
        let locale = report.locale();
        let body = locale.say("invitation-letter", &[("link", letters::THANKS_LINK), ("organisation", &desk.settings.organisation)]);
        let draft = Draft {
            kind: letters::Kind::Invitation, report: report.id, case: report.case_id, to: person.id, to_address: address,
            locale, subject: locale.t("invitation-subject"), body: String::new(),
        };
        if letters::queue_ours(tx, desk, draft, &person.name, std::iter::once(Ok(body)), now).await?.is_some() {
            store::add(tx, &keys::hash(&token), now, now.plus(OPEN_FOR)).await?;
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
        if !store::use_once(tx, &keys::hash(token), now).await? {
            return Err(Error::Later("survey-answered"));
        }
        keep(tx, &month, answers, &words).await
    })
}

/// Keeps an answer. It is shown with the four beside it once there are five: with each answer shown at once, what one person
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
mod tests {
    use super::*;
    use crate::test::TestDesk;

    #[tokio::test]
    async fn what_one_person_answered_cannot_be_worked_out_by_looking_again() {
        let test = TestDesk::new().await;
        let mut seen = Vec::new();
        for number in 0..12 {
            let step = if number == 5 { 1 } else { 5 };
            let answers = Answers {
                respected: step,
                know_what_to_do: step,
                would_report_again: step,
                words: String::new(),
            };
            let kept: Result<()> =
                crate::write!(test.desk.db, tx => { keep(tx, "2026-11", &answers, "").await });
            kept.unwrap();
            let mut tx = test.desk.db.read().await.unwrap();
            let shown = satisfaction(&mut tx).await.unwrap();
            seen.push((shown.answered, shown.shares.map(|shares| shares[0])));
        }
        let expected = [(0, None); 4].into_iter().chain([(5, Some(1.0)); 5]).chain([(10, Some(0.9)); 3]);
        assert_eq!(seen, expected.collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn what_people_add_is_read_in_tens_and_without_any_order() {
        let test = TestDesk::new().await;
        let (_, cookie) = test.somebody(crate::who::Role::Coach).await;
        test.told("kim@example.org", &[], "odd", None).await;
        test.later(Time::MINUTE);
        let yes = Answers { respected: 5, know_what_to_do: 5, would_report_again: 5, words: String::new() };
        let mut seen = Vec::new();
        for number in 0..21 {
            let words = if number == 3 { String::new() } else { format!("Thank you, number {number}.") };
            let kept: Result<()> =
                crate::write!(test.desk.db, tx => { keep(tx, "2026-11", &yes, &words).await });
            kept.unwrap();
            seen.push(test.get("/numbers", &cookie).await.body.matches("Thank you, number").count());
        }
        let expected = [0; 10].into_iter().chain([10; 10]).chain([20]);
        assert_eq!(seen, expected.collect::<Vec<_>>());
        let mut tx = test.desk.db.read().await.unwrap();
        let mut shown = satisfaction(&mut tx).await.unwrap().words;
        let written: Vec<String> = (0..21)
            .filter(|number| *number != 3)
            .map(|number| format!("Thank you, number {number}."))
            .collect();
        assert_ne!(shown, written, "they do not stand in the order in which they came");
        shown.sort_by_key(|words| written.iter().position(|one| one == words));
        assert_eq!(shown, written);
    }

    #[tokio::test]
    async fn words_from_before_anybody_was_told_that_they_are_read_are_never_shown() {
        let test = TestDesk::new().await;
        let yes = Answers { respected: 5, know_what_to_do: 5, would_report_again: 5, words: String::new() };
        let kept: Result<()> = crate::write!(test.desk.db, tx => {
            for number in 0..20 {
                keep(tx, "2026-11", &yes, &format!("Number {number}.")).await?;
                if number < 9 {
                    crate::execute!(tx, "update answer set words_shown = null where words_shown = $1", false)?;
                }
            }
            Ok(())
        });
        kept.unwrap();
        let mut tx = test.desk.db.read().await.unwrap();
        let shown = satisfaction(&mut tx).await.unwrap().words;
        assert_eq!(shown.len(), 10, "only whole tens of the newer ones");
        assert!(!shown.contains(&"Number 3.".to_owned()), "{shown:?}");
    }
}
