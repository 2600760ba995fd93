//! PDF files (ISO 32000): links, actions, packed files, words and QR codes. The objects are found by scanning, so
//! damaged files are read as far as they go; every stream is inflated within the budget, and a bomb is a finding.

mod objects;
mod words;

use super::bytes::{find, has, head};
use super::picture::{self, Grey};
use super::sniff::{self, Kind, Picture};
use super::{Budget, Look};
use objects::{Object, Objects};
use std::collections::BTreeMap;

/// Bytes one stream may inflate to.
const STREAM: usize = 4 << 20;
/// Bytes of one address.
const ADDRESS: usize = 8 << 10;
/// Pictures looked at in one file.
const PICTURES: usize = 12;
/// A page with fewer words than this that has a link is little else than that link.
const FEW_WORDS: usize = 90;

/// Looks into a PDF file.
pub(super) fn look(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    let mut file = objects::read(bytes);
    if file.more {
        seen.note("attachment-not-read", name, "too many objects");
    }
    if file.encrypted {
        seen.note("pdf-encrypted", name, "/Encrypt");
    }
    unpack_objects(&mut file, name, budget, seen);
    let mut pages = 0_usize;
    let mut contents = Vec::new();
    let mut pictures = Vec::new();
    for object in file.objects.values() {
        pages += usize::from(object.is("/Page"));
        actions(object, &file, name, budget, seen);
        if object.stream.is_some() {
            if object.holds(b"/Image") && object.holds(b"/Width") {
                pictures.push(object);
            } else if is_content(object) {
                contents.push(object);
            }
        }
    }
    let fonts = words::fonts(&file, |object| stream(object, STREAM, name, budget, seen));
    for object in contents {
        if seen.text.len() >= budget.text {
            seen.cut = true;
            break;
        }
        let source = stream(object, STREAM, name, budget, seen);
        if !has(&source, b"begincmap") {
            seen.say(&words::shown(&source, &fonts), budget);
        }
    }
    for link in crate::links::bare(&seen.text, &[]) {
        seen.link(&link.target, &link.shown, "pdf", budget);
    }
    for object in pictures.into_iter().take(PICTURES) {
        image(object, name, budget, seen);
    }
    let count = seen.text.split_whitespace().take(FEW_WORDS).count();
    let links =
        seen.links.iter().filter(|link| link.found_in == "pdf" && link.target.contains("://")).count();
    if pages == 1 && (1..=4).contains(&links) && count < FEW_WORDS {
        seen.note("pdf-mostly-link", name, &format!("{links} links and {count} words"));
    }
}

/// Adds the objects that stand inside object streams.
fn unpack_objects(file: &mut Objects, name: &str, budget: &mut Budget, seen: &mut Look) {
    let mut inner = BTreeMap::new();
    for object in file.objects.values().filter(|object| object.is("/ObjStm")) {
        let source = stream(object, STREAM, name, budget, seen);
        objects::inner(object, &source, &mut inner);
    }
    for (number, object) in inner {
        file.objects.entry(number).or_insert(object);
    }
}

/// Whether a stream may hold page content or a font's table of characters.
fn is_content(object: &Object) -> bool {
    let other = [
        &b"/XRef"[..],
        b"/ObjStm",
        b"/Metadata",
        b"/Image",
        b"/EmbeddedFile",
        b"/FontFile",
        b"/Length1",
        b"/Type1C",
        b"/CIDFontType0C",
        b"/OpenType",
        b"/N 3",
        b"/FunctionType",
    ];
    !other.iter().any(|mark| object.holds(mark))
}

