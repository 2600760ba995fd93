//! The case page reads in the order of time, in words, and says each thing once.

use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask};
use crate::ids::Time;
use crate::test::{LURE, TestDesk};
use crate::who::Role;

#[tokio::test]
async fn a_case_reads_in_the_order_of_time_in_words_and_names_what_is_still_open() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "Is this odd?", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let block = Ask {
        report: None,
        for_whom: ForWhom::It,
        ask: "Block the sender".into(),
        why: String::new(),
        minutes: None,
        over: None,
    };
    casework::ask(&test.desk, &robin, case, &block).await.unwrap();
    test.later(Time::HOUR);
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "The page is blocked.", None)
        .await
        .unwrap();
    test.work().await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("`{words}`: {page}"));
    assert!(at("Is this odd?") < at("First word, by our program"), "the question comes before its answer");
    assert!(
        at("First word, by our program") < at("The page is blocked."),
        "and before what came an hour later"
    );
    assert!(
        page.contains("One task of ours or of IT is still open below."),
        "a case is not done while IT has to act"
    );
    assert!(
        page.contains("a false sign-in page") && !page.contains("credential-phishing"),
        "words, no codes"
    );
    assert!(!page.contains(", weight "), "no numbers that nobody can use");
    let more = page.split("<summary>This belongs elsewhere</summary>").nth(1).unwrap();
    let elsewhere = more.split("</details>").next().unwrap();
    assert!(!elsewhere.contains("new private link") && more.contains("new private link"));
}
