//! Any text is searched for a forwarded message without a panic, and every place found fits.
//! Up to the first NUL stands the text, after it the HTML, if there is any.

/// Holds for any input.
pub fn holds(input: &[u8]) {
    let mut parts = input.splitn(2, |byte| *byte == 0).map(|part| String::from_utf8_lossy(part).into_owned());
    let (text, html) = (parts.next().unwrap_or_default(), parts.next());
    let outer = mail::Message { text, html, ..mail::Message::default() };
    let Some(found) = mail::forward::unwrap(&outer) else { return };
    assert!(found.span.of(&outer.text).is_some());
    assert!(found.depth >= 1 && found.own_words.len() <= outer.text.len());
    assert!(found.original.text.len() <= outer.text.len());
}
