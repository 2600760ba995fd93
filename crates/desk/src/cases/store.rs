//! SQL of cases, timelines, promises and tasks. Names columns, decides nothing.

use super::{Joins, NewEntry, NewTask};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, EntryId, PersonId, PromiseId, ReportId, TaskId, Time};
use crate::{execute, row, rows, scalar};

crate::columns! {
    /// One case.
    #[derive(Clone, Debug)]
    pub struct Case {
        pub id: CaseId,
        pub number: i64,
        pub title: String,
        pub state: String,
        pub owner_id: Option<PersonId>,
        pub opened_at: Time,
        pub closed_at: Option<Time>,
        pub outcome: Option<String>,
        pub outcome_words: Option<String>,
        pub reports: i64,
        pub exposed: bool,
    }
}

crate::columns! {
    /// One line of the inbox.
    #[derive(Clone, Debug)]
    pub struct InboxRow {
        pub id: CaseId,
        pub number: i64,
        pub title: String,
        pub state: String,
        pub owner: Option<String>,
        pub opened_at: Time,
        pub closed_at: Option<Time>,
        pub outcome: Option<String>,
        pub reports: i64,
        pub exposed: bool,
        pub next_promise_at: Time,
        pub waiting_since: Time,
        /// Everybody who waits had a human word before.
        pub wrote_back: bool,
        /// A reporter did a task, and nobody looked since.
        pub task_done: bool,
        /// Machines wrote all of it.
        pub automatic: bool,
    }
}

/// Stands for "nothing is due" and "nobody waits": both engines sort it last.
pub const NEVER: Time = Time(i64::MAX);

impl InboxRow {
    /// When the next promise falls due, if one is open.
    pub fn due(&self) -> Option<Time> {
        Some(self.next_promise_at).filter(|at| *at != NEVER)
    }

    /// Since when somebody waits for a human word, if anybody does.
    pub fn waiting(&self) -> Option<Time> {
        Some(self.waiting_since).filter(|at| *at != NEVER)
    }
}

crate::columns! {
    /// One item of a timeline.
    #[derive(Clone, Debug)]
    pub struct Entry {
        pub id: EntryId,
        pub report_id: Option<ReportId>,
        pub at: Time,
        pub source: String,
        pub author: Option<String>,
        pub visibility: String,
        pub kind: String,
        pub body: String,
    }
}

crate::columns! {
    /// What we said we would do, by when.
    #[derive(Clone, Debug)]
    pub struct Promise {
        pub id: PromiseId,
        pub case_id: CaseId,
        pub report_id: ReportId,
        pub what: String,
        pub by_at: Time,
        pub made_at: Time,
        pub kept_at: Option<Time>,
        pub moved_at: Option<Time>,
        /// The promise that stands in its place.
        pub moved_to: Option<PromiseId>,
        pub moved_reason: Option<String>,
        pub warned_at: Option<Time>,
    }
}

impl Promise {
    pub fn is_open(&self) -> bool {
        self.kept_at.is_none() && self.moved_at.is_none()
    }
}

crate::columns! {
    /// The outcome one reporter was told.
    #[derive(Clone, Debug)]
    pub struct Ending {
        pub report_id: ReportId,
        pub outcome: String,
        pub told_at: Time,
    }
}

crate::columns! {
    /// Something asked of somebody.
    #[derive(Clone, Debug)]
    pub struct Task {
        pub id: TaskId,
        pub case_id: CaseId,
        pub report_id: Option<ReportId>,
        pub for_whom: String,
        pub ask: String,
        pub why: String,
        pub minutes: Option<i64>,
        pub made_at: Time,
        pub done_at: Option<Time>,
        pub help_asked_at: Option<Time>,
    }
}

