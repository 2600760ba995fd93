//! What can go wrong behind a page, and the kind page that says so. Content is never an error here: findings are.
//! What a person sees and what the log says are kept apart.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::db::AsStoreError;

/// A verb's failure.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing by that name, or it is not for this person: the two look the same from outside.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("sign-in needed")]
    SignInNeeded,
    /// Signed in, but the role does not reach this far.
    #[error("not allowed for this role")]
    NotAllowed,
    /// What was sent cannot be used; the sentence says what, why and what next.
    #[error("{0}")]
    Invalid(String),
    /// The state of things does not allow it; the sentence says what to do first.
    #[error("{0}")]
    NotYet(String),
    /// Too many in too short a time; seconds until it is worth trying again.
    #[error("too many at once")]
    TooMany(u64),
    /// Larger than we take.
    #[error("too large")]
    TooLarge,
    #[error("store")]
    Store(#[from] sqlx::Error),
    #[error("file store")]
    Blob(#[from] object_store::Error),
    #[error("page")]
    Page(#[from] askama::Error),
    /// Something inside is not as it must be.
    #[error("{0}")]
    Broken(String),
}

/// What every verb gives.
pub type Result<T> = std::result::Result<T, Error>;

impl AsStoreError for Error {
    fn store_error(&self) -> Option<&sqlx::Error> {
        match self {
            Error::Store(inner) => Some(inner),
            Error::NotFound
            | Error::SignInNeeded
            | Error::NotAllowed
            | Error::Invalid(_)
            | Error::NotYet(_)
            | Error::TooMany(_)
            | Error::TooLarge
            | Error::Blob(_)
            | Error::Page(_)
            | Error::Broken(_) => None,
        }
    }
}

impl Error {
    /// The status a browser or program gets.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::SignInNeeded => StatusCode::UNAUTHORIZED,
            Error::NotAllowed => StatusCode::FORBIDDEN,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::NotYet(_) => StatusCode::CONFLICT,
            Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Store(_) | Error::Blob(_) | Error::Page(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Heading and sentence for a person.
    pub fn words(&self) -> (&'static str, String) {
        match self {
            Error::NotFound => (
                "There is nothing here",
                "The link may be old, or part of it may be missing. If it came in a letter from us, reply to that letter and we will send a new one.".into(),
            ),
            Error::SignInNeeded => ("Please sign in", "This page is for the people who work on reports.".into()),
            Error::NotAllowed => ("This page is for another role", "Ask an admin if you need it for your work.".into()),
            Error::Invalid(sentence) | Error::NotYet(sentence) => ("One thing is missing", sentence.clone()),
            Error::TooMany(seconds) => (
                "A moment, please",
                format!("Many requests came from your network just now. Please try again in {seconds} seconds. Nothing you sent before is lost."),
            ),
            Error::TooLarge => (
                "That file is larger than we can take",
                "A screenshot, or the message without its attachments, helps just as much.".into(),
            ),
            Error::Store(_) | Error::Blob(_) | Error::Page(_) | Error::Broken(_) => (
                "That did not work, and it is on our side",
                "Nothing you did caused this. Please try again in a minute; if it is urgent, call the security desk.".into(),
            ),
        }
    }

    fn log(&self) {
        match self {
            Error::Store(_) | Error::Blob(_) | Error::Page(_) | Error::Broken(_) => {
                let mut chain = self.to_string();
                let mut next = std::error::Error::source(self);
                while let Some(inner) = next {
                    chain.push_str(": ");
                    chain.push_str(&inner.to_string());
                    next = inner.source();
                }
                tracing::error!(problem = chain, "request failed");
            }
            Error::NotFound
            | Error::SignInNeeded
            | Error::NotAllowed
            | Error::Invalid(_)
            | Error::NotYet(_)
            | Error::TooMany(_)
            | Error::TooLarge => {}
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        if matches!(self, Error::SignInNeeded) {
            return axum::response::Redirect::to("/sign-in").into_response();
        }
        let (heading, sentence) = self.words();
        let mut response = (self.status(), crate::page::error_page(heading, &sentence)).into_response();
        if let Error::TooMany(seconds) = self {
            response.headers_mut().insert("retry-after", seconds.into());
        }
        response
    }
}
