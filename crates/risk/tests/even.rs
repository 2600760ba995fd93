//! Years spread evenly (Owen-scrambled Sobol points): the same truth as years drawn by chance, sooner.

use risk::{
    Model, Sampling, Seed, Shape, exact,
    portfolio::{self, Copula, Together},
    scenario::Counts,
    simulate,
};

fn even(number: u64) -> Seed {
    Seed { number, sampling: Sampling::Sobol }
}

fn standard(name: &str) -> Model {
    let rates = [Shape::pert(2.0, 5.0, 20.0, 4.0), Shape::pert(0.05, 0.12, 0.30, 4.0)];
    Model::simple(name, &rates, Counts::Poisson, &Shape::pert(1e4, 5e4, 5e5, 4.0))
}

/// A scenario with several forms, a sequel and reporting: every kind of dimension.
fn full() -> Model {
    let text = include_str!("../../../examples/scenarios/reporting-rate.toml");
    let model = Model::new(&risk::read(text).expect("an example").scenario);
    assert!(model.stages.len() > 1 && model.primary.len() > 1 && model.secondary_chance > 0.0);
    model
}

fn share_over(losses: &[f64], amount: f64) -> f64 {
    losses.iter().filter(|loss| **loss > amount).count() as f64 / losses.len() as f64
}

#[test]
fn figures_are_true_and_settle_sooner() {
    let (years, seeds) = (4096, 64_u64);
    let root = (seeds as f64).sqrt();
    for (model, of_mean, of_tail) in [(standard("standard"), 5.0, 1.5), (full(), 1.5, 1.5)] {
        let curve = exact::curve(&model);
        let amount = curve.quantile(0.9);
        let spread = |sampling, read: &dyn Fn(&[f64]) -> f64, wanted: f64| {
            let figures: Vec<f64> = (0..seeds)
                .map(|number| read(&simulate::years(&model, years, Seed { number, sampling })))
                .collect();
            let sd = stats::variance(&figures).unwrap().sqrt();
            let off = (stats::mean(&figures).unwrap() - wanted) / (sd / root);
            assert!(off.abs() < 4.0, "{} {sampling:?}: {off} standard errors", model.name);
            sd
        };
        let gain = |read: &dyn Fn(&[f64]) -> f64, wanted: f64| {
            spread(Sampling::Random, read, wanted) / spread(Sampling::Sobol, read, wanted)
        };
        let mean = gain(&|losses| stats::mean(losses).unwrap(), curve.mean);
        let tail = gain(&|losses| share_over(losses, amount), curve.exceedance(amount));
        println!(
            "{}: the mean is {mean:.1} times nearer, the chance of a bad year {tail:.1} times",
            model.name
        );
        assert!(mean > of_mean && tail > of_tail, "{mean} {tail}");
    }
}

#[test]
fn scenarios_stay_independent_and_dependence_stays_what_it_is() {
    let (one, two) = (standard("one"), standard("two"));
    let years = 65_536;
    let (first, second) = (simulate::years(&one, years, even(1)), simulate::years(&two, years, even(1)));
    let both: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
    let variance = |losses: &[f64]| stats::variance(losses).unwrap();
    let shared = 0.5 * (variance(&both) - variance(&first) - variance(&second));
    let r = shared / (variance(&first) * variance(&second)).sqrt();
    assert!(r.abs() < 4.0 / (years as f64).sqrt(), "{r}");
    let factor = portfolio::cholesky(&[vec![1.0, 0.7], vec![0.7, 1.0]]).unwrap();
    for copula in [Copula::Gaussian { factor: factor.clone() }, Copula::StudentT { factor, degrees: 4.0 }] {
        let together = Together { copula, ..Together::default() };
        let models = [one.clone(), two.clone()];
        let by_chance = portfolio::curve(&models, &together, 400_000, 1).unwrap();
        let evenly = portfolio::curve(&models, &together, years, even(1)).unwrap();
        assert!((evenly.mean / (2.0 * one.mean()) - 1.0).abs() < 0.002, "{}", evenly.mean);
        for p in [0.5, 0.9, 0.99] {
            let amount = by_chance.quantile(p);
            let error = (p * (1.0 - p) / years as f64).sqrt();
            assert!((evenly.exceedance(amount) - (1.0 - p)).abs() < 4.0 * error, "{p}");
        }
    }
}

#[test]
fn more_years_or_threads_move_no_year() {
    let model = full();
    let bits = |threads: usize, years: usize| -> Vec<u64> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| simulate::years(&model, years, even(9)).into_iter().map(f64::to_bits).collect())
    };
    let one = bits(1, 20_000);
    assert_eq!(one, bits(2, 20_000));
    assert_eq!(one, bits(8, 20_000));
    assert_eq!(one, &bits(2, 30_000)[..20_000]);
}
