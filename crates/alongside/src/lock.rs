//! One desk works on a folder at a time: two of them would take turns with the same jobs and lose each other's files.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, bail};

use crate::config::{Config, Wrong};
use crate::private;

/// The file that a running desk holds.
const NAME: &str = "lock";

/// Holds the folder until it is dropped. Nodes that share a PostgreSQL database hold it together.
///
/// # Errors
/// Another desk holds it.
pub fn hold(config: &Config) -> anyhow::Result<File> {
    let folder = &config.store.folder;
    private::folder(folder).with_context(|| {
        Wrong(format!("cannot make the folder `{}`, which `store.folder` names", folder.display()))
    })?;
    let path = folder.join(NAME);
    let file = File::create(&path).with_context(|| format!("cannot write `{}`", path.display()))?;
    private::file(&path).with_context(|| format!("cannot close `{}` to others", path.display()))?;
    let held = if config.database_file().is_some() { file.try_lock() } else { file.try_lock_shared() };
    match held {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("{}", running(&format!("on the folder `{}`", folder.display())))
        }
        Err(TryLockError::Error(problem)) => {
            Err(problem).with_context(|| format!("cannot lock `{}`", path.display()))
        }
    }
}

/// Refuses while a desk runs with these settings: on their folder, or, where that was moved away below it, on their address.
pub fn refuse_while_running(config: &Config) -> anyhow::Result<()> {
    if let Ok(file) = File::open(config.store.folder.join(NAME))
        && let Err(TryLockError::WouldBlock) = file.try_lock()
    {
        bail!("{}", running(&format!("on the folder `{}`", config.store.folder.display())));
    }
    let listen = config.web.listen;
    match std::net::TcpListener::bind(listen) {
        Err(problem) if problem.kind() == std::io::ErrorKind::AddrInUse => {
            bail!("{}", running(&format!("on {listen}")))
        }
        _ => Ok(()),
    }
}

/// Whether something in a desk's folder is only the file that is locked.
pub fn is_lock(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == NAME)
}

fn running(place: &str) -> String {
    format!("a desk is running {place}; stop it first")
}
