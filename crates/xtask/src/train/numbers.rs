//! Arithmetic that gives the same bits on every machine: no library exponentials, and a pinned shuffle.

/// e to the power of `x`, to about 1e-15.
pub fn exp(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let halvings = (x / std::f64::consts::LN_2).round();
    let rest = x - halvings * std::f64::consts::LN_2;
    let mut sum = 1.0;
    for term in (1..=16).rev() {
        sum = 1.0 + rest / f64::from(term) * sum;
    }
    sum * f64::from_bits(((halvings as i64 + 1023) as u64) << 52)
}

/// The natural logarithm of a positive number, to about 1e-15.
pub fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let power = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    let (mantissa, power) =
        if mantissa > std::f64::consts::SQRT_2 { (mantissa / 2.0, power + 1) } else { (mantissa, power) };
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let mut sum = 0.0;
    for term in (0..16).rev() {
        sum = sum * square + 1.0 / f64::from(2 * term + 1);
    }
    2.0 * ratio * sum + power as f64 * std::f64::consts::LN_2
}

/// 1 / (1 + exp(-x)).
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// A stream of numbers that is the same for the same seed, for ever (SplitMix64, Steele et al. 2014).
#[derive(Clone, Debug)]
pub struct Stream(u64);

impl Stream {
    pub fn new(seed: u64) -> Stream {
        Stream(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is not zero.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Shuffles in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for place in (1..items.len()).rev() {
            let other = self.below(place + 1);
            items.swap(place, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_exponential_and_logarithm_agree_with_the_library() {
        for step in -200..200 {
            let x = f64::from(step) * 0.17;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-13, "exp {x}");
            let positive = x.exp();
            assert!((ln(positive) - x).abs() < 1e-12, "ln {positive}");
        }
    }

    #[test]
    fn the_shuffle_is_pinned() {
        let mut items: Vec<u8> = (0..8).collect();
        Stream::new(1).shuffle(&mut items);
        assert_eq!(items, SHUFFLED);
    }

    const SHUFFLED: [u8; 8] = [4, 3, 2, 7, 5, 6, 0, 1];
}
