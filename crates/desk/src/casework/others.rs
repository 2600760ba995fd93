//! What would tell one reporter of another: the names and addresses of those who share a case.

use super::show::witnesses;
use super::{Witness, in_case};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::letters;
use crate::reports::Report;

/// How the others in a case are called: everybody but the reader.
pub(super) fn others(all: &[Witness], reader: &Report) -> Vec<String> {
    let is_reader = |witness: &&Witness| {
        witness.report.id == reader.id
            || reader.reporter_id.is_some() && witness.report.reporter_id == reader.reporter_id
    };
    called(all.iter().filter(|witness| !is_reader(witness)))
}

/// Those whose names or addresses stand in these words: in a wave, all others need not be looked for in each letter.
pub(super) fn named_in(all: &[Witness], words: &str) -> Vec<Witness> {
    let is_named = |witness: &&Witness| {
        called(std::iter::once(*witness)).iter().any(|name| letters::is_named(words, name))
    };
    all.iter().filter(is_named).cloned().collect()
}

/// How the people of a case are called, for a letter that several of them read.
pub(super) fn everybody(all: &[Witness]) -> Vec<String> {
    called(all.iter())
}

/// The same for one letter that is written now.
pub(super) async fn others_than(tx: &mut Tx, reader: &Report) -> Result<Vec<String>> {
    let case = in_case(tx, reader.id).await?.ok_or(Error::NotFound)?;
    Ok(others(&witnesses(tx, case, &[]).await?, reader))
}

fn called<'a>(witnesses: impl Iterator<Item = &'a Witness>) -> Vec<String> {
    let mut called: Vec<String> = witnesses
        .filter(|witness| !witness.reach.is_forgotten())
        .flat_map(|witness| {
            let name = Some(witness.report.reporter_name.clone()).filter(|name| !name.is_empty());
            [name, witness.called.clone(), witness.address.clone()]
        })
        .flatten()
        .collect();
    called.sort();
    called.dedup();
    called
}
