//! The door for report buttons: one address, a token, an idempotency key, JSON or a form with files.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use base64::Engine;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::receive::{Incoming, Upload};
use super::web::not_whole;
use super::{Door, Kind, Told, Vouch, is_address, store};
use crate::error::{Error, Result};
use crate::routes::Routes;
use crate::who::Access;
use crate::words::Locale;
use crate::{Desk, keys, people, write};

pub fn routes(routes: Routes) -> Routes {
    // A message of the largest size, in Base64 and with JSON around it.
    let most = (routes.most_bytes() / 3 + 1).saturating_mul(4).saturating_add(1024 * 1024);
    let reports = post(take).fallback(other_method).layer(DefaultBodyLimit::max(most));
    routes
        .at(Access::Token, "/api/v1/reports", reports)
        .at(Access::Public, "/api/v1/openapi.json", get(|| async { Json(document()) }))
        .at(Access::Public, "/api/{*rest}", any(nothing_here))
}

async fn other_method() -> Response {
    let message = "Reports are sent here with `POST`; there is nothing to read at this address.".into();
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")], Json(Problem { message })).into_response()
}

async fn nothing_here() -> Response {
    let message =
        "There is nothing at this address. Reports go to `/api/v1/reports`; `/api/v1/openapi.json` describes it."
            .into();
    (StatusCode::NOT_FOUND, Json(Problem { message })).into_response()
}

/// A report from a button in a mail program.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewReportBody {
    /// `message`, `happened`, `device`, `feeling` or `friction`.
    #[schema(example = "message")]
    pub kind: String,
    /// What the person says happened: `looked`, `clicked`, `opened`, `replied`, `password`,
    /// `approved` (a sign-in they did not start), `remote` (somebody was let onto their device), `paid`.
    #[schema(example = json!(["clicked"]))]
    pub told: Vec<String>,
    /// What the person wrote themselves.
    pub words: String,
    /// The reported message, raw (`.eml` or `.msg`), in Base64.
    pub message: Option<String>,
    /// The address of the person who pressed the button. The token vouches for it; the desk by itself writes only to addresses of the
    /// organisation's own domains.
    #[schema(example = "kim@example.org")]
    pub reporter: Option<String>,
    /// Their name, as letters should carry it.
    pub name: String,
    /// The language they read, `en` or `de`; for any other we write in the organisation's.
    #[schema(example = "en")]
    pub locale: String,
}

/// The same report as a form. The message comes as a file, at its own size.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "describes the form in the OpenAPI document; `from_form` reads it field by field"
)]
struct NewReportForm {
    /// `message`, `happened`, `device`, `feeling` or `friction`.
    #[schema(example = "message")]
    kind: Option<String>,
    /// What the person says happened, one part each: `looked`, `clicked`, `opened`, `replied`, `password`,
    /// `approved` (a sign-in they did not start), `remote` (somebody was let onto their device), `paid`.
    told: Option<Vec<String>>,
    /// What the person wrote themselves.
    words: Option<String>,
    /// The reported message, raw (`.eml` or `.msg`).
    #[schema(value_type = Option<String>, format = Binary)]
    message: Option<Vec<u8>>,
    /// The address of the person who pressed the button. The token vouches for it; the desk by itself writes only to addresses of the
    /// organisation's own domains.
    #[schema(example = "kim@example.org")]
    reporter: Option<String>,
    /// Their name, as letters should carry it.
    name: Option<String>,
    /// The language they read, `en` or `de`; for any other we write in the organisation's.
    #[schema(example = "en")]
    locale: Option<String>,
}

/// What comes back: the report is stored for good by then.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// The report's id.
    pub report: String,
    /// The reporter's private page.
    pub page: String,
    /// False if this same report was taken before under the same idempotency key.
    pub new: bool,
}

/// What did not work, in words.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    pub message: String,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Alongside", description = "The door for report buttons.", version = "1"),
    paths(take),
    components(schemas(NewReportBody, NewReportForm, Taken, Problem))
)]
struct Document;

/// The OpenAPI 3.1 document, made from the handlers.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

