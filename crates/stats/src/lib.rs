//! Intervals, survival, rates, ranks and quantiles: one home for every number the product shows.
//!
//! Pure functions: numbers in, numbers out. Nothing here reads a file, a clock or a source of chance, and nothing
//! panics on odd input: where there is no answer the function says so with `None`, or with the widest interval.
//!
//! ```
//! let interval = stats::wilson(81, 263, 0.95);
//! assert!((interval.low - 0.2552885199).abs() < 1e-9);
//! assert!((interval.high - 0.3662095770).abs() < 1e-9);
//! ```

pub mod multiple;
pub mod proportion;
pub mod quantile;
pub mod ranks;
pub mod rates;
pub mod special;
pub mod survival;

pub use multiple::{benjamini_hochberg, holm};
pub use proportion::{clopper_pearson, jeffreys, newcombe, wilson};
pub use quantile::{mean, median, quantile, quantile_interval, quantile_sorted, variance};
pub use ranks::{MannWhitney, hodges_lehmann, mann_whitney};
pub use rates::{RateRatio, poisson_rate, rate_ratio};
pub use survival::{KaplanMeier, LogRank, Observation, Step, kaplan_meier, log_rank};

/// Two ends of an interval, `low <= high`, in the unit of the thing estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end; may be infinite where the data set no upper bound.
    pub high: f64,
}

impl Interval {
    /// Whether `value` lies within the ends, ends included.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The distance between the ends.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// Brings a confidence level (0.95 means 95 %) into the open range it must lie in; anything that is not a number
/// counts as 0.95.
pub(crate) fn tail(confidence: f64) -> f64 {
    let confidence = if confidence.is_nan() { 0.95 } else { confidence.clamp(1e-9, 1.0 - 1e-12) };
    (1.0 - confidence) / 2.0
}

/// The first of `range` from which on a monotone condition holds; its end if it never does.
pub(crate) fn first_where(range: std::ops::Range<u64>, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
