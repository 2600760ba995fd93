//! The outbox: what was sent, what could not be delivered, and what would be sent if there were a relay.
//! The list shows to whom; a letter's words stand on a page of their own, and each look at them is written down.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Letter, PAGE};
use crate::error::{Error, Result};
use crate::ids::LetterId;
use crate::page::{Form, Frame, Nothing, Said, go, show};
use crate::routes::Routes;
use crate::who::{Access, Who};
use crate::{Desk, live, people, write};

pub fn routes(routes: Routes) -> Routes {
    routes
        .at(Access::Desk, "/outbox", get(outbox))
        .at(Access::Desk, "/outbox/waiting", post(send_waiting))
        .at(Access::Desk, "/outbox/{id}", get(letter))
        .at(Access::Desk, "/outbox/{id}/again", post(again))
        .at(Access::Desk, "/live/outbox", get(live_outbox))
}

#[derive(Template)]
#[template(path = "letters/outbox.html")]
struct Outbox {
    frame: Frame,
    relay: bool,
    /// How many letters waited for a relay.
    kept: i64,
    /// How many could not be delivered, on whatever page they stand, and whether only these are shown.
    undelivered: i64,
    only: bool,
    letters: Vec<Shown>,
    page: i64,
    more: bool,
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    undelivered: bool,
    /// Counted from 1.
    page: Option<i64>,
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct LetterPage {
    frame: Frame,
    shown: Shown,
    text: String,
}

struct Shown {
    letter: Letter,
    when: String,
}

fn shown(desk: &Desk, letter: Letter) -> Shown {
    Shown { when: desk.settings.hours.say_when(letter.made_at, desk.now(), crate::Locale::En), letter }
}

impl Shown {
    fn state(&self) -> &str {
        match self.letter.state.as_str() {
            super::UNDELIVERED => "could not be delivered",
            "kept" => "not sent yet",
            state => state,
        }
    }

    fn is_undelivered(&self) -> bool {
        self.letter.state == super::UNDELIVERED
    }
}

async fn outbox(
    State(desk): State<Desk>,
    who: Who,
    Query(which): Query<Which>,
    said: Said,
) -> Result<Response> {
    let page = which.page.unwrap_or(1).clamp(1, 1_000_000);
    let state = which.undelivered.then_some(super::UNDELIVERED);
    let mut tx = desk.db.read().await?;
    let mut found = super::store::newest(&mut tx, state, PAGE + 1, (page - 1) * PAGE).await?;
    let kept = super::store::count(&mut tx, "kept").await?;
    let undelivered = super::store::count(&mut tx, super::UNDELIVERED).await?;
    drop(tx);
    people::note_look(&desk, &who, "looked at the outbox", "to whom we wrote").await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let letters = found.into_iter().map(|letter| shown(&desk, letter)).collect();
    let frame = Frame::of(&desk, &who, "outbox").said(said).live("/live/outbox");
    let relay = desk.post.is_some();
    show(&Outbox { frame, relay, kept, undelivered, only: which.undelivered, letters, page, more })
}

async fn letter(State(desk): State<Desk>, who: Who, Path(id): Path<LetterId>) -> Result<Response> {
    let mut tx = desk.db.read().await?;
    let letter = super::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    // With a relay the reader has the link; only the desk that cannot send has to hand it over.
    let text = if desk.post.is_none() {
        let serial = super::store::link_serial(&mut tx, letter.report_id).await?;
        super::filled(&desk, &letter, serial)
    } else {
        letter.without_links()
    };
    drop(tx);
    let now = desk.now();
    write!(desk.db, tx => {
        people::note_about(tx, Some(who.person), "read a letter", &letter.kind, letter.to_person, now).await
    })?;
    show(&LetterPage { frame: Frame::of(&desk, &who, "outbox"), shown: shown(&desk, letter), text })
}

async fn again(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<LetterId>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    super::send_again(&desk, &who, id).await?;
    Ok(go("/outbox", "saved"))
}

async fn send_waiting(State(desk): State<Desk>, who: Who, Form(_): Form<Nothing>) -> Result<Response> {
    let letters = super::send_waiting(&desk).await?;
    people::note_done(&desk, &who, "sent what waited", &format!("{letters} letters")).await?;
    Ok(go("/outbox", "saved"))
}

async fn live_outbox(State(desk): State<Desk>, _who: Who) -> Response {
    live::stream(&desk, vec!["outbox".into()])
}
