//! Whether a document says how somebody can be reached: a phrase (*reply to this mail*), an address, a number to dial, a channel.

use crate::document::{Document, Signal, Signalled};
use crate::draft::Language;
use text::word::Kind;
use text::{Key, Sentence, Token};

/// Whether the reader learns how to reach somebody.
pub(super) fn is_named(document: &Document<'_>) -> bool {
    document.signals(Signal::Contact).any(|contact| !is_refused(document, contact))
        || document.sentences.iter().any(|sentence| {
            let tokens = document.tokens_of(sentence);
            (0..tokens.len())
                .any(|at| is_number_to_dial(document, tokens, at) || is_address(document, tokens, at))
                || ends_in_a_number(document, sentence)
        })
}

/// *Do not reply to this mail.*
fn is_refused(document: &Document<'_>, contact: &Signalled) -> bool {
    let from = document.sentences.get(contact.sentence).map_or(contact.first, |sentence| sentence.first);
    let before = document.tokens.get(from..contact.first).unwrap_or(&[]);
    before
        .iter()
        .rev()
        .take_while(|token| token.kind != Kind::Mark)
        .take(3)
        .any(|token| REFUSALS.contains(&token.key))
}

/// A mailbox that is read, a channel such as `#help`, or a handle such as `@on-call`.
fn is_address(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let shown = token.of(document.text());
    let mailbox =
        token.kind == Kind::Link && shown.contains('@') && !shown.replace('-', "").contains("noreply");
    let channel = (token.is_mark('#') || token.is_mark('@'))
        && tokens.get(at + 1).is_some_and(|next| next.kind != Kind::Number && !next.shape.is_after_space());
    mailbox || channel
}

/// *call 210*, *on extension 4471*, *the duty phone is 2000*, *0555 0123*, *555-0175*.
fn is_number_to_dial(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    let named = tokens.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    let is_a_line = named.iter().any(|token| LINES.contains(&token.key));
    let number = tokens
        .get(at)
        .filter(|token| is_plain_number(document, token) || is_a_line && token.kind == Kind::Number);
    let Some(number) = number else { return false };
    if is_a_line || is_long_number(document, number) {
        return true;
    }
    let next_too = tokens.get(at + 1).is_some_and(|next| is_plain_number(document, next));
    let long = number.of(document.text()).len() >= 3;
    if next_too && long {
        return true;
    }
    let before = tokens.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    before.iter().any(|token| DIALLED.contains(&token.key))
        || long && before.last().is_some_and(|token| token.key == ON)
}

/// *Jill Fenwick, duty manager, 120.*
fn ends_in_a_number(document: &Document<'_>, sentence: &Sentence) -> bool {
    let tokens = document.tokens_of(sentence);
    let last = tokens.iter().rposition(|token| token.kind != Kind::Mark);
    last.is_some_and(|last| {
        tokens.get(last).is_some_and(|token| is_plain_number(document, token) && token.end - token.start < 8)
            && before_extension(document, tokens, last).is_some_and(|token| token.is_mark(','))
            && tokens.iter().any(|token| token.kind == Kind::Word && token.shape.is_capitalised())
    })
}

/// The token before an extension. In German letters a hyphen may stand for the number of the house: *Frau Sommer, -127*.
fn before_extension<'t>(document: &Document<'_>, tokens: &'t [Token], number: usize) -> Option<&'t Token> {
    let before = number.checked_sub(1).and_then(|at| tokens.get(at))?;
    if document.language == Language::German && before.is_mark('-') {
        return number.checked_sub(2).and_then(|at| tokens.get(at));
    }
    Some(before)
}

/// Digits only, at least two, and no year.
fn is_plain_number(document: &Document<'_>, token: &Token) -> bool {
    let shown = token.of(document.text());
    token.kind == Kind::Number
        && shown.len() >= 2
        && shown.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'/')
        && !(shown.len() == 4 && (shown.starts_with("20") || shown.starts_with("19")))
}

/// *555-0175*: a number in groups that is too long for a count.
fn is_long_number(document: &Document<'_>, token: &Token) -> bool {
    let shown = token.of(document.text());
    let digits = shown.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && digits < shown.len() && is_plain_number(document, token)
}

/// Words for a line to call, before whose number no year stands.
static LINES: [Key; 8] = [
    Key::of("phone"),
    Key::of("telephone"),
    Key::of("tel"),
    Key::of("ext"),
    Key::of("extension"),
    Key::of("hotline"),
    Key::of("helpline"),
    Key::of("dial"),
];

const ON: Key = Key::of("on");

static REFUSALS: [Key; 6] =
    [Key::of("not"), Key::of("never"), Key::of("no"), Key::of("cannot"), Key::of("nicht"), Key::of("keine")];

/// Words that stand before a number to dial or a door to knock at.
static DIALLED: [Key; 38] = [
    Key::of("call"),
    Key::of("ring"),
    Key::of("phone"),
    Key::of("dial"),
    Key::of("text"),
    Key::of("tel"),
    Key::of("telephone"),
    Key::of("ext"),
    Key::of("extension"),
    Key::of("mobile"),
    Key::of("hotline"),
    Key::of("helpline"),
    Key::of("line"),
    Key::of("desk"),
    Key::of("number"),
    Key::of("reach"),
    Key::of("room"),
    Key::of("office"),
    Key::of("helpdesk"),
    Key::of("pager"),
    Key::of("questions"),
    Key::of("contact"),
    Key::of("trouble"),
    Key::of("cell"),
    Key::of("anrufen"),
    Key::of("telefon"),
    Key::of("durchwahl"),
    Key::of("apparat"),
    Key::of("nummer"),
    Key::of("unter"),
    Key::of("raum"),
    Key::of("zimmer"),
    Key::of("rufen"),
    Key::of("mobil"),
    Key::of("handy"),
    Key::of("fragen"),
    Key::of("kurzwahl"),
    Key::of("dw"),
];
