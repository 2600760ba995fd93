//! Sobol points with Owen's scrambling: years that cover the range of luck evenly instead of by chance.
//!
//! The points are Sobol's (1967) with the direction numbers of Joe and Kuo (2008). Their digits are scrambled at random
//! as Owen (1995) does it: whether a digit turns depends on all digits before it, so every point is uniform by itself and
//! together they stay even. Each owner's points come in an order of its own, shuffled in the same nested way, so that two
//! owners are independent of each other (Burley 2020). One scrambling decides nothing about another: run several seeds to
//! see how far a figure may be off.

use crate::stream::Stream;

/// Dimensions of one owner; what needs more takes plain random numbers.
pub const DIMENSIONS: usize = 16;

/// Digits that are scrambled one by one, enough for 67 million years; what follows them is random.
const DIGITS: u32 = 26;

/// The points of one owner.
#[derive(Debug, Clone)]
pub struct Points {
    order: Stream,
    digits: Vec<Stream>,
}

impl Points {
    /// The points of `owner`, numbered from `start` on within 67 million.
    #[must_use]
    pub fn new(seed: u64, owner: &str, start: u64) -> Points {
        let stream = |what: &str| Stream::new(seed, owner, what, start >> DIGITS);
        let digits = (0..DIMENSIONS).map(|dimension| stream(&format!("sobol {dimension}"))).collect();
        Points { order: stream("sobol order"), digits }
    }

    /// Which point comes at `index` in this owner's order.
    #[must_use]
    pub fn place(&self, index: u64) -> u64 {
        turned(index & ((1 << DIGITS) - 1), self.order)
    }

    /// A coordinate of the point at `place`, uniform over all 64-bit values, or `None` beyond the last dimension.
    #[must_use]
    pub fn at(&self, place: u64, dimension: usize) -> Option<u64> {
        let (digits, directions) = (self.digits.get(dimension)?, DIRECTIONS.get(dimension)?);
        let point = directions
            .iter()
            .enumerate()
            .filter(|(digit, _)| place >> digit & 1 == 1)
            .fold(0, |point, (_, direction)| point ^ u64::from(*direction));
        let rest = digits.at((1 << DIGITS) | point) >> DIGITS;
        Some(turned(point, *digits) << (64 - DIGITS) | rest)
    }
}

/// Turns each digit of `number` or not, as the node of the binary tree says at which the digits before it arrive. Nodes
/// are numbered from the root, 1, as in a heap.
fn turned(number: u64, tree: Stream) -> u64 {
    (0..DIGITS).fold(number, |turned, digit| {
        let node = (1 << digit) | (number >> (DIGITS - digit));
        turned ^ (tree.at(node) >> 63) << (DIGITS - 1 - digit)
    })
}

/// Primitive polynomials, leading and last digit included, and the first direction numbers of each dimension but the
/// first: Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections", 2008.
const JOE_KUO: [(u32, &[u32]); DIMENSIONS - 1] = [
    (3, &[1]),
    (7, &[1, 3]),
    (11, &[1, 3, 1]),
    (13, &[1, 1, 1]),
    (19, &[1, 1, 3, 3]),
    (25, &[1, 3, 5, 13]),
    (37, &[1, 1, 5, 5, 17]),
    (41, &[1, 1, 5, 5, 5]),
    (47, &[1, 1, 7, 11, 19]),
    (55, &[1, 1, 5, 1, 1]),
    (59, &[1, 1, 1, 3, 11]),
    (61, &[1, 3, 5, 5, 31]),
    (67, &[1, 3, 3, 9, 7, 49]),
    (91, &[1, 1, 1, 15, 21, 21]),
    (97, &[1, 3, 1, 13, 27, 49]),
];

static DIRECTIONS: [[u32; DIGITS as usize]; DIMENSIONS] = directions();

