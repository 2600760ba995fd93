//! Everything the desk knows about a person, for them to read.

use serde_json::{Value, json};

use super::{find, store};
use crate::error::{Error, Result};
use crate::{Desk, people, write};

/// Everything the desk knows about a person, as JSON for them to read. The record says that it was given.
pub async fn export(desk: &Desk, address: &str) -> Result<String> {
    let mut tx = desk.db.read().await?;
    let person = find(&mut tx, address).await?;
    let known = json!({
        "person": store::person(&mut tx, person).await?,
        "reports": store::reports(&mut tx, person).await?,
        "timeline": store::timeline(&mut tx, person).await?,
        "letters": store::letters(&mut tx, person).await?,
        "promises": store::promises(&mut tx, person).await?,
        "tasks": store::tasks(&mut tx, person).await?,
        "files": store::files(&mut tx, person).await?,
        "who_looked": store::looked(&mut tx, person).await?,
    });
    drop(tx);
    let now = desk.now();
    write!(desk.db, tx => {
        people::note_about(tx, None, "gave out what we know about a person", "all of it", Some(person), now).await
    })?;
    serde_json::to_string_pretty(&known).map_err(|problem| Error::Broken(problem.to_string()))
}

/// A moment as people and programs read it.
pub(super) fn moment<S: serde::Serializer>(at: &crate::Time, out: S) -> std::result::Result<S::Ok, S::Error> {
    out.collect_str(&at.timestamp())
}

/// A moment that may not have come.
pub(super) fn maybe<S: serde::Serializer>(
    at: &Option<crate::Time>,
    out: S,
) -> std::result::Result<S::Ok, S::Error> {
    match at {
        Some(at) => moment(at, out),
        None => out.serialize_none(),
    }
}

/// The stored evidence as what it is, not as a text within a text.
pub(super) fn inner<S: serde::Serializer>(
    text: &Option<String>,
    out: S,
) -> std::result::Result<S::Ok, S::Error> {
    let value = text.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    serde::Serialize::serialize(&value, out)
}
