//! An e-mail message as it is written in a file: the subject and the readable parts of the body. Decodes transfer encodings
//! and remembers where every byte stood. For checking our own drafts; reported mail is read by the `mail` crate.

use super::Format;
use crate::prose::{BlockKind, Builder, Link, Prose};
use std::ops::Range;

/// Reads a message: headers up to the first empty line, then the body and its parts.
pub(super) fn read(text: &str) -> Prose<'_> {
    if !begins_with_header(text) {
        return super::read(text, Format::Plain);
    }
    let mut parts: Vec<Prose<'static>> = Vec::new();
    let (headers, body) = split_head(text, 0..text.len());
    if let Some(subject) = header(text, headers.clone(), "subject") {
        let mut builder = Builder::default();
        let shown = text.get(subject.clone()).unwrap_or("");
        if shown.contains("=?") {
            builder.replace(&decode_words(shown), subject);
        } else {
            builder.copy(shown, subject.start);
        }
        builder.end_block(BlockKind::Subject);
        parts.push(builder.prose());
    }
    part(text, headers, body, 0, &mut parts);
    join(parts)
}

fn part(
    text: &str,
    headers: Range<usize>,
    body: Range<usize>,
    depth: usize,
    parts: &mut Vec<Prose<'static>>,
) {
    let kind = header_text(text, headers.clone(), "content-type").to_ascii_lowercase();
    if let (true, Some(boundary)) =
        (kind.starts_with("multipart/") && depth < 8, boundary(text, headers.clone()))
    {
        let each = split_parts(text, body, &boundary).into_iter().map(|range| {
            let (headers, body) = split_head(text, range);
            let mut inner = Vec::new();
            part(text, headers, body, depth + 1, &mut inner);
            inner
        });
        if kind.starts_with("multipart/alternative") {
            parts.extend(super::forms::together(each.collect()));
        } else {
            parts.extend(each.flatten());
        }
        return;
    }
    let attached = header_text(text, headers.clone(), "content-disposition")
        .to_ascii_lowercase()
        .starts_with("attachment");
    let read = ["text/plain", "text/html", "text/markdown"].iter().any(|name| kind.starts_with(name));
    if attached || !(read || kind.is_empty() || kind == "text") {
        return;
    }
    let encoding = header_text(text, headers, "content-transfer-encoding").to_ascii_lowercase();
    let source = text.get(body.clone()).unwrap_or("");
    let mut builder = Builder::with_capacity(source.len());
    match encoding.trim() {
        "quoted-printable" => quoted_printable(source, body.start, &mut builder),
        "base64" => base64(source, body.start, &mut builder),
        _ => builder.copy(source, body.start),
    }
    let decoded = builder.prose();
    let format = if kind.starts_with("text/html") { Format::Html } else { Format::Plain };
    let inner = super::read(&decoded.text, format);
    parts.push(owned(inner.through(&decoded)));
}

/// Whether a text begins as a message does, `Name: value`; somebody may write a letter without its head.
fn begins_with_header(text: &str) -> bool {
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or("");
    let named = line
        .split_once(':')
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()));
    named || line.starts_with("From ")
}

/// Decoded bytes as text: UTF-8, or else the characters of Windows-1252, which old programs send.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| old_character(*byte)).collect(),
    }
}

/// The text of a mail whose head names an old western set of characters (ISO 8859-1 or -15, Windows-1252) and whose bytes are not
/// UTF-8; nothing for any other.
pub fn in_old_characters(bytes: &[u8]) -> Option<String> {
    if std::str::from_utf8(bytes).is_ok() || bytes.contains(&0) {
        return None;
    }
    let shown: String = bytes.iter().map(|byte| old_character(*byte)).collect();
    let head = shown.to_ascii_lowercase().replace('"', "");
    let old = ["charset=iso-8859-1", "charset=windows-1252", "charset=latin1"];
    (head.contains("content-type:") && old.iter().any(|name| head.contains(name))).then_some(shown)
}

