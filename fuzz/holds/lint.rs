//! Any text in any format is checked without a panic: spans fit, and the same text gives the same findings.
//! The first byte chooses the format (`0` plain, `1` Markdown, `2` HTML, `3` mail), the rest is the text.

use lint::{Checker, Draft, Format, Profile};

/// Holds for any input.
pub fn holds(input: &[u8]) {
    let Some((choice, text)) = input.split_first() else { return };
    let text = &*String::from_utf8_lossy(text);
    let formats = [Format::Plain, Format::Markdown, Format::Html, Format::Mail];
    let profile = Profile::default();
    let draft =
        Draft::plain(text, &profile).format(formats[usize::from(choice.wrapping_sub(b'0')) % formats.len()]);
    let report = Checker::standard().check(&draft);
    for finding in &report.findings {
        assert!(finding.span.of(text).is_some());
    }
    assert_eq!(report, Checker::standard().check(&draft));
}
