//! Bytes as programs save and copy them → the bytes of a message: characters of sixteen bits, line ends of old programs, blank
//! lines before the headers; and whether bytes are a message, or text, at all. Knows nothing of what they say.

use std::borrow::Cow;

/// Headers that stand at the top of a message, lower case.
const KNOWN: [&str; 15] = [
    "arc-seal",
    "authentication-results",
    "bcc",
    "cc",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "subject",
    "to",
];

/// More bytes than this nobody looks through to see what they are.
const LOOKED_AT: usize = 64 << 10;

/// The bytes as a mail program would have sent them.
pub(crate) fn as_sent(raw: &[u8]) -> Cow<'_, [u8]> {
    let wide = match raw.get(..2) {
        Some([0xff, 0xfe]) => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
        Some([0xfe, 0xff]) => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
        _ => None,
    };
    let mut bytes = match wide {
        Some(number) => {
            let units = raw.get(2..).unwrap_or(&[]).as_chunks::<2>().0.iter().map(|pair| number(*pair));
            let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
            Cow::Owned(text.into_bytes())
        }
        None => Cow::Borrowed(raw),
    };
    if memchr::memchr(b'\n', &bytes).is_none() && memchr::memchr(b'\r', &bytes).is_some() {
        bytes.to_mut().iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
    }
    let blank = bytes.len() - bytes.trim_ascii_start().len();
    if blank > 0 && begins_with_headers(&bytes) {
        bytes = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.trim_ascii_start()),
            Cow::Owned(bytes) => Cow::Owned(bytes.trim_ascii_start().to_vec()),
        };
    }
    bytes
}

/// Whether the first lines are those of a mail, one of the usual headers among them.
pub(crate) fn begins_with_headers(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    // The first line may be the one that a mailbox file or a mail program puts before a message.
    let lines = start.split(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"From ")).take(12);
    lines
        .map_while(|line| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.first().is_some_and(u8::is_ascii_whitespace) {
                return Some(false);
            }
            let name = line.split(|byte| *byte == b':').next().filter(|name| name.len() < line.len())?;
            let plain = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic());
            plain.then(|| KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())))
        })
        .any(|known| known)
}

/// Whether somebody could read the bytes as text: a program, a picture or a packed file holds many signs that no text has.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let no_text = |byte: &u8| {
        byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | 0x0e | 0x0f | 0x1b)
    };
    start.iter().filter(|byte| no_text(byte)).count() * 50 <= start.len()
}

/// Whether the bytes begin as an Outlook item does.
pub(crate) fn begins_as_outlook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_save_is_read_as_it_was_sent() {
        let mail = "From: a@b.example\nSubject: Grüße\n\nHallo.\n";
        let wide = |number: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}".encode_utf16().chain(mail.encode_utf16()).flat_map(number).collect()
        };
        for saved in [
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            mail.replace('\n', "\r").into_bytes(),
            format!("\n \r\n{mail}").into_bytes(),
            mail.as_bytes().to_vec(),
        ] {
            assert_eq!(String::from_utf8_lossy(&as_sent(&saved)), mail);
        }
        let words = b"\n\nHello there,\nthis is no mail.\n";
        assert_eq!(*as_sent(words), *words, "and what is no mail stays as it is");
    }

    #[test]
    fn programs_and_pictures_are_no_text() {
        let noise: Vec<u8> = (0..10_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(!is_text(&noise));
        assert!(!is_text(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0"));
        assert!(is_text("Grüße, привет, 你好\r\n".as_bytes()));
        assert!(is_text(b"\x1b$B$3$s\x1b(B\n"));
        assert!(is_text(b""));
    }
}
