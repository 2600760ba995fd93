//! How a request is put: thanks, greetings, questions, hedges, demands. Each strategy found in a text is added to it as a
//! word of its own, so that a linear model can weigh it and say so. The list is `strategies.txt`; it is part of the file
//! format, as the hash is. Never judges: what a strategy is worth is learned.

use std::sync::LazyLock;

struct Strategy {
    sign: &'static str,
    place: Place,
    patterns: Vec<Vec<Vec<&'static str>>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    /// Counted up to three times.
    EachTime,
    /// At the start of a sentence.
    Start,
    /// Anywhere but there.
    Middle,
}

static STRATEGIES: LazyLock<Vec<Strategy>> = LazyLock::new(|| {
    let lines = include_str!("strategies.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(strategy).collect()
});

/// `text` with the signs of its strategies added at the end.
pub fn with_strategies(text: &str) -> String {
    let lowered = text.to_lowercase().replace('\u{2019}', "'");
    let words = words(&lowered);
    let mut out = text.to_owned();
    for strategy in STRATEGIES.iter() {
        let found = (0..words.len()).filter(|place| strategy.stands_at(&words, *place));
        let most = if strategy.place == Place::EachTime { 3 } else { 1 };
        for _ in found.take(most) {
            out.push(' ');
            out.push_str(strategy.sign);
        }
    }
    out
}

fn strategy(line: &'static str) -> Option<Strategy> {
    let (head, patterns) = line.split_once(':')?;
    let mut head = head.splitn(3, ' ');
    let sign = head.next()?;
    let place = match head.next()? {
        "any" => Place::Anywhere,
        "each" => Place::EachTime,
        "start" => Place::Start,
        "middle" => Place::Middle,
        _ => return None,
    };
    let pattern = |pattern: &'static str| pattern.split(' ').map(|part| part.split('|').collect()).collect();
    Some(Strategy { sign, place, patterns: patterns.trim().split(", ").map(pattern).collect() })
}

impl Strategy {
    fn stands_at(&self, words: &[&str], place: usize) -> bool {
        let start = place == 0 || words.get(place - 1).is_some_and(|before| ends_sentence(before));
        let fits = match self.place {
            Place::Anywhere | Place::EachTime => true,
            Place::Start => start,
            Place::Middle => !start,
        };
        fits && self.patterns.iter().any(|pattern| {
            pattern.iter().enumerate().all(|(offset, choices)| {
                words.get(place + offset).is_some_and(|word| choices.iter().any(|choice| is(choice, word)))
            })
        })
    }
}

fn is(choice: &str, word: &str) -> bool {
    match choice.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == choice,
    }
}

fn ends_sentence(word: &str) -> bool {
    word.starts_with(['.', '!', '?', '\n'])
}

/// Words with their apostrophes, and the marks that end a sentence; runs of one mark are one or two of it.
fn words(lowered: &str) -> Vec<&str> {
    let kind = |letter: char| match letter {
        letter if letter.is_alphanumeric() || letter == '\'' => 'w',
        '.' | '!' | '?' | '\n' => letter,
        _ => ' ',
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut letters = lowered.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| kind(*next));
        if next == Some(kind(letter)) {
            continue;
        }
        let end = at + letter.len_utf8();
        if kind(letter) != ' ' {
            let run = lowered.get(start..end).unwrap_or_default();
            words.push(match kind(letter) {
                'w' => run,
                _ => run.get(..run.len().min(2)).unwrap_or(run),
            });
        }
        start = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> String {
        with_strategies(text).strip_prefix(text).unwrap().trim().to_owned()
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines = include_str!("strategies.txt").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(STRATEGIES.len(), lines);
    }

    #[test]
    fn strategies_are_added_after_the_text() {
        assert_eq!(added("Hi. Please stop"), "qqc qqe qwd");
        assert_eq!(added("stop, please"), "qqf qwd");
        assert_eq!(added("Why??"), "qqi qwi");
        assert_eq!(added(""), "");
        assert_eq!(added("perhaps maybe possibly probably"), "qwa qwa qwa");
    }
}
