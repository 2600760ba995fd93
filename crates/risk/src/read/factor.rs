//! Reads one factor: a shape, its unit, and where the numbers come from.

use super::cursor::{Entry, Section};
use crate::{
    problem::INTERVAL,
    scenario::{Factor, Source, Unit},
    shape::Shape,
};

const SHAPES: [&str; 9] =
    ["constant", "pert", "range", "triangular", "uniform", "beta", "data", "seen", "like"];
const OTHERS: [&str; 13] = [
    "unit", "because", "by", "shape", "gamma", "method", "of", "months", "years", "people", "hours",
    "per_hour", "days",
];
const LARGEST: f64 = 1e15;

/// Reads factors in one currency, following references within one file.
pub struct Reader<'a> {
    root: Section<'a>,
    currency: String,
}

impl<'a> Reader<'a> {
    pub fn new(root: &Section<'a>, currency: &str) -> Reader<'a> {
        // Without a currency the file has that problem already; any unit of money will do for the rest.
        Reader { root: root.clone(), currency: currency.to_owned() }
    }

    /// Reads the factor of `entry`, which has to be in `unit`.
    pub fn factor(&self, entry: &Entry<'a>, unit: Unit) -> Option<Factor> {
        self.follow(entry, unit, &mut Vec::new())
    }

    fn follow(&self, entry: &Entry<'a>, unit: Unit, visited: &mut Vec<String>) -> Option<Factor> {
        if entry.is_number() {
            entry.problem(
                &format!("{} has no unit.", entry.written()),
                &format!(
                    "Write `{{ constant = …, unit = \"{}\" }}`, or better a range or a PERT.",
                    self.unit_name(unit)
                ),
            );
            return None;
        }
        let section = entry.section()?;
        let mut allowed = SHAPES.to_vec();
        allowed.extend(OTHERS);
        section.only(&allowed);
        let mut given: Vec<&str> = SHAPES.into_iter().filter(|key| section.get(key).is_some()).collect();
        if section.get("people").is_some() || section.get("hours").is_some() {
            given.push("people");
        }
        if given.len() > 1 {
            entry.problem(
                &format!("it is given twice, as {}.", given.join(" and ")),
                "Keep the one you trust most.",
            );
            return None;
        }
        let Some(kind) = given.first() else {
            entry.problem(
                "no numbers are given.",
                &format!(
                    "Add one of {}: for example `range = [low, high]`, a 90 % interval.",
                    SHAPES.join(", ")
                ),
            );
            return None;
        };
        if *kind == "like" {
            return self.reference(entry, &section, unit, visited);
        }
        if *kind == "people" {
            return self.work(entry, &section, unit, visited);
        }
        let scale = self.unit(entry, &section, unit)?;
        let value = section.get(kind)?;
        let (shape, source) = self.shape(kind, &value, &section, unit, scale)?;
        self.finish(entry, &section, unit, shape, source)
    }

    fn finish(
        &self,
        entry: &Entry<'a>,
        section: &Section<'a>,
        unit: Unit,
        shape: Shape,
        source: Source,
    ) -> Option<Factor> {
        let highest = match unit {
            Unit::Share => 1.0,
            Unit::Percentile => 100.0,
            Unit::PerYear | Unit::Money | Unit::People | Unit::Hours | Unit::MoneyPerHour => LARGEST,
        };
        let (low, high) = match &shape {
            Shape::Lognormal { .. } | Shape::Normal { .. } | Shape::Gamma { .. } | Shape::Product(_) => {
                (0.0, if highest < LARGEST { f64::INFINITY } else { shape.mean() })
            }
            Shape::Beta { low, high, .. } | Shape::Triangular { low, high, .. } => (*low, *high),
            Shape::Constant(value) => (*value, *value),
            Shape::Data(values) => (values.first().copied()?, values.last().copied()?),
        };
        if low < 0.0 {
            entry.problem(
                &format!("it reaches {low}, below zero."),
                "Nothing here can be negative: start at 0 or above.",
            );
            return None;
        }
        if high > highest && highest < LARGEST && high.is_infinite() {
            entry.problem(
                "this shape has no upper end, but a share cannot exceed 1.",
                "Use `pert`, `uniform`, `beta`, or `seen` with `of`.",
            );
            return None;
        }
        if high > highest {
            let fix = match unit {
                Unit::Share => "Write 0.12 for 12 %, or set `unit = \"%\"`.".to_owned(),
                Unit::Percentile => "Stay between 0 and 100.".to_owned(),
                _ => "Check the number of zeros and the unit.".to_owned(),
            };
            entry.problem(&format!("it reaches {}, more than {}.", plain(high), plain(highest)), &fix);
            return None;
        }
        let words = |key: &str| section.get(key).and_then(|entry| entry.text());
        Some(Factor {
            name: entry.path().to_owned(),
            shape,
            unit,
            source,
            because: words("because"),
            by: words("by"),
        })
    }

    fn shape(
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
        let shape = section.get("shape").map_or(Some("lognormal".to_owned()), |entry| entry.text())?;
        match shape.as_str() {
            "lognormal" if low <= 0.0 => {
                value.problem(
                    &format!("it starts at {low}, which a lognormal never reaches."),
                    &format!("Start at the smallest amount you think plausible, such as {}, or add `shape = \"normal\"`. {INTERVAL}", high / 100.0),
                );
                None
            }
            "lognormal" => {
                let made = Shape::lognormal_from_interval(low * scale, high * scale);
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
                if matches!(unit, Unit::Share) {
                    value.problem(
                        "a share cannot be lognormal: it would exceed 1.",
                        "Use `pert`, `uniform` or `seen` with `of`.",
                    );
                    return None;
                }
                Some((made, Source::Estimate))
            }
            "normal" => {
                let z = stats::special::normal_quantile(0.95);
                let (mean, sd) = (0.5 * (low + high) * scale, (high - low) / (2.0 * z) * scale);
                Some((Shape::Normal { mean, sd }, Source::Estimate))
            }
            other => {
                value.problem(
                    &format!("`{other}` is not a shape for a range known here."),
                    "Write \"lognormal\" or \"normal\".",
                );
                None
            }
        }
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

    /// People × hours × cost of an hour.
    fn work(
        &self,
        entry: &Entry<'a>,
        section: &Section<'a>,
        unit: Unit,
        visited: &mut Vec<String>,
    ) -> Option<Factor> {
        if unit != Unit::Money {
            entry.problem(
                "people and hours make money, but money is not meant here.",
                "Use `range` or `pert`.",
            );
            return None;
        }
        let mut part = |key: &str, unit: Unit| {
            let fix = format!("Add `{key} = {{ pert = […], unit = \"{}\" }}`.", self.unit_name(unit));
            section.need(key, &fix).and_then(|entry| self.follow(&entry, unit, visited))
        };
        let people = part("people", Unit::People);
        let hours = part("hours", Unit::Hours);
        let per_hour = part("per_hour", Unit::MoneyPerHour);
        let shape = Shape::Product(vec![people?.shape, hours?.shape, per_hour?.shape]);
        self.finish(entry, section, unit, shape, Source::Estimate)
    }

    fn reference(
        &self,
        entry: &Entry<'a>,
        section: &Section<'a>,
        unit: Unit,
        visited: &mut Vec<String>,
    ) -> Option<Factor> {
        let target = section.get("like")?.text()?;
        visited.push(entry.path().to_owned());
        if visited.contains(&target) {
            entry.problem(
                &format!("it goes round in a circle: {} → {target}.", visited.join(" → ")),
                "Give at least one of them its own numbers.",
            );
            return None;
        }
        let mut found: Option<Entry<'a>> = None;
        for key in target.split('.') {
            let section = match &found {
                None => Some(self.root.clone()),
                Some(entry) if entry.is_section() => entry.section(),
                Some(_) => None,
            };
            found = section.and_then(|section| section.get(key));
            if found.is_none() {
                entry.problem(
                    &format!("there is no `{target}` to be like."),
                    "Write its full name, such as `loss.primary.response`.",
                );
                return None;
            }
        }
        let other = self.follow(&found?, unit, visited)?;
        Some(Factor { name: entry.path().to_owned(), ..other })
    }

    /// The factor by which numbers in the written unit must be multiplied.
    fn unit(&self, entry: &Entry<'a>, section: &Section<'a>, unit: Unit) -> Option<f64> {
        let wanted = self.unit_name(unit);
        let written = section
            .need("unit", &format!("Add `unit = \"{wanted}\"`, so that nobody has to guess."))?
            .text()?;
        let money = |prefix: &str, suffix: &str| written == format!("{prefix}{}{suffix}", self.currency);
        let scale = match unit {
            Unit::PerYear => match written.as_str() {
                "per year" => Some(1.0),
                "per quarter" => Some(4.0),
                "per month" => Some(12.0),
                "per week" => Some(365.25 / 7.0),
                "per day" => Some(365.25),
                _ => None,
            },
            Unit::Share => match written.as_str() {
                "share" => Some(1.0),
                "%" => Some(0.01),
                _ => None,
            },
            Unit::Percentile => (written == "percentile").then_some(1.0),
            Unit::People => (written == "people").then_some(1.0),
            Unit::Hours => match written.as_str() {
                "hours" => Some(1.0),
                "minutes" => Some(1.0 / 60.0),
                _ => None,
            },
            Unit::Money | Unit::MoneyPerHour if self.currency.is_empty() => Some(1.0),
            Unit::MoneyPerHour => money("", " per hour").then_some(1.0),
            Unit::Money if money("", "") => Some(1.0),
            Unit::Money if money("thousand ", "") => Some(1e3),
            Unit::Money if money("million ", "") => Some(1e6),
            Unit::Money => None,
        };
        if scale.is_none() {
            entry.problem(
                &format!("the unit `{written}` does not fit here."),
                &format!("Write `unit = \"{wanted}\"`."),
            );
        }
        scale
    }

    fn unit_name(&self, unit: Unit) -> String {
        match unit {
            Unit::PerYear => "per year".to_owned(),
            Unit::Share => "share".to_owned(),
            Unit::Percentile => "percentile".to_owned(),
            Unit::Money if self.currency.is_empty() => "EUR".to_owned(),
            Unit::Money => self.currency.clone(),
            Unit::People => "people".to_owned(),
            Unit::Hours => "hours".to_owned(),
            Unit::MoneyPerHour => format!("{} per hour", self.currency),
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

/// A number as a person would write it: very large ones with an exponent.
fn plain(number: f64) -> String {
    if number.abs() >= 1e12 { format!("{number:e}") } else { number.to_string() }
}
