//! SQL of estimates and their versions. No statement changes the numbers of a version or removes one; words that name
//! somebody who is forgotten go. Names columns, decides nothing.

use super::forget::Words;
use super::{Estimate, Line, Version};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{EstimateId, PersonId, Time, VersionId};
use crate::{execute, row, rows};

/// What a new version holds.
pub struct NewVersion<'a> {
    pub id: VersionId,
    pub estimate: EstimateId,
    pub number: i64,
    pub title: &'a str,
    pub scenario: &'a str,
    pub fingerprint: &'a str,
    pub seed: i64,
    pub years: i64,
    pub note: &'a str,
    pub sentence: &'a str,
    pub brief: &'a str,
    pub made_by: PersonId,
}

pub mod sql {
    pub const ADD: &str =
        "insert into estimate (id, title, latest, made_at, changed_at) values ($1, $2, 1, $3, $3)";
    pub const ADVANCE: &str =
        "update estimate set title = $1, latest = $2, changed_at = $3 where id = $4 and latest = $5";
    pub const ADD_VERSION: &str = "insert into estimate_version
            (id, estimate_id, number, title, scenario, fingerprint, seed, years, note, sentence, brief, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    pub const BY_ID: &str = "select id, title, latest from estimate where id = $1";
    pub const VERSION: &str = "select v.id, v.estimate_id, v.number, v.title, v.scenario, v.fingerprint, v.seed, v.years, v.note,
            v.sentence, v.brief, coalesce(nullif(p.name, ''), 'somebody who is no longer here') as author, v.made_at
        from estimate_version v left join person p on p.id = v.made_by where v.estimate_id = $1 and v.number = $2";
    pub const VERSION_BY_ID: &str =
        "select v.id, v.estimate_id, v.number, v.title, v.scenario, v.fingerprint, v.seed, v.years, v.note,
            v.sentence, v.brief, coalesce(nullif(p.name, ''), 'somebody who is no longer here') as author, v.made_at
        from estimate_version v left join person p on p.id = v.made_by where v.id = $1";
    pub const HISTORY: &str = "select v.id, v.estimate_id, v.number, v.title, v.note, v.sentence,
            coalesce(nullif(p.name, ''), 'somebody who is no longer here') as author, v.made_at
        from estimate_version v left join person p on p.id = v.made_by where v.estimate_id = $1 order by v.number desc";
    pub const LATEST: &str = "select v.id, v.estimate_id, v.number, v.title, v.note, v.sentence,
            coalesce(nullif(p.name, ''), 'somebody who is no longer here') as author, v.made_at
        from estimate e join estimate_version v on v.estimate_id = e.id and v.number = e.latest
        left join person p on p.id = v.made_by order by e.changed_at desc, e.id limit $1";
    pub const VERSIONS: &str = "select v.id, v.estimate_id, v.number, v.title, v.note, v.sentence,
            coalesce(nullif(p.name, ''), 'somebody who is no longer here') as author, v.made_at
        from estimate_version v left join person p on p.id = v.made_by order by v.made_at desc, v.id limit $1";
    pub const WORDS_LIKE: &str = "select id, title, note, scenario, sentence, brief from estimate_version
        where lower(title) like $1 or lower(note) like $1 or lower(scenario) like $1 or lower(sentence) like $1 or lower(brief) like $1
        order by made_at, id";
    pub const SET_WORDS: &str = "update estimate_version
        set title = $1, note = $2, scenario = $3, sentence = $4, brief = $5, fingerprint = $6 where id = $7";
    pub const TAKE_TITLES_OVER: &str = "update estimate set title = (select v.title from estimate_version v
        where v.estimate_id = estimate.id and v.number = estimate.latest)";
    pub const SEEN: &str = "select received_at, evidence, coalesce(reporter_id, '') from report
        where received_at >= $1 and received_at < $2 and evidence is not null
        order by received_at desc limit $3";
    pub const HARMFUL: &str = "select count(*) from cases
        where opened_at >= $1 and outcome in ('harmful', 'harmful-stopped')";
    pub const HARMFUL_TO: &str = "select count(distinct coalesce(r.reporter_id, '')) from report r
        join cases c on c.id = r.case_id
        where c.opened_at >= $1 and c.outcome in ('harmful', 'harmful-stopped')";
    pub const FIRST_REPORT: &str = "select received_at from report order by received_at limit 1";
    #[cfg(test)]
    pub const ALL: &[&str] = &[
        ADD,
        ADVANCE,
        ADD_VERSION,
        BY_ID,
        VERSION,
        VERSION_BY_ID,
        HISTORY,
        LATEST,
        VERSIONS,
        WORDS_LIKE,
        SET_WORDS,
        TAKE_TITLES_OVER,
        SEEN,
        HARMFUL,
        HARMFUL_TO,
        FIRST_REPORT,
    ];
}

