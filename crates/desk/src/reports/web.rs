//! Where anybody reports anything, and what a reporter sends from their own page.

mod collect;
mod file;
mod page;

use std::collections::BTreeSet;

use askama::Template;
use axum::Extension;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::receive::{Incoming, MOST_WORDS, Upload};
use super::{Door, Kind, Told, Vouch, is_address};
use crate::error::{Error, Result};
use crate::ids::TaskId;
use crate::page::{Frame, OpenForm, go, show};
use crate::room::Place;
use crate::routes::Routes;
use crate::who::{Access, Public, Reporter};
use crate::{Desk, keys, people};

use collect::collect;
pub(super) use collect::not_whole;
pub(crate) use file::answer as file_answer;

pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .at(Access::Public, "/report", get(choose))
        // Read to its end by itself, so that words behind a file that is too large come back.
        .at(Access::Public, "/report/{kind}", get(form).post(send).layer(DefaultBodyLimit::disable()))
        .at(Access::Link, "/r/{token}", get(page::page))
        .at(Access::Link, "/r/{token}/language/{tag}", post(language))
        .at(Access::Link, "/r/{token}/say", post(say))
        .at(Access::Link, "/r/{token}/told", post(told))
        .at(Access::Link, "/r/{token}/address", post(address))
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
    problem: Option<String>,
    /// What was typed and ticked, when the form comes back.
    sent: Typed,
    /// Makes this form, sent twice, one report.
    nonce: String,
    /// Whether we may write to the address they give; we say so before they give it.
    writes: bool,
}

fn form_page(desk: &Desk, public: &Public, kind: Kind) -> FormPage {
    FormPage {
        frame: Frame::open(desk, public.locale, &public.path).language_in("report"),
        kind,
        told: Told::ALL,
        problem: None,
        sent: Typed::default(),
        nonce: keys::fresh_token(),
        writes: desk.settings.trusts(public.address),
    }
}

async fn form(State(desk): State<Desk>, public: Public, Path(kind): Path<String>) -> Result<Response> {
    let kind = Kind::parse(&kind).ok_or(Error::NotFound)?;
    show(&form_page(&desk, &public, kind))
}

/// What somebody typed and ticked in the form: what can come back with it.
#[derive(Clone, Default)]
struct Typed {
    told: BTreeSet<Told>,
    words: String,
    pasted: String,
    address: String,
    name: String,
    nonce: String,
}

impl Typed {
    /// How many bytes of words there are.
    fn len(&self) -> usize {
        [&self.words, &self.pasted, &self.address, &self.name].into_iter().map(String::len).sum()
    }
}

/// The fields of the form, as they arrive.
#[derive(Default)]
struct Sent {
    typed: Typed,
    message: Option<Upload>,
    files: Vec<Upload>,
    /// Another language was chosen, and nothing is to be sent yet.
    language: Option<crate::Locale>,
    /// There was a file, whether we kept it or not.
    chose_files: bool,
    /// Why not all of it is here.
    problem: Option<Error>,
}

/// A form in parts, or why it is none.
type Parts = std::result::Result<Multipart, MultipartRejection>;

async fn send(
    State(desk): State<Desk>,
    public: Public,
    Path(kind): Path<String>,
    Extension(place): Extension<Place>,
    parts: Parts,
) -> Result<Response> {
    let kind = Kind::parse(&kind).ok_or(Error::NotFound)?;
    let parts = parts.map_err(|_| Error::Unclear("problem-form"))?;
    let gate = desk.gates.report(public.address, &desk.settings);
    let mut sent = collect(parts, desk.settings.most_bytes).await;
    if place.is_refused() {
        // Words come before files, so they are here.
        (sent.problem, sent.chose_files) = (Some(Error::Busy(20)), true);
    }
    if let Some(locale) = sent.language {
        let mut page = form_page(&desk, &Public { locale, ..public }, kind);
        page.problem = sent.chose_files.then(|| locale.t("form-files-again"));
        page.sent = sent.typed;
        return Ok((crate::page::speaks(locale), show(&page)?).into_response());
    }
    let (typed, chose_files) = (sent.typed.clone(), sent.chose_files);
    let done = match (gate, sent.problem.take()) {
        (Err(problem), _) | (Ok(()), Some(problem)) => Err(problem),
        (Ok(()), None) => take(&desk, &public, kind, sent).await,
    };
    match done {
        Ok(token) => Ok(go(&format!("/r/{token}"), "received")),
        Err(problem) => again(&desk, &public, kind, typed, chose_files, &problem),
    }
}

