//! What the reader should do: is there a step, a contact, a time; and what do we do next.

use super::{contact, doing};
use crate::document::{Document, Hit, Signal, Signalled};
use crate::draft::Kind;
use crate::profile::Limits;
use text::prose::BlockKind;
use text::{Key, Sentence};

/// Nothing to do, and no word that nothing needs doing.
pub fn no_next_step(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let whole = document.is_letter()
        || document.kind == Kind::Warning
        || document.sentences.len() > 1
        || document.word_count() >= 16;
    if !whole || !(document.says(Signal::Danger) || document.is_letter() || document.kind == Kind::Warning) {
        return;
    }
    // A review ends in our own steps; an answer may leave everything to us, if it says when we write again; a letter to many may offer.
    let ours = match document.kind {
        Kind::Review => document.says(Signal::OurNextStep) || document.says(Signal::Measure),
        Kind::Reply => {
            document.says(Signal::OurNextStep) && document.says(Signal::Deadline) || doing::is_said(document)
        }
        Kind::Awareness => document.says(Signal::Offer),
        _ => false,
    };
    let step = ours
        || document.says(Signal::NothingToDo)
        || asks(document)
            .any(|number| document.kind != Kind::Awareness || !only_invites_questions(document, number))
        || (0..document.sentences.len()).any(|number| asks_after_a_condition(document, number));
    if !step && !is_a_piece(document) && !announces_works(document) {
        found.extend(document.ending().map(Hit::at));
    }
}

/// The reader is sent to somebody who is not named, or asked to act without a way to reach us.
pub fn no_contact(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    for referral in document.signals(Signal::Referral) {
        let named = document
            .signals_in(referral.sentence)
            .iter()
            .any(|found| found.signal == Signal::Contact && found.last > referral.last);
        if !named {
            found.push(Hit::at(document.range_of(referral.first, referral.last)));
        }
    }
    // A dialog has its choices; a notice or banner of some length leaves the reader alone.
    let whole = match document.kind {
        Kind::Warning => {
            document.word_count() >= 15 && !document.tokens.iter().any(|token| token.is_mark('['))
        }
        _ => document.is_letter() || document.word_count() >= 25,
    };
    if found.is_empty()
        && whole
        && !is_a_piece(document)
        && !super::empathy::is_a_help_page(document)
        && !teaches_to_report(document)
        && !contact::is_named(document)
    {
        found.extend(document.ending().map(Hit::at));
    }
}

/// A page after a practice mail that tells to report to a desk, which its readers know.
fn teaches_to_report(document: &Document<'_>) -> bool {
    document.kind == Kind::Drill && document.has(&REPORTS)
}

static REPORTS: [Key; 6] = Key::each(["report", "reporting", "reported", "melden", "meldet", "gemeldet"]);

/// A piece of a page, a newsletter or a longer letter: it goes on for a while and breaks off in running text, with nobody who signs it.
/// What is missing in it may stand around it.
fn is_a_piece(document: &Document<'_>) -> bool {
    const ITEM: usize = 60;
    const EXCERPT: usize = 120;
    if document.kind != Kind::Awareness {
        return false;
    }
    let last = document.sentences.len().saturating_sub(1);
    let ends_open = document.sentences.last().is_some_and(|sentence| {
        document.words_of(sentence).count() > 4
            && document
                .tokens_of(sentence)
                .last()
                .is_some_and(|token| token.is_mark('.') || token.is_mark(')'))
    }) && document.block_kind(last) != BlockKind::Signature
        && !document.signals(Signal::Greeting).any(|found| found.sentence + 3 > last);
    let words = document.word_count();
    ends_open
        && (words > EXCERPT
            || words > ITEM && is_a_line_of_its_own(document, 0) && !document.says(Signal::Greeting))
}

/// A line that stands alone, is short and has no full stop: a heading, also in plain text.
pub(super) fn is_a_line_of_its_own(document: &Document<'_>, number: usize) -> bool {
    const LONGEST: usize = 12;
    let block = document.block_of.get(number);
    let alone = number.checked_sub(1).is_none_or(|before| document.block_of.get(before) != block)
        && document.block_of.get(number + 1) != block;
    alone
        && document.sentences.get(number).is_some_and(|sentence| {
            let tokens = document.tokens_of(sentence);
            let ends =
                tokens.last().is_some_and(|last| ['.', '!', ',', ';'].iter().any(|mark| last.is_mark(*mark)));
            !ends && document.words_of(sentence).count() <= LONGEST
        })
}

