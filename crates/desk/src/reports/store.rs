//! SQL of reports, their files and their private links. Names columns, decides nothing.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, FileId, PersonId, ReportId, Time};
use crate::{execute, row, rows, scalar};

crate::columns! {
    /// One report.
    #[derive(Clone, Debug)]
    pub struct Report {
        pub id: ReportId,
        pub case_id: Option<CaseId>,
        pub reporter_id: Option<PersonId>,
        /// The name that came with the report, vouched for or not.
        pub reporter_name: String,
        pub anonymous: bool,
        pub door: String,
        pub kind: String,
        pub told: String,
        pub words: String,
        pub locale: String,
        pub vouched: String,
        pub answerable: bool,
        /// Their mail asks for no automatic answer: people may write to them, the desk by itself does not.
        pub quiet: bool,
        pub raw_key: Option<String>,
        pub raw_name: Option<String>,
        pub received_at: Time,
        pub understood_at: Option<Time>,
        pub exposed: bool,
        pub verdict: Option<String>,
        pub subject: String,
        pub sender: String,
        pub evidence: Option<String>,
        pub first_word_at: Option<Time>,
        pub first_human_word_at: Option<Time>,
        pub last_word_at: Option<Time>,
        pub last_reporter_word_at: Option<Time>,
        pub last_human_word_at: Option<Time>,
        pub answered_at: Option<Time>,
        pub link_serial: i64,
        /// Whoever wrote the mail sent it to us, as its envelope says.
        pub written: bool,
        /// A machine wrote the mail: nobody waits for a word on it.
        pub automatic: bool,
        /// The report whose letter somebody else answered with this one.
        pub answers: Option<ReportId>,
        pub erased_at: Option<Time>,
    }
}

impl Report {
    /// How its message reached us.
    pub fn came(&self) -> mail::Came {
        if self.written { mail::Came::Written } else { mail::Came::Somehow }
    }

    /// Whether somebody says who this is: a server, a network, a token or a responder. Else it may be anybody, also whoever sent the lure.
    pub fn is_confirmed(&self) -> bool {
        self.vouched == super::Vouch::Vouched.as_str()
    }

    /// Whether letters of people may go to them.
    pub fn takes_letters(&self) -> bool {
        self.answerable || self.quiet
    }

    pub fn locale(&self) -> crate::words::Locale {
        crate::words::Locale::from_tag(&self.locale)
    }

    /// Whether they reported a message, apart from what they said themselves.
    pub fn has_message(&self) -> bool {
        // A list of reports comes without the evidence; a verdict stands only where there is some.
        self.verdict.as_deref().is_some_and(|verdict| !verdict.is_empty())
    }

    pub fn seen(&self) -> super::Seen {
        self.evidence.as_deref().map(super::Seen::parse).unwrap_or_default()
    }
}

crate::columns! {
    /// A file somebody added.
    #[derive(Clone, Debug)]
    pub struct File {
        pub id: FileId,
        pub raw_key: String,
        pub name: String,
        pub media_type: String,
        pub size: i64,
        pub added_at: Time,
    }
}

/// What is written when a report is taken in.
#[derive(Clone, Debug)]
pub struct NewReport {
    pub id: ReportId,
    pub reporter_id: Option<PersonId>,
    pub reporter_name: String,
    pub anonymous: bool,
    pub door: &'static str,
    pub kind: &'static str,
    pub told: String,
    pub words: String,
    pub locale: &'static str,
    pub vouched: &'static str,
    pub answerable: bool,
    pub quiet: bool,
    pub raw_key: Option<String>,
    pub raw_name: Option<String>,
    pub dedupe_key: Option<String>,
    /// What came with the dedupe key, where another report under the same key is to be refused.
    pub content_hash: Option<String>,
    pub written: bool,
    pub automatic: bool,
    /// The report whose letter somebody else answers with this one.
    pub answers: Option<ReportId>,
    pub received_at: Time,
    pub exposed: bool,
}

/// What reading a message that came later puts in the place of what we had.
#[derive(Clone, Debug)]
pub struct Reread {
    pub verdict: String,
    pub subject: String,
    pub sender: String,
    pub evidence: String,
    pub raw_key: String,
    pub raw_name: String,
}

/// What understanding adds.
#[derive(Clone, Debug)]
pub struct Understood {
    pub case_id: CaseId,
    pub at: Time,
    pub kind: &'static str,
    /// The language their own words are in; nothing leaves the one that stands there.
    pub locale: Option<&'static str>,
    pub told: String,
    pub exposed: bool,
    pub words: String,
    pub verdict: String,
    pub subject: String,
    pub sender: String,
    pub evidence: String,
    pub automatic: bool,
    /// Whether a letter may go to them without a responder who says that they are who they say.
    pub answerable: bool,
    /// The same for letters of people alone.
    pub quiet: bool,
}