/// The form as it was sent, with why it was not taken.
fn again(
    desk: &Desk,
    public: &Public,
    kind: Kind,
    typed: Typed,
    chose_files: bool,
    problem: &Error,
) -> Result<Response> {
    problem.log();
    let (heading, sentence) = problem.words(public.locale);
    let mut said = match problem {
        Error::Unclear(_) => vec![sentence],
        _ => vec![format!("{heading}."), sentence, public.locale.t("form-kept")],
    };
    if chose_files {
        said.push(public.locale.t("form-files-again"));
    }
    let mut page = form_page(desk, public, kind);
    page.problem = Some(said.join(" "));
    page.sent = typed;
    Ok(problem.around(show(&page)?))
}

/// Takes a form in as a report; gives the token of its page.
async fn take(desk: &Desk, public: &Public, kind: Kind, mut sent: Sent) -> Result<String> {
    let typed = sent.typed;
    if !typed.pasted.trim().is_empty() {
        let pasted = Upload {
            name: "pasted.eml".into(),
            media_type: "message/rfc822".into(),
            bytes: pasted_message(&typed.pasted),
        };
        // A whole message says more than its pasted text; beside it the text is kept and read as well.
        match sent.message {
            Some(_) => sent.files.push(pasted),
            None => sent.message = Some(pasted),
        }
    }
    let nothing = sent.message.is_none()
        && sent.files.is_empty()
        && typed.words.trim().is_empty()
        && typed.told.is_empty();
    if nothing && kind != Kind::Device {
        return Err(Error::Unclear("form-empty"));
    }
    if typed.words.chars().count() > MOST_WORDS {
        return Err(Error::Unclear("form-too-long"));
    }
    let address = people::normal(&typed.address);
    let known = is_address(&address);
    // What is no address may still say who it is.
    let name = if typed.name.trim().is_empty() && !known { typed.address } else { typed.name };
    let named = known || !name.trim().is_empty();
    // Anybody can type any address: we write to it only where the network it came from is trusted.
    let vouch = if known && desk.settings.trusts(public.address) { Vouch::Vouched } else { Vouch::Nobody };
    let mut incoming = Incoming {
        door: Door::Web,
        kind,
        told: typed.told,
        words: typed.words,
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
    if typed.nonce.len() == 32 && typed.nonce.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        incoming.dedupe_key = Some(format!("form:{}:{}", typed.nonce, incoming.content_hash()));
    }
    Ok(super::receive(desk, incoming).await?.token)
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

/// Words for a link that has ended: nothing is taken, and they come back to be copied.
#[derive(Template)]
#[template(path = "reports/ended.html")]
struct Ended {
    frame: Frame,
    typed: String,
}

async fn say(
    State(desk): State<Desk>,
    reporter: Result<Reporter>,
    public: Public,
    OpenForm(form): OpenForm<Words>,
) -> Result<Response> {
    let reporter = match reporter {
        Err(problem @ Error::NotFound) if !form.words.trim().is_empty() => {
            let token = public.path.split('/').nth(2).unwrap_or_default();
            // Only what was typed is shown there. Who was on that page when it ended is heard all the same.
            if let Some(link) = super::by_link(&desk, token).await?.filter(|link| link.typed_only) {
                desk.gates.words(link.report, public.address, &desk.settings)?;
                super::say_at_door(&desk, link.report, &form.words).await?;
                return Ok(go(&format!("/r/{token}"), "at-door"));
            }
            let frame = Frame::open(&desk, public.locale, "/");
            return Ok(problem.around(show(&Ended { frame, typed: form.words })?));
        }
        other => other?,
    };
    let said = match desk.gates.words(reporter.report, public.address, &desk.settings) {
        Ok(()) => super::say(&desk, reporter.report, &form.words).await,
        Err(problem) => Err(problem),
    };
    match said {
        Ok(()) => Ok(go(&format!("/r/{}", reporter.token), "said")),
        Err(problem) => page::again(&desk, reporter, form.words, problem).await,
    }
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
struct Address {
    #[serde(default)]
    address: String,
}

async fn address(
    State(desk): State<Desk>,
    reporter: Reporter,
    public: Public,
    OpenForm(form): OpenForm<Address>,
) -> Result<Response> {
    desk.gates.words(reporter.report, public.address, &desk.settings)?;
    let vouch = if desk.settings.trusts(public.address) { Vouch::Vouched } else { Vouch::Nobody };
    super::change_address(&desk, reporter.report, &form.address, vouch).await?;
    Ok(go(&format!("/r/{}", reporter.token), "address"))
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
    let sent = collect(parts, desk.settings.most_bytes).await;
    if let Some(problem) = sent.problem {
        return Err(problem);
    }
    let Some(upload) = sent.message.into_iter().chain(sent.files).next() else {
        return page::without_file(&desk, reporter).await;
    };
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
