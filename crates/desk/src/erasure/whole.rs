//! Whether a store is whole: every file that a row names is there, as it was stored.

use std::collections::BTreeSet;

use super::store;
use crate::blobs::Blobs;
use crate::db::Db;
use crate::error::Result;

/// The files that rows name and that are missing or changed.
pub async fn broken_files(db: &Db, blobs: &Blobs) -> Result<BTreeSet<String>> {
    let mut tx = db.read().await?;
    let keys = store::all_keys(&mut tx).await?;
    drop(tx);
    let mut broken = BTreeSet::new();
    for key in keys {
        if !blobs.is_whole(&key).await.unwrap_or(false) {
            broken.insert(key);
        }
    }
    Ok(broken)
}

/// Whether anybody ever reported anything here.
pub async fn holds_reports(db: &Db) -> Result<bool> {
    let mut tx = db.read().await?;
    Ok(store::counts(&mut tx).await?.0 > 0)
}
