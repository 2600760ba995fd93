//! Stories of somebody whom nobody confirms: they may have sent the lure and want to see how we answer it.

use crate::casework;
use crate::ids::Time;
use crate::reports::{self, Vouch};
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

const WORDS: &str = "We blocked that page and gave new passwords to those who typed theirs.";

/// Kim and Lee report a lure, and somebody pastes the same one into the open form.
async fn story(test: &TestDesk) -> (reports::Receipt, reports::Receipt) {
    let kim = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    test.later(Time::MINUTE);
    test.told("lee@example.org", &[], "odd", Some(LURE)).await;
    test.later(Time::MINUTE);
    let mut report = incoming("it@elsewhere.example", &[], "", Some(LURE));
    (report.reporter, report.vouch, report.answerable) = (None, Vouch::Nobody, false);
    let stranger = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    assert_eq!(test.case_of(kim.report).await, test.case_of(stranger.report).await);
    (kim, stranger)
}

#[tokio::test]
async fn a_stranger_reads_how_it_ended_and_neither_what_we_did_nor_how_many_told_us() {
    let test = TestDesk::new().await;
    let (kim, stranger) = story(&test).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let address = format!("/cases/{case}/outcome");
    let shown = test.get(&format!("/cases/{case}"), &cookie).await.shown();
    let mut form = vec![
        ("form_token", robin.form_token.as_str()),
        ("outcome", "harmful"),
        ("words", WORDS),
        ("shown", &shown),
        ("verb", "look"),
    ];
    let page = test.post(&address, &cookie, &form).await.body;
    assert!(page.contains("one report of people whom nobody confirms"), "{page}");
    assert_eq!(page.matches(WORDS).count(), 3, "in the letters to Kim and Lee, and in the form: {page}");
    form[4] = ("verb", "tell");
    assert!(test.post(&address, &cookie, &form).await.status.is_redirection());
    test.work().await;

    let page = test.get(&format!("/r/{}", kim.token), "").await.body;
    assert!(page.contains("We blocked that page"), "{page}");
    let page = test.get(&format!("/r/{}", stranger.token), "").await.body;
    assert!(page.contains("Harmful") || page.contains("harmful"), "they hear how it ended");
    assert!(
        !page.contains("We blocked") && !page.contains("people told us") && !page.contains("of 3"),
        "{page}"
    );
    casework::close(&test.desk, &robin, case).await.expect("nobody is left without an answer");

    form.extend([("strangers", "true"), ("again", "true")]);
    assert!(test.post(&address, &cookie, &form).await.status.is_redirection());
    assert!(test.get(&format!("/r/{}", stranger.token), "").await.body.contains("We blocked that page"));
}

#[tokio::test]
async fn a_letter_to_all_goes_to_strangers_only_where_somebody_says_so() {
    let test = TestDesk::new().await;
    let (kim, stranger) = story(&test).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let report = kim.report.to_string();
    let send = async |body: &str, strangers: &[(&str, &str)]| {
        let page = test.get(&format!("/cases/{case}"), &cookie).await;
        assert!(page.body.contains("Also the one report of people whom nobody confirms"), "{}", page.body);
        let shown = page.shown();
        let form = [
            ("form_token", robin.form_token.as_str()),
            ("report", &report),
            ("everyone", "true"),
            ("shown", &shown),
            ("body", body),
            ("next_minutes", "240"),
            ("verb", "send"),
        ];
        let form: Vec<_> = form.into_iter().chain(strangers.iter().copied()).collect();
        test.post(&format!("/cases/{case}/write"), &cookie, &form).await
    };
    let body = "Hello,\n\nthank you for telling us. We are changing the rules of our proxy now.";
    assert!(send(body, &[]).await.status.is_redirection());
    let page = async || test.get(&format!("/r/{}", stranger.token), "").await.body;
    assert!(!page().await.contains("our proxy"), "{}", page().await);
    assert!(test.get(&format!("/r/{}", kim.token), "").await.body.contains("our proxy"));
    let owed = reports::page_of(&test.desk, stranger.report).await.unwrap().promises;
    assert!(owed.iter().any(|promise| promise.is_open()), "they are still owed a word");
    test.later(11 * Time::MINUTE);
    assert!(send(body, &[("strangers", "true")]).await.status.is_redirection());
    assert!(page().await.contains("our proxy"));
}
