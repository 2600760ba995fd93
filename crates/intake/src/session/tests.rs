//! The conversation as tables, and as properties over hostile input.

use expect_test::{Expect, expect};
use proptest::prelude::*;

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
fn it_is_never_a_relay() {
    check(
        "EHLO c\nMAIL FROM:<z@c.example>\nRCPT TO:<zoe@other.example>\nRCPT TO:<@desk.example:zoe@other.example>\n\
         RCPT TO:<zoe%other.example@desk.example>\nRCPT TO:<postmaster>\nDATA\n",
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

/// Ends of lines that some server somewhere takes for the end of a message.
#[test]
fn nothing_can_be_smuggled_behind_a_false_end() {
    let head = b"EHLO c\r\nMAIL FROM:<z@c.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\nhello";
    let second =
        b"MAIL FROM:<ceo@corp.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\npay\r\n.\r\nQUIT\r\n";
    for (end, words) in [
        (b"\n.\n".as_slice(), "LF alone"),
        (b"\n.\r\n", "LF alone"),
        (b"\r\n.\n", "LF alone"),
        (b"\r.\r", "CR that does not end"),
        (b"\r\n.\r", "CR that does not end"),
        (b"\r.\r\n", "CR that does not end"),
        (b"\n.\r", "LF alone"),
        (b"\r\r\n.\n", "CR that does not end"),
        (b"\0\r\n.\n", "NUL"),
        (b"\r\n\0.\r\n", "NUL"),
        (b"\r\n.\0\r\n", "NUL"),
    ] {
        let input = [head, end, second].concat();
        let held = play(rules(), [input.as_slice()]);
        let replies = String::from_utf8(held.replies).unwrap();
        assert_eq!(held.taken, [], "{}", end.escape_ascii());
        assert_eq!(replies.matches("354 ").count(), 1, "{}: {replies}", end.escape_ascii());
        assert!(replies.contains("550 5.6.") && replies.contains(words), "{}: {replies}", end.escape_ascii());
    }
}

#[test]
fn bare_line_ends_in_commands_are_refused() {
    for (line, words) in [
        (b"NOOP\n".as_slice(), "500 5.5.2 Every line"),
        (b"NOOP\r\r\n", "500 5.5.2 Every line"),
        (b"NO\rOP\r\n", "500 5.5.2 Every line"),
        (b"NOOP\0\r\n", "500 5.5.2 Control"),
        (b"NOOP \x1b[2J\r\n", "500 5.5.2 Control"),
        (b"NOOP \xff\r\n", "500 5.5.2 Commands must"),
    ] {
        let replies = String::from_utf8(play(rules(), [line]).replies).unwrap();
        let (_, answer) = replies.split_once("\r\n").unwrap();
        assert!(
            answer.starts_with(words) && answer.matches("\r\n").count() == 1,
            "{}: {answer}",
            line.escape_ascii()
        );
    }
}

#[test]
fn a_sender_that_never_stops_is_parted_with_and_memory_stays_bounded() {
    let mut session = Session::new(Arc::new(rules()), &mut Vec::new());
    let mut replies = Vec::new();
    let mut head = b"HELO c\r\nMAIL FROM:<z@c.example>\r\n".as_slice();
    assert_eq!(session.step(&mut head, &mut replies), Step::Admit(Some("z@c.example".into())));
    session.admit(Admission::Welcome, &mut replies);
    assert_eq!(
        session.step(&mut b"RCPT TO:<report@desk.example>\r\nDATA\r\n".as_slice(), &mut replies),
        Step::More
    );
    let mut most = 0;
    let mut pieces = 0;
    while session.step(&mut b"0123456789\r\n".as_slice(), &mut replies) == Step::More {
        most = most.max(session.held());
        pieces += 1;
        assert!(pieces < 1000, "it would go on for ever");
    }
    assert!(most <= 2048, "held {most} octets for a limit of 1000");
    assert!(replies.ends_with(b"largest attachments\r\n"));
    assert_eq!(session.step(&mut b"NOOP\r\n".as_slice(), &mut replies), Step::Close);
}

#[test]
fn when_memory_runs_out_the_sender_is_asked_to_try_again() {
    let mut replies = Vec::new();
    let mut session = Session::new(Arc::new(rules()), &mut replies);
    session.step(&mut b"HELO c\r\nMAIL FROM:<>\r\n".as_slice(), &mut replies);
    session.admit(Admission::Welcome, &mut replies);
    session.step(&mut b"RCPT TO:<report@desk.example>\r\nDATA\r\nhello".as_slice(), &mut replies);
    assert!(session.in_data() && session.held() > 0);
    session.out_of_room();
    assert_eq!(session.held(), 0);
    replies.clear();
    assert_eq!(session.step(&mut b"\r\nmore\r\n.\r\nNOOP\r\n".as_slice(), &mut replies), Step::More);
    let replies = String::from_utf8(replies).unwrap();
    assert!(replies.starts_with("452 4.3.1") && replies.contains("\r\n250 2.0.0 Done\r\n"), "{replies}");
}

#[test]
fn goodbyes_say_why() {
    for why in [
        Farewell::TooSlow,
        Farewell::TooManyConnections,
        Farewell::TooManyFromYou,
        Farewell::TooMuchData,
        Farewell::Stopping,
    ] {
        let mut replies = Vec::new();
        let mut session = Session::new(Arc::new(rules()), &mut Vec::new());
        session.part(why, &mut replies);
        session.part(why, &mut replies);
        assert_eq!(replies, why.to_bytes());
        assert!(replies.starts_with(b"421 4.") && replies.ends_with(b"\r\n"));
        assert_eq!(session.step(&mut b"NOOP\r\n".as_slice(), &mut replies), Step::Close);
    }
}

/// Pieces of conversation and of trouble, to be strung together at random.
fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&'static [u8]> = vec![
        b"EHLO c\r\n",
        b"HELO c\r\n",
        b"MAIL FROM:<z@c.example>\r\n",
        b"MAIL FROM:<>\r\n",
        b"MAIL FROM:<busy@c.example>\r\n",
        b"RCPT TO:<report@desk.example>\r\n",
        b"RCPT TO:<case@desk.example>\r\n",
        b"RCPT TO:<x@y.example>\r\n",
        b"DATA\r\n",
        b"\r\n.\r\n",
        b".\r\n",
        b"..\r\n",
        b"\n.\n",
        b"\n",
        b"\r",
        b".",
        b"\0",
        b"hello",
        b"RSET\r\n",
        b"NOOP\r\n",
        b"QUIT\r\n",
        b"Subject: x\r\n\r\n",
        b"\r\n",
    ];
    prop_oneof![
        20 => prop::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => (any::<u8>(), 0_usize..3000).prop_map(|(byte, count)| vec![byte; count]),
    ]
}

