//! A shape turned into a table from which a draw costs a few instructions: the inverse distribution function, indexed by
//! the logarithm of the tail.
//!
//! Each tail is cut into octaves of probability, each octave into 16 bins, each bin holds a cubic. So the far tails are
//! as exact as the middle (a table with equal steps is not), and the part used most fits the nearest cache. Draws are
//! limited to the range between the 2⁻⁴¹ tails.

use crate::shape::Shape;
use stats::special;

const OCTAVES: usize = 40;
const BINS: usize = 16;
const KNOTS: usize = OCTAVES * BINS + 1;
const SIDE: usize = 1024;
const FIRST_BIN: usize = (1023 + 63 - OCTAVES) * BINS;
const TO_SHARE: f64 = 1.0 / 18_446_744_073_709_551_616.0;

/// The inverse distribution function of a continuous shape.
#[derive(Debug, Clone)]
pub struct Table {
    cubics: Box<[[f64; 4]; 2 * SIDE]>,
    lower: Vec<Knot>,
    upper: Vec<Knot>,
}

#[derive(Debug, Clone, Copy)]
struct Knot {
    tail: f64,
    value: f64,
    slope: f64,
}

impl Table {
    /// Builds the table; `shape` must not be a constant or data.
    #[must_use]
    pub fn new(shape: &Shape) -> Table {
        let (lower, upper) = match shape {
            Shape::Product(factors) => product_knots(factors),
            Shape::Beta { low, high, a, b } => {
                let range = high - low;
                let lower = beta_knots(*a, *b).map(|(tail, x, slope)| Knot {
                    tail,
                    value: low + range * x,
                    slope: range * slope,
                });
                let upper = beta_knots(*b, *a).map(|(tail, x, slope)| Knot {
                    tail,
                    value: high - range * x,
                    slope: -range * slope,
                });
                (lower.collect(), upper.collect())
            }
            _ => (plain_knots(shape, false), plain_knots(shape, true)),
        };
        let mut cubics = Box::new([[0.0; 4]; 2 * SIDE]);
        let (left, right) = cubics.split_at_mut(SIDE);
        fill(left, &lower, 1.0);
        fill(right, &upper, -1.0);
        Table { cubics, lower, upper }
    }

    /// The value for one uniform 64-bit number; never smaller for a larger number.
    ///
    /// Read as a signed number, its sign chooses the tail and its size is the tail's probability. The exponent and four
    /// bits of the fraction, as they stand in a float, are the bin.
    #[inline(always)]
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the masks keep the index inside the array")]
    pub fn at(&self, number: u64) -> f64 {
        let tail = number as i64 as f64;
        let bits = tail.to_bits();
        let bin = ((bits >> 48) as usize & (SIDE - 1)) | ((bits >> 53) as usize & SIDE);
        let [c0, c1, c2, c3] = self.cubics[bin];
        c0 + tail * (c1 + tail * (c2 + tail * c3))
    }

    /// The value not exceeded with probability `p`.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let size = (p.min(1.0 - p).max(0.0) / TO_SHARE).min(9.223_372_036_854_774e18) as i64;
        self.at(if p > 0.5 { -size as u64 } else { size as u64 })
    }

    /// The probabilities of a value at most `value`, and of one above it.
    #[must_use]
    pub fn tails(&self, value: f64) -> (f64, f64) {
        let middle = self.lower.last().map_or(0.0, |knot| knot.value);
        if value <= middle {
            let below = tail_at(&self.lower, value, 1.0);
            (below, 1.0 - below)
        } else {
            let above = tail_at(&self.upper, value, -1.0);
            (1.0 - above, above)
        }
    }
}

/// The tail probability at `value` from knots ordered outward to inward; `sign` 1 where values ascend with it.
fn tail_at(knots: &[Knot], value: f64, sign: f64) -> f64 {
    let place = knots.partition_point(|knot| sign * knot.value <= sign * value);
    let (Some(left), Some(right)) =
        (place.checked_sub(1).and_then(|before| knots.get(before)), knots.get(place))
    else {
        return if place == 0 { 0.0 } else { 0.5 };
    };
    let width = right.value - left.value;
    let t = (value - left.value) / width;
    let rise = right.tail - left.tail;
    // Slopes of the distribution function, limited so that the cubic cannot turn back (Fritsch and Carlson 1980).
    let limit = |slope: f64| if slope == 0.0 { rise * 3.0 } else { (width / slope).clamp(0.0, rise * 3.0) };
    let (start, end) = (limit(left.slope), limit(right.slope));
    let (t2, t3) = (t * t, t * t * t);
    left.tail * (2.0 * t3 - 3.0 * t2 + 1.0)
        + start * (t3 - 2.0 * t2 + t)
        + right.tail * (3.0 * t2 - 2.0 * t3)
        + end * (t3 - t2)
}

