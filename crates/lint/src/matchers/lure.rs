//! Our own mail must not look like the mails we warn about.

use super::ATTACKERS;
use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use std::ops::Range;
use text::word::Kind;
use text::{Key, Sentence, Token};

/// A link together with two of the other marks of a lure: hurry, a threat, and the wish for a sign-in, a payment or details. They count
/// only together in one paragraph, with the title above all of them, and only where a sentence speaks to the reader for us: what a
/// message of strangers says, what is told about reporting, a case that has happened and a question are no lure of ours.
pub fn looks_like_a_lure(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let title = title(document);
    let mut first = 0;
    while first < document.sentences.len() {
        let block = document.block_of.get(first);
        let more = document.block_of.get(first..).unwrap_or(&[]).iter().take_while(|one| Some(*one) == block);
        let paragraph = first..first + more.count().max(1);
        first = paragraph.end;
        let all: Vec<usize> = title.clone().chain(paragraph).collect();
        // Few paragraphs have the marks at all: only theirs are read word by word.
        if !are_marked(document, &all) {
            continue;
        }
        let spoken: Vec<usize> = all.into_iter().filter(|number| speaks_for_us(document, *number)).collect();
        if let Some(sentence) = lure_in(document, &spoken).and_then(|number| document.sentences.get(number)) {
            found.push(Hit::at(sentence.range()));
            return;
        }
    }
}

/// A user name, a password as it is typed, and a page to sign in on, all in one letter.
pub fn whole_key(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let page = |token: &Token| token.kind == Kind::Link && !token.of(document.text()).contains('@');
    let linked = || document.tokens.iter().any(page) || !document.links().is_empty();
    if !document.has(&USERS) || !linked() {
        return;
    }
    let passwords = document.tokens.iter().enumerate().filter(|(_, token)| PASSWORDS.contains(&token.key));
    found.extend(passwords.filter_map(|(at, token)| {
        let end = end_of_the_secret(document, at)?;
        Some(Hit::at(token.start as usize..end))
    }));
}

/// Where the secret ends that stands behind the word at this token: *password: tea4Two*, *the password is {{password}}*.
fn end_of_the_secret(document: &Document<'_>, at: usize) -> Option<usize> {
    let after = document.tokens.get(at + 1..)?;
    let said = after.iter().take_while(|token| SAYS.contains(&token.key)).count();
    let first = after.get(said).filter(|_| (1..=3).contains(&said))?;
    let rest = document.text().get(first.start as usize..)?;
    let secret = rest.split_whitespace().next()?;
    let word = secret.trim_end_matches(['.', ',', ';', '"', '“', '”', ')']);
    let blank = word.starts_with(['{', '<', '%', '$']);
    let typed = word.len() >= 6
        && word.chars().any(char::is_alphabetic)
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && !word.contains('/');
    (blank || typed).then_some(first.start as usize + word.len())
}

static PASSWORDS: [Key; 6] =
    Key::each(["password", "passwort", "kennwort", "startpasswort", "startkennwort", "passphrase"]);

static USERS: [Key; 11] = Key::each([
    "user",
    "username",
    "login",
    "userid",
    "benutzername",
    "benutzernamen",
    "benutzer",
    "benutzerkennung",
    "kennung",
    "nutzername",
    "anmeldename",
]);

/// What stands between the word and the secret.
static SAYS: [Key; 7] = Key::each([":", "is", "=", "\"", "ist", "lautet", "-"]);

/// Whether these sentences hurry or threaten, and together show two marks of a lure.
fn are_marked(document: &Document<'_>, sentences: &[usize]) -> bool {
    let said = |signal| sentences.iter().any(|number| says(document, *number, signal));
    let (hurry, threat) = (said(Signal::Urgency), said(Signal::Threat));
    hurry && threat || (hurry || threat) && said(Signal::Bait)
}

/// The sentence that shows most of a lure, the first of them where several do; none where these sentences make no lure.
fn lure_in(document: &Document<'_>, sentences: &[usize]) -> Option<usize> {
    let shown = |number: usize| {
        let marks = [Signal::Urgency, Signal::Threat, Signal::Bait];
        marks.into_iter().filter(|signal| says(document, number, *signal)).count()
    };
    let lure =
        are_marked(document, sentences) && sentences.iter().any(|number| points_somewhere(document, *number));
    lure.then(|| {
        sentences.iter().max_by_key(|number| (shown(**number), std::cmp::Reverse(**number))).copied()
    })
    .flatten()
}

