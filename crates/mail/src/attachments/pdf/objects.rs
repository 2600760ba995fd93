//! The objects of a PDF file, found by scanning for their marks instead of trusting its table of contents.

use super::super::Budget;
use super::super::bytes::{Inflated, Wrapping, find, has, head, inflate};
use std::collections::BTreeMap;

/// Objects read of one file.
const OBJECTS: usize = 8_000;
/// Bytes of one dictionary.
const DICTIONARY: usize = 64 << 10;

/// Filters undone around one stream.
const FILTERS: usize = 3;
const PICTURE_FILTERS: [&str; 6] = ["DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF"];

/// One object: its dictionary (names with their escapes undone) and its stream.
pub(super) struct Object<'a> {
    pub dictionary: Vec<u8>,
    pub stream: Option<&'a [u8]>,
}

/// The objects by number.
#[derive(Default)]
pub(super) struct Objects<'a> {
    pub objects: BTreeMap<usize, Object<'a>>,
    pub encrypted: bool,
    pub more: bool,
}

impl Object<'_> {
    /// Whether the dictionary has this name, as a whole.
    pub fn holds(&self, name: &[u8]) -> bool {
        memchr::memmem::find_iter(&self.dictionary, name).any(|at| {
            let next = self.dictionary.get(at + name.len());
            next.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        })
    }

    /// Whether its `/Type` is this.
    pub fn is(&self, kind: &str) -> bool {
        memchr::memmem::find_iter(&self.dictionary, b"/Type").any(|at| {
            let rest = self.dictionary.get(at + 5..).unwrap_or_default().trim_ascii_start();
            rest.strip_prefix(kind.as_bytes())
                .is_some_and(|rest| rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()))
        })
    }

    /// A number behind a name.
    pub fn number(&self, name: &[u8]) -> Option<usize> {
        let at = memchr::memmem::find_iter(&self.dictionary, name).find(|at| {
            self.dictionary.get(at + name.len()).is_some_and(|byte| !byte.is_ascii_alphabetic())
        })?;
        let rest = self.dictionary.get(at + name.len()..)?.trim_ascii_start();
        number(rest).map(|(value, _)| value)
    }
}

/// Finds the objects of a file.
pub(super) fn read(bytes: &[u8]) -> Objects<'_> {
    let mut file = Objects { encrypted: is_encrypted(bytes), ..Objects::default() };
    let mut at = 0;
    let marks: Vec<(usize, usize)> = memchr::memmem::find_iter(bytes, b"obj")
        .filter_map(|mark| Some((mark + 3, number_before(bytes, mark)?)))
        .take(OBJECTS + 1)
        .collect();
    file.more = marks.len() > OBJECTS;
    for (position, (start, number)) in marks.iter().take(OBJECTS).enumerate() {
        if *start < at {
            continue;
        }
        let end = marks.get(position + 1).map_or(bytes.len(), |(next, _)| *next);
        let body = bytes.get(*start..).unwrap_or_default();
        let (object, length) = object(body, end - start);
        // A mark inside a stream is content, not an object; a later object of the same number replaces the earlier.
        at = start + length;
        file.objects.insert(*number, object);
    }
    file
}

/// An object whose next mark is `room` bytes away: its parts, and how many bytes its stream surely covers.
fn object(body: &[u8], room: usize) -> (Object<'_>, usize) {
    let own = head(body, room);
    let stream_mark = find(head(own, DICTIONARY), b"stream");
    let dictionary =
        head(own, stream_mark.unwrap_or_else(|| find(own, b"endobj").unwrap_or(own.len())).min(DICTIONARY));
    let dictionary = undo_escapes(dictionary);
    let Some(mark) = stream_mark else { return (Object { dictionary, stream: None }, 0) };
    let mut start = mark + 6;
    start += usize::from(body.get(start) == Some(&b'\r'));
    start += usize::from(body.get(start) == Some(&b'\n'));
    let rest = body.get(start..).unwrap_or_default();
    let mut object = Object { dictionary, stream: None };
    let stated = object.number(b"/Length").filter(|length| {
        let after = rest.get(*length..).unwrap_or_default();
        head(after, 20).trim_ascii_start().starts_with(b"endstream")
    });
    let length = stated.or_else(|| find(rest, b"endstream")).unwrap_or(rest.len());
    object.stream = Some(head(rest, length));
    (object, start + length)
}

