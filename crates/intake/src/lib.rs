//! Sockets in, deliveries out: an SMTP server and a mailbox puller.
//!
//! Both doors hand each message to one closure, `Fn(Delivery) -> Future<Output = Result<(), Refusal>>`, and call it
//! taken only after that closure says so. This crate knows no desk, no SQL, no HTTP and no templates; it reads no
//! configuration file and never answers a message.
//!
//! Where to look: [`session`] is the SMTP conversation without any I/O, [`smtp`] the sockets around it, [`mailbox`] the
//! IMAP puller, [`vouching`] says who vouches for a sender and [`answerable`] whether an automatic answer may be sent.

pub mod address;
pub mod answerable;
pub mod header;
pub mod mailbox;
pub mod network;
pub mod session;
pub mod smtp;
pub mod tls;
pub mod vouching;

use std::net::IpAddr;

/// One message that arrived, with what is known about where it came from.
///
/// It is handed over exactly as it was received: no header is added, nothing is decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The envelope sender, `None` for the null sender `<>` of bounces (RFC 5321 §4.5.5). A mailbox has no envelope:
    /// there it is the topmost `Return-Path`, or the single `From` address where no server recorded one.
    pub from: Option<String>,
    /// The accepted envelope recipients as the sender wrote them, without repeats and never empty. For a mailbox, the
    /// addresses of `Delivered-To`/`X-Original-To`, or else the mailbox's configured own address.
    pub recipients: Vec<String>,
    /// The message, headers and body, with CRLF line ends for SMTP and dot-stuffing undone (RFC 5321 §4.5.2).
    pub raw: Vec<u8>,
    /// Who was at the other end of the connection; `None` for a mailbox.
    pub peer: Option<IpAddr>,
    /// Who says that the sender is who they say.
    pub vouched: vouching::Vouched,
    /// The door it came through.
    pub door: Door,
    /// The same for every attempt to hand over this same message, so that the receiver can take it once.
    ///
    /// For a mailbox: account, folder, UIDVALIDITY and UID. For SMTP: a SHA-256 over sender, recipients and content, so a
    /// client that lost our `250` and sends again brings the same key.
    pub key: String,
}

pub use vouching::Vouched;

/// The door a message came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Door {
    /// The SMTP server.
    Smtp,
    /// The mailbox puller.
    Mailbox,
}

/// Why a delivery was not taken. The text is shown to the sending server: plain words, one line, no secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It could not be stored just now. SMTP answers 451 and the sender tries again; the mailbox keeps the message.
    #[error("not now: {0}")]
    TryLater(String),
    /// It will never be taken. SMTP answers 554; the mailbox keeps the message and flags it for a person.
    #[error("refused: {0}")]
    Refused(String),
}
