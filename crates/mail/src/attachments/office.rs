//! Office documents: macros, remote templates, objects packed inside, links. Nothing is run or fetched.

use super::archive::zip::{self, Directory};
use super::bytes::{has, head, le16, le64_place, text};
use super::ole::Compound;
use super::sniff::{self, Kind, Picture};
use super::{Budget, Look, page, picture, rtf};

/// Bytes read of one part.
const PART: usize = 2 << 20;
/// Entry points that run by themselves, lower case.
static AUTORUN: [&[u8]; 10] = [
    b"autoopen",
    b"auto_open",
    b"autoexec",
    b"document_open",
    b"workbook_open",
    b"workbook_activate",
    b"autoclose",
    b"document_close",
    b"auto_close",
    b"presentation_open",
];

/// An Office document in the ZIP format (ECMA-376) or OpenDocument.
pub(super) fn open_xml(
    bytes: &[u8],
    directory: &Directory,
    name: &str,
    budget: &mut Budget,
    seen: &mut Look,
) {
    let mut pictures = 0;
    for entry in &directory.entries {
        let path = entry.name.to_ascii_lowercase();
        let file = path.rsplit('/').next().unwrap_or_default();
        let wanted = file == "vbaproject.bin"
            || file.ends_with(".rels")
            || path == "word/document.xml"
            || path == "xl/sharedstrings.xml"
            || path == "content.xml"
            || path.starts_with("ppt/slides/slide")
            || (path.contains("/media/") || path.starts_with("pictures/")) && pictures < 8;
        if path.contains("macrosheets/") {
            seen.note("attachment-excel4-macro", name, &entry.name);
        }
        if path.contains("/embeddings/") || path.contains("oleobject") {
            seen.note("attachment-embedded-object", name, &entry.name);
        }
        if path.starts_with("basic/") && file == "script-lb.xml" {
            seen.note("attachment-macro", name, &entry.name);
        }
        if !wanted || entry.encrypted {
            continue;
        }
        if !budget.item() {
            seen.note("attachment-not-read", name, "too many parts");
            return;
        }
        let Some(part) = zip::unpack(bytes, entry, PART, budget) else { continue };
        if part.more {
            seen.note("attachment-not-read", name, &entry.name);
        }
        if file == "vbaproject.bin" {
            macros(&part.bytes, name, seen);
        } else if file.ends_with(".rels") {
            relationships(&text(&part.bytes, PART), name, budget, seen);
        } else if file.ends_with(".xml") {
            let xml = text(&part.bytes, PART);
            fields(&xml, name, seen);
            seen.say(&page::words(&xml), budget);
        } else if let Kind::Image(kind) = sniff::kind(&part.bytes) {
            pictures += 1;
            picture::look(&part.bytes, kind, &format!("{name}/{}", entry.name), budget, seen);
        }
    }
}

/// The targets that a part points at, and which of them are fetched on opening.
fn relationships(xml: &str, name: &str, budget: &Budget, seen: &mut Look) {
    for tag in xml.split('<').filter(|tag| tag.starts_with("Relationship ")).take(500) {
        let attribute = |key: &str| page::attribute(tag, key).unwrap_or_default();
        let target = attribute("Target");
        if !attribute("TargetMode").eq_ignore_ascii_case("external") {
            continue;
        }
        let kind = attribute("Type");
        if kind.ends_with("/hyperlink") {
            seen.link(&target, "", "attachment", budget);
        } else if ["/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/externalLinkPath"]
            .iter()
            .any(|end| kind.ends_with(end))
            && (target.contains("://") || target.starts_with("\\\\") || target.starts_with("mhtml:"))
        {
            seen.note("attachment-remote-template", name, &target);
            seen.link(&target, "", "attachment", budget);
        }
    }
}

/// Commands hidden in document fields.
fn fields(xml: &str, name: &str, seen: &mut Look) {
    if xml.contains("DDEAUTO") || xml.contains("ddeauto") {
        seen.note("attachment-field-command", name, "DDEAUTO");
    }
}

/// A VBA project, by its own compound file or by the streams of an old document.
fn macros(project: &[u8], name: &str, seen: &mut Look) {
    let mut autorun = None;
    if let Some(file) = Compound::open(project) {
        for item in file.items.iter().filter(|item| item.is_stream).take(200) {
            autorun = autorun.or_else(|| entry_point(&file.read(item, 256 << 10)));
        }
    }
    autorun = autorun.or_else(|| entry_point(head(project, PART)));
    match autorun {
        Some(entry) => seen.note("attachment-macro-autorun", name, entry),
        None => seen.note("attachment-macro", name, "vbaProject.bin"),
    }
}

/// The automatic entry point a module names. Modules are compressed, but names seldom stand where that hides them.
fn entry_point(module: &[u8]) -> Option<&'static str> {
    let lower = module.to_ascii_lowercase();
    AUTORUN.iter().find(|word| has(&lower, word)).and_then(|word| std::str::from_utf8(word).ok())
}

