//! SQL of giving and forgetting a person's data. Names columns, decides nothing.

use super::forget::Look;
use super::known::{
    KnownCase, KnownDraft, KnownEntry, KnownFile, KnownLetter, KnownLook, KnownPerson, KnownPromise,
    KnownReport, KnownTask,
};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, EntryId, PersonId, ReportId, TaskId, Time};
use crate::{execute, row, rows, scalar};

pub mod sql {
    pub const BY_ADDRESS: &str = "select id from person where address = $1";
    pub const PERSON: &str = "select address, name, locale, role, created_at from person where id = $1";
    pub const REPORTS: &str = "select r.id, r.door, r.reporter_name, r.kind, r.told, r.words, r.subject, r.sender, r.verdict, r.evidence, r.raw_name,
            c.number as case_number, c.outcome, c.outcome_words, r.received_at, r.first_word_at, r.first_human_word_at, r.answered_at
        from report r left join cases c on c.id = r.case_id
        where r.reporter_id = $1 order by r.received_at, r.id";
    pub const LETTERS: &str =
        "select report_id as report, kind, to_address, subject, body, state, made_at, sent_at
        from letter where to_person = $1 or report_id in (select id from report where reporter_id = $1)
        order by made_at, id";
    pub const TIMELINE: &str = "select report_id as report, at, source, kind, visibility, body
        from entry where author_id = $1 or report_id in (select id from report where reporter_id = $1)
        order by at, id";
    pub const PROMISES: &str = "select report_id as report, by_at, kept_at, moved_at, moved_reason
        from promise where report_id in (select id from report where reporter_id = $1) order by made_at, id";
    pub const TASKS: &str = "select report_id as report, for_whom, ask, why, made_at, done_at
        from task where report_id in (select id from report where reporter_id = $1) order by made_at, id";
    pub const FILES: &str = "select report_id as report, name, media_type, size, added_at
        from file where report_id in (select id from report where reporter_id = $1) order by added_at, id";
    pub const LOOKED: &str = "select a.at, p.name as who, a.what, a.about
        from audit a left join person p on p.id = a.who_id where a.person_id = $1 order by a.at, a.id";
    pub const CASE: &str = "select number, title from cases where id = $1";
    // What the team wrote in a case, apart from what stands on the timelines of this person's reports.
    pub const CASE_NOTES: &str = "select report_id as report, at, source, kind, visibility, body
        from entry where case_id = $1 and source = 'responder' and body <> '' and kind <> 'merged-away'
            and (report_id is null or report_id not in (select id from report where reporter_id = $2))
        order by at, id";
    pub const TEAM_NOTES_LIKE: &str = "select report_id as report, at, source, kind, visibility, body
        from entry where visibility = 'team' and lower(body) like $1 order by at, id";
    pub const CASE_TASKS: &str = "select report_id as report, for_whom, ask, why, made_at, done_at
        from task where case_id = $1 and report_id is null order by made_at, id";
    pub const DRAFTS: &str = "select report_id as report, body from draft
        where report_id in (select id from report where reporter_id = $1) order by report_id, author_id";
    pub const REPORT_IDS: &str = "select id from report where reporter_id = $1";
    pub const KEYS: &str = "select raw_key from report where reporter_id = $1 and raw_key is not null
        union select f.raw_key from file f join report r on r.id = f.report_id where r.reporter_id = $1";
    pub const USED: &str = "select (select count(*) from report where raw_key = $1) + (select count(*) from file where raw_key = $1)";
    pub const CASES_OF: &str = "select case_id from report where reporter_id = $1 and case_id is not null
        union select e.case_id from entry e join report r on r.id = e.report_id where r.reporter_id = $1";
    pub const OTHERS_IN: &str = "select count(*) from report
        where case_id = $1 and erased_at is null and (reporter_id is null or reporter_id <> $2)";
    pub const CASE_WORDS: &str = "select title, outcome_words from cases where id = $1";
    pub const OWN_TITLES: &str = "select subject from report
        where case_id = $1 and reporter_id = $2 and coalesce(evidence, '') = ''";
    pub const NAMES_IN_REPORTS: &str = "select distinct reporter_name from report where reporter_id = $1";
    pub const RENAME_CASE: &str = "update cases set title = $1 where id = $2";
    pub const OTHER_TITLES: &str = "select subject from report
        where case_id = $1 and coalesce(reporter_id, '') <> $2 and erased_at is null and subject <> ''
        order by received_at, id limit 100";
    pub const FORGET_OUTCOME_WORDS: &str = "update cases set outcome_words = null where id = $1";
    pub const FORGET_CASE_ENTRIES: &str =
        "update entry set body = '' where case_id = $1 and kind <> 'merged-away'";
    pub const FORGET_CASE_TASKS: &str = "delete from task where case_id = $1";
    pub const ENTRY_WORDS: &str = "select id, body from entry where case_id = $1 and body <> ''";
    pub const TEAM_ENTRIES_LIKE: &str =
        "select id, body from entry where visibility = 'team' and lower(body) like $1";
    pub const TASKS_LIKE: &str =
        "select id, ask, why from task where lower(ask) like $1 or lower(why) like $1";
    pub const ANSWERS_LIKE: &str = "select id, words from answer where lower(words) like $1";
    pub const FORGET_ANSWER_WORDS: &str = "update answer set words = '' where id = $1";
    pub const FORGET_ENTRY: &str = "update entry set body = '' where id = $1";
    pub const TASK_WORDS: &str = "select id, ask, why from task where case_id = $1";
    pub const FORGET_TASK: &str = "delete from task where id = $1";
    // Their own words, and ours to them. What they wrote to others for the desk belongs to these.
    pub const FORGET_ENTRIES: &str = "update entry set body = ''
        where author_id = $1 and source <> 'responder'
            or report_id in (select id from report where reporter_id = $1)";
    pub const FREE_ENTRIES: &str = "update entry set author_id = null where author_id = $1";
    pub const FREE_LETTERS: &str = "update letter set author_id = null where author_id = $1";
    pub const FREE_CASES: &str = "update cases set owner_id = null where owner_id = $1";
    pub const LOOK: &str = "select p.name, p.role,
            (select count(*) from report where reporter_id = p.id) as reports,
            (select count(*) from letter where to_person = p.id
                or report_id in (select id from report where reporter_id = p.id)) as letters,
            (select count(*) from cases where owner_id = p.id and state <> 'closed') as open_cases,
            (select count(*) from person a where a.role = 'admin' and a.password is not null
                and a.disabled_at is null and a.id <> p.id) as other_admins,
            cast(0 as bigint) as estimates
        from person p where p.id = $1";
    pub const FORGET_LETTERS: &str = "update letter set to_address = '', subject = '', body = '', to_person = null, override_reason = null,
            state = case when state = 'queued' then 'forgotten' else state end
        where to_person = $1 or report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_TASKS: &str =
        "delete from task where report_id in (select id from report where reporter_id = $1)";
    // A promise that fell due unkept stays one, and has its end today; one for later is owed to nobody any more.
    pub const FORGET_PROMISES: &str =
        "delete from promise where kept_at is null and moved_at is null and by_at >= $2
        and report_id in (select id from report where reporter_id = $1)";
    pub const END_PROMISES: &str = "update promise set moved_reason = null,
            kept_at = case when kept_at is null and moved_at is null then $2 else kept_at end
        where report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_JOBS: &str = "delete from job where kind in ('understand', 'invite')
        and subject in (select id from report where reporter_id = $1)";
    pub const FORGET_FILES: &str =
        "delete from file where report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_LINKS: &str =
        "delete from capability where report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_DRAFTS: &str = "delete from draft where author_id = $1 or report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_REPORTS: &str = "update report set words = '', told = '', subject = '', sender = '', reporter_name = '', evidence = null,
            raw_key = null, raw_name = null, exposed = false, anonymous = true, answerable = false, quiet = false, dedupe_key = null, content_hash = null,
            answered_at = coalesce(answered_at, $2), erased_at = $2, reporter_id = null, own_step_at = null
        where reporter_id = $1";
    pub const FORGET_SESSIONS: &str = "delete from session where person_id = $1";
    pub const FORGET_SETUPS: &str = "delete from setup_link where person_id = $1 or made_by = $1";
    pub const FORGET_PERSON: &str =
        "update person set address = null, name = '', password = null, role = null, erased_at = $2
        where id = $1";
    pub const COUNTS: &str =
        "select (select count(*) from report), (select count(*) from cases), (select count(*) from letter)";
    pub const WITHOUT_PROMISE: &str = "select count(*) from report r
        where r.understood_at is not null and r.answered_at is null
        and not exists (select 1 from promise p where p.report_id = r.id and p.kept_at is null and p.moved_at is null)";
    pub const UNREAD: &str = "select count(*) from report
        where understood_at is null and erased_at is null and received_at < $1";
    pub const UNDELIVERED: &str = "select count(*) from letter where state = 'undelivered'";
    pub const ALL_KEYS: &str =
        "select raw_key from report where raw_key is not null union select raw_key from file";
    #[cfg(test)]
    pub const ALL: &[&str] = &[
        BY_ADDRESS,
        PERSON,
        REPORTS,
        LETTERS,
        TIMELINE,
        PROMISES,
        TASKS,
        FILES,
        LOOKED,
        CASE,
        CASE_NOTES,
        TEAM_NOTES_LIKE,
        CASE_TASKS,
        DRAFTS,
        REPORT_IDS,
        KEYS,
        USED,
        CASES_OF,
        OTHERS_IN,
        CASE_WORDS,
        OWN_TITLES,
        NAMES_IN_REPORTS,
        RENAME_CASE,
        OTHER_TITLES,
        FORGET_OUTCOME_WORDS,
        FORGET_CASE_ENTRIES,
        FORGET_CASE_TASKS,
        ENTRY_WORDS,
        TEAM_ENTRIES_LIKE,
        TASKS_LIKE,
        ANSWERS_LIKE,
        FORGET_ANSWER_WORDS,
        FORGET_ENTRY,
        TASK_WORDS,
        FORGET_TASK,
        FORGET_ENTRIES,
        FREE_ENTRIES,
        FREE_LETTERS,
        FREE_CASES,
        LOOK,
        FORGET_LETTERS,
        FORGET_TASKS,
        FORGET_PROMISES,
        END_PROMISES,
        FORGET_JOBS,
        FORGET_FILES,
        FORGET_LINKS,
        FORGET_DRAFTS,
        FORGET_REPORTS,
        FORGET_SESSIONS,
        FORGET_SETUPS,
        FORGET_PERSON,
        COUNTS,
        WITHOUT_PROMISE,
        UNREAD,
        UNDELIVERED,
        ALL_KEYS,
    ];
}

