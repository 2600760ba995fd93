//! Whether an answer says what we did, do or will do: in any verb, and by any doer on our side. The phrases of the signal know the common
//! turns; here the form of the sentence decides. What an office does to a paper (*has been received*) is nothing done.

use super::ATTACKERS;
use crate::document::Document;
use text::word::Kind;
use text::{Key, Sentence, Token};

/// Whether any sentence says what was done, is being done or will be done.
pub(super) fn is_said(document: &Document<'_>) -> bool {
    document.sentences.iter().any(|sentence| {
        sentence.tokens().any(|at| does(document, sentence, at) || is_done(document, sentence, at))
    })
}

/// *We unsubscribed you*, *I've killed the session*, *I'm switching off*, *someone on the desk will read it*.
fn does(document: &Document<'_>, sentence: &Sentence, at: usize) -> bool {
    let Some(token) = word(document, sentence, at) else { return false };
    let ours = token.key == WE || token.key == I;
    let begins_anew = at.checked_sub(1).and_then(|before| word(document, sentence, before));
    if ours && begins_anew.is_some_and(|before| CONDITIONS.contains(&before.key)) {
        return false;
    }
    let (helper, verb) = if ours { after_adverbs(document, sentence, at + 1) } else { (None, at) };
    if !ours && goes_on_with_ours(document, sentence, at) {
        let place = after_adverbs(document, sentence, at + 1).1;
        return word(document, sentence, place).is_some_and(|verb| is_deed(document, verb));
    }
    let helper = if ours { helper } else { Some(token.key).filter(|key| *key == WILL) };
    let verb = if ours || helper.is_none() { verb } else { after_adverbs(document, sentence, at + 1).1 };
    let Some(verb) = word(document, sentence, verb).filter(|verb| !TALK.contains(&verb.key)) else {
        return false;
    };
    let shown = verb.of(document.text());
    match helper {
        None => ours && is_past(document, verb),
        Some(HAVE | HAD | HAS) => is_past(document, verb),
        Some(AM | ARE) => shown.len() > 5 && shown.ends_with("ing"),
        Some(WILL | SHALL) => DEEDS.contains(&verb.key) && is_on_our_side(document, sentence, at),
        Some(_) => false,
    }
}

/// *We saw the slip and pulled it back*: the word is an *and* behind a deed or word of ours, so the next verb is ours too.
fn goes_on_with_ours(document: &Document<'_>, sentence: &Sentence, at: usize) -> bool {
    const LONGEST: usize = 14;
    let and = document.tokens.get(at).is_some_and(|token| token.key == AND);
    and && (sentence.first.max(at.saturating_sub(LONGEST))..at).any(|subject| {
        let ours = word(document, sentence, subject).is_some_and(|token| token.key == WE || token.key == I);
        let before = subject.checked_sub(1).and_then(|before| word(document, sentence, before));
        let open = before.is_none_or(|before| !CONDITIONS.contains(&before.key));
        let verb = after_adverbs(document, sentence, subject + 1).1;
        ours && open
            && word(document, sentence, verb).is_some_and(|verb| is_past(document, verb))
            && document.tokens.get(verb..at).is_some_and(|between| {
                !between.iter().any(|token| token.kind == Kind::Mark || OTHERS.contains(&token.key))
            })
    })
}

fn is_deed(document: &Document<'_>, verb: &Token) -> bool {
    is_past(document, verb) && !TALK.contains(&verb.key)
}

/// *The indicator has been added*, *the bank has been asked*; not *your account has been hacked*, which somebody else did.
fn is_done(document: &Document<'_>, sentence: &Sentence, at: usize) -> bool {
    let been = word(document, sentence, at).is_some_and(|token| token.key == BEEN || token.key == BEING);
    let place = after_adverbs(document, sentence, at + 1).1;
    let Some(verb) = word(document, sentence, place).filter(|_| been) else { return false };
    let next = word(document, sentence, place + 1).map(|token| token.key);
    let before = document.tokens.get(sentence.first..at).unwrap_or(&[]);
    let mut clause = before.iter().rev().take_while(|token| token.kind != Kind::Mark).take(5).peekable();
    if TOLD.contains(&verb.key) {
        clause.peek().is_some() && !clause.any(|token| NOT_TOLD_BY_US.contains(&token.key))
    } else {
        DONE.contains(&verb.key) && !is_by_a_stranger(document, sentence, place + 1)
            || PARTED.contains(&verb.key) && next.is_some_and(|next| PARTS.contains(&next))
    }
}

