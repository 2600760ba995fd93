//! What the reader should do: is there a step, a contact, a time; and what do we do next.

use crate::document::{Document, Hit, Signal};
use crate::draft::Kind;
use crate::profile::Limits;
use text::Sentence;
use text::prose::BlockKind;

/// Nothing to do, and no word that nothing needs doing.
pub fn no_next_step(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let whole = document.is_letter()
        || document.kind == Kind::Warning
        || document.sentences.len() > 1
        || document.word_count() >= 16;
    if !whole || !(document.says(Signal::Danger) || document.is_letter() || document.kind == Kind::Warning) {
        return;
    }
    let step = document.says(Signal::NothingToDo) || asks(document).next().is_some();
    if !step {
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
    if !found.is_empty() || document.says(Signal::Contact) || document.word_count() < 25 {
        return;
    }
    if document.prose.blocks.iter().any(|block| block.kind == BlockKind::Signature) {
        return;
    }
    if asks(document).next().is_some() || document.says(Signal::Danger) {
        found.extend(document.ending().map(Hit::at));
    }
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
    let Some(first) = asks(document).next() else { return };
    let Some(sentence) = document.sentences.get(first) else { return };
    let before = words_before(document, first);
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
    if before > limits.words_before_ask || inside >= LONG_BEGINNING {
        found.push(
            Hit::at(sentence.range()).with("count", before + inside).with("limit", limits.words_before_ask),
        );
    }
}

/// More requests in running text than people keep in mind. Numbered or bulleted requests do not count.
pub fn too_many_asks(document: &Document<'_>, limits: &Limits, found: &mut Vec<Hit>) {
    let mut run: Vec<usize> = Vec::new();
    let mut steps = 0;
    for number in 0..document.sentences.len() {
        if document.block_kind(number) == BlockKind::Item {
            continue;
        }
        let here = steps_in(document, number);
        if here > 0 {
            steps += here;
            run.push(number);
        }
    }
    if steps <= limits.asks {
        return;
    }
    let most =
        run.iter().copied().max_by_key(|number| (steps_in(document, *number), std::cmp::Reverse(*number)));
    if let Some(sentence) = most.and_then(|number| document.sentences.get(number)) {
        found.push(Hit::at(sentence.range()).with("count", steps).with("limit", limits.asks));
    }
}

/// An answer that does not say what we do next.
pub fn no_word_on_what_we_do(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let answers = document.says(Signal::ReportReceived) || document.is_letter();
    let asks_back = document.tokens.iter().any(|token| token.is_mark('?') && !token.shape.is_quoted());
    if !answers || asks_back || document.says(Signal::OurNextStep) || document.says(Signal::NothingToDo) {
        return;
    }
    found.extend(document.ending().map(Hit::at));
}

/// The sentences that ask something, closing lines left out.
pub(super) fn asks<'d>(document: &'d Document<'_>) -> impl Iterator<Item = usize> + 'd {
    let mut last = None;
    document.signals(Signal::Ask).map(|found| found.sentence).filter(move |sentence| {
        let new = last != Some(*sentence);
        last = Some(*sentence);
        new && !document.is_greeting(*sentence) && !is_vague(document, *sentence)
    })
}

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
