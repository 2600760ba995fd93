//! Makes up inputs for `holds/scenario.rs`, which says what must hold. `cargo fuzz run scenario`.
#![no_main]

#[path = "../holds/scenario.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
