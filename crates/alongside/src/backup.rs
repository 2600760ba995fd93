//! Backup and restore of a SQLite desk: database, raw mail and secret in one folder. PostgreSQL has its own tools.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use desk::blobs::Blobs;
use desk::db::Db;

use crate::config::Config;
use crate::say::{talk, tell};
use crate::{lock, private, serve};

/// What the database is called in a backup.
const DATABASE: &str = "alongside.db";

/// Copies everything into a new folder while the desk runs. The database is copied first and files are never changed
/// or removed before their row is gone, so every row in the copy has its file. The copy is then read once to see that it is whole.
pub async fn backup(config: &Config, folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        bail!("`{}` exists already; give a folder that does not exist yet", folder.display());
    }
    stands_outside(config, folder)?;
    let desk = serve::open_existing(config).await?;
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
    let (files, mut lost) = outcome?;
    // From here on the copy is whole, and stays whatever goes wrong.
    if let Err(problem) = desk::people::note_by_hand(&desk, "made a backup", "all of the desk").await {
        talk!("hint: the record of who looked could not take a line about this backup: {problem}");
    }
    if !lost.is_empty() {
        // What was forgotten while the files were copied is no loss.
        let here = desk::erasure::broken_files(&desk.db, &desk.blobs).await.with_context(|| {
            format!("`{}` is kept, but {} stored messages or files that it lacks could not be looked for in the desk", folder.display(), lost.len())
        })?;
        lost.retain(|key| here.contains(key));
    }
    let told = tell!(
        "Copied the database and {files} files to `{}`. It holds people's words and the desk's secret: keep it safe.",
        folder.display()
    );
    if !lost.is_empty() {
        bail!(
            "the rest was copied, but {} stored messages or files are missing or changed in the desk itself; look for them in an older backup, and keep that one",
            lost.len()
        );
    }
    Ok(told?)
}

/// A backup in the store would copy itself, and one in another backup would travel with that.
fn stands_outside(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let above: Vec<_> = whole.ancestors().skip(1).filter_map(|one| std::fs::canonicalize(one).ok()).collect();
    let store = std::fs::canonicalize(&config.store.folder).ok();
    if above.iter().any(|one| Some(one) == store.as_ref()) {
        bail!(
            "`{}` lies in the store of the desk itself; give a folder outside `{}`",
            folder.display(),
            config.store.folder.display()
        );
    }
    let is_backup = |one: &std::path::PathBuf| one.join(DATABASE).is_file() && one.join("secret").is_file();
    if let Some(other) = above.iter().find(|one| is_backup(one)) {
        bail!(
            "`{}` lies in another backup, `{}`; give a folder beside it",
            folder.display(),
            other.display()
        );
    }
    Ok(())
}

/// The files that a backup's rows name and that it has not, or not as they were stored. An error where its database is damaged.
async fn missing_in(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    let no_whole_one = |why: &dyn std::fmt::Display| {
        anyhow::anyhow!(
            "`{}` is no whole backup: its database is damaged ({why}); use another one",
            folder.display()
        )
    };
    let db = Db::open_copy(&folder.join(DATABASE)).await.map_err(|problem| no_whole_one(&problem))?;
    if let Some(damage) = db.damage().await {
        return Err(no_whole_one(&damage));
    }
    let blobs = Blobs::in_folder(folder.join("files"))?;
    desk::erasure::broken_files(&db, &blobs).await.map_err(|problem| no_whole_one(&problem))
}

