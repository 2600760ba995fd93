//! From what a lead typed to a brief, and from two versions to a comparison. Pure: no store, no clock, no page.

use chart::{Curves, Scale};
use rayon::prelude::*;
use risk::brief::{self, Brief, Order, grouped, plain_words, two_digits};
use risk::portfolio::Together;
use risk::scenario::{Factor, Unit};
use risk::whatif::Change;
use risk::{Curve, Model, Problem, Scenario};

use super::{Version, difference};

/// The fewest years worth simulating.
pub const FEWEST_YEARS: i64 = 1_000;
/// The most years one page works through.
pub const MOST_YEARS: i64 = 200_000;
const MOST_LETTERS: usize = 20_000;
const MOST_EVENTS: f64 = 1_000.0;
const MOST_WORK: f64 = 100_000_000.0;

/// A form as it was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub title: String,
    pub scenario: String,
    pub seed: String,
    pub years: String,
    pub note: String,
}

/// One thing to put right before an estimate can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hurdle {
    /// The field of the form: `title`, `scenario`, `seed`, `years` or `note`.
    pub field: &'static str,
    /// In the scenario: the line, from 1, and what stands there.
    pub line: Option<(usize, String)>,
    pub what: String,
    pub fix: String,
}

impl Hurdle {
    /// What and how to mend it, in pieces: what stood between back-ticks is code.
    pub fn said(&self) -> Vec<(&str, bool)> {
        let mut said = Vec::new();
        for text in [self.what.as_str(), " ", self.fix.as_str()] {
            said.extend(text.split('`').enumerate().map(|(place, piece)| (piece, place % 2 == 1)));
        }
        said.retain(|(piece, _)| !piece.is_empty());
        said
    }
}

/// An estimate worked out.
#[derive(Clone, Debug)]
pub struct Made {
    pub title: String,
    pub text: String,
    pub fingerprint: String,
    pub seed: i64,
    pub years: i64,
    pub note: String,
    pub sentence: String,
    pub brief: String,
}

/// What one side of a comparison needs.
#[derive(Clone, Debug)]
pub struct Side {
    pub label: String,
    pub text: String,
    pub seed: u64,
    pub years: usize,
}

/// Two estimates beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The difference in sentences, the most important first.
    pub words: Vec<String>,
    /// What a number is, on the left, on the right.
    pub numbers: Vec<[String; 3]>,
    /// Only the inputs that differ: name, on the left, on the right.
    pub inputs: Vec<[String; 3]>,
    /// Both curves as a figure.
    pub figure: String,
    /// The luck both were lived with.
    pub seed: u64,
    pub years: usize,
}

impl Side {
    /// A version as a side.
    pub fn of(version: &Version) -> Side {
        Side {
            label: format!("{}, version {}", version.title, version.number),
            text: version.scenario.clone(),
            seed: u64::try_from(version.seed).unwrap_or(0),
            years: usize::try_from(version.years).unwrap_or(0).min(MOST_YEARS as usize),
        }
    }
}

