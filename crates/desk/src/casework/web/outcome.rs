//! How a case ended: the letters are looked at before they go to everybody.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::Desk;
use crate::cases::{Case, Outcome};
use crate::casework::ending::{Hearers, OutcomeLetter, letters_for, tell};
use crate::checking::{Note, look};
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
    /// `look` shows the letters; everything else sends them.
    #[serde(default)]
    verb: String,
}

impl OutcomeForm {
    fn hearers(&self) -> Hearers {
        if self.again { Hearers::Everybody } else { Hearers::WhoDoNotKnow }
    }
}

#[derive(Template)]
#[template(path = "casework/outcome.html")]
struct OutcomePage {
    frame: Frame,
    case: Case,
    chosen: Outcome,
    outcomes: [Outcome; 6],
    words: String,
    letters: Vec<OutcomeLetter>,
    readers: usize,
    know: usize,
    unreached: Vec<String>,
    again: bool,
    problem: Option<String>,
    marked: Vec<Marked>,
    notes: Vec<Note>,
}

impl OutcomePage {
    fn outcome_label(&self, outcome: &Outcome) -> String {
        Locale::En.t(&format!("outcome-{}", outcome.as_str()))
    }

    fn is_chosen(&self, outcome: &Outcome) -> bool {
        *outcome == self.chosen
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
    if form.verb == "look" {
        return page(&desk, &who, id, outcome, &form, None).await;
    }
    let over = super::checked::reason(&form.over);
    match tell(&desk, &who, id, outcome, &form.words, over, form.hearers()).await {
        Ok(_) => Ok(go(&format!("/cases/{id}"), "outcome-told")),
        Err(Error::NotYet(problem) | Error::Invalid(problem)) => {
            page(&desk, &who, id, outcome, &form, Some(problem)).await
        }
        Err(problem) => Err(problem),
    }
}

/// The letters as they would go, with what the check says about them; the words stay in the form.
async fn page(
    desk: &Desk,
    who: &Who,
    id: CaseId,
    outcome: Outcome,
    form: &OutcomeForm,
    problem: Option<String>,
) -> Result<Response> {
    let found = letters_for(desk, who, id, outcome, &form.words, form.hearers()).await?;
    let looks = found.letters.iter().map(|one| look(desk, &one.letter, &[&who.name]));
    let (marked, notes) = looks.into_iter().max_by_key(|(_, notes)| notes.len()).unwrap_or_default();
    show(&OutcomePage {
        frame: Frame::of(desk, who, "inbox"),
        case: found.case,
        chosen: outcome,
        outcomes: Outcome::ALL,
        words: form.words.clone(),
        readers: found.letters.iter().map(|letter| letter.readers.len()).sum(),
        letters: found.letters,
        know: found.know,
        unreached: found.unreached,
        again: form.again,
        problem,
        marked,
        notes,
    })
}
