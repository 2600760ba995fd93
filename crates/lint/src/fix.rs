//! Applies fixes to a text. Overlapping fixes are left for the next round, so the result never mixes two of them.

use finding::{Applicability, Finding, Fix, Span};

/// The text with all fixes of at most this kind applied, and how many there were.
pub fn apply(text: &str, findings: &[Finding], most: Applicability) -> (String, usize) {
    let edits = edits(text, findings, most);
    let mut fixed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in &edits {
        fixed.push_str(text.get(at..edit.span.start).unwrap_or(""));
        fixed.push_str(&edit.replacement);
        at = edit.span.end;
    }
    fixed.push_str(text.get(at..).unwrap_or(""));
    (fixed, edits.len())
}

/// What all fixes of at most this kind do to `text`, in reading order; none touches another.
pub fn edits(text: &str, findings: &[Finding], most: Applicability) -> Vec<Fix> {
    let mut fixes: Vec<&Fix> = findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
        .filter(|fix| fix.applicability == Applicability::Safe || most == Applicability::Suggestion)
        .collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut edits: Vec<Fix> = Vec::new();
    for fix in fixes {
        let at = edits.last().map_or(0, |edit| edit.span.end);
        if fix.span.start < at || fix.span.end < fix.span.start || fix.span.of(text).is_none() {
            continue;
        }
        edits.push(edit(text, fix));
    }
    edits
}

/// What a fix does to `text`, ready to insert. Words that are taken out take the space after them along, and hand their capital to the
/// next word, so that a sentence still begins with one.
pub fn edit(text: &str, fix: &Fix) -> Fix {
    let Some(removed) = fix.span.of(text).filter(|_| fix.replacement.is_empty()) else { return fix.clone() };
    let rest = text.get(fix.span.end..).unwrap_or("");
    let space = rest.len() - rest.trim_start_matches(' ').len();
    let next = rest.trim_start_matches(' ').chars().next();
    let mut end = fix.span.end + space;
    let mut replacement = String::new();
    let capital = removed.chars().find(|char| char.is_alphabetic()).is_some_and(char::is_uppercase);
    if let Some(next) = next.filter(|next| capital && next.is_lowercase()) {
        end += next.len_utf8();
        replacement.extend(next.to_uppercase());
    }
    Fix { span: Span::new(fix.span.start, end), replacement, applicability: fix.applicability }
}
