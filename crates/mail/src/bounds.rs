//! What reading one message may cost, in one place, and the look over the raw bytes that keeps the parser within it.
//! What attachments may cost is [`crate::attachments::Budget`]. Every bound that is reached is a [`Limit`] of the
//! message and so a piece of evidence.
//!
//! Measured with `cargo run --release -p mail --example hostile`.

use std::borrow::Cow;

use crate::message::Limit;

/// Bytes of a message that are read; the doors take 25 MiB.
const LARGEST: usize = 48 << 20;
/// Header lines kept, bytes kept of each, and of all together.
pub(crate) const MOST_HEADERS: usize = 1_000;
pub(crate) const LONGEST_HEADER: usize = 16 << 10;
pub(crate) const ALL_HEADERS: usize = 512 << 10;
/// Bytes of one header, and of all of them in all parts, that are taken apart into addresses, words and parameters.
/// The parser needs up to forty times their size for it, and for parameters in pieces (RFC 2231) the square of it.
const LONGEST_FIELD: usize = 64 << 10;
const ALL_FIELDS: usize = 2 << 20;
/// Parts looked at.
pub(crate) const MOST_PARTS: usize = 2_000;
/// Attachments kept, and their bytes together.
pub(crate) const MOST_ATTACHMENTS: usize = 200;
pub(crate) const LARGEST_KEPT: usize = 32 << 20;
/// Bytes of text and of HTML that are read, and links listed.
pub(crate) const LONGEST_TEXT: usize = 512 << 10;
pub(crate) const LONGEST_HTML: usize = 4 << 20;
pub(crate) const MOST_LINKS: usize = 2_000;
/// Attached messages that are taken out.
pub(crate) const MOST_ATTACHED: usize = 5;
/// Messages within messages; each takes a piece of the stack when it is let go.
const DEEPEST_MESSAGE: usize = 60;
/// Bytes the parser may search for the boundaries of parts. Each part that has parts may search the rest of the message.
const SEARCHED: usize = 512 << 20;

/// Stands in the place of `message` in the type of a message that is encoded, so that the parser leaves it alone; it is
/// as long. [`crate::parse`] decodes it and reads it under these bounds like any other message.
pub(crate) const ENCODED: &str = "encoded";

/// The bytes that are safe to hand to the parser, and the bounds it took to get there.
pub(crate) fn within<'a>(raw: &'a [u8], limits: &mut Vec<Limit>) -> Cow<'a, [u8]> {
    let raw = match raw.get(..LARGEST) {
        Some(head) if head.len() < raw.len() => {
            limits.push(Limit::Size);
            head
        }
        _ => raw,
    };
    let mut scan = Scan { end: raw.len(), ..Scan::default() };
    let mut at = 0;
    while at < scan.end {
        let rest = raw.get(at..).unwrap_or_default();
        let line = memchr::memchr(b'\n', rest).map_or(rest, |newline| rest.get(..=newline).unwrap_or(rest));
        scan.line(raw, at, line);
        at += line.len();
    }
    scan.field_ends(raw, scan.end);
    scan.block_ends();
    limits.append(&mut scan.limits);
    let end = scan.end;
    if scan.cuts.is_empty() && scan.encoded.is_empty() {
        return Cow::Borrowed(raw.get(..end).unwrap_or_default());
    }
    let mut kept = Vec::with_capacity(end);
    let mut from = 0;
    let marks = scan.encoded.iter().map(|at| (*at, at + ENCODED.len(), ENCODED));
    let mut changes: Vec<(usize, usize, &str)> =
        scan.cuts.iter().map(|(start, end)| (*start, *end, "")).chain(marks).collect();
    changes.sort_unstable();
    for (start, stop, instead) in changes {
        if start < from || stop > end {
            continue;
        }
        kept.extend_from_slice(raw.get(from..start).unwrap_or_default());
        kept.extend_from_slice(instead.as_bytes());
        from = stop;
    }
    kept.extend_from_slice(raw.get(from..end).unwrap_or_default());
    Cow::Owned(kept)
}

/// One pass over the lines. It does not follow the parts as the parser does, since a message can be built so that the
/// two disagree: every place that could be a costly header counts as one, wherever it stands.
#[derive(Default)]
struct Scan {
    end: usize,
    limits: Vec<Limit>,
    /// The costly header that is open, with its kind and where its value starts.
    field: Option<(Kind, usize)>,
    fields: usize,
    searched: usize,
    nested: usize,
    parts: usize,
    /// Where the word `message` stands in the type of this block of headers, and whether the block names an encoding.
    message_at: Option<usize>,
    is_encoded: bool,
    /// Pieces of headers that are left out.
    cuts: Vec<(usize, usize)>,
    /// Places of the word `message` that get [`ENCODED`] instead.
    encoded: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Type,
    Encoding,
    Other,
}

