//! The messages that git asks for: what git itself writes into their files is nobody's words.

use std::borrow::Cow;
use std::path::Path;

/// Whether git asks for a message in this file.
pub(crate) fn is_git_message(path: &Path) -> bool {
    let names = ["COMMIT_EDITMSG", "MERGE_MSG", "SQUASH_MSG", "TAG_EDITMSG"];
    path.file_name().is_some_and(|name| names.iter().any(|known| name == *known))
}

/// The text with blanks in the place of git's own lines: comments, and all below the scissors. Every word stays where it was.
pub(crate) fn without_gits_lines(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| line.starts_with('#')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut cut = false;
    for line in text.split_inclusive('\n') {
        cut |= line.starts_with("# ---") && line.contains(">8");
        let is_note = line.get(1..).is_some_and(|rest| rest.trim_start().starts_with("alongside:"));
        if cut || line.starts_with('#') && !is_note {
            out.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gits_own_lines_are_blank_and_nothing_moves() {
        let text =
            "Mend it\n\n# Ge\u{e4}ndert\n# alongside: allow BLM01 because x\n# ---- >8 ----\n-old line\n";
        let shown = without_gits_lines(text);
        assert_eq!(shown.len(), text.len());
        assert_eq!(
            shown.split_whitespace().collect::<Vec<_>>().join(" "),
            "Mend it # alongside: allow BLM01 because x"
        );
        assert!(is_git_message(Path::new(".git/COMMIT_EDITMSG")));
    }
}
