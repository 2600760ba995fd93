//! Finds the reported message inside what reached us: in a mailbox file, attached, as an Outlook file, in an abuse report, quoted in the
//! body, or the bytes themselves.

use crate::evidence::{Reading, Shape};
use crate::message::{Limit, Message};
use crate::{Came, Setting, arf, forward, mbox, outlook, parse, saved};

/// What was found: a reading without evidence.
pub(crate) struct Recovered {
    pub reading: Reading,
    /// Whether only the bytes tell that this is a report, so that the outer message may be the harmful one itself.
    pub uncertain: bool,
}

/// How many messages are read beside the first that came with a report.
const MOST_OTHERS: usize = 4;

/// Takes the report apart. Never follows a message inside a message inside.
pub(crate) fn recover(raw: &[u8], setting: &Setting, came: Came) -> Recovered {
    if let Some(item) = outlook::read(raw).filter(|item| !is_empty(&item.message)) {
        let reading = Reading { outer: item.message, shape: Shape::OutlookFile, ..Reading::default() };
        return Recovered { reading, uncertain: false };
    }
    if saved::begins_as_outlook(raw) {
        return bare(Message::nothing(Limit::Damaged));
    }
    let raw = &*saved::as_sent(raw);
    if !saved::begins_with_headers(raw) && !saved::is_text(raw) {
        return bare(Message::nothing(Limit::Unreadable));
    }
    let messages = mbox::messages(raw);
    if messages.len() > 1 && came != Came::Written {
        let mut read = messages.into_iter().map(|one| parse::parse(one).message);
        let original = read.next();
        let others = read.take(MOST_OTHERS).collect();
        let reading = Reading { original, others, shape: Shape::Attached, ..Reading::default() };
        return Recovered { reading, uncertain: false };
    }
    let parsed = parse::parse(raw);
    let mut attached = parsed.attached;
    let outer = parsed.message;
    if is_abuse_report(&outer)
        && let Some(report) = arf::read(raw)
        && report.original.is_some()
    {
        let own_words = report.description;
        let reading =
            Reading { outer, original: report.original, shape: Shape::Arf, own_words, ..Reading::default() };
        return Recovered { reading, uncertain: false };
    }
    if outer.is_copied_text()
        && let Some(found) = forward::unwrap_copied(&outer)
    {
        let shape = Shape::InlineForward { program: found.program, language: found.language };
        let (own_words, original) = (found.own_words, Some(found.original));
        let reading = Reading { outer, original, shape, own_words, ..Reading::default() };
        return Recovered { reading, uncertain: false };
    }
    let to_desk = match came {
        Came::Somehow => is_to_desk(&outer, setting),
        Came::Written => true,
        Came::Reported => false,
    };
    let uncertain = came == Came::Somehow && setting.desk_addresses.is_empty();
    if !to_desk && !uncertain {
        return bare(outer);
    }
    let mut shape = Shape::Attached;
    if attached.is_empty() {
        for attachment in &outer.attachments {
            if let Some(item) = outlook::read(&attachment.content) {
                attached.push(item.message);
                shape = Shape::OutlookFile;
            } else if is_message_file(&attachment.name) || attachment.declared_type == "message/rfc822" {
                attached.push(parse::parse(&saved::as_sent(&attachment.content)).message);
            }
        }
    }
    let own_words = outer.text.clone();
    let mut attached = attached.into_iter();
    if let Some(original) = attached.next() {
        let others = attached.take(MOST_OTHERS).collect();
        let reading =
            Reading { outer, original: Some(original), others, shape, own_words, ..Reading::default() };
        return Recovered { reading, uncertain };
    }
    if (to_desk || forward::has_forward_prefix(&outer.subject))
        && let Some(found) = forward::unwrap(&outer)
        && is_somebody_else(&outer, &found.original)
    {
        let shape = Shape::InlineForward { program: found.program, language: found.language };
        let own_words = found.own_words;
        let mut original = found.original;
        original.attachments = outer.attachments.clone();
        let reading = Reading { outer, original: Some(original), shape, own_words, ..Reading::default() };
        return Recovered { reading, uncertain };
    }
    let (shape, own_words) = if to_desk { (Shape::Letter, own_words) } else { (Shape::Bare, String::new()) };
    Recovered { reading: Reading { outer, shape, own_words, ..Reading::default() }, uncertain: false }
}

/// The bytes are the message that is looked at.
fn bare(outer: Message) -> Recovered {
    Recovered { reading: Reading { outer, shape: Shape::Bare, ..Reading::default() }, uncertain: false }
}

/// Whether an Outlook item gave nothing that anybody could look at.
fn is_empty(item: &Message) -> bool {
    item.from.is_none() && item.subject.is_empty() && item.text.is_empty() && item.attachments.is_empty()
}

fn is_abuse_report(outer: &Message) -> bool {
    outer.header("Content-Type").is_some_and(|kind| kind.to_ascii_lowercase().contains("multipart/report"))
}

/// Whether the headers say that the message was sent to one of the desk's own addresses.
pub fn is_to_desk(outer: &Message, setting: &Setting) -> bool {
    let named = outer.to.iter().chain(&outer.cc).map(|mailbox| mailbox.address.as_str());
    let delivered = outer.headers_named("Delivered-To").chain(outer.headers_named("X-Original-To"));
    named.chain(delivered).any(|address| is_desk(address.trim().trim_matches(['<', '>']), setting))
}

/// Whether an address is one of the desk's own, also with a `+tag`.
pub fn is_desk(address: &str, setting: &Setting) -> bool {
    let address = address.to_lowercase();
    setting.desk_addresses.iter().any(|desk| same_mailbox(&address, desk))
}

/// Whether two addresses reach one mailbox, a `+tag` in the first left aside.
fn same_mailbox(address: &str, desk: &str) -> bool {
    if address == desk {
        return true;
    }
    let (Some((local, host)), Some((desk_local, desk_host))) =
        (address.rsplit_once('@'), desk.rsplit_once('@'))
    else {
        return false;
    };
    host == desk_host && local.split('+').next() == Some(desk_local)
}

fn is_message_file(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".eml") || lower.ends_with(".mht") && lower.contains("mail")
}

/// A quoted answer looks like a forward; only somebody else's words are a report.
fn is_somebody_else(outer: &Message, original: &Message) -> bool {
    match (&outer.from, &original.from) {
        (Some(outer), Some(original)) => outer.address != original.address || original.address.is_empty(),
        _ => true,
    }
}
