//! Words that say the same to a reader under pressure, gathered under one name, so that a model of persuasion learned
//! from few texts also knows the words it has not seen. Part of the file format, as the hash is.

use std::sync::LazyLock;

/// Name of a concept and the beginnings of words (`*`), words, or pairs of words that stand for it.
const CONCEPTS: [(&str, &[&str]); 8] = [
    (
        "qqloss",
        &[
            "suspen*",
            "terminat*",
            "deactivat*",
            "disabl*",
            "lock*",
            "block*",
            "restrict*",
            "delet*",
            "cancel*",
            "expir*",
            "shut",
            "shutdown",
            "discontinu*",
            "interrupt*",
            "inactive",
            "lose",
            "losing",
            "revok*",
        ],
    ),
    (
        "qqdanger",
        &[
            "unauthori*",
            "compromis*",
            "fraud*",
            "violat*",
            "illegal*",
            "stolen",
            "theft",
            "hack*",
            "intru*",
            "suspicious",
            "legal action",
            "penalt*",
            "third party",
        ],
    ),
    (
        "qqhaste",
        &[
            "urgent*",
            "immediate*",
            "asap",
            "hour",
            "hours",
            "promptly",
            "quickly",
            "soon as",
            "deadline",
            "today",
            "days",
            "final notice",
            "last warning",
            "right away",
            "at once",
            "limited time",
            "expires",
        ],
    ),
    (
        "qqelse",
        &[
            "failure to",
            "fail to",
            "failing to",
            "do not",
            "unless",
            "otherwise",
            "or else",
            "will be",
            "will result",
            "to avoid",
            "to prevent",
        ],
    ),
    (
        "qqgain",
        &[
            "million*",
            "prize*",
            "won",
            "winn*",
            "lotter*",
            "bonus",
            "reward*",
            "gift*",
            "inherit*",
            "fund",
            "funds",
            "dollar*",
            "usd",
            "compensat*",
            "refund*",
            "cash",
            "discount*",
            "offer*",
            "profit*",
        ],
    ),
    (
        "qqothers",
        &[
            "all customers",
            "all users",
            "all members",
            "all staff",
            "all students",
            "all our",
            "other customers",
            "our customers",
            "our members",
            "our users",
            "many people",
            "everyone",
            "everybody",
            "thousands",
            "others",
            "colleagues",
            "all account*",
        ],
    ),
    (
        "qqnear",
        &[
            "dear friend",
            "my dear",
            "beloved",
            "god",
            "bless*",
            "friend",
            "friends",
            "love",
            "dearest",
            "sincere*",
            "kind hearted",
            "trust",
            "confiden*",
            "honest*",
            "wife",
            "husband",
            "widow",
            "orphan*",
        ],
    ),
    (
        "qqgive",
        &[
            "you requested",
            "your request",
            "you agreed",
            "help us",
            "donat*",
            "cooperat*",
            "assist*",
            "in return",
            "charit*",
            "promis*",
            "commit*",
            "contribut*",
            "we ask",
            "appreciat*",
            "thank you",
            "support",
        ],
    ),
];

/// The place of a concept, and the words of one of its signs.
type Sign = (usize, Vec<&'static str>);

/// The signs of every concept by the first byte of their first word.
static BY_FIRST: LazyLock<Vec<Vec<Sign>>> = LazyLock::new(|| {
    let mut by_first = vec![Vec::new(); 256];
    for (concept, (_, signs)) in CONCEPTS.iter().enumerate() {
        for sign in *signs {
            let parts: Vec<&str> = sign.split(' ').collect();
            let first = sign.bytes().next().unwrap_or_default();
            if let Some(list) = by_first.get_mut(usize::from(first)) {
                list.push((concept, parts));
            }
        }
    }
    by_first
});

/// `text` with the names of its concepts added at the end, each at most three times.
pub fn with_concepts(text: &str) -> String {
    let lowered = text.to_lowercase();
    let words: Vec<&str> =
        lowered.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut times = [0_usize; CONCEPTS.len()];
    for (place, word) in words.iter().enumerate() {
        let first = word.bytes().next().unwrap_or_default();
        let mut counted = None;
        for (concept, parts) in BY_FIRST.get(usize::from(first)).into_iter().flatten() {
            if counted != Some(*concept) && stands_at(parts, &words, place) {
                counted = Some(*concept);
                if let Some(times) = times.get_mut(*concept) {
                    *times += 1;
                }
            }
        }
    }
    let mut out = text.to_owned();
    for ((name, _), times) in CONCEPTS.iter().zip(times) {
        for _ in 0..times.min(3) {
            out.push(' ');
            out.push_str(name);
        }
    }
    out
}

fn stands_at(parts: &[&str], words: &[&str], place: usize) -> bool {
    parts.iter().enumerate().all(|(offset, part)| {
        let Some(word) = words.get(place + offset) else { return false };
        match part.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == part,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_are_added_after_the_text() {
        assert_eq!(with_concepts("Suspended!"), "Suspended! qqloss");
        assert_eq!(with_concepts("a legal action"), "a legal action qqdanger");
        assert_eq!(with_concepts("nothing here"), "nothing here");
        assert!(with_concepts(&"urgent ".repeat(9)).ends_with("urgent  qqhaste qqhaste qqhaste"));
    }
}
