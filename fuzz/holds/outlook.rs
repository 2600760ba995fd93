//! Any bytes are tried as an Outlook item and as an abuse report without a panic or unbounded memory.
//! Half of the inputs get the head of a compound file, so that the search gets past it.

/// Holds for any input.
pub fn holds(raw: &[u8]) {
    let mut bytes = raw.to_vec();
    if raw.first().is_some_and(|byte| byte & 1 == 1) {
        bytes.resize(bytes.len().max(1024), 0);
        bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        bytes[30] = 9;
        bytes[31] = 0;
    }
    if let Some(item) = mail::outlook::read(&bytes) {
        let kept: usize = item.message.attachments.iter().map(|file| file.content.len()).sum();
        assert!(kept <= 64 << 20);
    }
    if let Some(report) = mail::arf::read(raw) {
        assert!(report.incidents >= 1);
    }
}
