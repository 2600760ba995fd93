//! How a text is written: slips, decoration, years, numbers. Small checks on characters, each
//! bounded, none of which knows what the words mean.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use finding::Span;
use std::sync::LazyLock;

use crate::fold::{self, LONGEST};

/// Slips of the pen that a reader sees in any language: no space after a sentence, a doubled stop, a doubled word,
/// a space before a comma, broken letters.
pub(crate) fn slips(text: &str, folded: &fold::Folded) -> Vec<Span> {
    let mut slips = Vec::new();
    let mut last = None;
    let mut before = ['\n'; 3];
    for (at, character) in text.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let [third, second, first] = before;
        before = [second, first, character];
        // Every slip has one of these at its middle or end; the rest of the text passes quickly.
        if !matches!(first, '.' | '!' | '?' | ',' | ' ' | 'Ã' | 'â') && character != '\u{fffd}' {
            continue;
        }
        let no_space = character.is_uppercase()
            && matches!(first, '.' | '!' | '?' | ',')
            && second.is_lowercase()
            && third.is_lowercase();
        let doubled =
            !matches!(character, '.' | ' ' | '!') && first == '.' && second == '.' && third.is_alphabetic()
                || character.is_whitespace() && first == '.' && second == '.' && third.is_alphabetic();
        let early = character == ',' && first == ' ' && second.is_alphabetic();
        let loose = character.is_lowercase()
            && first == ' '
            && matches!(second, '\'' | '’')
            && third.is_alphabetic()
            && is_parted(text, at);
        let broken = character == '\u{fffd}'
            || (first == 'Ã' && matches!(character, '¼' | '¤' | '¶' | '©' | '£' | '§' | 'ƒ'))
            || (first == 'â' && character == '€');
        if no_space || doubled || early || loose || broken {
            let start =
                at.saturating_sub([third, second, first].iter().map(|letter| letter.len_utf8()).sum());
            let span = whole_words(text, Span::new(start, at + character.len_utf8()));
            if last.is_none_or(|last| last + 40 < at) && !span.of(text).is_some_and(is_address) {
                slips.push(span);
                last = Some(at);
            }
        }
    }
    slips.extend(doubled_words(folded));
    slips
}

