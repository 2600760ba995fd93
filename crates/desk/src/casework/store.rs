//! SQL of drafts, and of what answering changes on a report. Names columns, decides nothing.

use crate::cases::{self, NewTask};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, PersonId, ReportId, TaskId, Time};
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
        "insert into draft (case_id, report_id, author_id, body, version) values ($1, $2, $3, $4, $5)
        on conflict (report_id, author_id) do update set body = excluded.body, version = excluded.version";
    pub const DRAFT: &str = "select body, version from draft where report_id = $1 and author_id = $2";
    pub const DROP_DRAFT: &str = "delete from draft where report_id = $1 and author_id = $2";
    pub const MOVE_REPORT: &str = "update report set case_id = $1 where id = $2";
    pub const MOVE_ENTRIES: &str =
        "update entry set case_id = $1 where report_id = $2 and kind <> 'split-away'";
    pub const MOVE_PROMISES: &str = "update promise set case_id = $1 where report_id = $2";
    pub const MOVE_TASKS: &str = "update task set case_id = $1 where report_id = $2";
    pub const MOVE_LETTERS: &str = "update letter set case_id = $1 where report_id = $2";
    pub const MOVE_DRAFTS: &str = "update draft set case_id = $1 where report_id = $2";
    pub const CLOSE_EMPTY: &str = "update cases set state = 'closed', closed_at = $1, changed_at = $1
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
    pub const UNTELL: &str = "delete from ending where report_id = $1";
    // All of a case, those of one person whom somebody vouches for, and those of them where something happened to them.
    pub const OWN_REPORTS: &str = "select count(*),
            coalesce(cast(sum(case when reporter_id = $2 and vouched = 'vouched' then 1 else 0 end) as bigint), 0),
            coalesce(cast(sum(case when reporter_id = $2 and vouched = 'vouched' and exposed then 1 else 0 end) as bigint), 0)
        from report where case_id = $1";
    // Whoever is shut out of the same case works it for nobody.
    pub const COLLEAGUES: &str =
        "select count(*) from person where id <> $1 and disabled_at is null and password is not null
        and role in ('responder', 'lead', 'admin') and not exists (select 1 from report r
            where r.case_id = $2 and r.reporter_id = person.id and r.vouched = 'vouched' and r.exposed)";
    // A reporter's task stands on their page until it is done, and then opens the case again.
    pub const LEFT_OPEN: &str =
        "select t.id, t.case_id, c.number, t.for_whom, t.ask from task t join cases c on c.id = t.case_id
        where t.done_at is null and t.for_whom <> 'reporter' and c.state = 'closed'
        order by t.made_at, t.id limit 101";
    // Both engines compare lower letters of the alphabet alike; beyond it a name is found as it is written. What reports hold of hosts
    // is large, so only that of the newest is read.
    pub const FIND: &str =
        "select c.id, c.number, c.title, c.state, p.name as owner, c.opened_at, c.closed_at, c.outcome,
            c.reports, c.exposed, c.next_promise_at, c.waiting_since, c.wrote_back, c.task_done, c.automatic
        from cases c left join person p on p.id = c.owner_id
        where lower(c.title) like $1 escape '!'
        or c.id in (select r.case_id from report r left join person q on q.id = r.reporter_id
            where lower(r.reporter_name) like $1 escape '!' or r.reporter_name like $2 escape '!'
            or lower(q.name) like $1 escape '!' or q.name like $2 escape '!' or q.address like $1 escape '!'
            or lower(r.sender) like $1 escape '!' or lower(r.subject) like $1 escape '!')
        or c.id in (select n.case_id from
            (select case_id, evidence from report order by received_at desc limit 2000) n
            where lower(n.evidence) like $3 escape '!')
        order by case when c.state = 'open' then 0 else 1 end, c.changed_at desc, c.id limit $4";
    pub const NAMED: &str = "select distinct r.reporter_id from report r join person q on q.id = r.reporter_id
        where r.case_id is not null
        and (lower(r.reporter_name) like $1 escape '!' or r.reporter_name like $2 escape '!'
            or lower(q.name) like $1 escape '!' or q.name like $2 escape '!' or q.address like $1 escape '!')";
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
        UNTELL,
        OWN_REPORTS,
        COLLEAGUES,
        LEFT_OPEN,
        FIND,
        NAMED,
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
    version: i64,
) -> Result<()> {
    execute!(tx, sql::KEEP_DRAFT, case, report, author, body, version)?;
    Ok(())
}

/// A half-written letter, and how often it was kept.
pub async fn versioned_draft(
    tx: &mut Tx,
    report: ReportId,
    author: PersonId,
) -> Result<Option<(String, i64)>> {
    Ok(row!(tx, (String, i64), sql::DRAFT, report, author)?)
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

/// How it ended was about something else: nobody told this reporter.
pub async fn untell(tx: &mut Tx, report: ReportId) -> Result<()> {
    execute!(tx, sql::UNTELL, report)?;
    Ok(())
}

/// How many reports a case has, how many of them are this person's, and in how many of those something happened to them.
pub async fn own_reports(tx: &mut Tx, case: CaseId, person: PersonId) -> Result<(i64, i64, i64)> {
    Ok(row!(tx, (i64, i64, i64), sql::OWN_REPORTS, case, person)?.unwrap_or_default())
}

/// How many others of the team can work a case.
pub async fn colleagues(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::COLLEAGUES, person, case)?)
}

crate::columns! {
    /// A task of ours or of IT that was left open when its case was closed.
    #[derive(Clone, Debug)]
    pub struct LeftOpen {
        pub id: TaskId,
        pub case_id: CaseId,
        pub number: i64,
        pub for_whom: String,
        pub ask: String,
    }
}

/// What is still open in closed cases, the oldest first.
pub async fn left_open(tx: &mut Tx) -> Result<Vec<LeftOpen>> {
    Ok(rows!(tx, LeftOpen, sql::LEFT_OPEN)?)
}

/// The cases in which something like this stands: in small letters, as it was written, and as a host.
pub async fn find(
    tx: &mut Tx,
    small: &str,
    written: &str,
    host: &str,
    most: i64,
) -> Result<Vec<cases::InboxRow>> {
    Ok(rows!(tx, cases::InboxRow, sql::FIND, small, written, host, most)?)
}

/// Those whom a search found by their name or address.
pub async fn named(tx: &mut Tx, small: &str, written: &str) -> Result<Vec<PersonId>> {
    Ok(rows!(tx, (PersonId,), sql::NAMED, small, written)?.into_iter().map(|(id,)| id).collect())
}
