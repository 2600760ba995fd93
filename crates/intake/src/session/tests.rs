//! The conversation as tables. Hostile input has a file of its own.

mod hostile;

use expect_test::{Expect, expect};

use super::*;
use crate::Refusal;

fn rules() -> Rules {
    Rules {
        hostname: "desk.example".into(),
        addresses: Addresses::new(["report@desk.example", "case@desk.example"]).unwrap(),
        max_size: 1000,
        max_line: 200,
        max_recipients: 2,
        max_commands: 20,
        max_errors: 5,
        max_messages: 3,
        offer_tls: true,
    }
}

/// A conversation that was held: what the server said, what it took, and whether it hung up.
#[derive(Debug, Default, PartialEq, Eq)]
struct Held {
    replies: Vec<u8>,
    taken: Vec<Envelope>,
    closed: bool,
}

/// Plays pieces of input to a session as the sockets would. Senders named `busy@…` are not admitted, messages to
/// `case@…` are not taken, and what arrived behind STARTTLS in the same piece is dropped.
fn play<'a>(rules: Rules, pieces: impl IntoIterator<Item = &'a [u8]>) -> Held {
    let mut held = Held::default();
    let mut session = Session::new(Arc::new(rules), &mut held.replies);
    'pieces: for piece in pieces {
        let mut input = piece;
        loop {
            match session.step(&mut input, &mut held.replies) {
                Step::More => break,
                Step::Admit(from) => {
                    let busy = from.is_some_and(|from| from.starts_with("busy@"));
                    let admission = if busy { Admission::NotThisMinute } else { Admission::Welcome };
                    session.admit(admission, &mut held.replies);
                }
                Step::Take(envelope) => {
                    let result = match envelope.recipients.first().map(String::as_str) {
                        Some("case@desk.example") => {
                            Err(Refusal::TryLater("the disk is full\r\n250 ok".into()))
                        }
                        Some("case+no@desk.example") => {
                            Err(Refusal::Refused("not this one \u{1f642}".into()))
                        }
                        _ => Ok(()),
                    };
                    held.taken.push(envelope);
                    session.taken(result, &mut held.replies);
                }
                Step::StartTls => {
                    session.encrypted();
                    input = &[];
                    break;
                }
                Step::Close => {
                    held.closed = true;
                    break 'pieces;
                }
            }
        }
        assert!(input.is_empty(), "all input is used before more is asked for");
    }
    held
}

const EXTENSIONS: &str = "250-desk.example is glad to hear from you\n250-PIPELINING\n250-SIZE 1000\n250-8BITMIME\n\
    250-SMTPUTF8\n250-STARTTLS\n250-ENHANCEDSTATUSCODES\n250 HELP\n";

/// Each line of `said` is one client line; `expected` is what the server answers after the greeting.
fn check(said: &str, expected: Expect) {
    let input = said.trim_start_matches('\n').replace('\n', "\r\n");
    let held = play(rules(), [input.as_bytes()]);
    let replies = String::from_utf8(held.replies).unwrap();
    let (greeting, rest) = replies.split_once("\r\n").unwrap();
    assert_eq!(greeting, "220 desk.example ESMTP security desk");
    assert!(!rest.replace("\r\n", "").contains(['\r', '\n']));
    let mut shown = rest.replace("\r\n", "\n").replace(EXTENSIONS, "(what is offered)\n");
    for envelope in &held.taken {
        let Envelope { from, recipients, raw } = envelope;
        shown += &format!(
            "= {} -> {} {:?}\n",
            from.as_deref().unwrap_or("<>"),
            recipients.join(", "),
            String::from_utf8_lossy(raw)
        );
    }
    if held.closed {
        shown += "= closed\n";
    }
    expected.assert_eq(&shown);
}

