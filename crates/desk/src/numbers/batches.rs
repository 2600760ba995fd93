//! A figure about few people moves only in batches. Each is a stretch of whole weeks with enough people behind it, and is kept as it was
//! known when its last week ended. What is told, corrected or forgotten later changes no batch, and what lies between two looks
//! is whole batches: nobody can be worked out from it.

use super::store;
use crate::db::Tx;
use crate::error::Result;
use crate::hours::Hours;
use crate::ids::Time;
use crate::surveys::FEWEST;

/// Which figures move in batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    /// How many people told us of a step of their own.
    OwnStep,
    /// How long after a message was sent each report of it came, in microseconds.
    ReportTime,
}

impl Figure {
    fn as_str(self) -> &'static str {
        match self {
            Figure::OwnStep => "own-step",
            Figure::ReportTime => "report-time",
        }
    }
}

/// Whole weeks, and what they gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Batch {
    pub since: Time,
    pub until: Time,
    pub figures: Vec<i64>,
}

/// The weeks to look at next: all since the last batch, up to the end of the first week that was not looked at yet. Nothing while
/// that week lasts.
pub(crate) async fn next(
    tx: &mut Tx,
    figure: Figure,
    hours: &Hours,
    now: Time,
) -> Result<Option<(Time, Time)>> {
    let (since, looked) = match store::open_batch(tx, figure.as_str()).await? {
        Some(open) => open,
        None => match store::first_report(tx).await? {
            Some(first) => (hours.week_start(first), hours.week_start(first)),
            None => return Ok(None),
        },
    };
    let until = hours.next_week(looked);
    Ok((until <= now).then_some((since, until)))
}

/// Keeps what these weeks gave. Without figures they wait for the week after them.
pub(crate) async fn put(
    tx: &mut Tx,
    figure: Figure,
    since: Time,
    until: Time,
    figures: Option<&[i64]>,
) -> Result<()> {
    let text = figures.map(|figures| figures.iter().map(i64::to_string).collect::<Vec<_>>().join(" "));
    store::put_batch(tx, figure.as_str(), since, until, text.as_deref()).await?;
    if figures.is_some() {
        store::put_batch(tx, figure.as_str(), until, until, None).await?;
    }
    Ok(())
}

/// The batches that ended after a moment, the oldest first.
pub(crate) async fn since(tx: &mut Tx, figure: Figure, after: Time) -> Result<Vec<Batch>> {
    let found = store::batches(tx, figure.as_str(), after).await?;
    let batch = |(since, until, text): (Time, Time, String)| Batch {
        since,
        until,
        figures: text.split(' ').filter_map(|figure| figure.parse().ok()).collect(),
    };
    Ok(found.into_iter().map(batch).collect())
}

/// Whether a week ended in which nobody counted those with a step of their own.
pub(super) async fn are_due(tx: &mut Tx, hours: &Hours, now: Time) -> Result<bool> {
    Ok(next(tx, Figure::OwnStep, hours, now).await?.is_some())
}

/// Counts in the weeks that ended who told us of a step of their own. Invariant: called before anything changes what was known at the end of a week.
pub(crate) async fn close_weeks(tx: &mut Tx, hours: &Hours, now: Time) -> Result<()> {
    while let Some((since, until)) = next(tx, Figure::OwnStep, hours, now).await? {
        let own = store::with_step(tx, since, until).await?;
        // All who told us are counted only where it matters: a quiet year would be read again with each week.
        let enough = own >= FEWEST && store::people(tx, since, until).await? - own >= FEWEST;
        put(tx, Figure::OwnStep, since, until, enough.then_some(&[own][..])).await?;
    }
    Ok(())
}
