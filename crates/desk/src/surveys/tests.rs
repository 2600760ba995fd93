//! Stories of the three questions: what nobody may work out from the answers.

use super::{Answers, keep, satisfaction, store};
use crate::cases::Outcome;
use crate::casework;
use crate::db::Tx;
use crate::ids::Time;
use crate::test::TestDesk;
use crate::who::Role;

/// Somebody is asked and answers.
async fn answered(tx: &mut Tx, who: &str, answers: &Answers, words: &str) -> crate::error::Result<()> {
    let token = crate::keys::fresh_token();
    store::add(tx, &token, who, Time(1), Time(3)).await?;
    assert!(store::use_once(tx, &token, Time(2), !words.is_empty()).await?);
    keep(tx, "2026-11", answers, words).await
}

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
        let kept: crate::error::Result<()> =
            crate::write!(test.desk.db, tx => { answered(tx, &format!("p{number}"), &answers, "").await });
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
        let kept: crate::error::Result<()> =
            crate::write!(test.desk.db, tx => { answered(tx, &format!("p{number}"), &yes, &words).await });
        kept.unwrap();
        seen.push(test.get("/numbers", &cookie).await.body.matches("Thank you, number").count());
    }
    let expected = [0; 10].into_iter().chain([10; 10]).chain([20]);
    assert_eq!(seen, expected.collect::<Vec<_>>());
    let mut tx = test.desk.db.read().await.unwrap();
    let mut shown = satisfaction(&mut tx).await.unwrap().words;
    let written: Vec<String> =
        (0..21).filter(|number| *number != 3).map(|number| format!("Thank you, number {number}.")).collect();
    assert_ne!(shown, written, "they do not stand in the order in which they came");
    shown.sort_by_key(|words| written.iter().position(|one| one == words));
    assert_eq!(shown, written);
}

#[tokio::test]
async fn words_from_before_anybody_was_told_that_they_are_read_are_never_shown() {
    let test = TestDesk::new().await;
    let yes = Answers { respected: 5, know_what_to_do: 5, would_report_again: 5, words: String::new() };
    let kept: crate::error::Result<()> = crate::write!(test.desk.db, tx => {
        for number in 0..20 {
            if number < 9 {
                keep(tx, "2026-11", &yes, &format!("Number {number}.")).await?;
                crate::execute!(tx, "update answer set words_shown = null where words_shown = $1", false)?;
            } else {
                answered(tx, &format!("p{number}"), &yes, &format!("Number {number}.")).await?;
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

#[tokio::test]
async fn ten_answers_of_one_person_are_no_group_and_nobody_is_asked_again_within_a_quarter() {
    let test = TestDesk::new().await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let asked = async || test.letters().await.iter().filter(|letter| letter.kind == "invitation").count();
    let mut asked_until = Vec::new();
    for number in 0..3 {
        let kim = test.told("kim@example.org", &[], &format!("odd thing number {number}"), None).await;
        let case = test.case_of(kim.report).await;
        casework::tell_outcome(&test.desk, &robin, case, Outcome::Settled, "", None).await.unwrap();
        casework::close(&test.desk, &robin, case).await.unwrap();
        test.later(46 * Time::DAY);
        test.work().await;
        asked_until.push(asked().await);
    }
    assert_eq!(asked_until, [1, 1, 2]);

    let (yes, no) = (
        Answers { respected: 5, know_what_to_do: 5, would_report_again: 5, words: String::new() },
        Answers { respected: 1, know_what_to_do: 1, would_report_again: 1, words: String::new() },
    );
    let kept: crate::error::Result<()> = crate::write!(test.desk.db, tx => {
        for number in 0..12 {
            answered(tx, "kim", &no, &format!("No, number {number}.")).await?;
        }
        let shown = satisfaction(tx).await?;
        assert_eq!((shown.answered, shown.shares, shown.words.len()), (0, None, 0), "all of it is one person");
        for number in 0..4 {
            answered(tx, &format!("p{number}"), &yes, "").await?;
        }
        let shown = satisfaction(tx).await?;
        assert_eq!((shown.answered, shown.shares.map(|shares| shares[0]), shown.words.len()), (16, Some(0.25), 0));
        Ok(())
    });
    kept.unwrap();
}
