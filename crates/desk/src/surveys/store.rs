//! SQL of invitations and answers. The two tables share no key. Names columns, decides nothing.

use super::Answers;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, EntryId, PersonId, ReportId, Time};
use crate::{execute, row, rows, scalar};

pub mod sql {
    pub const ADD: &str =
        "insert into invitation (token_hash, who, made_at, expires_at) values ($1, $2, $3, $4)";
    pub const DROP_MARKS: &str = "update invitation set who = null
        where who is not null and expires_at <= $1";
    pub const FIND: &str = "select expires_at, used_at from invitation where token_hash = $1";
    pub const INVITED_BEFORE: &str = "select count(*) from letter
        where kind = 'invitation' and (report_id = $1 or to_person = $3 and (case_id = $2 or made_at > $4
            or report_id in (select id from report where case_id = $2)))";
    pub const USE: &str = "update invitation set used_at = expires_at, answered_by = who,
            words_by = case when $3 then who else null end, who = null
        where token_hash = $1 and used_at is null and expires_at > $2";
    pub const ADD_ANSWER: &str =
        "insert into answer (id, month, respected, know_what_to_do, would_report_again, words, words_shown)
        values ($1, $2, $3, $4, $5, $6, false)";
    pub const SHOW_BATCH: &str = "update answer set shown = true
        where not shown and (select count(distinct answered_by) from invitation) >= $1";
    pub const DROP_ANSWERED: &str = "update invitation set answered_by = null where answered_by is not null";
    // Where nothing stands in `words_shown`, the words were written before anybody was told that they are read.
    pub const SHOW_WORDS: &str = "update answer set words_shown = true
        where words <> '' and not words_shown
        and (select count(distinct words_by) from invitation) >= $1";
    pub const DROP_WORDED: &str = "update invitation set words_by = null where words_by is not null";
    // Ids are drawn without the moment, so this order says nothing about when or by whom.
    pub const WORDS: &str = "select words from answer where words_shown and words <> '' order by id limit $1";
    pub const INVITED: &str = "select count(*) from invitation";
    pub const TOTALS: &str = "select count(*),
            coalesce(cast(sum(case when respected >= 4 then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when know_what_to_do >= 4 then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when would_report_again >= 4 then 1 else 0 end) as bigint), 0)
        from answer where shown";
    #[cfg(test)]
    pub const ALL: &[&str] = &[
        ADD,
        DROP_MARKS,
        FIND,
        INVITED_BEFORE,
        USE,
        ADD_ANSWER,
        SHOW_BATCH,
        DROP_ANSWERED,
        SHOW_WORDS,
        DROP_WORDED,
        WORDS,
        INVITED,
        TOTALS,
    ];
}

/// Keeps an invitation with the mark of whom it asks. Marks of those that ended unanswered go.
pub async fn add(tx: &mut Tx, hash: &str, who: &str, now: Time, until: Time) -> Result<()> {
    execute!(tx, sql::DROP_MARKS, now)?;
    execute!(tx, sql::ADD, hash, who, now, until)?;
    Ok(())
}

/// Until when an invitation is good, and whether it was answered.
pub async fn find(tx: &mut Tx, hash: &str) -> Result<Option<(Time, Option<Time>)>> {
    Ok(row!(tx, (Time, Option<Time>), sql::FIND, hash)?)
}

/// Whether somebody was asked about this report, about another one of theirs in this case, or about anything since a moment.
pub async fn invited(
    tx: &mut Tx,
    report: ReportId,
    case: CaseId,
    person: PersonId,
    since: Time,
) -> Result<bool> {
    Ok(scalar!(tx, i64, sql::INVITED_BEFORE, report, case, person, since)? > 0)
}

/// Marks an invitation as used, without the moment: that it was used is all anybody may know, and whether words came with it until
/// they are shown.
pub async fn use_once(tx: &mut Tx, hash: &str, now: Time, with_words: bool) -> Result<bool> {
    Ok(execute!(tx, sql::USE, hash, now, with_words)? == 1)
}

pub async fn add_answer(tx: &mut Tx, id: EntryId, month: &str, answers: &Answers, words: &str) -> Result<()> {
    execute!(
        tx,
        sql::ADD_ANSWER,
        id,
        month,
        answers.respected,
        answers.know_what_to_do,
        answers.would_report_again,
        words
    )?;
    Ok(())
}

/// Shows what waits to be shown once it is of so many people.
pub async fn show_batch(tx: &mut Tx, people: i64) -> Result<()> {
    if execute!(tx, sql::SHOW_BATCH, people)? > 0 {
        execute!(tx, sql::DROP_ANSWERED)?;
    }
    Ok(())
}

/// The same for what people added in words.
pub async fn show_words(tx: &mut Tx, people: i64) -> Result<()> {
    if execute!(tx, sql::SHOW_WORDS, people)? > 0 {
        execute!(tx, sql::DROP_WORDED)?;
    }
    Ok(())
}

pub async fn words(tx: &mut Tx, most: i64) -> Result<Vec<String>> {
    Ok(rows!(tx, (String,), sql::WORDS, most)?.into_iter().map(|(words,)| words).collect())
}

/// How many were invited, and what is shown of the answers.
pub async fn totals(tx: &mut Tx) -> Result<(i64, i64, [i64; 3])> {
    let invited = scalar!(tx, i64, sql::INVITED)?;
    let (answered, first, second, third) = row!(tx, (i64, i64, i64, i64), sql::TOTALS)?.unwrap_or_default();
    Ok((invited, answered, [first, second, third]))
}
