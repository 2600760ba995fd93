//! Which files are read, and how: folders are walked the way git sees them.

use super::reading::Unread;
use lint::{Format, Kind, Language};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const ENDINGS: [&str; 8] = ["md", "markdown", "txt", "html", "htm", "xhtml", "eml", "text"];

/// Whether somebody named a file or it was found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanted {
    Named,
    Found,
}

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub path: PathBuf,
    pub wanted: Wanted,
    /// Names of folders above this one say nothing about a text in it.
    pub root: PathBuf,
}

/// The files of `paths`, and the places that could not be searched: a file that is named is always read, even where it is not there and
/// has to say so; folders are searched for texts, hidden and ignored files left out. A folder that keeps its files to itself hides no
/// other.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Unread>) {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        let root = root_of(path);
        if !path.is_dir() {
            found.push(Found { path: path.clone(), wanted: Wanted::Named, root });
            continue;
        }
        // What a package manager fetched is nobody's own text, also where no git knows of it.
        let is_own = |entry: &ignore::DirEntry| entry.depth() == 0 || entry.file_name() != "node_modules";
        for entry in ignore::WalkBuilder::new(path).require_git(false).filter_entry(is_own).build() {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && ENDINGS.contains(&ending(entry.path()).as_str()) {
                        let path = entry.into_path();
                        found.push(Found { path, wanted: Wanted::Found, root: root.clone() });
                    }
                }
                Err(error) => unread.push(not_searched(path, &error)),
            }
        }
    }
    found.sort();
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert(std::fs::canonicalize(&one.path).unwrap_or_else(|_| one.path.clone())));
    (found, unread)
}

/// The folder from which names count: where the program was started, or for a whole path the folder around what it names.
fn root_of(named: &Path) -> PathBuf {
    if named.is_relative() {
        return std::env::current_dir().unwrap_or_default();
    }
    let folder = if named.is_dir() { Some(named) } else { named.parent() };
    folder.and_then(Path::parent).unwrap_or(Path::new("")).to_path_buf()
}

/// The part of a path below `root`.
pub(super) fn below<'a>(path: &'a Path, root: &Path) -> &'a Path {
    // A relative path counts from where the program was started, and what stands in it was typed.
    path.strip_prefix(root).unwrap_or(path)
}

/// The ending of a file's name in small letters: `LETTER.MD` is as much a text as `letter.md`.
fn ending(path: &Path) -> String {
    path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).unwrap_or_default()
}

/// `named` is the folder somebody asked for; the error may be about one inside it.
fn not_searched(named: &Path, error: &ignore::Error) -> Unread {
    let inside = place_of(error).unwrap_or(named);
    let why = match error.io_error().map(std::io::Error::kind) {
        Some(std::io::ErrorKind::PermissionDenied) => "may not be searched by you".to_owned(),
        _ => format!("could not be searched: {error}"),
    };
    Unread { path: inside.to_owned(), why, named: inside == named }
}

fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place_of(err),
        _ => None,
    }
}

/// What is looked for in folders, in words.
pub(super) fn looked_for() -> String {
    ENDINGS.map(|ending| format!(".{ending}")).join(", ")
}

/// How a file is written, by its ending.
pub(crate) fn format_of(path: &Path) -> Format {
    match ending(path).as_str() {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "eml" => Format::Mail,
        _ => Format::Plain,
    }
}

/// The kind of document where the name of the file, or of a folder it was found below, says it. The file's own name comes first,
/// then the nearest folder: `docs/policies/passwords.md` is a policy. A letter about a policy is none by its name.
pub(crate) fn kind_of(path: &Path, text: &str) -> Option<Kind> {
    let name = path.file_stem()?.to_str()?;
    if matches!(name, "COMMIT_EDITMSG" | "MERGE_MSG") {
        return Some(Kind::Commit);
    }
    if names_a_policy(name) && !is_a_letter(text, format_of(path)) {
        return Some(Kind::Policy);
    }
    let known = |list: &[&str], name: &str| list.iter().any(|known| name.eq_ignore_ascii_case(known));
    // A page of any kind is saved as `index.html`.
    let page = format_of(path) == Format::Html && name.eq_ignore_ascii_case("index");
    if known(&DOCUMENTS, name) && !page {
        return Some(Kind::Documentation);
    }
    path.parent()?.components().rev().filter_map(|part| part.as_os_str().to_str()).find_map(|folder| {
        if known(&POLICIES, folder) {
            Some(Kind::Policy)
        } else {
            known(&FOLDERS, folder).then_some(Kind::Documentation)
        }
    })
}

/// `acceptable-use-policy`, `Password policy`, `passwort-richtlinie`.
fn names_a_policy(name: &str) -> bool {
    let last = name.rsplit(['-', '_', ' ', '.']).next().unwrap_or(name).to_lowercase();
    POLICIES.contains(&last.as_str())
}

/// Whether a text has a subject or greets somebody.
fn is_a_letter(text: &str, format: Format) -> bool {
    let first = text.trim_start().lines().next().unwrap_or("").to_lowercase();
    if format == Format::Mail || ["subject:", "betreff:"].iter().any(|head| first.starts_with(head)) {
        return true;
    }
    let prose = text::scope::read(text, format);
    [Language::English, Language::German]
        .into_iter()
        .any(|language| lint::check::read(&prose, Kind::Other, language).begins_with_greeting())
}

/// Words that name policies: the last of a file's name, or a folder's.
const POLICIES: [&str; 4] = ["policy", "policies", "richtlinie", "richtlinien"];

/// Files that tell about a program, by the part before the ending.
const DOCUMENTS: [&str; 14] = [
    "readme",
    "changelog",
    "changes",
    "news",
    "contributing",
    "architecture",
    "design",
    "security",
    "index",
    "install",
    "hacking",
    "faq",
    "license",
    "copying",
];

/// Folders whose texts tell about a program.
const FOLDERS: [&str; 6] = ["doc", "docs", "documentation", "wiki", "man", "RelNotes"];

#[cfg(test)]
mod tests {
    use super::{Kind, Path};

    fn kind_of(path: &Path) -> Option<Kind> {
        super::kind_of(path, "Everybody has a password of their own.\n")
    }

    #[test]
    fn names_of_files_and_folders_say_what_a_text_is() {
        for path in
            ["README.md", "docs/a.md", "/usr/share/doc/x/News.txt", "a/Documentation/b.txt", "license.txt"]
        {
            assert_eq!(kind_of(Path::new(path)), Some(Kind::Documentation), "{path}");
        }
        assert_eq!(kind_of(Path::new(".git/COMMIT_EDITMSG")), Some(Kind::Commit));
        for path in
            ["docs/policies/use.md", "acceptable-use-policy.md", "docs/password_policy.txt", "Policy.html"]
        {
            assert_eq!(kind_of(Path::new(path)), Some(Kind::Policy), "{path}");
        }
        for path in ["letters/answer.txt", "campaign/index.html"] {
            assert_eq!(kind_of(Path::new(path)), None, "{path}");
        }
        for text in [
            "Hello everyone,\n\nthere is a new policy.\n",
            "Subject: New rules\n\nThey begin today.\n",
            "Liebe Kolleginnen,\n\nes gibt neue Regeln.\n",
        ] {
            assert_eq!(super::kind_of(Path::new("new-password-policy.txt"), text), None, "{text}");
        }
    }
}
