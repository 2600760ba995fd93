//! The shapes an uncertain number can take: what an estimate, a measurement or a count says about a factor.

use stats::special;

/// The distribution of one factor. Units are the factor's own.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Known exactly.
    Constant(f64),
    /// A beta distribution stretched over `low..high`; PERT, uniform and posteriors of shares are of this kind.
    Beta { low: f64, high: f64, a: f64, b: f64 },
    /// Rises straight from `low` to `mode` and falls straight to `high`.
    Triangular { low: f64, mode: f64, high: f64 },
    /// The logarithm is normal with mean `mu` and standard deviation `sigma`.
    Lognormal { mu: f64, sigma: f64 },
    /// Normal, given that it is not below zero.
    Normal { mean: f64, sd: f64 },
    /// Gamma with this shape and rate: what a count over an exposure says about a rate.
    Gamma { shape: f64, rate: f64 },
    /// Measured values, ascending, each as likely as the other.
    Data(Vec<f64>),
    /// Independent factors multiplied, such as people × hours × cost of an hour.
    Product(Vec<Shape>),
}

/// One point of a quadrature: a value and its weight; weights add up to 1.
pub type Node = (f64, f64);

impl Shape {
    /// The standard PERT: mean `(low + γ·mode + high) / (γ + 2)`, as a stretched beta. Needs `low <= mode <= high`,
    /// `low < high`, `γ > 0`; γ is 4 by convention.
    #[must_use]
    pub fn pert(low: f64, mode: f64, high: f64, gamma: f64) -> Shape {
        let range = high - low;
        Shape::Beta {
            low,
            high,
            a: 1.0 + gamma * (mode - low) / range,
            b: 1.0 + gamma * (high - mode) / range,
        }
    }

    /// PERT as the pyfair package has it: the same mean, but the standard deviation forced to `(high - low) / (γ + 2)`. Kept
    /// under its own name so that its results can be repeated; `None` where that leaves no beta distribution.
    #[must_use]
    pub fn pert_pyfair(low: f64, mode: f64, high: f64, gamma: f64) -> Option<Shape> {
        let range = high - low;
        let mean = ((low + gamma * mode + high) / (gamma + 2.0) - low) / range;
        let sum = mean * (1.0 - mean) * (gamma + 2.0).powi(2) - 1.0;
        (sum > 0.0 && mean > 0.0 && mean < 1.0).then_some(Shape::Beta {
            low,
            high,
            a: mean * sum,
            b: (1.0 - mean) * sum,
        })
    }

