//! How far a careful reader comes with the labels of a set: what they say of texts whose labels they have not seen,
//! beside what the model reaches.

use std::collections::BTreeMap;

use super::Problem;
use super::data::{csv, read, root};
use super::measure::{Tally, auc};

/// A reader's judgement of distraction, in percent, by the number of the text.
pub fn of_distraction() -> Result<BTreeMap<String, f32>, Problem> {
    csv(&read(&root().join("training/principles-second-reader.csv"))?)
        .into_iter()
        .skip(1)
        .filter(|row| row.len() == 2)
        .map(|row| Ok((row[0].clone(), row[1].parse()?)))
        .collect()
}

/// A sentence for the card: the F1 of the reader at the best of all cuts, which flatters them, and their area under the ROC
/// curve, with those of the model on the same texts at its own best cut.
pub fn compare(reader: &[f32], model: &[f32], truth: &[bool]) -> String {
    let positives = truth.iter().filter(|has| **has).count();
    format!(
        "On {} of the texts, {positives} with the label: reader F1 {:.3}, area {:.3}; model F1 {:.3}, area {:.3}, each at the best of \
         all cuts.",
        truth.len(),
        best_f1(reader, truth),
        auc(reader, truth),
        best_f1(model, truth),
        auc(model, truth),
    )
}

/// The best F1 that any cut of these scores gives.
fn best_f1(scores: &[f32], truth: &[bool]) -> f64 {
    let at = |cut: f32| {
        let mut tally = Tally::default();
        scores.iter().zip(truth).for_each(|(score, has)| tally.add(*score >= cut, *has));
        tally.f1()
    };
    scores.iter().map(|cut| at(*cut)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_who_knows_reaches_all_and_one_who_says_yes_to_all_half() {
        let truth = [true, false, false];
        assert!((best_f1(&[90.0, 10.0, 20.0], &truth) - 1.0).abs() < 1e-9);
        assert!((best_f1(&[5.0, 5.0, 5.0], &truth) - 0.5).abs() < 1e-9);
    }
}
