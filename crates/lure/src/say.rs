//! The sentences people read, by language. They stand in `words/say.*.txt`, several variants for one key.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The language of the person who reads our answer; not that of the message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    #[default]
    En,
    De,
}

impl Locale {
    /// From a language tag such as `de` or `de-AT`; English for every language we do not write yet.
    pub fn from_tag(tag: &str) -> Locale {
        match tag.split(['-', '_']).next() {
            Some(language) if language.eq_ignore_ascii_case("de") => Locale::De,
            _ => Locale::En,
        }
    }
}

/// Every variant for a key, in the order of the file. Empty for a key that is not there.
pub(crate) fn all(locale: Locale, key: &str) -> &'static [&'static str] {
    let sentences: &'static Sentences = match locale {
        Locale::En => &ENGLISH,
        Locale::De => &GERMAN,
    };
    sentences.get(key).map_or(&[], Vec::as_slice)
}

/// The first variant for a key.
pub(crate) fn one(locale: Locale, key: &str) -> &'static str {
    all(locale, key).first().copied().unwrap_or("")
}

pub(crate) type Sentences = BTreeMap<&'static str, Vec<&'static str>>;

static ENGLISH: LazyLock<Sentences> = LazyLock::new(|| sentences(include_str!("words/say.en.txt")));
static GERMAN: LazyLock<Sentences> = LazyLock::new(|| sentences(include_str!("words/say.de.txt")));

fn sentences(file: &'static str) -> Sentences {
    let mut sentences = Sentences::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, sentence)) = line.split_once(':') {
            sentences.entry(key.trim()).or_default().push(sentence.trim());
        }
    }
    sentences
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn every_sentence(locale: Locale) -> &'static Sentences {
        match locale {
            Locale::En => &ENGLISH,
            Locale::De => &GERMAN,
        }
    }

    #[test]
    fn both_languages_say_the_same_things_in_as_many_ways() {
        let ways = |locale| -> Vec<(&str, usize)> {
            every_sentence(locale).iter().map(|(key, variants)| (*key, variants.len())).collect()
        };
        assert_eq!(ways(Locale::En), ways(Locale::De));
    }

    #[test]
    fn no_sentence_stands_twice() {
        for locale in [Locale::En, Locale::De] {
            let mut seen = std::collections::BTreeSet::new();
            for sentence in every_sentence(locale).values().flatten() {
                assert!(!sentence.is_empty());
                assert!(seen.insert(*sentence), "`{sentence}` stands twice");
            }
        }
    }
}
