//! Ordinary and broken mail, changed by a machine in the same way each time: it is read, within its bounds, and every
//! span fits. Fuzzing without the tools for it; see docs/contributing/fuzzing.md.

#![allow(clippy::indexing_slicing, reason = "places come from the length of what they are places of")]

use crate::hostile::check;

/// A generator of numbers that gives the same ones each time (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

/// What turns one structure into another.
const PIECES: [&[u8]; 16] = [
    b"\n\n",
    b"\r\n",
    b"--b\n",
    b"--",
    b"Content-Type: multipart/mixed; boundary=b\n\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Type: text/html\n\n",
    b"=?utf-8?q?=3D?=",
    b"<a href=\"",
    b"<!--",
    b"\0",
    b"\xff\xfe",
    "\u{202e}\u{200b}".as_bytes(),
    b"%PDF-1.7\n1 0 obj << /URI (http://a.example) >>",
    b"PK\x03\x04",
];

fn mutate(raw: &mut Vec<u8>, other: &[u8], numbers: &mut Numbers) {
    for _ in 0..=numbers.below(6) {
        let (at, end) = (numbers.below(raw.len()), numbers.below(raw.len()));
        let (from, to) = (at.min(end), at.max(end));
        match numbers.below(6) {
            0 => drop(raw.splice(at..at, PIECES[numbers.below(PIECES.len())].iter().copied())),
            1 => drop(raw.drain(from..to.min(from + 400))),
            2 => {
                let copy = raw[from..to.min(from + 4_000)].to_vec();
                drop(raw.splice(at..at, copy));
            }
            3 => {
                let start = numbers.below(other.len());
                drop(raw.splice(from..to.min(from + 200), other[start..].iter().take(2_000).copied()));
            }
            4 if !raw.is_empty() => raw[at] ^= 1 << numbers.below(8),
            _ => raw.truncate(raw.len() - numbers.below(raw.len() / 4)),
        }
    }
}

fn all(each: usize) {
    let seeds: Vec<Vec<u8>> = crate::synthetic::synthetic_ham().into_iter().map(|one| one.raw).collect();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for (index, seed) in seeds.iter().enumerate() {
        let mut raw = seed.clone();
        for round in 0..each {
            // Changes pile up for a while, then the message starts anew.
            if round % 8 == 0 {
                raw.clone_from(seed);
            }
            let other = &seeds[numbers.below(seeds.len())];
            mutate(&mut raw, other, &mut numbers);
            check(&format!("seed {index}, round {round}"), &raw);
        }
    }
}

#[test]
fn mail_changed_by_a_machine_is_read() {
    all(12);
}

/// `cargo test --release -p mail --test it -- --ignored thousands`
#[test]
#[ignore = "takes minutes"]
fn mail_changed_by_a_machine_thousands_of_times_is_read() {
    all(5_000);
}
