//! Stories of the numbers: what they must not flatter.

use super::{heard, of_last, still, wait};
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

#[tokio::test]
async fn whoever_waits_is_in_every_period_however_long_ago_they_told_us() {
    let test = TestDesk::new().await;
    test.told("lee@example.org", &[], "odd", Some(LURE)).await;
    test.told("kim@example.org", &[], "odd", None).await;
    test.later(46 * Time::DAY);
    let (robin, cookie) = test.somebody(Role::Responder).await;
    for days in [7, 30] {
        let numbers = of_last(&test.desk, days).await.unwrap();
        assert_eq!((numbers.reports, numbers.longest_silence), (0, Some(46 * Time::DAY)));
        let human = numbers.first_human_word.expect("two wait");
        assert_eq!((human.n, human.heard), (2, 0));
        let page = test.get(&format!("/numbers?days={days}"), &cookie).await.body;
        assert!(page.contains("2 cases wait") && page.contains("46 days"), "{page}");
    }
    let new = test.told("noor@example.org", &[], "something else", None).await;
    let case = test.case_of(new.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Settled, "", None).await.unwrap();
    let numbers = of_last(&test.desk, 7).await.unwrap();
    assert_eq!((numbers.reports, numbers.first_word.map(|one| one.n)), (1, Some(1)));
    assert_eq!(numbers.first_human_word.map(|one| (one.n, one.heard)), Some((3, 1)));
}

/// So many people tell us of a step of their own, and so many of something else.
async fn told(test: &TestDesk, name: &str, own: usize, others: usize) {
    for number in 0..own + others {
        let facts: &[Told] = if number < own { &[Told::Clicked] } else { &[] };
        test.told(&format!("{name}{number}@example.org"), facts, "odd", None).await;
    }
}

async fn own(test: &TestDesk, days: i64) -> Option<i64> {
    of_last(&test.desk, days).await.unwrap().own_step.map(|own| own.people)
}

#[tokio::test]
async fn a_click_told_this_week_is_not_counted_before_the_week_is_over() {
    let test = TestDesk::new().await;
    told(&test, "p", 6, 6).await;
    assert_eq!(own(&test, 30).await, None, "today tells of today");
    test.later(7 * Time::DAY);
    assert_eq!(own(&test, 30).await, Some(6));
    test.told("late@example.org", &[Told::Clicked], "", None).await;
    assert_eq!(own(&test, 30).await, Some(6), "nobody sees whose day it was");
    let (_, cookie) = test.somebody(Role::Coach).await;
    let page = test.get("/numbers", &cookie).await.body;
    assert!(
        page.contains("<strong>6</strong>") && page.contains("From 23 November 2026 to 29 November 2026.")
    );
}

#[tokio::test]
async fn a_click_told_later_taken_back_or_forgotten_changes_no_week_that_is_over() {
    let test = TestDesk::new().await;
    told(&test, "p", 6, 6).await;
    let quiet = test.told("quiet@example.org", &[], "odd", None).await.report;
    test.later(10 * Time::DAY);
    // Nobody looked at the page since that week ended.
    reports::correct(&test.desk, quiet, &[Told::Password].into()).await.unwrap();
    assert_eq!(own(&test, 90).await, Some(6), "they told us today");
    reports::say(&test.desk, quiet, "I clicked on the link as well.").await.unwrap();
    crate::erasure::erase(&test.desk, "p0@example.org", crate::erasure::Account::Stays).await.unwrap();
    assert_eq!(own(&test, 90).await, Some(6), "whoever knows who was forgotten learns nothing");
    told(&test, "q", 3, 5).await;
    reports::correct(&test.desk, quiet, &[Told::Looked].into()).await.unwrap();
    reports::correct(&test.desk, quiet, &[Told::Clicked].into()).await.unwrap();
    test.later(7 * Time::DAY);
    assert_eq!(own(&test, 90).await, Some(6), "four more are no batch");
    told(&test, "r", 1, 0).await;
    test.later(7 * Time::DAY);
    assert_eq!(own(&test, 90).await, Some(11), "with the one who told us ten days later");
}

