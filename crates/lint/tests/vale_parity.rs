//! The public styles Microsoft, write-good and alex run unchanged and give the `file:line:col:rule:message` lines that their own
//! `rules.feature` expects. Differences are listed below with their reasons; a difference that is not listed fails.
//!
//! Any other style can be compared as well, from a folder laid out as its repository is (`Name/*.yml`, `fixtures/*/.vale.ini` and
//! `features/rules.feature` or `rules.feature`); several folders stand in one value as in `PATH`. It prints every difference and
//! fails on one:
//!
//! ```text
//! ALONGSIDE_VALE_STYLES=/path/to/Google cargo test -p lint --test vale_parity -- another --nocapture
//! ```

use lint::Format;
use lint::vale::{Style, StyleRule, check};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Lines that the fixtures' authors expect and we do not give, with the reason.
const NOT_GIVEN: [(&str, &str); 4] = [
    (
        "fail.md:3:21:alex.Profanity",
        "the style has no rule `Profanity` any more; `ProfanityLikely` marks the same word",
    ),
    ("fail.md:6:13:alex.Profanity", "as above; marked by a rule of the three that replaced it"),
    ("fail.md:6:18:alex.Profanity", "as above"),
    ("fail.md:8:210:alex.Profanity", "as above"),
];

/// Lines that we give and the fixtures' authors do not expect, with the reason.
const GIVEN_AS_WELL: [(&str, &str); 2] = [
    (
        "test.md:5:23:write-good.Weasel",
        "`fairly` stands in the rule's own tokens; the expectation is older than the fixture's last line",
    ),
    (
        "fail.md:",
        "`alex` is run as a whole style there; the expectation names one rule that no longer exists",
    ),
];

fn data() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("ALONGSIDE_DATA")
        .map_or_else(|| root.join("../shared/data"), PathBuf::from)
        .join("vale-styles");
    if data.is_dir() {
        return Some(data);
    }
    println!("skipped: there is no {}", data.display());
    None
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file of the style that can be read")
}

/// The style in a folder that holds `Name/*.yml`.
fn style(folder: &Path, name: &str) -> Style {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder.join(name))
        .expect("the style's folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "yml"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), read(&path)))
        .collect();
    files.sort();
    Style::read(name, files.iter().map(|(rule, yaml)| (rule.as_str(), yaml.as_str())))
}

/// The rules that a fixture's `.vale.ini` turns on.
fn enabled<'a>(style: &'a Style, settings: &str) -> Vec<&'a StyleRule> {
    let mut on = BTreeSet::new();
    for line in settings.lines() {
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("BasedOnStyles", name)) if name == style.name => {
                on.extend(style.rules.iter().map(|rule| rule.name.as_str()))
            }
            Some((key, "YES")) => {
                on.insert(key);
            }
            _ => {}
        }
    }
    style.rules.iter().filter(|rule| on.contains(rule.name.as_str())).collect()
}

/// `(fixture, expected lines)` of a `rules.feature`, without its comments.
fn scenarios(feature: &str) -> Vec<(String, Vec<String>)> {
    let mut scenarios: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in feature.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("When I test \"").and_then(|rest| rest.strip_suffix('"')) {
            scenarios.push((name.to_string(), Vec::new()));
        } else if line == "\"\"\"" {
            inside = !inside;
        } else if inside && let Some((_, lines)) = scenarios.last_mut() {
            lines.push(line.to_string());
        }
    }
    scenarios
}

/// What we say about one fixture, in the format of the expectations.
fn given(style: &Style, folder: &Path) -> Vec<String> {
    let rules = enabled(style, &read(&folder.join(".vale.ini")));
    let mut lines = Vec::new();
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a fixture").filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let format = match path.extension().and_then(|extension| extension.to_str()) {
            Some("md") => Format::Markdown,
            Some("rst") => Format::Plain,
            _ => continue,
        };
        let text = read(&path);
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        for finding in check(rules.iter().copied(), &text, format) {
            let before = text.get(..finding.span.start).expect("a span on character boundaries");
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            lines.push(format!("{name}:{line}:{column}:{}:{}", finding.rule, finding.message));
        }
    }
    lines
}

