//! How hard a text is to read: long sentences, reading level, passives that hide who acts.

use crate::document::{Document, Hit};
use crate::draft::Language;
use crate::profile::Limits;
use text::word::Kind;
use text::{Key, Sentence, Token};

/// Sentences with more words than the audience's limit.
pub fn long_sentence(document: &Document<'_>, limits: &Limits, found: &mut Vec<Hit>) {
    for sentence in &document.sentences {
        if sentence.last - sentence.first <= limits.sentence_words {
            continue;
        }
        let mut count = 0usize;
        let mut after_mark = true;
        for token in document.tokens_of(sentence) {
            let begins_word = after_mark || token.shape.is_after_space();
            after_mark = token.kind == Kind::Mark && !token.is_mark('-');
            if token.kind != Kind::Mark && begins_word {
                count += 1;
            }
        }
        // A few words more are no burden where the words are short.
        let easy =
            || count <= limits.sentence_words + EASY_WORDS && grade_of(document, sentence) < EASY_GRADE;
        if count > limits.sentence_words && !easy() {
            found.push(Hit::at(sentence.range()).with("count", count).with("limit", limits.sentence_words));
        }
    }
}

/// So many words more than the limit pass in a sentence below this grade.
const EASY_WORDS: usize = 5;
const EASY_GRADE: f64 = 14.0;

/// Sentences far above the reading level of the audience (Flesch–Kincaid grade, Kincaid et al. 1975). One sentence is a small
/// sample, and real letters hold many sentences that read well ten years above it: it must be twelve years of school above the limit
/// before it is marked.
pub fn reading_level(document: &Document<'_>, limits: &Limits, found: &mut Vec<Hit>) {
    const LEAST_WORDS: usize = 6;
    const MARGIN: f64 = 12.0;
    for sentence in &document.sentences {
        if document.words_of(sentence).filter(|token| token.kind == Kind::Word).count() < LEAST_WORDS {
            continue;
        }
        let grade = grade_of(document, sentence);
        if grade > limits.grade + MARGIN {
            found.push(
                Hit::at(sentence.range()).with("grade", format!("{grade:.0}")).with("limit", limits.grade),
            );
        }
    }
}

/// The Flesch–Kincaid grade of one sentence; of the hardest of its parts where semicolons make a list of it.
fn grade_of(document: &Document<'_>, sentence: &Sentence) -> f64 {
    let parts = document.tokens_of(sentence).split(|token| token.is_mark(';'));
    parts.map(|part| grade_of_part(document, part)).fold(0.0, f64::max)
}

fn grade_of_part(document: &Document<'_>, tokens: &[Token]) -> f64 {
    let (mut words, mut syllables) = (0usize, 0usize);
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        words += 1;
        syllables += syllables_in(token.of(document.text()));
    }
    if words == 0 { 0.0 } else { 0.39 * words as f64 + 11.8 * syllables as f64 / words as f64 - 15.59 }
}

/// Syllables of a word by its groups of vowels; at least one.
pub fn syllables_in(word: &str) -> usize {
    let mut groups = 0;
    let mut in_group = false;
    let mut last = ['\0'; 3];
    let mut read = |char: char| {
        let vowel = matches!(
            char,
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'ü' | 'é' | 'è' | 'ê' | 'á' | 'í' | 'ó' | 'ú'
        );
        groups += usize::from(vowel && !in_group);
        in_group = vowel;
        let [_, second, third] = last;
        last = [second, third, char];
    };
    if word.is_ascii() {
        word.bytes().for_each(|byte| read(char::from(byte.to_ascii_lowercase())));
    } else {
        word.chars().flat_map(char::to_lowercase).for_each(&mut read);
    }
    let silent = match last {
        [before, 'l', 'e'] if !"aeiouy".contains(before) => false,
        [_, before, 'e'] => !"aeiouy".contains(before),
        [_, 'e', 'd'] | [_, 'e', 's'] => {
            let [before, ..] = last;
            !matches!((before, last), ('t' | 'd', [.., 'd']) | ('s' | 'x' | 'z' | 'c' | 'g' | 'h', [.., 's']))
                && !"aeiouy".contains(before)
        }
        _ => false,
    };
    (groups - usize::from(silent && groups > 1)).max(1)
}

