//! Looks into attachments without opening them: what they are by content, what their names hide, where their links
//! lead. Everything is bounded by one [`Budget`] for the whole message; what lies beyond it becomes evidence.

mod archive;
pub(crate) mod bytes;
mod calendar;
mod names;
mod office;
pub(crate) mod ole;
mod page;
mod pdf;
mod picture;
pub(crate) mod rtf;
mod rules;
pub(crate) mod sniff;

pub use rules::{RULES, Rule};

use crate::evidence::{Evidence, Place};
use crate::message::Link;
use rules::evidence;
use sniff::Kind;

/// What looking into the attachments of one message may cost altogether.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes that may still come out of compressed data.
    pub bytes: usize,
    /// Files, archive members and objects that may still be looked at.
    pub items: usize,
    /// Pixels that may still be decoded.
    pub pixels: usize,
    /// How deep archives inside archives are followed.
    pub depth: usize,
    /// Bytes of text and number of links one attachment may give.
    pub text: usize,
    pub links: usize,
}

impl Budget {
    /// Bounds for one message: 24 MiB inflated, 4,000 items, 12 million pixels, archives three deep.
    pub fn for_one_message() -> Budget {
        Budget { bytes: 24 << 20, items: 4_000, pixels: 12_000_000, depth: 3, text: 128 << 10, links: 200 }
    }

    /// Takes one item; false when none is left.
    pub(crate) fn item(&mut self) -> bool {
        let left = self.items > 0;
        self.items = self.items.saturating_sub(1);
        left
    }
}

/// What one attachment shows.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// What the bytes say it is, such as `application/pdf`.
    pub detected_type: Option<String>,
    /// Names inside an archive, within bounds.
    pub listing: Vec<String>,
    /// Where it would lead. `found_in` is `qr`, `pdf`, `calendar` or `attachment`.
    pub links: Vec<Link>,
    /// What a reader would see in it, as far as that could be read within bounds.
    pub text: String,
    /// Evidence with [`Place::Attachment`] of zero; see [`Look::at`].
    pub evidence: Vec<Evidence>,
    /// Whether there were more words or links than the budget keeps.
    cut: bool,
}

impl Look {
    /// The same, with its evidence placed at the attachment of this number.
    pub fn at(mut self, attachment: usize) -> Look {
        for one in &mut self.evidence {
            one.place = Place::Attachment(attachment);
        }
        self
    }

    pub(crate) fn note(&mut self, code: &'static str, name: &str, detail: &str) {
        let known = self.evidence.iter().any(|one| one.finding.rule == code);
        if !known {
            self.evidence.push(evidence(code, name, detail));
        }
    }

    pub(crate) fn link(&mut self, target: &str, shown: &str, found_in: &'static str, budget: &Budget) {
        let target = target.trim();
        let known = self.links.iter().any(|link| link.target == target && link.found_in == found_in);
        if target.is_empty() || known {
            return;
        }
        if target.len() > 8 << 10 || self.links.len() >= budget.links {
            self.cut = true;
            return;
        }
        let shown = shown.get(..shown.floor_char_boundary(500)).unwrap_or_default().trim();
        let shown = if shown.is_empty() { target } else { shown };
        self.links.push(Link {
            target: target.to_owned(),
            shown: shown.to_owned(),
            found_in,
            ..Link::default()
        });
    }

    pub(crate) fn say(&mut self, text: &str, budget: &Budget) {
        let room = budget.text.saturating_sub(self.text.len());
        if !self.text.is_empty() && room > 0 && !text.is_empty() {
            self.text.push('\n');
        }
        let room = budget.text.saturating_sub(self.text.len());
        let kept = text.get(..text.floor_char_boundary(room)).unwrap_or_default();
        self.cut |= kept.len() < text.len();
        self.text.push_str(kept);
    }
}

/// Looks into one attachment. `name` is its file name with all its characters, `declared_type` what the message says
/// it is. Call it for each attachment with the same budget.
pub fn look(bytes: &[u8], name: &str, declared_type: &str, budget: &mut Budget) -> Look {
    let mut seen = Look::default();
    look_into(bytes, name, declared_type, budget, 0, &mut seen);
    if seen.cut {
        seen.note("attachment-not-read", name, "it has more words or links than are kept");
    }
    for link in &mut seen.links {
        crate::links::unwrap_protection(link);
    }
    seen
}

