//! The public page that checks a text, and the small answer with marks while somebody types a letter.

mod rules;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use lure::language::{Language, Tongue};
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
    /// What is to be said of the language, as a key, where that is not one we read for sure.
    language: Option<&'static str>,
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
#[template(path = "casework/letter_marks.html")]
struct Marks {
    hint: Option<String>,
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

async fn page(State(desk): State<Desk>, public: Public, who: Result<Who>) -> Result<Response> {
    show(&Check {
        frame: Frame::either(&desk, who, public.locale, public.path),
        text: String::new(),
        checked: false,
        marked: Vec::new(),
        notes: Vec::new(),
        language: None,
    })
}

async fn check(
    State(desk): State<Desk>,
    public: Public,
    who: Result<Who>,
    OpenForm(given): OpenForm<Text>,
) -> Result<Response> {
    desk.gates.report(public.address, &desk.settings)?;
    let text = within(given.text);
    let (marked, notes) = noted(&text, &letters::findings_in_any(&text));
    show(&Check {
        frame: Frame::either(&desk, who, public.locale, public.path),
        checked: !text.trim().is_empty(),
        language: unsure_of(&text, notes.is_empty()),
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
    let words = within(given.text);
    let typed = words.trim();
    if typed.is_empty() {
        return show(&Marks { hint: None, notes: Vec::new(), marked: Vec::new() });
    }
    let letter = crate::casework::word_letter(&desk, locale, &who.name, typed, Some(next_by));
    let mut found = letter.findings(&desk.settings, &[&who.name, &reader]);
    found.retain(|finding| finding.span.end <= typed.len() && (!misses(finding) || has_two_sentences(typed)));
    let (marked, notes) = noted(typed, &found);
    show(&Marks { hint: other_tongue(typed, locale), notes, marked })
}

/// Whether a finding is about what a letter does not say yet: thanks, or a next step.
fn misses(finding: &finding::Finding) -> bool {
    let rule = lint::rule::find(&finding.rule);
    rule.is_some_and(|rule| matches!(rule.group, lint::rule::Group::Empathy | lint::rule::Group::NextStep))
}

/// Whether so much of a letter stands there that one can say what it lacks.
fn has_two_sentences(words: &str) -> bool {
    words.matches(['.', '!', '?']).count() > 1
}

fn language_of(words: &str) -> Language {
    lure::language::language_of(lure::fold::Folded::new(words).words())
}

/// What the page says of the language of a text: rules for other languages than its own find nothing, which is no praise.
fn unsure_of(text: &str, nothing_found: bool) -> Option<&'static str> {
    match language_of(text) {
        Language::Known(Tongue::En | Tongue::De) => None,
        Language::Known(Tongue::Pt | Tongue::Nl | Tongue::Fr) => Some("check-other-language"),
        Language::Other => nothing_found.then_some("check-other-language"),
        Language::TooShort => nothing_found.then_some("check-short"),
    }
}

/// What a responder is told whose words are not in the language their reader reads.
pub fn other_tongue(words: &str, reader: Locale) -> Option<String> {
    let written = match language_of(words) {
        Language::Known(tongue) if tongue.code() == reader.tag() => return None,
        Language::Known(Tongue::En) => tongue_of(Locale::En),
        Language::Known(Tongue::De) => tongue_of(Locale::De),
        Language::Known(Tongue::Pt) => "Portuguese",
        Language::Known(Tongue::Nl) => "Dutch",
        Language::Known(Tongue::Fr) => "French",
        Language::Other | Language::TooShort => return None,
    };
    Some(format!("Your words look {written}. The person you write to reads {}.", tongue_of(reader)))
}

/// What a language is called on the desk.
pub fn tongue_of(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "English",
        Locale::De => "German",
    }
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
            message: letters::on_page(finding),
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
