//! Bytes in, a parsed message and its technical evidence out.
//! Never renders, fetches or executes anything; never reads the clock, the network or the file system.
//!
//! ```text
//! raw report ─▶ message (outer) ─▶ original (unwrapped) ─▶ evidence ─▶ verdict
//! ```

pub mod arf;
pub mod attachments;
mod authentication;
mod boilerplate;
mod bounds;
mod brands;
pub mod catalogue;
mod domains;
mod drill;
pub mod evidence;
mod facts;
pub mod fingerprint;
mod fold;
pub mod forward;
mod hidden;
mod html;
mod likeness;
mod links;
mod mbox;
pub mod message;
pub mod outlook;
mod parse;
mod recover;
mod requests;
mod sanitise;
mod saved;
mod senders;
mod structure;
pub mod verdict;

pub use evidence::{Evidence, Place, Reading, Shape, Source, Verdict, VerdictKind};
pub use facts::is_own;
pub use fingerprint::{Fingerprint, fingerprint};
pub use likeness::{Common, Likeness, alike, compare, same_orders};
pub use message::{
    Attachment, Authentication, HiddenHow, HiddenText, Limit, Link, Mailbox, Message, Outcome, PageFacts,
};
pub use recover::{is_desk, is_to_desk};
pub use sanitise::sanitised_html;

/// What the organisation told us about itself; everything the analysis may know beyond the bytes.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Registrable domains that belong to the organisation, lower case (`example.org`).
    pub own_domains: Vec<String>,
    /// The authserv-ids whose `Authentication-Results` we believe (RFC 8601). Empty: believe none. An empty string
    /// among them stands for a server of ours that writes no authserv-id.
    pub trusted_authserv_ids: Vec<String>,
    /// Names that only our own people or offices use as senders (`Example Ltd helpdesk`), any case.
    pub own_names: Vec<String>,
    /// The addresses at which the desk takes reports, lower case. A message to one of them that holds no other message
    /// is a letter to us. Empty: every message without another inside is taken as the reported one.
    pub desk_addresses: Vec<String>,
    /// Header names that mark our own drills (`X-Alongside-Drill`), with the value each must have.
    pub drill_headers: Vec<(String, String)>,
    /// Hosts that only our own drills link to, lower case. A message whose every link goes there is a drill, also when
    /// a forward lost its headers.
    pub drill_hosts: Vec<String>,
    /// Whoever asks knows that this message passes for one of our own letters and is none.
    pub plays_us: bool,
    /// Sender addresses that wrote to the organisation before, lower case; for first contact.
    /// `None` means nobody keeps that list, so first contact is not judged.
    pub known_senders: Option<std::collections::BTreeSet<String>>,
}

/// How bytes reached us, as far as more is known than they say themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Came {
    /// Nobody knows: the headers decide whether this is a letter to the desk.
    #[default]
    Somehow,
    /// Whoever wrote it sent it to us, as its envelope says, also where the headers name other recipients.
    Written,
    /// It is itself the message that is looked at, whomever it names.
    Reported,
}

/// As sure as we are of a message that may be a drill of our own: not quite.
const NOT_SURE: f32 = 0.7;

/// Reads a report as it arrived: unwraps the original message where there is one and says what it shows.
/// Content is never an error: what cannot be read becomes evidence.
pub fn read(raw: &[u8], setting: &Setting) -> Reading {
    read_as(raw, setting, Came::Somehow)
}

