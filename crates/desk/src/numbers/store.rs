//! SQL of the numbers. Reads what other features wrote; writes nothing.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::Time;
use crate::{row, rows};

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
        where received_at >= $1 order by received_at desc limit $2";
    // One that was moved to an earlier time is counted where it stands now.
    pub const PROMISES: &str = "select count(*),
            coalesce(cast(sum(case when kept_at is not null and kept_at <= by_at then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when moved_at is not null and moved_at <= by_at then 1 else 0 end) as bigint), 0)
        from promise where made_at >= $1 and (kept_at is not null or moved_at is not null or by_at < $2)
        and (moved_at is null
            or not exists (select 1 from promise q where q.id = promise.moved_to and q.by_at < promise.by_at))";
    // Whoever told us twice is one person, and all whom we do not know are one. A step of their own is more than looking.
    // Somebody is in a window if the newest of theirs is; so one pass over the largest tells of the smaller ones too.
    pub const PEOPLE: &str = "select count(*),
            coalesce(cast(sum(case when own >= $1 then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when newest >= $2 then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when own >= $2 then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when newest >= $3 then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when own >= $3 then 1 else 0 end) as bigint), 0)
        from (select max(received_at) as newest,
                max(case when told in ('', 'looked') then null else received_at end) as own
            from report where received_at >= $1 and received_at < $4 group by reporter_id) people";
    // How many reports, and the longest silence: one that still lasts counts as well, for those who wait for an answer.
    pub const REPORTS: &str = "select count(*), coalesce(max(case
            when answered_at is null and erased_at is null
                and $2 - coalesce(last_word_at, received_at) > longest_silence
            then $2 - coalesce(last_word_at, received_at) else longest_silence end), 0)
        from report where received_at >= $1 and received_at <= $2";
    #[cfg(test)]
    pub const ALL: &[&str] = &[WAITS, PROMISES, REPORTS, PEOPLE];
}

pub async fn waits(tx: &mut Tx, since: Time, most: i64) -> Result<Vec<Waited>> {
    Ok(rows!(tx, Waited, sql::WAITS, since, most)?)
}

/// Promises that have come to their end: due, kept in time, moved in time.
pub async fn promises(tx: &mut Tx, since: Time, now: Time) -> Result<(i64, i64, i64)> {
    Ok(row!(tx, (i64, i64, i64), sql::PROMISES, since, now)?.unwrap_or_default())
}

/// How many reports came, and the longest time without a word of ours to one person, in microseconds.
pub async fn reports(tx: &mut Tx, since: Time, now: Time) -> Result<(i64, i64)> {
    Ok(row!(tx, (i64, i64), sql::REPORTS, since, now)?.unwrap_or_default())
}

/// How many people told us something since each of three moments, the earliest first, and how many of them of a step of
/// their own.
pub async fn people(tx: &mut Tx, since: [Time; 3], until: Time) -> Result<[(i64, i64); 3]> {
    let [first, second, third] = since;
    let found = row!(tx, (i64, i64, i64, i64, i64, i64), sql::PEOPLE, first, second, third, until)?;
    let (all, own, all_second, own_second, all_third, own_third) = found.unwrap_or_default();
    Ok([(all, own), (all_second, own_second), (all_third, own_third)])
}
