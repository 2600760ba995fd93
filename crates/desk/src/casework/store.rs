//! SQL of drafts, and of what answering changes on a report. Names columns, decides nothing.

use crate::cases::{self, NewTask};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, PersonId, ReportId, Time};
use crate::people::Person;
use crate::{execute, row, rows, scalar};

pub mod sql {
    pub const ANSWERED: &str = "update report set answered_at = $1 where id = $2";
    pub const UNANSWERED_AGAIN: &str = "update report set answered_at = null where id = $1";
    pub const VOUCH: &str =
        "update report set vouched = 'vouched', answerable = true where id = $1 and not answerable";
    pub const LETTERS_LIKE: &str = "select count(*) from entry
        where report_id = $1 and kind = 'letter' and at >= $2 and body = $3";
    pub const ASKED_LIKE: &str = "select count(*) from task
        where case_id = $1 and for_whom = $2 and ask = $3 and why = $4 and made_at >= $5 and done_at is null
        and coalesce(report_id, '') = $6";
    pub const KEEP_DRAFT: &str =
        "insert into draft (case_id, report_id, author_id, body) values ($1, $2, $3, $4)
        on conflict (report_id, author_id) do update set body = excluded.body";
    pub const DRAFT: &str = "select body from draft where report_id = $1 and author_id = $2";
    pub const DROP_DRAFT: &str = "delete from draft where report_id = $1 and author_id = $2";
    pub const MOVE_REPORT: &str = "update report set case_id = $1 where id = $2";
    pub const MOVE_ENTRIES: &str =
        "update entry set case_id = $1 where report_id = $2 and kind <> 'split-away'";
    pub const MOVE_PROMISES: &str = "update promise set case_id = $1 where report_id = $2";
    pub const MOVE_TASKS: &str = "update task set case_id = $1 where report_id = $2";
    pub const MOVE_LETTERS: &str = "update letter set case_id = $1 where report_id = $2";
    pub const MOVE_DRAFTS: &str = "update draft set case_id = $1 where report_id = $2";
    pub const CLOSE_EMPTY: &str =
        "update cases set state = 'closed', outcome = coalesce(outcome, 'settled'), closed_at = $1, changed_at = $1
        where id = $2 and not exists (select 1 from report where case_id = $2)";
    pub const REPORTERS: &str = "select id, address, name, locale, role, disabled_at from person
        where id in (select reporter_id from report where case_id = $1)";
    /// For the page of the inbox that `cases` lists with the same order. What happened to somebody comes first, in case it is cut off.
    pub const TELLERS: &str =
        "select r.case_id, r.told, r.exposed, coalesce(nullif(p.name, ''), r.reporter_name) as name
        from report r left join person p on p.id = r.reporter_id
        where r.answered_at is null and r.erased_at is null and r.case_id in (
            select c.id from cases c where c.state = 'open'
            order by c.exposed desc, c.next_promise_at, c.waiting_since, c.id limit $1 offset $2)
        order by r.exposed desc, r.received_at, r.id limit 2000";
    #[cfg(test)]
    pub const ALL: &[&str] = &[
        TELLERS,
        REPORTERS,
        ANSWERED,
        UNANSWERED_AGAIN,
        VOUCH,
        LETTERS_LIKE,
        ASKED_LIKE,
        KEEP_DRAFT,
        DRAFT,
        DROP_DRAFT,
        MOVE_REPORT,
        MOVE_ENTRIES,
        MOVE_PROMISES,
        MOVE_TASKS,
        MOVE_LETTERS,
        MOVE_DRAFTS,
        CLOSE_EMPTY,
    ];
}

crate::columns! {
    /// Somebody in an open case who has no answer yet.
    #[derive(Clone, Debug)]
    pub struct Teller {
        pub case_id: CaseId,
        pub told: String,
        pub exposed: bool,
        pub name: String,
    }
}

/// Those who have no answer yet, for one page of the open cases, counted from 0.
pub async fn tellers(tx: &mut Tx, page: i64) -> Result<Vec<Teller>> {
    Ok(rows!(tx, Teller, sql::TELLERS, cases::PAGE, page * cases::PAGE)?)
}

/// Everybody who reported something in a case.
pub async fn reporters(tx: &mut Tx, case: CaseId) -> Result<Vec<Person>> {
    Ok(rows!(tx, Person, sql::REPORTERS, case)?)
}

pub async fn answered(tx: &mut Tx, report: ReportId, now: Time) -> Result<()> {
    execute!(tx, sql::ANSWERED, now, report)?;
    Ok(())
}

pub async fn unanswered_again(tx: &mut Tx, report: ReportId) -> Result<()> {
    execute!(tx, sql::UNANSWERED_AGAIN, report)?;
    Ok(())
}

/// Lets letters go to a reporter from now on; false if they did before.
pub async fn vouch(tx: &mut Tx, report: ReportId) -> Result<bool> {
    Ok(execute!(tx, sql::VOUCH, report)? == 1)
}

/// How many letters with these words went to a reporter since a moment.
pub async fn letters_like(tx: &mut Tx, report: ReportId, body: &str, since: Time) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::LETTERS_LIKE, report, since, body)?)
}

/// How many open tasks like this one were made since a moment.
pub async fn asked_like(tx: &mut Tx, task: &NewTask, since: Time) -> Result<i64> {
    let report = task.report.map(|report| report.to_string()).unwrap_or_default();
    let (for_whom, ask, why) = (task.for_whom.as_str(), task.ask.as_str(), task.why.as_str());
    Ok(scalar!(tx, i64, sql::ASKED_LIKE, task.case, for_whom, ask, why, since, report.as_str())?)
}

pub async fn keep_draft(
    tx: &mut Tx,
    case: CaseId,
    report: ReportId,
    author: PersonId,
    body: &str,
) -> Result<()> {
    execute!(tx, sql::KEEP_DRAFT, case, report, author, body)?;
    Ok(())
}

pub async fn draft(tx: &mut Tx, report: ReportId, author: PersonId) -> Result<Option<String>> {
    Ok(row!(tx, (String,), sql::DRAFT, report, author)?.map(|(body,)| body))
}

pub async fn drop_draft(tx: &mut Tx, report: ReportId, author: PersonId) -> Result<()> {
    execute!(tx, sql::DROP_DRAFT, report, author)?;
    Ok(())
}

/// A report takes its part of the story with it.
pub async fn move_report(tx: &mut Tx, report: ReportId, case: CaseId) -> Result<()> {
    execute!(tx, sql::MOVE_REPORT, case, report)?;
    execute!(tx, sql::MOVE_ENTRIES, case, report)?;
    execute!(tx, sql::MOVE_PROMISES, case, report)?;
    execute!(tx, sql::MOVE_TASKS, case, report)?;
    execute!(tx, sql::MOVE_LETTERS, case, report)?;
    execute!(tx, sql::MOVE_DRAFTS, case, report)?;
    Ok(())
}

pub async fn close_empty(tx: &mut Tx, case: CaseId, now: Time) -> Result<()> {
    execute!(tx, sql::CLOSE_EMPTY, now, case)?;
    Ok(())
}
