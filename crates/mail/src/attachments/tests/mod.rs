//! Samples of every kind, built here byte by byte or by other implementations of the formats; and hostile ones.

mod archives;
mod documents;
mod pdf;
mod pictures;

use super::*;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

/// What `look` says about a file: the codes of its evidence and the targets of its links.
fn codes(bytes: &[u8], name: &str) -> Vec<String> {
    look(bytes, name, "", &mut Budget::for_one_message())
        .evidence
        .iter()
        .map(|one| one.finding.rule.to_string())
        .collect()
}

fn check(bytes: &[u8], name: &str, expected: &[&str]) -> Look {
    let seen = look(bytes, name, "", &mut Budget::for_one_message());
    let found: Vec<&str> = seen.evidence.iter().map(|one| one.finding.rule.as_ref()).collect();
    assert_eq!(found, expected, "{name}: {:?}", seen.evidence);
    seen
}

fn targets(seen: &Look) -> Vec<&str> {
    seen.links.iter().map(|link| link.target.as_str()).collect()
}

/// A ZIP file made by the `zip` crate.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// A QR code as grey pixels: `scale` pixels a module, on a page of light grey with `margin` pixels around.
fn qr(text: &str, scale: usize, margin: usize, dark: u8, light: u8) -> image::GrayImage {
    let code = qrcode::QrCode::new(text).unwrap();
    let modules = code.to_colors();
    let width = code.width();
    let side = u32::try_from(width * scale + 2 * margin).unwrap();
    image::GrayImage::from_fn(side, side, |x, y| {
        let module =
            |at: u32| (at as usize).checked_sub(margin).map(|at| at / scale).filter(|at| *at < width);
        let is_dark = match (module(x), module(y)) {
            (Some(x), Some(y)) => modules[y * width + x] == qrcode::Color::Dark,
            _ => false,
        };
        image::Luma([if is_dark { dark } else { light }])
    })
}

fn file(picture: &image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn png(picture: image::GrayImage) -> Vec<u8> {
    file(&image::DynamicImage::ImageLuma8(picture), image::ImageFormat::Png)
}

const TARGET: &str = "https://evil.example/login?u=42";

/// A PDF of numbered objects; `bodies` are written as they are.
fn pdf_of(bodies: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    for (number, body) in bodies.iter().enumerate() {
        out.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    out
}

fn stream_of(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let packed = zlib(bytes);
    let mut out =
        format!("<< {dictionary} /Filter /FlateDecode /Length {} >>\nstream\n", packed.len()).into_bytes();
    out.extend(&packed);
    out.extend(b"\nendstream");
    out
}

#[test]
fn every_rule_is_told_apart_and_speaks_plainly() {
    let mut known = std::collections::BTreeSet::new();
    for rule in &RULES {
        assert!(known.insert(rule.code), "{} twice", rule.code);
        assert!(rule.plain.ends_with('.') && rule.plain.contains("{name}"), "{}", rule.code);
        assert!((-50..=50).contains(&rule.weight), "{}", rule.code);
        let words = rule.plain.to_lowercase();
        for jargon in ["exploit", "payload", "malware", "obfuscat", "vba", "uri", "decompress", "mime", "cve"]
        {
            assert!(!words.contains(jargon), "{}: {jargon}", rule.code);
        }
    }
    // Every code that the folder's sources speak of has a row.
    let sources = [
        include_str!("../mod.rs"),
        include_str!("../names.rs"),
        include_str!("../office.rs"),
        include_str!("../page.rs"),
        include_str!("../calendar.rs"),
        include_str!("../picture.rs"),
        include_str!("../pdf/mod.rs"),
        include_str!("../archive/mod.rs"),
        include_str!("../archive/zip.rs"),
        include_str!("../archive/packed.rs"),
        include_str!("../archive/sealed.rs"),
    ];
    let starts =
        ["attachment-", "archive-", "html-", "svg-", "pdf-", "qr-", "link-in-", "image-", "calendar-"];
    for word in sources.iter().flat_map(|source| source.split('"')) {
        let code = word.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '4');
        if code && starts.iter().any(|start| word.starts_with(start)) {
            assert!(known.contains(word), "{word} has no row");
        }
    }
}

#[test]
fn the_budget_is_one_for_the_whole_message() {
    let mut budget = Budget { items: 3, ..Budget::for_one_message() };
    let seen: Vec<bool> = (0..5)
        .map(|_| {
            look(b"x", "a.txt", "", &mut budget)
                .evidence
                .iter()
                .any(|one| one.finding.rule == "attachment-not-read")
        })
        .collect();
    assert_eq!(seen, [false, false, false, true, true]);
}

/// Starts of files that a random rest is put behind.
const STARTS: [&[u8]; 16] = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-1.4\n1 0 obj<</Type/ObjStm/N 9/First 9/Filter/FlateDecode>>stream\n",
    b"%PDF-1.4\n1 0 obj<</Length 9>>stream\nBT (",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x1f\x8b\x08\0",
    b"Rar!\x1a\x07\x01\0",
    b"Rar!\x1a\x07\0",
    b"7z\xbc\xaf\x27\x1c",
    b"MSCF\0\0\0\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff\xe0",
    b"{\\rtf1 ",
    b"<html><script>",
    b"BEGIN:VCALENDAR\n",
];

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(start in 0..STARTS.len(), rest in proptest::collection::vec(proptest::num::u8::ANY, 0..3000), name in "\\PC{0,20}") {
        let bytes = [STARTS[start], &rest].concat();
        let mut budget = Budget::for_one_message();
        let seen = look(&bytes, &name, "text/calendar", &mut budget);
        proptest::prop_assert!(seen.text.len() <= budget.text && seen.links.len() <= budget.links);
    }

    #[test]
    fn a_file_with_a_few_changed_bytes_is_read_without_panic(at in proptest::collection::vec((0..4000_usize, proptest::num::u8::ANY), 1..20), which in 0..3_usize) {
        let mut bytes = match which {
            0 => zip_of(&[("a.html", b"<html><p>x</p>"), ("b/c.txt", &[b'x'; 500])]),
            1 => pdf_of(&[b"<< /Type /Page /Annots [<< /URI (https://a.example) >>] >>".to_vec(), stream_of("", b"BT (hello) Tj ET")]),
            _ => png(qr("https://a.example", 3, 12, 0, 255)),
        };
        let length = bytes.len();
        for (place, value) in at {
            bytes[place % length] = value;
        }
        look(&bytes, "a", "", &mut Budget::for_one_message());
    }
}
