//! Archives: what is in them by name, and a look at the members that matter, within the budget. Nothing is unpacked
//! anywhere but in memory, and never more than the budget allows.

mod packed;
mod sealed;
pub(super) mod zip;

pub(super) use packed::{gzip, tar};
pub(super) use sealed::{cabinet, disk_image, rar, seven_zip};
pub(super) use zip::zip;

use super::bytes::head;
use super::sniff::{self, Kind};
use super::{Budget, Look, look_into, names, rules};

/// Bytes one member may unpack to.
const MEMBER: usize = 8 << 20;
/// Bytes that tell what a member is.
const FIRST: usize = 2 << 10;
/// Names kept of one attachment.
const LISTED: usize = 500;

/// Notes a member's name and what the name alone shows.
fn list(member: &str, archive: &str, seen: &mut Look) {
    if seen.listing.len() < LISTED {
        seen.listing.push(rules::shown(member));
    }
    let mut by_name = Vec::new();
    names::look(&format!("{archive}/{member}"), &mut by_name);
    for one in by_name {
        if seen.evidence.iter().all(|known| known.finding.rule != one.finding.rule) {
            seen.evidence.push(one);
        }
    }
}

/// Whether a member of this kind is worth reading in full.
fn worth_reading(kind: Kind) -> bool {
    match kind {
        Kind::Pdf
        | Kind::Zip
        | Kind::Gzip
        | Kind::Tar
        | Kind::SevenZip
        | Kind::Rar
        | Kind::Cabinet
        | Kind::Ole
        | Kind::OneNote
        | Kind::Rtf
        | Kind::Html
        | Kind::Svg
        | Kind::Calendar
        | Kind::Image(_) => true,
        Kind::Program(_)
        | Kind::Shortcut
        | Kind::DiskImage(_)
        | Kind::HelpFile
        | Kind::RemoteDesktop
        | Kind::DataQuery
        | Kind::OtherArchive(_)
        | Kind::Mail
        | Kind::Text
        | Kind::Unknown => false,
    }
}

/// Looks into a member that has been unpacked, one level down.
fn member(bytes: &[u8], name: &str, archive: &str, budget: &mut Budget, depth: usize, seen: &mut Look) {
    let name = format!("{archive}/{name}");
    let nested = matches!(
        sniff::kind(head(bytes, FIRST)),
        Kind::Zip | Kind::Gzip | Kind::Tar | Kind::Rar | Kind::SevenZip
    );
    if nested && depth >= budget.depth {
        seen.note("archive-nested", archive, &format!("more than {depth} levels"));
        return;
    }
    look_into(bytes, &name, "", budget, depth + 1, seen);
}
