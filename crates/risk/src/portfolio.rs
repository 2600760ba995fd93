//! Several scenarios in the same years: independent unless somebody declares how they hang together.
//!
//! Dependence joins the numbers of events (bad years together) and leaves every scenario's own distribution as it is,
//! apart from shared causes, whose events come on top.

use stats::special;

use crate::{
    count::EventCount,
    curve::Curve,
    luck::Seed,
    model::Model,
    scenario::{Counts, Factor, Tolerated},
    shape::Shape,
    simulate::{add_years, add_years_with, draw_counts},
    table::Table,
};

/// How scenarios hang together, and what is accepted of their sum. By default they do not, and nobody has said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Together {
    /// How the numbers of events are joined.
    pub copula: Copula,
    /// What may strike several at once.
    pub shared_causes: Vec<SharedCause>,
    /// Losses of a year and the chance of exceeding each that the organisation accepts; losses ascend, chances descend.
    pub tolerance: Vec<Tolerated>,
}

/// How the numbers of events of a year are joined.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Copula {
    /// Not at all.
    #[default]
    Independent,
    /// By normal scores with this lower triangle of a Cholesky factor.
    Gaussian { factor: Vec<Vec<f64>> },
    /// As Gaussian, and with common extremes: the fewer `degrees`, the more.
    StudentT { factor: Vec<Vec<f64>>, degrees: f64 },
}

/// Something that, when it happens, brings one event to each of several scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedCause {
    /// Its name.
    pub name: String,
    /// How often in a year.
    pub rate: Factor,
    /// Names of the scenarios it strikes.
    pub strikes: Vec<String>,
}

/// The lower triangle L with `L Lᵀ` equal to this correlation matrix, or `None` if there is no such thing: correlations
/// must fit each other (if A goes with B and B with C, then A cannot go against C).
#[must_use]
pub fn cholesky(correlation: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::new();
    for (i, row) in correlation.iter().enumerate() {
        let mut line: Vec<f64> = Vec::new();
        for j in 0..=i {
            let other = if j == i { &line } else { factor.get(j)? };
            let known: f64 = line.iter().zip(other).take(j).map(|(a, b)| a * b).sum();
            let rest = row.get(j)? - known;
            if j == i {
                if rest < 1e-10 {
                    return None;
                }
                line.push(rest.sqrt());
            } else {
                line.push(rest / factor.get(j)?.get(j)?);
            }
        }
        factor.push(line);
    }
    Some(factor)
}

/// The losses of all scenarios added up, year by year.
#[must_use]
pub fn years(models: &[Model], together: &Together, count: usize, seed: impl Into<Seed>) -> Vec<f64> {
    let seed = seed.into();
    let mut losses = vec![0.0; count];
    let causes: Vec<(&SharedCause, EventCount)> = together
        .shared_causes
        .iter()
        .map(|cause| (cause, EventCount::new(std::slice::from_ref(&cause.rate.shape), Counts::Poisson)))
        .collect();
    let (factor, degrees) = match &together.copula {
        Copula::Independent => (None, None),
        Copula::Gaussian { factor } => (Some(factor), None),
        Copula::StudentT { factor, degrees } => (Some(factor), Some(*degrees)),
    };
    // A normal amount is never below 0, so this is the upper half of one.
    let half_normal = Table::new(&Shape::Normal { mean: 0.0, sd: 1.0 });
    let chi = degrees.map(|degrees| Table::new(&Shape::Gamma { shape: 0.5 * degrees, rate: 0.5 * degrees }));
    for (place, model) in models.iter().enumerate() {
        let striking: Vec<_> =
            causes.iter().filter(|(cause, _)| cause.strikes.contains(&model.name)).collect();
        let row = factor.and_then(|factor| factor.get(place));
        if row.is_none() && striking.is_empty() {
            add_years(model, &mut losses, seed);
            continue;
        }
        let thresholds: Vec<f64> = model.count.cumulative().map(|p| score(p.min(1.0), degrees)).collect();
        add_years_with(model, &mut losses, seed, |luck, years, counts| {
            match row {
                None => draw_counts(model, luck, years, counts),
                Some(row) => {
                    let numbers = |what: &str, dimension| luck.each_year("together", what, dimension, years);
                    let scores: Vec<Vec<u64>> =
                        (0..row.len()).map(|at| numbers(&format!("score {at}"), at + 1)).collect();
                    let extremes = chi.as_ref().map(|chi| (chi, numbers("extremes", 0)));
                    counts.clear();
                    counts.extend((0..years).map(|year| {
                        let at = |numbers: &[u64]| numbers.get(year).copied().unwrap_or(0);
                        let mixed: f64 = row
                            .iter()
                            .zip(&scores)
                            .map(|(weight, score)| weight * normal(&half_normal, at(score)))
                            .sum();
                        let common = extremes.as_ref().map_or(1.0, |(chi, numbers)| chi.at(at(numbers)));
                        let mixed = mixed / common.sqrt();
                        thresholds
                            .partition_point(|threshold| *threshold <= mixed)
                            .min(thresholds.len().saturating_sub(1)) as u32
                    }));
                }
            }
            for (cause, count) in &striking {
                let numbers = luck.each_year(&cause.name, "shared cause", 0, years);
                for (slot, number) in counts.iter_mut().zip(numbers) {
                    *slot += count.at(number);
                }
            }
        });
    }
    losses
}

/// The curve of the sum, or `None` of no years.
#[must_use]
pub fn curve(models: &[Model], together: &Together, count: usize, seed: impl Into<Seed>) -> Option<Curve> {
    Curve::from_years(years(models, together, count, seed))
}

/// A standard normal: the first digit decides on the sign, the others on the size.
#[inline(always)]
fn normal(half: &Table, number: u64) -> f64 {
    let size = half.at(number << 1);
    if number >> 63 == 0 { size } else { -size }
}

/// The score below which a joined draw lies with probability `p`.
fn score(p: f64, degrees: Option<f64>) -> f64 {
    match degrees {
        None => special::normal_quantile(p),
        Some(_) if p <= 0.0 => f64::NEG_INFINITY,
        Some(_) if p >= 1.0 => f64::INFINITY,
        Some(degrees) => {
            let tail = p.min(1.0 - p);
            let x = special::beta_quantile(0.5 * degrees, 0.5, 2.0 * tail);
            let size = (degrees * (1.0 - x) / x).sqrt();
            if p < 0.5 { -size } else { size }
        }
    }
}
