//! Which texts say nearly the same, so that they stay on one side of every split.

use std::collections::{BTreeMap, BTreeSet};

/// One number a text; texts that share at least half of their word triples (Jaccard index), directly or through
/// others, have the same number.
pub fn near_duplicates(texts: &[String]) -> Vec<usize> {
    let triples: Vec<BTreeSet<Vec<String>>> = texts.iter().map(|text| triples(text)).collect();
    let mut parents: Vec<usize> = (0..texts.len()).collect();
    let mut holders: BTreeMap<&Vec<String>, Vec<usize>> = BTreeMap::new();
    for (text, set) in triples.iter().enumerate() {
        for triple in set {
            holders.entry(triple).or_default().push(text);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for texts in holders.values().filter(|texts| texts.len() > 1) {
        for (place, one) in texts.iter().enumerate() {
            for other in &texts[place + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    for ((one, other), both) in shared {
        let all = triples[one].len() + triples[other].len() - both;
        if both * 2 >= all {
            let (one, other) = (root(&parents, one), root(&parents, other));
            parents[one.max(other)] = one.min(other);
        }
    }
    (0..texts.len()).map(|text| root(&parents, text)).collect()
}

fn root(parents: &[usize], mut text: usize) -> usize {
    while parents[text] != text {
        text = parents[text];
    }
    text
}

fn triples(text: &str) -> BTreeSet<Vec<String>> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() < 3 {
        return BTreeSet::from([words]);
    }
    words.windows(3).map(<[String]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_the_same_is_one_group() {
        let texts = [
            "please verify your account at the bank today or lose access",
            "Please verify your account at the bank TODAY, or lose access now",
            "the parcel is waiting for you in the office",
        ]
        .map(str::to_owned);
        assert_eq!(near_duplicates(&texts), [0, 0, 2]);
    }
}
