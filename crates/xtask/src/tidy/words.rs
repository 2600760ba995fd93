//! Words that blame. No screen, field, address, log line or letter of ours uses one.

use super::Tree;

/// Stems; a word that begins with one is named.
const BLAME: [&str; 12] = [
    "offender",
    "victim",
    "culprit",
    "perpetrator",
    "careless",
    "gullible",
    "negligen",
    "clueless",
    "incompeten",
    "repeat clicker",
    "weakest link",
    "fell for",
];

/// Phrases that put the fault on a person.
const PHRASES: [&str; 8] = [
    "user error",
    "human error",
    "stupid user",
    "your fault",
    "failed the test",
    "you failed",
    "you should have known",
    "the human factor",
];

/// Crates whose every word reaches somebody.
const SPEAKING: [&str; 3] = ["crates/desk/", "crates/alongside/", "crates/intake/"];

/// Blame in sources, templates, letters and styles.
pub fn blame(tree: &Tree) -> Vec<String> {
    let speaking = |path: &str| SPEAKING.iter().any(|folder| path.starts_with(folder));
    let files =
        tree.sources.iter().filter(|source| !source.is_test()).map(|source| (&source.path, &source.text));
    let mut wrong = Vec::new();
    for (path, text) in
        files.chain(tree.texts.iter().map(|(path, text)| (path, text))).filter(|(path, _)| speaking(path))
    {
        for (at, line) in text.lines().enumerate() {
            let line = line.to_lowercase().replace('_', " ");
            for word in BLAME.iter().chain(&PHRASES).filter(|word| begins_a_word(&line, word)) {
                wrong.push(format!("{path}:{}: “{word}”; say what happened, not what somebody is", at + 1));
            }
        }
    }
    wrong
}

fn begins_a_word(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::one_file;

    #[test]
    fn blame_is_found_in_pages_names_and_letters() {
        assert_eq!(blame(&one_file("crates/desk/src/people/team.html", "<p>Repeat offenders</p>")).len(), 1);
        assert_eq!(
            blame(&one_file("crates/desk/src/cases/mod.rs", "//! Cases.\npub victim_count: i64,\n")).len(),
            1
        );
        assert_eq!(
            blame(&one_file("crates/desk/src/reports/reports.en.ftl", "why = It was user error.")).len(),
            1
        );
        assert!(
            blame(&one_file("crates/desk/src/people/team.html", "<p>Nothing you did caused this.</p>"))
                .is_empty()
        );
        assert!(blame(&one_file("crates/lint/src/lib.rs", "//! Finds words such as offender.\n")).is_empty());
    }
}
