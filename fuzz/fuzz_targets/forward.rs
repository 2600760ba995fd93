//! Any text is searched for a forwarded message without a panic, and every place found fits. `cargo fuzz run forward`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, Option<&str>)| {
    let (text, html) = input;
    let outer =
        mail::Message { text: text.to_owned(), html: html.map(str::to_owned), ..mail::Message::default() };
    let Some(found) = mail::forward::unwrap(&outer) else { return };
    assert!(found.span.of(&outer.text).is_some());
    assert!(found.depth >= 1 && found.own_words.len() <= outer.text.len());
    assert!(found.original.text.len() <= outer.text.len());
    assert!(!mail::forward::how_to_attach(found.program).steps("en").is_empty());
});
