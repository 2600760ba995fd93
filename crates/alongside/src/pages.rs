//! The listener of the pages: how long a connection may be silent, how many there may be in all and from one address.
//! Knows no page.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// What strangers may take of us.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Connections in all. Whoever comes then waits until one ends.
    pub all: usize,
    /// From one address, which for IPv6 is one network.
    pub one_address: usize,
    /// From one address of a trusted network, where a whole office may stand behind it.
    pub trusted: usize,
    /// How long somebody may take to say what they ask for, and to ask for the next.
    pub silence: Duration,
    /// How long what is under way may take once the desk stops.
    pub last: Duration,
}

impl Bounds {
    /// As many as the system lets us have open, within reason: files and letters need some too.
    pub fn for_open_files(files: usize) -> Bounds {
        Bounds {
            all: (files / 2).clamp(64, 2048),
            one_address: 64,
            trusted: 512,
            silence: Duration::from_secs(10),
            last: Duration::from_secs(2),
        }
    }
}

/// Serves pages until `stop`. A proxy of ours, and this machine, are one address for everybody: they have no bound of their own.
pub async fn serve(
    listener: TcpListener,
    pages: Router,
    settings: Arc<desk::Settings>,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    let (closing, closed) = watch::channel(false);
    let (all, seats) = (Arc::new(Semaphore::new(bounds.all)), Seats::default());
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let next = async {
            let place = all.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        let (socket, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(problem) => {
                tracing::warn!(%problem, "the pages: a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let most = match peer.ip().to_canonical() {
            address if address.is_loopback() || settings.is_proxy(address) => bounds.all,
            address if settings.trusts(address) => bounds.trusted,
            _ => bounds.one_address,
        };
        let Some(seat) = seats.take(peer.ip(), most) else { continue };
        let (pages, closed) = (pages.clone(), closed.clone());
        connections.spawn(async move {
            talk(socket, peer, pages, bounds.silence, closed).await;
            drop((place, seat));
        });
    }
    closing.send_replace(true);
    // Live streams never end by themselves.
    let ending = async { while connections.join_next().await.is_some() {} };
    let _in_time = tokio::time::timeout(bounds.last, ending).await;
}

async fn talk(
    socket: TcpStream,
    peer: SocketAddr,
    pages: Router,
    silence: Duration,
    mut closed: watch::Receiver<bool>,
) {
    let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        pages.clone().oneshot(request)
    });
    let _small_answers_go_at_once = socket.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(silence)
        .serve_connection(TokioIo::new(socket), service);
    tokio::pin!(connection);
    let stopping = async {
        let _ = closed.wait_for(|closed| *closed).await;
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(problem) = ended {
        tracing::debug!(%problem, "a connection to the pages ended early");
    }
}

/// How many connections each address holds.
#[derive(Clone, Default)]
struct Seats(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection of an address; given back when dropped.
struct Seat {
    seats: Seats,
    address: IpAddr,
}

impl Seats {
    fn take(&self, address: IpAddr, most: usize) -> Option<Seat> {
        let address = desk::who::household(address);
        let mut held = self.0.lock().ok()?;
        let count = held.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Seat { seats: self.clone(), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Ok(mut held) = self.seats.0.lock()
            && let Some(count) = held.get_mut(&self.address)
        {
            *count = count.saturating_sub(1);
            if *count == 0 {
                held.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    async fn desk(
        bounds: Bounds,
    ) -> (SocketAddr, tokio::sync::oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let never = || async { std::future::pending::<&str>().await };
        let pages = Router::new().route("/", get(|| async { "here" })).route("/long", get(never));
        let settings = Arc::new(crate::config::Config::default().settings().unwrap());
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let serving = tokio::spawn(async move {
            serve(listener, pages, settings, bounds, async {
                let _ = stopped.await;
            })
            .await;
        });
        (address, stop, serving)
    }

    async fn ask(address: SocketAddr, path: &str) -> TcpStream {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(format!("GET {path} HTTP/1.1\r\nHost: desk\r\n\r\n").as_bytes()).await.unwrap();
        socket
    }

    async fn said(socket: &mut TcpStream) -> String {
        let mut said = String::new();
        let reading = socket.read_to_string(&mut said);
        let _closed = tokio::time::timeout(Duration::from_secs(5), reading).await.expect("it is closed");
        said
    }

    const QUICK: Bounds = Bounds {
        all: 8,
        one_address: 2,
        trusted: 2,
        silence: Duration::from_millis(300),
        last: Duration::from_millis(300),
    };

    #[tokio::test]
    async fn those_who_say_nothing_make_room_for_those_who_ask() {
        let (address, _stop, _serving) = desk(QUICK).await;
        let mut silent = Vec::new();
        for _ in 0..8 {
            let mut socket = TcpStream::connect(address).await.unwrap();
            socket.write_all(b"GET / HTTP/1.1\r\nHost: ").await.unwrap();
            silent.push(socket);
        }
        let answer = said(&mut ask(address, "/").await).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"), "{answer}");
        assert!(!said(&mut silent.remove(0)).await.contains("200"));
    }

    #[tokio::test]
    async fn a_desk_that_stops_waits_a_little_and_no_longer() {
        let (address, stop, serving) = desk(QUICK).await;
        let _open = ask(address, "/long").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(5), serving).await.expect("it stops").unwrap();
    }

    #[test]
    fn one_address_holds_so_many_places_and_gives_them_back() {
        let seats = Seats::default();
        let take = |address: &str| seats.take(address.parse().unwrap(), 2);
        let (_one, two) = (take("2001:db8::1").unwrap(), take("2001:db8::2").unwrap());
        assert!(take("2001:db8::3").is_none() && take("2001:db8:0:1::1").is_some());
        drop(two);
        assert!(take("2001:db8::3").is_some());
        assert_eq!(seats.0.lock().unwrap().len(), 1, "who is gone is forgotten");
    }
}
