//! The SMTP conversation under hostile octets: whatever arrives, and however it is cut, the replies are the same and
//! well formed, nothing that could smuggle is taken, memory stays bounded; and what was taken can be judged for an answer.
//! The first byte says how the rest is cut.

use std::sync::Arc;

use intake::address::Addresses;
use intake::answerable::{Question, may_answer};
use intake::session::{Admission, Envelope, Rules, Session, Step};
use intake::vouching::{Trust, who_vouches};

const MOST: usize = 4096;

#[derive(PartialEq, Debug)]
struct Held {
    replies: Vec<u8>,
    taken: Vec<Envelope>,
    closed: bool,
}

fn rules(own: &Addresses) -> Arc<Rules> {
    Arc::new(Rules {
        hostname: "desk.example".into(),
        addresses: own.clone(),
        max_size: MOST,
        max_line: 998,
        max_recipients: 4,
        max_commands: 100,
        max_errors: 20,
        max_messages: 10,
        offer_tls: false,
    })
}

fn play<'a>(rules: Arc<Rules>, pieces: impl Iterator<Item = &'a [u8]>) -> Held {
    let mut held = Held { replies: vec![], taken: vec![], closed: false };
    let mut session = Session::new(rules, &mut held.replies);
    for mut input in pieces {
        loop {
            match session.step(&mut input, &mut held.replies) {
                Step::More => break,
                Step::Admit(_) => session.admit(Admission::Welcome, &mut held.replies),
                Step::Take(envelope) => {
                    held.taken.push(envelope);
                    session.taken(Ok(()), &mut held.replies);
                }
                Step::StartTls => unreachable!("it is not offered"),
                Step::Close => {
                    held.closed = true;
                    return held;
                }
            }
            assert!(session.held() <= 2 * MOST + 2048);
        }
        assert!(input.is_empty());
    }
    held
}

/// Holds for any input.
pub fn holds(data: &[u8]) {
    let Some((&cut, input)) = data.split_first() else { return };
    let own = Addresses::new(["report@desk.example"]).expect("it is an address");
    let rules = rules(&own);
    let whole = play(Arc::clone(&rules), std::iter::once(input));
    let pieces = play(rules, input.chunks(usize::from(cut) % 50 + 1));
    assert_eq!(whole, pieces);

    for line in whole.replies.split(|&octet| octet == b'\n').filter(|line| !line.is_empty()) {
        let line = line.strip_suffix(b"\r").expect("every reply line ends in CR LF");
        assert!(line.len() < 510 && line.iter().all(|octet| (32..127).contains(octet)));
        assert!(line.len() > 3 && line[..3].iter().all(u8::is_ascii_digit) && matches!(line[3], b' ' | b'-'));
    }
    let trust = Trust { authserv_ids: vec!["mx.example".into()], ..Trust::default() };
    for Envelope { from, recipients, raw } in &whole.taken {
        assert!(raw.len() <= MOST && !raw.contains(&0) && !recipients.is_empty());
        let pairs = raw.windows(2).filter(|pair| pair == b"\r\n").count();
        assert_eq!(pairs, raw.iter().filter(|&&octet| octet == b'\r').count());
        assert_eq!(pairs, raw.iter().filter(|&&octet| octet == b'\n').count());
        judge(from.as_deref(), raw, &own, &trust);
    }
    judge(Some("zoe@corp.example"), input, &own, &trust);
}

fn judge(from: Option<&str>, raw: &[u8], own: &Addresses, trust: &Trust) {
    let vouched = who_vouches(raw, from, None, trust);
    let answer = may_answer(Question { from, raw, vouched: &vouched, own });
    assert!(answer.is_err() || from.is_some());
}
