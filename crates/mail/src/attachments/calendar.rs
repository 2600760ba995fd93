//! Calendar invitations (RFC 5545): who invites, and where the links in them lead.

use super::bytes::text;
use super::{Budget, Look};

/// Bytes and lines read.
const FILE: usize = 512 << 10;
const LINES: usize = 10_000;

/// An invitation. Its words become the attachment's text.
pub(super) fn look(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    let source = text(bytes, FILE).replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    if bytes.len() > FILE || source.lines().nth(LINES).is_some() {
        seen.note("attachment-not-read", name, "a long calendar was read in part");
    }
    let mut organiser = String::new();
    let mut linked = false;
    for line in source.lines().take(LINES) {
        let Some((property, value)) = parts(line) else { continue };
        let value = unescape(value);
        match property.as_str() {
            "ORGANIZER" => {
                let address = value.trim_start_matches("mailto:").trim_start_matches("MAILTO:");
                organiser = address.chars().take(200).collect();
            }
            "X-ALT-DESC" => {
                let page = crate::html::read(&value);
                for link in &page.links {
                    seen.link(&link.target, &link.shown, "calendar", budget);
                    linked = true;
                }
            }
            "SUMMARY" | "LOCATION" | "DESCRIPTION" | "COMMENT" | "CONTACT" => {
                seen.say(&value, budget);
                linked |= links(&value, budget, seen);
            }
            "URL" | "ATTACH" | "CONFERENCE" | "X-GOOGLE-CONFERENCE" | "X-MICROSOFT-SKYPETEAMSMEETINGURL" => {
                linked |= links(&value, budget, seen);
            }
            _ => {}
        }
    }
    let organiser = if organiser.is_empty() { "not named" } else { organiser.as_str() };
    seen.note(if linked { "calendar-link" } else { "calendar-invite" }, name, organiser);
}

fn links(value: &str, budget: &Budget, seen: &mut Look) -> bool {
    let found = crate::links::bare(value, &[]);
    for link in &found {
        seen.link(&link.target, &link.shown, "calendar", budget);
    }
    !found.is_empty()
}

/// Name and value of a content line; a colon inside quoted parameters does not count.
fn parts(line: &str) -> Option<(String, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    })?;
    let name = line.get(..colon.0)?.split(';').next()?.trim().to_ascii_uppercase();
    Some((name, line.get(colon.0 + 1..)?))
}

/// Text without the escapes of RFC 5545 §3.3.11.
fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            _ => out.push(c),
        }
    }
    out
}