/// Whether the word at `at` and the one before the apostrophe and the space belong together, as in `we' re` and `l' offre`;
/// a plural such as `the users' names` and a closing quotation mark stand as they should.
fn is_parted(text: &str, at: usize) -> bool {
    const ENDINGS: &[&str] = &["s", "re", "ll", "ve", "t", "m", "d"];
    const ELIDED: &[&str] = &["l", "d", "c", "n", "j", "m", "qu"];
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let ending = after.split(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
    let word =
        before.trim_end_matches([' ', '\'', '’']).rsplit(char::is_whitespace).next().unwrap_or_default();
    ENDINGS.contains(&ending) || ELIDED.contains(&word.to_lowercase().as_str())
}

/// Most characters of a word that are shown to either side of a slip.
const LONGEST_WORD: usize = 60;

/// The words a piece of a text belongs to, from space to space.
fn whole_words(text: &str, piece: Span) -> Span {
    let before = text.get(..piece.start).unwrap_or_default();
    let after = text.get(piece.end..).unwrap_or_default();
    let in_word = |character: &char| !character.is_whitespace();
    let length = |character: char| character.len_utf8();
    let left: usize = before.chars().rev().take_while(in_word).take(LONGEST_WORD).map(length).sum();
    let right: usize = after.chars().take_while(in_word).take(LONGEST_WORD).map(length).sum();
    let words = Span::new(piece.start - left, piece.end + right);
    // The piece itself may begin or end with a space.
    let written = words.of(text).unwrap_or_default();
    let begins = words.start + (written.len() - written.trim_start().len());
    Span::new(begins, begins + written.trim().len())
}

/// Web and mail addresses follow rules of their own.
fn is_address(words: &str) -> bool {
    let has_path = words.split_once('/').is_some_and(|(host, _)| {
        host.contains('.')
            && !host.chars().any(|character| character.is_uppercase() || character.is_whitespace())
    });
    words.contains("://") || words.contains('@') || words.starts_with("www.") || has_path
}

fn doubled_words(folded: &fold::Folded) -> Vec<Span> {
    let mut found = Vec::new();
    let mut last: (&str, usize) = ("", 0);
    let mut start = 0usize;
    for word in folded.text.split(' ') {
        if word.len() >= 2
            && word == last.0
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && MAY_NOT_DOUBLE.contains(&word)
        {
            found.push(folded.source(last.1, start + word.len()));
        }
        if !word.is_empty() {
            last = (word, start);
        }
        start += word.len() + 1;
    }
    found.truncate(2);
    found
}

const MAY_NOT_DOUBLE: &[&str] = &[
    "the", "at", "to", "of", "is", "in", "a", "and", "your", "for", "we", "on", "der", "und", "ist", "im",
    "zu", "de", "do", "que", "het", "een", "van", "le", "la", "du", "et", "les", "with", "this", "be", "are",
    "will", "os",
];

/// What stands where somebody forgot to fill something in.
const PLACEHOLDERS: &[&str] = &[
    "{{",
    "}}",
    "%RND",
    "{numero}",
    "{name}",
    "{email}",
    "[first-name]",
    "[First Name]",
    "[Name]",
    "[name]",
    "[phone number]",
    "[issue]",
    "orem ipsum",
    "*|",
    "##",
    "[[",
    "%%",
    "{first",
    "{company",
    "[date",
    "***lorem***",
    "[EMAIL]",
    "[email]",
    "[E-mail",
    "[Trust User",
    "{specific",
    "%EMAIL%",
    "%NAME%",
    "<name>",
    "$name",
    "insert name",
];

/// Finds the first of [`PLACEHOLDERS`], the shortest where two begin alike.
static PLACEHOLDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut signs = PLACEHOLDERS.to_vec();
    signs.sort_by_key(|sign| sign.len());
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostFirst)
        .build(signs)
        .ok()
});

/// A place that somebody forgot to fill in.
pub(crate) fn placeholder(text: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let found = PLACEHOLDER.as_ref()?.find(bytes.get(..LONGEST).unwrap_or(bytes))?;
    Some(Span::new(found.start(), found.end()))
}

/// The newest year beside a copyright mark.
pub(crate) fn copyright_year(text: &str) -> Option<(i64, Span)> {
    let mut newest: Option<(i64, Span)> = None;
    let marks = ["©", "opyright", "OPYRIGHT", "®20", "(c) 20"];
    for mark in marks {
        for start in memchr::memmem::find_iter(text.as_bytes(), mark).take(6) {
            let after: String = text.get(start..).unwrap_or("").chars().take(40).collect();
            let year = years(&after).max();
            let before: String = text
                .get(..start)
                .unwrap_or("")
                .chars()
                .rev()
                .take(8)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            if let Some(year) = year.or_else(|| years(&before).max())
                && newest.is_none_or(|(known, _)| year > known)
            {
                newest = Some((year, Span::new(start, start + mark.len())));
            }
        }
    }
    newest
}

fn years(text: &str) -> impl Iterator<Item = i64> + '_ {
    text.split(|character: char| !character.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse::<i64>().ok())
        .filter(|year| (1995..=2100).contains(year))
}

/// The year of a moment in seconds since 1970 UTC.
pub(crate) fn year_of(seconds: i64) -> Option<i64> {
    const YEAR: f64 = 365.2425 * 86_400.0;
    let year = 1970 + (seconds as f64 / YEAR).floor() as i64;
    (1995..=2100).contains(&year).then_some(year)
}

