//! What an answer owes the person who spoke up.

use crate::document::{Document, Hit, Signal, Signalled};
use crate::draft::{Kind, Language};
use crate::profile::Limits;
use text::Key;

/// An answer without a word of thanks.
pub fn no_thanks(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if is_a_help_page(document) {
        return;
    }
    let answers =
        document.says(Signal::ReportReceived) || document.is_letter() && document.kind != Kind::Commit;
    let thanks = document.signals(Signal::Thanks).any(|thanks| !is_a_formula(document, thanks));
    if answers && !thanks && !document.says(Signal::Apology) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// A page that explains to everybody what happens and what to do, shown in place of an answer: some length, no greeting and no thanks, and it
/// begins with a question or a condition, or speaks of customers as of others. It owes nobody thanks.
pub(super) fn is_a_help_page(document: &Document<'_>) -> bool {
    const LEAST_WORDS: usize = 45;
    if document.language != Language::German
        || document.kind != Kind::Reply
        || document.word_count() < LEAST_WORDS
        || document.says(Signal::Greeting)
        || document.says(Signal::Thanks)
    {
        return false;
    }
    let first = document.sentences.first().map_or(&[][..], |sentence| document.tokens_of(sentence));
    let asks = first.last().is_some_and(|last| last.is_mark('?'));
    let conditional =
        first.iter().find(|token| token.is_wordlike()).is_some_and(|word| CONDITIONS.contains(&word.key));
    asks || conditional || document.has(&OTHERS)
}

/// With what a help page begins.
static CONDITIONS: [Key; 5] = Key::each(["wenn", "falls", "sofern", "sollte", "sollten"]);

/// Whom a help page speaks of.
static OTHERS: [Key; 10] = Key::each([
    "kunde",
    "kunden",
    "benutzer",
    "benutzers",
    "nutzer",
    "nutzers",
    "anwender",
    "faq",
    "kundin",
    "studierende",
]);

/// *Thanks for your understanding* asks for something and thanks for nothing; neither does *Thank you.* behind a request.
fn is_a_formula(document: &Document<'_>, thanks: &Signalled) -> bool {
    let sentence = document.sentences.get(thanks.sentence);
    let bare = sentence.is_some_and(|sentence| {
        document.words_of(sentence).count() <= 2
            && document.tokens_of(sentence).last().is_some_and(|last| last.is_mark('.'))
    });
    let asked = thanks.sentence.checked_sub(1).is_some_and(|before| document.says_in(before, Signal::Ask));
    if bare && asked {
        return true;
    }
    let after = document.tokens.get(thanks.last..).unwrap_or(&[]);
    let next = after.iter().take(5).find(|token| !FILLERS.contains(&token.key));
    next.is_some_and(|token| ASKED_FOR.contains(&token.key))
}

static FILLERS: [Key; 5] = Key::each(["you", "for", "your", "kind", "the"]);

static ASKED_FOR: [Key; 4] = Key::each(["understanding", "cooperation", "indulgence", "advance"]);
