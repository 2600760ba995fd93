//! Reads the form of a report as it comes: words, and files within bounds. Decides nothing about what it says.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;

use super::Sent;
use crate::error::{Error, Result};
use crate::page::READ_ON;
use crate::reports::Told;
use crate::reports::receive::{MOST_FILES, Upload};

/// The most parts of a form that are read: far more than ours has, so that no form of crumbs takes our memory.
const MOST_PARTS: usize = 200;

/// Reads a form to its end. What is too large for us is dropped, and the words before and behind it are kept.
pub(super) async fn collect(mut parts: Multipart, most: usize) -> Sent {
    let mut sent = Sent::default();
    if let Err(problem) = collect_into(&mut sent, &mut parts, most).await {
        sent.problem.get_or_insert(problem);
    }
    sent
}

async fn collect_into(sent: &mut Sent, parts: &mut Multipart, most: usize) -> Result<()> {
    let (mut read, mut kept, mut count) = (0usize, 0usize, 0usize);
    while let Some(mut part) = parts.next_field().await.map_err(|problem| not_whole(&problem))? {
        count += 1;
        if count > MOST_PARTS {
            return Err(Error::Unclear("problem-ten-files"));
        }
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let media_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let (mut bytes, mut fits) = (Vec::new(), true);
        while let Some(piece) = part.chunk().await.map_err(|problem| not_whole(&problem))? {
            read = read.saturating_add(piece.len());
            if read > READ_ON {
                return Err(Error::TooLarge);
            }
            if file_name.is_none() && kept + bytes.len() + piece.len() > most {
                // Words go before files.
                (sent.message, sent.files, kept) = (None, Vec::new(), sent.typed.len());
                sent.problem = Some(Error::TooLarge);
            }
            fits = fits && kept + bytes.len() + piece.len() <= most;
            if fits {
                bytes.extend_from_slice(&piece);
            } else {
                sent.problem = Some(Error::TooLarge);
            }
        }
        if let Some(name) = file_name {
            sent.chose_files |= !fits || !bytes.is_empty();
            if bytes.is_empty() || !fits {
                continue;
            }
            if sent.files.len() >= MOST_FILES {
                sent.problem.get_or_insert(Error::Unclear("problem-ten-files"));
                continue;
            }
            kept += bytes.len();
            let upload = Upload { name, media_type, bytes };
            if field == "message" && sent.message.is_none() && mail::is_message(&upload.bytes) {
                sent.message = Some(upload);
            } else {
                sent.files.push(upload);
            }
            continue;
        }
        kept += bytes.len();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match field.as_str() {
            "told" => sent.typed.told.extend(Told::parse(&text)),
            "words" => sent.typed.words = text,
            "pasted" => sent.typed.pasted = text,
            "address" => sent.typed.address = text,
            "name" => sent.typed.name = text,
            "nonce" => sent.typed.nonce = text,
            "language" => sent.language = Some(crate::Locale::from_tag(&text)),
            _ => {}
        }
    }
    Ok(())
}

/// Why a form could not be read to its end. Either call of the reader may be the one that meets the limit.
pub(in crate::reports) fn not_whole(problem: &MultipartError) -> Error {
    if problem.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Error::TooLarge;
    }
    Error::Unclear("problem-form")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::extract::FromRequest;
    use axum::http::{Request, header};

    async fn collected(parts: &[String]) -> Sent {
        let body: String =
            parts.iter().map(|part| format!("--b\r\nContent-Disposition: form-data; {part}\r\n")).collect();
        let request = Request::post("/report/message")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(format!("{body}--b--\r\n")))
            .unwrap();
        collect(Multipart::from_request(request, &()).await.unwrap(), 1 << 20).await
    }

    #[tokio::test]
    async fn a_form_of_many_crumbs_keeps_its_words_and_no_more_files_than_we_take() {
        let words = "name=words\r\n\r\nhello".to_owned();
        let crumb = "name=file; filename=a\r\n\r\nx".to_owned();
        let several: Vec<String> =
            [&words].into_iter().chain(std::iter::repeat_n(&crumb, 30)).chain([&words]).cloned().collect();
        let sent = collected(&several).await;
        assert_eq!((sent.files.len(), sent.typed.words.as_str()), (MOST_FILES, "hello"));
        assert!(matches!(sent.problem, Some(Error::Unclear("problem-ten-files"))));

        let late = "name=name\r\n\r\nKim".to_owned();
        let endless: Vec<String> =
            [&words].into_iter().chain(std::iter::repeat_n(&crumb, 5_000)).chain([&late]).cloned().collect();
        let sent = collected(&endless).await;
        assert_eq!((sent.files.len(), sent.typed.words.as_str()), (MOST_FILES, "hello"));
        assert_eq!(sent.typed.name, "", "what stands behind so many parts is not read");
        assert!(sent.problem.is_some());
    }
}
