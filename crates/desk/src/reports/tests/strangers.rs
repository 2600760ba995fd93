//! Stories of those who write from outside: no answer of ours tells them what we see, and none of their words is put into
//! the mouth of somebody else.

use super::{Mailed, desk, mail, page_of, receive_mail};
use crate::reports::ReporterPage;
use crate::test::{LURE, TestDesk};
use crate::who::Role;

/// A mail from an address that a trusted server vouches for.
async fn arrives(test: &TestDesk, from: &str, text: &str) -> ReporterPage {
    test.later(crate::ids::Time::MINUTE);
    let mailed = Mailed {
        from: Some(from.into()),
        vouched_address: Some(from.into()),
        answerable: true,
        ..mail("security@example.org", text)
    };
    receive_mail(&test.desk, mailed).await.unwrap();
    test.work().await;
    newest(test).await
}

async fn newest(test: &TestDesk) -> ReporterPage {
    let mut tx = test.desk.db.read().await.unwrap();
    let (id,) = crate::row!(
        tx,
        (crate::ids::ReportId,),
        "select id from report order by received_at desc, id desc limit 1"
    )
    .unwrap()
    .expect("it is there");
    drop(tx);
    page_of(&test.desk, id).await.unwrap()
}

#[tokio::test]
async fn whoever_sends_their_own_lure_to_the_desk_learns_nothing_from_us() {
    let test = desk().await;
    let lure = LURE.replace("To: kim@example.org", "To: security@example.org");
    let soft = "From: Pat <pat@partner.example>\nTo: security@example.org\nMessage-ID: <1@partner.example>\nSubject: Notes of our talk\n\n\
        Hello, the notes of our talk are at https://partner.example/notes";
    let (_, cookie) = test.somebody(Role::Responder).await;
    for (from, text) in [
        ("it@examp1e-desk.example", lure.as_str()),
        ("bounce-7@news.examp1e-desk.example", lure.as_str()),
        ("pat@partner.example", soft),
    ] {
        let page = arrives(&test, from, text).await;
        assert!(page.seen.is_some(), "{from}: it is read");
        assert!(
            test.letters().await.is_empty(),
            "{from}: and its sender, whom a server vouches for, gets no word"
        );
        let case = test.get(&format!("/cases/{}", page.report.case_id.unwrap()), &cookie).await.body;
        assert!(case.contains("straight from its own sender"), "the team knows: {case}");
    }
    // A partner who talks to us is answered as before, and so is a colleague who hands a message on.
    arrives(&test, "pat@partner.example", "From: Pat <pat@partner.example>\nTo: security@example.org\nSubject: Help\n\nI clicked on a link in an odd mail").await;
    arrives(&test, "kim@example.org", LURE).await;
    let to: Vec<String> = test.letters().await.into_iter().map(|letter| letter.to_address).collect();
    assert_eq!(to, ["kim@example.org", "pat@partner.example"]);
}
