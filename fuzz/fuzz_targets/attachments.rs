//! Makes up inputs for `holds/attachments.rs`, which says what must hold. `cargo fuzz run attachments`.
#![no_main]

#[path = "../holds/attachments.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
