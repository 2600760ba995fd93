//! Comments in a text that answer a finding: `alongside: allow BLM01 because it quotes the attacker`.
//! Without a reason a comment allows nothing. It covers the line it stands on and the next line of text; `allow-file` covers all.

use finding::Finding;
use text::prose::Comment;

/// Splits findings into those that stand and those a comment answers, with its reason.
pub(crate) fn apply(
    text: &str,
    comments: &[Comment],
    findings: Vec<Finding>,
) -> (Vec<Finding>, Vec<(Finding, String)>) {
    let allowances: Vec<Allowance<'_>> =
        comments.iter().filter_map(|comment| allowance(text, comment)).collect();
    if allowances.is_empty() {
        return (findings, Vec::new());
    }
    let mut standing = Vec::new();
    let mut allowed = Vec::new();
    for finding in findings {
        match allowances.iter().find(|allowance| allowance.covers(&finding)) {
            Some(allowance) => allowed.push((finding, allowance.reason.to_string())),
            None => standing.push(finding),
        }
    }
    (standing, allowed)
}

struct Allowance<'a> {
    codes: Vec<&'a str>,
    reason: &'a str,
    start: usize,
    end: usize,
}

impl Allowance<'_> {
    fn covers(&self, finding: &Finding) -> bool {
        self.codes.iter().any(|code| code.eq_ignore_ascii_case(&finding.rule) || *code == "all")
            && finding.span.start < self.end
            && finding.span.end > self.start
    }
}

fn allowance<'a>(text: &str, comment: &'a Comment) -> Option<Allowance<'a>> {
    let rest = comment.text.trim().strip_prefix("alongside:")?.trim();
    let (whole, rest) = match rest.strip_prefix("allow-file") {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix("allow")?),
    };
    let (codes, reason) = rest.split_once(" because ")?;
    let codes: Vec<&str> = codes.split([' ', ',']).filter(|code| !code.is_empty()).collect();
    if codes.is_empty() || reason.trim().is_empty() {
        return None;
    }
    let (start, end) =
        if whole { (0, usize::MAX) } else { covered(text, comment.span.start, comment.span.end) };
    Some(Allowance { codes, reason: reason.trim(), start, end })
}

/// From the beginning of the comment's line to the end of the paragraph after it.
fn covered(text: &str, start: usize, end: usize) -> (usize, usize) {
    let line = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(end..).unwrap_or("");
    let skipped = rest.len() - rest.trim_start().len();
    let mut paragraph = end + skipped;
    for line in rest.get(skipped..).unwrap_or("").split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        paragraph += line.len();
    }
    (line, paragraph)
}
