//! Reads one factor: a shape, its unit, and where the numbers come from.

mod shapes;

use super::cursor::{Entry, Section};
use crate::{
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
        let in_percent =
            || section.get("unit").and_then(|entry| entry.text()).is_some_and(|unit| unit == "%");
        if matches!(unit, Unit::Share) && high > 0.0 && high < 0.01 && in_percent() {
            entry.remark(
                "it lies wholly below 1 %.",
                "0.3 % is three in a thousand; for 30 % write 30, or `unit = \"share\"`.",
            );
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
}

/// A number as a person would write it: very large ones with an exponent.
fn plain(number: f64) -> String {
    if number.abs() >= 1e12 { format!("{number:e}") } else { number.to_string() }
}
