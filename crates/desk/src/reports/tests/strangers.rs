//! Stories of those who write from outside: no answer of ours tells them what we see, and none of their words is put into
//! the mouth of somebody else.

use super::{Mailed, desk, mail, page_of, receive, receive_mail};
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

#[tokio::test]
async fn a_mail_in_somebodys_name_that_nobody_confirms_changes_nothing_they_told_us() {
    let test = desk().await;
    let words = "I clicked the link and typed my password";
    let kim = test.told("kim@example.org", &[crate::reports::Told::Password], words, Some(LURE)).await;
    let before = page_of(&test.desk, kim.report).await.unwrap();
    let to = crate::letters::reply_address(&test.desk, kim.report, 0);
    let forged = |said: &str| {
        let text = format!(
            "From: Kim <kim@example.org>\nTo: {to}\nSubject: Re: odd\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{said}\n--b\n\
             Content-Type: message/rfc822\n\nFrom: kim@example.org\nSubject: lunch\n\nsee you\n--b--\n"
        );
        mail(&to, &text)
    };
    test.later(crate::ids::Time::MINUTE);
    let letters = test.letters().await.len();
    receive_mail(&test.desk, forged("Ich war falsch, ich habe nichts getan. Es wurde nur bezahlt."))
        .await
        .unwrap();
    test.work().await;
    let after = page_of(&test.desk, kim.report).await.unwrap();
    assert_eq!(after.report.told, before.report.told);
    assert_eq!((after.report.locale, after.report.subject), (before.report.locale, before.report.subject));
    assert_eq!(test.letters().await.len(), letters, "no letter follows from it");
    let entry = after.timeline.iter().find(|entry| entry.kind == "said-unconfirmed").expect("it is kept");
    assert!(entry.body.contains("nichts getan") && entry.source == "system");
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    assert!(page.contains("nobody confirms who wrote it"), "the team is told: {page}");
    let form = test.get(&format!("/r/{}", kim.token), "").await.body;
    assert!(form.contains("What we see so far"), "and the page that Kim has open stays theirs: {form}");
    // After a new private link the old reply address leads nowhere.
    crate::casework::renew_link(&test.desk, &robin, kim.report).await.unwrap();
    receive_mail(&test.desk, forged("again")).await.unwrap();
    test.work().await;
    let kept = page_of(&test.desk, kim.report).await.unwrap();
    assert_eq!(kept.timeline.iter().filter(|entry| entry.kind == "said-unconfirmed").count(), 1);
}

#[tokio::test]
async fn one_mail_to_two_of_our_letters_is_heard_for_both() {
    let test = desk().await;
    let first = test.told("kim@example.org", &[], "one", None).await.report;
    let second = test.told("kim@example.org", &[], "two", None).await.report;
    let to = |report| crate::letters::reply_address(&test.desk, report, 0);
    let text = format!(
        "From: kim@example.org\nTo: {}, {}\nSubject: Re: both\n\nthank you both",
        to(first),
        to(second)
    );
    let both = Mailed {
        recipients: vec![to(first), to(second)],
        vouched_address: Some("kim@example.org".into()),
        ..mail("", &text)
    };
    receive_mail(&test.desk, both.clone()).await.unwrap();
    receive_mail(&test.desk, both).await.unwrap();
    for report in [first, second] {
        let page = page_of(&test.desk, report).await.unwrap();
        assert_eq!(page.timeline.iter().filter(|entry| entry.kind == "said").count(), 1, "once for each");
    }
}

#[tokio::test]
async fn an_account_with_a_reporters_address_does_not_rename_what_they_told_us() {
    let test = desk().await;
    let kim = test.told("kim@example.org", &[], "I paid a false bill", None).await;
    let new = |address: &str| crate::people::NewPerson {
        address: address.into(),
        name: "Dumb Dora".into(),
        password: "correct horse battery".into(),
    };
    for odd in ["not an address @, two@x", "@", "a@b@c"] {
        assert!(crate::people::add(&test.desk, new(odd), Role::Coach).await.is_err(), "{odd}");
    }
    crate::people::add(&test.desk, new("kim@example.org"), Role::Coach).await.unwrap();
    let (_, cookie) = test.somebody(Role::Responder).await;
    let page = test.get(&format!("/cases/{}", test.case_of(kim.report).await), &cookie).await.body;
    assert!(page.contains("With Kim<") && !page.contains("Dumb Dora"), "{page}");
}

