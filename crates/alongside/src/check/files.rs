//! Which files are read, and how: folders are walked the way git sees them.

use lint::{Format, Kind};
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
}

/// The files of `paths`: a file that is named is always read, even where it is not there and has to say so; folders are searched for
/// texts, hidden and ignored files left out.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, String> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(Found { path: path.clone(), wanted: Wanted::Named });
            continue;
        }
        for entry in ignore::WalkBuilder::new(path).require_git(false).build() {
            let entry = entry.map_err(|error| format!("a folder could not be read: {error}"))?;
            let is_text = entry
                .path()
                .extension()
                .and_then(|ending| ending.to_str())
                .is_some_and(|ending| ENDINGS.contains(&ending));
            if is_text && entry.file_type().is_some_and(|kind| kind.is_file()) {
                found.push(Found { path: entry.into_path(), wanted: Wanted::Found });
            }
        }
    }
    found.sort();
    found.dedup_by(|one, other| one.path == other.path);
    Ok(found)
}

/// What is looked for in folders, in words.
pub(super) fn looked_for() -> String {
    ENDINGS.map(|ending| format!(".{ending}")).join(", ")
}

/// How a file is written, by its ending.
pub(crate) fn format_of(path: &Path) -> Format {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or("") {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "eml" => Format::Mail,
        _ => Format::Plain,
    }
}

/// The kind of document where the name of the file says it.
pub(crate) fn kind_of(path: &Path) -> Option<Kind> {
    let name = path.file_stem()?.to_str()?;
    match name {
        "COMMIT_EDITMSG" | "MERGE_MSG" => Some(Kind::Commit),
        "README" | "CHANGELOG" | "CONTRIBUTING" | "ARCHITECTURE" | "DESIGN" | "SECURITY" | "index" => {
            Some(Kind::Documentation)
        }
        _ => path.components().any(|part| part.as_os_str() == "docs").then_some(Kind::Documentation),
    }
}
