//! How good an answer is: F1 by label and over labels, thresholds, calibration, and how sure we are of the figure.

use super::numbers::{Stream, ln, logistic};

/// Hits and misses of one label.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub right: f64,
    pub wrong: f64,
    pub missed: f64,
}

impl Tally {
    pub fn add(&mut self, chosen: bool, has: bool) {
        match (chosen, has) {
            (true, true) => self.right += 1.0,
            (true, false) => self.wrong += 1.0,
            (false, true) => self.missed += 1.0,
            (false, false) => {}
        }
    }

    pub fn f1(self) -> f64 {
        ratio(2.0 * self.right, 2.0 * self.right + self.wrong + self.missed)
    }

    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// One tally a label, from what was chosen and what is true (bit sets, text by text).
pub fn tallies(labels: usize, chosen: &[u64], truth: &[u64]) -> Vec<Tally> {
    let mut all = vec![Tally::default(); labels];
    for (chosen, truth) in chosen.iter().zip(truth) {
        for (label, tally) in all.iter_mut().enumerate() {
            tally.add(chosen >> label & 1 == 1, truth >> label & 1 == 1);
        }
    }
    all
}

/// The mean F1 over labels.
pub fn macro_f1(labels: usize, chosen: &[u64], truth: &[u64]) -> f64 {
    let all = tallies(labels, chosen, truth);
    all.iter().map(|tally| tally.f1()).sum::<f64>() / labels.max(1) as f64
}

/// A 95 % percentile interval of `figure` over 1,000 bootstrap samples of the texts, seeded.
pub fn interval(texts: usize, mut figure: impl FnMut(&[usize]) -> f64) -> (f64, f64) {
    let mut stream = Stream::new(0x00b0_0757);
    let mut figures: Vec<f64> = (0..1000)
        .map(|_| {
            let sample: Vec<usize> = (0..texts).map(|_| stream.below(texts.max(1))).collect();
            figure(&sample)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    (figures[24], figures[974])
}

/// Macro-F1 with its interval.
pub fn macro_f1_with_interval(labels: usize, chosen: &[u64], truth: &[u64]) -> (f64, f64, f64) {
    let (low, high) = interval(chosen.len(), |sample| {
        let pick = |from: &[u64]| sample.iter().map(|place| from[*place]).collect::<Vec<_>>();
        macro_f1(labels, &pick(chosen), &pick(truth))
    });
    (macro_f1(labels, chosen, truth), low, high)
}

/// The score from which choosing the label gives the best F1, as [`cut_with`].
pub fn best_cut(scores: &[f32], truth: &[bool]) -> f32 {
    cut_with(1.0, scores, truth)
}

/// The score from which choosing the label gives the best F-beta (van Rijsbergen 1979), halfway between two scores; below 1,
/// `beta` asks for being right rather than for finding all. The curve is smoothed over neighbouring cuts, so that one lucky
/// text does not decide.
pub fn cut_with(beta: f64, scores: &[f32], truth: &[bool]) -> f32 {
    let square = beta * beta;
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]).then(one.cmp(other)));
    let positives = truth.iter().filter(|has| **has).count() as f64;
    let mut right = 0.0;
    let curve: Vec<f64> = order
        .iter()
        .enumerate()
        .map(|(place, text)| {
            right += f64::from(u8::from(truth[*text]));
            ratio((1.0 + square) * right, place as f64 + 1.0 + square * positives)
        })
        .collect();
    let reach = ((positives / 10.0) as usize).min(200);
    let mut best = (f64::MIN, 0);
    for place in 0..curve.len() {
        let window = &curve[place.saturating_sub(reach)..(place + reach + 1).min(curve.len())];
        let mean = window.iter().sum::<f64>() / window.len() as f64;
        if mean > best.0 {
            best = (mean, place);
        }
    }
    let here = order.get(best.1).map_or(0.0, |text| scores[*text]);
    let next = order.get(best.1 + 1).map_or(here - 1e-3, |text| scores[*text]);
    f32::midpoint(here, next)
}

/// Slope and offset that turn scores into probabilities (Platt 1999, with the smoothed targets of Lin, Lin and
/// Weng 2007), by Newton's method.
pub fn platt(scores: &[f32], truth: &[bool]) -> (f32, f32) {
    let positives = truth.iter().filter(|has| **has).count() as f64;
    let negatives = truth.len() as f64 - positives;
    let (high, low) = ((positives + 1.0) / (positives + 2.0), 1.0 / (negatives + 2.0));
    let (mut slope, mut offset) = (1.0_f64, ln((positives + 1.0) / (negatives + 1.0)).min(0.0));
    for _ in 0..100 {
        let (mut gs, mut go, mut hss, mut hso, mut hoo) = (0.0, 0.0, 1e-9, 0.0, 1e-9);
        for (score, has) in scores.iter().zip(truth) {
            let score = f64::from(*score);
            let p = logistic(slope * score + offset);
            let error = p - if *has { high } else { low };
            let curve = (p * (1.0 - p)).max(1e-12);
            gs += error * score;
            go += error;
            hss += curve * score * score;
            hso += curve * score;
            hoo += curve;
        }
        let determinant = hss * hoo - hso * hso;
        let (ds, d_o) = ((hoo * gs - hso * go) / determinant, (hss * go - hso * gs) / determinant);
        let step = 1.0 / (1.0 + ds.abs().max(d_o.abs()) / 2.0);
        slope -= step * ds;
        offset -= step * d_o;
        if ds.abs() + d_o.abs() < 1e-9 {
            break;
        }
    }
    (slope as f32, offset as f32)
}

/// The chance that a text with the label scores higher than one without (area under the ROC curve).
pub fn auc(scores: &[f32], truth: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|one, other| scores[*one].total_cmp(&scores[*other]));
    let mut ranks = vec![0.0; scores.len()];
    let mut start = 0;
    while start < order.len() {
        let mut end = start;
        while end < order.len() && scores[order[end]] == scores[order[start]] {
            end += 1;
        }
        for text in &order[start..end] {
            ranks[*text] = (start + end + 1) as f64 / 2.0;
        }
        start = end;
    }
    let positives = truth.iter().filter(|has| **has).count() as f64;
    let negatives = truth.len() as f64 - positives;
    let sum: f64 = ranks.iter().zip(truth).filter(|(_, has)| **has).map(|(rank, _)| rank).sum();
    ratio(sum - positives * (positives + 1.0) / 2.0, positives * negatives)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_of_a_known_table() {
        let chosen = [0b01, 0b01, 0b00, 0b10];
        let truth = [0b01, 0b00, 0b01, 0b10];
        assert_eq!(macro_f1(2, &chosen, &truth), (0.5 + 1.0) / 2.0);
    }

    #[test]
    fn a_perfect_order_has_area_one_and_its_cut_between() {
        let scores = [3.0, 2.0, -1.0, -2.0];
        let truth = [true, true, false, false];
        assert_eq!(auc(&scores, &truth), 1.0);
        assert_eq!(best_cut(&scores, &truth), 0.5);
        assert_eq!(auc(&[1.0, 1.0], &[true, false]), 0.5, "ties are halves");
    }

    #[test]
    fn calibration_finds_the_rate() {
        let scores: Vec<f32> = (0..1000).map(|place| (place % 2) as f32).collect();
        let truth: Vec<bool> = (0..1000).map(|place| place % 2 == 1 && place % 10 != 1).collect();
        let (slope, offset) = platt(&scores, &truth);
        assert!((logistic(f64::from(slope + offset)) - 0.8).abs() < 0.01);
        assert!(logistic(f64::from(offset)) < 0.02);
    }
}
