//! What the desk asks of the system: folders and files for their owner alone, and enough open files.
//! Does nothing where a system knows no such thing.

use std::path::Path;

/// From now on whatever this process makes can be read by its owner alone.
pub fn from_now_on() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Lets this process have as many files and connections open as it may; gives how many.
pub fn open_files() -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        let before = limit.current;
        limit.current = limit.maximum;
        let now = if setrlimit(Resource::Nofile, limit).is_ok() { limit.maximum } else { before };
        now.and_then(|most| usize::try_from(most).ok()).unwrap_or(4096)
    }
    #[cfg(not(unix))]
    4096
}

/// Makes a folder and those above it, if missing, and closes it to others.
pub fn folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)?;
    close(path, 0o700)
}

/// Closes a file to others, if it is there.
pub fn file(path: &Path) -> std::io::Result<()> {
    match close(path, 0o600) {
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

#[cfg(unix)]
fn close(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = std::fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(mode);
    std::fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
fn close(_path: &Path, _mode: u32) -> std::io::Result<()> {
    Ok(())
}
