//! A run made into a brief: the curve, the few numbers a decision needs, what moves them, what could be done and what
//! nobody knows yet. Numbers are rounded to what they are good for when they are shown, never before.

mod html;
mod text;

pub use html::html;
pub use text::text;

use crate::{
    curve::Curve,
    exact,
    luck::Seed,
    model::Model,
    portfolio::{self, Copula, Together},
    problem::Problem,
    product::Product,
    scenario::{Form, Scenario, Source, Tolerated},
    sensitivity::{Swing, Worth, mean_with, tornado, worth_knowing},
    whatif::{Change, Comparison, compare},
};

/// What to compute.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The scenarios; at least one, names all different, one currency.
    pub scenarios: Vec<Scenario>,
    /// How they hang together.
    pub together: Together,
    /// Years to simulate: the more, the narrower the simulation's own interval.
    pub years: usize,
    /// The source of all luck.
    pub seed: Seed,
    /// Which changes to compare; a change whose name holds none of these words is left out, and an empty list keeps all.
    pub changes: Vec<String>,
}

/// How the curve was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// By Fourier transform; no luck in it.
    Exact,
    /// By simulation.
    Simulated,
}

/// A finished run.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// The scenario's name, or how many there are.
    pub title: String,
    /// The currency of every amount.
    pub currency: String,
    /// The loss of a year, all scenarios together.
    pub curve: Curve,
    /// The simulated curve beside it.
    pub simulated: Curve,
    /// How [`Brief::curve`] was found.
    pub engine: Engine,
    /// Simulated years.
    pub years: usize,
    /// The source of all luck.
    pub seed: Seed,
    /// One entry for each scenario.
    pub parts: Vec<Part>,
    /// Mean yearly loss by form, largest first.
    pub forms: Vec<(Form, f64)>,
    /// The factors that move the mean most, of all scenarios, largest first: (scenario, swing).
    pub swings: Vec<(String, Swing)>,
    /// Changes compared: (scenario, comparison).
    pub comparisons: Vec<(String, Comparison)>,
    /// What is worth measuring before deciding about the best change: (scenario, change, worth).
    pub worths: Vec<(String, String, Worth)>,
    /// What is accepted beside what is so.
    pub tolerance: Vec<(Tolerated, f64)>,
    /// What rests on an estimate without stated evidence: (scenario, factor).
    pub unknown: Vec<(String, String)>,
    /// The 95 % quantile that the product model would have given; it knows no year without loss. Single scenarios only.
    pub product_once_in_20: Option<f64>,
}

/// One scenario of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What is at stake, who might cause it, what would happen.
    pub story: String,
    /// Its own exact curve.
    pub curve: Curve,
    /// Mean number of loss events in a year.
    pub events: f64,
    /// Mean loss of one event.
    pub event_loss: f64,
}

