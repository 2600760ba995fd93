//! From a distribution function back to its quantile, and what the two families share.

use super::normal_quantile;

/// Finds the `x` between 0 and `most` where the smaller of the two chances is met. `front` is `x` times the density.
///
/// Newton steps for the logarithm of the tail in the logarithm of `x`, as a tail far out is nearly a power of `x`, and
/// halving wherever a step would leave the bracket.
pub(super) fn search(
    (lower, upper): (f64, f64),
    start: f64,
    most: f64,
    tails: impl Fn(f64) -> (f64, f64),
    front: impl Fn(f64) -> f64,
) -> f64 {
    let (mut low, mut high, mut x) = (0.0, most, start);
    for _ in 0..200 {
        let (below, above) = tails(x);
        let (tail, excess) =
            if lower <= upper { (below, (below / lower).ln()) } else { (above, -(above / upper).ln()) };
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let step = excess * tail / front(x);
        let mut next = x * (-step).exp();
        // What is left then is about the square of it.
        if excess.abs() < 1e-8 {
            return next;
        }
        if !(next > low && next < high) {
            next = match (low > 0.0, high.is_finite()) {
                (true, true) if high / low > 4.0 => (low * high).sqrt(),
                (false, true) if high > 1e-280 => high * 0.01,
                (_, true) => 0.5 * (low + high),
                (_, false) => 2.0 * low.max(1e-300),
            };
        }
        x = next;
    }
    x
}

pub(super) fn are_sizes(a: f64, b: f64) -> bool {
    a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()
}

/// The logarithm of `p`, where `rest` is `1 - p`.
pub(super) fn logarithm(p: f64, rest: f64) -> f64 {
    if p < rest { p.ln() } else { (-rest).ln_1p() }
}

/// The normal quantile with these chances below and above.
pub(super) fn deviate(lower: f64, upper: f64) -> f64 {
    if lower < upper { normal_quantile(lower) } else { -normal_quantile(upper) }
}

/// More than any continued fraction here has been seen to take.
pub(super) const STEPS: u32 = 100_000;
