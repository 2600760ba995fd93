//! What the desk can say about itself, from the event log alone: how soon people hear from us, how long they wait in
//! silence, whether promises are kept, how people felt treated. Nothing here is about one person, or about the people
//! who made a mistake; every number comes with how many it rests on.

pub(crate) mod batches;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub mod web;

use stats::Observation;

use crate::error::Result;
use crate::ids::Time;
use crate::surveys::{self, Satisfaction};
use crate::{Desk, cases, write};

pub(crate) use batches::close_weeks;

/// The stretches of time the page shows, in days.
pub const WINDOWS: [i64; 3] = [7, 30, 90];

/// Middle and slow end of a wait, in microseconds. Those who still wait count too: an end they have not reached is
/// not known yet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wait {
    /// How many reports were looked at, and to how many of them that word came.
    pub n: u64,
    pub heard: u64,
    pub p50: Option<f64>,
    pub p90: Option<f64>,
    /// Between what the middle likely lies (95 %); the far end may not be known yet.
    pub middle: (Option<f64>, Option<f64>),
}

/// How many people told us of a step of their own, in whole batches of weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnStep {
    pub people: i64,
    /// The first week begins here, the last one ends here.
    pub since: Time,
    pub until: Time,
}

/// Everything the numbers page shows, for one stretch of time.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    pub days: i64,
    pub reports: i64,
    /// Only of those who got one: the desk itself may not write to everybody.
    pub first_word: Option<Wait>,
    pub first_human_word: Option<Wait>,
    pub first_human_word_business: Option<Wait>,
    pub longest_silence: Option<i64>,
    pub promises_due: i64,
    pub promises_kept: i64,
    pub promises_moved: i64,
    pub kept_share: Option<stats::Interval>,
    /// People who told us, in weeks that are over, about something they did themselves.
    pub own_step: Option<OwnStep>,
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
    if batches::are_due(&mut tx, &desk.settings.hours, now).await? {
        drop(tx);
        write!(desk.db, tx => { close_weeks(tx, &desk.settings.hours, now).await })?;
        tx = desk.db.read().await?;
    }
    let rows = store::waits(&mut tx, since, MOST_ROWS).await?;
    let promises = store::promises(&mut tx, since, now).await?;
    let week = desk.settings.hours.week_start(now);
    let own_step = own_step(&mut tx, week.plus(-days.saturating_mul(Time::DAY))).await?;
    let (reports, silence) = store::reports(&mut tx, since, now).await?;
    let satisfaction = surveys::satisfaction(&mut tx).await?;
    let waiting_now = cases::waiting(&mut tx).await?;
    drop(tx);
    let hours = &desk.settings.hours;
    // The desk's own first word is one of the period; who waits for a person's from before it waits in this period as well.
    let of_period: Vec<&store::Waited> = rows.iter().filter(|row| row.received_at >= since).collect();
    let first: Vec<Observation> =
        of_period.iter().filter_map(|row| Some(heard(row.first_word_at?.since(row.received_at)))).collect();
    let human = |length: &dyn Fn(Time, Time) -> i64| -> Vec<Observation> {
        rows.iter()
            .map(|row| match row.first_human_word_at {
                Some(at) => heard(length(row.received_at, at)),
                None => still(length(row.received_at, row.ended_at.unwrap_or(now))),
            })
            .collect()
    };
    let clock = human(&|from, to| to.since(from));
    let business = human(&|from, to| hours.between(from, to));
    let (due, kept, moved) = promises;
    Ok(Numbers {
        days,
        reports,
        first_word: wait(&first).map(|one| Wait { n: of_period.len() as u64, ..one }),
        first_human_word: wait(&clock),
        first_human_word_business: wait(&business),
        longest_silence: Some(silence).filter(|silence| *silence > 0),
        promises_due: due,
        promises_kept: kept,
        promises_moved: moved,
        kept_share: (due > 0)
            .then(|| stats::wilson(u64::try_from(kept).unwrap_or(0), u64::try_from(due).unwrap_or(0), 0.95)),
        own_step,
        satisfaction,
        waiting_now,
    })
}

fn heard(micros: i64) -> Observation {
    Observation { time: micros.max(0) as f64, happened: true }
}

fn still(micros: i64) -> Observation {
    Observation { time: micros.max(0) as f64, happened: false }
}

/// The curve of a wait (Kaplan and Meier), read at its middle and its slow end.
fn wait(waits: &[Observation]) -> Option<Wait> {
    if waits.is_empty() {
        return None;
    }
    let curve = stats::kaplan_meier(waits, 0.95);
    let first = |below: &dyn Fn(&stats::Step) -> f64| {
        curve.steps.iter().find(|step| below(step) <= 0.5).map(|step| step.time)
    };
    Some(Wait {
        n: curve.watched,
        heard: curve.steps.iter().map(|step| step.events).sum(),
        p50: curve.time_of(0.5),
        p90: curve.time_of(0.9),
        middle: (first(&|step| step.interval.low), first(&|step| step.interval.high)),
    })
}

/// The batches that ended after a moment, together. The oldest may have begun before it, so the page names its days.
async fn own_step(tx: &mut crate::db::Tx, after: Time) -> Result<Option<OwnStep>> {
    let batches = batches::since(tx, batches::Figure::OwnStep, after).await?;
    let (Some(first), Some(last)) = (batches.first(), batches.last()) else { return Ok(None) };
    let people = batches.iter().flat_map(|batch| &batch.figures).sum();
    Ok(Some(OwnStep { people, since: first.since, until: last.until }))
}
