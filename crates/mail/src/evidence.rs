//! What the analysis found: each piece with its place, its reason, its weight and its source; and the verdict.

use crate::message::Message;

/// Everything the desk sees about one report.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The message as it reached us.
    pub outer: Message,
    /// The reported message, when it could be recovered from the outer one; else the outer one is the subject.
    pub original: Option<Message>,
    /// Further messages that were attached: read as well, and less worrying than the original. Bounded.
    pub others: Vec<Message>,
    pub shape: Shape,
    /// What the reporter wrote beside the reported message; empty when we only got the message.
    pub own_words: String,
    pub evidence: Vec<Evidence>,
    pub verdict: Verdict,
}

impl Reading {
    /// The message the report is about: the recovered original, or the outer one.
    pub fn subject_message(&self) -> &Message {
        self.original.as_ref().unwrap_or(&self.outer)
    }
}

/// How the reported message came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// The bytes are the reported message itself (an `.eml` dropped on the page).
    #[default]
    Bare,
    /// An attached `message/rfc822`.
    Attached,
    /// An abuse report (RFC 5965).
    Arf,
    /// An Outlook `.msg` file.
    OutlookFile,
    /// Quoted in the body by a mail program; the original headers are gone.
    InlineForward { program: &'static str, language: &'static str },
    /// A person wrote to us and there is no reported message inside.
    Letter,
}

/// One piece of evidence: a finding with its weight, place and source.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// `rule` is the stable code; `message` the plain sentence; `why` the responder's sentence.
    pub finding: finding::Finding,
    /// Positive speaks for harm, negative for genuine, zero is context. Roughly log-odds × 10.
    pub weight: i32,
    pub place: Place,
    pub source: Source,
}

/// Which text the span points into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Subject,
    Text,
    Html,
    Header(String),
    Link(usize),
    /// The text seen in the attachment of this number; an empty span means the file itself.
    Attachment(usize),
    Whole,
}

/// Which part of the analysis says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Authentication,
    Sender,
    Link,
    Content,
    Hidden,
    Attachment,
    Request,
    Structure,
    Drill,
}

/// What we think, why, and how sure we are. It never closes anything by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub kind: VerdictKind,
    /// Sum of weights the kind was chosen by.
    pub score: i32,
    /// 0 (a coin toss) to 1 (clear), in plain words beside it.
    pub certainty: f32,
    /// Codes of the findings that decided it, strongest first.
    pub reasons: Vec<String>,
}

/// The five things the desk can say about a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictKind {
    LikelyHarmful,
    Suspicious,
    LooksGenuine,
    OurDrill,
    #[default]
    CannotTell,
}
