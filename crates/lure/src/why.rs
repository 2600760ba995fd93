//! Why it is understandable to be taken in by a message: two or three plain sentences for the person who reported it,
//! from its levers, its kind and how hard it was to spot. Never blames, never says that a message is harmful.

use crate::Lure;
use crate::attack::AttackType;
use crate::phish_scale::Difficulty;
use crate::say::{self, Locale};

/// Two or three sentences in plain words, at most school grade 8. `turn` counts how often this person was answered
/// before: for neighbouring turns the text always differs, whatever the two messages were.
pub fn why_understandable(lure: &Lure, locale: Locale, turn: u64) -> String {
    let keys = opening_keys(lure);
    let mut sentences: Vec<&str> = Vec::new();
    if let Some(opening) = keys.first().and_then(|key| variant(locale, key, turn)) {
        sentences.push(opening);
    }
    if let Some(second) = keys.get(1).and_then(|key| variant(locale, key, turn / 2)) {
        sentences.push(second);
    }
    let closing = match lure.phish_scale.difficulty {
        Difficulty::Very | Difficulty::Moderately if lure.is_read() => "why-close-hard",
        Difficulty::Very | Difficulty::Moderately | Difficulty::ModeratelyToLeast | Difficulty::Least => {
            "why-close-plain"
        }
    };
    if let Some(closing) = variant(locale, closing, turn / 2 + 1) {
        sentences.push(closing);
    }
    sentences.join(" ")
}

/// The first decides the opening and has an even number of variants; the second, where there is one, adds to it.
fn opening_keys(lure: &Lure) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    if let Some(kind) = lure.attack.kind.filter(|_| lure.attack.certainty >= 0.6).and_then(setting_key) {
        keys.push(kind.to_owned());
    }
    keys.extend(
        lure.levers.iter().filter(|lever| lever.is_sure()).map(|lever| format!("why-{}", lever.kind.code())),
    );
    if keys.is_empty() {
        keys.push("why-nothing-known".to_owned());
    }
    keys.truncate(2);
    keys
}

/// Kinds that borrow a situation everybody knows.
fn setting_key(kind: AttackType) -> Option<&'static str> {
    match kind {
        AttackType::CredentialPhishing => Some("why-kind-account"),
        AttackType::Parcel => Some("why-kind-parcel"),
        AttackType::Invoice | AttackType::Payment => Some("why-kind-invoice"),
        AttackType::Malware => Some("why-kind-file"),
        AttackType::CallBack => Some("why-kind-call"),
        AttackType::Extortion => Some("why-kind-extortion"),
        AttackType::Payroll
        | AttackType::GiftCards
        | AttackType::AdvanceFee
        | AttackType::Job
        | AttackType::Romance
        | AttackType::Prize
        | AttackType::Reconnaissance
        | AttackType::Spam => None,
    }
}

fn variant(locale: Locale, key: &str, turn: u64) -> Option<&'static str> {
    let variants = say::all(locale, key);
    let count = variants.len() as u64;
    let index = turn.checked_rem(count)?;
    variants.get(index as usize).copied()
}