/// Headers that the parser takes apart, lower case. Any other is kept as it stands and costs nothing more.
const COSTLY: [&[u8]; 40] = [
    b"content-type",
    b"content-transfer-encoding",
    b"content-disposition",
    b"content-description",
    b"content-location",
    b"content-language",
    b"content-id",
    b"subject",
    b"comments",
    b"keywords",
    b"from",
    b"to",
    b"cc",
    b"bcc",
    b"reply-to",
    b"sender",
    b"resent-to",
    b"resent-from",
    b"resent-bcc",
    b"resent-cc",
    b"resent-sender",
    b"resent-date",
    b"resent-message-id",
    b"list-archive",
    b"list-help",
    b"list-id",
    b"list-owner",
    b"list-post",
    b"list-subscribe",
    b"list-unsubscribe",
    b"date",
    b"message-id",
    b"references",
    b"in-reply-to",
    b"return-path",
    b"received",
    b"mime-version",
    b"errors-to",
    b"delivered-to",
    b"x-original-to",
];
const LONGEST_NAME: usize = 26;

impl Scan {
    fn line(&mut self, raw: &[u8], start: usize, line: &[u8]) {
        if line.starts_with(b"--") {
            self.parts += 1;
            if self.parts > MOST_PARTS * 4 {
                self.stop(raw, start + line.len(), Limit::Parts);
                return;
            }
        }
        let folded = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        if self.field.is_some() {
            if folded {
                return;
            }
            self.field_ends(raw, start);
        }
        if line.trim_ascii().is_empty() {
            self.block_ends();
            return;
        }
        // A header stands at the start of a line, or right behind a boundary that need not.
        let Some(first) = memchr::memchr(b':', line) else { return };
        if let Some((kind, whole)) = costly(line.get(..first).unwrap_or_default())
            && (whole || near_boundary(line, first))
        {
            self.field = Some((kind, start + first + 1));
            return;
        }
        let Some(dashes) = memchr::memmem::find(line, b"--") else { return };
        let mut after = first + 1;
        for colon in memchr::memchr_iter(b':', line.get(after..).unwrap_or_default()).map(|at| first + 1 + at)
        {
            let piece = line.get(after..colon).unwrap_or_default();
            after = colon + 1;
            if dashes < colon
                && near_boundary(line, colon)
                && let Some((kind, _)) = costly(piece)
            {
                self.field = Some((kind, start + colon + 1));
                return;
            }
        }
    }

    /// Counts the open header, which ends here, and cuts off what is beyond the bounds.
    fn field_ends(&mut self, raw: &[u8], end: usize) {
        let Some((kind, start)) = self.field.take() else { return };
        let end = end.min(self.end);
        let length = end.saturating_sub(start);
        let room = LONGEST_FIELD.min(ALL_FIELDS.saturating_sub(self.fields));
        let kept = length.min(room);
        self.fields += kept;
        if kept < length {
            // The line break stays.
            let stop = if raw.get(end.saturating_sub(1)) == Some(&b'\n') { end - 1 } else { end };
            self.cuts.push((start + kept, stop.max(start + kept)));
            self.limits.push(Limit::Headers);
        }
        let value = raw.get(start..start + kept).unwrap_or_default();
        match kind {
            Kind::Encoding => self.is_encoded |= has(value, b"base64") || has(value, b"quoted-printable"),
            Kind::Type => self.content_type(raw, start, value),
            Kind::Other => {}
        }
    }

    fn content_type(&mut self, raw: &[u8], start: usize, value: &[u8]) {
        let named = value.split(|byte| *byte == b';').next().unwrap_or_default();
        let message = place(named, b"message");
        if message.is_some() || has(named, b"digest") {
            self.nested += 1;
            self.message_at = message.map(|at| start + at);
            if self.nested > DEEPEST_MESSAGE {
                self.stop(raw, start + value.len(), Limit::Depth);
                return;
            }
        }
        if has(named, b"multipart") {
            if let Some(at) = place(value, b"boundary").filter(|at| value.len() - at > LONGEST_BOUNDARY) {
                let length = value.trim_ascii_end().len();
                self.cuts.push((start + at, start + length.max(at)));
                self.limits.push(Limit::Headers);
            }
            self.searched = self.searched.saturating_add(self.end.saturating_sub(start));
            if self.searched > SEARCHED {
                self.stop(raw, start + value.len(), Limit::Parts);
            }
        }
    }

    /// An empty line: headers before it belong together.
    fn block_ends(&mut self) {
        if let Some(at) = self.message_at.take()
            && self.is_encoded
        {
            self.encoded.push(at);
        }
        self.is_encoded = false;
    }

    fn stop(&mut self, raw: &[u8], end: usize, limit: Limit) {
        self.limits.push(limit);
        self.end = end.min(raw.len());
    }
}

/// Boundaries are at most 70 bytes long (RFC 2046 §5.1.1). A longer one than this is taken away, since a header behind it
/// would not be seen.
const LONGEST_BOUNDARY: usize = 1_000;

/// Whether a boundary may stand shortly before this place of the line.
fn near_boundary(line: &[u8], at: usize) -> bool {
    let near = line.get(at.saturating_sub(LONGEST_BOUNDARY)..at).unwrap_or_default();
    memchr::memmem::find(near, b"--").is_some()
}

