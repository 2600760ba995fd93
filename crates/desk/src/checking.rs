//! The public page that checks a text, and the small answer with marks while somebody types a letter.

mod rules;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::Desk;
use crate::error::Result;
use crate::letters::{self, Marked};
use crate::page::{Frame, OpenForm, show};
use crate::routes::Routes;
use crate::who::{Access, Public, Who};
use crate::words::Locale;

pub fn routes(routes: Routes) -> Routes {
    routes
        .at(Access::Public, "/check", get(page).post(check))
        .at(Access::Public, "/check/rules", get(rules::all))
        .at(Access::Public, "/check/rules/{code}", get(rules::one))
        .at(Access::SignedIn, "/check/marks", post(marks))
}

#[derive(Template)]
#[template(path = "check.html")]
struct Check {
    frame: Frame,
    text: String,
    checked: bool,
    marked: Vec<Marked>,
    notes: Vec<Note>,
}

/// One finding as a page shows it.
pub struct Note {
    pub code: String,
    /// Whether a page explains it.
    pub explained: bool,
    pub severity: &'static str,
    pub message: String,
    pub why: String,
    pub instead: Option<String>,
}

#[derive(Template)]
#[template(path = "marks.html")]
struct Marks {
    notes: Vec<Note>,
    marked: Vec<Marked>,
}

#[derive(Deserialize)]
struct Text {
    #[serde(default)]
    text: String,
}

/// The most text the page takes, in bytes.
const MOST: usize = 200_000;

async fn page(State(desk): State<Desk>, public: Public) -> Result<Response> {
    show(&Check {
        frame: Frame::open(&desk, public.locale, public.path),
        text: String::new(),
        checked: false,
        marked: Vec::new(),
        notes: Vec::new(),
    })
}

async fn check(
    State(desk): State<Desk>,
    public: Public,
    OpenForm(given): OpenForm<Text>,
) -> Result<Response> {
    desk.gates.report(public.address, &desk.settings)?;
    let text = within(given.text);
    let (marked, notes) = noted(&text, &letters::findings_in_any(&text));
    show(&Check {
        frame: Frame::open(&desk, public.locale, public.path),
        checked: !text.trim().is_empty(),
        text,
        marked,
        notes,
    })
}

/// While a responder types: the letter is looked at as it would leave, with its promise and its ending.
async fn marks(State(desk): State<Desk>, who: Who, OpenForm(given): OpenForm<Text>) -> Result<Response> {
    let next_by = desk.settings.hours.after(desk.now(), 480);
    let letter = crate::casework::compose(&desk, Locale::En, &who.name, &within(given.text), Some(next_by));
    let (marked, notes) = look(&letter, Locale::En);
    show(&Marks { notes, marked })
}

/// Marks and notes for a letter.
pub fn look(letter: &str, locale: Locale) -> (Vec<Marked>, Vec<Note>) {
    noted(letter, &letters::findings(letter, locale))
}

fn noted(text: &str, found: &[finding::Finding]) -> (Vec<Marked>, Vec<Note>) {
    let notes = found
        .iter()
        .map(|finding| Note {
            explained: lint::rule::find(&finding.rule).is_some(),
            code: finding.rule.to_string(),
            severity: finding.severity.as_str(),
            message: finding.message.clone(),
            why: finding.why.clone(),
            instead: finding.fix.as_ref().map(|fix| fix.replacement.clone()).filter(|text| !text.is_empty()),
        })
        .collect();
    (letters::marked(text, found), notes)
}

fn within(mut text: String) -> String {
    if text.len() > MOST {
        let mut end = MOST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}
