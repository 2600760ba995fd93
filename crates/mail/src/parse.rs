//! Raw bytes into a [`Message`]: facts copied out within bounds. Never fails; what cannot be read becomes a [`Limit`].

use std::borrow::Cow;

use mail_parser::{Address, MessageParser, MimeHeaders, PartType};

use crate::bounds::{
    ALL_HEADERS, ENCODED, LARGEST_KEPT, LONGEST_HEADER, LONGEST_HTML, LONGEST_TEXT, MOST_ATTACHED,
    MOST_ATTACHMENTS, MOST_HEADERS, MOST_PARTS,
};
use crate::message::{Attachment, Limit, Mailbox, Message};

/// A message and the messages attached to it, as raw bytes, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parsed {
    pub message: Message,
    pub attached: Vec<Message>,
}

/// Reads the bytes as an Internet message (RFC 5322 and MIME).
pub(crate) fn parse(raw: &[u8]) -> Parsed {
    parse_at(raw, 0)
}

/// The same for bytes that came out of so many encoded messages.
fn parse_at(raw: &[u8], depth: usize) -> Parsed {
    let mut limits = Vec::new();
    let raw = &*crate::bounds::within(raw, &mut limits);
    // A panic in the reader of a hostile message costs this message its details, not the process.
    let read = std::panic::catch_unwind(|| {
        MessageParser::default().parse(raw).map(|message| {
            let mut parsed = Parsed::default();
            convert(&message, &mut parsed, depth);
            parsed
        })
    });
    let mut parsed = match read {
        Ok(Some(parsed)) => parsed,
        Ok(None) | Err(_) => {
            limits.push(Limit::Unreadable);
            let mut parsed = Parsed::default();
            body(&mut parsed.message, Some(String::from_utf8_lossy(raw).into_owned()), None);
            parsed
        }
    };
    parsed.message.limits.extend(limits);
    parsed.message.limits.sort_unstable();
    parsed.message.limits.dedup();
    parsed
}

/// Puts the bodies into the message: the text a person sees, the links in it and the facts of the page.
pub(crate) fn body(message: &mut Message, plain: Option<String>, html: Option<String>) {
    let plain = plain.map(|plain| tidy(&plain)).filter(|plain| !plain.trim().is_empty());
    let html = html.filter(|html| !html.trim().is_empty()).map(|html| html.replace('\0', ""));
    if let Some(html) = &html {
        let page = crate::html::read(html);
        if page.cut {
            message.limits.push(Limit::Text);
        }
        message.text = page.text;
        message.links = page.links;
        message.page = page.facts;
    }
    if message.text.is_empty()
        && let Some(plain) = &plain
    {
        message.text = head(plain, LONGEST_TEXT).to_owned();
        if message.text.len() < plain.len() {
            message.limits.push(Limit::Text);
        }
    }
    let bare = crate::links::bare(&message.text, &message.links);
    message.links.extend(bare);
    for link in &mut message.links {
        crate::links::unwrap_protection(link);
    }
    message.plain = plain.map(|plain| head(&plain, LONGEST_TEXT).to_owned());
    message.html = html;
}

/// At most `longest` bytes from the start of `text`, cut between characters.
pub(crate) fn head(text: &str, longest: usize) -> &str {
    if text.len() <= longest {
        return text;
    }
    let mut end = longest;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// One bounded line without control characters and with white space collapsed.
pub(crate) fn line(text: &str, longest: usize) -> String {
    let text = head(text, longest.saturating_mul(4));
    let mut line = String::with_capacity(text.len().min(longest));
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > longest {
            break;
        }
    }
    let end = head(&line, longest).len();
    line.truncate(end);
    line
}

/// Text without control characters other than line breaks and tabs.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect()
}

