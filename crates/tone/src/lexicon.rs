//! The phrase lists: what is written in `lexicon/*.txt`, read once, and found in folded words.
//! A phrase is a sum with a sign, never a verdict; the format is described at the top of `lexicon/en.txt`.

use std::collections::HashMap;

use finding::Span;

use crate::words::Word;

/// What a phrase speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    Feeling(crate::Kind),
    Urgency,
    SelfBlame,
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub topic: Topic,
    pub weight: f32,
    pub span: Span,
}

/// All phrases of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    phrases: Vec<Phrase>,
    /// Phrases by each word they may start with.
    by_word: HashMap<String, Vec<usize>>,
    /// Phrases whose start is not one of a few fixed words.
    anywhere: Vec<usize>,
}

#[derive(Debug)]
struct Phrase {
    topic: Topic,
    weight: f32,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Start,
    End,
    /// Up to three words of any kind.
    Gap,
    Words {
        choices: Vec<Choice>,
        optional: bool,
    },
}

#[derive(Debug)]
struct Choice {
    text: String,
    prefix: bool,
}

impl Lexicon {
    /// Reads a phrase list.
    ///
    /// # Errors
    /// The number and text of the first line that is not `feeling weight words`.
    pub fn read(source: &str) -> Result<Lexicon, String> {
        let mut lexicon = Lexicon::default();
        let mut lists: Vec<(String, &str)> = Vec::new();
        for (number, line) in source.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some((name, words)) = line.strip_prefix("list ").and_then(|list| list.split_once(' ')) {
                lists.push((format!("@{name}"), words));
                continue;
            }
            let phrase =
                Phrase::read(line, &lists).ok_or_else(|| format!("line {}: `{line}`", number + 1))?;
            let place = lexicon.phrases.len();
            match phrase.first_words() {
                Some(words) => {
                    for word in words {
                        lexicon.by_word.entry(word).or_default().push(place);
                    }
                }
                None => lexicon.anywhere.push(place),
            }
            lexicon.phrases.push(phrase);
        }
        Ok(lexicon)
    }

    /// Every phrase that occurs. Of one topic, a phrase inside a longer one of the same sign does not count again.
    pub fn find(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let named = self.by_word.get(&word.text).map(Vec::as_slice).unwrap_or_default();
            for phrase in named.iter().chain(&self.anywhere).filter_map(|place| self.phrases.get(*place)) {
                let Some(end) = matches(&phrase.parts, words, place) else { continue };
                let Some(last) = words.get(end.saturating_sub(1)) else { continue };
                if end > place {
                    let span = Span::new(word.span.start, last.span.end);
                    hits.push(Hit { topic: phrase.topic, weight: phrase.weight, span });
                }
            }
        }
        without_repeats(hits)
    }
}

fn without_repeats(hits: Vec<Hit>) -> Vec<Hit> {
    let covers = |one: &Hit, other: &Hit| {
        one.topic == other.topic
            && (one.weight > 0.0) == (other.weight > 0.0)
            && one.span.overlaps(other.span)
            && (one.weight.abs(), one.span.len()) > (other.weight.abs(), other.span.len())
    };
    // Hits come in the order of their start, so those that overlap stand close together; looking no further keeps a
    // very long text linear.
    let mut kept: Vec<Hit> = Vec::new();
    for (place, hit) in hits.iter().enumerate() {
        let known = kept.iter().rev().take(NEAR).any(|other| other == hit);
        if !known && !near(&hits, place).any(|other| covers(other, hit)) {
            kept.push(*hit);
        }
    }
    kept
}

/// How many hits before and after one can overlap it, at most.
const NEAR: usize = 40;

/// The hits that can overlap the one at `place`.
pub fn near(hits: &[Hit], place: usize) -> impl Iterator<Item = &Hit> {
    hits.iter().skip(place.saturating_sub(NEAR)).take(2 * NEAR)
}

impl Hit {
    /// Whether this one speaks against all that `other` says: "not worried" against "worried".
    pub fn takes_back(&self, other: &Hit) -> bool {
        self.topic == other.topic
            && self.weight <= -other.weight
            && self.span.start <= other.span.start
            && other.span.end <= self.span.end
    }
}

/// Where the phrase ends if it stands at `place`.
fn matches(parts: &[Part], words: &[Word], place: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(place) };
    match part {
        Part::Start => (place == 0).then(|| matches(rest, words, place))?,
        Part::End => words
            .get(place..)
            .is_some_and(|after| {
                after.iter().all(|word| !word.text.starts_with(char::is_alphanumeric)) || ends_here(after)
            })
            .then(|| matches(rest, words, place))?,
        Part::Gap => (0..=3).find_map(|skipped| {
            let crossed = words.get(place..place + skipped)?;
            if crossed.iter().any(ends_sentence) {
                return None;
            }
            matches(rest, words, place + skipped)
        }),
        Part::Words { choices, optional } => {
            let here =
                words.get(place).is_some_and(|word| choices.iter().any(|choice| choice.fits(&word.text)));
            here.then(|| matches(rest, words, place + 1))
                .flatten()
                .or_else(|| optional.then(|| matches(rest, words, place)).flatten())
        }
    }
}

