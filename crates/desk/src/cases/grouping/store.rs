//! SQL of what makes a case the one of its lure. Names columns, decides nothing.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, Time};
use crate::{execute, rows};

crate::columns! {
    /// A message of a case, as it was stored.
    #[derive(Clone, Debug)]
    pub struct Print {
        pub print: String,
        pub reported: bool,
    }
}

pub mod sql {
    pub const BY_TRAIT: &str = "select t.case_id from case_trait t
        where t.trait = $1 and t.seen_at >= $2
        order by t.seen_at desc limit 8";
    pub const ADD_TRAIT: &str = "insert into case_trait (trait, case_id, seen_at) values ($1, $2, $3)
        on conflict (trait, case_id) do update set seen_at = excluded.seen_at";
    pub const PRINTS: &str =
        "select print, reported from case_print where case_id = $1 order by mark limit 100";
    pub const ADD_PRINT: &str =
        "insert into case_print (case_id, mark, print, reported) select $1, $2, $3, $4
        where (select count(*) from case_print where case_id = $1) < $5
        on conflict (case_id, mark) do update set reported = (case_print.reported or excluded.reported)";
    pub const COPY_TRAITS: &str = "insert into case_trait (trait, case_id, seen_at)
        select trait, $1, seen_at from case_trait where case_id = $2
        on conflict (trait, case_id) do update set seen_at =
            case when excluded.seen_at > case_trait.seen_at then excluded.seen_at else case_trait.seen_at end";
    pub const DROP_TRAITS: &str = "delete from case_trait where case_id = $1";
    pub const COPY_PRINTS: &str = "insert into case_print (case_id, mark, print, reported)
        select $1, mark, print, reported from case_print where case_id = $2
        on conflict (case_id, mark) do update set reported = (case_print.reported or excluded.reported)";
    pub const DROP_PRINTS: &str = "delete from case_print where case_id = $1";
    pub const ALL: &[&str] =
        &[BY_TRAIT, ADD_TRAIT, PRINTS, ADD_PRINT, COPY_TRAITS, DROP_TRAITS, COPY_PRINTS, DROP_PRINTS];
}

/// The newest cases with a trait.
pub async fn by_trait(tx: &mut Tx, one: &str, since: Time) -> Result<Vec<CaseId>> {
    Ok(rows!(tx, (CaseId,), sql::BY_TRAIT, one, since)?.into_iter().map(|(id,)| id).collect())
}

pub async fn prints(tx: &mut Tx, case: CaseId) -> Result<Vec<Print>> {
    Ok(rows!(tx, Print, sql::PRINTS, case)?)
}

/// Keeps a message of a case that has fewer than `most` of them.
pub async fn add_print(
    tx: &mut Tx,
    case: CaseId,
    mark: &str,
    print: &str,
    reported: bool,
    most: i64,
) -> Result<()> {
    execute!(tx, sql::ADD_PRINT, case, mark, print, reported, most)?;
    Ok(())
}

pub async fn add_trait(tx: &mut Tx, one: &str, case: CaseId, now: Time) -> Result<()> {
    execute!(tx, sql::ADD_TRAIT, one, case, now)?;
    Ok(())
}

/// All of it goes to another case.
pub async fn move_all(tx: &mut Tx, from: CaseId, into: CaseId) -> Result<()> {
    execute!(tx, sql::COPY_TRAITS, into, from)?;
    execute!(tx, sql::DROP_TRAITS, from)?;
    execute!(tx, sql::COPY_PRINTS, into, from)?;
    execute!(tx, sql::DROP_PRINTS, from)?;
    Ok(())
}