/// The costly header that this ends with, blanks left aside as the parser does, and whether it is nothing else.
fn costly(before_colon: &[u8]) -> Option<(Kind, bool)> {
    let last = before_colon.trim_ascii_end().last()?.to_ascii_lowercase();
    if !matches!(
        last,
        b'c' | b'd'..=b'g' | b'm' | b'n' | b'o' | b'p' | b'r' | b's' | b't' | b'y' | b'h' | b'b'
    ) {
        return None;
    }
    let mut name = [0_u8; LONGEST_NAME];
    let mut length = 0;
    let mut letters = before_colon.iter().rev().filter(|byte| !byte.is_ascii_whitespace());
    for (slot, letter) in name.iter_mut().rev().zip(&mut letters) {
        *slot = letter.to_ascii_lowercase();
        length += 1;
    }
    let name = name.get(LONGEST_NAME - length..).unwrap_or_default();
    let known = COSTLY
        .iter()
        .filter(|known| known.last() == Some(&last) && name.ends_with(known))
        .max_by_key(|known| known.len())?;
    let whole = name.len() == known.len() && letters.next().is_none();
    let kind = match *known {
        b"content-type" => Kind::Type,
        b"content-transfer-encoding" => Kind::Encoding,
        _ => Kind::Other,
    };
    Some((kind, whole))
}

fn place(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word))
}

/// Whether the word, in small or capital letters, stands in the bytes.
pub(crate) fn has(bytes: &[u8], word: &[u8]) -> bool {
    place(bytes, word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, kept: &str, limits: &[Limit]) {
        let mut reached = Vec::new();
        let within = within(raw.as_bytes(), &mut reached);
        assert_eq!(String::from_utf8_lossy(&within), kept);
        assert_eq!(reached, limits);
    }

    #[test]
    fn an_ordinary_message_is_left_as_it_is() {
        for raw in ["", "\n", "To: a\n b\n\nTo: you\n", "Content-Type: message/rfc822\n\nSubject: x\n\ny"] {
            check(raw, raw, &[]);
        }
        assert!(matches!(within(b"From: a\n\nb", &mut Vec::new()), Cow::Borrowed(_)));
    }

    #[test]
    fn a_costly_header_is_cut_wherever_it_stands() {
        let long = "a:b@c; ".repeat(20_000);
        let kept = long.get(..LONGEST_FIELD - 1).unwrap_or_default();
        for start in ["To:", "X: y\n t O  :", "--bto:", "words --b to:", "words\n\nTo:"] {
            let start = format!("{start} ");
            check(&format!("{start}{long}\n\nbody"), &format!("{start}{kept}\n\nbody"), &[Limit::Headers]);
        }
        for start in ["X-Photo: ", "word to: ", "", "http: "] {
            check(&format!("{start}{long}\n"), &format!("{start}{long}\n"), &[]);
        }
    }

    #[test]
    fn a_boundary_too_long_to_look_behind_is_taken_away() {
        let part = |length: usize| {
            let boundary = "b".repeat(length);
            format!("Content-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}To: x\n")
        };
        check(&part(900), &part(900), &[]);
        let start = "Content-Type: multipart/mixed; ";
        check(&part(2_000), &format!("{start}\n\n--{}To: x\n", "b".repeat(2_000)), &[Limit::Headers]);
    }

    #[test]
    fn all_costly_headers_together_are_bounded() {
        let raw = format!("Cc: {}\n", "a".repeat(60_000)).repeat(100);
        let mut limits = Vec::new();
        assert!(within(raw.as_bytes(), &mut limits).len() < ALL_FIELDS + 1_000);
        assert!(limits.contains(&Limit::Headers));
    }

    #[test]
    fn an_encoded_message_is_kept_from_the_parser() {
        check(
            "Content-Transfer-Encoding: BASE64\nContent-Type: Message/rfc822\n\nU3ViamVjdDogeAo=\n",
            "Content-Transfer-Encoding: BASE64\nContent-Type: encoded/rfc822\n\nU3ViamVjdDogeAo=\n",
            &[],
        );
        check(
            "--b\nContent-Type:\n message / rfc822\nContent-Transfer-Encoding: quoted-printable\n\nx\n\nmessage/rfc822",
            "--b\nContent-Type:\n encoded / rfc822\nContent-Transfer-Encoding: quoted-printable\n\nx\n\nmessage/rfc822",
            &[],
        );
    }

    #[test]
    fn messages_within_messages_are_counted_however_their_type_is_written() {
        for one in [
            "Content-Type: message/rfc822\n\n",
            "content-type:message\n / rfc822\n\n",
            "--bContent-Type: MESSAGE /global\n\n",
        ] {
            let mut limits = Vec::new();
            within(one.repeat(61).as_bytes(), &mut limits);
            assert_eq!(limits, [Limit::Depth]);
        }
    }

    #[test]
    fn parts_that_search_for_a_boundary_that_is_nowhere_are_bounded() {
        let mut raw = "--b\nContent-Type: multipart/mixed; boundary=none\n\n".repeat(100);
        raw.push_str(&"x\n".repeat(10 << 20));
        let mut limits = Vec::new();
        assert!(within(raw.as_bytes(), &mut limits).len() < 5_000);
        assert_eq!(limits, [Limit::Parts]);
    }
}