#[utoipa::path(
    post,
    path = "/api/v1/reports",
    summary = "Report something",
    description = "Takes a report. JSON as described, or `multipart/form-data` with the same fields and `message` as a file.",
    params(
        ("Authorization" = String, Header, description = "`Bearer` and a token that an admin made"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same for every attempt to send this same report, and another one for each report of a person; 1 to 200 plain characters (ASCII)"),
    ),
    request_body(content((NewReportBody = "application/json"), (NewReportForm = "multipart/form-data"))),
    responses(
        (status = 201, description = "Taken in, for good", body = Taken),
        (status = 200, description = "Taken in before under this idempotency key", body = Taken),
        (status = 401, description = "No valid token", body = Problem),
        (status = 405, description = "Another method than POST", body = Problem),
        (status = 413, description = "Larger than we take", body = Problem),
        (status = 422, description = "Cannot be used as sent; or the idempotency key already stands for another report of this person", body = Problem),
        (status = 429, description = "More reports in a minute than one token may bring; `Retry-After` says when to send this one again", body = Problem),
        (status = 503, description = "Not stored; please send again", body = Problem),
    )
)]
async fn take(State(desk): State<Desk>, headers: HeaderMap, request: Request) -> Response {
    match taken(&desk, &headers, request).await {
        Ok(taken) => {
            (if taken.new { StatusCode::CREATED } else { StatusCode::OK }, Json(taken)).into_response()
        }
        Err(problem) => refuse(&problem),
    }
}

pub(crate) fn refuse(problem: &Error) -> Response {
    let status = problem.status();
    if status.is_server_error() {
        tracing::error!(%problem, "a report by the API was not taken");
    }
    let message = match problem {
        Error::SignInNeeded => {
            "No valid token came with this. Ask an admin for one and send it as `Authorization: Bearer TOKEN`.".to_owned()
        }
        other => other.words(Locale::En).1,
    };
    let mut answer = (status, Json(Problem { message })).into_response();
    if let Error::Busy(seconds) | Error::TooMany(seconds) | Error::TooFast(seconds) = problem {
        answer.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
    }
    answer
}

async fn taken(desk: &Desk, headers: &HeaderMap, request: Request) -> Result<Taken> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let token = text("authorization")
        .and_then(|value| value.trim().split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
        .ok_or(Error::SignInNeeded)?;
    // Read, not written: whoever guesses tokens must not keep the desk busy.
    let mut tx = desk.db.read().await?;
    let button = store::by_api_token(&mut tx, &keys::hash(token.trim())).await?.ok_or(Error::SignInNeeded)?;
    drop(tx);
    desk.gates.button(&button)?;
    let key = match headers.get("idempotency-key") {
        Some(value) => {
            Some(value.to_str().ok().filter(|key| (1..=200).contains(&key.len())).ok_or_else(|| {
                Error::Invalid(
                    "The header `Idempotency-Key` must have 1 to 200 plain characters (ASCII).".into(),
                )
            })?)
        }
        None => None,
    };
    let multipart = text(header::CONTENT_TYPE.as_str())
        .is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data"));
    let (body, message) =
        if multipart { from_form(request, desk).await? } else { from_json(request).await? };
    let kind = match body.kind.as_str() {
        "" => Kind::Message,
        word => Kind::parse(word).ok_or_else(|| {
            Error::Invalid(format!(
                "`kind` is `{word}`; it can be message, happened, device, feeling or friction."
            ))
        })?,
    };
    let mut told = BTreeSet::new();
    for word in &body.told {
        told.insert(Told::parse(word).ok_or_else(|| {
            Error::Invalid(format!(
                "`told` has `{word}`; it can have looked, clicked, opened, replied, password, approved, remote and paid."
            ))
        })?);
    }
    if message.is_none() && body.words.trim().is_empty() && told.is_empty() && kind == Kind::Message {
        return Err(Error::Invalid(
            "There is nothing in this report. Send `message`, `words` or `told`.".into(),
        ));
    }
    let reporter = body.reporter.as_deref().map(people::normal).filter(|address| !address.is_empty());
    if reporter.as_ref().is_some_and(|address| !is_address(address)) {
        return Err(Error::Invalid("`reporter` is not one e-mail address. Send the address of the person who pressed the button, without a name or a second address.".into()));
    }
    // Each person has their own keys: a button may use a key, such as the Message-ID of a mail that went to many, for all of them.
    let dedupe_key = key.map(|key| format!("api:{button}:{}:{key}", reporter.as_deref().unwrap_or_default()));
    let vouch = if reporter.is_some() { Vouch::Vouched } else { Vouch::Nobody };
    // Whoever finds a token must not have the desk write to the whole world.
    let own = &desk.settings.mail;
    let is_ours = |address: &String| {
        let host = address.rsplit_once('@').map_or("", |(_, host)| host);
        own.own_domains.is_empty() || mail::is_own(own, host)
    };
    let receipt = super::receive(
        desk,
        Incoming {
            door: Door::Api,
            kind,
            told,
            words: body.words,
            message,
            files: Vec::new(),
            answerable: reporter.as_ref().is_some_and(is_ours),
            reporter: reporter.map(|address| (address, body.name)),
            vouch,
            locale: Locale::from_header(&body.locale).unwrap_or(desk.settings.locale),
            dedupe_key,
            written: false,
            automatic: false,
        },
    )
    .await?;
    Ok(Taken {
        report: receipt.report.to_string(),
        page: desk.link(&format!("/r/{}", receipt.token)),
        new: receipt.new,
    })
}

