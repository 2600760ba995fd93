//! Our own mail must not look like the mails we warn about.

use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::word::Kind;

/// A link together with two of the other marks of a lure: hurry, a threat, and the wish for a sign-in, a payment or details.
pub fn looks_like_a_lure(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let link = document.tokens.iter().any(|token| token.kind == Kind::Link)
        || !document.links().is_empty()
        || says_click(document);
    let marks = [Signal::Urgency, Signal::Threat, Signal::Bait].map(|signal| document.signals(signal).next());
    let [hurry, threat, _] = marks;
    let Some(first) = hurry.or(threat) else { return };
    if link
        && marks.iter().flatten().count() >= 2
        && let Some(sentence) = document.sentences.get(first.sentence)
    {
        found.push(Hit::at(sentence.range()));
    }
}

/// Whether the text asks to click something.
fn says_click(document: &Document<'_>) -> bool {
    const CLICK: text::Key = text::Key::of("click");
    const LINK: text::Key = text::Key::of("link");
    const HERE: text::Key = text::Key::of("here");
    document.tokens.windows(4).any(|near| {
        near.first().is_some_and(|token| token.key == CLICK)
            && near.iter().any(|token| token.key == LINK || token.key == HERE)
    })
}
