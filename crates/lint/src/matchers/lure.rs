//! Our own mail must not look like the mails we warn about.

use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::word::Kind;

/// A link together with two of the other marks of a lure: hurry, a threat, and the wish for a sign-in, a payment or details.
pub fn looks_like_a_lure(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let link = document.tokens.iter().any(|token| token.kind == Kind::Link)
        || !document.links().is_empty()
        || says_click(document);
    let signals = [Signal::Urgency, Signal::Threat, Signal::Bait];
    let said = |sentence: Option<usize>| {
        let says = |signal: &&Signal| match sentence {
            Some(number) => document.says_in(number, **signal),
            None => document.says(**signal),
        };
        signals.iter().filter(says).count()
    };
    if !link || said(None) < 2 || !document.says(Signal::Urgency) && !document.says(Signal::Threat) {
        return;
    }
    // The sentence that shows most of it, the first of them where several do.
    let most =
        (0..document.sentences.len()).max_by_key(|number| (said(Some(*number)), std::cmp::Reverse(*number)));
    if let Some(sentence) = most.and_then(|number| document.sentences.get(number)) {
        found.push(Hit::at(sentence.range()));
    }
}

/// Whether the text asks to click something, or points to a link or button of its own.
fn says_click(document: &Document<'_>) -> bool {
    const CLICK: text::Key = text::Key::of("click");
    const POINTED: [text::Key; 5] = [
        text::Key::of("link"),
        text::Key::of("here"),
        text::Key::of("button"),
        text::Key::of("below"),
        text::Key::of("portal"),
    ];
    document.tokens.windows(4).any(|near| {
        near.first().is_some_and(|token| token.key == CLICK)
            && near.iter().any(|token| POINTED.contains(&token.key))
    }) || document.tokens.windows(2).any(|near| match near {
        [first, second] => {
            first.key == text::Key::of("link") && second.key == text::Key::of("below")
                || first.key == text::Key::of("link") && second.key == text::Key::of("above")
        }
        _ => false,
    })
}
