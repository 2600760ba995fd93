//! Principles of persuasion in mail texts, for `lure`: authority, distraction, liking, social proof, commitment.

use text::model::{with_concepts, write};

use super::card::{Card, Figure};
use super::fit::{Settings, Targets};
use super::groups::near_duplicates;
use super::measure::{auc, best_cut, macro_f1_with_interval, tallies};
use super::recipe::{self, Recipe, finish, folds, held_out, small};
use super::{Made, Problem, corpus, data, second_reader};

const RECIPE: Recipe =
    Recipe { fewest: 2, rows: 16_000, fit: Settings { cost: 0.7, positive: 3.0, passes: 10, seed: 1 } };
/// Plain TF-IDF over words and pairs of words with logistic regression: the figure to beat, in the same folds.
const PLAIN: Recipe =
    Recipe { fewest: 2, rows: usize::MAX, fit: Settings { cost: 4.0, positive: 1.0, passes: 20, seed: 1 } };
/// The values of MISP's `principle-of-persuasion`, in the order of the data.
const NAMES: [&str; 5] = [
    "authority",
    "distraction",
    "liking-similarity-deception",
    "social-proof",
    "commitment-reciprocation-consistency",
];

/// The place of distraction among [`NAMES`].
const DISTRACTION: usize = 1;
/// How the second reader worked, for the card.
const READER: &str = "\
## What a careful reader reaches

