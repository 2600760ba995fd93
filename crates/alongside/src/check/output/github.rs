//! Annotations for a GitHub workflow log.

use crate::check::Checked;
use crate::check::place::Lines;
use crate::check::reading::Unread;
use crate::say::visible;
use finding::Severity;

/// One `::warning …::` line for each finding, and one for each file that was not read.
pub(crate) fn write(checked: &[Checked], unread: &[Unread]) -> String {
    let mut out = String::new();
    for one in checked {
        let lines = Lines::of(&one.text);
        for finding in &one.report.findings {
            let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Suggestion | Severity::Note => "notice",
            };
            out.push_str(&format!(
                "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
                property(&one.path.to_string_lossy()),
                start.line,
                end.line,
                start.column,
                end.column,
                finding.rule,
                data(&finding.message)
            ));
        }
    }
    for one in unread {
        out.push_str(&format!(
            "::warning file={},title=Not checked::This file {}\n",
            property(&one.path.to_string_lossy()),
            data(&one.why)
        ));
    }
    out
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    text.chars().map(visible).collect()
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
