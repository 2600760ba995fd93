//! Tries that did not go well, by where they came from. Each counts when it begins, so that many at once are many, and is given back when
//! it went well. Knows no clock and no password.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ids::Time;

pub(super) struct Tries {
    most: u32,
    /// Since when so many were taken.
    taken: Mutex<HashMap<IpAddr, (Time, u32)>>,
}

impl Tries {
    pub(super) fn new(most: u32) -> Tries {
        Tries { most, taken: Mutex::default() }
    }

    /// Whether there is one more in this minute.
    pub(super) fn take(&self, from: IpAddr, now: Time) -> bool {
        let mut taken = self.taken();
        taken.retain(|_, (since, _)| now.since(*since) < Time::MINUTE);
        let (_, count) = taken.entry(from).or_insert((now, 0));
        if *count >= self.most {
            return false;
        }
        *count = count.saturating_add(1);
        true
    }

    pub(super) fn give_back(&self, from: IpAddr) {
        if let Some((_, count)) = self.taken().get_mut(&from) {
            *count = count.saturating_sub(1);
        }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, (Time, u32)>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
