//! Makes up inputs for `holds/mail.rs`, which says what must hold. `cargo fuzz run mail`.
#![no_main]

#[path = "../holds/mail.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
