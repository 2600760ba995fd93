//! Reads a scenario from TOML. Collects every problem in one pass, each with its line, its value and a way out.

mod cursor;
mod factor;
mod together;

pub use together::read_together;

use std::collections::BTreeMap;

use crate::{
    problem::Problem,
    scenario::{
        Control, Counts, Factor, Form, Frequency, Function, Level, Loss, Reporting, ReportingStep, Scenario,
        Secondary, Tolerated, Unit, Vulnerability,
    },
};
use cursor::{Entry, Notebook, Section};

/// A scenario, and remarks on it that do not stand in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The scenario.
    pub scenario: Scenario,
    /// What its author may want to look at again.
    pub remarks: Vec<Problem>,
}

const LONGEST_FILE: usize = 4_000_000;
const LARGEST: f64 = 1e15;

/// Reads a scenario.
///
/// # Errors
/// Every problem found, in the order of the file.
///
/// ```
/// let problems = risk::read("currency = \"EUR\"\nfrequency = 3\nname = \"Invoice fraud\"\nloss = {}").unwrap_err();
/// assert_eq!(problems[0].line, 2);
/// ```
pub fn read(text: &str) -> Result<Reading, Vec<Problem>> {
    let whole = |what: &str, fix: &str| {
        vec![Problem { line: 1, key: String::new(), what: what.to_owned(), fix: fix.to_owned() }]
    };
    if text.len() > LONGEST_FILE {
        return Err(whole(
            "the file is larger than 4 MB.",
            "Keep a scenario to a page; put long measurements in summary.",
        ));
    }
    if text.trim().is_empty() {
        return Err(whole(
            "the file is empty.",
            "Start with `name = \"…\"` and `currency = \"EUR\"`, then a `[frequency]` and a `[loss.primary]` section.",
        ));
    }
    let table = match toml::de::DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map_or(1, |span| cursor::line_of(text, span.start));
            return Err(vec![Problem {
                line,
                key: String::new(),
                what: format!("this is not valid TOML: {}.", error.message().trim_end_matches('.').replace('\n', ", ")),
                fix: "Check quotes, brackets and commas on this line and the one before; every key may appear once.".to_owned(),
            }]);
        }
    };
    let notebook = Notebook::new(text);
    let scenario = scenario(&Section::root(table.get_ref(), &notebook));
    let (mut problems, remarks) = notebook.finish();
    problems.sort_by_key(|problem| problem.line);
    match scenario {
        Some(scenario) if problems.is_empty() => Ok(Reading { scenario, remarks }),
        _ => Err(problems),
    }
}

fn scenario(root: &Section<'_>) -> Option<Scenario> {
    root.only(&[
        "name",
        "asset",
        "threat",
        "effect",
        "currency",
        "frequency",
        "loss",
        "control",
        "reporting",
        "tolerance",
    ]);
    let name = root
        .need("name", "Give the scenario a name, such as `name = \"Invoice fraud\"`.")
        .and_then(|entry| entry.text());
    let words = |key: &str| root.get(key).and_then(|entry| entry.text()).unwrap_or_default();
    let currency = root
        .need("currency", "Say which money is meant, such as `currency = \"EUR\"`.")
        .and_then(|entry| entry.text())
        .unwrap_or_default();
    let reader = factor::Reader::new(root, &currency);
    let frequency = root
        .need("frequency", "Add a `[frequency]` section: how often it happens in a year.")
        .and_then(|entry| entry.section())
        .and_then(|section| frequency(&section, &reader));
    let loss = root
        .need("loss", "Add a `[loss.primary]` section: what one event costs.")
        .and_then(|entry| entry.section());
    let (primary, secondary) = match &loss {
        Some(section) => {
            section.only(&["primary", "secondary"]);
            let primary = section
                .need("primary", "Add `[loss.primary]` with at least one form of loss, such as `response`.")
                .and_then(|entry| entry.section())
                .map(|section| losses(&section, &reader, &[]));
            let secondary = section.get("secondary").and_then(|entry| entry.section()).and_then(|section| {
                let chance = section
                    .need("chance", "Say how likely one event leads to more: `chance = { pert = [0.05, 0.1, 0.3], unit = \"share\" }`.")
                    .and_then(|entry| reader.factor(&entry, Unit::Share));
                let losses = losses(&section, &reader, &["chance"]);
                chance.map(|chance| Secondary { chance, losses })
            });
            (primary, secondary)
        }
        None => (None, None),
    };
    let controls = controls(root, &reader);
    let reporting =
        root.get("reporting").and_then(|entry| entry.section()).and_then(|section| reporting(&section));
    let tolerance = tolerance(root);
    Some(Scenario {
        name: name?,
        asset: words("asset"),
        threat: words("threat"),
        effect: words("effect"),
        currency,
        frequency: frequency?,
        primary: primary?,
        secondary,
        controls,
        reporting,
        tolerance,
    })
}