fn ends_here(after: &[Word]) -> bool {
    after.first().is_some_and(ends_sentence)
}

fn ends_sentence(word: &Word) -> bool {
    matches!(word.text.chars().next(), Some('.' | '!' | '?' | ';'))
}

impl Choice {
    fn fits(&self, word: &str) -> bool {
        if self.prefix { word.starts_with(self.text.as_str()) } else { word == self.text }
    }
}

impl Phrase {
    fn read(line: &str, lists: &[(String, &str)]) -> Option<Phrase> {
        let mut fields = line.split_whitespace();
        let topic = Topic::named(fields.next()?)?;
        let weight: f32 = fields.next()?.parse().ok()?;
        let spelled_out = |field: &str| -> Option<Part> {
            let (name, optional) = field.strip_suffix('?').map_or((field, ""), |name| (name, "?"));
            if !name.starts_with('@') {
                return Some(Part::read(field));
            }
            let (_, words) = lists.iter().find(|(known, _)| known == name)?;
            Some(Part::read(&format!("{words}{optional}")))
        };
        let parts: Vec<Part> = fields.map(spelled_out).collect::<Option<_>>()?;
        (!parts.is_empty() && weight.is_finite()).then_some(Phrase { topic, weight, parts })
    }

    /// The words it may start with, or nothing where that cannot be listed.
    fn first_words(&self) -> Option<Vec<String>> {
        match self.parts.first()? {
            Part::Words { choices, optional: false } if choices.iter().all(|choice| !choice.prefix) => {
                Some(choices.iter().map(|choice| choice.text.clone()).collect())
            }
            Part::Words { .. } | Part::Start | Part::End | Part::Gap => None,
        }
    }
}

impl Part {
    fn read(field: &str) -> Part {
        match field {
            "^" => Part::Start,
            "$" => Part::End,
            ".." => Part::Gap,
            field => {
                let (field, optional) = match field.strip_suffix('?') {
                    Some("") | None => (field, false),
                    Some(shorter) if shorter.chars().all(|mark| mark == '?') => (field, false),
                    Some(shorter) => (shorter, true),
                };
                let choices = field
                    .split('|')
                    .map(|choice| match choice.strip_suffix('*') {
                        Some(start) => Choice { text: start.to_owned(), prefix: true },
                        None => Choice { text: choice.to_owned(), prefix: false },
                    })
                    .collect();
                Part::Words { choices, optional }
            }
        }
    }
}

impl Topic {
    fn named(name: &str) -> Option<Topic> {
        match name {
            "urgency" => Some(Topic::Urgency),
            "blame" => Some(Topic::SelfBlame),
            name => crate::Kind::ALL.into_iter().find(|kind| kind.name() == name).map(Topic::Feeling),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{english, words};

    fn found(list: &str, text: &str) -> Vec<String> {
        let lexicon = Lexicon::read(list).unwrap();
        lexicon
            .find(&words(text, english))
            .iter()
            .filter_map(|hit| hit.span.of(text))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_format_means_what_it_says() {
        assert_eq!(found("worry 3 am i .. fired", "Am I going to be fired?"), ["Am I going to be fired"]);
        assert_eq!(
            found("worry 3 am i .. fired", "Am I right? He got fired"),
            [""; 0],
            "not across sentences"
        );
        assert_eq!(found("shame 3 embarrass*", "so embarrassing"), ["embarrassing"]);
        assert_eq!(found("shame 3 so very? sorry", "So sorry. so very sorry"), ["So sorry", "so very sorry"]);
        assert_eq!(found("gratitude 2 cheers $", "cheers"), ["cheers"]);
        assert_eq!(found("gratitude 2 cheers $", "cheers for the goal"), [""; 0]);
        assert_eq!(
            found("list how so|very\nshame 3 @how? sorry", "sorry, very sorry"),
            ["sorry", "very sorry"]
        );
    }

    #[test]
    fn a_phrase_inside_a_stronger_one_does_not_count_twice() {
        assert_eq!(found("worry 2 trouble\nworry 3 in trouble", "in trouble"), ["in trouble"]);
        assert_eq!(
            found("worry 3 worried\nworry -4 not worried", "not worried").len(),
            2,
            "the sign differs"
        );
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        assert_eq!(Lexicon::read("# fine\nworried 3 x").unwrap_err(), "line 2: `worried 3 x`");
        assert_eq!(Lexicon::read("worry 3 @nobody").unwrap_err(), "line 1: `worry 3 @nobody`");
    }
}
