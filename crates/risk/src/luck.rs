//! Where the luck of a run comes from: a seed, and whether years are drawn by chance or spread evenly.

use std::fmt;

use crate::{sobol::Points, stream::Stream};

/// Years in one block. A block's luck depends on its number, the seed and the names, never on the thread that works on
/// it.
pub const BLOCK: usize = 4096;

/// The source of all luck of a run. A number alone means years drawn by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    /// The same number gives the same luck.
    pub number: u64,
    /// How years are drawn.
    pub sampling: Sampling,
}

/// How years are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sampling {
    /// Each by itself.
    #[default]
    Random,
    /// As Owen-scrambled Sobol points: the number of events of each year and what its first events cost are spread
    /// evenly, so means and shares settle with fewer years. What the dimensions do not reach is drawn by chance.
    Sobol,
}

impl From<u64> for Seed {
    fn from(number: u64) -> Seed {
        Seed { number, sampling: Sampling::Random }
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sampling {
            Sampling::Random => write!(f, "{}", self.number),
            Sampling::Sobol => write!(f, "{}, spread evenly (Sobol)", self.number),
        }
    }
}

/// The luck of one block of years.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Luck {
    pub(crate) seed: Seed,
    pub(crate) block: u64,
}

/// The dimensions of something drawn for every event: that of a year's first event, and how many each event takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) first: usize,
    pub(crate) width: usize,
}

impl Luck {
    /// Plain random numbers for `what` of `owner`.
    pub(crate) fn stream(self, owner: &str, what: &str) -> Stream {
        Stream::new(self.seed.number, owner, what, self.block)
    }

    /// A number for every year of the block.
    pub(crate) fn each_year(self, owner: &str, what: &str, dimension: usize, years: usize) -> Vec<u64> {
        let stream = self.stream(owner, what);
        match self.seed.sampling {
            Sampling::Random => (0..years as u64).map(|year| stream.at(year)).collect(),
            Sampling::Sobol => {
                let (points, start) = self.points(owner);
                (0..years as u64)
                    .map(|year| {
                        points.at(points.place(start + year), dimension).unwrap_or_else(|| stream.at(year))
                    })
                    .collect()
            }
        }
    }

    /// A number for every event of the block, where `counts` says how many each year has.
    pub(crate) fn each_event(self, owner: &str, what: &str, place: Place, counts: &[u32]) -> Vec<u64> {
        let stream = self.stream(owner, what);
        let events: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let mut numbers: Vec<u64> = (0..events).map(|event| stream.at(event)).collect();
        if self.seed.sampling == Sampling::Sobol {
            let (points, start) = self.points(owner);
            let mut rest = numbers.as_mut_slice();
            for (year, count) in counts.iter().enumerate() {
                let (mine, others) = rest.split_at_mut(*count as usize);
                let point = points.place(start + year as u64);
                for (event, number) in mine.iter_mut().enumerate() {
                    let dimension = place.first + event * place.width;
                    let Some(even) = points.at(point, dimension) else { break };
                    *number = even;
                }
                rest = others;
            }
        }
        numbers
    }

    fn points(self, owner: &str) -> (Points, u64) {
        let start = self.block * BLOCK as u64;
        (Points::new(self.seed.number, owner, start), start)
    }
}