/// What an object would do, and where it leads.
fn actions(object: &Object, file: &Objects, name: &str, budget: &mut Budget, seen: &mut Look) {
    let source = object.dictionary.as_slice();
    for at in memchr::memmem::find_iter(source, b"/URI").take(500) {
        if !budget.item() {
            seen.note("attachment-not-read", name, "too many links");
            break;
        }
        let rest = head(source.get(at + 4..).unwrap_or_default(), ADDRESS);
        if let Some(target) = words::string(rest.trim_ascii_start()) {
            seen.link(&target, "", "pdf", budget);
        }
    }
    if object.holds(b"/JavaScript") || object.holds(b"/JS") {
        seen.note("pdf-script", name, "/JavaScript");
    }
    if object.holds(b"/Launch") {
        seen.note("pdf-launch", name, "/Launch");
    }
    if object.holds(b"/EmbeddedFile") {
        seen.note("pdf-embedded-file", name, "/EmbeddedFile");
    }
    if let Some(at) = find(source, b"/SubmitForm") {
        let target = seen.links.last().map_or("an address", |link| link.target.as_str()).to_owned();
        let near = source.get(at..).and_then(|rest| find(rest, b"/F").and_then(|f| rest.get(f + 2..)));
        let near = near.and_then(|rest| words::string(rest.trim_ascii_start()));
        seen.note("pdf-form-submits", name, near.as_deref().unwrap_or(&target));
        if let Some(target) = near {
            seen.link(&target, "", "pdf", budget);
        }
    }
    if let Some(at) = find(source, b"/OpenAction") {
        let rest = source.get(at + 11..).unwrap_or_default().trim_ascii_start();
        let action = objects::reference(rest)
            .and_then(|number| file.objects.get(&number))
            .map(|object| object.dictionary.as_slice());
        let action = action.unwrap_or(if rest.starts_with(b"<<") { head(rest, 2_000) } else { &[] });
        if let Some(target) = find(action, b"/URI").and_then(|at| {
            let rest = action.get(at..)?;
            rest.iter()
                .position(|byte| matches!(byte, b'(' | b'<'))
                .and_then(|at| words::string(rest.get(at..)?))
        }) {
            seen.note("pdf-opens-link", name, &target);
        }
    }
}

/// The bytes of a stream without its filters; nothing for those we do not read.
fn stream(object: &Object, cap: usize, name: &str, budget: &mut Budget, seen: &mut Look) -> Vec<u8> {
    if !budget.item() {
        seen.note("attachment-not-read", name, "too many streams");
        return Vec::new();
    }
    let decoded = objects::decode(object, cap, budget);
    if decoded.is_bomb() {
        let grown = format!("{} bytes become more than {} KiB", decoded.used, decoded.bytes.len() >> 10);
        seen.note("pdf-bomb", name, &grown);
    } else if decoded.more {
        seen.note("attachment-not-read", name, "a stream that is long or packed in a way we do not undo");
    }
    decoded.bytes
}

/// A picture drawn on a page, which may be a QR code.
fn image(object: &Object, name: &str, budget: &mut Budget, seen: &mut Look) {
    let raw = object.stream.unwrap_or_default();
    if let Kind::Image(Picture::Jpeg) = sniff::kind(raw) {
        picture::look(raw, Picture::Jpeg, name, budget, seen);
        return;
    }
    let (Some(width), Some(height)) = (object.number(b"/Width"), object.number(b"/Height")) else { return };
    let sides = (40..=3_000).contains(&width) && (40..=3_000).contains(&height);
    let area = width.saturating_mul(height);
    if !sides
        || width > height * 4
        || height > width * 4
        || area > budget.pixels
        || !object.holds(b"/FlateDecode")
    {
        return;
    }
    budget.pixels -= area;
    let bits = object.number(b"/BitsPerComponent").unwrap_or(if object.holds(b"/ImageMask") { 1 } else { 8 });
    // Four bytes a pixel and one a row for the predictor are all that a picture of this size can need.
    let pixels = stream(object, area * 4 + height, name, budget, seen);
    let row = pixels.len() / height;
    let colours = if bits == 8 { row / width } else { 1 };
    let grey = |x: usize, y: usize| -> u8 {
        let line = pixels.get(y * row..(y + 1) * row).unwrap_or_default();
        match bits {
            1 => line.get(x / 8).map_or(255, |byte| if byte >> (7 - x % 8) & 1 == 1 { 255 } else { 0 }),
            _ => {
                let values = line.get(x * colours..(x + 1) * colours).unwrap_or_default();
                let sum: usize = values.iter().map(|value| usize::from(*value)).sum();
                u8::try_from(sum / colours.max(1)).unwrap_or(255)
            }
        }
    };
    if !matches!((bits, colours), (1, _) | (8, 1..=4)) {
        return;
    }
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| grey(x, y)).collect();
    picture::search(&Grey { width, height, pixels }, name, budget, seen);
}
