//! The normal distribution and the error function it stands on.

use statrs::function::erf;

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

/// The complementary error function, to about 1e-13 of itself: a power series with positive terms near zero and a
/// continued fraction beyond 2 (Abramowitz and Stegun 7.1.6 and 7.1.14). The one in `statrs` keeps only ten digits.
pub(super) fn complementary_error(x: f64) -> f64 {
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
