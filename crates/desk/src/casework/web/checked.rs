//! The forms whose words pass the check: a letter, a task, a moved promise. What may not leave comes back as it was typed,
//! with its marks and a field for the reason.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::Desk;
use crate::cases::ForWhom;
use crate::casework::asking::task_letter;
use crate::casework::moving::moved_letter;
use crate::casework::{self, Ask, CasePage, Kept, Later, Shown, To, Unread, Word, word_letter};
use crate::checking::{Note, look, other_tongue};
use crate::error::{Error, Result};
use crate::ids::{CaseId, PromiseId, ReportId, Time};
use crate::letters::{Marked, Worded};
use crate::page::{Form, Frame, go, show};
use crate::reports::Report;
use crate::who::Who;
use crate::words::Locale;

/// Which form came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum From {
    #[default]
    Letter,
    Task,
    Promise(PromiseId),
    /// The case was not closed.
    Close,
    /// None of those that stand on the page now.
    Other,
}

/// A form as it came back.
#[derive(Default)]
pub(super) struct Back {
    pub from: From,
    pub problem: Option<String>,
    pub marked: Vec<Marked>,
    pub notes: Vec<Note>,
    /// The letter, the task or the reason, as typed.
    pub typed: String,
    pub why: String,
    pub for_whom: String,
    pub minutes: String,
    /// The chosen time of the next word.
    pub next_minutes: Option<i64>,
    /// Whether the letter goes to all reporters.
    pub everyone: bool,
    /// Why marked words stay.
    pub over: String,
    /// What is to be known about the language of the letter.
    pub hint: Option<String>,
    /// Whether somebody read that not everybody here reads that language.
    pub tongue: bool,
    /// A time of their own choice, as typed.
    pub at: String,
    /// The version of the draft that the page had; where both were shown, the newest one counts.
    pub draft: Option<i64>,
    /// Whether another window keeps different words: both are shown.
    pub other_draft: bool,
}

impl Back {
    /// With what the check says about the whole letter.
    fn marked(
        mut self,
        desk: &Desk,
        who: &Who,
        (view, reader): (&CasePage, Option<&Report>),
        letter: Worded,
    ) -> Back {
        let name = reader.map_or("", |report| report.reporter_name.as_str());
        let others = reader.map(|reader| casework::others(&view.witnesses, reader)).unwrap_or_default();
        (self.marked, self.notes) = look(desk, &letter.without(others), &[&who.name, name]);
        self
    }
}

/// The case page with the form that came back.
async fn again(
    desk: &Desk,
    who: &Who,
    id: CaseId,
    report: Option<ReportId>,
    back: impl FnOnce(&CasePage) -> Back,
) -> Result<Response> {
    let view = casework::case_page(desk, who, id, report).await?;
    let back = back(&view);
    let status = if back.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame::of(desk, who, "inbox").live(format!("/live/cases/{id}"));
    Ok((status, show(&super::page(desk, who, frame, view, back))?).into_response())
}

/// The case page with what is to be known, beside the form it is about or above all; what was drafted stays.
pub(super) async fn said_again(
    desk: &Desk,
    who: &Who,
    id: CaseId,
    report: Option<ReportId>,
    from: From,
    problem: String,
) -> Result<Response> {
    again(desk, who, id, report, |view| {
        let typed = view.open.as_ref().map(|open| open.draft.clone()).unwrap_or_default();
        Back { from, problem: Some(problem), typed, ..Back::default() }
    })
    .await
}

/// One reporter of a case.
fn reader(view: &CasePage, report: Option<ReportId>) -> Option<&Report> {
    view.witnesses.iter().map(|witness| &witness.report).find(|one| Some(one.id) == report)
}

/// The case in which a report is now, and what is to be said if that is not the one whose page was open.
async fn moved(desk: &Desk, id: CaseId, report: ReportId) -> Result<(CaseId, Option<String>)> {
    let now = casework::case_of(desk, report).await?.ok_or(Error::NotFound)?;
    let words = "A colleague moved this report to another case while you wrote. Nothing was sent yet. This is that case: look whether your words still fit, and send them from here.";
    Ok((now, (now != id).then(|| words.to_owned())))
}

/// A reason for words that stay, if one was given.
pub(super) fn reason(over: &str) -> Option<String> {
    Some(over.trim().to_owned()).filter(|reason| !reason.is_empty())
}

/// The moment so many working minutes after the page was made: the one that it named.
fn from(desk: &Desk, page: i64, minutes: i64) -> Time {
    let now = desk.now();
    let made = Some(Time(page)).filter(|page| page.0 > 0 && *page <= now).unwrap_or(now);
    desk.settings.hours.after(made, minutes.clamp(1, 100_000))
}

/// The time somebody chose: one of their own, by the clock of the desk, or one of the list.
fn chosen(desk: &Desk, at: &str, of_list: Option<Time>) -> Result<Option<Time>> {
    if at.trim().is_empty() {
        return Ok(of_list);
    }
    let words = format!("`{}` is no time we can read. Please write it like 2026-11-24T15:00.", at.trim());
    desk.settings.hours.parse(at).map(Some).ok_or(Error::Invalid(words))
}

