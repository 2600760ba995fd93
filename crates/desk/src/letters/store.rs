//! SQL of letters. Names columns, decides nothing.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, LetterId, PersonId, ReportId, Time};
use crate::{execute, row, rows, scalar};

crate::columns! {
    /// One letter.
    #[derive(Clone, Debug)]
    pub struct Letter {
        pub id: LetterId,
        pub report_id: Option<ReportId>,
        pub case_id: Option<CaseId>,
        pub to_person: Option<PersonId>,
        pub to_address: String,
        pub kind: String,
        pub locale: String,
        pub subject: String,
        pub body: String,
        pub robot: bool,
        pub author_id: Option<PersonId>,
        pub override_reason: Option<String>,
        /// Codes of what the check found, separated by spaces.
        pub findings: String,
        pub message_id: String,
        pub in_reply_to: Option<String>,
        pub reply_to: Option<String>,
        pub made_at: Time,
        /// `queued`, `sent`, `undelivered`, `kept` when there is no relay, `forgotten` when its reader wished so first.
        pub state: String,
        pub sent_at: Option<Time>,
    }
}

/// Whose word a letter is, for the times of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The desk itself wrote it.
    Desk,
    /// A person answers.
    Answer,
    /// A person sends it, and whoever waits for an answer still waits: another time, a new link.
    Notice,
}

impl Letter {
    /// The text for those who work here: without what only its reader may open.
    pub fn without_links(&self) -> String {
        super::without_links(&self.body)
    }
}

pub mod sql {
    pub const ADD: &str =
        "insert into letter (id, report_id, case_id, to_person, to_address, kind, locale, subject, body,
            robot, author_id, override_reason, findings, message_id, in_reply_to, reply_to, made_at, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    pub const BY_ID: &str =
        "select id, report_id, case_id, to_person, to_address, kind, locale, subject, body, robot,
            author_id, override_reason, findings, message_id, in_reply_to, reply_to, made_at, state, sent_at
        from letter where id = $1";
    pub const ABOUT: &str =
        "select id, report_id, case_id, to_person, to_address, kind, locale, subject, body, robot,
            author_id, override_reason, findings, message_id, in_reply_to, reply_to, made_at, state, sent_at
        from letter where report_id = $1 order by made_at, id limit 200";
    pub const NEWEST: &str =
        "select id, report_id, case_id, to_person, to_address, kind, locale, subject, body, robot,
            author_id, override_reason, findings, message_id, in_reply_to, reply_to, made_at, state, sent_at
        from letter order by made_at desc, id desc limit $1 offset $2";
    pub const IN_STATE: &str =
        "select id, report_id, case_id, to_person, to_address, kind, locale, subject, body, robot,
            author_id, override_reason, findings, message_id, in_reply_to, reply_to, made_at, state, sent_at
        from letter where state = $3 order by made_at desc, id desc limit $1 offset $2";
    pub const SETTLE: &str =
        "update letter set state = $1, sent_at = $2 where id = $3 and state in ('queued', 'undelivered')";
    pub const QUEUE_AGAIN: &str = "update letter set state = 'queued', sent_at = null where id = $1 and state in ('undelivered', 'kept')";
    pub const QUEUE_KEPT: &str =
        "update letter set state = 'queued', sent_at = null where state = 'kept' returning id";
    pub const COUNT: &str = "select count(*) from letter where state = $1";
    pub const BY_MESSAGE_ID: &str =
        "select id, report_id, case_id, to_person, to_address, kind, locale, subject, body, robot,
            author_id, override_reason, findings, message_id, in_reply_to, reply_to, made_at, state, sent_at
        from letter where message_id = $1";
    pub const MARK_RETURNED: &str =
        "update letter set state = 'undelivered' where id = $1 and state = 'sent'";
    /// A letter `l` came back, or was given up, and none that was made later left for the same person.
    macro_rules! did_not_arrive {
        () => {
            "l.state = 'undelivered' and l.kind <> 'invitation' and not exists (select 1 from report r join letter s on s.report_id = r.id
            where r.reporter_id = l.to_person and s.to_person = l.to_person and s.state = 'sent' and s.made_at >= l.made_at)"
        };
    }

    pub const COME_BACK: &str = concat!(
        "select distinct l.case_id, l.to_person from letter l
        where l.case_id is not null and l.to_person is not null and ",
        did_not_arrive!()
    );
    // For the people of one case: what is written in it must not hang on the letters of all others.
    pub const COME_BACK_IN: &str = concat!(
        "select distinct l.to_person from report o join letter l on l.report_id = o.id
        where o.reporter_id in (select reporter_id from report where case_id = $1) and l.to_person = o.reporter_id and ",
        did_not_arrive!()
    );
    pub const COMES_BACK: &str = concat!(
        "select count(*) from report o join letter l on l.report_id = o.id
        where o.reporter_id = $1 and l.to_person = $1 and ",
        did_not_arrive!()
    );
    pub const LAST_MESSAGE_ID: &str =
        "select message_id from letter where report_id = $1 order by made_at desc, id desc limit 1";
    pub const REPORT_OF: &str =
        "select report_id from letter where message_id = $1 and to_address = $2 and report_id is not null";
    pub const LINK_SERIAL: &str = "select link_serial from report where id = $1";
    // The times of words are a projection of the letters, written only here, in the letter's own transaction.
    pub const SPOKE: &str = "update report set
            first_word_at = case when $2 then coalesce(first_word_at, $1) else first_word_at end,
            first_human_word_at = case when $4 then coalesce(first_human_word_at, $1) else first_human_word_at end,
            last_human_word_at = case when $4 then $1 else last_human_word_at end,
            longest_silence = case
                when $1 - coalesce(last_word_at, received_at) > longest_silence
                then $1 - coalesce(last_word_at, received_at) else longest_silence end,
            last_word_at = $1
        where id = $3";
    pub const ALL: &[&str] = &[
        ADD,
        BY_ID,
        ABOUT,
        NEWEST,
        IN_STATE,
        SETTLE,
        QUEUE_AGAIN,
        QUEUE_KEPT,
        COUNT,
        BY_MESSAGE_ID,
        MARK_RETURNED,
        COME_BACK,
        COME_BACK_IN,
        COMES_BACK,
        LAST_MESSAGE_ID,
        REPORT_OF,
        LINK_SERIAL,
        SPOKE,
    ];
}

