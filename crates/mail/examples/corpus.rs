//! Reads every message of the phish and ham folders and prints what the analysis makes of them: speed, evidence,
//! verdicts with 95 % intervals (Wilson 1927), and how well reports of one lure are grouped.
//!
//! `cargo run --release -p mail --example corpus -- ../shared/data [--list KIND] [--rules]`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mail::{Reading, Setting, VerdictKind};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let rules = take(&mut arguments, "--rules");
    let list = take(&mut arguments, "--list");
    let folder = PathBuf::from(arguments.first().map_or("../shared/data", String::as_str));
    let phish = files(&folder.join("phish"));
    let ham = files(&folder.join("ham"));
    if phish.is_empty() && ham.is_empty() {
        println!("skipped: no messages below {}", folder.display());
        return;
    }
    let setting = Setting::default();
    let mut groups: BTreeMap<&str, Vec<(String, Reading)>> = BTreeMap::new();
    let mut panics = 0;
    let mut bytes = 0;
    for path in phish.iter().chain(&ham) {
        let Ok(raw) = std::fs::read(path) else { continue };
        bytes += raw.len();
        let reading = std::panic::catch_unwind(|| mail::read(&raw, &setting));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let group = if path.starts_with(folder.join("phish")) {
            "phish"
        } else if name.starts_with("hard") {
            "ham hard"
        } else {
            "ham easy"
        };
        match reading {
            Ok(reading) => groups.entry(group).or_default().push((name, reading)),
            Err(_) => panics += 1,
        }
    }
    let all = || groups.values().flatten();
    let count = all().count() + panics;
    println!("files {count}, {:.1} MB, panics {panics}", bytes as f64 / 1e6);
    println!("files without evidence {}", all().filter(|(_, reading)| reading.evidence.is_empty()).count());
    println!("originals recovered {}", all().filter(|(_, reading)| reading.original.is_some()).count());
    let per_pass = speed(&phish, &ham, &setting);
    println!("messages per CPU second {per_pass:.0} (full analysis, three passes, one core)");
    println!();
    table(&groups);
    println!();
    for (group, readings) in &groups {
        clusters(group, readings);
    }
    if list {
        for (group, readings) in &groups {
            for (name, reading) in readings {
                let message = reading.subject_message();
                let from = message
                    .from
                    .as_ref()
                    .map(|from| format!("{} <{}>", from.name.as_deref().unwrap_or(""), from.address));
                println!(
                    "{group}\t{name}\t{:?}\t{}\t{}\t{}\t{}",
                    reading.verdict.kind,
                    reading.verdict.score,
                    reading.verdict.reasons.join(","),
                    from.unwrap_or_default().chars().take(60).collect::<String>(),
                    message.subject.chars().take(60).collect::<String>(),
                );
            }
        }
    }
    if rules {
        rule_table(&groups);
    }
}

fn take(arguments: &mut Vec<String>, flag: &str) -> bool {
    let before = arguments.len();
    arguments.retain(|argument| argument != flag);
    arguments.len() < before
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    files.sort();
    files
}

/// Full analysis of everything, three times over, in messages per second of processor time.
fn speed(phish: &[PathBuf], ham: &[PathBuf], setting: &Setting) -> f64 {
    let raw: Vec<Vec<u8>> = phish.iter().chain(ham).filter_map(|path| std::fs::read(path).ok()).collect();
    let before = cpu_seconds();
    for _ in 0..3 {
        for message in &raw {
            std::hint::black_box(mail::read(message, setting));
        }
    }
    raw.len() as f64 * 3.0 / (cpu_seconds() - before).max(1e-9)
}

fn table(groups: &BTreeMap<&str, Vec<(String, Reading)>>) {
    let kinds = [
        VerdictKind::LikelyHarmful,
        VerdictKind::Suspicious,
        VerdictKind::CannotTell,
        VerdictKind::LooksGenuine,
        VerdictKind::OurDrill,
    ];
    println!("{:<10} {:>5}  share of each verdict with its 95 % interval", "", "n");
    for (group, readings) in groups {
        for kind in kinds {
            let hits = readings.iter().filter(|(_, reading)| reading.verdict.kind == kind).count();
            let (low, high) = wilson(hits, readings.len());
            println!(
                "{group:<10} {:>5}  {:<14} {hits:>4}  {:5.1} %  [{:4.1}, {:4.1}]",
                readings.len(),
                format!("{kind:?}"),
                100.0 * hits as f64 / readings.len() as f64,
                100.0 * low,
                100.0 * high,
            );
        }
    }
}

