//! Comments that turn a style off and on again, as Vale has them: `vale off`, `vale on`, `vale Style.Rule = NO`. They count for styles
//! alone; our own rules have their own notes, with a reason.

use std::collections::BTreeMap;

use finding::Finding;
use text::prose::Comment;

/// Takes out what such a comment turned off where it stands. The findings come in reading order.
pub(super) fn leave_out(findings: &mut Vec<Finding>, comments: &[Comment]) {
    let mut switches: Vec<(usize, Switch)> =
        comments.iter().filter_map(|comment| Some((comment.span.start, switch(&comment.text)?))).collect();
    if switches.is_empty() {
        return;
    }
    switches.sort_by_key(|(at, _)| *at);
    let mut switches = switches.into_iter().peekable();
    let mut everything_off = false;
    let mut off: BTreeMap<&str, bool> = BTreeMap::new();
    findings.retain(|finding| {
        while let Some((_, switch)) = switches.next_if(|(at, _)| *at <= finding.span.start) {
            match switch {
                Switch::All { off } => everything_off = off,
                Switch::Named { name, off: is_off } => {
                    off.insert(name, is_off);
                }
            }
        }
        let style = finding.rule.split('.').next().unwrap_or_default();
        let is_off = |name: &str| off.get(name).copied().unwrap_or(false);
        !(everything_off || is_off(&finding.rule) || is_off(style))
    });
}

enum Switch<'a> {
    All { off: bool },
    Named { name: &'a str, off: bool },
}

fn switch(comment: &str) -> Option<Switch<'_>> {
    let rest = comment.trim().strip_prefix("vale ")?.trim();
    match rest {
        "off" => return Some(Switch::All { off: true }),
        "on" => return Some(Switch::All { off: false }),
        _ => {}
    }
    let (name, value) = rest.split_once('=')?;
    let off = match value.trim() {
        "NO" => true,
        "YES" => false,
        _ => return None,
    };
    Some(Switch::Named { name: name.trim(), off })
}
