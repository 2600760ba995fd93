//! People the desk knows: reporters by their address, and those who work here, with a role and a password.
//! Keeps no score, no list of mistakes, nothing about how somebody behaved. Knows no case.

mod account;
pub mod begin;
mod password;
mod store;
#[cfg(test)]
mod tests;
pub mod web;

pub use account::{change_password, new_password, password_link, password_link_to};
pub use store::sql;

use std::collections::BTreeSet;

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{EntryId, PersonId, Time};
use crate::keys;
use crate::who::{Role, Who};
use crate::words::Locale;
use crate::{Desk, write};

crate::columns! {
    /// Somebody the desk knows.
    #[derive(Clone, Debug)]
    pub struct Person {
        pub id: PersonId,
        pub address: Option<String>,
        pub name: String,
        pub locale: String,
        pub role: Option<String>,
        pub disabled_at: Option<Time>,
    }
}

crate::columns! {
    /// One line of who looked at what.
    #[derive(Clone, Debug)]
    pub struct Looked {
        pub at: Time,
        pub name: String,
        pub what: String,
        pub about: String,
        /// Whose data it was; empty where it was nobody's, or they are forgotten.
        pub whose: String,
    }
}

crate::columns! {
    /// A set-up link that nobody has used yet.
    #[derive(Clone, Debug)]
    pub struct Invitation {
        /// The hash of its token: enough to take it back, not enough to use it.
        pub id: String,
        pub role: String,
        pub made_at: Time,
        pub expires_at: Time,
        /// Who sets a new password with it; nobody for a link that makes an account.
        pub person: Option<String>,
        /// The one address that it is for.
        pub address: Option<String>,
        /// Who made it; nobody for the command line.
        pub made_by: Option<String>,
    }
}

const SESSION: i64 = 12 * Time::HOUR;
const SETUP: i64 = 3 * Time::DAY;

/// The form of an address we compare: trimmed, lower case, and without what no address has and PostgreSQL cannot hold.
pub fn normal(address: &str) -> String {
    address.trim().replace('\0', "").to_lowercase()
}

/// Whether a text is one e-mail address, and nothing beside it.
pub(crate) fn is_address(text: &str) -> bool {
    let odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || ",;:<>()[]\"\\".contains(letter);
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !text.contains(odd)
        })
}

/// The person behind an address, made known if new. A name that somebody vouches for takes the place of the one we had;
/// whoever works here has set their own. Never changes somebody's role.
pub async fn recognise(
    tx: &mut Tx,
    address: &str,
    vouched_name: Option<&str>,
    locale: Locale,
    now: Time,
) -> Result<PersonId> {
    let address = normal(address);
    let name = short(vouched_name.unwrap_or_default());
    if let Some(person) = store::by_address(tx, &address).await? {
        if person.role.is_none() && !name.is_empty() && name != person.name {
            store::rename(tx, person.id, &name).await?;
        }
        return Ok(person.id);
    }
    let id = PersonId::new(now);
    store::add(tx, id, Some(&address), &name, locale.tag(), None, None, now).await?;
    Ok(id)
}

/// One person.
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    store::by_id(tx, id).await
}

/// Everybody with a role.
pub async fn team(desk: &Desk) -> Result<Vec<Person>> {
    let mut tx = desk.db.read().await?;
    store::team(&mut tx).await
}

/// Makes a link by which one person sets a name and a password, once, within three days. `by` is nobody for the command line.
pub async fn setup_link(desk: &Desk, by: Option<&Who>, role: Role) -> Result<String> {
    let (now, by) = (desk.now(), by.map(|who| who.person));
    let token = keys::fresh_token();
    write!(desk.db, tx => {
        store::add_setup_link(tx, &keys::hash(&token), role.as_str(), None, by, now, now.plus(SETUP)).await?;
        note(tx, by, "invited somebody", role.as_str(), now).await
    })?;
    Ok(desk.link(&format!("/setup/{token}")))
}

