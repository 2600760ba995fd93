//! The product model, kept only to be compared with: one draw of the rate times one draw of the loss.
//!
//! Many tools compute a year's loss like this. The mean is right. But a year without any loss cannot occur, and a year
//! with several events cannot either, so the median is too high and the bad years are not bad enough. Shown beside the
//! true numbers, never instead of them.

use rayon::prelude::*;

use crate::{luck::BLOCK, sampler::Sampler, shape::Shape, stream::Stream};

/// A product of independent factors, ready to be drawn from.
#[derive(Debug, Clone)]
pub struct Product {
    name: String,
    samplers: Vec<Sampler>,
}

impl Product {
    /// Prepares the product of `factors`; luck is drawn by `name`.
    #[must_use]
    pub fn new(name: &str, factors: &[Shape]) -> Product {
        Product { name: name.to_owned(), samplers: factors.iter().map(Sampler::new).collect() }
    }

    /// Draws `years` products.
    #[must_use]
    pub fn years(&self, years: usize, seed: u64) -> Vec<f64> {
        let mut losses = vec![0.0; years];
        self.fill(&mut losses, seed);
        losses
    }

    /// Overwrites `losses` with products.
    pub fn fill(&self, losses: &mut [f64], seed: u64) {
        losses.par_chunks_mut(BLOCK).enumerate().for_each(|(block, years)| {
            if self.samplers.is_empty() {
                years.fill(1.0);
            }
            for (place, sampler) in self.samplers.iter().enumerate() {
                let stream = Stream::new(seed, &self.name, &format!("product {place}"), block as u64);
                match (sampler, place) {
                    (Sampler::Table(table), 0) => {
                        for (year, loss) in years.iter_mut().enumerate() {
                            *loss = table.at(stream.at(year as u64));
                        }
                    }
                    (Sampler::Table(table), _) => {
                        for (year, loss) in years.iter_mut().enumerate() {
                            *loss *= table.at(stream.at(year as u64));
                        }
                    }
                    (other, _) => {
                        for (year, loss) in years.iter_mut().enumerate() {
                            let so_far = if place == 0 { 1.0 } else { *loss };
                            *loss = so_far * other.at(stream.at(year as u64));
                        }
                    }
                }
            }
        });
    }
}
