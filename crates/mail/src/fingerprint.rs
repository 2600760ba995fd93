//! What makes two reports reports of the same lure: the words that stay when names, numbers and links change, the
//! places the links lead to, and the sender.
//!
//! Words are compared by MinHash over shingles (Broder 1997) with banding, so that a database can find candidates by
//! equality of keys; short messages are compared as a whole.

use std::collections::BTreeSet;

use crate::links::url;
use crate::message::Message;
use crate::{domains, fold};

/// The comparable form of one message. The same for ever for the same message: keys may be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// For each of [`HASHES`] orders of all shingles the least one met; empty for texts of fewer than [`LEAST_WORDS`] words.
    pub least: Vec<u32>,
    /// A hash of all words, subject included, for texts too short to compare by parts.
    pub whole: u64,
    /// Words compared.
    pub words: usize,
    /// A hash of the subject without names, numbers and marks; zero if nothing is left.
    pub subject: u64,
    /// Registrable domains of the links, sorted, without those that everybody links to.
    pub link_hosts: Vec<String>,
    /// Registrable domain of the sender.
    pub sender: Option<String>,
    /// Hashes of the attachments' bytes, sorted.
    pub attachments: Vec<u64>,
}

/// Orders of shingles that are compared.
pub const HASHES: usize = 64;
/// Bands of four orders each: two messages share a band with 0.7 of their shingles in common 99 times in 100.
pub const BANDS: usize = 16;
/// Texts with fewer words are compared as a whole.
pub const LEAST_WORDS: usize = 10;
/// The share of shingles that reports of one lure have in common at least.
pub const ALIKE_FROM: f64 = 0.6;

impl Fingerprint {
    /// Keys that alike messages share at least one of, to be indexed. Sharing one is a hint; [`alike`] decides.
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self
            .least
            .chunks_exact(HASHES / BANDS)
            .enumerate()
            .map(|(band, rows)| {
                let bytes: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
                format!("t{band}:{:016x}", hash(&bytes, 1))
            })
            .collect();
        if self.least.is_empty() && self.words > 0 {
            keys.push(format!("w:{:016x}", self.whole));
        }
        keys.extend(self.attachments.iter().map(|attachment| format!("a:{attachment:016x}")));
        if self.words < LEAST_WORDS {
            keys.extend(
                self.sender
                    .iter()
                    .filter(|_| self.subject != 0)
                    .map(|sender| format!("s:{sender}:{:016x}", self.subject)),
            );
        }
        keys
    }

    /// The share of shingles in common, estimated; `None` if one text is too short.
    pub fn likeness(&self, other: &Fingerprint) -> Option<f64> {
        if self.least.is_empty() || other.least.is_empty() {
            return None;
        }
        let same = self.least.iter().zip(&other.least).filter(|(a, b)| a == b).count();
        #[expect(clippy::cast_precision_loss, reason = "at most 64")]
        Some(same as f64 / HASHES as f64)
    }
}

/// What of a message is compared with others.
pub fn fingerprint(message: &Message) -> Fingerprint {
    let names = names_of_reader(message);
    let words = words(&message.text, &names);
    let subject_words = words_of_subject(&message.subject, &names);
    let mut link_hosts: Vec<String> = message
        .links
        .iter()
        .filter_map(|link| url::parse(&link.target))
        .map(|url| domains::owner(&url.host).to_owned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .take(50)
        .collect();
    link_hosts.retain(|host| !EVERYWHERE.contains(&host.as_str()));
    let mut attachments: Vec<u64> = message
        .attachments
        .iter()
        .filter(|one| one.content.len() >= 512 && !one.inline)
        .take(20)
        .map(|one| hash(&one.content, 2))
        .collect();
    attachments.sort_unstable();
    attachments.dedup();
    let joined = [subject_words.join(" "), words.join(" ")].join("|");
    Fingerprint {
        least: least(&words),
        whole: hash(joined.as_bytes(), 3),
        words: words.len(),
        subject: if subject_words.is_empty() { 0 } else { hash(subject_words.join(" ").as_bytes(), 4) },
        link_hosts,
        sender: message
            .from
            .as_ref()
            .and_then(|from| domains::of_address(&from.address))
            .map(|host| domains::owner(host).to_owned()),
        attachments,
    }
}

/// Whether two messages are the same lure: the same words but for details, or the same attached file, or, where there
/// are hardly any words, the same subject from the same place.
pub fn alike(one: &Fingerprint, other: &Fingerprint) -> bool {
    let shared_file = one.attachments.iter().any(|file| other.attachments.contains(file));
    let common_host = one.link_hosts.iter().any(|host| other.link_hosts.contains(host));
    let same_sender = one.sender.is_some() && one.sender == other.sender;
    if let Some(likeness) = one.likeness(other) {
        // The same place makes a weaker likeness of words enough.
        let enough = if common_host || same_sender { ALIKE_FROM - 0.1 } else { ALIKE_FROM };
        return likeness >= enough || shared_file && likeness >= 0.2;
    }
    if one.least.is_empty() != other.least.is_empty() {
        return shared_file && same_sender;
    }
    let same_subject = one.subject != 0 && one.subject == other.subject;
    one.words > 0 && one.whole == other.whole || same_subject && (same_sender || common_host || shared_file)
}

/// The words of the text without what differs from copy to copy: links, addresses, numbers, the reader's name.
fn words(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let folded = fold::fold(text).text;
    folded
        .split(' ')
        .filter(|word| !word.contains("://") && !word.contains('@') && !word.starts_with("www."))
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty() && word.len() <= 40 && !word.chars().any(|c| c.is_ascii_digit()))
        .filter(|word| !names.contains(*word))
        .take(5_000)
        .map(str::to_owned)
        .collect()
}

