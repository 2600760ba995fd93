//! docs/reference/scenario.md: its examples are read, and no key is missing.

const PAGE: &str = include_str!("../../../docs/reference/scenario.md");

fn examples() -> Vec<&'static str> {
    PAGE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_examples_are_read() {
    let [scenario, together] = examples()[..] else { panic!("two examples") };
    let reading = risk::read(scenario).expect("the scenario");
    assert_eq!(reading.remarks, []);
    let names = [reading.scenario.name, "Lost laptop".to_owned()];
    risk::read_together(together, &names).expect("how they hang together");
}

/// The keys that a section takes, as the answer to a wrong one lists them; none where nothing lists them.
fn known(problems: &[risk::Problem]) -> Vec<String> {
    let list = problems.iter().find_map(|problem| problem.fix.strip_prefix("Known here: "));
    list.into_iter().flat_map(|list| list.trim_end_matches('.').split(", ")).map(str::to_owned).collect()
}

#[test]
fn every_key_is_listed() {
    let [scenario, together] = examples()[..] else { panic!("two examples") };
    let wrong = |text: &str, after: &str| {
        let end = if after.ends_with(' ') { ", " } else { "\n" };
        text.replacen(after, &format!("{after}qqqqqqqqqqqqqq = 1{end}"), 1)
    };
    let mut keys = Vec::new();
    for after in [
        "",
        "[frequency]\n",
        "[loss.primary]\n",
        "[loss.secondary]\n",
        "[reporting]\n",
        "[[control]]\n",
        "[[tolerance]]\n",
        "counts = { ",
        "action = { ",
        "  { ",
    ] {
        let found = known(&risk::read(&wrong(scenario, after)).expect_err(after));
        assert!(!found.is_empty(), "{after}");
        keys.extend(found);
    }
    for after in ["", "[together]\n", "[[shared_cause]]\n", "pairs = [{ "] {
        let names = ["Stolen sign-in".to_owned(), "Lost laptop".to_owned()];
        let found = known(&risk::read_together(&wrong(together, after), &names).expect_err(after));
        assert!(!found.is_empty(), "{after}");
        keys.extend(found);
    }
    assert!(keys.len() > 50, "{keys:?}");
    for key in keys {
        let shown =
            [format!("`{key}`"), format!("{key} = "), format!("[{key}")].iter().any(|one| PAGE.contains(one));
        assert!(shown, "`{key}` is not on the page");
    }
}
