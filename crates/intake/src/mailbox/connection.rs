//! One IMAP connection: commands out, answers in, with bounds on time and memory.

use std::time::Duration;

use rustls::pki_types::ServerName;
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use super::wire::{Answer, Argument, Piece, Status, announced_literal, argument, base64};
use super::{Config, Error, Secret, Security};

/// Longest line of an answer in octets. A search in a mailbox of half a million messages fits.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// Most pieces of one answer; a FETCH of one message has two.
const MOST_PIECES: usize = 1000;

trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> Stream for S {}

pub(super) struct Connection {
    stream: BufReader<Box<dyn Stream>>,
    read_timeout: Duration,
    /// Octets of literals that one answer may bring.
    most_literal: usize,
    commands: u32,
    /// Whether the server spoke of messages since this was last cleared.
    pub(super) news: bool,
}

impl Connection {
    /// Connects and waits for the greeting.
    pub(super) async fn open(config: &Config) -> Result<Self, Error> {
        let connecting = TcpStream::connect((config.host.as_str(), config.port));
        let stream = within(config.read_timeout, connecting).await?.map_err(Error::Connect)?;
        let stream: Box<dyn Stream> = match &config.security {
            Security::PlainOnLoopback => {
                let peer = stream.peer_addr().map_err(Error::Connect)?;
                if !peer.ip().to_canonical().is_loopback() {
                    return Err(Error::PlainToElsewhere);
                }
                Box::new(stream)
            }
            Security::Tls(settings) => {
                let name = ServerName::try_from(config.host.clone())
                    .map_err(|_| Error::HostName(config.host.clone()))?;
                let handshake = TlsConnector::from(settings.clone()).connect(name, stream);
                Box::new(within(config.read_timeout, handshake).await?.map_err(Error::Connect)?)
            }
        };
        let mut connection = Self {
            stream: BufReader::new(stream),
            read_timeout: config.read_timeout,
            most_literal: config.max_size.saturating_add(64 * 1024),
            commands: 0,
            news: false,
        };
        let greeting = connection.answer(config.read_timeout).await?.ok_or(Error::TooSlow)?;
        match greeting.untagged("OK") {
            Some(_) => Ok(connection),
            None => Err(Error::NotUnderstood("greeting")),
        }
    }

    pub(super) async fn log_in(&mut self, user: &str, secret: &Secret) -> Result<(), Error> {
        match secret {
            Secret::Password(password) => {
                let user = argument(user).ok_or(Error::Unsendable("user name"))?;
                let password = argument(password.expose_secret()).ok_or(Error::Unsendable("password"))?;
                self.command("LOGIN", "LOGIN", vec![user, password]).await?;
            }
            Secret::AccessToken(source) => {
                let token = source().map_err(Error::Token)?;
                self.authenticate(user, &token).await?;
            }
        }
        Ok(())
    }

    /// SASL XOAUTH2 with an initial response. On failure the server explains itself in a challenge, which wants an empty
    /// line before the command ends.
    async fn authenticate(&mut self, user: &str, token: &SecretString) -> Result<(), Error> {
        let token = token.expose_secret().trim();
        if [user, token].iter().any(|text| text.contains(|character: char| character.is_control())) {
            return Err(Error::Unsendable("user name or access token"));
        }
        let response = base64(format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}").as_bytes());
        let tag = self.send_line(&format!("AUTHENTICATE XOAUTH2 {response}")).await?;
        loop {
            let answer = self.answer(self.read_timeout).await?.ok_or(Error::TooSlow)?;
            match answer.status(&tag) {
                Status::GoOn => self.send(b"\r\n").await?,
                Status::Ok(_) => return Ok(()),
                Status::No(words) => return Err(Error::Refused { command: "AUTHENTICATE", words }),
                Status::Bye => return Err(Error::Closed),
                Status::Untagged => {}
            }
        }
    }

    /// Sends a command and collects the untagged answers until it is done; the last one is the tagged OK.
    pub(super) async fn command(
        &mut self,
        name: &'static str,
        line: &str,
        arguments: Vec<Argument>,
    ) -> Result<Vec<Answer>, Error> {
        let mut line = line.to_owned();
        let mut literals = Vec::new();
        for argument in arguments {
            match argument {
                Argument::Quoted(text) => line = format!("{line} {text}"),
                Argument::Literal(octets) => {
                    literals.push((format!("{line} {{{}}}", octets.len()), octets));
                    line = String::new();
                }
            }
        }
        let mut answers = Vec::new();
        let mut tag = None;
        for (announcement, octets) in literals {
            let current = match &tag {
                None => self.send_line(&announcement).await?,
                Some(tag) => {
                    self.send(format!("{announcement}\r\n").as_bytes()).await?;
                    String::clone(tag)
                }
            };
            if self.answers_until_done(name, &current, &mut answers).await? != Status::GoOn {
                return Err(Error::NotUnderstood(name));
            }
            self.send(&octets).await?;
            tag = Some(current);
        }
        let tag = match tag {
            None => self.send_line(&line).await?,
            Some(tag) => {
                self.send(format!("{line}\r\n").as_bytes()).await?;
                tag
            }
        };
        match self.answers_until_done(name, &tag, &mut answers).await? {
            Status::Ok(_) => Ok(answers),
            Status::GoOn | Status::No(_) | Status::Bye | Status::Untagged => Err(Error::NotUnderstood(name)),
        }
    }