/// Computes a brief.
///
/// # Errors
/// No scenario, no years, no change of the names that were asked for, or scenarios that cannot be added up (two of one name,
/// two currencies).
pub fn compute(order: &Order) -> Result<Brief, Problem> {
    let refuse = |key: &str, what: String, fix: &str| Problem {
        line: 1,
        key: key.to_owned(),
        what,
        fix: fix.to_owned(),
    };
    let Some(first) = order.scenarios.first() else {
        return Err(refuse("", "there is no scenario.".to_owned(), "Name at least one scenario file."));
    };
    if order.years == 0 {
        return Err(refuse("", "no years were asked for.".to_owned(), "Ask for at least 1000."));
    }
    if let Some(other) = order.scenarios.iter().find(|one| one.currency != first.currency) {
        return Err(refuse(
            "currency",
            format!("`{}` and `{}` cannot be added up.", first.currency, other.currency),
            "Put all scenarios of one run into one currency.",
        ));
    }
    if let Err(name) = crate::by_name(order.scenarios.clone()) {
        return Err(refuse(
            "name",
            format!("two scenarios are called `{name}`; luck goes by name, so they would never differ."),
            "Give each its own name.",
        ));
    }
    let offered: Vec<Change> = order.scenarios.iter().flat_map(Change::offered).collect();
    if !order.changes.is_empty() && !offered.iter().any(|change| wanted(order, change)) {
        let names: Vec<String> = offered.iter().map(|change| format!("`{}`", change.name)).collect();
        let there_is = match names.as_slice() {
            [] => "The scenario offers none: add a `[[control]]` or `[reporting]`.".to_owned(),
            names => format!("Use words from one of these: {}.", names.join(", ")),
        };
        let words = order.changes.join("`, `");
        return Err(refuse("what_if", format!("no change has `{words}` in its name."), &there_is));
    }
    let models: Vec<Model> = order.scenarios.iter().map(Model::new).collect();
    let independent = order.together.copula == Copula::Independent && order.together.shared_causes.is_empty();
    let simulated = portfolio::curve(&models, &order.together, order.years, order.seed)
        .ok_or_else(|| refuse("", "no years were asked for.".to_owned(), "Ask for at least 1000."))?;
    let parts: Vec<Part> = order
        .scenarios
        .iter()
        .zip(&models)
        .map(|(scenario, model)| Part {
            name: scenario.name.clone(),
            story: story(scenario),
            curve: exact::curve(model),
            events: model.count.mean,
            event_loss: model.event_moments().0,
        })
        .collect();
    let (curve, engine) = match (parts.as_slice(), independent) {
        ([only], true) => (only.curve.clone(), Engine::Exact),
        (_, true) => (exact::sum(&models), Engine::Exact),
        (_, false) => (simulated.clone(), Engine::Simulated),
    };
    let mut forms: Vec<(Form, f64)> = Form::ALL
        .iter()
        .map(|(form, _, _)| {
            (*form, models.iter().map(|model| form_mean(model, &order.together, *form)).sum())
        })
        .filter(|(_, mean)| *mean > 0.0)
        .collect();
    forms.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut swings = Vec::new();
    for scenario in &order.scenarios {
        // A factor moves its own scenario; what the others cost stands beside it.
        let alone = order.scenarios.len() == 1;
        let others = if alone { 0.0 } else { (curve.mean - mean_with(scenario, None)).max(0.0) };
        for mut swing in tornado(scenario) {
            swing.losses = (swing.losses.0 + others, swing.losses.1 + others);
            swings.push((scenario.name.clone(), swing));
        }
    }
    swings.sort_by(|a, b| b.1.size().total_cmp(&a.1.size()));
    let mut comparisons = Vec::new();
    let mut worths = Vec::new();
    for scenario in &order.scenarios {
        let mut here: Vec<Comparison> = Change::offered(scenario)
            .iter()
            .filter(|change| wanted(order, change))
            .filter_map(|change| compare(scenario, change, order.years, order.seed))
            .collect();
        here.sort_by(|a, b| (b.saving - b.change.yearly_cost).total_cmp(&(a.saving - a.change.yearly_cost)));
        if let Some(best) = here.first() {
            let name = best.change.name.clone();
            let found = worth_knowing(scenario, &best.change);
            worths.extend(found.into_iter().map(|worth| (scenario.name.clone(), name.clone(), worth)));
        }
        comparisons.extend(here.into_iter().map(|one| (scenario.name.clone(), one)));
    }
    worths.sort_by(|a, b| b.2.value.total_cmp(&a.2.value));
    let tolerance =
        if order.scenarios.len() == 1 { first.tolerance.clone() } else { order.together.tolerance.clone() };
    Ok(Brief {
        title: if order.scenarios.len() == 1 {
            first.name.clone()
        } else {
            format!("{} scenarios together", parts.len())
        },
        currency: first.currency.clone(),
        tolerance: tolerance.into_iter().map(|point| (point, curve.exceedance(point.loss))).collect(),
        product_once_in_20: (order.scenarios.len() == 1).then(|| product_once_in_20(first, order)).flatten(),
        unknown: order.scenarios.iter().flat_map(unknown).collect(),
        curve,
        simulated,
        engine,
        years: order.years,
        seed: order.seed,
        parts,
        forms,
        swings,
        comparisons,
        worths,
    })
}

