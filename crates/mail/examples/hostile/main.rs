//! Reads mail made to hurt, each in a process of its own, and prints what it costs: memory, time, and what the desk
//! says about it. Everything is made here, the same each time.
//!
//! `cargo run --release -p mail --example hostile [-- PART-OF-A-NAME]`
//!
//! Memory is the most the process ever held (`VmHWM`) less what it takes to read a mail of one word; the message
//! itself is in it. Time is that of the processor. Linux only.

mod documents;
mod inputs;
mod make;

use std::path::Path;
use std::process::{Command, ExitCode};

/// What the desk's documents promise for any message of the size its doors take.
const MOST_MEMORY: f64 = 300.0;
const MOST_SECONDS: f64 = 2.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, path] = arguments.as_slice()
        && flag == "--one"
    {
        return one(Path::new(path));
    }
    let wanted = arguments.first().map_or("", String::as_str);
    let folder = std::env::temp_dir().join(format!("hostile-{}", std::process::id()));
    if let Err(problem) = std::fs::create_dir_all(&folder) {
        println!("no room for the inputs: {problem}");
        return ExitCode::from(2);
    }
    let code = all(wanted, &folder.join("mail"));
    // Left-over inputs in a folder for temporary files hurt nobody.
    let _ = std::fs::remove_dir_all(&folder);
    code
}

fn all(wanted: &str, path: &Path) -> ExitCode {
    let Some(empty) = measure(path, b"Subject: word\n\nword\n") else {
        println!("the measuring process does not run here");
        return ExitCode::from(2);
    };
    println!("{:<44} {:>9} {:>10} {:>7}  said", "input", "size MiB", "memory MiB", "CPU s");
    let (mut most, mut longest, mut over) = ((0.0, ""), (0.0, ""), 0);
    for (name, make) in inputs::ALL.iter().chain(documents::ALL).filter(|(name, _)| name.contains(wanted)) {
        let raw = make();
        let size = raw.len() as f64 / f64::from(1 << 20);
        let Some(cost) = measure(path, &raw) else {
            println!("{name:<44} {size:>9.2} did not end well");
            over += 1;
            continue;
        };
        let memory = (cost.memory - empty.memory).max(0.0);
        let mark = if memory > MOST_MEMORY || cost.seconds > MOST_SECONDS { "!" } else { " " };
        over += usize::from(mark == "!");
        println!("{name:<44} {size:>9.2} {memory:>10.1} {:>7.2}{mark} {}", cost.seconds, cost.said);
        if memory > most.0 {
            most = (memory, name);
        }
        if cost.seconds > longest.0 {
            longest = (cost.seconds, name);
        }
    }
    println!(
        "most memory {:.1} MiB ({}), longest {:.2} s ({}), over the bounds of {MOST_MEMORY} MiB and {MOST_SECONDS} s: {over}",
        most.0, most.1, longest.0, longest.1
    );
    ExitCode::from(u8::from(over > 0))
}

struct Cost {
    memory: f64,
    seconds: f64,
    said: String,
}

/// Reads the message in a fresh process.
fn measure(path: &Path, raw: &[u8]) -> Option<Cost> {
    std::fs::write(path, raw).ok()?;
    let output = Command::new(std::env::current_exe().ok()?)
        .arg("--one")
        .arg(path)
        .env("RUST_BACKTRACE", "0")
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut pieces = text.trim().splitn(3, '\t');
    let memory: f64 = pieces.next()?.parse().ok()?;
    let seconds: f64 = pieces.next()?.parse().ok()?;
    Some(Cost { memory: memory / 1024.0, seconds, said: pieces.next().unwrap_or_default().to_owned() })
}

/// One message as the desk reads it, and what that took.
fn one(path: &Path) -> ExitCode {
    let Ok(raw) = std::fs::read(path) else { return ExitCode::from(2) };
    let before = cpu_seconds();
    let reading = mail::read(&raw, &mail::Setting::default());
    let message = reading.subject_message();
    let shown = mail::sanitised_html(message).map_or(0, |html| html.len());
    let keys = mail::fingerprint(message, &mail::Setting::default()).keys().len();
    let seconds = cpu_seconds() - before;
    let bounds = ["made-limits", "made-unreadable", "attachment-not-read", "image-too-large"];
    let is_bound = |code: &str| bounds.contains(&code) || code.ends_with("-bomb");
    let mut said: Vec<String> = reading
        .evidence
        .iter()
        .filter(|one| is_bound(&one.finding.rule))
        .map(|one| format!("{} ({})", one.finding.rule, one.finding.why))
        .collect();
    said.dedup();
    said.truncate(3);
    println!(
        "{}\t{seconds}\t{:?}, {} findings: {} [{} KiB shown, {keys} keys]",
        memory_kib(),
        reading.verdict.kind,
        reading.evidence.len(),
        said.join("; "),
        shown >> 10,
    );
    ExitCode::SUCCESS
}

/// The most memory this process ever held.
fn memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or(0.0);
    nanoseconds / 1e9
}
