//! Whatever comes in, the answer keeps its promises: nothing panics, ends are in order, and every quantile leads back.

use proptest::prelude::*;
use stats::{Interval, Observation, Step, special};

/// Any number at all, and often one of those that trip.
fn number() -> impl Strategy<Value = f64> {
    let odd = [0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, 5e-324, 1e300, f64::INFINITY, -f64::INFINITY];
    prop_oneof![
        any::<f64>(),
        prop::sample::select(odd.to_vec()),
        prop::sample::select(vec![f64::NAN, -f64::NAN]),
        0.0..1.0,
        -9.0..9.0,
    ]
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), Just(u64::MAX), 0..20_u64, 0..20_000_000_u64]
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        prop::collection::vec(number(), 0..9),
        prop::collection::vec((-3..3).prop_map(f64::from), 0..70),
        prop::collection::vec(-1e3..1e3, 0..70),
    ]
}

fn watched(time: impl Strategy<Value = f64>) -> impl Strategy<Value = Vec<Observation>> {
    let one = (time, any::<bool>()).prop_map(|(time, happened)| Observation { time, happened });
    prop::collection::vec(one, 0..30)
}

fn ordered(interval: Interval, least: f64, most: f64) -> Result<(), TestCaseError> {
    let Interval { low, high } = interval;
    prop_assert!(least <= low && low <= high && high <= most, "{interval:?}");
    Ok(())
}

fn chance(value: f64) -> Result<(), TestCaseError> {
    prop_assert!((0.0..=1.0).contains(&value), "{value}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_have_ends_in_order(k in count(), n in count(), j in count(), m in count(), level in number()) {
        ordered(stats::wilson(k, n, level), 0.0, 1.0)?;
        ordered(stats::clopper_pearson(k, n, level), 0.0, 1.0)?;
        ordered(stats::jeffreys(k, n, level), 0.0, 1.0)?;
        ordered(stats::newcombe((k, n), (j, m), level), -1.0, 1.0)?;
    }

    #[test]
    fn rates_have_ends_in_order(k in count(), j in count(), x in number(), y in number(), level in number()) {
        ordered(stats::poisson_rate(k, x, level), 0.0, f64::INFINITY)?;
        if let Some(got) = stats::rate_ratio((k, x), (j, y), level) {
            ordered(got.interval, 0.0, f64::INFINITY)?;
            ordered(got.score, 0.0, f64::INFINITY)?;
            chance(got.p_value)?;
            prop_assert_eq!(got.ratio.is_nan(), k == 0 && j == 0);
        }
        if let Some(people) = stats::rates::people_needed(x, y, level, level) {
            prop_assert!(people >= 1 && x != y);
        }
    }

    #[test]
    fn groups_have_ends_in_order(one in numbers(), two in numbers(), level in number()) {
        if let Some(got) = stats::mann_whitney(&one, &two) {
            chance(got.p_value)?;
            chance(got.chance_higher)?;
        }
        if let Some((shift, interval)) = stats::hodges_lehmann(&one, &two, level) {
            ordered(interval, f64::NEG_INFINITY, f64::INFINITY)?;
            prop_assert!(interval.holds(shift), "{shift} {interval:?}");
        }
        for adjusted in [stats::holm(&one), stats::benjamini_hochberg(&one)] {
            prop_assert_eq!(adjusted.len(), one.len());
            for (adjusted, p) in adjusted.into_iter().zip(&one) {
                chance(adjusted)?;
                prop_assert!(p.is_nan() || *p > 1.0 || adjusted >= *p);
            }
        }
    }

    #[test]
    fn quantiles_lie_within_the_sample(mut values in numbers(), p in number(), level in number()) {
        prop_assert_eq!(stats::mean(&values).is_some(), !values.is_empty());
        let spread = stats::variance(&values);
        prop_assert!(spread.is_none_or(|variance| variance.is_nan() || variance >= 0.0));
        if let Some(value) = stats::quantile(&mut values, p) {
            let ends = values.first().zip(values.last());
            prop_assert!(ends.is_some_and(|(least, most)| *least <= value && value <= *most));
            prop_assert!(!values.iter().any(|value| value.is_nan()));
        }
        if let Some(interval) = stats::quantile_interval(&values, p, level) {
            ordered(interval, f64::NEG_INFINITY, f64::INFINITY)?;
        }
    }

    #[test]
    fn a_curve_only_falls(
        one in watched(number()),
        two in watched((0..4).prop_map(f64::from)),
        level in number(),
        share in number(),
    ) {
        for group in [&one, &two] {
            let curve = stats::kaplan_meier(group, level);
            let (mut before, mut earlier) = (1.0, -1.0);
            for Step { time, surviving, interval, .. } in &curve.steps {
                ordered(*interval, 0.0, 1.0)?;
                prop_assert!(interval.holds(*surviving) && *surviving < before && *time > earlier, "{curve:?}");
                (before, earlier) = (*surviving, *time);
            }
            if let Some(time) = curve.time_of(share) {
                prop_assert!(curve.surviving(time) <= 1.0 - share + 1e-9);
            }
        }
        if let Some(got) = stats::log_rank(&one, &two) {
            chance(got.p_value)?;
        }
    }

    #[test]
    fn chances_are_chances(a in number(), b in number(), x in number(), p in number()) {
        let sensible = (1e-12..1e15).contains(&a) && (1e-12..1e15).contains(&b) && !x.is_nan() && !p.is_nan();
        let mut got = vec![special::beta_cdf(a, b, x), special::beta_quantile(a, b, p)];
        got.extend([special::gamma_cdf(a, x), special::gamma_tail(a, x), special::chi_squared_tail(x, a)]);
        for value in got {
            if sensible || !value.is_nan() {
                chance(value)?;
            }
        }
        prop_assert!(!sensible || special::gamma_quantile(a, p) >= 0.0);
    }

    #[test]
    fn quantiles_lead_back(a in 0.5..1e4, b in 0.5..1e4, p in 0.0..1.0) {
        for (back, within) in [
            (special::beta_cdf(a, b, special::beta_quantile(a, b, p)), 1e-9),
            (special::gamma_cdf(a, special::gamma_quantile(a, p)), 1e-12),
            (special::normal_cdf(special::normal_quantile(p)), 1e-15),
        ] {
            prop_assert!((back - p).abs() <= within, "{back}");
        }
    }
}
