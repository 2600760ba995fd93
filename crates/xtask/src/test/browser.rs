//! The browser tests under `tests/browser`: the built binary, Debian's Chromium, axe on every page.

use std::path::Path;
use std::process::Command;

use super::Counts;
use super::binaries::counts_in;
use crate::{Problem, root, run};

/// Brings the pinned npm packages, unless they are here already.
///
/// # Errors
/// When npm cannot bring them.
pub fn install() -> Result<(), Problem> {
    let folder = root().join("tests/browser");
    let changed = |file: &str| std::fs::metadata(folder.join(file)).and_then(|data| data.modified());
    let fresh = match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Ok(installed), Ok(asked)) => installed >= asked,
        _ => false,
    };
    if fresh {
        return Ok(());
    }
    run::to_the_end(
        Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder),
    )
}

/// Runs them against a built binary.
///
/// # Errors
/// When Node cannot run or said no count at its end.
pub fn run(alongside: &Path, screenshots: Option<&Path>) -> Result<Counts, Problem> {
    install()?;
    let mut command = Command::new("node");
    command.arg("run.mjs").arg("--binary").arg(alongside).current_dir(root().join("tests/browser"));
    if let Some(folder) = screenshots {
        std::fs::create_dir_all(folder)?;
        command.arg("--screenshots").arg(folder.canonicalize()?);
    }
    let mut counts = None;
    let ended_well = run::reading(&mut command, |line| {
        println!("{line}");
        counts = counts_in(line).or(counts);
    })?;
    match counts {
        Some(counts) if ended_well || counts.failed > 0 => Ok(counts),
        _ => Err("the browser tests stopped before their end".into()),
    }
}
