//! The gamma function and distribution, and with it chi-squared and Poisson.

use super::{
    normal::complementary_error,
    search::{STEPS, are_sizes, deviate, logarithm, search},
};
use std::f64::consts::PI;

/// Probability that a chi-squared with `degrees` of freedom exceeds `value`.
#[must_use]
pub fn chi_squared_tail(value: f64, degrees: f64) -> f64 {
    gamma_tail(0.5 * degrees, 0.5 * value)
}

/// Natural logarithm of the gamma function of a number above zero; not a number below.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    if x >= 10.0 {
        if x.is_infinite() {
            return x;
        }
        return (x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln() + stirling_rest(x);
    }
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    // Into 1.5 to 2.5, where the series of Abramowitz and Stegun 6.1.33 is short and exact about the zero at 2.
    let (mut near_two, mut over, mut under) = (x, 1.0, 1.0);
    while near_two > 2.5 {
        near_two -= 1.0;
        over *= near_two;
    }
    while near_two < 1.5 {
        under *= near_two;
        near_two += 1.0;
    }
    let away = match x {
        ..0.5 => x,
        ..1.5 => x - 1.0,
        _ => near_two - 2.0,
    };
    away * polynomial(&NEAR_TWO, away) + over.ln() - under.ln()
}

/// Probability that a Gamma with this `shape` and scale 1 is at most `x`.
#[must_use]
pub fn gamma_cdf(shape: f64, x: f64) -> f64 {
    gamma_tails(shape, x).0
}

/// Probability that a Gamma with this `shape` and scale 1 exceeds `x`, exact in the far tail.
#[must_use]
pub fn gamma_tail(shape: f64, x: f64) -> f64 {
    gamma_tails(shape, x).1
}

/// The `p` quantile of a Gamma with this `shape` and scale 1.
#[must_use]
pub fn gamma_quantile(shape: f64, p: f64) -> f64 {
    gamma_where(shape, p, 1.0 - p)
}

/// The quantile of Gamma counted from above: the value exceeded with probability `q`.
#[must_use]
pub fn gamma_quantile_upper(shape: f64, q: f64) -> f64 {
    gamma_where(shape, 1.0 - q, q)
}

/// Where a Gamma has these chances below and above.
fn gamma_where(shape: f64, lower: f64, upper: f64) -> f64 {
    if !are_sizes(shape, shape) || lower.is_nan() {
        return f64::NAN;
    }
    if lower <= 0.0 {
        return 0.0;
    }
    if upper <= 0.0 {
        return f64::INFINITY;
    }
    let power_law = ((logarithm(lower, upper) + ln_gamma(shape + 1.0)) / shape).exp();
    if power_law < 1e-17 {
        return power_law;
    }
    let ninth = 1.0 / (9.0 * shape);
    let wilson_hilferty = shape * (1.0 - ninth + deviate(lower, upper) * ninth.sqrt()).powi(3);
    let start = if wilson_hilferty > 0.1 * shape { wilson_hilferty } else { power_law };
    search((lower, upper), start, f64::INFINITY, |x| gamma_tails(shape, x), |x| gamma_front(shape, x))
}

