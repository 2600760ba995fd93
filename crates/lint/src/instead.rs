//! What may stand instead of words: whether they can be replaced at all, and with which capitals.

use std::ops::Range;

/// Signs between which a program puts something else, or looks something up.
const PLACEHOLDERS: [(&str, &str); 5] = [("{", "}"), ("[[", "]]"), ("<<", ">>"), ("<%", "%>"), ("%%", "%%")];
/// So many bytes to each side are looked through for them.
const REACH: usize = 80;

/// Whether the words are no words to a reader but a name to a program: a placeholder, an anchor, a flag, a variable, a path. Renamed, it
/// would be missing.
pub(crate) fn is_a_name(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or("");
    let after = text.get(range.end..).unwrap_or("");
    touches(before, after) || in_placeholder(before, after)
}

/// Whether a sign of names stands directly beside the words.
fn touches(before: &str, after: &str) -> bool {
    let mut back = before.chars().rev();
    let mut on = after.chars();
    let (left, farther) = (back.next(), back.next());
    let (right, next) = (on.next(), on.next());
    let letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let flag = left == Some('-') && farther.is_none_or(|char| char == '-' || char.is_whitespace());
    let flag = flag && !(farther == Some('-') && letter(before.chars().rev().nth(2)));
    let sign = |char: char| matches!(char, '/' | '\\' | '=' | '_' | '%');
    let begins = left.is_some_and(|char| sign(char) || matches!(char, '$' | '@' | '#'));
    let between_colons = left == Some(':') && right == Some(':');
    let goes_on = match right {
        Some('(') => true,
        Some('.' | ':') => letter(next),
        Some(char) => sign(char),
        None => false,
    };
    let is_part = left == Some('.') && farther.is_some_and(|char| char.is_alphanumeric() || char == '_');
    flag || begins || between_colons || goes_on || is_part
}

/// Whether the words stand between two signs of a placeholder on their own line.
fn in_placeholder(before: &str, after: &str) -> bool {
    let from = before.len().saturating_sub(REACH);
    let from = (from..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(0);
    let to = (0..=REACH.min(after.len())).rev().find(|at| after.is_char_boundary(*at)).unwrap_or(0);
    let before = before.get(from..).unwrap_or("").rsplit('\n').next().unwrap_or("");
    let after = after.get(..to).unwrap_or("").split('\n').next().unwrap_or("");
    PLACEHOLDERS.iter().any(|(open, close)| {
        let opened = before.rfind(open);
        let closed_before = before.rfind(close).filter(|_| open != close);
        let closed = after.find(close);
        let opened_again = after.find(open).filter(|_| open != close);
        opened.is_some_and(|at| closed_before.is_none_or(|end| end < at))
            && closed.is_some_and(|at| opened_again.is_none_or(|next| at < next))
    })
}

/// Whether `range` neither begins nor ends inside a word: in *we're able to* the words *'re able to* cannot be replaced on their own,
/// and in *whitelist-based* the first half cannot.
pub(crate) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |near: Option<char>, far: Option<char>| {
        let inside = |char: char| char.is_alphanumeric();
        near.is_some_and(|near| {
            inside(near) || matches!(near, '\'' | '’' | '-' | '‐' | '‑' | '_') && far.is_some_and(inside)
        })
    };
    let mut before = text.get(..range.start).unwrap_or("").chars().rev();
    let mut after = text.get(range.end..).unwrap_or("").chars();
    let begins_inside = text.get(range.clone()).is_some_and(|shown| shown.starts_with(['\'', '’']));
    !is_a_name(text, range)
        && !begins_inside
        && !joins(before.next(), before.next())
        && !joins(after.next(), after.next())
}

/// The replacement with the capitals of what it replaces.
pub(crate) fn like(shown: &str, replacement: &str) -> String {
    let letters = || shown.chars().filter(|char| char.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return replacement.to_uppercase();
    }
    let mut chars = replacement.chars();
    match (letters().next(), chars.next()) {
        (Some(first), Some(begin)) if first.is_uppercase() => begin.to_uppercase().chain(chars).collect(),
        _ => replacement.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> bool {
        let at = text.find("utilize").expect("it is there");
        is_a_name(text, &(at..at + "utilize".len()))
    }

    #[test]
    fn what_a_program_looks_up_is_no_word() {
        let texts = [
            "${utilize}",
            "{utilize}",
            "%utilize%",
            "[[utilize]]",
            "{{utilize|upper}}",
            "{{ utilize }}",
            "$utilize",
            "@utilize",
            "#utilize",
            "./utilize",
            "--utilize",
            "-utilize",
            "utilize=1",
            "utilize()",
            r"C:\utilize",
            "{#utilize}",
            "<<utilize>>",
            "<%= utilize %>",
            "{% if utilize %}",
            ":utilize:",
            "utilize.name",
            "me.utilize",
            "my_utilize",
            "{{ user.name or utilize }}",
        ];
        for text in texts {
            assert!(names(text), "{text}");
        }
    }

    #[test]
    fn words_beside_other_signs_are_words() {
        let texts = [
            "utilize",
            "(utilize it)",
            "We utilize.",
            "utilize: this",
            "it--utilize it",
            "- utilize it",
            "{{ name }} will utilize {{ it }}",
            "\u{201e}utilize\u{201c}",
            "utilize, then",
            "utilize (now)",
            "Note:utilize",
        ];
        for text in texts {
            assert!(!names(text), "{text}");
        }
    }
}