/// A document in the old format, an Outlook item or an installer; gives the more precise type.
pub(super) fn compound(
    bytes: &[u8],
    name: &str,
    budget: &mut Budget,
    seen: &mut Look,
) -> Option<&'static str> {
    let file = Compound::open(bytes)?;
    let holds = |path: &str| file.find(path).is_some();
    if holds("__properties_version1.0") {
        seen.note("attachment-outlook-item", name, "");
        return Some("application/vnd.ms-outlook");
    }
    // The class of Windows Installer packages, {000C1084-…}.
    if file.class.starts_with(&[0x84, 0x10, 0x0c, 0x00]) {
        seen.note("attachment-program", name, "Windows Installer");
        return Some("application/x-msi");
    }
    if holds("EncryptedPackage") {
        seen.note("attachment-encrypted", name, "Office");
        return Some("application/x-ole-encrypted-office");
    }
    let mut autorun = None;
    let mut project = false;
    for item in file.items.iter().take(2_000) {
        if !budget.item() {
            seen.note("attachment-not-read", name, "too many parts");
            break;
        }
        let part = item.name();
        if part.eq_ignore_ascii_case("_VBA_PROJECT") || part.eq_ignore_ascii_case("VBA") {
            project = true;
        }
        if part == "\u{1}Ole10Native" || part == "Package" {
            seen.note("attachment-embedded-object", name, &item.path);
        }
        if part.eq_ignore_ascii_case("Equation Native") {
            seen.note("attachment-equation-object", name, "");
        }
        if item.path.contains("VBA/") && item.is_stream && autorun.is_none() {
            autorun = entry_point(&file.read(item, 256 << 10));
        }
    }
    match (project, autorun) {
        (true, Some(entry)) => seen.note("attachment-macro-autorun", name, entry),
        (true, None) => seen.note("attachment-macro", name, "VBA"),
        (false, _) => {}
    }
    if let Some(item) = file.find("Workbook").or_else(|| file.find("Book")) {
        workbook(&file.read(item, PART), name, seen);
        return Some("application/vnd.ms-excel");
    }
    if let Some(item) = file.find("WordDocument") {
        let document = file.read(item, PART);
        // Flags of the document's header (MS-DOC, fEncrypted).
        if le16(&document, 10).is_some_and(|flags| flags & 0x100 != 0) {
            seen.note("attachment-encrypted", name, "Word");
        }
        links_in_bytes(&document, budget, seen);
        return Some("application/msword");
    }
    holds("PowerPoint Document").then_some("application/vnd.ms-powerpoint")
}

/// The records at the start of a workbook: encryption and macro sheets (MS-XLS).
fn workbook(stream: &[u8], name: &str, seen: &mut Look) {
    let mut at = 0_usize;
    for _ in 0..2_000 {
        let (Some(kind), Some(length)) = (le16(stream, at), le16(stream, at + 2)) else { break };
        match kind {
            0x2f => seen.note("attachment-encrypted", name, "Excel"),
            0x85 if stream.get(at + 9) == Some(&1) => {
                seen.note("attachment-excel4-macro", name, "BOUNDSHEET")
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
}

/// Web addresses standing in bytes, as single or double bytes a letter.
fn links_in_bytes(bytes: &[u8], budget: &Budget, seen: &mut Look) {
    for start in memchr::memmem::find_iter(bytes, b"HYPERLINK").take(100) {
        let rest = head(bytes.get(start..).unwrap_or_default(), 600);
        let field = text(rest, 600);
        if let Some(target) = field.split('"').nth(1).filter(|target| target.contains("://")) {
            seen.link(target, "", "attachment", budget);
        }
    }
}

/// Rich text: objects, remote templates, links.
pub(super) fn rich_text(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    let source = text(bytes, PART);
    if bytes.len() > PART {
        seen.note("attachment-not-read", name, "a long text was read in part");
    }
    let lower = source.to_ascii_lowercase();
    if lower.contains("\\objdata") {
        let packed: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
        // "Equation.3" in hexadecimal digits.
        if packed.contains("4571756174696f6e2e33") || lower.contains("equation.3") {
            seen.note("attachment-equation-object", name, "");
        } else {
            seen.note("attachment-embedded-object", name, "RTF object");
        }
    }
    if let Some(at) = lower.find("{\\*\\template") {
        let target = source.get(at + 12..).and_then(|rest| rest.split('}').next()).unwrap_or_default().trim();
        if target.contains("://") || target.starts_with("\\\\") {
            seen.note("attachment-remote-template", name, target);
            seen.link(target, "", "attachment", budget);
        }
    }
    for piece in source.split("HYPERLINK").skip(1).take(200) {
        if let Some(target) = piece.split('"').nth(1) {
            seen.link(target, "", "attachment", budget);
        }
    }
    // One byte more than is kept, so that the cut is noticed.
    seen.say(&rtf::words(&source, budget.text + 1), budget);
}

/// A OneNote section: the files packed inside it (MS-ONESTORE, file data store objects).
pub(super) fn one_note(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    const STORE: [u8; 16] =
        [0xe7, 0x16, 0xe3, 0xbd, 0x65, 0x26, 0x11, 0x45, 0xa4, 0xc4, 0x8d, 0x4d, 0x0b, 0x7a, 0x9e, 0xac];
    let mut packed = 0_usize;
    for start in memchr::memmem::find_iter(bytes, &STORE).take(50) {
        let Some(length) = le64_place(bytes, start + 16) else { continue };
        let content = bytes.get(start + 36..).map(|rest| head(rest, length)).unwrap_or_default();
        match sniff::kind(content) {
            Kind::Image(Picture::Png | Picture::Jpeg | Picture::Gif | Picture::Webp | Picture::Bmp) => {
                if let Kind::Image(kind) = sniff::kind(content) {
                    picture::look(content, kind, name, budget, seen);
                }
            }
            Kind::Program(what) => seen.note("attachment-program", name, what),
            Kind::Html | Kind::Text => {
                packed += 1;
                seen.note("attachment-script", name, "packed in a notebook");
            }
            _ => packed += 1,
        }
    }
    seen.note("attachment-onenote", name, &format!("{packed} packed files"));
}
