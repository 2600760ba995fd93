//! Distribution functions and their inverses, the ground on which the intervals stand.
//!
//! Every tail is computed as itself where one less the other would lose its digits, and whatever would be a small
//! difference of large numbers is written as a small number from the start: ten digits hold for parameters from 1e-5 to
//! 1e8, far out too, and nine at 1e-6. A parameter that is not above zero and finite has no distribution: the answer is
//! not a number.

mod beta;
mod gamma;
mod normal;
mod search;

pub use beta::{beta_cdf, beta_quantile, beta_quantile_upper, ln_beta};
pub(crate) use beta::{beta_front, beta_tails};
pub use gamma::{chi_squared_tail, gamma_cdf, gamma_quantile, gamma_quantile_upper, gamma_tail, ln_gamma};
pub use normal::{normal_cdf, normal_density, normal_quantile};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_next_to_nothing_still_give_chances() {
        assert_eq!(gamma_cdf(1e-300, 1e116), 1.0);
        // One less a tail that rounding made more than one.
        assert_eq!(beta_cdf(0.5, 2.969_933_343_389_988e-123, 0.932_587_894_012_114_1), 0.0);
    }

    #[test]
    fn what_is_no_size_has_no_distribution() {
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let beta = [beta_cdf(wrong, 1.0, 0.5), beta_quantile(1.0, wrong, 0.5), ln_beta(wrong, 20.0)];
            let gamma = [gamma_cdf(wrong, 1.0), gamma_tail(wrong, 0.0), gamma_quantile_upper(wrong, 0.5)];
            assert!(beta.iter().chain(&gamma).all(|value| value.is_nan()), "{wrong}: {beta:?} {gamma:?}");
        }
        assert!(ln_gamma(-0.5).is_nan() && ln_gamma(0.0) == f64::INFINITY);
        assert!(beta_quantile(2.0, 3.0, f64::NAN).is_nan() && gamma_quantile(2.0, f64::NAN).is_nan());
    }
}
