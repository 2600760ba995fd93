//! Limits that all connections share: how many there are, how much memory their messages take, how fast a sender sends.
//!
//! Everything here has a fixed or bounded size, whoever calls: rates are counted in a table of fixed size, in which two
//! senders may rarely share a counter, instead of a map that a flood of made-up senders would fill.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::{Duration, Instant};

use super::Config;
use crate::Vouched;
use crate::network::Network;
use crate::session::Farewell;

/// Counters per table; 512 KiB each.
const COUNTERS: usize = 65_536;

const MINUTE: Duration = Duration::from_secs(60);

pub(super) struct Limits {
    exempt: Vec<Network>,
    relays: Vec<Network>,
    open: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
    max_connections: usize,
    max_connections_per_ip: usize,
    in_flight: AtomicUsize,
    max_in_flight: usize,
    senders: Rate,
    peers: Rate,
    octets: Rate,
}

impl Limits {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            exempt: config.trust.networks.iter().chain(&config.trust.relays).copied().collect(),
            relays: config.trust.relays.clone(),
            open: Arc::default(),
            max_connections: config.max_connections,
            max_connections_per_ip: config.max_connections_per_ip,
            in_flight: AtomicUsize::new(0),
            max_in_flight: config.max_in_flight,
            senders: Rate::new(u64::from(config.max_messages_per_sender_per_minute)),
            peers: Rate::new(u64::from(config.max_messages_per_ip_per_minute)),
            octets: Rate::new(config.max_bytes_per_ip_per_minute),
        }
    }

    /// A place for one more connection, given back when dropped.
    pub(super) fn connect(&self, peer: IpAddr) -> Result<Place, Farewell> {
        let peer_network = neighbourhood(peer);
        let mut open = lock(&self.open);
        if open.values().sum::<usize>() >= self.max_connections {
            return Err(Farewell::TooManyConnections);
        }
        let count = open.get(&peer_network).copied().unwrap_or(0);
        if count >= self.max_connections_per_ip && !self.is_exempt(peer) {
            return Err(Farewell::TooManyFromYou);
        }
        open.insert(peer_network, count + 1);
        Ok(Place { open: Arc::clone(&self.open), peer: peer_network })
    }

    /// Whether this sender may begin a message now. Anybody can name any sender, so each peer has its own count of them; and one whom
    /// we do not know may not send more by naming many.
    pub(super) fn sender_may_send(&self, from: Option<&str>, peer: IpAddr) -> bool {
        let now = Instant::now();
        self.senders.has_room(&sender(from, peer), 1, now)
            && (self.is_exempt(peer) || self.peers.has_room(&neighbourhood(peer).to_string(), 1, now))
    }

    /// Counts a message that was taken. What a relay hands over counts only where somebody vouches for its sender: through it too
    /// anybody can name any sender.
    pub(super) fn taken(&self, from: Option<&str>, peer: IpAddr, vouched: &Vouched) {
        if !self.is_exempt(peer) {
            self.peers.allows(&neighbourhood(peer).to_string(), 1, Instant::now());
        }
        let by_relay = self.relays.iter().any(|network| network.contains(peer));
        if !by_relay || *vouched != Vouched::Nobody {
            self.senders.allows(&sender(from, peer), 1, Instant::now());
        }
    }

    /// Counts octets from this peer; `false` when it has sent more than it may in a minute.
    pub(super) fn octets_allowed(&self, peer: IpAddr, octets: usize) -> bool {
        self.is_exempt(peer)
            || self.octets.allows(&neighbourhood(peer).to_string(), octets as u64, Instant::now())
    }

    /// Books memory for a message; it is given back when the booking is dropped.
    pub(super) fn booking(&self) -> Booking<'_> {
        Booking { limits: self, held: 0 }
    }

    fn is_exempt(&self, peer: IpAddr) -> bool {
        self.exempt.iter().any(|network| network.contains(peer))
    }
}

/// A connection's place among those open.
pub(super) struct Place {
    open: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
    peer: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        if let Some(count) = open.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.peer);
            }
        }
    }
}

/// Memory booked for one message.
pub(super) struct Booking<'a> {
    limits: &'a Limits,
    held: usize,
}

