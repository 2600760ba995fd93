//! Many questions asked at once: p-values adjusted so that looking at twenty teams does not invent a finding.
//!
//! A question without an answer, a p-value that is not a number, was still asked: it counts as 1.

/// Holm's step-down adjustment (1979): the chance of even one false alarm stays below the level. Order is kept.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let count = p_values.len();
    let mut highest: f64 = 0.0;
    adjust(ascending(p_values), |rank, p| {
        highest = highest.max(((count - rank) as f64 * p).min(1.0));
        highest
    })
}

/// Benjamini and Hochberg's step-up adjustment (1995): the expected share of false alarms among findings stays below the
/// level. Order is kept.
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let count = p_values.len();
    let mut order = ascending(p_values);
    order.reverse();
    let mut lowest: f64 = 1.0;
    adjust(order, |from_top, p| {
        lowest = lowest.min(count as f64 / (count - from_top) as f64 * p);
        lowest
    })
}

/// Each question's place and p-value, least first.
fn ascending(p_values: &[f64]) -> Vec<(usize, f64)> {
    let usable = |p: f64| if p.is_nan() { 1.0 } else { p.clamp(0.0, 1.0) };
    let mut order: Vec<(usize, f64)> = p_values.iter().copied().map(usable).enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    order
}

fn adjust(order: Vec<(usize, f64)>, mut step: impl FnMut(usize, f64) -> f64) -> Vec<f64> {
    let mut adjusted = vec![1.0; order.len()];
    for (rank, (place, p)) in order.into_iter().enumerate() {
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = step(rank, p);
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(got: Vec<f64>, wanted: &[f64]) {
        assert_eq!(got.len(), wanted.len());
        assert!(got.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{got:?}");
    }

    #[test]
    fn adjustments_agree_with_r() {
        let p = [0.01, 0.02, 0.03, 0.04, 0.05];
        check(holm(&p), &[0.05, 0.08, 0.09, 0.09, 0.09]);
        check(benjamini_hochberg(&p), &[0.05; 5]);
    }

    #[test]
    fn the_order_of_the_questions_is_kept() {
        check(holm(&[0.04, 0.01, 0.03]), &[0.06, 0.03, 0.06]);
        check(benjamini_hochberg(&[0.04, 0.001, 0.03]), &[0.04, 0.003, 0.04]);
        check(holm(&[]), &[]);
    }

    #[test]
    fn a_question_without_answer_counts_and_harms_no_other() {
        // Nought by nought is a negative `NaN` on some processors.
        for nan in [f64::NAN, -f64::NAN] {
            check(holm(&[nan, 0.01]), &[1.0, 0.02]);
            check(benjamini_hochberg(&[nan, 0.01]), &[1.0, 0.02]);
        }
        check(holm(&[-1.0, 7.0]), &[0.0, 1.0]);
        check(benjamini_hochberg(&[-1.0, 7.0]), &[0.0, 1.0]);
    }
}