pub mod sql {
    pub const ADD: &str = "insert into cases (id, number, title, state, opened_at, reports, exposed, next_promise_at, waiting_since,
            changed_at)
        values ($1, $2, $3, 'open', $4, 0, false, 9223372036854775807, 9223372036854775807, $4)";
    pub const BY_ID: &str =
        "select id, number, title, state, owner_id, opened_at, closed_at, outcome, outcome_words,
            reports, exposed
        from cases where id = $1";
    pub const BY_NUMBER: &str = "select id from cases where number = $1";
    pub const ADD_ENTRY: &str =
        "insert into entry (id, case_id, report_id, at, source, author_id, visibility, kind, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    pub const TIMELINE: &str =
        "select e.id, e.report_id, e.at, e.source, p.name as author, e.visibility, e.kind, e.body
        from entry e left join person p on p.id = e.author_id
        where e.case_id = $1 order by e.at desc, e.id desc limit $2 offset $3";
    pub const TIMELINE_FOR: &str =
        "select e.id, e.report_id, e.at, e.source, p.name as author, e.visibility, e.kind, e.body
        from entry e left join person p on p.id = e.author_id
        where e.report_id = $1 and e.visibility = 'reporter' order by e.at desc, e.id desc limit $2 offset $3";
    pub const ADD_PROMISE: &str = "insert into promise (id, case_id, report_id, what, by_at, made_at)
        values ($1, $2, $3, $4, $5, $6)";
    pub const PROMISE: &str =
        "select id, case_id, report_id, what, by_at, made_at, kept_at, moved_at, moved_to, moved_reason, warned_at
        from promise where id = $1";
    pub const PROMISES: &str =
        "select id, case_id, report_id, what, by_at, made_at, kept_at, moved_at, moved_to, moved_reason, warned_at
        from promise where case_id = $1
        order by case when kept_at is null and moved_at is null then 0 else 1 end,
            case when kept_at is null and moved_at is null then by_at end, made_at desc, id desc limit 1000";
    pub const PROMISES_TO: &str =
        "select id, case_id, report_id, what, by_at, made_at, kept_at, moved_at, moved_to, moved_reason, warned_at
        from promise where report_id = $1 order by made_at desc, id desc limit 100";
    pub const KEEP: &str =
        "update promise set kept_at = $1 where report_id = $2 and kept_at is null and moved_at is null";
    pub const MOVED: &str =
        "update promise set moved_at = $1, moved_to = $2, moved_reason = $3 where id = $4";
    pub const WARNED: &str = "update promise set warned_at = $1 where id = $2";
    pub const OPEN_PROMISES: &str = "select count(*) from promise
        where case_id = $1 and kept_at is null and moved_at is null";
    pub const ADD_TASK: &str =
        "insert into task (id, case_id, report_id, for_whom, ask, why, minutes, made_at, made_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    pub const TASKS: &str =
        "select id, case_id, report_id, for_whom, ask, why, minutes, made_at, done_at, help_asked_at
        from task where case_id = $1
        order by case when done_at is null then 0 else 1 end, made_at, id limit 1000";
    pub const TASKS_FOR: &str =
        "select id, case_id, report_id, for_whom, ask, why, minutes, made_at, done_at, help_asked_at
        from task where report_id = $1 and for_whom = 'reporter' order by made_at, id limit 100";
    pub const TASK_DONE: &str = "update task set done_at = $1 where id = $2
        returning id, case_id, report_id, for_whom, ask, why, minutes, made_at, done_at, help_asked_at";
    pub const TASK_HELP: &str = "update task set help_asked_at = $1 where id = $2
        returning id, case_id, report_id, for_whom, ask, why, minutes, made_at, done_at, help_asked_at";
    pub const INBOX: &str =
        "select c.id, c.number, c.title, c.state, p.name as owner, c.opened_at, c.closed_at, c.outcome,
            c.reports, c.exposed, c.next_promise_at, c.waiting_since, c.wrote_back, c.task_done, c.automatic
        from cases c left join person p on p.id = c.owner_id
        where c.state = 'open'
        order by c.exposed desc, c.next_promise_at, c.waiting_since, c.id limit $1 offset $2";
    pub const CLOSED: &str =
        "select c.id, c.number, c.title, c.state, p.name as owner, c.opened_at, c.closed_at, c.outcome,
            c.reports, c.exposed, c.next_promise_at, c.waiting_since, c.wrote_back, c.task_done, c.automatic
        from cases c left join person p on p.id = c.owner_id
        where c.state = 'closed'
        order by c.changed_at desc limit $1 offset $2";
    pub const WAITING: &str =
        "select count(*) from cases where state = 'open' and waiting_since < 9223372036854775807";
    pub const OVERDUE: &str = "select count(*) from cases where state = 'open' and next_promise_at < $1";
    pub const REFRESH: &str = "update cases set
            reports = (select count(*) from report r where r.case_id = cases.id),
            exposed = exists (select 1 from report r where r.case_id = cases.id and r.exposed and r.answered_at is null),
            next_promise_at = coalesce((select min(q.by_at) from promise q
                where q.case_id = cases.id and q.kept_at is null and q.moved_at is null), 9223372036854775807),
            waiting_since = coalesce((select min(coalesce(r.last_reporter_word_at, r.received_at)) from report r
                where r.case_id = cases.id
                and (r.first_human_word_at is null or r.last_reporter_word_at > r.last_human_word_at)
                and r.answered_at is null), 9223372036854775807),
            wrote_back = not exists (select 1 from report r
                where r.case_id = cases.id and r.first_human_word_at is null and r.answered_at is null),
            automatic = (exists (select 1 from report r where r.case_id = cases.id)
                and not exists (select 1 from report r where r.case_id = cases.id and not r.automatic)),
            state = case when exists (select 1 from promise q
                where q.case_id = cases.id and q.kept_at is null and q.moved_at is null) then 'open' else state end,
            closed_at = case when exists (select 1 from promise q
                where q.case_id = cases.id and q.kept_at is null and q.moved_at is null) then null else closed_at end,
            changed_at = $2
        where id = $1";
    pub const JOINED: &str = "update cases set
            reports = reports + 1,
            exposed = (exposed or $2),
            next_promise_at = case when next_promise_at > $3 then $3 else next_promise_at end,
            waiting_since = case when waiting_since > $4 then $4 else waiting_since end,
            wrote_back = false, automatic = false,
            state = 'open', closed_at = null, changed_at = $5
        where id = $1";
    pub const JOINED_BY_MACHINE: &str =
        "update cases set reports = reports + 1, automatic = (automatic or reports = 0), changed_at = $2
        where id = $1";
    pub const MARK_TASK_DONE: &str = "update cases set task_done = $2 where id = $1 and task_done <> $2";
    pub const OWNER: &str = "update cases set owner_id = $1, changed_at = $2 where id = $3";
    pub const OUTCOME: &str =
        "update cases set outcome = $1, outcome_words = $2, changed_at = $3 where id = $4";
    pub const STATE: &str = "update cases set state = $1, closed_at = $2, changed_at = $3 where id = $4";
    pub const TELL: &str = "insert into ending (report_id, outcome, told_at) values ($1, $2, $3)
        on conflict (report_id) do update set outcome = excluded.outcome, told_at = excluded.told_at";
    pub const ENDINGS: &str = "select e.report_id, e.outcome, e.told_at from ending e
        join report r on r.id = e.report_id where r.case_id = $1";
    pub const ENDING_OF: &str = "select report_id, outcome, told_at from ending where report_id = $1";
    pub const MOVE_ENTRIES: &str = "update entry set case_id = $1 where case_id = $2";
    pub const MOVE_TASKS: &str = "update task set case_id = $1 where case_id = $2";
    pub const ALL: &[&str] = &[
        ADD,
        BY_ID,
        BY_NUMBER,
        ADD_ENTRY,
        TIMELINE,
        TIMELINE_FOR,
        ADD_PROMISE,
        PROMISE,
        PROMISES,
        PROMISES_TO,
        KEEP,
        MOVED,
        WARNED,
        OPEN_PROMISES,
        ADD_TASK,
        TASKS,
        TASKS_FOR,
        TASK_DONE,
        TASK_HELP,
        INBOX,
        CLOSED,
        WAITING,
        OVERDUE,
        TELL,
        ENDINGS,
        ENDING_OF,
        MOVE_ENTRIES,
        MOVE_TASKS,
        REFRESH,
        JOINED,
        JOINED_BY_MACHINE,
        MARK_TASK_DONE,
        OWNER,
        OUTCOME,
        STATE,
    ];
}

