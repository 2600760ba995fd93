//! Stories of a report from its door to its end, told through the verbs and the pages.

mod apart;
mod closing;
mod colleagues;
mod drafts;
mod ending;
mod finding;
mod greeting;
mod naming;
mod own;
mod promising;
mod reaching;
mod reading;
mod sharing;
mod strangers;
mod wording;

use crate::cases::Outcome;
use crate::casework::{self, To, Word};
use crate::ids::Time;
use crate::reports::{self, Told};
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

#[tokio::test]
async fn somebody_clicked_and_is_answered_helped_and_told_how_it_ended() {
    let test = TestDesk::new().await;
    let receipt = test
        .told("kim@example.org", &[Told::Clicked, Told::Password], "oh no I typed my password", Some(LURE))
        .await;

    let letters = test.letters().await;
    let first = letters.first().expect("the first word is written at once");
    assert_eq!(first.to_address, "kim@example.org");
    assert!(first.robot && first.kind == "first-word");
    assert!(
        first.body.contains("Change the password from a page you open yourself"),
        "help for what they told us: {}",
        first.body
    );
    assert!(first.body.contains("by Monday 23 November, 11:00"), "with a promise: {}", first.body);

    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(page.status.is_success());
    assert!(page.body.contains("Monday 23 November, 11:00"));
    assert_eq!(page.headers["referrer-policy"], "no-referrer");

    let (robin, cookie) = test.somebody(Role::Responder).await;
    let inbox = test.get("/inbox", &cookie).await;
    assert!(inbox.body.contains("Somebody needs help now"), "the inbox puts people first");

    test.later(20 * Time::MINUTE);
    let case = test.case_of(receipt.report).await;
    let word = Word {
        to: To::One(receipt.report),
        body: "Hello Kim,\n\nthank you for telling us so soon. We have locked the session. Please sign in again with your new password.".into(),
        over: None,
        next_by: Some(test.desk.now().plus(4 * Time::HOUR)),
    };
    casework::write_word(&test.desk, &robin, case, &word).await.expect("the letter passes");
    test.work().await;
    assert!(casework::close(&test.desk, &robin, case).await.is_err(), "nobody is left without an end");

    test.later(Time::MINUTE);
    reports::say(&test.desk, receipt.report, "done, thank you!!").await.expect("the reporter can write");
    casework::tell_outcome(
        &test.desk,
        &robin,
        case,
        Outcome::HarmfulStopped,
        "The page behind the link is blocked now.",
        None,
    )
    .await
    .expect("the outcome is told");
    casework::close(&test.desk, &robin, case).await.expect("now it can close");
    test.later(10 * Time::MINUTE);
    test.work().await;
    let kinds: Vec<String> = test.letters().await.into_iter().map(|letter| letter.kind).rev().collect();
    assert_eq!(kinds, ["first-word", "word", "outcome", "invitation"]);

    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(page.body.contains("It was harmful, and it is stopped"));
    let numbers = crate::numbers::of_last(&test.desk, 30).await.expect("the numbers are read");
    assert_eq!(numbers.first_human_word.expect("one report").p50, Some(20.0 * Time::MINUTE as f64));
    assert_eq!((numbers.promises_due, numbers.promises_kept), (2, 2));
}

#[tokio::test]
async fn a_letter_that_blames_comes_back_marked_and_goes_only_with_a_reason() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[Told::Clicked], "clicked it", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let form = [
        ("form_token", robin.form_token.as_str()),
        ("report", &receipt.report.to_string()),
        ("body", "You should have checked the sender before you clicked."),
        ("next_minutes", "480"),
        ("verb", "send"),
    ];
    let page = test.post(&format!("/cases/{case}/write"), &cookie, &form).await;
    assert!(page.body.contains("BLM03"), "the counterfactual is marked");
    assert_eq!(test.letters().await.len(), 1, "nothing was sent");

    test.later(Time::MINUTE);
    let mut with_reason = form.to_vec();
    with_reason.push(("over", "quoting the person's own words"));
    let page = test.post(&format!("/cases/{case}/write"), &cookie, &with_reason).await;
    assert!(page.status.is_redirection());
    test.work().await;
    let letters = test.letters().await;
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].override_reason.as_deref(), Some("quoting the person's own words"));
}