/// The same for the one who has this address. What they told us before as a reporter stays theirs, so nobody chooses an address by
/// themselves that the desk knows already.
pub async fn invite(desk: &Desk, by: Option<&Who>, role: Role, address: &str) -> Result<String> {
    let address = normal(address);
    if !is_address(&address) {
        return Err(Error::Unclear("setup-address-missing"));
    }
    let (now, token, by) = (desk.now(), keys::fresh_token(), by.map(|who| who.person));
    write!(desk.db, tx => {
        let id = match store::by_address(tx, &address).await? {
            Some(known) if known.role.is_some() => return Err(Error::Later("setup-taken")),
            Some(known) => known.id,
            None => {
                let id = PersonId::new(now);
                store::add(tx, id, Some(&address), "", desk.settings.locale.tag(), None, None, now).await?;
                id
            }
        };
        store::drop_setup_links_of(tx, id).await?;
        store::add_setup_link(tx, &keys::hash(&token), role.as_str(), Some(id), by, now, now.plus(SETUP)).await?;
        note_about(tx, by, "invited somebody", role.as_str(), Some(id), now).await
    })?;
    Ok(desk.link(&format!("/setup/{token}")))
}

/// A set-up link if nobody can sign in yet: the very first start. The links of earlier starts stop working: they stand in
/// logs, and whoever finds one would be an admin.
pub async fn first_setup_link(desk: &Desk) -> Result<Option<String>> {
    let now = desk.now();
    let token = keys::fresh_token();
    let made = write!(desk.db, tx => {
        if !store::team(tx).await?.is_empty() {
            return Ok(false);
        }
        store::drop_first_setup_links(tx).await?;
        store::add_setup_link(tx, &keys::hash(&token), Role::Admin.as_str(), None, None, now, now.plus(SETUP)).await?;
        note(tx, None, "made the first set-up link", Role::Admin.as_str(), now).await?;
        Ok(true)
    })?;
    Ok(made.then(|| desk.link(&format!("/setup/{token}"))))
}

/// Links that are open: who could still set up an account or a new password.
pub async fn invitations(desk: &Desk) -> Result<Vec<Invitation>> {
    let mut tx = desk.db.read().await?;
    store::invitations(&mut tx, desk.now()).await
}

/// Takes an open link back.
pub async fn take_back(desk: &Desk, who: &Who, invitation: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        let (role, whose) = store::drop_setup_link(tx, invitation).await?.ok_or_else(|| {
            Error::NotYet("This link was used or taken back already. Reload the page to see who can sign in.".into())
        })?;
        note_about(tx, Some(who.person), "took a set-up link back", &role, whose, now).await
    })
}

/// What a set-up link is for.
#[derive(Clone, Debug)]
pub struct Setup {
    pub role: Role,
    /// Whom it is for; nobody for the link of a first start.
    pub person: Option<Person>,
}

impl Setup {
    /// Whether somebody who can sign in sets a new password with it.
    pub fn is_new_password(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.role.is_some())
    }

    /// The address that the account will have, where the link says it.
    pub fn address(&self) -> Option<&str> {
        self.person.as_ref()?.address.as_deref()
    }
}

