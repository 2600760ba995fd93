//! First sentences a responder may use. They acknowledge, they promise nothing that only a person can promise,
//! and they pass our own checks for kind and clear words.

use crate::Kind;

/// To somebody who is ashamed, or says that it is their own fault; be it about a message, a lost device or a rule.
pub const TO_SELF_BLAME: &str =
    "Thank you for telling us. It can happen to anybody, and your report is what lets us act.";

/// A first sentence for what was heard, the need that is most pressing first.
pub fn sentence(kinds: &[Kind]) -> Option<&'static str> {
    let has = |kind| kinds.contains(&kind);
    let first = [
        Kind::Worry,
        Kind::Shame,
        Kind::Sadness,
        Kind::Frustration,
        Kind::Confusion,
        Kind::Relief,
        Kind::Gratitude,
    ]
    .into_iter()
    .find(|kind| has(*kind))?;
    Some(match first {
        Kind::Worry if has(Kind::Shame) => {
            "Thank you for telling us; that took courage, and it is what lets us help. Here is what we are doing for you now."
        }
        Kind::Worry if has(Kind::Frustration) => {
            "You should have heard from us by now, and we are sorry about the wait. We are with you on this; here is what happens next."
        }
        Kind::Worry => "Thank you for telling us. This is worrying, and we are looking at it with you now.",
        Kind::Shame => TO_SELF_BLAME,
        Kind::Sadness => "We are sorry that this happened to you. You do not have to deal with it alone.",
        Kind::Frustration => {
            "We hear that this has cost you time and patience, and we are sorry. Here is what we will do about it."
        }
        Kind::Confusion => "Thank you for asking. We will go through it with you, one step at a time.",
        Kind::Relief => "We are glad that it turned out well. Thank you for letting us know.",
        Kind::Gratitude => "Thank you for your kind words. They will reach the people who helped.",
    })
}