#[tokio::test]
async fn an_outcome_is_looked_at_before_it_goes_and_keeps_its_words_when_it_may_not() {
    let test = TestDesk::new().await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    test.told("lee@example.org", &[], "", Some(&LURE.replace("kim@", "lee@"))).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let address = format!("/cases/{}/outcome", test.case_of(first.report).await);
    let post = async |words: &str, verb: &str, shown: &str| {
        let form = [
            ("form_token", robin.form_token.as_str()),
            ("outcome", "harmful"),
            ("words", words),
            ("shown", shown),
            ("verb", verb),
        ];
        test.post(&address, &cookie, &form).await
    };
    let page = post("The sender is blocked.", "look", "").await;
    let shown = page.shown();
    assert!(page.body.contains("You were the first of 2 people"), "each sees their own letter");
    assert!(page.body.contains("You are one of 2 people"));
    assert!(page.body.contains("Nothing is sent yet.") && page.body.contains("Tell all 2"));
    assert_eq!(test.letters().await.len(), 2, "only the first words left");

    let page = post("You should have checked the sender.", "tell", &shown).await;
    assert!(page.body.contains("BLM03") && page.body.contains("You should have checked the sender."));
    assert_eq!(test.letters().await.len(), 2, "nothing was sent");

    assert!(post("The sender is blocked.", "tell", &shown).await.status.is_redirection());
    assert_eq!(test.letters().await.len(), 4);
}

#[tokio::test]
async fn reports_of_one_lure_join_one_case_and_each_reporter_keeps_their_own_page() {
    let test = TestDesk::new().await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    let second = test.told("lee@example.org", &[], "", Some(&LURE.replace("kim@", "lee@"))).await;
    assert_eq!(test.case_of(first.report).await, test.case_of(second.report).await);
    assert_ne!(first.token, second.token);
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(first.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    let letters = test.letters().await;
    let to = |address: &str| {
        letters
            .iter()
            .find(|letter| letter.to_address == address && letter.kind == "outcome")
            .unwrap()
            .body
            .clone()
    };
    assert!(to("kim@example.org").contains("You were the first of 2 people"));
    assert!(to("lee@example.org").contains("You are one of 2 people"));

    let holds = Some(casework::Earlier::Holds);
    let alone = casework::split_with(&test.desk, &robin, second.report, holds).await.unwrap();
    assert_eq!(test.case_of(second.report).await, alone);
}

#[tokio::test]
async fn a_moved_promise_is_told_with_its_reason_and_the_desk_is_reminded_before_one_breaks() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    test.later(3 * Time::HOUR + 40 * Time::MINUTE);
    test.work().await;
    let inbox = test.get("/inbox", &cookie).await;
    assert!(inbox.body.contains("due within half an hour"));
    let open = reports::page_of(&test.desk, receipt.report).await.unwrap().promises[0].clone();
    assert!(open.warned_at.is_some(), "the desk was reminded");

    let by = test.desk.now().plus(5 * Time::HOUR);
    let later = casework::Later { by, reason: "Our provider answers tomorrow morning.".into(), over: None };
    casework::move_promise(&test.desk, &robin, open.id, &later).await.unwrap();
    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(page.body.contains("Our provider answers tomorrow morning."), "the reporter reads the reason");
    assert!(test.letters().await[0].body.contains("Our provider answers tomorrow morning."));
    assert!(casework::close(&test.desk, &robin, case).await.is_err());
}

#[tokio::test]
async fn the_same_report_handed_over_twice_is_one_report() {
    let test = TestDesk::new().await;
    let mut report = incoming("kim@example.org", &[], "hm", Some(LURE));
    report.dedupe_key = Some("mail:1".into());
    let first = reports::receive(&test.desk, report.clone()).await.unwrap();
    let second = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    assert!(first.new && !second.new);
    assert_eq!((first.report, &first.token), (second.report, &second.token));
    assert_eq!(test.letters().await.len(), 1);
}

