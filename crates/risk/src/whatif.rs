//! What would change: the same years lived twice, once as things are and once with a change.
//!
//! Both lives share every draw (common random numbers): the same events happen, some of them prevented, some of them
//! noticed sooner, some of them smaller. So the difference is the change's and not luck's.

use rayon::prelude::*;
use stats::Interval;

use crate::{
    curve::Curve,
    luck::{BLOCK, Luck, Seed},
    model::{Model, stages},
    sampler::Sampler,
    scenario::{Control, Factor, Function, Scenario},
    shape::Shape,
    simulate::{Scratch, draw_counts, draw_losses, gather, report_luck, stage},
    stream::Stream,
};

/// Something that could be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is called.
    pub name: String,
    /// Controls added.
    pub controls: Vec<Control>,
    /// Share of people who then report; needs a scenario with reporting.
    pub reporting_rate: Option<f64>,
    /// Cost in a year.
    pub yearly_cost: f64,
}

impl Change {
    /// One control.
    #[must_use]
    pub fn control(control: &Control) -> Change {
        Change {
            name: control.name.clone(),
            controls: vec![control.clone()],
            reporting_rate: None,
            yearly_cost: control.yearly_cost,
        }
    }

    /// Raising the reporting rate of a scenario to its target, or `None` if it says nothing about reporting.
    #[must_use]
    pub fn reporting(scenario: &Scenario) -> Option<Change> {
        scenario.reporting.as_ref().map(|one| Change {
            name: format!("Reporting from {} % to {} %", percent(one.rate), percent(one.target)),
            controls: Vec::new(),
            reporting_rate: Some(one.target),
            yearly_cost: one.yearly_cost,
        })
    }

    /// Every change a scenario offers: each control, better reporting, and, if there are several, all of them together.
    #[must_use]
    pub fn offered(scenario: &Scenario) -> Vec<Change> {
        let mut changes: Vec<Change> = scenario.controls.iter().map(Change::control).collect();
        changes.extend(Change::reporting(scenario));
        if changes.len() > 1 {
            changes.push(Change {
                name: "All of these together".to_owned(),
                controls: scenario.controls.clone(),
                reporting_rate: changes.iter().find_map(|change| change.reporting_rate),
                yearly_cost: changes.iter().map(|change| change.yearly_cost).sum(),
            });
        }
        changes
    }
}

fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

/// A year as it is beside a year with the change.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The change.
    pub change: Change,
    /// As things are.
    pub before: Curve,
    /// With the change.
    pub after: Curve,
    /// Mean yearly saving, cost not subtracted.
    pub saving: f64,
    /// 95 % interval of the mean saving that the simulation itself leaves open.
    pub simulation_interval: Interval,
    /// 90 % interval of the long-run saving, from what is uncertain in the inputs.
    pub long_run: Interval,
    /// Chance that the long-run saving exceeds the cost, from what is uncertain in the inputs.
    pub chance_it_pays: f64,
    /// Share of years in which the saving exceeds the cost.
    pub years_it_pays: f64,
    /// The yearly cost at which it would neither gain nor lose.
    pub break_even: f64,
    /// Chance that at least one person reports in time to matter at all, before and after.
    pub report_in_time: Option<(f64, f64)>,
}

