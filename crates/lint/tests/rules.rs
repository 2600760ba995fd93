//! Every line of every rule: what must be flagged is, and what must pass is left alone.

use lint::rule::{Example, LANGUAGES, Rule, RuleSet};
use lint::{Checker, Draft, Format, Language, Profile};

/// The lines that do not behave as their file says, and how many lines there are.
fn misses(set: &RuleSet, rule: &Rule) -> (Vec<String>, usize) {
    let profile = Profile::default();
    let language = Language::from_code(set.language).expect("a folder is a language");
    let found = |example: &Example, text: &str| -> Vec<String> {
        let draft = Draft {
            text,
            format: Format::Markdown,
            kind: Some(example.kind.unwrap_or(rule.example_kind)),
            language: Some(language),
            profile: &profile,
        };
        let report = Checker::standard().check(&draft);
        let of_rule = report.findings.iter().filter(|finding| finding.rule == rule.code);
        of_rule.map(|finding| finding.span.of(text).expect("a span fits its text").to_string()).collect()
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
