//! What a warning owes the person it interrupts: the risk, a safe choice, and how we know
//! (Reeder, Kowalczyk, Shostack: NEAT and SPRUCE).

use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::Key;

/// Says that something is wrong and not what may happen.
pub fn no_consequence(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if !document.says(Signal::Consequence) && !raises_no_alarm(document) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// Offers no choice and no safe step.
pub fn no_choice(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if is_sign_in_notice(document) {
        return;
    }
    let question_only = document.tokens.last().is_some_and(|token| token.is_mark('?'));
    let step = super::next_step::asks(document).next().is_some() && !question_only;
    if !step && (question_only || !document.says(Signal::Choice)) && !offers_two(document) {
        found.extend(document.ending().map(Hit::at));
    }
}

/// Whether the document names two choices.
fn offers_two(document: &Document<'_>) -> bool {
    let mut places: Vec<usize> = document.signals(Signal::Choice).map(|choice| choice.first).collect();
    places.sort_unstable();
    places.dedup();
    places.len() > 1
}

/// Claims something and does not say how it is known.
pub fn no_evidence(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if !document.says(Signal::Evidence) && !raises_no_alarm(document) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// A line over a mail, a notice before a sign-in, a page that is blocked by a rule of the house: nothing is wrong.
fn raises_no_alarm(document: &Document<'_>) -> bool {
    is_mail_banner(document) || is_sign_in_notice(document) || is_block_page(document)
}

/// The lines that a mail system sets over a mail from outside: where it came from is all they know. They owe what to do and whom to ask.
fn is_mail_banner(document: &Document<'_>) -> bool {
    const LONGEST: usize = 60;
    let head = document.tokens.get(..document.tokens.len().min(12)).unwrap_or(&[]);
    head.iter().any(|token| MAIL.contains(&token.key))
        && head.iter().any(|token| OUTSIDE.contains(&token.key))
        && document.word_count() <= LONGEST
}

/// The notice before a sign-in (*authorised use only*, *by signing in you consent*): it warns of nothing that one could choose.
fn is_sign_in_notice(document: &Document<'_>) -> bool {
    document.has(&USE)
        && document.has(&ALLOWED)
        && (document.has(&WATCHED) || document.has(&AGREED) && !document.has(&ALARMS))
}

/// *This page is blocked: category games.* The house does not allow it; nothing threatens.
fn is_block_page(document: &Document<'_>) -> bool {
    document.has(&HELD) && document.has(&BY_RULE) && !document.has(&ALARMS)
}

static HELD: [Key; 6] = Key::each(["blocked", "restricted", "denied", "gesperrt", "blockiert", "verweigert"]);

static BY_RULE: [Key; 8] =
    Key::each(["category", "filter", "policy", "parent", "parents", "kategorie", "richtlinie", "eltern"]);

/// What raises an alarm, also in a notice.
static ALARMS: [Key; 21] = Key::each([
    "suspicious",
    "malicious",
    "threat",
    "threats",
    "virus",
    "viruses",
    "malware",
    "phishing",
    "infected",
    "attack",
    "unsafe",
    "danger",
    "dangerous",
    "harmful",
    "violation",
    "violated",
    "schädlich",
    "schadsoftware",
    "gefahr",
    "angriff",
    "bedrohung",
]);

static MAIL: [Key; 9] =
    Key::each(["email", "mail", "message", "sender", "e-mail", "emails", "mails", "nachricht", "absender"]);

/// *You don't often get mail from …* is such a line too.
static OUTSIDE: [Key; 10] = Key::each([
    "external",
    "outside",
    "externally",
    "often",
    "extern",
    "externe",
    "externer",
    "externen",
    "außerhalb",
    "ausserhalb",
]);

static USE: [Key; 10] =
    Key::each(["use", "access", "accessing", "using", "sign", "signing", "log", "logging", "login", "user"]);

static ALLOWED: [Key; 8] = Key::each([
    "authorized",
    "authorised",
    "unauthorized",
    "unauthorised",
    "consent",
    "accept",
    "agree",
    "responsibility",
]);

/// What one agrees to by going on.
static AGREED: [Key; 8] =
    Key::each(["terms", "rules", "policy", "policies", "only", "conditions", "responsibility", "purposes"]);

static WATCHED: [Key; 7] =
    Key::each(["monitored", "monitoring", "prosecuted", "prosecution", "penalties", "recorded", "audited"]);
