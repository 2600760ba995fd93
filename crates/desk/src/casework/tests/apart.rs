//! Stories of cases that were put together by mistake: what people were told there, and where everything went.

use crate::cases::{self, Outcome};
use crate::casework;
use crate::ids::{CaseId, Time};
use crate::reports;
use crate::test::{LURE, Page, TestDesk};
use crate::who::{Role, Who};

/// A form of somebody's page.
async fn press(test: &TestDesk, by: &(Who, String), path: &str, fields: &[(&str, &str)]) -> Page {
    let mut form = vec![("form_token", by.0.form_token.as_str())];
    form.extend(fields);
    test.post(path, &by.1, &form).await
}

async fn number(test: &TestDesk, case: CaseId) -> String {
    let mut tx = test.desk.db.read().await.unwrap();
    cases::find(&mut tx, case).await.unwrap().number.to_string()
}

#[tokio::test]
async fn what_was_told_by_mistake_is_taken_back_and_whoever_read_it_waits_again() {
    let test = TestDesk::new().await;
    let laptop = test.told("lea@example.org", &[], "my laptop is gone", None).await;
    let ina = test.told("ina@example.org", &[], "a strange invoice came", None).await;
    let by = test.somebody(Role::Responder).await;
    let (into, from) = (test.case_of(laptop.report).await, test.case_of(ina.report).await);
    let (into_number, from_number) = (number(&test, into).await, number(&test, from).await);

    let merge = format!("/cases/{from}/merge");
    let look = press(&test, &by, &merge, &[("number", &into_number)]).await;
    assert!(look.status.is_success() && look.body.contains("Are these the same thing?"), "{}", look.body);
    assert!(look.body.contains("my laptop is gone") && look.body.contains("a strange invoice came"));
    assert_eq!(test.case_of(ina.report).await, from, "nothing was moved yet");
    let done = press(&test, &by, &merge, &[("number", &into_number), ("sure", &into_number)]).await;
    assert!(done.status.is_redirection(), "{}", done.body);

    let shell = test.get(&format!("/cases/{from}"), &by.1).await.body;
    assert!(
        shell.contains(&format!("Everything here went to case <a href=\"/cases/{into_number}\">")),
        "{shell}"
    );
    assert!(!shell.contains("It is settled"), "nobody said so: {shell}");
    let closed = test.get("/inbox?closed=true", &by.1).await.body;
    assert!(
        closed.contains("No report is in it any more") && !closed.contains("Written by a machine"),
        "{closed}"
    );
    let by_number = test.get(&format!("/cases/{into_number}"), &by.1).await;
    assert_eq!(by_number.headers["location"], format!("/cases/{into}"));
    let nowhere = test.get("/cases/4711", &by.1).await;
    assert_eq!(nowhere.status, 404);
    assert!(
        !nowhere.body.contains("letter from us") && nowhere.body.contains("by its number"),
        "{}",
        nowhere.body
    );
    assert_eq!(number(&test, from).await, from_number);

    let words = "The laptop was found on the train.";
    casework::tell_outcome(&test.desk, &by.0, into, Outcome::Settled, words, None).await.unwrap();
    test.later(Time::HOUR);
    let split = format!("/reports/{}/split", ina.report);
    let page = press(&test, &by, &split, &[]).await;
    assert!(page.body.contains("Please say whether that was meant for them"), "{}", page.body);
    let page = press(&test, &by, &split, &[("earlier", "not-meant")]).await;
    assert!(page.status.is_redirection(), "{}", page.body);

    let alone = test.case_of(ina.report).await;
    let page = test.get(&format!("/cases/{alone}"), &by.1).await.body;
    assert!(!page.contains("class=\"said\">It is settled"), "{page}");
    assert!(page.contains("hears from us by") && page.contains("sorry for the mix-up"), "{page}");
    assert!(!page.contains(&format!("{words}</textarea>")), "the laptop's words are not hers: {page}");
    let hers = reports::page_of(&test.desk, ina.report).await.unwrap();
    assert!(hers.ending.is_none() && hers.promises.iter().any(cases::Promise::is_open));
    assert!(casework::close(&test.desk, &by.0, alone).await.is_err(), "Ina waits");
}

#[tokio::test]
async fn an_end_that_is_put_right_does_not_change_what_was_said_before() {
    let test = TestDesk::new().await;
    let report = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(report.report).await;
    let path = format!("/cases/{case}/outcome");
    for outcome in ["genuine", "harmful"] {
        test.later(Time::HOUR);
        let shown = press(&test, &robin, &path, &[("outcome", outcome), ("verb", "look")]).await.shown();
        press(&test, &robin, &path, &[("outcome", outcome), ("verb", "tell"), ("shown", &shown)]).await;
    }
    let page = test.get(&format!("/r/{}", report.token), "").await.body;
    let told: Vec<_> = page.match_indices("told how it ended: ").collect();
    assert_eq!(told.len(), 2, "{page}");
    assert_eq!(page.matches("told how it ended: this was put right later").count(), 1, "{page}");
}