/// How the lines given differ from the lines expected.
#[derive(Default)]
struct Parity {
    total: usize,
    same: usize,
    not_given: Vec<(String, String)>,
    given_as_well: Vec<(String, String)>,
    /// Fixtures that the feature file names and that are not there; their lines are in `total`.
    missing: Vec<(String, usize)>,
}

fn parity(style: &Style, folder: &Path) -> Parity {
    let mut parity = Parity::default();
    let feature = ["features/rules.feature", "rules.feature"].map(|name| folder.join(name));
    let feature = feature.iter().find(|path| path.is_file()).expect("the style's `rules.feature`");
    for (fixture, expected) in scenarios(&read(feature)) {
        parity.total += expected.len();
        let files = folder.join("fixtures").join(&fixture);
        if !files.join(".vale.ini").is_file() {
            parity.missing.push((fixture, expected.len()));
            continue;
        }
        let given = given(style, &files);
        for line in &expected {
            if given.contains(line) {
                parity.same += 1;
            } else {
                parity.not_given.push((fixture.clone(), line.clone()));
            }
        }
        let more = given.into_iter().filter(|line| !expected.contains(line));
        parity.given_as_well.extend(more.map(|line| (fixture.clone(), line)));
    }
    parity
}

fn compare(name: &str, wanted: usize) {
    let Some(data) = data() else { return };
    let folder = data.join(name);
    let style = style(&folder, name);
    assert_eq!(style.skipped, Vec::new(), "every rule of the style runs");
    let mut parity = parity(&style, &folder);
    println!("{name}: {} of {} expected lines are the same", parity.same, parity.total);
    parity.not_given.retain(|(_, line)| !NOT_GIVEN.iter().any(|(begin, _)| line.starts_with(begin)));
    parity.given_as_well.retain(|(_, line)| !GIVEN_AS_WELL.iter().any(|(begin, _)| line.starts_with(begin)));
    assert_eq!(parity.missing, Vec::new(), "every fixture is there");
    assert_eq!(parity.not_given, Vec::new(), "{name}: expected and not given");
    assert_eq!(parity.given_as_well, Vec::new(), "{name}: given and not expected");
    assert_eq!(parity.total, wanted, "the number of expected lines");
}

#[test]
fn another_style_gives_its_expected_lines() {
    let Some(folders) = std::env::var_os("ALONGSIDE_VALE_STYLES") else { return };
    let mut differences = 0;
    for folder in std::env::split_paths(&folders) {
        let name = folder.file_name().expect("a folder with a name").to_string_lossy().into_owned();
        let style = style(&folder, &name);
        let parity = parity(&style, &folder);
        for (rule, reason) in &style.skipped {
            println!("{name}: {rule} does not run: {reason}");
        }
        for (fixture, lines) in &parity.missing {
            println!("{name}: the fixture {fixture} is not there ({lines} lines)");
        }
        for (fixture, line) in &parity.not_given {
            println!("{name}: {fixture}: expected and not given: {line}");
        }
        for (fixture, line) in &parity.given_as_well {
            println!("{name}: {fixture}: given and not expected: {line}");
        }
        println!("{name}: {} of {} expected lines are the same", parity.same, parity.total);
        differences += parity.missing.len() + parity.not_given.len() + parity.given_as_well.len();
    }
    assert_eq!(differences, 0, "differences; they are printed above");
}

#[test]
fn microsoft_gives_its_expected_lines() {
    compare("Microsoft", 127);
}

#[test]
fn write_good_gives_its_expected_lines() {
    compare("write-good", 11);
}

#[test]
fn alex_gives_its_expected_lines() {
    compare("alex", 4);
}

#[test]
fn alex_marks_the_words_its_old_rule_marked() {
    let Some(data) = data() else { return };
    let style = style(&data.join("alex"), "alex");
    let given = given(&style, &data.join("alex/fixtures/basic"));
    for (line, word) in [
        ("fail.md:3:21:", "fucking"),
        ("fail.md:6:13:", "damn"),
        ("fail.md:6:18:", "sexy"),
        ("fail.md:8:210:", "dead"),
    ] {
        assert!(
            given.iter().any(|given| given.starts_with(line) && given.contains(word)),
            "{line} {word}: {given:#?}"
        );
    }
}
