//! Makes up inputs for `holds/smtp.rs`, which says what must hold. `cargo fuzz run smtp`.
#![no_main]

#[path = "../holds/smtp.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
