//! Raw bytes, content-addressed by SHA-256, in a local folder. Put before the row that names them,
//! so a row never points at nothing. Never looks inside.

use std::path::PathBuf;
use std::sync::Arc;

use futures::StreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

use crate::db::Faults;
use crate::error::{Error, Result};
use crate::ids::Time;

/// Where raw mail and files lie.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// The local folder, when there is one: its files are flushed to disk before a put returns.
    folder: Option<PathBuf>,
    faults: Option<Arc<Faults>>,
}

impl Blobs {
    /// Keeps everything in a local folder, which is made if missing.
    pub fn in_folder(folder: PathBuf) -> Result<Blobs> {
        std::fs::create_dir_all(&folder)
            .map_err(|problem| Error::Broken(format!("folder for files: {problem}")))?;
        let store = object_store::local::LocalFileSystem::new_with_prefix(&folder)?;
        Ok(Blobs { store: Arc::new(store), folder: Some(folder), faults: None })
    }

    /// Keeps everything in memory, for tests.
    pub fn in_memory() -> Blobs {
        Blobs { store: Arc::new(object_store::memory::InMemory::new()), folder: None, faults: None }
    }

    /// The same store with every call counted by `faults`.
    pub fn with_faults(mut self, faults: Arc<Faults>) -> Blobs {
        self.faults = Some(faults);
        self
    }

    /// Stores bytes durably; gives the key they are found under. Storing the same bytes twice is one object, which is as
    /// young as the last time: see [`Blobs::older_than`].
    pub async fn put(&self, bytes: Vec<u8>) -> Result<String> {
        self.step()?;
        let key = key_of(&bytes);
        let path = path_of(&key);
        match &self.folder {
            None => {
                self.store.put(&path, PutPayload::from(bytes)).await?;
            }
            Some(folder) => {
                let file = folder.join(path.as_ref());
                tokio::task::spawn_blocking(move || keep(&file, &bytes))
                    .await
                    .map_err(|problem| Error::Broken(problem.to_string()))?
                    .map_err(|problem| Error::Broken(format!("a file could not be kept: {problem}")))?;
            }
        }
        Ok(key)
    }

    /// The bytes under a key.
    pub async fn get(&self, key: &str) -> Result<Vec<u8>> {
        self.step()?;
        let found = self.store.get(&path_of(key)).await?;
        Ok(found.bytes().await?.to_vec())
    }

    /// Whether the bytes under a key are the ones that were put there. An error if there are none.
    pub async fn is_whole(&self, key: &str) -> Result<bool> {
        Ok(key_of(&self.get(key).await?) == key)
    }

    /// The keys of everything that was last put before a moment.
    pub async fn older_than(&self, before: Time) -> Result<Vec<String>> {
        self.step()?;
        let mut keys = Vec::new();
        let mut all = self.store.list(None);
        while let Some(found) = all.next().await {
            let found = found?;
            if found.last_modified.timestamp_micros() < before.0
                && let Some(key) = found.location.filename().filter(|name| name.len() == 64)
            {
                keys.push(key.to_owned());
            }
        }
        Ok(keys)
    }

    /// Whether what is under a key was last put before a moment; false if nothing is.
    pub async fn is_older(&self, key: &str, before: Time) -> Result<bool> {
        self.step()?;
        match self.store.head(&path_of(key)).await {
            Ok(found) => Ok(found.last_modified.timestamp_micros() < before.0),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(problem) => Err(problem.into()),
        }
    }

    /// Removes what a stop in the middle of writing left behind, if it is from before a moment; gives how much that was.
    pub async fn remove_pieces(&self, before: Time) -> Result<usize> {
        self.step()?;
        let Some(folder) = self.folder.clone().filter(|folder| folder.is_dir()) else { return Ok(0) };
        tokio::task::spawn_blocking(move || pieces_removed(&folder, before))
            .await
            .map_err(|problem| Error::Broken(problem.to_string()))?
            .map_err(|problem| Error::Broken(format!("what was left behind could not be removed: {problem}")))
    }

