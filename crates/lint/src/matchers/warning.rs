//! What a warning owes the person it interrupts: the risk, a safe choice, and how we know
//! (Reeder, Kowalczyk, Shostack: NEAT and SPRUCE).

use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::Key;

/// What a warning lacks. It is told of the one that hurts most.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lack {
    Choice,
    Consequence,
    Evidence,
}

/// Says that something is wrong and not what may happen.
pub fn no_consequence(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if lacks(document) == Some(Lack::Consequence) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// Offers no choice and no safe step, where the reader has to decide.
pub fn no_choice(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if lacks(document) == Some(Lack::Choice) {
        found.extend(document.ending().map(Hit::at));
    }
}

/// Claims something and does not say how it is known.
pub fn no_evidence(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if lacks(document) == Some(Lack::Evidence) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// What whoever reads it misses most. A title without its text lacks nothing: it is a piece.
fn lacks(document: &Document<'_>) -> Option<Lack> {
    if is_a_title(document) {
        None
    } else if leaves_the_choice(document) && !is_sign_in_notice(document) {
        Some(Lack::Choice)
    } else if raises_no_alarm(document) {
        None
    } else if !document.says(Signal::Consequence) {
        Some(Lack::Consequence)
    } else {
        (document.has(&CLAIMS) && !document.says(Signal::Evidence) && !shows_details(document))
            .then_some(Lack::Evidence)
    }
}

/// A line of a few words without a full stop.
fn is_a_title(document: &Document<'_>) -> bool {
    const LONGEST: usize = 4;
    document.word_count() <= LONGEST
        && document.tokens.iter().all(|token| token.kind != text::word::Kind::Mark)
}

/// The reader has to decide, and learns of no safe choice and no step.
fn leaves_the_choice(document: &Document<'_>) -> bool {
    let marked = document.tokens.iter().any(|token| token.is_mark('?') || token.is_mark('['));
    let question_only = document.tokens.last().is_some_and(|token| token.is_mark('?'));
    let step = super::next_step::asks(document).next().is_some() && !question_only;
    let decides = marked || document.says(Signal::Choice);
    decides && !step && (question_only || !document.says(Signal::Choice)) && !offers_two(document)
}

/// Whether the document names two choices.
fn offers_two(document: &Document<'_>) -> bool {
    let mut places: Vec<usize> = document.signals(Signal::Choice).map(|choice| choice.first).collect();
    places.sort_unstable();
    places.dedup();
    places.len() > 1
}

/// A line over a mail, a notice before a sign-in, a page that is blocked by a rule of the house: nothing is wrong.
fn raises_no_alarm(document: &Document<'_>) -> bool {
    is_mail_banner(document)
        || is_sign_in_notice(document)
        || is_block_page(document)
        || document.has(&LEGAL) && !document.has(&ALARMS)
        || shows_details(document)
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

/// Two lines or more such as *Device: tablet*, *Place: Graz*: what was seen, for the reader to know again.
fn shows_details(document: &Document<'_>) -> bool {
    let labels = document
        .tokens
        .windows(2)
        .filter(|pair| matches!(pair, [label, colon] if colon.is_mark(':') && DETAILS.contains(&label.key)));
    labels.count() >= 2
}

static DETAILS: [Key; 22] = Key::each([
    "device", "browser", "ip", "address", "time", "date", "place", "location", "reason", "domain",
    "category", "file", "sender", "app", "gerät", "uhrzeit", "zeit", "datum", "ort", "grund", "datei",
    "absender",
]);

/// What claims that something was seen: it owes what.
static CLAIMS: [Key; 22] = Key::each([
    "detected",
    "noticed",
    "found",
    "identified",
    "suspicious",
    "malicious",
    "infected",
    "risk",
    "risks",
    "dangerous",
    "strange",
    "unusual",
    "threat",
    "threats",
    "attack",
    "tried",
    "violated",
    "compromised",
    "unsafe",
    "harmful",
    "blocked",
    "malware",
]);

/// The law is spoken of: a notice to whoever comes in.
static LEGAL: [Key; 10] = Key::each([
    "liable",
    "liability",
    "prosecuted",
    "prosecution",
    "imprisonment",
    "penalties",
    "criminal",
    "haftbar",
    "strafbar",
    "strafrechtlich",
]);

/// What one agrees to by going on.
static AGREED: [Key; 8] =
    Key::each(["terms", "rules", "policy", "policies", "only", "conditions", "responsibility", "purposes"]);

static WATCHED: [Key; 7] =
    Key::each(["monitored", "monitoring", "prosecuted", "prosecution", "penalties", "recorded", "audited"]);