/// Whether a change was asked for.
fn wanted(order: &Order, change: &Change) -> bool {
    let name = change.name.to_lowercase();
    order.changes.is_empty() || order.changes.iter().any(|words| name.contains(&words.to_lowercase()))
}

fn story(scenario: &Scenario) -> String {
    let words =
        [("At stake", &scenario.asset), ("Who", &scenario.threat), ("What would happen", &scenario.effect)];
    let told: Vec<String> = words
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| format!("{label}: {text}."))
        .collect();
    told.join(" ").replace("..", ".")
}

fn form_mean(model: &Model, together: &Together, form: Form) -> f64 {
    let shared = together.shared_causes.iter().filter(|cause| cause.strikes.contains(&model.name));
    let events = model.count.mean + shared.map(|cause| cause.rate.shape.mean()).sum::<f64>();
    let sum = |parts: &[crate::model::Part]| {
        parts.iter().filter(|part| part.form == form).map(|part| part.mean).sum::<f64>()
    };
    let share: f64 = model.stages.iter().map(|(weight, stage)| weight * stage).sum();
    events * share * (sum(&model.primary) + model.secondary_chance * sum(&model.secondary))
}

/// A factor in words; where there are several scenarios, with the name of its own.
fn whose(brief: &Brief, scenario: &str, factor: &str) -> String {
    let words = factor_words(factor);
    if brief.parts.len() > 1 { format!("{scenario}, {words}") } else { words }
}

/// The estimates without evidence, a line for each scenario.
fn without_evidence(brief: &Brief, words: fn(&str) -> String) -> Vec<String> {
    brief
        .unknown
        .chunk_by(|one, next| one.0 == next.0)
        .map(|group| {
            let names: Vec<String> = group.iter().map(|(_, factor)| words(factor)).collect();
            match group.first() {
                Some((scenario, _)) if brief.parts.len() > 1 => format!("{scenario}: {}", names.join(", ")),
                _ => names.join(", "),
            }
        })
        .collect()
}

fn unknown(scenario: &Scenario) -> Vec<(String, String)> {
    scenario
        .factors()
        .into_iter()
        .filter(|factor| factor.source == Source::Estimate && factor.because.is_none())
        .map(|factor| (scenario.name.clone(), factor.name.clone()))
        .collect()
}

fn product_once_in_20(scenario: &Scenario, order: &Order) -> Option<f64> {
    if scenario.secondary.is_some() || scenario.reporting.is_some() {
        return None;
    }
    let [only] = scenario.primary.as_slice() else { return None };
    let mut factors = scenario.rate_factors();
    factors.push(only.amount.shape.clone());
    let mut years = Product::new(&scenario.name, &factors).years(order.years.min(200_000), order.seed.number);
    stats::quantile(&mut years, 0.95)
}

