//! How findings are written: for people, for programs, for code hosts.

pub(super) mod github;
pub(super) mod html;
pub(super) mod json;
mod repository;
pub(super) mod sarif;
pub(super) mod text;

use super::Checked;
use crate::say::count;
use lint::Rule;

/// All a rule says about itself, as Markdown.
pub(crate) fn explanation(rule: &Rule) -> String {
    let mut out = format!("# {}: {}\n\n{} · {}\n", rule.code, rule.title, rule.group.as_str(), rule.name);
    for (heading, text) in [
        ("What it notices", rule.notices),
        ("Why it hurts", rule.hurts),
        ("Say instead", rule.instead),
        ("Source", rule.source),
    ] {
        out.push_str(&format!("\n## {heading}\n{text}\n"));
    }
    for (heading, examples) in [("It flags", rule.must_flag), ("It leaves alone", rule.must_pass)] {
        out.push_str(&format!("\n## {heading}\n"));
        for line in examples.iter().filter_map(lint::rule::Example::line).take(3) {
            out.push_str(&format!("- {line}\n"));
        }
    }
    out
}

/// What was found, in one sentence.
fn summary(checked: &[Checked]) -> String {
    let found: usize = checked.iter().map(|one| one.report.findings.len()).sum();
    let words: usize = checked.iter().map(|one| one.report.words).sum();
    let hidden: usize = checked.iter().map(|one| one.hidden).sum();
    let allowed: usize = checked.iter().map(|one| one.report.allowed.len()).sum();
    let left_out: usize = checked.iter().map(|one| one.report.left_out).sum();
    let texts = count(checked.len(), "text");
    let words_read = count(words, "word");
    let mut out = match found {
        0 if checked.is_empty() => "Nothing was read, so nothing was checked".to_string(),
        0 if words == 0 => format!("No word to read in {texts}, so nothing was checked"),
        0 if hidden > 0 => format!("Nothing that severe in {texts}, {words_read}"),
        0 => format!("Nothing to change in {texts}, {words_read}"),
        _ => format!("{} in {texts}, {words_read}", count(found, "finding")),
    };
    if hidden > 0 {
        out.push_str(&format!("; {hidden} below `--least` not shown"));
    }
    if left_out > 0 {
        out.push_str(&format!("; {} of another mail below left out", count(left_out, "word")));
    }
    if allowed > 0 {
        out.push_str(&format!("; {allowed} allowed with a reason"));
    }
    out.push('.');
    out
}

/// The rule of a finding, if it is one of ours.
pub(crate) fn rule_of(finding: &finding::Finding, language: lint::Language) -> Option<&'static Rule> {
    let own = lint::rule::rule_set(language).rules.iter().find(|rule| rule.code == finding.rule);
    // Sentences in the other language are judged by its rules.
    own.or_else(|| lint::rule::find(&finding.rule))
}
