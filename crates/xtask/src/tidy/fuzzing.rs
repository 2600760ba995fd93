//! Every source under `fuzz/fuzz_targets` has its entry in `fuzz/Cargo.toml`, and every entry its source.

use std::collections::BTreeSet;

use super::Tree;
use crate::Problem;

/// Targets without an entry, and entries without a target.
///
/// # Errors
/// When the manifest cannot be read.
pub fn targets(tree: &Tree) -> Result<Vec<String>, Problem> {
    let manifest = std::fs::read_to_string(tree.root.join("fuzz/Cargo.toml"))?;
    let sources = tree
        .sources
        .iter()
        .filter_map(|source| source.path.strip_prefix("fuzz/"))
        .map(str::to_owned)
        .collect();
    Ok(unmatched(&sources, &entries(&manifest)))
}

/// The `path` of each `[[bin]]`.
fn entries(manifest: &str) -> BTreeSet<String> {
    let bins = manifest.split("[[bin]]").skip(1);
    bins.filter_map(|bin| {
        bin.lines().find_map(|line| line.strip_prefix("path = \"")?.strip_suffix('"')).map(str::to_owned)
    })
    .collect()
}

fn unmatched(sources: &BTreeSet<String>, entries: &BTreeSet<String>) -> Vec<String> {
    let missing = sources
        .difference(entries)
        .map(|path| format!("fuzz/{path} has no [[bin]] entry in fuzz/Cargo.toml"));
    missing
        .chain(
            entries
                .difference(sources)
                .map(|path| format!("fuzz/Cargo.toml names {path}, which is not there")),
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_without_an_entry_is_named_and_the_other_way_round() {
        let manifest = "[package]\nname = \"fuzz\"\n\n[[bin]]\nname = \"mail\"\npath = \"fuzz_targets/mail.rs\"\ntest = false\n";
        let sources = |names: &[&str]| {
            names.iter().map(|name| format!("fuzz_targets/{name}.rs")).collect::<BTreeSet<_>>()
        };
        assert!(unmatched(&sources(&["mail"]), &entries(manifest)).is_empty());
        assert_eq!(unmatched(&sources(&["mail", "smtp"]), &entries(manifest)).len(), 1);
        assert_eq!(unmatched(&sources(&[]), &entries(manifest)).len(), 1);
    }
}