/// Looks into a file that may stand inside another one, `depth` levels down, and adds to what was seen.
fn look_into(
    bytes: &[u8],
    name: &str,
    declared_type: &str,
    budget: &mut Budget,
    depth: usize,
    seen: &mut Look,
) {
    if !budget.item() {
        seen.note("attachment-not-read", name, "too many files");
        return;
    }
    let mut by_name = Vec::new();
    names::look(name, &mut by_name);
    for one in by_name {
        if seen.evidence.iter().all(|known| known.finding.rule != one.finding.rule) {
            seen.evidence.push(one);
        }
    }
    let kind = sniff::kind(bytes);
    let mut detected = kind.media_type();
    if let Some(detail) = sniff::mismatch(name, kind) {
        seen.note("attachment-type-differs", name, &detail);
    }
    match kind {
        Kind::Program(what) => seen.note("attachment-program", name, what),
        Kind::Shortcut => shortcut(bytes, name, budget, seen),
        Kind::DiskImage(what) => {
            seen.note("attachment-disk-image", name, what);
            archive::disk_image(bytes, name, budget, seen);
        }
        Kind::HelpFile => seen.note("attachment-help-file", name, "content"),
        Kind::OneNote => office::one_note(bytes, name, budget, seen),
        Kind::RemoteDesktop => seen.note("attachment-remote-desktop", name, "content"),
        Kind::DataQuery => seen.note("attachment-data-query", name, "content"),
        Kind::Pdf => pdf::look(bytes, name, budget, seen),
        Kind::Zip => {
            if let Some(better) = archive::zip(bytes, name, budget, depth, seen) {
                detected = Some(better);
            }
        }
        Kind::Gzip => archive::gzip(bytes, name, budget, depth, seen),
        Kind::Tar => archive::tar(bytes, name, budget, depth, seen),
        Kind::SevenZip => archive::seven_zip(bytes, name, seen),
        Kind::Rar => archive::rar(bytes, name, budget, seen),
        Kind::Cabinet => archive::cabinet(bytes, name, budget, seen),
        Kind::OtherArchive(what) => seen.note("archive-unlisted", name, what),
        Kind::Ole => {
            if let Some(better) = office::compound(bytes, name, budget, seen) {
                detected = Some(better);
            }
        }
        Kind::Rtf => office::rich_text(bytes, name, budget, seen),
        Kind::Html => page::html(bytes, name, budget, seen),
        Kind::Svg => page::svg(bytes, name, budget, seen),
        Kind::Calendar => calendar::look(bytes, name, budget, seen),
        Kind::Image(picture) => picture::look(bytes, picture, name, budget, seen),
        Kind::Text | Kind::Unknown if declared_type.eq_ignore_ascii_case("text/calendar") => {
            calendar::look(bytes, name, budget, seen);
        }
        Kind::Text if matches!(names::extension(name).as_str(), "html" | "htm" | "shtml" | "xhtml") => {
            page::html(bytes, name, budget, seen);
        }
        Kind::Mail | Kind::Text | Kind::Unknown => {}
    }
    if depth == 0 {
        seen.detected_type = detected.map(str::to_owned);
    }
}

/// A shortcut and where it leads, as far as that is written in it. One that opens a website is told apart from one
/// that runs a command or reaches for a file elsewhere.
fn shortcut(bytes: &[u8], name: &str, budget: &Budget, seen: &mut Look) {
    const RUNS: [&str; 9] =
        ["powershell", "cmd.exe", "mshta", "rundll32", "wscript", "cscript", "msiexec", "curl", "certutil"];
    if bytes.starts_with(b"L\0\0\0") {
        let head = bytes::head(bytes, 64 << 10);
        let wide = bytes::utf16(head) + &bytes::utf16(head.get(1..).unwrap_or_default());
        let words: String = (wide + &bytes::text(head, 64 << 10))
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let lower = words.to_lowercase();
        seen.note(
            "attachment-shortcut",
            name,
            RUNS.iter().find(|run| lower.contains(**run)).unwrap_or(&"content"),
        );
        for link in crate::links::bare(&words, &[]) {
            seen.link(&link.target, "", "attachment", budget);
        }
        return;
    }
    let text = bytes::text(bytes, 16 << 10);
    let mut only_web = true;
    for line in text.lines().take(200) {
        let Some((key, target)) = line.split_once('=') else { continue };
        let (key, target) = (key.trim().to_ascii_lowercase(), target.trim());
        let is_web = target.starts_with("http://") || target.starts_with("https://");
        if key == "url" {
            only_web &= is_web;
            seen.link(target, "", "attachment", budget);
        } else if key == "iconfile" || key == "workingdirectory" {
            // An icon on a server makes Windows log in there.
            only_web &= !target.starts_with("\\\\");
        }
    }
    seen.note(if only_web { "attachment-web-shortcut" } else { "attachment-shortcut" }, name, "content");
}

#[cfg(test)]
mod tests;
