//! The collections in the data folder, where it is at hand: nothing panics, everything has evidence, honest mail is
//! hardly ever called harmful.

use std::path::PathBuf;

use mail::{Setting, VerdictKind};

fn folder(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("ALONGSIDE_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let folder = data.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no folder {name} in the data folder");
    None
}

/// Reads every `step`-th message of a folder and counts messages and harmful verdicts.
fn check(name: &str, prefix: &str, step: usize) -> Option<(usize, usize)> {
    let folder = folder(name)?;
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a readable folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.retain(|path| {
        path.extension().is_some_and(|end| end == "eml")
            && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix))
    });
    files.sort();
    let mut harmful = 0;
    let mut count = 0;
    for path in files.iter().step_by(step) {
        let raw = std::fs::read(path).expect("a readable file");
        let reading = mail::read(&raw, &Setting::default());
        assert!(!reading.evidence.is_empty(), "{}", path.display());
        crate::stories::spans_fit(&reading);
        count += 1;
        harmful += usize::from(reading.verdict.kind == VerdictKind::LikelyHarmful);
    }
    Some((harmful, count))
}

#[test]
fn honest_mail_is_hardly_ever_called_harmful() {
    if let Some((harmful, count)) = check("ham", "easy", 4) {
        assert!(harmful * 50 <= count, "{harmful} of {count}");
    }
    if let Some((harmful, count)) = check("ham", "hard", 2) {
        assert!(harmful * 20 <= count, "{harmful} of {count}");
    }
}

#[test]
fn more_harmful_mail_is_caught_than_by_rules_of_old() {
    if let Some((harmful, count)) = check("phish", "sample", 10) {
        assert!(harmful * 10 >= count * 3, "{harmful} of {count}");
    }
}