/// Something is asked, and nothing says until when.
pub fn no_deadline(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if document.says(Signal::Deadline) {
        return;
    }
    if let Some(sentence) = asks(document).next().and_then(|sentence| document.sentences.get(sentence)) {
        found.push(Hit::at(sentence.range()));
    }
}

/// Words before the request of a sentence from which on its beginning is long.
const LONG_BEGINNING: usize = 14;

/// The first request comes late: behind a long beginning of its own sentence, or after much background.
pub fn action_buried(document: &Document<'_>, limits: &Limits, found: &mut Vec<Hit>) {
    let Some(first) = asks(document).find(|number| !is_idle(document, *number)) else { return };
    if document.says(Signal::NothingToDo)
        || announces_the_step(document, first)
        || is_for_some(document, first)
    {
        return;
    }
    let Some(sentence) = document.sentences.get(first) else { return };
    let before = words_before(document, first);
    // *If your phone asks you to approve a sign-in that you did not start, press No* is short where it matters.
    let conditional =
        document.tokens_of(sentence).iter().take(4).any(|token| CONDITIONS.contains(&token.key));
    let inside =
        document.signals_in(first).iter().find(|found| found.signal == Signal::Ask).map_or(0, |ask| {
            document
                .tokens
                .get(sentence.first..ask.first)
                .unwrap_or(&[])
                .iter()
                .filter(|token| token.is_wordlike())
                .count()
        });
    if before > limits.words_before_ask || inside >= LONG_BEGINNING && !conditional {
        found.push(
            Hit::at(sentence.range()).with("count", before + inside).with("limit", limits.words_before_ask),
        );
    }
}

/// More requests in one stretch of running text than people keep in mind: in one sentence, or twice as many in a row of sentences of
/// one paragraph. Numbered or bulleted requests do not count.
pub fn too_many_asks(document: &Document<'_>, limits: &Limits, found: &mut Vec<Hit>) {
    let mut row: Option<(usize, usize)> = None;
    let mut most: Option<(usize, usize)> = None;
    for number in 0..document.sentences.len() {
        let block = document.block_of.get(number);
        let here = match document.block_kind(number) {
            BlockKind::Item | BlockKind::Subject | BlockKind::Heading | BlockKind::Label => 0,
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::Signature => steps_in(document, number),
        };
        let goes_on = number > 0 && document.block_of.get(number - 1) == block;
        row = match (here, row) {
            (0, _) => None,
            (here, Some((first, steps))) if goes_on => Some((first, steps + here)),
            (here, _) => Some((number, here)),
        };
        let count = if here > limits.asks { here } else { row.map_or(0, |(_, steps)| steps) };
        let too_many = here > limits.asks || count > limits.asks * 2;
        if too_many && most.is_none_or(|(_, more)| count > more) {
            most = Some((number, count));
        }
    }
    if let Some((number, count)) = most
        && let Some(sentence) = document.sentences.get(number)
    {
        found.push(Hit::at(sentence.range()).with("count", count).with("limit", limits.asks));
    }
}

/// An answer that does not say what we do next.
pub fn no_word_on_what_we_do(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let answers = document.says(Signal::ReportReceived) || document.is_letter();
    let asks_back = document.tokens.iter().any(|token| token.is_mark('?') && !token.shape.is_quoted());
    let said = document.says(Signal::OurNextStep) || document.says(Signal::NothingToDo);
    if super::empathy::is_a_help_page(document)
        || !answers
        || asks_back
        || said
        || doing::is_said(document)
        || sends_elsewhere(document)
    {
        return;
    }
    found.extend(document.ending().map(Hit::at));
}

/// *The place to ask is …*, *please use the form at …*: the answer is complete with the link.
fn sends_elsewhere(document: &Document<'_>) -> bool {
    document.sentences.iter().any(|sentence| {
        let tokens = document.tokens_of(sentence);
        let linked = tokens.iter().any(|token| token.kind == text::word::Kind::Link);
        linked && tokens.iter().any(|token| ELSEWHERE.contains(&token.key))
    })
}