/// What a set-up link is for, while it is good.
pub async fn open_setup(desk: &Desk, token: &str) -> Result<Setup> {
    let mut tx = desk.db.read().await?;
    let found = store::open_setup_link(&mut tx, &keys::hash(token), desk.now()).await?;
    let (role, person) = found.ok_or(Error::NotFound)?;
    let person = match person {
        Some(id) => Some(store::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    Ok(Setup { role: Role::parse(&role).ok_or(Error::NotFound)?, person })
}

/// What somebody fills in behind a set-up link.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub address: String,
    pub name: String,
    pub password: String,
}

/// Uses a set-up link: the person can sign in from now on. The address counts only where the link names none.
pub async fn set_up(desk: &Desk, token: &str, new: NewPerson) -> Result<PersonId> {
    let named = open_setup(desk, token).await?.address().map(normal);
    let address = named.unwrap_or_else(|| normal(&new.address));
    if !is_address(&address) {
        return Err(Error::Unclear("setup-address-missing"));
    }
    if new.name.trim().is_empty() {
        return Err(Error::Unclear("setup-name-missing"));
    }
    let hash = password::hash(new.password, &[&address, &new.name, &desk.settings.organisation]).await?;
    let (now, token) = (desk.now(), keys::hash(token));
    let name = short(&new.name);
    write!(desk.db, tx => {
        let (role, meant) = store::use_setup_link(tx, &token, now).await?.ok_or(Error::NotFound)?;
        let first = store::team(tx).await?.is_empty();
        let id = match store::by_address(tx, &address).await? {
            // A set-up link must not become a way to take over an account, nor what a reporter told us.
            Some(known) if known.role.is_some() => return Err(Error::Later("setup-taken")),
            Some(known) if !first && meant != Some(known.id) => return Err(Error::Later("setup-known")),
            Some(known) => {
                store::promote(tx, known.id, &name, &role, &hash).await?;
                known.id
            }
            None if meant.is_some() => return Err(Error::NotFound),
            None => {
                let id = PersonId::new(now);
                store::add(tx, id, Some(&address), &name, desk.settings.locale.tag(), Some(&role), Some(&hash), now).await?;
                id
            }
        };
        if first {
            store::drop_first_setup_links(tx).await?;
        }
        note_about(tx, Some(id), "set up an account", &role, Some(id), now).await?;
        Ok(id)
    })
}

/// Makes an account directly; for the command line and the demo.
pub async fn add(desk: &Desk, new: NewPerson, role: Role) -> Result<PersonId> {
    let link = invite(desk, None, role, &new.address).await?;
    let token = link.rsplit('/').next().unwrap_or_default().to_owned();
    set_up(desk, &token, new).await
}

/// Checks address and password; gives the token for a new session's cookie.
pub async fn sign_in(desk: &Desk, address: &str, given: String) -> Result<String> {
    let mut tx = desk.db.read().await?;
    let known = store::password_of(&mut tx, &normal(address)).await?;
    drop(tx);
    let (id, stored) = known.map_or((None, None), |(id, hash)| (Some(id), Some(hash)));
    // The same work is done for an address nobody has, so that time tells nothing.
    let right = password::verify(given, stored).await?;
    let (Some(id), true) = (id, right) else {
        return Err(Error::Unclear("signin-wrong"));
    };
    let now = desk.now();
    write!(desk.db, tx => { note_about(tx, Some(id), "signed in", "by password", Some(id), now).await })?;
    open_session(desk, id).await
}

/// Opens a session for somebody who has just proved who they are.
pub async fn open_session(desk: &Desk, id: PersonId) -> Result<String> {
    let (token, form, now) = (keys::fresh_token(), keys::fresh_token(), desk.now());
    write!(desk.db, tx => {
        store::forget_old_sessions(tx, now).await?;
        store::add_session(tx, &keys::hash(&token), id, &form, now, now.plus(SESSION)).await
    })?;
    Ok(token)
}

/// Who a session's token belongs to, if it is still good.
pub async fn session(desk: &Desk, token: &str) -> Result<Option<Who>> {
    let mut tx = desk.db.read().await?;
    let found = store::session(&mut tx, &keys::hash(token), desk.now()).await?;
    Ok(found.and_then(|(person, name, role, form_token)| {
        Some(Who { person, name, role: Role::parse(&role)?, form_token })
    }))
}

/// Ends a session.
pub async fn sign_out(desk: &Desk, who: &Who, token: &str) -> Result<()> {
    let (hash, now) = (keys::hash(token), desk.now());
    write!(desk.db, tx => {
        store::end_session(tx, &hash).await?;
        note_about(tx, Some(who.person), "signed out", "by hand", Some(who.person), now).await
    })
}

/// Gives somebody another role, or none: then they can no longer sign in, and their sessions end.
pub async fn set_role(desk: &Desk, who: &Who, id: PersonId, role: Option<Role>) -> Result<()> {
    if who.person == id {
        return Err(Error::NotYet("This is your own account. Ask another admin to change it.".into()));
    }
    let now = desk.now();
    write!(desk.db, tx => {
        // Two admins may do this to each other in the same second: one of them has to stay.
        let own = store::by_id(tx, who.person).await?.and_then(|person| person.role);
        if own.as_deref() != Some(Role::Admin.as_str()) {
            return Err(Error::NotYet("Your own role was changed a moment ago, so this was not done. Ask another admin.".into()));
        }
        if !store::set_role(tx, id, role.map(Role::as_str), now).await? {
            return Err(Error::NotFound);
        }
        store::end_sessions_of(tx, id).await?;
        // A link for a new password must not become an invitation.
        store::drop_setup_links_of(tx, id).await?;
        // Nor may what they gave out outlive their right to invite.
        if role != Some(Role::Admin) {
            store::drop_setup_links_by(tx, id).await?;
        }
        let to = role.map_or("none", Role::as_str);
        note_about(tx, Some(who.person), "changed a role", to, Some(id), now).await
    })
}

/// Writes down who looked at or changed something that is nobody's own. There is no verb that changes or removes a line.
pub async fn note(tx: &mut Tx, who: Option<PersonId>, what: &str, about: &str, now: Time) -> Result<()> {
    note_about(tx, who, what, about, None, now).await
}

/// Writes down who looked at or changed somebody's data, and whose. `about` never names them: the line outlives their name.
pub async fn note_about(
    tx: &mut Tx,
    who: Option<PersonId>,
    what: &str,
    about: &str,
    whose: Option<PersonId>,
    now: Time,
) -> Result<()> {
    store::add_audit(tx, EntryId::new(now), now, who, what, about, whose).await
}

/// Writes down that somebody tried to sign in as this person, and from where. A name that nobody has here is in the log alone: the record
/// has no place for what strangers type.
async fn note_wrong_password(desk: &Desk, address: &str, network: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        match store::by_address(tx, &normal(address)).await?.filter(|person| person.role.is_some()) {
            Some(person) => note_about(tx, None, "refused a wrong password", network, Some(person.id), now).await,
            None => Ok(()),
        }
    })
}