impl Booking<'_> {
    /// Makes the booking this large. `false`, and nothing changed, when there is no room.
    pub(super) fn resize(&mut self, octets: usize) -> bool {
        let in_flight = &self.limits.in_flight;
        if octets <= self.held {
            in_flight.fetch_sub(self.held - octets, Ordering::Relaxed);
        } else {
            let more = octets - self.held;
            let room = |taken: usize| taken.checked_add(more).filter(|&sum| sum <= self.limits.max_in_flight);
            if in_flight.fetch_update(Ordering::Relaxed, Ordering::Relaxed, room).is_err() {
                return false;
            }
        }
        self.held = octets;
        true
    }
}

impl Drop for Booking<'_> {
    fn drop(&mut self) {
        self.limits.in_flight.fetch_sub(self.held, Ordering::Relaxed);
    }
}

/// How much each key has used in the current minute.
struct Rate {
    most: u64,
    hasher: RandomState,
    window: Mutex<Window>,
}

struct Window {
    began: Option<Instant>,
    used: Vec<u64>,
}

impl Rate {
    fn new(most: u64) -> Self {
        Self {
            most,
            hasher: RandomState::new(),
            window: Mutex::new(Window { began: None, used: Vec::new() }),
        }
    }

    /// Whether so much more would be allowed; counts nothing.
    fn has_room(&self, key: &str, amount: u64, now: Instant) -> bool {
        self.counted(key, amount, now, |_, _| {})
    }

    /// Counts so much, where it is allowed.
    fn allows(&self, key: &str, amount: u64, now: Instant) -> bool {
        self.counted(key, amount, now, |used, wanted| *used = wanted)
    }

    fn counted(&self, key: &str, amount: u64, now: Instant, count: impl FnOnce(&mut u64, u64)) -> bool {
        let slot = self.hasher.hash_one(key) as usize % COUNTERS;
        let mut window = lock(&self.window);
        if window.began.is_none_or(|began| now.duration_since(began) >= MINUTE) {
            window.began = Some(now);
            window.used.clear();
            window.used.resize(COUNTERS, 0);
        }
        let Some(used) = window.used.get_mut(slot) else { return true };
        let wanted = used.saturating_add(amount);
        if wanted > self.most {
            return false;
        }
        count(used, wanted);
        true
    }
}

/// Whom a sender is counted as: what it calls itself, at this peer; the peer alone where it names nobody.
fn sender(from: Option<&str>, peer: IpAddr) -> String {
    format!("{} {}", neighbourhood(peer), from.unwrap_or_default().to_lowercase())
}

