//! A form whose session has ended, or is another one by now: nothing is done, and what was typed comes back.

use askama::Template;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{Frame, show};
use crate::Desk;
use crate::error::Error;
use crate::who::Who;
use crate::words::Locale;

/// A form that was refused because of its session.
#[derive(Template)]
#[template(path = "unsent.html")]
struct Unsent {
    frame: Frame,
    typed: Vec<String>,
}

/// The answer to a form from an earlier session of somebody who is signed in: nothing was done, and what was typed comes back.
pub(super) fn refused(desk: &Desk, who: &Who, typed: &[String], from: &str) -> Response {
    let frame = Frame { back: from.to_owned(), ..Frame::of(desk, who, "") };
    match show(&Unsent { frame, typed: typed.to_vec() }) {
        Ok(page) => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// What a person wrote into a form. Ids, choices and marks are one word; what a person wrote is mostly more, or stands in a
/// field for words.
pub(super) fn typed(bytes: &[u8]) -> Vec<String> {
    const FOR_WORDS: [&str; 5] = ["body", "words", "ask", "why", "reason"];
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(bytes).unwrap_or_default();
    let typed = |(name, value): &(String, String)| {
        let value = value.trim();
        value.contains(char::is_whitespace) || !value.is_empty() && FOR_WORDS.contains(&name.as_str())
    };
    fields.into_iter().filter(typed).map(|(_, value)| value).collect()
}

/// The answer to a form whose session has ended: nothing was done, and what was typed comes back to be copied. Without
/// any words in it, the way to sign in.
pub async fn unsent(desk: &Desk, request: Request) -> Response {
    let form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !form {
        return Error::SignInNeeded.into_response();
    }
    let bytes = axum::body::to_bytes(request.into_body(), 1024 * 1024).await.unwrap_or_default();
    let typed = typed(&bytes);
    if typed.is_empty() {
        return Error::SignInNeeded.into_response();
    }
    let page = Unsent { frame: Frame::open(desk, Locale::En, "/"), typed };
    match show(&page) {
        Ok(page) => (StatusCode::UNAUTHORIZED, page).into_response(),
        Err(problem) => problem.into_response(),
    }
}
