//! Words, numbers, marks and links of a text with byte spans, found in one pass. Never allocates per word and never panics.

use crate::key::{Key, KeyOf};
use crate::mark::{is_silent, plain_mark};
use crate::shape::Shape;

/// One word, number, mark, link or piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub shape: Shape,
    /// The word without regard to capitals; contractions are read in full (`n't` is `not`).
    pub key: Key,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters, perhaps with digits; an abbreviation with its dots (`e.g.`).
    Word,
    /// Starts with a digit: `7`, `16:00`, `1,000`, `2026-06-30`, `3rd`.
    Number,
    /// One punctuation mark or symbol.
    Mark,
    /// An address of a page or a mailbox, or a dotted name such as `portal.example`.
    Link,
    /// Code, a path, an identifier, or the stand-in for something that is not prose.
    Object,
}

/// The character that stands for something that is not prose (code, a picture) in prepared text.
pub const STAND_IN: char = '\u{FFFC}';

impl Token {
    /// The bytes of the token.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The token's part of `text`, empty where it does not fit.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether it is a word or a number.
    pub fn is_wordlike(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.key == Key::of_char(mark)
    }
}

/// All tokens of `text`. Texts longer than 4 GiB are read up to there.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5 + 8);
    tokens_into(text, 0..text.len(), &mut found);
    found
}