/// A character of Windows-1252.
fn old_character(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    HIGH.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

fn owned(prose: Prose<'_>) -> Prose<'static> {
    Prose {
        text: prose.text.into_owned().into(),
        blocks: prose.blocks,
        links: prose.links,
        comments: prose.comments,
        left_out: prose.left_out,
        announced: None,
        pieces: prose.pieces,
    }
}

/// One prose of several, in order.
fn join(parts: Vec<Prose<'static>>) -> Prose<'static> {
    let mut whole = Prose::default();
    let mut text = String::new();
    for part in parts {
        let shift = text.len();
        text.push_str(&part.text);
        text.push('\n');
        whole.blocks.extend(part.blocks.into_iter().map(|mut block| {
            block.range = block.range.start + shift..block.range.end + shift;
            block
        }));
        whole.links.extend(
            part.links.into_iter().map(|link| Link {
                text: link.text.start + shift..link.text.end + shift,
                target: link.target,
            }),
        );
        whole.comments.extend(part.comments);
        whole.left_out += part.left_out;
        whole.pieces.extend(part.pieces.into_iter().map(|mut piece| {
            piece.prose += shift;
            piece
        }));
    }
    whole.text = text.into();
    whole
}

/// The head and the body of a message or part.
fn split_head(text: &str, range: Range<usize>) -> (Range<usize>, Range<usize>) {
    let mut at = range.start;
    for line in text.get(range.clone()).unwrap_or("").split_inclusive('\n') {
        let next = at + line.len();
        if line.trim_end_matches(['\r', '\n']).is_empty() {
            return (range.start..at, next..range.end);
        }
        at = next;
    }
    (range.clone(), range.end..range.end)
}

/// Where the value of a header stands, folded lines included.
fn header(text: &str, headers: Range<usize>, name: &str) -> Option<Range<usize>> {
    let mut at = headers.start;
    let mut found: Option<Range<usize>> = None;
    for line in text.get(headers)?.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if line.starts_with([' ', '\t']) {
            if let Some(range) = &mut found {
                range.end = end;
            }
        } else if found.is_some() {
            break;
        } else if let Some((key, value)) = line.split_once(':')
            && key.trim().eq_ignore_ascii_case(name)
        {
            let start = at + key.len() + 1 + (value.len() - value.trim_start().len());
            found = Some(start.min(end)..end);
        }
        at += line.len();
    }
    found
}

fn header_text<'a>(text: &'a str, headers: Range<usize>, name: &str) -> &'a str {
    header(text, headers, name).and_then(|range| text.get(range)).unwrap_or("")
}

fn boundary(text: &str, headers: Range<usize>) -> Option<String> {
    let value = header_text(text, headers, "content-type");
    let at = value.to_ascii_lowercase().find("boundary=")?;
    let rest = value.get(at + "boundary=".len()..)?;
    let name = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split([';', ' ', '\r', '\n', '\t']).next()?,
    };
    (!name.is_empty()).then(|| name.to_string())
}

fn split_parts(text: &str, body: Range<usize>, boundary: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = body.start;
    for line in text.get(body.clone()).unwrap_or("").split_inclusive('\n') {
        let next = at + line.len();
        if let Some(rest) = line.trim_end().strip_prefix("--").and_then(|rest| rest.strip_prefix(boundary))
            && (rest.is_empty() || rest == "--")
        {
            if let Some(start) = open.take() {
                parts.push(start..at);
            }
            if rest.is_empty() {
                open = Some(next);
            }
        }
        at = next;
    }
    parts.extend(open.map(|start| start..body.end));
    parts
}

fn quoted_printable(source: &str, base: usize, out: &mut Builder) {
    let mut at = 0;
    while let Some(rest) = source.get(at..) {
        let Some(sign) = rest.find('=') else {
            out.copy(rest, base + at);
            break;
        };
        out.copy(rest.get(..sign).unwrap_or(""), base + at);
        let start = at + sign;
        let mut end = start;
        let mut bytes = Vec::new();
        while let Some(hex) =
            source.get(end + 1..end + 3).filter(|_| source.as_bytes().get(end) == Some(&b'='))
        {
            let Ok(byte) = u8::from_str_radix(hex, 16) else { break };
            bytes.push(byte);
            end += 3;
            if byte < 0x80 || bytes.len() >= 4 || std::str::from_utf8(&bytes).is_ok() {
                break;
            }
        }
        if bytes.is_empty() {
            let tail = source.get(start + 1..).unwrap_or("");
            let soft = tail.len() - tail.trim_start_matches([' ', '\t']).trim_start_matches('\r').len();
            if tail.get(soft..).is_some_and(|tail| tail.starts_with('\n')) {
                at = start + 1 + soft + 1;
            } else {
                out.copy("=", base + start);
                at = start + 1;
            }
        } else {
            out.replace(&decoded(&bytes), base + start..base + end);
            at = end;
        }
    }
}

