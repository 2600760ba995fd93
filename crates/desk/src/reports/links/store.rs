//! SQL of private links. Names columns, decides nothing.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{ReportId, Time};
use crate::{execute, row};

pub mod sql {
    pub const ADD: &str = "insert into capability (token_hash, report_id, made_at, expires_at, at_door)
        values ($1, $2, $3, $4, $5)";
    // Noted where the form gave a link of its own: elsewhere there is nothing to keep apart.
    pub const ANSWER: &str = "update capability set answered_at = $1
        where report_id = $2 and answered_at is null and not at_door
        and exists (select 1 from capability d where d.report_id = $2 and d.at_door)";
    pub const FIND: &str = "select r.id, r.locale, c.at_door,
            exists (select 1 from capability d where d.report_id = r.id and d.at_door),
            exists (select 1 from capability a where a.report_id = r.id and not a.at_door and a.answered_at is not null)
        from capability c join report r on r.id = c.report_id
        where c.token_hash = $1 and c.expires_at > $2 and c.revoked_at is null";
    // A link that the form gave to a stranger stands in no letter.
    pub const IN_A_LETTER: &str = "select count(*) from (
            select c.token_hash from capability c
            where c.token_hash = $1 and not c.at_door and exists (select 1 from letter l where l.report_id = c.report_id)
            union all select i.token_hash from invitation i where i.token_hash = $1) known";
    pub const PROLONG: &str = "update capability set expires_at = $1 where report_id = $2 and revoked_at is null and expires_at < $1";
    pub const REVOKE: &str =
        "update capability set revoked_at = $1 where report_id = $2 and revoked_at is null";
    pub const ALL: &[&str] = &[ADD, ANSWER, FIND, IN_A_LETTER, PROLONG, REVOKE];
}

/// The report behind a link, the language of its reader, whether the form gave it, whether the form gave one at all, and whether
/// somebody has answered by a letter.
pub type Linked = (ReportId, String, bool, bool, bool);

/// Where somebody got a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// From the form, or from whatever else they sent the report with.
    AtDoor,
    /// In a letter, which the address's owner reads.
    ByLetter,
}

pub async fn add(tx: &mut Tx, id: ReportId, hash: &str, given: Given, now: Time, until: Time) -> Result<()> {
    execute!(tx, sql::ADD, hash, id, now, until, given == Given::AtDoor)?;
    Ok(())
}

/// The first time alone counts.
pub async fn answer(tx: &mut Tx, id: ReportId, now: Time) -> Result<()> {
    execute!(tx, sql::ANSWER, now, id)?;
    Ok(())
}

pub async fn find(tx: &mut Tx, hash: &str, now: Time) -> Result<Option<Linked>> {
    Ok(row!(tx, Linked, sql::FIND, hash, now)?)
}

/// The private links of a report last as long as one made now.
/// Whether a letter of ours holds a link, also one that has ended.
pub async fn in_a_letter(tx: &mut Tx, hash: &str) -> Result<bool> {
    Ok(row!(tx, (i64,), sql::IN_A_LETTER, hash)?.is_some_and(|(known,)| known > 0))
}

pub async fn prolong(tx: &mut Tx, id: ReportId, until: Time) -> Result<()> {
    execute!(tx, sql::PROLONG, until, id)?;
    Ok(())
}

pub async fn revoke(tx: &mut Tx, id: ReportId, now: Time) -> Result<()> {
    execute!(tx, sql::REVOKE, now, id)?;
    Ok(())
}