#[test]
fn a_message_is_taken() {
    check(
        "
EHLO client.example
MAIL FROM:<zoe@corp.example> SIZE=20 BODY=8BITMIME
RCPT TO:<report@desk.example>
DATA
Subject: odd

hello
.
QUIT
",
        expect![[r#"
            (what is offered)
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            354 Go ahead; end with a line holding only a dot
            250 2.6.0 Your message is safe with us, thank you
            221 2.0.0 Goodbye
            = zoe@corp.example -> report@desk.example "Subject: odd\r\n\r\nhello\r\n"
            = closed
        "#]],
    );
}

#[test]
fn a_short_greeting_and_a_bounce_are_fine() {
    check(
        "helo client\nmail from:<>\nrcpt to:<Report+t0ken@Desk.Example>\ndata\n.\nquit\n",
        expect![[r#"
        250 desk.example is glad to hear from you
        250 2.1.0 Go on, who is it for?
        250 2.1.5 Yes, that is us
        354 Go ahead; end with a line holding only a dot
        250 2.6.0 Your message is safe with us, thank you
        221 2.0.0 Goodbye
        = <> -> Report+t0ken@Desk.Example ""
        = closed
    "#]],
    );
}

#[test]
fn dots_are_unstuffed_exactly() {
    check(
        "HELO c\nMAIL FROM:<z@c.example>\nRCPT TO:<report@desk.example>\nDATA\n..\n...\n.x\nx.\n. \n\n..x\n.\nNOOP\n",
        expect![[r#"
            250 desk.example is glad to hear from you
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            354 Go ahead; end with a line holding only a dot
            250 2.6.0 Your message is safe with us, thank you
            250 2.0.0 Done
            = z@c.example -> report@desk.example ".\r\n..\r\nx\r\nx.\r\n \r\n\r\n.x\r\n"
        "#]],
    );
}

#[test]
fn mail_to_the_postmaster_reaches_the_desk() {
    check(
        "EHLO c\nMAIL FROM:<z@c.example>\nRCPT TO:<Postmaster>\nRCPT TO:<postmaster@desk.example>\n",
        expect![[r#"
            (what is offered)
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            250 2.1.5 Yes, that is us
        "#]],
    );
}

#[test]
fn it_is_never_a_relay() {
    check(
        "EHLO c\nMAIL FROM:<z@c.example>\nRCPT TO:<zoe@other.example>\nRCPT TO:<@desk.example:zoe@other.example>\n\
         RCPT TO:<zoe%other.example@desk.example>\nRCPT TO:<postmaster@other.example>\nDATA\n",
        expect![[r#"
            (what is offered)
            250 2.1.0 Go on, who is it for?
            550 5.1.1 This is not an address of this desk, and it passes no mail on to others
            550 5.1.1 This is not an address of this desk, and it passes no mail on to others
            550 5.1.1 This is not an address of this desk, and it passes no mail on to others
            550 5.1.1 This is not an address of this desk, and it passes no mail on to others
            554 5.5.1 There is no recipient yet; please say RCPT first
        "#]],
    );
}

#[test]
fn commands_have_an_order() {
    check(
        "MAIL FROM:<z@c.example>\nRCPT TO:<report@desk.example>\nDATA\nEHLO c\nMAIL FROM:<z@c.example>\nMAIL FROM:<z@c.example>\nDATA\n",
        expect![[r#"
            503 5.5.1 Please say EHLO first
            503 5.5.1 Not now; the order is MAIL, RCPT, DATA
            503 5.5.1 Not now; the order is MAIL, RCPT, DATA
            (what is offered)
            250 2.1.0 Go on, who is it for?
            503 5.5.1 Not now; the order is MAIL, RCPT, DATA
            554 5.5.1 There is no recipient yet; please say RCPT first
        "#]],
    );
    check(
        "EHLO c\nMAIL FROM:<z@c.example>\nRCPT TO:<report@desk.example>\nRSET\nDATA\n",
        expect![[r#"
            (what is offered)
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            250 2.0.0 Done
            503 5.5.1 Not now; the order is MAIL, RCPT, DATA
        "#]],
    );
    check(
        "EHLO c\nMAIL FROM:<z@c.example>\nRCPT TO:<report@desk.example>\nEHLO c\nDATA\n",
        expect![[r#"
            (what is offered)
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            (what is offered)
            503 5.5.1 Not now; the order is MAIL, RCPT, DATA
        "#]],
    );
}

#[test]
fn what_the_desk_cannot_do_now_is_said() {
    check(
        "EHLO c\nMAIL FROM:<busy@c.example>\nMAIL FROM:<z@c.example>\nRCPT TO:<case@desk.example>\nDATA\n.\nMAIL FROM:<z@c.example>\n\
         RCPT TO:<case+no@desk.example>\nDATA\n.\n",
        expect![[r#"
            (what is offered)
            450 4.7.1 Many messages from this sender in a short time; please try again in a minute
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            354 Go ahead; end with a line holding only a dot
            451 4.3.0 the disk is full??250 ok
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            354 Go ahead; end with a line holding only a dot
            554 5.7.1 not this one ?
            = z@c.example -> case@desk.example ""
            = z@c.example -> case+no@desk.example ""
        "#]],
    );
}

#[test]
fn small_commands_are_answered() {
    check(
        "NOOP\nNOOP anything\nHELP\nHELP MAIL\nVRFY zoe\nEXPN all\nRSET\nAUTH PLAIN AAAA\nLHLO c\nBDAT 3 LAST\n",
        expect![[r#"
            250 2.0.0 Done
            250 2.0.0 Done
            214 2.0.0 Send mail to the security desk: EHLO, MAIL, RCPT, DATA, STARTTLS, RSET, NOOP, VRFY, HELP, QUIT
            214 2.0.0 Send mail to the security desk: EHLO, MAIL, RCPT, DATA, STARTTLS, RSET, NOOP, VRFY, HELP, QUIT
            252 2.1.5 We do not look addresses up; please just send your message
            502 5.5.1 This is not offered here; EHLO lists what is
            250 2.0.0 Done
            502 5.5.1 This is not offered here; EHLO lists what is
            502 5.5.1 This is not offered here; EHLO lists what is
            502 5.5.1 This is not offered here; EHLO lists what is
        "#]],
    );
}

#[test]
fn what_is_not_a_command_is_refused_until_it_is_enough() {
    check(
        "HELLO\n\n \nHost: desk.example\nMAILER\nRSET now\nNOOP\n",
        expect![[r#"
        500 5.5.2 This command is not known here; HELP lists the ones that are
        500 5.5.2 This command is not known here; HELP lists the ones that are
        500 5.5.2 This command is not known here; HELP lists the ones that are
        500 5.5.2 This command is not known here; HELP lists the ones that are
        500 5.5.2 This command is not known here; HELP lists the ones that are
        501 5.5.4 This command stands alone
        421 4.7.0 Too many of these commands could not be used; please connect again to go on
        = closed
    "#]],
    );
}

/// A web page can make a visitor's browser post to a port on the visitor's own machine.
#[test]
fn a_browser_is_sent_away_before_its_body_is_read() {
    check(
        "POST / HTTP/1.1\nHost: localhost:2525\n\nHELO c\nMAIL FROM:<z@c.example>\n",
        expect![[r#"
        421 4.7.0 This door is for mail; web pages are served elsewhere
        = closed
    "#]],
    );
    check(
        "GET /\n",
        expect![[r#"
        421 4.7.0 This door is for mail; web pages are served elsewhere
        = closed
    "#]],
    );
}

#[test]
fn senders_nobody_could_write_back_to_are_refused() {
    check(
        "EHLO c\nMAIL FROM:<\"a,b@evil.test\"@c.example>\nMAIL FROM:<a@b@c.example>\nMAIL FROM:<zoë@c.example>\nMAIL FROM:<zoë@c.example> SMTPUTF8\n",
        expect![[r#"
            (what is offered)
            553 5.1.7 This sender address is not one we could write back to
            553 5.1.7 This sender address is not one we could write back to
            553 5.6.7 This address needs the SMTPUTF8 parameter
            250 2.1.0 Go on, who is it for?
        "#]],
    );
    check(
        "EHLO c\nMAIL FROM:<nobody>\nMAIL FROM: zoe@c.example\nMAIL TO:<z@c.example>\n",
        expect![[r#"
            (what is offered)
            553 5.1.7 This sender address is not one we could write back to
            501 5.5.4 This command is not complete; HELP lists the commands
            501 5.5.4 This command is not complete; HELP lists the commands
        "#]],
    );
}

#[test]
fn parameters_that_were_not_offered_are_refused() {
    check(
        "EHLO c\nMAIL FROM:<z@c.example> BODY=BINARYMIME\nMAIL FROM:<z@c.example> REQUIRETLS\nMAIL FROM:<z@c.example> FUN=1\n\
         MAIL FROM:<z@c.example> SIZE=many\nMAIL FROM:<z@c.example> RET=HDRS ENVID=x AUTH=<>\nRCPT TO:<report@desk.example> NOTIFY=NEVER\n",
        expect![[r#"
            (what is offered)
            555 5.5.4 One of the parameters is not offered here; EHLO lists those that are
            555 5.5.4 One of the parameters is not offered here; EHLO lists those that are
            555 5.5.4 One of the parameters is not offered here; EHLO lists those that are
            501 5.5.4 One of the parameters has a value that cannot be read
            250 2.1.0 Go on, who is it for?
            555 5.5.4 One of the parameters is not offered here; EHLO lists those that are
        "#]],
    );
}

#[test]
fn limits_have_their_own_replies() {
    check(
        "EHLO c\nMAIL FROM:<z@c.example> SIZE=1001\n",
        expect![[r#"
            (what is offered)
            552 5.3.4 This message is larger than we can take; please send it without its largest attachments
        "#]],
    );
    let line = "x".repeat(98) + "\n";
    let head = "HELO c\nMAIL FROM:<z@c.example>\nRCPT TO:<report@desk.example>\nDATA\n";
    check(
        &format!("{head}{}.\nNOOP\n", line.repeat(11)),
        expect![[r#"
        250 desk.example is glad to hear from you
        250 2.1.0 Go on, who is it for?
        250 2.1.5 Yes, that is us
        354 Go ahead; end with a line holding only a dot
        552 5.3.4 This message is larger than we can take; please send it without its largest attachments
        250 2.0.0 Done
    "#]],
    );
    check(
        &format!("{head}{}\n.\nNOOP\n", "x".repeat(201)),
        expect![[r#"
        250 desk.example is glad to hear from you
        250 2.1.0 Go on, who is it for?
        250 2.1.5 Yes, that is us
        354 Go ahead; end with a line holding only a dot
        500 5.6.0 A line of this message is too long; please send it encoded as an attachment
        250 2.0.0 Done
    "#]],
    );
    check(
        "EHLO c\nMAIL FROM:<z@c.example>\nRCPT TO:<report@desk.example>\nRCPT TO:<report@desk.example>\nRCPT TO:<case+1@desk.example>\n\
         RCPT TO:<case+2@desk.example>\nDATA\n.\n",
        expect![[r#"
            (what is offered)
            250 2.1.0 Go on, who is it for?
            250 2.1.5 Yes, that is us
            250 2.1.5 Yes, that is us
            250 2.1.5 Yes, that is us
            452 4.5.3 Too many recipients for one message; please send the rest in another
            354 Go ahead; end with a line holding only a dot
            250 2.6.0 Your message is safe with us, thank you
            = z@c.example -> report@desk.example, case+1@desk.example ""
        "#]],
    );
    check(
        &format!("NOOP {}\nNOOP\n", "x".repeat(3000)),
        expect![[r#"
        500 5.5.2 This line is longer than a command can be
        250 2.0.0 Done
    "#]],
    );
    check(
        &"NOOP\n".repeat(25),
        expect![[r#"
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        250 2.0.0 Done
        421 4.7.0 That was a lot of commands without a message; please connect again to go on
        = closed
    "#]],
    );
    let message = "MAIL FROM:<z@c.example>\nRCPT TO:<report@desk.example>\nDATA\n.\n";
    check(
        &format!("HELO c\n{}", message.repeat(4)),
        expect![[r#"
        250 desk.example is glad to hear from you
        250 2.1.0 Go on, who is it for?
        250 2.1.5 Yes, that is us
        354 Go ahead; end with a line holding only a dot
        250 2.6.0 Your message is safe with us, thank you
        250 2.1.0 Go on, who is it for?
        250 2.1.5 Yes, that is us
        354 Go ahead; end with a line holding only a dot
        250 2.6.0 Your message is safe with us, thank you
        250 2.1.0 Go on, who is it for?
        250 2.1.5 Yes, that is us
        354 Go ahead; end with a line holding only a dot
        250 2.6.0 Your message is safe with us, thank you
        421 4.7.0 Thank you for all these messages; please connect again to send more
        = z@c.example -> report@desk.example ""
        = z@c.example -> report@desk.example ""
        = z@c.example -> report@desk.example ""
        = closed
    "#]],
    );
}

#[test]
fn encryption_starts_afresh_and_drops_what_was_smuggled_in() {
    check(
        "EHLO c\nMAIL FROM:<z@c.example>\nSTARTTLS\nRCPT TO:<report@desk.example>\n",
        expect![[r#"
        (what is offered)
        250 2.1.0 Go on, who is it for?
        220 2.0.0 Ready to encrypt
    "#]],
    );
    check(
        "EHLO c\nSTARTTLS now\n",
        expect![[r#"
        (what is offered)
        501 5.5.4 This command stands alone
    "#]],
    );
    let held = play(
        rules(),
        [b"EHLO c\r\nSTARTTLS\r\nMAIL FR".as_slice(), b"EHLO c\r\nSTARTTLS\r\nMAIL FROM:<>\r\n"],
    );
    let replies = String::from_utf8(held.replies).unwrap();
    assert_eq!(replies.matches("250-STARTTLS").count(), 1, "it is offered once: {replies}");
    assert!(replies.contains("503 5.5.1 This connection is already encrypted\r\n250 2.1.0"), "{replies}");
    let held = play(Rules { offer_tls: false, ..rules() }, [b"EHLO c\r\nSTARTTLS\r\n".as_slice()]);
    let replies = String::from_utf8(held.replies).unwrap();
    assert!(!replies.contains("250-STARTTLS") && replies.contains("502 5.5.1"), "{replies}");
}