pub mod sql {
    pub const ADD: &str = "insert into report (id, reporter_id, anonymous, door, kind, told, words, locale, vouched,
            answerable, raw_key, raw_name, dedupe_key, received_at, exposed, reporter_name, subject, sender, longest_silence, link_serial,
            written, automatic, content_hash, answers, quiet)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', '', 0, 0, $17, $18, $19, $20, $21)";
    pub const BY_DEDUPE: &str = "select id, content_hash from report where dedupe_key = $1";
    pub const BY_ID: &str = "select id, case_id, reporter_id, reporter_name, anonymous, door, kind, told, words, locale, vouched, answerable, quiet,
            raw_key, raw_name, received_at, understood_at, exposed, verdict, subject, sender, evidence, first_word_at,
            first_human_word_at, last_word_at, last_reporter_word_at, last_human_word_at, answered_at, link_serial, written, automatic, answers, erased_at
        from report where id = $1";
    // Without the evidence, which is large: a case can have hundreds of reports.
    pub const OF_CASE: &str = "select id, case_id, reporter_id, reporter_name, anonymous, door, kind, told, words, locale, vouched, answerable, quiet,
            raw_key, raw_name, received_at, understood_at, exposed, verdict, subject, sender, cast(null as text) as evidence, first_word_at,
            first_human_word_at, last_word_at, last_reporter_word_at, last_human_word_at, answered_at, link_serial, written, automatic, answers, erased_at
        from report where case_id = $1 order by received_at, id";
    pub const UNDERSTOOD: &str =
        "update report set case_id = $1, understood_at = $2, told = $3, exposed = $4, words = $5,
            verdict = $6, subject = $7, sender = $8, evidence = $9, kind = $10, automatic = $11,
            answered_at = case when $11 then $2 else answered_at end, locale = coalesce($12, locale),
            own_step_at = case when $3 in ('', 'looked') then null else $2 end, answerable = $13, quiet = $14
        where id = $15 and understood_at is null";
    pub const CHOOSE_LOCALE: &str = "update report set locale = $1, locale_chosen = true where id = $2";
    pub const GUESS_LOCALE: &str = "update report set locale = $1 where id = $2 and not locale_chosen";
    pub const REREAD: &str = "update report set verdict = $1, subject = $2, sender = $3, evidence = $4, raw_key = $5, raw_name = $6
        where id = $7";
    pub const CORRECT: &str = "update report set told = $1, exposed = $2, last_reporter_word_at = $3,
            own_step_at = case when $1 in ('', 'looked') then null else coalesce(own_step_at, $3) end
        where id = $4";
    pub const REPORTER_SPOKE: &str =
        "update report set last_reporter_word_at = $1, answered_at = null where id = $2";
    pub const READDRESS: &str =
        "update report set reporter_id = $1, vouched = $2, answerable = $3, quiet = false where id = $4";
    pub const NEWEST_ENDING: &str =
        "select e.outcome, e.told_at from ending e join report r on r.id = e.report_id
        where r.case_id = $1 and exists (select 1 from cases c where c.id = $1 and c.outcome is not null)
        order by e.told_at desc limit 1";
    // Each gets a line on their page: of a wave, the newest.
    pub const WORRYING_COPIES: &str = "select id from report
        where case_id = $1 and id <> $2 and answered_at is null and vouched = 'vouched' and verdict in ('likely-harmful', 'suspicious')
        order by received_at desc limit 50";
    pub const DRILLS: &str = "select count(*) from report where case_id = $1 and verdict = 'our-drill'";
    pub const NEXT_SERIAL: &str =
        "update report set link_serial = link_serial + 1 where id = $1 returning link_serial";
    pub const TOLD_WORDS: &str = "select body from entry
        where report_id = $1 and kind = 'outcome' and visibility = 'reporter' order by at desc, id desc limit 1";
    pub const ADD_FILE: &str = "insert into file (id, report_id, raw_key, name, media_type, size, added_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    pub const FILES: &str = "select id, raw_key, name, media_type, size, added_at from file
        where report_id = $1 order by added_at, id limit 200";
    pub const FILE: &str = "select report_id, raw_key, name from file where id = $1";
    pub const FILE_COUNT: &str = "select count(*) from file where report_id = $1";
    pub const TAKE: &str = "insert into taken (key, at) values ($1, $2) on conflict (key) do nothing";
    // Whoever told us twice is one person.
    pub const PLACE_IN_CASE: &str = "select count(distinct coalesce(reporter_id, id)) from report
        where case_id = $1 and received_at <= (select min(received_at) from report where case_id = $1 and coalesce(reporter_id, id) = $2)";
    pub const PEOPLE_OF_CASE: &str =
        "select count(distinct coalesce(reporter_id, id)) from report where case_id = $1";
    pub const OTHERS_OF_CASE: &str = "select count(*) from (
            select distinct coalesce(reporter_id, id) as teller from report
            where case_id = $1 and coalesce(reporter_id, id) <> $2 limit $3
        ) as others";
    pub const ANSWERED_SINCE: &str =
        "select count(*) from report where reporter_id = $1 and received_at >= $2 and first_word_at >= $2";
    pub const BY_API_TOKEN: &str = "select name from api_token where token_hash = $1 and revoked_at is null";
    pub const WORKING_API_TOKENS: &str =
        "select count(*) from api_token where name = $1 and revoked_at is null";
    pub const ADD_API_TOKEN: &str =
        "insert into api_token (token_hash, name, made_at, made_by) values ($1, $2, $3, $4)";
    pub const REVOKE_API_TOKEN: &str =
        "update api_token set revoked_at = $1 where name = $2 and revoked_at is null";
    pub const ALL: &[&str] = &[
        REVOKE_API_TOKEN,
        TOLD_WORDS,
        ADD,
        BY_DEDUPE,
        BY_ID,
        OF_CASE,
        UNDERSTOOD,
        CHOOSE_LOCALE,
        GUESS_LOCALE,
        REREAD,
        CORRECT,
        REPORTER_SPOKE,
        READDRESS,
        NEWEST_ENDING,
        WORRYING_COPIES,
        DRILLS,
        NEXT_SERIAL,
        ADD_FILE,
        FILES,
        FILE,
        FILE_COUNT,
        TAKE,
        PLACE_IN_CASE,
        PEOPLE_OF_CASE,
        OTHERS_OF_CASE,
        ANSWERED_SINCE,
        BY_API_TOKEN,
        WORKING_API_TOKENS,
        ADD_API_TOKEN,
    ];
}

