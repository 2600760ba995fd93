//! What a person wrote to us in, feelings out, each with its reasons and its uncertainty.
//! It describes one text at one moment: "may be worried", with the words that suggest it. It never describes a
//! person, keeps nothing, and where it cannot tell it says so.

mod combine;
mod lexicon;
mod opening;
mod words;

use std::sync::LazyLock;

use finding::Span;
use text::model::Model;

pub use combine::{Signal, Weighing};
use lexicon::{Hit, Lexicon, Topic};
use words::ShortForms;

/// What was heard in one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The feelings that may be in it, most probable first. Empty where none was heard.
    pub feelings: Vec<Feeling>,
    /// The words that ask for haste, where there are any.
    pub urgency: Option<Vec<Span>>,
    /// The words with which the writer blames themselves, where there are any.
    pub self_blame: Option<Vec<Span>>,
    /// Whether the answer is clear. False where a feeling is close to the line, and for languages we cannot judge.
    pub sure: bool,
    /// Whether the language is one we can hear anything in at all.
    pub understood: bool,
    /// A first sentence that a responder may use, where a feeling or self-blame was heard.
    pub opening: Option<&'static str>,
}

impl Heard {
    /// Whether a responder has nothing to be shown: no feeling, no haste and no self-blame.
    pub fn is_empty(&self) -> bool {
        self.feelings.is_empty() && self.urgency.is_none() && self.self_blame.is_none()
    }
}

/// One feeling that may be in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Feeling {
    pub kind: Kind,
    /// Calibrated on messages to a security desk, 0 to 1.
    pub probability: f32,
    /// Where the words stand that suggest it, in reading order.
    pub spans: Vec<Span>,
    /// The words that suggest it, as they were written.
    pub words: Vec<String>,
}

/// The feelings we listen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Worry, fear.
    Worry,
    /// Shame, remorse, embarrassment.
    Shame,
    /// Frustration, anger.
    Frustration,
    Confusion,
    /// Sadness, exhaustion.
    Sadness,
    Gratitude,
    Relief,
}

/// Reads `text`, written in `language` (a code such as `en` or `de-AT`), for feelings.
///
/// What stands in quotation marks is not the writer's voice and is not heard; nor is a closing "thanks, Lucy" after a
/// request. In German it hears by phrases alone and is never sure; in other languages it says that it cannot tell.
pub fn hear(text: &str, language: &str) -> Heard {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    match primary {
        "en" => judge(text, &ENGLISH, Some(&LEARNED)),
        "de" => Heard { sure: false, ..judge(text, &GERMAN, None) },
        _ => Heard {
            feelings: Vec::new(),
            urgency: None,
            self_blame: None,
            sure: false,
            understood: false,
            opening: None,
        },
    }
}

/// What phrases and `model` say of an English text, before they are weighed, in the order of [`Kind::ALL`]. Training sets
/// the weighing from these.
pub fn signals(text: &str, model: &Model) -> Vec<Signal> {
    signals_of(&Reading::new(text, &ENGLISH), Some(model))
}

/// The writer's own words: `text` with quotations and courtesies blanked out, as the learned part reads it.
pub fn own_words(text: &str) -> String {
    Reading::new(text, &ENGLISH).own
}

/// The probability of every feeling in an English text, in the order of [`Kind::ALL`], whether it is named or not.
pub fn probabilities(text: &str) -> Vec<(Kind, f32)> {
    weighings(Some(&LEARNED))
        .zip(signals(text, &LEARNED.model))
        .map(|(weighing, signal)| (signal.kind, weighing.probability(signal)))
        .collect()
}

/// The weights of the learned part, as they are shipped.
pub static WEIGHTS: &[u8] = include_bytes!("../weights/feelings.bin");

static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language {
    lexicon: list(include_str!("../lexicon/en.txt")),
    short_forms: words::english,
});
static GERMAN: LazyLock<Language> = LazyLock::new(|| Language {
    lexicon: list(include_str!("../lexicon/de.txt")),
    short_forms: words::german,
});
static LEARNED: LazyLock<Learned> = LazyLock::new(|| Learned {
    model: Model::read(WEIGHTS).expect("the weights are part of this crate and a test reads them"),
    weighings: combine::read(include_str!("../weights/desk.txt"))
        .expect("the settings are part of this crate and a test reads them"),
});

/// What rules know of one language.
struct Language {
    lexicon: Lexicon,
    short_forms: ShortForms,
}

/// The learned part for one language.
struct Learned {
    model: Model,
    weighings: Vec<Weighing>,
}

/// How phrases alone are weighed, where there is no model.
const PHRASES_ALONE: Weighing =
    Weighing { model: 0.0, phrases: 1.0, offset: -1.5, threshold: 0.5, doubt: 0.35 };

fn list(source: &str) -> Lexicon {
    Lexicon::read(source).expect("the phrase lists are part of this crate and a test reads them")
}

/// A text prepared for hearing.
struct Reading<'a> {
    text: &'a str,
    /// The text without other people's words and without courtesies; every place is as in `text`.
    own: String,
    hits: Vec<Hit>,
}

