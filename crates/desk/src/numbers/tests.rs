//! Stories of the numbers: what they must not flatter.

use super::{heard, of_last, shown, still, wait};
use crate::cases::Outcome;
use crate::casework;
use crate::ids::Time;
use crate::reports::{self, Told};
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

#[tokio::test]
async fn people_who_still_wait_count_and_a_persons_word_is_not_the_desks_own() {
    let test = TestDesk::new().await;
    let mut report = incoming("", &[], "somebody stood at the door", None);
    report.reporter = None;
    let silent = reports::receive(&test.desk, report).await.unwrap();
    test.told("lee@example.org", &[], "odd", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    test.later(Time::HOUR);
    let case = test.case_of(silent.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Settled, "", None).await.unwrap();
    test.later(9 * Time::HOUR);

    let numbers = of_last(&test.desk, 30).await.unwrap();
    let automatic = numbers.first_word.expect("Lee got one");
    assert_eq!(
        (automatic.n, automatic.heard, automatic.p90),
        (2, 1, Some(0.0)),
        "an hour later a person wrote, not the desk"
    );
    let human = numbers.first_human_word.expect("two reports");
    assert_eq!((human.n, human.heard), (2, 1));
    assert_eq!((human.p50, human.p90), (Some(Time::HOUR as f64), None), "Lee still waits");
    assert_eq!(numbers.longest_silence, Some(10 * Time::HOUR), "and that silence goes on");
}

#[test]
fn what_lies_between_two_shown_counts_is_never_a_group_of_one_to_four() {
    assert_eq!(shown(&[(20, 40), (15, 30), (10, 20)]), [Some(20), Some(15), Some(10)]);
    assert_eq!(shown(&[(20, 40), (19, 30)]), [Some(20), None], "one person");
    assert_eq!(shown(&[(20, 40), (16, 20), (12, 10)]), [Some(20), None, Some(12)], "against what is shown");
    assert_eq!(shown(&[(20, 40), (20, 10)]), [Some(20), Some(20)], "nobody lies between");
    assert_eq!(shown(&[(20, 40), (10, 38)]), [Some(20), None], "nearly all of twelve");
    assert_eq!(shown(&[(4, 40), (4, 20)]), [None, None]);
    assert_eq!(shown(&[(40, 4)]), [None]);
}

#[tokio::test]
async fn a_click_told_this_week_is_not_counted_before_the_week_is_over() {
    let test = TestDesk::new().await;
    for number in 0..12 {
        let facts: &[Told] = if number < 6 { &[Told::Clicked] } else { &[] };
        test.told(&format!("p{number}@example.org"), facts, "", None).await;
    }
    assert_eq!(of_last(&test.desk, 30).await.unwrap().own_mistake, None, "today tells of today");
    test.later(7 * Time::DAY);
    assert_eq!(of_last(&test.desk, 30).await.unwrap().own_mistake, Some(6));
    test.told("late@example.org", &[Told::Clicked], "", None).await;
    assert_eq!(of_last(&test.desk, 30).await.unwrap().own_mistake, Some(6), "nobody sees whose day it was");
}

#[tokio::test]
async fn five_reports_of_one_person_are_no_group_and_a_lost_device_is_no_click() {
    let test = TestDesk::new().await;
    for number in 0..5 {
        let mut lost = incoming("oli@example.org", &[], &format!("badge {number} is gone"), None);
        lost.kind = reports::Kind::Device;
        reports::receive(&test.desk, lost).await.unwrap();
        test.told("kim@example.org", &[], &format!("odd {number}"), None).await;
    }
    test.later(7 * Time::DAY);
    test.work().await;
    assert_eq!(of_last(&test.desk, 30).await.unwrap().own_mistake, None, "two people, and nobody clicked");

    for number in 0..6 {
        test.told("kim@example.org", &[Told::Clicked], &format!("again {number}"), None).await;
        test.told(&format!("p{number}@example.org"), &[Told::Looked], "odd", None).await;
    }
    test.later(7 * Time::DAY);
    test.work().await;
    assert_eq!(of_last(&test.desk, 30).await.unwrap().own_mistake, None, "one person clicked, however often");
    for number in 0..4 {
        test.told(&format!("c{number}@example.org"), &[Told::Password], "oh", None).await;
    }
    test.later(7 * Time::DAY);
    assert_eq!(of_last(&test.desk, 30).await.unwrap().own_mistake, Some(5));
}

#[test]
fn those_who_still_wait_count() {
    let hour = Time::HOUR;
    let waits = [heard(hour), heard(2 * hour), still(50 * hour), still(60 * hour), still(70 * hour)];
    let found = wait(&waits).expect("five");
    assert_eq!((found.n, found.heard, found.p50), (5, 2, None), "the middle person still waits");
    let found = wait(&waits[..3]).expect("three");
    assert_eq!((found.p50, found.p90), (Some(2.0 * hour as f64), None));
    assert_eq!(wait(&[]), None);
}
