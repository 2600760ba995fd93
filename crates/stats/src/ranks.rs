//! Two groups of numbers compared by rank, with no assumption about their shape: is one usually higher, and by how much?

use crate::{
    Interval, first_where, quantile_sorted,
    special::{ln_beta, normal_cdf, normal_quantile},
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
    let cubes = |size: usize| (size as u128).pow(3) - size as u128;
    let (mut rank_sum, mut tied, mut before) = (0.0, 0, 0.0);
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        let size = group.len() as f64;
        rank_sum += group.iter().filter(|one| one.1).count() as f64 * (before + (size + 1.0) / 2.0);
        tied += cubes(group.len());
        before += size;
    }
    let (size_m, size_n) = (m as f64, n as f64);
    let u = rank_sum - size_m * (size_m + 1.0) / 2.0;
    let exact = tied == 0 && m < 50 && n < 50;
    let p_value = if exact {
        let cumulative = cumulative_counts(m, n);
        let total = cumulative.last().copied().unwrap_or(1.0);
        let at_most = |count: f64| cumulative.get(count as usize).map_or(1.0, |value| value / total);
        let upper = if u > size_m * size_n / 2.0 { at_most(size_m * size_n - u) } else { at_most(u) };
        (2.0 * upper).min(1.0)
    } else {
        // In whole numbers, as nearly all may be tied.
        let untied = (cubes(m + n) - tied) as f64;
        let all = size_m + size_n;
        let spread = (size_m * size_n / 12.0 * (untied / (all * (all - 1.0)))).sqrt();
        let distance = (u - size_m * size_n / 2.0).abs();
        if spread == 0.0 { 1.0 } else { (2.0 * normal_cdf(-(distance - 0.5).max(0.0) / spread)).min(1.0) }
    };
    Some(MannWhitney { u, chance_higher: u / (size_m * size_n), p_value, exact })
}

/// How much higher the first group is: the median of all pairwise differences and its interval (Hodges and Lehmann
/// 1963). Exact below 50 a side, else by the normal approximation; without ends where so few values cannot give that
/// confidence. `None` if either group is empty, or if a value or a difference is not a number.
#[must_use]
pub fn hodges_lehmann(first: &[f64], second: &[f64], confidence: f64) -> Option<(f64, Interval)> {
    let sorted = |group: &[f64]| {
        let mut group = group.to_vec();
        group.sort_unstable_by(f64::total_cmp);
        group
    };
    let (first, second) = (sorted(first), sorted(second));
    if (first.first()? - second.first()?).is_nan() || (first.last()? - second.last()?).is_nan() {
        return None;
    }
    let (m, n) = (first.len(), second.len());
    let pairs = m * n;
    let difference = |rank: usize| ordered_difference(&first, &second, rank);
    let middle = [difference(pairs.div_ceil(2)), difference(pairs / 2 + 1)];
    let skipped = pairs_to_skip(m, n, tail(confidence));
    let interval = Interval { low: difference(skipped), high: difference(pairs + 1 - skipped) };
    Some((quantile_sorted(&middle, 0.5)?, interval))
}

/// The rank of the ordered difference beyond which, on either side, the true one lies with a chance below `alpha`; 0 if
/// there is none.
fn pairs_to_skip(m: usize, n: usize, alpha: f64) -> usize {
    if m < 50 && n < 50 {
        let cumulative = cumulative_counts(m, n);
        let total = cumulative.last().copied().unwrap_or(1.0);
        return cumulative.iter().position(|value| value / total >= alpha * (1.0 - 1e-12)).unwrap_or(0);
    }
    let (size_m, size_n) = (m as f64, n as f64);
    let all = size_m + size_n;
    let chance_of_extreme = (all + 1.0) * ln_beta(size_m + 1.0, size_n + 1.0).exp();
    if chance_of_extreme > alpha {
        return 0;
    }
    let spread = (size_m * size_n * (all + 1.0) / 12.0).sqrt();
    (size_m * size_n / 2.0 + normal_quantile(alpha) * spread).floor().max(1.0) as usize
}

/// The difference of this rank, from 1, among all of `first` less all of `second`, both ascending. Found by halving among
/// the numbers there are, as large groups have more pairs than fit into memory. Before the first is minus infinity, and
/// past the last infinity.
fn ordered_difference(first: &[f64], second: &[f64], rank: usize) -> f64 {
    // Whole numbers in the order of the floating ones.
    const SIGN: u64 = 1 << 63;
    let number = |place: u64| f64::from_bits(if place < SIGN { !place } else { place ^ SIGN });
    let (least, most) = (!f64::NEG_INFINITY.to_bits(), f64::INFINITY.to_bits() ^ SIGN);
    let reached = |place: u64| {
        let limit = number(place);
        let (mut too_low, mut count) = (0, 0);
        for one in first {
            while second.get(too_low).is_some_and(|other| one - other > limit) {
                too_low += 1;
            }
            count += second.len() - too_low;
        }
        count >= rank
    };
    // Minus nought comes first; plain nought is meant.
    number(first_where(least..most, reached)) + 0.0
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
        for nan in [f64::NAN, -f64::NAN] {
            assert_eq!(hodges_lehmann(&[1.0, nan, 3.0], &SECOND, 0.95), None);
            assert_eq!(hodges_lehmann(&FIRST, &[1.0, nan, 3.0], 0.95), None);
        }
    }

    #[test]
    fn values_without_end_are_only_very_high() {
        const NEVER: f64 = f64::INFINITY;
        let got = mann_whitney(&[1.0, NEVER, NEVER], &[2.0, 3.0]).unwrap();
        assert_eq!((got.u, got.exact), (4.0, false));
        assert_eq!(hodges_lehmann(&[1.0, NEVER, NEVER], &[2.0, 3.0], 0.5).unwrap().0, NEVER);
        assert_eq!(hodges_lehmann(&[1.0, NEVER], &[2.0, NEVER], 0.5), None);
    }

    #[test]
    fn no_difference_is_plain_nought() {
        let (shift, interval) = hodges_lehmann(&[2.0; 9], &[2.0; 9], 0.9).unwrap();
        assert!([shift, interval.low, interval.high].map(f64::to_bits) == [0; 3], "{shift} {interval:?}");
    }

    #[test]
    fn nearly_all_tied_keeps_its_digits() {
        let mut first = vec![0.0; 1_000_000];
        let second = first.clone();
        first.extend([1.0; 3]);
        // From the formula with whole numbers (mpmath 1.4.1).
        let got = mann_whitney(&first, &second).unwrap();
        assert!((got.p_value - 0.083_264_927_811_045_15).abs() < 1e-14, "{got:?}");
    }

    #[test]
    fn groups_with_more_pairs_than_memory_are_compared() {
        let first: Vec<f64> = (0..60_000).map(f64::from).collect();
        let second: Vec<f64> = first.iter().map(|value| value + 250.0).collect();
        let (shift, interval) = hodges_lehmann(&first, &second, 0.95).unwrap();
        assert_eq!(shift, -250.0);
        assert!(
            interval.holds(-250.0) && interval.width() > 100.0 && interval.width() < 1000.0,
            "{interval:?}"
        );
        let spread = hodges_lehmann(&[4.0], &first[..50], 0.999).unwrap().1;
        assert_eq!(spread, Interval { low: f64::NEG_INFINITY, high: f64::INFINITY });
    }
}