#[tokio::test]
async fn what_lies_between_two_weeks_or_two_periods_is_never_a_group_of_one_to_four() {
    let test = TestDesk::new().await;
    told(&test, "p", 5, 5).await;
    test.later(7 * Time::DAY);
    assert_eq!([own(&test, 7).await, own(&test, 30).await], [Some(5), Some(5)]);
    told(&test, "q", 1, 8).await;
    test.later(7 * Time::DAY);
    assert_eq!([own(&test, 7).await, own(&test, 30).await], [None, Some(5)], "one person of last week");
    told(&test, "r", 8, 1).await;
    test.later(7 * Time::DAY);
    assert_eq!([own(&test, 7).await, own(&test, 30).await], [Some(9), Some(14)], "with those who waited");
    test.later(21 * Time::DAY);
    assert_eq!([own(&test, 7).await, own(&test, 30).await], [None, Some(9)], "and they leave together");
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
    assert_eq!(own(&test, 30).await, None, "two people, and nobody clicked");

    for number in 0..6 {
        test.told("kim@example.org", &[Told::Clicked], &format!("again {number}"), None).await;
        test.told(&format!("p{number}@example.org"), &[Told::Looked], "odd", None).await;
    }
    test.later(7 * Time::DAY);
    test.work().await;
    assert_eq!(own(&test, 30).await, None, "one person clicked, however often");
    for number in 0..4 {
        test.told(&format!("c{number}@example.org"), &[Told::Password], "oh", None).await;
    }
    test.later(7 * Time::DAY);
    assert_eq!(own(&test, 30).await, Some(5));
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

#[tokio::test]
async fn a_word_that_fell_due_now_is_counted_now_however_long_ago_it_was_given() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    test.later(20 * Time::DAY);
    let numbers = of_last(&test.desk, 7).await.unwrap();
    assert_eq!((numbers.promises_due, numbers.promises_kept), (1, 0), "it is overdue today");
    let (robin, _) = test.somebody(Role::Responder).await;
    let receipt = test.told("lee@example.org", &[], "something else", None).await;
    let case = test.case_of(receipt.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Settled, "", None).await.unwrap();
    let numbers = of_last(&test.desk, 7).await.unwrap();
    assert_eq!((numbers.promises_due, numbers.promises_kept), (2, 1));
    let kim = test.case_of(kim.report).await;
    casework::tell_outcome(&test.desk, &robin, kim, Outcome::Settled, "", None).await.unwrap();
    let kept = async |days| {
        let numbers = of_last(&test.desk, days).await.unwrap();
        (numbers.promises_due, numbers.promises_kept)
    };
    assert_eq!([kept(7).await, kept(30).await], [(1, 1), (2, 1)], "it fell due nineteen days ago");
    test.later(8 * Time::DAY);
    test.told("noa@example.org", &[], "and that", None).await;
    assert_eq!(kept(7).await, (0, 0));
    let (_, cookie) = test.somebody(Role::Coach).await;
    assert!(test.get("/numbers?days=7", &cookie).await.body.contains("none fell due"));
}

#[tokio::test]
async fn an_estimate_of_a_wait_is_said_as_one_and_few_reports_say_nothing_of_nine_in_ten() {
    let test = TestDesk::new().await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    for number in 0..6 {
        let receipt =
            test.told(&format!("kim{number}@example.org"), &[], &format!("odd {number}"), None).await;
        if number < 5 {
            let case = test.case_of(receipt.report).await;
            test.later(Time::HOUR * number);
            casework::tell_outcome(&test.desk, &robin, case, Outcome::Settled, "", None).await.unwrap();
        }
    }
    let page = test.get("/numbers", &cookie).await.body;
    assert!(page.contains("5 of 6 have one so far") && page.contains("half have one after 2 h"), "{page}");
    assert!(page.contains("likely between") || page.contains("likely more than"), "{page}");
    assert!(!page.contains("nine in ten"), "six reports do not say that: {page}");
    assert!(page.contains("1 case waits") && page.contains("whatever period is chosen"));
}