static ELSEWHERE: [Key; 6] = Key::each(["place", "forum", "form", "tracker", "instead", "use"]);

/// *Please let me know if you have questions*, *please be patient*: nothing is to be done.
fn is_idle(document: &Document<'_>, number: usize) -> bool {
    let Some(sentence) = document.sentences.get(number) else { return true };
    let tokens = document.tokens_of(sentence);
    let please = tokens.iter().position(|token| token.key == Key::of("please"));
    let after = please.and_then(|please| tokens.get(please + 1..)).unwrap_or(&[]);
    let waits = after.iter().take(2).any(|token| PATIENCE.contains(&token.key));
    let tells = tokens.windows(3).any(|words| {
        matches!(words, [we, are, writing]
        if we.key == Key::of("we") && are.key == Key::of("are") && writing.key == Key::of("writing"))
            || matches!(words, [you, to, be, ..]
        if you.key == Key::of("you") && to.key == Key::of("to") && be.key == Key::of("be"))
    });
    only_invites_questions(document, number) || waits || tells || only_says_whom_to_ask(document, number)
}

/// *Please contact the porter on 4410*, *for more, see the page*: a way to reach us, and no action.
fn only_says_whom_to_ask(document: &Document<'_>, number: usize) -> bool {
    const LONGEST: usize = 22;
    let Some(sentence) = document.sentences.get(number) else { return false };
    let ask = document.signals_in(number).iter().find(|found| found.signal == Signal::Ask);
    let asked = ask.and_then(|ask| document.tokens.get(ask.first..ask.last + 2)).unwrap_or(&[]);
    let reached = document.says_in(number, Signal::Contact)
        || document.tokens_of(sentence).iter().any(|token| token.kind == text::word::Kind::Link);
    let aware = asked.iter().any(|token| token.key == Key::of("aware"));
    document.words_of(sentence).count() <= LONGEST
        && (aware || reached && asked.iter().any(|token| REACHING.contains(&token.key)))
}

static REACHING: [Key; 10] =
    Key::each(["contact", "call", "ring", "visit", "email", "write", "see", "phone", "refer", "speak"]);

/// A notice of works on a day: nothing is asked, and nothing is wrong.
fn announces_works(document: &Document<'_>) -> bool {
    document.says(Signal::Deadline) && !document.says(Signal::Danger) && document.has(&WORKS)
}

static WORKS: [Key; 5] = Key::each(["outage", "outages", "maintenance", "downtime", "wartung"]);

/// *Please let me know if you have any questions.*
fn only_invites_questions(document: &Document<'_>, number: usize) -> bool {
    const LONGEST: usize = 20;
    let Some(sentence) = document.sentences.get(number) else { return false };
    document.words_of(sentence).count() <= LONGEST
        && document.has_in(number, &QUESTIONS)
        && document.has_in(number, &INVITES)
}

/// A request with a condition (*if the gate is shut*, *in such cases*, *whoever has one*) concerns those only to whom it happened.
fn is_for_some(document: &Document<'_>, number: usize) -> bool {
    document.has_in(number, &SOME)
}

static SOME: [Key; 12] = Key::each([
    "if",
    "when",
    "whenever",
    "unless",
    "case",
    "cases",
    "event",
    "doubt",
    "emergency",
    "whoever",
    "anyone",
    "those",
]);

static QUESTIONS: [Key; 6] =
    Key::each(["question", "questions", "concerns", "feedback", "queries", "comments"]);
static INVITES: [Key; 3] = Key::each(["if", "any", "for"]);
static PATIENCE: [Key; 6] = Key::each(["patient", "bear", "note", "know", "aware", "advised"]);

/// Whether a subject or heading before the request already says that something is asked, or asks for it by a time.
fn announces_the_step(document: &Document<'_>, first: usize) -> bool {
    (0..first.saturating_add(1)).any(|number| {
        matches!(document.block_kind(number), BlockKind::Subject | BlockKind::Heading | BlockKind::Item)
            && (document.says_in(number, Signal::Ask) || document.says_in(number, Signal::Deadline))
            || is_a_line_of_its_own(document, number) && leads_the_reader(document, number)
    })
}

/// A heading that leads the reader: *What you can do*, *How to spot it*, *What happened*, *Notice of a data breach*.
fn leads_the_reader(document: &Document<'_>, number: usize) -> bool {
    document.has_in(number, &LEADING)
}

