//! A scenario made ready to be computed: shapes turned into tables, the rate into count probabilities.

use crate::{
    count::EventCount,
    luck::Place,
    sampler::Sampler,
    scenario::{Form, Reporting, Scenario},
    shape::Shape,
};

/// A scenario ready for the exact and the simulating engine.
#[derive(Debug, Clone)]
pub struct Model {
    /// The scenario's name: the key of its luck.
    pub name: String,
    /// Events in a year.
    pub count: EventCount,
    /// What every event costs, form by form.
    pub primary: Vec<Part>,
    /// What an event costs besides if it has a sequel.
    pub secondary: Vec<Part>,
    /// Chance that an event has a sequel.
    pub secondary_chance: f64,
    /// Chances and multipliers of the loss by the time of the first report; one entry of (1, 1) without reporting.
    pub stages: Vec<(f64, f64)>,
}

/// One form of loss.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which form.
    pub form: Form,
    /// The name of its factor, a part of the key of its luck.
    pub name: String,
    /// Mean of one event.
    pub mean: f64,
    /// Variance of one event.
    pub variance: f64,
    /// For drawing.
    pub sampler: Sampler,
}

impl Model {
    /// Prepares a scenario as it stands today.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Model {
        let part = |loss: &crate::scenario::Loss| Part {
            form: loss.form,
            name: loss.amount.name.clone(),
            mean: loss.amount.shape.mean(),
            variance: loss.amount.shape.variance(),
            sampler: Sampler::new(&loss.amount.shape),
        };
        Model {
            name: scenario.name.clone(),
            count: EventCount::new(&scenario.rate_factors(), scenario.frequency.counts),
            primary: scenario.primary.iter().map(part).collect(),
            secondary: scenario.secondary.iter().flat_map(|two| &two.losses).map(part).collect(),
            secondary_chance: scenario.secondary.as_ref().map_or(0.0, |two| two.chance.shape.mean()),
            stages: scenario.reporting.as_ref().map_or(vec![(1.0, 1.0)], |one| stages(one, one.rate)),
        }
    }

    /// A model of one form of loss, for tests and comparisons: these rates multiplied, this much for each event.
    #[must_use]
    pub fn simple(name: &str, rates: &[Shape], counts: crate::scenario::Counts, amount: &Shape) -> Model {
        Model {
            name: name.to_owned(),
            count: EventCount::new(rates, counts),
            primary: vec![Part {
                form: Form::Response,
                name: "loss.primary.response".to_owned(),
                mean: amount.mean(),
                variance: amount.variance(),
                sampler: Sampler::new(amount),
            }],
            secondary: Vec::new(),
            secondary_chance: 0.0,
            stages: vec![(1.0, 1.0)],
        }
    }

    /// Where the `at`-th thing drawn for an event has its dimensions: the primary forms, whether there is a sequel, its
    /// forms, and last when the first report comes. Dimension 0 is the number of events.
    pub(crate) fn place(&self, at: usize) -> Place {
        Place { first: 1 + at, width: self.primary.len() + self.secondary.len() + 2 }
    }

    /// The place of the first report.
    pub(crate) fn last_place(&self) -> Place {
        self.place(self.primary.len() + self.secondary.len() + 1)
    }

    /// Mean and variance of what one event costs.
    #[must_use]
    pub fn event_moments(&self) -> (f64, f64) {
        let sum = |parts: &[Part]| {
            parts
                .iter()
                .fold((0.0, 0.0), |(mean, variance), part| (mean + part.mean, variance + part.variance))
        };
        let (first, first_variance) = sum(&self.primary);
        let (then, then_variance) = sum(&self.secondary);
        let chance = self.secondary_chance;
        let mean = first + chance * then;
        let variance = first_variance + chance * (then_variance + then * then) - (chance * then).powi(2);
        let share: f64 = self.stages.iter().map(|(weight, stage)| weight * stage).sum();
        let square: f64 = self.stages.iter().map(|(weight, stage)| weight * stage * stage).sum();
        (share * mean, square * (variance + mean * mean) - (share * mean).powi(2))
    }

    /// Mean loss in a year, exact.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.count.mean * self.event_moments().0
    }

    /// Variance of the loss in a year, exact.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (mean, variance) = self.event_moments();
        self.count.mean * variance + self.count.variance * mean * mean
    }
}

/// With reporting at `rate`: how likely the first report falls into each stage, and the share of the full loss then. The
/// last entry is that nobody reports in time.
#[must_use]
pub fn stages(reporting: &Reporting, rate: f64) -> Vec<(f64, f64)> {
    let mut before = 0.0;
    let mut stages: Vec<(f64, f64)> = reporting
        .steps
        .iter()
        .map(|step| {
            let by_now = crate::chance_of_a_report(reporting.people, rate, step.reported);
            let weight = by_now - before;
            before = by_now;
            (weight, step.loss)
        })
        .collect();
    stages.push((1.0 - before, 1.0));
    stages
}
