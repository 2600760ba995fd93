//! The two engines against each other, and what must hold of every run: order, independence, the same bytes.

use risk::{
    Curve, Model, Scenario, Shape, exact,
    portfolio::{self, Copula, Together},
    scenario::Counts,
    simulate,
    stream::Stream,
};

/// Scenario number `number` of an endless supply: every shape, level, count and form appears.
fn random(number: u64) -> Scenario {
    let stream = Stream::new(2026, "random scenarios", "text", number);
    let mut draws = 0;
    let mut next = |low: f64, high: f64| {
        draws += 1;
        low + (high - low) * stream.share(draws)
    };
    let rate = |next: &mut dyn FnMut(f64, f64) -> f64, unit: &str, top: f64| {
        let (a, b, c) = (next(0.0, 0.3) * top, next(0.3, 0.6) * top, next(0.6, 1.0) * top);
        match next(0.0, 4.0) as u32 {
            0 => format!("{{ pert = [{a}, {b}, {c}], unit = \"{unit}\" }}"),
            1 => format!("{{ triangular = [{a}, {b}, {c}], unit = \"{unit}\" }}"),
            2 => format!("{{ uniform = [{a}, {c}], unit = \"{unit}\" }}"),
            _ => format!("{{ constant = {b}, unit = \"{unit}\" }}"),
        }
    };
    let money = |next: &mut dyn FnMut(f64, f64) -> f64| {
        let low = 10_f64.powf(next(2.0, 5.0));
        let (mode, high) = (low * next(1.0, 4.0), low * next(5.0, 40.0));
        match next(0.0, 6.0) as u32 {
            0 => format!("{{ range = [{low}, {high}], unit = \"EUR\" }}"),
            1 => format!("{{ pert = [{low}, {mode}, {high}], unit = \"EUR\" }}"),
            2 => format!("{{ triangular = [{low}, {mode}, {high}], unit = \"EUR\" }}"),
            3 => format!("{{ range = [{low}, {high}], shape = \"normal\", unit = \"EUR\" }}"),
            4 => format!("{{ data = [{low}, {mode}, {mode}, {high}], unit = \"EUR\" }}"),
            _ => format!(
                "{{ people = {{ pert = [1, 3, 9], unit = \"people\" }}, hours = {{ range = [1, {}], unit = \"hours\" }}, per_hour = {{ constant = {}, unit = \"EUR per hour\" }} }}",
                mode / low * 4.0,
                low / 10.0
            ),
        }
    };
    let frequency = match next(0.0, 4.0) as u32 {
        0 => format!("loss_events = {}", rate(&mut next, "per year", 6.0)),
        1 => format!(
            "loss_events = {{ seen = {}, months = {}, unit = \"per year\" }}",
            next(0.0, 9.0) as u32,
            next(6.0, 40.0)
        ),
        2 => format!(
            "threat_events = {}\nvulnerability = {}",
            rate(&mut next, "per year", 20.0),
            rate(&mut next, "share", 0.4)
        ),
        _ => format!(
            "contacts = {}\naction = {}\ncapability = {}\nresistance = {}",
            rate(&mut next, "per year", 30.0),
            rate(&mut next, "share", 0.5),
            rate(&mut next, "percentile", 70.0),
            rate(&mut next, "percentile", 100.0)
        ),
    };
    let counts = match next(0.0, 5.0) as u32 {
        0 => format!("counts = {{ negative_binomial = {} }}", next(0.3, 5.0)),
        1 => format!("counts = {{ quiet_years = {} }}", next(0.0, 0.8)),
        _ => String::new(),
    };
    let second =
        if next(0.0, 1.0) < 0.5 { format!("reputation = {}", money(&mut next)) } else { String::new() };
    let sequel = if next(0.0, 1.0) < 0.5 {
        format!(
            "[loss.secondary]\nchance = {}\nfines_and_judgments = {}",
            rate(&mut next, "share", 0.9),
            money(&mut next)
        )
    } else {
        String::new()
    };
    let reporting = if next(0.0, 1.0) < 0.3 {
        "[reporting]\npeople = 12\nrate = 0.1\ntarget = 0.3\nsteps = [{ hours = 1, reported = 0.4, loss = 0.1 }, { hours = 9, reported = 1, loss = 0.6 }]"
    } else {
        ""
    };
    let text = format!(
        "name = \"number {number}\"\ncurrency = \"EUR\"\n[frequency]\n{frequency}\n{counts}\n[loss.primary]\nresponse = {}\n{second}\n{sequel}\n{reporting}\n",
        money(&mut next)
    );
    risk::read(&text).expect(&text).scenario
}

