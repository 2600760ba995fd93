//! How sure we may be of a share: "3 of 20 reported" as an interval, and the difference between two shares.

use crate::{
    Interval,
    special::{beta_quantile, beta_quantile_upper, normal_quantile},
    tail,
};

/// Wilson's score interval for a share (Wilson 1927): the one to show by default, honest from the smallest groups on.
///
/// `confidence` is a probability such as 0.95. Nobody asked (`n` = 0) tells us nothing: the answer is 0 to 1. More
/// successes than trials count as all of them.
///
/// ```
/// let nothing_yet = stats::wilson(0, 20, 0.95);
/// assert_eq!(nothing_yet.low, 0.0);
/// assert!((nothing_yet.high - 0.161125158).abs() < 1e-9);
/// ```
#[must_use]
pub fn wilson(successes: u64, n: u64, confidence: f64) -> Interval {
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let successes = successes.min(n);
    let (trials, share) = (n as f64, successes as f64 / n as f64);
    let z = -normal_quantile(tail(confidence));
    let shrink = 1.0 + z * z / trials;
    let middle = (share + z * z / (2.0 * trials)) / shrink;
    let half = z / shrink * (share * (1.0 - share) / trials + z * z / (4.0 * trials * trials)).sqrt();
    Interval {
        low: if successes == 0 { 0.0 } else { (middle - half).max(0.0) },
        high: if successes == n { 1.0 } else { (middle + half).min(1.0) },
    }
}

/// The exact interval of Clopper and Pearson (1934): never too narrow, usually too wide.
#[must_use]
pub fn clopper_pearson(successes: u64, n: u64, confidence: f64) -> Interval {
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let successes = successes.min(n);
    let (k, rest, alpha) = (successes as f64, (n - successes) as f64, tail(confidence));
    Interval {
        low: if successes == 0 { 0.0 } else { beta_quantile(k, rest + 1.0, alpha) },
        high: if successes == n { 1.0 } else { beta_quantile_upper(k + 1.0, rest, alpha) },
    }
}

/// The equal-tailed interval under Jeffreys' prior, Beta(k + ½, n − k + ½), with the ends set to 0 and 1 where nothing
/// or everything succeeded (Brown, Cai and DasGupta 2001).
#[must_use]
pub fn jeffreys(successes: u64, n: u64, confidence: f64) -> Interval {
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let successes = successes.min(n);
    let (k, rest, alpha) = (successes as f64, (n - successes) as f64, tail(confidence));
    Interval {
        low: if successes == 0 { 0.0 } else { beta_quantile(k + 0.5, rest + 0.5, alpha) },
        high: if successes == n { 1.0 } else { beta_quantile_upper(k + 0.5, rest + 0.5, alpha) },
    }
}

/// Newcombe's interval for the difference `first - second` of two independent shares (1998, method 10), each given as
/// (successes, n). An empty group leaves everything open on its side: its share may be anything from 0 to 1.
#[must_use]
pub fn newcombe(first: (u64, u64), second: (u64, u64), confidence: f64) -> Interval {
    let (a, b) = (wilson(first.0, first.1, confidence), wilson(second.0, second.1, confidence));
    if first.1 == 0 || second.1 == 0 {
        return Interval { low: a.low - b.high, high: a.high - b.low };
    }
    let share = |(k, n): (u64, u64)| k.min(n) as f64 / n as f64;
    let (p, q) = (share(first), share(second));
    Interval { low: p - q - (p - a.low).hypot(b.high - q), high: p - q + (a.high - p).hypot(q - b.low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(got: Interval, low: f64, high: f64, within: f64) {
        assert!(
            (got.low - low).abs() < within && (got.high - high).abs() < within,
            "{got:?}, wanted {low} {high}"
        );
    }

    #[test]
    fn one_share_agrees_with_r_and_statsmodels() {
        check(wilson(81, 263, 0.95), 0.2552885199, 0.3662095770, 1e-10);
        check(clopper_pearson(81, 263, 0.95), 0.2527367456, 0.3676219226, 1e-10);
        check(jeffreys(81, 263, 0.95), 0.2545219350, 0.3656474992, 1e-10);
        check(wilson(0, 20, 0.95), 0.0, 0.161125158, 1e-9);
        check(clopper_pearson(0, 20, 0.95), 0.0, 0.168433471, 1e-9);
        check(jeffreys(0, 20, 0.95), 0.0, 0.116638983, 1e-9);
    }

    #[test]
    fn a_difference_of_shares_agrees_with_newcombe() {
        check(newcombe((56, 70), (48, 80), 0.95), 0.0524314724, 0.3338726540, 1e-10);
        check(newcombe((10, 10), (0, 20), 0.95), 0.6790860, 1.0, 1e-7);
        check(newcombe((30, 100), (12, 100), 0.95), 0.0674292, 0.2881089, 1e-7);
    }

    #[test]
    fn odd_input_gives_the_widest_answer_and_no_surprise() {
        check(wilson(0, 0, 0.95), 0.0, 1.0, 1e-12);
        check(wilson(30, 20, 0.95), wilson(20, 20, 0.95).low, 1.0, 1e-12);
        let all = wilson(5, 9, f64::NAN);
        check(all, wilson(5, 9, 0.95).low, wilson(5, 9, 0.95).high, 1e-12);
        check(newcombe((0, 0), (0, 0), 0.95), -1.0, 1.0, 1e-12);
        check(newcombe((0, 0), (0, 20), 0.95), -wilson(0, 20, 0.95).high, 1.0, 1e-12);
    }
}
