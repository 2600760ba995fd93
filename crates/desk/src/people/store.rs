//! SQL of people, sessions, set-up links and the audit. Names columns, decides nothing.

use super::{Invitation, Looked, Person};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{EntryId, PersonId, Time};
use crate::{execute, row, rows};

pub mod sql {
    pub const BY_ADDRESS: &str =
        "select id, address, name, locale, role, disabled_at from person where address = $1";
    pub const BY_ID: &str = "select id, address, name, locale, role, disabled_at from person where id = $1";
    pub const TEAM: &str = "select id, address, name, locale, role, disabled_at from person
        where role is not null order by name, id";
    pub const ADD: &str = "insert into person (id, address, name, locale, role, password, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    pub const RENAME: &str = "update person set name = $1 where id = $2";
    pub const PROMOTE: &str =
        "update person set name = $1, role = $2, password = $3, disabled_at = null where id = $4";
    pub const SET_ROLE: &str = "update person set role = $1, disabled_at = $2
        where id = $3 and (role is not null or password is not null)";
    pub const PASSWORD: &str = "select id, password from person
        where address = $1 and role is not null and password is not null and disabled_at is null";
    pub const ADD_SETUP: &str = "insert into setup_link (token_hash, role, made_at, expires_at, person_id, made_by) values ($1, $2, $3, $4, $5, $6)";
    pub const OPEN_SETUP: &str = "select role, person_id from setup_link
        where token_hash = $1 and used_at is null and expires_at > $2";
    pub const USE_SETUP: &str = "update setup_link set used_at = $1
        where token_hash = $2 and used_at is null and expires_at > $1
        returning role, person_id";
    pub const DROP_SETUPS_OF: &str = "delete from setup_link where person_id = $1 and used_at is null";
    pub const DROP_SETUPS_BY: &str = "delete from setup_link where made_by = $1 and used_at is null";
    pub const DROP_FIRST_SETUPS: &str =
        "delete from setup_link where person_id is null and role = 'admin' and used_at is null";
    pub const DROP_SETUP: &str =
        "delete from setup_link where token_hash = $1 and used_at is null returning role, person_id";
    pub const INVITATIONS: &str = "select s.token_hash as id, s.role, s.made_at, s.expires_at,
            case when p.role is null then null else p.name end as person, p.address, m.name as made_by
        from setup_link s left join person p on p.id = s.person_id left join person m on m.id = s.made_by
        where s.used_at is null and s.expires_at > $1 order by s.made_at, s.token_hash";
    pub const SET_PASSWORD: &str = "update person set password = $1
        where id = $2 and role is not null and password is not null and disabled_at is null";
    pub const PASSWORD_OF: &str = "select password from person where id = $1 and password is not null";
    pub const ADD_SESSION: &str =
        "insert into session (token_hash, person_id, form_token, made_at, expires_at)
        values ($1, $2, $3, $4, $5)";
    pub const SESSION: &str = "select p.id, p.name, p.role, s.form_token
        from session s join person p on p.id = s.person_id
        where s.token_hash = $1 and s.expires_at > $2 and p.role is not null and p.disabled_at is null";
    pub const END_SESSION: &str = "delete from session where token_hash = $1";
    pub const END_SESSIONS_OF: &str = "delete from session where person_id = $1";
    pub const END_OTHER_SESSIONS: &str = "delete from session where person_id = $1 and token_hash <> $2";
    pub const FORGET_SESSIONS: &str = "delete from session where expires_at <= $1";
    pub const ADD_AUDIT: &str =
        "insert into audit (id, at, who_id, what, about, person_id) values ($1, $2, $3, $4, $5, $6)";
    pub const ADD_AUDIT_ONCE: &str = "insert into audit (id, at, who_id, what, about)
        select $1, $2, $3, $4, $5
        where not exists (select 1 from audit where who_id = $3 and what = $4 and at > $6)";
    pub const LOOKS_SINCE: &str = "select distinct person_id from audit
        where who_id = $1 and what = $2 and about = $3 and at > $4";
    pub const AUDIT: &str = "select a.at, case when p.id is null then 'the desk itself'
                else coalesce(nullif(p.name, ''), 'somebody who is no longer here') end as name, a.what, a.about,
            coalesce(nullif(w.name, ''), w.address, '') as whose
        from audit a left join person p on p.id = a.who_id left join person w on w.id = a.person_id
        order by a.at desc, a.id desc limit $1 offset $2";
    pub const AUDIT_OF: &str = "select a.at, case when p.id is null then 'the desk itself'
                else coalesce(nullif(p.name, ''), 'somebody who is no longer here') end as name, a.what, a.about,
            coalesce(nullif(w.name, ''), w.address, '') as whose
        from audit a left join person p on p.id = a.who_id left join person w on w.id = a.person_id
        where a.person_id = $1 or a.who_id = $1
        order by a.at desc, a.id desc limit $2 offset $3";
    pub const ALL: &[&str] = &[
        BY_ADDRESS,
        BY_ID,
        TEAM,
        ADD,
        RENAME,
        PROMOTE,
        SET_ROLE,
        PASSWORD,
        ADD_SETUP,
        OPEN_SETUP,
        USE_SETUP,
        DROP_SETUPS_OF,
        DROP_SETUPS_BY,
        DROP_FIRST_SETUPS,
        DROP_SETUP,
        INVITATIONS,
        SET_PASSWORD,
        PASSWORD_OF,
        END_OTHER_SESSIONS,
        ADD_SESSION,
        SESSION,
        END_SESSION,
        END_SESSIONS_OF,
        FORGET_SESSIONS,
        ADD_AUDIT,
        ADD_AUDIT_ONCE,
        LOOKS_SINCE,
        AUDIT,
        AUDIT_OF,
    ];
}

