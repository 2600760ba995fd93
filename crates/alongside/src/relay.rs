//! Handing letters to the organisation's mail server. Marks what the desk wrote by itself (RFC 3834).

use anyhow::Context;
use desk::letters::NotSent;
use desk::{Outgoing, Post};
use lettre::address::Envelope;
use lettre::message::{Mailbox, MultiPart, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::sync::Arc;

use crate::config::{Relay, RelaySecurity, Wrong};

/// How long a relay may take for one letter. One that scans what it is given needs some seconds; a letter that is given up too
/// early may arrive twice.
const PATIENCE: std::time::Duration = desk::jobs::LONGEST_LETTER;

/// A closure that sends one letter.
pub fn post(relay: &Relay) -> anyhow::Result<Post> {
    post_within(relay, PATIENCE)
}

fn post_within(relay: &Relay, patience: std::time::Duration) -> anyhow::Result<Post> {
    type Smtp = AsyncSmtpTransport<Tokio1Executor>;
    let builder = match relay.security {
        RelaySecurity::Starttls => Smtp::starttls_relay(&relay.host)?,
        RelaySecurity::Tls => Smtp::relay(&relay.host)?,
        RelaySecurity::None => Smtp::builder_dangerous(&relay.host),
    };
    let mut builder = builder.port(relay.port);
    if let (Some(user), Some(file)) = (&relay.user, &relay.password_file) {
        let password = std::fs::read_to_string(file).with_context(|| {
            Wrong(format!("cannot read `{}`, which `relay.password_file` names", file.display()))
        })?;
        builder = builder.credentials(Credentials::new(user.clone(), password.trim().to_owned()));
    }
    let transport = builder.build();
    Ok(Arc::new(move |letter| {
        let transport = transport.clone();
        Box::pin(async move {
            let envelope = envelope(&letter).map_err(|_| NotSent::Unwritable)?;
            let message = message(letter).map_err(|_| NotSent::Unwritable)?;
            let bytes = message.formatted();
            let sending = transport.send_raw(&envelope, &bytes);
            match tokio::time::timeout(patience, sending).await {
                Ok(sent) => sent.map(|_| ()).map_err(|problem| not_sent(&problem)),
                Err(_) => Err(NotSent::Unreachable("it took too long")),
            }
        })
    }))
}

/// What a failure means for the letter. The relay's own words are dropped here: they name the reader.
fn not_sent(problem: &lettre::transport::smtp::Error) -> NotSent {
    match problem.status().map(u16::from) {
        Some(code) => answered(code),
        None if problem.is_timeout() => NotSent::Unreachable("it took too long"),
        None if problem.is_tls() => NotSent::Unreachable("no protected connection"),
        None => NotSent::Unreachable("no connection, or no answer we understand"),
    }
}

/// What an answer means for the letter. 530 to 538 say that the relay does not know *us*: that is for an admin to mend,
/// and the letter waits.
fn answered(code: u16) -> NotSent {
    match code {
        530..=538 | ..500 => NotSent::Later(code),
        _ => NotSent::Refused(code),
    }
}

/// From whom and to whom the relay takes it: a notice that it could not be delivered comes back to the letter's own address.
fn envelope(letter: &Outgoing) -> anyhow::Result<Envelope> {
    let from = letter.returns_to.parse().context("our own address")?;
    Ok(Envelope::new(Some(from), vec![letter.to.parse().context("the reader's address")?])?)
}

/// The letter as a mail.
fn message(letter: Outgoing) -> anyhow::Result<Message> {
    let mut builder = Message::builder()
        .from(Mailbox::new(Some(letter.from_name), letter.from.parse().context("our own address")?))
        .to(Mailbox::new(None, letter.to.parse().context("the reader's address")?))
        .subject(letter.subject)
        .message_id(Some(format!("<{}>", letter.message_id)))
        .raw_header(raw(intake::answerable::LOOP_HEADER, "1")?);
    if let Some(reply_to) = letter.reply_to {
        builder = builder.reply_to(Mailbox::new(None, reply_to.parse().context("our reply address")?));
    }
    if let Some(previous) = letter.in_reply_to {
        builder = builder.in_reply_to(format!("<{previous}>")).references(format!("<{previous}>"));
    }
    if letter.automatic {
        builder = builder
            .raw_header(raw("Auto-Submitted", "auto-replied")?)
            .raw_header(raw("X-Auto-Response-Suppress", "All")?);
    }
    Ok(builder.multipart(MultiPart::alternative_plain_html(letter.text, letter.html))?)
}

fn raw(name: &str, value: &str) -> anyhow::Result<header::HeaderValue> {
    let name = header::HeaderName::new_from_ascii(name.to_owned()).context("a header name")?;
    Ok(header::HeaderValue::new(name, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_about_the_reader_is_final_and_one_about_us_is_not() {
        assert_eq!(answered(550), NotSent::Refused(550));
        assert_eq!(answered(451), NotSent::Later(451));
        assert_eq!(answered(535), NotSent::Later(535), "our password is for an admin to mend");
    }

    #[tokio::test]
    async fn a_relay_that_says_nothing_is_left_after_some_seconds() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let relay = Relay {
            host: "127.0.0.1".into(),
            port: listener.local_addr().unwrap().port(),
            security: RelaySecurity::None,
            user: None,
            password_file: None,
        };
        let sending = post_within(&relay, std::time::Duration::from_millis(300)).unwrap()(letter());
        let outcome = tokio::time::timeout(std::time::Duration::from_secs(5), sending).await.unwrap();
        assert_eq!(outcome, Err(NotSent::Unreachable("it took too long")));
    }

    #[tokio::test]
    async fn what_the_relay_says_about_a_reader_goes_no_further() {
        use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let relay = tokio::spawn(async move {
            let (socket, _) = listener.accept().await.unwrap();
            let (reader, mut writer) = socket.into_split();
            let mut lines = BufReader::new(reader).lines();
            writer.write_all(b"220 relay\r\n").await.unwrap();
            while let Some(line) = lines.next_line().await.unwrap() {
                if line.starts_with("MAIL") {
                    assert!(
                        line.contains("<security+123.456@example.org>"),
                        "notices come back to the letter: {line}"
                    );
                }
                let answer = match line.get(..4).unwrap_or_default() {
                    "RCPT" => "550 5.1.1 <kim@example.org> unknown\r\n",
                    "QUIT" => return,
                    _ => "250 fine\r\n",
                };
                writer.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        let relay_config = Relay {
            host: "127.0.0.1".into(),
            port,
            security: RelaySecurity::None,
            user: None,
            password_file: None,
        };
        let outcome = post(&relay_config).unwrap()(letter()).await;
        assert_eq!(outcome, Err(NotSent::Refused(550)));
        assert!(!outcome.unwrap_err().to_string().contains('@'));
        relay.abort();
    }

    fn letter() -> Outgoing {
        Outgoing {
            from: "security@example.org".into(),
            from_name: "Harbour Works security desk".into(),
            to: "kim@example.org".into(),
            reply_to: Some("security+abc.def@example.org".into()),
            returns_to: "security+123.456@example.org".into(),
            subject: "Danke für Ihre Meldung".into(),
            text: "Hallo".into(),
            html: "<p>Hallo</p>".into(),
            message_id: "1@example.org".into(),
            in_reply_to: None,
            automatic: true,
        }
    }

    #[test]
    fn a_letter_of_the_desk_is_marked_so_that_no_robot_answers_it() {
        let mail = String::from_utf8(message(letter()).unwrap().formatted()).unwrap();
        assert!(mail.contains("Auto-Submitted: auto-replied"));
        assert!(mail.contains("Reply-To: security+abc.def@example.org"));
        assert!(mail.contains("Message-ID: <1@example.org>"));
    }
}
