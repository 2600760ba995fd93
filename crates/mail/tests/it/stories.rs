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
fn our_own_name_in_front_of_another_host_is_noticed() {
    let with = |from: &str, link: &str| {
        let own = Setting { own_domains: vec!["acmecorp.com".to_owned()], ..Setting::default() };
        let raw = format!(
            "From: IT <{from}>\nTo: ana@acmecorp.com\nSubject: hello\nDate: Tue, 5 Mar 2024 09:00:00 +0000\nMessage-ID: <1@x.example>\n\nHello Ana, see {link} for the plan.\n"
        );
        mail::read(raw.as_bytes(), &own)
    };
    let sender = with("it@acmecorp.com.evil-site.com", "https://evil-site.com/");
    assert!(has(&sender, "sender-lookalike-own"), "{:?}", sender.evidence);
    for link in ["https://acmecorp.com.evil-site.com/login", "https://acmecorp-login.com/"] {
        let reading = with("kim@partner-works.com", link);
        assert!(has(&reading, "link-brand-borrowed"), "{link}: {:?}", reading.evidence);
        assert_eq!(reading.verdict.kind, VerdictKind::Suspicious, "{link}");
    }
    // A service's host for us as a customer, and our name below another suffix, may well be ours.
    let customer = with("kim@acmecorp.net", "https://acmecorp.helpdesk-service.com/");
    assert!(!has(&customer, "link-brand-borrowed") && !has(&customer, "sender-lookalike-own"));
    assert!(has(&customer, "sender-own-other-suffix"));
}

#[test]
fn a_host_that_a_gateway_only_names_never_speaks_for_a_message() {
    let with = |link: &str| {
        let setting = Setting { drill_hosts: vec!["drill.example.org".to_owned()], ..setting() };
        let raw = format!(
            "From: PayPal <service@paypal.com>\nTo: ana@example.org\nSubject: hello\nDate: Tue, 5 Mar 2024 09:00:00 +0000\nMessage-ID: <1@paypal.com>\n\nSee {link}\n"
        );
        mail::read(raw.as_bytes(), &setting)
    };
    assert!(has(&with("https://www.paypal.com/a"), "link-brand-own"));
    let named = with("https://protect-eu.mimecast.com/s/abc?domain=www.paypal.com");
    assert!(!has(&named, "link-brand-own") && has(&named, "link-protected"));
    assert!(has(
        &with("https://protect-eu.mimecast.com/s/abc?domain=microsoft.com.evil.net"),
        "link-brand-borrowed"
    ));
    let drill = with("https://protect-eu.mimecast.com/s/abc?domain=drill.example.org");
    assert_ne!(drill.verdict.kind, VerdictKind::OurDrill);
    assert_eq!(with("https://drill.example.org/a").verdict.kind, VerdictKind::OurDrill);
}