pub async fn add(tx: &mut Tx, letter: &Letter) -> Result<()> {
    execute!(
        tx,
        sql::ADD,
        letter.id,
        letter.report_id,
        letter.case_id,
        letter.to_person,
        letter.to_address.as_str(),
        letter.kind.as_str(),
        letter.locale.as_str(),
        letter.subject.as_str(),
        letter.body.as_str(),
        letter.robot,
        letter.author_id,
        letter.override_reason.as_deref(),
        letter.findings.as_str(),
        letter.message_id.as_str(),
        letter.in_reply_to.as_deref(),
        letter.reply_to.as_deref(),
        letter.made_at,
        letter.state.as_str()
    )?;
    Ok(())
}

pub async fn by_id(tx: &mut Tx, id: LetterId) -> Result<Option<Letter>> {
    Ok(row!(tx, Letter, sql::BY_ID, id)?)
}

pub async fn about(tx: &mut Tx, report: ReportId) -> Result<Vec<Letter>> {
    Ok(rows!(tx, Letter, sql::ABOUT, report)?)
}

/// At most so many letters, newest first, after so many; all, or those in one state.
pub async fn newest(tx: &mut Tx, state: Option<&str>, most: i64, after: i64) -> Result<Vec<Letter>> {
    Ok(match state {
        Some(state) => rows!(tx, Letter, sql::IN_STATE, most, after, state)?,
        None => rows!(tx, Letter, sql::NEWEST, most, after)?,
    })
}

pub async fn settle(tx: &mut Tx, id: LetterId, state: &str, now: Time) -> Result<()> {
    execute!(tx, sql::SETTLE, state, now, id)?;
    Ok(())
}

/// The letters with these Message-IDs.
pub async fn named(tx: &mut Tx, message_ids: &[String]) -> Result<Vec<Letter>> {
    let mut found = Vec::new();
    for id in message_ids {
        found.extend(row!(tx, Letter, sql::BY_MESSAGE_ID, id.as_str())?);
    }
    Ok(found)
}

/// False if it is not one that was sent.
pub async fn mark_returned(tx: &mut Tx, id: LetterId) -> Result<bool> {
    Ok(execute!(tx, sql::MARK_RETURNED, id)? == 1)
}

/// In which cases, and to whom, our newest letter did not arrive: it came back or was given up. Invitations are not counted.
pub async fn come_back(tx: &mut Tx) -> Result<Vec<(CaseId, PersonId)>> {
    Ok(rows!(tx, (CaseId, PersonId), sql::COME_BACK)?)
}

/// The people of one case whose newest letter did not arrive.
pub async fn come_back_in(tx: &mut Tx, case: CaseId) -> Result<Vec<PersonId>> {
    Ok(rows!(tx, (PersonId,), sql::COME_BACK_IN, case)?.into_iter().map(|(person,)| person).collect())
}

/// Whether our newest letter to this person did not arrive.
pub async fn comes_back(tx: &mut Tx, person: PersonId) -> Result<bool> {
    Ok(scalar!(tx, i64, sql::COMES_BACK, person)? > 0)
}

pub async fn queue_kept(tx: &mut Tx) -> Result<Vec<LetterId>> {
    Ok(rows!(tx, (LetterId,), sql::QUEUE_KEPT)?.into_iter().map(|(id,)| id).collect())
}

/// How many letters are in a state.
pub async fn count(tx: &mut Tx, state: &str) -> Result<i64> {
    Ok(scalar!(tx, i64, sql::COUNT, state)?)
}

/// False if it is one that is on its way or was sent.
pub async fn queue_again(tx: &mut Tx, id: LetterId) -> Result<bool> {
    Ok(execute!(tx, sql::QUEUE_AGAIN, id)? == 1)
}

pub async fn last_message_id(tx: &mut Tx, report: ReportId) -> Result<Option<String>> {
    Ok(row!(tx, (String,), sql::LAST_MESSAGE_ID, report)?.map(|(id,)| id))
}

pub async fn report_of_letter(tx: &mut Tx, message_id: &str, to: &str) -> Result<Option<ReportId>> {
    Ok(row!(tx, (ReportId,), sql::REPORT_OF, message_id, to)?.map(|(id,)| id))
}

/// Which of a reporter's links is the one that opens their page.
pub async fn link_serial(tx: &mut Tx, report: Option<ReportId>) -> Result<i64> {
    let Some(report) = report else { return Ok(0) };
    Ok(row!(tx, (i64,), sql::LINK_SERIAL, report)?.map_or(0, |(serial,)| serial))
}

pub async fn spoke(tx: &mut Tx, report: ReportId, whose: Whose, now: Time) -> Result<()> {
    execute!(tx, sql::SPOKE, now, whose == Whose::Desk, report, whose == Whose::Answer)?;
    Ok(())
}
