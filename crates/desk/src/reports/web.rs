//! Where anybody reports anything, and what a reporter sends from their own page.

mod file;
mod page;

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::receive::{Incoming, Upload};
use super::{Door, Kind, Told, Vouch, is_address};
use crate::error::{Error, Result};
use crate::ids::TaskId;
use crate::page::{Frame, OpenForm, go, show};
use crate::routes::Routes;
use crate::who::{Access, Public, Reporter};
use crate::{Desk, keys, people};

pub(crate) use file::answer as file_answer;

pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .at(Access::Public, "/report", get(choose))
        .at(Access::Public, "/report/{kind}", get(form).post(send))
        .at(Access::Link, "/r/{token}", get(page::page))
        .at(Access::Link, "/r/{token}/language/{tag}", post(language))
        .at(Access::Link, "/r/{token}/say", post(say))
        .at(Access::Link, "/r/{token}/told", post(told))
        .at(Access::Link, "/r/{token}/file", post(file))
        .at(Access::Link, "/r/{token}/files/{file}", get(file::picture))
        .at(Access::Link, "/r/{token}/task/{task}", post(task))
        .at(Access::Link, "/r/{token}/live", get(live));
    super::api::routes(routes)
}

#[derive(Template)]
#[template(path = "reports/choose.html")]
struct Choose {
    frame: Frame,
    kinds: [Kind; 5],
}

async fn choose(State(desk): State<Desk>, public: Public) -> Result<Response> {
    show(&Choose { frame: Frame::open(&desk, public.locale, public.path), kinds: Kind::ALL })
}

#[derive(Template)]
#[template(path = "reports/form.html")]
struct FormPage {
    frame: Frame,
    kind: Kind,
    told: [Told; Told::ALL.len()],
    phone: Option<String>,
    problem: Option<String>,
    /// What was typed and ticked, when the form comes back.
    sent: Sent,
    /// Makes this form, sent twice, one report.
    nonce: String,
    /// Whether we may write to the address they give; we say so before they give it.
    writes: bool,
}

fn form_page(desk: &Desk, public: &Public, kind: Kind) -> FormPage {
    FormPage {
        frame: Frame::open(desk, public.locale, &public.path),
        kind,
        told: Told::ALL,
        phone: desk.settings.phone.clone(),
        problem: None,
        sent: Sent::default(),
        nonce: keys::fresh_token(),
        writes: desk.settings.trusts(public.address),
    }
}

async fn form(State(desk): State<Desk>, public: Public, Path(kind): Path<String>) -> Result<Response> {
    let kind = Kind::parse(&kind).ok_or(Error::NotFound)?;
    show(&form_page(&desk, &public, kind))
}

/// The fields of the form, as they arrive.
#[derive(Default)]
struct Sent {
    told: BTreeSet<Told>,
    words: String,
    pasted: String,
    message: Option<Upload>,
    files: Vec<Upload>,
    address: String,
    name: String,
    nonce: String,
}

/// A form in parts, or why it is none.
type Parts = std::result::Result<Multipart, MultipartRejection>;

async fn send(
    State(desk): State<Desk>,
    public: Public,
    Path(kind): Path<String>,
    parts: Parts,
) -> Result<Response> {
    let kind = Kind::parse(&kind).ok_or(Error::NotFound)?;
    let parts = parts.map_err(|_| Error::Unclear("problem-form"))?;
    desk.gates.report(public.address, &desk.settings)?;
    let mut sent = collect(parts, desk.settings.most_bytes).await?;
    if !sent.pasted.trim().is_empty() {
        let pasted = Upload {
            name: "pasted.eml".into(),
            media_type: "message/rfc822".into(),
            bytes: pasted_message(&sent.pasted),
        };
        // A whole message says more than its pasted text; beside it the text is kept and read as well.
        match sent.message {
            Some(_) => sent.files.push(pasted),
            None => sent.message = Some(pasted),
        }
    }
    let nothing = sent.message.is_none()
        && sent.files.is_empty()
        && sent.words.trim().is_empty()
        && sent.told.is_empty();
    if nothing && kind != Kind::Device {
        let mut page = form_page(&desk, &public, kind);
        page.problem = Some(public.locale.t("form-empty"));
        page.sent = sent;
        return Ok(axum::response::IntoResponse::into_response((
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            show(&page)?,
        )));
    }
    let address = people::normal(&sent.address);
    let known = is_address(&address);
    // What is no address may still say who it is.
    let name = if sent.name.trim().is_empty() && !known { sent.address } else { sent.name };
    let named = known || !name.trim().is_empty();
    // Anybody can type any address: we write to it only where the network it came from is trusted.
    let vouch = if known && desk.settings.trusts(public.address) { Vouch::Vouched } else { Vouch::Nobody };
    let mut incoming = Incoming {
        door: Door::Web,
        kind,
        told: sent.told,
        words: sent.words,
        message: sent.message,
        files: sent.files,
        reporter: named.then(|| (if known { address } else { String::new() }, name)),
        vouch,
        answerable: vouch == Vouch::Vouched,
        locale: public.locale,
        dedupe_key: None,
        written: false,
        automatic: false,
    };
    // Sent twice, it is one report; changed in between, it is another.
    if sent.nonce.len() == 32 && sent.nonce.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        incoming.dedupe_key = Some(format!("form:{}:{}", sent.nonce, incoming.content_hash()));
    }
    let receipt = super::receive(&desk, incoming).await?;
    Ok(go(&format!("/r/{}", receipt.token), "received"))
}