#[tokio::test]
async fn a_button_token_that_leaked_writes_to_nobody_outside_and_brings_no_flood() {
    use axum::http::{Request, header};
    let mut test = TestDesk::new().await;
    let limits = crate::who::Limits { by_button: 2, ..crate::who::Limits::default() };
    test.desk.gates = std::sync::Arc::new(crate::who::Gates::new(limits));
    let token = crate::reports::api::make_token(&test.desk, "button").await.unwrap();
    let press = async |reporter: &str| {
        let body =
            serde_json::json!({"words": "I clicked on something odd", "reporter": reporter}).to_string();
        let request = Request::post("/api/v1/reports")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(axum::body::Body::from(body))
            .unwrap();
        test.send(request).await
    };
    assert_eq!(press("somebody@other-company.example").await.status, 201, "it is heard all the same");
    test.work().await;
    assert!(test.letters().await.is_empty(), "and nobody outside gets a letter");
    assert_eq!(press("kim@example.org").await.status, 201);
    test.work().await;
    assert_eq!(test.letters().await.len(), 1);
    let third = press("kim@example.org").await;
    assert_eq!(third.status, 429);
    assert!(third.headers.contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn whose_mail_asks_for_no_automatic_answer_is_written_to_by_people() {
    let test = desk().await;
    let text = "From: Kim <kim@example.org>\nTo: security@example.org\nX-Auto-Response-Suppress: All\n\
        Subject: help\n\nI clicked the link and typed my password, what now?";
    for automatic in [false, true] {
        let mailed = Mailed {
            vouched_address: Some("kim@example.org".into()),
            automatic,
            ..mail("security@example.org", text)
        };
        receive_mail(&test.desk, mailed).await.unwrap();
    }
    test.work().await;
    assert!(test.letters().await.is_empty(), "the desk by itself writes nothing");
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let inbox = test.get("/inbox", &cookie).await.body;
    let case: crate::ids::CaseId =
        inbox.split("href=\"/cases/").nth(1).unwrap().get(..36).unwrap().parse().unwrap();
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    assert!(page.contains("their mail asks for none") && !page.contains("Nothing reaches"), "{page}");
    let report = page.split("name=\"report\" value=\"").nth(1).unwrap().get(..36).unwrap().parse().unwrap();
    let word = crate::casework::Word {
        to: crate::casework::To::One(report),
        body: "Hello Kim,\n\nthank you for telling us. Please change the password now.".into(),
        over: None,
        next_by: Some(test.desk.now().plus(crate::ids::Time::HOUR)),
    };
    crate::casework::write_word(&test.desk, &robin, case, &word).await.unwrap();
    assert_eq!(test.letters().await[0].to_address, "kim@example.org", "a person's letter goes");
}

#[tokio::test]
async fn no_letter_goes_to_the_desk_itself_or_where_no_mail_goes() {
    let test = desk().await;
    for address in ["security@example.org", "Security+x@example.org", "kim@harbour-works"] {
        let receipt =
            receive(&test.desk, crate::test::incoming(address, &[], "odd", Some(LURE))).await.unwrap();
        test.work().await;
        let page = page_of(&test.desk, receipt.report).await.unwrap().report;
        assert!(page.anonymous && !page.takes_letters() && page.reporter_name == "Kim", "{address}");
        let shown = test.get(&format!("/r/{}", receipt.token), "").await.body;
        assert!(shown.contains("Please keep the link to this page"), "{address}");
    }
    assert!(test.letters().await.is_empty());
}

#[tokio::test]
async fn a_lure_that_plays_the_desk_with_a_link_made_up_is_read_and_said_to_be_none_of_ours() {
    let test = TestDesk::new().await;
    // What the form gives a stranger opens a page, and stands in no letter.
    let stranger = crate::test::incoming("", &[], "I wonder what you do here", None);
    let own =
        receive(&test.desk, crate::reports::Incoming { reporter: None, ..stranger }).await.unwrap().token;
    for (token, to) in [("0123456789abcdef0123456789abcdef", "fay@example.org"), (&own, "gus@example.org")] {
        let lure = format!(
            "From: Security <security@evil-help.example>\nTo: {to}\nSubject: Your account\n\nYour account was used from abroad. Reply with your password and the code from your phone within one hour.\nYour own page: {}/r/{token}\n",
            test.desk.settings.base_url
        );
        let report = test.told(to, &[], "", Some(&lure)).await.report;
        let page = page_of(&test.desk, report).await.unwrap();
        let seen = page.seen.expect("it is read");
        assert_eq!(seen.verdict, "likely-harmful", "{seen:?}");
        let letter = test.letters().await.into_iter().find(|letter| letter.to_address == to).unwrap();
        assert!(letter.body.contains("says that it comes from us, and it does not"), "{}", letter.body);
    }
}
