//! Building every test once, and running the test programs, as often as there are stores to run them on.
//! One build for all parts: another list of packages would mean other features, and building everything again.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::Counts;
use crate::{Problem, run};

/// A test program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestProgram {
    pub package: String,
    /// `lib`, `bin` or `test`.
    pub kind: String,
    pub name: String,
    pub file: PathBuf,
    /// The package's folder, where its tests run.
    pub folder: PathBuf,
    /// The file that holds its `main`.
    pub root: PathBuf,
}

impl TestProgram {
    /// Where its sources are: one file for a test that is one, else a folder.
    fn sources(&self) -> PathBuf {
        let alone = self.kind == "test" && self.root.file_name().is_some_and(|name| name != "main.rs");
        if alone { self.root.clone() } else { self.root.parent().unwrap_or(&self.folder).to_owned() }
    }
}

/// What one build gave.
#[derive(Debug)]
pub struct Built {
    pub tests: Vec<TestProgram>,
    /// The product's own program.
    pub alongside: PathBuf,
}

/// Builds the program and all tests.
///
/// # Errors
/// When something does not compile.
pub fn build() -> Result<Built, Problem> {
    let mut command = run::cargo();
    command.args(["build", "--workspace", "--bins", "--tests", "--message-format=json-render-diagnostics"]);
    let mut tests = Vec::new();
    let mut alongside = None;
    let built = run::reading(&mut command, |line| {
        let Ok(message) = serde_json::from_str::<Value>(line) else { return };
        if let Some(program) = test_program(&message) {
            tests.push(program);
        } else if message.pointer("/target/name").is_some_and(|name| name == "alongside") {
            alongside =
                message.get("executable").and_then(Value::as_str).map(PathBuf::from).or(alongside.take());
        }
    })?;
    if !built {
        return Err("it does not compile".into());
    }
    tests.sort_by(|a, b| (&a.package, &a.kind, &a.name).cmp(&(&b.package, &b.kind, &b.name)));
    Ok(Built { tests, alongside: alongside.ok_or("the build gave no program called `alongside`")? })
}

fn test_program(message: &Value) -> Option<TestProgram> {
    if message.pointer("/profile/test") != Some(&Value::Bool(true)) {
        return None;
    }
    let manifest = PathBuf::from(message.get("manifest_path")?.as_str()?);
    let folder = manifest.parent()?.to_owned();
    Some(TestProgram {
        package: folder.file_name()?.to_str()?.to_owned(),
        kind: message.pointer("/target/kind/0")?.as_str()?.to_owned(),
        name: message.pointer("/target/name")?.as_str()?.to_owned(),
        file: message.get("executable")?.as_str()?.into(),
        folder,
        root: message.pointer("/target/src_path")?.as_str()?.into(),
    })
}

impl Built {
    /// Tests that need no other program: all but those that drive sockets and servers from outside.
    pub fn needing_nothing(&self) -> Vec<&TestProgram> {
        let from_outside = |test: &TestProgram| {
            test.kind == "test" && ["intake", "alongside"].contains(&test.package.as_str())
        };
        self.tests.iter().filter(|test| !from_outside(test)).collect()
    }

    /// Tests of the packages whose sources know how to reach a PostgreSQL.
    ///
    /// # Errors
    /// When a source cannot be read, or when there are none.
    pub fn speaking_postgres(&self) -> Result<Vec<&TestProgram>, Problem> {
        let mut found = Vec::new();
        for test in &self.tests {
            if test.package != "xtask" && says(&test.sources(), "ALONGSIDE_TEST_POSTGRES")? {
                found.push(test);
            }
        }
        if found.is_empty() { Err("no test asks for ALONGSIDE_TEST_POSTGRES".into()) } else { Ok(found) }
    }
}