/// What to send instead of a body that is no report.
fn unreadable(problem: &JsonRejection) -> String {
    let text = match problem {
        JsonRejection::JsonDataError(problem) => problem.body_text(),
        JsonRejection::MissingJsonContentType(_) => {
            return "Send the report as JSON with the header `Content-Type: application/json`, or as a form."
                .into();
        }
        _ => return "The body is not JSON.".into(),
    };
    let said = text.split_once("target type: ").map_or(text.as_str(), |(_, said)| said);
    if let Some(name) = said.split_once("unknown field `").and_then(|(_, rest)| rest.split('`').next()) {
        return format!(
            "There is no field `{name}`. A report has `kind`, `told`, `words`, `message`, `reporter`, `name` and `locale`."
        );
    }
    match said.split([':', '[', ' ']).next() {
        Some("told") => "`told` is a list, such as `[\"clicked\"]`.".into(),
        Some(field @ ("kind" | "words" | "message" | "reporter" | "name" | "locale")) => {
            format!("`{field}` is one text in quotes.")
        }
        _ => {
            "A report is one JSON object, such as `{\"kind\": \"message\", \"told\": [\"clicked\"]}`.".into()
        }
    }
}

async fn from_json(request: Request) -> Result<(NewReportBody, Option<Upload>)> {
    let Json(mut body) = Json::<NewReportBody>::from_request(request, &()).await.map_err(|problem| {
        if problem.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Error::TooLarge;
        }
        Error::Invalid(unreadable(&problem))
    })?;
    let message = match body.message.take() {
        Some(text) => {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(text.trim())
                .map_err(|_| Error::Invalid("`message` is not Base64.".into()))?;
            Some(upload(bytes)?)
        }
        None => None,
    };
    Ok((body, message))
}

async fn from_form(request: Request, desk: &Desk) -> Result<(NewReportBody, Option<Upload>)> {
    let mut parts = Multipart::from_request(request, desk)
        .await
        .map_err(|_| Error::Invalid("The form did not arrive whole.".into()))?;
    let mut body = NewReportBody::default();
    let mut message = None;
    while let Some(part) = parts.next_field().await.map_err(|problem| not_whole(&problem))? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|problem| not_whole(&problem))?;
        if name == "message" {
            if message.replace(upload(bytes.into())?).is_some() {
                return Err(Error::Invalid(
                    "The form has two parts named `message`. Send one report for each message.".into(),
                ));
            }
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "kind" => body.kind = text,
            "told" => body.told.push(text),
            "words" => body.words = text,
            "reporter" => body.reporter = Some(text),
            "name" => body.name = text,
            "locale" => body.locale = text,
            other => {
                return Err(Error::Invalid(format!("The form has a field `{other}` that we do not know.")));
            }
        }
    }
    Ok((body, message))
}

fn upload(bytes: Vec<u8>) -> Result<Upload> {
    if bytes.is_empty() {
        return Err(Error::Invalid(
            "`message` is empty. Send the raw message, or leave the field out.".into(),
        ));
    }
    Ok(Upload { name: "reported.eml".into(), media_type: "message/rfc822".into(), bytes })
}

/// Makes a token for a report button. Shown once; only its hash is kept. A name is for one token that works, so that taking it
/// back takes nothing else.
pub async fn make_token(desk: &Desk, name: &str) -> Result<String> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(Error::Invalid("A token needs a name in one line, such as `outlook-button`.".into()));
    }
    let token = keys::fresh_token();
    let (hash, now) = (keys::hash(&token), desk.now());
    write!(desk.db, tx => {
        if store::works_api_token(tx, name).await? {
            return Err(Error::Invalid(format!(
                "There is a token called `{name}` already. Choose another name, or take that one back first."
            )));
        }
        store::add_api_token(tx, &hash, name, None, now).await?;
        people::note(tx, None, "made a token for a report button", name, now).await
    })?;
    Ok(token)
}

/// Takes the tokens of a name back; gives how many there were. Reports they brought stay.
pub async fn revoke_tokens(desk: &Desk, name: &str) -> Result<u64> {
    let now = desk.now();
    write!(desk.db, tx => {
        let revoked = store::revoke_api_token(tx, name, now).await?;
        if revoked > 0 {
            people::note(tx, None, "took a token for a report button back", name, now).await?;
        }
        Ok(revoked)
    })
}
