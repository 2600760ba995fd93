//! Any text in any format is checked without a panic: spans fit, and the same text gives the same findings.
//! `cargo fuzz run lint`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lint::{Checker, Draft, Format, Profile};

fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let formats = [Format::Plain, Format::Markdown, Format::Html, Format::Mail];
    let profile = Profile::default();
    let draft = Draft::plain(text, &profile).format(formats[usize::from(choice) % formats.len()]);
    let report = Checker::standard().check(&draft);
    for finding in &report.findings {
        assert!(finding.span.of(text).is_some());
    }
    assert_eq!(report, Checker::standard().check(&draft));
});
