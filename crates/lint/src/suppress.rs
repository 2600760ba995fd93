//! Comments in a text that answer a finding: `alongside: allow BLM01 because it quotes the attacker`.
//! Without a reason a comment allows nothing. It covers the line it stands on and the next line of text; `allow-file` covers all.

use std::borrow::Cow;
use std::collections::BTreeSet;

use finding::{Finding, Severity, Span};
use text::prose::Comment;

use crate::profile::canonical;
use crate::rule::LANGUAGES;

/// The code of findings about a comment that was meant to allow something and does nothing.
pub const IDLE_NOTE: &str = "OWN02";

/// Splits findings into those that stand and those a comment answers, with its reason. A comment that does nothing is a finding too.
pub(crate) fn apply(
    text: &str,
    comments: &[Comment],
    findings: Vec<Finding>,
) -> (Vec<Finding>, Vec<(Finding, String)>) {
    let (mut allowances, mut standing) = (Vec::new(), Vec::new());
    for comment in comments {
        match allowance(text, comment) {
            Some(Ok(allowance)) => allowances.push(allowance),
            Some(Err(why)) => standing.push(idle(comment, &why)),
            None => {}
        }
    }
    let idle = !standing.is_empty();
    let mut allowed = Vec::new();
    for finding in findings {
        match allowances.iter().find(|allowance| allowance.covers(&finding)) {
            Some(allowance) => allowed.push((finding, allowance.reason.to_string())),
            None => standing.push(finding),
        }
    }
    if idle {
        standing.sort_by(|left, right| (left.span, &left.rule).cmp(&(right.span, &right.rule)));
    }
    (standing, allowed)
}

struct Allowance<'a> {
    codes: BTreeSet<Cow<'a, str>>,
    reason: &'a str,
    start: usize,
    end: usize,
}

impl Allowance<'_> {
    fn covers(&self, finding: &Finding) -> bool {
        (self.codes.contains(&finding.rule) || self.codes.contains("all"))
            && finding.span.start < self.end
            && finding.span.end > self.start
    }
}

/// What a comment allows, or why it allows nothing; nothing for a comment that is not for us.
fn allowance<'a>(text: &str, comment: &'a Comment) -> Option<Result<Allowance<'a>, String>> {
    let rest = comment.text.trim().strip_prefix("alongside:")?.trim();
    let (verb, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let whole = match verb {
        "allow" => false,
        "allow-file" => true,
        other => return Some(Err(format!("`{other}` is neither `allow` nor `allow-file`"))),
    };
    let words = [" because ", " weil "];
    let Some((named, reason)) = words.iter().find_map(|word| rest.split_once(word)) else {
        return Some(Err("it gives no reason; write `because` and why after the codes".to_owned()));
    };
    let mut codes = BTreeSet::new();
    for name in named.split([' ', ',']).filter(|name| !name.is_empty()) {
        match codes_of(name) {
            Ok(known) => codes.extend(known),
            Err(why) => return Some(Err(why)),
        }
    }
    let reason = reason.trim();
    if codes.is_empty() || reason.is_empty() {
        return Some(Err(
            "it needs a code and a reason, such as `BLM01 because it quotes the attacker`".to_owned()
        ));
    }
    let (start, end) =
        if whole { (0, usize::MAX) } else { covered(text, comment.span.start, comment.span.end) };
    Some(Ok(Allowance { codes, reason, start, end }))
}

/// The codes that a code, name or group stands for, as in a profile's `[rules]`.
fn codes_of(name: &str) -> Result<Vec<Cow<'_, str>>, String> {
    if name.contains('.') || name == "all" {
        return Ok(vec![name.into()]);
    }
    if let Some(own) = ["OWN01", IDLE_NOTE].into_iter().find(|own| own.eq_ignore_ascii_case(name)) {
        return Ok(vec![own.into()]);
    }
    let known = canonical(name)
        .map_err(|_| format!("there is no rule or group `{name}`; `alongside rule` lists them"))?;
    let rules = LANGUAGES.iter().flat_map(|set| set.rules);
    let named = rules.filter(|rule| [rule.code, rule.name, rule.group.as_str()].contains(&known.as_str()));
    Ok(named.map(|rule| rule.code.into()).collect())
}

fn idle(comment: &Comment, why: &str) -> Finding {
    Finding {
        rule: IDLE_NOTE.into(),
        span: Span::new(comment.span.start, comment.span.end),
        severity: Severity::Suggestion,
        message: format!("This note allows nothing: {why}."),
        why: "Who wrote it believes that something is answered, and the next reader does too.".to_owned(),
        fix: None,
    }
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
