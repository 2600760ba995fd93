//! Applies fixes to a text. Overlapping fixes are left for the next round, so the result never mixes two of them.

use finding::{Applicability, Finding, Fix};

/// The text with all fixes of at most this kind applied, and how many there were.
pub fn apply(text: &str, findings: &[Finding], most: Applicability) -> (String, usize) {
    let mut fixes: Vec<&Fix> = findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
        .filter(|fix| fix.applicability == Applicability::Safe || most == Applicability::Suggestion)
        .collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut fixed = String::with_capacity(text.len());
    let mut at = 0;
    let mut applied = 0;
    for fix in fixes {
        if fix.span.start < at || fix.span.end < fix.span.start || fix.span.of(text).is_none() {
            continue;
        }
        let mut end = fix.span.end;
        if fix.replacement.is_empty() && text.get(end..).is_some_and(|rest| rest.starts_with(' ')) {
            end += 1;
        }
        fixed.push_str(text.get(at..fix.span.start).unwrap_or(""));
        fixed.push_str(&fix.replacement);
        at = end;
        applied += 1;
    }
    fixed.push_str(text.get(at..).unwrap_or(""));
    (fixed, applied)
}
