//! Stories of the doors: what a program, a form and a mail bring, and what is made of it.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

use super::{Mailed, desk, mail, page_of, receive_mail, say};
use crate::cases::{self, Outcome};
use crate::casework;
use crate::reports::ReporterPage as ReportPage;
use crate::reports::api::make_token;
use crate::test::{LURE, Page, TestDesk};
use crate::who::Role;

/// Sends a report as a button does.
async fn button(test: &TestDesk, token: &str, key: &[u8], body: Value) -> (u16, Value) {
    let request = Request::post("/api/v1/reports")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("bearer {token}"))
        .header("idempotency-key", header::HeaderValue::from_bytes(key).unwrap())
        .body(Body::from(body.to_string()))
        .unwrap();
    let page = test.send(request).await;
    (page.status.as_u16(), serde_json::from_str(&page.body).unwrap_or_default())
}

fn in_base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

#[tokio::test]
async fn a_key_that_a_button_uses_for_a_whole_campaign_gives_nobody_the_page_of_another() {
    let test = TestDesk::new().await;
    let token = make_token(&test.desk, "button").await.unwrap();
    let key = b"<campaign-1@evil.example>";
    let of = |who: &str, told: &str| json!({"reporter": who, "told": [told], "message": in_base64(LURE)});
    let kim = button(&test, &token, key, of("kim@example.org", "looked")).await;
    let lee = button(&test, &token, key, of("lee@example.org", "clicked")).await;
    assert_eq!((kim.0, lee.0), (201, 201), "each report is taken");
    assert_ne!(kim.1["page"], lee.1["page"], "and each has its own page");
    let again = button(&test, &token, key, of("Kim@example.org", "looked")).await;
    assert_eq!((again.0, &again.1["page"], &again.1["new"]), (200, &kim.1["page"], &json!(false)));
    let other = button(&test, &token, key, of("kim@example.org", "password")).await;
    assert_eq!(other.0, 422, "what else happened is not lost in silence");
    assert!(other.1["message"].as_str().unwrap().contains("already stands for another report"));
}

#[tokio::test]
async fn a_body_that_is_no_report_is_answered_with_what_to_send() {
    let test = TestDesk::new().await;
    let token = make_token(&test.desk, "button").await.unwrap();
    for (body, said) in [
        (json!({"told": "clicked"}), "`told` is a list, such as `[\"clicked\"]`."),
        (json!({"told": ["clicked", 3]}), "`told` is a list, such as `[\"clicked\"]`."),
        (json!({"words": 4}), "`words` is one text in quotes."),
        (json!({"tolt": []}), "There is no field `tolt`. A report has `kind`, `told`"),
        (json!("hello"), "A report is one JSON object"),
    ] {
        let (status, answer) = button(&test, &token, b"1", body).await;
        let message = answer["message"].as_str().unwrap();
        assert!(status == 422 && message.starts_with(said), "{status} {message}");
    }
}

#[tokio::test]
async fn what_a_program_sends_wrongly_is_said_and_never_guessed() {
    let test = TestDesk::new().await;
    let token = make_token(&test.desk, "button").await.unwrap();
    let (status, answer) = button(&test, &token, "ключ".as_bytes(), json!({"words": "odd"})).await;
    assert_eq!(status, 422, "{answer}");
    let (status, answer) = button(&test, &token, b"1", json!({"message": "", "words": "odd"})).await;
    assert_eq!((status, answer["message"].as_str().unwrap().contains("empty")), (422, true));
    for address in ["@", "a b@c", "kim@example.org, eve@evil.example", "kim@", "kim@a@b", "<kim@example.org>"]
    {
        let (status, answer) =
            button(&test, &token, b"2", json!({"words": "odd", "reporter": address})).await;
        assert_eq!(status, 422, "{address}: {answer}");
    }
    let form = |body: String| {
        Request::post("/api/v1/reports")
            .header(header::CONTENT_TYPE, "Multipart/Form-Data; boundary=x")
            .header(header::AUTHORIZATION, format!("BEARER {token}"))
            .body(Body::from(body))
            .unwrap()
    };
    let part = format!(
        "--x\r\nContent-Disposition: form-data; name=\"message\"; filename=\"a.eml\"\r\n\r\n{LURE}\r\n"
    );
    let one = test.send(form(format!("{part}--x--\r\n"))).await;
    assert_eq!(one.status, 201, "{}", one.body);
    let two = test.send(form(format!("{part}{part}--x--\r\n"))).await;
    assert!(two.status == 422 && two.body.contains("two parts named"), "{}", two.body);
}

