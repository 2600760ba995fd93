//! Pages and forms of the responder's desk.

mod checked;
mod inbox;
mod joining;
mod outcome;
mod view;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::end::offered;
use super::{CasePage, Closed, MessageView, OpenTasks};
use crate::cases::{self, Outcome};
use crate::checking::Note;
use crate::error::{Error, Result};
use crate::ids::{CaseId, FileId, ReportId, TaskId, Time};
use crate::letters::Marked;
use crate::page::{Form, Frame, Nothing, Said, go, show};
use crate::routes::Routes;
use crate::who::{Access, Who};
use crate::words::Locale;
use crate::{Desk, live, write};
use checked::{Back, From};

pub fn routes(routes: Routes) -> Routes {
    routes
        .at(Access::SignedIn, "/inbox", get(inbox::inbox))
        .at(Access::Desk, "/live/inbox", get(live_inbox))
        .at(Access::Desk, "/live/cases/{id}", get(live_case))
        .at(Access::Desk, "/cases/{id}", get(case))
        .at(Access::Desk, "/cases/{id}/take", post(take))
        .at(Access::Desk, "/cases/{id}/write", post(checked::write_letter))
        .at(Access::Desk, "/cases/{id}/draft", post(checked::draft))
        .at(Access::Desk, "/cases/{id}/note", post(note))
        .at(Access::Desk, "/cases/{id}/ask", post(checked::ask))
        .at(Access::Desk, "/cases/{id}/outcome", post(outcome::outcome))
        .at(Access::Desk, "/cases/{id}/close", post(close))
        .at(Access::Desk, "/cases/{id}/reopen", post(reopen))
        .at(Access::Desk, "/cases/{id}/merge", post(joining::merge))
        .at(Access::Desk, "/tasks/{id}", post(task))
        .at(Access::Desk, "/promises/{id}/move", post(checked::move_promise))
        .at(Access::Desk, "/reports/{id}/split", post(joining::split))
        .at(Access::Desk, "/reports/{id}/link", post(renew_link))
        .at(Access::Desk, "/reports/{id}/vouch", post(vouch))
        .at(Access::Desk, "/reports/{id}/files/{file}", get(file))
        .at(Access::Desk, "/reports/{id}/message", get(message))
        .at(Access::Desk, "/reports/{id}/frame", get(message_frame))
}

async fn live_inbox(State(desk): State<Desk>, _who: Who) -> Response {
    live::stream(&desk, vec!["inbox".into()])
}

async fn live_case(State(desk): State<Desk>, _who: Who, Path(id): Path<CaseId>) -> Response {
    live::stream(&desk, vec![format!("case:{id}")])
}

/// Working minutes from which the time of a next word is chosen.
const CHOICES: [i64; 5] = [60, 240, 480, 960, 2400];

#[derive(Template)]
#[template(path = "casework/case.html")]
struct Case {
    frame: Frame,
    view: CasePage,
    now: Time,
    hours: crate::Hours,
    outcomes: Vec<Outcome>,
    next_choices: Vec<(i64, String)>,
    /// The form that came back, with what was typed.
    back: Back,
    /// For the marks, which stand in a file of their own.
    marked: Vec<Marked>,
    notes: Vec<Note>,
    hint: Option<String>,
    /// Who looks at it.
    me: String,
}

#[derive(Deserialize)]
struct Chosen {
    report: Option<ReportId>,
    /// An older piece of the timeline.
    piece: Option<i64>,
}

async fn case(
    State(desk): State<Desk>,
    who: Who,
    Path(named): Path<String>,
    Query(chosen): Query<Chosen>,
    said: Said,
    headers: HeaderMap,
) -> Result<Response> {
    let Ok(id) = named.parse::<CaseId>() else { return numbered(&desk, &named).await };
    let view = super::case_page_at(&desk, &who, id, chosen.report, chosen.piece.unwrap_or(0)).await?;
    // A page that refreshes itself in an open tab is nobody who reads it now.
    if !headers.contains_key("x-live") {
        write!(desk.db, tx => { cases::task_seen(tx, id).await })?;
    }
    let frame = Frame::of(&desk, &who, "inbox").said(said).live(format!("/live/cases/{id}"));
    let typed = view.open.as_ref().map(|open| open.draft.clone()).unwrap_or_default();
    show(&page(&desk, &who, frame, view, Back { typed, ..Back::default() }))
}

/// A case is called by its number everywhere, so that is an address as well.
async fn numbered(desk: &Desk, named: &str) -> Result<Response> {
    let number = named.trim_start_matches('#').parse().map_err(|_| Error::NotFound)?;
    let mut tx = desk.db.read().await?;
    let case = cases::by_number(&mut tx, number).await?.ok_or(Error::NotFound)?;
    Ok(go(&format!("/cases/{case}"), ""))
}

