//! The mailbox puller: takes reports out of an existing mailbox over IMAP (RFC 9051, RFC 3501), each one once.
//!
//! A message is handed over first and marked or moved afterwards. If anything stops in between, it is handed over again
//! with the same key after the restart, so a receiver that remembers keys takes each message exactly once. Nothing is
//! ever deleted except by moving.

mod connection;
mod round;
mod wire;

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use secrecy::SecretString;

use crate::address::Addresses;
use crate::{Delivery, Refusal};
use round::Round;

/// Which mailbox to read, and how.
#[derive(Debug, Clone)]
pub struct Config {
    /// The server's name, which its certificate must carry.
    pub host: String,
    /// The server's port: 993 for TLS.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The account's name.
    pub user: String,
    /// How the account proves itself.
    pub secret: Secret,
    /// The folder that reports arrive in. Default `INBOX`.
    pub folder: String,
    /// The mailbox's own address: the recipient of a message that names none of `addresses`.
    pub address: String,
    /// The desk's addresses; those a message was sent to become its recipients.
    pub addresses: Addresses,
    /// What happens to a message once it is taken. Default: it is marked as seen.
    pub after: After,
    /// The authserv-ids of the organisation's own mail servers ([`crate::vouching::Trust::authserv_ids`]).
    pub authserv_ids: Vec<String>,
    /// Largest message in octets. Of a larger one the beginning is taken. Default 25 MiB.
    pub max_size: usize,
    /// Without IDLE, how often to look; with IDLE, how often to look even if the server says nothing. Default 1 min
    /// without and 10 min with; RFC 2177 asks for less than 29 min.
    pub look_every: LookEvery,
    /// How long to wait for the server's next octets. Default 60 s.
    pub read_timeout: Duration,
    /// How long to wait before the second attempt after a failure; it doubles each time. Default 1 s.
    pub first_pause: Duration,
    /// The longest pause between attempts. Default 5 min.
    pub longest_pause: Duration,
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone)]
pub enum Security {
    /// TLS from the first octet (RFC 8314).
    Tls(Arc<ClientConfig>),
    /// None. Allowed only to this machine's own loopback addresses.
    PlainOnLoopback,
}

/// How an account proves itself.
#[derive(Clone)]
pub enum Secret {
    /// A password, sent with LOGIN.
    Password(SecretString),
    /// A source of OAuth 2.0 access tokens, asked at each connect and sent with AUTHENTICATE XOAUTH2: for services that no
    /// longer take passwords.
    AccessToken(Arc<dyn Fn() -> std::io::Result<SecretString> + Send + Sync>),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Password(_) => "Password",
            Self::AccessToken(_) => "AccessToken",
        })
    }
}

/// What happens to a message once it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// It is marked `\Seen`. People who read the mailbox in a mail program hide messages from the desk by opening them.
    MarkSeen,
    /// It gets this keyword, such as `$Alongside`; people may read the mailbox as they like. The server must allow keywords.
    Keyword(String),
    /// It is moved to this folder, which is created if need be.
    MoveTo(String),
}

/// How often to look for new messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookEvery {
    /// Where the server can tell us in between (IDLE, RFC 2177). Zero: do not use IDLE.
    pub with_idle: Duration,
    /// Where it cannot.
    pub without_idle: Duration,
}

impl Config {
    /// A mailbox read over TLS on port 993 with the default settings.
    pub fn new(
        host: impl Into<String>,
        tls: Arc<ClientConfig>,
        user: impl Into<String>,
        secret: Secret,
        address: impl Into<String>,
    ) -> Self {
        Self {
            host: host.into(),
            port: 993,
            security: Security::Tls(tls),
            user: user.into(),
            secret,
            folder: "INBOX".into(),
            address: address.into(),
            addresses: Addresses::default(),
            after: After::MarkSeen,
            authserv_ids: Vec::new(),
            max_size: 25 * 1024 * 1024,
            look_every: LookEvery {
                with_idle: Duration::from_secs(600),
                without_idle: Duration::from_secs(60),
            },
            read_timeout: Duration::from_secs(60),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(300),
        }
    }
}

