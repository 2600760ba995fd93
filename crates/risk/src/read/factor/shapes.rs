//! Reads the numbers of a shape, and explains what each kind needs.

use super::Reader;
use crate::{
    problem::INTERVAL,
    read::cursor::{Entry, Section},
    scenario::{Source, Unit},
    shape::Shape,
};

impl<'a> Reader<'a> {
    /// Reads the numbers of one kind of shape, and says how such numbers are known.
    pub(super) fn shape(
        &self,
        kind: &str,
        value: &Entry<'a>,
        section: &Section<'a>,
        unit: Unit,
        scale: f64,
    ) -> Option<(Shape, Source)> {
        let scaled = |number: f64| number * scale;
        match kind {
            "constant" => Some((Shape::Constant(scaled(value.number()?)), Source::Given)),
            "pert" => {
                let [low, mode, high] = self.three(value, "pert")?;
                let gamma =
                    section.get("gamma").map_or(Some(4.0), |entry| entry.number_between(0.01, 1000.0))?;
                let (low, mode, high) = (scaled(low), scaled(mode), scaled(high));
                if low == high {
                    return Some((Shape::Constant(low), Source::Estimate));
                }
                let method =
                    section.get("method").map_or(Some("standard".to_owned()), |entry| entry.text())?;
                match method.as_str() {
                    "standard" => Some((Shape::pert(low, mode, high, gamma), Source::Estimate)),
                    "pyfair" => match Shape::pert_pyfair(low, mode, high, gamma) {
                        Some(shape) => Some((shape, Source::Estimate)),
                        None => {
                            value.problem(
                                "these three numbers leave no distribution under pyfair's definition of PERT.",
                                "Remove `method`: the standard definition has an answer.",
                            );
                            None
                        }
                    },
                    other => {
                        value.problem(
                            &format!("`{other}` is not a definition of PERT known here."),
                            "Remove `method`, or write \"pyfair\".",
                        );
                        None
                    }
                }
            }
            "range" => self.range(value, section, unit, scale),
            "triangular" => {
                let [low, mode, high] = self.three(value, "triangular")?;
                if low == high {
                    return Some((Shape::Constant(scaled(low)), Source::Estimate));
                }
                let shape = Shape::Triangular { low: scaled(low), mode: scaled(mode), high: scaled(high) };
                Some((shape, Source::Estimate))
            }
            "uniform" => {
                let (low, high) = self.pair(value)?;
                Some((Shape::Beta { low: scaled(low), high: scaled(high), a: 1.0, b: 1.0 }, Source::Estimate))
            }
            "beta" => {
                let numbers = value.numbers()?;
                match numbers.as_slice() {
                    [a, b] if (0.01..=1e7).contains(a) && (0.01..=1e7).contains(b) => {
                        Some((Shape::Beta { low: 0.0, high: scaled(1.0), a: *a, b: *b }, Source::Estimate))
                    }
                    _ => {
                        value.problem(
                            "`beta` takes two numbers above 0.01: how strongly successes and failures weigh.",
                            "Write `beta = [3.5, 37.5]`, or `seen = 3, of = 40`.",
                        );
                        None
                    }
                }
            }
            "data" => {
                let mut numbers = value.numbers()?;
                if numbers.is_empty() {
                    value.problem("the list is empty.", "Put the measured values in, or give a `range`.");
                    return None;
                }
                if let Some(negative) = numbers.iter().find(|number| **number < 0.0) {
                    value.problem(
                        &format!("{negative} is below zero."),
                        "Measured losses and rates are 0 or above.",
                    );
                    return None;
                }
                for number in &mut numbers {
                    *number *= scale;
                }
                numbers.sort_by(f64::total_cmp);
                Some((Shape::Data(numbers), Source::Measured))
            }
            _ => self.seen(value, section, unit),
        }
    }

    fn range(
        &self,
        value: &Entry<'a>,
        section: &Section<'a>,
        unit: Unit,
        scale: f64,
    ) -> Option<(Shape, Source)> {
        let (low, high) = self.pair(value)?;
        let known: &[&str] = match unit {
            Unit::Share | Unit::Percentile => &["beta"],
            Unit::PerYear | Unit::Money | Unit::People | Unit::Hours | Unit::MoneyPerHour => {
                &["lognormal", "normal"]
            }
        };
        let shape = match section.get("shape") {
            Some(entry) => entry.text()?,
            None => known.first().map_or(String::new(), |one| (*one).to_owned()),
        };
        if !known.contains(&shape.as_str()) {
            let names: Vec<String> = known.iter().map(|one| format!("\"{one}\"")).collect();
            value.problem(
                &format!("`{shape}` is not a shape for such a range."),
                &format!("Write {}, or leave `shape` out.", names.join(" or ")),
            );
            return None;
        }
        if low == 0.0 {
            value.problem(
                &format!("it starts at {low}, and nothing would lie below that once in twenty."),
                &format!("Start at the smallest number you think plausible, such as {}, or give `pert` or `triangular` from {low}. {INTERVAL}", high / 100.0),
            );
            return None;
        }
        let top = if unit == Unit::Share { 1.0 } else { 100.0 };
        if shape == "beta" && high * scale >= top {
            value.problem(
                &format!("it ends at {high}, and a range of this kind has to end below {}.", top / scale),
                &format!("End below {}, or give `pert` up to there. Write 0.12 for 12 %, or set `unit = \"%\"`. {INTERVAL}", top / scale),
            );
            return None;
        }
        if shape == "normal" && high > 50.0 * low {
            value.problem(
                &format!(
                    "{high} is {:.0} times {low}; a normal that stays above zero reaches 50 times.",
                    high / low
                ),
                &format!("Leave `shape` out for a lognormal, or use `pert`. {INTERVAL}"),
            );
            return None;
        }
        let (from, to) = (low * scale, high * scale);
        let made = match shape.as_str() {
            "beta" => Shape::beta_from_interval(from, to, top),
            "normal" => Shape::normal_from_interval(from, to),
            _ => Some(Shape::lognormal_from_interval(from, to)),
        };
        let Some(made) = made else {
            value.problem(
                &format!("from {low} to {high} is so narrow that nothing is uncertain."),
                &format!("Write `constant = {low}`, or widen the range. {INTERVAL}"),
            );
            return None;
        };
        if made.mean() > high * scale {
            value.remark(
                &format!(
                    "the range is so wide ({:.0} times) that the average, {:.0}, lies above its upper end.",
                    high / low,
                    made.mean()
                ),
                "Rare, very large losses dominate. If that is not what you mean, raise the lower end or use `pert`.",
            );
        }
        Some((made, Source::Estimate))
    }

