//! Stories of one letter in two windows: nobody's words are overwritten in silence.

use crate::test::{LURE, Page, TestDesk};
use crate::who::{Role, Who};

/// A form of somebody's page.
async fn press(test: &TestDesk, by: &(Who, String), path: &str, fields: &[(&str, &str)]) -> Page {
    let mut form = vec![("form_token", by.0.form_token.as_str())];
    form.extend(fields);
    test.post(path, &by.1, &form).await
}

fn draft_of(page: &Page) -> String {
    let field = page.body.split("name=\"draft\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    field.expect("the page says which draft it has").to_owned()
}

#[tokio::test]
async fn a_window_that_shows_an_older_draft_overwrites_nothing_and_both_are_shown() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let by = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let (page, draft) = (format!("/cases/{case}"), format!("/cases/{case}/draft"));
    let report = kim.report.to_string();
    let opened = draft_of(&test.get(&page, &by.1).await);

    let long =
        [("report", report.as_str()), ("body", "A long letter of the first window."), ("draft", &opened)];
    let kept = press(&test, &by, &draft, &long).await;
    assert_eq!(kept.status, 204);
    let version = kept.headers["x-draft"].to_str().unwrap().to_owned();
    let longer =
        [("report", report.as_str()), ("body", "A longer letter of the first window."), ("draft", &version)];
    assert_eq!(press(&test, &by, &draft, &longer).await.status, 204, "the same window goes on");

    let other = [("report", report.as_str()), ("body", "window two"), ("draft", &opened)];
    assert_eq!(press(&test, &by, &draft, &other).await.status, 409);
    assert!(test.get(&page, &by.1).await.body.contains("A longer letter of the first window."));
    let keep = [
        ("report", report.as_str()),
        ("body", "window two"),
        ("draft", opened.as_str()),
        ("next_minutes", "480"),
        ("verb", "keep"),
    ];
    let back = press(&test, &by, &format!("/cases/{case}/write"), &keep).await;
    assert_eq!(back.status, 422);
    assert!(
        back.body.contains(">window two</textarea>")
            && back.body.contains("A longer letter of the first window."),
        "{}",
        back.body
    );
    let now = draft_of(&back);
    let again = keep.map(|(name, value)| (name, if name == "draft" { now.as_str() } else { value }));
    assert!(press(&test, &by, &format!("/cases/{case}/write"), &again).await.status.is_redirection());
    assert!(test.get(&page, &by.1).await.body.contains("window two"), "whoever read both decides");
}
