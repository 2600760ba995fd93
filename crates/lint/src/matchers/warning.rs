//! What a warning owes the person it interrupts: the risk, a safe choice, and how we know
//! (Reeder, Kowalczyk, Shostack: NEAT and SPRUCE).

use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;

/// Says that something is wrong and not what may happen.
pub fn no_consequence(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if !document.says(Signal::Consequence) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// Offers no choice and no safe step.
pub fn no_choice(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let question_only = document.tokens.last().is_some_and(|token| token.is_mark('?'));
    let step = super::next_step::asks(document).next().is_some() && !question_only;
    if !step && (question_only || !document.says(Signal::Choice)) && !offers_two(document) {
        found.extend(document.ending().map(Hit::at));
    }
}

/// Whether the document names two choices.
fn offers_two(document: &Document<'_>) -> bool {
    let mut places: Vec<usize> = document.signals(Signal::Choice).map(|choice| choice.first).collect();
    places.sort_unstable();
    places.dedup();
    places.len() > 1
}

/// Claims something and does not say how it is known.
pub fn no_evidence(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if !document.says(Signal::Evidence) {
        found.extend(document.opening().map(Hit::at));
    }
}
