//! From a path to its text, or to a sentence on why there is none. One file that cannot be read does not keep the others from being checked.

use super::files::{Found, Wanted};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The most bytes of one text. Texts that people read are far smaller.
const MOST: u64 = 64 * 1024 * 1024;

/// Why a file was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub path: PathBuf,
    pub why: String,
    /// Somebody named it, so leaving it out is not a success.
    pub named: bool,
}

/// The text of a found file. A mail may be written in the characters of old programs, and says so itself.
pub(super) fn text(found: &Found, as_mail: bool) -> Result<String, Unread> {
    let unread = |why: String| Unread { path: found.path.clone(), why, named: found.wanted == Wanted::Named };
    let bytes = if found.path == Path::new("-") {
        bytes_of(std::io::stdin())
    } else {
        std::fs::File::open(&found.path).and_then(bytes_of)
    }
    .map_err(|error| unread(plain(&error)))?;
    if bytes.len() as u64 > MOST {
        return Err(unread("is larger than 64 MB, more than anybody reads".to_owned()));
    }
    if let Some(kind) = document(&bytes) {
        return Err(unread(format!(
            "is {kind}, and we read plain text, Markdown, HTML and mail; please save its words as one of these"
        )));
    }
    let bytes = if as_mail {
        text::scope::in_old_characters(&bytes).map_or(bytes, String::into_bytes)
    } else {
        bytes
    };
    String::from_utf8(bytes)
        .map_err(|error| unread(not_text(error.as_bytes(), error.utf8_error().valid_up_to())))
        .and_then(|text| {
            let binary = text.as_bytes().contains(&0);
            if binary {
                Err(unread("is not a text: it holds bytes that no text has".to_owned()))
            } else {
                Ok(text)
            }
        })
}

fn bytes_of(source: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MOST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What kind of document the bytes are, where they are one whose words stand between much else.
fn document(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 4] = [
        (b"%PDF-", "a PDF"),
        (b"{\\rtf", "rich text (RTF)"),
        (b"PK\x03\x04", "a packed file, as Word and LibreOffice write them"),
        (b"\xd0\xcf\x11\xe0", "a document of an older Office"),
    ];
    kinds.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "is not there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read by you".to_owned(),
        _ => format!("could not be read: {error}"),
    }
}

/// What to do about bytes that are not UTF-8; `at` is the first of them.
fn not_text(bytes: &[u8], at: usize) -> String {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "is written in UTF-16; please save it as UTF-8".to_owned();
    }
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return "is not a text: it holds bytes that no text has".to_owned();
    }
    format!(
        "is not UTF-8 at byte {at}; please save it as UTF-8 (`iconv -f latin1 -t utf-8` mends most old files)"
    )
}

#[cfg(test)]
mod tests {
    use super::{document, not_text};

    #[test]
    fn what_is_wrong_with_the_bytes_is_said_with_what_to_do() {
        assert!(not_text(b"caf\xe9 today", 3).contains("not UTF-8 at byte 3"));
        assert!(not_text(&[0xff, 0xfe, b'a', 0], 0).contains("UTF-16"));
        assert_eq!(document(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(document(b"{\\rtf1"), Some("rich text (RTF)"));
        assert_eq!(document(b"{ no }"), None);
        assert!(not_text(b"\x7fELF\x00\xff", 5).contains("not a text"));
    }
}
