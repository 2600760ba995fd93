//! From a value to a page and from a form to a value: rendering, forms with their token, headers every page carries.
//! Decides nothing about what is shown.

mod problem;
mod unsent;

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use askama::Template;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Desk;
use crate::error::{Error, Result};
use crate::keys;
use crate::who::{Role, SESSION, Who, same_site};
use crate::words::Locale;
use problem::{Asked, came_from, problem_page};
pub use unsent::unsent;
use unsent::{refused, typed};

/// What every page's frame shows.
#[derive(Clone, Debug)]
pub struct Frame {
    pub organisation: String,
    pub locale: Locale,
    /// The signed-in person, if there is one.
    pub name: Option<String>,
    pub role: Option<Role>,
    pub form_token: String,
    /// What just happened, as a key of the page's words.
    pub said: Option<String>,
    /// Which entry of the navigation is this page.
    pub here: &'static str,
    /// The topic whose changes refresh this page.
    pub live: String,
    /// The address of this page, to come back to in another language.
    pub back: String,
    /// Where another language is chosen.
    pub language_at: String,
    /// Where to call the desk.
    pub phone: Option<String>,
    /// The form that another language is chosen in, so that nothing typed there is lost; nothing for pages without one.
    pub language_in: &'static str,
}

impl Frame {
    /// The frame of a page for a signed-in person.
    pub fn of(desk: &Desk, who: &Who, here: &'static str) -> Frame {
        Frame {
            organisation: desk.settings.organisation.clone(),
            locale: Locale::En,
            name: Some(who.name.clone()),
            role: Some(who.role),
            form_token: who.form_token.clone(),
            said: None,
            here,
            live: String::new(),
            back: String::new(),
            language_at: "/language".into(),
            language_in: "",
            phone: desk.settings.phone.clone(),
        }
    }

    /// The frame of a page for anybody, which is found at `back`.
    pub fn open(desk: &Desk, locale: Locale, back: impl Into<String>) -> Frame {
        Frame {
            organisation: desk.settings.organisation.clone(),
            locale,
            name: None,
            role: None,
            form_token: String::new(),
            said: None,
            here: "",
            live: String::new(),
            back: back.into(),
            language_at: "/language".into(),
            language_in: "",
            phone: desk.settings.phone.clone(),
        }
    }

    /// The frame of a page for anybody, as somebody who is signed in knows it: with their navigation and their name.
    pub fn either(desk: &Desk, who: Result<Who>, locale: Locale, back: impl Into<String>) -> Frame {
        match who {
            Ok(who) => Frame::of(desk, &who, ""),
            Err(_) => Frame::open(desk, locale, back),
        }
    }

    /// The same with what just happened.
    pub fn said(mut self, said: Said) -> Frame {
        self.said = said.0.filter(|key| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        self
    }

    /// The same, refreshed when `topic` changes.
    pub fn live(mut self, topic: impl Into<String>) -> Frame {
        self.live = topic.into();
        self
    }

    /// The same, where choosing another language is kept for one report: `{at}/de`.
    pub fn language_at(mut self, at: impl Into<String>) -> Frame {
        self.language_at = at.into();
        self
    }

    /// The same, where choosing another language sends the form with this id, which comes back in that language.
    pub fn language_in(mut self, form: &'static str) -> Frame {
        self.language_in = form;
        self
    }

    /// Who speaks here.
    pub fn brand(&self) -> String {
        match self.organisation.as_str() {
            "" => "Alongside".into(),
            organisation => self.locale.say("desk-name", &[("organisation", organisation)]),
        }
    }

    /// What the page says under a key.
    pub fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    /// What the page says under a key made of a group, a value and an ending.
    pub fn tk(&self, group: &str, value: impl AsRef<str>, ending: &str) -> String {
        self.locale.t(&format!("{group}{}{ending}", value.as_ref()))
    }

    /// The phone as a link dials it; empty for one without digits.
    pub fn dial(&self) -> String {
        let digits = |letter: &char| letter.is_ascii_digit() || *letter == '+';
        self.phone.iter().flat_map(|phone| phone.chars()).filter(digits).collect()
    }

    pub fn is_desk(&self) -> bool {
        self.role.is_some_and(|role| crate::who::Access::Desk.admits(role))
    }

    pub fn is_lead(&self) -> bool {
        self.role.is_some_and(|role| crate::who::Access::Lead.admits(role))
    }

    pub fn is_admin(&self) -> bool {
        self.role.is_some_and(|role| crate::who::Access::Admin.admits(role))
    }
}

/// Renders a page.
pub fn show(page: &impl Template) -> Result<Response> {
    Ok(Html(page.render()?).into_response())
}

/// Keeps the language a reader chose.
pub fn speaks(locale: Locale) -> [(header::HeaderName, String); 1] {
    let value = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", locale.tag());
    [(header::SET_COOKIE, value)]
}

/// Goes to another page after something was stored, and says there what happened.
pub fn go(path: &str, said: &str) -> Response {
    let glue = if path.contains('?') { '&' } else { '?' };
    match said {
        "" => Redirect::to(path).into_response(),
        said => Redirect::to(&format!("{path}{glue}said={said}")).into_response(),
    }
}

/// What the last page left to say (`?said=sent`).
#[derive(Clone, Debug, Default)]
pub struct Said(pub Option<String>);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Said {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &S,
    ) -> std::result::Result<Said, Self::Rejection> {
        #[derive(Deserialize)]
        struct Asked {
            said: Option<String>,
        }
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        Ok(Said(asked.ok().and_then(|Query(asked)| asked.said)))
    }
}

