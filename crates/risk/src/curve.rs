//! A loss exceedance curve and the numbers read from it.

/// The chance of losing more than an amount in a year, for every amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Mean loss in a year.
    pub mean: f64,
    /// Standard deviation of the loss in a year.
    pub sd: f64,
    /// Chance of a year without loss.
    pub none: f64,
    /// Losses ascending, each with the chance of more; chances never rise.
    pub points: Vec<Point>,
    /// Where every loss is a multiple of one amount, that amount.
    pub lattice: Option<f64>,
}

/// A loss and the yearly chance of more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Loss in a year.
    pub loss: f64,
    /// Chance of a larger one, 0 to 1.
    pub chance: f64,
}

impl Curve {
    /// The chance of losing more than `loss` in a year.
    #[must_use]
    pub fn exceedance(&self, loss: f64) -> f64 {
        if loss < 0.0 {
            return 1.0;
        }
        let place = self.points.partition_point(|point| point.loss <= loss);
        let left = place.checked_sub(1).and_then(|before| self.points.get(before));
        match (left, self.points.get(place)) {
            (Some(left), Some(_)) if self.lattice.is_some() => left.chance,
            (Some(left), Some(right)) => {
                left.chance + (loss - left.loss) / (right.loss - left.loss) * (right.chance - left.chance)
            }
            (Some(last), None) if last.loss == loss => last.chance,
            (_, None) => 0.0,
            (None, Some(_)) => 1.0 - self.none,
        }
    }

    /// The loss not exceeded with probability `p`, 0 to 1: 0.95 is the one-in-20-year loss.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let chance = 1.0 - p.clamp(0.0, 1.0);
        if p <= self.none {
            return 0.0;
        }
        let place = self.points.partition_point(|point| point.chance > chance);
        let left = place.checked_sub(1).and_then(|before| self.points.get(before));
        match (left, self.points.get(place)) {
            (Some(left), Some(right)) if self.lattice.is_none() && left.chance > right.chance => {
                left.loss + (left.chance - chance) / (left.chance - right.chance) * (right.loss - left.loss)
            }
            (_, Some(right)) => right.loss,
            (Some(last), None) => last.loss,
            (None, None) => 0.0,
        }
    }

    /// The loss exceeded once in `years` years on average; `years` of 1 or less gives 0.
    #[must_use]
    pub fn once_in(&self, years: f64) -> f64 {
        if years > 1.0 { self.quantile(1.0 - 1.0 / years) } else { 0.0 }
    }

    /// The mean loss of the worst `1 - p` share of years (Acerbi and Tasche 2002); 0.95 averages the worst year in 20.
    #[must_use]
    pub fn expected_shortfall(&self, p: f64) -> f64 {
        let p = p.clamp(0.0, 1.0 - 1e-9);
        let from = self.quantile(p);
        // The mean is the area under the curve, so what lies beyond `from` is the mean less the area before it.
        let mut area = 0.0;
        for (left, right) in self.points.iter().zip(self.points.iter().skip(1)) {
            let end = right.loss.min(from);
            if left.loss >= from {
                break;
            }
            if right.loss <= left.loss {
                continue;
            }
            let at_end = match self.lattice {
                Some(_) => left.chance,
                None => {
                    left.chance + (end - left.loss) / (right.loss - left.loss) * (right.chance - left.chance)
                }
            };
            area += 0.5 * (left.chance + at_end) * (end - left.loss);
        }
        from + (self.mean - area).max(0.0) / (1.0 - p)
    }

    /// A curve from simulated or measured years, in any order.
    #[must_use]
    pub fn from_years(mut years: Vec<f64>) -> Option<Curve> {
        let mean = stats::mean(&years)?;
        let sd = stats::variance(&years).unwrap_or(0.0).sqrt();
        years.sort_unstable_by(f64::total_cmp);
        let count = years.len() as f64;
        let free = years.partition_point(|loss| *loss <= 0.0);
        let none = free as f64 / count;
        let positive = years.get(free..).unwrap_or(&[]);
        let chance = |more: usize| more as f64 / count;
        let mut points = vec![Point { loss: 0.0, chance: chance(positive.len()) }];
        let stride = (positive.len() / 20_000).max(1);
        let tail = positive.len().saturating_sub(2_000);
        // An amount that many years share is a step: two points, the chance of it or more and the chance of more.
        let mut place = 0;
        for same in positive.chunk_by(|one, next| one == next) {
            let (first, last) = (place, place + same.len());
            place = last;
            let Some(loss) = same.first().copied() else { continue };
            let shown = first.next_multiple_of(stride) < last || last > tail;
            if shown && same.len() > 1 {
                points.push(Point { loss, chance: chance(positive.len() - first) });
            }
            if shown {
                points.push(Point { loss, chance: chance(positive.len() - last) });
            }
        }
        Some(Curve { mean, sd, none, points, lattice: None })
    }
}