/// Whether the trailer names an encryption dictionary.
fn is_encrypted(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"/Encrypt").any(|at| {
        let rest = bytes.get(at + 8..).unwrap_or_default().trim_ascii_start();
        reference(rest).is_some() || rest.starts_with(b"<<")
    })
}

/// The object number in front of `obj`: `12 0 obj`.
fn number_before(bytes: &[u8], mark: usize) -> Option<usize> {
    let before = bytes.get(mark.saturating_sub(24)..mark)?;
    let text = before.trim_ascii_end();
    (text.len() < before.len()).then_some(())?;
    let digits = |text: &[u8]| text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let generation = digits(text);
    let text = text.get(..text.len() - generation).filter(|_| generation > 0)?;
    let trimmed = text.trim_ascii_end();
    let number = digits(trimmed);
    (trimmed.len() < text.len() && number > 0 && number < 10).then_some(())?;
    std::str::from_utf8(trimmed.get(trimmed.len() - number..)?).ok()?.parse().ok()
}

/// The object number of a reference: `12 0 R`.
pub(super) fn reference(source: &[u8]) -> Option<usize> {
    let (value, rest) = number(source)?;
    let (_, rest) = number(rest.trim_ascii_start())?;
    rest.trim_ascii_start().starts_with(b"R").then_some(value)
}

/// A number at the start, and what follows.
pub(super) fn number(source: &[u8]) -> Option<(usize, &[u8])> {
    let digits = source.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0 && digits < 10).then_some(())?;
    let value = std::str::from_utf8(source.get(..digits)?).ok()?.parse().ok()?;
    Some((value, source.get(digits..)?))
}

