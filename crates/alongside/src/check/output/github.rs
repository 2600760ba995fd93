//! Annotations for a GitHub workflow log.

use super::repository::Root;
use crate::check::Checked;
use crate::check::place::Lines;
use crate::check::reading::Unread;
use crate::say::visible;
use finding::{Finding, Severity};

/// So many annotations of a level GitHub shows for a step.
const SHOWN: usize = 10;

/// A line of the log.
struct Line {
    severity: Severity,
    annotation: String,
    plain: String,
}

/// One `::warning …::` line for each finding, and one for each file that was not read, the worst first. GitHub drops what is beyond ten
/// of a level, so the rest stands in the log as words.
pub(crate) fn write(checked: &[Checked], unread: &[Unread]) -> String {
    let root = Root::here();
    let mut lines: Vec<Line> = unread.iter().map(|one| not_read(&root, one)).collect();
    for one in checked {
        let places = Lines::of(&one.text);
        let path = root.path(&one.path);
        lines.extend(one.report.findings.iter().map(|finding| found(&path, &places, finding)));
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.severity));
    written(&lines)
}

fn written(lines: &[Line]) -> String {
    let of = |name: &str| lines.iter().filter(|line| level(line.severity) == name).count();
    let too_many = ["error", "warning", "notice"].into_iter().any(|name| of(name) > SHOWN);
    let mut out = String::new();
    let mut rest = String::new();
    let mut left = 0;
    for name in ["error", "warning", "notice"] {
        // The note about the rest is a notice too.
        let shown = if too_many && name == "notice" { SHOWN - 1 } else { SHOWN };
        for (place, line) in lines.iter().filter(|line| level(line.severity) == name).enumerate() {
            if place < shown {
                out.push_str(&line.annotation);
            } else {
                left += 1;
                rest.push_str(&line.plain);
            }
        }
    }
    if left > 0 {
        out.push_str(&format!("::notice::{left} more are in the log of this step\n{rest}"));
    }
    out
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Suggestion | Severity::Note => "notice",
    }
}

fn found(path: &str, places: &Lines<'_>, finding: &Finding) -> Line {
    let (start, end) = (places.place(finding.span.start), places.place(finding.span.end));
    let (level, message) = (level(finding.severity), data(&finding.message));
    let annotation = format!(
        "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{message}\n",
        property(path),
        start.line,
        end.line,
        start.column,
        end.column,
        property(&finding.rule),
    );
    let severity = finding.severity;
    let rule = &finding.rule;
    let plain =
        format!("{}:{}:{}: {} {rule} {message}\n", data(path), start.line, start.column, severity.as_str());
    Line { severity, annotation, plain }
}

fn not_read(root: &Root, one: &Unread) -> Line {
    let (path, why) = (root.path(&one.path), data(&one.why));
    let annotation = format!("::warning file={},title=Not checked::This file {why}\n", property(&path));
    Line { severity: Severity::Warning, annotation, plain: format!("{}: this file {why}\n", data(&path)) }
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    text.chars().map(visible).collect()
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_ten_of_a_level_the_log_says_the_rest() {
        let line = |severity, at: usize| Line {
            severity,
            annotation: format!("::{} {at}\n", level(severity)),
            plain: format!("plain {at}\n"),
        };
        let few: Vec<Line> = (0..10).map(|at| line(Severity::Note, at)).collect();
        assert_eq!(written(&few).lines().count(), 10);
        let many: Vec<Line> =
            (0..30).map(|at| line(Severity::Note, at)).chain([line(Severity::Error, 99)]).collect();
        let shown = written(&many);
        assert!(shown.starts_with("::error 99\n"), "{shown}");
        assert_eq!(shown.matches("::notice").count(), 10, "{shown}");
        assert!(shown.contains("::notice::21 more") && shown.ends_with("plain 29\n"), "{shown}");
    }
}
