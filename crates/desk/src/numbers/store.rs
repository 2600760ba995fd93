//! SQL of the numbers. Reads what other features wrote; writes only the batches in which a figure about few people moves.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::Time;
use crate::{execute, row, rows, scalar};

crate::columns! {
    /// How long one report waited.
    #[derive(Clone, Copy, Debug)]
    pub struct Waited {
        pub received_at: Time,
        pub first_word_at: Option<Time>,
        pub first_human_word_at: Option<Time>,
        /// When there was nobody left to wait: answered, or forgotten at their wish.
        pub ended_at: Option<Time>,
    }
}

pub mod sql {
    pub const WAITS: &str = "select received_at, first_word_at, first_human_word_at,
            coalesce(answered_at, erased_at) as ended_at
        from report
        where received_at >= $1
        or (answered_at is null and erased_at is null and first_human_word_at is null)
        order by received_at desc limit $2";
    // One belongs to the time at which it was decided: kept, moved, or fell due. One that is overdue and open belongs to every time.
    // One that was moved to an earlier time is counted where it stands now.
    pub const PROMISES: &str = "select count(*),
            coalesce(cast(sum(case when kept_at is not null and kept_at <= by_at then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when moved_at is not null and moved_at <= by_at then 1 else 0 end) as bigint), 0)
        from promise where (kept_at is not null or moved_at is not null or by_at < $2)
        and (by_at >= $1 or kept_at is null and moved_at is null)
        and ((kept_at is null or kept_at >= by_at or kept_at >= $1) and (moved_at is null or moved_at >= by_at or moved_at >= $1))
        and (moved_at is null
            or not exists (select 1 from promise q where q.id = promise.moved_to and q.by_at < promise.by_at))";
    // Whoever told us twice is one person, and all whom we do not know are one. A step of their own counts in the week in which
    // we heard of it.
    pub const WITH_STEP: &str = "select count(*) from (select distinct reporter_id from report
        where own_step_at >= $1 and own_step_at < $2) people";
    pub const PEOPLE: &str = "select count(*) from (select distinct reporter_id from report
        where received_at >= $1 and received_at < $2 or own_step_at >= $1 and own_step_at < $2) people";
    pub const FIRST_REPORT: &str = "select received_at from report order by received_at limit 1";
    pub const OPEN_BATCH: &str = "select since_at, until_at from batch where kind = $1 and figures is null";
    pub const PUT_BATCH: &str =
        "insert into batch (kind, since_at, until_at, figures) values ($1, $2, $3, $4)
        on conflict (kind, since_at) do update set until_at = excluded.until_at, figures = excluded.figures";
    pub const BATCHES: &str = "select since_at, until_at, figures from batch
        where kind = $1 and until_at > $2 and figures is not null order by since_at";
    // How many reports, and the longest silence: one that still lasts counts as well, for those who wait for an answer, however long ago
    // they told us.
    pub const REPORTS: &str = "select coalesce(cast(sum(case when received_at >= $1 then 1 else 0 end) as bigint), 0), coalesce(max(case
            when answered_at is null and erased_at is null and received_at <= $2
                and $2 - coalesce(last_word_at, received_at) > longest_silence
            then $2 - coalesce(last_word_at, received_at) else longest_silence end), 0)
        from report where received_at >= $1 or (answered_at is null and erased_at is null)";
    #[cfg(test)]
    pub const ALL: &[&str] =
        &[WAITS, PROMISES, REPORTS, WITH_STEP, PEOPLE, FIRST_REPORT, OPEN_BATCH, PUT_BATCH, BATCHES];
}

/// Those who told us since a moment, and those who wait for a human word from before it.
pub async fn waits(tx: &mut Tx, since: Time, most: i64) -> Result<Vec<Waited>> {
    Ok(rows!(tx, Waited, sql::WAITS, since, most)?)
}

/// Promises that came to their end since a moment, or are overdue: due, kept in time, moved in time.
pub async fn promises(tx: &mut Tx, since: Time, now: Time) -> Result<(i64, i64, i64)> {
    Ok(row!(tx, (i64, i64, i64), sql::PROMISES, since, now)?.unwrap_or_default())
}

/// How many reports came, and the longest time without a word of ours to one person, in microseconds.
pub async fn reports(tx: &mut Tx, since: Time, now: Time) -> Result<(i64, i64)> {
    Ok(row!(tx, (i64, i64), sql::REPORTS, since, now)?.unwrap_or_default())
}

/// How many people told us of a step of their own between two moments.
pub async fn with_step(tx: &mut Tx, since: Time, until: Time) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::WITH_STEP, since, until)?)
}

/// How many people told us anything between two moments.
pub async fn people(tx: &mut Tx, since: Time, until: Time) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::PEOPLE, since, until)?)
}

/// When the desk took in its first report.
pub async fn first_report(tx: &mut Tx) -> Result<Option<Time>> {
    Ok(row!(tx, (Time,), sql::FIRST_REPORT)?.map(|(at,)| at))
}

/// The batch of a kind that is still too small: where it begins, and up to where it was looked at.
pub async fn open_batch(tx: &mut Tx, kind: &str) -> Result<Option<(Time, Time)>> {
    Ok(row!(tx, (Time, Time), sql::OPEN_BATCH, kind)?)
}

pub async fn put_batch(
    tx: &mut Tx,
    kind: &str,
    since: Time,
    until: Time,
    figures: Option<&str>,
) -> Result<()> {
    execute!(tx, sql::PUT_BATCH, kind, since, until, figures)?;
    Ok(())
}

/// The batches of a kind that may be shown and ended after a moment, the oldest first.
pub async fn batches(tx: &mut Tx, kind: &str, after: Time) -> Result<Vec<(Time, Time, String)>> {
    Ok(rows!(tx, (Time, Time, String), sql::BATCHES, kind, after)?)
}