/// Probabilities that a Gamma is at most `x` and that it exceeds it.
fn gamma_tails(shape: f64, x: f64) -> (f64, f64) {
    if !are_sizes(shape, shape) || x.is_nan() {
        return (f64::NAN, f64::NAN);
    }
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    if shape > 1e5 {
        return gamma_tails_of_many(shape, x);
    }
    if shape < 1.0 && x < 1.0 {
        // The upper tail may be tiny here, and is the small part of one that the power of x and the series leave.
        let (mut term, mut sum, mut k) = (1.0, 0.0, 0.0);
        while f64::abs(term) > 1e-17 {
            k += 1.0;
            term *= -x / k;
            sum += shape * term / (shape + k);
        }
        let power = shape * x.ln() - ln_gamma(1.0 + shape);
        return (power.exp() * (1.0 + sum), -power.exp_m1() - power.exp() * sum);
    }
    if x <= shape {
        let (mut term, mut sum, mut k) = (1.0 / shape, 1.0 / shape, shape);
        while term > 1e-17 * sum {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        let lower = (sum * gamma_front(shape, x)).clamp(0.0, 1.0);
        return (lower, 1.0 - lower);
    }
    // Legendre's continued fraction, by Lentz's method.
    let mut across = x + 1.0 - shape;
    let (mut up, mut down) = (f64::MAX, 1.0 / across);
    let mut value = down;
    for k in (1..STEPS).map(f64::from) {
        across += 2.0;
        let part = k * (shape - k);
        down = 1.0 / (part * down + across);
        up = across + part / up;
        value *= up * down;
        if (up * down - 1.0).abs() < 1e-15 {
            break;
        }
    }
    let upper = (value * gamma_front(shape, x)).clamp(0.0, 1.0);
    (1.0 - upper, upper)
}

/// As [`gamma_tails`], for a large shape: Temme's expansion about the normal distribution (DLMF 8.12).
fn gamma_tails_of_many(shape: f64, x: f64) -> (f64, f64) {
    const FIRST: [f64; 12] = [
        -1.0 / 3.0,
        1.0 / 12.0,
        -2.0 / 135.0,
        1.0 / 864.0,
        1.0 / 2835.0,
        -1.787_551_440_329_218e-4,
        3.919_263_178_522_438e-5,
        -2.185_448_510_679_992e-6,
        -1.854_062_210_715_16e-6,
        8.296_711_340_953_086e-7,
        -1.766_595_273_682_608e-7,
        6.707_853_543_401_499e-9,
    ];
    const SECOND: [f64; 6] =
        [-1.0 / 540.0, -1.0 / 288.0, 1.0 / 378.0, -77.0 / 77760.0, 2.057_613_168_724_279e-4, -4e-7];
    if (x / shape - 1.0).abs() > 0.2 {
        return if x < shape { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let exponent = deviance(shape, x);
    let away = exponent.sqrt().copysign(x - shape);
    let eta = away * (2.0 / shape).sqrt();
    let rest = (-exponent).exp() / (2.0 * PI * shape).sqrt()
        * (polynomial(&FIRST, eta) + polynomial(&SECOND, eta) / shape);
    (0.5 * complementary_error(-away) - rest, 0.5 * complementary_error(away) + rest)
}

/// `x` times the density of a Gamma.
fn gamma_front(shape: f64, x: f64) -> f64 {
    (shape / (2.0 * PI)).sqrt() * (-deviance(shape, x) - stirling_rest(shape)).exp()
}

/// `seen ln(seen / expected) + expected - seen`, the exponent of a binomial or Poisson chance (Loader 2000).
pub(super) fn deviance(seen: f64, expected: f64) -> f64 {
    let apart = (seen - expected) / (seen + expected);
    if apart.abs() > 0.1 {
        return seen * (seen / expected).max(f64::MIN_POSITIVE).ln() + expected - seen;
    }
    let (mut term, mut sum) = (2.0 * seen * apart, (seen - expected) * apart);
    for odd in (3..25).step_by(2) {
        term *= apart * apart;
        let next = sum + term / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// `ln_gamma(x) - ln_gamma(x + step)`, by Stirling without what the two have in common.
pub(super) fn ln_gamma_step(x: f64, step: f64) -> f64 {
    if x < 10.0 {
        return ln_gamma(x) - ln_gamma(x + step);
    }
    stirling_rest(x)
        - stirling_rest(x + step)
        - (x - 0.5) * (step / x).ln_1p()
        - step * ((x + step).ln() - 1.0)
}

/// What Stirling's formula leaves out of `ln_gamma`.
pub(super) fn stirling_rest(x: f64) -> f64 {
    if x < 10.0 {
        return ln_gamma(x) - ((x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln());
    }
    const SERIES: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    polynomial(&SERIES, (x * x).recip()) / x
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |above, coefficient| above * x + coefficient)
}

/// (-1)^k (zeta(k) - 1) / k, but one less Euler's constant for the first.
const NEAR_TWO: [f64; 27] = [
    0.422_784_335_098_467_14,
    0.322_467_033_424_113_2,
    -6.735_230_105_319_81e-2,
    2.058_080_842_778_454_8e-2,
    -7.385_551_028_673_985e-3,
    2.890_510_330_741_523_3e-3,
    -1.192_753_911_703_261e-3,
    5.096_695_247_430_425e-4,
    -2.231_547_584_535_793_8e-4,
    9.945_751_278_180_853e-5,
    -4.492_623_673_813_314e-5,
    2.050_721_277_567_069e-5,
    -9.439_488_275_268_396e-6,
    4.374_866_789_907_488e-6,
    -2.039_215_753_801_366e-6,
    9.551_412_130_407_42e-7,
    -4.492_469_198_764_566e-7,
    2.120_718_480_555_466_6e-7,
    -1.004_322_482_396_81e-7,
    4.769_810_169_363_981e-8,
    -2.271_109_460_894_316_5e-8,
    1.083_865_921_489_695_4e-8,
    -5.183_475_041_970_047e-9,
    2.483_674_543_802_478e-9,
    -1.192_140_140_586_091_2e-9,
    5.731_367_241_678_862e-10,
    -2.759_522_885_124_233e-10,
];
