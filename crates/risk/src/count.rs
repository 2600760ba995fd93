//! How many loss events a year brings: the exact probabilities, averaged over what is uncertain about the rate, and a
//! table from which a year's count is drawn in one look.

use crate::{scenario::Counts, shape::Shape, table::multiply_nodes};
use stats::special::ln_gamma;

const GUIDE: usize = 4096;
const MOST_EVENTS: usize = 2_000_000;

/// The distribution of the number of loss events in one year.
#[derive(Debug, Clone)]
pub struct EventCount {
    /// Probability of 0, 1, 2, … events, to where less than 1e-13 remains.
    pub chances: Vec<f64>,
    /// Mean number of events.
    pub mean: f64,
    /// Variance of the number of events.
    pub variance: f64,
    guide: Vec<Guide>,
    thresholds: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Guide {
    threshold: u64,
    low: u32,
    high: u32,
}

impl EventCount {
    /// Averages the count over the product of independent `rates` (per year). A rate so high that a year would hold
    /// millions of events is cut off there.
    #[must_use]
    pub fn new(rates: &[Shape], counts: Counts) -> EventCount {
        let mean: f64 = rates.iter().map(Shape::mean).product();
        let square: f64 = rates.iter().map(|one| one.variance() + one.mean().powi(2)).product();
        let spread = square - mean * mean;
        let (mean, variance) = match counts {
            Counts::Poisson => (mean, mean + spread),
            Counts::NegativeBinomial { size } => (mean, mean + spread + square / size),
            Counts::ZeroInflated { quiet } => {
                let active = 1.0 - quiet;
                (active * mean, active * (mean + square) - (active * mean).powi(2))
            }
            Counts::AtMostOne => (mean.min(1.0), mean.min(1.0) * (1.0 - mean.min(1.0))),
        };
        let chances = match counts {
            Counts::AtMostOne => vec![1.0 - mean, mean],
            Counts::Poisson | Counts::NegativeBinomial { .. } | Counts::ZeroInflated { .. } => {
                mixed(rates, counts)
            }
        };
        let thresholds = thresholds(&chances);
        EventCount { guide: guide(&thresholds), chances, mean, variance, thresholds }
    }

    /// The count for one uniform 64-bit number; never fewer for a larger number.
    #[inline(always)]
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the index is the top 12 bits, the guide has 2^12 entries")]
    pub fn at(&self, number: u64) -> u32 {
        let entry = self.guide[(number >> 52) as usize];
        if entry.high == u32::MAX {
            return self.search(number);
        }
        if number < entry.threshold { entry.low } else { entry.high }
    }

    #[cold]
    fn search(&self, number: u64) -> u32 {
        self.thresholds.partition_point(|threshold| *threshold <= number) as u32
    }

    /// The probability of at most 0, 1, 2, … events.
    pub fn cumulative(&self) -> impl Iterator<Item = f64> {
        self.chances.iter().scan(0.0, |sum, chance| {
            *sum += chance;
            Some(*sum)
        })
    }
}

fn mixed(rates: &[Shape], counts: Counts) -> Vec<f64> {
    let uncertain = rates.iter().filter(|one| !one.is_constant()).count();
    let step = if uncertain > 2 { 0.25 } else { 0.125 };
    let mut nodes = multiply_nodes(&rates.iter().collect::<Vec<_>>(), step);
    nodes.retain(|node| node.1 > 1e-22);
    nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let nodes = merge(nodes);
    let mut chances: Vec<f64> = Vec::new();
    for (rate, weight) in &nodes {
        add_counts(&mut chances, *rate, *weight, counts);
    }
    if let (Counts::ZeroInflated { quiet }, Some(none)) = (counts, chances.first_mut()) {
        *none += quiet;
    }
    let total: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= total;
    }
    let mut left = 1.0;
    let enough = chances
        .iter()
        .position(|chance| {
            left -= chance;
            left < 1e-14
        })
        .unwrap_or(chances.len());
    chances.truncate(enough + 2);
    chances
}

/// Joins neighbouring rates that no count could tell apart, keeping weight and mean.
fn merge(nodes: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut merged: Vec<(f64, f64, f64)> = Vec::new();
    for (rate, weight) in nodes {
        match merged.last_mut() {
            Some((start, mass, moment)) if rate - *start <= 2e-4 * start.sqrt().min(*start) => {
                *mass += weight;
                *moment += weight * rate;
            }
            _ => merged.push((rate, weight, weight * rate)),
        }
    }
    merged.into_iter().map(|(_, mass, moment)| (moment / mass, mass)).collect()
}