impl Brief {
    /// One sentence for somebody who reads only one.
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.curve.once_in(20.0) <= 0.0 {
            return self.sentence_of_a_rare_loss();
        }
        let none = (self.curve.none * 100.0).round();
        let quiet = if none == 1.0 {
            " about one year in 100 brings no loss at all,".to_owned()
        } else if none > 1.0 {
            format!(" about {none} years in 100 bring no loss at all,")
        } else {
            String::new()
        };
        format!(
            "An average year costs about {};{quiet} and one year in twenty costs more than {}.",
            self.money(self.curve.mean),
            self.money(self.curve.once_in(20.0))
        )
    }

    /// The same where fewer years than one in twenty bring a loss.
    fn sentence_of_a_rare_loss(&self) -> String {
        let chance = 1.0 - self.curve.none;
        if chance <= 0.0 {
            return format!("No year brings a loss: an average year costs {}.", self.money(0.0));
        }
        format!(
            "An average year costs about {}; a loss comes in about one year in {}, and such a year costs about {}.",
            self.money(self.curve.mean),
            grouped(two_digits(1.0 / chance)),
            self.money(self.curve.mean / chance)
        )
    }

    /// What is exceeded once in so many years, in words where that is nothing.
    fn exceeded(&self, years: f64) -> String {
        let amount = self.curve.once_in(years);
        if amount <= 0.0 { "no loss that often".to_owned() } else { self.money(amount) }
    }

    /// The five numbers: what they are, and the amount or share as shown.
    #[must_use]
    pub fn five(&self) -> [(&'static str, String); 5] {
        [
            ("Average year", self.money(self.curve.mean)),
            ("Years without loss", chart::percent(self.curve.none)),
            ("One year in 20 costs more than", self.exceeded(20.0)),
            ("One year in 100 costs more than", self.exceeded(100.0)),
            ("Average of the worst year in 20", self.money(self.curve.expected_shortfall(0.95))),
        ]
    }

    /// An amount rounded to two digits, which is more than estimates are good for.
    #[must_use]
    pub fn money(&self, amount: f64) -> String {
        format!("{} {}", self.currency, grouped(two_digits(amount)))
    }

    /// Amounts at which the curve is read for tables and charts, ascending, with their chances.
    #[must_use]
    pub fn readings(&self) -> Vec<(f64, f64)> {
        let top = self.curve.quantile(0.999).max(self.curve.mean);
        let mut amounts: Vec<f64> = Vec::new();
        let start = self.curve.quantile(self.curve.none + 0.02 * (1.0 - self.curve.none)).max(top / 1e4);
        let mut power = 10_f64.powi(start.max(1.0).log10().floor() as i32);
        while power < top * 2.0 && amounts.len() < 40 {
            amounts.extend(
                [1.0, 2.0, 5.0].map(|digit| digit * power).into_iter().filter(|amount| *amount <= top * 2.0),
            );
            power *= 10.0;
        }
        std::iter::once(0.0).chain(amounts).map(|amount| (amount, self.curve.exceedance(amount))).collect()
    }

    /// What the simulation says of the chance of more than `amount`: Wilson's 95 % interval.
    #[must_use]
    pub fn band(&self, amount: f64) -> stats::Interval {
        let over = (self.simulated.exceedance(amount) * self.years as f64).round() as u64;
        stats::wilson(over, self.years as u64, 0.95)
    }
}

/// Names a factor in words: the last part of its name, underscores as spaces.
#[must_use]
pub fn factor_words(name: &str) -> String {
    let words = name.rsplit('.').next().unwrap_or(name).replace('_', " ");
    if name.starts_with("loss.secondary") { format!("{words} (afterwards)") } else { words }
}

/// A factor in words for a reader who knows no terms of FAIR.
#[must_use]
pub fn plain_words(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let words = match last {
        "loss_events" => "how often it happens",
        "threat_events" => "how often it is tried",
        "contacts" => "how often it comes near",
        "action" => "chance that somebody then tries",
        "vulnerability" => "chance that a try works",
        "capability" => "strength of those who try",
        "resistance" => "strength of what holds them off",
        "chance" => "chance that others react",
        "productivity" => "work that stands still",
        "response" => "dealing with it",
        "replacement" => "replacing what is lost",
        "competitive_advantage" => "a lead over others that is lost",
        "fines_and_judgments" => "fines and judgments",
        "reputation" => "lost reputation",
        _ => return factor_words(name),
    };
    if name.starts_with("loss.secondary") && last != "chance" {
        format!("{words}, when others react")
    } else {
        words.to_owned()
    }
}

/// An amount rounded to two digits.
#[must_use]
pub fn two_digits(amount: f64) -> f64 {
    if amount == 0.0 || !amount.is_finite() {
        return 0.0;
    }
    let power = 10_f64.powf(amount.abs().log10().floor() - 1.0);
    (amount / power).round() * power
}

/// A whole number with its digits in groups of three.
#[must_use]
pub fn grouped(amount: f64) -> String {
    let whole = format!("{:.0}", amount.abs());
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if amount < 0.0 && whole != "0" { format!("-{out}") } else { out }
}