pub async fn add(tx: &mut Tx, id: CaseId, number: i64, title: &str, now: Time) -> Result<()> {
    execute!(tx, sql::ADD, id, number, title, now)?;
    Ok(())
}

pub async fn by_id(tx: &mut Tx, id: CaseId) -> Result<Option<Case>> {
    Ok(row!(tx, Case, sql::BY_ID, id)?)
}

pub async fn by_number(tx: &mut Tx, number: i64) -> Result<Option<CaseId>> {
    Ok(row!(tx, (CaseId,), sql::BY_NUMBER, number)?.map(|(id,)| id))
}

pub async fn add_entry(tx: &mut Tx, id: EntryId, new: &NewEntry) -> Result<()> {
    execute!(
        tx,
        sql::ADD_ENTRY,
        id,
        new.case,
        new.report,
        new.at,
        new.source.as_str(),
        new.author,
        new.visibility.as_str(),
        new.kind,
        new.body.as_str()
    )?;
    Ok(())
}

/// Newest first.
pub async fn timeline(tx: &mut Tx, case: CaseId, most: i64, after: i64) -> Result<Vec<Entry>> {
    Ok(rows!(tx, Entry, sql::TIMELINE, case, most, after)?)
}

/// Newest first.
pub async fn timeline_for(tx: &mut Tx, report: ReportId, most: i64, after: i64) -> Result<Vec<Entry>> {
    Ok(rows!(tx, Entry, sql::TIMELINE_FOR, report, most, after)?)
}

