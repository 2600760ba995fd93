//! Makes up inputs for `holds/forms.rs`, which says what must hold. `cargo fuzz run --features forms forms`. It brings the whole desk, so it is built only when asked for.
#![no_main]

#[path = "../holds/forms.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|input: &[u8]| target::holds(input));
