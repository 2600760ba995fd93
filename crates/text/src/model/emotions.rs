//! The emotions of GoEmotions (Demszky et al. 2020) in three resolutions: its 28 labels, the seven of Ekman with
//! neutral, and positive, negative, ambiguous, neutral. A coarse label listens twice: to a direct weight of its own and to
//! the fine labels it stands for.

use super::{Answer, Model, Score};

/// Which labels are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The 28 labels as they are.
    Fine,
    /// Anger, disgust, fear, joy, sadness, surprise, neutral.
    Ekman,
    /// Positive, negative, ambiguous, neutral.
    Sentiment,
}

/// What a text was given in one view.
#[derive(Clone, Debug, PartialEq)]
pub struct Emotions {
    /// Every label of the view with its score.
    pub scores: Vec<(&'static str, Score)>,
    /// The labels chosen, at least one: every text of the training data has one, neutral among them.
    pub chosen: Vec<&'static str>,
}

/// The coarse labels: name in the model file, and the fine labels they stand for.
pub type Groups = [(&'static str, &'static [&'static str])];

/// The 28 labels in the order of the data.
pub const FINE: [&str; 28] = [
    "admiration",
    "amusement",
    "anger",
    "annoyance",
    "approval",
    "caring",
    "confusion",
    "curiosity",
    "desire",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "excitement",
    "fear",
    "gratitude",
    "grief",
    "joy",
    "love",
    "nervousness",
    "optimism",
    "pride",
    "realization",
    "relief",
    "remorse",
    "sadness",
    "surprise",
    "neutral",
];

/// Ekman's grouping as the authors of the data published it.
pub const EKMAN: [(&str, &[&str]); 7] = [
    ("anger", &["anger", "annoyance", "disapproval"]),
    ("disgust", &["disgust"]),
    ("fear", &["fear", "nervousness"]),
    (
        "joy",
        &[
            "joy",
            "amusement",
            "approval",
            "excitement",
            "gratitude",
            "love",
            "optimism",
            "relief",
            "pride",
            "admiration",
            "desire",
            "caring",
        ],
    ),
    ("sadness", &["sadness", "disappointment", "embarrassment", "grief", "remorse"]),
    ("surprise", &["surprise", "realization", "confusion", "curiosity"]),
    ("neutral", &["neutral"]),
];

/// The sentiment grouping as the authors of the data published it.
pub const SENTIMENT: [(&str, &[&str]); 4] = [
    (
        "positive",
        &[
            "amusement",
            "excitement",
            "joy",
            "love",
            "desire",
            "optimism",
            "caring",
            "pride",
            "admiration",
            "gratitude",
            "relief",
            "approval",
        ],
    ),
    (
        "negative",
        &[
            "fear",
            "nervousness",
            "remorse",
            "embarrassment",
            "disappointment",
            "sadness",
            "grief",
            "disgust",
            "anger",
            "annoyance",
            "disapproval",
        ],
    ),
    ("ambiguous", &["realization", "surprise", "curiosity", "confusion"]),
    ("neutral", &["neutral"]),
];

/// Where the Ekman labels start in the model file; the fine ones come first.
pub const EKMAN_AT: usize = FINE.len();
/// Where the sentiment labels start in the model file.
pub const SENTIMENT_AT: usize = EKMAN_AT + EKMAN.len();
/// How many labels the model file has.
pub const ALL: usize = SENTIMENT_AT + SENTIMENT.len();

/// Reads `text` in one view with the model of emotions. Empty if `model` is another one.
pub fn emotions(model: &Model, text: &str, view: View) -> Emotions {
    emotions_of(model, &model.raw(text), view)
}

/// The same from raw scores, where several views of one text are wanted.
pub fn emotions_of(model: &Model, raw: &[f32], view: View) -> Emotions {
    let (names, raw, first): (Vec<&'static str>, Vec<f32>, usize) = match view {
        View::Fine => (FINE.to_vec(), raw.iter().take(FINE.len()).copied().collect(), 0),
        View::Ekman => {
            (EKMAN.iter().map(|group| group.0).collect(), grouped(raw, &EKMAN, EKMAN_AT), EKMAN_AT)
        }
        View::Sentiment => (
            SENTIMENT.iter().map(|group| group.0).collect(),
            grouped(raw, &SENTIMENT, SENTIMENT_AT),
            SENTIMENT_AT,
        ),
    };
    let labels = model.labels().iter().skip(first);
    let scores: Vec<(&'static str, Score)> =
        names.into_iter().zip(raw).zip(labels).map(|((name, raw), label)| (name, label.judge(raw))).collect();
    let margin = |place: usize| {
        let (_, score) = scores.get(place)?;
        let label = model.labels().get(first + place)?;
        Some(score.raw - label.cut())
    };
    let mut chosen: Vec<&'static str> =
        scores.iter().filter(|(_, score)| score.answer == Answer::Yes).map(|(name, _)| *name).collect();
    if chosen.is_empty() {
        let closest = (0..scores.len())
            .filter_map(|place| Some((place, margin(place)?)))
            .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
        chosen.extend(closest.and_then(|(place, _)| scores.get(place)).map(|(name, _)| *name));
    }
    Emotions { scores, chosen }
}

/// The raw scores of coarse labels: their own weights, and the log-odds that at least one of their fine labels holds.
pub fn grouped(raw: &[f32], groups: &Groups, first: usize) -> Vec<f32> {
    groups
        .iter()
        .enumerate()
        .map(|(place, (_, members))| {
            let none: f32 = members
                .iter()
                .filter_map(|member| {
                    FINE.iter().position(|name| name == member).and_then(|place| raw.get(place))
                })
                .map(|score| 1.0 / (1.0 + score.exp()))
                .product();
            let none = none.clamp(1e-6, 1.0 - 1e-6);
            ((1.0 - none) / none).ln() + raw.get(first + place).copied().unwrap_or(0.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fine_label_is_in_one_group_of_each_view() {
        for groups in [&EKMAN[..], &SENTIMENT[..]] {
            for name in FINE {
                let homes = groups.iter().filter(|(_, members)| members.contains(&name)).count();
                assert_eq!(homes, 1, "{name}");
            }
        }
    }

    #[test]
    fn a_coarse_label_follows_its_fine_ones() {
        let mut raw = vec![-3.0; ALL];
        let quiet = grouped(&raw, &EKMAN, EKMAN_AT);
        raw[2] = 2.0;
        let angry = grouped(&raw, &EKMAN, EKMAN_AT);
        assert!(angry[0] > quiet[0] + 2.0);
        assert_eq!(angry[1], quiet[1]);
    }
}
