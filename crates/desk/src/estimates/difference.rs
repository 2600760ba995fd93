//! What two estimates differ by, in sentences a board can check with a pencil. Pure.

use risk::Curve;
use risk::brief::{grouped, two_digits};

/// The difference in sentences, the most important first. `differences` are the same years lived on both sides, right less left.
pub fn words([left, right]: [&Curve; 2], differences: &[f64], currency: &str) -> Vec<String> {
    let money = |amount: f64| format!("{currency} {}", grouped(two_digits(amount)));
    if differences.iter().all(|one| *one == 0.0) {
        let once = money(right.once_in(20.0));
        return vec![
            "Both give the same loss in every year.".into(),
            format!("One year in twenty costs more than {once} on either side."),
        ];
    }
    let count = differences.len().max(1) as f64;
    let share = |wanted: fn(&f64) -> bool| {
        chart::percent(differences.iter().filter(|one| wanted(one)).count() as f64 / count)
    };
    vec![
        in_average(left, right, differences, currency),
        format!(
            "One year in twenty costs more than {} on the left and more than {} on the right.",
            money(left.once_in(20.0)),
            money(right.once_in(20.0))
        ),
        format!(
            "Lived through the same {} years, the right one costs less in {} of them, the same in {} and more in {}.",
            grouped(count),
            share(|one| *one < -0.5),
            share(|one| one.abs() <= 0.5),
            share(|one| *one > 0.5)
        ),
    ]
}

fn in_average(left: &Curve, right: &Curve, differences: &[f64], currency: &str) -> String {
    let money = |amount: f64| format!("{currency} {}", grouped(two_digits(amount)));
    let middle = stats::mean(differences).unwrap_or(0.0);
    let half = 1.96 * (stats::variance(differences).unwrap_or(0.0) / differences.len().max(1) as f64).sqrt();
    if middle.abs() <= half {
        return format!(
            "An average year costs about {} either way: these years show no clear difference.",
            money(right.mean)
        );
    }
    let (gain, by) = shown(left.mean, right.mean);
    let way = if gain < 0.0 { "less" } else { "more" };
    let (low, high) = (money((middle.abs() - half).max(0.0)), money(middle.abs() + half));
    // A range whose ends look alike says nothing.
    let range = if low == high {
        String::new()
    } else {
        format!(
            " Chance in the simulated years alone leaves it between {low} and {high}; how sure each estimate is stands on its own page, and is no part of this."
        )
    };
    let (from, to) = (money(left.mean), money(right.mean));
    match by {
        By::Shown => {
            // Not rounded again: it is what a reader gets who subtracts the two.
            let gain = grouped(gain.abs());
            format!(
                "An average year costs about {currency} {gain} {way} on the right: {to} rather than {from}.{range}"
            )
        }
        By::Itself => format!(
            "An average year costs about {} {way} on the right. Rounded to two digits, it is {to} there and {from} on the left.{range}",
            money(gain.abs())
        ),
    }
}

/// How a difference was found.
enum By {
    /// One rounded amount less the other: what a reader gets who subtracts them.
    Shown,
    /// From the amounts before rounding, because rounding hides it.
    Itself,
}

fn shown(left: f64, right: f64) -> (f64, By) {
    let (gain, shown) = (right - left, two_digits(right) - two_digits(left));
    if (shown - gain).abs() <= 0.1 * gain.abs() { (shown, By::Shown) } else { (gain, By::Itself) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_who_subtracts_gets_the_difference_that_is_said() {
        for (left, right, wanted) in [(114_586.0, 7_012.0, -103_000.0), (114_586.0, 229_172.0, 120_000.0)] {
            let (gain, by) = shown(left, right);
            assert_eq!(gain, wanted);
            assert!(matches!(by, By::Shown));
        }
        let (gain, by) = shown(1_110_000.0, 1_130_000.0);
        assert_eq!(gain, 20_000.0);
        assert!(matches!(by, By::Itself), "both round to 1,100,000");
    }
}
