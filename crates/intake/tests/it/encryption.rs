//! STARTTLS, and lettre as a client that knows nothing of this server.

use std::sync::Arc;

use crate::support::{Client, PATIENCE, Server, config};
use intake::smtp::Config;
use intake::tls::{self, Identity};
use intake::{Delivery, Refusal};
use lettre::message::{Attachment, MultiPart, SinglePart, header::ContentType};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

struct Encrypting {
    server: Server,
    taken: mpsc::UnboundedReceiver<Delivery>,
    identity: Identity,
}

async fn encrypting_server() -> Encrypting {
    encrypting_server_with(config()).await
}

async fn encrypting_server_with(config: Config) -> Encrypting {
    let identity = tls::self_signed("desk.example").unwrap();
    let tls = Some(tls::from_pem(&identity.certificate_pem, identity.key_pem()).unwrap());
    let (sender, taken) = mpsc::unbounded_channel();
    let deliver = move |delivery| {
        let sender = sender.clone();
        async move { sender.send(delivery).map_err(|_| Refusal::TryLater("the test is over".into())) }
    };
    Encrypting { server: Server::start(Config { tls, ..config }, deliver).await, taken, identity }
}

impl Encrypting {
    /// Answers STARTTLS's 220 with a handshake.
    async fn encrypt(&self, client: Client<TcpStream>) -> Client<TlsStream<TcpStream>> {
        let settings = tls::client(&self.identity.certificate_pem).unwrap();
        let name = "desk.example".try_into().unwrap();
        let handshake = TlsConnector::from(settings).connect(name, client.stream.into_inner());
        Client::new(tokio::time::timeout(PATIENCE, handshake).await.unwrap().unwrap())
    }

    async fn next(&mut self) -> Delivery {
        tokio::time::timeout(PATIENCE, self.taken.recv()).await.unwrap().unwrap()
    }

    fn lettre(&self, tls: Tls) -> AsyncSmtpTransport<Tokio1Executor> {
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
            .port(self.server.address.port())
            .tls(tls)
            .timeout(Some(PATIENCE))
            .build()
    }

    fn lettre_encrypted(&self) -> AsyncSmtpTransport<Tokio1Executor> {
        let certificate = Certificate::from_pem(self.identity.certificate_pem.as_bytes()).unwrap();
        let parameters =
            TlsParameters::builder("desk.example".into()).add_root_certificate(certificate).build().unwrap();
        self.lettre(Tls::Required(parameters))
    }
}

#[tokio::test]
async fn after_starttls_the_conversation_is_encrypted_and_begins_afresh() {
    let mut encrypting = encrypting_server().await;
    let mut client = encrypting.server.client().await;
    client.send("EHLO c\r\n").await;
    assert!(client.hear().await.contains("250-STARTTLS\r\n"));
    client.say("MAIL FROM:<zoe@corp.example>", "250 ").await;
    client.say("STARTTLS", "220 ").await;
    let mut client = encrypting.encrypt(client).await;
    client.say("MAIL FROM:<zoe@corp.example>", "503 5.5.1 Please say EHLO").await;
    client.send("EHLO c\r\n").await;
    assert!(!client.hear().await.contains("STARTTLS"));
    client.say("STARTTLS", "503 ").await;
    client.begin_message("zoe@corp.example").await;
    client.say("secret\r\n.", "250 2.6.0").await;
    client.say("QUIT", "221 ").await;
    assert_eq!(encrypting.next().await.raw, b"secret\r\n");
}

/// Someone between client and server can add plain text behind STARTTLS; it must not be obeyed as if it were protected.
#[tokio::test]
async fn plain_text_behind_starttls_is_dropped() {
    let mut encrypting = encrypting_server().await;
    let mut client = encrypting.server.client().await;
    client.say("EHLO c", "250-").await;
    client
        .send("STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<report@desk.example>\r\n")
        .await;
    client.expect("220 ").await;
    let mut client = encrypting.encrypt(client).await;
    client.say("DATA", "503 ").await;
    client.say("NOOP", "250 ").await;
    client.begin_message("zoe@corp.example").await;
    client.say("mine\r\n.", "250 ").await;
    let delivery = encrypting.next().await;
    assert_eq!(
        (delivery.from.as_deref(), delivery.raw.as_slice()),
        (Some("zoe@corp.example"), b"mine\r\n".as_slice())
    );
}