    /// The lognormal whose 5 % and 95 % quantiles are `low` and `high`. Needs `0 < low < high`.
    ///
    /// ```
    /// let risk::Shape::Lognormal { mu, sigma } = risk::Shape::lognormal_from_interval(1e5, 1e6) else { panic!() };
    /// assert!((mu - 12.664218011467).abs() < 1e-11);
    /// assert!((sigma - 0.699936169172).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn lognormal_from_interval(low: f64, high: f64) -> Shape {
        let z = special::normal_quantile(0.95);
        Shape::Lognormal { mu: 0.5 * (low.ln() + high.ln()), sigma: (high.ln() - low.ln()) / (2.0 * z) }
    }

    /// The normal, cut off below zero, whose 5 % and 95 % quantiles are `low` and `high`. Needs `0 < low < high`; `None`
    /// where `high` is more than 50 times `low`, which no such shape reaches.
    ///
    /// ```
    /// let shape = risk::Shape::normal_from_interval(10.0, 90.0).unwrap();
    /// assert!((shape.quantile(0.05) - 10.0).abs() < 1e-9 && (shape.quantile(0.95) - 90.0).abs() < 1e-9);
    /// assert_eq!(risk::Shape::normal_from_interval(1.0, 60.0), None);
    /// ```
    #[must_use]
    pub fn normal_from_interval(low: f64, high: f64) -> Option<Shape> {
        // With α the mean in standard deviations, P(X > x) = Φ(α - x/sd) / Φ(α): each end follows from α alone, and the
        // further α lies to the right, the nearer the ends are to each other.
        let ends = |alpha: f64| {
            let all = special::normal_cdf(alpha);
            let end = |above: f64| alpha - special::normal_quantile(above * all);
            (end(0.95), end(0.05))
        };
        let ratio = |alpha: f64| ends(alpha).1 / ends(alpha).0;
        let (least, most) = (-6.0, 1e5);
        if low <= 0.0 || high / low > 50.0 || high / low < ratio(most) {
            return None;
        }
        let alpha = bisect(least, most, |alpha| high / low < ratio(alpha));
        let (start, end) = ends(alpha);
        let sd = (high - low) / (end - start);
        Some(Shape::Normal { mean: alpha * sd, sd })
    }

    /// The beta over 0 to `top` whose 5 % and 95 % quantiles are `low` and `high`: what a 90 % interval says about a share.
    /// Needs `0 < low < high < top`; `None` where the two are so near to each other that nothing is uncertain.
    ///
    /// ```
    /// let shape = risk::Shape::beta_from_interval(0.05, 0.30, 1.0).unwrap();
    /// assert!((shape.quantile(0.05) - 0.05).abs() < 1e-9 && (shape.quantile(0.95) - 0.30).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn beta_from_interval(low: f64, high: f64, top: f64) -> Option<Shape> {
        let (low, high) = (low / top, high / top);
        if low <= 0.0 || low >= high || high >= 1.0 {
            return None;
        }
        // The mean for a weight a + b that leaves 5 % below `low`; the heavier the weight, the more lies below `high`.
        let mean = |log_weight: f64| {
            let weight = log_weight.exp();
            let logit = bisect(-40.0, 40.0, |logit: f64| {
                let mean = 1.0 / (1.0 + (-logit).exp());
                special::beta_cdf(mean * weight, (1.0 - mean) * weight, low) > 0.05
            });
            1.0 / (1.0 + (-logit).exp())
        };
        let (least, most) = (-7.0, 18.0);
        let below_high = |log_weight: f64| {
            let (mean, weight) = (mean(log_weight), log_weight.exp());
            special::beta_cdf(mean * weight, (1.0 - mean) * weight, high)
        };
        if below_high(least) > 0.95 || below_high(most) < 0.95 {
            return None;
        }
        let log_weight = bisect(least, most, |log_weight| below_high(log_weight) < 0.95);
        let (mean, weight) = (mean(log_weight), log_weight.exp());
        Some(Shape::Beta { low: 0.0, high: top, a: mean * weight, b: (1.0 - mean) * weight })
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Shape::Constant(value) => *value,
            Shape::Beta { low, high, a, b } => low + (high - low) * a / (a + b),
            Shape::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Shape::Lognormal { mu, sigma } => (mu + 0.5 * sigma * sigma).exp(),
            Shape::Normal { mean, sd } => mean + sd * mills(*mean, *sd),
            Shape::Gamma { shape, rate } => shape / rate,
            Shape::Data(values) => stats::mean(values).unwrap_or(0.0),
            Shape::Product(shapes) => shapes.iter().map(Shape::mean).product(),
        }
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match self {
            Shape::Constant(_) => 0.0,
            Shape::Beta { low, high, a, b } => {
                (high - low).powi(2) * a * b / ((a + b).powi(2) * (a + b + 1.0))
            }
            Shape::Triangular { low, mode, high } => {
                (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18.0
            }
            Shape::Lognormal { mu, sigma } => (sigma * sigma).exp_m1() * (2.0 * mu + sigma * sigma).exp(),
            Shape::Normal { mean, sd } => {
                let ratio = mills(*mean, *sd);
                sd * sd * (1.0 - mean / sd * ratio - ratio * ratio)
            }
            Shape::Gamma { shape, rate } => shape / (rate * rate),
            Shape::Data(values) => {
                let centre = self.mean();
                stats::mean(&values.iter().map(|v| (v - centre).powi(2)).collect::<Vec<_>>()).unwrap_or(0.0)
            }
            Shape::Product(shapes) => {
                let squares: f64 = shapes.iter().map(|one| one.variance() + one.mean().powi(2)).product();
                squares - self.mean().powi(2)
            }
        }
    }

    /// Whether there is nothing uncertain about it.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        match self {
            Shape::Constant(_) => true,
            Shape::Data(values) => values.first() == values.last(),
            Shape::Product(shapes) => shapes.iter().all(Shape::is_constant),
            _ => false,
        }
    }

    /// The value not exceeded with probability `p`, `0 < p < 1`.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.tail_quantile(if p <= 0.5 { p } else { 1.0 - p }, p > 0.5)
    }

    /// The value with probability `tail` on its far side: below it, or above it if `upper`. Exact far into both tails.
    #[must_use]
    pub fn tail_quantile(&self, tail: f64, upper: bool) -> f64 {
        match self {
            Shape::Constant(value) => *value,
            Shape::Beta { low, high, a, b } => {
                if upper {
                    high - (high - low) * special::beta_quantile(*b, *a, tail)
                } else {
                    low + (high - low) * special::beta_quantile(*a, *b, tail)
                }
            }
            Shape::Triangular { low, mode, high } => {
                let range = high - low;
                if upper {
                    let rise = (high - mode) / range;
                    if tail <= rise {
                        high - (tail * range * (high - mode)).sqrt()
                    } else {
                        low + ((1.0 - tail) * range * (mode - low)).sqrt()
                    }
                } else if tail <= (mode - low) / range {
                    low + (tail * range * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - tail) * range * (high - mode)).sqrt()
                }
            }
            Shape::Lognormal { mu, sigma } => {
                let z = special::normal_quantile(tail);
                (mu + sigma * if upper { -z } else { z }).exp()
            }
            Shape::Normal { mean, sd } => {
                let above_zero = special::normal_cdf(mean / sd);
                let z = if upper {
                    -special::normal_quantile(tail * above_zero)
                } else {
                    -special::normal_quantile((1.0 - tail) * above_zero)
                };
                (mean + sd * z).max(0.0)
            }
            Shape::Gamma { shape, rate } => {
                let unit = if upper {
                    special::gamma_quantile_upper(*shape, tail)
                } else {
                    special::gamma_quantile(*shape, tail)
                };
                unit / rate
            }
            Shape::Data(values) => {
                let p = if upper { 1.0 - tail } else { tail };
                let place = ((p * values.len() as f64) as usize).min(values.len().saturating_sub(1));
                values.get(place).copied().unwrap_or(0.0)
            }
            Shape::Product(_) => {
                crate::table::Table::new(self).quantile(if upper { 1.0 - tail } else { tail })
            }
        }
    }

    /// The probability density at `value`; zero for shapes made of single points.
    #[must_use]
    pub fn density(&self, value: f64) -> f64 {
        match self {
            Shape::Beta { low, high, a, b } => {
                let x = (value - low) / (high - low);
                if x <= 0.0 || x >= 1.0 {
                    return 0.0;
                }
                ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - special::ln_beta(*a, *b)).exp()
                    / (high - low)
            }
            Shape::Triangular { low, mode, high } => {
                if value < *mode {
                    2.0 * (value - low) / ((high - low) * (mode - low))
                } else {
                    2.0 * (high - value) / ((high - low) * (high - mode))
                }
            }
            Shape::Lognormal { mu, sigma } => {
                if value <= 0.0 {
                    0.0
                } else {
                    special::normal_density((value.ln() - mu) / sigma) / (sigma * value)
                }
            }
            Shape::Normal { mean, sd } => {
                special::normal_density((value - mean) / sd) / (sd * special::normal_cdf(mean / sd))
            }
            Shape::Gamma { shape, rate } => {
                let x = value * rate;
                if x <= 0.0 {
                    0.0
                } else {
                    rate * ((shape - 1.0) * x.ln() - x - special::ln_gamma(*shape)).exp()
                }
            }
            Shape::Constant(_) | Shape::Data(_) | Shape::Product(_) => 0.0,
        }
    }

    /// Points and weights with which the expectation of a smooth function of the factor is a sum.
    ///
    /// Works in normal scores: the trapezoid rule on `Q(Φ(z)) φ(z)` converges faster than any power of `step` for
    /// smooth shapes. `step` 0.125 gives about 12 digits for PERT and moderate lognormals.
    #[must_use]
    pub fn nodes(&self, step: f64) -> Vec<Node> {
        match self {
            Shape::Constant(value) => vec![(*value, 1.0)],
            Shape::Data(values) => {
                let weight = 1.0 / values.len().max(1) as f64;
                values.iter().map(|value| (*value, weight)).collect()
            }
            _ => {
                let step = if matches!(self, Shape::Triangular { .. }) { step / 4.0 } else { step };
                let table = matches!(self, Shape::Product(_)).then(|| crate::table::Table::new(self));
                let count = (8.0 / step).ceil() as i32;
                let mut nodes: Vec<Node> = (-count..=count)
                    .map(|k| {
                        let z = f64::from(k) * step;
                        let tail = special::normal_cdf(-z.abs());
                        let value = match &table {
                            Some(table) => table.quantile(if z > 0.0 { 1.0 - tail } else { tail }),
                            None => self.tail_quantile(tail, z > 0.0),
                        };
                        (value, special::normal_density(z) * step)
                    })
                    .collect();
                let total: f64 = nodes.iter().map(|node| node.1).sum();
                for node in &mut nodes {
                    node.1 /= total;
                }
                nodes
            }
        }
    }

    /// The probability that this exceeds `other`, the two being independent: threat capability against resistance.
    #[must_use]
    pub fn chance_to_exceed(&self, other: &Shape) -> f64 {
        let below = crate::sampler::Sampler::new(other);
        self.nodes(1.0 / 64.0)
            .iter()
            .map(|(value, weight)| weight * below.cdf_below(*value))
            .sum::<f64>()
            .clamp(0.0, 1.0)
    }
}

