//! Stories of the form with fields: two ranges make an estimate.

use super::{Lead, serious, words};
use crate::test::TestDesk;

const FIELDS: [(&str, &str); 9] = [
    ("often_low", "0.5"),
    ("often_likely", "2"),
    ("often_high", "5"),
    ("per", "year"),
    ("cost_low", "10,000"),
    ("cost_likely", "50,000"),
    ("cost_high", "500,000"),
    ("currency", "EUR"),
    ("note", "The treasurer, from \"three\" cases."),
];

#[tokio::test]
async fn two_ranges_make_an_estimate_and_nobody_has_to_write_a_scenario() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    assert!(lead.get("/estimates").await.body.contains("href=\"/estimates/fields\""));
    let blank = lead.get("/estimates/fields").await;
    assert!(
        blank.body.contains("How often does it happen?") && !blank.body.contains("<textarea class=\"code\"")
    );
    let path = lead.saves("/estimates/fields", &FIELDS).await;
    let page = lead.get(&path).await;
    assert!(page.body.contains("An average year costs about EUR"), "{}", page.body);
    assert!(page.body.contains("pert = [0.5, 2, 5]"), "the scenario stays for who wants it");
    assert!(!page.body.contains("No evidence is named yet"), "the note is the evidence");

    let change = lead.get(&format!("{path}/change")).await;
    assert!(
        change.body.contains("value=\"500000\"") && change.body.contains("/fields\""),
        "the fields come back"
    );
    let fields: Vec<_> = FIELDS.into_iter().filter(|(name, _)| *name != "often_high").collect();
    let fields = [fields, vec![("often_high", "8"), ("from", "1")]].concat();
    assert_eq!(lead.saves(&format!("{path}/fields"), &fields).await, path);
    assert!(lead.get(&path).await.body.contains("Version 2 of 2"));
    let text = lead.get(&format!("{path}/change?text=true")).await;
    assert!(text.body.contains("pert = [0.5, 2, 8]"), "and can be gone on with as text");
}

#[tokio::test]
async fn what_is_not_right_in_the_fields_is_said_at_its_field_and_nothing_typed_is_lost() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    let wrong = [
        ("often_low", "9"),
        ("often_likely", "2"),
        ("often_high", "5"),
        ("per", "year"),
        ("cost_low", "10.000"),
        ("cost_likely", "many"),
        ("currency", "\"EUR\""),
        ("title", " "),
    ];
    let page = lead.send("/estimates/fields", &wrong).await;
    assert_eq!(page.status, 422);
    for field in ["title", "often", "cost", "currency", "note"] {
        assert!(page.body.contains(&format!("id=\"note-{field}\"")), "{field}: {}", page.body);
    }
    assert!(
        page.body.contains("value=\"10.000\"")
            && page.body.contains("Write <code>10000</code> if you mean thousands")
    );
    assert!(page.body.contains("<title>Please look once more:"));
    assert!(serious(&words(&page)).is_empty(), "{:#?}", serious(&words(&page)));
    let busy: Vec<_> = FIELDS.into_iter().filter(|(name, _)| *name != "often_high").collect();
    let page = lead.send("/estimates/fields", &[busy, vec![("often_high", "90000")]].concat()).await;
    assert!(
        page.body.contains("id=\"note-often\"") && page.body.contains("a page follows up to 1,000"),
        "{}",
        page.body
    );
}
