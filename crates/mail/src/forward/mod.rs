//! Recovers a reported message that was forwarded in the body of another, where mail programs copy a few header
//! lines as text and the real headers are lost. Never guesses a header that is not written there.

mod address;
mod block;
mod date;
mod labels;

use crate::message::Message;
use block::{Block, Least};
use finding::Span;

/// A forward inside a forward is followed this many times.
const NESTED: usize = 6;

/// A message recovered from the body of another.
#[derive(Clone, Debug)]
pub struct Forwarded {
    /// The program that wrote the outermost header: `outlook`, `gmail`, `apple-mail`, `thunderbird`, `yahoo`, `other`.
    pub program: &'static str,
    /// The language of that header (`de`).
    pub language: &'static str,
    /// The forwarded message: sender, recipients, subject, date, text, links and attachments as far as they survived.
    pub original: Message,
    /// What the reporter wrote above it.
    pub own_words: String,
    /// Where the outermost forward stands in [`Message::text`]; empty when only [`Message::plain`] shows it.
    pub span: Span,
    /// How many forwards were unwrapped, at least 1.
    pub depth: usize,
    /// Whether the header says that it is a forward; Outlook writes the same header above quoted replies, so without
    /// this only the subject of the outer message or its recipient can tell.
    pub announced: bool,
}

/// The forwarded message inside `message`, if its text holds one. A quoted reply in Outlook looks the same as a
/// forward, so the caller should ask whether the recovered sender is somebody else.
pub fn unwrap(message: &Message) -> Option<Forwarded> {
    if let Some(found) = unwrap_text(message, &message.text) {
        return Some(found);
    }
    let plain = message.plain.as_deref().filter(|plain| *plain != message.text)?;
    let mut found = unwrap_text(message, plain)?;
    found.span = Span::default();
    Some(found)
}

/// The same for text that somebody copied out of a mail program: it may begin with few lines of a header.
pub fn unwrap_copied(message: &Message) -> Option<Forwarded> {
    let found = block::first(&message.text, 0, Least::TwoFields)?;
    Some(Forwarded { program: "other", ..unwrap_from(message, &message.text, found) })
}

fn unwrap_text(message: &Message, text: &str) -> Option<Forwarded> {
    Some(unwrap_from(message, text, block::first(text, 0, Least::WholeHeader)?))
}

fn unwrap_from(message: &Message, text: &str, outermost: Block) -> Forwarded {
    let (program, language, start) = (outermost.program, outermost.language, outermost.start);
    let announced = outermost.announced_forward;
    let own_words = own_words(text.get(..start).unwrap_or_default());
    let mut innermost = outermost;
    let mut depth = 1;
    while depth < NESTED
        && let Some(inner) = block::first(text, innermost.body, Least::WholeHeader)
        && goes_deeper(text, &innermost, &inner)
    {
        innermost = inner;
        depth += 1;
    }
    let original = original(message, text, &innermost);
    Forwarded { program, language, original, own_words, span: Span::new(start, text.len()), depth, announced }
}

/// Whether the forward holds another forward as its content, as opposed to a message with a quoted history, which
/// an attacker may have made up to look trustworthy.
fn goes_deeper(text: &str, outer: &Block, inner: &Block) -> bool {
    let between = text.get(outer.body..inner.start).unwrap_or_default();
    let words = between.split_whitespace().take(101).count();
    let passed_on = inner.announced_forward || has_forward_prefix(&outer.subject);
    let empty = block::clean(between).is_empty();
    empty || passed_on && words <= 100
}

/// Whether a subject begins with one of the marks that mail programs put before a forwarded subject.
pub fn has_forward_prefix(subject: &str) -> bool {
    const MARKS: [&str; 16] = [
        "fw", "fwd", "wg", "tr", "rv", "enc", "i", "doorst", "pd", "vb", "vs", "vl", "reenv", "rif", "wtr",
        "fs",
    ];
    subject.split_once(':').is_some_and(|(mark, _)| MARKS.contains(&mark.trim().to_lowercase().as_str()))
}

/// What stands above the forward, without trailing rules and blank lines.
fn own_words(above: &str) -> String {
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, '_' | '-' | '>' | '=' | '*' | '\u{200b}' | '\u{feff}' | '\u{a0}')
    };
    above.trim_end_matches(edge).trim_start().to_owned()
}

fn original(message: &Message, text: &str, block: &Block) -> Message {
    let raw = text.get(block.body..).unwrap_or_default();
    let (body, offset) = if block.quoted { (unquote(raw), None) } else { trim(raw, block.body) };
    let from = address::one(&block.from);
    let html = message.html.as_deref().map(|html| html_below(html, block).to_owned());
    let page = html.as_deref().map(|html| crate::html::read(html).facts).unwrap_or_default();
    Message {
        from_all: from.iter().cloned().collect(),
        from,
        reply_to: address::list(&block.reply_to),
        to: address::list(&block.to),
        cc: address::list(&block.cc),
        subject: block.subject.trim().to_owned(),
        date: date::read(&block.date, block.language),
        links: links(message, block.body, offset, body.len()),
        text: body,
        html,
        page,
        attachments: message.attachments.clone(),
        limits: message.limits.clone(),
        ..Message::default()
    }
}

/// The body without blank edges, and where it begins in the outer text.
fn trim(raw: &str, start: usize) -> (String, Option<usize>) {
    let lead = raw.len() - raw.trim_start().len();
    (raw.trim().to_owned(), Some(start + lead))
}

/// The body without one level of quotation marks.
fn unquote(raw: &str) -> String {
    let lines = raw.lines().map(|line| {
        let bare = line.trim_start();
        bare.strip_prefix('>').map_or(line, |rest| rest.strip_prefix(' ').unwrap_or(rest))
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The links that belong to the forwarded part, with their places moved to its text.
fn links(message: &Message, body: usize, offset: Option<usize>, length: usize) -> Vec<crate::message::Link> {
    let below = message.links.iter().filter(|link| link.span.is_none_or(|span| span.start >= body));
    below
        .cloned()
        .map(|mut link| {
            link.span = link.span.zip(offset).and_then(|(span, offset)| {
                let moved = Span::new(span.start.checked_sub(offset)?, span.end.checked_sub(offset)?);
                (moved.end <= length).then_some(moved)
            });
            link
        })
        .collect()
}

/// The HTML from the copied header on, so that the reporter's own words are not judged as the sender's.
fn html_below<'a>(html: &'a str, block: &Block) -> &'a str {
    let marks = [block.subject.trim(), block.from.split(['<', '[']).next().unwrap_or_default().trim()];
    let at = marks.iter().filter(|mark| mark.len() >= 4).filter_map(|mark| html.find(mark)).min();
    at.and_then(|at| html.get(at..)).unwrap_or(html)
}

#[cfg(test)]
mod tests;
