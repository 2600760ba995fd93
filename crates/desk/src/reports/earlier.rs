//! What is known already of the message that somebody reports: what a person decided of its like, and whether a copy that came whole is
//! one of our own practice messages. Said as what it is, until a person confirms it for this report too.

use super::{Report, Seen, store};
use crate::cases::{self, Outcome, Visibility};
use crate::db::Tx;
use crate::error::Result;
use crate::hours::Hours;
use crate::ids::{CaseId, Time};
use crate::words::Locale;

const ON_PAGE: Visibility = Visibility::Reporter;

/// What a person decided of an earlier report of the same message.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// It was one of our own practice messages; else it was meant to do harm.
    pub drill: bool,
    /// When they were told so, in words.
    pub day: String,
}

/// The newest decision told in a case, where it helps somebody who reports the same now. That a like of it was genuine is not said:
/// what looks the same may lead elsewhere.
pub(super) async fn told_in(
    tx: &mut Tx,
    case: CaseId,
    seen: &Seen,
    hours: &Hours,
    locale: Locale,
) -> Result<Option<Earlier>> {
    let Some((outcome, at)) = store::newest_ending(tx, case).await? else { return Ok(None) };
    let day = hours.say_day(at, locale);
    Ok(match Outcome::parse(&outcome) {
        Some(Outcome::Harmful | Outcome::HarmfulStopped) => Some(Earlier { drill: false, day }),
        // Whoever copies a drill of ours does not copy its mark.
        Some(Outcome::Drill) if seen.headers_gone || is_drill(seen) => Some(Earlier { drill: true, day }),
        Some(Outcome::Drill | Outcome::Genuine | Outcome::CouldNotTell | Outcome::Settled) | None => None,
    })
}

/// Writes on the page of a report what is known of its like, and on the pages of others what this one tells of theirs. Only for people
/// somebody confirms: whoever sent a message is not told what we know of it.
pub(super) async fn say(
    tx: &mut Tx,
    case: CaseId,
    report: &Report,
    seen: &Seen,
    earlier: Option<&Earlier>,
    now: Time,
) -> Result<()> {
    if let Some(earlier) = earlier {
        let kind = if earlier.drill { "earlier-drill" } else { "earlier-harmful" };
        return cases::add_line(tx, case, report.id, ON_PAGE, kind, now).await;
    }
    if is_drill(seen) {
        for other in store::worrying_copies(tx, case, report.id).await? {
            cases::add_line(tx, case, other, ON_PAGE, "like-drill", now).await?;
        }
    } else if seen.headers_gone && report.is_confirmed() && store::has_drill(tx, case).await? {
        cases::add_line(tx, case, report.id, ON_PAGE, "like-drill", now).await?;
    }
    Ok(())
}

fn is_drill(seen: &Seen) -> bool {
    seen.verdict == "our-drill"
}
