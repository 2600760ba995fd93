//! Why it is understandable to be taken in by a message: two or three plain sentences for the person who reported it,
//! from its levers, its kind and how hard it was to spot. Never blames, never says that a message is harmful.

use crate::Lure;
use crate::attack::AttackType;
use crate::language::Language;
use crate::phish_scale::CueCategory;
use crate::say::{self, Locale};

/// From this certainty on a kind of attack is spoken of.
const KIND_FROM: f32 = 0.5;

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
    // Few cues in a language we do not read may only mean that we cannot see them.
    let few_signs = lure.is_read() && lure.phish_scale.category == CueCategory::Few;
    let closing = if few_signs { "why-close-hard" } else { "why-close-plain" };
    if let Some(closing) = variant(locale, closing, turn / 2 + 1) {
        sentences.push(closing);
    }
    sentences.join(" ")
}

/// The first decides the opening and has an even number of variants; the second, where there is one, adds to it.
fn opening_keys(lure: &Lure) -> Vec<String> {
    let kind = lure.attack.kind.filter(|_| lure.attack.certainty >= KIND_FROM).map(setting_key);
    let mut keys: Vec<String> = kind.map(str::to_owned).into_iter().collect();
    let sure = lure.levers.iter().filter(|lever| lever.is_sure());
    let sure: Vec<String> = sure.map(|lever| format!("why-{}", lever.kind.code())).collect();
    if sure.is_empty() {
        keys.extend(lure.levers.first().map(|lever| format!("why-maybe-{}", lever.kind.code())));
    }
    keys.extend(sure);
    if keys.is_empty() {
        let nothing = match lure.language {
            Language::Other => "why-other-language",
            Language::Known(_) | Language::TooShort => "why-nothing-known",
        };
        keys.push(nothing.to_owned());
    }
    keys.truncate(2);
    keys
}

/// What a kind of attack has in common with mail that everybody knows.
fn setting_key(kind: AttackType) -> &'static str {
    match kind {
        AttackType::CredentialPhishing => "why-kind-account",
        AttackType::Invoice | AttackType::Payment => "why-kind-invoice",
        AttackType::Payroll => "why-kind-payroll",
        AttackType::GiftCards => "why-kind-gift-cards",
        AttackType::CallBack => "why-kind-call",
        AttackType::Malware => "why-kind-file",
        AttackType::Extortion => "why-kind-extortion",
        AttackType::AdvanceFee => "why-kind-advance-fee",
        AttackType::Job => "why-kind-job",
        AttackType::Romance => "why-kind-romance",
        AttackType::Parcel => "why-kind-parcel",
        AttackType::Prize => "why-kind-prize",
        AttackType::Reconnaissance => "why-kind-reconnaissance",
        AttackType::Spam => "why-kind-spam",
    }
}

fn variant(locale: Locale, key: &str, turn: u64) -> Option<&'static str> {
    let variants = say::all(locale, key);
    let count = variants.len() as u64;
    let index = turn.checked_rem(count)?;
    variants.get(index as usize).copied()
}
