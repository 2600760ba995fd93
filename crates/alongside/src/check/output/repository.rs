//! Paths the way code hosts want them: from the folder of the repository, whatever folder the program was started in.

use crate::check::baseline::whole;
use std::path::{Path, PathBuf};

/// The folder that paths count from.
pub(super) struct Root(PathBuf);

impl Root {
    /// The workspace of a GitHub job where we are in one, or the nearest folder with `.git`, or the present one.
    pub fn here() -> Root {
        let here = whole(Path::new("."));
        let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
        let root = workspace
            .filter(|root| root.is_absolute() && here.starts_with(root))
            .or_else(|| here.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf));
        Root(root.unwrap_or(here))
    }

    /// The path from the root; one outside it stays whole, and standard input has the name it was given.
    pub fn path(&self, path: &Path) -> String {
        if path == Path::new("-") {
            return "-".to_owned();
        }
        let whole = whole(path);
        whole.strip_prefix(&self.0).unwrap_or(&whole).to_string_lossy().replace('\\', "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_file_gives_the_same_path() {
        let root = Root(whole(Path::new(".")));
        let absolute = root.0.join("letters/a.md");
        for name in ["letters/a.md", "./letters/a.md", "x/../letters/a.md", &absolute.to_string_lossy()] {
            assert_eq!(root.path(Path::new(name)), "letters/a.md");
        }
        assert_eq!(root.path(Path::new("/elsewhere/a.md")), "/elsewhere/a.md");
    }
}
