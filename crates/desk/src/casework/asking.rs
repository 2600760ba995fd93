//! Tasks: what is asked of a reporter, of us or of IT. What a reporter reads passes the check and reaches them by letter.

use super::others::others_than;
use super::reach::{Said, letter, reaches_nobody};
use super::{SAME_LETTER, compose, on_timeline, own, store};
use crate::cases::{self, ForWhom, NewTask, Visibility};
use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId, TaskId};
use crate::letters::{self, Worded};
use crate::reports;
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, write};

/// A task as a responder writes it.
#[derive(Clone, Debug)]
pub struct Ask {
    pub report: Option<ReportId>,
    pub for_whom: ForWhom,
    pub ask: String,
    pub why: String,
    pub minutes: Option<i64>,
    /// Why words stay that the check marks.
    pub over: Option<String>,
}

/// Asks something of a reporter, a responder or IT. Pressed twice, it is asked once.
pub async fn ask(desk: &Desk, who: &Who, case: CaseId, ask: &Ask) -> Result<()> {
    if ask.ask.trim().is_empty() {
        return Err(Error::Invalid("Please say what is asked.".into()));
    }
    let of_reporter = ask.for_whom == ForWhom::Reporter;
    if of_reporter && ask.why.trim().is_empty() {
        return Err(Error::Invalid("Please say why: people do what they understand.".into()));
    }
    let now = desk.now();
    write!(desk.db, tx => {
        let task = |report: Option<ReportId>| NewTask {
            case, report, for_whom: ask.for_whom, ask: ask.ask.trim().to_owned(), why: ask.why.trim().to_owned(),
            minutes: ask.minutes, by: Some(who.person),
        };
        own::refuse(tx, who, case).await?;
        let since = now.plus(-SAME_LETTER);
        if !of_reporter {
            if store::asked_like(tx, &task(ask.report), since).await? > 0 {
                return Err(asked_already());
            }
            cases::add_task(tx, &task(ask.report), now).await?;
            return on_timeline(tx, who, case, ask.report, Visibility::Team, "task", ask.ask.trim(), now).await;
        }
        let Some(report) = ask.report else {
            return Err(Error::Invalid("Please choose the reporter whom you ask.".into()));
        };
        let report = reports::store::by_id(tx, report).await?.filter(|report| report.case_id == Some(case)).ok_or(Error::NotFound)?;
        if store::asked_like(tx, &task(Some(report.id)), since).await? > 0 {
            return Err(asked_already());
        }
        let others = others_than(tx, &report).await?;
        let said = Said {
            kind: letters::Kind::Word,
            letter: task_letter(desk, report.locale(), &who.name, ask)
                .greeting(&report.reporter_name, report.locale())
                .without(others),
            over: ask.over.as_deref(),
            subject: None,
        };
        if letter(tx, desk, who, &report, said, now).await?.is_nowhere() {
            return Err(reaches_nobody());
        }
        cases::add_task(tx, &task(Some(report.id)), now).await?;
        on_timeline(tx, who, case, Some(report.id), Visibility::Reporter, "task", ask.ask.trim(), now).await?;
        cases::refresh(tx, case, now).await
    })
}

fn asked_already() -> Error {
    Error::NotYet("This same thing was asked a few minutes ago, so it was not asked again.".into())
}

/// The letter that asks for something. What it asks for also stands on the reporter's page, where they answer it.
pub(super) fn task_letter(desk: &Desk, reader: Locale, name: &str, ask: &Ask) -> Worded {
    let words = format!("{}\n\n{}", ask.ask.trim(), ask.why.trim());
    Worded::around(&words, reader, |locale| task_text(desk, locale, name, ask))
}

fn task_text(desk: &Desk, locale: Locale, name: &str, ask: &Ask) -> String {
    let mut body = locale.say("letter-task", &[("ask", ask.ask.trim()), ("why", ask.why.trim())]);
    if let Some(minutes) = ask.minutes {
        body.push_str("\n\n");
        body.push_str(&locale.count("letter-task-minutes", minutes));
    }
    body.push_str("\n\n");
    body.push_str(&locale.t("letter-task-page"));
    compose(desk, locale, name, &body, None)
}

/// Marks a task as done or open; tells the case it belongs to.
pub async fn set_task(desk: &Desk, who: &Who, id: TaskId, done: bool) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let task = cases::set_task_done(tx, id, done, now).await?;
        own::refuse(tx, who, task.case_id).await?;
        let kind = if done { "task-done" } else { "task-open" };
        let visibility = if task.for_whom == "reporter" { Visibility::Reporter } else { Visibility::Team };
        on_timeline(tx, who, task.case_id, task.report_id, visibility, kind, &task.ask, now).await?;
        Ok(task.case_id)
    })
}
