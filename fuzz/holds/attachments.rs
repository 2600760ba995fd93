//! Any bytes under any name are looked into without a panic and within the budget.
//! The first line is the name, the second the declared type, the rest the bytes.

use mail::attachments::{Budget, look};

/// Holds for any input.
pub fn holds(input: &[u8]) {
    let mut lines = input.splitn(3, |byte| *byte == b'\n');
    let name = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let declared_type = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let bytes = lines.next().unwrap_or_default();
    let whole = Budget { bytes: 4 << 20, items: 500, pixels: 1_000_000, ..Budget::for_one_message() };
    let mut budget = whole.clone();
    let seen = look(bytes, &name, &declared_type, &mut budget);
    assert!(budget.bytes <= whole.bytes && budget.items <= whole.items && budget.pixels <= whole.pixels);
    assert!(seen.text.len() <= whole.text && seen.links.len() <= whole.links && seen.listing.len() <= 500);
    // The same file under the same budget says the same.
    let again = look(bytes, &name, &declared_type, &mut whole.clone());
    assert_eq!(seen.evidence, again.evidence);
}
