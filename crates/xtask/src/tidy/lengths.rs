//! How long a file may be: about 400 lines, so that it can be read in one go.

use super::Tree;

/// From here on a file is noted.
const LONG: usize = 400;
/// From here on it must be taken apart, or stand in the list below.
const TOO_LONG: usize = 500;

/// Files that may be longer because they are one list of like things, and what they list.
const LONGER: &[(&str, &str)] = &[];

/// Files that are too long.
pub fn too_long(tree: &Tree) -> Vec<String> {
    let allowed = |path: &str| LONGER.iter().any(|(longer, _)| *longer == path);
    let counted = tree.sources.iter().map(|source| (&source.path, source.text.lines().count()));
    let mut wrong: Vec<String> = counted
        .filter(|(path, lines)| *lines > TOO_LONG && !allowed(path))
        .map(|(path, lines)| {
            format!("{path} has {lines} lines; take it apart, or add it to the list with a reason")
        })
        .collect();
    for (path, _) in LONGER {
        let length =
            tree.sources.iter().find(|source| source.path == *path).map(|source| source.text.lines().count());
        if tree.sources.len() > 1 && length.is_none_or(|lines| lines <= LONG) {
            wrong.push(format!("{path} need not stand in the list of longer files any more"));
        }
    }
    wrong
}

/// Files that are getting long.
pub fn nearly(tree: &Tree) -> Vec<String> {
    let counted = tree.sources.iter().map(|source| (&source.path, source.text.lines().count()));
    counted
        .filter(|(_, lines)| *lines > LONG)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::one_file;

    #[test]
    fn a_long_file_is_noted_and_a_longer_one_refused() {
        let lines = |count: usize| one_file("crates/desk/src/care.rs", &"//! Care.\n".repeat(count));
        assert_eq!((nearly(&lines(400)).len(), too_long(&lines(400)).len()), (0, 0));
        assert_eq!((nearly(&lines(401)).len(), too_long(&lines(401)).len()), (1, 0));
        assert_eq!((nearly(&lines(501)).len(), too_long(&lines(501)).len()), (1, 1));
    }
}
