//! What one person told us, once: taken in by any door, understood, answered, and open to them on a private page.
//! Speaks to a case; a case does not know it.

mod address;
pub mod api;
mod earlier;
mod files;
mod first_word;
pub(crate) mod links;
mod pasted;
mod quote;
mod receive;
mod reply;
mod reporter;
mod reread;
mod seen;
mod steps;
pub(crate) mod store;
mod told;
mod tongue;
mod understand;
pub mod web;

#[cfg(test)]
mod tests;

use crate::Desk;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{PersonId, Time};
pub(crate) use crate::people::is_address;
use crate::people::{self, Person};

pub use address::change_address;
pub use files::{Opened, open_file, picture};
#[cfg(test)]
pub(crate) use first_word::{first_word_letter, steps_letter};
pub use links::store::sql as links_sql;
pub use links::{answered, by_link, renew_link};
pub use receive::{Incoming, Mailed, Receipt, Upload, receive, receive_mail};
pub(crate) use reply::REPLY;
pub use reporter::{
    ReporterPage, add_file, correct, page_at, page_of, say, say_at_door, set_locale, task_done, task_help,
};
pub use reread::{give_up as give_up_rereading, reread};
pub use seen::{Seen, SeenCue, SeenEvidence, see, verdict_word};
pub use store::{Report, sql};
pub use told::{Heard, Told, deed, join as join_told, split as split_told};
pub use understand::{give_up, understand};

/// Who reported, where that is known.
pub(crate) async fn reporter_of(tx: &mut Tx, report: &Report) -> Result<Option<Person>> {
    match report.reporter_id {
        Some(person) => people::find(tx, person).await,
        None => Ok(None),
    }
}

/// Whether the desk itself wrote to a person in the last hour as often as it may.
async fn heard_enough(tx: &mut Tx, desk: &Desk, person: PersonId, now: Time) -> Result<bool> {
    let answered = store::answered_since(tx, person, now.plus(-Time::HOUR)).await?;
    Ok(answered >= desk.settings.first_words_per_hour)
}

/// At which place, counted in people from 1, each of these reports told us, in the order in which they came. Whoever told us twice is one person.
pub(crate) fn places<'a>(reports: impl Iterator<Item = &'a Report>) -> Vec<usize> {
    let mut known = Vec::new();
    reports
        .map(|report| {
            let met = report.reporter_id.and_then(|one| known.iter().position(|known| *known == Some(one)));
            met.unwrap_or_else(|| {
                known.push(report.reporter_id);
                known.len() - 1
            }) + 1
        })
        .collect()
}

/// Reads a message off the async threads. What the reading may stop with goes no further: it can hold words of the message.
pub(crate) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> crate::error::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| crate::error::Error::Broken("reading stopped".into()))
}

/// The door a report came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Mail,
    Mailbox,
    Web,
    Api,
}

impl Door {
    pub fn as_str(self) -> &'static str {
        match self {
            Door::Mail => "mail",
            Door::Mailbox => "mailbox",
            Door::Web => "web",
            Door::Api => "api",
        }
    }
}

/// What somebody came to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A message looks odd.
    Message,
    /// I clicked, opened, replied, typed a password, approved a sign-in, let somebody onto my device, paid.
    Happened,
    /// I lost a device.
    Device,
    /// Something feels wrong.
    Feeling,
    /// A rule gets in my way.
    Friction,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Message, Kind::Happened, Kind::Device, Kind::Feeling, Kind::Friction];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Message => "message",
            Kind::Happened => "happened",
            Kind::Device => "device",
            Kind::Feeling => "feeling",
            Kind::Friction => "friction",
        }
    }

    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Who vouches that a sender is who they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vouch {
    /// A trusted network, authenticated results, a token, or a signed reply address.
    Vouched,
    /// Nobody: we keep what they say and write to nobody.
    Nobody,
}

impl Vouch {
    pub fn as_str(self) -> &'static str {
        match self {
            Vouch::Vouched => "vouched",
            Vouch::Nobody => "nobody",
        }
    }
}
