//! Stories of this feature, told through its verbs.

use std::sync::Arc;

use super::{Kind, Mailed, Told, Upload, Vouch, add_file, correct, page_of, receive, receive_mail, say};
use crate::cases::Outcome;
use crate::casework;
use crate::ids::{ReportId, Time};
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

mod alike;
mod doors;
mod later;
mod links;
mod others;
mod page;
mod soon;
mod strangers;
mod wording;

/// A desk that knows its own address, as every real one does.
async fn desk() -> TestDesk {
    let mut test = TestDesk::new().await;
    let mut settings = (*test.desk.settings).clone();
    settings.mail.desk_addresses = vec![settings.desk_address.clone()];
    test.desk.settings = Arc::new(settings);
    test
}

/// A mail from a private mailbox, which nobody vouches for.
fn mail(to: &str, text: &str) -> Mailed {
    Mailed {
        door: super::Door::Mail,
        recipients: vec![to.into()],
        from: Some("somebody@elsewhere.example".into()),
        raw: text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
        vouched_address: None,
        answerable: false,
        automatic: false,
        key: uuid::Uuid::new_v4().to_string(),
    }
}

async fn reply(test: &TestDesk, report: ReportId, text: &str) {
    let to = crate::letters::reply_address(&test.desk, report, 0);
    let text = format!("From: Kim <kim@example.org>\nTo: {to}\n{text}");
    let vouched_address = Some("kim@example.org".to_owned());
    receive_mail(&test.desk, Mailed { vouched_address, ..mail(&to, &text) })
        .await
        .expect("the reply is taken");
    test.work().await;
}

/// A forward as Gmail writes it: the headers of the message are lost.
fn forwarded() -> String {
    "From: Kim <kim@example.org>\nTo: security@example.org\nSubject: Fwd: Your mailbox will be closed today\n\n\
     is this real?\n\n---------- Forwarded message ---------\nFrom: IT Support <it@examp1e-desk.example>\n\
     Date: Mon, 23 Nov 2026 at 09:00\nSubject: Your mailbox will be closed today\nTo: <kim@example.org>\n\n\
     Dear user, your account will be suspended within 24 hours unless you confirm your password now.\n"
        .to_owned()
}

async fn by_mail(test: &TestDesk, text: &str) -> ReportId {
    let mut mailed = mail("security@example.org", text);
    mailed.vouched_address = Some("kim@example.org".into());
    mailed.answerable = true;
    receive_mail(&test.desk, mailed).await.expect("the mail is taken");
    test.work().await;
    test.letters().await.first().and_then(|letter| letter.report_id).expect("it was answered")
}

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
    let (_, cookie) = test.somebody(Role::Responder).await;
    let last = test.case_of(receipts.last().expect("there are some").report).await;
    let page = test.get(&format!("/cases/{last}"), &cookie).await;
    assert!(page.body.contains("wrote no further automatic answer"), "a person sees it and answers");

    test.later(Time::HOUR);
    test.told("kim@example.org", &[], "another one", None).await;
    assert_eq!(test.letters().await.len(), most + 1, "an hour later there is an answer again");
}

#[tokio::test]
async fn a_person_who_replies_is_heard_also_when_all_seemed_settled() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.expect("told");
    casework::close(&test.desk, &robin, case).await.expect("closed");
    test.later(Time::HOUR);
    test.work().await;
    test.later(Time::MINUTE);
    reply(
        &test,
        receipt.report,
        "Subject: Re: odd\n\nPLEASE HELP I typed my password and somebody is in my account\n\n\
         On Mon, 23 Nov 2026 at 10:00, Harbour Works security desk\n<security@example.org> wrote:\n> Hello Kim",
    )
    .await;
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert!(page.report.exposed && page.report.told.contains("password"), "what happened is heard");
    let open: Vec<_> = page.promises.iter().filter(|promise| promise.is_open()).collect();
    assert_eq!(open.len(), 1, "and they are promised a word");
    let inbox = test.get("/inbox", &cookie).await;
    assert!(inbox.body.contains("Somebody needs help now"), "the case is in front of us again");
    let own = test.desk.keys.page_token(receipt.report, 0);
    let seen = test.get(&format!("/r/{own}"), "").await;
    assert!(seen.body.contains("somebody is in my account") && !seen.body.contains("wrote:"));
}

