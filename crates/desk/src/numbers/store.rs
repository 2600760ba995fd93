//! SQL of the numbers. Reads what other features wrote; writes nothing.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::Time;
use crate::{row, rows, scalar};

crate::columns! {
    /// How long one report waited.
    #[derive(Clone, Copy, Debug)]
    pub struct Waited {
        pub received_at: Time,
        pub first_word_at: Option<Time>,
        pub first_human_word_at: Option<Time>,
    }
}

pub mod sql {
    pub const WAITS: &str = "select received_at, first_word_at, first_human_word_at from report
        where received_at >= $1 order by received_at desc limit $2";
    pub const PROMISES: &str = "select count(*),
            coalesce(cast(sum(case when kept_at is not null and kept_at <= by_at then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when moved_at is not null and moved_at <= by_at then 1 else 0 end) as bigint), 0)
        from promise where made_at >= $1 and (kept_at is not null or moved_at is not null or by_at < $2)";
    pub const COUNTS: &str =
        "select count(*), coalesce(cast(sum(case when exposed then 1 else 0 end) as bigint), 0),
            coalesce(max(longest_silence), 0)
        from report where received_at >= $1";
    pub const WAITING_NOW: &str =
        "select count(*) from cases where state = 'open' and waiting_since < 9223372036854775807";
    #[cfg(test)]
    pub const ALL: &[&str] = &[WAITS, PROMISES, COUNTS, WAITING_NOW];
}

pub async fn waits(tx: &mut Tx, since: Time, most: i64) -> Result<Vec<Waited>> {
    Ok(rows!(tx, Waited, sql::WAITS, since, most)?)
}

/// Promises that have come to their end: due, kept in time, moved in time.
pub async fn promises(tx: &mut Tx, since: Time, now: Time) -> Result<(i64, i64, i64)> {
    Ok(row!(tx, (i64, i64, i64), sql::PROMISES, since, now)?.unwrap_or_default())
}

/// All reports, those with an exposure, and the longest silence.
pub async fn counts(tx: &mut Tx, since: Time) -> Result<(i64, i64, i64)> {
    Ok(row!(tx, (i64, i64, i64), sql::COUNTS, since)?.unwrap_or_default())
}

pub async fn waiting_now(tx: &mut Tx) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::WAITING_NOW)?)
}
