//! The page that says why there is no answer, in the reader's language, and where to go from there.

use std::sync::Arc;

use askama::Template;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use super::{Frame, own_path};
use crate::Desk;
use crate::error::Error;
use crate::who::{Who, reader_locale};
use crate::words::Locale;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: String,
    sentence: String,
}

/// The page for an answer that is none yet: a problem of ours, or what the framework says in a bare line about an
/// address or a form that it could not read.
pub(super) fn problem_page(answer: Response, desk: &Desk, asked: &Asked) -> Response {
    let who = answer.extensions().get::<Who>();
    // The pages of the team are in one language, and so is what they say when something did not work.
    let locale = if who.is_some() { Locale::En } else { asked.locale };
    let bare =
        answer.status().is_client_error() && !answer.headers().get(header::CONTENT_TYPE).is_some_and(is_page);
    let (heading, sentence) = match answer.extensions().get::<Arc<Error>>() {
        Some(problem) if who.is_some() && matches!(**problem, Error::NotFound) => {
            (locale.t("problem-nothing-here"), locale.t("problem-nothing-desk"))
        }
        Some(problem) => problem.words(locale),
        None if bare && answer.status() == StatusCode::METHOD_NOT_ALLOWED => {
            (locale.t("problem-nothing-here"), locale.t("problem-other-way"))
        }
        None if bare => (locale.t("problem-nothing-here"), locale.t("problem-address")),
        None => return answer,
    };
    let frame = match who {
        Some(who) => Frame { back: asked.way_back_on_the_desk(answer.status()), ..Frame::of(desk, who, "") },
        None if answer.status() == StatusCode::NOT_FOUND => Frame::open(desk, locale, "/"),
        None => Frame::open(desk, locale, way_back(&asked.method, &asked.path)),
    };
    let page = ErrorPage { frame, heading, sentence };
    let Ok(page) = page.render() else { return answer };
    let (mut parts, _) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, page.into())
}

/// What was asked for, as far as a page needs it that says why there is no answer.
pub(super) struct Asked {
    method: Method,
    path: String,
    /// The page of ours on which a form stood.
    from: String,
    locale: Locale,
}

impl Asked {
    pub(super) fn of(parts: &Parts, desk: &Desk) -> Asked {
        Asked {
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            from: came_from(&parts.headers),
            locale: reader_locale(parts, desk),
        }
    }

    /// Where a signed-in person goes back to: from a form to the page it stood on, from a page that cannot be opened to the start.
    fn way_back_on_the_desk(&self, status: StatusCode) -> String {
        match self.method {
            Method::GET if status.is_server_error() => self.path.clone(),
            Method::GET => DESK.to_owned(),
            _ => self.from.clone(),
        }
    }
}

/// Where everybody who works here starts.
const DESK: &str = "/inbox";

/// The page of ours that a form stood on, as the browser says; the start where it does not.
pub(super) fn came_from(headers: &HeaderMap) -> String {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let page = || {
        let (_, rest) = said(header::REFERER)?.split_once("://")?;
        let (host, path) = rest.split_at_checked(rest.find('/')?)?;
        (said(header::HOST)? == host && own_path(path) != "/").then_some(path)
    };
    match page() {
        // A form that came back stands at its own address, which nobody can open.
        Some(path) => match path.strip_prefix("/cases/").and_then(|rest| rest.split_once('/')) {
            Some((case, _)) => format!("/cases/{case}"),
            None => path.to_owned(),
        },
        None => DESK.to_owned(),
    }
}

fn is_page(kind: &HeaderValue) -> bool {
    kind.to_str().is_ok_and(|kind| !kind.starts_with("text/plain"))
}

/// Where somebody goes back to who asked for `path`: to a page they can open, which for all that belongs to a private
/// page is that page.
fn way_back(method: &Method, path: &str) -> String {
    match path.strip_prefix("/r/").and_then(|rest| rest.split('/').next()) {
        Some(token) => format!("/r/{token}"),
        None if method == Method::GET => path.to_owned(),
        None => "/".to_owned(),
    }
}
