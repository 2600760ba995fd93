//! Means, variances and quantiles of a sample, with an interval for a quantile that assumes no shape.

use crate::{Interval, first_where, special::beta_tails, tail};

/// The mean, or `None` of nothing. Summed with compensation, so a million values keep their digits.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() { None } else { Some(sum(values.iter().copied()) / values.len() as f64) }
}

/// The sample variance (divisor n − 1), or `None` of fewer than two values.
#[must_use]
pub fn variance(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    if values.len() < 2 {
        return None;
    }
    // Far from zero the mean itself is rounded; what it misses is taken off each value.
    let missed = sum(values.iter().map(|value| value - centre)) / values.len() as f64;
    Some(sum(values.iter().map(|value| (value - centre - missed).powi(2))) / (values.len() - 1) as f64)
}

fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = total + value;
        lost += if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        total = next;
    }
    // Past the largest number there is nothing to make up for.
    if total.is_finite() { total + lost } else { total }
}

/// The middle value; `None` of nothing. Sorts `values` in place.
#[must_use]
pub fn median(values: &mut [f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The `p` quantile (0 to 1) by Hyndman and Fan's type 7, the default of R, NumPy and spreadsheets. Sorts `values` in
/// place. `None` of nothing, if a value is not a number, or if `p` is outside 0 to 1.
///
/// ```
/// assert_eq!(stats::quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.25), Some(1.75));
/// ```
#[must_use]
pub fn quantile(values: &mut [f64], p: f64) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    quantile_sorted(values, p)
}

/// As [`quantile`], for values that already ascend.
#[must_use]
pub fn quantile_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) || sorted.first()?.is_nan() || sorted.last()?.is_nan() {
        return None;
    }
    let place = p * (sorted.len().checked_sub(1)?) as f64;
    let below = *sorted.get(place.floor() as usize)?;
    let above = *sorted.get(place.ceil() as usize)?;
    let part = place - place.floor();
    let value = if part == 0.0 || below == above { below } else { below + part * (above - below) };
    (!value.is_nan()).then_some(value)
}

/// An interval for the `p` quantile from ascending values, by order statistics: no shape assumed (Conover 1999). Exact;
/// an end is infinite where so few values cannot bound that side. `None` of nothing, or as [`quantile`] has it.
#[must_use]
pub fn quantile_interval(sorted: &[f64], p: f64, confidence: f64) -> Option<Interval> {
    quantile_sorted(sorted, p)?;
    let (n, alpha) = (sorted.len() as u64, tail(confidence));
    // Chances that fewer than `rank` values, and that at least so many, lie below the true quantile.
    let chances = |rank: u64| beta_tails(rank as f64, (n - rank + 1) as f64, p, 1.0 - p);
    let too_high = first_where(1..n + 1, |rank| chances(rank).1 > alpha);
    let high_enough = first_where(1..n + 1, |rank| chances(rank).0 <= alpha);
    let value = |rank: u64| sorted.get((rank as usize).checked_sub(1)?).copied();
    Some(Interval {
        low: value(too_high - 1).unwrap_or(f64::NEG_INFINITY),
        high: value(high_enough).unwrap_or(f64::INFINITY),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_seven_agrees_with_numpy() {
        let mut values = [2.0, 9.0, 4.0, 4.5, 11.0, 0.5];
        for (p, wanted) in [(0.0, 0.5), (0.1, 1.25), (0.5, 4.25), (0.9, 10.0), (1.0, 11.0)] {
            assert!((quantile(&mut values, p).unwrap() - wanted).abs() < 1e-12, "{p}");
        }
    }

    #[test]
    fn nothing_has_no_quantile_and_one_value_is_all_of_them() {
        assert_eq!(quantile(&mut [], 0.5), None);
        assert_eq!(quantile(&mut [7.0], 0.99), Some(7.0));
        assert_eq!(quantile(&mut [7.0], 1.1), None);
        assert_eq!(quantile(&mut [7.0], f64::NAN), None);
    }

    #[test]
    fn a_value_that_is_no_number_has_no_place_in_the_order() {
        for nan in [f64::NAN, -f64::NAN] {
            assert_eq!(median(&mut [1.0, nan, 2.0]), None);
            assert_eq!(quantile_interval(&[1.0, 2.0, f64::NAN], 0.5, 0.5), None);
        }
        assert_eq!(quantile(&mut [1.0, f64::INFINITY, f64::INFINITY], 0.75), Some(f64::INFINITY));
        assert_eq!(median(&mut [f64::NEG_INFINITY, f64::INFINITY]), None);
        assert_eq!(mean(&[1.0, f64::INFINITY, 2.0]), Some(f64::INFINITY));
    }

    #[test]
    fn one_value_bounds_nothing() {
        let everything = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };
        assert_eq!(quantile_interval(&[7.0], 0.5, 0.95), Some(everything));
        assert_eq!(quantile_interval(&[], 0.5, 0.95), None);
        let from_nought = Interval { low: f64::NEG_INFINITY, high: 7.0 };
        assert_eq!(quantile_interval(&[7.0, 9.0], 0.0, 0.95), Some(from_nought));
    }

    #[test]
    fn moments_keep_their_digits_far_from_zero() {
        let values: Vec<f64> = [4.0, 7.0, 13.0, 16.0].iter().map(|value| value + 1e9).collect();
        assert_eq!(mean(&values), Some(1e9 + 10.0));
        assert!((variance(&values).unwrap() - 30.0).abs() < 1e-9);
    }
}
