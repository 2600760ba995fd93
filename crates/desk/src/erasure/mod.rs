//! A person's right to their data: giving all of it, forgetting all of it, and a look whether the whole desk is in order.

pub(crate) mod store;

use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::{Desk, jobs, people, write};

/// How much was forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    pub reports: usize,
    pub letters: u64,
    pub files: usize,
}

/// Everything the desk knows about a person, as JSON for them to read.
pub async fn export(desk: &Desk, address: &str) -> Result<String> {
    let mut tx = desk.db.read().await?;
    let person = find(&mut tx, address).await?;
    let known = serde_json::json!({
        "person": store::person(&mut tx, person).await?,
        "reports": store::reports(&mut tx, person).await?,
        "letters": store::letters(&mut tx, person).await?,
        "words": store::words(&mut tx, person).await?,
    });
    serde_json::to_string_pretty(&known).map_err(|problem| Error::Broken(problem.to_string()))
}

/// Forgets a person: name, address, words, messages and files. Times and outcomes stay, and name nobody.
pub async fn erase(desk: &Desk, address: &str) -> Result<Erased> {
    let mut tx = desk.db.read().await?;
    let person = find(&mut tx, address).await?;
    let ids = store::report_ids(&mut tx, person).await?;
    let keys = store::keys_of(&mut tx, person).await?;
    drop(tx);
    let now = desk.now();
    let letters = write!(desk.db, tx => {
        let letters = store::forget(tx, person, now).await?;
        people::note(tx, None, "forgot a person", "at their wish", now).await?;
        Ok(letters)
    })?;
    // Bytes go after the rows: a crash in between leaves bytes that nothing names, never a row without its bytes.
    let mut files = 0;
    for key in keys {
        let mut tx = desk.db.read().await?;
        let shared = store::still_used(&mut tx, &key).await?;
        drop(tx);
        if !shared {
            desk.blobs.remove(&key).await?;
            files += 1;
        }
    }
    Ok(Erased { reports: ids.len(), letters, files })
}

/// Looks whether everything is as it should be. Lines that need somebody begin with `problem:`.
pub async fn doctor(desk: &Desk) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut tx = desk.db.read().await?;
    let counts = store::counts(&mut tx).await?;
    let silent = store::without_promise(&mut tx).await?;
    let keys = store::all_keys(&mut tx).await?;
    drop(tx);
    lines.push(format!(
        "fine: the store answers; {} reports, {} cases, {} letters",
        counts.0, counts.1, counts.2
    ));
    let given_up = jobs::given_up(desk).await?.len();
    lines.push(match given_up {
        0 => "fine: no job was given up".into(),
        n => format!("problem: {n} jobs were given up; look at {}", desk.link("/admin/jobs")),
    });
    lines.push(match silent {
        0 => "fine: everybody who waits has a promise".into(),
        n => format!("problem: {n} reports wait without a promise; look at {}", desk.link("/inbox")),
    });
    let mut missing = 0;
    for key in &keys {
        if desk.blobs.get(key).await.is_err() {
            missing += 1;
        }
    }
    lines.push(match missing {
        0 => format!("fine: all {} stored messages and files can be read", keys.len()),
        n => format!("problem: {n} stored messages or files cannot be read; restore them from a backup"),
    });
    if desk.post.is_none() {
        lines.push("note: no mail relay is set up, so letters wait in the outbox".into());
    }
    Ok(lines)
}

async fn find(tx: &mut crate::db::Tx, address: &str) -> Result<PersonId> {
    store::person_by_address(tx, &people::normal(address))
        .await?
        .ok_or_else(|| Error::Invalid(format!("The desk knows nobody with the address `{address}`.")))
}