/// Works an estimate out.
///
/// # Errors
/// Everything that has to be put right, in the order of the form.
pub fn make(typed: &Typed) -> Result<Made, Vec<Hurdle>> {
    let mut hurdles = Vec::new();
    let title = line(&typed.title);
    if title.is_empty() {
        hurdles.push(hurdle(
            "title",
            "The estimate has no title yet.",
            "Name what could happen in a few words.",
        ));
    }
    let text = typed.scenario.replace("\r\n", "\n").replace('\0', "");
    let scenario = read(&text).map_err(|found| hurdles.extend(found)).ok();
    let seed = number(&typed.seed).filter(|seed| *seed >= 0);
    if seed.is_none() {
        hurdles.push(hurdle(
            "seed",
            "The seed has to be a whole number, 0 or more.",
            "Write `1`; any number serves, and the same one gives the same luck again.",
        ));
    }
    let years = number(&typed.years).filter(|years| (FEWEST_YEARS..=MOST_YEARS).contains(years));
    if years.is_none() {
        hurdles.push(hurdle(
            "years",
            "The years have to be a whole number from 1,000 to 200,000.",
            "Write `100000`; more years make the curve smoother.",
        ));
    }
    if let (Some(scenario), Some(years)) = (&scenario, years) {
        let events = Model::new(scenario).count.mean;
        let lives = (Change::offered(scenario).len() + 2) as f64;
        let affordable = (MOST_WORK / (lives * events.max(1.0)) / 1000.0).floor() * 1000.0;
        if events > MOST_EVENTS {
            hurdles.push(hurdle(
                "scenario",
                &format!(
                    "This means about {} events in a year; a page follows up to {}.",
                    grouped(events),
                    grouped(MOST_EVENTS)
                ),
                "Describe a coarser event, such as a wave of messages rather than one message.",
            ));
        } else if years as f64 > affordable {
            hurdles.push(hurdle(
                "years",
                &format!(
                    "With about {} events in a year and {} options, so many years take too long for a page.",
                    grouped(events.ceil()),
                    lives - 2.0
                ),
                &format!("Write `{affordable:.0}` or fewer."),
            ));
        }
    }
    let note: String = typed.note.trim().replace("\r\n", "\n").replace('\0', "").chars().take(4000).collect();
    if note.is_empty() {
        hurdles.push(hurdle(
            "note",
            "Nothing says yet what these numbers rest on.",
            "Write a sentence: who estimated, and from what evidence.",
        ));
    }
    let (Some(scenario), Some(seed), Some(years), true) = (scenario, seed, years, hurdles.is_empty()) else {
        return Err(hurdles);
    };
    let found =
        brief(scenario, u64::try_from(seed).unwrap_or(0), usize::try_from(years).unwrap_or(0), Vec::new())
            .map_err(|problem| vec![in_scenario(&text, problem)])?;
    Ok(Made {
        title,
        fingerprint: risk::fingerprint(&text),
        text,
        seed,
        years,
        note,
        sentence: found.sentence(),
        brief: fragment(&found),
    })
}

/// The options a scenario offers, by name.
pub fn options(text: &str) -> Vec<String> {
    risk::read(text).map_or_else(
        |_| Vec::new(),
        |reading| Change::offered(&reading.scenario).into_iter().map(|one| one.name).collect(),
    )
}

/// What the author of a scenario may want to look at again.
pub fn remarks(text: &str) -> Vec<Hurdle> {
    risk::read(text).map_or_else(
        |_| Vec::new(),
        |reading| reading.remarks.into_iter().map(|one| in_scenario(text, one)).collect(),
    )
}

/// The brief with one option beside things as they are; `None` if there is no option of that name.
pub fn only_option(side: &Side, option: &str) -> Option<String> {
    let scenario = risk::read(&side.text).ok()?.scenario;
    let mut found = brief(scenario, side.seed, side.years, vec![option.to_owned()]).ok()?;
    found.comparisons.retain(|(_, one)| one.change.name == option);
    found.worths.retain(|(_, change, _)| change == option);
    (!found.comparisons.is_empty()).then(|| fragment(&found))
}

/// Lives both sides through the same years: the left's seed, and luck by the same names.
///
/// # Errors
/// One of them cannot be read any more, or they are in different currencies; a sentence for the person who asked.
pub fn compare(left: &Side, right: &Side) -> Result<Compared, String> {
    let mut scenarios =
        [left, right].into_iter().map(|side| risk::read(&side.text).map(|reading| reading.scenario));
    let (Some(Ok(one)), Some(Ok(mut other))) = (scenarios.next(), scenarios.next()) else {
        return Err("One of the two was kept in a form that is no longer understood. Please open it, save a new version, and compare that one.".into());
    };
    if one.currency != other.currency {
        return Err(format!(
            "One is in `{}`, the other in `{}`. Please save a version of one of them in the currency of the other; then they can stand side by side.",
            one.currency, other.currency
        ));
    }
    // Luck goes by the scenario's name: with one name both live the same years.
    other.name.clone_from(&one.name);
    let years = left.years.min(right.years);
    let (first, second) = (Model::new(&one), Model::new(&other));
    let (before, after) = (lives(&first, years, left.seed), lives(&second, years, left.seed));
    let differences: Vec<f64> = before.iter().zip(&after).map(|(before, after)| after - before).collect();
    let (first, second) = (risk::exact::curve(&first), risk::exact::curve(&second));
    let money = |amount: f64| format!("{} {}", one.currency, grouped(two_digits(amount)));
    let words = difference::words([&first, &second], &differences, &one.currency);
    let numbers = five(&first, &money)
        .into_iter()
        .zip(five(&second, &money))
        .map(|((name, a), (_, b))| [name.to_owned(), a, b])
        .collect();
    let figure = curves(left, right, [&first, &second], &one.currency, &money).draw().figure();
    Ok(Compared { words, numbers, inputs: inputs(&one, &other), figure, seed: left.seed, years })
}