#[test]
fn exact_and_simulated_agree_within_four_standard_errors() {
    let years = 40_000;
    let (mut worst, mut checks, mut squares) = (0.0_f64, 0.0, 0.0);
    for number in 0..240 {
        let model = Model::new(&random(number));
        let (curve, losses) = (exact::curve(&model), simulate::years(&model, years, 1));
        let mut check = |what: &str, seen: f64, wanted: f64, error: f64| {
            let distance = (seen - wanted).abs() / error.max(1e-12);
            worst = worst.max(distance);
            checks += 1.0;
            squares += distance * distance;
            assert!(
                distance < 4.0,
                "scenario {number}: {what} {seen}, exactly {wanted}, {distance:.2} standard errors"
            );
        };
        let count = years as f64;
        check("mean", stats::mean(&losses).unwrap(), curve.mean, curve.sd / count.sqrt());
        for p in [0.0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99] {
            let amount = curve.quantile(p);
            let wanted = curve.exceedance(amount);
            // A loss that lies on an atom is counted on one side or the other by rounding; step aside.
            let amount = if model.primary.iter().all(|part| part.variance == 0.0) {
                amount * 1.000_001
            } else {
                amount
            };
            let seen = losses.iter().filter(|loss| **loss > amount).count() as f64 / count;
            if wanted * count > 20.0 && (1.0 - wanted) * count > 20.0 && !discrete(&model) {
                check("exceedance", seen, wanted, (wanted * (1.0 - wanted) / count).sqrt());
            }
        }
    }
    // A bias too small for any single check would still swell the mean square, which is 1 where only luck is left.
    let mean_square = squares / checks;
    println!(
        "{checks} checks of 240 scenarios: largest {worst:.2} standard errors, mean square {mean_square:.3}"
    );
    assert!(mean_square < 1.2, "{mean_square}");
}

#[test]
fn sums_of_independent_scenarios_agree_too() {
    let years = 40_000;
    let apart = Together::default();
    let mut worst = 0.0_f64;
    for sum in 0..40_u64 {
        let size = 2 + sum % 4;
        let models: Vec<Model> =
            (0..size).map(|at| random(1000 + sum * 5 + at)).map(|one| Model::new(&one)).collect();
        let (curve, losses) = (exact::sum(&models), portfolio::years(&models, &apart, years, 1));
        monotone(&curve);
        let count = years as f64;
        let mut check = |what: &str, seen: f64, wanted: f64, error: f64| {
            let distance = (seen - wanted).abs() / error.max(1e-12);
            worst = worst.max(distance);
            assert!(
                distance < 4.0,
                "sum {sum}: {what} {seen}, exactly {wanted}, {distance:.2} standard errors"
            );
        };
        check("mean", stats::mean(&losses).unwrap(), curve.mean, curve.sd / count.sqrt());
        for p in [0.5, 0.9, 0.99] {
            let amount = curve.quantile(p);
            let wanted = curve.exceedance(amount);
            let seen = losses.iter().filter(|loss| **loss > amount).count() as f64 / count;
            if wanted * count > 20.0 && (1.0 - wanted) * count > 20.0 && !models.iter().all(discrete) {
                check("exceedance", seen, wanted, (wanted * (1.0 - wanted) / count).sqrt());
            }
        }
    }
    println!("40 sums: largest {worst:.2} standard errors");
}

fn discrete(model: &Model) -> bool {
    model.primary.iter().any(|part| matches!(part.sampler, risk::sampler::Sampler::Data(_)))
}

#[test]
fn curves_never_rise_and_quantiles_never_fall() {
    for number in 0..60 {
        let model = Model::new(&random(number));
        for curve in [exact::curve(&model), simulate::curve(&model, 5_000, 3).unwrap()] {
            monotone(&curve);
        }
    }
}

fn monotone(curve: &Curve) {
    assert!(curve.points.is_sorted_by(|a, b| a.loss <= b.loss && a.chance >= b.chance));
    let quantiles: Vec<f64> = (0..=1000).map(|step| curve.quantile(f64::from(step) / 1000.0)).collect();
    assert!(quantiles.is_sorted());
    assert!(
        (0..999).all(|step| curve.expected_shortfall(f64::from(step) / 1000.0)
            >= curve.quantile(f64::from(step) / 1000.0))
    );
}