/// Passives without a doer: *has been disabled*, *was deleted*, *is being investigated*, with no *by …* after them.
pub fn hidden_actor(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if document.language != Language::English {
        return;
    }
    for sentence in &document.sentences {
        if let Some((first, last)) =
            passive_in(document, sentence).filter(|_| is_about_the_reader(document, sentence))
        {
            found.push(Hit::at(document.range_of(first, last)));
        }
    }
}

/// Whether a sentence is about what belongs to the reader, or hides a decision or a mistake: elsewhere a passive is often kind.
fn is_about_the_reader(document: &Document<'_>, sentence: &Sentence) -> bool {
    document.tokens_of(sentence).iter().any(|token| HIDDEN_MATTERS.contains(&token.key))
}

/// The tokens of the first passive of a sentence that names no doer.
fn passive_in(document: &Document<'_>, sentence: &Sentence) -> Option<(usize, usize)> {
    for at in sentence.tokens() {
        let token = document.tokens.get(at)?;
        let (first, mut next) = match token.key {
            BEEN | BEING => {
                (at.checked_sub(1).filter(|before| *before >= sentence.first).unwrap_or(at), at + 1)
            }
            WAS | WERE => (at, at + 1),
            BE if at > sentence.first
                && document.tokens.get(at - 1).is_some_and(|before| before.key == WILL) =>
            {
                (at - 1, at + 1)
            }
            _ => continue,
        };
        if document.tokens.get(next).is_some_and(|token| token.key == NOT || is_adverb(document, token)) {
            next += 1;
        }
        let Some(participle) = document.tokens.get(next).filter(|_| next < sentence.last) else { continue };
        let past = matches!(token.key, WAS | WERE);
        // *Signs of your account being closed*: nobody here says that it is.
        let gerund = token.key == BEING
            && at.checked_sub(1).and_then(|before| document.tokens.get(before)).is_some_and(|before| {
                before.kind == Kind::Word && !IS.contains(&before.key) && !is_adverb(document, before)
            });
        if gerund
            || !is_participle(document, participle)
            || ATTACKED.contains(&participle.key)
            || participle.shape.is_quoted()
            || (past && !OURS.contains(&participle.key))
        {
            continue;
        }
        // What is announced as a punishment, and what a counter stamps, are matters of other rules.
        if RECORDED.contains(&participle.key) || token.key == BE && THREATENED.contains(&participle.key) {
            continue;
        }
        let after = document.tokens.get(next + 1..sentence.last).unwrap_or(&[]);
        let next_is_object = after.first().is_some_and(|after| after.is_mark('-'));
        // *by our filter* names a doer, *by policy 7* does not.
        let names_the_doer = after
            .windows(2)
            .any(|pair| matches!(pair, [by, doer] if by.key == BY && !doer.shape.is_capitals()))
            || after.last().is_some_and(|token| token.key == BY);
        let says_why = after.iter().any(|token| token.key == BECAUSE);
        if names_the_doer || next_is_object || says_why {
            continue;
        }
        return Some((first, next + 1));
    }
    None
}

fn is_adverb(document: &Document<'_>, token: &Token) -> bool {
    token.kind == Kind::Word && token.of(document.text()).ends_with("ly") || ADVERBS.contains(&token.key)
}

