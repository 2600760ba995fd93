//! `cargo xtask tidy`: what no compiler checks. Reads manifests and sources, changes nothing.
//! Each rule is a function from what was read to sentences about what is wrong; an empty list is good.

mod arrows;
mod fuzzing;
mod lengths;
mod source;
mod sql;
mod words;

use std::path::{Path, PathBuf};

use crate::{Problem, root};
use source::Source;

/// Everything the rules look at.
pub struct Tree {
    pub root: PathBuf,
    /// Every Rust file of our crates and of `fuzz/`, in order of path.
    pub sources: Vec<Source>,
    /// Templates and texts that people read, with their contents.
    pub texts: Vec<(String, String)>,
}

/// A rule: its name, and what it finds wrong.
type Rule = (&'static str, fn(&Tree) -> Result<Vec<String>, Problem>);

const RULES: [Rule; 8] = [
    ("no crate imports what the architecture keeps from it", arrows::manifests),
    ("engines ask neither the clock, the environment nor the file system", arrows::sources),
    ("every file says at its head what it is", |tree| Ok(heads(tree))),
    ("SQL stands in stores and migrations", |tree| Ok(sql::places(tree))),
    ("transactions begin in one file", |tree| Ok(sql::transactions(tree))),
    ("nothing we show or name blames anybody", |tree| Ok(words::blame(tree))),
    ("files are short enough to read", |tree| Ok(lengths::too_long(tree))),
    ("every fuzz target can be run", fuzzing::targets),
];

/// Checks everything and prints what is wrong.
///
/// # Errors
/// When something is wrong or cannot be read.
pub fn run() -> Result<(), Problem> {
    let tree = Tree::read(&root())?;
    let mut wrong = 0usize;
    for (name, rule) in RULES {
        let found = rule(&tree)?;
        println!("{} {name}", if found.is_empty() { "ok  " } else { "FAIL" });
        for sentence in &found {
            println!("       {sentence}");
        }
        wrong += found.len();
    }
    for note in lengths::nearly(&tree) {
        println!("note {note}");
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} things are not tidy").into()) }
}

fn heads(tree: &Tree) -> Vec<String> {
    let missing = |source: &&Source| !source.text.starts_with("//!");
    tree.sources
        .iter()
        .filter(missing)
        .map(|source| format!("{}: begin with `//!` and what the file is", source.path))
        .collect()
}

impl Tree {
    /// Reads the workspace at `root`.
    ///
    /// # Errors
    /// Names what cannot be read.
    pub fn read(root: &Path) -> Result<Tree, Problem> {
        let mut tree = Tree { root: root.to_owned(), sources: Vec::new(), texts: Vec::new() };
        for folder in ["crates", "fuzz/fuzz_targets"] {
            tree.add(&root.join(folder))?;
        }
        tree.sources.sort_by(|a, b| a.path.cmp(&b.path));
        tree.texts.sort();
        Ok(tree)
    }

    fn add(&mut self, folder: &Path) -> Result<(), Problem> {
        let entries =
            std::fs::read_dir(folder).map_err(|problem| format!("`{}`: {problem}", folder.display()))?;
        for entry in entries {
            let file = entry?.path();
            if file.is_dir() {
                if file.file_name().is_none_or(|name| name != "target" && name != "node_modules") {
                    self.add(&file)?;
                }
                continue;
            }
            let path = file.strip_prefix(&self.root)?.to_string_lossy().into_owned();
            let kind = file.extension().and_then(|end| end.to_str()).unwrap_or_default();
            match kind {
                "rs" => self.sources.push(Source::new(path, std::fs::read_to_string(&file)?)),
                "html" | "ftl" | "txt" | "css" | "js" | "sql" => {
                    self.texts.push((path, std::fs::read_to_string(&file)?))
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The product's own files of a crate: no tests, no examples, no benches.
    pub fn product<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Source> {
        let folder = format!("crates/{name}/src/");
        self.sources.iter().filter(move |source| source.path.starts_with(&folder) && !source.is_test())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree with one file, to see a rule say no.
    pub fn one_file(path: &str, text: &str) -> Tree {
        let (mut sources, mut texts) = (Vec::new(), Vec::new());
        if path.ends_with(".rs") {
            sources.push(Source::new(path.into(), text.into()));
        } else {
            texts.push((path.to_owned(), text.to_owned()));
        }
        Tree { root: root(), sources, texts }
    }

    #[test]
    fn this_workspace_is_tidy() {
        let tree = Tree::read(&root()).unwrap();
        assert!(tree.sources.len() > 100 && tree.texts.len() > 20, "the workspace was not read");
        let mut wrong = Vec::new();
        for (name, rule) in RULES {
            wrong.extend(rule(&tree).unwrap().into_iter().map(|sentence| format!("{name}: {sentence}")));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_file_without_a_head_is_named() {
        assert_eq!(heads(&one_file("crates/desk/src/care.rs", "use std::fmt;\n")).len(), 1);
        assert!(heads(&one_file("crates/desk/src/care.rs", "//! Care.\n")).is_empty());
    }
}
