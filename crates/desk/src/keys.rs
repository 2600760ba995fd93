//! Tokens and their hashes. A token is derived or drawn, shown once, and only its hash is stored.
//! Nothing here can be printed by accident.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::ids::{LetterId, ReportId};

/// The desk's own secret, from which links and reply addresses are derived.
#[derive(Clone)]
pub struct Keys([u8; 32]);

impl std::fmt::Debug for Keys {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Keys(…)")
    }
}

impl Keys {
    pub fn new(secret: [u8; 32]) -> Keys {
        Keys(secret)
    }

    /// The 128-bit token of a reporter's private page. `serial` counts up when an old link is revoked.
    pub fn page_token(&self, report: ReportId, serial: u32) -> String {
        hex(&self.mac(&format!("page/{report}/{serial}"))[..16])
    }

    /// The mark that makes a reply address ours: `desk+REPORT.MARK@domain`. It ends with the private link of the same `serial`.
    fn reply_mark(&self, report: ReportId, serial: u32) -> String {
        hex(&self.mac(&format!("reply/{report}/{serial}"))[..8])
    }

    /// What stands behind the `+` for replies about a report.
    pub fn reply_tag(&self, report: ReportId, serial: u32) -> String {
        format!("{}.{}", report.0.simple(), self.reply_mark(report, serial))
    }

    /// Whether we made this tag for a report whose private link has this serial.
    pub fn is_reply_tag(&self, tag: &str, report: ReportId, serial: u32) -> bool {
        same(tag, &self.reply_tag(report, serial))
    }

    /// What stands behind the `+` where a notice about one letter comes back: mail servers alone see it, and no copy of the letter shows it.
    pub fn return_tag(&self, letter: LetterId) -> String {
        format!("{}.{}", letter.0.simple(), hex(&self.mac(&format!("return/{letter}"))[..8]))
    }

    /// The letter that a tag was made for with [`Keys::return_tag`].
    pub fn letter_of_return(&self, tag: &str) -> Option<LetterId> {
        let letter = tag.split_once('.')?.0.parse().ok()?;
        same(tag, &self.return_tag(letter)).then_some(letter)
    }

    /// A short-lived mark for a value, such as a form's nonce.
    pub fn mark(&self, about: &str) -> String {
        hex(&self.mac(&format!("mark/{about}"))[..16])
    }

    fn mac(&self, about: &str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any key length is taken");
        mac.update(about.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// The report that a reply tag names. Whether the tag is ours is another question: [`Keys::is_reply_tag`].
pub fn named_in_tag(tag: &str) -> Option<ReportId> {
    tag.split_once('.')?.0.parse().ok()
}

/// A fresh 128-bit token.
pub fn fresh_token() -> String {
    let mut chance = [0u8; 16];
    rand::fill(&mut chance);
    hex(&chance)
}

/// What is stored of a token.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Whether two secrets are equal, in time that tells nothing.
pub fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Time;

    #[test]
    fn a_reply_tag_finds_its_report_and_a_changed_one_finds_nothing() {
        let keys = Keys::new([7; 32]);
        let report = ReportId::new(Time(1));
        let tag = keys.reply_tag(report, 0);
        assert_eq!(named_in_tag(&tag), Some(report));
        assert!(keys.is_reply_tag(&tag, report, 0));
        assert!(!keys.is_reply_tag(&tag, report, 1), "a new private link ends it");
        assert!(!Keys::new([8; 32]).is_reply_tag(&tag, report, 0));
        assert_eq!(named_in_tag("nothing"), None);
        assert!(tag.len() + "desk+".len() <= 64, "fits a mail address");
    }

    #[test]
    fn a_return_tag_finds_its_letter_and_is_no_reply_tag() {
        let keys = Keys::new([7; 32]);
        let letter = LetterId::new(Time(1));
        let tag = keys.return_tag(letter);
        assert_eq!(keys.letter_of_return(&tag), Some(letter));
        assert!(tag.len() + "desk+".len() <= 64, "fits a mail address");
        let reply = keys.reply_tag(ReportId::new(Time(1)), 0);
        assert_eq!(Keys::new([8; 32]).letter_of_return(&tag).or(keys.letter_of_return(&reply)), None);
    }

    #[test]
    fn the_secret_cannot_be_printed() {
        assert_eq!(format!("{:?}", Keys::new([7; 32])), "Keys(…)");
    }
}
