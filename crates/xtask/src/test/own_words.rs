//! What we write must pass what we ask of others: documents, pages, the strings of the interface and the answers to what
//! cannot be, without a single finding.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tidy::Tree;
use crate::{Problem, root, run};

const DOCUMENTS: [&str; 7] =
    ["README.md", "ARCHITECTURE.md", "DESIGN.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs"];

/// Runs the checker over everything, each as what it is.
pub fn check(alongside: &Path) -> Result<(), Problem> {
    let check = || {
        let mut command = Command::new(alongside);
        command.arg("check");
        command
    };
    run::to_the_end(check().args(DOCUMENTS))?;
    let tree = Tree::read(&root())?;
    let pages = texts(&tree, "crates/desk/src/", ".html").map(|(path, _)| path);
    run::to_the_end(check().args(["--kind", "other", "--as", "html"]).args(pages))?;
    let folder = PathBuf::from("target/own-words");
    std::fs::create_dir_all(&folder)?;
    let profile = folder.join("profile.toml");
    std::fs::write(&profile, HOUSE)?;
    let brief = folder.join("brief.html");
    let scenario = "examples/scenarios/supplier-payment.toml";
    let mut quantify = Command::new(alongside);
    run::to_the_end(quantify.args(["quantify", scenario, "--format", "html", "--output"]).arg(&brief))?;
    run::to_the_end(check().args(["--kind", "executive"]).arg(&brief))?;
    let mut answers = answers(&tree);
    answers.extend(strings(&tree, "en"));
    for (language, strings) in [("en", answers), ("de", strings(&tree, "de"))] {
        // Each is a text of its own: rules on whole letters would join what never stands together.
        let mut paths = Vec::new();
        for (number, text) in strings.iter().enumerate() {
            let path = folder.join(format!("{language}-{number}.txt"));
            std::fs::write(&path, text)?;
            paths.push(path);
        }
        let mut command = check();
        command.args(["--kind", "other", "--language", language, "--profile"]).arg(&profile);
        run::to_the_end(command.args(paths))?;
    }
    Ok(())
}

/// Names that our answers have to use.
const HOUSE: &str = "accept = [\"TOML\", \"PERT\", \"JSON\", \"UTF\"]\n";

/// The strings of the interface in one language, each a paragraph; what is filled in stands as a quotation.
fn strings(tree: &Tree, language: &str) -> Vec<String> {
    let mut strings: Vec<String> = Vec::new();
    for (_, file) in texts(tree, "crates/desk/src/", &format!(".{language}.ftl")) {
        for line in file.lines() {
            let more = line.starts_with(' ');
            match (line.split_once(" = "), strings.last_mut()) {
                (Some((key, value)), _) if !more && !key.starts_with('#') => strings.push(filled(value)),
                (_, Some(last)) if more => *last = format!("{last} {}", filled(line.trim())),
                _ => {}
            }
        }
    }
    strings
}

/// A string with something in each place that is filled in.
fn filled(value: &str) -> String {
    let mut parts = value.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (place, rest) = part.split_once('}').unwrap_or((part, ""));
        // A text in braces is meant as it stands.
        let shown = place.trim().trim_matches('"');
        if place.contains('$') { format!("{text}“x”{rest}") } else { format!("{text}{shown}{rest}") }
    })
}

/// The answers to input that cannot be: what pages say, and what is said of a scenario file.
fn answers(tree: &Tree) -> Vec<String> {
    let speaking = ["crates/desk/src/", "crates/alongside/src/"];
    let sources =
        tree.sources.iter().filter(|source| speaking.iter().any(|folder| source.path.starts_with(folder)));
    let mut answers: Vec<String> = sources.flat_map(|source| literals(&source.text)).collect();
    for (_, text) in texts(tree, "crates/risk/tests/wrong/", ".txt") {
        for line in text.lines() {
            let said = match line.trim().split_once("`: ") {
                Some((place, said)) if place.starts_with("line ") => said,
                _ => line.trim().trim_start_matches("hint: "),
            };
            answers.push(said.to_owned());
        }
    }
    answers.sort();
    answers.dedup();
    answers
}

/// The files below a folder with this ending: path and text.
fn texts<'a>(tree: &'a Tree, folder: &'a str, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let found = tree.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    found.filter(move |(path, _)| path.starts_with(folder) && path.ends_with(ending))
}

/// The sentences that a source gives as `Error::Invalid("…")` or `Error::NotYet("…")`.
fn literals(source: &str) -> Vec<String> {
    let starts = ["Error::Invalid(", "Error::NotYet("];
    let parts = starts.iter().flat_map(|start| source.split(start).skip(1));
    let quoted = parts.filter_map(|part| part.trim_start().strip_prefix('"'));
    quoted.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_filled_in_stands_as_a_quotation() {
        assert_eq!(super::filled("By { $when }, {\"as said\"}."), "By “x”, as said.");
        let source = "Err(Error::NotYet(\n \"Please wait.\".into()))";
        assert_eq!(super::literals(source), ["Please wait."]);
    }
}