pub async fn person_by_address(tx: &mut Tx, address: &str) -> Result<Option<PersonId>> {
    Ok(row!(tx, (PersonId,), sql::BY_ADDRESS, address)?.map(|(id,)| id))
}

pub async fn person(tx: &mut Tx, id: PersonId) -> Result<Option<KnownPerson>> {
    Ok(row!(tx, KnownPerson, sql::PERSON, id)?)
}

/// What would go with a person.
pub async fn look(tx: &mut Tx, id: PersonId) -> Result<Option<Look>> {
    Ok(row!(tx, Look, sql::LOOK, id)?)
}

pub async fn reports(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownReport>> {
    Ok(rows!(tx, KnownReport, sql::REPORTS, id)?)
}

pub async fn letters(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownLetter>> {
    Ok(rows!(tx, KnownLetter, sql::LETTERS, id)?)
}

pub async fn timeline(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownEntry>> {
    Ok(rows!(tx, KnownEntry, sql::TIMELINE, id)?)
}

pub async fn promises(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownPromise>> {
    Ok(rows!(tx, KnownPromise, sql::PROMISES, id)?)
}

pub async fn tasks(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownTask>> {
    Ok(rows!(tx, KnownTask, sql::TASKS, id)?)
}

pub async fn files(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownFile>> {
    Ok(rows!(tx, KnownFile, sql::FILES, id)?)
}

pub async fn looked(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownLook>> {
    Ok(rows!(tx, KnownLook, sql::LOOKED, id)?)
}

pub async fn case(tx: &mut Tx, id: CaseId) -> Result<Option<KnownCase>> {
    Ok(row!(tx, KnownCase, sql::CASE, id)?)
}

/// What the team wrote in a case beside what it wrote to this person.
pub async fn case_notes(tx: &mut Tx, case: CaseId, person: PersonId) -> Result<Vec<KnownEntry>> {
    Ok(rows!(tx, KnownEntry, sql::CASE_NOTES, case, person)?)
}

/// What the team wrote anywhere that looks like this text in lower case.
pub async fn team_notes_like(tx: &mut Tx, text: &str) -> Result<Vec<KnownEntry>> {
    Ok(rows!(tx, KnownEntry, sql::TEAM_NOTES_LIKE, like(text))?)
}

/// The tasks of a case that are about no single report.
pub async fn case_tasks(tx: &mut Tx, case: CaseId) -> Result<Vec<KnownTask>> {
    Ok(rows!(tx, KnownTask, sql::CASE_TASKS, case)?)
}

pub async fn drafts(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownDraft>> {
    Ok(rows!(tx, KnownDraft, sql::DRAFTS, id)?)
}

pub async fn cases_of(tx: &mut Tx, id: PersonId) -> Result<Vec<CaseId>> {
    Ok(rows!(tx, (CaseId,), sql::CASES_OF, id)?.into_iter().map(|(id,)| id).collect())
}

/// How many reports of others a case holds.
pub async fn others_in(tx: &mut Tx, case: CaseId, person: PersonId) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::OTHERS_IN, case, person)?)
}

/// Forgets every word of a case that holds nobody else.
pub async fn forget_case(tx: &mut Tx, case: CaseId, title: &str) -> Result<()> {
    rename_case(tx, case, title).await?;
    forget_outcome_words(tx, case).await?;
    execute!(tx, sql::FORGET_CASE_ENTRIES, case)?;
    execute!(tx, sql::FORGET_CASE_TASKS, case)?;
    Ok(())
}

pub async fn case_words(tx: &mut Tx, case: CaseId) -> Result<(String, Option<String>)> {
    Ok(row!(tx, (String, Option<String>), sql::CASE_WORDS, case)?.unwrap_or_default())
}

/// The titles that this person's own words would have given the case.
pub async fn own_titles(tx: &mut Tx, case: CaseId, person: PersonId) -> Result<Vec<String>> {
    let found = rows!(tx, (String,), sql::OWN_TITLES, case, person)?;
    Ok(found.into_iter().map(|(title,)| title).collect())
}

/// What the reports of the others would have called the case, the oldest first.
pub async fn other_titles(tx: &mut Tx, case: CaseId, person: PersonId) -> Result<Vec<String>> {
    let found = rows!(tx, (String,), sql::OTHER_TITLES, case, person)?;
    Ok(found.into_iter().map(|(title,)| title).collect())
}

pub async fn names_in_reports(tx: &mut Tx, person: PersonId) -> Result<Vec<String>> {
    let found = rows!(tx, (String,), sql::NAMES_IN_REPORTS, person)?;
    Ok(found.into_iter().map(|(name,)| name).collect())
}

pub async fn rename_case(tx: &mut Tx, case: CaseId, title: &str) -> Result<()> {
    execute!(tx, sql::RENAME_CASE, title, case)?;
    Ok(())
}

pub async fn forget_outcome_words(tx: &mut Tx, case: CaseId) -> Result<()> {
    execute!(tx, sql::FORGET_OUTCOME_WORDS, case)?;
    Ok(())
}

pub async fn entry_words(tx: &mut Tx, case: CaseId) -> Result<Vec<(EntryId, String)>> {
    Ok(rows!(tx, (EntryId, String), sql::ENTRY_WORDS, case)?)
}

/// What the team wrote anywhere that looks like this text in lower case; letters outside of ASCII match any.
pub async fn team_entries_like(tx: &mut Tx, text: &str) -> Result<Vec<(EntryId, String)>> {
    Ok(rows!(tx, (EntryId, String), sql::TEAM_ENTRIES_LIKE, like(text))?)
}

/// The tasks anywhere that look like it.
pub async fn tasks_like(tx: &mut Tx, text: &str) -> Result<Vec<(TaskId, String, String)>> {
    Ok(rows!(tx, (TaskId, String, String), sql::TASKS_LIKE, like(text))?)
}

/// The words that people added to the three questions and that look like it.
pub async fn answers_like(tx: &mut Tx, text: &str) -> Result<Vec<(EntryId, String)>> {
    Ok(rows!(tx, (EntryId, String), sql::ANSWERS_LIKE, like(text))?)
}

/// The three numbers of the answer stay.
pub async fn forget_answer_words(tx: &mut Tx, id: EntryId) -> Result<()> {
    execute!(tx, sql::FORGET_ANSWER_WORDS, id)?;
    Ok(())
}

/// SQLite makes only ASCII letters small, and `%` and a backslash mean something of their own.
pub(super) fn like(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '@' | '.' | '-');
    format!("%{}%", text.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect::<String>())
}

pub async fn forget_entry(tx: &mut Tx, id: EntryId) -> Result<()> {
    execute!(tx, sql::FORGET_ENTRY, id)?;
    Ok(())
}

pub async fn task_words(tx: &mut Tx, case: CaseId) -> Result<Vec<(TaskId, String, String)>> {
    Ok(rows!(tx, (TaskId, String, String), sql::TASK_WORDS, case)?)
}

pub async fn forget_task(tx: &mut Tx, id: TaskId) -> Result<()> {
    execute!(tx, sql::FORGET_TASK, id)?;
    Ok(())
}

pub async fn report_ids(tx: &mut Tx, id: PersonId) -> Result<Vec<ReportId>> {
    Ok(rows!(tx, (ReportId,), sql::REPORT_IDS, id)?.into_iter().map(|(id,)| id).collect())
}

pub async fn keys_of(tx: &mut Tx, id: PersonId) -> Result<Vec<String>> {
    Ok(rows!(tx, (String,), sql::KEYS, id)?.into_iter().map(|(key,)| key).collect())
}

pub async fn all_keys(tx: &mut Tx) -> Result<Vec<String>> {
    Ok(rows!(tx, (String,), sql::ALL_KEYS)?.into_iter().map(|(key,)| key).collect())
}

pub async fn still_used(tx: &mut Tx, key: &str) -> Result<bool> {
    Ok(scalar!(tx, i64, sql::USED, key)? > 0)
}

/// Forgets, in one transaction; gives how many letters lost their words.
pub async fn forget(tx: &mut Tx, id: PersonId, now: Time) -> Result<u64> {
    execute!(tx, sql::FORGET_ENTRIES, id)?;
    execute!(tx, sql::FREE_ENTRIES, id)?;
    execute!(tx, sql::FREE_LETTERS, id)?;
    execute!(tx, sql::FREE_CASES, id)?;
    let letters = execute!(tx, sql::FORGET_LETTERS, id)?;
    execute!(tx, sql::FORGET_TASKS, id)?;
    execute!(tx, sql::FORGET_PROMISES, id, now)?;
    execute!(tx, sql::END_PROMISES, id, now)?;
    execute!(tx, sql::FORGET_JOBS, id)?;
    execute!(tx, sql::FORGET_FILES, id)?;
    execute!(tx, sql::FORGET_LINKS, id)?;
    execute!(tx, sql::FORGET_DRAFTS, id)?;
    execute!(tx, sql::FORGET_REPORTS, id, now)?;
    execute!(tx, sql::FORGET_SESSIONS, id)?;
    execute!(tx, sql::FORGET_SETUPS, id)?;
    execute!(tx, sql::FORGET_PERSON, id, now)?;
    Ok(letters)
}

pub async fn counts(tx: &mut Tx) -> Result<(i64, i64, i64)> {
    Ok(row!(tx, (i64, i64, i64), sql::COUNTS)?.unwrap_or_default())
}

pub async fn without_promise(tx: &mut Tx) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::WITHOUT_PROMISE)?)
}

/// Reports that came before a moment and are not read yet.
pub async fn unread(tx: &mut Tx, before: Time) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::UNREAD, before)?)
}

pub async fn undelivered(tx: &mut Tx) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::UNDELIVERED)?)
}
