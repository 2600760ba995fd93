//! Pages and forms of the responder's desk.

mod outcome;
mod view;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Ask, CasePage, MessageView, To, Word};
use crate::cases::{self, ForWhom, InboxRow, Outcome};
use crate::checking::{Note, look};
use crate::error::{Error, Result};
use crate::ids::{CaseId, PromiseId, ReportId, TaskId, Time};
use crate::letters::Marked;
use crate::page::{Form, Frame, Said, go, show};
use crate::routes::Routes;
use crate::who::{Access, Who};
use crate::words::Locale;
use crate::{Desk, live};

pub fn routes(routes: Routes) -> Routes {
    routes
        .at(Access::SignedIn, "/inbox", get(inbox))
        .at(Access::Desk, "/live/inbox", get(live_inbox))
        .at(Access::Desk, "/live/cases/{id}", get(live_case))
        .at(Access::Desk, "/cases/{id}", get(case))
        .at(Access::Desk, "/cases/{id}/take", post(take))
        .at(Access::Desk, "/cases/{id}/write", post(write_letter))
        .at(Access::Desk, "/cases/{id}/note", post(note))
        .at(Access::Desk, "/cases/{id}/ask", post(ask))
        .at(Access::Desk, "/cases/{id}/outcome", post(outcome::outcome))
        .at(Access::Desk, "/cases/{id}/close", post(close))
        .at(Access::Desk, "/cases/{id}/reopen", post(reopen))
        .at(Access::Desk, "/cases/{id}/merge", post(merge))
        .at(Access::Desk, "/tasks/{id}", post(task))
        .at(Access::Desk, "/promises/{id}/move", post(move_promise))
        .at(Access::Desk, "/reports/{id}/split", post(split))
        .at(Access::Desk, "/reports/{id}/link", post(renew_link))
        .at(Access::Desk, "/reports/{id}/message", get(message))
        .at(Access::Desk, "/reports/{id}/frame", get(message_frame))
}

#[derive(Template)]
#[template(path = "casework/inbox.html")]
struct Inbox {
    frame: Frame,
    rows: Vec<Row>,
    closed: bool,
    waiting: usize,
}

struct Row {
    row: InboxRow,
    /// Why this case stands where it stands.
    need: String,
    urgent: bool,
    due: String,
    waiting: String,
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    closed: bool,
}

async fn inbox(
    State(desk): State<Desk>,
    who: Who,
    Query(which): Query<Which>,
    said: Said,
) -> Result<Response> {
    // A coach has no inbox: what people tell us is not theirs to read.
    if !Access::Desk.admits(who.role) {
        return Ok(go("/numbers", ""));
    }
    let now = desk.now();
    let mut tx = desk.db.read().await?;
    let found = cases::list(&mut tx, which.closed).await?;
    drop(tx);
    let rows: Vec<Row> = found.into_iter().map(|row| describe(&desk, row, now)).collect();
    let waiting = rows.iter().filter(|row| row.row.waiting().is_some()).count();
    let frame = Frame::of(&desk, &who, "inbox").said(said).live("/live/inbox");
    show(&Inbox { frame, rows, closed: which.closed, waiting })
}

fn describe(desk: &Desk, row: InboxRow, now: Time) -> Row {
    let hours = &desk.settings.hours;
    let (need, urgent) = if row.state == "closed" {
        (
            row.outcome
                .clone()
                .map(|outcome| Locale::En.t(&format!("outcome-{outcome}")))
                .unwrap_or_default(),
            false,
        )
    } else if row.exposed && row.waiting().is_some() {
        ("Somebody needs help now".to_owned(), true)
    } else if row.due().is_some_and(|due| due < now) {
        ("Our word is overdue".to_owned(), true)
    } else if row.due().is_some_and(|due| due.since(now) < 30 * Time::MINUTE) {
        ("Our word is due within half an hour".to_owned(), true)
    } else if row.waiting().is_some() {
        ("Waits for a first human word".to_owned(), false)
    } else if row.due().is_some() {
        ("We promised another word".to_owned(), false)
    } else {
        ("Everybody has an answer; ready to close".to_owned(), false)
    };
    Row {
        need,
        urgent,
        due: row.due().map(|due| hours.say(due, Locale::En)).unwrap_or_default(),
        waiting: row
            .waiting()
            .map(|since| crate::numbers::web::duration(now.since(since) as f64))
            .unwrap_or_default(),
        row,
    }
}

async fn live_inbox(State(desk): State<Desk>, _who: Who) -> Response {
    live::stream(&desk, vec!["inbox".into()])
}

async fn live_case(State(desk): State<Desk>, _who: Who, Path(id): Path<CaseId>) -> Response {
    live::stream(&desk, vec![format!("case:{id}")])
}

#[derive(Template)]
#[template(path = "casework/case.html")]
struct Case {
    frame: Frame,
    view: CasePage,
    now: Time,
    hours: crate::Hours,
    outcomes: [Outcome; 6],
    next_choices: Vec<(i64, String)>,
    /// The letter as typed, when it came back with marks.
    typed: String,
    problem: Option<String>,
    marked: Vec<Marked>,
    notes: Vec<Note>,
}

#[derive(Deserialize)]
struct Chosen {
    report: Option<ReportId>,
}

async fn case(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Query(chosen): Query<Chosen>,
    said: Said,
) -> Result<Response> {
    let view = super::case_page(&desk, &who, id, chosen.report).await?;
    let frame = Frame::of(&desk, &who, "inbox").said(said).live(format!("/live/cases/{id}"));
    let typed = view.open.as_ref().map(|open| open.draft.clone()).unwrap_or_default();
    show(&page(&desk, frame, view, typed, None, Vec::new(), Vec::new()))
}

