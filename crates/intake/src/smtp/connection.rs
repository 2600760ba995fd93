//! One connection: reads with time limits, feeds the session, writes replies, delivers.

use std::net::IpAddr;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, timeout, timeout_at};
use tokio_rustls::TlsAcceptor;

use super::Server;
use super::limits::Booking;
use crate::session::{Admission, Envelope, Farewell, Session, Step};
use crate::vouching::who_vouches;
use crate::{Delivery, Door, Refusal};

/// Octets read at once.
const READ: usize = 16 * 1024;

/// Replies are sent at the latest when this many octets are waiting, so that a pipeline cannot pile them up.
const REPLIES: usize = 16 * 1024;

/// Messages up to this size are hashed in place; larger ones on a thread where that may take a while.
const HASHED_IN_PLACE: usize = 256 * 1024;

/// How long, and for how many octets, a closing connection still listens.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_OCTETS: u64 = 1024 * 1024;

/// Holds the conversation with one peer until either side ends it.
pub(super) async fn converse<D, F>(server: &Arc<Server<D>>, mut stream: TcpStream, peer: IpAddr)
where
    D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Refusal>> + Send + 'static,
{
    let _as_it_is = stream.set_nodelay(true);
    let mut replies = Vec::new();
    let session = Session::new(Arc::clone(&server.rules), &mut replies);
    let until = Instant::now() + server.config.session_timeout;
    let mut talk = Talk { server, session, replies, peer, until, booking: server.limits.booking() };
    match talk.run(&mut stream).await {
        Ending::Closed => close(stream, &talk).await,
        Ending::StartTls => {
            let Some(tls) = server.config.tls.clone() else { return };
            let handshake = TlsAcceptor::from(tls).accept(stream);
            match timeout(server.config.read_timeout, handshake).await {
                Ok(Ok(mut stream)) => {
                    talk.session.encrypted();
                    talk.run(&mut stream).await;
                    close(stream, &talk).await;
                }
                Ok(Err(error)) => tracing::debug!(%error, "encryption could not be agreed on"),
                Err(_) => tracing::debug!("encryption was not agreed on in time"),
            }
        }
    }
}

/// Closes in a way that lets the last reply arrive: dropping a socket with unread input makes the peer lose it. So what
/// still comes is read and thrown away, for a moment and up to a bound.
async fn close<S: AsyncRead + AsyncWrite + Unpin, D>(mut stream: S, talk: &Talk<'_, D>) {
    let leaving = async {
        stream.shutdown().await?;
        let mut rest = stream.take(LINGER_OCTETS);
        tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
    };
    let _gone = timeout(talk.server.config.read_timeout.min(LINGER), leaving).await;
}

enum Ending {
    Closed,
    StartTls,
}

/// Why waiting for input ended without any.
enum Silence {
    Gone,
    TooSlow,
    Stopping,
}

struct Talk<'a, D> {
    server: &'a Arc<Server<D>>,
    session: Session,
    replies: Vec<u8>,
    peer: IpAddr,
    until: Instant,
    booking: Booking<'a>,
}

