//! Every line of every rule: what must be flagged is, what must pass is left alone, and a fix makes of a line what its file says.

use finding::{Applicability, Finding};
use lint::rule::{Example, LANGUAGES, Rule, RuleSet};
use lint::{Checker, Draft, Format, Kind, Language, Profile, fix};
use std::collections::BTreeSet;

/// What a rule finds in a text.
fn findings(set: &RuleSet, rule: &Rule, kind: Option<Kind>, text: &str) -> Vec<Finding> {
    let profile = Profile::default();
    let draft = Draft {
        text,
        format: Format::Markdown,
        kind: Some(kind.unwrap_or(rule.example_kind)),
        language: Language::from_code(set.language),
        profile: &profile,
    };
    let mut findings = Checker::standard().check(&draft).findings;
    findings.retain(|finding| finding.rule == rule.code);
    findings
}

/// The lines under `Fixes` that come out otherwise, and the safe replacements that no line shows.
fn fix_misses(set: &RuleSet, rule: &Rule) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut shown = BTreeSet::new();
    for line in rule.fixes {
        let found = findings(set, rule, None, line.before);
        let most = if line.safe { Applicability::Safe } else { Applicability::Suggestion };
        let (after, _) = fix::apply(line.before, &found, most);
        if after != line.after {
            wrong.push(format!(
                "{}/{} makes of: {}\n  this: {after}\n  instead of: {}",
                set.language, rule.code, line.before, line.after
            ));
        }
        let safe = |fix: &&finding::Fix| fix.applicability == Applicability::Safe;
        let fixes = found.iter().filter_map(|finding| finding.fix.as_ref());
        shown.extend(fixes.filter(safe).map(|fix| fix.replacement.to_lowercase()));
    }
    for replacement in rule.safe.iter().filter(|replacement| !shown.contains(&replacement.to_lowercase())) {
        wrong.push(format!("{}/{}: no line shows the safe `{replacement}`", set.language, rule.code));
    }
    wrong
}

#[test]
fn every_fix_makes_of_a_line_what_its_rule_says() {
    let wrong: Vec<String> =
        LANGUAGES.iter().flat_map(|set| set.rules.iter().flat_map(|rule| fix_misses(set, rule))).collect();
    assert!(wrong.is_empty(), "{} lines do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

/// The lines that do not behave as their file says, and how many lines there are.
fn misses(set: &RuleSet, rule: &Rule) -> (Vec<String>, usize) {
    let found = |example: &Example, text: &str| -> Vec<String> {
        let findings = findings(set, rule, example.kind, text);
        findings
            .iter()
            .map(|finding| finding.span.of(text).expect("a span fits its text").to_string())
            .collect()
    };
    let mut wrong = Vec::new();
    for example in rule.must_flag {
        let (text, wanted) = marked(example.text);
        let hits = found(example, &text);
        if hits.is_empty() {
            wrong.push(format!("{}/{} must flag: {}", set.language, rule.code, text.trim()));
        } else if let Some(wanted) = wanted.filter(|wanted| !hits.contains(wanted)) {
            wrong.push(format!("{}/{} marks {hits:?} instead of {wanted:?}", set.language, rule.code));
        }
    }
    for example in rule.must_pass {
        let hits = found(example, example.text);
        if !hits.is_empty() {
            wrong.push(format!(
                "{}/{} must pass, but {hits:?} is marked: {}",
                set.language,
                rule.code,
                example.text.trim()
            ));
        }
    }
    (wrong, rule.must_flag.len() + rule.must_pass.len())
}

/// The text without `**`, and the part between them.
fn marked(text: &str) -> (String, Option<String>) {
    let mut parts = text.split("**");
    match (parts.next(), parts.next(), parts.next()) {
        (Some(before), Some(part), Some(after)) => (format!("{before}{part}{after}"), Some(part.to_string())),
        _ => (text.to_string(), None),
    }
}

#[test]
fn every_line_of_every_rule_holds() {
    let only = std::env::var("RULE").ok();
    let mut wrong = Vec::new();
    let mut lines = 0;
    for set in LANGUAGES {
        for rule in
            set.rules.iter().filter(|rule| only.as_deref().is_none_or(|only| rule.code.starts_with(only)))
        {
            let (missed, count) = misses(set, rule);
            wrong.extend(missed);
            lines += count;
        }
    }
    assert!(lines > 0, "there is no rule to check");
    assert!(wrong.is_empty(), "{} of {lines} lines do not hold:\n{}", wrong.len(), wrong.join("\n"));
}