impl Reading<'_> {
    fn new<'a>(text: &'a str, language: &Language) -> Reading<'a> {
        let mut words = words::words(text, language.short_forms);
        let mut left_out = words::quotations(text);
        if let Some(courtesy) = words::courtesy(text, &words) {
            left_out.push(courtesy);
            words.retain(|word| !word.span.overlaps(courtesy));
        }
        Reading { text, own: words::without(text, &left_out), hits: language.lexicon.find(&words) }
    }

    fn sum(&self, topic: Topic) -> f32 {
        self.hits.iter().filter(|hit| hit.topic == topic).map(|hit| hit.weight).sum()
    }

    /// The places that speak for a topic. What a phrase against it takes back, as "my bad" in "my bad English", is none.
    fn supporting(&self, topic: Topic) -> Vec<Span> {
        let mut spans: Vec<Span> = self
            .hits
            .iter()
            .enumerate()
            .filter(|(_, hit)| hit.topic == topic && hit.weight > 0.0)
            .filter(|(place, hit)| !lexicon::near(&self.hits, *place).any(|other| other.takes_back(hit)))
            .map(|(_, hit)| hit.span)
            .collect();
        spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        spans.dedup_by(|later, earlier| later.end <= earlier.end);
        spans
    }

    /// The places that speak for a topic, if they outweigh those that speak against it.
    fn places(&self, topic: Topic) -> Option<Vec<Span>> {
        (self.sum(topic) >= 2.0).then(|| self.supporting(topic))
    }
}

fn signals_of(reading: &Reading<'_>, model: Option<&Model>) -> Vec<Signal> {
    let raw = model.map(|model| model.raw(&reading.own)).unwrap_or_default();
    Kind::ALL
        .into_iter()
        .enumerate()
        .map(|(place, kind)| Signal {
            kind,
            model: raw.get(place).copied().unwrap_or(0.0),
            phrases: reading.sum(Topic::Feeling(kind)).clamp(-6.0, 6.0),
        })
        .collect()
}

fn weighings(learned: Option<&Learned>) -> impl Iterator<Item = Weighing> {
    (0..Kind::ALL.len()).map(move |place| {
        learned.and_then(|learned| learned.weighings.get(place)).copied().unwrap_or(PHRASES_ALONE)
    })
}

fn judge(text: &str, language: &Language, learned: Option<&Learned>) -> Heard {
    let reading = Reading::new(text, language);
    let mut feelings = Vec::new();
    let mut sure = true;
    for (place, (signal, weighing)) in signals_of(&reading, learned.map(|learned| &learned.model))
        .into_iter()
        .zip(weighings(learned))
        .enumerate()
    {
        let probability = weighing.probability(signal);
        if probability >= weighing.threshold {
            let spans = reasons(&reading, signal, place, learned);
            let words = spans.iter().filter_map(|span| span.of(text)).map(str::to_owned).collect();
            feelings.push(Feeling { kind: signal.kind, probability, spans, words });
            sure &= probability >= weighing.threshold + (weighing.threshold - weighing.doubt) / 2.0;
        } else {
            sure &= probability < weighing.doubt;
        }
    }
    feelings
        .sort_by(|one, other| other.probability.total_cmp(&one.probability).then(one.kind.cmp(&other.kind)));
    let self_blame = reading.places(Topic::SelfBlame);
    let opening = opening::sentence(&feelings.iter().map(|feeling| feeling.kind).collect::<Vec<_>>())
        .or_else(|| self_blame.as_ref().map(|_| opening::TO_SELF_BLAME));
    Heard { feelings, urgency: reading.places(Topic::Urgency), self_blame, sure, understood: true, opening }
}

/// The words to show: the phrases that were found, or else the words that carry most of the model's score.
fn reasons(reading: &Reading<'_>, signal: Signal, place: usize, learned: Option<&Learned>) -> Vec<Span> {
    let spans = reading.supporting(Topic::Feeling(signal.kind));
    if !spans.is_empty() {
        return spans;
    }
    let all = learned.map(|learned| learned.model.explain(&reading.own, place)).unwrap_or_default();
    let strongest = all.first().map_or(0.0, |reason| reason.weight);
    let mut spans: Vec<Span> = all
        .iter()
        .take(3)
        .filter(|reason| reason.weight > 0.0 && reason.weight >= strongest / 3.0)
        .map(|reason| reason.span)
        .collect();
    spans.sort_unstable();
    debug_assert!(spans.iter().all(|span| span.of(reading.text).is_some()));
    spans
}

impl Kind {
    pub const ALL: [Kind; 7] = [
        Kind::Worry,
        Kind::Shame,
        Kind::Frustration,
        Kind::Confusion,
        Kind::Sadness,
        Kind::Gratitude,
        Kind::Relief,
    ];

    /// The stable name used in data and machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Worry => "worry",
            Kind::Shame => "shame",
            Kind::Frustration => "frustration",
            Kind::Confusion => "confusion",
            Kind::Sadness => "sadness",
            Kind::Gratitude => "gratitude",
            Kind::Relief => "relief",
        }
    }

    /// How it is said of the writer of one message: always "may be", never "is".
    pub fn may_be(self) -> &'static str {
        match self {
            Kind::Worry => "may be worried",
            Kind::Shame => "may feel ashamed or sorry",
            Kind::Frustration => "may be frustrated",
            Kind::Confusion => "may be confused",
            Kind::Sadness => "may be sad or worn out",
            Kind::Gratitude => "may be grateful",
            Kind::Relief => "may be relieved",
        }
    }
}

#[cfg(test)]
mod tests;
