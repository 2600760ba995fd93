//! gzip and tar.

use super::super::bytes::{Wrapping, head, inflate};
use super::super::{Budget, Look};
use super::{MEMBER, list, member};

/// A gzip file: one member, often a tar.
pub(in super::super) fn gzip(bytes: &[u8], name: &str, budget: &mut Budget, depth: usize, seen: &mut Look) {
    let unpacked = inflate(bytes, Wrapping::Gzip, MEMBER, budget);
    if unpacked.bytes.is_empty() {
        seen.note("archive-unlisted", name, "gzip");
        return;
    }
    if unpacked.more {
        let code = if unpacked.is_bomb() { "archive-bomb" } else { "attachment-not-read" };
        seen.note(
            code,
            name,
            &format!("{} bytes become more than {} MiB", bytes.len(), unpacked.bytes.len() >> 20),
        );
    }
    let inner = inner_name(bytes, name);
    list(&inner, name, seen);
    member(&unpacked.bytes, &inner, name, budget, depth, seen);
}

/// The name inside a gzip file (RFC 1952), or the outer one without its ending.
fn inner_name(bytes: &[u8], name: &str) -> String {
    let flags = bytes.get(3).copied().unwrap_or(0);
    if flags & 0b1100 == 0b1000 {
        let rest = head(bytes.get(10..).unwrap_or_default(), 300);
        let written: Vec<u8> = rest.iter().copied().take_while(|byte| *byte != 0).collect();
        if !written.is_empty() {
            return String::from_utf8_lossy(&written).into_owned();
        }
    }
    let lower = name.to_ascii_lowercase();
    if lower.ends_with(".tgz") {
        return name.get(..name.len() - 3).unwrap_or(name).to_owned() + "tar";
    }
    name.get(..name.len().saturating_sub(3))
        .filter(|_| lower.ends_with(".gz"))
        .unwrap_or("content")
        .to_owned()
}

/// A tar file (POSIX ustar).
pub(in super::super) fn tar(bytes: &[u8], name: &str, budget: &mut Budget, depth: usize, seen: &mut Look) {
    let mut at = 0_usize;
    while let Some(header) = bytes.get(at..at.saturating_add(512)) {
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        if !budget.item() {
            seen.note("attachment-not-read", name, "too many files");
            break;
        }
        let field = |from: usize, to: usize| header.get(from..to).unwrap_or_default();
        let text = |part: &[u8]| -> String {
            let bare: Vec<u8> = part.iter().copied().take_while(|byte| *byte != 0).collect();
            String::from_utf8_lossy(&bare).into_owned()
        };
        let Ok(size) = usize::from_str_radix(text(field(124, 136)).trim(), 8) else { break };
        let title = text(field(0, 100));
        let regular = matches!(header.get(156), Some(b'0' | 0));
        if regular {
            list(&title, name, seen);
            let from = at + 512;
            let content = bytes.get(from..).map(|rest| head(rest, size)).unwrap_or_default();
            if !content.is_empty() {
                member(content, &title, name, budget, depth, seen);
            }
        }
        let Some(next) = size.div_ceil(512).checked_mul(512).and_then(|size| at.checked_add(512 + size))
        else {
            break;
        };
        at = next;
    }
}