fn frequency(section: &Section<'_>, reader: &factor::Reader<'_>) -> Option<Frequency> {
    section.only(&[
        "loss_events",
        "threat_events",
        "contacts",
        "action",
        "vulnerability",
        "capability",
        "resistance",
        "counts",
    ]);
    let read = |key: &str, unit: Unit| section.get(key).and_then(|entry| reader.factor(&entry, unit));
    let has = |key: &str| section.get(key).is_some();
    let roots: Vec<&str> =
        ["loss_events", "threat_events", "contacts"].into_iter().filter(|key| has(key)).collect();
    if roots.len() > 1 {
        section.problem(
            &format!("`{}` and `{}` both say how often it happens.", roots.first()?, roots.get(1)?),
            "Keep the one you know best. `loss_events` counts losses; `threat_events` counts attempts and needs `vulnerability`.",
        );
        return None;
    }
    let counts = section.get("counts").map_or(Some(Counts::Poisson), |entry| counts(&entry));
    let level = match roots.first() {
        None => {
            section.problem(
                "nothing says how often it happens.",
                "Add `loss_events = { range = [0.5, 4], unit = \"per year\" }`, or `threat_events` with `vulnerability`.",
            );
            return None;
        }
        Some(&"loss_events") => {
            for extra in ["action", "vulnerability", "capability", "resistance"] {
                if let Some(entry) = section.get(extra) {
                    entry.problem(
                        "it would not be used: `loss_events` already counts only what succeeds.",
                        "Remove this line, or rename `loss_events` to `threat_events`.",
                    );
                }
            }
            Level::Events(read("loss_events", Unit::PerYear)?)
        }
        Some(&"threat_events") => {
            if let Some(entry) = section.get("action") {
                entry.problem(
                    "it would not be used without `contacts`.",
                    "Remove this line, or give `contacts` in place of `threat_events`.",
                );
            }
            let threats = read("threat_events", Unit::PerYear);
            let vulnerability = vulnerability(section, reader);
            Level::Threats { threats: threats?, vulnerability: vulnerability? }
        }
        Some(_) => {
            let contacts = read("contacts", Unit::PerYear);
            let action = section
                .need("action", "Say how likely a contact is acted upon: `action = { pert = [0.1, 0.2, 0.5], unit = \"share\" }`.")
                .and_then(|entry| reader.factor(&entry, Unit::Share));
            let vulnerability = vulnerability(section, reader);
            Level::Contacts { contacts: contacts?, action: action?, vulnerability: vulnerability? }
        }
    };
    let frequency = Frequency { level, counts: counts? };
    check_rate(section, &frequency);
    Some(frequency)
}

fn check_rate(section: &Section<'_>, frequency: &Frequency) {
    let highest = |factor: &Factor| factor.shape.quantile(1.0 - 1e-6);
    let top = match &frequency.level {
        Level::Events(events) => highest(events),
        Level::Threats { threats, .. } => highest(threats),
        Level::Contacts { contacts, action, .. } => highest(contacts) * highest(action),
    };
    if top > 100_000.0 {
        section.problem(
            &format!("this could mean {top:.0} events in a year, too many to draw one by one."),
            "Describe a coarser event (a campaign rather than a message) or check the unit: the most is 100000 a year.",
        );
    }
    if let (Counts::AtMostOne, true) = (frequency.counts, top > 1.0) {
        section.problem(
            &format!("with `counts = \"at-most-one\"` the rate is a chance, and it reaches {top:.3}."),
            "Keep it at 1 or below, or leave `counts` out: then a year may bring several events.",
        );
    }
}

