//! Which factor matters most, and which is worth measuring before deciding.

use crate::{
    model::stages,
    scenario::{Counts, Factor, Level, Scenario, Unit, Vulnerability},
    shape::Shape,
    whatif::{Change, share_remaining},
};

/// What one factor does to the mean yearly loss while the others stay at their means.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The factor's name in the file.
    pub factor: String,
    /// Its 5 % and 95 % quantiles, in its own unit.
    pub values: (f64, f64),
    /// That unit.
    pub unit: Unit,
    /// The mean yearly loss if the factor were at each.
    pub losses: (f64, f64),
}

impl Swing {
    /// How far the mean yearly loss moves.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.losses.1 - self.losses.0).abs()
    }
}

/// What knowing one factor exactly would be worth before deciding about a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The factor's name in the file.
    pub factor: String,
    /// Expected gain in a year, in money: never below 0.
    pub value: f64,
}

/// The mean yearly loss if the factor called `name` had this `value`; all others at their means.
#[must_use]
pub fn mean_with(scenario: &Scenario, instead: Option<(&str, f64)>) -> f64 {
    let shape = |factor: &Factor| match instead {
        Some((name, value)) if name == factor.name => Shape::Constant(value),
        _ => factor.shape.clone(),
    };
    let mean = |factor: &Factor| shape(factor).mean();
    let share = |vulnerability: &Vulnerability| match vulnerability {
        Vulnerability::Share(factor) => mean(factor),
        Vulnerability::Contest { capability, resistance } => {
            shape(capability).chance_to_exceed(&shape(resistance))
        }
    };
    let rate = match &scenario.frequency.level {
        Level::Events(events) => mean(events),
        Level::Threats { threats, vulnerability } => mean(threats) * share(vulnerability),
        Level::Contacts { contacts, action, vulnerability } => {
            mean(contacts) * mean(action) * share(vulnerability)
        }
    };
    let rate = match scenario.frequency.counts {
        Counts::ZeroInflated { quiet } => rate * (1.0 - quiet),
        Counts::AtMostOne => rate.min(1.0),
        Counts::Poisson | Counts::NegativeBinomial { .. } => rate,
    };
    let event: f64 = scenario.primary.iter().map(|loss| mean(&loss.amount)).sum();
    let sequel = scenario
        .secondary
        .as_ref()
        .map_or(0.0, |two| mean(&two.chance) * two.losses.iter().map(|loss| mean(&loss.amount)).sum::<f64>());
    let stage: f64 =
        scenario.reporting.as_ref().map_or(1.0, |one| stages(one, one.rate).iter().map(|s| s.0 * s.1).sum());
    rate * (event + sequel) * stage
}

/// Every uncertain factor, the one that moves the mean yearly loss most first.
#[must_use]
pub fn tornado(scenario: &Scenario) -> Vec<Swing> {
    let mut swings: Vec<Swing> = scenario
        .factors()
        .into_iter()
        .filter(|factor| !factor.shape.is_constant())
        .map(|factor| {
            let at = |p: f64| {
                let value = factor.shape.quantile(p);
                (value, mean_with(scenario, Some((&factor.name, value))))
            };
            let (low, high) = (at(0.05), at(0.95));
            Swing {
                factor: factor.name.clone(),
                values: (low.0, high.0),
                unit: factor.unit,
                losses: (low.1, high.1),
            }
        })
        .collect();
    swings.sort_by(|a, b| b.size().total_cmp(&a.size()).then(a.factor.cmp(&b.factor)));
    swings
}

/// What perfect information about each factor would be worth in a year for the decision whether to make `change`
/// (Howard 1966): how much better one would choose on average if one knew the factor before choosing.
#[must_use]
pub fn worth_knowing(scenario: &Scenario, change: &Change) -> Vec<Worth> {
    let saved = 1.0 - share_remaining(scenario, change, None);
    let mean = mean_with(scenario, None);
    let without = (mean * saved - change.yearly_cost).max(0.0);
    let of_loss = scenario.factors().into_iter().map(|factor| (factor, true));
    let of_change = change
        .controls
        .iter()
        .flat_map(|one| [&one.coverage, &one.reliability, &one.efficacy])
        .map(|factor| (factor, false));
    let mut worths: Vec<Worth> = of_loss
        .chain(of_change)
        .filter(|(factor, _)| !factor.shape.is_constant())
        .map(|(factor, is_of_loss)| {
            let net = |value: f64| {
                let instead = Some((factor.name.as_str(), value));
                let saving = if is_of_loss {
                    mean_with(scenario, instead) * saved
                } else {
                    mean * (1.0 - share_remaining(scenario, change, instead))
                };
                saving - change.yearly_cost
            };
            let value: f64 = expect(&factor.shape, is_contest(scenario, factor), net);
            Worth { factor: factor.name.clone(), value: (value - without).max(0.0) }
        })
        .collect();
    worths.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.factor.cmp(&b.factor)));
    worths
}

/// The mean of the better of `net` and 0 over a factor. Everything but a contest is straight in its factor, so two points
/// give the whole line.
fn expect(shape: &Shape, curved: bool, net: impl Fn(f64) -> f64) -> f64 {
    if curved {
        return shape.nodes(0.25).iter().map(|(value, weight)| weight * net(*value).max(0.0)).sum();
    }
    let start = net(0.0);
    let slope = net(1.0) - start;
    shape.nodes(1.0 / 64.0).iter().map(|(value, weight)| weight * (start + slope * value).max(0.0)).sum()
}

fn is_contest(scenario: &Scenario, factor: &Factor) -> bool {
    match &scenario.frequency.level {
        Level::Events(_) => false,
        Level::Threats { vulnerability, .. } | Level::Contacts { vulnerability, .. } => match vulnerability {
            Vulnerability::Share(_) => false,
            Vulnerability::Contest { capability, resistance } => {
                capability.name == factor.name || resistance.name == factor.name
            }
        },
    }
}