#[derive(Deserialize)]
pub(super) struct WriteForm {
    report: ReportId,
    #[serde(default)]
    everyone: bool,
    #[serde(default)]
    strangers: bool,
    /// What the page showed from which this is sent.
    #[serde(default)]
    shown: String,
    body: String,
    #[serde(default)]
    over: String,
    /// 0 makes it the last word.
    next_minutes: i64,
    /// When the page was made on which that was chosen.
    #[serde(default)]
    from: i64,
    /// A time that is not on the list.
    #[serde(default)]
    at: String,
    /// `known`, once somebody read who reads another language.
    #[serde(default)]
    tongue: String,
    /// The version of the draft on that page.
    draft: Option<i64>,
    verb: String,
}

/// Why a letter came back.
enum Came {
    Looking,
    Stopped(String),
    /// Those who read another language than the letter's.
    OtherTongue(Vec<String>),
    /// Another window keeps different words.
    OtherDraft,
}

impl Came {
    fn with(problem: Option<String>) -> Came {
        problem.map_or(Came::Looking, Came::Stopped)
    }

    fn words(self) -> Option<String> {
        match self {
            Came::Looking => None,
            Came::Stopped(problem) => Some(problem),
            Came::OtherTongue(names) => Some(format!(
                "Nothing was sent yet. Another language than that of your words is read by: {}. You can write in both languages, or send it as it is.",
                names.join(", ")
            )),
            Came::OtherDraft => Some("Another window keeps a different draft of this letter: it stands below yours. Take what you want of it, and keep this one.".into()),
        }
    }
}

pub(super) async fn write_letter(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<WriteForm>,
) -> Result<Response> {
    let (now, moved) = moved(&desk, id, form.report).await?;
    let to_report = format!("/cases/{now}?report={}", form.report);
    let of_list = (form.next_minutes != 0).then(|| from(&desk, form.from, form.next_minutes));
    let next_by = chosen(&desk, &form.at, of_list);
    let planned = next_by.as_ref().copied().unwrap_or(of_list);
    let come_back_to = async |open: ReportId, everyone: bool, came: Came| {
        again(&desk, &who, now, Some(open), |view| {
            let report = reader(view, Some(open));
            let locale = report.map_or(Locale::En, Report::locale);
            let letter = word_letter(&desk, locale, &who.name, &form.body, planned);
            let other_draft = matches!(came, Came::OtherDraft);
            let back = Back {
                tongue: form.tongue == "known" || matches!(came, Came::OtherTongue(_)),
                problem: came.words(),
                typed: form.body.clone(),
                next_minutes: Some(form.next_minutes),
                everyone,
                over: form.over.clone(),
                hint: other_tongue(&form.body, locale),
                at: form.at.clone(),
                draft: form.draft.filter(|_| !other_draft),
                other_draft,
                ..Back::default()
            };
            back.marked(&desk, &who, (view, report), letter)
        })
        .await
    };
    // In another case it would be other people.
    let come_back = async |came| come_back_to(form.report, form.everyone && now == id, came).await;
    match form.verb.as_str() {
        "keep" => {
            return match casework::keep_draft(&desk, &who, form.report, &form.body, form.draft).await? {
                Kept::As(..) => Ok(go(&to_report, "draft-kept")),
                Kept::Other(_) => come_back(Came::OtherDraft).await,
            };
        }
        "check" => return come_back(Came::with(moved)).await,
        _ if moved.is_some() => return come_back(Came::with(moved)).await,
        _ => {}
    }
    let next_by = match next_by {
        Ok(next_by) => next_by,
        Err(problem) => return come_back(Came::Stopped(problem.to_string())).await,
    };
    if form.everyone && form.tongue != "known" {
        let names = casework::read_otherwise(&desk, id, &form.body).await?;
        if !names.is_empty() {
            return come_back(Came::OtherTongue(names)).await;
        }
    }
    let to = match (Shown::parse(&form.shown), form.everyone, form.strangers) {
        (shown, true, true) => To::Everyone(shown),
        (shown, true, false) => To::Known(shown),
        (shown, false, _) if shown == Shown::default() => To::One(form.report),
        (shown, false, _) => To::Read(form.report, shown),
    };
    let word = Word { to, body: form.body.clone(), over: reason(&form.over), next_by };
    match casework::write_word(&desk, &who, id, &word).await {
        Ok(sent) if !sent.unread.is_empty() => {
            let left = match sent.people {
                0 => String::new(),
                1 => "Sent to one person. ".into(),
                people => format!("Sent to {people} people. "),
            };
            let names = Unread::names(&sent.unread);
            let problem = format!(
                "{left}Nothing went to {names}: that page did not show the newest of what they told us, or of what we wrote to them. Please read it first."
            );
            match sent.unread.first().filter(|_| sent.people > 0) {
                // Whoever has the letter gets it no second time: the first who is left is open, to be read and written to.
                Some(first) => come_back_to(first.report, false, Came::Stopped(problem)).await,
                None => come_back(Came::Stopped(problem)).await,
            }
        }
        Ok(sent) if sent.unreached => Ok(go(&to_report, "sent-unreached")),
        Ok(_) if next_by.is_none() => Ok(go(&to_report, "sent-last")),
        Ok(_) => Ok(go(&to_report, "sent")),
        Err(Error::NotYet(problem) | Error::Invalid(problem)) => come_back(Came::Stopped(problem)).await,
        Err(problem) => Err(problem),
    }
}

