//! Headline and sentence capitals, as styles ask for them.

use super::pattern::Pattern;
use std::ops::Range;

/// Words that stay small in a title, unless first or last (AP style).
const SMALL: [&str; 24] = [
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "is", "nor", "of", "on", "or", "per",
    "the", "to", "v.", "vs.", "vs", "via", "with",
];

/// Whether at least the share `threshold` of the words is capitalized as in a sentence.
pub fn sentence(
    line: &str,
    exceptions: &[String],
    pattern: Option<&Pattern>,
    indicators: &[String],
    threshold: f64,
) -> bool {
    if begins_small(line, exceptions, pattern) {
        return false;
    }
    let mut capital_next = true;
    right_share(line, exceptions, pattern, |word, _, _| {
        let wanted = if capital_next { starts_upper(word) } else { !word.chars().any(char::is_uppercase) };
        if word.chars().any(char::is_alphabetic) {
            capital_next = false;
        }
        if indicators.iter().any(|indicator| word.ends_with(indicator.as_str())) {
            capital_next = true;
        }
        wanted
    }) >= threshold
}

/// Whether at least the share `threshold` of the words is capitalized as in a title.
pub fn title(line: &str, exceptions: &[String], pattern: Option<&Pattern>, threshold: f64) -> bool {
    right_share(line, exceptions, pattern, |word, number, count| {
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        let small = SMALL.contains(&bare.to_lowercase().as_str()) && number > 0 && number + 1 < count;
        if small { !starts_upper(bare) } else { starts_upper(bare) || is_all_capitals(bare) }
    }) >= threshold
}

fn right_share(
    line: &str,
    exceptions: &[String],
    pattern: Option<&Pattern>,
    mut is_right: impl FnMut(&str, usize, usize) -> bool,
) -> f64 {
    let words: Vec<&str> = line.split_whitespace().collect();
    let phrases = phrases(line, pattern);
    let (mut right, mut counted, mut at) = (0.0, 0.0, 0);
    for (number, word) in words.iter().enumerate() {
        let start = at + line.get(at..).and_then(|rest| rest.find(word)).unwrap_or(0);
        at = start + word.len();
        // Asked of every word, because it also remembers what went before.
        let as_asked = is_right(word, number, words.len());
        let phrase = phrases.iter().find(|phrase| phrase.start < at && start < phrase.end);
        if phrase.is_some_and(|phrase| phrase.start < start) {
            continue;
        }
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        let excepted = phrase.is_some()
            || exceptions.iter().any(|exception| exception == bare)
            || pattern.is_some_and(|pattern| pattern.is_match(bare));
        counted += 1.0;
        if as_asked || excepted || !word.chars().any(char::is_alphabetic) {
            right += 1.0;
        }
    }
    if counted == 0.0 { 1.0 } else { right / counted }
}

/// Exceptions of several words, such as a product's name; each counts as one word.
fn phrases(line: &str, pattern: Option<&Pattern>) -> Vec<Range<usize>> {
    let found = pattern.map(|pattern| pattern.find_all(line)).unwrap_or_default();
    found
        .into_iter()
        .filter(|range| line.get(range.clone()).is_some_and(|part| part.trim().contains(char::is_whitespace)))
        .collect()
}

/// A sentence that begins with a small letter is wrong however long it is, unless an exception stands there.
fn begins_small(line: &str, exceptions: &[String], pattern: Option<&Pattern>) -> bool {
    let Some((start, first)) = line.char_indices().find(|(_, char)| char.is_alphanumeric()) else {
        return false;
    };
    let word = line.get(start..).unwrap_or("").split_whitespace().next().unwrap_or("");
    let bare = word.trim_end_matches(|char: char| !char.is_alphanumeric());
    first.is_lowercase()
        && !exceptions.iter().any(|exception| exception == bare)
        && !pattern.is_some_and(|pattern| pattern.find_all(line).iter().any(|found| found.contains(&start)))
}

/// `HTTP` and `3D` stay as they are in a title.
fn is_all_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

fn starts_upper(word: &str) -> bool {
    let mut letters = word.chars().skip_while(|char| !char.is_alphanumeric());
    letters.next().is_none_or(|first| first.is_numeric() || first.is_uppercase())
        && !letters.any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_titles_are_told_apart() {
        let sentence = |line: &str| sentence(line, &["Docker".to_string()], None, &[":".to_string()], 0.8);
        assert!(sentence("Another heading something vs. cool"));
        assert!(sentence("Find the thief: Introduction"));
        assert!(sentence("8. Do step eight"));
        assert!(sentence("Run Docker at home"));
        assert!(!sentence("This is a Heading"));
        assert!(!sentence("Test: modern documentation management"));
        assert!(!sentence("how to keep the kettle from boiling over"));
        assert!(!sentence("Keep the Kettle warm"));
        assert!(sentence("Keep the old Kettle warm"));
        let title = |line: &str| title(line, &[], None, 0.8);
        assert!(title("The Way of the World"));
        assert!(title("Sending PDF Files"));
        assert!(!title("The way of the world"));
    }

    #[test]
    fn a_name_of_several_words_counts_as_one() {
        let names = ["Tea Room", "eBay"].map(String::from);
        let pattern = Pattern::new(r"(?m)\b(?:Tea Room|eBay)\b").expect("compiles");
        let sentence = |line: &str| sentence(line, &names, Some(&pattern), &[":".to_string()], 0.8);
        assert!(sentence("Welcome to the Tea Room"));
        assert!(sentence("Inside the Tea Room: Opening hours"));
        assert!(!sentence("Welcome to the Tea Shop"));
        assert!(sentence("eBay and other shops"));
        assert!(!sentence("bay and other shops on the long way home"));
    }
}
