//! Shouting, and danger without a way to cope.

use super::next_step::is_a_line_of_its_own;
use crate::document::{Document, Hit, Signal};
use crate::draft::Kind;
use crate::profile::Limits;
use text::word;
use text::{Sentence, Token};

/// Three or more words in capitals in a row, or two or more exclamation marks together.
pub fn shouting(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    for (number, sentence) in document.sentences.iter().enumerate() {
        if (number == 0 || is_a_line_of_its_own(document, number)) && is_title(document, sentence) {
            continue;
        }
        let mut run: Option<(usize, usize, usize)> = None;
        let mut push = |run: &mut Option<(usize, usize, usize)>| {
            if let Some((first, last, loud)) = run.take()
                && loud >= 3
            {
                found.push(Hit::at(document.range_of(first, last)));
            }
        };
        for at in sentence.tokens() {
            let Some(token) = document.tokens.get(at) else { break };
            if is_loud(token) && !token.shape.is_quoted() {
                let letters = token.end - token.start;
                run = Some(match run {
                    Some((first, _, loud)) => (first, at + 1, loud + usize::from(letters > 1)),
                    None => (at, at + 1, usize::from(letters > 1)),
                });
            } else if !(token.kind == word::Kind::Number || token.is_mark(',')) || run.is_none() {
                push(&mut run);
            }
        }
        push(&mut run);
    }
    let mut at = 0;
    while let Some(token) = document.tokens.get(at) {
        let mut last = at;
        if token.is_mark('!') && !token.shape.is_quoted() {
            while document.tokens.get(last + 1).is_some_and(|next| next.is_mark('!') || next.is_mark('?')) {
                last += 1;
            }
            if last > at + 1 || last > at && is_agitated(document, at) {
                found.push(Hit::at(document.range_of(at, last + 1)));
            }
        }
        at = last + 1;
    }
}

/// The name of a policy, a review or a brief, or of a part of it, in capitals, as printers set titles.
fn is_title(document: &Document<'_>, sentence: &Sentence) -> bool {
    const LONGEST: usize = 10;
    matches!(document.kind, Kind::Policy | Kind::Review | Kind::Executive)
        && document.words_of(sentence).count() <= LONGEST
        && !document.tokens_of(sentence).iter().any(|token| token.is_mark('!'))
}

/// Two marks alone may be joy (*thanks so much!!*); beside capitals, hurry or a danger they are not.
fn is_agitated(document: &Document<'_>, at: usize) -> bool {
    let number = document.sentences.partition_point(|sentence| sentence.last <= at);
    let Some(sentence) = document.sentences.get(number) else { return false };
    let capitals =
        document.tokens_of(sentence).iter().any(|token| is_loud(token) && token.end - token.start > 3);
    let alarmed = [Signal::Urgency, Signal::Threat];
    !document.says_in(number, Signal::Thanks)
        && (capitals || alarmed.iter().any(|signal| document.says_in(number, *signal)))
}

fn is_loud(token: &Token) -> bool {
    token.kind == word::Kind::Word
        && (token.shape.is_capitals() || (token.end - token.start == 1 && token.shape.is_capitalised()))
}

/// A danger is described, and neither a step nor a word of what protects follows.
pub fn danger_without_coping(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if document.says(Signal::Coping) || document.says(Signal::Ask) || document.says(Signal::NothingToDo) {
        return;
    }
    if let Some(danger) = document.signals(Signal::Danger).next() {
        found.push(Hit::at(document.sentences.get(danger.sentence).map_or(0..0, Sentence::range)));
    }
}
