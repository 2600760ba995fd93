//! Backup and restore of a SQLite desk: database, raw mail and secret in one folder. PostgreSQL has its own tools.

use std::path::Path;

use anyhow::{Context, bail};

use crate::config::Config;
use crate::serve;

/// Copies everything into a new folder while the desk runs. The database is copied first and files are never changed
/// or removed before their row is gone, so every row in the copy has its file.
pub async fn backup(config: &Config, folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        bail!("`{}` exists already; give a folder that does not exist yet", folder.display());
    }
    let desk = serve::open(config).await?;
    if desk.db.is_shared() {
        bail!(
            "this desk keeps its rows in PostgreSQL; use pg_dump for them and copy `{}` beside",
            config.store.folder.display()
        );
    }
    let outcome = copy(config, &desk, folder).await;
    if outcome.is_err() {
        // Half a backup looks like a whole one to somebody in a hurry.
        let _ = std::fs::remove_dir_all(folder);
    }
    outcome
}

async fn copy(config: &Config, desk: &desk::Desk, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let database = folder.join("alongside.db");
    desk.db.copy_to(&database.display().to_string()).await?;
    let files = copy_tree(&config.store.folder.join("files"), &folder.join("files"))?;
    std::fs::copy(config.store.folder.join("secret"), folder.join("secret"))
        .context("cannot copy the secret")?;
    println!(
        "Copied the database and {files} files to `{}`. It holds people's words and the desk's secret: keep it safe.",
        folder.display()
    );
    Ok(())
}

/// Puts a backup into the configured store folder, which must be empty.
pub fn restore(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let target = &config.store.folder;
    let empty = std::fs::read_dir(target).map_or(true, |mut entries| entries.next().is_none());
    if !empty {
        bail!("`{}` is not empty; move it away first, so that nothing is lost", target.display());
    }
    for (name, least) in [("alongside.db", 4096), ("secret", 32)] {
        let size = std::fs::metadata(folder.join(name)).map_or(0, |found| found.len());
        if size < least {
            bail!("`{}` is no whole backup: `{name}` is missing or empty", folder.display());
        }
    }
    let files = copy_tree(folder, target)?;
    println!("Restored {files} files into `{}`. Start with `alongside serve`.", target.display());
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> anyhow::Result<usize> {
    std::fs::create_dir_all(to).with_context(|| format!("cannot make `{}`", to.display()))?;
    let mut copied = 0;
    let Ok(entries) = std::fs::read_dir(from) else { return Ok(0) };
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copied += copy_tree(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)
                .with_context(|| format!("cannot copy `{}`", entry.path().display()))?;
            copied += 1;
        }
    }
    Ok(copied)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(folder: &Path) -> Config {
        let mut config = Config::default();
        config.store.folder = folder.to_owned();
        config
    }

    #[tokio::test]
    async fn a_backup_brings_everything_back_and_half_a_one_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let (old, copy, new) =
            (place.path().join("old"), place.path().join("copy"), place.path().join("new"));
        let desk = serve::open(&config(&old)).await.unwrap();
        let key = desk.blobs.put(b"a message".to_vec()).await.unwrap();
        let link = desk::people::setup_link(&desk, desk::who::Role::Lead).await.unwrap();
        drop(desk);
        backup(&config(&old), &copy).await.unwrap();
        assert!(backup(&config(&old), &copy).await.is_err(), "never over an older one");

        restore(&config(&new), &copy).unwrap();
        let restored = serve::open(&config(&new)).await.unwrap();
        assert_eq!(restored.blobs.get(&key).await.unwrap(), b"a message");
        let token = link.rsplit('/').next().unwrap();
        assert!(desk::people::setup_role(&restored, token).await.is_ok(), "rows and secret came along");

        std::fs::write(copy.join("alongside.db"), b"").unwrap();
        let empty = place.path().join("empty");
        assert!(restore(&config(&empty), &copy).unwrap_err().to_string().contains("no whole backup"));
    }
}