/// Those who share a limit with a peer: itself, or its /64 for IPv6, where one customer has that many addresses.
fn neighbourhood(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

/// The maps stay right even if a thread stopped while holding them: every change is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Addresses;

    fn limits(change: impl FnOnce(&mut Config)) -> Limits {
        let mut config = Config::new("desk.example", Addresses::default());
        change(&mut config);
        Limits::new(&config)
    }

    #[test]
    fn connections_are_counted_and_given_back() {
        let limits = limits(|config| {
            config.max_connections = 3;
            config.max_connections_per_ip = 2;
            config.trust.networks = vec!["10.0.0.0/8".parse().unwrap()];
        });
        let peer = "203.0.113.1".parse().unwrap();
        let first = limits.connect(peer).unwrap();
        let _second = limits.connect(peer).unwrap();
        assert_eq!(limits.connect(peer).err(), Some(Farewell::TooManyFromYou));
        let third = limits.connect("203.0.113.2".parse().unwrap()).unwrap();
        assert_eq!(limits.connect("203.0.113.3".parse().unwrap()).err(), Some(Farewell::TooManyConnections));
        drop((first, third));
        let _again = limits.connect(peer).unwrap();
        assert_eq!(lock(&limits.open).len(), 1, "a peer that left is forgotten");
    }

    #[test]
    fn neighbours_share_and_trusted_networks_are_exempt() {
        let limits = limits(|config| {
            config.max_connections_per_ip = 1;
            config.trust.networks = vec!["10.0.0.0/8".parse().unwrap()];
        });
        let _one = limits.connect("2001:db8::1".parse().unwrap()).unwrap();
        assert!(limits.connect("2001:db8::2".parse().unwrap()).is_err());
        assert!(limits.connect("2001:db8:0:1::2".parse().unwrap()).is_ok());
        let _trusted = limits.connect("10.0.0.1".parse().unwrap()).unwrap();
        assert!(limits.connect("10.0.0.1".parse().unwrap()).is_ok());
    }

    #[test]
    fn memory_is_booked_up_to_the_limit_and_given_back() {
        let limits = limits(|config| config.max_in_flight = 100);
        let mut first = limits.booking();
        let mut second = limits.booking();
        assert!(first.resize(60) && !second.resize(41) && second.resize(40));
        assert!(first.resize(10) && second.resize(90) && !first.resize(11));
        drop(second);
        assert!(first.resize(100) && !first.resize(usize::MAX));
        drop(first);
        assert_eq!(limits.in_flight.load(Ordering::Relaxed), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_sender_may_send_again_in_the_next_minute() {
        let limits = limits(|config| config.max_messages_per_sender_per_minute = 2);
        let peer = "203.0.113.1".parse().unwrap();
        let may = |from| {
            let may = limits.sender_may_send(from, peer);
            limits.taken(from, peer, &Vouched::Nobody);
            may
        };
        assert!(
            may(Some("zoe@corp.example")) && may(Some("ZOE@corp.example")) && !may(Some("zoe@corp.example"))
        );
        assert!(may(None) && may(None) && !may(None));
        assert!(may(Some("max@corp.example")));
        tokio::time::advance(MINUTE).await;
        assert!(may(Some("zoe@corp.example")));
    }

    #[test]
    fn nobody_uses_up_what_somebody_else_may_send() {
        let limits = limits(|config| {
            config.max_messages_per_sender_per_minute = 2;
            config.trust.relays = vec!["10.0.0.0/8".parse().unwrap()];
        });
        let (stranger, relay) = ("203.0.113.1".parse().unwrap(), "10.0.0.1".parse().unwrap());
        let zoe = Some("zoe@corp.example");
        for _ in 0..5 {
            assert!(
                limits.sender_may_send(zoe, "203.0.113.9".parse().unwrap()),
                "naming somebody is no message"
            );
            limits.taken(zoe, stranger, &Vouched::Nobody);
            limits.taken(zoe, relay, &Vouched::Nobody);
        }
        assert!(!limits.sender_may_send(zoe, stranger) && limits.sender_may_send(zoe, relay));
        for _ in 0..2 {
            limits.taken(zoe, relay, &Vouched::TrustedNetwork);
        }
        assert!(!limits.sender_may_send(zoe, relay));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stranger_sends_no_more_by_naming_many_senders() {
        let limits = limits(|config| {
            config.max_messages_per_ip_per_minute = 3;
            config.trust.relays = vec!["10.0.0.0/8".parse().unwrap()];
            config.trust.networks = vec!["10.1.0.0/16".parse().unwrap()];
        });
        let taken = |peer: &str| {
            let peer = peer.parse().unwrap();
            (0..9)
                .filter(|number| {
                    let from = format!("made-up-{number}@corp.example");
                    let may = limits.sender_may_send(Some(&from), peer);
                    if may {
                        limits.taken(Some(&from), peer, &Vouched::Nobody);
                    }
                    may
                })
                .count()
        };
        assert_eq!(taken("203.0.113.1"), 3);
        assert_eq!(taken("203.0.113.1"), 0);
        assert_eq!(taken("203.0.113.2"), 3, "nobody uses up what another server may send");
        assert_eq!((taken("10.0.0.1"), taken("10.1.0.1")), (9, 9), "many people write through these");
        tokio::time::advance(MINUTE).await;
        assert_eq!(taken("203.0.113.1"), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn octets_are_counted_by_peer() {
        let limits = limits(|config| {
            config.max_bytes_per_ip_per_minute = 1000;
            config.trust.relays = vec!["10.0.0.0/8".parse().unwrap()];
        });
        let (stranger, relay) = ("203.0.113.1".parse().unwrap(), "10.0.0.1".parse().unwrap());
        assert!(limits.octets_allowed(stranger, 1000) && !limits.octets_allowed(stranger, 1));
        assert!(limits.octets_allowed(relay, 1_000_000));
        tokio::time::advance(MINUTE).await;
        assert!(limits.octets_allowed(stranger, 1));
    }
}
