//! `--fix` and `--diff`: puts replacements into texts, or shows what would change. One file that cannot be written keeps no other back.

use super::{CheckArgs, Checked, diff, is_git_message, output, without_gits_lines};
use crate::replace;
use crate::say::{self, count, talk};
use finding::{Applicability, Finding};
use lint::Draft;

/// Applies what may be applied and writes or shows the result; whether something is left that counts, or would change.
pub(super) fn all(args: &CheckArgs, checked: &[Checked]) -> Result<bool, String> {
    let most = if args.suggested { Applicability::Suggestion } else { Applicability::Safe };
    let mut total = 0;
    let mut left = Vec::new();
    let mut unwritten = false;
    for one in checked {
        let (text, applied, findings) = mended(one, most);
        if args.diff && text != one.text {
            let diff = diff::unified(&say::name(&one.path), &one.text, &text);
            say::result(&diff).map_err(|problem| problem.to_string())?;
        } else if !args.diff && one.path == args.stdin_path {
            say::result(&text).map_err(|problem| problem.to_string())?;
        } else if !args.diff
            && text != one.text
            && let Err(error) = put(one, &text)
        {
            talk!("alongside: `{}` could not be written, and is as it was: {error}", say::name(&one.path));
            unwritten = true;
            continue;
        }
        total += applied;
        left.extend(findings.into_iter().filter(|finding| finding.severity >= args.least));
    }
    let encoded = checked.iter().any(|one| one.decoded.is_some()) && !left.is_empty();
    let did = if args.diff { "would be applied" } else { "applied" };
    talk!("{} {did}, {} left", count(total, "replacement"), count(left.len(), "finding"));
    say::aside(&output::text::guesses(checked));
    if encoded {
        say::aside(
            "hint: in a mail, words that are encoded or run over the end of a line are not replaced\n",
        );
    }
    if unwritten {
        return Err(String::new());
    }
    let would_change = args.diff && total > 0;
    Ok(would_change || left.iter().any(|finding| finding.severity >= args.fail_on))
}

/// Writes the text, unless the file is not what was read: changed meanwhile, or in another set of characters than UTF-8.
fn put(one: &Checked, text: &str) -> std::io::Result<()> {
    if std::fs::read(&one.path)? != one.text.as_bytes() {
        return Err(std::io::Error::other("it is not UTF-8, or was changed meanwhile"));
    }
    replace::file(&one.path, text)
}

/// The text after its fixes, at most ten rounds of them, how many there were, and what is found then.
fn mended(one: &Checked, most: Applicability) -> (String, usize, Vec<Finding>) {
    let mut text = one.text.clone();
    let mut findings: Vec<Finding> = one.report.findings.clone();
    let mut total = 0;
    for _ in 0..10 {
        let (fixed, applied) = lint::fix::apply(&text, &findings, most);
        if applied == 0 {
            break;
        }
        total += applied;
        text = fixed;
        let shown = if is_git_message(&one.path) { without_gits_lines(&text) } else { text.as_str().into() };
        let draft = Draft {
            text: &shown,
            format: one.format,
            kind: Some(one.report.kind),
            language: Some(one.report.language),
            profile: &one.house.profile,
        };
        findings = one.house.check(&draft).findings;
    }
    (text, total, findings)
}
