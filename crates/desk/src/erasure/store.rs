//! SQL of giving and forgetting a person's data. Names columns, decides nothing.

use serde::Serialize;

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{PersonId, ReportId, Time};
use crate::{execute, row, rows, scalar};

crate::columns! {
    /// What is kept of a person.
    #[derive(Debug, Serialize)]
    pub struct KnownPerson {
        pub address: Option<String>,
        pub name: String,
        pub locale: String,
        pub role: Option<String>,
    }
}

crate::columns! {
    /// What is kept of a report.
    #[derive(Debug, Serialize)]
    pub struct KnownReport {
        pub door: String,
        pub reporter_name: String,
        pub kind: String,
        pub told: String,
        pub words: String,
        pub subject: String,
        pub verdict: Option<String>,
    }
}

crate::columns! {
    /// What we wrote.
    #[derive(Debug, Serialize)]
    pub struct KnownLetter {
        pub subject: String,
        pub body: String,
    }
}

crate::columns! {
    /// What they wrote.
    #[derive(Debug, Serialize)]
    pub struct KnownWords {
        pub kind: String,
        pub body: String,
    }
}

pub mod sql {
    pub const BY_ADDRESS: &str = "select id from person where address = $1";
    pub const PERSON: &str = "select address, name, locale, role from person where id = $1";
    pub const REPORTS: &str = "select door, reporter_name, kind, told, words, subject, verdict from report where reporter_id = $1 order by received_at";
    pub const LETTERS: &str = "select subject, body from letter where to_person = $1 order by made_at";
    pub const WORDS: &str = "select kind, body from entry where author_id = $1 order by at";
    pub const REPORT_IDS: &str = "select id from report where reporter_id = $1";
    pub const KEYS: &str = "select raw_key from report where reporter_id = $1 and raw_key is not null
        union select f.raw_key from file f join report r on r.id = f.report_id where r.reporter_id = $1";
    pub const USED: &str = "select (select count(*) from report where raw_key = $1) + (select count(*) from file where raw_key = $1)";
    pub const FORGET_ENTRIES: &str = "update entry set body = '', author_id = null
        where author_id = $1 or (source = 'witness' and report_id in (select id from report where reporter_id = $1))";
    pub const FORGET_LETTERS: &str =
        "update letter set to_address = '', subject = '', body = '', to_person = null
        where to_person = $1";
    pub const FORGET_FILES: &str =
        "delete from file where report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_LINKS: &str =
        "delete from capability where report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_DRAFTS: &str =
        "delete from draft where report_id in (select id from report where reporter_id = $1)";
    pub const FORGET_REPORTS: &str = "update report set words = '', told = '', subject = '', sender = '', reporter_name = '', evidence = null,
            raw_key = null, raw_name = null, exposed = false, anonymous = true, answerable = false, dedupe_key = null,
            erased_at = $2, reporter_id = null
        where reporter_id = $1";
    pub const FORGET_SESSIONS: &str = "delete from session where person_id = $1";
    pub const FORGET_PERSON: &str =
        "update person set address = null, name = '', password = null, role = null, erased_at = $2
        where id = $1";
    pub const COUNTS: &str =
        "select (select count(*) from report), (select count(*) from cases), (select count(*) from letter)";
    pub const WITHOUT_PROMISE: &str = "select count(*) from report r
        where r.understood_at is not null and r.answered_at is null
        and not exists (select 1 from promise p where p.report_id = r.id and p.kept_at is null and p.moved_at is null)";
    pub const ALL_KEYS: &str =
        "select raw_key from report where raw_key is not null union select raw_key from file";
    #[cfg(test)]
    pub const ALL: &[&str] = &[
        BY_ADDRESS,
        PERSON,
        REPORTS,
        LETTERS,
        WORDS,
        REPORT_IDS,
        KEYS,
        USED,
        FORGET_ENTRIES,
        FORGET_LETTERS,
        FORGET_FILES,
        FORGET_LINKS,
        FORGET_DRAFTS,
        FORGET_REPORTS,
        FORGET_SESSIONS,
        FORGET_PERSON,
        COUNTS,
        WITHOUT_PROMISE,
        ALL_KEYS,
    ];
}

pub async fn person_by_address(tx: &mut Tx, address: &str) -> Result<Option<PersonId>> {
    Ok(row!(tx, (PersonId,), sql::BY_ADDRESS, address)?.map(|(id,)| id))
}

pub async fn person(tx: &mut Tx, id: PersonId) -> Result<Option<KnownPerson>> {
    Ok(row!(tx, KnownPerson, sql::PERSON, id)?)
}

pub async fn reports(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownReport>> {
    Ok(rows!(tx, KnownReport, sql::REPORTS, id)?)
}

pub async fn letters(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownLetter>> {
    Ok(rows!(tx, KnownLetter, sql::LETTERS, id)?)
}

pub async fn words(tx: &mut Tx, id: PersonId) -> Result<Vec<KnownWords>> {
    Ok(rows!(tx, KnownWords, sql::WORDS, id)?)
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
    let letters = execute!(tx, sql::FORGET_LETTERS, id)?;
    execute!(tx, sql::FORGET_FILES, id)?;
    execute!(tx, sql::FORGET_LINKS, id)?;
    execute!(tx, sql::FORGET_DRAFTS, id)?;
    execute!(tx, sql::FORGET_REPORTS, id, now)?;
    execute!(tx, sql::FORGET_SESSIONS, id)?;
    execute!(tx, sql::FORGET_PERSON, id, now)?;
    Ok(letters)
}

pub async fn counts(tx: &mut Tx) -> Result<(i64, i64, i64)> {
    Ok(row!(tx, (i64, i64, i64), sql::COUNTS)?.unwrap_or_default())
}

pub async fn without_promise(tx: &mut Tx) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::WITHOUT_PROMISE)?)
}
