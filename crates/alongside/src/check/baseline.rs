//! A baseline: findings that are known and left out. A finding is known by its file, rule and words, not by its line, so that it
//! stays known when the text around it moves.

use super::Checked;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    findings: Vec<Known>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Known {
    path: String,
    rule: String,
    text: String,
    count: usize,
}

/// Writes all findings as known.
pub(super) fn write(path: &Path, checked: &[Checked]) -> Result<(), String> {
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let root = folder_of(path);
    for one in checked {
        for finding in &one.report.findings {
            *counts.entry(key(one, finding, &root)).or_default() += 1;
        }
    }
    let findings =
        counts.into_iter().map(|((path, rule, text), count)| Known { path, rule, text, count }).collect();
    let text =
        serde_json::to_string_pretty(&File { version: 1, findings }).map_err(|error| error.to_string())?;
    let other = std::fs::read_to_string(path)
        .is_ok_and(|there| !there.trim().is_empty() && serde_json::from_str::<File>(&there).is_err());
    if other {
        return Err(format!(
            "`{}` was left as it is: it is there, and is no list of findings",
            crate::say::name(path)
        ));
    }
    crate::replace::file(path, &(text + "\n"))
        .map_err(|error| format!("`{}` could not be written: {error}", path.display()))
}

/// Leaves out what the file lists, as often as it lists it.
pub(super) fn filter(path: &Path, checked: &mut [Checked]) -> Result<(), String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the baseline `{}` could not be read: {error}", path.display()))?;
    let file: File = serde_json::from_str(&text).map_err(|error| {
        let why = match error.classify() {
            serde_json::error::Category::Data => "it is not a list of findings".to_owned(),
            _ => format!("line {} is not JSON", error.line().max(1)),
        };
        format!(
            "the baseline `{0}` cannot be used: {why}\nhint: a baseline is a file that `--write-baseline` made; write it anew with `alongside check --write-baseline {0}`",
            path.display()
        )
    })?;
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for known in file.findings {
        // A list that an older program made names the words too.
        let text = if lacks_something(&known.rule) { String::new() } else { known.text };
        *counts.entry((known.path, known.rule, text)).or_default() += known.count;
    }
    let root = folder_of(path);
    for one in checked {
        let findings = std::mem::take(&mut one.report.findings);
        for finding in findings {
            match counts.get_mut(&key(one, &finding, &root)) {
                Some(left) if *left > 0 => *left -= 1,
                _ => one.report.findings.push(finding),
            }
        }
    }
    Ok(())
}

fn key(one: &Checked, finding: &finding::Finding, root: &Path) -> (String, String, String) {
    (from(&one.path, root), finding.rule.to_string(), words_of(one, finding))
}

/// The words a finding is known by; none where it is known by its file.
pub(super) fn words_of(one: &Checked, finding: &finding::Finding) -> String {
    if lacks_something(&finding.rule) {
        return String::new();
    }
    one.words(finding.span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a rule says what a whole text lacks. Such a finding is known by its file: whoever changes the sentence it stands at has not
/// made it new.
fn lacks_something(rule: &str) -> bool {
    lint::rule::find(rule).is_some_and(|rule| rule.whole)
}

/// The folder of the baseline: paths in it count from there, however a file was named on the command line.
fn folder_of(baseline: &Path) -> PathBuf {
    let path = whole(baseline);
    path.parent().unwrap_or(Path::new("")).to_path_buf()
}

fn from(path: &Path, root: &Path) -> String {
    let absolute = whole(path);
    absolute.strip_prefix(root).unwrap_or(&absolute).to_string_lossy().replace('\\', "/")
}

/// Gives `./a`, `b/../a` and `a` the same form, and leaves symbolic links as they are named.
pub(super) fn whole(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).components() {
        if part == std::path::Component::ParentDir {
            whole.pop();
        } else {
            whole.push(part);
        }
    }
    whole
}