/// Copies, and gives how many files there are and which of those that the rows name are not whole among them.
async fn copy(
    config: &Config,
    desk: &desk::Desk,
    folder: &Path,
) -> anyhow::Result<(usize, BTreeSet<String>)> {
    private::folder(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let database = folder.join(DATABASE);
    if let Err(problem) = desk.db.copy_to(&database.display().to_string()).await {
        let problem = anyhow::Error::from(problem);
        if format!("{problem:#}").contains("is full") {
            bail!(
                "there is no room left on the disk of `{}`; choose another one, or make room there",
                folder.display()
            );
        }
        return Err(problem.context(
            "the database could not be copied; see `alongside admin doctor`, and keep the backups you have",
        ));
    }
    private::file(&database)?;
    let files = copy_tree(&config.store.folder.join("files"), &folder.join("files"))?;
    copy_file(&config.store.folder.join("secret"), &folder.join("secret"))?;
    Ok((files, missing_in(folder).await?))
}

/// Puts a backup into the configured store folder, which must be empty, and its database where the desk will open it.
pub async fn restore(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let target = &config.store.folder;
    let Some(database) = config.database_file() else {
        bail!(
            "`store.database` names no file, so the desk would not see this backup's rows; leave it out, or give a `sqlite:` path"
        );
    };
    if std::fs::metadata(&database).is_ok_and(|found| found.len() > 0) {
        bail!("`{}` is there already; move it away first, so that nothing is lost", database.display());
    }
    lock::refuse_while_running(config)?;
    let empty = std::fs::read_dir(target)
        .map_or(true, |entries| entries.flatten().all(|entry| lock::is_lock(&entry.path())));
    if !empty {
        bail!("`{}` is not empty; move it away first, so that nothing is lost", target.display());
    }
    for (name, least) in [(DATABASE, 4096), ("secret", 32)] {
        let size = std::fs::metadata(folder.join(name)).map_or(0, |found| found.len());
        if size < least {
            bail!("`{}` is no whole backup: `{name}` is missing or empty", folder.display());
        }
    }
    let lost = missing_in(folder).await?.len();
    private::folder(target).with_context(|| format!("cannot make `{}`", target.display()))?;
    copy_file(&folder.join("secret"), &target.join("secret"))?;
    let files = copy_tree(&folder.join("files"), &target.join("files"))?;
    // The database comes last: what is half restored then looks like no desk at all.
    if let Some(above) = database.parent() {
        std::fs::create_dir_all(above).with_context(|| format!("cannot make `{}`", above.display()))?;
    }
    copy_file(&folder.join(DATABASE), &database)?;
    let told = tell!(
        "Restored the database to `{}` and {files} files into `{}`. Start with `alongside serve`.",
        database.display(),
        target.display()
    );
    if lost > 0 {
        bail!(
            "{lost} stored messages or files are missing or changed in this backup; everything else is restored. Look for them in an older one: they lie in `files`, and can be copied one by one"
        );
    }
    Ok(told?)
}

fn copy_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::copy(from, to).with_context(|| format!("cannot copy `{}`", from.display()))?;
    private::file(to).with_context(|| format!("cannot close `{}` to others", to.display()))
}

/// False for a file that is gone by now: half written or tried out beside the others. What a row names stays.
fn copy_if_there(from: &Path, to: &Path) -> anyhow::Result<bool> {
    match copy_file(from, to) {
        Err(_) if !from.exists() => Ok(false),
        outcome => outcome.map(|()| true),
    }
}

