//! The outbox: what was sent, and what would be sent if there were a relay.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::Letter;
use crate::Desk;
use crate::error::Result;
use crate::page::{Frame, show};
use crate::routes::Routes;
use crate::who::{Access, Who};

pub fn routes(routes: Routes) -> Routes {
    routes.at(Access::Desk, "/outbox", get(outbox))
}

#[derive(Template)]
#[template(path = "letters/outbox.html")]
struct Outbox {
    frame: Frame,
    relay: bool,
    letters: Vec<Shown>,
}

struct Shown {
    letter: Letter,
    when: String,
    text: String,
}

async fn outbox(State(desk): State<Desk>, who: Who) -> Result<Response> {
    let mut letters = Vec::new();
    for letter in super::newest(&desk).await? {
        // With a relay the reader has the link; only the desk that cannot send has to hand it over.
        let text = if desk.post.is_none() {
            let mut tx = desk.db.read().await?;
            let serial = match letter.report_id {
                Some(report) => super::store::link_serial(&mut tx, report).await?,
                None => 0,
            };
            super::filled(&desk, &letter, serial)
        } else {
            letter.without_links()
        };
        letters.push(Shown {
            when: desk.settings.hours.say(letter.made_at, crate::Locale::En),
            text,
            letter,
        });
    }
    let frame = Frame::of(&desk, &who, "outbox").live("/live/inbox");
    show(&Outbox { frame, relay: desk.post.is_some(), letters })
}
