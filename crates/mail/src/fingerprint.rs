//! What makes two reports reports of the same lure: the words that stay when names, numbers and links change, the
//! places the links lead to, and the sender.
//!
//! Words are compared by MinHash over shingles (Broder 1997) with banding, so that a database can find candidates by
//! equality of keys; short messages are compared as a whole. What two fingerprints have in common, `likeness` says.

use std::collections::BTreeSet;

use crate::links::url;
use crate::message::{Attachment, Message};
use crate::{Setting, boilerplate, domains, fold, is_own, senders};

/// The comparable form of one message. The same for ever for the same message: it may be stored, as may its keys.
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
    /// Hashes of the registrable domains of the links, sorted, without our own and those that everybody links to.
    pub link_hosts: Vec<u64>,
    /// A hash of the sender's registrable domain, or of the whole address where anybody gets one. None for our own.
    pub sender: Option<u64>,
    /// Hashes of the attachments' bytes, sorted.
    pub attachments: Vec<u64>,
}

/// Orders of shingles that are compared.
pub const HASHES: usize = 64;
/// Bands of four orders each: two messages share a band with 0.7 of their shingles in common 99 times in 100.
pub const BANDS: usize = 16;
/// So many places and files of one message are compared.
const MOST_LISTED: usize = 20;
/// Texts with fewer words are compared as a whole.
pub const LEAST_WORDS: usize = 10;
impl Fingerprint {
    /// Keys that alike messages share at least one of, to be indexed. Sharing one is a hint; `likeness` decides.
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
                    .map(|sender| format!("s:{sender:016x}:{:016x}", self.subject)),
            );
        }
        keys
    }

    /// As one line that [`Fingerprint::parse`] reads.
    pub fn to_line(&self) -> String {
        let least: String = self.least.iter().map(|one| format!("{one:08x}")).collect();
        let sender: Vec<u64> = self.sender.into_iter().collect();
        let [hosts, sender, files] = [&self.link_hosts, &sender, &self.attachments]
            .map(|list| list.iter().map(|one| format!("{one:016x}")).collect::<String>());
        format!("{:x} {:x} {:x} {least}_ {hosts}_ {sender}_ {files}_", self.words, self.whole, self.subject)
    }

    /// A stored line; nothing for what [`Fingerprint::to_line`] never writes.
    pub fn parse(line: &str) -> Option<Fingerprint> {
        let parts: Vec<&str> = line.split(' ').collect();
        let [words, whole, subject, least, hosts, sender, files] = parts.as_slice() else { return None };
        let least = numbers(least, 8)?.into_iter().map(u32::try_from).collect::<Result<Vec<_>, _>>().ok()?;
        Some(Fingerprint {
            least,
            whole: u64::from_str_radix(whole, 16).ok()?,
            words: usize::from_str_radix(words, 16).ok()?,
            subject: u64::from_str_radix(subject, 16).ok()?,
            link_hosts: numbers(hosts, 16)?,
            sender: numbers(sender, 16)?.first().copied(),
            attachments: numbers(files, 16)?,
        })
    }
}

/// Numbers of so many digits each, and the mark behind them.
fn numbers(text: &str, digits: usize) -> Option<Vec<u64>> {
    let text = text.strip_suffix('_')?;
    (0..text.len())
        .step_by(digits)
        .map(|at| u64::from_str_radix(text.get(at..at + digits)?, 16).ok())
        .collect()
}

/// What of a message is compared with others.
pub fn fingerprint(message: &Message, setting: &Setting) -> Fingerprint {
    let names = names_of_reader(message);
    let words = words(&boilerplate::without_usual_lines(&message.text), &names);
    let subject_words = words_of_subject(&message.subject, &names);
    let few = words.len() < LEAST_WORDS;
    let joined = [subject_words.join(" "), words.join(" ")].join("|");
    Fingerprint {
        least: least(&words),
        whole: hash(joined.as_bytes(), 3),
        words: words.len(),
        subject: if subject_words.is_empty() { 0 } else { hash(subject_words.join(" ").as_bytes(), 4) },
        link_hosts: link_hosts(message, setting),
        sender: sender(message, setting),
        attachments: attachments(message, few),
    }
}