/// The tail probability at each knot, from 2⁻⁴¹ to ½.
fn tail_probabilities() -> impl Iterator<Item = f64> {
    (0..KNOTS).map(|knot| {
        let octave = (knot / BINS) as i32 - OCTAVES as i32 - 1;
        2_f64.powi(octave) * (1.0 + (knot % BINS) as f64 / BINS as f64)
    })
}

fn plain_knots(shape: &Shape, upper: bool) -> Vec<Knot> {
    let sign = if upper { -1.0 } else { 1.0 };
    tail_probabilities()
        .map(|tail| {
            let value = shape.tail_quantile(tail, upper);
            let density = shape.density(value);
            Knot { tail, value, slope: if density > 0.0 { sign / density } else { 0.0 } }
        })
        .collect()
}

/// Lower-tail knots of a beta on 0 to 1: (tail, value, slope). Marches inward, starting each search where the last knot's
/// slope points.
fn beta_knots(a: f64, b: f64) -> impl Iterator<Item = (f64, f64, f64)> {
    let log_beta = special::ln_beta(a, b);
    let density = move |x: f64| ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - log_beta).exp();
    let mut before: Option<(f64, f64, f64)> = None;
    tail_probabilities().map(move |tail| {
        let value = match before {
            Some((old_tail, old_value, old_slope)) if old_value > 1e-280 => {
                let power = (old_slope * old_tail / old_value).min(50.0);
                let mut x = (old_value * (tail / old_tail).powf(power)).clamp(old_value, 1.0);
                let mut settled = false;
                for _ in 0..6 {
                    let step = (special::beta_cdf(a, b, x) - tail) / density(x);
                    let next = x - step;
                    if !(next > 0.0 && next < 1.0) {
                        break;
                    }
                    x = next;
                    // Newton doubles the digits each time, so a step of a millionth leaves an error of 1e-12.
                    if step.abs() <= 1e-6 * x {
                        settled = true;
                        break;
                    }
                }
                if settled { x } else { special::beta_quantile(a, b, tail) }
            }
            _ => special::beta_quantile(a, b, tail),
        };
        let height = density(value);
        let slope = if height > 0.0 && height.is_finite() { 1.0 / height } else { 0.0 };
        before = Some((tail, value, slope));
        (tail, value, slope)
    })
}

/// Knots of a product, from the distribution function of the first factor averaged over the others.
fn product_knots(factors: &[Shape]) -> (Vec<Knot>, Vec<Knot>) {
    let scale: f64 = factors.iter().filter(|one| one.is_constant()).map(Shape::mean).product();
    let mut varying: Vec<&Shape> = factors.iter().filter(|one| !one.is_constant()).collect();
    let Some(first) = varying.pop() else {
        let flat = |_| Knot { tail: 0.0, value: scale, slope: 0.0 };
        return (tail_probabilities().map(flat).collect(), tail_probabilities().map(flat).collect());
    };
    let others = multiply_nodes(&varying, 0.25);
    let first = crate::sampler::Sampler::new(first);
    let smallest = others.iter().map(|node| node.0).fold(f64::INFINITY, f64::min).max(1e-300);
    let largest = others.iter().map(|node| node.0).fold(0.0, f64::max);
    let (lowest, highest) =
        (first.quantile(1e-13).max(1e-300) * smallest, first.quantile(1.0 - 1e-13) * largest);
    let steps = 1200;
    let curve: Vec<(f64, f64, f64)> = (0..=steps)
        .map(|step| {
            let value = lowest * (highest / lowest).powf(f64::from(step) / f64::from(steps));
            let (mut below, mut above) = (0.0, 0.0);
            for (other, weight) in &others {
                let (under, over) = first.tails(value / other);
                below += weight * under;
                above += weight * over;
            }
            (value * scale, below, above)
        })
        .collect();
    let find = |tail: f64, upper: bool| -> f64 {
        let pick = |point: &(f64, f64, f64)| if upper { point.2 } else { point.1 };
        let place = curve.partition_point(|point| if upper { point.2 > tail } else { point.1 < tail });
        match (place.checked_sub(1).and_then(|before| curve.get(before)), curve.get(place)) {
            (Some(left), Some(right))
                if pick(left) > 0.0 && pick(right) > 0.0 && pick(left) != pick(right) =>
            {
                let part = (tail / pick(left)).ln() / (pick(right) / pick(left)).ln();
                left.0 * (right.0 / left.0).powf(part)
            }
            (_, Some(right)) => right.0,
            (Some(left), None) => left.0,
            (None, None) => 0.0,
        }
    };
    let side = |upper: bool| -> Vec<Knot> {
        let points: Vec<(f64, f64)> = tail_probabilities().map(|tail| (tail, find(tail, upper))).collect();
        points
            .iter()
            .enumerate()
            .map(|(place, (tail, value))| {
                let here = (*tail, *value);
                let left =
                    place.checked_sub(1).and_then(|before| points.get(before)).copied().unwrap_or(here);
                let right = points.get(place + 1).copied().unwrap_or(here);
                let slope = if right.0 > left.0 { (right.1 - left.1) / (right.0 - left.0) } else { 0.0 };
                Knot { tail: *tail, value: *value, slope }
            })
            .collect()
    };
    (side(false), side(true))
}