#[tokio::test]
async fn a_reply_to_our_plain_address_is_known_by_the_letter_it_answers_and_by_who_read_that() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let letter = test.letters().await.remove(0);
    let text = format!(
        "From: kim@example.org\nTo: security@example.org\nSubject: Re: Thank you\n\
         References: <other@example.org>\n <{}>\n\nI clicked the link\n",
        letter.message_id
    );
    let said = |page: super::ReporterPage| page.timeline.iter().filter(|entry| entry.kind == "said").count();
    for vouched in [None, Some("lee@example.org".to_owned())] {
        let mailed = Mailed { vouched_address: vouched, ..mail("security@example.org", &text) };
        receive_mail(&test.desk, mailed).await.expect("taken as something new");
    }
    assert_eq!(said(page_of(&test.desk, receipt.report).await.unwrap()), 0, "a Message-ID is no secret");
    let vouched_address = Some("Kim@Example.org".to_owned());
    receive_mail(&test.desk, Mailed { vouched_address, ..mail("security@example.org", &text) })
        .await
        .unwrap();
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert!(page.report.exposed, "what happened is heard");
    assert_eq!(said(page), 1);
}

#[tokio::test]
async fn an_automatic_reply_is_a_note_for_the_team_and_nobody_is_promised_anything() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let to = crate::letters::reply_address(&test.desk, receipt.report, 0);
    let away = format!(
        "From: kim@example.org\nTo: {to}\nSubject: Automatic reply: hm\n\nI am back on Monday. My colleague Lee reads my mail."
    );
    receive_mail(&test.desk, Mailed { automatic: true, ..mail(&to, &away) }).await.expect("taken");
    // Some gateways take the mark away; the subject is still one that only a machine writes.
    receive_mail(&test.desk, mail(&to, &away.replace("Monday", "Tuesday"))).await.expect("taken");
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert_eq!(page.promises.len(), 1, "only the first word's promise");
    assert!(page.report.told.is_empty() && page.timeline.iter().all(|entry| entry.kind != "said"));

    let bulk = away.replace("I am back on Monday.", "I typed my password there.");
    let vouched_address = Some("kim@example.org".to_owned());
    let bulk = Mailed { automatic: true, vouched_address, ..mail(&to, &bulk) };
    receive_mail(&test.desk, bulk).await.expect("taken");
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert_eq!(page.report.told, "password", "who tells what happened is a person, whatever the mail says");
}

#[tokio::test]
async fn words_below_the_letter_that_is_answered_are_heard() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let to = crate::letters::reply_address(&test.desk, receipt.report, 0);
    let reply = format!(
        "From: kim@example.org\nTo: {to}\nSubject: Re: hm\n\nOn 11/30/26 7:00 PM, Harbour Works security desk wrote:\n\
         > Thank you for telling us.\n> If you typed a password, tell us.\n\nI typed my password there and I am scared.\n"
    );
    let vouched_address = Some("kim@example.org".to_owned());
    receive_mail(&test.desk, Mailed { vouched_address, ..mail(&to, &reply) }).await.expect("taken");
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    let said = page.timeline.iter().find(|entry| entry.kind == "said").expect("their words");
    assert_eq!(said.body, "I typed my password there and I am scared.");
    assert_eq!(page.report.told, "password");
}

#[tokio::test]
async fn whoever_asks_again_after_a_broken_promise_gets_a_new_time() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    test.later(3 * Time::DAY);
    say(&test.desk, receipt.report, "Hello? Anybody?").await.unwrap();
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert!(
        page.promises.iter().any(|promise| promise.is_open() && promise.by_at > test.desk.now()),
        "{:?}",
        page.promises
    );
    assert!(
        page.promises.iter().any(|promise| promise.is_open() && promise.by_at < test.desk.now()),
        "the old one stays broken"
    );
}

#[tokio::test]
async fn a_letter_of_ours_never_carries_a_strangers_link() {
    let test = TestDesk::new().await;
    let lure = "From: it@examp1e-desk.example\nTo: kim@example.org\nSubject: Open https://evil.example/s now\n\
        MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\n\
        Content-Type: application/octet-stream; name=\"fix at https://evil.example/login?[[page]] now.exe\"\n\
        Content-Disposition: attachment; filename=\"fix at https://evil.example/login?[[page]] now.exe\"\n\nMZ\n--b--\n";
    let mut report = incoming("kim@example.org", &[], "", Some(lure));
    report.reporter = Some(("kim@example.org".into(), "Kim, see www.evil.com".into()));
    let receipt = receive(&test.desk, report).await.unwrap();
    test.work().await;
    let letters = test.letters().await;
    let letter = crate::letters::outgoing(&test.desk, &letters[0], 0);
    assert!(letter.text.contains("now.exe"), "the reason names the file: {}", letter.text);
    assert!(letter.text.starts_with("Hello,\n"), "no name that is none: {}", letter.text);
    let token = test.desk.keys.page_token(receipt.report, 0);
    let own = format!("http://desk.example/r/{token}");
    for place in [&letter.text, &letter.html] {
        let strange = place.replace(&own, "");
        assert!(!strange.contains("://") && !strange.contains("www."), "{strange}");
        assert!(!strange.contains(&token), "the private link stands in its own place only");
    }
    assert_eq!(letter.html.matches("<a href=").count(), 1);

    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    assert!(!test.letters().await[0].subject.contains("://"), "nor in a subject");
}