fn convert(source: &mail_parser::Message<'_>, parsed: &mut Parsed, depth: usize) {
    let message = &mut parsed.message;
    headers(source, message);
    message.subject = line(source.subject().unwrap_or_default(), 2_000);
    message.message_id = source.message_id().map(|id| line(id, 500));
    message.from_all = mailboxes(source.from());
    message.from = sender(&message.from_all);
    message.reply_to = mailboxes(source.reply_to());
    message.to = mailboxes(source.to());
    message.cc = mailboxes(source.cc());
    message.return_path = message
        .header("Return-Path")
        .map(|path| path.trim().trim_matches(['<', '>']).trim().to_lowercase())
        .filter(|path| !path.is_empty());
    message.date = source.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_timestamp);

    let mut plain = String::new();
    let mut html = String::new();
    let mut cut = false;
    for part in source.html_body.iter().filter_map(|id| source.part(*id)) {
        if let PartType::Html(text) = &part.body {
            cut |= join(&mut html, &readable(source, part, text), LONGEST_HTML);
        }
    }
    for part in source.text_body.iter().filter_map(|id| source.part(*id)) {
        if let PartType::Text(text) = &part.body {
            cut |= join(&mut plain, &readable(source, part, text), LONGEST_TEXT * 2) && html.is_empty();
        }
    }
    if cut {
        message.limits.push(Limit::Text);
    }
    if source.parts.len() > MOST_PARTS {
        message.limits.push(Limit::Parts);
    }
    attachments(source, parsed, depth);
    if is_encrypted(&parsed.message, &plain) {
        parsed.message.limits.push(Limit::Encrypted);
    }
    body(&mut parsed.message, Some(plain), Some(html));
}

/// Whether what the message says is sealed: by PGP, as a part or as text, or by S/MIME.
fn is_encrypted(message: &Message, plain: &str) -> bool {
    let kind = message.header("Content-Type").unwrap_or_default().trim_start().to_ascii_lowercase();
    let sealed = ["multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"];
    sealed.iter().any(|sealed| kind.starts_with(sealed))
        || plain.trim_start().starts_with("-----BEGIN PGP MESSAGE-----")
}

/// The text of a part. Where nothing says how it is written and it is no UTF-8, it is what old programs write: Windows-1252.
fn readable<'a>(
    source: &mail_parser::Message<'_>,
    part: &mail_parser::MessagePart<'_>,
    text: &'a str,
) -> Cow<'a, str> {
    let named = part.content_type().is_some_and(|kind| kind.attribute("charset").is_some());
    if named || part.encoding != mail_parser::Encoding::None || !text.contains('\u{fffd}') {
        return Cow::Borrowed(text);
    }
    let bytes = source.raw_message.get(part.offset_body as usize..part.offset_end as usize);
    Cow::Owned(bytes.unwrap_or_default().iter().map(|byte| windows_1252(*byte)).collect())
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}

/// Adds to a body; true if not all of it fits.
fn join(into: &mut String, text: &str, longest: usize) -> bool {
    if !into.is_empty() && into.len() < longest {
        into.push('\n');
    }
    let fits = head(text, longest.saturating_sub(into.len()));
    into.push_str(fits);
    fits.len() < text.len()
}

fn headers(source: &mail_parser::Message<'_>, message: &mut Message) {
    let mut total = 0;
    let Some(root) = source.parts.first() else { return };
    for header in root.headers.iter() {
        let value = source
            .raw_message
            .get(header.offset_start as usize..header.offset_end as usize)
            .unwrap_or_default();
        if message.headers.len() >= MOST_HEADERS || total > ALL_HEADERS {
            message.limits.push(Limit::Headers);
            break;
        }
        if value.len() > LONGEST_HEADER {
            message.limits.push(Limit::Headers);
        }
        let value = value.get(..value.len().min(LONGEST_HEADER)).unwrap_or_default();
        let mut value = line(&String::from_utf8_lossy(value), LONGEST_HEADER);
        if header.name == mail_parser::HeaderName::ContentType && value.starts_with(ENCODED) {
            value.replace_range(..ENCODED.len(), "message");
        }
        let name = line(header.name.as_str(), 100);
        total += name.len() + value.len();
        message.headers.push((name, value));
    }
}

fn mailboxes(address: Option<&Address<'_>>) -> Vec<Mailbox> {
    let Some(address) = address else { return Vec::new() };
    address
        .iter()
        .take(500)
        .map(|one| Mailbox {
            name: one.name.as_deref().map(|name| line(name, 300)).filter(|name| !name.is_empty()),
            address: line(one.address.as_deref().unwrap_or_default(), 320).to_lowercase(),
        })
        .collect()
}