A second reader (a language model, on 30 November 2026) studied 161 texts with their labels to learn where the annotators draw the line, then read the
others one by one, by meaning, without their labels, and said how likely each is to carry distraction (`training/principles-second-reader.csv`).
What they found: the service threatened decides more than the words (a full mailbox mostly counts, a bank's account mostly not), greed never
counts, and the same text stands there with and without the label. Their judgement beside the words and pairs gives no more than the words alone (F1 .54 and .54).
So a figure of .65 would need texts labelled by several readers; more features do not reach it.
";

/// What else was tried, for the card.
const TRIED: &str = "\
## What was tried for distraction

F1 of distraction, mean of three seeds of the five grouped folds, thresholds from the other four. The seed of the figure above is a lucky one:
this model has .564 in the mean.

| | F1 | area |
|---|---|---|
| words and pairs, balanced | .583 | .868 |
| letters alone | .562 | .851 |
| words and letters | .557 | .861 |
| log-count ratios before the regression | .535 | .819 |
| numbers from rules alone | .467 | .821 |
| words, pairs and those numbers | .597 | .879 |
| support vectors with radial kernels | .574 | .870 |
| trees on the numbers, added to the words | .538 | .847 |
| eight bagged models | .583 | .878 |
| more concepts, and pairs of them in one sentence | .545 | |
| words at the beginning and at the end told apart | .537 | .851 |
| words told apart by what their sentence has: a link, a number, the reader | .559 | .866 |
| this model, its scores of all five principles weighed a second time | .513 | .846 |
| this model, thresholds from sixty resamples | .562 | .853 |
| a public sentence encoder (512 numbers a sentence), alone | .454 | .799 |
| the same beside words and pairs | .591 | .865 |

With a quarter, half, three quarters and all of the training texts the best of them has .469, .523, .592 and .597: more texts of this kind
would help little. The labels themselves limit it. Of the 69 pairs of nearly the same text in which at least one is labelled distraction, both
are in 21; a reader who knew the label of the twin would reach an F1 of .47.
";

/// Trains on all texts; the figures are five folds in which near-duplicates stay together, thresholds set on the
/// other four.
pub fn make() -> Result<Made, Problem> {
    let (numbers, all): (Vec<String>, Vec<data::Example>) = data::principles()?.into_iter().unzip();
    let texts: Vec<String> = all.iter().map(|example| example.text.clone()).collect();
    let truth: Vec<u64> = all.iter().map(|example| example.labels).collect();
    let groups = near_duplicates(&texts);
    let of = folds(&groups, 5, 7);
    let known: Vec<String> = texts.iter().map(|text| with_concepts(text)).collect();
    let counted = corpus::count(known.iter().map(String::as_str));
    let targets = Targets::from_bits(NAMES.len(), truth.iter().copied());
    let held = held_out(&counted, &targets, RECIPE, &of);
    let chosen = chosen_by_other_folds(&held, &truth, &of);
    let (value, low, high) = macro_f1_with_interval(NAMES.len(), &chosen, &truth);
    let mut figures = vec![Figure {
        what: format!("persuasion principles, {} texts, five grouped folds: macro-F1", texts.len()),
        value,
        low,
        high,
        floor: None,
    }];
    figures.extend(
        NAMES
            .iter()
            .zip(tallies(NAMES.len(), &chosen, &truth))
            .map(|(name, tally)| Figure::label(name, tally)),
    );
    let plain = corpus::count(texts.iter().map(String::as_str)).words_alone();
    let plain = chosen_by_other_folds(&held_out(&plain, &targets, PLAIN, &of), &truth, &of);
    let (value, low, high) = macro_f1_with_interval(NAMES.len(), &plain, &truth);
    figures.push(Figure {
        what: "plain TF-IDF and logistic regression, same folds: macro-F1".to_owned(),
        value,
        low,
        high,
        floor: None,
    });
    figures.extend(
        NAMES
            .iter()
            .zip(tallies(NAMES.len(), &plain, &truth))
            .map(|(name, tally)| Figure::label(name, tally)),
    );
    let areas: Vec<String> = NAMES
        .iter()
        .enumerate()
        .map(|(label, name)| {
            let scores: Vec<f32> = held.iter().map(|scores| scores[label]).collect();
            let has: Vec<bool> = truth.iter().map(|bits| bits >> label & 1 == 1).collect();
            format!("{name} {:.3}", auc(&scores, &has))
        })
        .collect();
    let names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let parts = finish(&names, small(&counted, &targets, RECIPE), &held, &targets, 0.3);
    let bytes = write(&parts);
    let reader = beside_a_reader(&numbers, &held, &truth)?;
    let notes = format!("Area under the ROC curve, same folds: {}.\n\n{TRIED}\n{reader}", areas.join(", "));
    Ok(Made {
        file: "crates/text/weights/principles.bin",
        beside: None,
        card: card(figures, notes, &bytes),
        bytes,
    })
}

/// What a reader says of distraction, beside what the model says of the same texts in the fold that has not seen them.
fn beside_a_reader(numbers: &[String], held: &[Vec<f32>], truth: &[u64]) -> Result<String, Problem> {
    let said = second_reader::of_distraction()?;
    let (mut reader, mut model, mut has) = (Vec::new(), Vec::new(), Vec::new());
    for (text, percent) in
        numbers.iter().enumerate().filter_map(|(text, number)| Some((text, said.get(number)?)))
    {
        reader.push(*percent);
        model.push(held[text][DISTRACTION]);
        has.push(truth[text] >> DISTRACTION & 1 == 1);
    }
    Ok(format!("{READER}\n{}\n", second_reader::compare(&reader, &model, &has)))
}

fn chosen_by_other_folds(held: &[Vec<f32>], truth: &[u64], of: &[usize]) -> Vec<u64> {
    let cut = |fold: usize, label: usize| {
        let rest = (0..truth.len()).filter(|text| of[*text] != fold);
        let (scores, has): (Vec<f32>, Vec<bool>) =
            rest.map(|text| (held[text][label], truth[text] >> label & 1 == 1)).unzip();
        best_cut(&scores, &has)
    };
    let cuts: Vec<Vec<f32>> =
        (0..5).map(|fold| (0..NAMES.len()).map(|label| cut(fold, label)).collect()).collect();
    let bit = |(label, (score, cut)): (usize, (&f32, &f32))| u64::from(score >= cut) << label;
    held.iter()
        .zip(of)
        .map(|(scores, fold)| scores.iter().zip(&cuts[*fold]).enumerate().map(bit).sum())
        .collect()
}

fn card(figures: Vec<Figure>, notes: String, bytes: &[u8]) -> Card {
    Card {
        file: "principles.md",
        title: "Principles of persuasion in mail",
        what: "Says which of five principles of persuasion an English mail text uses, in MISP's words. Used by `alongside score \
               principles` and beside the rules of `lure`.",
        data: "763 distinct mail texts with five principles (lbustio/intensity, MIT by its readme), about 70 % of the published set.",
        how: format!(
            "{} rows, cost {}, {} passes, over the text and a few gathered concepts (loss, danger, haste, gain and others).",
            recipe::group_thousands(RECIPE.rows),
            RECIPE.fit.cost,
            RECIPE.fit.passes
        ),
        not_for: "A principle explains a message and never convicts it: legitimate mail uses authority and urgency too. People agree only \
                  moderately on these labels (Fleiss kappa 0.29 to 0.66 on a sister set), and the rare ones are guesses: show them as \
                  \"not sure\".",
        bytes: bytes.len(),
        checksum: text::model::checksum(bytes),
        figures,
        notes,
    }
}
