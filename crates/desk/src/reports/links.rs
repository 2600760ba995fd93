//! The private links of a report. Whoever typed an address in the form and whoever reads what comes there need not be the same: the
//! form gives one link, our letter another. Once somebody answered by the letter's, in words or with a tick, the form's shows only what was
//! typed. A look alone is no answer: scanners of mail follow every link.

pub(crate) mod store;

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{ReportId, Time};
use crate::words::Locale;
use crate::{Desk, keys, write};

use store::Given;

/// How long a private link works.
const LINK: i64 = 180 * Time::DAY;
/// Which of a report's links the form gave, where a letter brings another one. Those in letters count from 0.
const AT_DOOR: u32 = u32::MAX;

/// The link of a new report, and the form's own where a letter goes to an address that was typed there.
pub(super) async fn first(tx: &mut Tx, desk: &Desk, id: ReportId, typed: bool, now: Time) -> Result<()> {
    let hash = |serial| keys::hash(&desk.keys.page_token(id, serial));
    if typed {
        store::add(tx, id, &hash(AT_DOOR), Given::AtDoor, now, now.plus(LINK)).await?;
    }
    store::add(tx, id, &hash(0), Given::ByLetter, now, now.plus(LINK)).await
}

/// The token of the link that the form gives.
pub(super) fn at_door(desk: &Desk, id: ReportId) -> String {
    desk.keys.page_token(id, AT_DOOR)
}

/// Whether somebody plays us: one of these links is of no letter that we wrote. Anybody can make one up that looks like ours.
pub(super) async fn made_up(desk: &Desk, tokens: &[String]) -> Result<bool> {
    let mut tx = desk.db.read().await?;
    for token in tokens {
        if !store::in_a_letter(&mut tx, &keys::hash(token)).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a private link leads to.
pub struct Behind {
    pub report: ReportId,
    /// The language of its reader.
    pub locale: Locale,
    /// They read only what was typed in the form.
    pub typed_only: bool,
    /// An answer by it is the first that comes by our letter, while the form's link still shows all.
    pub first_answer: bool,
}

/// The report behind a private link.
pub async fn by_link(desk: &Desk, token: &str) -> Result<Option<Behind>> {
    let mut tx = desk.db.read().await?;
    let found = store::find(&mut tx, &keys::hash(token), desk.now()).await?;
    Ok(found.map(|(report, locale, at_door, two, answered)| Behind {
        report,
        locale: Locale::from_tag(&locale),
        typed_only: at_door && answered,
        first_answer: !at_door && two && !answered,
    }))
}

/// Notes that somebody answers our letter, or by the link in it.
pub async fn answered(desk: &Desk, id: ReportId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => { store::answer(tx, id, now).await })
}

/// The links of a report last as long as ones made now.
pub async fn prolong(tx: &mut Tx, id: ReportId, now: Time) -> Result<()> {
    store::prolong(tx, id, now.plus(LINK)).await
}

/// Replaces a reporter's links: the old ones stop working at once.
pub async fn renew_link(tx: &mut Tx, desk: &Desk, id: ReportId) -> Result<String> {
    let now = desk.now();
    store::revoke(tx, id, now).await?;
    let serial = super::store::next_serial(tx, id).await?;
    let token = desk.keys.page_token(id, u32::try_from(serial).unwrap_or(0));
    store::add(tx, id, &keys::hash(&token), Given::ByLetter, now, now.plus(LINK)).await?;
    Ok(token)
}
