//! Makes up inputs for `holds/outlook.rs`, which says what must hold. `cargo fuzz run outlook`.
#![no_main]

#[path = "../holds/outlook.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