/// The sender as a mail program shows it: the first address, with every name of the line before it when the line is
/// built wrongly (`Big Shop, Jo <jo@example.org>`).
fn sender(all: &[Mailbox]) -> Option<Mailbox> {
    let mut sender = all.iter().find(|one| one.address.contains('@')).or(all.first())?.clone();
    if all.iter().any(|one| !one.address.contains('@')) {
        let pieces = all.iter().flat_map(|one| {
            let stray = Some(one.address.as_str()).filter(|address| !address.contains('@'));
            one.name.as_deref().into_iter().chain(stray)
        });
        let mut pieces: Vec<&str> = pieces.collect();
        pieces.dedup();
        let name = line(&pieces.join(" "), 300);
        sender.name = Some(name).filter(|name| !name.is_empty());
    }
    Some(sender)
}

fn attachments(source: &mail_parser::Message<'_>, parsed: &mut Parsed, depth: usize) {
    let mut room = LARGEST_KEPT;
    for part in source.attachments.iter().filter_map(|id| source.part(*id)) {
        if parsed.message.attachments.len() >= MOST_ATTACHMENTS {
            parsed.message.limits.push(Limit::Attachments);
            break;
        }
        let mut declared_type = part
            .content_type()
            .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("*")).to_lowercase())
            .unwrap_or_default();
        let name = line(part.attachment_name().unwrap_or_default(), 300);
        let inline = part.content_disposition().is_some_and(|how| how.is_inline())
            || part.content_id().is_some() && declared_type.starts_with("image/");
        let bytes: &[u8] = match &part.body {
            PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
            PartType::Message(inner) => {
                if depth == 0 && parsed.attached.len() < MOST_ATTACHED {
                    let mut nested = Parsed::default();
                    convert(inner, &mut nested, 1);
                    parsed.attached.push(nested.message);
                }
                source
                    .raw_message
                    .get(part.offset_body as usize..part.offset_end as usize)
                    .unwrap_or_default()
            }
            PartType::Multipart(_) => continue,
        };
        if let Some(rest) = declared_type.strip_prefix(ENCODED) {
            declared_type = format!("message{rest}");
            if depth == 0 && parsed.attached.len() < MOST_ATTACHED {
                parsed.attached.push(parse_at(bytes, depth + 1).message);
            }
        }
        let size = bytes.len();
        let content = if size <= room { bytes.to_vec() } else { Vec::new() };
        if content.len() < size {
            parsed.message.limits.push(Limit::Attachments);
        }
        room -= content.len();
        parsed.message.attachments.push(Attachment {
            name,
            declared_type,
            detected_type: None,
            size,
            inline,
            content,
            ..Attachment::default()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simple_message_is_read() {
        let parsed = parse(
            b"From: \"A B\" <A@Example.org>\r\nTo: c@example.net\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHallo https://example.org/x.\r\n",
        );
        let message = parsed.message;
        let from = message.from.expect("a sender");
        assert_eq!((from.name.as_deref(), from.address.as_str()), (Some("A B"), "a@example.org"));
        assert_eq!(message.subject, "Grüße");
        assert_eq!(message.text.trim(), "Hallo https://example.org/x.");
        assert_eq!(message.links.first().map(|link| link.target.as_str()), Some("https://example.org/x"));
    }

    #[test]
    fn an_attached_message_is_taken_out() {
        let raw = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nsee\n--b\nContent-Type: message/rfc822\n\nFrom: x@example.com\nSubject: inner\n\nhello\n--b--\n";
        let parsed = parse(raw);
        assert_eq!(parsed.attached.first().map(|inner| inner.subject.as_str()), Some("inner"));
    }

    #[test]
    fn a_broken_sender_line_keeps_the_name_that_is_shown() {
        let from =
            parse(b"From: Big Shop, jo <jo@example.org>\nSubject: x\n\ny").message.from.expect("a sender");
        assert_eq!((from.name.as_deref(), from.address.as_str()), (Some("Big Shop jo"), "jo@example.org"));
    }

    #[test]
    fn nothing_is_still_a_message() {
        assert_eq!(parse(b"").message.limits, [Limit::Unreadable]);
        assert_eq!(parse(&[0, 255, 254, 10, 13]).message.subject, "");
    }

    #[test]
    fn messages_within_messages_without_end_are_cut() {
        let raw = "Content-Type: message/rfc822\n\n".repeat(200_000);
        assert!(parse(raw.as_bytes()).message.limits.contains(&Limit::Depth));
    }
}
