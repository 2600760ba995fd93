//! Files that people added, opened by those who work the case. Each look is written down; nothing in a file is ever run.

use super::{in_case, own};
use crate::error::{Error, Result};
use crate::ids::{FileId, ReportId};
use crate::reports;
use crate::who::Who;
use crate::{Desk, people, write};

pub use crate::reports::Opened;

/// A file of a report, and a line on who opened it.
pub async fn open_file(desk: &Desk, who: &Who, report: ReportId, file: FileId) -> Result<Opened> {
    let mut tx = desk.db.read().await?;
    if let Some(case) = in_case(&mut tx, report).await? {
        own::refuse(&mut tx, who, case).await?;
    }
    drop(tx);
    let opened = reports::open_file(desk, report, file).await?.ok_or(Error::NotFound)?;
    let now = desk.now();
    write!(desk.db, tx => {
        let whose = reports::store::by_id(tx, report).await?.and_then(|report| report.reporter_id);
        people::note_about(tx, Some(who.person), "opened a file", &report.to_string(), whose, now).await
    })?;
    Ok(opened)
}