#[tokio::test]
async fn a_client_that_never_encrypts_after_starttls_is_parted_with() {
    let identity = tls::self_signed("desk.example").unwrap();
    let tls = Some(tls::from_pem(&identity.certificate_pem, identity.key_pem()).unwrap());
    let read_timeout = std::time::Duration::from_millis(50);
    let server = Server::start(Config { tls, read_timeout, ..config() }, |_| async { Ok(()) }).await;
    let mut silent = server.client().await;
    silent.say("STARTTLS", "220 ").await;
    assert_eq!(silent.rest().await, "");
    let mut rambling = server.client().await;
    rambling.say("STARTTLS", "220 ").await;
    rambling.send("this is not a handshake\r\n").await;
    assert!(!rambling.rest().await.contains("250"));
}

#[tokio::test]
async fn lettre_delivers_plain_and_encrypted() {
    let mut encrypting = encrypting_server().await;
    for mailer in [encrypting.lettre(Tls::None), encrypting.lettre_encrypted()] {
        for message in messages() {
            mailer.send(message.clone()).await.unwrap();
            let delivery = encrypting.next().await;
            assert_eq!(delivery.from.as_deref(), Some("zoe@corp.example"));
            assert_eq!(delivery.recipients, ["report@desk.example"]);
            assert_eq!(
                String::from_utf8_lossy(&delivery.raw).trim_end(),
                String::from_utf8_lossy(&message.formatted()).trim_end()
            );
        }
    }
}

#[tokio::test]
async fn lettre_hears_why_a_recipient_or_a_size_is_refused() {
    let encrypting = encrypting_server_with(Config { max_size: 100_000, ..config() }).await;
    let to_others = message_to("zoe@other.example").body("hello".to_owned()).unwrap();
    let error = encrypting.lettre(Tls::None).send(to_others).await.unwrap_err();
    assert!(error.is_permanent() && error.to_string().contains("not an address of this desk"), "{error}");
    let bulky = message_to("report@desk.example").body("x".repeat(70).add_line().repeat(2_000)).unwrap();
    let error = encrypting.lettre(Tls::None).send(bulky).await.unwrap_err();
    assert!(error.to_string().contains("552") || error.to_string().contains("larger than"), "{error}");
}

trait AddLine {
    fn add_line(self) -> String;
}

impl AddLine for String {
    fn add_line(self) -> String {
        self + "\r\n"
    }
}

#[tokio::test]
async fn many_clients_at_once_are_all_served() {
    let mut encrypting = encrypting_server().await;
    let mailer = Arc::new(encrypting.lettre_encrypted());
    let sending: Vec<_> = (0..8)
        .map(|number| {
            let mailer = Arc::clone(&mailer);
            tokio::spawn(async move {
                for round in 0..5 {
                    let message = message_to("report@desk.example")
                        .body(format!("message {number}.{round}\r\n"))
                        .unwrap();
                    mailer.send(message).await.unwrap();
                }
            })
        })
        .collect();
    for task in sending {
        task.await.unwrap();
    }
    let mut bodies = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let raw = String::from_utf8(encrypting.next().await.raw).unwrap();
        bodies.insert(raw.split("\r\n\r\n").nth(1).unwrap().to_owned());
    }
    assert_eq!(bodies.len(), 40);
}

fn message_to(recipient: &str) -> lettre::message::MessageBuilder {
    Message::builder()
        .from("Zo\u{eb} <zoe@corp.example>".parse().unwrap())
        .to(recipient.parse().unwrap())
        .subject("Is this real? \u{1f914}")
}

fn messages() -> Vec<Message> {
    let reported = b"From: x@evil.test\r\nSubject: urgent\r\n\r\n.\r\n..\r\npay now\r\n".to_vec();
    let attached =
        Attachment::new("reported.eml".into()).body(reported, ContentType::parse("message/rfc822").unwrap());
    let to = || message_to("report@desk.example");
    vec![
        to().body(".\r\n..dots\r\n.x\r\n\r\n.\r\n".to_owned()).unwrap(),
        to().body("\u{fc}mlaute und \u{65e5}\u{672c}\u{8a9e}\r\n".to_owned()).unwrap(),
        to().multipart(
            MultiPart::mixed().singlepart(SinglePart::plain("see attached".to_owned())).singlepart(attached),
        )
        .unwrap(),
    ]
}