fn words_of_subject(subject: &str, names: &BTreeSet<String>) -> Vec<String> {
    let mut words = words(subject, names);
    while words.first().is_some_and(|first| {
        matches!(first.as_str(), "re" | "fw" | "fwd" | "wg" | "aw" | "tr" | "rv" | "enc" | "antw")
    }) {
        words.remove(0);
    }
    words
}

/// The parts of the recipients' addresses and names, which lures repeat in the text.
fn names_of_reader(message: &Message) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for mailbox in message.to.iter().chain(&message.cc).take(10) {
        let local = mailbox.address.split('@').next().unwrap_or_default();
        for part in [local, mailbox.name.as_deref().unwrap_or_default()] {
            let folded = fold::fold(part).text;
            names.extend(
                folded
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|part| part.len() >= 3)
                    .map(str::to_owned),
            );
        }
    }
    names
}

/// For each order the least of all shingles of three words.
fn least(words: &[String]) -> Vec<u32> {
    if words.len() < LEAST_WORDS {
        return Vec::new();
    }
    let shingles: BTreeSet<u64> = words
        .windows(3)
        .map(|three| three.iter().fold(0x9e37_79b9_7f4a_7c15, |state, word| hash(word.as_bytes(), state)))
        .collect();
    (0..HASHES as u64)
        .map(|order| {
            let seed = mix(order.wrapping_mul(0xd6e8_feb8_6659_fd93).wrapping_add(1));
            let least = shingles.iter().map(|shingle| mix(shingle ^ seed)).min().unwrap_or(0);
            u32::try_from(least >> 32).unwrap_or(0)
        })
        .collect()
}

/// FNV-1a over the bytes, finished by [`mix`]. Stable on every machine.
fn hash(bytes: &[u8], seed: u64) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325 ^ mix(seed);
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(state)
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Places that messages of any kind link to.
const EVERYWHERE: [&str; 16] = [
    "w3.org",
    "google.com",
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "linkedin.com",
    "youtube.com",
    "apple.com",
    "microsoft.com",
    "bit.ly",
    "t.co",
    "googleapis.com",
    "amazonaws.com",
    "windows.net",
    "gstatic.com",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mailbox;

    fn message(subject: &str, text: &str) -> Message {
        let from = Some(Mailbox { name: None, address: "a@sender.example.org".to_owned() });
        Message { subject: subject.to_owned(), text: text.to_owned(), from, ..Message::default() }
    }

    const LURE: &str = "Dear Anna, your parcel 4471 could not be delivered because the address is incomplete. Please confirm your address within 24 hours or the parcel will be returned to the sender.";

    #[test]
    fn copies_that_differ_in_details_are_alike_and_share_a_key() {
        let one = fingerprint(&message("Your parcel 4471", LURE));
        let other =
            fingerprint(&message("Your parcel 9302", &LURE.replace("Anna", "Boris").replace("4471", "9302")));
        assert!(alike(&one, &other));
        assert!(one.keys().iter().any(|key| other.keys().contains(key)));
    }

    #[test]
    fn different_messages_are_not_alike() {
        let one = fingerprint(&message("Your parcel", LURE));
        let other = fingerprint(&message(
            "Minutes",
            "Here are the minutes of our meeting on Tuesday. Please send me your changes before the end of the week, so that we can agree on them.",
        ));
        assert!(!alike(&one, &other));
    }

    #[test]
    fn hardly_any_words_are_compared_as_a_whole() {
        let one = fingerprint(&message("Invoice 12", "See attachment"));
        assert!(alike(&one, &fingerprint(&message("Invoice 77", "See attachment"))));
        assert!(!alike(&fingerprint(&message("", "")), &fingerprint(&message("", ""))));
    }

    #[test]
    fn keys_stay_the_same_for_ever() {
        let keys = fingerprint(&message("Your parcel 4471", LURE)).keys();
        assert_eq!(keys.len(), BANDS);
        assert_eq!(keys.first().map(String::as_str), Some("t0:2c24dc2026d123bf"));
    }
}
