//! Input made to hurt: it costs a bounded amount of time, never panics, and leaves spans that fit.

use std::time::{Duration, Instant};

use mail::{Limit, Setting};
use proptest::prelude::*;

/// Generous for a slow machine without optimisation; a quadratic step on these sizes would take far longer.
const LONGEST: Duration = Duration::from_secs(20);

pub fn check(name: &str, raw: &[u8]) -> mail::Reading {
    let before = Instant::now();
    let reading = mail::read(raw, &Setting::default());
    assert!(before.elapsed() < LONGEST, "{name} took {:?}", before.elapsed());
    assert!(!reading.evidence.is_empty(), "{name}");
    crate::stories::spans_fit(&reading);
    let _ = mail::sanitised_html(reading.subject_message());
    let _ = mail::fingerprint(reading.subject_message(), &Setting::default()).keys();
    reading
}

#[test]
fn ten_thousand_parts() {
    let mut raw = "Content-Type: multipart/mixed; boundary=b\n\n".to_owned();
    raw.extend(std::iter::repeat_n("--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n", 10_000));
    let reading = check("parts", raw.as_bytes());
    assert!(reading.outer.limits.iter().any(|limit| matches!(limit, Limit::Parts | Limit::Attachments)));
    assert!(reading.outer.attachments.len() <= 200);
}

#[test]
fn a_hundred_levels_of_parts_and_of_messages() {
    let parts: String =
        (0..100).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    check("nested parts", parts.as_bytes());
    let messages = "Content-Type: message/rfc822\n\n".repeat(100);
    let reading = check("nested messages", messages.as_bytes());
    assert!(reading.outer.limits.contains(&Limit::Depth));
    check("no end of messages", "Content-Type: message/rfc822\n\n".repeat(50_000).as_bytes());
}

#[test]
fn ten_megabytes_of_headers() {
    let one = format!("X-A: {}\n\nbody", "x".repeat(10 << 20));
    assert!(check("one long header", one.as_bytes()).outer.limits.contains(&Limit::Headers));
    let many = "X-A: some words here\n".repeat(200_000);
    let reading = check("many headers", many.as_bytes());
    assert!(reading.outer.headers.len() <= 1_000);
    let addresses = format!("From: a@example.org\nTo: {}\n\nx", "b@example.org, ".repeat(30_000));
    check("many addresses", addresses.as_bytes());
    let words = format!("Subject: {}\n\nx", "=?utf-8?q?a?= ".repeat(20_000));
    check("many encoded words", words.as_bytes());
}

/// What the parser makes of these takes up to forty times their size, or the square of it; see `mail::bounds`.
#[test]
fn headers_that_grow_when_they_are_taken_apart() {
    let groups = format!("To: {}\n\nx", "a:b@c;".repeat(2 << 20));
    let pieces: String = (0..400_000).map(|n| format!(";\n name*{n}*=%41%41")).collect();
    let pieces = format!("Content-Disposition: attachment{pieces}\n\nx");
    let folded = format!("Subject: x{}\n\nbody", "\n a".repeat(3 << 20));
    let behind =
        format!("Content-Type: multipart/mixed; boundary=b\n\nx--bTo: {}\n\nx", "a:b@c;".repeat(2 << 20));
    for (name, raw) in
        [("groups", groups), ("pieces", pieces), ("folded", folded), ("behind a boundary", behind)]
    {
        assert!(check(name, raw.as_bytes()).outer.limits.contains(&Limit::Headers), "{name}");
    }
}

#[test]
fn parts_that_search_the_whole_message_for_a_boundary() {
    let mut raw = "Content-Type: multipart/mixed; boundary=b\n\n".to_owned();
    raw.extend(std::iter::repeat_n("--b\nContent-Type: multipart/mixed; boundary=nowhere\n\nx\n", 7_000));
    raw.extend(std::iter::repeat_n("some words\n", 1 << 20));
    assert!(check("boundaries", raw.as_bytes()).outer.limits.contains(&Limit::Parts));
}

/// Blanks around the slash hid the depth from us and not from the parser.
#[test]
fn no_end_of_messages_however_their_type_is_written() {
    for one in ["Content-Type: message /rfc822\n\n", "Content-Type: message\n / rfc822\n\n"] {
        let reading = check("messages", one.repeat(100_000).as_bytes());
        assert!(reading.outer.limits.contains(&Limit::Depth));
    }
}

