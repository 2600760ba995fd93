//! Numbers made by SciPy, NumPy, statsmodels and lifelines (`python tests/fixtures.py`), which this crate must repeat.

use stats::{Interval, Observation, special};

fn close(got: f64, wanted: f64, relative: f64) {
    assert!((got - wanted).abs() <= relative * wanted.abs(), "{got:e}, wanted {wanted:e}");
}

fn ends(got: Interval, low: f64, high: f64) {
    close(got.low, low, 1e-9);
    close(got.high, high, 1e-9);
}

#[test]
fn quantile_functions_agree_with_scipy() {
    for (a, b, p, wanted) in [
        (0.5, 0.5, 0.01, 0.00024671981713422146),
        (3.5, 96.5, 0.975, 0.07865239431404483),
        (0.02, 5.0, 0.3, 9.0656293538223e-28),
        (200.0, 300.0, 1e-9, 0.27539828696840984),
        (1.5714285714285714, 4.428571428571429, 1e-7, 9.249987790400696e-06),
    ] {
        close(special::beta_quantile(a, b, p), wanted, 1e-10);
    }
    for (shape, p, wanted) in [
        (0.1, 0.01, 6.073048362407912e-21),
        (3.5, 0.05, 1.0836749546490285),
        (250.0, 0.999, 301.7230028975888),
        (1.0, 1e-12, 1.0000000000005e-12),
    ] {
        close(special::gamma_quantile(shape, p), wanted, 1e-10);
    }
    for (p, wanted) in [
        (1e-300, -37.0470962993612),
        (1e-20, -9.262340089798409),
        (1e-5, -4.264890793922825),
        (0.3, -0.5244005127080409),
        (0.975, 1.959963984540054),
    ] {
        close(special::normal_quantile(p), wanted, 1e-13);
    }
}

#[test]
fn shares_agree_with_statsmodels() {
    ends(stats::wilson(1, 10, 0.9), 0.02263490873086718, 0.34771866733585843);
    ends(stats::clopper_pearson(1, 10, 0.9), 0.0051161968918237, 0.3941633024365049);
    ends(stats::jeffreys(1, 10, 0.9), 0.01789198805574782, 0.33056280326013465);
    ends(stats::wilson(999, 1000, 0.99), 0.9915394337800183, 0.9998825836463816);
    ends(stats::clopper_pearson(999, 1000, 0.99), 0.992593713061647, 0.9999949874707392);
    ends(stats::jeffreys(999, 1000, 0.99), 0.9935998839526161, 0.9999641307866627);
    ends(stats::wilson(5, 7, 0.8), 0.47246281655659694, 0.8746640094625457);
    ends(stats::clopper_pearson(5, 7, 0.8), 0.403820272151956, 0.9211765538398587);
    ends(stats::jeffreys(5, 7, 0.8), 0.4729978082513336, 0.8783391529375834);
}

#[test]
fn ranks_with_ties_agree_with_scipy() {
    let got = stats::mann_whitney(&[1., 2., 2., 3., 4., 4., 5.], &[2., 3., 5., 6., 6., 7.]).unwrap();
    assert_eq!(got.u, 9.0);
    assert!(!got.exact);
    close(got.p_value, 0.09667054340670089, 1e-12);
}

#[test]
fn quantiles_agree_with_numpy() {
    let mut values = [2., 9., 4., 4.5, 11., 0.5];
    for (p, wanted) in [(0.05, 0.875), (0.333, 3.33), (0.77, 8.325)] {
        close(stats::quantile(&mut values, p).unwrap(), wanted, 1e-12);
    }
}

#[test]
fn waiting_times_agree_with_lifelines() {
    let watch = |times: &[(f64, bool)]| -> Vec<Observation> {
        times.iter().map(|&(time, happened)| Observation { time, happened }).collect()
    };
    let (yes, no) = (true, false);
    let first = watch(&[
        (1.4, yes),
        (2.3, yes),
        (4.9, yes),
        (0.1, no),
        (1.5, yes),
        (27.2, yes),
        (9.1, yes),
        (5.1, yes),
        (5.0, no),
        (3.7, no),
        (5.6, yes),
        (7.1, yes),
        (1.8, yes),
        (10.0, yes),
        (6.3, no),
    ]);
    let second = watch(&[
        (3.1, no),
        (1.3, no),
        (1.5, no),
        (5.3, yes),
        (0.4, yes),
        (8.4, yes),
        (2.5, yes),
        (1.8, yes),
        (1.1, yes),
        (2.2, no),
        (2.9, no),
        (4.9, no),
    ]);
    let curve = stats::kaplan_meier(&first, 0.95);
    assert!((curve.surviving(9.5) - 0.226757).abs() < 1e-6);
    assert!((curve.surviving(12.0) - 0.113379).abs() < 1e-6);
    assert_eq!(curve.surviving(27.2), 0.0);
    let test = stats::log_rank(&first, &second).unwrap();
    close(test.chi_squared, 0.7275168568593322, 1e-10);
    close(test.p_value, 0.39368925783723774, 1e-10);
}