fn vulnerability(section: &Section<'_>, reader: &factor::Reader<'_>) -> Option<Vulnerability> {
    let contest = (section.get("capability"), section.get("resistance"));
    match (section.get("vulnerability"), contest) {
        (Some(entry), (None, None)) => reader.factor(&entry, Unit::Share).map(Vulnerability::Share),
        (None, (Some(capability), Some(resistance))) => {
            let capability = reader.factor(&capability, Unit::Percentile);
            let resistance = reader.factor(&resistance, Unit::Percentile);
            Some(Vulnerability::Contest { capability: capability?, resistance: resistance? })
        }
        (Some(entry), _) => {
            entry.problem(
                "`vulnerability` is given, and `capability` or `resistance` besides; they say the same thing twice.",
                "Keep either `vulnerability`, or both `capability` and `resistance`.",
            );
            None
        }
        (None, (Some(alone), None) | (None, Some(alone))) => {
            alone.problem(
                "`capability` and `resistance` only mean something together.",
                "Give both, or `vulnerability` in their place.",
            );
            None
        }
        (None, (None, None)) => {
            section.problem(
                "nothing says how many attempts succeed.",
                "Add `vulnerability = { pert = [0.05, 0.12, 0.3], unit = \"share\" }`.",
            );
            None
        }
    }
}

fn counts(entry: &Entry<'_>) -> Option<Counts> {
    const FIX: &str =
        "Write \"poisson\", \"at-most-one\", `{ negative_binomial = 2.5 }` or `{ quiet_years = 0.3 }`.";
    if entry.is_section() {
        let section = entry.section()?;
        section.only(&["negative_binomial", "quiet_years"]);
        if let Some(size) = section.get("negative_binomial") {
            return size.number_between(0.01, 1e6).map(|size| Counts::NegativeBinomial { size });
        }
        if let Some(quiet) = section.get("quiet_years") {
            return quiet.number_between(0.0, 0.999).map(|quiet| Counts::ZeroInflated { quiet });
        }
        section.problem("it is empty.", FIX);
        return None;
    }
    match entry.text()?.as_str() {
        "poisson" => Some(Counts::Poisson),
        "at-most-one" => Some(Counts::AtMostOne),
        other => {
            entry.problem(&format!("`{other}` is not a way of counting known here."), FIX);
            None
        }
    }
}

