//! The simulating engine: year by year, event by event, from counter-based streams.
//!
//! Years are cut into blocks; a block's luck depends on its number, the seed and the names, never on the thread that
//! works on it. It exists for what the exact engine cannot do: dependence between scenarios, and the same years lived
//! twice, with and without a change.

use rayon::prelude::*;

use crate::{
    curve::Curve,
    model::{Model, Part},
    sampler::Sampler,
    stream::Stream,
};

/// Years in one block.
pub const BLOCK: usize = 4096;

/// The losses of `years` simulated years of one scenario.
#[must_use]
pub fn years(model: &Model, years: usize, seed: u64) -> Vec<f64> {
    let mut losses = vec![0.0; years];
    add_years(model, &mut losses, seed);
    losses
}

/// The curve of `years` simulated years, or `None` of no years.
#[must_use]
pub fn curve(model: &Model, count: usize, seed: u64) -> Option<Curve> {
    Curve::from_years(years(model, count, seed))
}

/// Adds one scenario's losses to those already there, year by year.
pub fn add_years(model: &Model, losses: &mut [f64], seed: u64) {
    losses.par_chunks_mut(BLOCK).enumerate().for_each_init(Scratch::default, |scratch, (block, years)| {
        let luck = Luck { seed, block: block as u64 };
        draw_counts(model, luck, years.len(), scratch);
        add_block(model, luck, scratch, years);
    });
}

/// As [`add_years`], with the counts decided elsewhere: `counts` gives the number of events of every year of a block.
pub fn add_years_with(
    model: &Model,
    losses: &mut [f64],
    seed: u64,
    counts: impl Fn(u64, usize, &mut Vec<u32>) + Sync,
) {
    losses.par_chunks_mut(BLOCK).enumerate().for_each_init(Scratch::default, |scratch, (block, years)| {
        let luck = Luck { seed, block: block as u64 };
        counts(block as u64, years.len(), &mut scratch.counts);
        add_block(model, luck, scratch, years);
    });
}

/// Where the luck of one block comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Luck {
    pub(crate) seed: u64,
    pub(crate) block: u64,
}

impl Luck {
    pub(crate) fn stream(self, model: &Model, factor: &str) -> Stream {
        Stream::new(self.seed, &model.name, factor, self.block)
    }
}

/// Room for one block, kept between blocks.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) counts: Vec<u32>,
    pub(crate) losses: Vec<f64>,
    sequel: Vec<f64>,
}

/// Draws the number of events of each year.
pub(crate) fn draw_counts(model: &Model, luck: Luck, years: usize, scratch: &mut Scratch) {
    let stream = luck.stream(model, "events");
    scratch.counts.clear();
    scratch.counts.extend((0..years as u64).map(|year| model.count.at(stream.at(year))));
}

/// Draws what each event of the block costs, in order.
pub(crate) fn draw_losses(model: &Model, luck: Luck, events: usize, scratch: &mut Scratch) {
    draw_parts(&model.primary, model, luck, events, &mut scratch.losses);
    if model.secondary_chance > 0.0 {
        draw_parts(&model.secondary, model, luck, events, &mut scratch.sequel);
        let stream = luck.stream(model, "sequel");
        for (event, (loss, sequel)) in scratch.losses.iter_mut().zip(&scratch.sequel).enumerate() {
            *loss += if stream.share(event as u64) < model.secondary_chance { *sequel } else { 0.0 };
        }
    }
}

/// The share of the full loss of each event, given by when the first report comes.
pub(crate) fn stage(stages: &[(f64, f64)], luck: f64) -> f64 {
    let mut left = luck;
    for (weight, share) in stages {
        if left < *weight {
            return *share;
        }
        left -= weight;
    }
    stages.last().map_or(1.0, |stage| stage.1)
}

fn add_block(model: &Model, luck: Luck, scratch: &mut Scratch, years: &mut [f64]) {
    let events = scratch.counts.iter().map(|count| *count as usize).sum();
    draw_losses(model, luck, events, scratch);
    if model.stages.len() > 1 {
        let stream = luck.stream(model, "report");
        for (event, loss) in scratch.losses.iter_mut().enumerate() {
            *loss *= stage(&model.stages, stream.share(event as u64));
        }
    }
    gather(&scratch.counts, &scratch.losses, years);
}

/// Adds each year's events to that year.
#[inline(always)]
pub(crate) fn gather(counts: &[u32], losses: &[f64], years: &mut [f64]) {
    let mut rest = losses;
    for (year, count) in years.iter_mut().zip(counts) {
        let (mine, others) = rest.split_at(*count as usize);
        *year += mine.iter().sum::<f64>();
        rest = others;
    }
}

fn draw_parts(parts: &[Part], model: &Model, luck: Luck, events: usize, losses: &mut Vec<f64>) {
    losses.clear();
    for (place, part) in parts.iter().enumerate() {
        let stream = luck.stream(model, &part.name);
        if place == 0 {
            match &part.sampler {
                Sampler::Table(table) => {
                    losses.extend((0..events as u64).map(|event| table.at(stream.at(event))))
                }
                other => losses.extend((0..events as u64).map(|event| other.at(stream.at(event)))),
            }
        } else {
            for (event, loss) in losses.iter_mut().enumerate() {
                *loss += part.sampler.at(stream.at(event as u64));
            }
        }
    }
}
