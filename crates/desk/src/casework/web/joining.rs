//! Putting one case into another, and giving a report a case of its own: both are looked at before they are done.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use super::checked::From;
use super::{back_to, checked};
use crate::Desk;
use crate::cases;
use crate::casework::{self, CasePage, Earlier};
use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId};
use crate::page::{Form, Frame, go, show};
use crate::who::Who;
use crate::words::Locale;

#[derive(Deserialize)]
pub(super) struct MergeForm {
    number: String,
    #[serde(default)]
    report: String,
    /// The number again, once both cases were shown.
    #[serde(default)]
    sure: String,
}

#[derive(Template)]
#[template(path = "casework/merge.html")]
struct MergePage {
    frame: Frame,
    from: CasePage,
    into: CasePage,
    report: String,
}

impl MergePage {
    fn both(&self) -> [&CasePage; 2] {
        [&self.from, &self.into]
    }

    /// Who told us what in it: the first names, and how many more.
    fn people(&self, page: &CasePage) -> String {
        let named: Vec<&str> = page.witnesses.iter().take(5).map(|witness| witness.name.as_str()).collect();
        match page.witnesses.len().saturating_sub(5) {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }

    fn ended(&self, page: &CasePage) -> Option<String> {
        page.case.outcome.as_ref().map(|outcome| Locale::En.t(&format!("outcome-{outcome}")))
    }

    /// Whether people of the one were told another end than people of the other.
    fn ended_differently(&self) -> bool {
        self.from.case.outcome != self.into.case.outcome
    }
}

pub(super) async fn merge(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<MergeForm>,
) -> Result<Response> {
    let given = form.number.trim().trim_start_matches('#');
    let number = given.parse().map_err(|_| {
        Error::Invalid(format!("`{given}` is not a case number. It is the number after the # sign."))
    })?;
    if form.sure.trim() == given {
        let into = casework::merge(&desk, &who, id, number).await?;
        return Ok(go(&back_to(into, form.report.parse().ok()), "saved"));
    }
    let mut tx = desk.db.read().await?;
    let other = cases::by_number(&mut tx, number).await?;
    drop(tx);
    let other = other
        .ok_or_else(|| Error::Invalid(format!("There is no case `{number}`. Please check the number.")))?;
    let from = casework::case_page(&desk, &who, id, None).await?;
    let into = casework::case_page(&desk, &who, other, None).await?;
    show(&MergePage { frame: Frame::of(&desk, &who, "inbox"), from, into, report: form.report })
}

#[derive(Deserialize)]
pub(super) struct SplitForm {
    /// Whether what they were told about the end was meant for them.
    #[serde(default)]
    earlier: String,
}

pub(super) async fn split(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<ReportId>,
    Form(form): Form<SplitForm>,
) -> Result<Response> {
    let earlier = Earlier::parse(&form.earlier);
    match casework::split_with(&desk, &who, id, earlier).await {
        Ok(case) if earlier == Some(Earlier::NotMeant) => Ok(go(&back_to(case, Some(id)), "split-not-meant")),
        Ok(case) => Ok(go(&format!("/cases/{case}"), "saved")),
        Err(Error::NotYet(problem)) => {
            let case = casework::case_of(&desk, id).await?.ok_or(Error::NotFound)?;
            checked::said_again(&desk, &who, case, Some(id), From::Other, problem).await
        }
        Err(problem) => Err(problem),
    }
}
