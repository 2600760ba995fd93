//! ZIP files by their central directory (PKWARE APPNOTE 6.3), read in place with a bound on entries.

use super::super::bytes::{Wrapping, find, has, head, inflate, le16, place};
use super::super::sniff;
use super::super::{Budget, Look, office};
use super::{FIRST, MEMBER, list, member, worth_reading};

/// Entries read of one file.
const ENTRIES: usize = 2_000;
/// A file that claims to grow by more than this factor, and to more than [`BOMB_SIZE`], is not unpacked.
const BOMB_RATIO: u64 = 100;
const BOMB_SIZE: u64 = 100 << 20;
const MEMBER_READ: u64 = MEMBER as u64;

/// One entry of the central directory.
pub(in super::super) struct Entry {
    pub name: String,
    pub encrypted: bool,
    method: u16,
    compressed: u64,
    size: u64,
    header: usize,
}

/// What the directory says.
#[derive(Default)]
pub(in super::super) struct Directory {
    pub entries: Vec<Entry>,
    /// Whether there were more entries than are read.
    pub more: bool,
}

impl Directory {
    /// The entry of this name.
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    pub fn holds(&self, start: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.starts_with(start))
    }
}

/// Looks into a ZIP file; gives a more precise type where the entries tell one.
pub(in super::super) fn zip(
    bytes: &[u8],
    name: &str,
    budget: &mut Budget,
    depth: usize,
    seen: &mut Look,
) -> Option<&'static str> {
    let directory = read(bytes);
    if directory.entries.is_empty() {
        seen.note("archive-unlisted", name, "no readable entry");
        return None;
    }
    if directory.more {
        seen.note("attachment-not-read", name, "too many entries");
    }
    let kind = office_kind(&directory, bytes, budget);
    for entry in directory.entries.iter().filter(|_| kind.is_none_or(|kind| kind == JAR || kind == APK)) {
        list(&entry.name, name, seen);
    }
    if directory.entries.iter().any(|entry| entry.encrypted) {
        seen.note("archive-encrypted", name, "ZIP");
    }
    if let Some(detail) = bomb(&directory, bytes.len()) {
        seen.note("archive-bomb", name, &detail);
        return kind;
    }
    match kind {
        Some(JAR | APK) => {
            seen.note("attachment-program", name, kind.unwrap_or_default());
            return kind;
        }
        Some(_) => {
            office::open_xml(bytes, &directory, name, budget, seen);
            return kind;
        }
        None => {}
    }
    for entry in &directory.entries {
        if entry.encrypted || entry.name.ends_with('/') || entry.size == 0 {
            continue;
        }
        if !budget.item() {
            seen.note("attachment-not-read", name, "too many files");
            break;
        }
        let Some(first) = unpack(bytes, entry, FIRST, budget) else { continue };
        let kind = sniff::kind(&first.bytes);
        if !worth_reading(kind) || !first.more {
            member(&first.bytes, &entry.name, name, budget, depth, seen);
            continue;
        }
        let Some(whole) = unpack(bytes, entry, MEMBER, budget) else { continue };
        let read = u64::try_from(whole.bytes.len()).unwrap_or(u64::MAX);
        if whole.more && entry.size <= read && read >= MEMBER_READ || whole.is_bomb() {
            seen.note("archive-bomb", name, "an entry is larger than it says");
            break;
        }
        if whole.more {
            seen.note("attachment-not-read", name, "a large entry was read in part");
        }
        member(&whole.bytes, &entry.name, name, budget, depth, seen);
    }
    None
}

const JAR: &str = "application/java-archive";
const APK: &str = "application/vnd.android.package-archive";

/// The type that the entries give the file.
fn office_kind(directory: &Directory, bytes: &[u8], budget: &mut Budget) -> Option<&'static str> {
    if directory.named("[Content_Types].xml").is_some() {
        let kinds = [
            ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ];
        return kinds.iter().find(|(folder, _)| directory.holds(folder)).map(|(_, kind)| *kind);
    }
    if let Some(entry) = directory.named("mimetype") {
        let kind = unpack(bytes, entry, 100, budget)?.bytes;
        let kinds = [
            (&b"opendocument.text"[..], "application/vnd.oasis.opendocument.text"),
            (b"opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
            (b"opendocument.presentation", "application/vnd.oasis.opendocument.presentation"),
        ];
        return kinds.iter().find(|(mark, _)| has(&kind, mark)).map(|(_, kind)| *kind);
    }
    if directory.named("AndroidManifest.xml").is_some() && directory.named("classes.dex").is_some() {
        return Some(APK);
    }
    let classes = directory.entries.iter().any(|entry| entry.name.ends_with(".class"));
    (classes && directory.named("META-INF/MANIFEST.MF").is_some()).then_some(JAR)
}

/// Whether the directory claims more than an honest file would.
fn bomb(directory: &Directory, length: usize) -> Option<String> {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    let size = directory.entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    let compressed = directory.entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.compressed));
    if size > BOMB_SIZE && size / BOMB_RATIO > length {
        return Some(format!("{} bytes would become {} MiB", length, size >> 20));
    }
    (compressed > length.saturating_mul(2)).then(|| "entries overlap".to_owned())
}

