//! Small messages with one thing to notice each, and what a person should be told about them.

use mail::{Reading, Setting, Shape, VerdictKind};

use crate::synthetic::synthetic_ham;

fn setting() -> Setting {
    Setting {
        own_domains: vec!["example.org".to_owned()],
        trusted_authserv_ids: vec!["mx.example.org".to_owned()],
        drill_headers: vec![("X-Practice".to_owned(), "a-secret".to_owned())],
        desk_addresses: vec!["report@example.org".to_owned()],
        ..Setting::default()
    }
}

fn read(raw: &str) -> Reading {
    mail::read(raw.as_bytes(), &setting())
}

fn has(reading: &Reading, code: &str) -> bool {
    reading.evidence.iter().any(|one| one.finding.rule == code)
}

#[test]
fn honest_modern_mail_is_not_called_harmful() {
    let with_headers = setting();
    let without = Setting { trusted_authserv_ids: Vec::new(), ..Setting::default() };
    let mut genuine = 0;
    let all = synthetic_ham();
    for one in &all {
        let reading = mail::read(&one.raw, &with_headers);
        assert!(reading.verdict.kind != VerdictKind::LikelyHarmful, "{}: {:?}", one.name, reading.verdict);
        genuine += usize::from(reading.verdict.kind == VerdictKind::LooksGenuine);
        let blind = mail::read(&one.raw, &without);
        assert!(blind.verdict.kind != VerdictKind::LikelyHarmful, "{}: {:?}", one.name, blind.verdict);
    }
    assert!(genuine * 3 >= all.len(), "{genuine} of {} look genuine", all.len());
}

#[test]
fn a_borrowed_name_with_a_borrowed_link_is_harmful() {
    let reading = read(
        "From: \"PayPal Service\" <info@k3j4h5.xyz>\nTo: ana@example.org\nSubject: Your account has been suspended\nDate: Tue, 5 Mar 2024 09:00:00 +0000\nMessage-ID: <1@k3j4h5.xyz>\nContent-Type: text/html\n\n<p>Dear customer, please verify your account within 24 hours.</p><a href=\"https://paypal-secure.k3j4h5.xyz/login\">www.paypal.com</a>\n",
    );
    assert_eq!(reading.verdict.kind, VerdictKind::LikelyHarmful);
    assert!(has(&reading, "sender-brand-mismatch") && has(&reading, "link-shows-brand"));
    assert!(reading.verdict.certainty > 0.7);
}

#[test]
fn a_forged_pass_below_ours_is_not_believed() {
    let reading = read(
        "Authentication-Results: mx.example.org; spf=fail; dkim=none; dmarc=fail header.from=example.org\nAuthentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=pass header.from=example.org\nFrom: Chief <chief@example.org>\nTo: ana@example.org\nSubject: transfer\nDate: Tue, 5 Mar 2024 09:00:00 +0000\nMessage-ID: <1@x.example>\n\nAre you at your desk? I need an urgent payment made today.\n",
    );
    assert!(has(&reading, "auth-own-fail"));
    assert_eq!(reading.verdict.kind, VerdictKind::LikelyHarmful);
}

#[test]
fn none_and_permerror_are_no_failures() {
    let reading = read(
        "Authentication-Results: mx.example.org; spf=none; dkim=none; dmarc=permerror\nFrom: Kim <kim@small-club.org>\nTo: ana@example.org\nSubject: Choir on Monday\nDate: Tue, 5 Mar 2024 09:00:00 +0000\nMessage-ID: <1@small-club.org>\n\nWe sing at seven.\n",
    );
    assert!(reading.evidence.iter().all(|one| one.weight <= 0), "{:?}", reading.evidence);
}

#[test]
fn a_drill_is_known_by_its_secret_only() {
    let drill = |value: &str| {
        read(&format!("From: a@example.net\nTo: ana@example.org\nSubject: win\nX-Practice: {value}\nDate: Tue, 5 Mar 2024 09:00:00 +0000\n\nhello\n")).verdict.kind
    };
    assert_eq!(drill("a-secret"), VerdictKind::OurDrill);
    assert_ne!(drill("something"), VerdictKind::OurDrill);
}

#[test]
fn an_attached_report_is_taken_out_and_its_writer_is_left_alone() {
    let reading = read(
        "From: Ana <ana@example.org>\nTo: report@example.org\nSubject: odd\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nIs this real? I am worried.\n--b\nContent-Type: message/rfc822\n\nFrom: DHL <x@cheap.example.com>\nSubject: parcel\nDate: Tue, 5 Mar 2024 09:00:00 +0000\n\nYour parcel is on hold, pay the customs fee: http://203.0.113.9/dhl\n--b--\n",
    );
    assert_eq!(reading.shape, Shape::Attached);
    assert!(reading.own_words.contains("worried"));
    assert!(has(&reading, "link-ip") && has(&reading, "ask-parcel"));
    assert_eq!(reading.subject_message().subject, "parcel");
}

#[test]
fn a_letter_is_not_judged_by_its_writer() {
    let reading = read(
        "From: PayPal Fan <ana@gmail.com>\nTo: report@example.org\nSubject: help\n\nI think I did something silly.\n",
    );
    assert_eq!(reading.shape, Shape::Letter);
    assert!(!has(&reading, "sender-brand-mismatch"));
    assert!(reading.own_words.contains("silly"));
}

#[test]
fn every_span_fits_the_text_it_points_into() {
    for one in synthetic_ham() {
        spans_fit(&mail::read(&one.raw, &setting()));
    }
}

/// Whether every span lies on character boundaries of its text.
pub fn spans_fit(reading: &Reading) {
    let message = reading.subject_message();
    for one in &reading.evidence {
        let span = one.finding.span;
        let text = match &one.place {
            mail::Place::Subject => message.subject.as_str(),
            mail::Place::Text | mail::Place::Link(_) => message.text.as_str(),
            mail::Place::Html => message.html.as_deref().unwrap_or_default(),
            mail::Place::Header(name) => message.header(name).unwrap_or_default(),
            mail::Place::Attachment(index) => {
                message.attachments.get(*index).map_or("", |one| one.text.as_str())
            }
            mail::Place::Whole => "",
        };
        assert!(span.of(text).is_some(), "{one:?}");
    }
    for link in &message.links {
        if let Some(span) = link.span {
            assert!(span.of(&message.text).is_some(), "{link:?}");
        }
    }
}

#[test]
fn the_head_of_a_message_names_the_same_sender_as_the_whole() {
    for one in crate::synthetic::synthetic_ham() {
        let (head, whole) = (mail::head(&one.raw), mail::read(&one.raw, &mail::Setting::default()).outer);
        assert_eq!(
            (&head.from, &head.subject, &head.headers),
            (&whole.from, &whole.subject, &whole.headers),
            "{}",
            one.name
        );
        assert_eq!(head.text, "");
    }
    assert_eq!(
        mail::head(b"From: a@example.org\n\nFrom: b@example.org\n").from.map(|from| from.address).as_deref(),
        Some("a@example.org")
    );
}