#[tokio::test]
async fn nobody_can_name_another_person_and_a_vouched_name_comes_to_stand() {
    let test = TestDesk::new().await;
    let mut stranger = incoming("kim@example.org", &[], "hm", None);
    stranger.vouch = Vouch::Nobody;
    stranger.reporter = Some(("kim@example.org".into(), "Owner of evil.example".into()));
    let unvouched = receive(&test.desk, stranger).await.unwrap();
    test.work().await;
    test.told("kim@example.org", &[], "hello", None).await;
    let letters = test.letters().await;
    assert!(letters[0].body.starts_with("Hello Kim,"), "{}", letters[0].body);
    let report = page_of(&test.desk, unvouched.report).await.unwrap().report;
    assert_eq!(report.reporter_name, "Owner of evil.example", "what they said is kept with their report");
}

#[tokio::test]
async fn the_original_that_we_asked_for_takes_the_place_of_the_forward() {
    let test = desk().await;
    let report = by_mail(&test, &forwarded()).await;
    let before = page_of(&test.desk, report).await.unwrap();
    assert!(before.seen.as_ref().is_some_and(|seen| seen.headers_gone), "a forward loses where it came from");
    assert!(test.letters().await[0].body.contains("once more as an attachment"));

    reply(
        &test,
        report,
        &format!(
            "Subject: Re: Thank you\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
             Content-Type: text/plain\n\nhere it is\n--b\nContent-Type: message/rfc822\n\n{LURE}\n--b--\n"
        ),
    )
    .await;
    let after = page_of(&test.desk, report).await.unwrap();
    let seen = after.seen.expect("it was read");
    assert!(!seen.headers_gone && seen.links.iter().any(|link| link.target.contains("192.0.2.7")));
    assert_eq!(after.report.case_id, before.report.case_id, "in the same case");
    assert!(
        after.files.iter().any(|file| file.raw_key == before.report.raw_key.clone().unwrap()),
        "the forward is kept"
    );
    let read = after.timeline.iter().find(|entry| entry.kind == "read-original").expect("and said so");
    assert_eq!(read.body, seen.verdict);
    let later = test.told("lee@example.org", &[], "", Some(&LURE.replace("kim@", "lee@"))).await;
    assert_eq!(
        Some(test.case_of(later.report).await),
        before.report.case_id,
        "the same lure finds this case"
    );
}

#[tokio::test]
async fn a_message_added_on_the_page_is_read_and_the_more_worrying_one_stays_in_front() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "I got a strange mail", None).await;
    let upload = |name: &str, text: &str| Upload {
        name: name.into(),
        media_type: "application/octet-stream".into(),
        bytes: text.replace('\n', "\r\n").into_bytes(),
    };
    add_file(&test.desk, receipt.report, upload("it.EML", LURE)).await.unwrap();
    test.work().await;
    let first = page_of(&test.desk, receipt.report).await.unwrap();
    let verdict = first.seen.expect("it was read").verdict;
    assert!(matches!(verdict.as_str(), "likely-harmful" | "suspicious"), "{verdict}");

    let plain = "From: Lee <lee@example.org>\nTo: kim@example.org\nSubject: Lunch\n\nLunch at noon? Lee\n";
    add_file(&test.desk, receipt.report, upload("other.eml", plain)).await.unwrap();
    test.work().await;
    let second = page_of(&test.desk, receipt.report).await.unwrap();
    assert_eq!(second.report.subject, "Your mailbox will be closed today");
    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(page.body.contains("read the message as it first came"));
    assert!(page.body.contains("read the message you added as well"));
    let (_, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("read the message as it first came") && page.body.contains("Reply-To"));
}

#[tokio::test]
async fn who_says_everything_in_the_subject_is_heard() {
    let test = desk().await;
    let text = "From: Kim <kim@example.org>\nTo: security@example.org\n\
        Subject: HELP I clicked the link and typed my password\n\n\n";
    let report = by_mail(&test, text).await;
    let page = page_of(&test.desk, report).await.unwrap();
    assert!(page.report.exposed && page.report.told == "password clicked");
    assert_eq!(page.case.unwrap().title, "HELP I clicked the link and typed my password");
}