#[tokio::test]
async fn nobody_gets_a_letter_whom_nobody_vouches_for_and_they_still_have_their_page() {
    let test = TestDesk::new().await;
    let mut report = incoming("stranger@elsewhere.example", &[Told::Clicked], "clicked", Some(LURE));
    report.vouch = reports::Vouch::Nobody;
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    assert!(test.letters().await.is_empty());
    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(page.body.contains("Close the page"), "help stands on the page");
}

#[tokio::test]
async fn an_unknown_or_renewed_link_opens_nothing() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    assert_eq!(test.get("/r/00000000000000000000000000000000", "").await.status, 404);
    let (robin, _) = test.somebody(Role::Responder).await;
    casework::renew_link(&test.desk, &robin, receipt.report).await.unwrap();
    let record = crate::people::looked(&test.desk).await.unwrap();
    assert_eq!(record.iter().filter(|line| line.what == "renewed a private link").count(), 1, "said once");
    assert_eq!(test.get(&format!("/r/{}", receipt.token), "").await.status, 404, "the old link is dead");
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_changes_nothing() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let page = test.post(&format!("/cases/{case}/note"), &cookie, &[("words", "x")]).await;
    assert_eq!(page.status, 422);
    let request = axum::http::Request::post(format!("/cases/{case}/note"))
        .header("cookie", &cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .body(axum::body::Body::from(format!("form_token={}&words=x", robin.form_token)))
        .unwrap();
    assert_eq!(test.send(request).await.status, 422);
}

#[tokio::test]
async fn whatever_store_call_fails_nothing_acknowledged_is_lost_and_nobody_is_answered_twice() {
    let test = TestDesk::new().await;
    let mut nth = 1;
    loop {
        let address = format!("person{nth}@example.org");
        let text = LURE.replace("mailbox will", &format!("mailbox {} will", "x".repeat(nth as usize)));
        test.faults.arm(nth);
        let taken =
            reports::receive(&test.desk, incoming(&address, &[Told::Clicked], "clicked", Some(&text))).await;
        let _ = crate::jobs::run_due(&test.desk).await;
        let calls = test.faults.seen();
        test.faults.arm(0);
        for _ in 0..4 {
            test.later(2 * Time::MINUTE);
            test.work().await;
        }
        let letters = test.letters().await.into_iter().filter(|letter| letter.to_address == address).count();
        match taken {
            Ok(receipt) => {
                let page = reports::page_of(&test.desk, receipt.report)
                    .await
                    .expect("what was acknowledged is stored");
                assert!(page.case.is_some(), "and understood (call {nth})");
                assert_eq!(letters, 1, "and answered once (call {nth})");
            }
            Err(_) => assert_eq!(letters, 0, "what was refused is not answered (call {nth})"),
        }
        if calls < nth {
            break;
        }
        nth += 1;
    }
    assert!(nth > 20, "the whole path was walked: {nth} calls");
}

#[tokio::test]
async fn every_statement_is_understood_by_the_store() {
    let test = TestDesk::new().await;
    let all = [
        crate::people::sql::ALL,
        crate::letters::sql::ALL,
        crate::reports::sql::ALL,
        crate::reports::links_sql::ALL,
        crate::cases::sql::ALL,
        crate::cases::grouping_sql::ALL,
        super::store::sql::ALL,
        crate::jobs::sql::ALL,
        crate::surveys::store::sql::ALL,
        crate::numbers::store::sql::ALL,
        crate::estimates::store::sql::ALL,
        crate::spotting::sql::ALL,
        crate::erasure::store::sql::ALL,
    ];
    for statement in all.into_iter().flatten() {
        test.desk.db.prepare(statement).await.unwrap_or_else(|problem| panic!("{statement}\n{problem}"));
    }
}
