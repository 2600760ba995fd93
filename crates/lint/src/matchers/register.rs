//! How it sounds to be asked: orders without one word of courtesy.

use super::next_step;
use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::Key;
use text::prose::BlockKind;

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
        if begins
            && !asked
            && !is_said_of_others(document, number)
            && (2..=SHORT).contains(&document.words_of(sentence).count())
        {
            found.push(Hit::at(sentence.range()));
            return;
        }
    }
}

/// An item of a list whose first line ends in its subject: *Be careful if they: – have poor spelling*.
fn is_said_of_others(document: &Document<'_>, number: usize) -> bool {
    if document.block_kind(number) != BlockKind::Item {
        return false;
    }
    let lead = (0..number).rev().find(|before| document.block_kind(*before) != BlockKind::Item);
    let tokens = lead
        .and_then(|lead| document.sentences.get(lead))
        .map_or(&[][..], |sentence| document.tokens_of(sentence));
    matches!(tokens, [.., subject, colon] if colon.is_mark(':') && OTHERS.contains(&subject.key))
}

static OTHERS: [Key; 7] = Key::each(["they", "it", "who", "that", "which", "he", "she"]);
