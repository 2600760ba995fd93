//! What the desk can say about itself, from the event log alone: how soon people hear from us, how long they wait in
//! silence, whether promises are kept, how people felt treated. Nothing here is about one person, or about the people
//! who made a mistake; every number comes with how many it rests on.

pub(crate) mod store;
pub mod web;

use crate::Desk;
use crate::error::Result;
use crate::ids::Time;
use crate::surveys::{self, Satisfaction};

/// Middle and slow end of a wait, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wait {
    pub n: usize,
    pub p50: f64,
    pub p90: f64,
}

/// Everything the numbers page shows, for one stretch of time.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    pub days: i64,
    pub reports: i64,
    pub first_word: Option<Wait>,
    pub first_human_word: Option<Wait>,
    pub first_human_word_business: Option<Wait>,
    pub longest_silence: Option<i64>,
    pub promises_due: i64,
    pub promises_kept: i64,
    pub promises_moved: i64,
    pub kept_share: Option<stats::Interval>,
    /// Reports in which somebody told us about something they did themselves. Shown from five on.
    pub own_mistake: Option<i64>,
    pub satisfaction: Satisfaction,
    pub waiting_now: i64,
}

/// At most this many reports are read for the middle values; beyond it these rest on the newest ones, which places a p90
/// within one percentile (standard error of a share of 0.9 in 5,000: 0.4 %). Counts and the longest silence rest on all.
const MOST_ROWS: i64 = 5_000;

/// The numbers of the last `days` days.
pub async fn of_last(desk: &Desk, days: i64) -> Result<Numbers> {
    let now = desk.now();
    let since = now.plus(-days.saturating_mul(Time::DAY));
    let mut tx = desk.db.read().await?;
    let rows = store::waits(&mut tx, since, MOST_ROWS).await?;
    let promises = store::promises(&mut tx, since, now).await?;
    let counts = store::counts(&mut tx, since).await?;
    let satisfaction = surveys::satisfaction(&mut tx).await?;
    let waiting_now = store::waiting_now(&mut tx).await?;
    drop(tx);
    let hours = &desk.settings.hours;
    let first: Vec<f64> =
        rows.iter().filter_map(|row| row.first_word_at.map(|at| at.since(row.received_at) as f64)).collect();
    let human: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.first_human_word_at.map(|at| at.since(row.received_at) as f64))
        .collect();
    let business: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.first_human_word_at.map(|at| hours.between(row.received_at, at) as f64))
        .collect();
    let (due, kept, moved) = promises;
    Ok(Numbers {
        days,
        reports: counts.0,
        first_word: wait(first),
        first_human_word: wait(human),
        first_human_word_business: wait(business),
        longest_silence: Some(counts.2).filter(|silence| *silence > 0),
        promises_due: due,
        promises_kept: kept,
        promises_moved: moved,
        kept_share: (due > 0)
            .then(|| stats::wilson(u64::try_from(kept).unwrap_or(0), u64::try_from(due).unwrap_or(0), 0.95)),
        own_mistake: Some(counts.1).filter(|n| *n >= surveys::FEWEST && counts.0 - *n >= surveys::FEWEST),
        satisfaction,
        waiting_now,
    })
}

fn wait(mut values: Vec<f64>) -> Option<Wait> {
    let p50 = stats::quantile(&mut values, 0.5)?;
    let p90 = stats::quantile(&mut values, 0.9)?;
    Some(Wait { n: values.len(), p50, p90 })
}
