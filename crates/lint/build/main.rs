//! Reads `rules/`, refuses rules that miss something, and writes all of them as plain arrays: no rule is read or compiled
//! when the program runs.

mod emit;
#[path = "../src/phrase/mod.rs"]
#[expect(dead_code, reason = "shared with the crate, which uses the rest")]
mod phrase;
#[path = "../src/rule_file.rs"]
mod rule_file;

use phrase::compile::{Compiler, Endings};
use phrase::table::{Accept, Action};
use rule_file::{RuleFile, Scope};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One language: its rules in the order of their codes, and all phrases as one table.
struct Language {
    name: String,
    rules: Vec<RuleFile>,
    table: phrase::table::Table,
}

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let rules = root.join("rules");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/phrase");
    println!("cargo::rerun-if-changed=src/rule_file.rs");
    let mut wrong = Vec::new();
    let mut languages = Vec::new();
    for folder in sorted(&rules) {
        if folder.is_dir() {
            println!("cargo::rerun-if-changed={}", folder.display());
            languages.extend(language(&folder, &mut wrong));
        }
    }
    let target = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("rules.rs");
    if wrong.is_empty()
        && let Err(error) = std::fs::write(&target, emit::source(&languages))
    {
        wrong.push(format!("{}: {error}", target.display()));
    }
    if !wrong.is_empty() {
        for line in &wrong {
            println!("cargo::error={line}");
        }
        std::process::exit(1);
    }
}

fn language(folder: &Path, wrong: &mut Vec<String>) -> Option<Language> {
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let endings = if name == "de" { Endings::German } else { Endings::English };
    let mut compiler = Compiler::new(endings);
    let at = |file: &str, error: String| format!("rules/{name}/{file}: {error}");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap_or_default();
    for (list, lines) in rule_file::read_words(&read("words.md")) {
        if let Err(error) = compiler.list(&list, &lines) {
            wrong.push(at("words.md", error));
        }
    }
    if compiler.has_list("denial") {
        let accept = Accept { rule: 0, action: Action::Denial, replacement: 0, safe: false };
        if let Err(error) = compiler.phrase("<denial>", accept, None) {
            wrong.push(at("words.md", error));
        }
    }
    for (signal, lines) in rule_file::read_words(&read("signals.md")) {
        let Some(number) = rule_file::SIGNALS.iter().position(|known| *known == signal) else {
            wrong.push(at("signals.md", format!("there is no signal `{signal}`")));
            continue;
        };
        for line in lines {
            let accept = Accept { rule: number as u16, action: Action::Signal, replacement: 0, safe: false };
            if let Err(error) = compiler.phrase(&line, accept, None) {
                wrong.push(at("signals.md", error));
            }
        }
    }
    let mut rules = Vec::new();
    let mut names = BTreeSet::new();
    for path in sorted(folder) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(stem) = file.strip_suffix(".md").filter(|stem| !["words", "signals"].contains(stem)) else {
            continue;
        };
        match rule_file::read(stem, &read(&file)) {
            Ok(rule) => {
                if !names.insert(rule.head.get("name").cloned()) {
                    wrong.push(at(&file, "another rule has this name".to_string()));
                }
                for error in phrases(&mut compiler, rules.len() as u16, &rule) {
                    wrong.push(at(&file, error));
                }
                rules.push(rule);
            }
            Err(errors) => wrong.extend(errors.into_iter().map(|error| at(&file, error))),
        }
    }
    match compiler.table() {
        Ok(table) => Some(Language { name, rules, table }),
        Err(error) => {
            wrong.push(at("words.md", error));
            None
        }
    }
}

fn phrases(compiler: &mut Compiler, number: u16, rule: &RuleFile) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in &rule.phrases {
        let accept = Accept { rule: number, action: Action::Hit, replacement: 0, safe: line.safe };
        wrong.extend(compiler.phrase(&line.phrase, accept, line.replacement.as_deref()).err());
    }
    for (scope, phrase) in &rule.silent {
        let action = match scope {
            Scope::Here => Action::SilentHere,
            Scope::Before => Action::SilentBefore,
            Scope::Sentence => Action::SilentSentence,
            Scope::Near => Action::SilentNear,
            Scope::Document => Action::SilentDocument,
        };
        wrong.extend(
            compiler.phrase(phrase, Accept { rule: number, action, replacement: 0, safe: false }, None).err(),
        );
    }
    wrong
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}