#[tokio::test]
async fn who_tells_us_of_more_later_is_helped_as_soon_as_if_they_had_told_us_at_once() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let at = |page: &super::ReporterPage| {
        page.promises
            .iter()
            .filter(|promise| promise.is_open())
            .map(|promise| promise.by_at)
            .collect::<Vec<_>>()
    };
    let slow = at(&page_of(&test.desk, receipt.report).await.unwrap());
    test.later(Time::MINUTE);
    let soon = test.desk.now().plus(Time::HOUR);
    assert!(slow[0] > soon);
    say(&test.desk, receipt.report, "sorry, I clicked the link").await.unwrap();
    assert_eq!(at(&page_of(&test.desk, receipt.report).await.unwrap()), [soon]);
    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(page.body.contains("so you hear from us sooner"), "with the reason");

    let other = test.told("lee@example.org", &[Told::Looked], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    correct(&test.desk, other.report, &[Told::Password].into()).await.unwrap();
    assert_eq!(at(&page_of(&test.desk, other.report).await.unwrap()), [test.desk.now().plus(Time::HOUR)]);
    test.later(Time::MINUTE);
    correct(&test.desk, other.report, &[Told::Password].into()).await.unwrap();
    assert_eq!(
        page_of(&test.desk, other.report).await.unwrap().promises.len(),
        2,
        "saying it again moves nothing"
    );
}

#[tokio::test]
async fn a_lost_device_stays_lost_whatever_else_is_corrected() {
    let test = TestDesk::new().await;
    let mut report = incoming("kim@example.org", &[], "my phone, on the train", None);
    report.kind = Kind::Device;
    let receipt = receive(&test.desk, report).await.unwrap();
    test.work().await;
    correct(&test.desk, receipt.report, &[Told::Looked].into()).await.unwrap();
    assert!(page_of(&test.desk, receipt.report).await.unwrap().report.exposed);
}

#[tokio::test]
async fn whom_we_may_not_write_to_is_told_before_and_after_that_the_page_is_the_way() {
    let test = TestDesk::new().await;
    let form = test.get("/report/message", "").await;
    assert!(
        form.body.contains("Your answer stands on your own page")
            && !form.body.contains("so that we can write to you")
    );
    let mut report = incoming("kim@elsewhere.example", &[], "hm", None);
    report.vouch = Vouch::Nobody;
    let receipt = receive(&test.desk, report).await.unwrap();
    test.work().await;
    let page = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(page.body.contains("Please keep the link to this page"));
    let known = test.told("kim@example.org", &[], "hm", None).await;
    let page = test.get(&format!("/r/{}", known.token), "").await;
    assert!(!page.body.contains("Please keep the link to this page"), "they have our letter");
}

#[tokio::test]
async fn old_mail_in_a_mailbox_is_taken_and_left_to_a_person() {
    let test = TestDesk::new().await;
    let mail = |date: &str, number: u32, words: &str| {
        crate::reports::Mailed {
        door: crate::reports::Door::Mailbox,
        recipients: vec!["security@example.org".into()],
        from: None,
        raw: format!(
            "From: Kim <kim{number}@example.org>\r\nTo: security@example.org\r\nDate: {date}\r\nSubject: {words}\r\n\r\n{words}, is this real?\r\n"
        )
        .into_bytes(),
        vouched_address: Some(format!("kim{number}@example.org")),
        answerable: true,
        automatic: false,
        key: number.to_string(),
    }
    };
    crate::reports::receive_mail(&test.desk, mail("Tue, 20 Nov 2018 09:00:00 +0000", 1, "A parcel waits"))
        .await
        .unwrap();
    crate::reports::receive_mail(
        &test.desk,
        mail("Sun, 22 Nov 2026 09:00:00 +0000", 2, "Your salary in December"),
    )
    .await
    .unwrap();
    test.work().await;
    assert_eq!(test.letters().await.len(), 1, "only the fresh one is answered by the desk itself");
    let (robin, cookie) = test.somebody(crate::who::Role::Responder).await;
    let mut tx = test.desk.db.read().await.unwrap();
    let (cases, _) = crate::cases::list(&mut tx, crate::cases::Which::Open, 0).await.unwrap();
    drop(tx);
    assert_eq!(cases.len(), 2);
    let mut held = None;
    for case in cases {
        if test.get(&format!("/cases/{}", case.id), &cookie).await.body.contains("older than two days") {
            held = Some(case.id);
        }
    }
    let held = held.expect("the team sees why");
    let page = crate::casework::case_page(&test.desk, &robin, held, None).await.unwrap();
    let word = crate::casework::Word {
        to: crate::casework::To::Everyone(page.shown),
        body: "Hello Kim,\n\nthank you for this. It was harmless.".into(),
        over: None,
        next_by: Some(test.desk.now().plus(Time::DAY)),
    };
    crate::casework::write_word(&test.desk, &robin, held, &word).await.unwrap();
    assert_eq!(test.letters().await.len(), 2, "a person can still write");
}
