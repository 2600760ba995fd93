//! The exact engine: the distribution of a year's loss by Fourier transform of the compound distribution, no chance in it.
//!
//! A sum of N losses has the transform G(φ), where G generates N and φ is the transform of one loss. One loss is put on
//! a grid by rounding to the nearest point, so that the distribution function between points is right to the square of
//! the step. Several grids, each eight times finer than the next, cover body and far tail alike: a grid that ends at L
//! gives the exact distribution below L, because a sum below L has no part above it. Exponential tilting keeps what
//! wraps round below 1e-8 (Grübel and Hermesmeier 1999).

use crate::{
    curve::{Curve, Point},
    fft::{Complex, Fourier},
    model::{Model, Part},
    sampler::Sampler,
};

const GRID: usize = 1 << 14;
const TILT: f64 = 20.0;
const FINER: f64 = 8.0;

/// The exact loss exceedance curve of one scenario.
#[must_use]
pub fn curve(model: &Model) -> Curve {
    sum(std::slice::from_ref(model))
}

/// The exact loss exceedance curve of the sum of independent scenarios: the transforms of their years multiplied.
#[must_use]
pub fn sum(models: &[Model]) -> Curve {
    let models: Vec<&Model> = models.iter().filter(|model| model.mean() > 0.0).collect();
    let none = models.iter().map(|model| chance_of_nothing(model)).product();
    let mean: f64 = models.iter().map(|model| model.mean()).sum();
    let sd = models.iter().map(|model| model.variance().max(0.0)).sum::<f64>().sqrt();
    if models.is_empty() {
        return Curve {
            mean: 0.0,
            sd: 0.0,
            none: 1.0,
            points: vec![Point { loss: 0.0, chance: 0.0 }],
            lattice: None,
        };
    }
    let top = highest(&models, mean, sd);
    if let Some((step, length)) = lattice(&models, top) {
        let chances = compound(&models, step, length);
        let mut left = 1.0_f64;
        let points = chances
            .iter()
            .enumerate()
            .map(|(place, chance)| {
                left = (left - chance.max(0.0)).max(0.0);
                Point { loss: place as f64 * step, chance: left }
            })
            .collect();
        return Curve { mean, sd, none, points, lattice: Some(step) };
    }
    let mut ends = vec![top];
    let bottom = models.iter().map(|model| lowest(model)).fold(f64::INFINITY, f64::min).max(mean * 1e-6);
    while let Some(end) = ends.last().filter(|end| **end > bottom * 64.0 && ends.len() < 12) {
        ends.push(end / FINER);
    }
    let mut points = vec![Point { loss: 0.0, chance: 1.0 - none }];
    let mut reached = 0.0;
    for end in ends.iter().rev() {
        let step = end / GRID as f64;
        let mut below = 0.0;
        for (place, chance) in compound(&models, step, GRID).into_iter().enumerate() {
            below += chance;
            let loss = (place as f64 + 0.5) * step;
            if loss > reached {
                let highest = points.last().map_or(1.0, |point| point.chance);
                points.push(Point { loss, chance: (1.0 - below).clamp(0.0, highest) });
            }
        }
        reached = *end - 0.5 * step;
    }
    Curve { mean, sd, none, points, lattice: None }
}

/// The exact chance of a year without loss: no event, or none that cost anything.
fn chance_of_nothing(model: &Model) -> f64 {
    let free = |parts: &[Part]| -> f64 { parts.iter().map(|part| part.sampler.tails(0.0).0).product() };
    let event = free(&model.primary)
        * (1.0 - model.secondary_chance + model.secondary_chance * free(&model.secondary));
    let event: f64 =
        model.stages.iter().map(|(weight, share)| weight * if *share == 0.0 { 1.0 } else { event }).sum();
    model.count.chances.iter().rev().fold(0.0, |sum, chance| sum * event + chance)
}

/// An amount which a year exceeds with a chance of about 1e-8.
fn highest(models: &[&Model], mean: f64, sd: f64) -> f64 {
    let one_events: Vec<f64> = models.iter().map(|model| one_event(model)).collect();
    let worst: f64 =
        models.iter().zip(&one_events).map(|(model, one)| most_events(model).max(1.0) * one).sum();
    let largest = one_events.into_iter().fold(0.0, f64::max);
    (mean + largest + 7.0 * sd).min(worst * 1.001).max(largest * 1.001)
}

/// What one event hardly ever exceeds.
fn one_event(model: &Model) -> f64 {
    let tail = (1e-8 / model.count.mean).clamp(1e-12, 0.5);
    let most = |parts: &[Part]| -> f64 { parts.iter().map(|part| part.sampler.quantile(1.0 - tail)).sum() };
    most(&model.primary) + most(&model.secondary)
}

/// How many events a year hardly ever exceeds.
fn most_events(model: &Model) -> f64 {
    let mut left = 1.0;
    model
        .count
        .chances
        .iter()
        .position(|chance| {
            left -= chance;
            left < 1e-8
        })
        .unwrap_or(model.count.chances.len()) as f64
}

/// An amount below which hardly any loss of one event lies.
fn lowest(model: &Model) -> f64 {
    let smallest = |part: &Part| part.sampler.quantile(0.02).max(part.mean * 1e-4);
    let least = model.primary.iter().map(smallest).sum::<f64>();
    let least = if least > 0.0 { least } else { model.secondary.iter().map(smallest).sum() };
    let shrink = model.stages.iter().map(|stage| stage.1).filter(|share| *share > 0.0).fold(1.0, f64::min);
    (least * shrink).max(model.mean() * 1e-6)
}

