//! The public page that checks a text, and the small answer with marks while somebody types a letter.

mod rules;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::error::Result;
use crate::letters::{self, Marked, Worded};
use crate::page::{Frame, OpenForm, show};
use crate::routes::Routes;
use crate::who::{Access, Public, Who};
use crate::words::Locale;
use crate::{Desk, reports};

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
    /// The report whose reporter a letter is for.
    #[serde(default)]
    report: String,
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
    let report = match given.report.parse() {
        Ok(report) if Access::Desk.admits(who.role) => {
            reports::store::by_id(&mut desk.db.read().await?, report).await?
        }
        _ => None,
    };
    let (locale, reader) =
        report.map_or((Locale::En, String::new()), |report| (report.locale(), report.reporter_name));
    let letter = crate::casework::word_letter(&desk, locale, &who.name, &within(given.text), Some(next_by));
    let (marked, notes) = look(&desk, &letter, &[&who.name, &reader]);
    show(&Marks { notes, marked })
}

/// Marks and notes for a letter, as the check reads it when it is sent. `names` are those of its writer and its reader.
pub fn look(desk: &Desk, letter: &Worded, names: &[&str]) -> (Vec<Marked>, Vec<Note>) {
    noted(letter.read(), &letter.findings(&desk.settings, names))
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
