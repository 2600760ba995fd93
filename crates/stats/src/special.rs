//! Distribution functions and their inverses, the ground on which the intervals stand.
//!
//! The forward functions come from `statrs`; the inverses are found here by a guarded Newton search on them, so that
//! quantile and distribution function always agree.

use statrs::function::{beta, erf, gamma};

const ROOT_PI: f64 = 1.772_453_850_905_516;

/// Density of the standard normal at `z`.
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// Probability that a standard normal is at most `z`.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * complementary_error(-z / std::f64::consts::SQRT_2)
}

/// The complementary error function, to about 1e-13 of itself: a power series with positive terms near zero and a
/// continued fraction beyond 2 (Abramowitz and Stegun 7.1.6 and 7.1.14). The one in `statrs` keeps only ten digits.
fn complementary_error(x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    if x < 0.0 {
        return 2.0 - complementary_error(-x);
    }
    if x > 27.3 {
        return 0.0;
    }
    if x < 2.0 {
        let (mut term, mut sum, mut odd) = (x, x, 1.0);
        while term > 1e-17 * sum {
            odd += 2.0;
            term *= 2.0 * x * x / odd;
            sum += term;
        }
        return 1.0 - 2.0 / ROOT_PI * (-x * x).exp() * sum;
    }
    let fraction = (1..=120).rev().fold(0.0, |below, k| 0.5 * f64::from(k) / (x + below));
    (-x * x).exp() / (ROOT_PI * (x + fraction))
}

/// The `p` quantile of the standard normal: minus or plus infinity at 0 and 1, not a number outside.
///
/// The start is `statrs`; one Newton step against [`normal_cdf`] removes what remains of its error.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    if p == 1.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let start = -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * p);
    let density = normal_density(start);
    if density > 0.0 { start - (normal_cdf(start) - p) / density } else { start }
}

/// Probability that a chi-squared with `degrees` of freedom exceeds `value`.
#[must_use]
pub fn chi_squared_tail(value: f64, degrees: f64) -> f64 {
    if value <= 0.0 { 1.0 } else { gamma::checked_gamma_ur(degrees / 2.0, value / 2.0).unwrap_or(f64::NAN) }
}

/// Natural logarithm of the gamma function.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    gamma::ln_gamma(x)
}

/// Natural logarithm of the beta function.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Probability that a Beta(`a`, `b`) is at most `x`.
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else {
        beta::checked_beta_reg(a, b, x).unwrap_or(f64::NAN)
    }
}

/// The `p` quantile of a Beta(`a`, `b`), to about 1e-14 of itself.
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    if beta_cdf(a, b, 0.5) < p {
        return 1.0 - lower_beta_quantile(b, a, 1.0 - p);
    }
    lower_beta_quantile(a, b, p)
}

fn lower_beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    let log_beta = ln_beta(a, b);
    let start = ((p.ln() + a.ln() + log_beta) / a).exp().clamp(1e-300, 0.5);
    search(
        p,
        start,
        (0.0, 1.0),
        |x| beta_cdf(a, b, x),
        |x| ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - log_beta).exp(),
    )
}

/// Probability that a Gamma with this `shape` and scale 1 is at most `x`.
#[must_use]
pub fn gamma_cdf(shape: f64, x: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { gamma::checked_gamma_lr(shape, x).unwrap_or(f64::NAN) }
}

/// Probability that a Gamma with this `shape` and scale 1 exceeds `x`, exact in the far tail.
#[must_use]
pub fn gamma_tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma::checked_gamma_ur(shape, x).unwrap_or(f64::NAN) }
}

/// The `p` quantile of a Gamma with this `shape` and scale 1.
#[must_use]
pub fn gamma_quantile(shape: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let log_gamma = ln_gamma(shape);
    let density = |x: f64| ((shape - 1.0) * x.ln() - x - log_gamma).exp();
    let wilson_hilferty = {
        let ninth = 1.0 / (9.0 * shape);
        shape * (1.0 - ninth + normal_quantile(p) * ninth.sqrt()).powi(3)
    };
    let power_law = ((p.ln() + shape.ln() + log_gamma) / shape).exp();
    let start = if wilson_hilferty > 0.1 * shape { wilson_hilferty } else { power_law.max(1e-300) };
    search(p, start, (0.0, f64::INFINITY), |x| gamma_cdf(shape, x), density)
}

/// The quantile of Gamma counted from above: the value exceeded with probability `q`.
#[must_use]
pub fn gamma_quantile_upper(shape: f64, q: f64) -> f64 {
    if q >= 0.01 {
        return gamma_quantile(shape, 1.0 - q);
    }
    if q <= 0.0 {
        return f64::INFINITY;
    }
    let log_gamma = ln_gamma(shape);
    let start = gamma_quantile(shape, 0.99);
    search(
        -q,
        start,
        (0.0, f64::INFINITY),
        |x| -gamma_tail(shape, x),
        |x| ((shape - 1.0) * x.ln() - x - log_gamma).exp(),
    )
}

/// Finds `x` within `bounds` where an increasing function reaches `target`: Newton steps, and halving wherever a step
/// would leave the bracket.
fn search(
    target: f64,
    start: f64,
    bounds: (f64, f64),
    cdf: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
) -> f64 {
    let (mut low, mut high) = bounds;
    let mut x = start;
    for _ in 0..300 {
        let error = cdf(x) - target;
        if error == 0.0 {
            return x;
        }
        if error > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let mut next = x - error / density(x);
        if !(next > low && next < high) {
            next = match (low > 0.0, high.is_finite()) {
                (true, true) if high / low > 4.0 => (low * high).sqrt(),
                (false, true) if high > 1e-280 => high * 0.01,
                (_, true) => 0.5 * (low + high),
                (_, false) => 2.0 * low.max(1e-300),
            };
        }
        if (next - x).abs() <= 4.0 * f64::EPSILON * next.abs() {
            return next;
        }
        x = next;
    }
    x
}
