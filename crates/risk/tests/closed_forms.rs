//! Numbers known without this crate: closed forms, recursions, and long simulations by others.

use risk::{Model, Shape, exact, scenario::Counts};

fn near(got: f64, wanted: f64, within: f64) {
    assert!((got - wanted).abs() <= within, "got {got}, wanted {wanted}");
}

fn standard() -> Model {
    let rates = [Shape::pert(2.0, 5.0, 20.0, 4.0), Shape::pert(0.05, 0.12, 0.30, 4.0)];
    Model::simple("standard", &rates, Counts::Poisson, &Shape::pert(1e4, 5e4, 5e5, 4.0))
}

#[test]
fn the_standard_scenario() {
    let model = standard();
    near(model.mean(), 114586.1111, 5e-5);
    near(model.variance().sqrt(), 153076.0551, 5e-5);
    let curve = exact::curve(&model);
    // Gauss-Jacobi quadrature with 60 x 60 points in SciPy.
    near(curve.none, 0.42871210659708925, 5e-10);
    for (p, wanted) in [
        (0.5, 51862.8495),
        (0.75, 185317.0104),
        (0.9, 324_983.618),
        (0.95, 424_742.822),
        (0.99, 645_051.627),
        (0.999, 941_668.572),
    ] {
        near(curve.quantile(p), wanted, 1e-7 * wanted);
    }
}

#[test]
fn panjers_recursion() {
    let mut values = vec![1.0; 5];
    values.extend([2.0; 3]);
    values.extend([3.0; 2]);
    let model = Model::simple("panjer", &[Shape::Constant(3.0)], Counts::Poisson, &Shape::Data(values));
    near(model.mean(), 5.1, 1e-12);
    near(model.variance(), 10.5, 1e-12);
    let curve = exact::curve(&model);
    let mut left = 1.0;
    for (loss, wanted) in
        [0.04978707, 0.0746806, 0.10081881, 0.12509001, 0.12588349, 0.11909222].iter().enumerate()
    {
        left -= wanted;
        near(curve.exceedance(loss as f64), left, 3e-8);
    }
    near(curve.exceedance(10.0), 0.06367978, 5e-9);
}

#[test]
fn lognormal_losses() {
    let amount = Shape::lognormal_from_interval(1e5, 1e6);
    near(amount.mean(), 404001.282695, 5e-7);
    let model = Model::simple("lognormal", &[Shape::Constant(0.1)], Counts::Poisson, &amount);
    near(model.mean(), 40400.128269457, 5e-8);
    near(model.variance().sqrt(), 163217.036419, 5e-7);
    let curve = exact::curve(&model);
    near(curve.none, 0.904837418, 5e-10);
    for (p, wanted) in [(0.91, 104_642.564), (0.95, 314_179.062), (0.99, 809_772.192), (0.999, 1_685_231.629)]
    {
        near(curve.quantile(p), wanted, 2e-7 * wanted);
    }
    near(0.1 * Shape::lognormal_from_interval(1e7, 1e9).mean(), 26639800.97735548, 1e-6);
    near(0.05 * Shape::lognormal_from_interval(5e6, 5e7).mean(), 1010003.2067364, 1e-7);
    near(Shape::lognormal_from_interval(635_000.0, 19_000_000.0).mean(), 5922706.83351131, 1e-7);
}

#[test]
fn pert_moments_and_the_two_meanings_of_pert() {
    near(Shape::pert(2.0, 5.0, 20.0, 4.0).variance(), 9.285714286, 5e-10);
    near(Shape::pert(0.05, 0.12, 0.30, 4.0).mean(), 0.138333333, 5e-10);
    near(Shape::pert(0.05, 0.12, 0.30, 4.0).variance(), 0.002040079, 5e-10);
    near(Shape::pert(1e4, 5e4, 5e5, 4.0).mean(), 118_333.333, 5e-4);
    near(Shape::pert(1e4, 5e4, 5e5, 4.0).variance(), 5.906746032e9, 5.0);
    for ((low, mode, high, gamma), sd, p95, other_sd, other_p95) in [
        ((5.0, 20.0, 50.0, 4.0), 8.292, 37.10, 7.500, 35.62),
        ((0.0, 0.0, 100.0, 4.0), 14.086, 45.07, 16.667, 51.59),
        ((1.0, 2.0, 50.0, 4.0), 7.119, 24.06, 8.167, 26.65),
        ((0.0, 10.0, 100.0, 1.0), 24.095, 80.67, 33.333, 96.21),
    ] {
        let (ours, theirs) =
            (Shape::pert(low, mode, high, gamma), Shape::pert_pyfair(low, mode, high, gamma).unwrap());
        near(ours.variance().sqrt(), sd, 6e-4);
        near(ours.quantile(0.95), p95, 6e-3);
        near(theirs.variance().sqrt(), other_sd, 6e-4);
        near(theirs.quantile(0.95), other_p95, 6e-3);
    }
}

#[test]
fn vulnerability_is_the_chance_that_capability_exceeds_resistance() {
    let capability = Shape::Data(vec![1.0, 2.0, 3.0, 4.0, 5.0]);
    let resistance = Shape::Data(vec![1.0, 2.0, 3.0, 4.0, 5.0]);
    near(capability.chance_to_exceed(&resistance), 0.4, 1e-12);
    let same = Shape::pert(10.0, 40.0, 90.0, 4.0);
    near(same.chance_to_exceed(&same), 0.5, 1e-9);
    let low = Shape::Beta { low: 0.0, high: 100.0, a: 1.0, b: 1.0 };
    near(Shape::Constant(30.0).chance_to_exceed(&low), 0.3, 1e-9);
}

#[test]
fn two_scenarios_of_whole_amounts_are_one_poisson() {
    let one =
        |name: &str| Model::simple(name, &[Shape::Constant(0.5)], Counts::Poisson, &Shape::Constant(100.0));
    let models = [one("one"), one("two")];
    let apart = risk::portfolio::Together::default();
    let simulated = risk::portfolio::curve(&models, &apart, 200_000, 1).unwrap();
    // Poisson with mean 1: 300 is exceeded in 1.9 % of years, and the worst year in 20 has 3.4667 events on average.
    for (curve, within) in [(exact::sum(&models), 1e-4), (simulated, 3.0)] {
        near(curve.expected_shortfall(0.95), 346.67385, within);
        assert_eq!(curve.quantile(0.5), 100.0);
        assert_eq!(curve.quantile(0.95), 300.0);
        assert_eq!(curve.quantile(0.999), 500.0);
        near(curve.exceedance(250.0), 0.080301, 0.003);
        assert_eq!(curve.exceedance(250.0), curve.exceedance(200.0), "nothing lies between two amounts");
    }
}
