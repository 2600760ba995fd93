//! For people, in a terminal. Everything is said in words; colour only helps.

use super::summary;
use crate::check::Checked;
use crate::check::place::Lines;
use crate::say::{self, visible};
use finding::{Applicability, Severity, Span};
use lint::Kind;

/// The findings with the line they stand on, and a summary.
pub(crate) fn write(checked: &[Checked], colour: bool) -> String {
    let mut out = String::new();
    for one in checked {
        let lines = Lines::of(&one.text);
        for finding in &one.report.findings {
            let start = lines.place(finding.span.start);
            let (bold, plain) = if colour { (colour_of(finding.severity), "\u{1b}[0m") } else { ("", "") };
            out.push_str(&format!(
                "{}:{}:{}: {bold}{} {}{plain} {}\n",
                say::name(&one.path),
                start.line,
                start.column,
                finding.severity.as_str(),
                finding.rule,
                finding.message.chars().map(visible).collect::<String>()
            ));
            let (shown, before, width) = around(one, &lines, finding.span);
            let most = shown.chars().count().saturating_sub(before);
            let number = start.line.to_string();
            let margin = " ".repeat(number.len());
            out.push_str(&format!(
                "  {number} | {shown}\n  {margin} | {}{}\n",
                " ".repeat(before),
                "^".repeat(width.clamp(1, most.max(1)))
            ));
            if let Some(fix) = &finding.fix {
                let how = match fix.applicability {
                    Applicability::Safe => "`--fix` does it",
                    Applicability::Suggestion => "perhaps",
                };
                let shown = if fix.replacement.is_empty() {
                    "nothing".to_string()
                } else {
                    format!("\"{}\"", fix.replacement)
                };
                out.push_str(&format!("  {margin} = instead: {shown} ({how})\n"));
            }
            out.push('\n');
        }
    }
    out.push_str(&summary(checked));
    out.push('\n');
    out.push_str(&guesses(checked));
    if let Some(finding) = checked.iter().flat_map(|one| &one.report.findings).next() {
        out.push_str(&format!("hint: `alongside rule {}` explains a rule\n", finding.rule));
    }
    out
}

/// The words around a mark as a reader sees them, how many characters stand before it, and how many it has.
fn around(one: &Checked, lines: &Lines<'_>, span: Span) -> (String, usize, usize) {
    if let Some((text, within)) = one.decoded.as_ref().and_then(|decoded| decoded.at(span)) {
        let (shown, before) = Lines::of(text).around(within.start, 40, 60);
        return (shown, before, within.of(text).map_or(1, |words| words.chars().count()));
    }
    let (start, end) = (lines.place(span.start), lines.place(span.end));
    let (shown, before) = lines.around(span.start, 40, 60);
    let width = if end.line == start.line { end.column.saturating_sub(start.column) } else { usize::MAX };
    (shown, before, width)
}

/// As what the texts were read whose kind nobody said; empty where no guess changed anything.
pub(in crate::check) fn guesses(checked: &[Checked]) -> String {
    let guessed: Vec<Kind> = checked
        .iter()
        .filter(|one| one.guessed && one.report.kind != Kind::Other)
        .map(|one| one.report.kind)
        .collect();
    let count = |kind: &Kind| guessed.iter().filter(|one| *one == kind).count();
    let other = if guessed.iter().all(|kind| *kind == Kind::Policy) { "awareness" } else { "policy" };
    match guessed.as_slice() {
        [] => String::new(),
        [kind] if checked.len() == 1 => {
            format!("hint: read as {}; `--kind {other}` if it is something else\n", kind.as_str())
        }
        _ => {
            let kinds: Vec<String> = Kind::ALL
                .iter()
                .filter(|kind| count(kind) > 0)
                .map(|kind| format!("{} as {}", count(kind), kind.as_str()))
                .collect();
            format!("hint: read {}; `--kind {other}` if they are something else\n", kinds.join(", "))
        }
    }
}

fn colour_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "\u{1b}[1m",
        Severity::Suggestion => "\u{1b}[1;36m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Error => "\u{1b}[1;31m",
    }
}
