//! SARIF 2.1.0 (OASIS), for code hosts and review tools. Columns count Unicode characters; byte offsets are given as well.

use super::repository::Root;
use crate::check::place::Lines;
use crate::check::reading::Unread;
use crate::check::{Checked, baseline};
use finding::{Finding, Severity};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Code hosts take so many results of a run.
const MOST: usize = 25_000;

/// All findings as one SARIF log with one run; a file that was not read is a notification (section 3.58), and where somebody named it,
/// the run says that it did not succeed (3.20.14).
pub(crate) fn write(
    checked: &[Checked],
    unread: &[Unread],
    category: Option<&str>,
) -> Result<String, String> {
    let mut rules: BTreeMap<&str, &lint::Rule> = BTreeMap::new();
    for one in checked {
        for finding in &one.report.findings {
            if let Some(rule) = super::rule_of(finding, one.report.language) {
                rules.entry(rule.code).or_insert(rule);
            }
        }
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(index, code)| (*code, index)).collect();
    let root = Root::here();
    let mut prints = Prints::default();
    let mut results: Vec<(Severity, Value)> = Vec::new();
    for one in checked {
        let file = File { one, lines: Lines::of(&one.text), uri: uri_of(&root.path(&one.path)) };
        results.extend(
            one.report.findings.iter().map(|finding| {
                (finding.severity, result(&file, finding, &index, &prints.of(&file, finding)))
            }),
        );
    }
    let left = results.len().saturating_sub(MOST);
    if left > 0 {
        results.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
        results.truncate(MOST);
    }
    let results: Vec<Value> = results.into_iter().map(|(_, result)| result).collect();
    let mut notes: Vec<Value> = unread.iter().map(|one| not_read(&root, one)).collect();
    if left > 0 {
        let text = format!("{left} more findings are left out: code hosts take {MOST} of a run");
        notes.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    let mut log = json!({
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
                "toolExecutionNotifications": notes,
            }],
            "results": results,
        }],
    });
    if let (Some(category), Some(run)) = (category, log.pointer_mut("/runs/0").and_then(Value::as_object_mut))
    {
        // The part behind the last slash names the single run.
        run.insert("automationDetails".to_owned(), json!({ "id": format!("{category}/") }));
    }
    serde_json::to_string_pretty(&log).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn not_read(root: &Root, one: &Unread) -> Value {
    let uri = root.path(&one.path);
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
        "defaultConfiguration": {
            "enabled": rule.default.is_some(),
            "level": level(rule.default.unwrap_or(Severity::Note)),
        },
        "properties": { "tags": [rule.group.as_str()] },
    })
}

/// What makes a finding the same in the next run: its file, rule and words, as in a baseline, and which of several alike it is.
#[derive(Default)]
struct Prints(BTreeMap<String, usize>);

impl Prints {
    fn of(&mut self, file: &File<'_>, finding: &Finding) -> String {
        let words = baseline::words_of(file.one, finding);
        let known = format!("{}\0{}\0{words}", file.uri, finding.rule);
        let hash =
            Sha256::digest(known).iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>();
        let count = self.0.entry(hash.clone()).or_default();
        *count += 1;
        format!("{hash}:{count}")
    }
}

/// A text whose findings are written.
struct File<'a> {
    one: &'a Checked,
    lines: Lines<'a>,
    uri: String,
}

fn result(file: &File<'_>, finding: &Finding, index: &BTreeMap<&str, usize>, print: &str) -> Value {
    let File { one, lines, uri } = file;
    let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
    let region = |span: finding::Span| {
        let (start, end) = (lines.place(span.start), lines.place(span.end));
        json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": {
                "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
                "byteOffset": finding.span.start, "byteLength": finding.span.len(),
                "snippet": { "text": one.words(finding.span) },
            },
        }}],
        "partialFingerprints": { "alongside/v1": print },
        "properties": { "kind": one.report.kind.as_str(), "why": finding.why },
    });
    if let Some(fields) = result.as_object_mut() {
        if let Some(index) = index.get(finding.rule.as_ref()) {
            fields.insert("ruleIndex".to_string(), json!(index));
        }
        if let Some(fix) = &finding.fix {
            let change = json!({
                "artifactLocation": { "uri": uri },
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

/// A path as a URI reference, relative unless the file lies elsewhere.
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
    if path.starts_with('/') { format!("file://{uri}") } else { uri }
}