/// Lives `years` years with and without `change`. `None` of no years.
#[must_use]
pub fn compare(
    scenario: &Scenario,
    change: &Change,
    years: usize,
    seed: impl Into<Seed>,
) -> Option<Comparison> {
    let seed = seed.into();
    let model = Model::new(scenario);
    let later = stages_after(scenario, &model, change);
    let effects = Effects::new(change);
    let (mut before, mut after) = (vec![0.0; years], vec![0.0; years]);
    before.par_chunks_mut(BLOCK).zip(after.par_chunks_mut(BLOCK)).enumerate().for_each_init(
        Scratch::default,
        |scratch, (block, (before, after))| {
            let luck = Luck { seed, block: block as u64 };
            draw_counts(&model, luck, before.len(), &mut scratch.counts);
            draw_losses(&model, luck, scratch);
            let kept = effects.kept(&model, luck, &scratch.counts);
            let moments = report_luck(&model, luck, &scratch.counts);
            let mut changed = Vec::with_capacity(scratch.losses.len());
            for ((loss, kept), moment) in scratch.losses.iter_mut().zip(kept).zip(moments) {
                changed.push(*loss * kept * stage(&later, moment));
                *loss *= stage(&model.stages, moment);
            }
            gather(&scratch.counts, &scratch.losses, before);
            gather(&scratch.counts, &changed, after);
        },
    );
    let savings: Vec<f64> = before.iter().zip(&after).map(|(before, after)| before - after).collect();
    let saving = stats::mean(&savings)?;
    let half = 1.96 * (stats::variance(&savings).unwrap_or(0.0) / years as f64).sqrt();
    let years_it_pays =
        savings.iter().filter(|saving| **saving > change.yearly_cost).count() as f64 / years as f64;
    let mut long_run = long_run_savings(scenario, change, seed.number);
    let pays =
        long_run.iter().filter(|saving| **saving > change.yearly_cost).count() as f64 / long_run.len() as f64;
    let at = |p: f64, values: &mut [f64]| stats::quantile(values, p).unwrap_or(0.0);
    let in_time = |stages: &[(f64, f64)]| 1.0 - stages.last().map_or(1.0, |last| last.0);
    Some(Comparison {
        change: change.clone(),
        before: Curve::from_years(before)?,
        after: Curve::from_years(after)?,
        saving,
        simulation_interval: Interval { low: saving - half, high: saving + half },
        long_run: Interval { low: at(0.05, &mut long_run), high: at(0.95, &mut long_run) },
        chance_it_pays: pays,
        years_it_pays,
        break_even: saving,
        report_in_time: change.reporting_rate.map(|_| (in_time(&model.stages), in_time(&later))),
    })
}

fn stages_after(scenario: &Scenario, model: &Model, change: &Change) -> Vec<(f64, f64)> {
    match (&scenario.reporting, change.reporting_rate) {
        (Some(reporting), Some(rate)) => stages(reporting, rate),
        _ => model.stages.clone(),
    }
}

/// The mean share of the yearly loss that remains with `change`, the means of its controls taken as they are unless
/// `instead` gives another value for the factor of that name.
#[must_use]
pub fn share_remaining(scenario: &Scenario, change: &Change, instead: Option<(&str, f64)>) -> f64 {
    let value = |factor: &Factor| match instead {
        Some((name, value)) if name == factor.name => value,
        _ => factor.shape.mean(),
    };
    let kept =
        reliable(&change.controls, value).into_iter().map(|(_, at_work, efficacy)| 1.0 - at_work * efficacy);
    let reporting = match (&scenario.reporting, change.reporting_rate) {
        (Some(reporting), Some(rate)) => {
            let mean =
                |stages: Vec<(f64, f64)>| stages.iter().map(|(weight, share)| weight * share).sum::<f64>();
            let now = mean(stages(reporting, reporting.rate));
            if now > 0.0 { mean(stages(reporting, rate)) / now } else { 1.0 }
        }
        _ => 1.0,
    };
    kept.product::<f64>() * reporting
}

/// For every control but those that keep others reliable: its function, the share of events it is at work in, and what it
/// then stops. Overlap counts once because what one leaves is what the next can still take.
fn reliable(controls: &[Control], value: impl Fn(&Factor) -> f64) -> Vec<(Function, f64, f64)> {
    let upkeep: f64 = controls
        .iter()
        .filter(|one| one.function == Function::KeepReliable)
        .map(|one| 1.0 - value(&one.coverage) * value(&one.reliability) * value(&one.efficacy))
        .product();
    controls
        .iter()
        .filter(|one| one.function != Function::KeepReliable)
        .map(|one| {
            let reliability = 1.0 - (1.0 - value(&one.reliability)) * upkeep;
            (one.function, value(&one.coverage) * reliability, value(&one.efficacy))
        })
        .collect()
}

struct Effects {
    controls: Vec<Control>,
    samplers: Vec<(String, Sampler)>,
}

impl Effects {
    fn new(change: &Change) -> Effects {
        let factors = change.controls.iter().flat_map(|one| [&one.coverage, &one.reliability, &one.efficacy]);
        let samplers = factors.map(|factor| (factor.name.clone(), Sampler::new(&factor.shape))).collect();
        Effects { controls: change.controls.clone(), samplers }
    }

