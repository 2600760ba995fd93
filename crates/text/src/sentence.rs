//! Sentences over words that were already found. Knows common English and German abbreviations, initials, list numbers and
//! closing quotation marks. Never looks at the text again except to see what follows a dot.

use crate::key::Key;
use crate::word::{Kind, Token};
use std::ops::Range;

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Index of the first token.
    pub first: usize,
    /// One past the index of the last token.
    pub last: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Sentence {
    /// The indices of its tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.first..self.last
    }

    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A sentence is cut after so many tokens, so that work on one sentence stays bounded whatever the text.
const LONGEST: usize = 400;

/// Splits the tokens `range` of `tokens` into sentences and adds them to `found`.
pub fn sentences_into(text: &str, tokens: &[Token], range: Range<usize>, found: &mut Vec<Sentence>) {
    let mut first = range.start;
    let mut at = range.start;
    while at < range.end {
        if at - first >= LONGEST || ends_sentence(text, tokens, first, at, range.end) {
            let mut last = at + 1;
            while last < range.end
                && tokens.get(last).is_some_and(|token| closes(token) && !token.shape.is_after_space())
            {
                last += 1;
            }
            push(tokens, first..last, found);
            first = last;
            at = last;
        } else {
            at += 1;
        }
    }
    push(tokens, first..range.end, found);
}

fn push(tokens: &[Token], range: Range<usize>, found: &mut Vec<Sentence>) {
    let (Some(head), Some(tail)) =
        (tokens.get(range.start), range.end.checked_sub(1).and_then(|last| tokens.get(last)))
    else {
        return;
    };
    if range.is_empty() {
        return;
    }
    found.push(Sentence {
        first: range.start,
        last: range.end,
        start: head.start as usize,
        end: tail.end as usize,
    });
}

fn ends_sentence(text: &str, tokens: &[Token], first: usize, at: usize, end: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    if token.kind != Kind::Mark
        || !(token.key == DOT || token.key == QUESTION || token.key == SHOUT || token.key == ELLIPSIS)
    {
        return false;
    }
    let following = tokens.get(at + 1..end).unwrap_or(&[]);
    let next = following.iter().find(|token| !closes(token));
    let after = text.as_bytes().get(token.end as usize).copied().unwrap_or(b' ');
    if token.key != DOT {
        let same_again = following.first().is_some_and(|next| {
            !next.shape.is_after_space() && (next.key == SHOUT || next.key == QUESTION || next.key == DOT)
        });
        let goes_on =
            next.is_some_and(|next| next.kind == Kind::Word && !next.shape.is_capitalised() && next.key != I);
        return !(same_again || goes_on && token.key != QUESTION);
    }
    if after.is_ascii_alphanumeric() || after == b'.' {
        return false;
    }
    if let Some(next) = next
        && next.kind == Kind::Word
        && !next.shape.is_capitalised()
    {
        return false;
    }
    let Some(before) =
        at.checked_sub(1).filter(|before| *before >= first).and_then(|before| tokens.get(before))
    else {
        return at > first;
    };
    let after_colon =
        at.checked_sub(2).and_then(|index| tokens.get(index)).is_some_and(|token| token.key == COLON);
    let list_number =
        before.kind == Kind::Number && (at - 1 == first || after_colon && before.end - before.start <= 2);
    let initial = before.kind == Kind::Word
        && before.end - before.start == 1
        && before.shape.is_capitalised()
        && before.key != I;
    let ordinal = before.kind == Kind::Number
        && before.end - before.start <= 2
        && next.is_some_and(|next| GERMAN_MONTHS.contains(&next.key));
    !(list_number || initial || ordinal || (before.kind == Kind::Word && ABBREVIATIONS.contains(&before.key)))
}

fn closes(token: &Token) -> bool {
    token.kind == Kind::Mark
        && (token.key == QUOTE || token.key == PAREN || token.key == BRACKET || token.key == APOSTROPHE)
}

const DOT: Key = Key::of(".");
const COLON: Key = Key::of(":");
const QUESTION: Key = Key::of("?");
const SHOUT: Key = Key::of("!");
const ELLIPSIS: Key = Key::of("\u{2026}");
const QUOTE: Key = Key::of("\"");
const APOSTROPHE: Key = Key::of("'");
const PAREN: Key = Key::of(")");
const BRACKET: Key = Key::of("]");
const I: Key = Key::of("i");

const GERMAN_MONTHS: [Key; 13] = Key::each([
    "januar",
    "jänner",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
]);

const ABBREVIATIONS: [Key; 46] = Key::each([
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "sr", "jr", "vs", "cf", "al", "fig", "vol", "pp", "ed",
    "eds", "dept", "approx", "ext", "tel", "est", "incl", "excl", "gen", "col", "jan", "feb", "aug", "sept",
    "oct", "nov", "dec", "bzw", "ca", "nr", "str", "vgl", "evtl", "ggf", "inkl", "zzgl", "abs", "hr", "fr",
    "eg",
]);