/// Whether a file, or a Rust file anywhere below a folder, holds `word`.
fn says(place: &std::path::Path, word: &str) -> Result<bool, Problem> {
    if !place.is_dir() {
        let is_rust = place.extension().is_some_and(|end| end == "rs");
        return Ok(is_rust && std::fs::read_to_string(place)?.contains(word));
    }
    for entry in std::fs::read_dir(place)? {
        if says(&entry?.path(), word)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Runs test programs one after the other, each using all cores.
///
/// # Errors
/// When one cannot start.
pub fn run(programs: &[&TestProgram], environment: &[(&str, &str)]) -> Result<Counts, Problem> {
    let mut whole = Counts::default();
    for program in programs {
        let mut command = Command::new(&program.file);
        command.arg("--show-output").current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder);
        command.envs(environment.iter().copied());
        let counts = listen(&format!("{} {} {}", program.package, program.kind, program.name), &mut command)?;
        whole.passed += counts.passed;
        whole.failed += counts.failed;
    }
    Ok(whole)
}

/// The examples in documentation comments.
///
/// # Errors
/// When cargo cannot start.
pub fn documentation() -> Result<Counts, Problem> {
    listen(
        "documentation",
        run::cargo().args(["test", "--workspace", "--doc", "--quiet", "--", "--show-output"]),
    )
}

/// Runs a program that speaks like Rust's test harness: shows what failed and what was skipped, counts the rest.
fn listen(name: &str, command: &mut Command) -> Result<Counts, Problem> {
    let mut heard = Heard::default();
    let ended_well = run::reading(command, |line| heard.line(line))?;
    let mut counts = heard.counts;
    if !ended_well && counts.failed == 0 {
        println!("{name}: it ended badly before all tests were run");
        counts.failed = 1;
    }
    println!("{name}: {} passed, {} failed", counts.passed, counts.failed);
    Ok(counts)
}

#[derive(Default)]
struct Heard {
    counts: Counts,
    /// Inside the list of what passing tests printed.
    quiet: bool,
}

impl Heard {
    fn line(&mut self, line: &str) {
        match line.trim_end() {
            "successes:" => self.quiet = true,
            "failures:" => self.quiet = false,
            _ => {}
        }
        // Only the harness itself counts: a test may print sums of its own.
        if let Some(counts) = counts_in(line).filter(|_| line.starts_with("test result:")) {
            self.quiet = false;
            self.counts.passed += counts.passed;
            self.counts.failed += counts.failed;
            return;
        }
        let passing = self.quiet
            || line.is_empty()
            || (line.starts_with("test ") && line.ends_with(" ok"))
            || line.starts_with("running ");
        if !passing || line.starts_with("skipped:") {
            println!("  {line}");
        }
    }
}

/// The counts in a harness's last line (`test result: ok. 3 passed; 0 failed; …`) or in ours (`3 passed, 0 failed`).
pub fn counts_in(line: &str) -> Option<Counts> {
    if !line.starts_with("test result:") && !line.ends_with(" failed") {
        return None;
    }
    let before = |word: &str| line.split(word).next()?.split_whitespace().next_back()?.parse().ok();
    Some(Counts { passed: before(" passed")?, failed: before(" failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;

    #[test]
    fn counts_are_read_from_both_kinds_of_last_line() {
        let harness = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(counts_in(harness), Some(Counts { passed: 12, failed: 3 }));
        assert_eq!(counts_in("browser: 40 passed, 1 failed"), Some(Counts { passed: 40, failed: 1 }));
        assert_eq!(counts_in("the story passed and nothing failed"), None);
        assert_eq!(counts_in("test a_story ... FAILED"), None);
    }

    #[test]
    fn sums_that_a_test_prints_are_not_counted() {
        let mut heard = Heard::default();
        for line in ["successes:", "3 passed, 1 failed", "test result: ok. 2 passed; 0 failed; 0 ignored"] {
            heard.line(line);
        }
        assert_eq!(heard.counts, Counts { passed: 2, failed: 0 });
    }

    #[test]
    fn only_test_programs_are_taken_from_the_build() {
        let message = |test: bool| {
            serde_json::json!({
                "profile": { "test": test }, "manifest_path": "/home/kim/alongside/crates/desk/Cargo.toml",
                "target": { "kind": ["lib"], "name": "desk", "src_path": "/home/kim/alongside/crates/desk/src/lib.rs" }, "executable": "/home/kim/target/debug/deps/desk-1",
            })
        };
        let program = test_program(&message(true)).unwrap();
        assert_eq!((program.package.as_str(), program.kind.as_str()), ("desk", "lib"));
        assert_eq!(test_program(&message(false)), None);
    }

    #[test]
    fn the_quick_form_leaves_out_tests_that_start_servers() {
        let test = |package: &str, kind: &str| TestProgram {
            package: package.into(),
            kind: kind.into(),
            name: "it".into(),
            file: "it".into(),
            folder: ".".into(),
            root: "tests/it.rs".into(),
        };
        let tests = vec![
            test("alongside", "test"),
            test("desk", "test"),
            test("intake", "lib"),
            test("intake", "test"),
        ];
        let built = Built { tests, alongside: "alongside".into() };
        let chosen: Vec<&str> =
            built.needing_nothing().into_iter().map(|test| test.package.as_str()).collect();
        assert_eq!(chosen, ["desk", "intake"]);
    }

    #[test]
    fn the_desk_is_found_to_speak_postgres() {
        assert!(says(&root().join("crates/desk/src"), "ALONGSIDE_TEST_POSTGRES").unwrap());
        assert!(!says(&root().join("crates/finding/src"), "ALONGSIDE_TEST_POSTGRES").unwrap());
    }
}
