//! A person's right to their data: giving all of it, forgetting all of it, and a look whether the whole desk is in order.

mod export;
mod forget;
mod known;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod whole;

pub use export::export;
pub use forget::{Account, Erased, Look, erase, look};
pub use whole::{broken_files, holds_reports};

use crate::error::{Error, Result};
use crate::ids::{PersonId, Time};
use crate::{Desk, jobs, people};

/// Reading a report takes milliseconds. One that waits longer than this needs somebody.
const READ_WITHIN: i64 = 10 * Time::MINUTE;

/// Looks whether everything is as it should be. Lines that need somebody begin with `problem:`.
pub async fn doctor(desk: &Desk) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    if let Some(damage) = desk.db.damage().await {
        return Ok(vec![format!(
            "problem: the database is damaged ({damage}); stop the desk, move its folder away, and restore the newest backup that is whole"
        )]);
    }
    let mut tx = desk.db.read().await?;
    let counts = store::counts(&mut tx).await?;
    let silent = store::without_promise(&mut tx).await?;
    let unread = store::unread(&mut tx, desk.now().plus(-READ_WITHIN)).await?;
    let undelivered = store::undelivered(&mut tx).await?;
    let keys = store::all_keys(&mut tx).await?;
    drop(tx);
    lines.push(format!(
        "fine: the store answers; {} reports, {} cases, {} letters",
        counts.0, counts.1, counts.2
    ));
    if let Err(problem) = desk.db.ping().await {
        lines.push(format!(
            "problem: the store takes no write ({problem}); see whether the disk is full or read-only"
        ));
    }
    match desk.blobs.probe().await {
        Ok(()) => lines.push("fine: the folder of files takes what is written".into()),
        Err(_) => lines.push(
            "problem: the folder of files takes nothing; see whether it is there, is writable, and the disk has room".into(),
        ),
    }
    let given_up = jobs::given_up(desk).await?.len();
    lines.push(match given_up {
        0 => "fine: no job was given up".into(),
        n => format!("problem: {n} jobs were given up; look at {}", desk.link("/admin/jobs")),
    });
    let late = jobs::in_the_way(desk).await?;
    if let Some(first) = late.first() {
        let last = first.last_problem.as_deref().unwrap_or_default();
        lines.push(format!(
            "problem: {} jobs fail again and again and are still tried (`{}`: {last}); look at {}",
            late.len(),
            first.kind,
            desk.link("/admin/jobs")
        ));
    }
    lines.push(match silent {
        0 => "fine: everybody who waits has a promise".into(),
        n => format!("problem: {n} reports wait without a promise; look at {}", desk.link("/inbox")),
    });
    if unread > 0 {
        lines.push(format!(
            "problem: {unread} reports came more than ten minutes ago and are not read yet; look at {}",
            desk.link("/admin/jobs")
        ));
    }
    if undelivered > 0 {
        lines.push(format!(
            "problem: {undelivered} letters could not be delivered; look at {}",
            desk.link("/outbox?undelivered=true")
        ));
    }
    let (mut missing, mut changed) = (0, 0);
    for key in &keys {
        match desk.blobs.is_whole(key).await {
            Ok(true) => {}
            Ok(false) => changed += 1,
            Err(_) => missing += 1,
        }
    }
    if missing > 0 {
        lines.push(format!(
            "problem: {missing} stored messages or files cannot be read; restore them from a backup"
        ));
    }
    if changed > 0 {
        lines.push(format!(
            "problem: {changed} stored messages or files are not what was stored; restore them from a backup"
        ));
    }
    if missing + changed == 0 {
        lines.push(format!("fine: all {} stored messages and files can be read", keys.len()));
    }
    let swept = sweep(desk).await?;
    if swept > 0 {
        lines.push(format!("fine: {swept} stored files that no report had named for a day were removed"));
    }
    if desk.post.is_none() {
        lines.push("note: no mail relay is set up, so letters wait in the outbox".into());
    }
    Ok(lines)
}

/// Removes bytes that nothing names: of a report that was refused, or of one that was forgotten. What is younger than a day may belong
/// to a report that is just being taken in.
async fn sweep(desk: &Desk) -> Result<usize> {
    let mut swept = desk.blobs.remove_pieces(desk.now().plus(-Time::DAY)).await?;
    for key in desk.blobs.older_than(desk.now().plus(-Time::DAY)).await? {
        swept += usize::from(remove_unnamed(desk, &key).await? == Bytes::Gone);
    }
    Ok(swept)
}

/// Bytes this young may be those of somebody whose report is not written down yet. Between the two lies a moment, even on a busy day.
const YOUNG: i64 = 10 * Time::MINUTE;

/// What became of bytes that a forgotten report named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bytes {
    Gone,
    /// Somebody else's report names them too.
    Named,
    /// They were put so lately that another report may be about to name them.
    Young,
}

/// Removes bytes unless a row names them, or may be about to.
async fn remove_unnamed(desk: &Desk, key: &str) -> Result<Bytes> {
    let mut tx = desk.db.read().await?;
    let named = store::still_used(&mut tx, key).await?;
    drop(tx);
    if named {
        return Ok(Bytes::Named);
    }
    // Asked last: whoever put them while we looked at the rows made them young.
    if !desk.blobs.is_older(key, desk.now().plus(-YOUNG)).await? {
        return Ok(Bytes::Young);
    }
    desk.blobs.remove(key).await?;
    Ok(Bytes::Gone)
}

async fn find(tx: &mut crate::db::Tx, address: &str) -> Result<PersonId> {
    store::person_by_address(tx, &people::normal(address))
        .await?
        .ok_or_else(|| Error::Invalid(format!("The desk knows nobody with the address `{address}`.")))
}
