//! How fast the checker is, and how quiet it is on ordinary documentation.
//!
//! `cargo run --release -p lint --example throughput -- FOLDER…` reads Markdown and HTML documentation below the folders
//! (default: crate documentation in the cargo registry, `/usr/share/doc` and the Rust books where they are installed), takes about
//! 10 MB of prose, and prints megabytes per CPU second for 10 KB, 100 KB, 1 MB and 10 MB, and findings per 1,000 words.

use lint::{Checker, Draft, Format, Kind, Profile};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

const TARGET: usize = 10_000_000;

fn main() {
    let arguments: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let folders = if arguments.is_empty() { default_folders() } else { arguments };
    let corpus = corpus(&folders);
    let words = corpus.split_whitespace().count();
    println!("corpus: {} bytes, {words} words, {} paragraphs", corpus.len(), corpus.matches("\n\n").count());
    if let Some(path) = std::env::var_os("WRITE_CORPUS") {
        std::fs::write(path, &corpus).expect("the corpus can be written");
    }
    let profile = Profile::default();
    for kind in [Kind::Awareness, Kind::Documentation] {
        println!("\n{} (all rules of this kind and all document checks)", kind.as_str());
        for size in [10_000, 100_000, 1_000_000, TARGET] {
            let text = cut(&corpus, size);
            let inner = (1_000_000 / text.len()).max(1);
            let mut times: Vec<f64> = (0..if text.len() > 5_000_000 { 3 } else { 5 })
                .map(|_| {
                    let start = cpu_seconds();
                    for _ in 0..inner {
                        let draft = Draft::plain(text, &profile).format(Format::Markdown).kind(kind);
                        std::hint::black_box(Checker::standard().check(&draft));
                    }
                    (cpu_seconds() - start) / inner as f64
                })
                .collect();
            times.sort_by(f64::total_cmp);
            let median = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
            println!(
                "  {:>9} bytes: {:8.3} ms, {:6.1} MB per CPU second",
                text.len(),
                median * 1e3,
                text.len() as f64 / 1e6 / median
            );
        }
    }
    let start = Instant::now();
    for kind in [Kind::Other, Kind::Documentation] {
        noise(&corpus, &profile, kind);
    }
    println!("noise counted in {:.1} s", start.elapsed().as_secs_f64());
}

fn noise(corpus: &str, profile: &Profile, kind: Kind) {
    let report =
        Checker::standard().check(&Draft::plain(corpus, profile).format(Format::Markdown).kind(kind));
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        *by_rule.entry(&finding.rule).or_default() += 1;
    }
    let per_thousand = report.findings.len() as f64 * 1000.0 / report.words as f64;
    println!(
        "\nas {}: {} findings in {} words: {per_thousand:.2} per 1,000 words",
        kind.as_str(),
        report.findings.len(),
        report.words
    );
    let mut counts: Vec<(&str, usize)> = by_rule.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (rule, count) in counts.iter().take(12) {
        let shown = report.findings.iter().filter(|finding| finding.rule == *rule).take(400).step_by(57);
        let examples: Vec<String> = shown
            .map(|finding| {
                finding.span.of(corpus).unwrap_or("").chars().take(40).collect::<String>().replace('\n', " ")
            })
            .collect();
        println!("  {rule} {count:>6}  {}", examples.join(" | "));
    }
}

/// CPU seconds of this process, user and system, where the system says; wall time elsewhere.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match stat.split_whitespace().next().and_then(|first| first.parse::<f64>().ok()) {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0.0, |now| now.as_secs_f64()),
    }
}

fn default_folders() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo"));
    vec![
        PathBuf::from("/usr/share/doc"),
        PathBuf::from("/usr/share/debian-reference"),
        home.join("registry/src"),
    ]
}

/// Prose paragraphs: eight words or more, mostly letters, no paragraph twice.
fn corpus(folders: &[PathBuf]) -> String {
    let mut files = Vec::new();
    for folder in folders {
        walk(folder, &mut files);
    }
    files.sort();
    let mut out = String::with_capacity(TARGET + 100_000);
    let mut seen = HashSet::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        let lines: String = match ending {
            "rs" => doc_comments(&text),
            _ => text,
        };
        let format = if ending == "html" { Format::Html } else { Format::Markdown };
        let prose = text::scope::read(&lines, format);
        for block in &prose.blocks {
            let Some(part) = prose.text.get(block.range.clone()) else { continue };
            let paragraph =
                part.split_whitespace().collect::<Vec<_>>().join(" ").replace(text::word::STAND_IN, "it");
            let letters =
                paragraph.bytes().filter(|byte| byte.is_ascii_alphabetic() || *byte == b' ').count();
            if paragraph.split(' ').count() < 8
                || letters * 100 < paragraph.len() * 85
                || !seen.insert(paragraph.clone())
            {
                continue;
            }
            out.push_str(&paragraph);
            out.push_str("\n\n");
            if out.len() >= TARGET {
                return out;
            }
        }
    }
    out
}

/// The documentation comments of a Rust source file, as Markdown.
fn doc_comments(source: &str) -> String {
    let mut out = String::new();
    for line in source.lines() {
        let line = line.trim_start();
        match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            Some(comment) => {
                out.push_str(comment.strip_prefix(' ').unwrap_or(comment));
                out.push('\n');
            }
            None if out.ends_with("\n\n") => {}
            None => out.push('\n'),
        }
    }
    out
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.is_symlink() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "md" || ending == "html" || ending == "rs")
        {
            files.push(path);
        }
    }
}

fn cut(text: &str, size: usize) -> &str {
    let mut end = size.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}
