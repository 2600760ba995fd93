//! Writes a file so that what stood there before is whole until the new text is: a full disk must take nobody's words.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Puts `text` in the place of the file, or makes it. Where that fails, the file is as it was.
pub fn file(path: &Path, text: &str) -> std::io::Result<()> {
    let Ok(there) = std::fs::canonicalize(path) else { return beside(path, text, None) };
    // Whoever may not write to it may not put another in its place either.
    let old = OpenOptions::new().write(true).open(&there)?;
    let known = old.metadata()?;
    if !known.is_file() {
        return std::fs::write(&there, text);
    }
    if has_other_names(&known) {
        return in_place(old, known.len(), text);
    }
    match beside(&there, text, Some(&known)) {
        Err(problem) if problem.kind() == std::io::ErrorKind::PermissionDenied => {
            in_place(old, known.len(), text)
        }
        outcome => outcome,
    }
}

/// Writes the text into a new file beside it, which then takes its name.
fn beside(path: &Path, text: &str, old: Option<&Metadata>) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if old.is_none() {
        // A new file is as open as the system makes one.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut new = builder.prefix(".alongside-").tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    if let Some(old) = old {
        if is_anothers(old, &new.as_file().metadata()?) {
            return Err(std::io::ErrorKind::PermissionDenied.into());
        }
        new.as_file().set_permissions(old.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(path).map(|_| ()).map_err(|problem| problem.error)
}

/// Writes over the old text, what is longer first: if there is no room for that, nothing was touched.
fn in_place(mut file: File, before: u64, text: &str) -> std::io::Result<()> {
    let kept = usize::try_from(before).unwrap_or(usize::MAX).min(text.len());
    let (first, more) = text.as_bytes().split_at(kept);
    file.seek(SeekFrom::Start(before))?;
    if let Err(problem) = file.write_all(more).and_then(|()| file.sync_all()) {
        file.set_len(before)?;
        return Err(problem);
    }
    file.seek(SeekFrom::Start(0))?;
    file.write_all(first)?;
    file.set_len(text.len() as u64)?;
    file.sync_all()
}

#[cfg(unix)]
fn has_other_names(file: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) > 1
}

#[cfg(unix)]
fn is_anothers(old: &Metadata, new: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (old.uid(), old.gid()) != (new.uid(), new.gid())
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_anothers(_: &Metadata, _: &Metadata) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_file_keeps_its_names_and_its_mode() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        file(&at("new.md"), "one two").expect("written");
        std::fs::write(at("a.md"), "one two").expect("written");
        std::fs::set_permissions(at("a.md"), std::fs::Permissions::from_mode(0o640)).expect("set");
        symlink("a.md", at("link.md")).expect("a link");
        file(&at("link.md"), "three").expect("written");
        assert_eq!(std::fs::read_to_string(at("a.md")).expect("read"), "three");
        assert_eq!(std::fs::metadata(at("a.md")).expect("there").permissions().mode() & 0o777, 0o640);
        assert!(std::fs::symlink_metadata(at("link.md")).expect("there").is_symlink());
        std::fs::hard_link(at("a.md"), at("b.md")).expect("a second name");
        for text in ["longer than before", "short"] {
            file(&at("a.md"), text).expect("written");
            assert_eq!(std::fs::read_to_string(at("b.md")).expect("read"), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 4, "nothing is left beside them");
    }
}