async fn collect(mut parts: Multipart, most: usize) -> Result<Sent> {
    let mut sent = Sent::default();
    let mut total = 0usize;
    while let Some(part) = parts.next_field().await.map_err(|problem| not_whole(&problem))? {
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let media_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes = part.bytes().await.map_err(|problem| not_whole(&problem))?;
        total = total.saturating_add(bytes.len());
        if total > most {
            return Err(Error::TooLarge);
        }
        if let Some(name) = file_name {
            if bytes.is_empty() {
                continue;
            }
            let upload = Upload { name, media_type, bytes: bytes.into() };
            if field == "message" && sent.message.is_none() && mail::is_message(&upload.bytes) {
                sent.message = Some(upload);
            } else {
                sent.files.push(upload);
            }
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match field.as_str() {
            "told" => sent.told.extend(Told::parse(&text)),
            "words" => sent.words = text,
            "pasted" => sent.pasted = text,
            "address" => sent.address = text,
            "name" => sent.name = text,
            "nonce" => sent.nonce = text,
            _ => {}
        }
    }
    Ok(sent)
}

/// Why a form could not be read to its end. Either call of the reader may be the one that meets the limit.
pub(super) fn not_whole(problem: &MultipartError) -> Error {
    if problem.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Error::TooLarge;
    }
    Error::Unclear("problem-form")
}

/// A pasted text as a message: its own headers if it has any, else a body without any.
fn pasted_message(text: &str) -> Vec<u8> {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let has_headers = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && [
                "received",
                "return-path",
                "delivered-to",
                "x-",
                "message-id",
                "mime-version",
                "authentication-results",
                "dkim-signature",
                "arc-",
            ]
            .iter()
            .any(|known| name.to_ascii_lowercase().starts_with(known))
    });
    if has_headers {
        return text.trim_start().replace("\r\n", "\n").replace('\n', "\r\n").into_bytes();
    }
    format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}").into_bytes()
}

#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    words: String,
}

async fn say(
    State(desk): State<Desk>,
    reporter: Reporter,
    public: Public,
    OpenForm(form): OpenForm<Words>,
) -> Result<Response> {
    desk.gates.words(reporter.report, public.address, &desk.settings)?;
    super::say(&desk, reporter.report, &form.words).await?;
    Ok(go(&format!("/r/{}", reporter.token), "said"))
}

#[derive(Deserialize)]
struct Chosen {
    tag: String,
}

/// Another language on the reporter's page is one for our letters too.
async fn language(
    State(desk): State<Desk>,
    reporter: Reporter,
    Path(chosen): Path<Chosen>,
    OpenForm(_): OpenForm<crate::page::Nothing>,
) -> Result<Response> {
    let locale = crate::Locale::from_tag(&chosen.tag);
    super::set_locale(&desk, reporter.report, locale).await?;
    let page = go(&format!("/r/{}", reporter.token), "");
    Ok((crate::page::speaks(locale), page).into_response())
}

#[derive(Deserialize)]
struct ToldForm {
    #[serde(default)]
    told: Vec<String>,
}

async fn told(
    State(desk): State<Desk>,
    reporter: Reporter,
    public: Public,
    OpenForm(form): OpenForm<ToldForm>,
) -> Result<Response> {
    desk.gates.words(reporter.report, public.address, &desk.settings)?;
    let told: BTreeSet<Told> = form.told.iter().filter_map(|word| Told::parse(word)).collect();
    super::correct(&desk, reporter.report, &told).await?;
    Ok(go(&format!("/r/{}", reporter.token), "corrected"))
}

async fn file(
    State(desk): State<Desk>,
    reporter: Reporter,
    public: Public,
    parts: Parts,
) -> Result<Response> {
    let parts = parts.map_err(|_| Error::Unclear("problem-form"))?;
    desk.gates.words(reporter.report, public.address, &desk.settings)?;
    let sent = collect(parts, desk.settings.most_bytes).await?;
    let upload =
        sent.message.into_iter().chain(sent.files).next().ok_or(Error::Unclear("problem-no-file"))?;
    super::add_file(&desk, reporter.report, upload).await?;
    Ok(go(&format!("/r/{}", reporter.token), "file"))
}

#[derive(Deserialize)]
struct TaskForm {
    verb: String,
}

#[derive(Deserialize)]
struct TaskPath {
    task: TaskId,
}

async fn task(
    State(desk): State<Desk>,
    reporter: Reporter,
    public: Public,
    Path(path): Path<TaskPath>,
    OpenForm(form): OpenForm<TaskForm>,
) -> Result<Response> {
    desk.gates.words(reporter.report, public.address, &desk.settings)?;
    match form.verb.as_str() {
        "done" => super::task_done(&desk, reporter.report, path.task, true).await?,
        "open" => super::task_done(&desk, reporter.report, path.task, false).await?,
        "help" => super::task_help(&desk, reporter.report, path.task).await?,
        _ => return Err(Error::NotFound),
    }
    Ok(go(&format!("/r/{}", reporter.token), "saved"))
}

async fn live(State(desk): State<Desk>, reporter: Reporter) -> Response {
    crate::live::stream(&desk, vec![format!("report:{}", reporter.report)])
}
