//! SQL of what people here said about a premise. Names columns, decides nothing.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, PersonId, Time};
use crate::{execute, row};

crate::columns! {
    /// What somebody said about a case's premise, in points.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Stored {
        pub process: i64,
        pub work: i64,
        pub events: i64,
        pub concern: i64,
        pub warned: i64,
        pub author: String,
        pub said_at: Time,
    }
}

pub mod sql {
    pub const SAY: &str =
        "insert into premise (case_id, process, work, events, concern, warned, said_by, said_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (case_id) do update set process = excluded.process, work = excluded.work, events = excluded.events,
            concern = excluded.concern, warned = excluded.warned, said_by = excluded.said_by, said_at = excluded.said_at";
    pub const TAKE_BACK: &str = "delete from premise where case_id = $1";
    pub const FOLLOW: &str = "update premise set case_id = $2
        where case_id = $1 and not exists (select 1 from premise there where there.case_id = $2)";
    pub const OF_CASE: &str = "select m.process, m.work, m.events, m.concern, m.warned,
            coalesce(nullif(p.name, ''), 'somebody who is no longer here') as author, m.said_at
        from premise m left join person p on p.id = m.said_by where m.case_id = $1";
    #[cfg(test)]
    pub const ALL: &[&str] = &[SAY, TAKE_BACK, FOLLOW, OF_CASE];
}

pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Option<Stored>> {
    Ok(row!(tx, Stored, sql::OF_CASE, case)?)
}

pub async fn say(tx: &mut Tx, case: CaseId, points: [i64; 5], by: PersonId, at: Time) -> Result<()> {
    let [process, work, events, concern, warned] = points;
    execute!(tx, sql::SAY, case, process, work, events, concern, warned, by, at)?;
    Ok(())
}

/// Whether there was anything to take back.
pub async fn take_back(tx: &mut Tx, case: CaseId) -> Result<bool> {
    Ok(execute!(tx, sql::TAKE_BACK, case)? > 0)
}

/// What was said about a case goes along when it is put into another, unless something was said about that one too.
pub async fn follow(tx: &mut Tx, from: CaseId, into: CaseId) -> Result<()> {
    execute!(tx, sql::FOLLOW, from, into)?;
    Ok(())
}
