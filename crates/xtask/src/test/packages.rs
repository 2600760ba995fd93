//! What the tests need beyond Rust, installed from the distribution where it is missing.

use std::process::Command;

use super::Counts;
use crate::test::{browser, postgres};
use crate::{Problem, run};

/// A program, whether it is here, and the Debian package that brings it.
fn missing() -> Vec<&'static str> {
    let here = |program: &str| run::find(program).is_some();
    let wanted = [
        ("chromium", here("chromium")),
        ("postgresql", postgres::folder_of_programs().is_some()),
        ("dovecot-imapd", here("dovecot")),
        ("nodejs", here("node")),
        ("npm", here("npm")),
    ];
    wanted.into_iter().filter(|(_, here)| !here).map(|(package, _)| package).collect()
}

/// Installs what is missing.
///
/// # Errors
/// Names the packages that could not be installed; the parts that need them will say so too.
pub fn install() -> Result<Counts, Problem> {
    let wanted = missing();
    if !wanted.is_empty() {
        println!("installing: {}", wanted.join(" "));
        let by_hand = || format!("please install these Debian packages: {}", wanted.join(" "));
        apt(&["update"]).map_err(|problem| format!("{}; {problem}", by_hand()))?;
        let mut words = vec!["install", "--yes", "--no-install-recommends"];
        words.extend(&wanted);
        if wanted.contains(&"chromium") {
            words.push("fonts-dejavu-core");
        }
        apt(&words).map_err(|problem| format!("{}; {problem}", by_hand()))?;
    }
    browser::install()?;
    let left = missing();
    if left.is_empty() {
        Ok(Counts { passed: 1, failed: 0 })
    } else {
        Err(format!("still missing: {}", left.join(" ")).into())
    }
}

fn apt(words: &[&str]) -> Result<(), Problem> {
    let mut command = if run::is_root() {
        Command::new("apt-get")
    } else {
        let mut command = Command::new("sudo");
        command.args(["--non-interactive", "apt-get"]);
        command
    };
    run::to_the_end(command.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
}
