//! The page on how hard a message was to spot, and its form.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use lure::phish_scale::{Alignment, Applicability, CueCategory, difficulty};
use serde::Deserialize;

use super::Spotting;
use crate::Desk;
use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId};
use crate::page::{Form, Frame, Said, go, show};
use crate::routes::Routes;
use crate::who::{Access, Who};
use crate::words::Locale;

pub fn routes(routes: Routes) -> Routes {
    routes.at(Access::Desk, "/cases/{id}/signs", get(page).post(confirm)).at(
        Access::Desk,
        "/cases/{id}/signs/back",
        post(back),
    )
}

#[derive(Template)]
#[template(path = "spotting/signs.html")]
struct Page {
    frame: Frame,
    view: Spotting,
    confirmed_at: String,
    questions: [Question; 5],
}

/// One element of the premise as the form asks it.
struct Question {
    name: &'static str,
    ask: &'static str,
    hint: &'static str,
    chosen: Applicability,
}

/// Name of the field, question, example: E1 to E5 of TN 2276, table 5, in our words.
const ASKED: [(&str, &str, &str); 5] = [
    (
        "process",
        "Does it look like something that happens at work here?",
        "An invoice, a shared file, a parcel slip.",
    ),
    (
        "work",
        "Does it matter for the work of the people who got it?",
        "Accounts and an invoice: yes. The workshop and an invoice: hardly.",
    ),
    (
        "events",
        "Does it fit something that is going on just now?",
        "Tax season, a new system, a delivery they wait for.",
    ),
    (
        "concern",
        "Does it make people fear what happens if they do nothing?",
        "A locked account, a fine, a missed payment.",
    ),
    (
        "warned",
        "Were people told about messages like this before?",
        "A warning, a training, a practice mail. This makes it easier to spot.",
    ),
];

const STEPS: [(Applicability, &str); 5] = [
    (Applicability::NotApplicable, "not at all"),
    (Applicability::Low, "a little"),
    (Applicability::Moderate, "somewhat"),
    (Applicability::Significant, "a lot"),
    (Applicability::Extreme, "completely"),
];

const ROWS: [(CueCategory, &str); 3] = [
    (CueCategory::Few, "few signs (up to 8)"),
    (CueCategory::Some, "some signs (9 to 14)"),
    (CueCategory::Many, "many signs (15 and more)"),
];

const COLUMNS: [(Alignment, &str); 3] = [
    (Alignment::Weak, "fits little (up to 10 points)"),
    (Alignment::Medium, "fits somewhat (11 to 17)"),
    (Alignment::Strong, "fits well (18 and more)"),
];

impl Page {
    fn steps(&self) -> [(Applicability, &'static str); 5] {
        STEPS
    }

    fn columns(&self) -> [(Alignment, &'static str); 3] {
        COLUMNS
    }

    /// The published table, each cell with whether it is this message's.
    fn table(&self) -> Vec<(&'static str, Vec<(String, bool)>)> {
        let rating = &self.view.rating;
        ROWS.iter()
            .map(|(cues, name)| {
                let cells = COLUMNS.iter().map(|(alignment, _)| {
                    let word = Locale::En.t(&format!("spotting-{}", difficulty(*cues, *alignment).code()));
                    (word, rating.cues == *cues && rating.alignment == *alignment)
                });
                (*name, cells.collect())
            })
            .collect()
    }

    fn answer(&self) -> &'static str {
        self.view.rating.difficulty.sentence(lure::Locale::En)
    }

    fn cue(&self, number: &u8) -> &'static str {
        lure::phish_scale::cues::name(*number, lure::Locale::En)
    }
}

#[derive(Deserialize)]
struct Chosen {
    report: Option<ReportId>,
}

async fn page(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Query(chosen): Query<Chosen>,
    said: Said,
) -> Result<Response> {
    let view = super::spotting(&desk, &who, id, chosen.report).await?;
    let [p1, p2, p3, p4, p5] = view.rating.premise;
    let [q1, q2, q3, q4, q5] = ASKED;
    let ask = |(name, ask, hint): (&'static str, &'static str, &'static str), chosen| Question {
        name,
        ask,
        hint,
        chosen,
    };
    let questions = [ask(q1, p1), ask(q2, p2), ask(q3, p3), ask(q4, p4), ask(q5, p5)];
    let confirmed_at = view
        .confirmed
        .as_ref()
        .map(|(_, at)| desk.settings.hours.say_when(*at, desk.now(), Locale::En))
        .unwrap_or_default();
    show(&Page { frame: Frame::of(&desk, &who, "inbox").said(said), view, confirmed_at, questions })
}

#[derive(Deserialize)]
struct Answers {
    process: i32,
    work: i32,
    events: i32,
    concern: i32,
    warned: i32,
    report: ReportId,
}

async fn confirm(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<Answers>,
) -> Result<Response> {
    let step = |points: i32| {
        Applicability::from_points(points)
            .ok_or_else(|| Error::Invalid("Please give an answer to each question.".into()))
    };
    let premise =
        [step(form.process)?, step(form.work)?, step(form.events)?, step(form.concern)?, step(form.warned)?];
    super::confirm(&desk, &who, id, premise).await?;
    Ok(go(&format!("/cases/{id}/signs?report={}", form.report), "premise"))
}

#[derive(Deserialize)]
struct Back {
    report: ReportId,
}

async fn back(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<Back>,
) -> Result<Response> {
    super::take_back(&desk, &who, id).await?;
    Ok(go(&format!("/cases/{id}/signs?report={}", form.report), "premise-back"))
}
