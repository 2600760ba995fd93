//! BRIGHTER English: anger, fear, joy, sadness and surprise, trained in its own domain with a little of two others.
//! An outside check of the method; the weights ship for `alongside score brighter`.

use text::model::{Model, write};

use super::card::{Card, Figure};
use super::fit::{Settings, Targets};
use super::measure::{macro_f1_with_interval, tallies};
use super::recipe::{self, Recipe, finish, folds, small};
use super::{Made, Problem, corpus, data};

const RECIPE: Recipe =
    Recipe { fewest: 2, rows: 12_000, fit: Settings { cost: 2.0, positive: 1.0, passes: 10, seed: 1 } };
/// How much a text of another corpus counts.
const ELSEWHERE: f32 = 0.1;
const NAMES: [&str; 5] = ["anger", "fear", "joy", "sadness", "surprise"];

/// Trains on the train split; thresholds come from five folds of it; the dev split is only measured.
pub fn make() -> Result<Made, Problem> {
    let own = data::brighter("train")?;
    let labels = data::goemotions_labels()?;
    let mask = |wanted: &[&str]| -> u64 {
        labels
            .iter()
            .enumerate()
            .filter(|(_, name)| wanted.contains(&name.as_str()))
            .map(|(place, _)| 1 << place)
            .sum()
    };
    let fine = [
        mask(&["anger", "annoyance", "disapproval"]),
        mask(&["fear", "nervousness"]),
        mask(&["joy", "amusement", "excitement", "love", "optimism"]),
        mask(&["sadness", "disappointment", "grief", "remorse"]),
        mask(&["surprise", "realization"]),
    ];
    let xed = [1_u64, 1 << 3, 1 << 4, 1 << 5, 1 << 6];
    let mut texts: Vec<String> = own.iter().map(|example| example.text.clone()).collect();
    let mut targets = Targets::from_bits(NAMES.len(), own.iter().map(|example| example.labels));
    for (more, means) in [(data::goemotions("train")?, fine), (data::xed()?, xed)] {
        for example in more {
            targets.signs.extend(means.iter().map(|mask| if example.labels & mask != 0 { 1 } else { -1 }));
            targets.weights.push(ELSEWHERE);
            texts.push(example.text);
        }
    }
    let counted = corpus::count(texts.iter().map(String::as_str));
    let of = folds(&(0..own.len()).collect::<Vec<_>>(), 5, 7);
    let mut held = vec![Vec::new(); own.len()];
    for fold in 0..5 {
        let rest: Vec<usize> = (0..texts.len()).filter(|text| of.get(*text) != Some(&fold)).collect();
        let out: Vec<usize> = (0..own.len()).filter(|text| of[*text] == fold).collect();
        let (vocabulary, fitted) = small(&counted.select(&rest), &targets.select(&rest), RECIPE);
        let rows = vocabulary.rows(&counted.select(&out));
        for (text, scores) in out.into_iter().zip(fitted.scores(&rows)) {
            held[text] = scores;
        }
    }
    let own_targets = Targets::from_bits(NAMES.len(), own.iter().map(|example| example.labels));
    let names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let parts = finish(&names, small(&counted, &targets, RECIPE), &held, &own_targets, 0.25);
    let bytes = write(&parts);
    let figures = figures(&Model::read(&bytes)?)?;
    Ok(Made { file: "crates/text/weights/brighter.bin", beside: None, card: card(figures, &bytes), bytes })
}

/// Macro-F1 on the dev split.
pub fn figures(model: &Model) -> Result<Vec<Figure>, Problem> {
    let dev = data::brighter("dev")?;
    let truth: Vec<u64> = dev.iter().map(|example| example.labels).collect();
    let chosen: Vec<u64> = dev.iter().map(|example| model.chosen_bits(&example.text)).collect();
    let (value, low, high) = macro_f1_with_interval(NAMES.len(), &chosen, &truth);
    let mut all = vec![Figure {
        what: "BRIGHTER English dev (115 texts): macro-F1".to_owned(),
        value,
        low,
        high,
        floor: None,
    }];
    all.extend(
        NAMES
            .iter()
            .zip(tallies(NAMES.len(), &chosen, &truth))
            .map(|(name, tally)| Figure::label(name, tally)),
    );
    Ok(all)
}

fn card(figures: Vec<Figure>, bytes: &[u8]) -> Card {
    Card {
        file: "brighter.md",
        title: "Five emotions, in the domain of BRIGHTER",
        what: "Gives an English text anger, fear, joy, sadness, surprise. It shows what the method reaches on another corpus; the desk \
               does not use it. Used by `alongside score brighter`.",
        data: "BRIGHTER English train (SemEval-2025 task 11), CC BY 4.0; GoEmotions train and XED English, CC BY 4.0, counting a tenth. \
               Thresholds come from five folds of the train split; the dev split is only measured.",
        how: format!(
            "{} rows, cost {}, {} passes.",
            recipe::group_thousands(RECIPE.rows),
            RECIPE.fit.cost,
            RECIPE.fit.passes
        ),
        not_for: "Most texts of this corpus tell of frightening things, so it hears fear almost everywhere. Not for messages to a desk, \
                  not for judging anybody.",
        bytes: bytes.len(),
        checksum: text::model::checksum(bytes),
        figures,
        notes: String::new(),
    }
}