fn link_hosts(message: &Message, setting: &Setting) -> Vec<u64> {
    let hosts: BTreeSet<u64> = message
        .links
        .iter()
        .filter_map(|link| url::parse(&link.target))
        .filter(|url| says_something(&url.host, setting))
        .map(|url| hash(domains::owner(&url.host).as_bytes(), 5))
        .take(MOST_LISTED)
        .collect();
    hosts.into_iter().collect()
}

fn sender(message: &Message, setting: &Setting) -> Option<u64> {
    let address = message.from.as_ref()?.address.to_lowercase();
    let host = domains::of_address(&address).filter(|host| says_something(host, setting))?;
    let owner = domains::owner(host);
    let named = if senders::is_free_mail(owner) { address.as_str() } else { owner };
    Some(hash(named.as_bytes(), 6))
}

/// Whether a place tells one message from another: it is neither our own nor one that everybody uses.
fn says_something(host: &str, setting: &Setting) -> bool {
    !is_own(setting, host) && !EVERYWHERE.contains(&domains::owner(host))
}

fn attachments(message: &Message, few_words: bool) -> Vec<u64> {
    let files: BTreeSet<u64> = message
        .attachments
        .iter()
        .filter(|one| one.content.len() >= 512 && !one.inline)
        .filter(|one| few_words || !stands_beside_everything(one))
        .take(MOST_LISTED)
        .map(|one| hash(&one.content, 2))
        .collect();
    files.into_iter().collect()
}

/// A logo, a visiting card or a signature, which one sender adds to all that they write. A picture on its own is a message.
fn stands_beside_everything(file: &Attachment) -> bool {
    let kind = file.detected_type.as_deref().unwrap_or(&file.declared_type).to_lowercase();
    let name = file.name.to_lowercase();
    kind.starts_with("image/")
        || ["vcard", "signature", "pgp-keys", "pkcs7"].iter().any(|part| kind.contains(part))
        || [".vcf", ".p7s", ".asc", ".sig"].iter().any(|end| name.ends_with(end))
}

/// The words of a text without what differs from copy to copy: links, addresses, numbers, the reader's name.
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

    fn print(message: &Message) -> Fingerprint {
        fingerprint(message, &Setting::default())
    }

    #[test]
    fn copies_that_differ_in_details_share_a_key() {
        let one = print(&message("Your parcel 4471", LURE));
        let other =
            print(&message("Your parcel 9302", &LURE.replace("Anna", "Boris").replace("4471", "9302")));
        assert!(one.keys().iter().any(|key| other.keys().contains(key)));
    }

    #[test]
    fn a_warning_above_a_message_changes_nothing() {
        let banner = "CAUTION: This email originated from outside of Harbour Works. Do not click links or open attachments unless you recognize the sender and know the content is safe.\n\n";
        let under = print(&message("Your parcel", &format!("{banner}{LURE}")));
        assert_eq!(under, print(&message("Your parcel", LURE)));
    }

    #[test]
    fn a_fingerprint_is_read_as_it_was_written() {
        let mut one = print(&message("Your parcel 4471", LURE));
        one.link_hosts = vec![1, u64::MAX];
        for print in [one, Fingerprint::default()] {
            assert_eq!(Fingerprint::parse(&print.to_line()), Some(print));
        }
        assert!(
            ["", "1 2 3", "x x x _ _ _ _", "1 1 1 123_ _ _ _"]
                .iter()
                .all(|line| Fingerprint::parse(line).is_none())
        );
    }

    #[test]
    fn keys_stay_the_same_for_ever() {
        let keys = print(&message("Your parcel 4471", LURE)).keys();
        assert_eq!(keys.len(), BANDS);
        assert_eq!(keys.first().map(String::as_str), Some("t0:2c24dc2026d123bf"));
    }
}
