//! What holds for every text: no panic, spans that fit, and safe fixes that settle at once.

use finding::Applicability;
use lint::{Checker, Draft, Format, Kind, Profile, fix};
use proptest::prelude::*;

const FORMATS: [Format; 4] = [Format::Plain, Format::Markdown, Format::Html, Format::Mail];

/// Texts made of what rules look for, what formats trip over, and anything at all.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "In order to",
            "utilise",
            "You failed to",
            "please",
            "don’t",
            "can't",
            "cannot",
            "your fault",
            "e.g.",
            "z. B.",
            "Dr.",
            "…",
            "\n\n",
            "\n",
            "\r\n",
            "- ",
            "1. ",
            "> ",
            "# ",
            "```",
            "`code`",
            "[here](https://a.example)",
            "<p>",
            "</p>",
            "<a href=\"x\">",
            "<!-- alongside: allow all because x -->",
            "&amp;",
            "&#x1F600;",
            "{{ name }}",
            "Subject: =?UTF-8?Q?h=C3=A4?=\n\n",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
            "=C3=BC",
            "=\n",
            "Content-Transfer-Encoding: base64\n\naGVsbG8gd29ybGQ=",
            "\u{FFFC}",
            "\u{1F600}",
            "ß",
            "İ",
            "\u{200D}",
            "\"",
            "“",
            "”",
            "!!!",
            "ACT NOW",
            ", ",
            ". ",
            "? ",
            "approx.",
            "at the present time",
            "due to the fact that",
            "prior to",
            "the whitelist",
            "Please note that",
            "it should be noted that ",
            "We're able to",
            "über",
            "Sie haben versäumt,",
        ])
        .prop_map(str::to_string),
        "[a-zA-Z]{1,9} ",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn spans_fit_their_text_in_every_format(text in text(), format in 0..4usize, kind in 0..10usize) {
        let profile = Profile::default();
        let draft = Draft::plain(&text, &profile).format(FORMATS[format]).kind(Kind::ALL[kind]);
        let report = Checker::standard().check(&draft);
        for finding in &report.findings {
            prop_assert!(finding.span.of(&text).is_some(), "{finding:?}");
            if let Some(fix) = &finding.fix {
                prop_assert!(fix.span.of(&text).is_some(), "{fix:?}");
            }
        }
    }

    #[test]
    fn safe_fixes_applied_twice_change_nothing_the_second_time(text in text(), format in 0..4usize) {
        let once = settle(&text, FORMATS[format]);
        let twice = settle(&once, FORMATS[format]);
        prop_assert_eq!(once, twice);
    }
}

/// The text with all safe fixes applied, the way `--fix` does it.
fn settle(text: &str, format: Format) -> String {
    let profile = Profile::default();
    let mut text = text.to_string();
    for _ in 0..10 {
        let draft = Draft {
            kind: Some(Kind::Awareness),
            language: Some(lint::Language::English),
            ..Draft::plain(&text, &profile).format(format)
        };
        let (fixed, count) =
            fix::apply(&text, &Checker::standard().check(&draft).findings, Applicability::Safe);
        if count == 0 {
            break;
        }
        text = fixed;
    }
    text
}

#[test]
fn every_safe_replacement_in_every_rule_settles() {
    for set in lint::rule::LANGUAGES {
        for rule in set.rules {
            for example in rule.must_flag.iter().chain(rule.must_pass) {
                let once = settle(&example.text.replace("**", ""), Format::Markdown);
                assert_eq!(once, settle(&once, Format::Markdown), "{}", rule.code);
            }
        }
    }
}

#[test]
fn texts_made_to_be_slow_are_read_in_time_that_grows_with_their_size() {
    let profile = Profile::default();
    let hostile =
        ["<a ", "your fault ", "{{", "<!--", "\"", "you ", "> ", "please do not ", "(", "**", "[", "=C3"];
    for (part, format) in hostile.iter().flat_map(|part| FORMATS.map(|format| (part, format))) {
        let text = part.repeat(60_000 / part.len());
        let start = std::time::Instant::now();
        let report =
            Checker::standard().check(&Draft::plain(&text, &profile).format(format).kind(Kind::Reply));
        assert!(
            start.elapsed().as_secs() < 20,
            "{part:?} as {format:?} took {:?} for {} findings",
            start.elapsed(),
            report.findings.len()
        );
    }
}

/// Editors apply the span and the text of a fix as they stand, without [`fix::apply`].
#[test]
fn words_that_are_left_out_take_their_space_along() {
    let text = "Done. Please note that the page is closed.";
    let profile = Profile::default();
    let report = Checker::standard().check(&Draft::plain(text, &profile).kind(Kind::Reply));
    let fix = report.findings.iter().find_map(|finding| finding.fix.as_ref()).expect("the words can go");
    assert_eq!((fix.span.of(text), fix.replacement.as_str()), (Some("Please note that "), ""));
    assert_eq!(fix::edit(text, fix).replacement, "T", "and the sentence keeps its capital");
}
