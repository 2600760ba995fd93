//! What an answer owes the person who spoke up.

use crate::document::{Document, Hit, Signal, Signalled};
use crate::draft::Kind;
use crate::profile::Limits;
use text::Key;

/// An answer without a word of thanks.
pub fn no_thanks(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let answers =
        document.says(Signal::ReportReceived) || document.is_letter() && document.kind != Kind::Commit;
    let thanks = document.signals(Signal::Thanks).any(|thanks| !is_a_formula(document, thanks));
    if answers && !thanks && !document.says(Signal::Apology) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// *Thanks for your understanding* asks for something and thanks for nothing.
fn is_a_formula(document: &Document<'_>, thanks: &Signalled) -> bool {
    let after = document.tokens.get(thanks.last..).unwrap_or(&[]);
    let next = after.iter().take(5).find(|token| !FILLERS.contains(&token.key));
    next.is_some_and(|token| ASKED_FOR.contains(&token.key))
}

static FILLERS: [Key; 5] = Key::each(["you", "for", "your", "kind", "the"]);

static ASKED_FOR: [Key; 4] = Key::each(["understanding", "cooperation", "indulgence", "advance"]);