/// Year by year, each with luck of its own: the n-th event of a year then costs the same in both lives, however many
/// events came before it. In blocks of years, one event more would shift the luck of every later one.
pub(super) fn lives(model: &Model, years: usize, seed: u64) -> Vec<f64> {
    let year = |year: u64| {
        risk::simulate::years(model, 1, seed.rotate_left(32) ^ year).first().copied().unwrap_or(0.0)
    };
    (0..years as u64).into_par_iter().map(year).collect()
}

fn five(curve: &Curve, money: &impl Fn(f64) -> String) -> [(&'static str, String); 5] {
    [
        ("Average year", money(curve.mean)),
        ("Years without loss", chart::percent(curve.none)),
        ("One year in 20 costs more than", money(curve.once_in(20.0))),
        ("One year in 100 costs more than", money(curve.once_in(100.0))),
        ("Average of the worst year in 20", money(curve.expected_shortfall(0.95))),
    ]
}

fn curves(
    left: &Side,
    right: &Side,
    both: [&Curve; 2],
    currency: &str,
    money: &impl Fn(f64) -> String,
) -> Curves {
    let top = both.iter().map(|curve| curve.quantile(0.999).max(curve.mean)).fold(1.0, f64::max) * 1.5;
    let bottom = both
        .iter()
        .map(|curve| curve.quantile(curve.none + 0.02 * (1.0 - curve.none)))
        .fold(top, f64::min)
        .max(top / 1e4)
        .max(1.0);
    let fine: Vec<f64> =
        (0..=160).map(|step| bottom * (top / bottom).powf(f64::from(step) / 160.0)).collect();
    let mut amounts = vec![0.0];
    let mut power = 10_f64.powi(bottom.log10().floor() as i32);
    while power < top && amounts.len() < 40 {
        amounts.extend(
            [1.0, 2.0, 5.0]
                .map(|digit| digit * power)
                .into_iter()
                .filter(|amount| (bottom..=top).contains(amount)),
        );
        power *= 10.0;
    }
    let lines =
        [("Left", left), ("Right", right)].into_iter().zip(both).map(|((place, side), curve)| chart::Line {
            label: format!("{place}: {}", side.label),
            points: fine.iter().map(|amount| (*amount, curve.exceedance(*amount))).collect(),
            band: Vec::new(),
            readings: amounts
                .iter()
                .map(|amount| (money(*amount), *amount, curve.exceedance(*amount)))
                .collect(),
        });
    Curves {
        id: "compared".into(),
        title: "Both loss exceedance curves".into(),
        description:
            "Two falling curves, the left one solid, the right one dashed. The higher one loses more.".into(),
        reading: "Take an amount at the bottom: the height of each curve above it says how likely a year is to cost more than that. The higher curve loses more."
            .into(),
        across: format!("Loss in a year, {currency}"),
        upward: "Chance of losing more in a year".into(),
        scale: Scale::Logarithmic,
        steps: false,
        lines: lines.collect(),
        limits: Vec::new(),
    }
}

/// The inputs that differ, in the order of the files.
fn inputs(left: &Scenario, right: &Scenario) -> Vec<[String; 3]> {
    let (first, second) = (said(left), said(right));
    let find = |all: &[(String, String)], name: &str| {
        all.iter()
            .find(|(one, _)| one == name)
            .map_or_else(|| "not given".to_owned(), |(_, value)| value.clone())
    };
    let mut names: Vec<&String> = first.iter().map(|(name, _)| name).collect();
    names.extend(
        second.iter().map(|(name, _)| name).filter(|name| !first.iter().any(|(one, _)| one == *name)),
    );
    names
        .into_iter()
        .map(|name| [name.clone(), find(&first, name), find(&second, name)])
        .filter(|[_, left, right]| left != right)
        .collect()
}

fn said(scenario: &Scenario) -> Vec<(String, String)> {
    let currency = &scenario.currency;
    let mut all: Vec<(String, String)> = scenario
        .factors()
        .into_iter()
        .map(|factor| (capital(&plain_words(&factor.name)), range(factor, currency)))
        .collect();
    if let Some(reporting) = &scenario.reporting {
        all.push(("People who see the same message".into(), grouped(reporting.people)));
        all.push(("Share who report, now".into(), chart::percent(reporting.rate)));
        all.push(("Share who could report".into(), chart::percent(reporting.target)));
        let steps: Vec<String> = reporting
            .steps
            .iter()
            .map(|step| {
                format!(
                    "{} h: {} reported, {} of the loss",
                    step.hours,
                    chart::percent(step.reported),
                    chart::percent(step.loss)
                )
            })
            .collect();
        all.push(("As hours pass".into(), steps.join("; ")));
    }
    for control in &scenario.controls {
        let stops =
            control.coverage.shape.mean() * control.reliability.shape.mean() * control.efficacy.shape.mean();
        all.push((
            format!("Option: {}", control.name),
            format!(
                "stops about {}, costs {currency} {} a year",
                chart::percent(stops),
                grouped(two_digits(control.yearly_cost))
            ),
        ));
    }
    all
}

/// A factor as people say it: nine in ten times between two numbers.
fn range(factor: &Factor, currency: &str) -> String {
    let say = |value: f64| match factor.unit {
        Unit::Share => chart::percent(value),
        Unit::Money | Unit::MoneyPerHour => format!("{currency} {}", grouped(two_digits(value))),
        Unit::PerYear | Unit::Percentile | Unit::People | Unit::Hours => {
            if value.abs() < 10.0 {
                format!("{value:.2}")
            } else {
                grouped(two_digits(value))
            }
        }
    };
    let unit = match factor.unit {
        Unit::PerYear => " a year",
        Unit::People => " people",
        Unit::Hours => " hours",
        Unit::MoneyPerHour => " an hour",
        Unit::Share | Unit::Percentile | Unit::Money => "",
    };
    let (low, high) = (say(factor.shape.quantile(0.05)), say(factor.shape.quantile(0.95)));
    if low == high { format!("{low}{unit}") } else { format!("{low} to {high}{unit}") }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn read(text: &str) -> Result<Scenario, Vec<Hurdle>> {
    if text.chars().count() > MOST_LETTERS {
        return Err(vec![hurdle(
            "scenario",
            "The scenario is longer than 20,000 letters.",
            "Keep it to a page or two; long measurements fit better as a range.",
        )]);
    }
    risk::read(text)
        .map(|reading| reading.scenario)
        .map_err(|problems| problems.into_iter().map(|problem| in_scenario(text, problem)).collect())
}

fn brief(scenario: Scenario, seed: u64, years: usize, changes: Vec<String>) -> Result<Brief, Problem> {
    let together = Together::default();
    brief::compute(&Order { scenarios: vec![scenario], together, years, seed: seed.into(), changes })
}

/// What stands between the heading and the end of the printed brief, for a page with its own heading and style.
fn fragment(found: &Brief) -> String {
    let page = brief::html(found);
    let inner = page.split_once("</h1>").and_then(|(_, rest)| rest.rsplit_once("</main>"));
    inner.map_or_else(String::new, |(inner, _)| inner.to_owned())
}

fn in_scenario(text: &str, problem: Problem) -> Hurdle {
    let written: String =
        text.lines().nth(problem.line.saturating_sub(1)).unwrap_or("").trim().chars().take(120).collect();
    let what =
        if problem.key.is_empty() { problem.what } else { format!("`{}`: {}", problem.key, problem.what) };
    Hurdle { field: "scenario", line: Some((problem.line, written)), what: capital(&what), fix: problem.fix }
}

pub(super) fn hurdle(field: &'static str, what: &str, fix: &str) -> Hurdle {
    Hurdle { field, line: None, what: what.to_owned(), fix: fix.to_owned() }
}

fn line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|letter| !letter.is_control())
        .take(160)
        .collect()
}

fn number(text: &str) -> Option<i64> {
    let digits: String = text.trim().chars().filter(|letter| ![',', '_', ' '].contains(letter)).collect();
    digits.parse().ok()
}
