//! `--fix` and `--diff`: puts replacements into texts, or shows what would change. One file that cannot be written keeps no other back.

use super::{CheckArgs, Checked, diff, output};
use crate::replace;
use crate::say::{self, count, talk};
use finding::{Applicability, Finding};
use lint::Draft;

/// Applies what may be applied and writes or shows the result; whether something is left that counts.
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
            && let Err(error) = replace::file(&one.path, &text)
        {
            talk!("alongside: `{}` could not be written, and is as it was: {error}", say::name(&one.path));
            unwritten = true;
            continue;
        }
        total += applied;
        left.extend(findings.into_iter().filter(|finding| finding.severity >= args.least));
    }
    let did = if args.diff { "would be applied" } else { "applied" };
    talk!("{} {did}, {} left", count(total, "replacement"), count(left.len(), "finding"));
    say::aside(&output::text::guesses(checked));
    if unwritten {
        return Err(String::new());
    }
    Ok(left.iter().any(|finding| finding.severity >= args.fail_on))
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
        let draft = Draft {
            text: &text,
            format: one.format,
            kind: Some(one.report.kind),
            language: Some(one.report.language),
            profile: &one.house.profile,
        };
        findings = one.house.check(&draft).findings;
    }
    (text, total, findings)
}
