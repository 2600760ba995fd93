//! How a file leaves: a picture is shown in a closed sandbox, everything else is a download that no browser opens by itself.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::Desk;
use crate::error::{Error, Result};
use crate::ids::FileId;
use crate::reports::{self, Opened};
use crate::who::Reporter;

#[derive(Deserialize)]
pub(super) struct FilePath {
    file: FileId,
}

/// A reporter sees their own pictures again. Nothing else: a link that anybody can make must not give out files.
pub(super) async fn picture(
    State(desk): State<Desk>,
    reporter: Reporter,
    Path(path): Path<FilePath>,
) -> Result<Response> {
    let opened = reports::open_file(&desk, reporter.report, path.file).await?;
    opened.filter(|file| file.picture.is_some()).map(answer).ok_or(Error::NotFound)
}

/// The answer that carries a file.
pub(crate) fn answer(file: Opened) -> Response {
    let (how, kind) = match file.picture {
        Some(kind) => ("inline", kind),
        None => ("attachment", "application/octet-stream"),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition(how, &file.name)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            ),
        ),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ];
    (headers, file.bytes).into_response()
}

/// The name in both forms of RFC 6266: plain letters for old programs, and every letter for the others.
fn disposition(how: &str, name: &str) -> HeaderValue {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let old: String = name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    let mut new = String::new();
    for byte in name.bytes() {
        if plain(char::from(byte)) {
            new.push(char::from(byte));
        } else {
            new.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::from_str(&format!("{how}; filename=\"{old}\"; filename*=UTF-8''{new}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_file_breaks_out_of_its_header() {
        let header = disposition("attachment", "a\"; x=\u{202e}ü\r\n.exe");
        assert_eq!(
            header.to_str().unwrap(),
            "attachment; filename=\"a___x_____.exe\"; filename*=UTF-8''a%22%3B%20x%3D%E2%80%AE%C3%BC%0D%0A.exe"
        );
    }
}
