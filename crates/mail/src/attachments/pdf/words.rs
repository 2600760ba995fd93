//! The words a PDF page draws: strings of its content stream, through each font's table of characters.

use super::super::bytes::{find, head};
use super::objects::{self, Object, Objects};
use std::collections::{BTreeMap, HashMap};

/// Fonts and characters read of one file.
const FONTS: usize = 40;
const CHARACTERS: usize = 10_000;
/// Bytes of words taken from one stream.
const WORDS: usize = 128 << 10;

/// A font's table from codes to text (ISO 32000-1 §9.10.3).
#[derive(Default)]
pub(super) struct Table {
    wide: bool,
    texts: HashMap<u32, String>,
}

/// The tables of a file's fonts by the names its pages use for them.
pub(super) fn fonts(file: &Objects, mut stream: impl FnMut(&Object) -> Vec<u8>) -> BTreeMap<Vec<u8>, Table> {
    let mut named: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for object in file.objects.values() {
        for at in memchr::memmem::find_iter(&object.dictionary, b"/Font").take(20) {
            let rest = object.dictionary.get(at + 5..).unwrap_or_default().trim_ascii_start();
            let list = match objects::reference(rest).and_then(|number| file.objects.get(&number)) {
                Some(list) => list.dictionary.as_slice(),
                None if rest.starts_with(b"<<") => head(rest, find(rest, b">>").unwrap_or(0)),
                None => continue,
            };
            for piece in list.split(|byte| *byte == b'/').skip(1).take(FONTS) {
                let name = piece.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
                let (Some(name), Some(rest)) = (piece.get(..name), piece.get(name..)) else { continue };
                if let Some(number) = objects::reference(rest.trim_ascii_start())
                    && named.len() < FONTS
                {
                    named.insert(name.to_vec(), number);
                }
            }
        }
    }
    let mut tables = BTreeMap::new();
    for (name, number) in named {
        let Some(font) = file.objects.get(&number) else { continue };
        let Some(at) = find(&font.dictionary, b"/ToUnicode") else { continue };
        let rest = font.dictionary.get(at + 10..).unwrap_or_default().trim_ascii_start();
        let Some(object) = objects::reference(rest).and_then(|number| file.objects.get(&number)) else {
            continue;
        };
        tables.insert(name, table(&stream(object)));
    }
    tables
}

fn table(source: &[u8]) -> Table {
    let mut table = Table::default();
    let mut strings: Vec<&[u8]> = Vec::new();
    let mut rest = source;
    let mut part: &[u8] = b"";
    let mut in_list = false;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'<' | b'b' | b'e' | b'[' | b']')) {
        rest = rest.get(at..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix(b"<") {
            let end = after.iter().position(|byte| *byte == b'>').unwrap_or(after.len());
            strings.push(head(after, end));
            rest = after.get(end..).unwrap_or_default();
        } else if rest.starts_with(b"beginbfchar") || rest.starts_with(b"beginbfrange") {
            part = head(rest, 11);
            strings.clear();
            rest = rest.get(11..).unwrap_or_default();
        } else if rest.starts_with(b"endbf") {
            part = b"";
            rest = rest.get(5..).unwrap_or_default();
        } else if rest.starts_with(b"[") {
            in_list = true;
            rest = rest.get(1..).unwrap_or_default();
        } else if rest.starts_with(b"]") && part == b"beginbfrang" {
            in_list = false;
            // A range with a list: first, last, then one text each.
            if let [first, _, texts @ ..] = strings.as_slice() {
                let start = code(first);
                for (offset, text) in (0_u32..).zip(texts) {
                    table.put(start.saturating_add(offset), utf16(text), first.len());
                }
            }
            strings.clear();
            rest = rest.get(1..).unwrap_or_default();
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
        match (part, strings.as_slice()) {
            (b"beginbfchar", [from, text]) => {
                table.put(code(from), utf16(text), from.len());
                strings.clear();
            }
            (b"beginbfrang", [first, last, text]) if !in_list => {
                let (start, end) = (code(first), code(last));
                let text = utf16(text);
                for offset in 0..=end.saturating_sub(start).min(0xffff) {
                    if table.texts.len() >= CHARACTERS {
                        break;
                    }
                    table.put(start.saturating_add(offset), advance(&text, offset), first.len());
                }
                strings.clear();
            }
            _ => {}
        }
        if strings.len() > 70_000 {
            break;
        }
    }
    table
}

impl Table {
    fn put(&mut self, code: u32, text: String, digits: usize) {
        self.wide |= digits > 2;
        if self.texts.len() < CHARACTERS {
            self.texts.insert(code, text);
        }
    }

    fn read(&self, bytes: &[u8], out: &mut String) {
        let step = if self.wide { 2 } else { 1 };
        for part in bytes.chunks(step) {
            let code = part.iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            if let Some(text) = self.texts.get(&code) {
                out.push_str(text);
            }
        }
    }
}

/// The text moved on by `offset` in its last letter.
fn advance(text: &str, offset: u32) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if let Some(last) = letters.last_mut() {
        *last = char::from_u32(u32::from(*last).saturating_add(offset)).unwrap_or('\u{fffd}');
    }
    letters.into_iter().collect()
}

