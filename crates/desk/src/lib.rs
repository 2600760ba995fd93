//! The product: one folder per feature with its rules, SQL, pages, letters, jobs and tests, and the frame around them.
//! Never opens a socket, reads the environment or asks the system for the time: the binary gives it all of that.
//!
//! `web → mod → store`, `jobs → mod`. Features meet only through verbs that take the same transaction.

pub mod blobs;
pub mod cases;
pub mod casework;
pub mod checking;
pub mod clock;
mod columns;
pub mod db;
pub mod erasure;
pub mod error;
pub mod estimates;
pub mod health;
pub mod hours;
pub mod ids;
pub mod jobs;
pub mod keys;
pub mod letters;
pub mod live;
pub mod moving;
pub mod numbers;
pub mod page;
pub mod people;
pub mod reports;
mod room;
pub mod routes;
pub mod spotting;
pub mod surveys;
pub mod who;
pub mod words;

#[cfg(test)]
mod test;

use std::sync::Arc;

use futures::future::BoxFuture;

pub use clock::Clock;
pub use hours::Hours;
pub use ids::Time;
pub use keys::Keys;
pub use words::Locale;

/// What the organisation told us about itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name people know (`Harbour Works`).
    pub organisation: String,
    /// Where people reach the pages, without a slash at the end.
    pub base_url: String,
    /// Where people send reports, and where letters come from.
    pub desk_address: String,
    /// A number to call when it is urgent, if there is one.
    pub phone: Option<String>,
    /// The language for people whose own is not known.
    pub locale: Locale,
    pub hours: Hours,
    /// Whether somebody chose the zone of the hours: as delivered, it is nobody's own.
    pub zone_is_chosen: bool,
    /// Working minutes until a person answers at the latest; the first promise.
    pub first_word_minutes: i64,
    /// The same for somebody to whom something happened, whether or not they can say what: they need us sooner.
    pub help_minutes: i64,
    /// The most first words that the desk itself writes to one address in an hour. Further reports are taken in and answered by a person:
    /// whoever borrows an address cannot make the desk flood it.
    pub first_words_per_hour: i64,
    /// What the analysis may know about us.
    pub mail: mail::Setting,
    /// Whether to listen for feelings in what people write to us.
    pub listen_for_feelings: bool,
    /// Networks whose people we believe when they type their address into the form, as address and prefix length.
    pub trusted_networks: Vec<(std::net::IpAddr, u8)>,
    /// Reverse proxies before the pages: only what they say about the reader's address is believed.
    pub proxies: Vec<(std::net::IpAddr, u8)>,
    /// The largest report by any door, in bytes.
    pub most_bytes: usize,
}

impl Settings {
    /// Whether everybody reaches the pages by a protected connection.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https:")
    }

    /// Whether an address is a reverse proxy of ours.
    pub fn is_proxy(&self, address: std::net::IpAddr) -> bool {
        self.proxies.iter().any(|(network, prefix)| who::within(address, *network, *prefix))
    }

    /// When a person answers at the latest.
    pub fn first_word_by(&self, now: Time, exposed: bool) -> Time {
        self.hours.after(
            now,
            if exposed { self.help_minutes.min(self.first_word_minutes) } else { self.first_word_minutes },
        )
    }

    /// Whether an address lies in a trusted network.
    pub fn trusts(&self, address: std::net::IpAddr) -> bool {
        // Whoever a proxy of ours does not name is nobody we know, whatever the networks say.
        !address.is_unspecified()
            && self.trusted_networks.iter().any(|(network, prefix)| who::within(address, *network, *prefix))
    }
}

/// A letter on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub from: String,
    pub from_name: String,
    pub to: String,
    pub reply_to: Option<String>,
    /// Where a notice that it could not be delivered goes: only mail servers see it.
    pub returns_to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub message_id: String,
    pub in_reply_to: Option<String>,
    /// Written by the desk itself: marked as such (RFC 3834), so that no other robot answers it.
    pub automatic: bool,
}

/// Hands a letter to a mail relay.
pub type Post =
    Arc<dyn Fn(Outgoing) -> BoxFuture<'static, std::result::Result<(), letters::NotSent>> + Send + Sync>;

/// The desk: everything a verb needs. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    pub db: db::Db,
    pub blobs: blobs::Blobs,
    pub settings: Arc<Settings>,
    pub clock: Clock,
    pub keys: Keys,
    /// Without one, letters wait in the outbox where people can see them.
    pub post: Option<Post>,
    /// Renders the numbers for a metrics collector.
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
    pub gates: Arc<who::Gates>,
}

impl Desk {
    /// The current moment.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// A link to one of our pages.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.settings.base_url)
    }
}