/// Adds the tokens of `text[range]` to `found`, with spans into `text`.
pub fn tokens_into(text: &str, range: std::ops::Range<usize>, found: &mut Vec<Token>) {
    let end = range.end.min(text.len()).min(u32::MAX as usize);
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: range.start, end, space: true };
    while scanner.at < scanner.end {
        scanner.step(found);
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    end: usize,
    /// Whether white space or the beginning stands before `at`.
    space: bool,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.bytes.get(at).copied().unwrap_or(0) } else { 0 }
    }

    fn char_at(&self, at: usize) -> char {
        self.text.get(at..self.end).and_then(|rest| rest.chars().next()).unwrap_or('\0')
    }

    fn step(&mut self, found: &mut Vec<Token>) {
        let byte = self.byte(self.at);
        match byte {
            b' ' | b'\n' | b'\t' | b'\r' => {
                self.at += 1;
                self.space = true;
                return;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.word(found),
            b'/' | b'~'
                if self.space
                    && (self.byte(self.at + 1).is_ascii_alphanumeric() || self.byte(self.at + 1) == b'/') =>
            {
                self.object(found)
            }
            b'-' if self.space
                && self.byte(self.at + 1) == b'-'
                && self.byte(self.at + 2).is_ascii_alphabetic() =>
            {
                self.object(found)
            }
            0..=0x7f => {
                let part_of_word = byte == b'-' && !self.space && is_word_byte(self.byte(self.at + 1));
                if !part_of_word {
                    self.push(found, Kind::Mark, self.at, self.at + 1, Key::of_char(byte as char));
                }
                self.at += 1;
            }
            _ => {
                let char = self.char_at(self.at);
                if char == STAND_IN {
                    self.push(found, Kind::Object, self.at, self.at + char.len_utf8(), Key::of_char(char));
                    self.at += char.len_utf8();
                } else if char.is_alphanumeric() {
                    self.word(found);
                } else {
                    if char.is_whitespace() {
                        self.space = true;
                        self.at += char.len_utf8();
                        return;
                    }
                    if !is_silent(char) {
                        let plain = plain_mark(char);
                        self.push(found, Kind::Mark, self.at, self.at + char.len_utf8(), Key::of_char(plain));
                    }
                    self.at += char.len_utf8().max(1);
                }
            }
        }
        self.space = false;
    }

    fn word(&mut self, found: &mut Vec<Token>) {
        let start = self.at;
        if self.starts_address(start) {
            return self.link(found, start);
        }
        let mut at = start;
        let mut key = KeyOf::new();
        let mut shape = ShapeOf::default();
        let mut apostrophe: Option<(usize, usize, Key)> = None;
        let mut identifier = false;
        let mut dots = 0usize;
        let mut longest_part = 0usize;
        let mut part = 0usize;
        let number = self.char_at(start).is_numeric();
        loop {
            let byte = self.byte(at);
            match byte {
                b'a'..=b'z' => {
                    key.push(byte);
                    shape.lower += 1;
                    part += 1;
                    at += 1;
                }
                b'A'..=b'Z' => {
                    key.push(byte | 0x20);
                    shape.upper(at == start);
                    part += 1;
                    at += 1;
                }
                b'0'..=b'9' => {
                    key.push(byte);
                    part += 1;
                    at += 1;
                }
                b'\'' if !number && self.letter_follows(at + 1) && apostrophe.is_none() => {
                    apostrophe = Some((at, at + 1, key.key()));
                    key.push(b'\'');
                    at += 1;
                }
                b'_' if is_word_byte(self.byte(at + 1)) || self.byte(at + 1) == b'_' => {
                    identifier = true;
                    key.push(byte);
                    at += 1;
                }
                b'.' if self.dot_joins(at, start) => {
                    longest_part = longest_part.max(part);
                    part = 0;
                    dots += 1;
                    key.push(byte);
                    at += 1;
                }
                b':' | b',' | b'-' | b'/' if number && self.byte(at + 1).is_ascii_digit() => {
                    key.push(byte);
                    at += 1;
                }
                b'@' if self.byte(at + 1).is_ascii_alphanumeric() => return self.link(found, start),
                b':' if self.byte(at + 1) == b':' && is_word_byte(self.byte(at + 2)) => {
                    identifier = true;
                    key.push(byte);
                    at += 2;
                }
                0..=0x7f => break,
                _ => {
                    let char = self.char_at(at);
                    if char == '\u{2019}' && !number && self.letter_follows(at + 3) && apostrophe.is_none() {
                        apostrophe = Some((at, at + 3, key.key()));
                        key.push(b'\'');
                    } else if char.is_alphanumeric() {
                        key.push_char(char);
                        if char.is_uppercase() {
                            shape.upper(at == start);
                        } else {
                            shape.lower += 1;
                        }
                        part += 1;
                    } else if !is_silent(char) {
                        break;
                    }
                    at += char.len_utf8();
                }
            }
            if at >= self.end {
                break;
            }
        }
        longest_part = longest_part.max(part);
        let shape = shape.shape();
        if dots > 0 && !number {
            if longest_part == 1 {
                if self.byte(at) == b'.' {
                    key.push(b'.');
                    at += 1;
                }
            } else {
                self.push_shaped(found, Kind::Link, start, at, key.key(), shape);
                self.at = at;
                return;
            }
        }
        let kind = match (identifier, number) {
            (true, _) => Kind::Object,
            (false, true) => Kind::Number,
            (false, false) => Kind::Word,
        };
        match apostrophe {
            Some((before, after, base)) if !identifier => {
                self.contraction(found, start, (before, after), at, base, key.key(), shape)
            }
            _ if kind == Kind::Word && key.key() == CANNOT => {
                self.push_shaped(found, Kind::Word, start, start + 3, CAN, shape);
                self.push_shaped(found, Kind::Word, start + 3, at, NOT, Shape::default());
            }
            _ => self.push_shaped(found, kind, start, at, key.key(), shape),
        }
        self.at = at.max(start + 1);
    }

    /// Reads `don't` as `do` and `not`, `you've` as `you` and `have`, and so on.
    #[expect(clippy::too_many_arguments, reason = "the parts of one word that was just read")]
    fn contraction(
        &self,
        found: &mut Vec<Token>,
        start: usize,
        (before, after): (usize, usize),
        end: usize,
        base: Key,
        whole: Key,
        shape: Shape,
    ) {
        let tail = self.text.get(after..end).unwrap_or("");
        let is = |word: &str| tail.eq_ignore_ascii_case(word);
        let ends_in_n = matches!(self.byte(before.saturating_sub(1)), b'n' | b'N') && before > start + 1;
        if is("t") && ends_in_n {
            let mut stem = KeyOf::new();
            for byte in self.bytes.get(start..before - 1).unwrap_or(&[]) {
                stem.push(byte.to_ascii_lowercase());
            }
            let stem = stem.key();
            let (stem, split) = match stem {
                CA => (CAN, before),
                WO => (WILL, before - 1),
                SHA => (SHALL, before - 1),
                AI => (IS, before - 1),
                other => (other, before - 1),
            };
            self.push_shaped(found, Kind::Word, start, split, stem, shape);
            self.push_shaped(found, Kind::Word, split, end, NOT, Shape::default());
            return;
        }
        let tail_key = if is("ve") {
            HAVE
        } else if is("re") {
            ARE
        } else if is("ll") {
            WILL
        } else if is("m") {
            AM
        } else if is("s") {
            POSSESSIVE
        } else if is("d") {
            WOULD_OR_HAD
        } else {
            return self.push_shaped(found, Kind::Word, start, end, whole, shape);
        };
        self.push_shaped(found, Kind::Word, start, before, base, shape);
        self.push_shaped(found, Kind::Word, before, end, tail_key, Shape::default());
    }

    fn starts_address(&self, start: usize) -> bool {
        if !matches!(self.byte(start) | 0x20, b'h' | b'w' | b'f' | b'm') {
            return false;
        }
        let rest = self.bytes.get(start..self.end).unwrap_or(&[]);
        [&b"http://"[..], b"https://", b"www.", b"ftp://", b"mailto:"].iter().any(|begin| {
            rest.len() > begin.len() && rest.iter().zip(*begin).all(|(a, b)| a.to_ascii_lowercase() == *b)
        })
    }

    fn link(&mut self, found: &mut Vec<Token>, start: usize) {
        let mut at = start;
        while at < self.end {
            let byte = self.byte(at);
            if byte.is_ascii_whitespace()
                || matches!(byte, b'<' | b'>' | b'"' | b'`' | b')' | b']' | b'}' | b'|')
            {
                break;
            }
            at += 1;
        }
        while at > start + 1 && matches!(self.byte(at - 1), b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'') {
            at -= 1;
        }
        while at > start + 1 && !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.push(found, Kind::Link, start, at, LINK);
        self.at = at;
    }

    fn object(&mut self, found: &mut Vec<Token>) {
        let start = self.at;
        let mut at = start;
        while at < self.end
            && !self.byte(at).is_ascii_whitespace()
            && !matches!(self.byte(at), b',' | b')' | b';' | b'"')
        {
            at += 1;
        }
        while at > start + 1
            && (matches!(self.byte(at - 1), b'.' | b':' | b'!' | b'?') || !self.text.is_char_boundary(at))
        {
            at -= 1;
        }
        self.push(found, Kind::Object, start, at, OBJECT);
        self.at = at;
    }

    fn letter_follows(&self, at: usize) -> bool {
        let byte = self.byte(at);
        byte.is_ascii_alphabetic() || (byte >= 0x80 && self.char_at(at).is_alphabetic())
    }

    /// Whether the dot at `at` is inside a name or an abbreviation rather than the end of a sentence.
    fn dot_joins(&self, at: usize, start: usize) -> bool {
        let next = self.byte(at + 1);
        if next < 0x80 && !next.is_ascii_alphanumeric()
            || next >= 0x80 && !self.char_at(at + 1).is_alphanumeric()
        {
            return false;
        }
        let before = self.byte(at.saturating_sub(1));
        let sentence_without_space =
            next.is_ascii_uppercase() && before.is_ascii_lowercase() && at > start + 1;
        !sentence_without_space
    }

    fn push(&self, found: &mut Vec<Token>, kind: Kind, start: usize, end: usize, key: Key) {
        self.push_shaped(found, kind, start, end, key, Shape::default());
    }

    fn push_shaped(
        &self,
        found: &mut Vec<Token>,
        kind: Kind,
        start: usize,
        end: usize,
        key: Key,
        shape: Shape,
    ) {
        found.push(Token {
            start: start as u32,
            end: end as u32,
            kind,
            shape: shape.after_space(self.space),
            key,
        });
    }
}

#[derive(Default)]
struct ShapeOf {
    first_upper: bool,
    uppers: u32,
    lower: u32,
}

impl ShapeOf {
    fn upper(&mut self, first: bool) {
        self.first_upper |= first;
        self.uppers += 1;
    }

    fn shape(&self) -> Shape {
        Shape::default().capitalised(self.first_upper).capitals(self.uppers > 1 && self.lower == 0)
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

const CANNOT: Key = Key::of("cannot");
const CAN: Key = Key::of("can");
const CA: Key = Key::of("ca");
const WO: Key = Key::of("wo");
const SHA: Key = Key::of("sha");
const AI: Key = Key::of("ai");
const IS: Key = Key::of("is");
const SHALL: Key = Key::of("shall");
const WILL: Key = Key::of("will");
const NOT: Key = Key::of("not");
const HAVE: Key = Key::of("have");
const ARE: Key = Key::of("are");
const AM: Key = Key::of("am");
const POSSESSIVE: Key = Key::of("'s");
const WOULD_OR_HAD: Key = Key::of("'d");
const LINK: Key = Key::of("\u{1}link");
const OBJECT: Key = Key::of("\u{FFFC}");