#[expect(clippy::indexing_slicing, reason = "worked out by the compiler, which refuses an index outside")]
const fn directions() -> [[u32; DIGITS as usize]; DIMENSIONS] {
    let mut all = [[0; DIGITS as usize]; DIMENSIONS];
    let mut dimension = 0;
    while dimension < DIMENSIONS {
        let mut digit = 0;
        while digit < DIGITS as usize {
            let value = if dimension == 0 {
                1
            } else {
                let (polynomial, first) = JOE_KUO[dimension - 1];
                let degree = first.len();
                if digit < degree {
                    first[digit]
                } else {
                    // The recurrence, on numbers that are already moved to the left.
                    let mut value = all[dimension][digit - degree] ^ all[dimension][digit - degree] >> degree;
                    let mut back = 1;
                    while back < degree {
                        if polynomial >> (degree - back) & 1 == 1 {
                            value ^= all[dimension][digit - back];
                        }
                        back += 1;
                    }
                    all[dimension][digit] = value;
                    digit += 1;
                    continue;
                }
            };
            all[dimension][digit] = value << (DIGITS as usize - 1 - digit);
            digit += 1;
        }
        dimension += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A point before it is scrambled, in 26 binary digits.
    fn plain(index: u32, dimension: usize) -> u32 {
        DIRECTIONS[dimension]
            .iter()
            .enumerate()
            .filter(|(at, _)| index >> at & 1 == 1)
            .fold(0, |p, (_, v)| p ^ v)
    }

    #[test]
    fn the_points_are_those_of_scipy() {
        // scipy 1.17.1: x = qmc.Sobol(16, scramble=False).random(1024); its order is Gray's: i ^ (i >> 1).
        for (order, dimension, wanted) in FIXTURES {
            let point = f64::from(plain(order ^ (order >> 1), dimension)) / f64::from(1 << DIGITS);
            assert_eq!(point, wanted, "{order} {dimension}");
        }
    }

    #[test]
    fn every_dimension_of_every_full_stretch_is_even() {
        let points = Points::new(7, "owner", 0);
        for dimension in 0..DIMENSIONS {
            for stretch in 0..4_u64 {
                let mut seen = [false; 1024];
                for index in 0..1024 {
                    let number = points.at(points.place(stretch * 1024 + index), dimension).unwrap();
                    seen[(number >> 54) as usize] = true;
                }
                assert!(seen.iter().all(|one| *one), "{dimension} {stretch}");
            }
        }
    }

    #[test]
    fn two_dimensions_share_out_every_box() {
        // The first two dimensions are a (0, 10, 2)-net: each of the 1024 boxes of every shape holds one point.
        let points = Points::new(3, "owner", 0);
        for wide in 0..=10 {
            let mut boxes = [0; 1024];
            for index in 0..1024 {
                let x = points.at(points.place(index), 0).unwrap() as u128 >> (64 - wide);
                let y = points.at(points.place(index), 1).unwrap() as u128 >> (54 + wide);
                boxes[((x as usize) << (10 - wide)) | y as usize] += 1;
            }
            assert!(boxes.iter().all(|count| *count == 1), "{wide}");
        }
    }

    #[test]
    fn owners_and_seeds_are_unrelated() {
        let count = 1 << 14;
        let limit = 4.0 / f64::from(count).sqrt();
        let pairs = [
            (Points::new(1, "a", 0), Points::new(1, "b", 0)),
            (Points::new(1, "a", 0), Points::new(2, "a", 0)),
            (Points::new(1, "a", 0), Points::new(1, "a", 1 << DIGITS)),
        ];
        for (one, two) in pairs {
            for dimension in 0..DIMENSIONS {
                let product: f64 = (0..count as u64)
                    .map(|index| {
                        let share = |points: &Points| {
                            crate::stream::as_share(points.at(points.place(index), dimension).unwrap()) - 0.5
                        };
                        12.0 * share(&one) * share(&two)
                    })
                    .sum();
                assert!((product / f64::from(count)).abs() < limit, "{dimension}");
            }
        }
    }

    const FIXTURES: [(u32, usize, f64); 17] = [
        (1, 0, 0.5),
        (1, 15, 0.5),
        (5, 1, 0.875),
        (77, 2, 0.0078125),
        (100, 3, 0.7265625),
        (255, 4, 0.61328125),
        (256, 5, 0.107421875),
        (300, 6, 0.505859375),
        (511, 7, 0.462890625),
        (512, 8, 0.3779296875),
        (600, 9, 0.5478515625),
        (700, 10, 0.4189453125),
        (777, 11, 0.6962890625),
        (800, 12, 0.3994140625),
        (900, 13, 0.2822265625),
        (1000, 14, 0.1435546875),
        (1023, 15, 0.4638671875),
    ];
}
