//! The messages of an editor, one by one. The library below stops reading at the first that is none, so only whole ones come to it.

use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// A question that no program knows, without a number: it is answered with an error, as what cannot be read has to be.
const UNREADABLE: &[u8] = br#"{"jsonrpc":"2.0","id":null,"method":"alongside/unreadable"}"#;
/// No line of a head is longer.
const LONGEST_LINE: u64 = 8 * 1024;

/// Passes on every message until the input ends; in the place of what is no message comes one that is answered with an error.
pub(super) async fn pass_on(
    mut from: impl AsyncBufRead + Unpin,
    to: &mut (impl AsyncWrite + Unpin),
) -> std::io::Result<()> {
    while let Some(length) = length(&mut from).await? {
        let mut body = Vec::new();
        (&mut from).take(length).read_to_end(&mut body).await?;
        let body = if is_message(&body) { body.as_slice() } else { UNREADABLE };
        to.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
        to.write_all(body).await?;
        to.flush().await?;
    }
    Ok(())
}

/// Reads a head and says how long its message is; a head that does not say it is passed over, and none is left at the end.
async fn length(from: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if (&mut *from).take(LONGEST_LINE).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        // What was no message may stand before it on the same line.
        match (line.rsplit_once("content-length:"), length) {
            (Some((_, said)), _) => length = said.trim().parse().ok(),
            (None, Some(_)) if line.trim().is_empty() => return Ok(length),
            (None, _) => {}
        }
    }
}

/// Whether the body is a request, a notice or an answer.
fn is_message(body: &[u8]) -> bool {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else { return false };
    let named = fields.get("method").is_some_and(Value::is_string);
    let answers = !fields.contains_key("method")
        && fields.contains_key("id")
        && (fields.contains_key("result") || fields.contains_key("error"));
    let id = fields.get("id").is_none_or(|id| id.is_null() || id.is_string() || id.is_i64());
    let params =
        fields.get("params").is_none_or(|params| params.is_object() || params.is_array() || params.is_null());
    let version = fields.get("jsonrpc").is_some_and(|version| version == "2.0");
    version && id && params && (named || answers)
}
