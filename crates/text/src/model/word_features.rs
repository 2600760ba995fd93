//! Features of a text that is already taken apart: each word, its beginning and its end, two and three neighbours, words with
//! one between them, and the kind of document. Far cheaper than [`super::each_feature`], which reads every run of letters.
//! The hash and its constants are part of what a committed weight means, as there.

use super::BUCKETS;
use crate::word::{Kind, Token};

const BITS: u32 = BUCKETS.trailing_zeros();

const WORD: u64 = 0x9e37_79b9_7f4a_7c15;
const PAIR: u64 = 0xbf58_476d_1ce4_e5b9;
const APART: u64 = 0x94d0_49bb_1331_11eb;
const BEGINNING: u64 = 0xd6e8_feb8_6659_fd93;
const ENDING: u64 = 0xa076_1d64_78bd_642f;
const ABOUT: u64 = 0xe703_7ed1_a0b4_28db;

/// Stands before the first and after the last word.
const EDGE: u64 = 1;
const NUMBER: u64 = 2;
const LINK: u64 = 3;
const OBJECT: u64 = 4;

/// Words of more letters than this have features for their beginning and end.
const SHORT: usize = 4;
/// No letter after this many is looked at.
const LONGEST: usize = 40;

/// Calls `found` with the bucket of every feature of `tokens`, which stand in `text`. `about` is a word for what the text is
/// part of.
pub fn each_word_feature<F: FnMut(u32)>(text: &str, tokens: &[Token], about: &str, mut found: F) {
    found(bucket(mix(ABOUT, crate::Key::of(about).0)));
    let (mut before, mut earlier) = (EDGE, 0);
    let step = |before: u64, earlier: u64, name: u64, found: &mut F| {
        let pair = mix(mix(PAIR, before), name);
        found(bucket(pair));
        if earlier != 0 {
            found(bucket(mix(mix(APART, earlier), name)));
            found(bucket(mix(pair, earlier)));
        }
    };
    let mut letters = [0_u32; LONGEST];
    for token in tokens {
        let name = match token.kind {
            Kind::Word | Kind::Mark => token.key.0,
            Kind::Number => NUMBER,
            Kind::Link => LINK,
            Kind::Object => OBJECT,
        };
        found(bucket(mix(WORD, name)));
        if token.kind == Kind::Word && token.range().len() > SHORT {
            inside(token.of(text), &mut letters, &mut found);
        }
        step(before, earlier, name, &mut found);
        (before, earlier) = (name, before);
    }
    step(before, earlier, EDGE, &mut found);
}

/// The first four and six letters of a word, and its last three and four.
fn inside(word: &str, letters: &mut [u32; LONGEST], found: &mut impl FnMut(u32)) {
    let mut count = 0;
    for letter in word.chars().flat_map(char::to_lowercase) {
        let Some(place) = letters.get_mut(count) else { break };
        *place = u32::from(letter);
        count += 1;
    }
    let Some(letters) = letters.get(..count).filter(|letters| letters.len() > SHORT) else { return };
    let part =
        |seed: u64, letters: &[u32]| letters.iter().fold(seed, |hash, letter| mix(hash, u64::from(*letter)));
    for length in [4, 6] {
        if let Some(first) = letters.get(..length).filter(|_| count > length) {
            found(bucket(part(BEGINNING ^ length as u64, first)));
        }
    }
    for length in [3, 4] {
        if let Some(last) = letters.get(count - length..).filter(|_| count > length + 1) {
            found(bucket(part(ENDING ^ length as u64, last)));
        }
    }
}

fn mix(hash: u64, value: u64) -> u64 {
    let hash = (hash ^ value).wrapping_mul(0x2545_f491_4f6c_dd1d);
    hash ^ (hash >> 29)
}

fn bucket(hash: u64) -> u32 {
    (hash.wrapping_mul(WORD) >> (64 - BITS)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(text: &str) -> Vec<u32> {
        let mut all = Vec::new();
        each_word_feature(text, &crate::word::tokens(text), "reply", |bucket| all.push(bucket));
        all
    }

    #[test]
    fn the_hash_is_pinned() {
        assert_eq!(
            buckets("You clicked."),
            PINNED,
            "changing the features makes every committed weight meaningless"
        );
    }

    const PINNED: [u32; 18] = [
        1_371_486, 104_831, 1_971_396, 1_470_535, 11_992, 168_480, 833_052, 1_967_538, 104_870, 887_992,
        757_911, 1_509_667, 888_318, 1_012_861, 1_155_802, 298_142, 1_633_046, 1_033_142,
    ];

    #[test]
    fn capitals_numbers_and_contractions_fold_together() {
        assert_eq!(buckets("YOU clicked"), buckets("you Clicked"));
        assert_eq!(buckets("at 17:05"), buckets("at 3"));
        assert_eq!(buckets("don't"), buckets("do not"));
    }

    #[test]
    fn an_endless_word_stays_cheap() {
        assert!(buckets(&"äb".repeat(50_000)).len() < 20);
    }
}
