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
        self.store.put(&path, PutPayload::from(bytes)).await?;
        if let Some(folder) = &self.folder {
            let file = folder.join(path.as_ref());
            tokio::task::spawn_blocking(move || flush(&file))
                .await
                .map_err(|problem| Error::Broken(problem.to_string()))?
                .map_err(|problem| Error::Broken(format!("flush: {problem}")))?;
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

fn flush(file: &std::path::Path) -> std::io::Result<()> {
    std::fs::File::open(file)?.sync_all()?;
    // The name must last as well as the bytes.
    for folder in file.ancestors().skip(1).take(2) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