/// Emoji, letters of mathematics, piled-up signs, or nearly all capitals.
pub(crate) fn is_dressed_up(line: &str) -> bool {
    let mut letters = 0usize;
    let mut capitals = 0usize;
    let mut marks = 0usize;
    for character in line.chars().take(400) {
        let code = character as u32;
        let picture =
            matches!(code, 0x1f000..=0x1faff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1d400..=0x1d7ff);
        if picture || character == '\u{fffd}' {
            return true;
        }
        letters += usize::from(character.is_alphabetic());
        capitals += usize::from(character.is_uppercase());
        marks += usize::from(matches!(character, '!' | '*' | '|' | '_' | '~' | '^'));
    }
    let spaced = line.split(' ').filter(|word| word.chars().count() == 1).count() >= 5;
    marks >= 2 || spaced || (letters >= 14 && capitals * 10 >= letters * 8)
}

/// The first word in capitals, where one longer word in eight and at least six of them are.
pub(crate) fn shouts(text: &str) -> Option<Span> {
    let mut long = 0usize;
    let mut loud = 0usize;
    let mut first = None;
    let mut words = 0usize;
    let mut start = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let here = Span::new(start, start + word.len());
        start += piece.len();
        words += usize::from(!word.is_empty());
        if words > 600 {
            break;
        }
        if word.chars().filter(|character| character.is_alphabetic()).count() >= 4 {
            long += 1;
            if !word.chars().any(char::is_lowercase) {
                loud += 1;
                first = first.or(Some(here));
            }
        }
    }
    first.filter(|_| loud >= 6 && loud * 8 >= long)
}

/// A long number, an address on the network or a code with letters and digits, as case numbers are.
pub(crate) fn reference_number(text: &str) -> Option<Span> {
    let mut start = 0;
    for word in text.split_inclusive(|character: char| {
        character.is_whitespace() || matches!(character, '[' | ']' | '(' | ')')
    }) {
        let at = start;
        start += word.len();
        if at > LONGEST {
            return None;
        }
        let word = word.trim_matches(|character: char| !character.is_alphanumeric());
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let plain = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b':'));
        let is_date =
            digits == 8 && word.contains(['/', '.', '-']) || word.matches(':').count() > 0 && digits <= 6;
        let is_network =
            word.split('.').count() == 4 && word.split('.').all(|part| part.parse::<u8>().is_ok());
        let is_number = plain && (6..=18).contains(&digits) && !is_date && !word.contains('.');
        let is_code = !plain
            && digits >= 4
            && word.len() >= 7
            && word.len() <= 40
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        if is_network || is_number || is_code {
            let offset = text.get(at..).and_then(|rest| rest.find(word)).unwrap_or(0);
            return Some(Span::new(at + offset, at + offset + word.len()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_and_good_writing_is_not() {
        let slips = |text: &str| slips(text, &fold::Folded::new(text));
        assert_eq!(slips("It takes your time.Your view counts.").len(), 1);
        assert_eq!(slips("we' re sorry").len(), 1);
        assert_eq!(slips("It is at at risk").len(), 1);
        let text = "Sorry, we' re away. Voyez l' offre, les clients d’ ici";
        let quoted: Vec<&str> = slips(text).iter().filter_map(|span| span.of(text)).collect();
        assert_eq!(quoted, ["we' re", "d’ ici"], "whole words are shown, and neighbours are one");
        assert!(slips("our customers' privacy and the users' passwords, the 'good' one").is_empty());
        assert!(
            slips("See https://example.org/view.Aspx?Id=3 or example.org/view.Aspx or tom@post.Example")
                .is_empty()
        );
        assert!(slips("All is well. Write to us, e.g. at example.org or U.S. Mail...").is_empty());
    }

    #[test]
    fn reference_numbers_are_told_from_dates_and_times() {
        assert!(reference_number("Case 5873258512 is open").is_some());
        assert!(reference_number("from 103.225.77.255").is_some());
        assert!(reference_number("ID YDW6-4410HY").is_some());
        assert!(reference_number("on 12-03-2024 at 10:15:20, price 1.234.567").is_none());
    }

    #[test]
    fn years_are_read() {
        assert_eq!(copyright_year("© 2018-2022 Example").map(|(year, _)| year), Some(2022));
        assert_eq!(year_of(1_700_000_000), Some(2023));
    }
}
