//! How a case ended: the letters are looked at before they go to everybody.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::Desk;
use crate::cases::{Case, Outcome};
use crate::casework::ending::{Hearers, OutcomeLetter, Telling, WordsFor, letters_for, tell};
use crate::casework::{self, Sent, Shown, Unread};
use crate::checking::{Note, look, other_tongue, tongue_of};
use crate::error::{Error, Result};
use crate::ids::CaseId;
use crate::letters::Marked;
use crate::page::{Form, Frame, go, show};
use crate::who::Who;
use crate::words::Locale;

#[derive(Deserialize)]
pub(super) struct OutcomeForm {
    outcome: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    over: String,
    /// Whether those who know it already hear it again.
    #[serde(default)]
    again: bool,
    /// Whether strangers read the words as well.
    #[serde(default)]
    strangers: bool,
    /// What the page showed from which this is sent.
    #[serde(default)]
    shown: String,
    /// `known`, once somebody read who reads another language.
    #[serde(default)]
    tongue: String,
    /// `look` shows the letters; everything else sends them.
    #[serde(default)]
    verb: String,
}

#[derive(Template)]
#[template(path = "casework/outcome.html")]
struct OutcomePage {
    frame: Frame,
    case: Case,
    chosen: Outcome,
    outcomes: Vec<Outcome>,
    words: String,
    letters: Vec<OutcomeLetter>,
    readers: usize,
    know: usize,
    unreached: Vec<String>,
    come_back: Vec<String>,
    shown: Shown,
    again: bool,
    /// How many strangers are among people we know, and whether they read the words as well.
    strangers: usize,
    to_strangers: bool,
    /// Whether letters left just now.
    left: bool,
    problem: Option<String>,
    /// How many were told from the page before, and whom that page did not show.
    told: usize,
    unread: Vec<Unread>,
    marked: Vec<Marked>,
    notes: Vec<Note>,
}

impl OutcomePage {
    fn outcome_label(&self, outcome: &Outcome) -> String {
        Locale::En.t(&format!("outcome-{}", outcome.as_str()))
    }

    /// Whether the one letter there is came back with marks: it then stands once, with them.
    fn is_marked_alone(&self) -> bool {
        self.letters.len() == 1 && !self.notes.is_empty()
    }

    fn is_chosen(&self, outcome: &Outcome) -> bool {
        *outcome == self.chosen
    }

    fn reads(&self, letter: &OutcomeLetter) -> &'static str {
        tongue_of(letter.reads)
    }

    /// What is to be known where the words are in another language than a reader's.
    fn other_tongue(&self, letter: &OutcomeLetter) -> Option<String> {
        other_tongue(&self.words, letter.reads)
    }

    /// Whether a letter on this page says that its reader reads another language.
    fn says_tongue(&self) -> bool {
        self.letters.iter().any(|letter| self.other_tongue(letter).is_some())
    }

    /// Who reads one letter, in words: the first three names, and how many more.
    fn readers_of(&self, letter: &OutcomeLetter) -> String {
        let named: Vec<&str> = letter.readers.iter().take(3).map(String::as_str).collect();
        match letter.readers.len().saturating_sub(3) {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }
}

pub(super) async fn outcome(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<CaseId>,
    Form(form): Form<OutcomeForm>,
) -> Result<Response> {
    let outcome = Outcome::parse(&form.outcome)
        .ok_or_else(|| Error::Invalid("Please choose how this ended.".into()))?;
    let over = super::checked::reason(&form.over);
    let shown = Shown::parse(&form.shown);
    let hearers = if form.again { Hearers::Everybody } else { Hearers::WhoDoNotKnow };
    let words_for = if form.strangers { WordsFor::Everybody } else { WordsFor::Known };
    let telling = Telling {
        outcome,
        words: &form.words,
        over: over.as_deref(),
        hearers,
        words_for,
        shown: Some(&shown),
    };
    if form.verb == "look" {
        return page(&desk, &who, id, telling, Came::Looking).await;
    }
    if form.tongue != "known" {
        let readers = casework::read_otherwise(&desk, id, telling.words).await?;
        if !readers.is_empty() {
            let problem = format!(
                "Nothing was sent yet. Another language than that of your words is read by: {}. You can write in both languages, or tell it as it is.",
                readers.join(", ")
            );
            return page(&desk, &who, id, telling, Came::Stopped(problem)).await;
        }
    }
    match tell(&desk, &who, id, telling).await {
        Ok(sent) if !sent.unread.is_empty() => page(&desk, &who, id, telling, Came::Told(sent)).await,
        Ok(sent) => {
            let said = match (sent.unreached, sent.people) {
                (true, 0) => "outcome-unreached",
                (true, _) => "outcome-told-unreached",
                (false, _) => "outcome-told",
            };
            Ok(go(&format!("/cases/{id}"), said))
        }
        Err(Error::NotYet(problem) | Error::Invalid(problem)) => {
            page(&desk, &who, id, telling, Came::Stopped(problem)).await
        }
        Err(problem) => Err(problem),
    }
}

/// How one came to the page.
enum Came {
    Looking,
    /// Something kept the letters from leaving.
    Stopped(String),
    /// They left, to those whom the page before showed.
    Told(Sent),
}

/// The letters as they would go, with what the check says about them; the words stay in the form.
async fn page(desk: &Desk, who: &Who, id: CaseId, telling: Telling<'_>, came: Came) -> Result<Response> {
    // Only once letters left does a page show those who came since: until then nobody may have read them.
    let left = matches!(came, Came::Told(_));
    let shown = telling.shown.filter(|shown| !left && **shown != Shown::default());
    let telling = Telling { shown, ..telling };
    let found = letters_for(desk, who, id, telling).await?;
    let looks = found.letters.iter().map(|one| look(desk, &one.letter, &[&who.name]));
    let (marked, notes) = looks.into_iter().max_by_key(|(_, notes)| notes.len()).unwrap_or_default();
    let (problem, told, unread) = match came {
        Came::Looking => (None, 0, found.unread),
        Came::Stopped(problem) => (Some(problem), 0, found.unread),
        Came::Told(sent) => (None, sent.people, sent.unread),
    };
    show(&OutcomePage {
        frame: Frame::of(desk, who, "inbox"),
        case: found.case,
        chosen: telling.outcome,
        outcomes: offered_with(found.offered, telling.outcome),
        words: telling.words.to_owned(),
        readers: found.letters.iter().map(|letter| letter.readers.len()).sum(),
        letters: found.letters,
        know: found.know,
        unreached: found.unreached,
        come_back: found.come_back,
        shown: shown.cloned().unwrap_or(found.shown),
        again: telling.hearers == Hearers::Everybody,
        strangers: found.strangers,
        to_strangers: telling.words_for == WordsFor::Everybody,
        left,
        problem,
        told,
        unread,
        marked,
        notes,
    })
}

/// The outcomes that fit, and the one that was chosen before.
pub(super) fn offered_with(mut offered: Vec<Outcome>, chosen: Outcome) -> Vec<Outcome> {
    if !offered.contains(&chosen) {
        offered.push(chosen);
    }
    offered
}
