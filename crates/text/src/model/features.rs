//! Text to hashed features: words, word pairs and the letters inside words, each with the words it came from.
//! The hash and its constants are part of the file format of a model: changing anything here changes what every
//! committed weight means. It never looks at meaning and never fails.

use finding::Span;

/// How many bits address one family of features (words, or letters).
pub const BUCKET_BITS: u32 = 20;
/// How many buckets there are over both families.
pub const BUCKETS: usize = 1 << (BUCKET_BITS + 1);
/// The number written into every model file; it changes with the features or the hash.
pub const FEATURES_VERSION: u16 = 1;

const WORD_SEED: u32 = 0x5bd1_e995;
const PAIR_SEED: u32 = 0x27d4_eb2f;
const LETTER_SEED: u32 = 0x1656_67b1;
const SHOUT: u32 = 0x85eb_ca6b;
const LETTER_FAMILY: u32 = 1 << BUCKET_BITS;
/// Longest run of letters that is one feature.
const LONGEST_RUN: usize = 5;
/// Words are cut here for hashing, so that one endless token costs no more than an ordinary sentence.
const LONGEST_WORD: usize = 40;

/// One occurrence of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Which weight it looks up, below [`BUCKETS`].
    pub bucket: u32,
    /// The token it comes from, counted from zero.
    pub token: u32,
    /// The token before as well, for a pair.
    pub pair: bool,
}

/// Walks `text` once and calls `found` for every feature. Returns how many tokens there were.
pub fn each_feature(text: &str, mut found: impl FnMut(Feature)) -> u32 {
    walk(text, |_| {}, &mut found)
}

/// Where each token of `text` stands, in the numbering that [`Feature::token`] uses.
pub fn token_spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    walk(text, |span| spans.push(span), &mut |_| {});
    spans
}

fn walk(text: &str, mut token: impl FnMut(Span), found: &mut impl FnMut(Feature)) -> u32 {
    let mut letters: Vec<u32> = Vec::with_capacity(LONGEST_WORD + 2);
    let mut count = 0_u32;
    let mut before: Option<u32> = None;
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() || is_joiner(first) {
            continue;
        }
        let mut end = start + first.len_utf8();
        letters.clear();
        letters.push(u32::from(' '));
        let word = first.is_alphanumeric();
        let mut capitals = 0_u32;
        let mut small = false;
        push_letter(&mut letters, first, &mut capitals, &mut small);
        while let Some(&(at, next)) = rest.peek() {
            let belongs = if word {
                next.is_alphanumeric()
                    || is_apostrophe(next)
                        && text
                            .get(at + next.len_utf8()..)
                            .is_some_and(|after| after.starts_with(char::is_alphanumeric))
            } else {
                next == first
            };
            if !belongs {
                break;
            }
            end = at + next.len_utf8();
            push_letter(&mut letters, next, &mut capitals, &mut small);
            rest.next();
        }
        token(Span::new(start, end));
        let name = letters.iter().skip(1).fold(WORD_SEED, |hash, letter| mix(hash, *letter));
        found(Feature { bucket: bucket(finish(name)), token: count, pair: false });
        let pair = mix(mix(PAIR_SEED, before.unwrap_or(0)), name);
        found(Feature { bucket: bucket(finish(pair)), token: count, pair: before.is_some() });
        if capitals >= 3 && !small {
            found(Feature { bucket: bucket(finish(SHOUT)), token: count, pair: false });
        }
        if word {
            letters.push(u32::from(' '));
            letter_runs(&letters, count, found);
        }
        before = Some(name);
        count = count.saturating_add(1);
    }
    if let Some(last) = before {
        let pair = mix(mix(PAIR_SEED, last), 0);
        found(Feature { bucket: bucket(finish(pair)), token: count.saturating_sub(1), pair: false });
    }
    count
}

fn letter_runs(letters: &[u32], token: u32, found: &mut impl FnMut(Feature)) {
    for start in 0..letters.len() {
        let mut hash = LETTER_SEED;
        for (length, letter) in letters.iter().skip(start).take(LONGEST_RUN).enumerate() {
            hash = mix(hash, *letter);
            if length > 0 {
                found(Feature { bucket: LETTER_FAMILY | bucket(finish(hash)), token, pair: false });
            }
        }
    }
}

/// Adds a letter as it is compared: small, one apostrophe, every digit alike, no letter more than twice in a row.
fn push_letter(letters: &mut Vec<u32>, letter: char, capitals: &mut u32, small: &mut bool) {
    if letters.len() > LONGEST_WORD {
        return;
    }
    let mut push = |folded: char| {
        let folded = u32::from(folded);
        let twice = letters.len() >= 2 && letters.iter().rev().take(2).all(|earlier| *earlier == folded);
        if !twice {
            letters.push(folded);
        }
    };
    if letter.is_ascii() {
        *capitals += u32::from(letter.is_ascii_uppercase());
        *small |= letter.is_ascii_lowercase();
        push(if letter.is_ascii_digit() { '0' } else { letter.to_ascii_lowercase() });
    } else if is_apostrophe(letter) {
        push('\'');
    } else {
        letter.to_lowercase().for_each(push);
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}')
}

/// Marks that only change how the sign before them looks: variation selectors, joiners, skin tones.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{2060}' | '\u{feff}')
}

fn mix(hash: u32, value: u32) -> u32 {
    let hash = (hash ^ value).wrapping_mul(0x9e37_79b1);
    hash ^ (hash >> 15)
}

fn finish(hash: u32) -> u32 {
    let hash = hash.wrapping_mul(0x85eb_ca77);
    hash ^ (hash >> 13)
}

fn bucket(hash: u32) -> u32 {
    hash >> (32 - BUCKET_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(text: &str) -> Vec<u32> {
        let mut all = Vec::new();
        each_feature(text, |feature| all.push(feature.bucket));
        all
    }

    #[test]
    fn the_hash_is_pinned() {
        assert_eq!(buckets("hi"), PINNED, "changing the features makes every committed weight meaningless");
    }

    const PINNED: [u32; 9] =
        [629_690, 757_245, 1_283_554, 1_294_595, 1_492_764, 1_633_240, 1_911_782, 1_612_587, 506_416];

    #[test]
    fn capitals_curly_quotes_digits_and_long_letters_fold_together() {
        assert_eq!(buckets("don't"), buckets("Don\u{2019}t"));
        assert_eq!(buckets("at 17"), buckets("at 42"));
        assert_eq!(buckets("soo"), buckets("soooooo"));
        assert_ne!(buckets("HELP"), buckets("help"), "shouting is heard");
    }

    #[test]
    fn tokens_stand_where_they_are_in_the_text() {
        let text = "Grüße, I'm 😰!!";
        let words: Vec<_> = token_spans(text).iter().filter_map(|span| span.of(text)).collect();
        assert_eq!(words, ["Grüße", ",", "I'm", "😰", "!!"]);
    }

    #[test]
    fn an_endless_token_stays_cheap() {
        let long = "ab".repeat(50_000);
        assert!(buckets(&long).len() < 300);
    }
}
