//! The words of `words.txt`, found all at once.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::fold::is_word;

/// A word found in folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub group: Group,
    pub language: &'static str,
    pub pattern: usize,
    pub start: usize,
    pub end: usize,
}

macro_rules! groups {
    ($($group:ident $name:literal)+) => {
        /// What a word does in a message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Group { $($group),+ }

        fn group(name: &str) -> Option<Group> {
            match name { $($name => Some(Group::$group),)+ _ => None }
        }
    };
}

groups! {
    Verify "verify" Account "account" Threat "threat" Signin "signin" Prize "prize" Crypto "crypto" Claim "claim"
    Parcel "parcel" Held "held" Mailbox "mailbox" Full "full" Renewal "renewal" Ended "ended" AdvanceFee "advance-fee"
    Blackmail "blackmail" BankChange "bank-change" GiftCards "gift-cards" Buy "buy" Call "call" Dial "dial" Charged "charged"
    Secrecy "secrecy" Errand "errand" Urgency "urgency" Greeting "greeting" Bait "bait" LurePaper "lure-paper"
    Refund "refund" Eligible "eligible" NeverAsks "never-asks"
}

impl Group {
    /// Whether a negation in front takes the sense away. Elsewhere it is part of the pretext (`you have not confirmed`,
    /// `could not be delivered`), or the words only name a thing.
    pub fn can_be_denied(self) -> bool {
        use Group::*;
        match self {
            Threat | Signin | BankChange | GiftCards | Buy | Errand | Urgency => true,
            Verify | Account | Prize | Crypto | Claim | Parcel | Held | Mailbox | Full | Renewal | Ended
            | AdvanceFee | Blackmail | Call | Dial | Charged | Secrecy | Greeting | Bait | LurePaper
            | Refund | Eligible | NeverAsks => false,
        }
    }
}

struct Word {
    group: Group,
    language: &'static str,
    goes_on: bool,
}

struct Words {
    finder: AhoCorasick,
    words: Vec<Word>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Vec::new();
    let mut patterns = Vec::new();
    let mut current = None;
    for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            current = group(name);
        } else if let (Some(group), Some((language, list))) = (current, line.split_once(": ")) {
            for word in list.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                patterns.push(word.trim_end_matches('*'));
                words.push(Word { group, language, goes_on: word.ends_with('*') });
            }
        }
    }
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(&patterns)
        .expect("the list of words is small and fixed");
    Words { finder, words }
});

/// Words that are looked at in one text.
const MOST_HITS: usize = 4_000;

/// Every known word in the text, by where it starts. Words may overlap.
pub(super) fn find(folded: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = WORDS
        .finder
        .find_overlapping_iter(folded)
        .filter_map(|found| {
            let pattern = found.pattern().as_usize();
            let word = WORDS.words.get(pattern)?;
            let end = if word.goes_on { rest_of_word(folded, found.end()) } else { found.end() };
            is_word(folded, found.start(), end).then_some(Hit {
                group: word.group,
                language: word.language,
                pattern,
                start: found.start(),
                end,
            })
        })
        .take(MOST_HITS)
        .collect();
    hits.sort_by_key(|hit| (hit.start, hit.end));
    hits
}

/// Where the word that goes on at `end` stops; words longer than 24 letters more are cut.
fn rest_of_word(folded: &str, end: usize) -> usize {
    let rest = folded.get(end..).unwrap_or_default();
    end + rest.chars().take(24).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_written_as_it_is_compared() {
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with(['#', '['])) {
            let list = line.split_once(": ").map_or("", |(_, list)| list);
            assert_eq!(crate::fold::fold(list).text, list);
        }
    }

    #[test]
    fn every_group_has_words_in_six_languages() {
        let mut current = "";
        let mut languages = 6;
        for line in
            include_str!("words.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            if line.starts_with('[') {
                assert!(languages >= 5, "{current}: {languages}");
                assert!(group(line.trim_matches(['[', ']'])).is_some(), "{line}");
                (current, languages) = (line, 0);
            } else {
                languages += 1;
            }
        }
    }
}