pub async fn add(tx: &mut Tx, new: &NewReport) -> Result<()> {
    execute!(
        tx,
        sql::ADD,
        new.id,
        new.reporter_id,
        new.anonymous,
        new.door,
        new.kind,
        new.told.as_str(),
        new.words.as_str(),
        new.locale,
        new.vouched,
        new.answerable,
        new.raw_key.as_deref(),
        new.raw_name.as_deref(),
        new.dedupe_key.as_deref(),
        new.received_at,
        new.exposed,
        new.reporter_name.as_str(),
        new.written,
        new.automatic,
        new.content_hash.as_deref(),
        new.answers,
        new.quiet
    )?;
    Ok(())
}

/// The report that came under a key, and what it was.
pub async fn by_dedupe(tx: &mut Tx, key: &str) -> Result<Option<(ReportId, Option<String>)>> {
    Ok(row!(tx, (ReportId, Option<String>), sql::BY_DEDUPE, key)?)
}

pub async fn by_id(tx: &mut Tx, id: ReportId) -> Result<Option<Report>> {
    Ok(row!(tx, Report, sql::BY_ID, id)?)
}

pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Report>> {
    Ok(rows!(tx, Report, sql::OF_CASE, case)?)
}

pub async fn understood(tx: &mut Tx, id: ReportId, what: &Understood) -> Result<bool> {
    let changed = execute!(
        tx,
        sql::UNDERSTOOD,
        what.case_id,
        what.at,
        what.told.as_str(),
        what.exposed,
        what.words.as_str(),
        what.verdict.as_str(),
        what.subject.as_str(),
        what.sender.as_str(),
        what.evidence.as_str(),
        what.kind,
        what.automatic,
        what.locale,
        what.answerable,
        what.quiet,
        id
    )?;
    Ok(changed == 1)
}

/// The language its reporter chose.
pub async fn choose_locale(tx: &mut Tx, id: ReportId, locale: &str) -> Result<()> {
    execute!(tx, sql::CHOOSE_LOCALE, locale, id)?;
    Ok(())
}

/// The language its reporter seems to read, unless they chose one.
pub async fn guess_locale(tx: &mut Tx, id: ReportId, locale: &str) -> Result<()> {
    execute!(tx, sql::GUESS_LOCALE, locale, id)?;
    Ok(())
}

pub async fn reread(tx: &mut Tx, id: ReportId, what: &Reread) -> Result<()> {
    execute!(
        tx,
        sql::REREAD,
        what.verdict.as_str(),
        what.subject.as_str(),
        what.sender.as_str(),
        what.evidence.as_str(),
        what.raw_key.as_str(),
        what.raw_name.as_str(),
        id
    )?;
    Ok(())
}

pub async fn correct(tx: &mut Tx, id: ReportId, told: &str, exposed: bool, now: Time) -> Result<()> {
    execute!(tx, sql::CORRECT, told, exposed, now, id)?;
    Ok(())
}

pub async fn reporter_spoke(tx: &mut Tx, id: ReportId, now: Time) -> Result<()> {
    execute!(tx, sql::REPORTER_SPOKE, now, id)?;
    Ok(())
}