    /// A posterior under Jeffreys' prior: Gamma(seen + ½, exposure) for a rate, Beta(seen + ½, rest + ½) for a share.
    fn seen(&self, value: &Entry<'a>, section: &Section<'a>, unit: Unit) -> Option<(Shape, Source)> {
        let seen = value.number_between(0.0, 1e9)?;
        if seen.fract() != 0.0 {
            value.problem(&format!("{seen} is not a whole number of events."), "Count whole events.");
            return None;
        }
        match unit {
            Unit::PerYear => {
                let period = match (section.get("months"), section.get("years"), section.get("days")) {
                    (Some(months), None, None) => months.number_between(0.03, 12_000.0)? / 12.0,
                    (None, Some(years), None) => years.number_between(0.003, 1000.0)?,
                    (None, None, Some(days)) => days.number_between(1.0, 365_250.0)? / 365.25,
                    _ => {
                        value.problem(
                            &format!("{seen} were seen, but over what time?"),
                            "Add one of `months`, `years` or `days`: `{ seen = 3, months = 24, unit = \"per year\" }`.",
                        );
                        return None;
                    }
                };
                Some((Shape::Gamma { shape: seen + 0.5, rate: period }, Source::Measured))
            }
            Unit::Share => {
                let Some(of) = section.get("of") else {
                    value.problem(
                        &format!("{seen} were seen, but out of how many?"),
                        "Add `of`: `{ seen = 3, of = 40, unit = \"share\" }`.",
                    );
                    return None;
                };
                let of = of.number_between(1.0, 1e9)?;
                if of < seen {
                    value.problem(
                        &format!("{seen} of {of} is more than all."),
                        "Swap the two numbers, or correct them.",
                    );
                    return None;
                }
                Some((
                    Shape::Beta { low: 0.0, high: 1.0, a: seen + 0.5, b: of - seen + 0.5 },
                    Source::Measured,
                ))
            }
            Unit::Percentile | Unit::Money | Unit::People | Unit::Hours | Unit::MoneyPerHour => {
                value.problem(
                    "a count says nothing about this kind of number.",
                    "Use `data`, `range` or `pert`.",
                );
                None
            }
        }
    }

    fn three(&self, value: &Entry<'a>, kind: &str) -> Option<[f64; 3]> {
        let numbers = value.numbers()?;
        match numbers.as_slice() {
            [low, mode, high] if low <= mode && mode <= high => Some([*low, *mode, *high]),
            [low, mode, high] => {
                let mut sorted = [*low, *mode, *high];
                sorted.sort_by(f64::total_cmp);
                let [a, b, c] = sorted;
                value.problem(
                    &format!("[{low}, {mode}, {high}] does not run from low over most likely to high."),
                    &format!("If the numbers are right, write [{a}, {b}, {c}]."),
                );
                None
            }
            _ => {
                value.problem(
                    &format!("`{kind}` takes three numbers, {} are given.", numbers.len()),
                    "Write [lowest possible, most likely, highest possible].",
                );
                None
            }
        }
    }

    fn pair(&self, value: &Entry<'a>) -> Option<(f64, f64)> {
        let numbers = value.numbers()?;
        match numbers.as_slice() {
            [low, high] if low < high => {
                if *low < 0.0 {
                    value.problem(
                        &format!("it starts at {low}, below zero."),
                        "Nothing here can be negative: start at 0 or above.",
                    );
                    return None;
                }
                Some((*low, *high))
            }
            [low, high] if low > high => {
                value.problem(
                    &format!("it runs from {low} down to {high}."),
                    &format!("Write the lower number first: [{high}, {low}]. {INTERVAL}"),
                );
                None
            }
            [low, _] => {
                value.problem(
                    &format!("both ends are {low}, so nothing is uncertain."),
                    &format!("Write `constant = {low}`, or widen the range. {INTERVAL}"),
                );
                None
            }
            _ => {
                value.problem(
                    &format!("a range takes two numbers, {} are given.", numbers.len()),
                    &format!("Write [low, high]. {INTERVAL}"),
                );
                None
            }
        }
    }
}
