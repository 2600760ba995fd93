//! How every model is made: fit on all features, keep the rows that matter, fit again on those, cut the weights to
//! bytes. Calibration and thresholds come from scores on texts that the fit has not seen.

use text::model::{Label, Parts};

use super::corpus::{Counted, Vocabulary};
use super::fit::{Fitted, Settings, Targets, fit};
use super::measure::{best_cut, platt};
use super::numbers::{Stream, logistic};

#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// In how many texts a feature must occur to be looked at.
    pub fewest: u32,
    /// How many rows are kept.
    pub rows: usize,
    pub fit: Settings,
}

/// Fits, prunes and fits again.
pub fn small(counted: &Counted, targets: &Targets, recipe: Recipe) -> (Vocabulary, Fitted) {
    let vocabulary = counted.vocabulary(recipe.fewest);
    let first = fit(&vocabulary.rows(counted), targets, recipe.fit);
    let kept = vocabulary.strongest(&first, recipe.rows);
    let second = fit(&kept.rows(counted), targets, recipe.fit);
    (kept, second)
}

/// Scores of every text by a model that was fitted without the texts of its fold.
pub fn held_out(counted: &Counted, targets: &Targets, recipe: Recipe, folds: &[usize]) -> Vec<Vec<f32>> {
    let count = folds.iter().max().map_or(0, |last| last + 1);
    let mut scores = vec![Vec::new(); folds.len()];
    for fold in 0..count {
        let (held, rest): (Vec<usize>, Vec<usize>) = (0..folds.len()).partition(|text| folds[*text] == fold);
        let (vocabulary, fitted) = small(&counted.select(&rest), &targets.select(&rest), recipe);
        let rows = vocabulary.rows(&counted.select(&held));
        for (text, row) in held.into_iter().zip(fitted.scores(&rows)) {
            scores[text] = row;
        }
    }
    scores
}

/// Seeded folds in which all texts of one group stay together. Groups are numbers, one a text.
pub fn folds(groups: &[usize], count: usize, seed: u64) -> Vec<usize> {
    let mut names: Vec<usize> = groups.to_vec();
    names.sort_unstable();
    names.dedup();
    Stream::new(seed).shuffle(&mut names);
    let fold_of: std::collections::BTreeMap<usize, usize> =
        names.into_iter().enumerate().map(|(place, name)| (name, place % count)).collect();
    groups.iter().map(|group| fold_of[group]).collect()
}

/// Cuts weights to bytes and sets calibration and threshold of every label from held-out scores and the truth.
/// `doubt` is how far below the threshold, in probability relative to it, an answer is still "not sure".
pub fn finish(
    names: &[String],
    (vocabulary, fitted): (Vocabulary, Fitted),
    held: &[Vec<f32>],
    targets: &Targets,
    doubt: f32,
) -> Parts {
    let labels: Vec<Label> = names
        .iter()
        .enumerate()
        .map(|(label, name)| {
            let (scores, truth) = known(held, targets, label);
            let (slope, offset) = platt(&scores, &truth);
            let cut = best_cut(&scores, &truth);
            let threshold = logistic(f64::from(slope * cut + offset)) as f32;
            let largest = (0..vocabulary.buckets.len())
                .map(|column| fitted.column(column)[label].abs())
                .fold(0.0, f32::max);
            let scale = (largest / 127.0).max(1e-9);
            Label {
                name: name.clone(),
                scale,
                bias: fitted.bias[label],
                slope,
                offset,
                threshold,
                doubt: threshold * (1.0 - doubt),
            }
        })
        .collect();
    let weights = (0..vocabulary.buckets.len())
        .flat_map(|column| {
            fitted.column(column).iter().zip(&labels).map(|(weight, label)| byte(*weight, label.scale))
        })
        .collect();
    Parts {
        labels,
        buckets: vocabulary.buckets,
        row_weights: vocabulary.row_weights,
        smallest: vocabulary.smallest,
        step: vocabulary.step,
        weights,
    }
}

/// The scores and the truth of one label where it is known.
pub fn known(scores: &[Vec<f32>], targets: &Targets, label: usize) -> (Vec<f32>, Vec<bool>) {
    (0..scores.len())
        .filter(|text| targets.sign(*text, label) != 0)
        .map(|text| (scores[text][label], targets.sign(text, label) > 0))
        .unzip()
}

fn byte(weight: f32, scale: f32) -> i8 {
    (weight / scale).round().clamp(-127.0, 127.0) as i8
}

/// 14000 as "14,000".
pub fn group_thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