/// The directory of a ZIP file. Where it is missing, the entries are read one after another.
pub(in super::super) fn read(bytes: &[u8]) -> Directory {
    let tail = bytes.len().saturating_sub(66_000);
    let end =
        bytes.get(tail..).and_then(|rest| memchr::memmem::rfind(rest, b"PK\x05\x06")).map(|at| at + tail);
    let mut directory = Directory::default();
    if let Some(start) = end.and_then(|end| central_start(bytes, end)) {
        let mut at = start;
        while let Some((entry, next)) = central(bytes, at) {
            if directory.entries.len() >= ENTRIES {
                directory.more = true;
                break;
            }
            directory.entries.push(entry);
            at = next;
        }
    }
    if directory.entries.is_empty() {
        let mut at = 0;
        while let Some((entry, next)) = local(bytes, at) {
            if directory.entries.len() >= ENTRIES {
                directory.more = true;
                break;
            }
            directory.entries.push(entry);
            at = next;
        }
    }
    directory
}

/// Where the central directory begins; data put in front of the file moves it.
fn central_start(bytes: &[u8], end: usize) -> Option<usize> {
    let (size, offset) = (place(bytes, end + 12)?, place(bytes, end + 16)?);
    let signed = |at: &usize| bytes.get(*at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02"));
    Some(offset)
        .filter(signed)
        .or_else(|| end.checked_sub(size).filter(signed))
        .or_else(|| find(bytes, b"PK\x01\x02"))
}

fn central(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    bytes.get(at..)?.starts_with(b"PK\x01\x02").then_some(())?;
    let flags = le16(bytes, at + 8)?;
    let method = le16(bytes, at + 10)?;
    let (name_length, extra_length, comment) = (
        usize::from(le16(bytes, at + 28)?),
        usize::from(le16(bytes, at + 30)?),
        usize::from(le16(bytes, at + 32)?),
    );
    let name = bytes.get(at + 46..at + 46 + name_length)?;
    let extra = bytes.get(at + 46 + name_length..at + 46 + name_length + extra_length)?;
    let mut compressed = u64::try_from(place(bytes, at + 20)?).ok()?;
    let mut size = u64::try_from(place(bytes, at + 24)?).ok()?;
    let mut header = place(bytes, at + 42)?;
    if let Some(wide) = zip64(extra) {
        let mut values = wide.as_chunks::<8>().0.iter().map(|value| u64::from_le_bytes(*value));
        if size == u64::from(u32::MAX) {
            size = values.next()?;
        }
        if compressed == u64::from(u32::MAX) {
            compressed = values.next()?;
        }
        if header == u32::MAX as usize {
            header = usize::try_from(values.next()?).ok()?;
        }
    }
    let entry = Entry { name: title(name), encrypted: flags & 1 != 0, method, compressed, size, header };
    Some((entry, at + 46 + name_length + extra_length + comment))
}

/// An entry by its local header, for files cut short.
fn local(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    bytes.get(at..)?.starts_with(b"PK\x03\x04").then_some(())?;
    let flags = le16(bytes, at + 6)?;
    let compressed = place(bytes, at + 18)?;
    let size = u64::try_from(place(bytes, at + 22)?).ok()?;
    let name_length = usize::from(le16(bytes, at + 26)?);
    let extra = usize::from(le16(bytes, at + 28)?);
    let name = bytes.get(at + 30..at + 30 + name_length)?;
    let entry = Entry {
        name: title(name),
        encrypted: flags & 1 != 0,
        method: le16(bytes, at + 8)?,
        compressed: u64::try_from(compressed).ok()?,
        size,
        header: at,
    };
    let mut next = (at + 30 + name_length + extra).checked_add(compressed)?;
    if flags & 8 != 0 && compressed == 0 {
        next = at + 30 + find(bytes.get(at + 30..)?, b"PK\x03\x04")?;
    }
    Some((entry, next))
}

/// The zip64 field among the extra fields.
fn zip64(extra: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    for _ in 0..64 {
        let (id, length) = (le16(extra, at)?, usize::from(le16(extra, at + 2)?));
        if id == 1 {
            return extra.get(at + 4..at + 4 + length);
        }
        at += 4 + length;
    }
    None
}

fn title(name: &[u8]) -> String {
    String::from_utf8_lossy(head(name, 400)).into_owned()
}

/// The content of an entry, at most `cap` bytes. Nothing for methods other than stored and deflate.
pub(in super::super) fn unpack(
    bytes: &[u8],
    entry: &Entry,
    cap: usize,
    budget: &mut Budget,
) -> Option<super::super::bytes::Inflated> {
    bytes.get(entry.header..)?.starts_with(b"PK\x03\x04").then_some(())?;
    let name = usize::from(le16(bytes, entry.header + 26)?);
    let extra = usize::from(le16(bytes, entry.header + 28)?);
    let data = bytes.get(entry.header + 30 + name + extra..)?;
    let length = usize::try_from(entry.compressed).ok()?;
    let data = if length == 0 { data } else { head(data, length) };
    match entry.method {
        0 => {
            let kept = head(data, cap.min(budget.bytes));
            budget.bytes = budget.bytes.saturating_sub(kept.len());
            Some(super::super::bytes::Inflated {
                bytes: kept.to_vec(),
                more: kept.len() < data.len(),
                used: kept.len(),
            })
        }
        8 => Some(inflate(data, Wrapping::Raw, cap, budget)),
        _ => None,
    }
}
