//! Stories of this feature, told through its verbs.

use crate::ids::Time;
use crate::test::{LURE, TestDesk};

#[tokio::test]
async fn an_address_that_somebody_borrows_is_not_flooded_and_every_report_is_kept() {
    let test = TestDesk::new().await;
    let most = test.desk.settings.first_words_per_hour as usize;
    let mut receipts = Vec::new();
    for number in 0..most + 3 {
        test.later(Time::MINUTE);
        let message = LURE.replace("examp1e-desk", &format!("examp1e-{number}"));
        receipts.push(test.told("kim@example.org", &[], "", Some(&message)).await);
    }
    assert_eq!(test.letters().await.len(), most, "no further letter left");
    for receipt in &receipts {
        assert!(test.get(&format!("/r/{}", receipt.token), "").await.status.is_success(), "each is kept");
    }
    let (_, cookie) = test.somebody(crate::who::Role::Responder).await;
    let last = test.case_of(receipts.last().expect("there are some").report).await;
    let page = test.get(&format!("/cases/{last}"), &cookie).await;
    assert!(page.body.contains("wrote no further automatic answer"), "a person sees it and answers");

    test.later(Time::HOUR);
    test.told("kim@example.org", &[], "another one", None).await;
    assert_eq!(test.letters().await.len(), most + 1, "an hour later there is an answer again");
}
