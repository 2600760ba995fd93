//! What SciPy, NumPy, statsmodels, lifelines and mpmath answer (`peers.txt`, made by `fixtures.py`), which this crate must
//! repeat to ten digits.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a line that cannot be read must stop the test"
)]

use stats::{Interval, Observation, special};

#[test]
fn every_answer_agrees_with_the_peers() {
    let mut wrong = Vec::new();
    for line in include_str!("peers.txt").lines().filter(|line| !line.starts_with('#')) {
        let (question, answer) = line.split_once(" =").expect("a line has `=`");
        let wanted: Vec<f64> = answer.split_whitespace().map(number).collect();
        let got = ask(question);
        // A parameter of a millionth makes a millionfold of every rounding.
        let within = if question.contains(" 1e-06 ") { 1e-9 } else { 1e-10 };
        if got.len() != wanted.len()
            || got.iter().zip(&wanted).any(|(got, wanted)| !close(*got, *wanted, within))
        {
            wrong.push(format!("{line}\n    but here {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn close(got: f64, wanted: f64, within: f64) -> bool {
    // Below the least normal number digits are lost to all.
    let room = (within * wanted.abs()).max(f64::MIN_POSITIVE);
    got == wanted || (got.is_nan() && wanted.is_nan()) || (wanted.is_finite() && (got - wanted).abs() <= room)
}

fn ask(question: &str) -> Vec<f64> {
    let mut words = question.split(' ');
    let name = words.next().unwrap();
    let lists: Vec<&str> = words.collect();
    let list = |place: usize| -> Vec<f64> {
        lists[place].split(',').filter(|word| !word.is_empty()).map(number).collect()
    };
    let at = |place: usize| number(lists[place]);
    let count = |place: usize| at(place) as u64;
    match name {
        "normal_density" => vec![special::normal_density(at(0))],
        "normal_cdf" => vec![special::normal_cdf(at(0))],
        "normal_quantile" => vec![special::normal_quantile(at(0))],
        "ln_gamma" => vec![special::ln_gamma(at(0))],
        "ln_beta" => vec![special::ln_beta(at(0), at(1))],
        "chi_squared_tail" => vec![special::chi_squared_tail(at(0), at(1))],
        "gamma_cdf" => vec![special::gamma_cdf(at(0), at(1))],
        "gamma_tail" => vec![special::gamma_tail(at(0), at(1))],
        "gamma_quantile" => vec![special::gamma_quantile(at(0), at(1))],
        "gamma_quantile_upper" => vec![special::gamma_quantile_upper(at(0), at(1))],
        "beta_cdf" => vec![special::beta_cdf(at(0), at(1), at(2))],
        "beta_quantile" => vec![special::beta_quantile(at(0), at(1), at(2))],
        "beta_quantile_upper" => vec![special::beta_quantile_upper(at(0), at(1), at(2))],
        "wilson" => ends(stats::wilson(count(0), count(1), at(2))),
        "clopper_pearson" => ends(stats::clopper_pearson(count(0), count(1), at(2))),
        "jeffreys" => ends(stats::jeffreys(count(0), count(1), at(2))),
        "newcombe" => ends(stats::newcombe((count(0), count(1)), (count(2), count(3)), at(4))),
        "poisson_rate" => ends(stats::poisson_rate(count(0), at(1), at(2))),
        "rate_ratio" => {
            let got = stats::rate_ratio((count(0), at(1)), (count(2), at(3)), at(4)).unwrap();
            [vec![got.ratio], ends(got.interval), ends(got.score), vec![got.p_value]].concat()
        }
        "people_needed" => vec![stats::rates::people_needed(at(0), at(1), at(2), at(3)).unwrap() as f64],
        "mean" => vec![stats::mean(&list(0)).unwrap()],
        "variance" => vec![stats::variance(&list(0)).unwrap()],
        "quantile" => vec![stats::quantile(&mut list(0), at(1)).unwrap()],
        "quantile_interval" => ends(stats::quantile_interval(&list(0), at(1), at(2)).unwrap()),
        "mann_whitney" => {
            let got = stats::mann_whitney(&list(0), &list(1)).unwrap();
            vec![got.u, got.p_value]
        }
        "hodges_lehmann" => {
            let (shift, interval) = stats::hodges_lehmann(&list(0), &list(1), at(2)).unwrap();
            [vec![shift], ends(interval)].concat()
        }
        "holm" => stats::holm(&list(0)),
        "benjamini_hochberg" => stats::benjamini_hochberg(&list(0)),
        "kaplan_meier" => {
            let curve = stats::kaplan_meier(&watched(lists[0]), at(1));
            let step = |step: &stats::Step| {
                [step.surviving, step.standard_error, step.interval.low, step.interval.high]
            };
            curve.steps.iter().flat_map(step).collect()
        }
        "log_rank" => {
            let got = stats::log_rank(&watched(lists[0]), &watched(lists[1])).unwrap();
            vec![got.chi_squared, got.p_value]
        }
        _ => panic!("no function `{name}`"),
    }
}

fn ends(interval: Interval) -> Vec<f64> {
    vec![interval.low, interval.high]
}

fn watched(list: &str) -> Vec<Observation> {
    let one =
        |word: &str| Observation { time: number(word.trim_end_matches('+')), happened: !word.ends_with('+') };
    list.split(',').map(one).collect()
}

fn number(word: &str) -> f64 {
    word.parse().unwrap_or_else(|_| panic!("`{word}` is no number"))
}
