//! `cargo xtask test`: every part in order, a summary at the end, and one last line `N passed, M failed`.
//! A part that cannot run says why and counts as failed; nothing is left out in silence.

mod binaries;
mod browser;
mod own_words;
mod packages;
mod postgres;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::{Problem, run, tidy};
use binaries::Built;

/// What a part gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

/// One part of the whole, as the summary shows it.
struct Part {
    name: &'static str,
    counts: Counts,
    took: Duration,
    /// Why it could not run, if it could not.
    problem: Option<String>,
}

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    quick: bool,
    only: Vec<String>,
    screenshots: Option<PathBuf>,
}

const PARTS: [&str; 5] = ["fmt", "clippy", "tests", "postgres", "browser"];

/// Runs what `args` ask for, or everything.
///
/// # Errors
/// When an argument is unknown, or when anything failed.
pub fn run(args: &[String]) -> Result<(), Problem> {
    let asked = asked(args)?;
    let mut parts = Vec::new();
    if !asked.quick {
        part(&mut parts, "packages", packages::install);
    }
    if asked.wants("fmt") {
        part(&mut parts, "fmt", || one(run::to_the_end(run::cargo().args(["fmt", "--all", "--check"]))));
    }
    if asked.wants("clippy") {
        let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        part(&mut parts, "clippy", || one(run::to_the_end(run::cargo().args(lints))));
    }
    if asked.only.is_empty() {
        part(&mut parts, "tidy", || one(tidy::run()));
    }
    if ["tests", "postgres", "browser"].iter().any(|name| asked.wants(name)) {
        let mut built = None;
        part(&mut parts, "build", || {
            built = Some(binaries::build()?);
            Ok(Counts { passed: 1, failed: 0 })
        });
        if let Some(built) = built {
            with_what_was_built(&asked, &built, &mut parts);
        }
    }
    summary(&parts)
}

fn with_what_was_built(asked: &Asked, built: &Built, parts: &mut Vec<Part>) {
    if asked.wants("tests") {
        let chosen = if asked.quick { built.needing_nothing() } else { built.tests.iter().collect() };
        part(parts, "tests", || binaries::run(&chosen, &[]));
        if !asked.quick {
            part(parts, "examples in docs", binaries::documentation);
        }
    }
    if asked.only.is_empty() {
        part(parts, "our own words", || one(own_words::check(&built.alongside)));
    }
    if asked.quick {
        return;
    }
    if asked.wants("postgres") {
        part(parts, "postgres", || {
            let server = postgres::Server::start()?;
            binaries::run(&built.speaking_postgres()?, &[("ALONGSIDE_TEST_POSTGRES", &server.url())])
        });
    }
    if asked.wants("browser") {
        part(parts, "browser", || browser::run(&built.alongside, asked.screenshots.as_deref()));
    }
}

impl Asked {
    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }
}

fn asked(args: &[String]) -> Result<Asked, Problem> {
    let mut asked = Asked::default();
    let mut rest = args.iter();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "--quick" => asked.quick = true,
            "--only" => {
                let name = rest.next().filter(|name| PARTS.contains(&name.as_str()));
                asked.only.push(
                    name.ok_or_else(|| format!("`--only` wants one of: {}", PARTS.join(", ")))?.clone(),
                );
            }
            "--screenshots" => {
                asked.screenshots = Some(rest.next().ok_or("`--screenshots` wants a folder")?.into())
            }
            unknown => return Err(format!("`cargo xtask test` does not know `{unknown}`").into()),
        }
    }
    Ok(asked)
}

/// A part that is one check.
fn one(outcome: Result<(), Problem>) -> Result<Counts, Problem> {
    outcome.map(|()| Counts { passed: 1, failed: 0 })
}

fn part(parts: &mut Vec<Part>, name: &'static str, work: impl FnOnce() -> Result<Counts, Problem>) {
    println!("\n== {name}");
    let begun = Instant::now();
    let (counts, problem) = match work() {
        Ok(counts) => (counts, None),
        Err(problem) => {
            println!("{name}: {problem}");
            (Counts { passed: 0, failed: 1 }, Some(problem.to_string()))
        }
    };
    parts.push(Part { name, counts, took: begun.elapsed(), problem });
}

fn summary(parts: &[Part]) -> Result<(), Problem> {
    println!("\n== summary");
    let mut whole = Counts::default();
    for part in parts {
        let Counts { passed, failed } = part.counts;
        let verdict = if failed == 0 { "ok" } else { "FAILED" };
        println!(
            "{:<17} {verdict:<7} {passed:>5} passed {failed:>4} failed {:>6} s",
            part.name,
            part.took.as_secs()
        );
        if let Some(problem) = &part.problem {
            println!("{:<17} {}", "", problem.lines().next().unwrap_or_default());
        }
        whole.passed += passed;
        whole.failed += failed;
    }
    println!("\n{} passed, {} failed", whole.passed, whole.failed);
    if whole.failed == 0 { Ok(()) } else { Err("not everything passed".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(String::from).collect()
    }

    #[test]
    fn every_word_is_understood_or_refused() {
        let all = asked(&words("--quick --only tests --only browser --screenshots shots")).unwrap();
        assert!(all.quick && all.wants("tests") && all.wants("browser") && !all.wants("fmt"));
        assert_eq!(all.screenshots, Some(PathBuf::from("shots")));
        assert!(asked(&[]).unwrap().wants("postgres"));
        assert!(asked(&words("--only everything")).unwrap_err().to_string().contains("postgres"));
        assert!(asked(&words("--fast")).unwrap_err().to_string().contains("--fast"));
    }

    #[test]
    fn a_part_that_cannot_run_fails_the_whole() {
        let mut parts = Vec::new();
        part(&mut parts, "good", || Ok(Counts { passed: 3, failed: 0 }));
        assert!(summary(&parts).is_ok());
        part(&mut parts, "missing", || Err("there is no browser".into()));
        assert!(summary(&parts).is_err());
        part(&mut parts, "one of many", || Ok(Counts { passed: 9, failed: 1 }));
        assert_eq!(parts.iter().map(|part| part.counts.failed).sum::<u64>(), 2);
    }
}