pub async fn by_address(tx: &mut Tx, address: &str) -> Result<Option<Person>> {
    Ok(row!(tx, Person, sql::BY_ADDRESS, address)?)
}

pub async fn by_id(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    Ok(row!(tx, Person, sql::BY_ID, id)?)
}

pub async fn team(tx: &mut Tx) -> Result<Vec<Person>> {
    Ok(rows!(tx, Person, sql::TEAM)?)
}

#[expect(clippy::too_many_arguments, reason = "one per column")]
pub async fn add(
    tx: &mut Tx,
    id: PersonId,
    address: Option<&str>,
    name: &str,
    locale: &str,
    role: Option<&str>,
    password: Option<&str>,
    now: Time,
) -> Result<()> {
    execute!(tx, sql::ADD, id, address, name, locale, role, password, now)?;
    Ok(())
}

pub async fn rename(tx: &mut Tx, id: PersonId, name: &str) -> Result<()> {
    execute!(tx, sql::RENAME, name, id)?;
    Ok(())
}

pub async fn promote(tx: &mut Tx, id: PersonId, name: &str, role: &str, password: &str) -> Result<()> {
    execute!(tx, sql::PROMOTE, name, role, password, id)?;
    Ok(())
}

/// False if it is nobody who ever could sign in.
pub async fn set_role(tx: &mut Tx, id: PersonId, role: Option<&str>, now: Time) -> Result<bool> {
    Ok(execute!(tx, sql::SET_ROLE, role, role.is_none().then_some(now), id)? == 1)
}

pub async fn password_of(tx: &mut Tx, address: &str) -> Result<Option<(PersonId, String)>> {
    Ok(row!(tx, (PersonId, String), sql::PASSWORD, address)?)
}

pub async fn add_setup_link(
    tx: &mut Tx,
    hash: &str,
    role: &str,
    person: Option<PersonId>,
    by: Option<PersonId>,
    now: Time,
    until: Time,
) -> Result<()> {
    execute!(tx, sql::ADD_SETUP, hash, role, now, until, person, by)?;
    Ok(())
}

/// The role an unused link gives, and the one person it is for, if it is for one.
pub async fn open_setup_link(
    tx: &mut Tx,
    hash: &str,
    now: Time,
) -> Result<Option<(String, Option<PersonId>)>> {
    Ok(row!(tx, (String, Option<PersonId>), sql::OPEN_SETUP, hash, now)?)
}

pub async fn use_setup_link(
    tx: &mut Tx,
    hash: &str,
    now: Time,
) -> Result<Option<(String, Option<PersonId>)>> {
    Ok(row!(tx, (String, Option<PersonId>), sql::USE_SETUP, now, hash)?)
}

pub async fn drop_setup_links_of(tx: &mut Tx, id: PersonId) -> Result<()> {
    execute!(tx, sql::DROP_SETUPS_OF, id)?;
    Ok(())
}

