//! Every reply the server can give, in one place: code, enhanced status code (RFC 3463, RFC 5248) and plain words.
//!
//! These texts end up in front of people inside bounce messages. They say what happened and what to do, and never repeat
//! what the client sent.

use super::Rules;
use super::command::Hello;
use super::data::Problem;

/// One reply of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    /// Enhanced status code with its trailing space, or empty where RFC 2034 wants none.
    status: &'static str,
    text: &'static str,
}

impl Reply {
    pub(super) fn write(self, replies: &mut Vec<u8>) {
        replies.extend_from_slice(format!("{} {}{}\r\n", self.code, self.status, self.text).as_bytes());
    }
}

const fn reply(code: u16, status: &'static str, text: &'static str) -> Reply {
    Reply { code, status, text }
}

pub(super) const DONE: Reply = reply(250, "2.0.0 ", "Done");
pub(super) const SENDER_OK: Reply = reply(250, "2.1.0 ", "Go on, who is it for?");
pub(super) const RECIPIENT_OK: Reply = reply(250, "2.1.5 ", "Yes, that is us");
pub(super) const GO_AHEAD: Reply = reply(354, "", "Go ahead; end with a line holding only a dot");
pub(super) const TAKEN: Reply = reply(250, "2.6.0 ", "Your message is safe with us, thank you");
pub(super) const GOODBYE: Reply = reply(221, "2.0.0 ", "Goodbye");
pub(super) const READY_FOR_TLS: Reply = reply(220, "2.0.0 ", "Ready to encrypt");
pub(super) const CANNOT_VERIFY: Reply =
    reply(252, "2.1.5 ", "We do not look addresses up; please just send your message");
pub(super) const HELP: Reply = reply(
    214,
    "2.0.0 ",
    "Send mail to the security desk: EHLO, MAIL, RCPT, DATA, STARTTLS, RSET, NOOP, VRFY, HELP, QUIT",
);

pub(super) const TOO_MANY_COMMANDS: Reply =
    reply(421, "4.7.0 ", "That was a lot of commands without a message; please connect again to go on");
pub(super) const TOO_MANY_ERRORS: Reply =
    reply(421, "4.7.0 ", "Too many of these commands could not be used; please connect again to go on");
pub(super) const TOO_MANY_MESSAGES: Reply =
    reply(421, "4.7.0 ", "Thank you for all these messages; please connect again to send more");
pub(super) const NOT_THIS_MINUTE: Reply =
    reply(450, "4.7.1 ", "Many messages from this sender in a short time; please try again in a minute");
pub(super) const TOO_MANY_RECIPIENTS: Reply =
    reply(452, "4.5.3 ", "Too many recipients for one message; please send the rest in another");

pub(super) const UNKNOWN_COMMAND: Reply =
    reply(500, "5.5.2 ", "This command is not known here; HELP lists the ones that are");
pub(super) const NOT_A_BROWSER: Reply =
    reply(421, "4.7.0 ", "This door is for mail; web pages are served elsewhere");
pub(super) const LINE_TOO_LONG: Reply = reply(500, "5.5.2 ", "This line is longer than a command can be");
pub(super) const BARE_LINE_END: Reply =
    reply(500, "5.5.2 ", "Every line must end in CR LF, and neither may stand alone");
pub(super) const CONTROL_CHARACTER: Reply =
    reply(500, "5.5.2 ", "Control characters cannot be part of a command");
pub(super) const NOT_UTF8: Reply = reply(500, "5.5.2 ", "Commands must be written in UTF-8");
pub(super) const SYNTAX: Reply =
    reply(501, "5.5.4 ", "This command is not complete; HELP lists the commands");
pub(super) const NO_PARAMETERS: Reply = reply(501, "5.5.4 ", "This command stands alone");
pub(super) const ODD_PARAMETER: Reply =
    reply(501, "5.5.4 ", "One of the parameters has a value that cannot be read");
pub(super) const NOT_OFFERED: Reply = reply(502, "5.5.1 ", "This is not offered here; EHLO lists what is");
pub(super) const HELLO_FIRST: Reply = reply(503, "5.5.1 ", "Please say EHLO first");
pub(super) const OUT_OF_ORDER: Reply = reply(503, "5.5.1 ", "Not now; the order is MAIL, RCPT, DATA");
pub(super) const ALREADY_ENCRYPTED: Reply = reply(503, "5.5.1 ", "This connection is already encrypted");
pub(super) const NOT_OUR_ADDRESS: Reply =
    reply(550, "5.1.1 ", "This is not an address of this desk, and it passes no mail on to others");
