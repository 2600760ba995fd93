//! Events per unit of time: one rate with its interval, and two rates compared.

use crate::{
    Interval,
    proportion::clopper_pearson,
    special::{gamma_quantile, ln_gamma, normal_quantile},
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
/// No exposure gives 0 to infinity.
#[must_use]
pub fn poisson_rate(events: u64, exposure: f64, confidence: f64) -> Interval {
    if exposure.is_nan() || exposure <= 0.0 {
        return Interval { low: 0.0, high: f64::INFINITY };
    }
    let (seen, alpha) = (events as f64, tail(confidence));
    Interval {
        low: if events == 0 { 0.0 } else { gamma_quantile(seen, alpha) / exposure },
        high: gamma_quantile(seen + 1.0, 1.0 - alpha) / exposure,
    }
}

/// Compares two rates, each given as (events, exposure); `None` unless both exposures are above zero.
///
/// Given the total, the first group's share of the events is binomial (Przyborowski and Wilenski 1940).
#[must_use]
pub fn rate_ratio(first: (u64, f64), second: (u64, f64), confidence: f64) -> Option<RateRatio> {
    let ((a, time_a), (b, time_b)) = (first, second);
    if !(time_a > 0.0 && time_b > 0.0 && time_a.is_finite() && time_b.is_finite()) {
        return None;
    }
    let total = a + b;
    let scale = time_b / time_a;
    let odds = |share: f64| if share >= 1.0 { f64::INFINITY } else { share / (1.0 - share) * scale };
    let split = clopper_pearson(a, total, confidence);
    let score = crate::proportion::wilson(a, total, confidence);
    Some(RateRatio {
        ratio: a as f64 / b as f64 * scale,
        interval: Interval { low: odds(split.low), high: odds(split.high) },
        score: Interval { low: odds(score.low), high: odds(score.high) },
        p_value: binomial_two_sided(a, total, time_a / (time_a + time_b)),
    })
}

fn binomial_two_sided(seen: u64, n: u64, p: f64) -> f64 {
    // Beyond a million terms the exact sum and the normal tail agree to more digits than are ever shown.
    if n > 1_000_000 {
        let (centre, spread) = (n as f64 * p, (n as f64 * p * (1.0 - p)).sqrt());
        return (2.0 * crate::special::normal_cdf(-((seen as f64 - centre).abs() / spread))).min(1.0);
    }
    let log_choose =
        |k: u64| ln_gamma(n as f64 + 1.0) - ln_gamma(k as f64 + 1.0) - ln_gamma((n - k) as f64 + 1.0);
    let mass = |k: u64| (log_choose(k) + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln()).exp();
    let limit = mass(seen) * (1.0 + 1e-7);
    (0..=n).map(mass).filter(|mass| *mass <= limit).sum::<f64>().min(1.0)
}

/// The number of people each group needs so that a change from share `before` to share `after` would be noticed with
/// probability `power` at two-sided `confidence`; `None` if the shares are equal or outside 0 to 1.
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
    Some((wanted / (before - after)).powi(2).ceil() as u64)
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
    }
}
