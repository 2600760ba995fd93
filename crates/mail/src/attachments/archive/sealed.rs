//! Archives that are listed or judged by their headers only: 7z, RAR, Cabinet, ISO 9660.

use super::super::bytes::{find, has, head, le16, le32, place, text};
use super::super::{Budget, Look};
use super::list;

/// A 7z file: its directory is usually compressed, so only its encryption is read.
pub(in super::super) fn seven_zip(bytes: &[u8], name: &str, seen: &mut Look) {
    let start = place(bytes, 12).and_then(|offset| offset.checked_add(32));
    let header = start.and_then(|start| bytes.get(start..)).unwrap_or_default();
    // The identifier of the AES-256 coder among the coders of the header.
    if has(head(header, 1 << 20), &[0x06, 0xf1, 0x07, 0x01]) {
        seen.note("archive-encrypted", name, "7z, AES");
    } else {
        seen.note("archive-unlisted", name, "7z");
    }
}

/// A RAR file, version 4 or 5: names where the headers are readable, and encryption.
pub(in super::super) fn rar(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    let complete = match bytes.get(6) {
        Some(0) => rar_4(bytes, name, budget, seen),
        _ => rar_5(bytes, name, budget, seen),
    };
    if complete.is_none() && seen.listing.is_empty() {
        seen.note("archive-unlisted", name, "RAR");
    }
}

fn rar_4(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) -> Option<()> {
    let mut at = 7_usize;
    loop {
        let kind = *bytes.get(at.checked_add(2)?)?;
        let flags = le16(bytes, at + 3)?;
        let size = usize::from(le16(bytes, at + 5)?);
        if size < 7 || !budget.item() {
            return None;
        }
        if kind == 0x73 && flags & 0x80 != 0 {
            seen.note("archive-encrypted", name, "RAR, names too");
            return Some(());
        }
        let mut data = 0;
        if kind == 0x74 {
            data = place(bytes, at + 7)?;
            let length = usize::from(le16(bytes, at + 26)?);
            let title_at = at + if flags & 0x100 != 0 { 40 } else { 32 };
            let title = bytes.get(title_at..title_at.checked_add(length)?)?;
            let title = title.split(|byte| *byte == 0).next().unwrap_or_default();
            list(&String::from_utf8_lossy(head(title, 400)), name, seen);
            if flags & 4 != 0 {
                seen.note("archive-encrypted", name, "RAR");
            }
        } else if flags & 0x8000 != 0 {
            data = place(bytes, at + 7)?;
        }
        if kind == 0x7b {
            return Some(());
        }
        at = at.checked_add(size)?.checked_add(data)?;
    }
}

fn rar_5(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) -> Option<()> {
    let mut at = 8_usize;
    loop {
        if !budget.item() {
            return None;
        }
        let mut cursor = at.checked_add(4)?;
        let size = number(bytes, &mut cursor)?;
        let header_end = cursor.checked_add(size)?;
        let kind = number(bytes, &mut cursor)?;
        let flags = number(bytes, &mut cursor)?;
        let extra = if flags & 1 != 0 { number(bytes, &mut cursor)? } else { 0 };
        let data = if flags & 2 != 0 { number(bytes, &mut cursor)? } else { 0 };
        match kind {
            4 => {
                seen.note("archive-encrypted", name, "RAR, names too");
                return Some(());
            }
            5 => return Some(()),
            2 => {
                let file_flags = number(bytes, &mut cursor)?;
                let _unpacked = number(bytes, &mut cursor)?;
                let _attributes = number(bytes, &mut cursor)?;
                cursor += if file_flags & 2 != 0 { 4 } else { 0 };
                cursor += if file_flags & 4 != 0 { 4 } else { 0 };
                let _compression = number(bytes, &mut cursor)?;
                let _system = number(bytes, &mut cursor)?;
                let length = number(bytes, &mut cursor)?;
                let title = bytes.get(cursor..cursor.checked_add(length)?)?;
                list(&String::from_utf8_lossy(head(title, 400)), name, seen);
                let records = bytes.get(header_end.checked_sub(extra)?..header_end).unwrap_or_default();
                let mut inside = 0;
                let _record_size = number(records, &mut inside);
                if extra > 0 && number(records, &mut inside) == Some(1) {
                    seen.note("archive-encrypted", name, "RAR");
                }
            }
            _ => {}
        }
        at = header_end.checked_add(data)?;
    }
}

/// A number of RAR 5: seven bits a byte, least first.
fn number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_usize;
    for shift in (0..63).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at = at.checked_add(1)?;
        value |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// A Cabinet file: the names of its files.
pub(in super::super) fn cabinet(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    let files = le16(bytes, 28).unwrap_or(0);
    let Some(mut at) = place(bytes, 16) else { return };
    for _ in 0..files {
        let Some(rest) = at.checked_add(16).and_then(|at| bytes.get(at..)) else { break };
        let title: Vec<u8> = head(rest, 300).iter().copied().take_while(|byte| *byte != 0).collect();
        if title.is_empty() || !budget.item() {
            break;
        }
        at += 16 + title.len() + 1;
        list(&String::from_utf8_lossy(&title), name, seen);
    }
    if seen.listing.is_empty() {
        seen.note("archive-unlisted", name, "Cabinet");
    }
}

/// A disk image: the names in the root folder of an ISO 9660 volume.
pub(in super::super) fn disk_image(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    const SECTOR: usize = 2048;
    // The Joliet descriptor has the long names; the primary one comes first.
    let joliet = (17..32).map(|sector| sector * SECTOR).find(|at| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(b"\x02CD001"))
            && find(head(bytes.get(at + 88..).unwrap_or_default(), 8), b"%/").is_some()
    });
    let descriptor = joliet.unwrap_or(16 * SECTOR);
    let root = || -> Option<&[u8]> {
        let start = place(bytes, descriptor + 158)?.checked_mul(SECTOR)?;
        Some(head(bytes.get(start..)?, usize::try_from(le32(bytes, descriptor + 166)?).ok()?.min(1 << 20)))
    };
    let Some(folder) = root() else { return };
    let mut at = 0;
    while let Some(length) = folder.get(at).copied() {
        if length == 0 {
            let next = (at / SECTOR + 1) * SECTOR;
            at = next;
            continue;
        }
        if !budget.item() {
            break;
        }
        let title_length = usize::from(folder.get(at + 32).copied().unwrap_or(0));
        let title = folder.get(at + 33..at + 33 + title_length).unwrap_or_default();
        let title = if joliet.is_some() {
            let swapped: Vec<u8> = [0xfe, 0xff].into_iter().chain(title.iter().copied()).collect();
            text(&swapped, 600)
        } else {
            String::from_utf8_lossy(title).into_owned()
        };
        let title = title.split(';').next().unwrap_or_default();
        if title.chars().count() > 1 {
            list(title, name, seen);
        }
        at += usize::from(length);
    }
}