/// Another address of the reporter: letters go there where somebody vouches for it.
pub async fn readdress(tx: &mut Tx, id: ReportId, person: PersonId, vouch: super::Vouch) -> Result<()> {
    execute!(tx, sql::READDRESS, person, vouch.as_str(), vouch == super::Vouch::Vouched, id)?;
    Ok(())
}

/// The newest outcome that anybody in a case was told, and when.
pub async fn newest_ending(tx: &mut Tx, case: CaseId) -> Result<Option<(String, Time)>> {
    Ok(row!(tx, (String, Time), sql::NEWEST_ENDING, case)?)
}

/// The other open reports of a case whose message looked like harm.
pub async fn worrying_copies(tx: &mut Tx, case: CaseId, but: ReportId) -> Result<Vec<ReportId>> {
    Ok(rows!(tx, (ReportId,), sql::WORRYING_COPIES, case, but)?.into_iter().map(|(id,)| id).collect())
}

/// Whether a message of a case was read as one of our own drills.
pub async fn has_drill(tx: &mut Tx, case: CaseId) -> Result<bool> {
    Ok(scalar!(tx, i64, sql::DRILLS, case)? > 0)
}

pub async fn next_serial(tx: &mut Tx, id: ReportId) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::NEXT_SERIAL, id)?)
}

pub async fn add_file(tx: &mut Tx, report: ReportId, file: &File) -> Result<()> {
    execute!(
        tx,
        sql::ADD_FILE,
        file.id,
        report,
        file.raw_key.as_str(),
        file.name.as_str(),
        file.media_type.as_str(),
        file.size,
        file.added_at
    )?;
    Ok(())
}

pub async fn files(tx: &mut Tx, report: ReportId) -> Result<Vec<File>> {
    Ok(rows!(tx, File, sql::FILES, report)?)
}

/// The report a file belongs to, where its bytes are, and its name.
pub async fn file(tx: &mut Tx, id: FileId) -> Result<Option<(ReportId, String, String)>> {
    Ok(row!(tx, (ReportId, String, String), sql::FILE, id)?)
}

pub async fn file_count(tx: &mut Tx, report: ReportId) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::FILE_COUNT, report)?)
}

/// Marks a mail as taken; false if it was taken before.
pub async fn take_once(tx: &mut Tx, key: &str, now: Time) -> Result<bool> {
    Ok(execute!(tx, sql::TAKE, key, now)? == 1)
}

/// At which place, counted in people from 1, this reporter told us of a case.
pub async fn place_in_case(tx: &mut Tx, case: CaseId, report: &Report) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::PLACE_IN_CASE, case, teller(report))?)
}

/// How many people told us about a case.
pub async fn people_of_case(tx: &mut Tx, case: CaseId) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::PEOPLE_OF_CASE, case)?)
}

/// Others in a case are counted up to here: counting thousands for each report of a wave would cost more with each of them.
pub const MANY: i64 = 100;

/// How many people told us about a case beside this reporter.
pub async fn others_of_case(tx: &mut Tx, case: CaseId, report: &Report) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::OTHERS_OF_CASE, case, teller(report), MANY + 1)?)
}

/// Who tells: the person, or the report itself where nobody knows them.
fn teller(report: &Report) -> String {
    report.reporter_id.map_or_else(|| report.id.to_string(), |person| person.to_string())
}

/// How many reports of one person got a first word since a moment.
pub async fn answered_since(tx: &mut Tx, reporter: PersonId, since: Time) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::ANSWERED_SINCE, reporter, since)?)
}

pub async fn by_api_token(tx: &mut Tx, hash: &str) -> Result<Option<String>> {
    Ok(row!(tx, (String,), sql::BY_API_TOKEN, hash)?.map(|(name,)| name))
}

/// Whether a token of that name still works.
pub async fn works_api_token(tx: &mut Tx, name: &str) -> Result<bool> {
    Ok(scalar!(tx, i64, sql::WORKING_API_TOKENS, name)? > 0)
}

pub async fn revoke_api_token(tx: &mut Tx, name: &str, now: Time) -> Result<u64> {
    Ok(execute!(tx, sql::REVOKE_API_TOKEN, now, name)?)
}

pub async fn add_api_token(
    tx: &mut Tx,
    hash: &str,
    name: &str,
    by: Option<PersonId>,
    now: Time,
) -> Result<()> {
    execute!(tx, sql::ADD_API_TOKEN, hash, name, now, by)?;
    Ok(())
}

/// The words with which a reporter was told how it ended, however long ago.
pub async fn told_words(tx: &mut Tx, report: ReportId) -> Result<String> {
    Ok(row!(tx, (String,), sql::TOLD_WORDS, report)?.map(|(words,)| words).unwrap_or_default())
}
