//! Stories of somebody else who answers a letter, and of a second address.

use super::{Mailed, desk, mail, page_of, receive_mail};
use crate::ids::ReportId;
use crate::reports::ReporterPage;
use crate::test::{LURE, TestDesk};
use crate::who::Role;
use crate::{Time, erasure, letters};

async fn answers(test: &TestDesk, report: ReportId, from: &str, vouched: bool, text: &str) {
    let typed = format!("Content-Type: text/plain\n\n{text}");
    answers_with(test, report, from, vouched, &typed).await;
}

/// The same with headers of its own for the body.
async fn answers_with(test: &TestDesk, report: ReportId, from: &str, vouched: bool, body: &str) {
    test.later(Time::MINUTE);
    let to = letters::reply_address(&test.desk, report, 0);
    let text =
        format!("From: {from}\nTo: Kim <kim@example.org>, {to}\nSubject: Re: what we see so far\n{body}");
    let address = from.split(['<', '>']).nth(1).map(str::to_owned);
    let mailed = Mailed {
        from: address.clone(),
        vouched_address: address.filter(|_| vouched),
        answerable: vouched,
        ..mail(&to, &text)
    };
    receive_mail(&test.desk, mailed).await.expect("the reply is taken");
    test.work().await;
}

async fn reports(test: &TestDesk, of: ReportId) -> Vec<ReporterPage> {
    let case = test.case_of(of).await;
    let mut tx = test.desk.db.read().await.unwrap();
    let known = crate::reports::store::of_case(&mut tx, case).await.unwrap();
    drop(tx);
    let mut pages = Vec::new();
    for report in known {
        pages.push(page_of(&test.desk, report.id).await.unwrap());
    }
    pages
}

#[tokio::test]
async fn a_colleague_who_answers_the_letter_of_somebody_else_is_heard_as_who_they_are() {
    let test = desk().await;
    let kim = test.told("kim@example.org", &[], "is this real?", Some(LURE)).await;
    answers(
        &test,
        kim.report,
        "Tessa Brook <tessa@example.org>",
        true,
        "I clicked it as well and typed my password.\n\nOn Mon, 23 Nov 2026 at 10:00, Harbour Works security desk\n\
         <security@example.org> wrote:\n> Hello Kim\n> I opened the attachment",
    )
    .await;
    let pages = reports(&test, kim.report).await;
    let [first, second] = pages.as_slice() else { panic!("two reports in one case") };
    assert!(first.report.told.is_empty() && !first.report.exposed, "nothing of it is Kim's");
    assert!(first.timeline.iter().all(|entry| entry.kind != "said"));
    assert_eq!(second.report.told, "password clicked");
    assert_eq!(second.report.words, "I clicked it as well and typed my password.");
    assert_eq!(second.report.reporter_name, "Tessa Brook");
    assert_eq!(
        second.promises[0].by_at,
        test.desk.now().plus(Time::HOUR),
        "and promised a word of their own"
    );
    let letters = test.letters().await;
    assert_eq!(letters.len(), 2, "Kim gets no second one");
    assert_eq!(letters[0].to_address, "tessa@example.org");
    assert!(letters[0].body.contains("Change the password") && letters[0].body.contains("Hello Tessa Brook"));
    let (_, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("Tessa Brook") && page.body.contains("answers our letter to somebody else"));

    let export = erasure::export(&test.desk, "tessa@example.org").await.expect("they are known");
    assert!(export.contains("I clicked it as well") && !export.contains("is this real"), "{export}");
    assert_eq!(
        erasure::erase(&test.desk, "tessa@example.org", crate::erasure::Account::Stays)
            .await
            .unwrap()
            .reports,
        1
    );
}

#[tokio::test]
async fn a_colleague_who_answers_with_another_message_gets_a_case_of_its_kind() {
    let test = desk().await;
    let kim = test.told("kim@example.org", &[], "is this real?", Some(LURE)).await;
    let other = "From: Payroll <pay@w4ges.example>\nTo: tessa@example.org\nSubject: Your November bonus\n\n\
         A bonus was granted to you. To receive it, sign in at http://198.51.100.9/bonus with your work account before Friday noon.";
    let body = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
         I got this one.\n--b\nContent-Type: message/rfc822\n\n{other}\n--b--\n"
    );
    answers_with(&test, kim.report, "Tessa Brook <tessa@example.org>", true, &body).await;
    assert_eq!(reports(&test, kim.report).await.len(), 1, "it is no part of what Kim told us");
    let noor = test.told("noor@example.org", &[], "", Some(other)).await;
    assert_ne!(test.case_of(noor.report).await, test.case_of(kim.report).await);
    assert_eq!(reports(&test, noor.report).await.len(), 2, "Tessa's and Noor's are one lure");

    let same = LURE.replace("kim@", "pat@");
    let body = body.replace(other, &same);
    answers_with(&test, kim.report, "Pat Lane <pat@example.org>", true, &body).await;
    assert_eq!(reports(&test, kim.report).await.len(), 2, "the same lure still joins it");
}

#[tokio::test]
async fn a_second_address_is_a_report_of_its_own_in_the_same_case_and_wakes_it() {
    let test = desk().await;
    let kim = test.told("kim@example.org", &[], "is this real?", Some(LURE)).await;
    answers(&test, kim.report, "Kim <kim@private.example>", false, "HELP I typed my password").await;
    let pages = reports(&test, kim.report).await;
    assert_eq!(pages.len(), 2);
    assert!(!pages[0].report.exposed && pages[1].report.exposed && !pages[1].promises.is_empty());
    assert_eq!(test.letters().await.len(), 1, "nobody vouches for it, so the team says who it is");
    let (_, cookie) = test.somebody(Role::Responder).await;
    assert!(test.get("/inbox", &cookie).await.body.contains("Somebody needs help now"));

    answers(&test, kim.report, "Kim <KIM@example.org>", true, "It was me, I typed my password").await;
    let pages = reports(&test, kim.report).await;
    assert!(pages.len() == 2 && pages[0].report.told == "password", "the known address is theirs");
}
