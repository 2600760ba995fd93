//! What somebody of the team told us about themselves: colleagues answer it, and they read the answer on their own page.

use super::store;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::CaseId;
use crate::who::Who;

/// Refuses whoever told us about themselves in a case, as long as a colleague can work it who is not shut out of it in
/// the same way: a case that nobody can work would leave somebody without an answer. A lure that others reported as well, and
/// that they only saw, is theirs to work like any other.
pub(super) async fn refuse(tx: &mut Tx, who: &Who, case: CaseId) -> Result<()> {
    let (all, own, exposed) = store::own_reports(tx, case, who.person).await?;
    if own == 0 || (exposed == 0 && own < all) || store::colleagues(tx, who.person, case).await? == 0 {
        return Ok(());
    }
    Err(Error::NotYet("You told us about this yourself. So a colleague works on it and writes to you, as to everybody: you read it on your own page, which our letters to you link. What the team notes here is not shown to you.".into()))
}
