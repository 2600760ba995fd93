//! The model of emotions: GoEmotions in 28 labels, and its two coarse views.

use text::model::emotions::{ALL, EKMAN, EKMAN_AT, FINE, Groups, SENTIMENT, SENTIMENT_AT, grouped};
use text::model::{Model, Parts, write};

use super::card::{Card, Figure};
use super::fit::{Settings, Targets};
use super::measure::{macro_f1_with_interval, tallies};
use super::recipe::{self, Recipe, finish, folds, held_out, small};
use super::{Made, Problem, corpus, data};

const RECIPE: Recipe =
    Recipe { fewest: 2, rows: 14_000, fit: Settings { cost: 2.0, positive: 1.0, passes: 10, seed: 1 } };

/// What else was tried, for the card. Five folds of train chose; dev is shown beside it.
const TRIED: &str = "\
## What else was tried

Macro-F1 of the 28 labels, thresholds from train only. Five folds of the train split chose; differences of .01 are noise.

| | five folds | dev |
|---|---|---|
| 80,000 rows, cost 4 | .473 | .498 |
| 40,000 rows, cost 4 | .478 | .502 |
| 20,000 rows, cost 2 | .482 | .502 |
| **14,000 rows, cost 2** (28 labels alone) | .485 | .507 |
| 8,000 rows, cost 2 | .486 | .511 |
| 14,000 rows and pairs over one word | .485 | .513 |
| a second linear layer over all labels | .473 | .499 |

Sentiment, 4 labels, five folds: from the fine labels alone .666, direct weights alone .664, both together .671. Fewer rows are better, not \
only smaller: what is left out is mostly noise. Published for comparison, on the test split: BERT .46 (the data's authors) to .53.
";

/// Trains on the train split; thresholds and calibration come from five folds of it.
pub fn make() -> Result<Made, Problem> {
    let train = data::goemotions("train")?;
    let counted = corpus::count(train.iter().map(|example| example.text.as_str()));
    let targets = Targets::from_bits(ALL, train.iter().map(|example| with_groups(example.labels)));
    let folds = folds(&(0..train.len()).collect::<Vec<_>>(), 5, 7);
    let mut held = held_out(&counted, &targets, RECIPE, &folds);
    for scores in &mut held {
        let coarse = [grouped(scores, &EKMAN, EKMAN_AT), grouped(scores, &SENTIMENT, SENTIMENT_AT)].concat();
        scores[EKMAN_AT..].copy_from_slice(&coarse);
    }
    let names: Vec<String> = FINE
        .iter()
        .map(|name| (*name).to_owned())
        .chain(EKMAN.iter().map(|group| format!("ekman/{}", group.0)))
        .chain(SENTIMENT.iter().map(|group| format!("sentiment/{}", group.0)))
        .collect();
    let parts: Parts = finish(&names, small(&counted, &targets, RECIPE), &held, &targets, 0.25);
    let bytes = write(&parts);
    let figures = figures(&Model::read(&bytes)?)?;
    Ok(Made { file: "crates/text/weights/goemotions.bin", beside: None, card: card(figures, &bytes), bytes })
}

/// Macro-F1 on the dev split in the three views, and F1 of every fine label.
pub fn figures(model: &Model) -> Result<Vec<Figure>, Problem> {
    use text::model::emotions::{View, emotions};
    let dev = data::goemotions("dev")?;
    let mut all = Vec::new();
    for (view, title, names) in [
        (View::Fine, "28 labels", FINE.to_vec()),
        (View::Ekman, "Ekman, 7 labels", EKMAN.iter().map(|group| group.0).collect()),
        (View::Sentiment, "sentiment, 4 labels", SENTIMENT.iter().map(|group| group.0).collect()),
    ] {
        let truth: Vec<u64> = dev
            .iter()
            .map(|example| match view {
                View::Fine => example.labels,
                View::Ekman => group_bits(example.labels, &EKMAN),
                View::Sentiment => group_bits(example.labels, &SENTIMENT),
            })
            .collect();
        let chosen: Vec<u64> = dev
            .iter()
            .map(|example| {
                let chosen = emotions(model, &example.text, view).chosen;
                bits_of(&names, &chosen)
            })
            .collect();
        let (value, low, high) = macro_f1_with_interval(names.len(), &chosen, &truth);
        all.push(Figure {
            what: format!("GoEmotions dev, {title}: macro-F1"),
            value,
            low,
            high,
            floor: None,
        });
        for (name, tally) in names.iter().zip(tallies(names.len(), &chosen, &truth)) {
            all.push(Figure::label(name, tally));
        }
    }
    Ok(all)
}

/// Names to a bit set in the order of `names`.
pub fn bits_of(names: &[&str], chosen: &[&str]) -> u64 {
    chosen
        .iter()
        .filter_map(|name| names.iter().position(|other| other == name))
        .map(|place| 1 << place)
        .sum()
}

fn with_groups(bits: u64) -> u64 {
    bits | group_bits(bits, &EKMAN) << EKMAN_AT | group_bits(bits, &SENTIMENT) << SENTIMENT_AT
}

fn group_bits(bits: u64, groups: &Groups) -> u64 {
    let holds = |member: &&str| {
        FINE.iter().position(|name| name == member).is_some_and(|place| bits >> place & 1 == 1)
    };
    groups.iter().enumerate().map(|(place, (_, members))| u64::from(members.iter().any(holds)) << place).sum()
}

fn card(figures: Vec<Figure>, bytes: &[u8]) -> Card {
    Card {
        file: "emotions.md",
        title: "Emotions in short English texts",
        what: "Gives a short English text the 28 labels of GoEmotions, or the seven of Ekman, or positive, negative, \
               ambiguous and neutral. Used by `alongside score goemotions|ekman|sentiment`.",
        data: "GoEmotions train split, 43,410 Reddit comments (Demszky et al. 2020), CC BY 4.0. Thresholds and calibration \
               come from five folds of the train split; the dev split is only measured.",
        how: format!(
            "{} rows, cost {}, {} passes; a coarse label adds its own weights to the log-odds that one of its fine labels holds; \
             a text always gets at least one label.",
            recipe::group_thousands(RECIPE.rows),
            RECIPE.fit.cost,
            RECIPE.fit.passes
        ),
        not_for: "Reddit is not a workplace: on desk messages these labels are far less reliable than the figures below. \
                  Never use them to judge, rank or follow a person.",
        bytes: bytes.len(),
        checksum: text::model::checksum(bytes),
        figures,
        notes: TRIED.to_owned(),
    }
}