#[tokio::test]
async fn a_message_of_the_largest_size_fits_into_json_and_a_larger_one_is_too_large() {
    let mut test = TestDesk::new().await;
    let mut settings = (*test.desk.settings).clone();
    settings.most_bytes = 6 << 20;
    let most = settings.most_bytes;
    test.desk.settings = std::sync::Arc::new(settings);
    let token = make_token(&test.desk, "button").await.unwrap();
    let message = |size: usize| in_base64(&format!("{LURE}{}", "a".repeat(size - LURE.len())));
    for (size, expected) in [(most, 201), (most + 1, 413), (most * 2, 413)] {
        let (status, answer) = button(&test, &token, b"1", json!({"message": message(size)})).await;
        assert_eq!(status, expected, "{size}: {answer}");
    }
}

/// Sends the form of the page as a browser does: a field, perhaps with a file name, and its bytes.
pub(super) async fn form(test: &TestDesk, kind: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Page {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    let request = Request::post(format!("/report/{kind}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    test.send(request).await
}

/// The report of the newest case.
async fn newest(test: &TestDesk) -> ReportPage {
    let mut tx = test.desk.db.read().await.unwrap();
    let (mut rows, _) = cases::list(&mut tx, cases::Which::Open, 0).await.unwrap();
    rows.sort_by_key(|row| row.number);
    let case = rows.pop().expect("a case is open").id;
    let report = crate::reports::store::of_case(&mut tx, case).await.unwrap().pop().expect("with a report");
    drop(tx);
    page_of(&test.desk, report.id).await.unwrap()
}

/// A mail as the server hands it over: from whom, and its text.
async fn arrives(test: &TestDesk, from: Option<&str>, text: &str) {
    test.later(crate::ids::Time::MINUTE);
    let mailed = Mailed {
        from: from.map(str::to_owned),
        automatic: from.is_none(),
        ..mail("security@example.org", text)
    };
    receive_mail(&test.desk, mailed).await.expect("the mail is taken");
    test.work().await;
}

/// A mail with parts, each with its headers.
fn parts(head: &str, parts: &[&str]) -> String {
    let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
    format!("{head}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n")
}

#[tokio::test]
async fn a_report_that_reaches_us_by_a_blind_copy_is_heard_and_a_redirect_stays_the_message_itself() {
    let test = desk().await;
    let head = "From: Kim <kim@example.org>\nTo: Lee <lee@example.org>\nSubject: strange";
    let words = "Content-Type: text/plain\n\nI clicked the link and typed my password";
    let attached = format!("Content-Type: message/rfc822\n\n{LURE}");
    arrives(&test, Some("kim@example.org"), &parts(head, &[words, &attached])).await;
    let page = newest(&test).await;
    assert_eq!(
        (page.report.told.as_str(), page.report.exposed),
        ("password clicked", true),
        "they are heard"
    );
    assert_eq!(page.report.sender, "it@examp1e-desk.example", "and what they attached is the message");
    let (robin, _) = test.somebody(Role::Responder).await;
    let view = crate::casework::message_view(&test.desk, &robin, page.report.id).await.unwrap();
    assert!(view.from.contains("it@examp1e-desk.example"), "also where it is shown: {}", view.from);

    let forward = super::forwarded().replace("To: security@example.org", "To: undisclosed-recipients:;");
    arrives(&test, Some("kim@example.org"), &forward.replace("is real", "I opened the file, is real")).await;
    let page = newest(&test).await;
    assert!(page.seen.is_some_and(|seen| seen.headers_gone), "a forward without recipients is one");

    arrives(&test, Some("kim@example.org"), &LURE.replace("will be closed", "closes")).await;
    let page = newest(&test).await;
    assert_eq!(page.seen.map(|seen| seen.shape), Some("bare".into()), "a redirect has another author");
    assert_eq!(page.report.sender, "it@examp1e-desk.example");
}

#[tokio::test]
async fn of_several_messages_the_most_worrying_one_stands_in_front_and_all_can_be_opened() {
    let test = desk().await;
    let head = "From: Kim <kim@example.org>\nTo: security@example.org\nSubject: two odd ones";
    let plain = "Content-Type: message/rfc822\n\nFrom: Lee <lee@example.org>\nTo: kim@example.org\nSubject: Lunch\n\nLunch at noon? Lee";
    let lure = format!("Content-Type: message/rfc822\n\n{LURE}");
    arrives(&test, Some("kim@example.org"), &parts(head, &[plain, &lure])).await;
    let page = newest(&test).await;
    assert_eq!(page.report.subject, "Your mailbox will be closed today");
    let seen = page.seen.unwrap();
    assert!(seen.evidence.iter().any(|one| one.rule == "made-several"), "and nobody thinks it was alone");
    assert_eq!(page.files.len(), 2, "both can be opened");
    let again = test.told("lee@example.org", &[], "", Some(LURE)).await;
    assert_eq!(Some(test.case_of(again.report).await), page.report.case_id, "the lure finds its case");
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";

#[tokio::test]
async fn pictures_and_documents_are_files_by_whatever_door_they_come() {
    let test = desk().await;
    let head = "From: Kim <kim@example.org>\nTo: security@example.org\nSubject: this text message";
    let picture = "Content-Type: image/png; name=sms.png\nContent-Disposition: attachment; filename=sms.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgowMDAw";
    arrives(
        &test,
        Some("kim@example.org"),
        &parts(head, &["Content-Type: text/plain\n\nis it real?", picture]),
    )
    .await;
    let page = newest(&test).await;
    let names: Vec<&str> = page.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["sms.png"]);
    let (_, cookie) = test.somebody(Role::Responder).await;
    let path = format!("/reports/{}/files/{}", page.report.id, page.files[0].id);
    assert_eq!(test.get(&path, &cookie).await.headers["content-type"], "image/png");

    let files: [(&str, &[u8]); 6] = [
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n"),
        ("a.docx", b"PK\x03\x04\x14\0\x06\0"),
        ("a.tiff", b"II*\0\x08\0\0\0"),
        ("note.txt", b"They called me: the bank, they said.\nPlease look.\n"),
        ("a.png", PNG),
    ];
    for (name, bytes) in files {
        let answer = form(&test, "message", &[("message", Some(name), bytes)]).await;
        assert!(answer.status.is_redirection(), "{name}: {}", answer.body);
        test.work().await;
        let page = newest(&test).await;
        assert!(page.report.raw_key.is_none() && page.seen.is_none(), "{name} is no message");
        assert_eq!(page.files[0].name, name);
    }
    let mail = LURE.replace('\n', "\r\n");
    form(&test, "message", &[("message", Some("whatever.txt"), mail.as_bytes())]).await;
    test.work().await;
    assert!(newest(&test).await.seen.is_some(), "and a message is one, whatever it is called");
}

#[tokio::test]
async fn nothing_that_somebody_typed_pasted_or_chose_is_lost() {
    let test = desk().await;
    let pasted = b"Dear user, confirm your password within 24 hours at http://192.0.2.7/login" as &[u8];
    form(
        &test,
        "message",
        &[
            ("message", Some("a.png"), PNG),
            ("pasted", None, pasted),
            ("name", None, b"Kim from the second floor"),
        ],
    )
    .await;
    test.work().await;
    let page = newest(&test).await;
    assert_eq!(page.files.len(), 1, "the picture");
    assert!(page.seen.is_some_and(|seen| seen.links.iter().any(|link| link.target.contains("192.0.2.7"))));
    let (_, cookie) = test.somebody(Role::Responder).await;
    let case = test.get(&format!("/cases/{}", page.report.case_id.unwrap()), &cookie).await;
    assert!(case.body.contains("Kim from the second floor"), "a name without an address is a name");

    let mail = LURE.replace('\n', "\r\n").replace("192.0.2.7", "192.0.2.9");
    form(&test, "message", &[("message", Some("a.eml"), mail.as_bytes()), ("pasted", None, pasted)]).await;
    test.work().await;
    let page = newest(&test).await;
    assert!(page.files.iter().any(|file| file.name == "pasted.eml" || file.name == "a.eml"), "both are kept");
    assert!(page.timeline.iter().any(|entry| entry.kind.starts_with("read-")), "and both are read");

    let empty = form(
        &test,
        "happened",
        &[("address", None, b"kim@example.org"), ("name", None, b"Kim"), ("words", None, b" ")],
    )
    .await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("value=\"kim@example.org\"") && empty.body.contains("value=\"Kim\""));
}

#[tokio::test]
async fn a_form_sent_twice_is_one_report_and_one_that_was_changed_is_another() {
    let test = desk().await;
    let page = test.get("/report/message", "").await.body;
    let nonce = page.split("name=\"nonce\" value=\"").nth(1).unwrap().get(..32).unwrap().to_owned();
    let send = async |words: &str| {
        let fields = [("nonce", None, nonce.as_bytes()), ("words", None, words.as_bytes())];
        form(&test, "message", &fields).await.headers["location"].to_str().unwrap().to_owned()
    };
    let first = send("odd mail").await;
    assert_eq!(first, send("odd mail").await, "pressed twice");
    assert_ne!(first, send("another odd mail").await, "gone back and changed");
}

#[tokio::test]
async fn two_reports_by_one_person_are_one_person() {
    let test = TestDesk::new().await;
    test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.later(crate::ids::Time::MINUTE);
    let twice = test.told("kim@example.org", &[], "and again", Some(LURE)).await;
    assert!(!test.letters().await[0].body.contains("told us about the same thing"), "nobody else did");
    let page = page_of(&test.desk, twice.report).await.unwrap();
    assert_eq!((page.place, page.people), (1, 1));
    test.later(crate::ids::Time::MINUTE);
    let lee = test.told("lee@example.org", &[], "", Some(LURE)).await;
    assert!(test.letters().await[0].body.contains("One other person told us"));
    let page = page_of(&test.desk, lee.report).await.unwrap();
    assert_eq!((page.place, page.people), (2, 2));
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(lee.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    let letters = test.letters().await;
    let outcomes: Vec<_> = letters.iter().filter(|letter| letter.kind == "outcome").collect();
    assert_eq!(outcomes.len(), 2, "one letter for each person");
    let first =
        outcomes.iter().filter(|letter| letter.body.contains("You were the first of 2 people")).count();
    assert_eq!(first, 1, "the letter to Kim");
}

/// A notice that a letter could not be delivered, as mail servers write it.
fn bounce(to: &str, letter: &str) -> String {
    format!(
        "From: Mail Delivery System <mailer-daemon@mx.example>\nTo: {to}\nSubject: Undelivered Mail\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nSorry, nobody lives here.\n\n{letter}\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; kim@example.org\nAction: failed\nStatus: 5.1.1\n\
         --b\nContent-Type: message/rfc822\n\n{letter}\n--b--\n"
    )
}

#[tokio::test]
async fn a_letter_that_comes_back_is_undelivered_and_no_report_and_its_link_is_shown_to_nobody() {
    let mut test = desk().await;
    test.desk.post = Some(std::sync::Arc::new(|_| Box::pin(async { Ok(()) })));
    for plain in [false, true] {
        test.later(crate::ids::Time::MINUTE);
        let receipt =
            test.told("kim@example.org", &[], "", Some(&LURE.replace("today", &format!("{plain}")))).await;
        let letter = test.letters().await.remove(0);
        assert_eq!(letter.state, "sent");
        let ours = crate::letters::outgoing(&test.desk, &letter, 0);
        let quoted = format!(
            "From: {}\nTo: kim@example.org\nMessage-ID: <{}>\nX-Alongside-Desk: 1\nSubject: {}\n\n{}",
            ours.from, ours.message_id, ours.subject, ours.text
        );
        let known = if plain {
            "security@example.org".into()
        } else {
            crate::letters::reply_address(&test.desk, receipt.report, 0)
        };
        let (_, cookie) = test.somebody(Role::Responder).await;
        let case = test.case_of(receipt.report).await;
        let comes = async |to: &str| {
            let mailed = Mailed { from: None, automatic: true, ..mail(to, &bounce(to, &quoted)) };
            receive_mail(&test.desk, mailed).await.unwrap();
            test.work().await;
            test.get(&format!("/cases/{case}"), &cookie).await
        };
        // Whoever has a copy of the letter knows this address, or what the letter is called.
        comes(&known).await;
        let page = comes(&known).await;
        assert_eq!(test.letters().await[0].state, "sent", "{plain}");
        assert_eq!(
            page.body.matches("anybody may have written it").count(),
            1 + usize::from(plain),
            "once for each letter"
        );
        let page = comes(&ours.returns_to).await;
        assert_eq!(test.letters().await[0].state, "undelivered", "{plain}");
        assert!(page.body.contains("could not deliver our letter") && !page.body.contains(&receipt.token));
    }
    test.later(crate::ids::Time::MINUTE);
    // A notice that names no letter of ours, and a colleague's mail with one quoted in it.
    let receipt = test.told("kim@example.org", &[], "", Some(&LURE.replace("today", "soon"))).await;
    let text = crate::letters::outgoing(&test.desk, &test.letters().await[0], 0).text;
    let quoted = format!("From: security@example.org\nTo: kim@example.org\nSubject: Thank you\n\n{text}");
    let head = "From: Lee <lee@example.org>\nTo: security@example.org\nSubject: Fwd: Thank you";
    let attached = format!("Content-Type: message/rfc822\n\n{quoted}");
    let (robin, cookie) = test.somebody(Role::Responder).await;
    for (from, mail) in [
        (None, bounce("security@example.org", &quoted)),
        (Some("lee@example.org"), parts(head, &["Content-Type: text/plain\n\nis this from you?", &attached])),
    ] {
        arrives(&test, from, &mail).await;
        let page = newest(&test).await;
        assert!(page.seen.is_none(), "it is no lure");
        assert_eq!(page.promises.is_empty(), from.is_none(), "nobody waits behind a notice");
        let case = test.get(&format!("/cases/{}", page.report.case_id.unwrap()), &cookie).await.body;
        assert!(!case.contains(&receipt.token), "{case}");
        let view = crate::casework::message_view(&test.desk, &robin, page.report.id).await.unwrap();
        assert!(!format!("{view:?}").contains(&receipt.token), "{view:?}");
    }
}

#[tokio::test]
async fn what_a_machine_wrote_is_kept_and_nobody_is_said_to_wait() {
    let test = desk().await;
    let newsletter = "From: News <news@shop.example>\nTo: security@example.org\nList-Id: <news.shop.example>\nSubject: Our offers in November\n\nEverything must go.";
    let by_machine = |text: &str| Mailed { automatic: true, ..mail("security@example.org", text) };
    receive_mail(&test.desk, by_machine(newsletter)).await.unwrap();
    test.work().await;
    let page = newest(&test).await;
    assert!(page.promises.is_empty() && page.report.automatic);
    let (_, cookie) = test.somebody(Role::Responder).await;
    let inbox = test.get("/inbox", &cookie).await.body;
    assert!(
        inbox.contains("Written by a machine") && inbox.contains("Nobody waits for a human word"),
        "{inbox}"
    );
    let doctor = crate::erasure::doctor(&test.desk).await.unwrap();
    assert!(doctor.contains(&"fine: everybody who waits has a promise".into()), "{doctor:?}");

    let person = newsletter.replace("Everything", "I clicked the link. Everything");
    receive_mail(&test.desk, by_machine(&person)).await.unwrap();
    test.work().await;
    assert_eq!(
        newest(&test).await.promises.len(),
        1,
        "who tells us what happened is a person, whatever the mail says"
    );
    let head =
        "From: Kim <kim@example.org>\nTo: security@example.org\nList-Id: <all.example.org>\nSubject: odd";
    let forward = parts(head, &[&format!("Content-Type: message/rfc822\n\n{LURE}")]);
    receive_mail(&test.desk, by_machine(&forward)).await.unwrap();
    test.work().await;
    assert_eq!(newest(&test).await.promises.len(), 1, "and so is who sends us a message");
}

#[tokio::test]
async fn a_lure_that_is_sent_to_the_desk_itself_is_read_as_one_and_its_sender_never_gets_a_letter() {
    let test = desk().await;
    let lure = LURE
        .replace("To: kim@example.org", "To: security@example.org")
        .replace("Reply-To: help@other.example\n", "");
    arrives(&test, Some("it@examp1e-desk.example"), &lure).await;
    let page = newest(&test).await;
    let seen = page.seen.expect("it was read");
    assert!(matches!(seen.verdict.as_str(), "likely-harmful" | "suspicious"), "{}", seen.verdict);
    assert_eq!(page.report.words, "", "it is nobody's own words");
    let (robin, _) = test.somebody(Role::Responder).await;
    let refused = casework::vouch(&test.desk, &robin, page.report.id, "they called").await;
    assert!(matches!(refused, Err(crate::error::Error::Invalid(_))), "{refused:?}");

    let person = "From: Kim <kim@private.example>\nTo: security@example.org\nSubject: help\n\nI clicked on http://192.0.2.7/login and it looked wrong";
    arrives(&test, Some("kim@private.example"), person).await;
    let page = newest(&test).await;
    assert!(page.seen.is_none() && page.report.exposed, "who tells us what happened is a person");
    casework::vouch(&test.desk, &robin, page.report.id, "they called").await.expect("and can be vouched for");
}

#[tokio::test]
async fn a_private_page_takes_so_much_in_a_minute_and_shows_so_much_at_once() {
    let mut test = desk().await;
    let limits = crate::who::Limits { words: 5, ..crate::who::Limits::default() };
    test.desk.gates = std::sync::Arc::new(crate::who::Gates::new(limits));
    let receipt = test.told("kim@example.org", &[], "hm", None).await;
    let path = format!("/r/{}/say", receipt.token);
    let mut taken = 0;
    for number in 0..12 {
        let words = format!("word {number}");
        let page = test.post(&path, "", &[("words", &words)]).await;
        taken += usize::from(page.status.is_redirection());
        if !page.status.is_redirection() {
            assert_eq!(page.status, 429, "{}", page.body);
        }
    }
    assert_eq!(taken, 5);
    for number in 0..60 {
        test.later(crate::ids::Time::MINUTE);
        say(&test.desk, receipt.report, &format!("more {number}.")).await.unwrap();
    }
    let page = test.get(&format!("/r/{}", receipt.token), "").await.body;
    assert!(page.contains("more 59.") && !page.contains("more 1."), "the newest stand there");
    let older = test.get(&format!("/r/{}?piece=1", receipt.token), "").await.body;
    assert!(page.contains("?piece=1") && older.contains("more 1.") && !older.contains("more 59."));
}

#[tokio::test]
async fn a_token_has_a_name_of_its_own() {
    let test = TestDesk::new().await;
    for wrong in ["", " ", "button\nother"] {
        assert!(make_token(&test.desk, wrong).await.is_err(), "{wrong:?}");
    }
    make_token(&test.desk, "button").await.unwrap();
    let again = make_token(&test.desk, "button").await.unwrap_err().to_string();
    assert!(again.contains("already"), "{again}");
    crate::reports::api::revoke_tokens(&test.desk, "button").await.unwrap();
    assert!(make_token(&test.desk, "button").await.is_ok(), "a name is free again");
}
