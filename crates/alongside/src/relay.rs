//! Handing letters to the organisation's mail server. Marks what the desk wrote by itself (RFC 3834).

use anyhow::Context;
use desk::{Outgoing, Post};
use lettre::message::{Mailbox, MultiPart, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::sync::Arc;

use crate::config::{Relay, RelaySecurity};

/// A closure that sends one letter.
pub fn post(relay: &Relay) -> anyhow::Result<Post> {
    type Smtp = AsyncSmtpTransport<Tokio1Executor>;
    let builder = match relay.security {
        RelaySecurity::Starttls => Smtp::starttls_relay(&relay.host)?,
        RelaySecurity::Tls => Smtp::relay(&relay.host)?,
        RelaySecurity::None => Smtp::builder_dangerous(&relay.host),
    };
    let mut builder = builder.port(relay.port);
    if let (Some(user), Some(file)) = (&relay.user, &relay.password_file) {
        let password =
            std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        builder = builder.credentials(Credentials::new(user.clone(), password.trim().to_owned()));
    }
    let transport = builder.build();
    Ok(Arc::new(move |letter| {
        let transport = transport.clone();
        Box::pin(async move {
            let message = message(letter).map_err(|problem| problem.to_string())?;
            transport.send(message).await.map(|_| ()).map_err(|problem| problem.to_string())
        })
    }))
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
    fn a_letter_of_the_desk_is_marked_so_that_no_robot_answers_it() {
        let letter = Outgoing {
            from: "security@example.org".into(),
            from_name: "Harbour Works security desk".into(),
            to: "kim@example.org".into(),
            reply_to: Some("security+abc.def@example.org".into()),
            subject: "Danke für Ihre Meldung".into(),
            text: "Hallo".into(),
            html: "<p>Hallo</p>".into(),
            message_id: "1@example.org".into(),
            in_reply_to: None,
            automatic: true,
        };
        let mail = String::from_utf8(message(letter).unwrap().formatted()).unwrap();
        assert!(mail.contains("Auto-Submitted: auto-replied"));
        assert!(mail.contains("Reply-To: security+abc.def@example.org"));
        assert!(mail.contains("Message-ID: <1@example.org>"));
    }
}
