//! The beta function and distribution, and with it the binomial.

use super::{
    gamma::{deviance, ln_gamma, ln_gamma_step, stirling_rest},
    normal::complementary_error,
    search::{STEPS, are_sizes, deviate, logarithm, search},
};
use std::f64::consts::PI;

/// Natural logarithm of the beta function.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    if !are_sizes(a, b) {
        return f64::NAN;
    }
    ln_gamma(a.min(b)) + ln_gamma_step(a.max(b), a.min(b))
}

/// Probability that a Beta(`a`, `b`) is at most `x`.
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    beta_tails(a, b, x, 1.0 - x).0
}

/// The `p` quantile of a Beta(`a`, `b`).
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    beta_where(a, b, p, 1.0 - p)
}

/// The quantile of a Beta(`a`, `b`) counted from above: the value exceeded with probability `q`.
#[must_use]
pub fn beta_quantile_upper(a: f64, b: f64, q: f64) -> f64 {
    beta_where(a, b, 1.0 - q, q)
}

/// Where a Beta has these chances below and above.
fn beta_where(a: f64, b: f64, lower: f64, upper: f64) -> f64 {
    if !are_sizes(a, b) || lower.is_nan() {
        return f64::NAN;
    }
    if lower <= 0.0 {
        return 0.0;
    }
    if upper <= 0.0 {
        return 1.0;
    }
    // The search runs towards the nearer end, where the digits are.
    let (below, above) = beta_tails(a, b, 0.5, 0.5);
    if if lower <= upper { lower <= below } else { upper >= above } {
        beta_in_lower_half(a, b, lower, upper)
    } else {
        1.0 - beta_in_lower_half(b, a, upper, lower)
    }
}

fn beta_in_lower_half(a: f64, b: f64, lower: f64, upper: f64) -> f64 {
    let power_law = ((logarithm(lower, upper) + ln_gamma(1.0 + a) + ln_gamma_step(b, a)) / a).exp();
    if power_law * (b + 1.0) < 1e-17 {
        return power_law;
    }
    let middle = a / (a + b);
    let around = middle * (deviate(lower, upper) * (b / a / (a + b + 1.0)).sqrt()).exp();
    let start = power_law.max(around).min(0.5);
    search(
        (lower, upper),
        start,
        1.0,
        |x| beta_tails(a, b, x, 1.0 - x),
        |x| beta_front(a, b, x, 1.0 - x) / (1.0 - x),
    )
}

/// Probabilities that a Beta(`a`, `b`) is at most `x` and that it exceeds it, where `y` is `1 - x`.
pub(crate) fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if !are_sizes(a, b) || x.is_nan() {
        (f64::NAN, f64::NAN)
    } else if x <= 0.0 {
        (0.0, 1.0)
    } else if y <= 0.0 {
        (1.0, 0.0)
    } else if a.min(b) > 1e9 {
        beta_tails_of_many(a, b, x, y)
    } else if is_below_mean(a, b, x, y) {
        let lower = beta_fraction(a, b, x, y).clamp(0.0, 1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = beta_fraction(b, a, y, x).clamp(0.0, 1.0);
        (1.0 - upper, upper)
    }
}

/// Which continued fraction settles soon; asked of the smaller share, as the other may be rounded to all.
fn is_below_mean(a: f64, b: f64, x: f64, y: f64) -> bool {
    if a > b { y * (a + b + 2.0) >= b + 1.0 } else { x * (a + b + 2.0) <= a + 1.0 }
}

/// As [`beta_tails`], for two large sizes: the first term of Temme's expansion about the normal distribution (DLMF 8.18).
fn beta_tails_of_many(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let both = a + b;
    let above = if a > b { b - both * y } else { both * x - a };
    let exponent = deviance(a, both * x) + deviance(b, both * y);
    let away = exponent.sqrt().copysign(above);
    let spread = (a / both * (b / both)).sqrt();
    let skew =
        (b - a) / both / (3.0 * spread) + (spread * spread - 1.0) / (12.0 * spread.powi(3)) * (above / both);
    let part = (-exponent).exp() / (2.0 * PI * both).sqrt() * skew;
    (0.5 * complementary_error(-away) + part, 0.5 * complementary_error(away) - part)
}

/// The lower tail of a Beta for `x` up to about its mean: the continued fraction of DiDonato and Morris (1992).
fn beta_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let front = beta_front(a, b, x, y);
    if front == 0.0 {
        return 0.0;
    }
    // How far below the mean, from whichever side is the smaller.
    let below = if a > b { (a + b) * y - b } else { a - (a + b) * x };
    let first = 1.0 + below;
    let (mut before, mut value) = ((0.0, 1.0), (1.0, first / (1.0 + 1.0 / a)));
    let (mut ratio, mut p, mut s) = ((1.0 + 1.0 / a) / first, 1.0, a + 1.0);
    for n in (1..STEPS).map(f64::from) {
        let (t, w) = (n / a, n * (b - n) * x);
        let alpha = p * (p * a + b) / s * (a / s) * (w * x);
        let beta = n + w / s + (t + 1.0) / (1.0 + 1.0 / a + t + t) * (first + n * (y + 1.0));
        p = t + 1.0;
        s += 2.0;
        let next = (alpha * before.0 + beta * value.0, alpha * before.1 + beta * value.1);
        let old = ratio;
        ratio = next.0 / next.1;
        if (ratio - old).abs() <= 1e-15 * ratio {
            break;
        }
        before = (value.0 / next.1, value.1 / next.1);
        value = (ratio, 1.0);
    }
    front * ratio
}

/// `x^a y^b / B(a, b)`, where `x + y` is 1.
pub(crate) fn beta_front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let (small, large, both) = (a.min(b), a.max(b), a + b);
    if small < 1.0 {
        let powers = a * logarithm(x, y) + b * logarithm(y, x);
        return small * (powers - ln_gamma(1.0 + small) - ln_gamma_step(large, small)).exp();
    }
    let exponent = deviance(a, both * x) + deviance(b, both * y) + stirling_rest(a) + stirling_rest(b)
        - stirling_rest(both);
    (a / both * b / (2.0 * PI)).sqrt() * (-exponent).exp()
}