/// *By a thief*, *by an unknown caller*.
fn is_by_a_stranger(document: &Document<'_>, sentence: &Sentence, at: usize) -> bool {
    word(document, sentence, at).is_some_and(|token| token.key == BY)
        && (at + 1..at + 4)
            .filter_map(|at| word(document, sentence, at))
            .any(|token| is_a_stranger(token) || ANYBODY.contains(&token.key))
}

/// Whether the one who will do it can be one of us: not the reader, not their boss, nobody who means harm, and not just *somebody*.
fn is_on_our_side(document: &Document<'_>, sentence: &Sentence, will: usize) -> bool {
    let before = document.tokens.get(sentence.first..will).unwrap_or(&[]);
    let clause = before.iter().rev().take_while(|token| token.kind != Kind::Mark);
    let mut words = clause.take(5).peekable();
    let somebody = words.peek().is_none_or(|token| ANYBODY.contains(&token.key));
    !somebody && !words.any(is_a_stranger)
}

/// The helping verb that stands after adverbs, if one does, and the place after it and further adverbs.
fn after_adverbs(document: &Document<'_>, sentence: &Sentence, from: usize) -> (Option<Key>, usize) {
    let mut at = from;
    let mut helper = None;
    while let Some(token) = word(document, sentence, at) {
        if HELPERS.contains(&token.key) && helper.is_none() {
            helper = Some(token.key);
        } else if !ADVERBS.contains(&token.key) && !is_manner(document, token) {
            break;
        }
        at += 1;
    }
    (helper, at)
}

/// *Manually*, *successfully*: a word in -ly that is no verb.
fn is_manner(document: &Document<'_>, token: &Token) -> bool {
    let shown = token.of(document.text());
    shown.len() > 5 && shown.ends_with("ly") && !VERBS_IN_LY.contains(&token.key)
}

fn word<'d>(document: &'d Document<'_>, sentence: &Sentence, at: usize) -> Option<&'d Token> {
    document
        .tokens
        .get(at)
        .filter(|token| at < sentence.last && token.kind == Kind::Word && !token.shape.is_quoted())
}

fn is_past(document: &Document<'_>, token: &Token) -> bool {
    let shown = token.of(document.text());
    shown.len() > 3 && shown.ends_with("ed") && !shown.ends_with("eed") || IRREGULAR.contains(&token.key)
}

const AND: Key = Key::of("and");
const WE: Key = Key::of("we");
const I: Key = Key::of("i");
const HAVE: Key = Key::of("have");
const HAS: Key = Key::of("has");
const HAD: Key = Key::of("had");
const AM: Key = Key::of("am");
const ARE: Key = Key::of("are");
const WILL: Key = Key::of("will");
const SHALL: Key = Key::of("shall");
const BEEN: Key = Key::of("been");
const BY: Key = Key::of("by");
const BEING: Key = Key::of("being");

static HELPERS: [Key; 7] = [HAVE, HAS, HAD, AM, ARE, WILL, SHALL];

static CONDITIONS: [Key; 9] =
    Key::each(["if", "unless", "had", "as", "would", "should", "could", "until", "when"]);

static VERBS_IN_LY: [Key; 3] = Key::each(["supply", "multiply", "assembly"]);

/// Words that begin a clause of somebody else.
static OTHERS: [Key; 12] =
    Key::each(["you", "they", "he", "she", "it", "who", "which", "that", "if", "when", "because", "someone"]);

static ADVERBS: [Key; 14] = Key::each([
    "now",
    "already",
    "just",
    "also",
    "then",
    "since",
    "therefore",
    "first",
    "both",
    "all",
    "again",
    "meanwhile",
    "immediately",
    "still",
]);

static IRREGULAR: [Key; 36] = Key::each([
    "sent",
    "taken",
    "took",
    "found",
    "ran",
    "run",
    "made",
    "put",
    "set",
    "shut",
    "cut",
    "got",
    "gave",
    "given",
    "told",
    "written",
    "wrote",
    "rang",
    "rung",
    "spoke",
    "spoken",
    "brought",
    "built",
    "rebuilt",
    "begun",
    "began",
    "kept",
    "went",
    "gone",
    "withdrawn",
    "undone",
    "fetched",
    "saw",
    "sought",
    "caught",
    "swept",
]);