/// Names may be written with `#61` for `a`.
fn undo_escapes(source: &[u8]) -> Vec<u8> {
    if !has(source, b"#") {
        return source.to_vec();
    }
    let mut out = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(byte) = source.get(at) {
        let code = source
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'#')
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(u8::is_ascii_alphanumeric) {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// The objects inside an object stream (ISO 32000-1 §7.5.7).
pub(super) fn inner<'a>(object: &Object, source: &[u8], found: &mut BTreeMap<usize, Object<'a>>) {
    let (Some(count), Some(first)) = (object.number(b"/N"), object.number(b"/First")) else { return };
    let mut rest = head(source, first).trim_ascii_start();
    let mut places = Vec::new();
    for _ in 0..count.min(OBJECTS) {
        let Some((number, after)) = number(rest) else { break };
        let Some((offset, after)) = self::number(after.trim_ascii_start()) else { break };
        places.push((number, first.saturating_add(offset)));
        rest = after.trim_ascii_start();
    }
    // Places may overlap in a hostile file; together they may not take more than the stream has.
    let mut room = source.len();
    for (position, (number, start)) in places.iter().enumerate() {
        let end = places.get(position + 1).map_or(source.len(), |(_, next)| *next);
        let Some(body) = source.get(*start..end) else { continue };
        let body = head(body, DICTIONARY.min(room));
        room -= body.len();
        if found.len() < OBJECTS {
            found.insert(*number, Object { dictionary: undo_escapes(body), stream: None });
        }
    }
}

/// A stream without its filters, within the cap and the budget; `more` also where a filter could not be undone.
pub(super) fn decode(object: &Object, cap: usize, budget: &mut Budget) -> Inflated {
    let raw = object.stream.unwrap_or_default();
    let filters = filters(object);
    let mut current = Inflated { bytes: Vec::new(), more: false, used: 0 };
    if filters.len() > FILTERS {
        return Inflated { more: true, ..current };
    }
    let mut first = true;
    for filter in &filters {
        let input: &[u8] = if first { raw } else { &current.bytes };
        let next = match filter.as_str() {
            "FlateDecode" | "Fl" => inflate(input, Wrapping::Zlib, cap, budget),
            "ASCIIHexDecode" | "AHx" => {
                Inflated { bytes: hexadecimal(head(input, cap)), more: false, used: 0 }
            }
            "ASCII85Decode" | "A85" => Inflated { bytes: base85(head(input, cap)), more: false, used: 0 },
            // A picture has no words to miss.
            other => {
                return Inflated { bytes: Vec::new(), more: !PICTURE_FILTERS.contains(&other), used: 0 };
            }
        };
        // A bomb in an earlier filter stays one, whatever the later ones make of it.
        let more = current.more || next.more;
        let used = if first { next.used } else { current.used };
        current = Inflated { more, used, ..next };
        first = false;
    }
    if first {
        current.bytes = head(raw, cap).to_vec();
    }
    if object.number(b"/Predictor").is_some_and(|predictor| predictor >= 10) {
        let columns = object.number(b"/Columns").unwrap_or(1);
        let bits = object.number(b"/BitsPerComponent").unwrap_or(8).clamp(1, 16);
        let colours = object.number(b"/Colors").unwrap_or(1).clamp(1, 8);
        current.bytes = undo_prediction(&current.bytes, columns, colours, bits);
    }
    current
}

fn filters(object: &Object) -> Vec<String> {
    let Some(at) = find(&object.dictionary, b"/Filter") else { return Vec::new() };
    let rest = object.dictionary.get(at + 7..).unwrap_or_default().trim_ascii_start();
    let list = match rest.strip_prefix(b"[") {
        Some(list) => head(list, find(list, b"]").unwrap_or(0)),
        None => head(rest, 1 + rest.iter().skip(1).take_while(|byte| byte.is_ascii_alphanumeric()).count()),
    };
    String::from_utf8_lossy(list).split('/').skip(1).map(|name| name.trim().to_owned()).collect()
}

pub(super) fn hexadecimal(source: &[u8]) -> Vec<u8> {
    let digits =
        source.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks(2).map(|pair| pair.first().unwrap_or(&0) << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn base85(source: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    let flush = |group: &mut Vec<u32>, out: &mut Vec<u8>| {
        let kept = group.len().saturating_sub(1);
        group.resize(5, 84);
        let value = group.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit));
        out.extend(value.to_be_bytes().iter().take(kept));
        group.clear();
    };
    for byte in source {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    flush(&mut group, &mut out);
                }
            }
            _ => {}
        }
    }
    if group.len() > 1 {
        flush(&mut group, &mut out);
    }
    out
}

/// Undoes the PNG predictors (ISO 32000-1 §7.4.4.4).
fn undo_prediction(source: &[u8], columns: usize, colours: usize, bits: usize) -> Vec<u8> {
    let step = (colours * bits).div_ceil(8).max(1);
    let width = columns.saturating_mul(colours).saturating_mul(bits).div_ceil(8);
    if width == 0 || width > source.len() {
        return source.to_vec();
    }
    let mut out: Vec<u8> = Vec::with_capacity(source.len());
    let mut above = vec![0_u8; width];
    for row in source.chunks(width + 1) {
        let Some((kind, row)) = row.split_first() else { break };
        let mut line: Vec<u8> = Vec::with_capacity(width);
        for (x, value) in row.iter().enumerate() {
            let left = x.checked_sub(step).and_then(|at| line.get(at)).copied().unwrap_or(0);
            let up = above.get(x).copied().unwrap_or(0);
            let corner = x.checked_sub(step).and_then(|at| above.get(at)).copied().unwrap_or(0);
            let guess = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => nearest(left, up, corner),
                _ => 0,
            };
            line.push(value.wrapping_add(guess));
        }
        out.extend_from_slice(&line);
        line.resize(width, 0);
        above = line;
    }
    out
}

/// The Paeth predictor.
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let away = |value: u8| (guess - i16::from(value)).abs();
    if away(left) <= away(up) && away(left) <= away(corner) {
        left
    } else if away(up) <= away(corner) {
        up
    } else {
        corner
    }
}