fn rule_table(groups: &BTreeMap<&str, Vec<(String, Reading)>>) {
    let mut seen: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for (group, readings) in groups {
        for (_, reading) in readings {
            let mut codes: Vec<_> = reading.evidence.iter().map(|one| one.finding.rule.to_string()).collect();
            codes.sort();
            codes.dedup();
            for code in codes {
                *seen.entry(code).or_default().entry(group).or_default() += 1;
            }
        }
    }
    println!("\n{:<28} {}", "rule", groups.keys().map(|group| format!("{group:>10}")).collect::<String>());
    for (code, counts) in seen {
        let cells: String = groups
            .iter()
            .map(|(group, readings)| {
                let hits = counts.get(group).copied().unwrap_or(0);
                format!("{:>8.1} %", 100.0 * hits as f64 / readings.len().max(1) as f64)
            })
            .collect();
        println!("{code:<28} {cells}");
    }
}

/// Groups the messages of one folder as the desk would: candidates by shared keys, then the closer look. Prints how
/// many of the pairs that are alike the keys find, and how many copies that differ only in digits are kept together.
fn clusters(group: &str, readings: &[(String, Reading)]) {
    let prints: Vec<_> = readings
        .iter()
        .map(|(_, reading)| mail::fingerprint(reading.subject_message(), &Setting::default()))
        .collect();
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, print) in prints.iter().enumerate() {
        for key in print.keys() {
            by_key.entry(key).or_default().push(index);
        }
    }
    let mut root: Vec<usize> = (0..prints.len()).collect();
    let mut candidates: std::collections::BTreeSet<(usize, usize)> = std::collections::BTreeSet::new();
    for members in by_key.values() {
        for (at, one) in members.iter().enumerate() {
            candidates.extend(members.iter().skip(at + 1).map(|other| (*one, *other)));
        }
    }
    let mut joined = 0;
    for (one, other) in &candidates {
        if let (Some(a), Some(b)) = (prints.get(*one), prints.get(*other))
            && mail::alike(a, b)
        {
            joined += 1;
            let (x, y) = (find(&root, *one), find(&root, *other));
            if let Some(slot) = root.get_mut(x.max(y)) {
                *slot = x.min(y);
            }
        }
    }
    let mut alike = 0;
    for (at, one) in prints.iter().enumerate() {
        alike += prints.iter().skip(at + 1).filter(|other| mail::alike(one, other)).count();
    }
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for index in 0..prints.len() {
        *sizes.entry(find(&root, index)).or_default() += 1;
    }
    let largest = sizes.values().max().copied().unwrap_or(0);
    let mut copies: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (_, reading)) in readings.iter().enumerate() {
        let text = &reading.subject_message().text;
        if text.split_whitespace().count() >= 10 {
            let masked: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let masked = masked.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            copies.entry(masked).or_default().push(index);
        }
    }
    let pairs = |members: &Vec<usize>| members.len() * (members.len() - 1) / 2;
    let copy_pairs: usize = copies.values().map(pairs).sum();
    let kept: usize = copies
        .values()
        .flat_map(|members| members.iter().enumerate().map(move |(at, one)| (members, at, *one)))
        .map(|(members, at, one)| {
            members.iter().skip(at + 1).filter(|other| find(&root, **other) == find(&root, one)).count()
        })
        .sum();
    println!(
        "{group}: {} messages in {} groups, largest {largest}; pairs alike {alike}, of these found by keys {joined}, \
         candidates {}; copies but for digits kept together {kept} of {copy_pairs} pairs ({} distinct texts)",
        prints.len(),
        sizes.len(),
        candidates.len(),
        copies.len(),
    );
}

fn find(root: &[usize], mut index: usize) -> usize {
    while let Some(up) = root.get(index).copied().filter(|up| *up != index) {
        index = up;
    }
    index
}

/// The 95 % score interval of a share (Wilson 1927).
fn wilson(hits: usize, n: usize) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (n as f64, 1.96_f64);
    let share = hits as f64 / n;
    let middle = share + z * z / (2.0 * n);
    let spread = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    ((middle - spread) / scale, (middle + spread) / scale)
}

/// Processor time of this process so far, user and system, in seconds. Zero where `/proc` is absent.
fn cpu_seconds() -> f64 {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return 0.0 };
    // The command's name may hold spaces; user and system time are the 12th and 13th fields after it (proc(5)), in
    // ticks of a hundredth of a second.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}