/// Adds one rate's count probabilities, from the likeliest count outward until they no longer matter.
fn add_counts(chances: &mut Vec<f64>, rate: f64, weight: f64, counts: Counts) {
    let (start, first, ratio): (usize, f64, Box<dyn Fn(f64) -> f64>) = match counts {
        Counts::NegativeBinomial { size } => {
            let start = ((rate * (size - 1.0) / size).max(0.0) as usize).min(MOST_EVENTS);
            let n = start as f64;
            let grows = rate / (rate + size);
            let log = ln_gamma(n + size) - ln_gamma(size) - ln_gamma(n + 1.0)
                + size * (size / (size + rate)).ln()
                + if n > 0.0 { n * grows.ln() } else { 0.0 };
            (start, log.exp(), Box::new(move |n| (n + size) / (n + 1.0) * grows))
        }
        Counts::Poisson | Counts::ZeroInflated { .. } | Counts::AtMostOne => {
            let start = (rate as usize).min(MOST_EVENTS);
            let n = start as f64;
            let log = -rate - ln_gamma(n + 1.0) + if n > 0.0 { n * rate.ln() } else { 0.0 };
            (start, log.exp(), Box::new(move |n| rate / (n + 1.0)))
        }
    };
    let weight = if let Counts::ZeroInflated { quiet } = counts { weight * (1.0 - quiet) } else { weight };
    let mut add = |n: usize, chance: f64| {
        if chances.len() <= n {
            chances.resize(n + 1, 0.0);
        }
        if let Some(slot) = chances.get_mut(n) {
            *slot += weight * chance;
        }
    };
    let least = 1e-18 / weight.max(1e-22);
    let (mut n, mut chance) = (start, first);
    while chance > least.min(1e-4) * 1e-2 && n < MOST_EVENTS {
        add(n, chance);
        chance *= ratio(n as f64);
        n += 1;
    }
    let (mut n, mut chance) = (start, first);
    while n > 0 {
        n -= 1;
        chance /= ratio(n as f64);
        if chance < 1e-22 {
            break;
        }
        add(n, chance);
    }
}

fn thresholds(chances: &[f64]) -> Vec<u64> {
    let mut sum = 0.0;
    let mut thresholds: Vec<u64> = chances
        .iter()
        .map(|chance| {
            sum += chance;
            (sum * 18_446_744_073_709_551_616.0) as u64
        })
        .collect();
    // The last count takes whatever rounding left over.
    if let Some(last) = thresholds.last_mut() {
        *last = u64::MAX;
    }
    thresholds
}

fn guide(thresholds: &[u64]) -> Vec<Guide> {
    let last = thresholds.len().saturating_sub(1) as u32;
    let count = |number: u64| (thresholds.partition_point(|threshold| *threshold <= number) as u32).min(last);
    (0..GUIDE as u64)
        .map(|slot| {
            let (start, end) = (slot << 52, (slot << 52) | ((1 << 52) - 1));
            let (low, high) = (count(start), count(end));
            match high - low {
                0 => Guide { threshold: 0, low, high },
                1 => {
                    Guide { threshold: thresholds.get(low as usize).copied().unwrap_or(u64::MAX), low, high }
                }
                _ => Guide { threshold: 0, low, high: u32::MAX },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, wanted: f64) {
        assert!((got - wanted).abs() < 1e-9, "{got} {wanted}");
    }

    #[test]
    fn closed_forms_hold() {
        close(EventCount::new(&[Shape::Constant(0.1)], Counts::Poisson).chances[0], 0.904837418036);
        let clustered = EventCount::new(&[Shape::Constant(3.75)], Counts::NegativeBinomial { size: 2.5 });
        close(clustered.chances[0], 0.10119288512538815);
        close(clustered.mean, 3.75);
        close(clustered.variance, 9.375);
        let quiet = EventCount::new(&[Shape::Constant(2.0)], Counts::ZeroInflated { quiet: 0.4 });
        close(quiet.chances[0], 0.4 + 0.6 * (-2.0_f64).exp());
        close(EventCount::new(&[Shape::Constant(0.2)], Counts::AtMostOne).chances[1], 0.2);
    }

    #[test]
    fn a_gamma_rate_makes_a_negative_binomial() {
        let mixed = EventCount::new(&[Shape::Gamma { shape: 2.5, rate: 2.5 / 3.75 }], Counts::Poisson);
        let wanted = EventCount::new(&[Shape::Constant(3.75)], Counts::NegativeBinomial { size: 2.5 });
        for (got, wanted) in mixed.chances.iter().zip(&wanted.chances) {
            close(*got, *wanted);
        }
    }

    #[test]
    fn moments_of_the_probabilities_are_the_stated_moments() {
        for counts in
            [Counts::Poisson, Counts::NegativeBinomial { size: 0.7 }, Counts::ZeroInflated { quiet: 0.3 }]
        {
            for scale in [0.01, 1.0, 300.0] {
                let rates = [
                    Shape::pert(2.0 * scale, 5.0 * scale, 20.0 * scale, 4.0),
                    Shape::pert(0.05, 0.12, 0.3, 4.0),
                ];
                let count = EventCount::new(&rates, counts);
                let mean: f64 = count.chances.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
                let square: f64 = count.chances.iter().enumerate().map(|(n, p)| (n as f64).powi(2) * p).sum();
                assert!((mean / count.mean - 1.0).abs() < 1e-7, "{counts:?} {scale} {mean} {}", count.mean);
                assert!(((square - mean * mean) / count.variance - 1.0).abs() < 1e-6, "{counts:?} {scale}");
            }
        }
    }

    #[test]
    fn drawing_matches_the_thresholds_everywhere() {
        let count = EventCount::new(&[Shape::Constant(40.0)], Counts::NegativeBinomial { size: 0.5 });
        for step in 0..100_000_u64 {
            let number = step.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            assert_eq!(count.at(number), count.search(number));
        }
    }
}
