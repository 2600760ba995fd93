//! Estimates: how much a kind of trouble may cost in a year, as a range, kept by leads with who estimated and why.
//! Every change is a new version; what a decision once rested on stays readable. Knows nothing about one person.

pub mod compute;
mod difference;
pub mod fields;
pub(crate) mod forget;
pub mod measured;
pub(crate) mod store;
pub mod web;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::sync::Semaphore;

pub use compute::{Compared, Hurdle, Side, Typed};

use crate::error::{Error, Result};
use crate::ids::{EstimateId, Time, VersionId};
use crate::who::Who;
use crate::{Desk, write};

crate::columns! {
    /// An estimate and the number of its newest version.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Estimate {
        pub id: EstimateId,
        pub title: String,
        pub latest: i64,
    }
}

crate::columns! {
    /// One version, whole. Written once.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Version {
        pub id: VersionId,
        pub estimate_id: EstimateId,
        /// From 1.
        pub number: i64,
        pub title: String,
        /// The text of the scenario (TOML).
        pub scenario: String,
        /// SHA-256 of the text.
        pub fingerprint: String,
        pub seed: i64,
        /// Simulated years.
        pub years: i64,
        /// What the numbers rest on, in words.
        pub note: String,
        /// The one sentence of the brief.
        pub sentence: String,
        /// The brief as it was on that day, ready for a page.
        pub brief: String,
        pub author: String,
        pub made_at: Time,
    }
}

crate::columns! {
    /// One version as a line of a list.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Line {
        pub id: VersionId,
        pub estimate_id: EstimateId,
        pub number: i64,
        pub title: String,
        pub note: String,
        pub sentence: String,
        pub author: String,
        pub made_at: Time,
    }
}

/// What became of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is version `.1` of an estimate.
    Yes(EstimateId, i64),
    /// Something has to be put right first.
    Open(Vec<Hurdle>),
    /// Somebody saved this version in the meantime.
    Newer(i64),
}

/// At most this many lines stand in a list.
const MOST_LINES: i64 = 200;

/// How many pages may compute at once: each fills every core.
static COMPUTING: Semaphore = Semaphore::const_new(2);

/// Keeps a new estimate.
pub async fn keep(desk: &Desk, who: &Who, typed: Typed) -> Result<Kept> {
    let made = match computed(typed).await? {
        Ok(made) => made,
        Err(hurdles) => return Ok(Kept::Open(hurdles)),
    };
    let now = desk.now();
    let id = EstimateId::new(now);
    write!(desk.db, tx => {
        store::add(tx, id, &made.title, now).await?;
        store::add_version(tx, &row(&made, id, 1, who, now), now).await
    })?;
    Ok(Kept::Yes(id, 1))
}

/// Keeps the next version of an estimate whose newest version was `from` when its author began.
pub async fn change(desk: &Desk, who: &Who, id: EstimateId, from: i64, typed: Typed) -> Result<Kept> {
    let now = desk.now();
    let mut tx = desk.db.read().await?;
    store::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    drop(tx);
    let made = match computed(typed).await? {
        Ok(made) => made,
        Err(hurdles) => return Ok(Kept::Open(hurdles)),
    };
    write!(desk.db, tx => {
        if !store::advance(tx, id, &made.title, from, now).await? {
            let estimate = store::by_id(tx, id).await?.ok_or(Error::NotFound)?;
            return Ok(Kept::Newer(estimate.latest));
        }
        store::add_version(tx, &row(&made, id, from + 1, who, now), now).await?;
        Ok(Kept::Yes(id, from + 1))
    })
}

/// The newest version of every estimate.
pub async fn list(desk: &Desk) -> Result<Vec<Line>> {
    let mut tx = desk.db.read().await?;
    store::latest(&mut tx, MOST_LINES).await
}

/// Versions of all estimates, for choosing two of them.
pub async fn versions(desk: &Desk) -> Result<Vec<Line>> {
    let mut tx = desk.db.read().await?;
    store::versions(&mut tx, MOST_LINES).await
}

/// One version of an estimate, the newest unless `number` names another, and the history, newest first.
pub async fn show(desk: &Desk, id: EstimateId, number: Option<i64>) -> Result<(Version, Vec<Line>)> {
    let mut tx = desk.db.read().await?;
    let estimate = store::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let version =
        store::version(&mut tx, id, number.unwrap_or(estimate.latest)).await?.ok_or(Error::NotFound)?;
    let history = store::history(&mut tx, id).await?;
    Ok((version, history))
}

/// One version by its own id.
pub async fn version(desk: &Desk, id: VersionId) -> Result<Version> {
    let mut tx = desk.db.read().await?;
    store::version_by_id(&mut tx, id).await?.ok_or(Error::NotFound)
}

/// The brief of a version with only one of its options.
pub async fn what_if(version: &Version, option: String) -> Result<String> {
    let side = Side::of(version);
    working(move || compute::only_option(&side, &option)).await?.ok_or(Error::NotFound)
}

/// Two versions side by side, lived through the same years.
///
/// # Errors
/// The two cannot be compared; the sentence says why.
pub async fn compare(left: &Version, right: &Version) -> Result<Compared> {
    let (left, right) = (Side::of(left), Side::of(right));
    working(move || compute::compare(&left, &right)).await?.map_err(Error::Invalid)
}

async fn computed(typed: Typed) -> Result<std::result::Result<Arc<compute::Made>, Vec<Hurdle>>> {
    working(move || compute::make(&typed).map(Arc::new)).await
}

/// Does heavy work away from the threads that answer pages.
async fn working<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = COMPUTING.acquire().await.map_err(|_| Error::Broken("computing has stopped".into()))?;
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Broken("an estimate stopped half-way".into()))
}

fn row<'a>(
    made: &'a compute::Made,
    id: EstimateId,
    number: i64,
    who: &Who,
    now: Time,
) -> store::NewVersion<'a> {
    store::NewVersion {
        id: VersionId::new(now),
        estimate: id,
        number,
        title: &made.title,
        scenario: &made.text,
        fingerprint: &made.fingerprint,
        seed: made.seed,
        years: made.years,
        note: &made.note,
        sentence: &made.sentence,
        brief: &made.brief,
        made_by: who.person,
    }
}