/// Writes down what was done to the desk from its own machine.
pub async fn note_by_hand(desk: &Desk, what: &str, about: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => { note(tx, None, what, about, now).await })
}

/// Writes down that somebody did something to the desk itself.
pub async fn note_done(desk: &Desk, who: &Who, what: &str, about: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => { note(tx, Some(who.person), what, about, now).await })
}

/// Writes down a look at a list that refreshes itself: once in ten minutes for each person.
pub async fn note_look(desk: &Desk, who: &Who, what: &str, about: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        let since = now.plus(-10 * Time::MINUTE);
        store::add_audit_once(tx, EntryId::new(now), now, who.person, what, about, since).await
    })
}

/// Writes down a look at what several people told us: a line for each of them, once in ten minutes for each.
pub async fn note_looks(
    desk: &Desk,
    who: &Who,
    what: &str,
    about: &str,
    whose: impl IntoIterator<Item = Option<PersonId>>,
) -> Result<()> {
    let now = desk.now();
    let mut tx = desk.db.read().await?;
    let known = store::looks_since(&mut tx, who.person, what, about, now.plus(-10 * Time::MINUTE)).await?;
    drop(tx);
    // Somebody without a name is one line, and only where nobody has one.
    let mut whose: BTreeSet<Option<PersonId>> = whose.into_iter().collect();
    if whose.iter().any(Option::is_some) {
        whose.remove(&None);
    }
    whose.retain(|person| !known.contains(person));
    if whose.is_empty() {
        return Ok(());
    }
    write!(desk.db, tx => {
        for person in &whose {
            note_about(tx, Some(who.person), what, about, *person, now).await?;
        }
        Ok(())
    })
}

/// Lines on one page of the record.
pub const LINES: usize = 100;

/// A page of who looked at what, newest first, and whether there are more: all of it, or what one person did or had done
/// to their data.
pub async fn record(desk: &Desk, of: Option<&str>, page: i64) -> Result<(Vec<Looked>, bool)> {
    let mut tx = desk.db.read().await?;
    let person = match of.map(normal).filter(|address| !address.is_empty()) {
        None => None,
        Some(address) => match store::by_address(&mut tx, &address).await? {
            Some(person) => Some(person.id),
            None => return Ok((Vec::new(), false)),
        },
    };
    let most = i64::try_from(LINES).unwrap_or(i64::MAX);
    let skip = page.clamp(1, 1_000_000).saturating_sub(1).saturating_mul(most);
    let mut lines = store::audit(&mut tx, person, most.saturating_add(1), skip).await?;
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    Ok((lines, more))
}

/// The newest lines of the record.
#[cfg(test)]
pub(crate) async fn looked(desk: &Desk) -> Result<Vec<Looked>> {
    record(desk, None, 1).await.map(|(lines, _)| lines)
}

/// A name as it is kept: one line, not too long, and turning no words round.
pub fn short(name: &str) -> String {
    let kept = |letter: &char| !letter.is_control() && !crate::words::turns_words(*letter);
    name.trim().chars().filter(kept).take(120).collect()
}
