//! Politeness of requests: the polite against the impolite quarter, learned from all rated requests of Wikipedia,
//! those near the middle counting less, and a little from Stack Exchange.

use text::model::write;

use super::card::{Card, Figure};
use super::fit::{Settings, Targets};
use super::measure::interval;
use super::recipe::{self, Recipe, finish, folds, small};
use super::{Made, Problem, corpus, data};

const RECIPE: Recipe =
    Recipe { fewest: 2, rows: 20_000, fit: Settings { cost: 3.0, positive: 1.0, passes: 12, seed: 1 } };
/// How much a request from Stack Exchange counts against one from Wikipedia.
const ELSEWHERE: f32 = 0.15;

/// Trains on both domains; the figure is ten folds of Wikipedia's outer quarters.
pub fn make() -> Result<Made, Problem> {
    let wikipedia = data::politeness("wikipedia")?;
    let (mut texts, mut signs, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    let outer = outer_quarters(&wikipedia);
    for (domain, factor) in [("wikipedia", 1.0), ("stack-exchange", ELSEWHERE)] {
        let all = data::politeness(domain)?;
        let middle = quantile(&all, 1, 2);
        for (text, score) in all {
            texts.push(text);
            signs.push(if score > middle { 1 } else { -1 });
            weights.push(factor * ((score - middle).abs() as f32 / 0.7).clamp(0.1, 1.0));
        }
    }
    let counted = corpus::count(texts.iter().map(String::as_str));
    let targets = Targets { labels: 1, signs, weights };
    let of = folds(&(0..wikipedia.len()).collect::<Vec<_>>(), 10, 7);
    let mut held = vec![Vec::new(); wikipedia.len()];
    for fold in 0..10 {
        let rest: Vec<usize> = (0..texts.len()).filter(|text| of.get(*text) != Some(&fold)).collect();
        let out: Vec<usize> = (0..wikipedia.len()).filter(|text| of[*text] == fold).collect();
        let (vocabulary, fitted) = small(&counted.select(&rest), &targets.select(&rest), RECIPE);
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
    let mut parts =
        finish(&["polite".to_owned()], small(&counted, &targets, RECIPE), &outer_scores, &outer_targets, 0.2);
    for label in &mut parts.labels {
        // The middle of two equal halves, not the cut that flatters one of them.
        (label.threshold, label.doubt) = (0.5, 0.35);
        label.offset = 0.0;
    }
    let bytes = write(&parts);
    Ok(Made { file: "crates/text/weights/politeness.bin", beside: None, card: card(figures, &bytes), bytes })
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
            "{} rows, cost {}, {} passes; requests near the middle count less, Stack Exchange counts {ELSEWHERE}.",
            recipe::group_thousands(RECIPE.rows),
            RECIPE.fit.cost,
            RECIPE.fit.passes
        ),
        not_for: "It knows how Wikipedia editors of 2012 asked. It is not a judgement of a person or a culture, and direct language \
                  is often the kinder one.",
        bytes: bytes.len(),
        checksum: text::model::checksum(bytes),
        figures,
        notes: String::new(),
    }
}
