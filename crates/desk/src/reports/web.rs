//! Where anybody reports anything, the reporter's own page, and the door for report buttons.

mod file;

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::receive::{Incoming, Upload};
use super::{Door, Kind, ReporterPage, Told, Vouch, is_address};
use crate::cases::{Entry, Promise};
use crate::error::{Error, Result};
use crate::ids::TaskId;
use crate::page::{Frame, OpenForm, Said, go, show};
use crate::routes::Routes;
use crate::who::{Access, Public, Reporter};
use crate::{Desk, keys, people};

pub(crate) use file::answer as file_answer;

pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .at(Access::Public, "/report", get(choose))
        .at(Access::Public, "/report/{kind}", get(form).post(send))
        .at(Access::Link, "/r/{token}", get(page))
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
    told: [Told; 6],
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

#[derive(Template)]
#[template(path = "reports/page.html")]
struct Page {
    frame: Frame,
    token: String,
    view: ReporterPage,
    phone: Option<String>,
    told: [Told; 6],
    lines: Vec<Line>,
    next_by: Option<String>,
    moved: Option<String>,
}

/// One line of the reporter's timeline.
struct Line {
    when: String,
    who: String,
    what: String,
    words: String,
}

#[derive(Deserialize)]
struct Older {
    /// An older piece of the timeline.
    piece: Option<i64>,
}

async fn page(
    State(desk): State<Desk>,
    reporter: Reporter,
    Query(older): Query<Older>,
    said: Said,
) -> Result<Response> {
    let view = super::page_at(&desk, reporter.report, older.piece.unwrap_or(0)).await?;
    let locale = reporter.locale;
    let hours = &desk.settings.hours;
    let lines = view.timeline.iter().map(|entry| line(entry, &view, hours, locale)).collect();
    let open: Option<&Promise> =
        view.promises.iter().filter(|promise| promise.is_open()).min_by_key(|promise| promise.by_at);
    // Only what stands in the place of the open promise explains it: an older reason is a closed story.
    let moved = open
        .and_then(|open| view.promises.iter().find(|promise| promise.moved_to == Some(open.id)))
        .and_then(|promise| promise.moved_reason.clone());
    let frame = Frame::open(&desk, locale, format!("/r/{}", reporter.token))
        .said(said)
        .live(format!("/r/{}/live", reporter.token))
        .language_at(format!("/r/{}/language", reporter.token));
    show(&Page {
        frame,
        token: reporter.token,
        phone: desk.settings.phone.clone(),
        told: Told::ALL,
        lines,
        next_by: open.map(|promise| hours.say(promise.by_at, locale)),
        moved,
        view,
    })
}

fn line(entry: &Entry, view: &ReporterPage, hours: &crate::Hours, locale: crate::Locale) -> Line {
    let who = match entry.source.as_str() {
        "witness" => locale.t("who-you"),
        "system" => locale.t("who-desk"),
        _ => entry.author.clone().unwrap_or_else(|| locale.t("who-desk")),
    };
    let outcome = view.ending.as_ref().map(|ending| ending.outcome.clone()).unwrap_or_default();
    let (what, words) = match entry.kind.as_str() {
        "read" if entry.body.is_empty() => (locale.t("entry-opened"), String::new()),
        "read" => (locale.t(&format!("entry-read-{}", entry.body)), String::new()),
        "read-original" | "read-another" => {
            (locale.t(&format!("entry-{}", entry.kind)), locale.t(&format!("verdict-{}", entry.body)))
        }
        "outcome" if !outcome.is_empty() => {
            let ended = locale.t(&format!("outcome-{outcome}"));
            (format!("{}: {ended}", locale.t("entry-outcome")), entry.body.clone())
        }
        "corrected" if entry.body.is_empty() => (locale.t("entry-corrected-none"), String::new()),
        "corrected" => {
            let told: Vec<String> = super::split_told(&entry.body)
                .iter()
                .map(|one| locale.t(&format!("told-{}", one.as_str())))
                .collect();
            (locale.t("entry-corrected"), told.join(", "))
        }
        kind => (locale.t(&format!("entry-{kind}")), entry.body.clone()),
    };
    Line { when: hours.say(entry.at, locale), who, what, words }
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

impl Page {
    fn t(&self, key: &str) -> String {
        self.frame.t(key)
    }

    /// Where things stand, as one key.
    fn stand(&self) -> &'static str {
        match (&self.view.case, self.view.report.answered_at, self.view.report.first_human_word_at) {
            (None, _, _) => "stand-reading",
            (_, Some(_), _) => "stand-answered",
            (_, None, Some(_)) => "stand-working",
            (_, None, None) => "stand-waiting",
        }
    }

    fn has_told(&self, told: &Told) -> bool {
        super::split_told(&self.view.report.told).contains(told)
    }

    /// How it ended, once they were told: it stays, whatever is said afterwards.
    fn outcome(&self) -> Option<String> {
        self.view.ending.as_ref().map(|ending| self.t(&format!("outcome-{}", ending.outcome)))
    }

    /// The words that came with it.
    fn outcome_words(&self) -> &str {
        let told = self.view.timeline.iter().rev().find(|entry| entry.kind == "outcome");
        told.map_or("", |entry| entry.body.as_str())
    }

    /// A letter as its reader sees it here: the page it links is this one.
    fn letter(&self, letter: &crate::letters::Letter) -> String {
        letter.body.replace(crate::letters::PAGE_LINK, "").replace(crate::letters::THANKS_LINK, "")
    }

    /// What helps now, one key for each thing they told us.
    fn advice(&self) -> Vec<String> {
        let told = super::split_told(&self.view.report.told);
        if self.view.report.answered_at.is_some() {
            return Vec::new();
        }
        let ended = self.view.ending.is_some();
        let mut advice: Vec<String> = told
            .iter()
            .filter(|one| one.is_exposure())
            .map(|one| self.t(&format!("advice-{}", one.as_str())))
            .collect();
        if self.view.report.kind == "device" && !ended {
            advice.push(self.t("advice-device"));
        } else if advice.is_empty() && self.view.seen.is_some() && !ended {
            advice.push(self.t("advice-looked"));
        }
        advice
    }

    fn reasons(&self) -> Vec<String> {
        self.view.seen.as_ref().map(|seen| seen.reasons(5, self.frame.locale)).unwrap_or_default()
    }

    fn credit(&self) -> Option<String> {
        if self.view.people < 2 {
            return None;
        }
        let key = if self.view.place == 1 { "page-first-of" } else { "page-one-of" };
        Some(self.frame.locale.say(key, &[("total", &self.view.people.to_string())]))
    }

    fn size(&self, bytes: &i64) -> String {
        match *bytes {
            0..=1023 => format!("{bytes} B"),
            1024..=1_048_575 => format!("{} kB", bytes / 1024),
            _ => format!("{:.1} MB", *bytes as f64 / 1_048_576.0),
        }
    }
}