    /// Removes what is under a key; fine if nothing is.
    pub async fn remove(&self, key: &str) -> Result<()> {
        self.step()?;
        match self.store.delete(&path_of(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(problem) => Err(problem.into()),
        }
    }

    /// Stores a small file and removes it again: whether the folder takes what is written.
    pub async fn probe(&self) -> Result<()> {
        let path = Path::from(format!("probe-{}", uuid::Uuid::new_v4().simple()));
        self.store.put(&path, PutPayload::from_static(b"whether a file can be written")).await?;
        self.store.delete(&path).await?;
        Ok(())
    }

    fn step(&self) -> Result<()> {
        Ok(self.faults.as_ref().map_or(Ok(()), |faults| faults.step())?)
    }
}

/// The key of some bytes: their SHA-256 in hex.
pub fn key_of(bytes: &[u8]) -> String {
    crate::keys::hex(&Sha256::digest(bytes))
}

fn path_of(key: &str) -> Path {
    let shard = key.get(..2).unwrap_or("00");
    Path::from(format!("{shard}/{key}"))
}

/// Writes a file so that it is on the disk under its name, or not there at all. One that is there stays as it is, and is as young
/// as a new one: in its place would come bytes that are not on the disk yet.
fn keep(file: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if !bytes.is_empty()
        && std::fs::metadata(file).is_ok_and(|known| known.is_file() && known.len() == length)
        && std::fs::read(file).is_ok_and(|known| known == bytes)
    {
        // The same first byte in its own place: nothing changes but the age.
        let mut known = std::fs::File::options().write(true).open(file)?;
        known.write_all(bytes.get(..1).unwrap_or_default())?;
        known.sync_all()?;
        return flush_names(file);
    }
    if let Some(shard) = file.parent() {
        std::fs::create_dir_all(shard)?;
    }
    let mut piece = file.as_os_str().to_owned();
    piece.push(format!("#{}", uuid::Uuid::new_v4().as_u128()));
    let piece = PathBuf::from(piece);
    let written = std::fs::File::create_new(&piece).and_then(|mut fresh| {
        fresh.write_all(bytes)?;
        fresh.sync_all()?;
        std::fs::rename(&piece, file)
    });
    if written.is_err() {
        let _gone = std::fs::remove_file(&piece);
    }
    written?;
    flush_names(file)
}

/// The name must last as well as the bytes.
fn flush_names(file: &std::path::Path) -> std::io::Result<()> {
    for folder in file.ancestors().skip(1).take(2) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Files that no key names and that only we make: half-written ones and the probes of [`Blobs::probe`].
fn pieces_removed(folder: &std::path::Path, before: Time) -> std::io::Result<usize> {
    let mut removed = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            removed += pieces_removed(&entry.path(), before)?;
            continue;
        }
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let half = name.split_once('#').is_some_and(|(key, _)| key.len() == 64);
        let age = entry.metadata()?.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let old = i64::try_from(age.as_micros()).is_ok_and(|at| at < before.0);
        if old && (half || name.starts_with("probe-")) {
            std::fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_same_bytes_twice_leave_the_first_file_in_its_place_and_half_written_ones_go() {
        let place = tempfile::tempdir().unwrap();
        let blobs = Blobs::in_folder(place.path().to_owned()).unwrap();
        let key = blobs.put(b"a report".to_vec()).await.unwrap();
        let file = place.path().join(path_of(&key).as_ref());
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(9 * 86_400);
        let age = |file: &std::path::Path| {
            std::fs::File::options().append(true).open(file).unwrap().set_modified(long_ago).unwrap()
        };
        age(&file);
        let other_name = place.path().join("the same file");
        std::fs::hard_link(&file, &other_name).unwrap();
        assert_eq!(blobs.put(b"a report".to_vec()).await.unwrap(), key);
        let modified = |file: &std::path::Path| std::fs::metadata(file).unwrap().modified().unwrap();
        assert!(modified(&file) > long_ago, "it is young again");
        assert_eq!(modified(&other_name), modified(&file), "and it is the same file on the disk");

        std::fs::write(&file, b"A REPORT").unwrap();
        blobs.put(b"a report".to_vec()).await.unwrap();
        assert!(blobs.is_whole(&key).await.unwrap(), "what was damaged is whole again");

        let half = file.with_file_name(format!("{key}#1"));
        let probe = place.path().join("probe-0123");
        for left in [&half, &probe] {
            std::fs::write(left, b"half of a mail").unwrap();
            age(left);
        }
        let fresh = file.with_file_name(format!("{key}#2"));
        std::fs::write(&fresh, b"being written").unwrap();
        let now = Time(i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_micros()).unwrap());
        assert_eq!(blobs.remove_pieces(now.plus(-Time::DAY)).await.unwrap(), 2);
        assert!(!half.exists() && !probe.exists() && fresh.exists() && file.exists());
    }
}
