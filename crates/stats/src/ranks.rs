//! Two groups of numbers compared by rank, with no assumption about their shape: is one usually higher, and by how much?

use crate::{
    Interval,
    special::{normal_cdf, normal_quantile},
    tail,
};

/// The answer of [`mann_whitney`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Number of pairs in which the first group's value is higher, ties counting half.
    pub u: f64,
    /// `u` as a share of all pairs: the chance that a first value exceeds a second.
    pub chance_higher: f64,
    /// Two-sided p-value: exact without ties and with fewer than 50 a side, else the normal approximation with
    /// continuity and tie corrections, as R does.
    pub p_value: f64,
    /// Whether the p-value is exact.
    pub exact: bool,
}

/// Compares two groups (Mann and Whitney 1947). `None` if either is empty or holds something that is not a number.
#[must_use]
pub fn mann_whitney(first: &[f64], second: &[f64]) -> Option<MannWhitney> {
    let (m, n) = (first.len(), second.len());
    if m == 0 || n == 0 || first.iter().chain(second).any(|value| value.is_nan()) {
        return None;
    }
    let mut all: Vec<(f64, bool)> =
        first.iter().map(|v| (*v, true)).chain(second.iter().map(|v| (*v, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut rank_sum, mut tied, mut before) = (0.0, 0.0, 0.0);
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        let size = group.len() as f64;
        rank_sum += group.iter().filter(|one| one.1).count() as f64 * (before + (size + 1.0) / 2.0);
        tied += size.powi(3) - size;
        before += size;
    }
    let (size_m, size_n) = (m as f64, n as f64);
    let u = rank_sum - size_m * (size_m + 1.0) / 2.0;
    let exact = tied == 0.0 && m < 50 && n < 50;
    let p_value = if exact {
        let cumulative = cumulative_counts(m, n);
        let total = cumulative.last().copied().unwrap_or(1.0);
        let at_most = |count: f64| cumulative.get(count as usize).map_or(1.0, |value| value / total);
        let upper = if u > size_m * size_n / 2.0 { at_most(size_m * size_n - u) } else { at_most(u) };
        (2.0 * upper).min(1.0)
    } else {
        let all = size_m + size_n;
        let spread = (size_m * size_n / 12.0 * ((all + 1.0) - tied / (all * (all - 1.0)))).sqrt();
        let distance = (u - size_m * size_n / 2.0).abs();
        if spread == 0.0 { 1.0 } else { (2.0 * normal_cdf(-(distance - 0.5).max(0.0) / spread)).min(1.0) }
    };
    Some(MannWhitney { u, chance_higher: u / (size_m * size_n), p_value, exact })
}

/// How much higher the first group is: the median of all pairwise differences and its interval (Hodges and Lehmann
/// 1963). Exact below 50 a side, else by the normal approximation. `None` if either group is empty or holds something
/// that is not a number.
#[must_use]
pub fn hodges_lehmann(first: &[f64], second: &[f64], confidence: f64) -> Option<(f64, Interval)> {
    let (m, n) = (first.len(), second.len());
    if first.iter().chain(second).any(|value| value.is_nan()) {
        return None;
    }
    let mut differences: Vec<f64> = first.iter().flat_map(|a| second.iter().map(move |b| a - b)).collect();
    let estimate = crate::median(&mut differences)?;
    let pairs = differences.len();
    let alpha = tail(confidence);
    let skipped = if m < 50 && n < 50 {
        let cumulative = cumulative_counts(m, n);
        let total = cumulative.last().copied().unwrap_or(1.0);
        cumulative.iter().position(|value| value / total >= alpha * (1.0 - 1e-12)).unwrap_or(0).max(1)
    } else {
        let (size_m, size_n) = (m as f64, n as f64);
        let spread = (size_m * size_n * (size_m + size_n + 1.0) / 12.0).sqrt();
        (size_m * size_n / 2.0 + normal_quantile(alpha) * spread).floor().max(1.0) as usize
    };
    let low = *differences.get(skipped - 1)?;
    let high = *differences.get(pairs.checked_sub(skipped)?)?;
    Some((estimate, Interval { low, high }))
}

/// For every u from 0 to m·n, how many orderings of the pooled sample have at most that u.
fn cumulative_counts(m: usize, n: usize) -> Vec<f64> {
    // The number of orderings with a given u is the coefficient of x^u in the Gaussian binomial: multiply by
    // (1 - x^(n+i)) and divide by (1 - x^i) for every i up to m.
    let mut counts = vec![0.0; m * n + 1];
    if let Some(first) = counts.first_mut() {
        *first = 1.0;
    }
    for i in 1..=m {
        for place in (n + i..counts.len()).rev() {
            let taken = counts.get(place - n - i).copied().unwrap_or(0.0);
            if let Some(slot) = counts.get_mut(place) {
                *slot -= taken;
            }
        }
        for place in i..counts.len() {
            let carried = counts.get(place - i).copied().unwrap_or(0.0);
            if let Some(slot) = counts.get_mut(place) {
                *slot += carried;
            }
        }
    }
    let mut running = 0.0;
    counts
        .into_iter()
        .map(|count| {
            running += count;
            running
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: [f64; 10] = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const SECOND: [f64; 5] = [1.15, 0.88, 0.90, 0.74, 1.21];

    #[test]
    fn the_permeability_example_agrees_with_r() {
        let got = mann_whitney(&FIRST, &SECOND).unwrap();
        assert_eq!(got.u, 35.0);
        assert!(got.exact && (got.p_value - 0.2544122544).abs() < 1e-10, "{got:?}");
        let (shift, interval) = hodges_lehmann(&FIRST, &SECOND, 0.95).unwrap();
        assert!((shift - 0.305).abs() < 1e-12);
        assert!((interval.low + 0.15).abs() < 1e-12 && (interval.high - 0.76).abs() < 1e-12, "{interval:?}");
    }

    #[test]
    fn swapping_the_groups_mirrors_the_answer() {
        let (one, two) = (mann_whitney(&FIRST, &SECOND).unwrap(), mann_whitney(&SECOND, &FIRST).unwrap());
        assert!((one.p_value - two.p_value).abs() < 1e-12);
        assert_eq!(one.u + two.u, 50.0);
    }

    #[test]
    fn empty_groups_have_no_answer() {
        assert_eq!(mann_whitney(&[], &SECOND), None);
        assert_eq!(hodges_lehmann(&FIRST, &[], 0.95), None);
        assert_eq!(mann_whitney(&[f64::NAN], &SECOND), None);
    }
}