/// What lies beyond a bound may belong to the reported message, so its evidence says so too.
#[test]
fn a_bound_that_was_reached_is_always_said() {
    let page = format!("Content-Type: text/html\n\n{}", "</div>".repeat(1 << 20));
    let messages = "Content-Type: message/rfc822\n\n".repeat(100);
    let outside = format!(
        "X-A: {}\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\ny\n--b--\n",
        "x".repeat(1 << 20)
    );
    for raw in [page, messages, outside] {
        let reading = check("a bound", raw.as_bytes());
        assert!(reading.evidence.iter().any(|one| one.finding.rule == "made-limits"), "{:.60}", raw);
    }
}

#[test]
fn an_encoded_message_is_taken_out_and_read_within_the_same_bounds() {
    let report = |encoding: &str, inner: &str| {
        format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n{inner}\n--b--\n"
        )
    };
    let reading = check("base64", report("base64", "U3ViamVjdDogaW5uZXIKCndvcmRz").as_bytes());
    assert_eq!(reading.subject_message().subject, "inner");
    assert_eq!(
        reading.outer.attachments.first().map(|one| one.declared_type.as_str()),
        Some("message/rfc822")
    );
    let bomb = format!("Subject: inner\nTo: {}\n\nx", "a:b@c;".repeat(2 << 20));
    let reading = check("bomb", report("quoted-printable", &bomb).as_bytes());
    assert_eq!(reading.subject_message().subject, "inner");
    assert!(reading.subject_message().limits.contains(&Limit::Headers));
}

#[test]
fn pages_made_to_be_slow() {
    let page = |html: &str| format!("Content-Type: text/html\n\n{html}");
    check("deep elements", page(&"<div>".repeat(20_000)).as_bytes());
    check("no closing quote", page(&"<a href=\"".repeat(20_000)).as_bytes());
    check("open comments", page(&"<!--".repeat(30_000)).as_bytes());
    check("open scripts", page(&"<script>".repeat(30_000)).as_bytes());
    check("raw without end", page(&"<style><title>".repeat(20_000)).as_bytes());
    check("brackets", page(&"<".repeat(100_000)).as_bytes());
    check("entities", page(&"&#".repeat(60_000)).as_bytes());
    check("links", page(&"<a href=http://x.example>y</a>".repeat(20_000)).as_bytes());
    check("words", page(&"verify account suspended ".repeat(8_000)).as_bytes());
    check("rules", page(&format!("<style>{}</style>", "@media{".repeat(20_000))).as_bytes());
}

#[test]
fn texts_made_to_be_slow() {
    check("addresses", "http://a.example ".repeat(20_000).as_bytes());
    check("one long address", format!("x\n\nhttp://{}", "a.".repeat(80_000)).as_bytes());
    check("schemes", "://".repeat(80_000).as_bytes());
    check("zero width", "Subject: x\n\na\u{200b}b".repeat(20_000).as_bytes());
    check("quotes", ">".repeat(20_000).as_bytes());
    check("nothing but NUL", &vec![0u8; 1 << 20]);
}

#[test]
fn every_truncation_of_a_message_is_read() {
    let whole = crate::synthetic::synthetic_ham()
        .into_iter()
        .find(|one| one.name.ends_with("html"))
        .expect("one")
        .raw;
    for end in (0..whole.len()).step_by(29) {
        check("truncated", whole.get(..end).unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_bytes_are_read(raw in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        check("random", &raw);
    }

    #[test]
    fn shuffled_pieces_of_mail_are_read(pieces in proptest::collection::vec(prop_oneof![
        Just("From: \"PayPal\" <a@b.example>\n"), Just("Subject: =?utf-8?q?=C3?=\n"), Just("Content-Type: multipart/mixed; boundary=b\n"),
        Just("\n"), Just("--b\n"), Just("--b--\n"), Just("Content-Type: text/html\n"), Just("Content-Transfer-Encoding: base64\n"),
        Just("<a href='https://xn--pypal-4ve.com/'>www.paypal.com</a>"), Just("Content-Type: message/rfc822\n"), Just("vеrify your accоunt "),
        Just("\u{200b}"), Just("<p style=display:none>hidden words"), Just("PGh0bWw+\n"), Just("\0"), Just("-----Original Message-----\nFrom: x@y.example\n"),
    ], 0..40)) {
        check("pieces", pieces.concat().as_bytes());
    }
}

/// A link whose address has no closing quotation mark swallows what follows. Found by fuzzing: the words of a link may
/// well say `href=`, but no tag that is shown may carry one.
#[test]
fn an_address_without_an_end_is_shown_as_words_and_links_nowhere() {
    let raw =
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p><a href=\"https://short.example/3>Salary</b></p>\
        <p>Sign in.</p><p><a href=\"https://short.example/x\">Open</a></p>";
    let html = mail::sanitised_html(mail::read(raw, &mail::Setting::default()).subject_message())
        .unwrap_or_default();
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        assert!(!tag.contains("href") && !tag.contains("src="), "{html}");
    }
}
