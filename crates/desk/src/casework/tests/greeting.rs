//! What a person sends greets its reader by name, as the first answer does.

use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask};
use crate::ids::Time;
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

#[tokio::test]
async fn a_task_a_moved_time_and_the_end_greet_their_reader_by_name() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let ask = Ask {
        report: Some(kim.report),
        for_whom: ForWhom::Reporter,
        ask: "Please restart your computer".into(),
        why: "Then the new protection starts.".into(),
        minutes: None,
        over: None,
    };
    casework::ask(&test.desk, &robin, case, &ask).await.unwrap();
    let fields = [
        ("form_token", robin.form_token.as_str()),
        ("outcome", "harmful"),
        ("words", ""),
        ("verb", "look"),
        ("shown", ""),
    ];
    let look = test.post(&format!("/cases/{case}/outcome"), &cookie, &fields).await;
    assert!(look.body.contains("Hello Kim,"), "what is looked at is what leaves: {}", look.body);
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    test.work().await;
    let letters = test.letters().await;
    assert_eq!(letters.len(), 3, "first word, task, end");
    for letter in letters {
        assert!(letter.body.starts_with("Hello Kim,\n\n"), "{}: {}", letter.kind, letter.body);
    }
    casework::close_with(&test.desk, &robin, case, casework::OpenTasks::Stay).await.unwrap();
    test.later(Time::HOUR);
    test.work().await;
    let letters = test.letters().await;
    let invitation = letters.iter().find(|letter| letter.kind == "invitation").unwrap();
    assert!(invitation.body.starts_with("Hello Kim,\n\n"), "{}", invitation.body);
}

#[tokio::test]
async fn a_name_that_holds_an_address_greets_nobody() {
    let test = TestDesk::new().await;
    let mut report = incoming("kim@example.org", &[], "odd", Some(LURE));
    report.reporter = Some(("kim@example.org".into(), "Call evil.com".into()));
    let kim = crate::reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    test.work().await;
    for letter in test.letters().await {
        assert!(letter.body.starts_with("Hello,\n\n"), "{}: {}", letter.kind, letter.body);
    }
}
