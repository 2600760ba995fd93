//! The form with fields: asks for two ranges, and keeps the scenario they make.

use std::ops::ControlFlow;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::fields::{Fields, TIMES, at_its_field};
use super::super::measured::{self, Measured};
use super::super::{Hurdle, Kept, Typed};
use super::{Again, EXAMPLES, again_or_done};
use crate::Desk;
use crate::error::Result;
use crate::ids::EstimateId;
use crate::page::{Form, Frame, show};
use crate::who::Who;

#[derive(Template)]
#[template(path = "estimates/fields.html")]
struct Ask {
    frame: Frame,
    /// The version this one builds on: address and number.
    base: Option<(EstimateId, i64)>,
    fields: Fields,
    hurdles: Vec<Hurdle>,
    /// Somebody saved a version in the meantime.
    newer: bool,
    measured: Measured,
    times: [&'static str; 4],
    examples: [(&'static str, &'static str, &'static str); 3],
}

type Range<'a> = (&'static str, &'static str, &'static str, [(&'static str, &'static str, &'a str); 3]);

impl Ask {
    fn of_field<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Hurdle> {
        self.hurdles.iter().filter(move |one| one.field == field)
    }

    fn has(&self, field: &str) -> bool {
        self.of_field(field).next().is_some()
    }

    /// The two ranges: name, question, hint, and the three numbers of each.
    fn ranges(&self) -> [Range<'_>; 2] {
        fn three([low, likely, high]: &[String; 3]) -> [(&'static str, &'static str, &str); 3] {
            [("low", "From", low), ("likely", "Most likely", likely), ("high", "To", high)]
        }
        [
            (
                "often",
                "How often does it happen?",
                "For example from 2, most likely 5, to 20 times a year. Once in two years is 0.5 a year.",
                three(&self.fields.often),
            ),
            (
                "cost",
                "What does one event cost?",
                "For example from 10,000, most likely 50,000, to 500,000.",
                three(&self.fields.cost),
            ),
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    title: String,
    #[serde(default)]
    often_low: String,
    #[serde(default)]
    often_likely: String,
    #[serde(default)]
    often_high: String,
    #[serde(default)]
    per: String,
    #[serde(default)]
    cost_low: String,
    #[serde(default)]
    cost_likely: String,
    #[serde(default)]
    cost_high: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    seed: String,
    #[serde(default)]
    years: String,
    #[serde(default)]
    from: i64,
}

impl From<Filled> for Fields {
    fn from(filled: Filled) -> Fields {
        Fields {
            title: filled.title,
            often: [filled.often_low, filled.often_likely, filled.often_high],
            per: filled.per,
            cost: [filled.cost_low, filled.cost_likely, filled.cost_high],
            currency: filled.currency,
            note: filled.note,
            seed: filled.seed,
            years: filled.years,
        }
    }
}

pub(super) async fn blank(State(desk): State<Desk>, who: Who) -> Result<Response> {
    ask(&desk, &who, None, Fields::fresh(), Kept::Open(Vec::new())).await
}

pub(super) async fn keep(State(desk): State<Desk>, who: Who, Form(filled): Form<Filled>) -> Result<Response> {
    let fields = Fields::from(filled);
    let kept = match fields.typed() {
        Ok(typed) => super::super::keep(&desk, &who, typed).await?,
        Err(hurdles) => Kept::Open(hurdles),
    };
    ask(&desk, &who, None, fields, kept).await
}

/// The form for the next version, where the fields wrote the newest one.
pub(super) async fn again(
    desk: &Desk,
    who: &Who,
    id: EstimateId,
    number: i64,
    newest: &Typed,
) -> Result<Option<Response>> {
    let Some(fields) = Fields::of(newest) else { return Ok(None) };
    let fields = Fields { note: String::new(), ..fields };
    ask(desk, who, Some((id, number)), fields, Kept::Open(Vec::new())).await.map(Some)
}

pub(super) async fn change(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<EstimateId>,
    Form(filled): Form<Filled>,
) -> Result<Response> {
    let from = filled.from;
    let fields = Fields::from(filled);
    let kept = match fields.typed() {
        Ok(typed) => super::super::change(&desk, &who, id, from, typed).await?,
        Err(hurdles) => Kept::Open(hurdles),
    };
    ask(&desk, &who, Some((id, from)), fields, kept).await
}

/// Goes to the estimate if it was kept; shows the form with everything that was typed if not.
async fn ask(
    desk: &Desk,
    who: &Who,
    base: Option<(EstimateId, i64)>,
    fields: Fields,
    kept: Kept,
) -> Result<Response> {
    let Again { base, hurdles, newer, status } = match again_or_done(base, kept) {
        ControlFlow::Continue(again) => again,
        ControlFlow::Break(done) => return Ok(done),
    };
    let hurdles = hurdles.into_iter().map(at_its_field).collect();
    let page = Ask {
        frame: Frame::of(desk, who, "estimates"),
        base,
        fields,
        hurdles,
        newer,
        measured: measured::of(desk).await?,
        times: TIMES,
        examples: EXAMPLES,
    };
    Ok((status, show(&page)?).into_response())
}