/// What a desk does to a paper, thinks, feels or says again: nothing that helps the person who wrote.
static TALK: [Key; 83] = Key::each([
    "failed",
    "tried",
    "discussed",
    "decided",
    "used",
    "received",
    "registered",
    "noted",
    "logged",
    "recorded",
    "processed",
    "acknowledged",
    "queued",
    "filed",
    "entered",
    "assigned",
    "classified",
    "forwarded",
    "determined",
    "concluded",
    "initiated",
    "taken",
    "considered",
    "evaluated",
    "assessed",
    "explained",
    "stated",
    "mentioned",
    "reminded",
    "instructed",
    "advised",
    "recommended",
    "asked",
    "requested",
    "expected",
    "wanted",
    "needed",
    "hoped",
    "wished",
    "liked",
    "thanked",
    "appreciated",
    "regretted",
    "trusted",
    "assumed",
    "believed",
    "agreed",
    "understood",
    "wondered",
    "noticed",
    "learned",
    "surprised",
    "disappointed",
    "said",
    "told",
    "supposed",
    "called",
    "asking",
    "expecting",
    "hoping",
    "wondering",
    "looking",
    "reminding",
    "writing",
    "going",
    "getting",
    "being",
    "having",
    "trusting",
    "returned",
    "declined",
    "rejected",
    "denied",
    "refused",
    "suspended",
    "provided",
    "based",
    "allowed",
    "required",
    "concerned",
    "worried",
    "tasked",
    "notified",
]);

/// What is done for the person who wrote, said without the one who did it.
static DONE: [Key; 76] = Key::each([
    "added",
    "altered",
    "analysed",
    "analyzed",
    "answered",
    "arranged",
    "banned",
    "blacklisted",
    "blocked",
    "blocklisted",
    "cancelled",
    "canceled",
    "changed",
    "checked",
    "cleaned",
    "cleared",
    "closed",
    "corrected",
    "deactivated",
    "deleted",
    "disabled",
    "disconnected",
    "enabled",
    "ended",
    "examined",
    "exchanged",
    "filtered",
    "fixed",
    "forwarded",
    "frozen",
    "improved",
    "inspected",
    "installed",
    "investigated",
    "isolated",
    "killed",
    "locked",
    "mended",
    "moved",
    "patched",
    "quarantined",
    "rebuilt",
    "recalled",
    "recovered",
    "refunded",
    "reinstalled",
    "released",
    "removed",
    "renewed",
    "repaired",
    "replaced",
    "reported",
    "reset",
    "resolved",
    "restarted",
    "restored",
    "retired",
    "reversed",
    "reviewed",
    "revoked",
    "rotated",
    "scanned",
    "sent",
    "shut",
    "solved",
    "sorted",
    "stopped",
    "swept",
    "tested",
    "undone",
    "uninstalled",
    "unlocked",
    "unsubscribed",
    "updated",
    "wiped",
    "withdrawn",
]);

/// Verbs that are a deed with the word after them only: *signed out*, *switched off*, *taken down*.
static PARTED: [Key; 10] =
    Key::each(["signed", "logged", "switched", "turned", "taken", "cut", "put", "brought", "set", "pulled"]);

static PARTS: [Key; 9] = Key::each(["out", "off", "down", "on", "back", "up", "in", "aside", "offline"]);

/// What is done to people: a deed of ours where it is not the reader or a boss to whom it was done.
static TOLD: [Key; 8] =
    Key::each(["asked", "told", "warned", "informed", "notified", "rung", "phoned", "contacted"]);

static NOT_TOLD_BY_US: [Key; 11] = Key::each([
    "you",
    "who",
    "nobody",
    "hr",
    "manager",
    "managers",
    "boss",
    "bosses",
    "supervisor",
    "director",
    "management",
]);

/// Somebody is nobody, where no more is said of them: *somebody will check*, but *somebody from the desk will check*.
static ANYBODY: [Key; 5] = Key::each(["somebody", "someone", "anybody", "anyone", "everybody"]);

/// What somebody on our side may announce.
static DEEDS: [Key; 40] = Key::each([
    "check", "read", "call", "ring", "phone", "write", "tell", "send", "block", "lock", "remove", "reset",
    "delete", "warn", "bring", "come", "update", "restore", "speak", "talk", "examine", "find", "fix",
    "mend", "close", "change", "inform", "report", "clean", "replace", "confirm", "watch", "answer", "help",
    "meet", "collect", "visit", "switch", "repair", "add",
]);

/// Nobody on our side.
fn is_a_stranger(token: &Token) -> bool {
    STRANGERS.contains(&token.key) || ATTACKERS.contains(&token.key)
}

static STRANGERS: [Key; 14] = Key::each([
    "boss",
    "supervisor",
    "director",
    "they",
    "you",
    "it",
    "stranger",
    "strangers",
    "hr",
    "manager",
    "nobody",
    "who",
    "which",
    "that",
]);
