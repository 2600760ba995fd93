//! What the socket tests share: a server that is thrown away afterwards, and a client that speaks line by line.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use intake::address::Addresses;
use intake::smtp::{self, Config};
use intake::{Delivery, Refusal};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Longer than any of these tests takes; only a test that hangs gets there.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Settings for a desk that takes `report@desk.example`.
pub fn config() -> Config {
    Config::new("desk.example", Addresses::new(["report@desk.example"]).expect("it is an address"))
}

/// A running server.
pub struct Server {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
}

impl Server {
    /// Starts one on a free port.
    pub async fn start<D, F>(config: Config, deliver: D) -> Self
    where
        D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _either = stopped.await;
        };
        let running = tokio::spawn(smtp::serve(listener, config, deliver, shutdown));
        Self { address, stop: Some(stop), running }
    }

    /// Tells it to stop, without waiting.
    pub fn tell_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits until it has stopped.
    pub async fn stopped(self) {
        tokio::time::timeout(PATIENCE, self.running)
            .await
            .expect("it stops in time")
            .expect("it does not panic");
    }

    /// A connection to it, past the greeting.
    pub async fn client(&self) -> Client<TcpStream> {
        let mut client = Client::new(TcpStream::connect(self.address).await.expect("the server listens"));
        client.expect("220 desk.example").await;
        client
    }
}

/// A client that sends what it is told and checks what it hears.
pub struct Client<S> {
    pub stream: BufReader<S>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub fn new(stream: S) -> Self {
        Self { stream: BufReader::new(stream) }
    }

    pub async fn send(&mut self, text: &str) {
        self.try_send(text.as_bytes()).await.expect("the server is there");
    }

    pub async fn try_send(&mut self, octets: &[u8]) -> io::Result<()> {
        self.stream.write_all(octets).await?;
        self.stream.flush().await
    }

    /// The next whole reply, its lines joined. Empty when the server has closed.
    pub async fn hear(&mut self) -> String {
        let mut reply = String::new();
        let reading = async {
            loop {
                let mut line = String::new();
                let _closed = self.stream.read_line(&mut line).await;
                reply += &line;
                if line.as_bytes().get(3) != Some(&b'-') {
                    break;
                }
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("the server answers");
        reply
    }

    #[track_caller]
    pub fn expect<'a>(&'a mut self, start: &'a str) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let reply = self.hear().await;
            assert!(reply.starts_with(start), "{caller}: expected `{start}`, heard `{reply}`");
        }
    }

    /// Sends a line and checks the reply.
    #[track_caller]
    pub fn say<'a>(&'a mut self, line: &'a str, start: &'a str) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            self.send(&format!("{line}\r\n")).await;
            let reply = self.hear().await;
            assert!(reply.starts_with(start), "{caller}: expected `{start}` to `{line}`, heard `{reply}`");
        }
    }

    /// Everything up to `DATA`, already answered with 354.
    pub async fn begin_message(&mut self, from: &str) {
        self.say("EHLO client.example", "250-").await;
        self.say(&format!("MAIL FROM:<{from}>"), "250 ").await;
        self.say("RCPT TO:<report@desk.example>", "250 ").await;
        self.say("DATA", "354 ").await;
    }

    /// What is left to hear until the server closes.
    pub async fn rest(mut self) -> String {
        let mut rest = Vec::new();
        let reading = self.stream.read_to_end(&mut rest);
        let _reset_counts_as_closed =
            tokio::time::timeout(PATIENCE, reading).await.expect("the server closes");
        String::from_utf8_lossy(&rest).into_owned()
    }
}
