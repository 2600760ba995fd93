//! Stories of what is known already, what comes later, and words in the wrong box.

use std::sync::Arc;

use super::{Mailed, Told, by_mail, desk, doors::form, forwarded, mail, page_of, receive_mail, reply, say};
use crate::cases::Outcome;
use crate::casework;
use crate::ids::Time;
use crate::test::LURE;
use crate::who::Role;

#[tokio::test]
async fn who_reports_after_the_end_hears_what_a_person_decided() {
    let test = desk().await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(first.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    casework::close(&test.desk, &robin, case).await.unwrap();
    test.later(Time::HOUR);
    let late = test.told("lee@example.org", &[], "", Some(LURE)).await;
    let letter =
        test.letters().await.into_iter().find(|letter| letter.to_address == "lee@example.org").unwrap();
    let decided =
        "A person at our desk looked at a message like this one on 23 November: it was meant to do harm.";
    assert!(letter.body.contains(decided), "{}", letter.body);
    assert!(letter.body.contains("a person confirms it for yours") && !letter.body.contains("first look"));
    let own = test.get(&format!("/r/{}", late.token), "").await.body;
    assert!(own.contains("a person here has looked at a message like this one"), "{own}");
    assert!(
        page_of(&test.desk, late.report).await.unwrap().promises.iter().any(crate::cases::Promise::is_open)
    );
}

#[tokio::test]
async fn a_copy_of_our_own_drill_is_judged_less_surely_and_its_reader_hears_of_the_whole_one() {
    let mut test = desk().await;
    let mut settings = (*test.desk.settings).clone();
    settings.mail.drill_headers = vec![("X-Drill".into(), "secret-1".into())];
    test.desk.settings = Arc::new(settings);
    let copy = by_mail(&test, &forwarded()).await;
    let seen = page_of(&test.desk, copy).await.unwrap().seen.unwrap();
    assert!(seen.headers_gone && seen.certainty < 0.8, "{}", seen.certainty);
    test.later(Time::MINUTE);
    let whole = "From: IT Support <it@examp1e-desk.example>\nTo: lee@example.org\nX-Drill: secret-1\n\
        Subject: Your mailbox will be closed today\n\n\
        Dear user, your account will be suspended within 24 hours unless you confirm your password now.\n";
    let whole = test.told("lee@example.org", &[], "", Some(whole)).await;
    let page = page_of(&test.desk, whole.report).await.unwrap();
    assert_eq!(page.report.verdict.as_deref(), Some("our-drill"));
    let copied = page_of(&test.desk, copy).await.unwrap();
    assert_eq!(copied.report.case_id, page.report.case_id, "one lure, one case");
    assert!(copied.timeline.iter().any(|entry| entry.kind == "like-drill"), "{:?}", copied.timeline);
}

#[tokio::test]
async fn a_persons_own_words_in_the_box_for_a_message_are_heard() {
    let test = desk().await;
    let words = b"Hello desk, I clicked on a link in a mail and typed my password. What shall I do?";
    let sent = form(&test, "message", &[("pasted", None, words)]).await;
    test.work().await;
    let path = sent.headers["location"].to_str().unwrap().split(['?', '#']).next().unwrap().to_owned();
    let page = test.get(&path, "").await.body;
    assert!(page.contains("Change the password") || page.contains("change it"), "{page}");
    assert!(!page.contains("does not say who sent it"), "{page}");
    let (_, cookie) = test.somebody(Role::Responder).await;
    assert!(test.get("/inbox", &cookie).await.body.contains("Somebody needs help now"));

    let lure = b"From: HR <hr@pay-roll.example>\nTo: kim@example.org\nSubject: Your pay\n\nSign in at http://192.0.2.7/login";
    let sent = form(&test, "message", &[("pasted", None, lure)]).await;
    test.work().await;
    let path = sent.headers["location"].to_str().unwrap().split(['?', '#']).next().unwrap().to_owned();
    let page = test.get(&path, "").await.body;
    assert!(page.contains("Your pay") && page.contains("hr@pay-roll.example"), "{page}");
    assert!(!page.contains("does not say who sent it"), "{page}");
}

#[tokio::test]
async fn what_is_told_on_the_page_is_answered_by_letter_too_and_never_in_a_row() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    test.later(Time::MINUTE);
    say(&test.desk, receipt.report, "I paid them").await.unwrap();
    let steps = test.letters().await.remove(0);
    assert_eq!(steps.kind, "steps");
    for _ in 0..6 {
        super::correct(&test.desk, receipt.report, &[].into()).await.unwrap();
        super::correct(&test.desk, receipt.report, &[Told::Password].into()).await.unwrap();
    }
    let sent = test.letters().await.iter().filter(|letter| letter.kind == "steps").count();
    assert_eq!(sent, 3, "whoever ticks and unticks gets no row of letters");
    test.work().await;
}