/// Ends every open link that this person gave out.
pub async fn drop_setup_links_by(tx: &mut Tx, id: PersonId) -> Result<()> {
    execute!(tx, sql::DROP_SETUPS_BY, id)?;
    Ok(())
}

/// Ends every open link by which anybody could become an admin.
pub async fn drop_first_setup_links(tx: &mut Tx) -> Result<()> {
    execute!(tx, sql::DROP_FIRST_SETUPS)?;
    Ok(())
}

/// Ends one open link; the role it gives and whom it is for, or nothing if it was not open.
pub async fn drop_setup_link(tx: &mut Tx, hash: &str) -> Result<Option<(String, Option<PersonId>)>> {
    Ok(row!(tx, (String, Option<PersonId>), sql::DROP_SETUP, hash)?)
}

pub async fn invitations(tx: &mut Tx, now: Time) -> Result<Vec<Invitation>> {
    Ok(rows!(tx, Invitation, sql::INVITATIONS, now)?)
}

/// False if this person cannot sign in at all.
pub async fn set_password(tx: &mut Tx, id: PersonId, hash: &str) -> Result<bool> {
    Ok(execute!(tx, sql::SET_PASSWORD, hash, id)? == 1)
}

pub async fn own_password(tx: &mut Tx, id: PersonId) -> Result<Option<String>> {
    Ok(row!(tx, (String,), sql::PASSWORD_OF, id)?.map(|(hash,)| hash))
}

pub async fn end_other_sessions(tx: &mut Tx, id: PersonId, kept: &str) -> Result<()> {
    execute!(tx, sql::END_OTHER_SESSIONS, id, kept)?;
    Ok(())
}

pub async fn add_session(
    tx: &mut Tx,
    hash: &str,
    id: PersonId,
    form: &str,
    now: Time,
    until: Time,
) -> Result<()> {
    execute!(tx, sql::ADD_SESSION, hash, id, form, now, until)?;
    Ok(())
}

pub async fn session(
    tx: &mut Tx,
    hash: &str,
    now: Time,
) -> Result<Option<(PersonId, String, String, String)>> {
    Ok(row!(tx, (PersonId, String, String, String), sql::SESSION, hash, now)?)
}

pub async fn end_session(tx: &mut Tx, hash: &str) -> Result<()> {
    execute!(tx, sql::END_SESSION, hash)?;
    Ok(())
}

pub async fn end_sessions_of(tx: &mut Tx, id: PersonId) -> Result<()> {
    execute!(tx, sql::END_SESSIONS_OF, id)?;
    Ok(())
}

pub async fn forget_old_sessions(tx: &mut Tx, now: Time) -> Result<()> {
    execute!(tx, sql::FORGET_SESSIONS, now)?;
    Ok(())
}

pub async fn add_audit(
    tx: &mut Tx,
    id: EntryId,
    now: Time,
    who: Option<PersonId>,
    what: &str,
    about: &str,
    whose: Option<PersonId>,
) -> Result<()> {
    execute!(tx, sql::ADD_AUDIT, id, now, who, what, about, whose)?;
    Ok(())
}

/// The same, unless this person did the same since a moment.
pub async fn add_audit_once(
    tx: &mut Tx,
    id: EntryId,
    now: Time,
    who: PersonId,
    what: &str,
    about: &str,
    since: Time,
) -> Result<()> {
    execute!(tx, sql::ADD_AUDIT_ONCE, id, now, who, what, about, since)?;
    Ok(())
}

/// Whose data somebody has looked at in the same way since a moment.
pub async fn looks_since(
    tx: &mut Tx,
    who: PersonId,
    what: &str,
    about: &str,
    since: Time,
) -> Result<Vec<Option<PersonId>>> {
    let found = rows!(tx, (Option<PersonId>,), sql::LOOKS_SINCE, who, what, about, since)?;
    Ok(found.into_iter().map(|(whose,)| whose).collect())
}

/// Lines of the record, newest first: all, or those in which a person looked or was looked at.
pub async fn audit(tx: &mut Tx, of: Option<PersonId>, most: i64, skip: i64) -> Result<Vec<Looked>> {
    Ok(match of {
        None => rows!(tx, Looked, sql::AUDIT, most, skip)?,
        Some(person) => rows!(tx, Looked, sql::AUDIT_OF, person, most, skip)?,
    })
}
