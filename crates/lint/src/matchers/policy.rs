//! What a rule of the house owes those who live with it: somebody to ask.

use super::{contact, next_step};
use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::Key;
use text::prose::BlockKind;

/// Shorter texts are parts of a policy.
const LEAST_WORDS: usize = 25;

/// What has more words is no title.
const LONGEST_TITLE: usize = 10;

/// A policy that names neither an owner nor anybody to ask.
pub fn no_owner(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if document.word_count() < LEAST_WORDS || contact::is_named(document) || document.says(Signal::Owner) {
        return;
    }
    if !is_a_section(document) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// A piece of a longer policy: it begins with the heading of a section, such as *1. Introduction*, *HR4.02-7 Keys* or *Scope*, or
/// without any title.
fn is_a_section(document: &Document<'_>) -> bool {
    let Some(first) = document.sentences.first() else { return true };
    let parts = document.tokens_of(first).iter().take(3).map(|token| token.of(document.text()));
    if parts.into_iter().any(|part| part.contains('.') && part.bytes().any(|byte| byte.is_ascii_digit())) {
        return true;
    }
    let named = document
        .words_of(first)
        .all(|token| token.kind != text::word::Kind::Word || SECTIONS.contains(&token.key));
    let long = document.words_of(first).count() > LONGEST_TITLE || document.block_kind(0) == BlockKind::Item;
    !next_step::is_a_line_of_its_own(document, 0) || named || long
}

static SECTIONS: [Key; 22] = Key::each([
    "introduction",
    "purpose",
    "scope",
    "overview",
    "background",
    "applicability",
    "definitions",
    "general",
    "principles",
    "responsibilities",
    "roles",
    "and",
    "objectives",
    "enforcement",
    "summary",
    "aims",
    "references",
    "policy",
    "statement",
    "of",
    "the",
    "audience",
]);
