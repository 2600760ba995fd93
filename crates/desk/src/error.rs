//! What can go wrong behind a page, and the kind page that says so. Content is never an error here: findings are.
//! What a person sees and what the log says are kept apart.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::db::AsStoreError;
use crate::words::Locale;

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
    /// What was sent cannot be used; the key of a sentence that says what, why and what next. For pages that anybody
    /// reads, in their own language.
    #[error("{}", Locale::En.t(.0))]
    Unclear(&'static str),
    /// The state of things does not allow it, said by a key in the same way.
    #[error("{}", Locale::En.t(.0))]
    Later(&'static str),
    /// What was sent cannot be used; the sentence says what, why and what next. For pages of the team.
    #[error("{0}")]
    Invalid(String),
    /// The state of things does not allow it; the sentence says what to do first.
    #[error("{0}")]
    NotYet(String),
    /// Too many in too short a time; seconds until it is worth trying again.
    #[error("too many at once")]
    TooMany(u64),
    /// Too much from one private page in too short a time; seconds until it is worth trying again.
    #[error("too much from one page at once")]
    TooFast(u64),
    /// There is no room for it right now; seconds until it is worth trying again.
    #[error("no room right now")]
    Busy(u64),
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
            | Error::Unclear(_)
            | Error::Later(_)
            | Error::Invalid(_)
            | Error::NotYet(_)
            | Error::TooMany(_)
            | Error::TooFast(_)
            | Error::Busy(_)
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
            Error::Unclear(_) | Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Later(_) | Error::NotYet(_) => StatusCode::CONFLICT,
            Error::TooMany(_) | Error::TooFast(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Busy(_) | Error::Store(_) | Error::Blob(_) | Error::Page(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Heading and sentence for a person, in their language.
    pub fn words(&self, locale: Locale) -> (String, String) {
        let pair = |key: &str| (locale.t(key), locale.t(&format!("{key}-words")));
        match self {
            Error::NotFound => pair("problem-nothing-here"),
            Error::SignInNeeded => pair("problem-sign-in"),
            Error::NotAllowed => pair("problem-other-role"),
            Error::Unclear(key) | Error::Later(key) => (locale.t("problem-missing"), locale.t(key)),
            Error::Invalid(sentence) | Error::NotYet(sentence) => {
                (locale.t("problem-missing"), sentence.clone())
            }
            Error::TooMany(seconds) => {
                let seconds = seconds.to_string();
                (locale.t("problem-moment"), locale.say("problem-moment-words", &[("seconds", &seconds)]))
            }
            Error::TooFast(seconds) => {
                let seconds = seconds.to_string();
                (locale.t("problem-moment"), locale.say("problem-fast", &[("seconds", &seconds)]))
            }
            Error::Busy(seconds) => {
                let seconds = seconds.to_string();
                (locale.t("problem-moment"), locale.say("problem-busy", &[("seconds", &seconds)]))
            }
            Error::TooLarge => pair("problem-large"),
            Error::Store(_) | Error::Blob(_) | Error::Page(_) | Error::Broken(_) => pair("problem-ours"),
        }
    }

    /// A page that says what did not work, with the status and the time to wait that belong to it.
    pub fn around(&self, page: Response) -> Response {
        let mut response = (self.status(), page).into_response();
        if let Error::TooMany(seconds) | Error::TooFast(seconds) | Error::Busy(seconds) = self {
            response.headers_mut().insert("retry-after", (*seconds).into());
        }
        response
    }

    /// Writes down what is ours to mend.
    pub fn log(&self) {
        match self {
            Error::Store(_) | Error::Blob(_) | Error::Page(_) | Error::Broken(_) => {
                tracing::error!(problem = for_the_log(self), "request failed");
            }
            Error::NotFound
            | Error::SignInNeeded
            | Error::NotAllowed
            | Error::Unclear(_)
            | Error::Later(_)
            | Error::Invalid(_)
            | Error::NotYet(_)
            | Error::TooMany(_)
            | Error::TooFast(_)
            | Error::Busy(_)
            | Error::TooLarge => {}
        }
    }
}

/// A failure with its causes, for the log and for admins: short, and without anything that may be somebody's address.
pub fn for_the_log(problem: &Error) -> String {
    let mut words = problem.to_string();
    let mut next = std::error::Error::source(problem);
    while let Some(inner) = next {
        words.push_str(": ");
        words.push_str(&inner.to_string());
        next = inner.source();
    }
    let kept = words.split_whitespace().map(|word| if word.contains('@') { "(an address)" } else { word });
    kept.collect::<Vec<_>>().join(" ").chars().take(500).collect()
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        if matches!(self, Error::SignInNeeded) {
            return axum::response::Redirect::to("/sign-in").into_response();
        }
        let mut response = self.around(Response::default());
        // The page is written where the reader's language is known.
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