fn standard(name: &str) -> Model {
    let rates = [Shape::pert(2.0, 5.0, 20.0, 4.0), Shape::pert(0.05, 0.12, 0.30, 4.0)];
    Model::simple(name, &rates, Counts::Poisson, &Shape::pert(1e4, 5e4, 5e5, 4.0))
}

fn correlation(one: &[f64], two: &[f64]) -> f64 {
    let (a, b) = (stats::mean(one).expect("years"), stats::mean(two).expect("years"));
    let both: f64 = one.iter().zip(two).map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / (one.len() - 1) as f64;
    both / (stats::variance(one).expect("years") * stats::variance(two).expect("years")).sqrt()
}

#[test]
fn identical_scenarios_with_other_names_are_independent() {
    let years = 100_000;
    let lives: Vec<Vec<f64>> =
        (0..8).map(|n| simulate::years(&standard(&format!("twin {n}")), years, 1)).collect();
    for i in 0..lives.len() {
        for j in 0..i {
            let r = correlation(&lives[i], &lives[j]);
            assert!(r.abs() < 4.0 / (years as f64).sqrt(), "{i} and {j}: {r}");
        }
    }
}

#[test]
fn the_same_bytes_for_one_two_and_eight_threads() {
    let model = Model::new(&random(4));
    let together = Together {
        copula: Copula::StudentT {
            factor: portfolio::cholesky(&[vec![1.0, 0.5], vec![0.5, 1.0]]).unwrap(),
            degrees: 4.0,
        },
        ..Together::default()
    };
    let both = [standard("one"), standard("two")];
    let bits = |threads: usize| -> Vec<u64> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut all = simulate::years(&model, 50_000, 9);
            all.extend(portfolio::years(&both, &together, 50_000, 9));
            all.into_iter().map(f64::to_bits).collect()
        })
    };
    let one = bits(1);
    assert_eq!(one, bits(2));
    assert_eq!(one, bits(8));
}

#[test]
fn editing_one_scenario_moves_no_other() {
    let before = simulate::years(&standard("kept"), 10_000, 1);
    let mut sum = simulate::years(&standard("kept"), 10_000, 1);
    simulate::add_years(&standard("edited"), &mut sum, 1);
    let other = simulate::years(&standard("edited"), 10_000, 1);
    assert!(sum.iter().zip(&before).zip(&other).all(|((sum, one), two)| (sum - (one + two)).abs() < 1e-6));
}

#[test]
fn dependence_joins_counts_and_leaves_each_scenario_alone() {
    let (one, two) = (standard("one"), standard("two"));
    let years = 200_000;
    let factor = portfolio::cholesky(&[vec![1.0, 0.7], vec![0.7, 1.0]]).unwrap();
    for copula in [
        Copula::Gaussian { factor: factor.clone() },
        Copula::StudentT { factor: factor.clone(), degrees: 4.0 },
    ] {
        let together = Together { copula, ..Together::default() };
        let sum = portfolio::years(&[one.clone(), two.clone()], &together, years, 3);
        let mean = stats::mean(&sum).unwrap();
        let alone = one.mean();
        let error = stats::variance(&sum).unwrap().sqrt() / (years as f64).sqrt();
        assert!((mean - 2.0 * alone).abs() < 4.0 * error, "{mean} {alone}");
        let ratio = stats::variance(&sum).unwrap() / (2.0 * one.variance());
        assert!(ratio > 1.1 && ratio < 1.9, "{ratio}");
        let only_first = portfolio::years(std::slice::from_ref(&one), &together, years, 3);
        let exact = exact::curve(&one);
        let over =
            only_first.iter().filter(|loss| **loss > exact.quantile(0.95)).count() as f64 / years as f64;
        assert!((over - 0.05).abs() < 4.0 * (0.05 * 0.95 / years as f64).sqrt(), "{over}");
    }
}

#[test]
fn impossible_correlations_are_refused() {
    assert_eq!(portfolio::cholesky(&[vec![1.0, 0.9, -0.9], vec![0.9, 1.0, 0.9], vec![-0.9, 0.9, 1.0]]), None);
}
