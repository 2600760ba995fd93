//! Bytes in, a parsed message and its technical evidence out.
//! Never renders, fetches or executes anything; never reads the clock, the network or the file system.
//!
//! ```text
//! raw report ─▶ message (outer) ─▶ original (unwrapped) ─▶ evidence ─▶ verdict
//! ```

pub mod evidence;
pub mod message;

pub use evidence::{Evidence, Place, Reading, Shape, Source, Verdict, VerdictKind};
pub use message::{Attachment, Authentication, Link, Mailbox, Message, Outcome};

/// What the organisation told us about itself; everything the analysis may know beyond the bytes.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Registrable domains that belong to the organisation, lower case (`example.org`).
    pub own_domains: Vec<String>,
    /// The authserv-ids whose `Authentication-Results` we believe (RFC 8601). Empty: believe none.
    pub trusted_authserv_ids: Vec<String>,
    /// Header names that mark our own drills (`X-Alongside-Drill`), with the value each must have.
    pub drill_headers: Vec<(String, String)>,
    /// Sender addresses that wrote to the organisation before, lower case; for first contact.
    /// `None` means nobody keeps that list, so first contact is not judged.
    pub known_senders: Option<std::collections::BTreeSet<String>>,
}

/// Reads a report as it arrived: unwraps the original message where there is one and says what it shows.
/// Content is never an error: what cannot be read becomes evidence.
pub fn read(raw: &[u8], setting: &Setting) -> Reading {
    let _ = (raw, setting);
    Reading::default()
}
