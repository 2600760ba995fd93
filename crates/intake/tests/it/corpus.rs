//! Real mail through the conversation: what was sent is what is taken, octet for octet, or it is refused with a reason.

use std::path::PathBuf;
use std::sync::Arc;

use intake::address::Addresses;
use intake::answerable::{Question, may_answer};
use intake::session::{Admission, Envelope, Rules, Session, Step};
use intake::vouching::{Trust, who_vouches};

/// Sends one message in pieces and returns what was taken and the last reply.
fn send(own: &Addresses, message: &[u8]) -> (Option<Envelope>, String) {
    let rules = Rules {
        hostname: "desk.example".into(),
        addresses: own.clone(),
        max_size: 25 * 1024 * 1024,
        max_line: 1024 * 1024,
        max_recipients: 1,
        max_commands: 10,
        max_errors: 1,
        max_messages: 1,
        offer_tls: false,
    };
    let mut said =
        b"HELO c\r\nMAIL FROM:<zoe@corp.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\n".to_vec();
    for line in message.split_inclusive(|&octet| octet == b'\n') {
        if line.starts_with(b".") {
            said.push(b'.');
        }
        said.extend_from_slice(line);
    }
    said.extend_from_slice(b".\r\n");
    let mut replies = Vec::new();
    let mut taken = None;
    let mut session = Session::new(Arc::new(rules), &mut replies);
    for mut piece in said.chunks(1460) {
        loop {
            match session.step(&mut piece, &mut replies) {
                Step::More => break,
                Step::Admit(_) => session.admit(Admission::Welcome, &mut replies),
                Step::Take(envelope) => {
                    taken = Some(envelope);
                    session.taken(Ok(()), &mut replies);
                }
                step @ (Step::StartTls | Step::Close) => unreachable!("{step:?}"),
            }
        }
    }
    let replies = String::from_utf8(replies).unwrap();
    (taken, replies.lines().last().unwrap_or_default().to_owned())
}

#[test]
fn real_mail_arrives_octet_for_octet() {
    let data = std::env::var("ALONGSIDE_DATA").map(PathBuf::from);
    let data =
        data.unwrap_or_else(|_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let own = Addresses::new(["report@desk.example"]).unwrap();
    let (mut whole, mut refused) = (0, 0);
    for folder in ["phish", "ham"] {
        let Ok(entries) = std::fs::read_dir(data.join(folder)) else {
            println!("skipped: there is no {folder} in the data folder");
            continue;
        };
        for path in entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
        {
            let mut message = Vec::new();
            for line in std::fs::read(&path).unwrap().split(|&octet| octet == b'\n') {
                message.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
                message.extend_from_slice(b"\r\n");
            }
            let alone =
                message.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n') || message.contains(&0);
            let (taken, reply) = send(&own, &message);
            match taken {
                Some(envelope) => {
                    assert!(!alone && envelope.raw == message, "{}", path.display());
                    let vouched = who_vouches(&message, Some("zoe@corp.example"), None, &Trust::default());
                    let question = Question {
                        from: Some("zoe@corp.example"),
                        raw: &message,
                        vouched: &vouched,
                        own: &own,
                    };
                    assert!(may_answer(question).is_err(), "nobody vouches for it");
                    whole += 1;
                }
                None => {
                    assert!(alone && reply.starts_with("550 5.6."), "{}: {reply}", path.display());
                    refused += 1;
                }
            }
        }
    }
    println!("{whole} taken whole, {refused} refused for a bare CR or a NUL");
}
