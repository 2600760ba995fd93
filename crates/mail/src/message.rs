//! A parsed e-mail: facts copied out of the bytes, bounded, with nothing live in them.

use finding::Span;

/// One message, as far as it could be read.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub message_id: Option<String>,
    pub from: Option<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    /// The envelope sender as the receiving server wrote it down.
    pub return_path: Option<String>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub subject: String,
    /// Seconds since 1970 UTC, if the header could be read.
    pub date: Option<i64>,
    /// Header names and unfolded values in order, bounded.
    pub headers: Vec<(String, String)>,
    /// What a person sees: the plain part, or the visible text of the HTML part. Spans point in here.
    pub text: String,
    /// The HTML part as it came, never to be shown unsanitised.
    pub html: Option<String>,
    pub links: Vec<Link>,
    pub attachments: Vec<Attachment>,
    pub authentication: Authentication,
}

/// A display name and an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    /// Lower-case address as written, possibly empty.
    pub address: String,
}

/// A link and what the reader was shown for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where it goes, unwrapped from link protection where possible.
    pub target: String,
    /// As written in the message, when link protection was unwrapped.
    pub wrapped: Option<String>,
    /// The words shown for it; equal to the target for a bare link.
    pub shown: String,
    /// Where the shown words stand in [`Message::text`], when they are there.
    pub span: Option<Span>,
    /// Where it was found: `body`, `html`, `qr`, `pdf`, `calendar`, `attachment`.
    pub found_in: &'static str,
}

/// A part somebody could open. `content` is kept only within bounds.
#[derive(Clone, Debug, Default)]
pub struct Attachment {
    pub name: String,
    pub declared_type: String,
    /// What the first bytes say it is, such as `application/pdf`.
    pub detected_type: Option<String>,
    pub size: usize,
    pub inline: bool,
    /// Names inside an archive, within bounds.
    pub listing: Vec<String>,
}

/// What a trusted receiving server wrote about the sender (RFC 8601). Values, not judgements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authentication {
    /// The authserv-id believed; `None` if no trusted header was there.
    pub by: Option<String>,
    pub spf: Outcome,
    pub dkim: Outcome,
    pub dmarc: Outcome,
    pub arc: Outcome,
}

/// One method's result as a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    Fail,
    SoftFail,
    Neutral,
    None,
    TempError,
    PermError,
    /// No trusted server said anything.
    #[default]
    Missing,
}