fn page(desk: &Desk, who: &Who, frame: Frame, view: CasePage, mut back: Back) -> Case {
    let now = desk.now();
    let hours = desk.settings.hours.clone();
    let next_choices = CHOICES
        .into_iter()
        .map(|minutes| (minutes, hours.say_when(hours.after(now, minutes), now, Locale::En)))
        .collect();
    let (marked, notes) = (std::mem::take(&mut back.marked), std::mem::take(&mut back.notes));
    let mut outcomes = offered(&view.witnesses);
    if let Some(said) = view.case.outcome.as_deref().and_then(Outcome::parse) {
        outcomes = outcome::offered_with(outcomes, said);
    }
    let hint = back.hint.take();
    let me = who.person.to_string();
    Case { frame, view, now, hours, outcomes, next_choices, back, marked, notes, hint, me }
}

#[derive(Deserialize)]
struct ReopenForm {
    #[serde(default)]
    report: String,
}

/// The case page, with the same report open: whoever presses something next must not find another reporter there.
fn back_to(case: CaseId, report: Option<ReportId>) -> String {
    report.map_or_else(|| format!("/cases/{case}"), |report| format!("/cases/{case}?report={report}"))
}

#[derive(Deserialize)]
struct TakeForm {
    take: bool,
    /// The colleague from whom it is taken over.
    #[serde(default)]
    from: String,
    #[serde(default)]
    report: String,
}

async fn take(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<TakeForm>,
) -> Result<Response> {
    let done = match form.from.parse() {
        Ok(from) if form.take => super::take_over(&desk, &who, id, from).await,
        _ => super::take(&desk, &who, id, form.take).await,
    };
    match done {
        Ok(()) => Ok(go(&back_to(id, form.report.parse().ok()), "saved")),
        Err(Error::NotYet(problem)) => {
            checked::said_again(&desk, &who, id, form.report.parse().ok(), From::Other, problem).await
        }
        Err(problem) => Err(problem),
    }
}

#[derive(Deserialize)]
struct NoteForm {
    words: String,
    #[serde(default)]
    report: String,
}

async fn note(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<NoteForm>,
) -> Result<Response> {
    super::note(&desk, &who, id, &form.words).await?;
    Ok(go(&back_to(id, form.report.parse().ok()), "saved"))
}

#[derive(Deserialize)]
struct CloseForm {
    #[serde(default)]
    report: String,
    /// `stay`, once somebody read which tasks are open.
    #[serde(default)]
    tasks: String,
}

async fn close(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<CloseForm>,
) -> Result<Response> {
    let tasks = if form.tasks == "stay" { OpenTasks::Stay } else { OpenTasks::Ask };
    match super::close_with(&desk, &who, id, tasks).await {
        Ok(Closed::EverybodyHeard) => Ok(go("/inbox", "closed")),
        Ok(Closed::SomebodyUnreached) => Ok(go("/inbox", "closed-unreached")),
        Err(Error::NotYet(problem)) => {
            checked::said_again(&desk, &who, id, form.report.parse().ok(), From::Close, problem).await
        }
        Err(problem) => Err(problem),
    }
}

async fn reopen(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<ReopenForm>,
) -> Result<Response> {
    super::reopen(&desk, &who, id).await?;
    Ok(go(&back_to(id, form.report.parse().ok()), "saved"))
}

#[derive(Deserialize)]
struct TaskForm {
    done: bool,
    #[serde(default)]
    report: String,
}

async fn task(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<TaskId>,
    Form(form): Form<TaskForm>,
) -> Result<Response> {
    let case = super::set_task(&desk, &who, id, form.done).await?;
    Ok(go(&back_to(case, form.report.parse().ok()), "saved"))
}

async fn renew_link(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<ReportId>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let case = super::renew_link(&desk, &who, id).await?;
    Ok(go(&format!("/cases/{case}?report={id}"), "link-renewed"))
}

#[derive(Deserialize)]
struct VouchForm {
    reason: String,
}

async fn vouch(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<ReportId>,
    Form(form): Form<VouchForm>,
) -> Result<Response> {
    let case = super::vouch(&desk, &who, id, &form.reason).await?;
    Ok(go(&back_to(case, Some(id)), "vouched"))
}

async fn file(
    State(desk): State<Desk>,
    who: Who,
    Path((report, file)): Path<(ReportId, FileId)>,
) -> Result<Response> {
    Ok(crate::reports::web::file_answer(super::open_file(&desk, &who, report, file).await?))
}

#[derive(Template)]
#[template(path = "casework/message.html")]
struct MessagePage {
    frame: Frame,
    report: ReportId,
    view: MessageView,
}

async fn message(State(desk): State<Desk>, who: Who, Path(id): Path<ReportId>) -> Result<Response> {
    let view = super::message_view(&desk, &who, id).await?;
    show(&MessagePage { frame: Frame::of(&desk, &who, "inbox"), report: id, view })
}

/// The sanitised HTML alone, in a page that may load and run nothing.
async fn message_frame(State(desk): State<Desk>, who: Who, Path(id): Path<ReportId>) -> Result<Response> {
    let view = super::message_view(&desk, &who, id).await?;
    let html = view.html.ok_or(Error::NotFound)?;
    let page = format!(
        "<!doctype html><html lang=\"und\"><head><meta charset=\"utf-8\"><title>Reported message</title></head><body><main>{html}</main></body></html>"
    );
    let mut response = axum::response::Html(page).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}
