//! The language somebody reads, by what they write: the one they ask for, which stays, or the one their own words are in, where that
//! is clear. Never guesses from a word or two.

use super::store;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::ReportId;
use crate::words::Locale;

/// A wish is short; a longer text that names a language mostly tells about one.
const WISH: usize = 12;
/// *Bitte auf Deutsch*: so few words are about nothing else.
const BARE: usize = 6;

/// Writes to a reporter in the language they wish for, or else in that of their words, unless they chose another.
pub(super) async fn heed(tx: &mut Tx, report: ReportId, words: &str) -> Result<()> {
    match (wished(words), Locale::of_words(words)) {
        (Some(wish), _) => store::choose_locale(tx, report, wish.tag()).await,
        (None, Some(guess)) => store::guess_locale(tx, report, guess.tag()).await,
        (None, None) => Ok(()),
    }
}

/// `Ich lese lieber Deutsch`, `Could you write in English, please?`, `I do not speak English`.
pub(super) fn wished(words: &str) -> Option<Locale> {
    let lower = words.to_lowercase().replace('’', "'");
    let all = words_of(&lower);
    let short = all.len() <= WISH && has(&all, WISHES);
    // Who wishes for a language may name it alone; among other words it is what we are asked to write.
    let asked = short && (has(&all, WRITING) || all.len() <= BARE && !has(&all, MAIL));
    let (mut german, mut english) = (false, false);
    for clause in lower.split(['.', ',', ';', ':', '!', '?', '\n']) {
        let words = words_of(clause);
        let named = (has(&words, "german deutsch"), has(&words, "english englisch"));
        let denied = has(&words, NOT);
        // Somebody who does not speak one of our two languages reads the other.
        let asks = if denied {
            has(&words, ABLE) && has(&words, OWN) || short && !has(&words, "is ist")
        } else {
            asked
        };
        if asks {
            german |= if denied { named.1 } else { named.0 };
            english |= if denied { named.0 } else { named.1 };
        }
    }
    match (german, english) {
        (true, false) => Some(Locale::De),
        (false, true) => Some(Locale::En),
        _ => None,
    }
}

const WISHES: &str = "lieber bitte gern gerne please prefer rather could can";
/// What we are asked to do in a language, or what somebody does in it.
const WRITING: &str = "write answer reply respond switch speak talk prefer rather continue schreiben schreibe schreibt antworten antworte \
    sprechen spreche lese lieber wechseln";
const MAIL: &str = "mail mails email emails nachricht message link links seite page text brief letter";
const NOT: &str = "no not don't cannot can't kein keine keinen nicht";
const ABLE: &str = "speak understand read know kann spreche verstehe lese können sprechen";
const OWN: &str = "i we ich wir";

fn words_of(text: &str) -> Vec<&str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '\''))
        .filter(|word| !word.is_empty())
        .collect()
}

fn has(words: &[&str], list: &str) -> bool {
    words.iter().any(|word| among(word, list))
}

/// Whether a word stands in a list with blanks between.
pub(super) fn among(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_in_the_language_they_ask_for() {
        let check = |words: &str, expected: Option<Locale>| assert_eq!(wished(words), expected, "{words}");
        check("Ich lese lieber Deutsch", Some(Locale::De));
        check("Could you write in English please?", Some(Locale::En));
        check("Ich kann leider kein Englisch, bitte anders", Some(Locale::De));
        check("Could we please switch to German? I do not speak English well.", Some(Locale::De));
        check(
            "Hello, a page asked for my password and I typed it. I don't speak English well. What now?",
            Some(Locale::De),
        );
        check("Ich spreche nicht gut Deutsch, please English", Some(Locale::En));
        check("No German please", Some(Locale::En));
        check("Bitte auf Deutsch", Some(Locale::De));
        check("Hilfe bitte, ich habe auf eine Mail in Englisch geklickt", None);
        check("Please help, German mail", None);
        check("Bitte schaut: Mail auf Englisch", None);
        check("The message is not in German, can you look?", None);
        check("It says that I paid a German firm, and I can not find the bill anywhere in my mail.", None);
        check("ok", None);
        check("Bonjour, je ne sais pas si ce message est vrai, pouvez-vous regarder ?", None);
        check("", None);
    }
}