fn page(
    desk: &Desk,
    frame: Frame,
    view: CasePage,
    typed: String,
    problem: Option<String>,
    marked: Vec<Marked>,
    notes: Vec<Note>,
) -> Case {
    let now = desk.now();
    let hours = desk.settings.hours.clone();
    let next_choices = [60, 240, 480, 960, 2400]
        .into_iter()
        .map(|minutes| (minutes, hours.say(hours.after(now, minutes), Locale::En)))
        .collect();
    Case { frame, view, now, hours, outcomes: Outcome::ALL, next_choices, typed, problem, marked, notes }
}

#[derive(Deserialize)]
struct TakeForm {
    take: bool,
}

async fn take(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<TakeForm>,
) -> Result<Response> {
    super::take(&desk, &who, id, form.take).await?;
    Ok(go(&format!("/cases/{id}"), "saved"))
}

#[derive(Deserialize)]
struct WriteForm {
    report: ReportId,
    #[serde(default)]
    everyone: bool,
    body: String,
    #[serde(default)]
    over: String,
    next_minutes: i64,
    verb: String,
}

async fn write_letter(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<WriteForm>,
) -> Result<Response> {
    let back = format!("/cases/{id}?report={}", form.report);
    let again = async |problem: Option<String>| -> Result<Response> {
        let view = super::case_page(&desk, &who, id, Some(form.report)).await?;
        let locale = view.open.as_ref().map_or(Locale::En, |open| open.witness.report.locale());
        let next_by = desk.settings.hours.after(desk.now(), form.next_minutes.clamp(1, 100_000));
        let (marked, notes) =
            look(&super::compose(&desk, locale, &who.name, &form.body, Some(next_by)), locale);
        let frame = Frame::of(&desk, &who, "inbox").live(format!("/live/cases/{id}"));
        show(&page(&desk, frame, view, form.body.clone(), problem, marked, notes))
    };
    match form.verb.as_str() {
        "keep" => {
            super::keep_draft(&desk, &who, id, form.report, &form.body).await?;
            return Ok(go(&back, "draft-kept"));
        }
        "check" => return again(None).await,
        _ => {}
    }
    let word = Word {
        to: if form.everyone { To::Everyone } else { To::One(form.report) },
        body: form.body.clone(),
        over: Some(form.over.clone()).filter(|reason| !reason.trim().is_empty()),
        next_by: desk.settings.hours.after(desk.now(), form.next_minutes.clamp(1, 100_000)),
    };
    match super::write_word(&desk, &who, id, &word).await {
        Ok(_) => Ok(go(&back, "sent")),
        Err(Error::NotYet(problem) | Error::Invalid(problem)) => again(Some(problem)).await,
        Err(problem) => Err(problem),
    }
}

#[derive(Deserialize)]
struct NoteForm {
    words: String,
}

async fn note(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<NoteForm>,
) -> Result<Response> {
    super::note(&desk, &who, id, &form.words).await?;
    Ok(go(&format!("/cases/{id}"), "saved"))
}

#[derive(Deserialize)]
struct AskForm {
    for_whom: String,
    ask: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    report: String,
}

async fn ask(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let task = Ask {
        report: form.report.parse().ok(),
        for_whom: ForWhom::parse(&form.for_whom)
            .ok_or_else(|| Error::Invalid("Please choose whom the task is for.".into()))?,
        ask: form.ask,
        why: form.why,
        minutes: form.minutes.trim().parse().ok().filter(|minutes| (1..=10_000).contains(minutes)),
    };
    super::ask(&desk, &who, id, &task).await?;
    Ok(go(&format!("/cases/{id}"), "saved"))
}

#[derive(Deserialize)]
struct Nothing {}

async fn close(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    super::close(&desk, &who, id).await?;
    Ok(go("/inbox", "closed"))
}

async fn reopen(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    super::reopen(&desk, &who, id).await?;
    Ok(go(&format!("/cases/{id}"), "saved"))
}

#[derive(Deserialize)]
struct MergeForm {
    number: String,
}

async fn merge(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<MergeForm>,
) -> Result<Response> {
    let number = form.number.trim().trim_start_matches('#').parse().map_err(|_| {
        Error::Invalid(format!(
            "`{}` is not a case number. It is the number after the # sign.",
            form.number.trim()
        ))
    })?;
    let into = super::merge(&desk, &who, id, number).await?;
    Ok(go(&format!("/cases/{into}"), "saved"))
}

#[derive(Deserialize)]
struct TaskForm {
    done: bool,
}

async fn task(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<TaskId>,
    Form(form): Form<TaskForm>,
) -> Result<Response> {
    let case = super::set_task(&desk, &who, id, form.done).await?;
    Ok(go(&format!("/cases/{case}"), "saved"))
}

#[derive(Deserialize)]
struct MoveForm {
    next_minutes: i64,
    reason: String,
}

async fn move_promise(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<PromiseId>,
    Form(form): Form<MoveForm>,
) -> Result<Response> {
    let by = desk.settings.hours.after(desk.now(), form.next_minutes.clamp(1, 100_000));
    let case = super::move_promise(&desk, &who, id, by, &form.reason).await?;
    Ok(go(&format!("/cases/{case}"), "promise-moved"))
}

async fn split(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<ReportId>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let case = super::split(&desk, &who, id).await?;
    Ok(go(&format!("/cases/{case}"), "saved"))
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
