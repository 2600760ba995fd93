//! A new password: by a link from an admin for somebody who forgot theirs, or by their own hand while signed in.
//! Either ends the sessions that others may hold. Nothing here tells anybody an old password.

use super::{Person, SETUP, normal, note_about, password, store};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::keys;
use crate::who::Who;
use crate::{Desk, write};

/// Makes a link by which one person who can sign in sets a new password, once, within three days. Earlier ones stop working.
/// `by` is nobody for the command line.
pub async fn password_link(desk: &Desk, by: Option<&Who>, id: PersonId) -> Result<String> {
    let (now, token) = (desk.now(), keys::fresh_token());
    write!(desk.db, tx => {
        let role = store::by_id(tx, id).await?.and_then(|person| person.role).ok_or(Error::NotFound)?;
        store::drop_setup_links_of(tx, id).await?;
        let by = by.map(|who| who.person);
        store::add_setup_link(tx, &keys::hash(&token), &role, Some(id), by, now, now.plus(SETUP)).await?;
        note_about(tx, by, "made a link for a new password", "an account", Some(id), now).await
    })?;
    Ok(desk.link(&format!("/setup/{token}")))
}

/// The same for somebody named by their address.
pub async fn password_link_to(desk: &Desk, address: &str) -> Result<String> {
    let mut tx = desk.db.read().await?;
    let known = store::by_address(&mut tx, &normal(address)).await?;
    drop(tx);
    let person = known.filter(|person| person.role.is_some()).ok_or_else(|| {
        Error::Invalid(format!("Nobody signs in with the address `{address}`. Invite them with a role."))
    })?;
    password_link(desk, None, person.id).await
}

/// Uses such a link. Every session of the person ends.
pub async fn new_password(desk: &Desk, token: &str, fresh: String) -> Result<PersonId> {
    let known = super::open_setup(desk, token).await?.person.ok_or(Error::NotFound)?;
    let mut tx = desk.db.read().await?;
    let stored = store::own_password(&mut tx, known.id).await?;
    drop(tx);
    let hash = another(desk, &known, stored, fresh).await?;
    let (now, token) = (desk.now(), keys::hash(token));
    write!(desk.db, tx => {
        let used = store::use_setup_link(tx, &token, now).await?;
        let id = used.and_then(|(_, person)| person).ok_or(Error::NotFound)?;
        if !store::set_password(tx, id, &hash).await? {
            return Err(Error::NotFound);
        }
        store::end_sessions_of(tx, id).await?;
        note_about(tx, Some(id), "set a new password", "by a link", Some(id), now).await?;
        Ok(id)
    })
}

/// The hash of a password that is not the one somebody has: whoever knows that one should be kept out from now on.
async fn another(desk: &Desk, known: &Person, stored: Option<String>, fresh: String) -> Result<String> {
    if stored.is_some() && password::verify(fresh.clone(), stored).await? {
        return Err(Error::Unclear("password-same"));
    }
    let own = [known.address.as_deref().unwrap_or_default(), &known.name, &desk.settings.organisation];
    password::hash(fresh, &own).await
}

/// Changes one's own password. Every other session ends; the one with `session` stays.
pub async fn change_password(
    desk: &Desk,
    who: &Who,
    session: &str,
    given: String,
    fresh: String,
) -> Result<()> {
    let mut tx = desk.db.read().await?;
    let stored = store::own_password(&mut tx, who.person).await?;
    let known = store::by_id(&mut tx, who.person).await?.ok_or(Error::NotFound)?;
    drop(tx);
    if !password::verify(given, stored.clone()).await? {
        return Err(Error::Unclear("password-other"));
    }
    let hash = another(desk, &known, stored, fresh).await?;
    let (now, kept) = (desk.now(), keys::hash(session));
    write!(desk.db, tx => {
        if !store::set_password(tx, who.person, &hash).await? {
            return Err(Error::NotFound);
        }
        store::end_other_sessions(tx, who.person, &kept).await?;
        store::drop_setup_links_of(tx, who.person).await?;
        note_about(tx, Some(who.person), "set a new password", "by themselves", Some(who.person), now).await
    })
}