/// A form of a signed-in person: refused unless it carries the session's token. What was typed into a refused one comes back.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Desk> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> std::result::Result<Form<T>, Response> {
        #[derive(Deserialize)]
        struct Token {
            form_token: Option<String>,
        }
        let refuse = Error::into_response;
        let (mut parts, body) = request.into_parts();
        let who = <Who as axum::extract::FromRequestParts<Desk>>::from_request_parts(&mut parts, desk)
            .await
            .map_err(refuse)?;
        let bytes =
            axum::body::to_bytes(body, 1024 * 1024).await.map_err(|_| Error::TooLarge.into_response())?;
        let token: Token = decode(&bytes).map_err(refuse)?;
        if !token.form_token.is_some_and(|token| keys::same(&token, &who.form_token)) {
            return Err(refused(desk, &who, &typed(&bytes), &came_from(&parts.headers)));
        }
        Ok(Form(decode(&bytes).map_err(refuse)?))
    }
}

/// A form with nothing in it but its token.
#[derive(Deserialize)]
pub struct Nothing {}

/// A form anybody may send.
pub struct OpenForm<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for OpenForm<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _state: &S) -> Result<OpenForm<T>> {
        let bytes =
            axum::body::to_bytes(request.into_body(), 1024 * 1024).await.map_err(|_| Error::TooLarge)?;
        Ok(OpenForm(decode(&bytes)?))
    }
}

/// A form's fields. A NUL, which nobody types and PostgreSQL cannot hold, is left out of every field, here for all forms.
fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let broken = |_| Error::Unclear("problem-form");
    if !bytes.contains(&0) && !bytes.windows(3).any(|piece| piece == b"%00") {
        return serde_html_form::from_bytes(bytes).map_err(broken);
    }
    let mut fields: Vec<(String, String)> = serde_html_form::from_bytes(bytes).map_err(broken)?;
    for (_, value) in &mut fields {
        value.retain(|letter| letter != '\0');
    }
    let clean = serde_html_form::to_string(&fields).map_err(|problem| Error::Broken(problem.to_string()))?;
    serde_html_form::from_bytes(clean.as_bytes()).map_err(broken)
}

/// A path of ours that somebody may be sent to; the start for anything else.
pub fn own_path(path: &str) -> &str {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && path.starts_with('/') && !path.starts_with("//") { path } else { "/" }
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// Whether an address is itself a secret, which opens a page to whoever holds it. Its forms use no session.
fn is_private_link(path: &str) -> bool {
    ["/r/", "/setup/", "/thanks/"].iter().any(|head| path.starts_with(head))
}

/// Puts the headers on every answer that keep browsers careful, refuses forms from other sites, and sees to it that what
/// did not work is said on a page, in the reader's language.
pub async fn careful(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let asked = Asked::of(&parts, &desk);
    let for_people = !["/api/", "/assets/"].iter().any(|start| path.starts_with(start));
    let private = is_private_link(path);
    let brings_session = !private && SESSION.of(&parts.headers, &desk.settings).is_some();
    let from_us = if path.starts_with("/api/") {
        Ok(())
    } else {
        same_site(&parts.method, &parts.headers, brings_session)
    };
    let mut response = match from_us {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => problem.into_response(),
    };
    if for_people {
        response = problem_page(response, &desk, &asked);
    }
    // A secret address is told to nobody, not even to our own pages. Elsewhere our own pages are told, because a browser
    // that tells nobody also hides that a form came from us.
    let referrer = if private { "no-referrer" } else { "same-origin" };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, referrer),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if desk.settings.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers
        .insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    response
}

/// The most that is read of a request after its answer is known, in bytes and in time.
pub(crate) const READ_ON: usize = 512 * 1024 * 1024;
const READ_ON_FOR: Duration = Duration::from_secs(120);

/// Reads what is left of a request before its answer goes out. A browser that is still sending when the connection closes
/// shows its own error in place of our page; so the answer to an upload that is too large waits until all of it was sent,
/// within bounds. What is read is dropped at once.
pub async fn patient(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let back = Arc::new(Mutex::new(None));
    let lent = Lent { body: Some(body.into_data_stream()), back: back.clone(), rests: false };
    let response = next.run(Request::from_parts(parts, Body::from_stream(lent))).await;
    let left = back.lock().ok().and_then(|mut body| body.take());
    if let Some(mut left) = left {
        let reading = async {
            let mut read = 0usize;
            while let Some(Ok(piece)) = left.next().await {
                read = read.saturating_add(piece.len());
                if read > READ_ON {
                    return;
                }
            }
        };
        let _in_time = tokio::time::timeout(READ_ON_FOR, reading).await;
    }
    response
}

/// A request's body that comes back when whoever reads it lets go of it early. It rests after each piece: the reader of forms takes
/// all that is ready before it hands anything on, and would hold a whole upload at once.
struct Lent {
    body: Option<BodyDataStream>,
    back: Arc<Mutex<Option<BodyDataStream>>>,
    rests: bool,
}

impl Stream for Lent {
    type Item = std::result::Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let piece = std::task::ready!(Pin::new(body).poll_next(context));
        if !matches!(piece, Some(Ok(_))) {
            self.body = None;
        }
        self.rests = true;
        Poll::Ready(piece)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Ok(mut back) = self.back.lock() {
            *back = self.body.take();
        }
    }
}

/// The style and the one small script.
pub async fn asset(axum::extract::Path(name): axum::extract::Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "alongside.css" => ("text/css; charset=utf-8", include_str!("assets/alongside.css")),
        "alongside.js" => ("text/javascript; charset=utf-8", include_str!("assets/alongside.js")),
        "chart.css" => ("text/css; charset=utf-8", chart::STYLE),
        "estimates.css" => ("text/css; charset=utf-8", include_str!("estimates/estimates.css")),
        "mark.svg" => ("image/svg+xml", include_str!("assets/mark.svg")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=300")], text).into_response()
}

#[cfg(test)]
mod tests;