pub(super) const TOO_BIG: Reply = reply(
    552,
    "5.3.4 ",
    "This message is larger than we can take; please send it without its largest attachments",
);
pub(super) const ODD_SENDER: Reply =
    reply(553, "5.1.7 ", "This sender address is not one we could write back to");
pub(super) const ODD_RECIPIENT: Reply = reply(553, "5.1.3 ", "This recipient address cannot be read");
pub(super) const SAY_SMTPUTF8: Reply = reply(553, "5.6.7 ", "This address needs the SMTPUTF8 parameter");
pub(super) const NO_RECIPIENT: Reply =
    reply(554, "5.5.1 ", "There is no recipient yet; please say RCPT first");
pub(super) const UNKNOWN_PARAMETER: Reply =
    reply(555, "5.5.4 ", "One of the parameters is not offered here; EHLO lists those that are");

/// The reply to content that was not taken.
pub(super) fn for_problem(problem: Problem) -> Reply {
    match problem {
        Problem::BareLineFeed => reply(
            550,
            "5.6.11 ",
            "A line of this message ends in LF alone; every line must end in CR LF, please send it again so",
        ),
        Problem::BareCarriageReturn => reply(
            550,
            "5.6.11 ",
            "This message has a CR that does not end a line; every line must end in CR LF, please send it again so",
        ),
        Problem::Nul => {
            reply(550, "5.6.0 ", "This message has a NUL octet; please send it encoded as an attachment")
        }
        Problem::LineTooLong => reply(
            500,
            "5.6.0 ",
            "A line of this message is too long; please send it encoded as an attachment",
        ),
        Problem::TooBig => TOO_BIG,
        Problem::OutOfRoom => {
            reply(452, "4.3.1 ", "We have our hands full just now; please try again in a few minutes")
        }
    }
}

/// Why a session ends for reasons outside the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Farewell {
    /// Nothing was heard for too long, or a message took too long to arrive.
    TooSlow,
    /// The server has as many connections as it can keep.
    TooManyConnections,
    /// This address has as many connections as it may.
    TooManyFromYou,
    /// This address has sent more octets in this minute than it may.
    TooMuchData,
    /// The server is stopping.
    Stopping,
}

impl Farewell {
    pub(super) fn reply(self) -> Reply {
        match self {
            Self::TooSlow => {
                reply(421, "4.4.2 ", "We waited for a while and heard nothing more; please connect again")
            }
            Self::TooManyConnections => {
                reply(421, "4.3.2 ", "Every line is busy just now; please try again in a minute")
            }
            Self::TooManyFromYou => reply(
                421,
                "4.7.0 ",
                "You have several connections open already; please use those or try again in a minute",
            ),
            Self::TooMuchData => {
                reply(421, "4.7.0 ", "That was a lot of data in a short time; please try again in a minute")
            }
            Self::Stopping => reply(421, "4.3.2 ", "We are closing for a moment; please try again soon"),
        }
    }

    /// The reply as it goes over the line, for a connection that never became a session.
    pub fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.reply().write(&mut bytes);
        bytes
    }
}

pub(super) fn greeting(hostname: &str, replies: &mut Vec<u8>) {
    replies.extend_from_slice(format!("220 {hostname} ESMTP security desk\r\n").as_bytes());
}

pub(super) fn hello(hello: Hello, rules: &Rules, encrypted: bool, replies: &mut Vec<u8>) {
    let host = &rules.hostname;
    let text = match hello {
        Hello::Plain => format!("250 {host} is glad to hear from you\r\n"),
        Hello::Extended => {
            let tls = if rules.offer_tls && !encrypted { "250-STARTTLS\r\n" } else { "" };
            format!(
                "250-{host} is glad to hear from you\r\n250-PIPELINING\r\n250-SIZE {}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n\
                 {tls}250-ENHANCEDSTATUSCODES\r\n250 HELP\r\n",
                rules.max_size
            )
        }
    };
    replies.extend_from_slice(text.as_bytes());
}

/// A reply whose words come from elsewhere: made one printable ASCII line of bounded length first.
pub(super) fn spoken(code: u16, status: &str, text: &str, replies: &mut Vec<u8>) {
    let line: String = text
        .chars()
        .map(|character| if character.is_ascii_graphic() || character == ' ' { character } else { '?' })
        .take(400)
        .collect();
    replies.extend_from_slice(format!("{code} {status} {}\r\n", line.trim()).as_bytes());
}