impl<D, F> Talk<'_, D>
where
    D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Refusal>> + Send + 'static,
{
    async fn run<S: AsyncRead + AsyncWrite + Unpin>(&mut self, stream: &mut S) -> Ending {
        let mut buffer = vec![0; READ];
        let mut data_until = None;
        loop {
            if self.send(stream).await.is_err() {
                return Ending::Closed;
            }
            let count = match self.hear(stream, &mut buffer, data_until).await {
                Ok(count) => count,
                Err(Silence::Gone) => return Ending::Closed,
                Err(Silence::TooSlow) => return self.part(Farewell::TooSlow, stream).await,
                Err(Silence::Stopping) => return self.part(Farewell::Stopping, stream).await,
            };
            if !self.server.limits.octets_allowed(self.peer, count) {
                return self.part(Farewell::TooMuchData, stream).await;
            }
            let mut input = buffer.get(..count).unwrap_or_default();
            if let Some(ending) = self.answer(&mut input, stream).await {
                return ending;
            }
            data_until = match (self.session.in_data(), data_until) {
                (true, None) => Some(Instant::now() + self.server.config.data_timeout),
                (true, running) => running,
                (false, _) => None,
            };
        }
    }

    /// Works through what was heard. `Some` when the conversation ends or changes to TLS.
    async fn answer<S: AsyncWrite + Unpin>(&mut self, input: &mut &[u8], stream: &mut S) -> Option<Ending> {
        loop {
            // Room for all of it, even if it should all belong to the message.
            if self.session.in_data() && !self.booking.resize(self.session.held().saturating_add(input.len()))
            {
                self.session.out_of_room();
                self.booking.resize(0);
            }
            match self.session.step(input, &mut self.replies) {
                Step::More => {
                    if !self.booking.resize(self.session.held()) {
                        self.session.out_of_room();
                        self.booking.resize(0);
                    }
                    return None;
                }
                Step::Admit(from) => {
                    let welcome = self.server.limits.sender_may_send(from.as_deref(), self.peer);
                    let admission = if welcome { Admission::Welcome } else { Admission::NotThisMinute };
                    self.session.admit(admission, &mut self.replies);
                }
                Step::Take(envelope) => {
                    self.booking.resize(envelope.raw.capacity());
                    let result = self.deliver(envelope).await;
                    self.booking.resize(0);
                    self.session.taken(result, &mut self.replies);
                }
                Step::StartTls => {
                    // Whatever arrived behind STARTTLS was not protected: it is dropped with the buffer.
                    return Some(if self.send(stream).await.is_ok() {
                        Ending::StartTls
                    } else {
                        Ending::Closed
                    });
                }
                Step::Close => {
                    let _gone = self.send(stream).await;
                    return Some(Ending::Closed);
                }
            }
            if self.replies.len() > REPLIES && self.send(stream).await.is_err() {
                return Some(Ending::Closed);
            }
        }
    }

    async fn hear<S: AsyncRead + Unpin>(
        &self,
        stream: &mut S,
        buffer: &mut [u8],
        data_until: Option<Instant>,
    ) -> Result<usize, Silence> {
        let mut until = (Instant::now() + self.server.config.read_timeout).min(self.until);
        if let Some(data_until) = data_until {
            until = until.min(data_until);
        }
        let mut stopping = self.server.stopping.clone();
        let in_data = self.session.in_data();
        let stopped = async {
            // A message that is arriving may finish; the server's grace limits how long.
            if in_data || stopping.wait_for(|stopping| *stopping).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            biased;
            () = stopped => Err(Silence::Stopping),
            heard = timeout_at(until, stream.read(buffer)) => match heard {
                Ok(Ok(0) | Err(_)) => Err(Silence::Gone),
                Ok(Ok(count)) => Ok(count),
                Err(_) => Err(Silence::TooSlow),
            },
        }
    }

    async fn send<S: AsyncWrite + Unpin>(&mut self, stream: &mut S) -> Result<(), ()> {
        if self.replies.is_empty() {
            return Ok(());
        }
        let writing = async {
            stream.write_all(&self.replies).await?;
            stream.flush().await
        };
        let written = timeout(self.server.config.read_timeout, writing).await;
        self.replies.clear();
        written.map_err(|_| ())?.map_err(|_| ())
    }

    async fn part<S: AsyncWrite + Unpin>(&mut self, why: Farewell, stream: &mut S) -> Ending {
        self.session.part(why, &mut self.replies);
        let _gone = self.send(stream).await;
        Ending::Closed
    }

    /// Hands the message over on a task of its own, so that it is finished even if this connection is dropped.
    async fn deliver(&self, envelope: Envelope) -> Result<(), Refusal> {
        let later = || {
            Refusal::TryLater(
                "We could not store your message just now; please try again in a few minutes".into(),
            )
        };
        let Envelope { from, recipients, raw } = envelope;
        let vouched = who_vouches(&raw, from.as_deref(), Some(self.peer), &self.server.config.trust);
        let (sender, vouched_for) = (from.clone(), vouched.clone());
        let mut delivery = Delivery {
            from,
            recipients,
            raw,
            peer: Some(self.peer),
            vouched,
            door: Door::Smtp,
            key: String::new(),
        };
        if delivery.raw.len() <= HASHED_IN_PLACE {
            delivery.key = key(&delivery);
        } else {
            let hashed = tokio::task::spawn_blocking(move || {
                delivery.key = key(&delivery);
                delivery
            });
            delivery = hashed.await.map_err(|_| later())?;
        }
        let deliver = self.server.deliver.clone();
        let taking = tokio::spawn(async move { deliver(delivery).await });
        match timeout(self.server.config.deliver_timeout, taking).await {
            Ok(Ok(result)) => {
                if result.is_ok() {
                    self.server.limits.taken(sender.as_deref(), self.peer, &vouched_for);
                }
                result
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "storing a message ended unexpectedly");
                Err(later())
            }
            Err(_) => {
                tracing::warn!("storing a message took too long; the sender was asked to try again");
                Err(later())
            }
        }
    }
}

/// The same for the same message from the same sender to the same recipients, whatever their order.
fn key(delivery: &Delivery) -> String {
    let mut hash = Sha256::new();
    let mut part = |octets: &[u8]| {
        hash.update((octets.len() as u64).to_be_bytes());
        hash.update(octets);
    };
    part(delivery.from.as_deref().unwrap_or_default().as_bytes());
    let mut recipients: Vec<String> =
        delivery.recipients.iter().map(|recipient| recipient.to_lowercase()).collect();
    recipients.sort();
    part(recipients.join("\n").as_bytes());
    part(&delivery.raw);
    let digest: String = hash.finalize().iter().map(|octet| format!("{octet:02x}")).collect();
    format!("smtp:{digest}")
}
