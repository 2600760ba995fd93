//! Both doors from the outside, over real sockets on loopback.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]

mod corpus;
mod dovecot;
mod encryption;
mod imap_servers;
mod mailbox;
mod smtp;
mod support;
