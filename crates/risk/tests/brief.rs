//! Whole runs over the examples: what people see.

use risk::{
    brief::{self, Brief, Order},
    portfolio::Together,
};

fn root(path: &str) -> String {
    let file = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).expect(&file)
}

fn run(names: &[&str], together: Option<&str>, years: usize) -> Brief {
    let scenarios: Vec<_> = names
        .iter()
        .map(|name| risk::read(&root(&format!("examples/scenarios/{name}.toml"))).expect(name).scenario)
        .collect();
    let called: Vec<String> = scenarios.iter().map(|one| one.name.clone()).collect();
    let together = match together {
        Some(file) => risk::read_together(&root(file), &called).expect(file),
        None => Together::default(),
    };
    brief::compute(&Order { scenarios, together, years, seed: 1.into(), changes: Vec::new() })
        .expect("a brief")
}

#[test]
fn a_page_stands_alone_and_shows_every_part() {
    for names in [&["supplier-payment"][..], &["reporting-rate"], &["lost-laptop"]] {
        let brief = run(names, None, 20_000);
        let page = brief::html(&brief);
        for needed in [
            "<html lang=\"en\">",
            "<h1>",
            "role=\"img\"",
            "<table>",
            "@media print",
            "prefers-color-scheme",
            "What we do not know",
        ] {
            assert!(page.contains(needed), "{needed}");
        }
        for never in ["<script", "http://", "NaN", "EUR inf"] {
            assert!(!page.replace("http://www.w3.org/2000/svg", "").contains(never), "{never}");
        }
        assert_eq!(page, brief::html(&run(names, None, 20_000)));
    }
}

#[test]
fn three_scenarios_cost_what_they_cost_alone_and_what_strikes_them_together() {
    let names = ["supplier-payment", "reporting-rate", "lost-laptop"];
    let alone = run(&names, None, 200_000);
    let sum: f64 = alone.parts.iter().map(|part| part.curve.mean).sum();
    assert!((alone.curve.mean - sum).abs() < 4.0 * alone.curve.sd / (200_000_f64).sqrt());
    let joined = run(&names, Some("examples/together.toml"), 200_000);
    assert!(joined.curve.mean > alone.curve.mean && joined.curve.once_in(100.0) > alone.curve.once_in(100.0));
    let forms: f64 = joined.forms.iter().map(|(_, mean)| mean).sum();
    assert!((joined.curve.mean - forms).abs() < 4.0 * joined.curve.sd / (200_000_f64).sqrt());
}

#[test]
fn what_cannot_be_added_up_is_refused() {
    let scenario = risk::read(&root("examples/scenarios/lost-laptop.toml")).expect("an example").scenario;
    let mut dollars = scenario.clone();
    dollars.name = "other".to_owned();
    dollars.currency = "USD".to_owned();
    let order = |scenarios| Order {
        scenarios,
        together: Together::default(),
        years: 1000,
        seed: 1.into(),
        changes: Vec::new(),
    };
    for (scenarios, word) in [
        (Vec::new(), "no scenario"),
        (vec![scenario.clone(), scenario.clone()], "called"),
        (vec![scenario, dollars], "USD"),
    ] {
        let problem = brief::compute(&order(scenarios)).expect_err(word);
        assert!(problem.what.contains(word), "{problem}");
    }
}

#[test]
fn a_change_that_nobody_offers_is_answered_with_those_there_are() {
    let order = |name: &str, words: &str| Order {
        scenarios: vec![risk::read(&root(&format!("examples/scenarios/{name}.toml"))).expect(name).scenario],
        together: Together::default(),
        years: 1000,
        seed: 1.into(),
        changes: vec![words.to_owned()],
    };
    let problem = brief::compute(&order("supplier-payment", "nothing")).expect_err("no such change");
    assert!(problem.what.contains("`nothing`"), "{problem}");
    assert!(problem.fix.contains("`Call back before a new account is used`"), "{problem}");
    assert_eq!(brief::compute(&order("supplier-payment", "CALL back")).expect("one").comparisons.len(), 1);
}

#[test]
fn amounts_are_shown_with_two_digits() {
    let shown: Vec<String> = [0.0, 4.0, 999.0, 114_586.1, 1_950_000.0]
        .map(|amount| brief::grouped(brief::two_digits(amount)))
        .into();
    assert_eq!(shown, ["0", "4", "1,000", "110,000", "2,000,000"]);
}

#[test]
fn dependence_that_cannot_be_is_explained() {
    let names = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    for (text, word) in [
        ("[together]\ncopula = \"clayton\"", "clayton"),
        ("[together]\ncopula = \"gaussian\"\ndegrees = 3", "degrees"),
        ("[together]\ncopula = \"gaussian\"\ncorrelation = -0.9", "cannot all be true"),
        ("[together]\ncopula = \"t\"\ncorrelation = 2", "2 does not fit"),
        (
            "[together]\ncopula = \"t\"\npairs = [{ between = [\"a\", \"x\"], correlation = 0.5 }]",
            "two different scenarios",
        ),
        (
            "[[shared_cause]]\nname = \"storm\"\nrate = { constant = 1, unit = \"per year\" }\nstrikes = [\"x\"]",
            "no scenario called `x`",
        ),
        ("[[shared_cause]]\nrate = 3\nstrikes = 4", "has no unit"),
        ("together = [", "not valid TOML"),
    ] {
        let problems = risk::read_together(text, &names).expect_err(word);
        assert!(problems.iter().any(|problem| problem.what.contains(word)), "{word}: {problems:?}");
    }
}

#[test]
fn what_is_accepted_of_the_sum_stands_beside_it() {
    let brief =
        run(&["supplier-payment", "lost-laptop", "reporting-rate"], Some("examples/together.toml"), 20_000);
    assert_eq!(brief.tolerance.len(), 2);
    let text = brief::text(&brief);
    assert!(text.contains("What is accepted\n  more than EUR 200,000      accepted   20 %"), "{text}");
}

#[test]
fn a_loss_rarer_than_one_year_in_twenty_is_said_as_such() {
    let text = root("examples/scenarios/supplier-payment.toml").replace("unit = \"share\"", "unit = \"%\"");
    let reading = risk::read(&text).expect("a scenario");
    assert!(reading.remarks.iter().any(|remark| remark.what.contains("below 1 %")));
    let order = Order {
        scenarios: vec![reading.scenario],
        together: Together::default(),
        years: 20_000,
        seed: 1.into(),
        changes: Vec::new(),
    };
    let brief = brief::compute(&order).expect("a brief");
    assert!(brief.sentence().contains("a loss comes in about one year in "), "{}", brief.sentence());
    assert_eq!(brief.five()[2].1, "no loss that often");
}