/// Where `before` turns from true to false between `low` and `high`, to the last digits.
fn bisect(mut low: f64, mut high: f64, before: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if before(middle) { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Density over remaining probability of a normal cut off below zero, in standard units.
fn mills(mean: f64, sd: f64) -> f64 {
    special::normal_density(mean / sd) / special::normal_cdf(mean / sd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_says_what_it_says_nine_times_in_ten() {
        let hits = |shape: &Shape, low: f64, high: f64| {
            for (p, wanted) in [(0.05, low), (0.95, high)] {
                let got = shape.quantile(p);
                assert!((got / wanted - 1.0).abs() < 1e-7, "{shape:?} {got} {wanted}");
            }
        };
        for (low, high) in [
            (0.05, 0.3),
            (1e-4, 0.9),
            (1e-6, 2e-6),
            (0.001, 0.999),
            (0.5, 0.501),
            (0.97, 0.9999),
            (0.2, 0.95),
        ] {
            hits(&Shape::beta_from_interval(low, high, 1.0).unwrap(), low, high);
            hits(
                &Shape::beta_from_interval(100.0 * low, 100.0 * high, 100.0).unwrap(),
                100.0 * low,
                100.0 * high,
            );
        }
        for ratio in [1.0001, 1.1, 2.0, 9.0, 30.0, 49.0] {
            hits(&Shape::normal_from_interval(1e4, 1e4 * ratio).unwrap(), 1e4, 1e4 * ratio);
        }
        assert_eq!(Shape::beta_from_interval(0.5, 0.500_000_1, 1.0), None);
        assert_eq!(Shape::beta_from_interval(0.0, 0.5, 1.0), None);
        assert_eq!(Shape::normal_from_interval(0.0, 0.5), None);
    }
}
