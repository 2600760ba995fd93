//! The simulating engine: year by year, event by event, from counter-based streams.
//!
//! Years are cut into blocks; a block's luck depends on its number, the seed and the names, never on the thread that
//! works on it. It exists for what the exact engine cannot do: dependence between scenarios, and the same years lived
//! twice, with and without a change.

use rayon::prelude::*;

use crate::{
    curve::Curve,
    luck::{BLOCK, Luck, Seed},
    model::{Model, Part},
    sampler::Sampler,
    stream::as_share,
};

/// The losses of `years` simulated years of one scenario.
#[must_use]
pub fn years(model: &Model, years: usize, seed: impl Into<Seed>) -> Vec<f64> {
    let mut losses = vec![0.0; years];
    add_years(model, &mut losses, seed);
    losses
}

/// The curve of `years` simulated years, or `None` of no years.
#[must_use]
pub fn curve(model: &Model, count: usize, seed: impl Into<Seed>) -> Option<Curve> {
    Curve::from_years(years(model, count, seed))
}

/// Adds one scenario's losses to those already there, year by year.
pub fn add_years(model: &Model, losses: &mut [f64], seed: impl Into<Seed>) {
    let seed = seed.into();
    losses.par_chunks_mut(BLOCK).enumerate().for_each_init(Scratch::default, |scratch, (block, years)| {
        let luck = Luck { seed, block: block as u64 };
        draw_counts(model, luck, years.len(), &mut scratch.counts);
        add_block(model, luck, scratch, years);
    });
}

/// As [`add_years`], with the counts decided elsewhere: `counts` gives the number of events of every year of a block.
pub(crate) fn add_years_with(
    model: &Model,
    losses: &mut [f64],
    seed: Seed,
    counts: impl Fn(Luck, usize, &mut Vec<u32>) + Sync,
) {
    losses.par_chunks_mut(BLOCK).enumerate().for_each_init(Scratch::default, |scratch, (block, years)| {
        let luck = Luck { seed, block: block as u64 };
        counts(luck, years.len(), &mut scratch.counts);
        add_block(model, luck, scratch, years);
    });
}

/// Room for one block, kept between blocks.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) counts: Vec<u32>,
    pub(crate) losses: Vec<f64>,
    sequel: Vec<f64>,
}

/// Draws the number of events of each year.
pub(crate) fn draw_counts(model: &Model, luck: Luck, years: usize, counts: &mut Vec<u32>) {
    counts.clear();
    let numbers = luck.each_year(&model.name, "events", 0, years);
    counts.extend(numbers.into_iter().map(|number| model.count.at(number)));
}

/// Draws what each event of the block costs, in order.
pub(crate) fn draw_losses(model: &Model, luck: Luck, scratch: &mut Scratch) {
    let Scratch { counts, losses, sequel } = scratch;
    draw_parts(&model.primary, model, luck, 0, counts, losses);
    if model.secondary_chance > 0.0 {
        let place = model.primary.len();
        draw_parts(&model.secondary, model, luck, place + 1, counts, sequel);
        let numbers = luck.each_event(&model.name, "sequel", model.place(place), counts);
        for ((loss, sequel), number) in losses.iter_mut().zip(sequel).zip(numbers) {
            *loss += if as_share(number) < model.secondary_chance { *sequel } else { 0.0 };
        }
    }
}

/// For each event of the block, the luck that decides when the first report of it comes.
pub(crate) fn report_luck(model: &Model, luck: Luck, counts: &[u32]) -> impl Iterator<Item = f64> {
    luck.each_event(&model.name, "report", model.last_place(), counts).into_iter().map(as_share)
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
    draw_losses(model, luck, scratch);
    if model.stages.len() > 1 {
        for (loss, moment) in scratch.losses.iter_mut().zip(report_luck(model, luck, &scratch.counts)) {
            *loss *= stage(&model.stages, moment);
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

fn draw_parts(
    parts: &[Part],
    model: &Model,
    luck: Luck,
    first: usize,
    counts: &[u32],
    losses: &mut Vec<f64>,
) {
    losses.clear();
    for (at, part) in parts.iter().enumerate() {
        let numbers = luck.each_event(&model.name, &part.name, model.place(first + at), counts);
        match &part.sampler {
            Sampler::Table(table) if at == 0 => losses.extend(numbers.into_iter().map(|one| table.at(one))),
            other if at == 0 => losses.extend(numbers.into_iter().map(|one| other.at(one))),
            other => {
                for (loss, number) in losses.iter_mut().zip(numbers) {
                    *loss += other.at(number);
                }
            }
        }
    }
}