#[test]
fn pressing_words_alone_convict_nobody() {
    let with = |body: &str| {
        read(&format!(
            "From: Kim Berg <kim.berg@partner-works.com>\nTo: Ana Ruiz <ana@example.org>\nSubject: Fire safety training\nDate: Tue, 5 Mar 2024 09:00:00 +0000\nMessage-ID: <1@partner-works.com>\n\nDear Ana,\n\nyour account will be suspended if the training is not done by tomorrow. Please act immediately.{body}\n\nBest regards\nKim Berg, Facilities\n"
        ))
    };
    let honest = with("");
    assert!(has(&honest, "ask-threat") && has(&honest, "ask-urgency"));
    assert_eq!(honest.verdict.kind, VerdictKind::CannotTell, "{:?}", honest.verdict);
    // Any other sign lets the words count.
    let lure = with(" Log in at http://203.0.113.9/training");
    assert!(lure.verdict.kind != VerdictKind::CannotTell, "{:?}", lure.verdict);
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

#[test]
fn who_wrote_to_us_says_the_envelope_where_the_headers_name_others() {
    let raw = "From: Kim <kim@example.org>\nTo: lee@example.org\nSubject: odd\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nis this real?\n--b\n\
        Content-Type: message/rfc822\n\nFrom: x@evil.example\nSubject: inner\n\nhello\n--b--\n";
    let as_it_came = |came| mail::read_as(raw.as_bytes(), &setting(), came);
    assert_eq!(as_it_came(mail::Came::Somehow).shape, Shape::Bare);
    assert_eq!(as_it_came(mail::Came::Reported).shape, Shape::Bare);
    let written = as_it_came(mail::Came::Written);
    assert_eq!((written.shape, written.own_words.trim()), (Shape::Attached, "is this real?"));
}

#[test]
fn of_several_attached_messages_the_most_worrying_one_is_shown() {
    let part = |from: &str, text: &str| {
        format!(
            "--b\nContent-Type: message/rfc822\n\nFrom: {from}\nSubject: {from}\nContent-Type: text/html\n\n{text}\n"
        )
    };
    let plain = part("lee@example.org", "<p>Lunch at noon?</p>");
    let lure = part(
        "PayPal <info@k3j4h5.xyz>",
        "<p>Verify your account within 24 hours.</p><a href=\"https://paypal-secure.k3j4h5.xyz/login\">www.paypal.com</a>",
    );
    let head = "From: kim@example.org\nTo: report@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
    for parts in [[&plain, &plain, &lure], [&lure, &plain, &plain]] {
        let reading = read(&format!("{head}{}--b--\n", parts.map(String::as_str).concat()));
        assert_eq!(reading.subject_message().from.as_ref().unwrap().address, "info@k3j4h5.xyz");
        assert!(reading.others.len() == 2 && has(&reading, "made-several"));
        assert_eq!(reading.verdict.kind, VerdictKind::LikelyHarmful);
    }
}

#[test]
fn a_message_is_told_from_a_file_by_its_content() {
    for message in [
        "From: a@b.example\n\nx",
        "Received: from a\n by b\n",
        "X-Spam: no\r\nReturn-Path: <a@b.example>\r\n",
        "From a@b.example Mon\nSubject: x\n",
        "\u{feff}Content-Type: text/plain\n\nx",
        "From: a@b.example",
    ] {
        assert!(mail::is_message(message.as_bytes()), "{message}");
    }
    for file in [
        "",
        "Hello! How are you?\nFrom: nobody in particular",
        "%PDF-1.7",
        "\u{89}PNG",
        "They called: the bank\nTo: me",
        "x\nFrom: a@b.example",
    ] {
        assert!(!mail::is_message(file.as_bytes()), "{file}");
    }
}

#[test]
fn of_bytes_that_are_no_message_nothing_is_said_but_that() {
    let noise: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut program = b"\x7fELF\x02\x01\x01".to_vec();
    program.extend(noise.iter().flat_map(|byte| [0, *byte]));
    for bytes in [noise, program, b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x01\x02\x03\x04\x05\x06\x07\x08".to_vec()] {
        let reading = mail::read(&bytes, &Setting::default());
        assert_eq!(reading.verdict.kind, VerdictKind::CannotTell);
        let rules: Vec<&str> = reading.evidence.iter().map(|one| one.finding.rule.as_ref()).collect();
        assert_eq!(rules, ["made-unreadable"]);
    }
    let damaged = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 the rest of this Outlook file is gone";
    let reading = mail::read(damaged, &Setting::default());
    let rules: Vec<&str> = reading.evidence.iter().map(|one| one.finding.rule.as_ref()).collect();
    assert_eq!(rules, ["made-damaged"]);
}

#[test]
fn what_is_encrypted_was_not_read_whole() {
    let head = "From: Jo <jo@example.org>\nTo: us@example.net\nSubject: hello\nDate: Mon, 6 Jul 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n";
    for sealed in [
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n--b--\n",
        "MIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB\n",
        "\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
    ] {
        let reading = mail::read(format!("{head}{sealed}").as_bytes(), &Setting::default());
        let has = |rule: &str| reading.evidence.iter().any(|one| one.finding.rule == rule);
        assert!(has("made-encrypted") && !has("made-plain"), "{sealed}");
    }
}

#[test]
fn a_mail_is_read_however_a_program_saved_it() {
    let mail = "From: \"Harbour Works IT\" <it@harb0ur-works.example>\nSubject: Please look\nDate: Mon, 6 Jul 2026 10:00:00 +0000\n\nPlease confirm your password.\n";
    let wide = "\u{feff}".encode_utf16().chain(mail.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for saved in [wide, mail.replace('\n', "\r").into_bytes(), format!("\n\r\n{mail}").into_bytes()] {
        assert!(mail::is_message(&saved));
        let reading = mail::read(&saved, &Setting::default());
        let message = reading.subject_message();
        assert_eq!(message.from.as_ref().map(|from| from.address.as_str()), Some("it@harb0ur-works.example"));
        assert!(message.text.contains("confirm your password"));
    }
}