#[derive(Deserialize)]
pub(super) struct DraftForm {
    report: ReportId,
    body: String,
    /// The version of the draft that the page has.
    draft: Option<i64>,
}

/// Keeps a letter while it is typed, so that no end of a session can take it away; says which version that made.
pub(super) async fn draft(
    State(desk): State<Desk>,
    who: Who,
    Path(_): Path<CaseId>,
    Form(form): Form<DraftForm>,
) -> Result<Response> {
    match casework::keep_draft(&desk, &who, form.report, &form.body, form.draft).await? {
        Kept::As(_, version) => {
            Ok((StatusCode::NO_CONTENT, [("x-draft", version.to_string())]).into_response())
        }
        Kept::Other(_) => Err(Error::NotYet("Another window keeps a different draft of this letter.".into())),
    }
}

#[derive(Deserialize)]
pub(super) struct AskForm {
    for_whom: String,
    ask: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    report: String,
    #[serde(default)]
    over: String,
}

pub(super) async fn ask(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let task = Ask {
        report: form.report.parse().ok(),
        for_whom: ForWhom::parse(&form.for_whom)
            .ok_or_else(|| Error::Invalid("Please choose whom the task is for.".into()))?,
        ask: form.ask.clone(),
        why: form.why.clone(),
        minutes: form.minutes.trim().parse().ok().filter(|minutes| (1..=10_000).contains(minutes)),
        over: reason(&form.over),
    };
    let said = if task.for_whom == ForWhom::Reporter { "asked" } else { "saved" };
    let (now, moved) = match task.report {
        Some(report) => moved(&desk, id, report).await?,
        None => (id, None),
    };
    let asked = match moved {
        Some(problem) => Err(Error::NotYet(problem)),
        None => casework::ask(&desk, &who, id, &task).await,
    };
    match asked {
        Ok(()) => Ok(go(&super::back_to(id, task.report), said)),
        Err(Error::NotYet(problem) | Error::Invalid(problem)) => {
            again(&desk, &who, now, task.report, |view| {
                let report = reader(view, task.report);
                let locale = report.map_or(Locale::En, Report::locale);
                let back = Back {
                    from: From::Task,
                    problem: Some(problem),
                    typed: form.ask,
                    why: form.why,
                    for_whom: form.for_whom,
                    minutes: form.minutes,
                    over: form.over,
                    ..Back::default()
                };
                match task.for_whom {
                    ForWhom::Reporter => {
                        let letter = task_letter(&desk, locale, &who.name, &task);
                        back.marked(&desk, &who, (view, report), letter)
                    }
                    ForWhom::Responder | ForWhom::It => back,
                }
            })
            .await
        }
        Err(problem) => Err(problem),
    }
}

#[derive(Deserialize)]
pub(super) struct MoveForm {
    next_minutes: i64,
    reason: String,
    #[serde(default)]
    over: String,
    /// A time that is not on the list.
    #[serde(default)]
    at: String,
    /// The report that was open on the page, which need not be the one the promise was made to.
    #[serde(default)]
    report: String,
}

pub(super) async fn move_promise(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<PromiseId>,
    Form(form): Form<MoveForm>,
) -> Result<Response> {
    let promise = casework::promised(&desk, id).await?;
    let of_list = casework::later_than(&desk, promise.by_at, form.next_minutes);
    let by = chosen(&desk, &form.at, Some(of_list))?.unwrap_or(of_list);
    let later = Later { by, reason: form.reason.clone(), over: reason(&form.over) };
    let open = form.report.parse().ok().or(Some(promise.report_id));
    if !promise.is_open() {
        let problem = format!(
            "This promise was moved or kept before. Nothing was sent again. You wrote: “{}”",
            form.reason.trim()
        );
        return said_again(&desk, &who, promise.case_id, open, From::Other, problem).await;
    }
    match casework::move_promise(&desk, &who, id, &later).await {
        Ok(case) => Ok(go(&super::back_to(case, open), "promise-moved")),
        Err(Error::NotYet(problem) | Error::Invalid(problem)) => {
            again(&desk, &who, promise.case_id, open, |view| {
                let report = reader(view, Some(promise.report_id));
                let locale = report.map_or(Locale::En, Report::locale);
                let back = Back {
                    from: From::Promise(id),
                    problem: Some(problem),
                    typed: form.reason,
                    next_minutes: Some(form.next_minutes),
                    over: form.over,
                    at: form.at,
                    ..Back::default()
                };
                let letter = moved_letter(&desk, locale, &who.name, &later, promise.by_at);
                back.marked(&desk, &who, (view, report), letter)
            })
            .await
        }
        Err(problem) => Err(problem),
    }
}
