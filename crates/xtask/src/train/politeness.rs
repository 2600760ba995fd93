//! Politeness of requests: learned from how polite five raters found each request of Wikipedia, and a little from Stack
//! Exchange; measured on the polite against the impolite quarter.

use text::model::{with_strategies, write};

use super::card::{Card, Figure};
use super::corpus::{Counted, Vocabulary};
use super::fit::Fitted;
use super::fit::{Settings, Targets};
use super::measure::interval;
use super::numbers::logistic;
use super::recipe::{self, Recipe, finish, folds, small};
use super::{Made, Problem, corpus, data};

const RECIPE: Recipe =
    Recipe { fewest: 6, rows: 20_000, fit: Settings { cost: 1.5, positive: 1.0, passes: 12, seed: 1 } };
/// How much a request from Stack Exchange counts against one from Wikipedia.
const ELSEWHERE: f32 = 0.25;
/// How fast a request counts as polite above the middle of the ratings, by a unit of the rating.
const STEEPNESS: f64 = 2.5;

/// What else was tried, for the card.
const TRIED: &str = "\
## What else was tried

Accuracy, mean of four seeds of the ten folds. Differences below .005 are noise.

| | mean |
|---|---|
| n-grams alone, signs weighted by the distance from the middle | .844 (one seed) |
| strategies added, ratings as aims, cost 1 | .861 |
| cost 3 | .860 |
| **cost 1.5, features of at least three requests, Stack Exchange .25** | .862 |
| 10,000 rows | .856 |
| 60,000 rows | .861 |

Published for comparison: people .867, linguistic features .838, bag of words .798 (the data's authors, all of the data).
";

/// Trains on both domains; the figure is ten folds of Wikipedia's outer quarters.
pub fn make() -> Result<Made, Problem> {
    let wikipedia = data::politeness("wikipedia")?;
    let outer = outer_quarters(&wikipedia);
    let mut texts = Vec::new();
    let mut aims = Aims::default();
    for (domain, factor) in [("wikipedia", 1.0), ("stack-exchange", ELSEWHERE)] {
        let all = data::politeness(domain)?;
        let middle = quantile(&all, 1, 2);
        for (text, score) in all {
            texts.push(with_strategies(&text));
            aims.push(logistic(STEEPNESS * (score - middle)), factor);
        }
    }
    let counted = corpus::count(texts.iter().map(String::as_str));
    let of = folds(&(0..wikipedia.len()).collect::<Vec<_>>(), 10, 7);
    let mut held = vec![Vec::new(); wikipedia.len()];
    for fold in 0..10 {
        let rest: Vec<usize> = (0..texts.len()).filter(|text| of.get(*text) != Some(&fold)).collect();
        let out: Vec<usize> = (0..wikipedia.len()).filter(|text| of[*text] == fold).collect();
        let (vocabulary, fitted) = aims.small(&counted, &rest);
        let rows = vocabulary.rows(&counted.select(&out));
        for (text, scores) in out.into_iter().zip(fitted.scores(&rows)) {
            held[text] = scores;
        }
    }
    let right: Vec<bool> = outer.iter().map(|(text, polite)| (held[*text][0] > 0.0) == *polite).collect();
    let mean =
        |sample: &[usize]| sample.iter().filter(|place| right[**place]).count() as f64 / sample.len() as f64;
    let (low, high) = interval(right.len(), mean);
    let figures = vec![Figure {
        what: format!("Wikipedia, outer quarters ({} requests), ten folds: accuracy", right.len()),
        value: mean(&(0..right.len()).collect::<Vec<_>>()),
        low,
        high,
        floor: None,
    }];
    let outer_scores: Vec<Vec<f32>> = outer.iter().map(|(text, _)| held[*text].clone()).collect();
    let outer_targets = Targets::from_bits(1, outer.iter().map(|(_, polite)| u64::from(*polite)));
    let mut parts = finish(
        &["polite".to_owned()],
        aims.small(&counted, &(0..texts.len()).collect::<Vec<_>>()),
        &outer_scores,
        &outer_targets,
        0.2,
    );
    for label in &mut parts.labels {
        // The middle of two equal halves, not the cut that flatters one of them.
        (label.threshold, label.doubt) = (0.5, 0.35);
        label.offset = 0.0;
    }
    let bytes = write(&parts);
    Ok(Made { file: "crates/text/weights/politeness.bin", beside: None, card: card(figures, &bytes), bytes })
}

/// How polite each text is, 0 to 1: it is learned as so much polite and so much not, so that the middle half teaches too.
#[derive(Default)]
struct Aims {
    polite: Vec<f32>,
    weights: Vec<f32>,
}

impl Aims {
    fn push(&mut self, polite: f64, weight: f32) {
        self.polite.push(polite as f32);
        self.weights.push(weight);
    }

    fn small(&self, counted: &Counted, texts: &[usize]) -> (Vocabulary, Fitted) {
        let twice: Vec<usize> = texts.iter().flat_map(|text| [*text, *text]).collect();
        let signs = texts.iter().flat_map(|_| [1, -1]).collect();
        let parts = |text: &usize| {
            let (polite, weight) = (self.polite[*text], self.weights[*text]);
            [weight * polite, weight * (1.0 - polite)]
        };
        let weights = texts.iter().flat_map(parts).collect();
        small(&counted.select(&twice), &Targets { labels: 1, signs, weights }, RECIPE)
    }
}

/// The texts of the upper and the lower quarter, and which of the two.
fn outer_quarters(all: &[(String, f64)]) -> Vec<(usize, bool)> {
    let (low, high) = (quantile(all, 1, 4), quantile(all, 3, 4));
    let place = |(place, (_, score)): (usize, &(String, f64))| {
        if *score <= low { Some((place, false)) } else { (*score >= high).then_some((place, true)) }
    };
    all.iter().enumerate().filter_map(place).collect()
}

fn quantile(all: &[(String, f64)], part: usize, of: usize) -> f64 {
    let mut scores: Vec<f64> = all.iter().map(|(_, score)| *score).collect();
    scores.sort_by(f64::total_cmp);
    scores[scores.len() * part / of]
}

fn card(figures: Vec<Figure>, bytes: &[u8]) -> Card {
    Card {
        file: "politeness.md",
        title: "Politeness of English requests",
        what: "Says whether an English request reads polite. Used by `alongside score politeness`.",
        data: "Stanford politeness requests (Danescu-Niculescu-Mizil et al. 2013), the shared 80 % of Wikipedia and Stack Exchange, \
               CC BY 4.0.",
        how: format!(
            "{} rows, cost {}, {} passes, over the text and the strategies of politeness found in it (thanks, greetings, hedges, \
             kinds of question and others, `crates/text/src/model/strategies.txt`); each request is learned as so much polite and so \
             much not as its raters said, Stack Exchange counts {ELSEWHERE}.",
            recipe::group_thousands(RECIPE.rows),
            RECIPE.fit.cost,
            RECIPE.fit.passes
        ),
        not_for: "It knows how Wikipedia editors of 2012 asked. It is not a judgement of a person or a culture, and direct language \
                  is often the kinder one.",
        bytes: bytes.len(),
        checksum: text::model::checksum(bytes),
        figures,
        notes: TRIED.to_owned(),
    }
}