fn conversation() -> impl Strategy<Value = Vec<u8>> {
    let opening = b"EHLO c\r\nMAIL FROM:<z@c.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\n".to_vec();
    (any::<bool>(), prop::collection::vec(fragment(), 0..40)).prop_map(move |(opened, fragments)| {
        let mut all = if opened { opening.clone() } else { vec![] };
        all.extend(fragments.concat());
        all
    })
}

proptest! {
    #[test]
    fn however_the_octets_are_cut_the_replies_are_the_same(
        input in conversation(),
        cuts in prop::collection::vec(1_usize..60, 1..30),
    ) {
        let rules = Rules { offer_tls: false, max_commands: 1000, max_errors: 1000, ..rules() };
        let whole = play(rules.clone(), [input.as_slice()]);
        let mut pieces = vec![];
        let mut rest = input.as_slice();
        for cut in cuts.iter().cycle() {
            let (piece, after) = rest.split_at((*cut).min(rest.len()));
            pieces.push(piece);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(&play(rules.clone(), pieces), &whole);
        prop_assert_eq!(play(rules, input.chunks(1)), whole);
    }

    #[test]
    fn what_is_taken_is_what_was_sent(lines in prop::collection::vec("[ -~]{0,20}|\\.{1,3}[a-z]?", 0..12)) {
        let stuffed: String = lines.iter().map(|line| if line.starts_with('.') { format!(".{line}\r\n") } else { format!("{line}\r\n") }).collect();
        let said = format!("HELO c\r\nMAIL FROM:<z@c.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\n{stuffed}.\r\n");
        let held = play(rules(), [said.as_bytes()]);
        let sent: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        prop_assert_eq!(held.taken.len(), 1);
        prop_assert_eq!(&held.taken[0].raw, sent.as_bytes());
    }

    #[test]
    fn a_hostile_client_gets_well_formed_replies_and_smuggles_nothing(input in conversation()) {
        let held = play(rules(), [input.as_slice()]);
        let replies = String::from_utf8(held.replies).unwrap();
        for line in replies.split_terminator("\r\n") {
            prop_assert!(line.len() < 512 && line.bytes().all(|byte| (32..127).contains(&byte)), "{}", line);
            let (code, rest) = line.split_at(3);
            prop_assert!(code.parse::<u16>().is_ok_and(|code| (200..600).contains(&code)), "{}", line);
            prop_assert!(rest.starts_with([' ', '-']));
        }
        for envelope in held.taken {
            let text = envelope.raw;
            prop_assert!(text.len() <= 1000 && !text.contains(&0));
            prop_assert!(text.iter().filter(|&&byte| byte == b'\r').count() == text.windows(2).filter(|pair| pair == b"\r\n").count());
            prop_assert!(text.iter().filter(|&&byte| byte == b'\n').count() == text.windows(2).filter(|pair| pair == b"\r\n").count());
            prop_assert!(!envelope.recipients.is_empty() && envelope.recipients.len() <= 2);
        }
    }
}
