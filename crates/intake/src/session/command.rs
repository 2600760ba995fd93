//! One command line → a [`Command`]. The grammar is `smtp-proto`'s; what is ours is what it leaves open: line ends,
//! control characters, addresses nobody could write back to, and parameters that were never offered.

use smtp_proto::{Error, MAIL_BODY_BINARYMIME, MAIL_REQUIRETLS, MAIL_SMTPUTF8, MailFrom, Request};

use super::reply::{self, Reply};
use crate::address;

/// Longest command line with its CRLF, in octets. RFC 5321 §4.5.3.1.4 asks for 512 and the extensions add to it.
pub(super) const LONGEST_LINE: usize = 2048;

/// How the client introduced itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hello {
    Plain,
    Extended,
}

/// The sender of a new message, as far as the server cares.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mail {
    pub(super) from: Option<String>,
    /// The announced size in octets, 0 if none was.
    pub(super) size: usize,
}

/// One command, or the reply to a line that is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Hello(Hello),
    Mail(Mail),
    Recipient(String),
    Data,
    Reset,
    Noop,
    Verify,
    Help,
    StartTls,
    Quit,
    TooLong,
    /// The first line of an HTTP request.
    Browser,
    Refused(Reply),
}

/// Reads one line that ends in LF.
pub(super) fn parse(line: &[u8]) -> Command {
    let Some(text) = line.strip_suffix(b"\r\n") else { return Command::Refused(reply::BARE_LINE_END) };
    if text.contains(&b'\r') {
        return Command::Refused(reply::BARE_LINE_END);
    }
    if text.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
        return Command::Refused(reply::CONTROL_CHARACTER);
    }
    if std::str::from_utf8(text).is_err() {
        return Command::Refused(reply::NOT_UTF8);
    }
    if is_http(text) {
        return Command::Browser;
    }
    match Request::parse(&mut line.iter()) {
        Ok(request) => from_request(request, text),
        Err(error) => Command::Refused(for_error(&error)),
    }
}

fn is_http(text: &[u8]) -> bool {
    let method = text.split(|&byte| byte == b' ').next().unwrap_or_default();
    let known: [&[u8]; 7] = [b"GET", b"POST", b"PUT", b"HEAD", b"OPTIONS", b"CONNECT", b"PRI"];
    known.iter().any(|known| method.eq_ignore_ascii_case(known))
}

fn from_request(request: Request<std::borrow::Cow<'_, str>>, text: &[u8]) -> Command {
    let alone = |command: Command| {
        if text.trim_ascii().contains(&b' ') { Command::Refused(reply::NO_PARAMETERS) } else { command }
    };
    match request {
        Request::Ehlo { .. } => Command::Hello(Hello::Extended),
        Request::Helo { .. } => Command::Hello(Hello::Plain),
        Request::Mail { from } => mail(from),
        Request::Rcpt { to } => {
            if to.flags != 0 || to.orcpt.is_some() || to.rrvs != 0 {
                return Command::Refused(reply::UNKNOWN_PARAMETER);
            }
            let address = to.address.into_owned();
            // The grammar's reader gives the one address without a domain as an empty one.
            let postmaster = address.is_empty() && text.to_ascii_lowercase().ends_with(b"<postmaster>");
            Command::Recipient(if postmaster { "postmaster".into() } else { address })
        }
        Request::Data => alone(Command::Data),
        Request::Rset => alone(Command::Reset),
        Request::StartTls => alone(Command::StartTls),
        Request::Quit => alone(Command::Quit),
        Request::Noop { .. } => Command::Noop,
        Request::Vrfy { .. } => Command::Verify,
        Request::Help { .. } => Command::Help,
        Request::Lhlo { .. }
        | Request::Bdat { .. }
        | Request::Auth { .. }
        | Request::Expn { .. }
        | Request::Etrn { .. }
        | Request::Atrn { .. }
        | Request::Burl { .. } => Command::Refused(reply::NOT_OFFERED),
    }
}

fn mail(from: MailFrom<std::borrow::Cow<'_, str>>) -> Command {
    // Each of these asks for something we would have to keep, and did not offer. RET, ENVID and AUTH ask for nothing here.
    let demands = from.flags & (MAIL_BODY_BINARYMIME | MAIL_REQUIRETLS) != 0
        || from.by != 0
        || from.hold_for != 0
        || from.hold_until != 0
        || from.mtrk.is_some()
        || from.solicit.is_some()
        || from.trans_id.is_some();
    if demands {
        return Command::Refused(reply::UNKNOWN_PARAMETER);
    }
    let address = from.address.into_owned();
    if address.is_empty() {
        return Command::Mail(Mail { from: None, size: from.size });
    }
    if !address.is_ascii() && from.flags & MAIL_SMTPUTF8 == 0 {
        return Command::Refused(reply::SAY_SMTPUTF8);
    }
    if !address::is_plain(&address) {
        return Command::Refused(reply::ODD_SENDER);
    }
    Command::Mail(Mail { from: Some(address), size: from.size })
}

fn for_error(error: &Error) -> Reply {
    match error {
        Error::UnknownCommand => reply::UNKNOWN_COMMAND,
        Error::InvalidSenderAddress => reply::ODD_SENDER,
        Error::InvalidRecipientAddress => reply::ODD_RECIPIENT,
        Error::UnsupportedParameter { .. } => reply::UNKNOWN_PARAMETER,
        Error::InvalidParameter { .. } => reply::ODD_PARAMETER,
        Error::SyntaxError { .. }
        | Error::NeedsMoreData { .. }
        | Error::ResponseTooLong
        | Error::InvalidResponse { .. } => reply::SYNTAX,
    }
}
