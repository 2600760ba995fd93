//! The SMTP server: sockets, time limits and shared limits around [`crate::session`].
//!
//! A message is acknowledged with 250 only after the `deliver` closure has said `Ok`, so whatever was acknowledged is
//! stored. The server adds nothing to a message and passes nothing on.

mod connection;
mod limits;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::address::Addresses;
use crate::session::{Farewell, Rules};
use crate::vouching::Trust;
use crate::{Delivery, Refusal};
use limits::Limits;

/// How the server behaves. [`Config::new`] gives values that suit a small machine; every field may be changed.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name the server gives itself, as other servers know it.
    pub hostname: String,
    /// The recipients it accepts. It is never a relay.
    pub addresses: Addresses,
    /// Whom it believes about senders.
    pub trust: Trust,
    /// Certificate for STARTTLS; `None` does not offer it.
    pub tls: Option<Arc<ServerConfig>>,
    /// Largest message in octets. Default 25 MiB.
    pub max_size: usize,
    /// Longest line of a message in octets. Default 1 MiB, because real reports have lines of 180,000.
    pub max_line: usize,
    /// Memory for messages that are arriving or being stored, over all connections, in octets. Default 256 MiB.
    pub max_in_flight: usize,
    /// Most recipients of one message. Default 100, the least RFC 5321 §4.5.3.1.8 allows.
    pub max_recipients: usize,
    /// Most connections at once. Default 256.
    pub max_connections: usize,
    /// Most connections at once from one IPv4 address or IPv6 /64; trusted networks are exempt. Default 20.
    pub max_connections_per_ip: usize,
    /// Most commands without an accepted message among them. Default 250.
    pub max_commands: usize,
    /// Most refused commands in one connection. Default 20.
    pub max_errors: usize,
    /// Most messages in one connection. Default 10,000.
    pub max_messages: usize,
    /// Most messages taken in one minute from one envelope sender at one peer; for `<>`, from the peer. Default 120.
    pub max_messages_per_sender_per_minute: u32,
    /// Most messages taken in one minute from one IPv4 address or IPv6 /64, whatever senders it names; relays and trusted networks are
    /// exempt. Default 60.
    pub max_messages_per_ip_per_minute: u32,
    /// Most octets from one IPv4 address or IPv6 /64 in one minute; trusted networks are exempt. Default 256 MiB.
    pub max_bytes_per_ip_per_minute: u64,
    /// How long to wait for the next octets, and for the peer to take a reply. Default 60 s.
    pub read_timeout: Duration,
    /// How long one message may take to arrive. Default 5 min.
    pub data_timeout: Duration,
    /// How long `deliver` may take before the sender is asked to try again. Default 2 min.
    pub deliver_timeout: Duration,
    /// How long one connection may stay open. Default 1 h.
    pub session_timeout: Duration,
    /// How long connections may finish their current message once the server stops. Default 20 s.
    pub grace: Duration,
}

impl Config {
    /// A server for these addresses with the default limits, no TLS, and trust in nobody.
    pub fn new(hostname: impl Into<String>, addresses: Addresses) -> Self {
        Self {
            hostname: hostname.into(),
            addresses,
            trust: Trust::default(),
            tls: None,
            max_size: 25 * 1024 * 1024,
            max_line: 1024 * 1024,
            max_in_flight: 256 * 1024 * 1024,
            max_recipients: 100,
            max_connections: 256,
            max_connections_per_ip: 20,
            max_commands: 250,
            max_errors: 20,
            max_messages: 10_000,
            max_messages_per_sender_per_minute: 120,
            max_messages_per_ip_per_minute: 300,
            max_bytes_per_ip_per_minute: 256 * 1024 * 1024,
            read_timeout: Duration::from_secs(60),
            data_timeout: Duration::from_secs(5 * 60),
            deliver_timeout: Duration::from_secs(2 * 60),
            session_timeout: Duration::from_secs(60 * 60),
            grace: Duration::from_secs(20),
        }
    }

    fn rules(&self) -> Rules {
        Rules {
            hostname: self.hostname.clone(),
            addresses: self.addresses.clone(),
            max_size: self.max_size,
            max_line: self.max_line,
            max_recipients: self.max_recipients,
            max_commands: self.max_commands,
            max_errors: self.max_errors,
            max_messages: self.max_messages,
            offer_tls: self.tls.is_some(),
        }
    }
}

/// What every connection shares.
struct Server<D> {
    config: Config,
    rules: Arc<Rules>,
    limits: Limits,
    deliver: D,
    stopping: watch::Receiver<bool>,
}

/// Serves connections until `shutdown` completes, then lets those in the middle of a message finish it within
/// [`Config::grace`], says 421 to the others, and returns when all are closed.
///
/// `deliver` is called once per message and may be slow: other connections go on meanwhile. When the client of a message
/// goes away, its delivery is still finished.
pub async fn serve<D, F>(
    listener: TcpListener,
    config: Config,
    deliver: D,
    shutdown: impl Future<Output = ()>,
) where
    D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Refusal>> + Send + 'static,
{
    let (stop, stopping) = watch::channel(false);
    let server = Arc::new(Server {
        rules: Arc::new(config.rules()),
        limits: Limits::new(&config),
        deliver,
        stopping,
        config,
    });
    let mut connections = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let peer = peer.ip().to_canonical();
                    match server.limits.connect(peer) {
                        Ok(place) => {
                            let server = Arc::clone(&server);
                            connections.spawn(async move {
                                connection::converse(&server, stream, peer).await;
                                drop(place);
                            });
                        }
                        Err(why) => turn_away(stream, why),
                    }
                }
                Err(error) => {
                    // Out of file handles, or a peer that left early: the next accept may work, but not in a hot loop.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }
    drop(listener);
    stop.send_replace(true);
    let everyone_left = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(server.config.grace, everyone_left).await.is_err() {
        tracing::warn!("some connections were still open when the time to finish was over");
    }
}

/// Says why and closes, without waiting: a fresh socket always has room for one line.
fn turn_away(stream: TcpStream, why: Farewell) {
    if let Ok(stream) = stream.into_std() {
        let _gone = std::io::Write::write(&mut &stream, &why.to_bytes());
    }
}
