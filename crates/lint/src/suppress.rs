//! Comments in a text that answer a finding: `alongside: allow BLM01 because it quotes the attacker`.
//! Without a reason a comment allows nothing. It covers the line it stands on and the next line of text; `allow-file` covers all.

use std::collections::BTreeSet;

use finding::{Finding, Severity, Span};
use text::prose::{Comment, Prose};
use text::scope::Format;

use crate::profile::canonical;
use crate::rule::LANGUAGES;

/// The code of findings about a comment that was meant to allow something and does nothing.
pub const IDLE_NOTE: &str = "OWN02";

/// The code of findings about a text in a language that no rule is for.
pub const OTHER_LANGUAGE: &str = "OWN03";

/// Splits findings into those that stand and those a comment answers, with its reason. A comment that does nothing is a finding too.
pub(crate) fn apply(
    text: &str,
    format: Format,
    prose: &Prose<'_>,
    findings: Vec<Finding>,
) -> (Vec<Finding>, Vec<(Finding, String)>) {
    let (mut allowances, mut notes) = (Vec::new(), Vec::new());
    let lines = has_lines(format);
    for comment in &prose.comments {
        match allowance(text, lines, prose, comment) {
            Some(Ok(allowance)) => allowances.push(allowance),
            Some(Err(why)) => notes.push(idle(comment, &why)),
            None => {}
        }
    }
    let (mut standing, allowed) = split(&allowances, findings);
    if !notes.is_empty() {
        standing.extend(notes);
        standing.sort_by(|left, right| (left.span, &left.rule).cmp(&(right.span, &right.rule)));
    }
    (standing, allowed)
}

/// The same for findings of rules that are not ours, in a text that was checked before.
pub fn answered(
    text: &str,
    format: Format,
    findings: Vec<Finding>,
) -> (Vec<Finding>, Vec<(Finding, String)>) {
    let prose = text::scope::read(text, format);
    let allowances: Vec<Allowance> = prose
        .comments
        .iter()
        .filter_map(|comment| allowance(text, has_lines(format), &prose, comment)?.ok())
        .collect();
    split(&allowances, findings)
}

fn split(allowances: &[Allowance], findings: Vec<Finding>) -> (Vec<Finding>, Vec<(Finding, String)>) {
    let (mut standing, mut allowed) = (Vec::new(), Vec::new());
    for finding in findings {
        match allowances.iter().find(|allowance| allowance.covers(&finding)) {
            Some(allowance) => allowed.push((finding, allowance.reason.clone())),
            None => standing.push(finding),
        }
    }
    (standing, allowed)
}

struct Allowance {
    codes: BTreeSet<String>,
    reason: String,
    start: usize,
    end: usize,
}

impl Allowance {
    fn covers(&self, finding: &Finding) -> bool {
        let names = |code: &String| code == "all" || code.eq_ignore_ascii_case(&finding.rule);
        self.codes.iter().any(names) && finding.span.start < self.end && finding.span.end > self.start
    }
}

/// What a comment allows, or why it allows nothing; nothing for a comment that is not for us.
fn allowance(
    text: &str,
    lines: bool,
    prose: &Prose<'_>,
    comment: &Comment,
) -> Option<Result<Allowance, String>> {
    let rest = comment.text.trim_start().strip_prefix("alongside:")?;
    // A reason may begin on a new line.
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let (verb, rest) = rest.split_once(' ').unwrap_or((&rest, ""));
    let whole = match verb {
        "allow" => false,
        "allow-file" => true,
        other if is_ours(other, rest) => {
            return Some(Err(format!("`{other}` is neither `allow` nor `allow-file`")));
        }
        _ => return None,
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
    if codes.is_empty() || reason.is_empty() {
        return Some(Err(
            "it needs a code and a reason, such as `BLM01 because it quotes the attacker`".to_owned()
        ));
    }
    let (start, end) = if whole { (0, usize::MAX) } else { covered(text, lines, prose, comment) };
    Some(Ok(Allowance { codes, reason: reason.to_owned(), start, end }))
}

/// Whether a comment that begins with our name was meant to allow something, and is not a word of people's own.
fn is_ours(verb: &str, rest: &str) -> bool {
    let is_code = |word: &str| {
        let mut known = LANGUAGES.iter().flat_map(|set| set.rules).map(|rule| rule.code).chain(OWN);
        known.any(|code| code.eq_ignore_ascii_case(word))
    };
    verb.to_lowercase().starts_with("allow")
        || std::iter::once(verb).chain(rest.split([' ', ',', ':'])).any(is_code)
}

/// The codes that belong to no rule of a language.
pub(crate) const OWN: [&str; 3] = [crate::check::HOUSE_WORDS, IDLE_NOTE, OTHER_LANGUAGE];

/// The codes that a code, name or group stands for, as in a profile's `[rules]`.
fn codes_of(name: &str) -> Result<Vec<String>, String> {
    if name.contains('.') {
        return Ok(vec![name.to_owned()]);
    }
    if name.eq_ignore_ascii_case("all") {
        return Ok(vec!["all".to_owned()]);
    }
    let known = canonical(name)
        .map_err(|_| format!("there is no rule or group `{name}`; `alongside rule` lists them"))?;
    if OWN.contains(&known.as_str()) {
        return Ok(vec![known]);
    }
    let rules = LANGUAGES.iter().flat_map(|set| set.rules);
    let named = rules.filter(|rule| [rule.code, rule.name, rule.group.as_str()].contains(&known.as_str()));
    Ok(named.map(|rule| rule.code.to_owned()).collect())
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

/// Whether a line of the text is one that its writer sees: a page may stand on a single one.
fn has_lines(format: Format) -> bool {
    matches!(format, Format::Plain | Format::Markdown)
}

/// The comment's own line, where the text has lines, and the block that it stands in or before: a paragraph, an item, a cell.
fn covered(text: &str, lines: bool, prose: &Prose<'_>, comment: &Comment) -> (usize, usize) {
    let (start, end) = (comment.span.start, comment.span.end);
    let begin = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let spans = || prose.blocks.iter().map(|block| prose.original(block.range.clone()));
    // A note at the end of an item or in a row is about that, and not about the next one.
    let after_text = lines && spans().any(|block| block.start < start && block.end > begin);
    let meant = spans().filter(|block| block.end > end && (!after_text || block.start < start));
    let block = meant.map(|block| block.end).min().unwrap_or(end);
    if !lines {
        return (start, block);
    }
    let rest = text.get(end..).unwrap_or("");
    let line = end + rest.find('\n').unwrap_or(rest.len());
    (begin, block.max(line))
}