/// All combinations of the nodes of independent factors multiplied.
#[must_use]
pub fn multiply_nodes(factors: &[&Shape], step: f64) -> Vec<(f64, f64)> {
    factors.iter().fold(vec![(1.0, 1.0)], |so_far, factor| {
        let nodes = factor.nodes(step);
        so_far.iter().flat_map(|(x, w)| nodes.iter().map(move |(y, v)| (x * y, w * v))).collect()
    })
}

/// Writes the cubics of one tail: through the knots, with the slopes of the knots. `sign` is -1 for the upper tail, whose
/// numbers are negative.
fn fill(cubics: &mut [[f64; 4]], knots: &[Knot], sign: f64) {
    // Numbers beyond the outermost knot, one in 10^12, fall into slots that no bin uses: they give the outermost value.
    cubics.fill([knots.first().map_or(0.0, |knot| knot.value), 0.0, 0.0, 0.0]);
    let mut put = |bin: usize, cubic: [f64; 4]| {
        if let Some(slot) = cubics.get_mut((FIRST_BIN + bin) & (SIDE - 1)) {
            *slot = cubic;
        }
    };
    for (bin, (left, right)) in knots.iter().zip(knots.iter().skip(1)).enumerate() {
        let width = 1.0 / BINS as f64;
        let per_unit = (right.tail - left.tail) / width;
        let secant = (right.value - left.value) / width;
        let limit = |slope: f64| {
            let slope = slope * per_unit;
            if slope == 0.0 || slope.abs() > 3.0 * secant.abs() { secant } else { slope }
        };
        let (start, end) = (limit(left.slope), limit(right.slope));
        let bend = (3.0 * secant - 2.0 * start - end) / width;
        let twist = (start + end - 2.0 * secant) / (width * width);
        // The cubic is wanted as a polynomial of the number itself, not of the way into the bin.
        let a = 1.0 + (bin % BINS) as f64 * width;
        let scale = sign * 2_f64.powi(-((63 - OCTAVES + bin / BINS) as i32));
        let cubic = [
            left.value - a * (start - a * (bend - a * twist)),
            scale * (start - a * (2.0 * bend - 3.0 * a * twist)),
            scale * scale * (bend - 3.0 * a * twist),
            scale * scale * scale * twist,
        ];
        put(bin, cubic);
    }
    if let Some(last) = knots.last() {
        put(KNOTS - 1, [last.value, 0.0, 0.0, 0.0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shape: Shape, within: f64) {
        let table = Table::new(&shape);
        for (p, upper) in [
            (1e-9, false),
            (3.3e-5, false),
            (0.011, false),
            (0.27, false),
            (0.49, false),
            (0.4, true),
            (0.07, true),
            (0.0123, true),
            (1.7e-6, true),
            (2e-10, true),
        ] {
            let wanted = shape.tail_quantile(p, upper);
            let got = table.quantile(if upper { 1.0 - p } else { p });
            assert!((got - wanted).abs() <= within * wanted.abs(), "{shape:?} {p} {upper}: {got} {wanted}");
            let (below, above) = table.tails(wanted);
            let tail = if upper { above } else { below };
            assert!((tail - p).abs() <= 1e-5 * p, "{shape:?} {p} {upper}: tail {tail}");
        }
    }

    #[test]
    fn tables_agree_with_the_quantile_functions_in_both_tails() {
        check(Shape::pert(2.0, 5.0, 20.0, 4.0), 1e-6);
        check(Shape::pert(1e4, 5e4, 5e5, 4.0), 1e-6);
        check(Shape::lognormal_from_interval(1e5, 1e6), 1e-6);
        check(Shape::Gamma { shape: 3.5, rate: 2.0 }, 1e-6);
        check(Shape::Normal { mean: 3.0, sd: 1.0 }, 1e-6);
        check(Shape::Beta { low: 0.0, high: 1.0, a: 0.5, b: 20.5 }, 1e-5);
    }

    #[test]
    fn products_of_lognormals_are_lognormal() {
        let factors = vec![
            Shape::Lognormal { mu: 1.0, sigma: 0.6 },
            Shape::Constant(60.0),
            Shape::Lognormal { mu: 2.0, sigma: 0.8 },
        ];
        let (got, wanted) =
            (Table::new(&Shape::Product(factors)), Shape::Lognormal { mu: 3.0 + 60_f64.ln(), sigma: 1.0 });
        for p in [0.001, 0.05, 0.3, 0.5, 0.8, 0.99, 0.9999] {
            let (got, wanted) = (got.quantile(p), wanted.quantile(p));
            assert!((got / wanted - 1.0).abs() < 1e-4, "{p} {got} {wanted}");
        }
    }
}