fn copy_tree(from: &Path, to: &Path) -> anyhow::Result<usize> {
    private::folder(to).with_context(|| format!("cannot make `{}`", to.display()))?;
    let mut copied = 0;
    let Ok(entries) = std::fs::read_dir(from) else { return Ok(0) };
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copied += copy_tree(&entry.path(), &target)?;
        } else if copy_if_there(&entry.path(), &target)? {
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
        let link = desk::people::setup_link(&desk, None, desk::who::Role::Lead).await.unwrap();
        drop(desk);
        backup(&config(&old), &copy).await.unwrap();
        assert!(backup(&config(&old), &copy).await.is_err(), "never over an older one");
        for inside in [old.join("files/copy"), copy.join("further")] {
            let refused = backup(&config(&old), &inside).await.unwrap_err().to_string();
            assert!(refused.contains("lies in") && !inside.exists(), "{refused}");
        }

        restore(&config(&new), &copy).await.unwrap();
        let restored = serve::open(&config(&new)).await.unwrap();
        assert_eq!(restored.blobs.get(&key).await.unwrap(), b"a message");
        let token = link.rsplit('/').next().unwrap();
        assert!(desk::people::open_setup(&restored, token).await.is_ok(), "rows and secret came along");

        let mut elsewhere = config(&place.path().join("third"));
        elsewhere.store.database = Some(format!("sqlite:{}", place.path().join("rows/desk.db").display()));
        restore(&elsewhere, &copy).await.unwrap();
        let restored = serve::open(&elsewhere).await.unwrap();
        assert!(
            desk::people::open_setup(&restored, token).await.is_ok(),
            "the rows are where the desk looks"
        );
        elsewhere.store.folder = place.path().join("fourth");
        assert!(restore(&elsewhere, &copy).await.unwrap_err().to_string().contains("is there already"));
        elsewhere.store.database = Some("postgres://somewhere/desk".into());
        assert!(restore(&elsewhere, &copy).await.unwrap_err().to_string().contains("store.database"));

        std::fs::write(copy.join("alongside.db"), b"").unwrap();
        let empty = place.path().join("empty");
        assert!(restore(&config(&empty), &copy).await.unwrap_err().to_string().contains("no whole backup"));
    }
    #[cfg(unix)]
    #[tokio::test]
    async fn what_is_stored_and_its_copies_are_closed_to_other_accounts() {
        use std::os::unix::fs::PermissionsExt;
        fn open_to_others(path: &Path) -> Vec<std::path::PathBuf> {
            let mode = std::fs::metadata(path).unwrap().permissions().mode();
            let mut open = if mode & 0o077 == 0 { vec![] } else { vec![path.to_owned()] };
            if path.is_dir() {
                for entry in std::fs::read_dir(path).unwrap() {
                    open.extend(open_to_others(&entry.unwrap().path()));
                }
            }
            open
        }
        let place = tempfile::tempdir().unwrap();
        let (old, copy, new) =
            (place.path().join("old"), place.path().join("copy"), place.path().join("new"));
        // A folder from before, open to everybody.
        std::fs::create_dir(&old).unwrap();
        std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o755)).unwrap();
        private::from_now_on();
        let desk = serve::open(&config(&old)).await.unwrap();
        desk.blobs.put(b"a message".to_vec()).await.unwrap();
        backup(&config(&old), &copy).await.unwrap();
        restore(&config(&new), &copy).await.unwrap();
        for folder in [&old, &copy, &new] {
            assert_eq!(open_to_others(folder), Vec::<std::path::PathBuf>::new());
        }
    }

    #[tokio::test]
    async fn a_damaged_copy_is_not_called_whole() {
        let place = tempfile::tempdir().unwrap();
        let here = |name: &str| place.path().join(name);
        let desk = serve::open(&config(&here("old"))).await.unwrap();
        crate::demo::fill(&desk, &crate::demo::Walk::from(&desk.clock)).await.unwrap();
        backup(&config(&here("old")), &here("copy")).await.unwrap();

        let named = desk::erasure::broken_files(&desk.db, &Blobs::in_memory()).await.unwrap();
        let key = named.first().unwrap();
        desk.blobs.remove(key).await.unwrap();
        let problem = backup(&config(&here("old")), &here("less")).await.unwrap_err().to_string();
        assert!(problem.contains("1 stored messages or files are missing"), "{problem}");
        assert!(here("less/secret").exists(), "what is there is kept");
        let problem = restore(&config(&here("new")), &here("less")).await.unwrap_err().to_string();
        assert!(problem.contains("everything else is restored"), "{problem}");

        let database = here("copy").join(DATABASE);
        let mut bytes = std::fs::read(&database).unwrap();
        let middle = bytes.len() / 2;
        bytes.iter_mut().skip(middle).take(40_960).for_each(|byte| *byte = 0x5a);
        std::fs::write(&database, bytes).unwrap();
        let problem = restore(&config(&here("third")), &here("copy")).await.unwrap_err().to_string();
        assert!(problem.contains("its database is damaged"), "{problem}");
        assert!(!here("third").exists(), "nothing was put in the way of a better backup");
    }
}