static LEADING: [Key; 14] = Key::each([
    "you",
    "your",
    "how",
    "steps",
    "tips",
    "do",
    "happened",
    "next",
    "incident",
    "breach",
    "outage",
    "maintenance",
    "recommendations",
    "advice",
]);

/// The sentences that ask something, closing lines left out.
pub(super) fn asks<'d>(document: &'d Document<'_>) -> impl Iterator<Item = usize> + 'd {
    let mut last = None;
    document.signals(Signal::Ask).map(|found| found.sentence).filter(move |sentence| {
        let new = last != Some(*sentence);
        last = Some(*sentence);
        new && !document.is_greeting(*sentence) && !is_vague(document, *sentence)
    })
}

/// *If you are asked for one, end the call*, however long the condition is and whatever is quoted in it.
fn asks_after_a_condition(document: &Document<'_>, number: usize) -> bool {
    let Some(sentence) = document.sentences.get(number) else { return false };
    let condition = document.tokens_of(sentence).iter().position(|token| CONDITIONS.contains(&token.key));
    let comma = |step: &&Signalled| document.tokens.get(step.first).is_some_and(|token| token.is_mark(','));
    condition.is_some_and(|condition| {
        let steps = document.signals_in(number).iter().filter(|found| found.signal == Signal::Step);
        steps.filter(comma).any(|step| step.first > sentence.first + condition + 2)
    })
}

static CONDITIONS: [Key; 7] = Key::each(["if", "when", "whenever", "before", "once", "until", "should"]);

/// "Please be aware", "stay vigilant": asks nothing that can be done.
fn is_vague(document: &Document<'_>, sentence: usize) -> bool {
    let Some(sentence) = document.sentences.get(sentence) else { return true };
    let mut words = document.words_of(sentence).map(|token| token.of(document.text()).to_lowercase());
    let (first, second, third) = (words.next(), words.next(), words.next());
    let vague = |verb: Option<&str>, what: Option<&str>| match (verb, what) {
        (Some("be" | "stay" | "remain" | "keep"), Some(what)) => [
            "aware",
            "vigilant",
            "careful",
            "cautious",
            "alert",
            "attentive",
            "watchful",
            "safe",
            "mindful",
            "advised",
            "very",
            "extra",
            "on",
            "your",
        ]
        .contains(&what),
        (Some("exercise" | "take"), Some("caution" | "care")) => true,
        _ => false,
    };
    let short = document.words_of(sentence).count() <= 9;
    short
        && (vague(first.as_deref(), second.as_deref())
            || (first.as_deref() == Some("please") && vague(second.as_deref(), third.as_deref())))
}

/// How many steps a sentence of running text asks for: its request, and every further verb of the row.
fn steps_in(document: &Document<'_>, number: usize) -> usize {
    let Some(sentence) = document.sentences.get(number) else { return 0 };
    let Some(ask) = document.signals_in(number).iter().find(|found| found.signal == Signal::Ask) else {
        return 0;
    };
    if document.is_greeting(number) || is_numbered(document, sentence) {
        return 0;
    }
    let mut places: Vec<usize> = document
        .signals_in(number)
        .iter()
        .filter(|step| step.signal == Signal::Step && step.first >= ask.last)
        .map(|step| step.last)
        .collect();
    places.dedup();
    1 + places.len()
}

/// Whether a sentence is a step of a numbered list written in running text: `1. Change your password.`
fn is_numbered(document: &Document<'_>, sentence: &Sentence) -> bool {
    document.tokens_of(sentence).windows(2).any(|pair| match pair {
        [number, mark] => {
            number.kind == text::word::Kind::Number
                && (mark.is_mark('.') || mark.is_mark(')'))
                && !mark.shape.is_after_space()
        }
        _ => false,
    }) && document.tokens_of(sentence).last().is_some_and(|last| last.is_mark('.'))
        && document.tokens_of(sentence).len() > 3
        && !document
            .tokens_of(sentence)
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|token| token.kind == text::word::Kind::Number)
}

fn words_before(document: &Document<'_>, sentence: usize) -> usize {
    let end = document.sentences.get(sentence).map_or(0, |sentence| sentence.first);
    document.tokens.get(..end).unwrap_or(&[]).iter().filter(|token| token.is_wordlike()).count()
}
