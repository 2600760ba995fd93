//! What a rule of the house owes those who live with it: somebody to ask.

use super::contact;
use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;

/// Shorter texts are parts of a policy.
const LEAST_WORDS: usize = 25;

/// A policy that names neither an owner nor anybody to ask.
pub fn no_owner(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if document.word_count() < LEAST_WORDS || contact::is_named(document) || document.says(Signal::Owner) {
        return;
    }
    found.extend(document.opening().map(Hit::at));
}
