//! Stories of somebody who says how well a message fitted the people here.

use crate::casework;
use crate::ids::Time;
use crate::test::{LURE, TestDesk};
use crate::who::Role;

const ANSWERS: [&str; 5] = ["process", "work", "events", "concern", "warned"];

fn form<'a>(token: &'a str, report: &'a str, points: [&'a str; 5]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("form_token", token), ("report", report)];
    form.extend(ANSWERS.into_iter().zip(points));
    form
}

#[tokio::test]
async fn the_desk_guesses_a_responder_confirms_and_may_go_back() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let (signs, report) = (format!("/cases/{case}/signs"), receipt.report.to_string());

    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("The program's guess so far."), "the case says that it is a guess");
    let page = test.get(&signs, &cookie).await;
    assert!(page.status.is_success());
    assert!(page.body.contains("This is the program's guess."));
    assert!(!page.body.contains("Go back to the program's guess"));

    test.later(Time::MINUTE);
    let answer =
        test.post(&signs, &cookie, &form(&robin.form_token, &report, ["8", "8", "8", "8", "0"])).await;
    assert!(answer.status.is_redirection());
    let page = test.get(&signs, &cookie).await;
    assert!(page.body.contains("32 points, as said here."), "the answers are kept");
    assert!(page.body.contains("The responder said on"));
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("With what The responder said about the people here."));
    assert!(page.body.contains("said how well the message fits"), "the timeline tells the team");
    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(!page.body.contains("said how well the message fits"), "and only the team");

    let again =
        test.post(&signs, &cookie, &form(&robin.form_token, &report, ["2", "0", "0", "0", "8"])).await;
    assert!(again.status.is_redirection());
    assert!(test.get(&signs, &cookie).await.body.contains("-6 points, as said here."));

    let back = [("form_token", robin.form_token.as_str()), ("report", report.as_str())];
    test.post(&format!("{signs}/back"), &cookie, &back).await;
    assert!(test.get(&signs, &cookie).await.body.contains("This is the program's guess."));
}

#[tokio::test]
async fn answers_off_the_scale_and_cases_without_a_message_get_a_kind_word() {
    let test = TestDesk::new().await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let signs = format!("/cases/{}/signs", test.case_of(receipt.report).await);
    let report = receipt.report.to_string();
    for wrong in ["3", "-2", "10", "many"] {
        let page =
            test.post(&signs, &cookie, &form(&robin.form_token, &report, [wrong, "0", "0", "0", "0"])).await;
        assert!(page.status.is_client_error(), "`{wrong}` is not on the scale");
    }
    assert!(test.get(&signs, &cookie).await.body.contains("This is the program's guess."));

    let receipt = test.told("lee@example.org", &[], "I lost my badge somewhere", None).await;
    let page = test.get(&format!("/cases/{}/signs", test.case_of(receipt.report).await), &cookie).await;
    assert!(page.status.is_client_error());
    assert!(page.body.contains("There is no message to rate here"));

    let (_, coach) = test.somebody(Role::Coach).await;
    assert_eq!(test.get(&signs, &coach).await.status, 403);
}

#[tokio::test]
async fn what_was_said_about_a_case_goes_along_when_it_is_merged() {
    let test = TestDesk::new().await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let other =
        test.told("lee@example.org", &[], "another one", Some("Subject: Hi\r\n\r\nPlease call me.")).await;
    let (from, into) = (test.case_of(first.report).await, test.case_of(other.report).await);
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let report = first.report.to_string();
    test.post(
        &format!("/cases/{from}/signs"),
        &cookie,
        &form(&robin.form_token, &report, ["8", "8", "8", "8", "0"]),
    )
    .await;
    let number = casework::case_page(&test.desk, &robin, into, None).await.unwrap().case.number;
    casework::merge(&test.desk, &robin, from, number).await.unwrap();

    let page = test.get(&format!("/cases/{into}/signs?report={report}"), &cookie).await;
    assert!(page.body.contains("32 points, as said here."), "nobody has to say it again");
}
