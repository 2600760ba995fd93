//! A shape made ready to be drawn from, whatever its kind.

use crate::{shape::Shape, table::Table};

/// A shape made ready to be drawn from.
#[derive(Debug, Clone)]
pub enum Sampler {
    /// Always the same.
    Constant(f64),
    /// By table.
    Table(Table),
    /// One of these values, ascending.
    Data(Vec<f64>),
}

impl Sampler {
    /// Prepares `shape`.
    #[must_use]
    pub fn new(shape: &Shape) -> Sampler {
        match shape {
            Shape::Data(values) if !shape.is_constant() => Sampler::Data(values.clone()),
            _ if shape.is_constant() => Sampler::Constant(shape.mean()),
            _ => Sampler::Table(Table::new(shape)),
        }
    }

    /// The value for one uniform 64-bit number; never smaller for a larger number.
    #[must_use]
    pub fn at(&self, number: u64) -> f64 {
        match self {
            Sampler::Constant(value) => *value,
            Sampler::Table(table) => table.at(number),
            Sampler::Data(values) => pick(values, number),
        }
    }

    /// The value not exceeded with probability `p`.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Sampler::Constant(value) => *value,
            Sampler::Table(table) => table.quantile(p),
            Sampler::Data(values) => values
                .get(((p * values.len() as f64) as usize).min(values.len().saturating_sub(1)))
                .copied()
                .unwrap_or(0.0),
        }
    }

    /// The probabilities of at most `value`, and of more.
    #[must_use]
    pub fn tails(&self, value: f64) -> (f64, f64) {
        match self {
            Sampler::Constant(at) => {
                if *at <= value {
                    (1.0, 0.0)
                } else {
                    (0.0, 1.0)
                }
            }
            Sampler::Table(table) => table.tails(value),
            Sampler::Data(values) => {
                let below = values.partition_point(|one| *one <= value) as f64 / values.len() as f64;
                (below, 1.0 - below)
            }
        }
    }

    /// The probability of strictly less than `value`.
    #[must_use]
    pub fn cdf_below(&self, value: f64) -> f64 {
        match self {
            Sampler::Constant(at) => {
                if *at < value {
                    1.0
                } else {
                    0.0
                }
            }
            Sampler::Table(table) => table.tails(value).0,
            Sampler::Data(values) => values.partition_point(|one| *one < value) as f64 / values.len() as f64,
        }
    }
}

/// One of `values`, each equally likely.
#[inline(always)]
#[must_use]
pub fn pick(values: &[f64], number: u64) -> f64 {
    let place = ((u128::from(number) * values.len() as u128) >> 64) as usize;
    values.get(place).copied().unwrap_or(0.0)
}