fn code(digits: &[u8]) -> u32 {
    objects::hexadecimal(head(digits, 8)).iter().fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf16(digits: &[u8]) -> String {
    let bytes = objects::hexadecimal(head(digits, 64));
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
    char::decode_utf16(units).filter_map(Result::ok).collect()
}

/// The text of a string object, `(…)` or `<…>`, at the start of `source`.
pub(super) fn string(source: &[u8]) -> Option<String> {
    let bytes = match source.first()? {
        b'(' => literal(source).0,
        b'<' if source.get(1) != Some(&b'<') => objects::hexadecimal(head(source.get(1..)?, 16 << 10)),
        _ => return None,
    };
    Some(plain(&bytes))
}

/// Bytes as text: UTF-16 by its mark, else one byte a letter.
fn plain(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(rest) => {
            let units = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units).filter_map(Result::ok).collect()
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// A literal string and how many bytes it took (ISO 32000-1 §7.3.4.2).
fn literal(source: &[u8]) -> (Vec<u8>, usize) {
    let mut out = Vec::new();
    let (mut depth, mut at) = (0_usize, 0_usize);
    while let Some(byte) = source.get(at) {
        at += 1;
        match byte {
            b'(' => {
                depth += 1;
                if depth > 1 {
                    out.push(b'(');
                }
            }
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
                out.push(b')');
            }
            b'\\' => {
                let Some(next) = source.get(at) else { break };
                at += 1;
                match next {
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    b't' => out.push(b'\t'),
                    b'\n' => {}
                    b'0'..=b'7' => {
                        let mut value = u32::from(next - b'0');
                        for _ in 0..2 {
                            match source.get(at) {
                                Some(digit @ b'0'..=b'7') => {
                                    value = value * 8 + u32::from(digit - b'0');
                                    at += 1;
                                }
                                _ => break,
                            }
                        }
                        out.push(u8::try_from(value & 0xff).unwrap_or(0));
                    }
                    other => out.push(*other),
                }
            }
            other => out.push(*other),
        }
        if out.len() > 64 << 10 {
            break;
        }
    }
    (out, at)
}

/// The words that a content stream draws.
pub(super) fn shown(source: &[u8], fonts: &BTreeMap<Vec<u8>, Table>) -> String {
    let mut out = String::new();
    let mut font: Option<&Table> = None;
    let mut name: &[u8] = b"";
    let mut numbers: Vec<f32> = Vec::new();
    let mut strings: Vec<Piece> = Vec::new();
    let mut line = f32::NAN;
    let mut at = 0;
    while let Some(byte) = source.get(at) {
        if out.len() > WORDS {
            break;
        }
        match byte {
            b'(' => {
                let (text, length) = literal(source.get(at..).unwrap_or_default());
                strings.push(Piece::Text(text));
                at += length.max(1);
            }
            b'<' if source.get(at + 1) != Some(&b'<') => {
                let rest = source.get(at + 1..).unwrap_or_default();
                // Without an end it is no string, and what was searched is passed over.
                let searched = head(rest, 64 << 10);
                let end = find(searched, b">");
                strings.push(Piece::Text(objects::hexadecimal(head(rest, end.unwrap_or(0)))));
                at += end.unwrap_or(searched.len()) + 2;
            }
            b'/' => {
                let length = token(source.get(at + 1..).unwrap_or_default());
                name = source.get(at + 1..at + 1 + length).unwrap_or_default();
                at += 1 + length;
            }
            b'0'..=b'9' | b'-' | b'+' | b'.' => {
                let length = token(source.get(at..).unwrap_or_default()).max(1);
                let text = source.get(at..at + length).and_then(|text| std::str::from_utf8(text).ok());
                let value = text.and_then(|text| text.parse::<f32>().ok()).unwrap_or(0.0);
                if !strings.is_empty() && value < -180.0 {
                    strings.push(Piece::Gap);
                }
                if numbers.len() > 8 {
                    numbers.remove(0);
                }
                numbers.push(value);
                at += length;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'\'' | b'"' | b'*' => {
                let length = token(source.get(at..).unwrap_or_default()).max(1);
                let operator = source.get(at..at + length).unwrap_or_default();
                at += length;
                match operator {
                    b"Tf" => font = fonts.get(name),
                    b"Td" | b"TD" => {
                        let moved = numbers.last().is_some_and(|y| y.abs() > 0.01);
                        pause(&mut out, if moved { '\n' } else { ' ' });
                    }
                    b"Tm" => {
                        let y = numbers.last().copied().unwrap_or(0.0);
                        pause(&mut out, if (y - line).abs() < 0.5 { ' ' } else { '\n' });
                        line = y;
                    }
                    b"T*" | b"ET" => pause(&mut out, '\n'),
                    b"Tj" | b"TJ" => draw(&strings, font, &mut out),
                    b"'" | b"\"" => {
                        pause(&mut out, '\n');
                        draw(&strings, font, &mut out);
                    }
                    _ => {}
                }
                strings.clear();
                numbers.clear();
            }
            _ => at += 1,
        }
    }
    out.trim().to_owned()
}

enum Piece {
    Text(Vec<u8>),
    Gap,
}

fn draw(pieces: &[Piece], font: Option<&Table>, out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Gap => pause(out, ' '),
            Piece::Text(bytes) => match font {
                Some(table) => table.read(bytes, out),
                None => out.extend(plain(bytes).chars().filter(|c| !c.is_control())),
            },
        }
    }
}

fn pause(out: &mut String, c: char) {
    if !out.is_empty() && !out.ends_with(['\n', ' ']) {
        out.push(c);
    }
}

/// Length of a token: up to white space or a delimiter.
fn token(source: &[u8]) -> usize {
    let ends = |byte: &u8| {
        byte.is_ascii_whitespace()
            || matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'/' | b'{' | b'}' | b'%')
    };
    source.iter().position(ends).unwrap_or(source.len())
}