fn losses(section: &Section<'_>, reader: &factor::Reader<'_>, besides: &[&str]) -> Vec<Loss> {
    let mut allowed: Vec<&str> = Form::ALL.iter().map(|(_, key, _)| *key).collect();
    allowed.extend(besides);
    section.only(&allowed);
    let found: Vec<(Form, Entry<'_>)> =
        Form::ALL.iter().filter_map(|(form, key, _)| section.get(key).map(|entry| (*form, entry))).collect();
    if found.is_empty() {
        section.problem(
            "no form of loss is given.",
            "Add at least one of productivity, response, replacement, competitive_advantage, fines_and_judgments, reputation.",
        );
    }
    found
        .into_iter()
        .filter_map(|(form, entry)| reader.factor(&entry, Unit::Money).map(|amount| Loss { form, amount }))
        .collect()
}

fn controls(root: &Section<'_>, reader: &factor::Reader<'_>) -> Vec<Control> {
    let mut found: Vec<Control> = Vec::new();
    for section in root.sections("control") {
        let Some(one) = control(&section, reader) else { continue };
        if found.iter().any(|known| known.name == one.name)
            && let Some(entry) = section.get("name")
        {
            entry.problem(
                &format!(
                    "Two controls are called `{}`, so nobody could tell them apart in the result.",
                    one.name
                ),
                "Give each control a name of its own.",
            );
        }
        found.push(one);
    }
    found
}

fn control(section: &Section<'_>, reader: &factor::Reader<'_>) -> Option<Control> {
    section.only(&["name", "function", "coverage", "reliability", "efficacy", "yearly_cost"]);
    let name = section
        .need("name", "Name the control, such as `name = \"Call-back before payment\"`.")
        .and_then(|e| e.text());
    let function = section
        .need("function", "Say what it does: \"prevent\", \"detect\", \"respond\" or \"keep-reliable\".")
        .and_then(|entry| match entry.text()?.as_str() {
            "prevent" => Some(Function::Prevent),
            "detect" => Some(Function::Detect),
            "respond" => Some(Function::Respond),
            "keep-reliable" => Some(Function::KeepReliable),
            other => {
                entry.problem(
                    &format!("`{other}` is not something a control does here."),
                    "Write \"prevent\", \"detect\", \"respond\" or \"keep-reliable\".",
                );
                None
            }
        });
    let share = |key: &str| {
        section
            .need(key, &format!("Give a share from 0 to 1, such as `{key} = {{ pert = [0.6, 0.8, 0.95], unit = \"share\" }}`."))
            .and_then(|entry| reader.factor(&entry, Unit::Share))
    };
    let (coverage, reliability, efficacy) = (share("coverage"), share("reliability"), share("efficacy"));
    let cost = section
        .need("yearly_cost", "Say what it costs in a year, work and friction included; 0 if nothing.")
        .and_then(|entry| entry.number_between(0.0, LARGEST));
    Some(Control {
        name: name?,
        function: function?,
        coverage: coverage?,
        reliability: reliability?,
        efficacy: efficacy?,
        yearly_cost: cost?,
    })
}

fn reporting(section: &Section<'_>) -> Option<Reporting> {
    section.only(&["people", "rate", "target", "yearly_cost", "steps"]);
    let number = |key: &str, low: f64, high: f64, fix: &str| {
        section.need(key, fix).and_then(|e| e.number_between(low, high))
    };
    let people = number("people", 1.0, 1e7, "Say how many people see the same lure, such as `people = 20`.");
    let rate = number("rate", 0.0, 1.0, "Give the share who report today, such as `rate = 0.12`.");
    let target = number("target", 0.0, 1.0, "Give the share you could reach, such as `target = 0.30`.");
    let cost = section.get("yearly_cost").map_or(Some(0.0), |entry| entry.number_between(0.0, LARGEST));
    let sections = section.sections("steps");
    if sections.is_empty() {
        section.problem(
            "there are no `steps`: nothing says how reports arrive and what time costs.",
            "Add `steps = [{ hours = 1, reported = 0.5, loss = 0.1 }, { hours = 24, reported = 1, loss = 0.7 }]`.",
        );
        return None;
    }
    let mut steps: Vec<ReportingStep> = Vec::new();
    for one in &sections {
        one.only(&["hours", "reported", "loss"]);
        let read = |key: &str, high: f64| {
            one.need(key, &format!("Add `{key}` to this step."))
                .and_then(|entry| entry.number_between(0.0, high))
        };
        let (hours, reported, loss) = (read("hours", 1e6), read("reported", 1.0), read("loss", 1.0));
        let step = ReportingStep { hours: hours?, reported: reported?, loss: loss? };
        if steps.last().is_some_and(|last| {
            step.hours <= last.hours || step.reported < last.reported || step.loss < last.loss
        }) {
            one.problem(
                "a later step must have more hours, and no smaller `reported` or `loss`.",
                "Put the steps in order of time: as hours pass, more have reported and more is lost.",
            );
        }
        steps.push(step);
    }
    Some(Reporting { people: people?, rate: rate?, target: target?, yearly_cost: cost?, steps })
}

fn tolerance(root: &Section<'_>) -> Vec<Tolerated> {
    let mut points: Vec<Tolerated> = Vec::new();
    for section in root.sections("tolerance") {
        section.only(&["loss", "chance"]);
        let loss = section
            .need("loss", "Add a yearly loss, such as `loss = 100_000`.")
            .and_then(|e| e.number_between(0.0, LARGEST));
        let chance = section
            .need("chance", "Add the yearly chance of more that is accepted, such as `chance = 0.1`.")
            .and_then(|entry| entry.number_between(0.0, 1.0));
        if let (Some(loss), Some(chance)) = (loss, chance) {
            if points.last().is_some_and(|last| loss <= last.loss || chance > last.chance) {
                section.problem(
                    "a larger loss must come later and be accepted with no larger chance.",
                    "Order the points by `loss`, rising; `chance` falls or stays.",
                );
            }
            points.push(Tolerated { loss, chance });
        }
    }
    points
}

/// Every scenario of a run by name.
///
/// # Errors
/// The name that two scenarios share: luck is drawn by name, so they would not be independent.
pub fn by_name(scenarios: Vec<Scenario>) -> Result<BTreeMap<String, Scenario>, String> {
    let mut named = BTreeMap::new();
    for scenario in scenarios {
        let name = scenario.name.clone();
        if named.insert(name.clone(), scenario).is_some() {
            return Err(name);
        }
    }
    Ok(named)
}