/// The title or subject at the top: a short first paragraph.
fn title(document: &Document<'_>) -> Range<usize> {
    const LONGEST: usize = 14;
    let first = document.block_of.first();
    let count = document.block_of.iter().take_while(|block| Some(*block) == first).count();
    let short =
        document.sentences.get(..count).unwrap_or(&[]).iter().map(|one| document.words_of(one).count());
    if short.sum::<usize>() <= LONGEST { 0..count } else { 0..0 }
}

/// Whether one sentence says this; *a campaign is going on right now* hurries nobody.
fn says(document: &Document<'_>, number: usize, signal: Signal) -> bool {
    document.signals_in(number).iter().filter(|found| found.signal == signal).any(|found| {
        let before = found.first.checked_sub(1).and_then(|at| document.tokens.get(at));
        let going_on = before.is_some_and(|before| before.of(document.text()).ends_with("ing"));
        signal != Signal::Urgency || !going_on
    })
}

/// Whether a sentence can be an order or a threat of ours: not a tale of strangers and their mails, no advice about reporting, no case
/// that has happened, no question.
fn speaks_for_us(document: &Document<'_>, number: usize) -> bool {
    let Some(sentence) = document.sentences.get(number) else { return false };
    let tokens = document.tokens_of(sentence);
    !tokens.iter().any(|token| TOLD.contains(&token.key) || ATTACKERS.contains(&token.key))
        && !tokens.iter().rev().take(2).any(|token| token.is_mark('?'))
        && !tokens
            .iter()
            .enumerate()
            .any(|(at, token)| CASES.contains(&token.key) && has_happened(document, tokens, at + 1))
}

/// *If you (have already) entered*, *when your account was*: the words after *if* tell of something that happened, or may happen on its own.
fn has_happened(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    let person = tokens.get(at).is_some_and(|token| PEOPLE.contains(&token.key));
    let mut next = tokens.iter().skip(at + 1).filter(|token| !BETWEEN.contains(&token.key));
    person
        && next
            .next()
            .is_some_and(|verb| verb.of(document.text()).ends_with("ed") || HAPPENS.contains(&verb.key))
}

/// Whether a sentence holds a link, or asks to click one or a button.
fn points_somewhere(document: &Document<'_>, number: usize) -> bool {
    let Some(sentence) = document.sentences.get(number) else { return false };
    let tokens = document.tokens_of(sentence);
    let shown =
        tokens.iter().any(|token| token.kind == Kind::Link && !token.of(document.text()).contains('@'));
    let range = sentence.range();
    let linked =
        document.links().iter().any(|link| link.text.start < range.end && range.start < link.text.end);
    shown || linked || says_click(document, sentence)
}

/// *Click here*, *click the button below*, *the link above*.
fn says_click(document: &Document<'_>, sentence: &Sentence) -> bool {
    let tokens = document.tokens_of(sentence);
    let near = |at: usize, width: usize| tokens.get(at..tokens.len().min(at + width)).unwrap_or(&[]);
    tokens.iter().enumerate().any(|(at, token)| {
        token.key == CLICK && near(at, 5).iter().any(|token| POINTED.contains(&token.key))
            || token.key == LINK && near(at, 2).iter().any(|token| ON_THE_PAGE.contains(&token.key))
    })
}

const CLICK: Key = Key::of("click");
const LINK: Key = Key::of("link");

static POINTED: [Key; 5] = Key::each(["link", "here", "button", "below", "portal"]);
static ON_THE_PAGE: [Key; 2] = Key::each(["below", "above"]);

/// Who and what is told about in advice; and what is done with it.
static TOLD: [Key; 21] = Key::each([
    "they",
    "their",
    "impostor",
    "impostors",
    "phishing",
    "phish",
    "scam",
    "scams",
    "spam",
    "spoofed",
    "pretend",
    "pretends",
    "pretending",
    "suspicious",
    "threatening",
    "report",
    "reporting",
    "compromise",
    "campaign",
    "betrüger",
    "angreifer",
]);

static CASES: [Key; 8] = Key::each(["if", "when", "whenever", "once", "in", "after", "because", "wenn"]);

static PEOPLE: [Key; 11] = Key::each([
    "you", "your", "someone", "somebody", "anyone", "anybody", "a", "an", "case", "sie", "jemand",
]);

static BETWEEN: [Key; 11] =
    Key::each(["have", "has", "had", "already", "ever", "also", "still", "were", "was", "haben", "you"]);

static HAPPENS: [Key; 27] = Key::each([
    "gave", "receive", "get", "got", "see", "saw", "think", "believe", "suspect", "log", "sign", "notice",
    "find", "found", "did", "use", "read", "fell", "fallen", "lose", "lost", "been", "sent", "send", "told",
    "hear", "given",
]);
