//! Live updates: a stream of "something changed" for one page (server-sent events). Carries no content;
//! the page asks again for what it may see.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::broadcast::error::RecvError;

use crate::Desk;

/// A stream that says `changed` whenever one of these topics changed.
pub fn stream(desk: &Desk, topics: Vec<String>) -> Response {
    let live = desk.db.live();
    let events = futures::stream::unfold((live, topics), |(mut live, topics)| async move {
        loop {
            match live.recv().await {
                Ok(topic) if topics.contains(&topic) => break,
                Ok(_) => {}
                // Too much happened to follow: looking again is always right.
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return None,
            }
        }
        Some((Ok::<_, Infallible>(Event::default().event("changed").data("1")), (live, topics)))
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    Sse::new(events).keep_alive(alive).into_response()
}
