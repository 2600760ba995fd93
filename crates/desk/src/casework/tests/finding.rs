//! Stories of the inbox: a case is found when somebody calls, and what closing left open stays in sight.

use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask};
use crate::reports;
use crate::test::{LURE, Page, TestDesk, incoming};
use crate::who::{Role, Who};

/// A form of somebody's page.
async fn press(test: &TestDesk, by: &(Who, String), path: &str, fields: &[(&str, &str)]) -> Page {
    let mut form = vec![("form_token", by.0.form_token.as_str())];
    form.extend(fields);
    test.post(path, &by.1, &form).await
}

#[tokio::test]
async fn a_case_is_found_by_its_number_a_name_an_address_and_a_host() {
    let test = TestDesk::new().await;
    let mut report = incoming("jo.berg@example.org", &[], "hm", Some(LURE));
    report.reporter = Some(("jo.berg@example.org".into(), "Jörg Bergström".into()));
    let berg = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    test.told("kim@example.org", &[], "100 % odd_thing", None).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(berg.report).await;
    let find = async |words: &str| {
        let query = serde_html_form::to_string([("find", words)]).unwrap();
        test.get(&format!("/inbox?{query}"), &cookie).await
    };
    for words in ["Bergström", "bergström", "JO.BERG@example", "examp1e-desk.example", "192.0.2.7"] {
        let page = find(words).await.body;
        assert!(
            page.contains(&format!("href=\"/cases/{case}\"")) && page.matches("data-item").count() == 1,
            "{words}: {page}"
        );
    }
    for number in ["1", "#1"] {
        assert_eq!(find(number).await.headers["location"], format!("/cases/{case}"));
    }
    assert_eq!(find("odd_thing").await.body.matches("data-item").count(), 1);
    assert!(find("o%d").await.body.contains("Nothing like this stands in a case."), "a sign is a sign");
    assert!(find("weight").await.body.contains("Nothing like this"), "what all evidence has is no host");
    assert!(find("x").await.body.contains("at least two letters"));
    let (_, coach) = test.somebody(Role::Coach).await;
    assert_eq!(test.get("/inbox?find=Berg", &coach).await.headers["location"], "/numbers");
    let (_, admin) = test.somebody(Role::Admin).await;
    assert!(
        test.get("/admin/looked", &admin).await.body.contains("looked for a case"),
        "it stands in the record"
    );
}

#[tokio::test]
async fn who_looks_for_somebody_gets_no_count_of_them_and_they_can_read_that_it_was_done() {
    let test = TestDesk::new().await;
    for number in 0..3 {
        test.told("kim@example.org", &[reports::Told::Clicked], &format!("again {number}"), None).await;
    }
    test.told("lee@example.org", &[], "once", None).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    for _ in 0..2 {
        let page = test.get("/inbox?find=kim@example.org", &cookie).await.body;
        assert!(!page.contains("3 cases") && page.contains("href=\"/cases/"), "{page}");
    }
    let (_, admin) = test.somebody(Role::Admin).await;
    let found = async |address: &str| {
        let page = test.get(&format!("/admin/looked?address={address}"), &admin).await.body;
        page.matches("found the cases of a person").count()
    };
    assert_eq!(found("kim@example.org").await, 1, "once in ten minutes");
    assert_eq!(found("lee@example.org").await, 0);
    test.get("/inbox?find=once", &cookie).await;
    assert_eq!(found("lee@example.org").await, 0, "a word of a title names nobody");
}

#[tokio::test]
async fn closing_asks_once_about_open_tasks_and_they_stay_in_sight() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let by = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let block = Ask {
        report: None,
        for_whom: ForWhom::It,
        ask: "Block the page".into(),
        why: String::new(),
        minutes: None,
        over: None,
    };
    casework::ask(&test.desk, &by.0, case, &block).await.unwrap();
    casework::tell_outcome(&test.desk, &by.0, case, Outcome::Harmful, "", None).await.unwrap();
    let close = format!("/cases/{case}/close");
    let page = press(&test, &by, &close, &[]).await;
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("One task in this case is still open")
            && page.body.contains("leave the tasks open"),
        "{}",
        page.body
    );
    let page = press(&test, &by, &close, &[("tasks", "stay")]).await;
    assert_eq!(page.headers["location"], "/inbox?said=closed");
    let inbox = test.get("/inbox", &by.1).await.body;
    assert!(inbox.contains("Still open in closed cases") && inbox.contains("Block the page"), "{inbox}");
    let task = inbox.split("action=\"/tasks/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(press(&test, &by, &format!("/tasks/{task}"), &[("done", "true")]).await.status.is_redirection());
    assert!(!test.get("/inbox", &by.1).await.body.contains("Block the page"));
}

#[tokio::test]
async fn a_look_at_a_wave_is_written_down_for_those_whose_words_it_shows() {
    let test = TestDesk::new().await;
    let mut first = None;
    for number in 0..70 {
        let receipt = test.told(&format!("p{number}@example.org"), &[], "", Some(LURE)).await;
        first.get_or_insert(receipt);
    }
    let case = test.case_of(first.unwrap().report).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    assert!(test.get(&format!("/cases/{case}"), &cookie).await.body.contains("p69@example.org"));
    let record = crate::people::looked(&test.desk).await.unwrap();
    let lines = record.iter().filter(|line| line.what == "read a case").count();
    assert!((1..70).contains(&lines), "not one for each of 70 people: {lines}");
}
