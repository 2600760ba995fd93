//! Events per unit of time: one rate with its interval, and two rates compared.

use crate::{
    Interval, first_where,
    proportion::{clopper_pearson, wilson},
    special::{beta_front, beta_tails, gamma_quantile, gamma_quantile_upper, normal_quantile},
    tail,
};

/// Two rates compared: `first / second`, its interval, and how surprising it would be if the rates were equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// Observed ratio; infinite if the second group had no event, not a number if neither had.
    pub ratio: f64,
    /// Exact conditional interval (Clopper–Pearson on the split of the events).
    pub interval: Interval,
    /// Score interval: narrower, good from about five events a side.
    pub score: Interval,
    /// Two-sided exact p-value: the total probability of every split no likelier than the one seen.
    pub p_value: f64,
}

/// Garwood's exact interval (1936) for a Poisson rate: `events` seen in `exposure` units of time, answer per unit.
/// No exposure, or one without end, gives 0 to infinity.
#[must_use]
pub fn poisson_rate(events: u64, exposure: f64, confidence: f64) -> Interval {
    if !(exposure > 0.0 && exposure.is_finite()) {
        return Interval { low: 0.0, high: f64::INFINITY };
    }
    let (seen, alpha) = (events as f64, tail(confidence));
    Interval {
        low: if events == 0 { 0.0 } else { gamma_quantile(seen, alpha) / exposure },
        high: gamma_quantile_upper(seen + 1.0, alpha) / exposure,
    }
}

/// Compares two rates, each given as (events, exposure); `None` unless both exposures are above zero and finite.
///
/// Given the total, the first group's share of the events is binomial (Przyborowski and Wilenski 1940).
#[must_use]
pub fn rate_ratio(first: (u64, f64), second: (u64, f64), confidence: f64) -> Option<RateRatio> {
    let ((a, time_a), (b, time_b)) = (first, second);
    if !(time_a > 0.0 && time_b > 0.0 && time_a.is_finite() && time_b.is_finite()) {
        return None;
    }
    let (total, scale) = (a.checked_add(b)?, time_b / time_a);
    // Both shares are asked for, as one less the other has no digits left where the other is all but everything.
    let odds = |part: f64, rest: f64| match (part == 0.0, rest == 0.0) {
        (true, _) => 0.0,
        (_, true) => f64::INFINITY,
        _ => part / rest * scale,
    };
    let between = |first: Interval, second: Interval| Interval {
        low: odds(first.low, second.high),
        high: odds(first.high, second.low),
    };
    let together = time_a + time_b;
    Some(RateRatio {
        ratio: if total == 0 { f64::NAN } else { odds(a as f64, b as f64) },
        interval: between(clopper_pearson(a, total, confidence), clopper_pearson(b, total, confidence)),
        score: between(wilson(a, total, confidence), wilson(b, total, confidence)),
        p_value: binomial_two_sided(a, total, time_a / together, time_b / together),
    })
}

/// The chance of every split of `n` that is no likelier than the one seen, where `q` is `1 - p`.
fn binomial_two_sided(seen: u64, n: u64, p: f64, q: f64) -> f64 {
    let (seen, p, q) = if seen as f64 > n as f64 * p { (n - seen, q, p) } else { (seen, p, q) };
    if seen == n {
        return 1.0;
    }
    let mass = |k: u64| beta_front(k as f64 + 1.0, (n - k) as f64 + 1.0, p, q) / (n as f64 + 1.0) / p / q;
    // Splits seen as equally likely may differ in a last digit.
    let limit = mass(seen) * (1.0 + 1e-7);
    let start = (seen + 1).max((n as f64 * p).ceil() as u64);
    let mirror = first_where(start..n.saturating_add(1), |k| mass(k) <= limit);
    let below = beta_tails(seen as f64 + 1.0, (n - seen) as f64, p, q).1;
    let above = if mirror > n { 0.0 } else { beta_tails(mirror as f64, (n - mirror) as f64 + 1.0, p, q).0 };
    (below + above).min(1.0)
}

/// The number of people each group needs so that a change from share `before` to share `after` would be noticed with
/// probability `power` at two-sided `confidence`; `None` if the shares are equal or outside 0 to 1. At least one.
#[must_use]
pub fn people_needed(before: f64, after: f64, power: f64, confidence: f64) -> Option<u64> {
    let fine = |share: f64| (0.0..=1.0).contains(&share);
    if !(fine(before) && fine(after) && power > 0.0 && power < 1.0) || before == after {
        return None;
    }
    let (z, reach) = (-normal_quantile(tail(confidence)), normal_quantile(power));
    let pooled = 0.5 * (before + after);
    let wanted = z * (2.0 * pooled * (1.0 - pooled)).sqrt()
        + reach * (before * (1.0 - before) + after * (1.0 - after)).sqrt();
    // Below zero the level alone gives a higher power than is asked for.
    Some((wanted.max(0.0) / (before - after)).powi(2).ceil().max(1.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_ratio_agrees_with_r() {
        let got = rate_ratio((11, 800.0), (6, 1083.0), 0.95).unwrap();
        assert!((got.ratio - 2.481875).abs() < 1e-9);
        assert!(
            (got.interval.low - 0.841343).abs() < 1e-6 && (got.interval.high - 8.173160).abs() < 1e-6,
            "{got:?}"
        );
        assert!(
            (got.score.low - 0.952482).abs() < 1e-6 && (got.score.high - 6.467000).abs() < 1e-6,
            "{got:?}"
        );
        assert!((got.p_value - 0.0845369159).abs() < 1e-9, "{got:?}");
        assert_eq!(rate_ratio((1, 0.0), (1, 1.0), 0.95), None);
    }

    #[test]
    fn no_event_in_three_years_leaves_about_one_a_year_possible() {
        let got = poisson_rate(0, 3.0, 0.95);
        assert_eq!(got.low, 0.0);
        assert!((got.high - 3.6888794541 / 3.0).abs() < 1e-9, "{got:?}");
    }

    #[test]
    fn how_many_people_a_change_needs() {
        assert_eq!(people_needed(0.12, 0.30, 0.8, 0.95), Some(80));
        assert_eq!(people_needed(0.12, 0.12, 0.8, 0.95), None);
        assert_eq!(people_needed(0.12, 0.30, 0.001, 0.95), Some(1));
    }

    #[test]
    fn exposures_and_counts_beyond_sense_are_answered() {
        let anything = Interval { low: 0.0, high: f64::INFINITY };
        for exposure in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(poisson_rate(5, exposure, 0.95), anything);
            assert_eq!(rate_ratio((5, exposure), (5, 1.0), 0.95), None);
        }
        let none = rate_ratio((0, 1.0), (0, 1.0), 0.95).unwrap();
        assert!(none.ratio.is_nan() && none.interval == anything && none.p_value == 1.0);
        let far = rate_ratio((0, 1e-300), (7, 1e300), 0.95).unwrap();
        assert_eq!((far.ratio, far.interval.low, far.p_value), (0.0, 0.0, 1.0));
        assert_eq!(rate_ratio((u64::MAX, 1.0), (1, 1.0), 0.95), None);
        let most = rate_ratio((u64::MAX, 1.0), (0, 1.0), 0.95).unwrap();
        assert!(most.ratio == f64::INFINITY && most.p_value < 1e-300, "{most:?}");
        let rare = rate_ratio((36_028_797_018_963_966, 0.265), (2, 4e-42), 0.95).unwrap();
        assert!(rare.p_value > 0.0 && rare.p_value < 1e-40, "{rare:?}");
    }
}
