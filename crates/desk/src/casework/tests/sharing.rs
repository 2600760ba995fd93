//! Stories of reports that belong together, or do not after all: merge, split, the next report of the lure.

use crate::cases::{self, ForWhom, Outcome};
use crate::casework::{self, Ask};
use crate::ids::{CaseId, Time};
use crate::test::{LURE, TestDesk};
use crate::who::Role;

const OTHER: &str = "From: \"Payroll\" <pay@w4ges.example>\nTo: kim@example.org\nSubject: Your November bonus\n\
    MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n\
    A bonus was granted to you this month. To receive it, sign in at http://198.51.100.9/bonus with your work account before Friday noon.";

async fn case(test: &TestDesk, id: CaseId) -> cases::Case {
    let mut tx = test.desk.db.read().await.unwrap();
    cases::find(&mut tx, id).await.unwrap()
}

#[tokio::test]
async fn what_was_put_together_stays_together_when_the_lure_comes_again() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    let lee = test.told("lee@example.org", &[], "", Some(OTHER)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let (into, from) = (test.case_of(kim.report).await, test.case_of(lee.report).await);
    assert_ne!(into, from);
    casework::note(&test.desk, &robin, from, "same server as last week").await.unwrap();
    let task = Ask {
        report: None,
        for_whom: ForWhom::It,
        ask: "Block the server".into(),
        why: "".into(),
        minutes: None,
        over: None,
    };
    casework::ask(&test.desk, &robin, from, &task).await.unwrap();

    casework::merge(&test.desk, &robin, from, case(&test, into).await.number).await.unwrap();
    let emptied = case(&test, from).await;
    assert_eq!((emptied.state.as_str(), emptied.reports), ("closed", 0));
    let page = test.get(&format!("/cases/{into}"), &cookie).await;
    assert!(page.body.contains("same server as last week") && page.body.contains("Block the server"));

    test.later(Time::HOUR);
    let noor = test.told("noor@example.org", &[], "", Some(&OTHER.replace("kim@", "noor@"))).await;
    assert_eq!(
        test.case_of(noor.report).await,
        into,
        "the next report of that lure goes where it belongs now"
    );
    assert_eq!(case(&test, from).await.state, "closed", "the emptied case stays closed");
    assert!(casework::merge(&test.desk, &robin, into, case(&test, into).await.number).await.is_err());
    assert!(casework::merge(&test.desk, &robin, into, 4_000).await.is_err(), "no such number");
}

#[tokio::test]
async fn a_report_with_a_case_of_its_own_takes_its_story_along() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    let lee =
        test.told("lee@example.org", &[], "mine looks different", Some(&LURE.replace("kim@", "lee@"))).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let shared = test.case_of(kim.report).await;
    let alone = casework::split(&test.desk, &robin, lee.report).await.unwrap();
    assert_eq!((case(&test, shared).await.reports, case(&test, alone).await.reports), (1, 1));
    let page = test.get(&format!("/cases/{alone}"), &cookie).await;
    assert!(page.body.contains("mine looks different") && page.body.contains("hears from us by"));
    assert!(!test.get(&format!("/cases/{shared}"), &cookie).await.body.contains("mine looks different"));

    casework::tell_outcome(&test.desk, &robin, alone, Outcome::Genuine, "", None).await.unwrap();
    casework::close(&test.desk, &robin, alone).await.unwrap();
    assert_eq!(case(&test, shared).await.state, "open", "Kim still waits");
}

#[tokio::test]
async fn a_closed_case_opens_again_when_its_lure_comes_back_or_somebody_says_so() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let id = test.case_of(kim.report).await;
    casework::tell_outcome(&test.desk, &robin, id, Outcome::Harmful, "", None).await.unwrap();
    casework::close(&test.desk, &robin, id).await.unwrap();
    casework::reopen(&test.desk, &robin, id).await.unwrap();
    let open = case(&test, id).await;
    assert_eq!((open.state.as_str(), open.closed_at), ("open", None));
    casework::close(&test.desk, &robin, id).await.unwrap();

    test.later(2 * Time::DAY);
    let lee = test.told("lee@example.org", &[], "", Some(&LURE.replace("kim@", "lee@"))).await;
    assert_eq!(test.case_of(lee.report).await, id);
    assert_eq!(case(&test, id).await.state, "open");
    assert!(casework::close(&test.desk, &robin, id).await.is_err(), "Lee has not heard how it ended");
}