    /// For each event of a block, the share of its loss that remains: 0 if it was prevented.
    fn kept(&self, model: &Model, luck: Luck, counts: &[u32]) -> Vec<f64> {
        let streams: Vec<(&str, &Sampler, Stream)> = self
            .samplers
            .iter()
            .map(|(name, sampler)| (name.as_str(), sampler, luck.stream(&model.name, name)))
            .collect();
        let hits: Vec<Stream> = self
            .controls
            .iter()
            .map(|one| luck.stream(&model.name, &format!("control {}", one.name)))
            .collect();
        let working: Vec<usize> = (0..self.controls.len())
            .filter(|at| self.controls.get(*at).is_some_and(|one| one.function != Function::KeepReliable))
            .collect();
        let mut kept = Vec::new();
        let mut event = 0_u64;
        for (year, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let value = |factor: &Factor| {
                let drawn = streams.iter().find(|(name, _, _)| *name == factor.name);
                drawn.map_or(0.0, |(_, sampler, stream)| sampler.at(stream.at(year as u64)))
            };
            let effects = reliable(&self.controls, value);
            for _ in 0..*count {
                let mut left = 1.0;
                for ((function, at_work, efficacy), at) in effects.iter().zip(&working) {
                    let luck = hits.get(*at).map_or(1.0, |stream| stream.share(event));
                    match function {
                        Function::Prevent => left *= if luck < at_work * efficacy { 0.0 } else { 1.0 },
                        Function::Detect | Function::Respond => {
                            left *= if luck < *at_work { 1.0 - efficacy } else { 1.0 }
                        }
                        Function::KeepReliable => {}
                    }
                }
                kept.push(left);
                event += 1;
            }
        }
        kept
    }
}

/// The long-run yearly saving under 20,000 possible truths, each uncertain input drawn once for a truth.
fn long_run_savings(scenario: &Scenario, change: &Change, seed: u64) -> Vec<f64> {
    const TRUTHS: u64 = 20_000;
    let ready = |name: &str, shape: &Shape| {
        (Sampler::new(shape), Stream::new(seed, &scenario.name, &format!("truth {name}"), 0))
    };
    let rates: Vec<_> = scenario
        .rate_factors()
        .iter()
        .enumerate()
        .map(|(at, shape)| ready(&format!("rate {at}"), shape))
        .collect();
    let primary: Vec<_> =
        scenario.primary.iter().map(|loss| ready(&loss.amount.name, &loss.amount.shape)).collect();
    let secondary: Vec<_> = scenario
        .secondary
        .iter()
        .flat_map(|two| &two.losses)
        .map(|loss| ready(&loss.amount.name, &loss.amount.shape))
        .collect();
    let chance = scenario.secondary.as_ref().map(|two| ready("sequel", &two.chance.shape));
    let effects = Effects::new(change);
    let controls: Vec<_> = effects
        .samplers
        .iter()
        .map(|(name, sampler)| {
            (name, sampler, Stream::new(seed, &scenario.name, &format!("truth {name}"), 0))
        })
        .collect();
    let model_share = |rate: Option<f64>| match (&scenario.reporting, rate) {
        (Some(reporting), Some(rate)) => {
            stages(reporting, rate).iter().map(|(weight, share)| weight * share).sum()
        }
        (Some(reporting), None) => {
            stages(reporting, reporting.rate).iter().map(|(weight, share)| weight * share).sum()
        }
        (None, _) => 1.0,
    };
    let (now, then): (f64, f64) = (model_share(None), model_share(change.reporting_rate));
    let active = match scenario.frequency.counts {
        crate::scenario::Counts::ZeroInflated { quiet } => 1.0 - quiet,
        _ => 1.0,
    };
    (0..TRUTHS)
        .map(|truth| {
            let draw = |pair: &(Sampler, Stream)| pair.0.at(pair.1.at(truth));
            let rate: f64 = rates.iter().map(draw).product::<f64>() * active;
            let sequel: f64 = secondary.iter().map(draw).sum::<f64>() * chance.as_ref().map_or(0.0, draw);
            let event: f64 = primary.iter().map(draw).sum::<f64>() + sequel;
            let value = |factor: &Factor| {
                let found = controls.iter().find(|(name, _, _)| **name == factor.name);
                found.map_or(0.0, |(_, sampler, stream)| sampler.at(stream.at(truth)))
            };
            let left: f64 = reliable(&change.controls, value)
                .iter()
                .map(|(_, at_work, efficacy)| 1.0 - at_work * efficacy)
                .product();
            rate * event * (now - left * then)
        })
        .collect()
}