/// Decodes base64; every decoded byte points at the two of the four letters that hold its bits.
fn base64(source: &str, base: usize, out: &mut Builder) {
    let mut bytes: Vec<u8> = Vec::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut group: Vec<(u32, usize)> = Vec::new();
    let mut finish = |group: &mut Vec<(u32, usize)>| {
        if group.len() > 1 {
            let bits =
                group.iter().fold(0u32, |bits, (value, _)| (bits << 6) | value) << (6 * (4 - group.len()));
            for (index, pair) in group.windows(2).enumerate() {
                bytes.push((bits >> (16 - 8 * index)) as u8);
                if let [(_, first), (_, last)] = pair {
                    places.push((base + first, base + last + 1));
                }
            }
        }
        group.clear();
    };
    for (index, byte) in source.bytes().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        group.push((u32::from(value), index));
        if group.len() == 4 {
            finish(&mut group);
        }
    }
    finish(&mut group);
    let is_utf8 = std::str::from_utf8(&bytes).is_ok();
    let text = decoded(&bytes);
    let mut at = 0;
    for char in text.chars() {
        let length = if is_utf8 { char.len_utf8() } else { 1 };
        let start = places.get(at).map_or(base, |place| place.0);
        let end = places.get(at + length - 1).map_or(start, |place| place.1);
        out.replace(char.encode_utf8(&mut [0; 4]), start..end);
        at += length;
    }
}

/// Decodes the encoded words of a subject (RFC 2047), UTF-8 and Windows-1252.
fn decode_words(value: &str) -> String {
    let mut shown = String::new();
    let mut rest = value;
    while let Some((before, tail)) = rest.split_once("=?") {
        if !before.trim().is_empty() {
            shown.push_str(before);
        }
        let mut fields = tail.splitn(3, '?');
        let (Some(_), Some(encoding), Some(data)) = (fields.next(), fields.next(), fields.next()) else {
            shown.push_str(tail);
            return shown;
        };
        let (data, after) = data.split_once("?=").unwrap_or((data, ""));
        let mut builder = Builder::default();
        if encoding.eq_ignore_ascii_case("b") {
            base64(data, 0, &mut builder);
        } else {
            quoted_printable(&data.replace('_', " "), 0, &mut builder);
        }
        shown.push_str(&builder.text);
        rest = after;
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        read(text).text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_empty_plain_part_hides_no_html() {
        let mail = |plain: &str| {
            format!(
                "Subject: Hi\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n<p>This is what the letter says to all.</p>\n--b--\n"
            )
        };
        assert_eq!(shown(&mail("")), "Hi This is what the letter says to all.");
        assert_eq!(shown(&mail("View in HTML.")), "Hi This is what the letter says to all.");
        assert_eq!(shown(&mail("This is what the letter says.")).matches("Hi").count(), 1);
    }

    #[test]
    fn what_only_the_html_says_is_read_too() {
        let mail = |html: &str| {
            let text = format!(
                "Subject: Hi\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nDear all,\nthank you for your help with the new\nsign-in. More is at https://a.example/x today.\n--b\nContent-Type: text/html\n\n{html}\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n"
            );
            let prose = read(&text);
            let blocks = prose.blocks.iter().skip(2).filter_map(|block| prose.text.get(block.range.clone()));
            blocks.map(str::to_owned).collect::<Vec<_>>()
        };
        let same = "<p>Dear all,</p><p>thank you for your <b>help</b> with the new sign-in.<br>More is <a href=\"https://a.example/x\">at</a> today.</p>";
        let plain = mail("");
        assert_eq!(mail(same), plain);
        let more = mail(&same.replace("sign-in.", "sign-in. It is your fault. Never again!"));
        assert_eq!(more, [plain, vec!["It is your fault. Never again!".to_owned()]].concat());
    }

    #[test]
    fn old_characters_are_read() {
        let head = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding:";
        assert_eq!(
            shown(&format!("{head} quoted-printable\n\nSie h=E4tten f=FCr Gr=F6=DFe =96 ja\n")),
            "Sie hätten für Größe – ja"
        );
        assert_eq!(shown(&format!("{head} base64\n\naOR0dGVu\n")), "hätten");
        assert_eq!(shown("Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\n\nHallo\n"), "Grüße Hallo");
    }

    #[test]
    fn a_letter_without_a_head_is_read_from_its_first_line() {
        assert_eq!(shown("Dear all,\n\nthank you.\n"), "Dear all, thank you.");
    }
}
