//! How much of what people are sending is held at once. What people send is held in memory until it is stored: without a bound, many large
//! uploads at once would end the desk for everybody. Room is taken as bytes arrive, so that nobody holds it by announcing much.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use futures::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What may be held at once, in KiB.
pub const ROOM: usize = 256 * 1024;

/// How long somebody waits for room before we ask them to come back.
const WAIT_FOR_ROOM: Duration = Duration::from_secs(5);
/// So many bytes need no room.
const SMALL: usize = 64 * 1024;
/// Room is taken in pieces of so many KiB.
const STEP: usize = 256;

/// The room, and how much of it each address holds.
pub(crate) struct Room {
    pub(crate) free: Arc<Semaphore>,
    shares: Arc<Mutex<HashMap<IpAddr, Held>>>,
}

#[derive(Clone, Copy, Default)]
struct Held {
    uploads: usize,
    size: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { free: Arc::new(Semaphore::new(ROOM)), shares: Arc::default() }
    }
}

impl Room {
    /// A place for one upload, which holds nothing yet. An address for one household holds a quarter of the room at most, so that it leaves
    /// room for others; behind the address of an office are many people.
    pub(crate) fn place(&self, address: IpAddr, many: bool) -> Place {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        shares.entry(address).or_default().uploads += 1;
        drop(shares);
        Place(Arc::new(Inner {
            free: self.free.clone(),
            shares: self.shares.clone(),
            address,
            most: if many { usize::MAX } else { ROOM / 4 },
            size: AtomicUsize::new(0),
            permit: Mutex::default(),
            refused: AtomicBool::new(false),
        }))
    }
}

/// What one upload holds of the room; given back when the last of it is dropped.
#[derive(Clone)]
pub(crate) struct Place(Arc<Inner>);

struct Inner {
    free: Arc<Semaphore>,
    shares: Arc<Mutex<HashMap<IpAddr, Held>>>,
    address: IpAddr,
    most: usize,
    /// What is counted for it in `shares`.
    size: AtomicUsize,
    permit: Mutex<Option<OwnedSemaphorePermit>>,
    refused: AtomicBool,
}

/// What becomes of a body for which there is no room any more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    /// It ends where it is: a form in parts shows that by itself, and what came before can be read.
    Ends,
    /// It breaks: half of it would look like all of it.
    Breaks,
}

impl Place {
    /// Whether there was no room for all of it.
    pub(crate) fn is_refused(&self) -> bool {
        self.0.refused.load(Ordering::Relaxed)
    }

    /// Takes so many KiB more, and waits a little for them; false where there is no room.
    pub(crate) async fn take(&self, size: usize) -> bool {
        let taken = self.share(size) && self.wait(size).await;
        if !taken {
            self.0.refused.store(true, Ordering::Relaxed);
        }
        taken
    }

    fn share(&self, size: usize) -> bool {
        let mut shares = self.0.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let held = shares.entry(self.0.address).or_default();
        // One upload alone always fits, however large it may be.
        if held.uploads > 1 && held.size.saturating_add(size) > self.0.most {
            return false;
        }
        held.size += size;
        self.0.size.fetch_add(size, Ordering::Relaxed);
        true
    }

    async fn wait(&self, size: usize) -> bool {
        let pieces = u32::try_from(size).unwrap_or(u32::MAX);
        let more = self.0.free.clone().acquire_many_owned(pieces);
        let more = match tokio::time::timeout(WAIT_FOR_ROOM, more).await {
            Ok(Ok(more)) => more,
            Ok(Err(_)) | Err(_) => return self.unshare(size),
        };
        let mut permit = self.0.permit.lock().unwrap_or_else(PoisonError::into_inner);
        match permit.as_mut() {
            Some(held) => held.merge(more),
            None => *permit = Some(more),
        }
        true
    }

    fn unshare(&self, size: usize) -> bool {
        let mut shares = self.0.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = shares.get_mut(&self.0.address) {
            held.size = held.size.saturating_sub(size);
            self.0.size.fetch_sub(size, Ordering::Relaxed);
        }
        false
    }

    /// The same body, which takes room as it arrives, for `most` bytes at most: what is beyond them nobody keeps.
    pub(crate) fn around(&self, body: Body, most: usize, full: Full) -> Body {
        let start = Some((self.clone(), Some(body.into_data_stream()), 0usize, SMALL));
        let read = futures::stream::unfold(start, move |state| async move {
            let (place, body, before, mut paid) = state?;
            let Some(mut body) = body else {
                let problem = || (Err(axum::Error::new("there is no room")), None);
                return (full == Full::Breaks).then(problem);
            };
            let mut piece = match body.next().await? {
                Ok(piece) => piece,
                Err(problem) => return Some((Err(problem), None)),
            };
            let read = before.saturating_add(piece.len());
            while read.min(most) > paid {
                if !place.take(STEP).await {
                    // What there was room for is read: words come before files.
                    let kept = piece.split_to(paid.saturating_sub(before).min(piece.len()));
                    return Some((Ok(kept), Some((place, None, read, paid))));
                }
                paid += STEP * 1024;
            }
            Some((Ok(piece), Some((place, Some(body), read, paid))))
        });
        Body::from_stream(read)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(share) = shares.get_mut(&self.address) {
            share.uploads = share.uploads.saturating_sub(1);
            share.size = share.size.saturating_sub(*self.size.get_mut());
            if share.uploads == 0 {
                shares.remove(&self.address);
            }
        }
    }
}
