//! Stories of the end of a case: who hears it, what comes after it, and the three questions.

use crate::cases::{self, Outcome};
use crate::casework::{self, Closed, To, Word};
use crate::ids::{CaseId, ReportId, Time};
use crate::reports;
use crate::test::{LURE, TestDesk};
use crate::who::{Role, Who};

fn last_word(report: ReportId) -> Word {
    Word {
        to: To::One(report),
        body: "Hello Kim,\n\nthank you for writing.".into(),
        over: None,
        next_by: None,
    }
}

async fn end(test: &TestDesk, robin: &Who, case: CaseId, outcome: Outcome) -> crate::error::Result<usize> {
    casework::tell_outcome(&test.desk, robin, case, outcome, "The page is blocked.", None).await
}

/// How many letters of a kind went to an address.
async fn got(test: &TestDesk, address: &str, kind: &str) -> usize {
    test.letters().await.iter().filter(|letter| letter.to_address == address && letter.kind == kind).count()
}

async fn state(test: &TestDesk, case: CaseId) -> String {
    let mut tx = test.desk.db.read().await.unwrap();
    cases::find(&mut tx, case).await.unwrap().state
}

#[tokio::test]
async fn a_thank_you_after_the_end_is_answered_once_and_nobody_else_hears_the_end_again() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    test.told("lee@example.org", &[], "", Some(&LURE.replace("kim@", "lee@"))).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    end(&test, &robin, case, Outcome::Harmful).await.unwrap();
    assert_eq!(casework::close(&test.desk, &robin, case).await.unwrap(), Closed::EverybodyHeard);

    test.later(Time::MINUTE);
    reports::say(&test.desk, kim.report, "Thank you!").await.unwrap();
    assert_eq!(state(&test, case).await, "open", "somebody waits for a word again");
    let page = test.get(&format!("/r/{}", kim.token), "").await;
    assert!(
        page.body.contains("It was harmful") && page.body.contains("The page is blocked."),
        "the end stays"
    );
    assert!(casework::close(&test.desk, &robin, case).await.is_err(), "Kim has no answer yet");
    assert!(end(&test, &robin, case, Outcome::Harmful).await.is_err(), "nobody is left to tell");

    let page = test.get(&format!("/cases/{case}?report={}", kim.report), &cookie).await;
    assert!(page.body.contains("this is the last one"), "a letter can be the last word");
    casework::write_word(&test.desk, &robin, case, &last_word(kim.report))
        .await
        .expect("it passes the check");
    assert!(test.letters().await[0].body.contains("we will look at it again"));
    casework::close(&test.desk, &robin, case).await.expect("nobody waits any more");
    assert_eq!(
        (got(&test, "kim@example.org", "outcome").await, got(&test, "lee@example.org", "outcome").await),
        (1, 1)
    );
}

#[tokio::test]
async fn only_somebody_who_knows_the_end_gets_a_last_word() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    assert!(casework::write_word(&test.desk, &robin, case, &last_word(kim.report)).await.is_err());
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(!page.body.contains("this is the last one"));
}

#[tokio::test]
async fn another_outcome_is_told_to_everybody_and_the_same_one_again_only_on_purpose() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    end(&test, &robin, case, Outcome::Genuine).await.unwrap();
    test.later(Time::MINUTE);
    test.told("lee@example.org", &[], "", Some(&LURE.replace("kim@", "lee@"))).await;
    assert_eq!(end(&test, &robin, case, Outcome::Genuine).await.unwrap(), 1, "only Lee did not know");
    assert_eq!(end(&test, &robin, case, Outcome::Harmful).await.unwrap(), 2, "this is news for both");

    let address = format!("/cases/{case}/outcome");
    let post = async |verb: &str, again: &str, shown: &str| {
        let form = [
            ("form_token", robin.form_token.as_str()),
            ("outcome", "harmful"),
            ("words", ""),
            ("shown", shown),
            ("verb", verb),
            (again, "true"),
        ];
        test.post(&address, &cookie, &form).await
    };
    let page = post("look", "unused", "").await;
    assert!(
        page.body.contains("everybody here knows that")
            && page.body.contains("Send it again to those who know")
    );
    assert!(!post("tell", "unused", &page.shown()).await.status.is_redirection());
    let page = post("look", "again", "").await;
    assert!(page.body.contains("Tell all 2"));
    assert!(post("tell", "again", &page.shown()).await.status.is_redirection());
    assert_eq!(got(&test, "kim@example.org", "outcome").await, 3);
}

#[tokio::test]
async fn three_questions_come_once_and_only_to_somebody_who_does_not_wait() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    end(&test, &robin, case, Outcome::Harmful).await.unwrap();
    casework::close(&test.desk, &robin, case).await.unwrap();
    test.later(2 * Time::MINUTE);
    reports::say(&test.desk, kim.report, "Is my phone safe as well?").await.unwrap();
    test.later(10 * Time::MINUTE);
    test.work().await;
    assert_eq!(got(&test, "kim@example.org", "invitation").await, 0, "Kim waits for an answer");

    casework::write_word(&test.desk, &robin, case, &last_word(kim.report)).await.unwrap();
    casework::close(&test.desk, &robin, case).await.unwrap();
    test.later(10 * Time::MINUTE);
    test.work().await;
    assert_eq!(got(&test, "kim@example.org", "invitation").await, 1);

    casework::reopen(&test.desk, &robin, case).await.unwrap();
    casework::close(&test.desk, &robin, case).await.unwrap();
    test.later(10 * Time::MINUTE);
    test.work().await;
    assert_eq!(got(&test, "kim@example.org", "invitation").await, 1, "nobody is asked twice");
}

#[tokio::test]
async fn nobody_at_the_desk_sees_the_link_to_somebodys_three_questions() {
    let mut test = TestDesk::new().await;
    let sent = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let box_ = sent.clone();
    test.desk.post = Some(std::sync::Arc::new(move |letter| {
        box_.lock().unwrap().push(letter);
        Box::pin(async { Ok(()) })
    }));
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    end(&test, &robin, case, Outcome::Harmful).await.unwrap();
    casework::close(&test.desk, &robin, case).await.unwrap();
    test.later(10 * Time::MINUTE);
    test.work().await;
    let letter = sent.lock().unwrap().last().cloned().expect("the invitation left");
    let link = letter
        .text
        .split_whitespace()
        .find(|word| word.contains("/thanks/"))
        .expect("with its link")
        .to_owned();
    for path in ["/outbox".to_owned(), format!("/cases/{case}")] {
        let page = test.get(&path, &cookie).await;
        assert!(page.body.contains("Three") || page.body.contains("Three short questions"));
        assert!(!page.body.contains("/thanks/"), "{path}");
    }
    let page = test.get(link.trim_start_matches("http://desk.example"), "").await;
    assert!(page.status.is_success() && page.body.contains("I was treated with respect."));
}
