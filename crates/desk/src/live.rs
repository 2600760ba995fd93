//! Live updates: a stream of "something changed" for one page (server-sent events). Carries no content;
//! the page asks again for what it may see.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use tokio::sync::broadcast::error::RecvError;

use crate::Desk;
use crate::error::Error;

/// A stream ends after this long. The page opens it again by itself, and then has to show anew that it may.
const LONGEST: Duration = Duration::from_secs(300);

/// A stream that says `changed` whenever one of these topics changed.
pub fn stream(desk: &Desk, topics: Vec<String>) -> Response {
    stream_for(desk, topics, LONGEST)
}

fn stream_for(desk: &Desk, topics: Vec<String>, longest: Duration) -> Response {
    // A page without a stream works as well; it only does not move by itself.
    let Ok(place) = desk.gates.streams.clone().try_acquire_owned() else {
        return Error::Busy(60).into_response();
    };
    let state = (desk.db.live(), topics, place);
    let events = futures::stream::unfold(state, |(mut live, topics, place)| async move {
        loop {
            match live.recv().await {
                Ok(topic) if topics.contains(&topic) => break,
                Ok(_) => {}
                // Too much happened to follow: looking again is always right.
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return None,
            }
        }
        Some((Ok::<_, Infallible>(Event::default().event("changed").data("1")), (live, topics, place)))
    });
    let events = events.take_until(tokio::time::sleep(longest));
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    Sse::new(events).keep_alive(alive).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::TestDesk;

    #[tokio::test]
    async fn a_stream_ends_by_itself_and_gives_its_place_back() {
        let test = TestDesk::new().await;
        let before = test.desk.gates.streams.available_permits();
        let stream = stream_for(&test.desk, vec!["inbox".into()], Duration::from_millis(50));
        assert_eq!(test.desk.gates.streams.available_permits(), before - 1);
        let reading = axum::body::to_bytes(stream.into_body(), 1000);
        let read = tokio::time::timeout(Duration::from_secs(5), reading).await.expect("it ends").unwrap();
        assert!(read.is_empty());
        assert_eq!(test.desk.gates.streams.available_permits(), before);
        let _all = test.desk.gates.streams.clone().try_acquire_many_owned(before as u32).unwrap();
        assert_eq!(super::stream(&test.desk, vec![]).status(), 503);
    }
}