/// The same, where somebody knows how the bytes reached us.
pub fn read_as(raw: &[u8], setting: &Setting, came: Came) -> Reading {
    let recovered = recover::recover(raw, setting, came);
    let mut reading = recovered.reading;
    let count = reading.others.len() + 1;
    let is_letter = reading.shape == Shape::Letter;
    let outer_limits = reading.outer.limits.clone();
    let subject = match &mut reading.original {
        Some(original) => {
            // What was not read around the reported message may belong to it.
            original.limits.extend(outer_limits);
            original.limits.sort_unstable();
            original.limits.dedup();
            original
        }
        None => &mut reading.outer,
    };
    let mut evidence = judge(subject, setting, is_letter);
    let mut verdict = verdict::weigh(&evidence);
    if let Some(original) = &mut reading.original {
        // Of several messages the most worrying one stands in front, wherever it lay.
        for other in &mut reading.others {
            let about = judge(other, setting, false);
            let its_verdict = verdict::weigh(&about);
            if its_verdict.score > verdict.score {
                std::mem::swap(original, other);
                (evidence, verdict) = (about, its_verdict);
            }
        }
    }
    if recovered.uncertain && reading.original.is_some() {
        // Nobody said that this is a report: the outer message may itself be the harmful one, with a message inside.
        let outside = judge(&mut reading.outer, setting, false);
        let outer_verdict = verdict::weigh(&outside);
        let suspected = matches!(outer_verdict.kind, VerdictKind::Suspicious | VerdictKind::LikelyHarmful);
        if suspected && outer_verdict.score > verdict.score {
            (evidence, verdict) = (outside, outer_verdict);
            reading.original = None;
            reading.own_words = String::new();
            reading.shape = Shape::Bare;
        }
    }
    let mut context = |code, details: &[&str]| {
        evidence.push(catalogue::evidence(code, Place::Whole, finding::Span::default(), details));
    };
    if count > 1 {
        context("made-several", &[&count.to_string()]);
    }
    if matches!(reading.shape, Shape::InlineForward { .. }) {
        context("made-no-headers", &[]);
        if !setting.drill_headers.is_empty() {
            // The header that marks our own drills is gone with the others: it may be one.
            verdict.certainty = verdict.certainty.min(NOT_SURE);
        }
    }
    if is_letter && verdict.kind == VerdictKind::LikelyHarmful {
        // A person's own words about a message are not the message.
        verdict.kind = VerdictKind::Suspicious;
    }
    let unseen = reading.subject_message().limits.contains(&Limit::Encrypted);
    if unseen && verdict.kind == VerdictKind::LooksGenuine {
        // Nobody vouches for what nobody could read.
        verdict = Verdict { score: verdict.score, ..Verdict::default() };
    }
    reading.verdict = verdict;
    reading.evidence = evidence;
    reading
}

/// Whether bytes are a message that [`read`] can make something of: an Outlook item, or lines that begin as a mail's headers
/// do. By content, never by name: a picture or a document that somebody sends is a file, whatever it is called.
pub fn is_message(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(16 << 10)).unwrap_or(bytes);
    outlook::is_outlook(bytes) || saved::begins_with_headers(&saved::as_sent(start))
}

/// The headers of a message alone, at most 64 KiB of them: who it says it is from and in which language, without a look
/// at its body. Much cheaper than [`read`], for the door that has to know the sender at once.
pub fn head(raw: &[u8]) -> Message {
    let most = raw.get(..64 << 10).unwrap_or(raw);
    let ends =
        [&b"\r\n\r\n"[..], b"\n\n"].map(|mark| memchr::memmem::find(most, mark).map(|at| at + mark.len()));
    let end = ends.into_iter().flatten().min().unwrap_or(most.len());
    parse::parse(most.get(..end).unwrap_or(most)).message
}

/// Everything the checks say about one message, strongest first. Fills in what a look into the attachments and the
/// trusted headers add to the message. Of a person's letter only the contents are looked at, never its writer. Of bytes that are
/// no message nothing is said but that.
fn judge(message: &mut Message, setting: &Setting, is_letter: bool) -> Vec<Evidence> {
    let mut found = Vec::new();
    if message.is_nothing() {
        structure::check(&facts::Facts::new(message, setting), &mut found);
        return found;
    }
    open_attachments(message, &mut found);
    message.authentication = authentication::read(message, setting);
    let facts = facts::Facts::new(message, setting);
    drill::check(&facts, &mut found);
    if setting.plays_us {
        found.push(catalogue::evidence("sender-plays-us", Place::Whole, finding::Span::default(), &[]));
    }
    if !is_letter {
        authentication::check(&facts, &mut found);
        senders::check(&facts, &mut found);
    }
    links::check(&facts, &mut found);
    hidden::check(&facts, &mut found);
    requests::check(&facts, &mut found);
    requests::check_names(&facts, &mut found);
    structure::check(&facts, &mut found);
    found.sort_by_key(|one| std::cmp::Reverse(one.weight.abs()));
    found
}

/// Looks into every attachment within one budget, and adds the links found there to the message.
fn open_attachments(message: &mut Message, found: &mut Vec<Evidence>) {
    let mut budget = attachments::Budget::for_one_message();
    for (index, attachment) in message.attachments.iter_mut().enumerate() {
        if attachment.declared_type.starts_with("message/") {
            continue;
        }
        let look =
            attachments::look(&attachment.content, &attachment.name, &attachment.declared_type, &mut budget)
                .at(index);
        attachment.detected_type = look.detected_type;
        attachment.listing = look.listing;
        attachment.text = look.text;
        message.links.extend(look.links);
        found.extend(look.evidence);
    }
}