pub async fn add_promise(
    tx: &mut Tx,
    id: PromiseId,
    case: CaseId,
    report: ReportId,
    what: &str,
    by: Time,
    now: Time,
) -> Result<()> {
    execute!(tx, sql::ADD_PROMISE, id, case, report, what, by, now)?;
    Ok(())
}

pub async fn promise(tx: &mut Tx, id: PromiseId) -> Result<Option<Promise>> {
    Ok(row!(tx, Promise, sql::PROMISE, id)?)
}

pub async fn promises(tx: &mut Tx, case: CaseId) -> Result<Vec<Promise>> {
    Ok(rows!(tx, Promise, sql::PROMISES, case)?)
}

pub async fn promises_to(tx: &mut Tx, report: ReportId) -> Result<Vec<Promise>> {
    Ok(rows!(tx, Promise, sql::PROMISES_TO, report)?)
}

pub async fn keep_promises(tx: &mut Tx, report: ReportId, now: Time) -> Result<u64> {
    Ok(execute!(tx, sql::KEEP, now, report)?)
}

pub async fn mark_moved(tx: &mut Tx, id: PromiseId, to: PromiseId, reason: &str, now: Time) -> Result<()> {
    execute!(tx, sql::MOVED, now, to, reason, id)?;
    Ok(())
}

pub async fn mark_warned(tx: &mut Tx, id: PromiseId, now: Time) -> Result<()> {
    execute!(tx, sql::WARNED, now, id)?;
    Ok(())
}

pub async fn open_promises(tx: &mut Tx, case: CaseId) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::OPEN_PROMISES, case)?)
}

pub async fn add_task(tx: &mut Tx, id: TaskId, new: &NewTask, now: Time) -> Result<()> {
    execute!(
        tx,
        sql::ADD_TASK,
        id,
        new.case,
        new.report,
        new.for_whom.as_str(),
        new.ask.as_str(),
        new.why.as_str(),
        new.minutes,
        now,
        new.by
    )?;
    Ok(())
}

