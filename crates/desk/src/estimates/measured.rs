//! What the desk has counted that an estimate may use: how soon people report, how often a harmful message comes.
//! Every number says how many it rests on; below five people nothing is shown. Whether people report at all is known only
//! where a drill knows who got the message, so it is said to be unmeasured rather than guessed.

use std::collections::BTreeSet;

use stats::Interval;

use super::store;
use crate::Desk;
use crate::error::Result;
use crate::ids::Time;
use crate::reports::Seen;
use crate::surveys::FEWEST;

/// What may be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    pub time_to_report: Option<Timing>,
    pub harmful: Option<Counted>,
}

/// How soon the people who reported did so.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    pub n: usize,
    /// The middle, and what nine in ten stay below, in microseconds.
    pub p50: f64,
    pub p90: f64,
    pub steps: Vec<Step>,
}

/// Of all who reported, the share that had done so after some hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub hours: f64,
    pub reported: f64,
    /// 95 %, Wilson.
    pub likely: Interval,
}

/// Events counted over whole months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub seen: i64,
    pub months: i64,
}

/// The hours at which the curve is read.
const HOURS: [f64; 4] = [0.5, 2.0, 8.0, 48.0];
/// Reports later than this after the message's date are about something else, or the date is wrong.
const LATEST: i64 = 30 * Time::DAY;
const MONTH: i64 = 30 * Time::DAY;
const MOST_REPORTS: i64 = 2_000;

/// What the desk has counted in the last year.
pub async fn of(desk: &Desk) -> Result<Measured> {
    let now = desk.now();
    let mut tx = desk.db.read().await?;
    let first = store::first_report(&mut tx).await?;
    let months = first.map_or(0, |first| (now.since(first) / MONTH).clamp(0, 12));
    let seen = store::seen(&mut tx, now.plus(-365 * Time::DAY), MOST_REPORTS).await?;
    let since = now.plus(-months.max(1) * MONTH);
    let harmful = store::harmful(&mut tx, since).await?;
    let told = store::harmful_to(&mut tx, since).await?;
    drop(tx);
    let waits = seen
        .into_iter()
        .filter_map(|(received, evidence, who)| Some((who, wait(received, &Seen::parse(&evidence))?)));
    let enough = months > 0 && harmful >= FEWEST && told >= FEWEST;
    Ok(Measured {
        time_to_report: timing(waits.collect()),
        harmful: enough.then_some(Counted { seen: harmful, months }),
    })
}

/// From the moment a message was sent to the moment it was reported. Only where the message came to us whole: a
/// forwarded one carries the date of forwarding, and its sender's own zone is lost.
fn wait(received: Time, seen: &Seen) -> Option<f64> {
    if !["bare", "attached", "arf", "outlook-file"].contains(&seen.shape.as_str()) {
        return None;
    }
    let sent = Time(seen.sent_at?.checked_mul(1_000_000)?);
    let wait = received.since(sent);
    (0..=LATEST).contains(&wait).then_some(wait as f64)
}

/// Nothing while fewer than five people stand behind it, however often each of them told us something.
fn timing(waits: Vec<(String, f64)>) -> Option<Timing> {
    let people: BTreeSet<&str> = waits.iter().map(|(who, _)| who.as_str()).collect();
    if i64::try_from(people.len()).ok()? < FEWEST {
        return None;
    }
    let mut waits: Vec<f64> = waits.into_iter().map(|(_, wait)| wait).collect();
    let n = waits.len();
    let steps = HOURS
        .into_iter()
        .map(|hours| {
            let by_then = waits.iter().filter(|wait| **wait <= hours * Time::HOUR as f64).count();
            Step {
                hours,
                reported: by_then as f64 / n as f64,
                likely: stats::wilson(by_then as u64, n as u64, 0.95),
            }
        })
        .collect();
    Some(Timing { n, p50: stats::quantile(&mut waits, 0.5)?, p90: stats::quantile(&mut waits, 0.9)?, steps })
}

impl Timing {
    /// The steps as they may stand in a scenario, but for what an hour costs.
    pub fn lines(&self) -> String {
        self.steps
            .iter()
            .map(|step| {
                format!("  {{ hours = {}, reported = {:.2}, loss = … }},\n", step.hours, step.reported)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(shape: &str, sent_at: Option<i64>) -> Seen {
        Seen { shape: shape.into(), sent_at, ..Seen::default() }
    }

    #[test]
    fn a_wait_counts_only_where_the_date_can_be_believed() {
        let received = Time(10_000 * 1_000_000);
        assert_eq!(wait(received, &seen("bare", Some(6_400))), Some(Time::HOUR as f64));
        assert_eq!(wait(received, &seen("bare", None)), None);
        assert_eq!(wait(received, &seen("bare", Some(10_001))), None, "a date that lies ahead");
        assert_eq!(wait(received, &seen("bare", Some(10_000 - 31 * 86_400))), None, "a date long gone");
        assert_eq!(wait(received, &seen("letter", Some(6_400))), None, "their own letter");
        assert_eq!(wait(received, &seen("bare", Some(i64::MAX))), None);
    }

    #[test]
    fn nothing_is_shown_below_five_and_shares_never_fall() {
        let hour = Time::HOUR as f64;
        let of =
            |waits: &[f64]| waits.iter().enumerate().map(|(who, wait)| (who.to_string(), *wait)).collect();
        assert_eq!(timing(of(&[hour; 4])), None);
        assert_eq!(timing(vec![("Kim".to_owned(), hour); 9]), None, "one person, nine times");
        let found = timing(of(&[0.2 * hour, hour, hour, 5.0 * hour, 60.0 * hour])).expect("five");
        assert_eq!(found.steps.iter().map(|step| step.reported).collect::<Vec<_>>(), [0.2, 0.6, 0.8, 0.8]);
        assert_eq!((found.n, found.p50), (5, hour));
    }
}
