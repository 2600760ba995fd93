//! How it sounds to be asked: orders without one word of courtesy.

use super::next_step;
use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;

/// More words than this are an instruction rather than an order.
const SHORT: usize = 12;

/// An answer that gives orders and has no *please*, *could you* or *thank you* anywhere.
pub fn curt(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if document.says(Signal::Courtesy) || document.says(Signal::Thanks) || document.says(Signal::Apology) {
        return;
    }
    for number in next_step::asks(document) {
        let Some(sentence) = document.sentences.get(number) else { continue };
        let first = document.tokens_of(sentence).iter().find(|token| token.is_wordlike());
        let begins = document
            .signals_in(number)
            .iter()
            .any(|ask| ask.signal == Signal::Ask && document.tokens.get(ask.first) == first);
        let asked = document.tokens_of(sentence).iter().rev().take(3).any(|token| token.is_mark('?'));
        if begins && !asked && (2..=SHORT).contains(&document.words_of(sentence).count()) {
            found.push(Hit::at(sentence.range()));
            return;
        }
    }
}
