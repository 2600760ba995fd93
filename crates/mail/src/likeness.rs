//! What two fingerprints have in common: the decision that sharing a key only hints at.

use crate::fingerprint::{Fingerprint, HASHES};

/// How alike two messages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Nothing says that they are one lure.
    Apart,
    /// The same words but for details, or the same attached file, or, where there are hardly any words, the same subject from the
    /// same place.
    Alike,
    /// That from the same place, or hardly a word differs: what a person decided of one is worth saying of the other.
    Close,
}

/// The share of shingles that reports of one lure have in common at least.
const ALIKE_FROM: f64 = 0.6;
/// From here on hardly a word differs.
const CLOSE_FROM: f64 = 0.9;
/// So many orders are compared at least, for a share to mean something.
const LEAST_COMPARED: u32 = 16;
/// A text of fewer words is like many others.
const SAYS_SOMETHING: usize = 5;

/// Orders that are not compared, one bit each: their least shingle stands in messages that have nothing else in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Common(pub u64);

/// Whether two messages are the same lure.
pub fn alike(one: &Fingerprint, other: &Fingerprint) -> bool {
    compare(one, other, Common::default()) >= Likeness::Alike
}

/// How alike two messages are, apart from what is `common`.
pub fn compare(one: &Fingerprint, other: &Fingerprint, common: Common) -> Likeness {
    let shared = |one: &[u64], other: &[u64]| one.iter().any(|hash| other.contains(hash));
    let file = shared(&one.attachments, &other.attachments);
    let same_sender = one.sender.is_some() && one.sender == other.sender;
    let place = same_sender || shared(&one.link_hosts, &other.link_hosts);
    let (alike, nearly_equal) = match share(one, other, common) {
        Some(share) => {
            // The same place makes a weaker likeness of words enough.
            let enough = if place { ALIKE_FROM - 0.1 } else { ALIKE_FROM };
            (share >= enough || file && share >= 0.2, share >= CLOSE_FROM)
        }
        None if one.least.is_empty() != other.least.is_empty() => (file && same_sender, false),
        None => {
            let same_subject = one.subject != 0 && one.subject == other.subject;
            let same_words = one.words > 0 && one.whole == other.whole;
            (same_words || same_subject && (place || file), same_words && one.words >= SAYS_SOMETHING)
        }
    };
    match (alike, nearly_equal || place || file) {
        (false, _) => Likeness::Apart,
        (true, false) => Likeness::Alike,
        (true, true) => Likeness::Close,
    }
}

/// The orders in which two messages of more than a few words begin with the same shingle.
pub fn same_orders(one: &Fingerprint, other: &Fingerprint) -> u64 {
    one.least.iter().zip(&other.least).enumerate().fold(
        0,
        |bits, (at, (one, other))| {
            if one == other { bits | 1 << at } else { bits }
        },
    )
}

/// The share of shingles in common, estimated; `None` if one text is too short. Where all but little is `common`, only near copies have
/// any share.
fn share(one: &Fingerprint, other: &Fingerprint, common: Common) -> Option<f64> {
    if one.least.is_empty() || other.least.is_empty() {
        return None;
    }
    let same = same_orders(one, other);
    let all = f64::from(same.count_ones()) / HASHES as f64;
    let left = (!common.0).count_ones();
    if left >= LEAST_COMPARED {
        return Some(f64::from((same & !common.0).count_ones()) / f64::from(left));
    }
    Some(if all >= CLOSE_FROM { all } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::fingerprint;
    use crate::{Mailbox, Message, Setting};

    fn print(from: &str, subject: &str, text: &str) -> Fingerprint {
        let from = Some(Mailbox { name: None, address: from.to_owned() });
        let message =
            Message { subject: subject.to_owned(), text: text.to_owned(), from, ..Message::default() };
        fingerprint(&message, &Setting::default())
    }

    const HERE: &str = "a@sender.example.org";
    const ELSEWHERE: &str = "b@another.example.net";
    const LURE: &str = "Dear Anna, your parcel 4471 could not be delivered because the address is incomplete. Please confirm your address within 24 hours or the parcel will be returned to the sender.";

    fn check(one: &Fingerprint, other: &Fingerprint, expected: Likeness) {
        assert_eq!(compare(one, other, Common::default()), expected);
        assert_eq!(compare(other, one, Common::default()), expected);
    }

    #[test]
    fn copies_that_differ_in_details_are_one_lure() {
        let one = print(HERE, "Your parcel 4471", LURE);
        let other = LURE.replace("Anna", "Boris").replace("incomplete", "not complete");
        check(&one, &print(HERE, "Your parcel 9302", &other), Likeness::Close);
        check(&one, &print(ELSEWHERE, "Your parcel", &other), Likeness::Alike);
        check(&one, &print(ELSEWHERE, "Another subject", LURE), Likeness::Close);
    }

    #[test]
    fn different_messages_are_apart() {
        let other = "Here are the minutes of our meeting on Tuesday. Please send me your changes before the end of the week, so that we can agree on them.";
        check(&print(HERE, "Your parcel", LURE), &print(HERE, "Minutes", other), Likeness::Apart);
    }

    #[test]
    fn hardly_any_words_are_compared_as_a_whole() {
        let one = print(HERE, "Invoice 12", "See attachment");
        check(&one, &print(HERE, "Invoice 77", "See attachment"), Likeness::Close);
        check(&one, &print(ELSEWHERE, "Invoice 77", "See attachment"), Likeness::Alike);
        check(&print(ELSEWHERE, "", ""), &print(ELSEWHERE, "", ""), Likeness::Apart);
    }

    #[test]
    fn what_many_have_in_common_counts_for_nothing() {
        let footer = "Groetjes van het hele team aan de haven, waar wij elke dag samen werken aan schone schepen, droge kaden en een goede sfeer voor iedereen.";
        let under = |text: &str| print(ELSEWHERE, "Hello", &format!("{text} {footer}"));
        let (one, other) = (under("The lift is out of order."), under("Who has lost an umbrella?"));
        assert!(alike(&one, &other));
        let common = Common(same_orders(&one, &other));
        assert_eq!(compare(&one, &other, common), Likeness::Apart);
        assert_eq!(compare(&one, &one, common), Likeness::Close);
    }
}
