//! Makes up inputs for `holds/lint.rs`, which says what must hold. `cargo fuzz run lint`.
#![no_main]

#[path = "../holds/lint.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
