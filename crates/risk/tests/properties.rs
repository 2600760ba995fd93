//! Whatever is written into a file: an answer, never a crash.

use proptest::prelude::*;

fn factor() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        Just("0".to_owned()),
        Just("-1".to_owned()),
        Just("nan".to_owned()),
        Just("1e300".to_owned()),
        (0.0..1e6_f64).prop_map(|n| n.to_string()),
        (1..50_u32).prop_map(|n| n.to_string())
    ];
    let kind = prop_oneof![
        Just("pert"),
        Just("range"),
        Just("triangular"),
        Just("uniform"),
        Just("data"),
        Just("beta"),
        Just("constant"),
        Just("seen")
    ];
    let unit = prop_oneof![Just("per year"), Just("share"), Just("EUR"), Just("%")];
    (kind, prop::collection::vec(number, 0..4), unit).prop_map(|(kind, numbers, unit)| match kind {
        "constant" => format!("{{ constant = {}, unit = \"{unit}\" }}", numbers.first().map_or("1", |n| n)),
        "seen" => format!("{{ seen = {}, of = 40, unit = \"{unit}\" }}", numbers.first().map_or("1", |n| n)),
        _ => format!("{{ {kind} = [{}], unit = \"{unit}\" }}", numbers.join(", ")),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        let _ = risk::read(&text);
    }

    #[test]
    fn any_factors_are_answered_and_what_is_accepted_can_be_computed(rate in factor(), share in factor(), amount in factor()) {
        let text = format!(
            "name = \"x\"\ncurrency = \"EUR\"\n[frequency]\nthreat_events = {rate}\nvulnerability = {share}\n[loss.primary]\nresponse = {amount}\n"
        );
        if let Ok(reading) = risk::read(&text) {
            let model = risk::Model::new(&reading.scenario);
            if model.count.mean < 50.0 {
                let curve = risk::exact::curve(&model);
                prop_assert!(curve.mean.is_finite() && curve.none >= 0.0 && curve.none <= 1.0 + 1e-12, "{text}");
                prop_assert!(curve.points.is_sorted_by(|a, b| a.chance >= b.chance), "{text}");
                let years = risk::simulate::years(&model, 200, 1);
                prop_assert!(years.iter().all(|loss| *loss >= 0.0 && loss.is_finite()), "{text}");
            }
        }
    }

    #[test]
    fn damaged_files_are_answered(start in 0..2_000_usize, length in 0..40_usize, instead in "[-0-9a-z\\[\\]{}=\",. \n]{0,12}") {
        let whole = include_str!("../../../examples/scenarios/reporting-rate.toml");
        let characters: Vec<char> = whole.chars().collect();
        let start = start % characters.len();
        let head: String = characters.iter().take(start).collect();
        let rest: String = characters.iter().skip(start + length).collect();
        let text = format!("{head}{instead}{rest}");
        match risk::read(&text) {
            Ok(reading) => prop_assert!(risk::Model::new(&reading.scenario).mean() >= 0.0),
            Err(problems) => {
                let lines = text.lines().count().max(1);
                prop_assert!(!problems.is_empty() && problems.iter().all(|one| (1..=lines + 1).contains(&one.line)), "{problems:?}");
            }
        }
    }
}
