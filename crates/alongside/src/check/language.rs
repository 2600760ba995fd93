//! Texts in a language that no rule is for: said, so that nobody takes silence for praise.

use finding::{Finding, Severity};
use lint::{Draft, Report};
use lure::fold::Folded;
use lure::language::{Language, Tongue, language_of};

/// Why such a text counts as not checked.
pub(super) const WHY: &str =
    "is in a language that we do not read, so it was not checked; we read English and German";

/// How many bytes tell a language.
const ENOUGH: usize = 8 * 1024;

/// The finding for a text in another language than ours; nothing where somebody said which one it is, or where it is too short to tell.
pub(super) fn unknown(draft: &Draft<'_>, report: &Report) -> Option<Finding> {
    if draft.language.or(draft.profile.language).is_some() || report.small_words * 5 >= report.words.max(1) {
        return None;
    }
    let prose = text::scope::read(draft.text, draft.format);
    let mut words = String::new();
    for block in &prose.blocks {
        words.push_str(prose.text.get(block.range.clone()).unwrap_or(""));
        words.push('\n');
        if words.len() > ENOUGH {
            break;
        }
    }
    let known = match language_of(Folded::new(&words).words()) {
        Language::Known(Tongue::Pt | Tongue::Nl | Tongue::Fr) | Language::Other => false,
        Language::Known(Tongue::En | Tongue::De) | Language::TooShort => !is_in_other_letters(&words),
    };
    let first = prose.blocks.first().filter(|_| !known)?;
    let line = prose.text.get(first.range.clone())?.lines().next()?;
    Some(Finding {
        rule: lint::OTHER_LANGUAGE.into(),
        span: prose.original(first.range.start..first.range.start + line.len()),
        severity: Severity::Note,
        message: "This text seems to be in a language that we do not read; we read English and German."
            .to_owned(),
        why: "That nothing is found in it says nothing about how it reads.".to_owned(),
        fix: None,
    })
}

/// Whether most letters are not Latin ones.
fn is_in_other_letters(words: &str) -> bool {
    let letters = || words.chars().filter(|one| one.is_alphabetic());
    let latin = letters().filter(|one| matches!(one, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')).count();
    letters().count() > 2 * latin
}
