//! A parsed e-mail: facts copied out of the bytes, bounded, with nothing live in them.

use finding::Span;

/// One message, as far as it could be read.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub message_id: Option<String>,
    pub from: Option<Mailbox>,
    /// Every entry of the From line, as far as it could be read; more than one is unusual.
    pub from_all: Vec<Mailbox>,
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
    /// What a person sees: the visible text of the HTML part, or the plain part where there is no readable HTML.
    /// Spans point in here.
    pub text: String,
    /// The plain part as it came, if there is one.
    pub plain: Option<String>,
    /// The HTML part as it came, never to be shown unsanitised.
    pub html: Option<String>,
    /// What the HTML part does beside showing text.
    pub page: PageFacts,
    pub links: Vec<Link>,
    pub attachments: Vec<Attachment>,
    pub authentication: Authentication,
    /// The bounds this message ran into; what lies beyond them was not read.
    pub limits: Vec<Limit>,
}

impl Message {
    /// A message of which nothing is known but why.
    pub(crate) fn nothing(why: Limit) -> Message {
        Message { limits: vec![why], ..Message::default() }
    }

    /// Whether nothing at all could be read, so that nothing in it or missing from it is a sign.
    pub(crate) fn is_nothing(&self) -> bool {
        let unread = self.limits.iter().any(|limit| matches!(limit, Limit::Unreadable | Limit::Damaged));
        unread && self.headers.is_empty() && self.text.is_empty() && self.attachments.is_empty()
    }

    /// Whether it is text that somebody copied: no header but what says how the text is written.
    pub fn is_copied_text(&self) -> bool {
        let of_text = |name: &str| {
            let name = name.to_ascii_lowercase();
            name.starts_with("content-") || name == "mime-version"
        };
        !self.headers.is_empty() && self.headers.iter().all(|(name, _)| of_text(name))
    }

    /// The first header of this name, compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Every header of this name, in the order of the message.
    pub fn headers_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A bound that a message ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The message is larger than we read.
    Size,
    /// More header lines, or longer ones, than we keep.
    Headers,
    /// More parts than we look at.
    Parts,
    /// Messages inside messages deeper than we follow.
    Depth,
    /// The text is longer than we read.
    Text,
    /// More links than we list.
    Links,
    /// More or larger attachments than we keep.
    Attachments,
    /// The bytes could not be understood as a message.
    Unreadable,
    /// What it says is encrypted.
    Encrypted,
    /// An Outlook file of which nothing could be read.
    Damaged,
}

/// What an HTML body does beside showing text. Counts are bounded by the size of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// Pieces of text that are in the page but that nobody sees, in order, bounded.
    pub hidden: Vec<HiddenText>,
    /// Number of words in hidden text, also beyond the pieces kept.
    pub hidden_words: usize,
    pub images: usize,
    /// Images that would be fetched from elsewhere.
    pub remote_images: usize,
    /// Images that stand inside a link.
    pub linked_images: usize,
    /// Where each form would send what is typed; empty for a form without a target.
    pub forms: Vec<String>,
    /// Number of fields of type `password`.
    pub password_fields: usize,
    /// Number of script elements and `javascript:` targets.
    pub scripts: usize,
    /// The text inside script elements, bounded, for patterns of HTML smuggling.
    pub script_text: String,
    /// Targets of `<meta http-equiv=refresh>`.
    pub refreshes: Vec<String>,
    pub title: Option<String>,
}

/// A piece of text that is in the page but that nobody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenText {
    pub text: String,
    pub how: HiddenHow,
    /// Where it stands in [`Message::html`].
    pub span: Span,
}

/// How text is kept from the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HiddenHow {
    /// `display:none`, `visibility:hidden`, the `hidden` attribute.
    NotShown,
    /// A font size of zero or one pixel.
    ZeroFont,
    /// Text in the colour of its background.
    SameColour,
    /// No height or width with the overflow cut off, fully transparent, or moved off the page.
    NoRoom,
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
    /// What a reader would see in it, as far as that could be read within bounds.
    pub text: String,
    /// The bytes, kept only within bounds; empty beyond them.
    pub content: Vec<u8>,
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
    /// The From domain that DMARC was judged for, as the server wrote it.
    pub header_from: Option<String>,
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