#[tokio::test]
async fn an_empty_reply_is_said_to_be_one_and_files_beyond_ten_are_spoken_of() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    // Whoever answers the letter reads on where it leads.
    let own_page = format!("/r/{}", test.desk.keys.page_token(receipt.report, 0));
    let letter = test.letters().await.remove(0);
    reply(&test, receipt.report, &format!("Subject: Re: {}\n\n> quoted", letter.subject)).await;
    let own = test.get(&own_page, "").await.body;
    assert!(own.contains("we found no words above it") && !own.contains("reply.eml"), "{own}");
    let part = |number: usize| {
        format!(
            "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=\"{number}.txt\"\n\n{number}\n"
        )
    };
    let files: String = (0..14).map(part).collect();
    reply(
        &test,
        receipt.report,
        &format!("Subject: Re: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nall of them\n{files}--b--"),
    )
    .await;
    let own = test.get(&own_page, "").await.body;
    assert!(own.contains("kept ten of the files"), "{own}");
}

#[tokio::test]
async fn a_file_behind_the_fiftieth_opens_and_replies_add_no_more_than_a_hundred() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", None).await;
    let to = crate::letters::reply_address(&test.desk, receipt.report, 0);
    for number in 0..105 {
        let text = format!("From: kim@example.org\nTo: {to}\nSubject: Re: x\n\nword {number}");
        let vouched_address = Some("kim@example.org".to_owned());
        receive_mail(&test.desk, Mailed { vouched_address, ..mail(&to, &text) }).await.unwrap();
    }
    let files = page_of(&test.desk, receipt.report).await.unwrap().files;
    assert_eq!(files.len(), 100);
    for file in [&files[0], &files[99]] {
        let opened = crate::reports::open_file(&test.desk, receipt.report, file.id).await.unwrap();
        assert!(opened.is_some(), "{}", file.name);
    }
    test.work().await;
}

#[tokio::test]
async fn a_message_added_later_that_cannot_be_read_is_put_before_a_person() {
    let mut test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", None).await;
    let upload = crate::reports::Upload {
        name: "it.eml".into(),
        media_type: "message/rfc822".into(),
        bytes: LURE.replace('\n', "\r\n").into_bytes(),
    };
    super::add_file(&test.desk, receipt.report, upload).await.unwrap();
    test.desk.blobs = crate::blobs::Blobs::in_memory();
    for _ in 0..20 {
        test.later(2 * Time::HOUR);
        crate::jobs::run_due(&test.desk).await.unwrap();
    }
    let (_, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    assert!(page.contains("could not read the message that was added here"), "{page}");
}

#[tokio::test]
async fn a_stranger_is_not_told_what_was_decided_of_a_message_they_may_have_sent() {
    let test = desk().await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(first.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    let mut stranger = crate::test::incoming("", &[], "", Some(LURE));
    (stranger.reporter, stranger.vouch) = (None, crate::reports::Vouch::Nobody);
    let receipt = super::receive(&test.desk, stranger).await.unwrap();
    test.work().await;
    let own = test.get(&format!("/r/{}", receipt.token), "").await.body;
    assert!(!own.contains("has looked at a message like this one"), "{own}");
}
