//! Pages and forms of estimates, for leads.

mod fields;

use std::ops::ControlFlow;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::measured::{self, Measured};
use super::{Compared, Hurdle, Kept, Line, Typed, Version, compute};
use crate::Desk;
use crate::error::{Error, Result};
use crate::ids::{EstimateId, VersionId};
use crate::numbers::web::duration;
use crate::page::{Form, Frame, Said, go, show};
use crate::routes::Routes;
use crate::who::{Access, Who};

pub fn routes(routes: Routes) -> Routes {
    routes
        .at(Access::Lead, "/estimates", get(list))
        .at(Access::Lead, "/estimates/new", get(blank).post(keep))
        .at(Access::Lead, "/estimates/fields", get(fields::blank).post(fields::keep))
        .at(Access::Lead, "/estimates/compare", get(compare))
        .at(Access::Lead, "/estimates/{id}", get(one))
        .at(Access::Lead, "/estimates/{id}/change", get(again).post(change))
        .at(Access::Lead, "/estimates/{id}/fields", get(again).post(fields::change))
}

/// Scenarios to begin with: key, what it is about, text.
pub(super) const EXAMPLES: [(&str, &str, &str); 3] = [
    (
        "reporting-rate",
        "A false sign-in page, and what more reports would save",
        include_str!("../../../../examples/scenarios/reporting-rate.toml"),
    ),
    (
        "supplier-payment",
        "A payment to the wrong account",
        include_str!("../../../../examples/scenarios/supplier-payment.toml"),
    ),
    (
        "lost-laptop",
        "A laptop left on a train",
        include_str!("../../../../examples/scenarios/lost-laptop.toml"),
    ),
];