fn is_participle(document: &Document<'_>, token: &Token) -> bool {
    if token.kind != Kind::Word || STATES.contains(&token.key) {
        return false;
    }
    let word = token.of(document.text());
    (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")) || IRREGULAR.contains(&token.key)
}

const BEEN: Key = Key::of("been");
const BEING: Key = Key::of("being");
const WAS: Key = Key::of("was");
const WERE: Key = Key::of("were");
const BE: Key = Key::of("be");
const WILL: Key = Key::of("will");
const NOT: Key = Key::of("not");
const BY: Key = Key::of("by");
const BECAUSE: Key = Key::of("because");

/// What is done to somebody's things by somebody with power over them. Only these are marked after *was*: a plain past passive
/// (*the file was opened*) is often the kind way to tell what happened.
static OURS: [Key; 30] = Key::each([
    "decided",
    "deleted",
    "removed",
    "denied",
    "rejected",
    "refused",
    "disabled",
    "deactivated",
    "blocked",
    "suspended",
    "locked",
    "terminated",
    "cancelled",
    "canceled",
    "restricted",
    "revoked",
    "escalated",
    "determined",
    "concluded",
    "agreed",
    "declined",
    "withdrawn",
    "made",
    "implemented",
    "initiated",
    "quarantined",
    "wiped",
    "confiscated",
    "logged",
    "flagged",
]);

static IS: [Key; 5] = Key::each(["is", "are", "was", "were", "not"]);

/// What attackers do. Nobody hides there who could be asked.
static ATTACKED: [Key; 14] = Key::each([
    "compromised",
    "stolen",
    "hacked",
    "breached",
    "phished",
    "exposed",
    "leaked",
    "misused",
    "abused",
    "infected",
    "attacked",
    "targeted",
    "impersonated",
    "copied",
]);

static RECORDED: [Key; 9] = Key::each([
    "received",
    "registered",
    "noted",
    "handled",
    "initiated",
    "followed",
    "run",
    "processed",
    "queued",
]);

static THREATENED: [Key; 10] = Key::each([
    "suspended",
    "terminated",
    "deactivated",
    "erased",
    "deleted",
    "closed",
    "locked",
    "blocked",
    "reported",
    "disabled",
]);

static HIDDEN_MATTERS: [Key; 23] = Key::each([
    "delivery",
    "service",
    "permissions",
    "your",
    "access",
    "account",
    "accounts",
    "mailbox",
    "request",
    "permission",
    "decided",
    "determined",
    "concluded",
    "agreed",
    "mistakes",
    "mistake",
    "errors",
    "measures",
    "steps",
    "action",
    "actions",
    "exception",
    "matter",
]);

static ADVERBS: [Key; 10] =
    Key::each(["also", "now", "just", "already", "then", "never", "still", "since", "always", "only"]);

static IRREGULAR: [Key; 42] = Key::each([
    "taken",
    "made",
    "done",
    "sent",
    "found",
    "given",
    "shown",
    "put",
    "set",
    "kept",
    "held",
    "lost",
    "stolen",
    "broken",
    "written",
    "told",
    "said",
    "seen",
    "brought",
    "bought",
    "caught",
    "cut",
    "dealt",
    "drawn",
    "chosen",
    "hidden",
    "hit",
    "known",
    "left",
    "paid",
    "read",
    "run",
    "shut",
    "sold",
    "spent",
    "stuck",
    "taught",
    "thrown",
    "understood",
    "withdrawn",
    "won",
    "felt",
]);

/// Participles that say how somebody feels or how something is, not what was done to it.
static STATES: [Key; 52] = Key::each([
    "worried",
    "tired",
    "interested",
    "located",
    "concerned",
    "pleased",
    "scared",
    "excited",
    "surprised",
    "confused",
    "stressed",
    "involved",
    "supposed",
    "used",
    "allowed",
    "related",
    "limited",
    "experienced",
    "relieved",
    "frightened",
    "ashamed",
    "embarrassed",
    "delighted",
    "annoyed",
    "bored",
    "disappointed",
    "exhausted",
    "frustrated",
    "married",
    "motivated",
    "overwhelmed",
    "prepared",
    "puzzled",
    "qualified",
    "satisfied",
    "shocked",
    "committed",
    "convinced",
    "dedicated",
    "entitled",
    "welcomed",
    "finished",
    "aged",
    "left",
    "lost",
    "well-known",
    "needed",
    "required",
    "red",
    "hundred",
    "named",
    "called",
]);
