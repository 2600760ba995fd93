//! What an admin still has to set up before the desk can do all it promises. Decides nothing; changes nothing.

use crate::Desk;
use crate::error::Result;
use crate::who::{Access, Who};

/// One thing to set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// `relay`, `phone`, `hours` or `people`.
    pub about: &'static str,
    pub done: bool,
}

/// The list for an admin; empty for others, and once all of it is done.
pub async fn steps(desk: &Desk, who: &Who) -> Result<Vec<Step>> {
    if !Access::Admin.admits(who.role) {
        return Ok(Vec::new());
    }
    let steps = vec![
        Step { about: "relay", done: desk.post.is_some() },
        Step { about: "phone", done: desk.settings.phone.is_some() },
        Step { about: "hours", done: desk.settings.zone_is_chosen },
        Step { about: "people", done: super::team(desk).await?.len() > 1 },
    ];
    Ok(if steps.iter().all(|step| step.done) { Vec::new() } else { steps })
}