    /// Waits with IDLE until the server speaks of messages or the time is over.
    pub(super) async fn idle(&mut self, most: Duration) -> Result<(), Error> {
        let until = Instant::now() + most;
        let tag = self.send_line("IDLE").await?;
        let mut ignored = Vec::new();
        if self.answers_until_done("IDLE", &tag, &mut ignored).await? != Status::GoOn {
            return Err(Error::NotUnderstood("IDLE"));
        }
        while !self.news {
            match self.answer(until.saturating_duration_since(Instant::now())).await? {
                Some(answer) if answer.status(&tag) == Status::Bye => return Err(Error::Closed),
                Some(_) => {}
                None => break,
            }
        }
        self.send(b"DONE\r\n").await?;
        match self.answers_until_done("IDLE", &tag, &mut ignored).await? {
            Status::Ok(_) => Ok(()),
            Status::GoOn | Status::No(_) | Status::Bye | Status::Untagged => {
                Err(Error::NotUnderstood("IDLE"))
            }
        }
    }

    async fn answers_until_done(
        &mut self,
        name: &'static str,
        tag: &str,
        answers: &mut Vec<Answer>,
    ) -> Result<Status, Error> {
        loop {
            let answer = self.answer(self.read_timeout).await?.ok_or(Error::TooSlow)?;
            match answer.status(tag) {
                Status::No(words) => return Err(Error::Refused { command: name, words }),
                Status::Bye if name != "LOGOUT" => return Err(Error::Closed),
                Status::Bye | Status::Untagged => answers.push(answer),
                status @ (Status::GoOn | Status::Ok(_)) => {
                    answers.push(answer);
                    return Ok(status);
                }
            }
        }
    }

    async fn send_line(&mut self, line: &str) -> Result<String, Error> {
        self.commands += 1;
        let tag = format!("a{}", self.commands);
        self.send(format!("{tag} {line}\r\n").as_bytes()).await?;
        Ok(tag)
    }

    async fn send(&mut self, octets: &[u8]) -> Result<(), Error> {
        let stream = &mut self.stream;
        let writing = async {
            stream.write_all(octets).await?;
            stream.flush().await
        };
        within(self.read_timeout, writing).await?.map_err(Error::Broken)
    }

    /// The next answer; `None` when none began within `patience`. Once one has begun, each part has the read timeout.
    async fn answer(&mut self, patience: Duration) -> Result<Option<Answer>, Error> {
        match timeout(patience, self.stream.fill_buf()).await {
            Err(_) => return Ok(None),
            Ok(Err(error)) => return Err(Error::Broken(error)),
            Ok(Ok(_)) => {}
        }
        let mut pieces = Vec::new();
        let mut literals = 0_usize;
        while pieces.len() < MOST_PIECES {
            let mut text = self.line().await?;
            let Some((start, length)) = announced_literal(&text) else {
                pieces.push(Piece { text, literal: None });
                let answer = Answer { pieces };
                self.news |= answer.tells_of_messages();
                return Ok(Some(answer));
            };
            text.truncate(start);
            literals = literals.saturating_add(length);
            if literals > self.most_literal {
                return Err(Error::NotUnderstood("a literal larger than was asked for"));
            }
            pieces.push(Piece { text, literal: Some(self.octets(length).await?) });
        }
        Err(Error::NotUnderstood("an answer with too many parts"))
    }

    async fn line(&mut self) -> Result<Vec<u8>, Error> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(LONGEST_LINE);
        within(self.read_timeout, limited.read_until(b'\n', &mut line)).await?.map_err(Error::Broken)?;
        match line.strip_suffix(b"\n") {
            Some(text) => Ok(text.strip_suffix(b"\r").unwrap_or(text).to_vec()),
            None if line.len() as u64 == LONGEST_LINE => Err(Error::NotUnderstood("a line without an end")),
            None => Err(Error::Closed),
        }
    }

    /// Reads a literal, growing only with what really arrives.
    async fn octets(&mut self, length: usize) -> Result<Vec<u8>, Error> {
        let mut octets = Vec::new();
        while octets.len() < length {
            let until = Instant::now() + self.read_timeout;
            let available = match timeout_at(until, self.stream.fill_buf()).await {
                Err(_) => return Err(Error::TooSlow),
                Ok(Err(error)) => return Err(Error::Broken(error)),
                Ok(Ok([])) => return Err(Error::Closed),
                Ok(Ok(available)) => available,
            };
            let part = available.get(..length - octets.len()).unwrap_or(available);
            octets.extend_from_slice(part);
            let used = part.len();
            self.stream.consume(used);
        }
        Ok(octets)
    }
}

async fn within<T>(patience: Duration, work: impl Future<Output = T>) -> Result<T, Error> {
    timeout(patience, work).await.map_err(|_| Error::TooSlow)
}
