//! Makes up inputs for `holds/forward.rs`, which says what must hold. `cargo fuzz run forward`.
#![no_main]

#[path = "../holds/forward.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
