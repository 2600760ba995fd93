//! Everything the desk knows about a person, for them to read.

use serde_json::{Value, json};

use super::forget::Names;
use super::known::{KnownCase, KnownEntry, KnownTask};
use super::{find, store};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::{Desk, people, write};

/// Everything the desk knows about a person, as JSON for them to read. The record says that it was given.
pub async fn export(desk: &Desk, address: &str) -> Result<String> {
    let mut tx = desk.db.read().await?;
    let person = find(&mut tx, address).await?;
    let Team { cases, notes, tasks } = Team::about(&mut tx, person).await?;
    let estimates = Names::of(&mut tx, person).await?.estimates(&mut tx).await?;
    let known = json!({
        "person": store::person(&mut tx, person).await?,
        "reports": store::reports(&mut tx, person).await?,
        "cases": cases,
        "notes": notes,
        "timeline": store::timeline(&mut tx, person).await?,
        "letters": store::letters(&mut tx, person).await?,
        "promises": store::promises(&mut tx, person).await?,
        "drafts": store::drafts(&mut tx, person).await?,
        "tasks": tasks,
        "estimates": estimates,
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

/// What the team wrote about a person and not to them. It is what forgetting them takes away.
#[derive(Default)]
struct Team {
    cases: Vec<KnownCase>,
    notes: Vec<KnownEntry>,
    tasks: Vec<KnownTask>,
}

impl Team {
    /// All of it where nobody else is in the case; where others are, and elsewhere, what names them.
    async fn about(tx: &mut Tx, person: PersonId) -> Result<Team> {
        let names = Names::of(tx, person).await?;
        let mut team = Team { tasks: store::tasks(tx, person).await?, ..Team::default() };
        for id in store::cases_of(tx, person).await? {
            let alone = store::others_in(tx, id, person).await? == 0;
            let own = store::own_titles(tx, id, person).await?;
            let case = store::case(tx, id).await?;
            team.cases
                .extend(case.filter(|case| alone || own.contains(&case.title) || names.are_in(&case.title)));
            let notes = store::case_notes(tx, id, person).await?;
            team.notes.extend(notes.into_iter().filter(|note| alone || names.are_in(&note.body)));
            let tasks = store::case_tasks(tx, id).await?;
            let about = |task: &KnownTask| names.are_in(&task.ask) || names.are_in(&task.why);
            team.tasks.extend(tasks.into_iter().filter(|task| alone || about(task)));
        }
        for name in names.full() {
            for note in store::team_notes_like(tx, name).await? {
                if names.are_in(&note.body) && !team.notes.contains(&note) {
                    team.notes.push(note);
                }
            }
        }
        Ok(team)
    }
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
