//! For programs: JSON after `docs/reference/check-output.schema.json`. Spans are bytes, lines and columns count from 1.

use super::rule_of;
use crate::check::Checked;
use crate::check::place::{Lines, Place};
use crate::check::reading::Unread;
use finding::{Applicability, Finding, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    tool: Tool,
    files: Vec<File<'a>>,
    unread: Vec<NotRead<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// A file that could not be checked.
#[derive(Serialize)]
struct NotRead<'a> {
    path: String,
    why: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    path: String,
    kind: &'static str,
    language: &'static str,
    words: usize,
    bytes: usize,
    findings: Vec<One<'a>>,
    allowed: Vec<Allowed<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    rule: &'a str,
    name: &'a str,
    group: &'a str,
    severity: &'static str,
    kind: &'static str,
    span: Span,
    start: Position,
    end: Position,
    text: &'a str,
    message: &'a str,
    why: &'a str,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Allowed<'a> {
    #[serde(flatten)]
    finding: One<'a>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Fix<'a> {
    span: Span,
    replacement: &'a str,
    applicability: &'static str,
}

#[derive(Serialize, Default)]
struct Summary {
    files: usize,
    words: usize,
    bytes: usize,
    findings: usize,
    error: usize,
    warning: usize,
    suggestion: usize,
    note: usize,
    /// Words of other mails below the texts.
    left_out: usize,
}

/// All files and findings as one JSON document.
pub(crate) fn write(checked: &[Checked], unread: &[Unread]) -> Result<String, String> {
    let mut summary = Summary { files: checked.len(), ..Summary::default() };
    let files = checked.iter().map(|checked| file(checked, &mut summary)).collect();
    let output = Output {
        version: 1,
        tool: Tool { name: "alongside", version: env!("CARGO_PKG_VERSION") },
        files,
        unread: unread.iter().map(|one| NotRead { path: shown(&one.path), why: &one.why }).collect(),
        summary,
    };
    serde_json::to_string_pretty(&output).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn file<'a>(checked: &'a Checked, summary: &mut Summary) -> File<'a> {
    let lines = Lines::of(&checked.text);
    summary.words += checked.report.words;
    summary.bytes += checked.text.len();
    summary.left_out += checked.report.left_out;
    for finding in &checked.report.findings {
        summary.findings += 1;
        match finding.severity {
            Severity::Error => summary.error += 1,
            Severity::Warning => summary.warning += 1,
            Severity::Suggestion => summary.suggestion += 1,
            Severity::Note => summary.note += 1,
        }
    }
    File {
        path: shown(&checked.path),
        kind: checked.report.kind.as_str(),
        language: checked.report.language.as_str(),
        words: checked.report.words,
        bytes: checked.text.len(),
        findings: checked.report.findings.iter().map(|finding| one(checked, &lines, finding)).collect(),
        allowed: checked
            .report
            .allowed
            .iter()
            .map(|(finding, reason)| Allowed { finding: one(checked, &lines, finding), reason })
            .collect(),
    }
}

fn shown(path: &std::path::Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn one<'a>(checked: &'a Checked, lines: &Lines<'_>, finding: &'a Finding) -> One<'a> {
    let rule = rule_of(finding, checked.report.language);
    let position = |place: Place| Position { line: place.line, column: place.column };
    let span = |span: finding::Span| Span { start: span.start, end: span.end };
    One {
        rule: &finding.rule,
        name: rule.map_or("house-words", |rule| rule.name),
        group: rule.map_or("house", |rule| rule.group.as_str()),
        severity: finding.severity.as_str(),
        kind: checked.report.kind.as_str(),
        span: span(finding.span),
        start: position(lines.place(finding.span.start)),
        end: position(lines.place(finding.span.end)),
        text: checked.words(finding.span),
        message: &finding.message,
        why: &finding.why,
        fix: finding.fix.as_ref().map(|fix| Fix {
            span: span(fix.span),
            replacement: &fix.replacement,
            applicability: match fix.applicability {
                Applicability::Safe => "safe",
                Applicability::Suggestion => "suggestion",
            },
        }),
    }
}