pub async fn tasks(tx: &mut Tx, case: CaseId) -> Result<Vec<Task>> {
    Ok(rows!(tx, Task, sql::TASKS, case)?)
}

pub async fn tasks_for(tx: &mut Tx, report: ReportId) -> Result<Vec<Task>> {
    Ok(rows!(tx, Task, sql::TASKS_FOR, report)?)
}

pub async fn set_task_done(tx: &mut Tx, id: TaskId, at: Option<Time>) -> Result<Option<Task>> {
    Ok(row!(tx, Task, sql::TASK_DONE, at, id)?)
}

pub async fn ask_help(tx: &mut Tx, id: TaskId, now: Time) -> Result<Option<Task>> {
    Ok(row!(tx, Task, sql::TASK_HELP, now, id)?)
}

pub async fn inbox(tx: &mut Tx, most: i64, after: i64) -> Result<Vec<InboxRow>> {
    Ok(rows!(tx, InboxRow, sql::INBOX, most, after)?)
}

pub async fn closed(tx: &mut Tx, most: i64, after: i64) -> Result<Vec<InboxRow>> {
    Ok(rows!(tx, InboxRow, sql::CLOSED, most, after)?)
}

pub async fn waiting(tx: &mut Tx) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::WAITING)?)
}

pub async fn overdue(tx: &mut Tx, now: Time) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::OVERDUE, now)?)
}

pub async fn tell(tx: &mut Tx, report: ReportId, outcome: &str, now: Time) -> Result<()> {
    execute!(tx, sql::TELL, report, outcome, now)?;
    Ok(())
}

pub async fn endings(tx: &mut Tx, case: CaseId) -> Result<Vec<Ending>> {
    Ok(rows!(tx, Ending, sql::ENDINGS, case)?)
}

pub async fn ending_of(tx: &mut Tx, report: ReportId) -> Result<Option<Ending>> {
    Ok(row!(tx, Ending, sql::ENDING_OF, report)?)
}

/// What makes a case the one of its lure, its notes and its tasks go to another.
pub async fn move_rest(tx: &mut Tx, from: CaseId, into: CaseId) -> Result<()> {
    super::grouping::store::move_all(tx, from, into).await?;
    execute!(tx, sql::MOVE_ENTRIES, into, from)?;
    execute!(tx, sql::MOVE_TASKS, into, from)?;
    Ok(())
}

pub async fn refresh(tx: &mut Tx, case: CaseId, now: Time) -> Result<()> {
    execute!(tx, sql::REFRESH, case, now)?;
    Ok(())
}

pub async fn joined(tx: &mut Tx, case: CaseId, who: Joins, now: Time) -> Result<()> {
    match who {
        Joins::Person { exposed, promised, received } => {
            execute!(tx, sql::JOINED, case, exposed, promised, received, now)?;
        }
        Joins::Machine => {
            execute!(tx, sql::JOINED_BY_MACHINE, case, now)?;
        }
    }
    Ok(())
}

/// True if that changed something.
pub async fn mark_task_done(tx: &mut Tx, case: CaseId, done: bool) -> Result<bool> {
    Ok(execute!(tx, sql::MARK_TASK_DONE, case, done)? == 1)
}

pub async fn set_owner(tx: &mut Tx, case: CaseId, owner: Option<PersonId>, now: Time) -> Result<()> {
    execute!(tx, sql::OWNER, owner, now, case)?;
    Ok(())
}

pub async fn set_outcome(tx: &mut Tx, case: CaseId, outcome: &str, words: &str, now: Time) -> Result<()> {
    execute!(tx, sql::OUTCOME, outcome, words, now, case)?;
    Ok(())
}

pub async fn set_state(
    tx: &mut Tx,
    case: CaseId,
    state: &str,
    closed_at: Option<Time>,
    now: Time,
) -> Result<()> {
    execute!(tx, sql::STATE, state, closed_at, now, case)?;
    Ok(())
}
