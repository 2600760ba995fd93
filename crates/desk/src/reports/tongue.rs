//! The language somebody reads, by what they write: the one they ask for, or the one their own words are in, where that is
//! clear. Never guesses from a word or two.

use crate::words::Locale;

/// A wish is short; a longer text that names a language mostly tells about one.
const WISH: usize = 12;

/// The language to write to somebody in, if their words say.
pub(super) fn reads(words: &str) -> Option<Locale> {
    wished(words).or_else(|| Locale::of_words(words))
}

/// `Ich lese lieber Deutsch`, `Could you write in English, please?`
fn wished(words: &str) -> Option<Locale> {
    let lower = words.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let any = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let wishes = any(&["lieber", "bitte", "gern", "gerne", "please", "prefer", "rather", "could", "can"]);
    if words.len() > WISH || !wishes {
        return None;
    }
    match (any(&["german", "deutsch"]), any(&["english", "englisch"])) {
        (true, false) => Some(Locale::De),
        (false, true) => Some(Locale::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_in_the_language_they_write_or_ask_for() {
        let check = |words: &str, expected: Option<Locale>| assert_eq!(reads(words), expected, "{words}");
        check("Ich lese lieber Deutsch", Some(Locale::De));
        check("Could you write in English please?", Some(Locale::En));
        check("Hallo, ich habe auf den Link geklickt und weiß nicht, was ich tun soll.", Some(Locale::De));
        check("Hello, I clicked the link and do not know what to do now.", Some(Locale::En));
        check("ok", None);
        check("Bonjour, je ne sais pas si ce message est vrai, pouvez-vous regarder ?", None);
        check("", None);
    }
}
