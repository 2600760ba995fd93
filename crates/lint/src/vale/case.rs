//! Headline and sentence capitals, as styles ask for them.

use super::pattern::Pattern;

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
    }) > threshold
}

/// Whether at least the share `threshold` of the words is capitalized as in a title.
pub fn title(line: &str, exceptions: &[String], pattern: Option<&Pattern>, threshold: f64) -> bool {
    right_share(line, exceptions, pattern, |word, number, count| {
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        let small = SMALL.contains(&bare.to_lowercase().as_str()) && number > 0 && number + 1 < count;
        if small { !starts_upper(bare) } else { starts_upper(bare) }
    }) > threshold
}

fn right_share(
    line: &str,
    exceptions: &[String],
    pattern: Option<&Pattern>,
    mut is_right: impl FnMut(&str, usize, usize) -> bool,
) -> f64 {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut right = 0.0;
    for (number, word) in words.iter().enumerate() {
        let as_asked = is_right(word, number, words.len());
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        let excepted = exceptions.iter().any(|exception| exception == bare)
            || pattern.is_some_and(|pattern| pattern.is_match(bare));
        if as_asked || excepted || !word.chars().any(char::is_alphabetic) {
            right += 1.0;
        }
    }
    if words.is_empty() { 1.0 } else { right / words.len() as f64 }
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
        let title = |line: &str| title(line, &[], None, 0.8);
        assert!(title("The Way of the World"));
        assert!(!title("The way of the world"));
    }
}