/// Why the mailbox could not be read. `Display` says what to look at; it never holds mail or secrets.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection.
    #[error("the mail server could not be reached")]
    Connect(#[source] std::io::Error),
    /// The connection broke.
    #[error("the connection to the mail server broke")]
    Broken(#[source] std::io::Error),
    /// A plain connection was asked for to another machine.
    #[error("a connection without encryption is only made to this machine itself; use TLS")]
    PlainToElsewhere,
    /// The host name cannot stand in a certificate.
    #[error("`{0}` is not a host name that a certificate can carry")]
    HostName(String),
    /// No access token could be had.
    #[error("no access token could be had")]
    Token(#[source] std::io::Error),
    /// The server said nothing for too long.
    #[error("the mail server did not answer in time")]
    TooSlow,
    /// The server closed the connection.
    #[error("the mail server closed the connection")]
    Closed,
    /// The server refused a command.
    #[error("the mail server refused `{command}`: {words}")]
    Refused {
        /// The command's name.
        command: &'static str,
        /// The server's words.
        words: String,
    },
    /// The server said something that could not be understood.
    #[error("the mail server's answer to `{0}` could not be understood")]
    NotUnderstood(&'static str),
    /// A configured value has characters that IMAP cannot carry.
    #[error("the {0} has characters that cannot be sent to the mail server")]
    Unsendable(&'static str),
    /// The receiver could not take messages just now.
    #[error("messages could not be stored: {0}")]
    NotTaken(String),
}

/// Reads the mailbox until `shutdown` completes: takes what is there, waits for more, connects again with growing pauses
/// when something fails. Every failure is logged and none ends it.
pub async fn run<D, F>(config: Config, deliver: D, shutdown: impl Future<Output = ()>)
where
    D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Refusal>> + Send + 'static,
{
    let mut pauses = Pauses::new(config.first_pause, config.longest_pause);
    let mut refused = BTreeSet::new();
    let reading = async {
        loop {
            let Err(error) = read_on(&config, &deliver, &mut refused, &mut pauses).await;
            let pause = pauses.next();
            let error = chain(&error);
            tracing::warn!(error, pause_s = pause.as_secs(), "the mailbox cannot be read just now");
            tokio::time::sleep(pause).await;
        }
    };
    tokio::select! {
        biased;
        () = shutdown => {}
        () = reading => {}
    }
}

/// Takes what is waiting in the mailbox once, and says how many messages were taken. For a first check of the settings.
///
/// # Errors
/// Whatever kept it from going through to the end; messages taken before that stay taken.
pub async fn take_waiting<D, F>(config: &Config, deliver: D) -> Result<usize, Error>
where
    D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Refusal>> + Send + 'static,
{
    let mut refused = BTreeSet::new();
    let mut round = Round::begin(config).await?;
    let taken = round.take_all(&deliver, &mut refused).await?;
    round.leave().await;
    Ok(taken)
}

async fn read_on<D, F>(
    config: &Config,
    deliver: &D,
    refused: &mut BTreeSet<String>,
    pauses: &mut Pauses,
) -> Result<std::convert::Infallible, Error>
where
    D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Refusal>> + Send + 'static,
{
    let mut round = Round::begin(config).await?;
    tracing::info!("the mailbox is open");
    loop {
        round.take_all(deliver, refused).await?;
        pauses.start_over();
        round.wait_for_more().await?;
    }
}

/// An error with its sources, once, where it is handled.
fn chain(error: &Error) -> String {
    let mut words = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    words
}

/// Growing pauses between attempts.
#[derive(Debug)]
struct Pauses {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Pauses {
    fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, next: first }
    }

    fn next(&mut self) -> Duration {
        let pause = self.next.min(self.longest);
        self.next = pause.saturating_mul(2);
        pause
    }

    fn start_over(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit_and_start_over() {
        let mut pauses = Pauses::new(Duration::from_secs(1), Duration::from_secs(5));
        let seconds: Vec<u64> = (0..5).map(|_| pauses.next().as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 5, 5]);
        pauses.start_over();
        assert_eq!(pauses.next().as_secs(), 1);
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = Config::new(
            "mx",
            crate::tls::client("").unwrap(),
            "zoe",
            Secret::Password("hunter2".into()),
            "a@b",
        );
        assert!(!format!("{config:?}").contains("hunter2"));
        assert_eq!(format!("{:?}", Secret::AccessToken(Arc::new(|| Ok("token".into())))), "AccessToken");
    }
}
