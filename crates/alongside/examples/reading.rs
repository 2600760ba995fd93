//! How many messages a second of processor `alongside read --json` reads, with everything the desk would see in them.
//!
//! `cargo run --release -p alongside --example reading -- ../shared/data`
//!
//! The folder holds messages (`.eml`), or folders of them. Times are those of the started program, with its start,
//! where the system tells them (Linux); other programs on the machine lengthen them, so the best of the runs is printed too.

#[path = "../tests/rig/mod.rs"]
#[expect(dead_code, reason = "shared with tests and another example")]
mod rig;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use clap::Parser;

/// What to read, and how often
#[derive(Parser)]
struct Args {
    /// A folder of messages, or of folders of messages
    folder: PathBuf,
    /// Times to read all of them
    #[arg(long, default_value_t = 5)]
    runs: usize,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut files = messages(&args.folder)?;
    for folder in inside(&args.folder)?.into_iter().filter(|path| path.is_dir()) {
        files.extend(messages(&folder)?);
    }
    ensure!(!files.is_empty(), "no messages in `{}`", args.folder.display());
    let binary = rig::built_binary()?;
    let mut seconds = Vec::new();
    for _ in 0..args.runs.max(1) {
        let before = of_programs_started()?;
        let status =
            Command::new(&binary).args(["read", "--json"]).args(&files).stdout(Stdio::null()).status()?;
        ensure!(matches!(status.code(), Some(0 | 1)), "`alongside read` ended with {status}");
        seconds.push(of_programs_started()? - before);
    }
    seconds.sort_by(f64::total_cmp);
    let per_second = |seconds: Option<&f64>| files.len() as f64 / seconds.copied().unwrap_or(f64::NAN);
    println!(
        "{} messages: {:.0} per CPU second (user time, median of {} runs), {:.0} in the best run; goal >= 1000",
        files.len(),
        per_second(seconds.get(seconds.len() / 2)),
        seconds.len(),
        per_second(seconds.first()),
    );
    Ok(())
}

fn inside(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot open `{}`", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

fn messages(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = inside(folder)?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    Ok(files)
}

/// Seconds of user time that ended programs started by this one have taken (proc(5), `cutime`).
fn of_programs_started() -> anyhow::Result<f64> {
    let stat =
        std::fs::read_to_string("/proc/self/stat").context("the system does not tell processor times")?;
    // The name of the program may hold spaces; the field is the 14th after it, in hundredths of a second.
    let ticks =
        stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(13)).context("no times")?;
    Ok(ticks.parse::<f64>()? / 100.0)
}
