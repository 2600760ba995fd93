//! The fast Fourier transform of a power-of-two length, in place.

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

impl Complex {
    /// One.
    pub const ONE: Complex = Complex { re: 1.0, im: 0.0 };

    /// The product.
    #[inline(always)]
    #[must_use]
    pub fn times(self, other: Complex) -> Complex {
        Complex { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    /// The sum.
    #[inline(always)]
    #[must_use]
    pub fn plus(self, other: Complex) -> Complex {
        Complex { re: self.re + other.re, im: self.im + other.im }
    }

    /// The product with a real number.
    #[inline(always)]
    #[must_use]
    pub fn scaled(self, by: f64) -> Complex {
        Complex { re: self.re * by, im: self.im * by }
    }
}

/// A plan for transforms of one length.
#[derive(Debug, Clone)]
pub struct Fourier {
    length: usize,
    roots: Vec<Complex>,
}

impl Fourier {
    /// Prepares transforms of `length`, rounded up to a power of two.
    #[must_use]
    pub fn new(length: usize) -> Fourier {
        let length = length.max(2).next_power_of_two();
        let roots = (0..length / 2)
            .map(|k| {
                let angle = -2.0 * std::f64::consts::PI * k as f64 / length as f64;
                Complex { re: angle.cos(), im: angle.sin() }
            })
            .collect();
        Fourier { length, roots }
    }

    /// The length.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Transforms `values`, which must have the planned length; other lengths are left alone.
    pub fn forward(&self, values: &mut [Complex]) {
        let n = self.length;
        if values.len() != n {
            return;
        }
        let shift = usize::BITS - n.trailing_zeros();
        for place in 0..n {
            let mirror = place.reverse_bits() >> shift;
            if place < mirror {
                values.swap(place, mirror);
            }
        }
        let mut half = 1;
        while half < n {
            let stride = n / (2 * half);
            for chunk in values.chunks_exact_mut(2 * half) {
                let (left, right) = chunk.split_at_mut(half);
                for ((a, b), root) in left.iter_mut().zip(right).zip(self.roots.iter().step_by(stride)) {
                    let turned = b.times(*root);
                    *b = Complex { re: a.re - turned.re, im: a.im - turned.im };
                    *a = a.plus(turned);
                }
            }
            half *= 2;
        }
    }
}