pub async fn add(tx: &mut Tx, id: EstimateId, title: &str, now: Time) -> Result<()> {
    execute!(tx, sql::ADD, id, title, now)?;
    Ok(())
}

/// Moves an estimate on to its next version, unless somebody else did so since `from`.
pub async fn advance(tx: &mut Tx, id: EstimateId, title: &str, from: i64, now: Time) -> Result<bool> {
    Ok(execute!(tx, sql::ADVANCE, title, from + 1, now, id, from)? == 1)
}

pub async fn add_version(tx: &mut Tx, new: &NewVersion<'_>, now: Time) -> Result<()> {
    execute!(
        tx,
        sql::ADD_VERSION,
        new.id,
        new.estimate,
        new.number,
        new.title,
        new.scenario,
        new.fingerprint,
        new.seed,
        new.years,
        new.note,
        new.sentence,
        new.brief,
        new.made_by,
        now
    )?;
    Ok(())
}

pub async fn by_id(tx: &mut Tx, id: EstimateId) -> Result<Option<Estimate>> {
    Ok(row!(tx, Estimate, sql::BY_ID, id)?)
}

pub async fn version(tx: &mut Tx, estimate: EstimateId, number: i64) -> Result<Option<Version>> {
    Ok(row!(tx, Version, sql::VERSION, estimate, number)?)
}

pub async fn version_by_id(tx: &mut Tx, id: VersionId) -> Result<Option<Version>> {
    Ok(row!(tx, Version, sql::VERSION_BY_ID, id)?)
}

/// Every version of one estimate, newest first.
pub async fn history(tx: &mut Tx, estimate: EstimateId) -> Result<Vec<Line>> {
    Ok(rows!(tx, Line, sql::HISTORY, estimate)?)
}

/// The newest version of each estimate, the last changed first.
pub async fn latest(tx: &mut Tx, most: i64) -> Result<Vec<Line>> {
    Ok(rows!(tx, Line, sql::LATEST, most)?)
}

/// Versions of all estimates, newest first.
pub async fn versions(tx: &mut Tx, most: i64) -> Result<Vec<Line>> {
    Ok(rows!(tx, Line, sql::VERSIONS, most)?)
}

/// The words of versions that look like a pattern in lower case.
pub async fn words_like(tx: &mut Tx, like: &str) -> Result<Vec<Words>> {
    Ok(rows!(tx, Words, sql::WORDS_LIKE, like)?)
}

pub async fn set_words(tx: &mut Tx, words: &Words, fingerprint: &str) -> Result<()> {
    let Words { id, title, note, scenario, sentence, brief } = words;
    execute!(tx, sql::SET_WORDS, title, note, scenario, sentence, brief, fingerprint, id)?;
    Ok(())
}

/// Every estimate is called what its newest version is called.
pub async fn take_titles_over(tx: &mut Tx) -> Result<()> {
    execute!(tx, sql::TAKE_TITLES_OVER)?;
    Ok(())
}

/// When reports came in between two moments, with what analysis saw in their message and who sent them; that is empty for all whom we do not know.
pub async fn seen(tx: &mut Tx, since: Time, until: Time, most: i64) -> Result<Vec<(Time, String, String)>> {
    Ok(rows!(tx, (Time, String, String), sql::SEEN, since, until, most)?)
}

/// Cases that turned out to be harmful.
pub async fn harmful(tx: &mut Tx, since: Time) -> Result<i64> {
    Ok(crate::scalar!(tx, i64, sql::HARMFUL, since)?)
}

/// How many people told us of these cases; all whom we do not know are one.
pub async fn harmful_to(tx: &mut Tx, since: Time) -> Result<i64> {
    Ok(crate::scalar!(tx, i64, sql::HARMFUL_TO, since)?)
}

/// When the desk took in its first report.
pub async fn first_report(tx: &mut Tx) -> Result<Option<Time>> {
    Ok(row!(tx, (Time,), sql::FIRST_REPORT)?.map(|(at,)| at))
}
