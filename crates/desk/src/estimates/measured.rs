//! What the desk has counted that an estimate may use: how soon people report, how often a harmful message comes.
//! Every number says how many it rests on; below five people nothing is shown, and how soon they report moves only in batches, so that
//! two looks give away nobody's delay. Whether people report at all is known only
//! where a drill knows who got the message, so it is said to be unmeasured rather than guessed.

use std::collections::BTreeSet;

use stats::Interval;

use super::store;
use crate::error::Result;
use crate::ids::Time;
use crate::numbers::batches::{self, Figure};
use crate::reports::{self, Seen};
use crate::surveys::FEWEST;
use crate::{Desk, write};

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
    close_weeks(desk).await?;
    let now = desk.now();
    let week = desk.settings.hours.week_start(now);
    let mut tx = desk.db.read().await?;
    let first = store::first_report(&mut tx).await?;
    let months = first.map_or(0, |first| (now.since(first) / MONTH).clamp(0, 12));
    let batches = batches::since(&mut tx, Figure::ReportTime, week.plus(-365 * Time::DAY)).await?;
    let since = now.plus(-months.max(1) * MONTH);
    let harmful = store::harmful(&mut tx, since).await?;
    let told = store::harmful_to(&mut tx, since).await?;
    drop(tx);
    let enough = months > 0 && harmful >= FEWEST && told >= FEWEST;
    Ok(Measured {
        time_to_report: timing(batches.into_iter().flat_map(|batch| batch.figures).collect()),
        harmful: enough.then_some(Counted { seen: harmful, months }),
    })
}

/// Measures the weeks that ended. Invariant: called before a person is forgotten, so that their going changes nothing that was shown.
pub(crate) async fn close_weeks(desk: &Desk) -> Result<()> {
    let (hours, now) = (&desk.settings.hours, desk.now());
    loop {
        let mut tx = desk.db.read().await?;
        let Some(weeks) = batches::next(&mut tx, Figure::ReportTime, hours, now).await? else {
            return Ok(());
        };
        let seen = store::seen(&mut tx, weeks.0, weeks.1, MOST_REPORTS).await?;
        drop(tx);
        let waits = reports::apart(move || waits_of(seen)).await?;
        let figures = of_enough(waits);
        write!(desk.db, tx => {
            // Another look may have been faster.
            if batches::next(tx, Figure::ReportTime, hours, now).await? == Some(weeks) {
                batches::put(tx, Figure::ReportTime, weeks.0, weeks.1, figures.as_deref()).await?;
            }
            Ok(())
        })?;
    }
}

/// Who reported, and how long after the message was sent.
fn waits_of(seen: Vec<(Time, String, String)>) -> Vec<(String, i64)> {
    let wait = |(received, evidence, who): (Time, String, String)| {
        Some((who, wait(received, &Seen::parse(&evidence))?))
    };
    seen.into_iter().filter_map(wait).collect()
}

/// From the moment a message was sent to the moment it was reported. Only where the message came to us whole: a
/// forwarded one carries the date of forwarding, and its sender's own zone is lost.
fn wait(received: Time, seen: &Seen) -> Option<i64> {
    if !["bare", "attached", "arf", "outlook-file"].contains(&seen.shape.as_str()) {
        return None;
    }
    let sent = Time(seen.sent_at?.checked_mul(1_000_000)?);
    let wait = received.since(sent);
    (0..=LATEST).contains(&wait).then_some(wait)
}

/// The waits without the people, in an order that says nothing of these. Nothing while fewer than five people stand behind them, however
/// often each of them told us something.
fn of_enough(waits: Vec<(String, i64)>) -> Option<Vec<i64>> {
    let people: BTreeSet<&str> = waits.iter().map(|(who, _)| who.as_str()).collect();
    if i64::try_from(people.len()).ok()? < FEWEST {
        return None;
    }
    let mut waits: Vec<i64> = waits.into_iter().map(|(_, wait)| wait).collect();
    waits.sort_unstable();
    Some(waits)
}

fn timing(waits: Vec<i64>) -> Option<Timing> {
    let mut waits: Vec<f64> = waits.into_iter().map(|wait| wait as f64).collect();
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
    use crate::test::{LURE, TestDesk};

    fn seen(shape: &str, sent_at: Option<i64>) -> Seen {
        Seen { shape: shape.into(), sent_at, ..Seen::default() }
    }

    #[test]
    fn a_wait_counts_only_where_the_date_can_be_believed() {
        let received = Time(10_000 * 1_000_000);
        assert_eq!(wait(received, &seen("bare", Some(6_400))), Some(Time::HOUR));
        assert_eq!(wait(received, &seen("bare", None)), None);
        assert_eq!(wait(received, &seen("bare", Some(10_001))), None, "a date that lies ahead");
        assert_eq!(wait(received, &seen("bare", Some(10_000 - 31 * 86_400))), None, "a date long gone");
        assert_eq!(wait(received, &seen("letter", Some(6_400))), None, "their own letter");
        assert_eq!(wait(received, &seen("bare", Some(i64::MAX))), None);
    }

    #[test]
    fn nothing_is_shown_below_five_and_shares_never_fall() {
        let hour = Time::HOUR;
        let of =
            |waits: &[i64]| waits.iter().enumerate().map(|(who, wait)| (who.to_string(), *wait)).collect();
        assert_eq!(of_enough(of(&[hour; 4])), None);
        assert_eq!(of_enough(vec![("Kim".to_owned(), hour); 9]), None, "one person, nine times");
        let enough = of_enough(of(&[60 * hour, hour, hour / 5, hour, 5 * hour])).expect("five");
        assert_eq!(enough, [hour / 5, hour, hour, 5 * hour, 60 * hour], "in no order of theirs");
        let found = timing(enough).expect("five");
        assert_eq!(found.steps.iter().map(|step| step.reported).collect::<Vec<_>>(), [0.2, 0.6, 0.8, 0.8]);
        assert_eq!((found.n, found.p50), (5, hour as f64));
        assert_eq!(timing(Vec::new()), None);
    }

    /// Somebody reports a message that was sent so many hours before.
    async fn told(test: &TestDesk, who: &str, hours: i64) {
        let sent = test.desk.now().plus(-hours * Time::HOUR).timestamp();
        let date = sent.strftime("%a, %d %b %Y %H:%M:%S +0000");
        test.told(&format!("{who}@example.org"), &[], "", Some(&format!("Date: {date}\n{LURE}"))).await;
    }

    #[tokio::test]
    async fn nobodys_delay_can_be_worked_out_from_two_looks() {
        let test = TestDesk::new().await;
        let n = async || of(&test.desk).await.unwrap().time_to_report.map(|timing| (timing.n, timing.p90));
        for who in ["a", "b", "c", "d", "e"] {
            told(&test, who, 1).await;
        }
        assert_eq!(n().await, None, "this week is not over");
        test.later(7 * Time::DAY);
        let first = n().await;
        assert_eq!(first, Some((5, Time::HOUR as f64)));
        told(&test, "late", 700).await;
        assert_eq!(n().await, first);
        test.later(7 * Time::DAY);
        assert_eq!(n().await, first, "one person is no batch");
        crate::erasure::erase(&test.desk, "a@example.org", crate::erasure::Account::Stays).await.unwrap();
        assert_eq!(n().await, first, "whoever knows who was forgotten learns nothing");
        for who in ["f", "g", "h", "i"] {
            told(&test, who, 2).await;
        }
        test.later(7 * Time::DAY);
        assert_eq!(n().await.map(|(n, _)| n), Some(10));
    }
}
