//! Sockets in, deliveries out: an SMTP server and a mailbox puller. Knows no desk.
