//! What a rule of the house owes those who live with it: somebody to ask.

use super::{contact, next_step};
use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::Key;

/// Shorter texts are parts of a policy.
const LEAST_WORDS: usize = 25;

/// A policy that names neither an owner nor anybody to ask.
pub fn no_owner(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if document.word_count() < LEAST_WORDS || contact::is_named(document) || document.says(Signal::Owner) {
        return;
    }
    if !is_a_section(document) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// A piece of a longer policy: it begins with the heading of a section, such as *1. Introduction* or *Scope*, or without any title.
fn is_a_section(document: &Document<'_>) -> bool {
    let Some(first) = document.sentences.first() else { return true };
    let named = document
        .words_of(first)
        .all(|token| token.kind != text::word::Kind::Word || SECTIONS.contains(&token.key));
    !next_step::is_a_line_of_its_own(document, 0) || named
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
