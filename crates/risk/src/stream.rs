//! Counter-based randomness: the i-th number of a stream is a function of the stream's key and i, of nothing else.
//!
//! A key is made of (seed, scenario, factor, block). So a result is the same for any number of threads, editing one
//! scenario moves no other, and two variants of one scenario see the same luck. Keys are made with the finaliser of
//! SplitMix64 (Steele, Lea and Flood 2014, with Stafford's variant 13); the numbers with that of wyrand (Wang Yi 2019,
//! constants of its version 4.2) over a Weyl sequence; with it products are a fifth faster, compound years nearly a tenth.

const STEP: u64 = 0x2D35_8DCC_AA6C_78A5;
const TURN: u64 = 0x8BB8_4B93_962E_ACC9;

/// One stream of uniform 64-bit numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    key: u64,
}

impl Stream {
    /// The stream for one factor of one scenario within one block of years.
    #[must_use]
    pub fn new(seed: u64, scenario: &str, factor: &str, block: u64) -> Stream {
        let key = mix(seed ^ 0x5EED_0F00_D15C_0DE5);
        let key = mix(key ^ name_key(scenario));
        let key = mix(key.rotate_left(17) ^ name_key(factor));
        Stream { key: mix(key.rotate_left(31) ^ block.wrapping_mul(0xD1B5_4A32_D192_ED03)) }
    }

    /// Number `index` of this stream, uniform over all 64-bit values.
    #[inline(always)]
    #[must_use]
    pub fn at(self, index: u64) -> u64 {
        spread(self.key.wrapping_add(index.wrapping_mul(STEP)))
    }

    /// Number `index` as a share strictly between 0 and 1.
    #[inline(always)]
    #[must_use]
    pub fn share(self, index: u64) -> f64 {
        as_share(self.at(index))
    }
}

/// A 64-bit number as a share strictly between 0 and 1.
#[inline(always)]
#[must_use]
pub fn as_share(number: u64) -> f64 {
    ((number >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

#[inline(always)]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// One wide multiplication whose two halves are laid over each other.
#[inline(always)]
fn spread(state: u64) -> u64 {
    let wide = u128::from(state) * u128::from(state ^ TURN);
    (wide >> 64) as u64 ^ wide as u64
}

/// FNV-1a over the bytes of a name, then mixed.
fn name_key(name: &str) -> u64 {
    mix(name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_gives_the_same_numbers_for_ever() {
        let stream = Stream::new(1, "invoice fraud", "loss events", 0);
        assert_eq!([stream.at(0), stream.at(1)], [stream.at(0), stream.at(1)]);
        assert_ne!(stream.at(0), Stream::new(2, "invoice fraud", "loss events", 0).at(0));
        assert_ne!(stream.at(0), Stream::new(1, "invoice fraud ", "loss events", 0).at(0));
        assert_ne!(stream.at(0), Stream::new(1, "invoice fraud", "loss events", 1).at(0));
    }

    #[test]
    fn streams_are_uniform_and_unrelated() {
        let count = 200_000_u64;
        let limit = 4.0 / (count as f64).sqrt();
        let (one, two) = (Stream::new(7, "a", "x", 0), Stream::new(7, "b", "x", 0));
        let (mut mean, mut product) = (0.0, 0.0);
        for index in 0..count {
            let (left, right) = (one.share(index) - 0.5, two.share(index) - 0.5);
            mean += left;
            product += 12.0 * left * right;
        }
        assert!((mean / count as f64).abs() < limit);
        assert!((product / count as f64).abs() < limit);
    }

    /// Pearson's chi-square over `bins` of equal probability, as standard deviations from what chance gives.
    fn surprise(counts: &[u32]) -> f64 {
        let (total, bins) = (f64::from(counts.iter().sum::<u32>()), counts.len() as f64);
        let expected = total / bins;
        let sum: f64 = counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
        (sum - (bins - 1.0)) / (2.0 * (bins - 1.0)).sqrt()
    }

    #[test]
    fn no_part_of_the_number_and_no_pair_of_neighbours_has_a_favourite() {
        // Neighbours within a stream, and the same place in the streams of neighbouring blocks.
        let pairs: [fn(u64) -> (u64, u64); 2] = [
            |i| (Stream::new(3, "a", "x", 0).at(i), Stream::new(3, "a", "x", 0).at(i + 1)),
            |i| (Stream::new(3, "a", "x", i).at(5), Stream::new(3, "a", "x", i + 1).at(5)),
        ];
        for pair in pairs {
            let mut bytes = vec![[0_u32; 256]; 8];
            let mut together = vec![0_u32; 65_536];
            let mut flips = [0_u32; 64];
            let count = 400_000;
            for index in 0..count {
                let (one, two) = pair(index);
                for (place, byte) in one.to_le_bytes().into_iter().enumerate() {
                    bytes[place & 7][usize::from(byte)] += 1;
                }
                together[((one >> 48) as usize & 0xFF00) | (two >> 56) as usize] += 1;
                for (bit, flipped) in flips.iter_mut().enumerate() {
                    *flipped += ((one ^ two) >> bit & 1) as u32;
                }
            }
            assert!(bytes.iter().all(|byte| surprise(byte).abs() < 5.0));
            assert!(surprise(&together).abs() < 5.0);
            let half = count as f64 / 2.0;
            assert!(flips.iter().all(|flips| (f64::from(*flips) - half).abs() < 5.0 * (half / 2.0).sqrt()));
        }
    }
}
