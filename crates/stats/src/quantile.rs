//! Means, variances and quantiles of a sample, with an interval for a quantile that assumes no shape.

use crate::{Interval, special::normal_quantile, tail};

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
    Some(sum(values.iter().map(|value| (value - centre).powi(2))) / (values.len() - 1) as f64)
}

fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = total + value;
        lost += if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        total = next;
    }
    total + lost
}

/// The middle value; `None` of nothing. Sorts `values` in place.
#[must_use]
pub fn median(values: &mut [f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The `p` quantile (0 to 1) by Hyndman and Fan's type 7, the default of R, NumPy and spreadsheets. Sorts `values` in
/// place. `None` of nothing, or if `p` is outside 0 to 1.
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
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let place = p * (sorted.len().checked_sub(1)?) as f64;
    let below = *sorted.get(place.floor() as usize)?;
    let above = *sorted.get(place.ceil() as usize)?;
    let part = place - place.floor();
    Some(if part == 0.0 { below } else { below + part * (above - below) })
}

/// An interval for the `p` quantile from ascending values, by order statistics: no shape assumed. Uses the normal
/// approximation to the binomial, so it is meant for samples of a hundred and more; `None` of nothing.
#[must_use]
pub fn quantile_interval(sorted: &[f64], p: f64, confidence: f64) -> Option<Interval> {
    let n = sorted.len();
    if n == 0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let spread = -normal_quantile(tail(confidence)) * (n as f64 * p * (1.0 - p)).sqrt();
    let place = |rank: f64| sorted.get((rank.max(0.0) as usize).min(n - 1)).copied();
    Some(Interval {
        low: place((n as f64 * p - spread).floor() - 1.0)?,
        high: place((n as f64 * p + spread).ceil())?,
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
    fn moments_keep_their_digits_far_from_zero() {
        let values: Vec<f64> = [4.0, 7.0, 13.0, 16.0].iter().map(|value| value + 1e9).collect();
        assert_eq!(mean(&values), Some(1e9 + 10.0));
        assert!((variance(&values).unwrap() - 30.0).abs() < 1e-9);
    }
}
