//! Changes: what they save, against closed forms, and what the reporting rate is worth.

use risk::{
    Scenario,
    sensitivity::{mean_with, tornado, worth_knowing},
    whatif::{Change, compare, share_remaining},
};

fn scenario(more: &str) -> Scenario {
    let text = format!(
        "name = \"Invoice fraud\"\ncurrency = \"EUR\"\n[frequency]\nthreat_events = {{ pert = [2, 5, 20], unit = \"per year\" }}\n\
vulnerability = {{ pert = [0.05, 0.12, 0.30], unit = \"share\" }}\n[loss.primary]\nresponse = {{ pert = [10_000, 50_000, 500_000], unit = \"EUR\" }}\n{more}"
    );
    risk::read(&text).expect(&text).scenario
}

fn control(name: &str, function: &str, numbers: [f64; 3]) -> String {
    let [coverage, reliability, efficacy] = numbers;
    format!(
        "[[control]]\nname = \"{name}\"\nfunction = \"{function}\"\ncoverage = {{ constant = {coverage}, unit = \"share\" }}\n\
reliability = {{ constant = {reliability}, unit = \"share\" }}\nefficacy = {{ constant = {efficacy}, unit = \"share\" }}\nyearly_cost = 1_000\n"
    )
}

#[test]
fn prevention_saves_its_share_of_the_mean() {
    let scenario = scenario(&control("call back", "prevent", [0.8, 0.5, 0.5]));
    let got = compare(&scenario, &Change::control(&scenario.controls[0]), 200_000, 1).unwrap();
    let wanted = 0.2 * 114586.1111;
    let half = 2.0 * (got.simulation_interval.high - got.saving);
    assert!((got.saving - wanted).abs() < half, "{} {wanted}", got.saving);
    assert!(got.after.mean < got.before.mean);
    assert!(half < 0.04 * wanted, "common random numbers keep the interval narrow: {half}");
}

#[test]
fn overlap_counts_once_and_upkeep_raises_reliability() {
    let two =
        format!("{}{}", control("a", "prevent", [0.8, 0.5, 0.5]), control("b", "prevent", [1.0, 1.0, 0.5]));
    let scenario_two = scenario(&two);
    let all = Change {
        name: "all".into(),
        controls: scenario_two.controls.clone(),
        reporting_rate: None,
        yearly_cost: 0.0,
    };
    assert!((share_remaining(&scenario_two, &all, None) - 0.8 * 0.5).abs() < 1e-12);
    let upkeep = format!(
        "{}{}",
        control("a", "prevent", [1.0, 0.5, 0.5]),
        control("b", "keep-reliable", [1.0, 1.0, 0.6])
    );
    let scenario_upkeep = scenario(&upkeep);
    let all = Change {
        name: "all".into(),
        controls: scenario_upkeep.controls.clone(),
        reporting_rate: None,
        yearly_cost: 0.0,
    };
    // Reliability rises from 0.5 to 1 - 0.5 * 0.4 = 0.8.
    assert!((share_remaining(&scenario_upkeep, &all, None) - (1.0 - 0.8 * 0.5)).abs() < 1e-12);
    let got = compare(&scenario_upkeep, &all, 200_000, 1).unwrap();
    assert!((got.saving - 0.4 * 114586.1111).abs() < 2.0 * (got.simulation_interval.high - got.saving));
}

#[test]
fn raising_the_reporting_rate_from_12_to_30_percent() {
    let scenario = scenario(
        "[reporting]\npeople = 20\nrate = 0.12\ntarget = 0.30\nsteps = [{ hours = 2, reported = 0.5, loss = 0.1 }]\n",
    );
    let got = compare(&scenario, &Change::reporting(&scenario).unwrap(), 200_000, 1).unwrap();
    let (now, then) = got.report_in_time.unwrap();
    assert!((now - 0.710).abs() < 0.0005 && (then - 0.961).abs() < 0.0005, "{now} {then}");
    let wanted = 114586.1111 * 0.9 * (then - now);
    assert!(
        (got.saving - wanted).abs() < 2.0 * (got.simulation_interval.high - got.saving),
        "{} {wanted}",
        got.saving
    );
}

#[test]
fn the_tornado_moves_the_mean_in_closed_form() {
    let scenario = scenario("");
    assert!((mean_with(&scenario, None) - 114586.1111).abs() < 1e-4);
    let swings = tornado(&scenario);
    assert_eq!(swings[0].factor, "loss.primary.response");
    let vulnerability = swings.iter().find(|swing| swing.factor == "frequency.vulnerability").unwrap();
    assert!((vulnerability.losses.0 - 7.0 * vulnerability.values.0 * 118333.3333).abs() < 1.0);
}

#[test]
fn perfect_information_is_worth_nothing_when_the_choice_is_clear() {
    let clear = scenario(&control("cheap", "prevent", [1.0, 1.0, 0.9]));
    for worth in worth_knowing(&clear, &Change::control(&clear.controls[0])) {
        assert!(worth.value < 120.0, "{worth:?}");
    }
    let close = scenario(&control("close", "prevent", [0.8, 0.5, 0.5]).replace("1_000", "22_000"));
    let worths = worth_knowing(&close, &Change::control(&close.controls[0]));
    assert_eq!(worths[0].factor, "loss.primary.response");
    assert!(worths[0].value > 2_000.0 && worths[0].value < 22_917.0, "{worths:?}");
}

#[test]
fn a_change_that_does_nothing_saves_nothing_in_any_year() {
    let scenario = scenario(&control("idle", "prevent", [0.0, 1.0, 1.0]));
    let got = compare(&scenario, &Change::control(&scenario.controls[0]), 20_000, 1).unwrap();
    assert_eq!(got.saving, 0.0);
    assert_eq!(got.before, got.after);
    assert_eq!(got.years_it_pays, 0.0);
}
