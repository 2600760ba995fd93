//! What must hold for any input holds for every seed of every fuzz target, and every target compiles: the same files are
//! built into this test and into the targets.

#![expect(clippy::indexing_slicing, reason = "a panic there is what a target is for")]

use std::collections::BTreeMap;
use std::path::PathBuf;

#[path = "../../../fuzz/holds/attachments.rs"]
mod of_attachments;
#[path = "../../../fuzz/holds/forms.rs"]
mod of_forms;
#[path = "../../../fuzz/holds/forward.rs"]
mod of_forward;
#[path = "../../../fuzz/holds/lint.rs"]
mod of_lint;
#[path = "../../../fuzz/holds/mail.rs"]
mod of_mail;
#[path = "../../../fuzz/holds/outlook.rs"]
mod of_outlook;
#[path = "../../../fuzz/holds/scenario.rs"]
mod of_scenario;
#[path = "../../../fuzz/holds/smtp.rs"]
mod of_smtp;

/// What holds for any input of one target.
type Holds = fn(&[u8]);

const TARGETS: [(&str, Holds); 8] = [
    ("attachments", of_attachments::holds),
    ("forms", of_forms::holds),
    ("forward", of_forward::holds),
    ("lint", of_lint::holds),
    ("mail", of_mail::holds),
    ("outlook", of_outlook::holds),
    ("scenario", of_scenario::holds),
    ("smtp", of_smtp::holds),
];

#[test]
fn every_seed_of_every_target_holds() {
    for (target, holds) in TARGETS {
        let seeds = files(&format!("fuzz/seeds/{target}"));
        assert!(seeds.len() >= 3, "{target} has {} seeds", seeds.len());
        for (name, path) in seeds {
            let input = std::fs::read(path).unwrap();
            let outcome = std::panic::catch_unwind(|| holds(&input));
            assert!(outcome.is_ok(), "{target}/{name}");
        }
        holds(b"");
    }
}

#[test]
fn no_target_is_left_out() {
    let targets: Vec<String> = files("fuzz/fuzz_targets").into_keys().collect();
    let known: Vec<String> = TARGETS.iter().map(|(name, _)| format!("{name}.rs")).collect();
    assert_eq!(targets, known);
}

fn files(folder: &str) -> BTreeMap<String, PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect()
}
