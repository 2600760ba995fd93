//! Any bytes under any name are looked into without a panic and within the budget. `cargo fuzz run attachments`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mail::attachments::{Budget, look};

fuzz_target!(|input: (&str, &str, &[u8])| {
    let (name, declared_type, bytes) = input;
    let whole = Budget { bytes: 4 << 20, items: 500, pixels: 1_000_000, ..Budget::for_one_message() };
    let mut budget = whole.clone();
    let seen = look(bytes, name, declared_type, &mut budget);
    assert!(budget.bytes <= whole.bytes && budget.items <= whole.items && budget.pixels <= whole.pixels);
    assert!(seen.text.len() <= whole.text && seen.links.len() <= whole.links && seen.listing.len() <= 500);
    // The same file under the same budget says the same.
    let again = look(bytes, name, declared_type, &mut whole.clone());
    assert_eq!(seen.evidence, again.evidence);
});
