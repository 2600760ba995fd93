//! SARIF 2.1.0 (OASIS), for code hosts and review tools. Columns count Unicode characters; byte offsets are given as well.

use crate::check::Checked;
use crate::check::place::Lines;
use crate::check::reading::Unread;
use finding::{Finding, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// All findings as one SARIF log with one run; a file that was not read is a notification (section 3.58), and where somebody named it,
/// the run says that it did not succeed (3.20.14).
pub(crate) fn write(checked: &[Checked], unread: &[Unread]) -> Result<String, String> {
    let mut rules: BTreeMap<&str, &lint::Rule> = BTreeMap::new();
    for one in checked {
        for finding in &one.report.findings {
            if let Some(rule) = super::rule_of(finding, one.report.language) {
                rules.entry(rule.code).or_insert(rule);
            }
        }
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(index, code)| (*code, index)).collect();
    let results: Vec<Value> = checked
        .iter()
        .flat_map(|one| {
            let lines = Lines::of(&one.text);
            one.report.findings.iter().map(|finding| result(one, &lines, finding, &index)).collect::<Vec<_>>()
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "alongside",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !unread.iter().any(|one| one.named),
                "toolExecutionNotifications": unread.iter().map(not_read).collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn not_read(one: &Unread) -> Value {
    let uri = one.path.to_string_lossy().replace('\\', "/");
    json!({
        "level": if one.named { "error" } else { "warning" },
        "message": { "text": format!("`{}` {}", one.path.display(), one.why) },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri_of(&uri) } } }],
    })
}

fn descriptor(rule: &lint::Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.notices },
        "help": { "text": format!("{}\n\n{}", rule.hurts, rule.instead), "markdown": super::explanation(rule) },
        "properties": { "tags": [rule.group.as_str()] },
    })
}

fn result(one: &Checked, lines: &Lines<'_>, finding: &Finding, index: &BTreeMap<&str, usize>) -> Value {
    let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
    let region = |span: finding::Span| {
        let (start, end) = (lines.place(span.start), lines.place(span.end));
        json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
    };
    let uri = one.path.to_string_lossy().replace('\\', "/");
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri_of(&uri) },
            "region": {
                "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
                "byteOffset": finding.span.start, "byteLength": finding.span.len(),
                "snippet": { "text": finding.span.of(&one.text).unwrap_or("") },
            },
        }}],
        "properties": { "kind": one.report.kind.as_str(), "why": finding.why },
    });
    if let Some(fields) = result.as_object_mut() {
        if let Some(index) = index.get(finding.rule.as_ref()) {
            fields.insert("ruleIndex".to_string(), json!(index));
        }
        if let Some(fix) = &finding.fix {
            let change = json!({
                "artifactLocation": { "uri": uri_of(&uri) },
                "replacements": [{ "deletedRegion": region(fix.span), "insertedContent": { "text": fix.replacement } }],
            });
            fields.insert("fixes".to_string(), json!([{ "artifactChanges": [change] }]));
        }
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Suggestion | Severity::Note => "note",
    }
}

/// A path as a relative URI reference.
fn uri_of(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(byte as char)
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.trim_start_matches("./").to_string()
}
