//! The check every letter passes: the words of `lint`, applied to a reply to a reporter. Never changes a word itself.

use finding::Finding;

use crate::words::Locale;

/// What the check finds in a letter to a reporter.
pub fn findings(body: &str, locale: Locale) -> Vec<Finding> {
    let language = match locale {
        Locale::En => lint::Language::English,
        Locale::De => lint::Language::German,
    };
    check(body, Some(lint::Kind::Reply), Some(language))
}

/// What the check finds in a text of which nobody said what it is.
pub fn findings_in_any(body: &str) -> Vec<Finding> {
    check(body, None, None)
}

fn check(body: &str, kind: Option<lint::Kind>, language: Option<lint::Language>) -> Vec<Finding> {
    let profile = lint::Profile::default();
    let draft = lint::Draft { text: body, format: lint::Format::Markdown, kind, language, profile: &profile };
    lint::Checker::standard().check(&draft).findings
}

/// One stretch of a draft, with what was found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub text: String,
    pub code: Option<String>,
    pub message: String,
}

/// A draft cut into stretches so that a page can mark what was found. Overlapping findings show the first.
pub fn marked(body: &str, found: &[Finding]) -> Vec<Marked> {
    let mut ordered: Vec<&Finding> = found.iter().filter(|finding| !finding.span.is_empty()).collect();
    ordered.sort_by_key(|finding| (finding.span.start, finding.span.end));
    let mut out = Vec::new();
    let mut at = 0;
    for finding in ordered {
        if finding.span.start < at {
            continue;
        }
        let (Some(before), Some(inside)) = (body.get(at..finding.span.start), finding.span.of(body)) else {
            continue;
        };
        if !before.is_empty() {
            out.push(Marked { text: before.to_owned(), code: None, message: String::new() });
        }
        out.push(Marked {
            text: inside.to_owned(),
            code: Some(finding.rule.to_string()),
            message: finding.message.clone(),
        });
        at = finding.span.end;
    }
    if let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        out.push(Marked { text: rest.to_owned(), code: None, message: String::new() });
    }
    for piece in &mut out {
        piece.text = super::without_links(&piece.text);
    }
    out
}