#[derive(Template)]
#[template(path = "estimates/list.html")]
struct List {
    frame: Frame,
    lines: Vec<(Line, String)>,
    examples: [(&'static str, &'static str, &'static str); 3],
}

async fn list(State(desk): State<Desk>, who: Who, said: Said) -> Result<Response> {
    let lines = dated(&desk, super::list(&desk).await?);
    show(&List { frame: Frame::of(&desk, &who, "estimates").said(said), lines, examples: EXAMPLES })
}

#[derive(Template)]
#[template(path = "estimates/form.html")]
struct Edit {
    frame: Frame,
    /// The version this one builds on: address and number.
    base: Option<(EstimateId, i64)>,
    typed: Typed,
    hurdles: Vec<Hurdle>,
    /// Somebody saved a version in the meantime.
    newer: bool,
    measured: Measured,
    examples: [(&'static str, &'static str, &'static str); 3],
}

impl Edit {
    fn of_field<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Hurdle> {
        self.hurdles.iter().filter(move |one| one.field == field)
    }

    fn has(&self, field: &str) -> bool {
        self.of_field(field).next().is_some()
    }

    fn long(&self, micros: &f64) -> String {
        duration(*micros)
    }

    fn percent(&self, share: &f64) -> String {
        chart::percent(*share)
    }
}

#[derive(Deserialize)]
struct Start {
    example: Option<String>,
}

async fn blank(State(desk): State<Desk>, who: Who, Query(start): Query<Start>) -> Result<Response> {
    let example = EXAMPLES.into_iter().find(|(key, _, _)| Some(*key) == start.example.as_deref());
    let scenario = example.map_or("", |(_, _, text)| text).to_owned();
    let title = risk::read(&scenario).map_or_else(|_| String::new(), |reading| reading.scenario.name);
    let typed = Typed { title, scenario, seed: "1".into(), years: "100000".into(), note: String::new() };
    edit(&desk, &who, None, typed, Kept::Open(Vec::new())).await
}

#[derive(Deserialize)]
struct Filled {
    #[serde(default)]
    title: String,
    #[serde(default)]
    scenario: String,
    #[serde(default)]
    seed: String,
    #[serde(default)]
    years: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    from: i64,
}

impl From<Filled> for Typed {
    fn from(filled: Filled) -> Typed {
        Typed {
            title: filled.title,
            scenario: filled.scenario,
            seed: filled.seed,
            years: filled.years,
            note: filled.note,
        }
    }
}

async fn keep(State(desk): State<Desk>, who: Who, Form(filled): Form<Filled>) -> Result<Response> {
    let typed = Typed::from(filled);
    let kept = super::keep(&desk, &who, typed.clone()).await?;
    edit(&desk, &who, None, typed, kept).await
}

#[derive(Deserialize)]
struct Manner {
    /// As text, even where the fields wrote it.
    #[serde(default)]
    text: bool,
}

async fn again(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<EstimateId>,
    Query(manner): Query<Manner>,
) -> Result<Response> {
    let (version, _) = super::show(&desk, id, None).await?;
    let newest = Typed {
        title: version.title,
        scenario: version.scenario,
        seed: version.seed.to_string(),
        years: version.years.to_string(),
        note: version.note,
    };
    if !manner.text
        && let Some(page) = fields::again(&desk, &who, id, version.number, &newest).await?
    {
        return Ok(page);
    }
    let typed = Typed { note: String::new(), ..newest };
    edit(&desk, &who, Some((id, version.number)), typed, Kept::Open(Vec::new())).await
}

async fn change(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<EstimateId>,
    Form(filled): Form<Filled>,
) -> Result<Response> {
    let from = filled.from;
    let typed = Typed::from(filled);
    let kept = super::change(&desk, &who, id, from, typed.clone()).await?;
    edit(&desk, &who, Some((id, from)), typed, kept).await
}

/// Goes to the estimate if it was kept; shows the form with everything that was typed if not.
async fn edit(
    desk: &Desk,
    who: &Who,
    base: Option<(EstimateId, i64)>,
    typed: Typed,
    kept: Kept,
) -> Result<Response> {
    let Again { base, hurdles, newer, status } = match again_or_done(base, kept) {
        ControlFlow::Continue(again) => again,
        ControlFlow::Break(done) => return Ok(done),
    };
    let measured = measured::of(desk).await?;
    let page = Edit {
        frame: Frame::of(desk, who, "estimates"),
        base,
        typed,
        hurdles,
        newer,
        measured,
        examples: EXAMPLES,
    };
    Ok((status, show(&page)?).into_response())
}

/// A form that is shown again: over which version, what is in the way, and whether somebody kept a newer one.
struct Again {
    base: Option<(EstimateId, i64)>,
    hurdles: Vec<Hurdle>,
    newer: bool,
    status: StatusCode,
}

/// What becomes of a form; where the estimate was kept, the way to it.
fn again_or_done(base: Option<(EstimateId, i64)>, kept: Kept) -> ControlFlow<Response, Again> {
    let (base, hurdles, newer) = match kept {
        Kept::Yes(id, _) => return ControlFlow::Break(go(&format!("/estimates/{id}"), "saved")),
        Kept::Open(hurdles) => (base, hurdles, false),
        Kept::Newer(latest) => (base.map(|(id, _)| (id, latest)), Vec::new(), true),
    };
    let status = match (newer, hurdles.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    };
    ControlFlow::Continue(Again { base, hurdles, newer, status })
}

#[derive(Template)]
#[template(path = "estimates/show.html")]
struct Show {
    frame: Frame,
    version: Version,
    made: String,
    history: Vec<(Line, String)>,
    brief: String,
    options: Vec<String>,
    option: String,
    remarks: Vec<Hurdle>,
}

#[derive(Deserialize)]
struct Which {
    version: Option<i64>,
    #[serde(default)]
    what_if: String,
}

async fn one(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<EstimateId>,
    Query(which): Query<Which>,
    said: Said,
) -> Result<Response> {
    let (version, history) = super::show(&desk, id, which.version).await?;
    let brief = match which.what_if.as_str() {
        "" => version.brief.clone(),
        option => super::what_if(&version, option.to_owned()).await?,
    };
    show(&Show {
        frame: Frame::of(&desk, &who, "estimates").said(said),
        made: desk.settings.hours.say_date(version.made_at),
        options: compute::options(&version.scenario),
        remarks: compute::remarks(&version.scenario),
        history: dated(&desk, history),
        option: which.what_if,
        version,
        brief,
    })
}

impl Show {
    fn grouped(&self, years: &i64) -> String {
        risk::brief::grouped(*years as f64)
    }

    fn is_newest(&self) -> bool {
        self.history.first().is_some_and(|(line, _)| line.number == self.version.number)
    }

    /// The version before this one.
    fn before(&self) -> Option<&Line> {
        self.history.iter().map(|(line, _)| line).find(|line| line.number < self.version.number)
    }
}

#[derive(Template)]
#[template(path = "estimates/compare.html")]
struct Compare {
    frame: Frame,
    lines: Vec<(Line, String)>,
    both: Option<(Version, Version, Compared)>,
    left: Option<VersionId>,
    right: Option<VersionId>,
    problem: Option<String>,
}

impl Compare {
    fn grouped(&self, years: &usize) -> String {
        risk::brief::grouped(*years as f64)
    }

    fn is_chosen(&self, side: &str, line: &Line) -> bool {
        Some(line.id) == if side == "left" { self.left } else { self.right }
    }
}

#[derive(Deserialize)]
struct Two {
    #[serde(default)]
    left: String,
    #[serde(default)]
    right: String,
}

async fn compare(State(desk): State<Desk>, who: Who, Query(two): Query<Two>) -> Result<Response> {
    let lines = dated(&desk, super::versions(&desk).await?);
    let (left, right) = (chosen(&two.left)?, chosen(&two.right)?);
    let mut page =
        Compare { frame: Frame::of(&desk, &who, "estimates"), lines, both: None, left, right, problem: None };
    if let (Some(left), Some(right)) = (left, right) {
        let (left, right) = (super::version(&desk, left).await?, super::version(&desk, right).await?);
        match super::compare(&left, &right).await {
            Ok(compared) => page.both = Some((left, right, compared)),
            Err(Error::Invalid(sentence)) => page.problem = Some(sentence),
            Err(problem) => return Err(problem),
        }
    }
    show(&page)
}

fn chosen(text: &str) -> Result<Option<VersionId>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Error::NotFound) }
}

fn dated(desk: &Desk, lines: Vec<Line>) -> Vec<(Line, String)> {
    lines
        .into_iter()
        .map(|line| {
            let made = desk.settings.hours.say_date(line.made_at);
            (line, made)
        })
        .collect()
}