/// Where every loss is a multiple of one whole amount and few enough fit, that amount and the length of the grid.
fn lattice(models: &[&Model], top: f64) -> Option<(f64, usize)> {
    let mut divisor = 0_u64;
    for model in models {
        for part in model.primary.iter().chain(&model.secondary) {
            let values = match &part.sampler {
                Sampler::Constant(value) => std::slice::from_ref(value),
                Sampler::Data(values) => values.as_slice(),
                Sampler::Table(_) => return None,
            };
            for (value, (_, share)) in
                values.iter().flat_map(|value| model.stages.iter().map(move |stage| (value, stage)))
            {
                let whole = value * share;
                if whole < 0.0 || whole.fract() != 0.0 || whole > 1e15 {
                    return None;
                }
                divisor = gcd(divisor, whole as u64);
            }
        }
    }
    let length = (top * 1.5 / divisor as f64).ceil();
    (divisor > 0 && length < 262_144.0).then_some((divisor as f64, (length as usize).max(64)))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Probabilities of a year's loss at 0, 1, …, `length` - 1 steps.
fn compound(models: &[&Model], step: f64, length: usize) -> Vec<f64> {
    let fourier = Fourier::new(2 * length);
    let n = fourier.length();
    let tilt = TILT / n as f64;
    let mut year = vec![Complex::ONE; n / 2 + 1];
    for model in models {
        for (slot, event) in year.iter_mut().zip(one_loss(model, &fourier, step, length, tilt)) {
            *slot = slot.times(generate(&model.count.chances, event));
        }
    }
    // A real sequence has a mirrored transform; conjugating it makes the forward transform an inverse one.
    let mirrored: Vec<Complex> = (1..n / 2).rev().filter_map(|place| year.get(place).copied()).collect();
    for value in &mut year {
        value.im = -value.im;
    }
    year.extend(mirrored);
    fourier.forward(&mut year);
    year.iter()
        .take(length)
        .enumerate()
        .map(|(place, value)| value.re / n as f64 * (tilt * place as f64).exp())
        .collect()
}

/// The tilted transform of what one event costs.
fn one_loss(model: &Model, fourier: &Fourier, step: f64, length: usize, tilt: f64) -> Vec<Complex> {
    let mut event = vec![Complex::default(); fourier.length() / 2 + 1];
    for (weight, share) in model.stages.iter().filter(|stage| stage.0 > 0.0) {
        let first = transform(&model.primary, fourier, step, *share, length, tilt);
        let then = (model.secondary_chance > 0.0)
            .then(|| transform(&model.secondary, fourier, step, *share, length, tilt));
        for (place, slot) in event.iter_mut().enumerate() {
            let mut value = first.get(place).copied().unwrap_or(Complex::ONE);
            if let Some(sequel) = then.as_ref().and_then(|then| then.get(place)) {
                let mixed = sequel.scaled(model.secondary_chance);
                value = value.times(Complex { re: mixed.re + 1.0 - model.secondary_chance, im: mixed.im });
            }
            *slot = slot.plus(value.scaled(*weight));
        }
    }
    event
}

/// The probability generating function of the count, by Horner's rule.
fn generate(chances: &[f64], z: Complex) -> Complex {
    chances.iter().rev().fold(Complex::default(), |sum, chance| {
        let next = sum.times(z);
        Complex { re: next.re + chance, im: next.im }
    })
}

/// The tilted transform of the sum of independent parts, each multiplied by `share`.
fn transform(
    parts: &[Part],
    fourier: &Fourier,
    step: f64,
    share: f64,
    length: usize,
    tilt: f64,
) -> Vec<Complex> {
    let mut product = vec![Complex::ONE; fourier.length() / 2 + 1];
    for part in parts {
        let mut values = vec![Complex::default(); fourier.length()];
        for (slot, mass) in values.iter_mut().zip(masses(&part.sampler, step, share, length)) {
            slot.re = mass;
        }
        let mut damping = 1.0;
        let shrink = (-tilt).exp();
        for value in &mut values {
            value.re *= damping;
            damping *= shrink;
        }
        fourier.forward(&mut values);
        for (slot, value) in product.iter_mut().zip(&values) {
            *slot = slot.times(*value);
        }
    }
    product
}

/// The probability that a loss times `share` rounds to each of the first `length` steps.
fn masses(sampler: &Sampler, step: f64, share: f64, length: usize) -> Vec<f64> {
    let mut masses = vec![0.0; length];
    let mut put = |value: f64, mass: f64| {
        if let Some(slot) = masses.get_mut((value * share / step).round() as usize) {
            *slot += mass;
        }
    };
    match sampler {
        Sampler::Constant(value) => put(*value, 1.0),
        Sampler::Data(values) => values.iter().for_each(|value| put(*value, 1.0 / values.len() as f64)),
        Sampler::Table(_) if share <= 0.0 => put(0.0, 1.0),
        Sampler::Table(table) => {
            let mut before = (0.0, 1.0);
            for (place, slot) in masses.iter_mut().enumerate() {
                let here = table.tails((place as f64 + 0.5) * step / share);
                *slot = if before.0 < 0.5 { here.0 - before.0 } else { before.1 - here.1 };
                before = here;
                if here.1 <= 0.0 {
                    break;
                }
            }
        }
    }
    masses
}
