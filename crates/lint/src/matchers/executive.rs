//! What managers need: the effect on the business, and the decision asked of them.

use super::MONTHS;
use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;
use text::Key;
use text::prose::BlockKind;
use text::word::{Kind, Token};

/// A brief that neither says what the matter costs, stops or spares the business, nor asks for a decision.
pub fn no_business_effect(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if !document.says(Signal::Effect) && !document.says(Signal::Decision) {
        found.extend(document.opening().map(Hit::at));
    }
}

/// Sentences with two counts or scores, or one beside a short form, and no word on what they mean for the business.
pub fn bare_numbers(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    for (number, sentence) in document.sentences.iter().enumerate() {
        let in_a_table = matches!(document.block_kind(number), BlockKind::Cell | BlockKind::Label);
        if in_a_table || document.is_greeting(number) || says_what_it_means(document, number) {
            continue;
        }
        let (mut counts, mut short, mut measured, mut named) = (0, 0, false, false);
        let tokens = document.tokens_of(sentence);
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.shape.is_quoted()) {
            let text = token.of(document.text());
            match token.kind {
                Kind::Number if is_reference(tokens, at) => {}
                Kind::Number => {
                    counts += usize::from(!is_year_or_time(text));
                    measured |= text.contains('.');
                }
                Kind::Word => {
                    let letters = text.chars().count();
                    named |= letters > 2;
                    short += usize::from(token.shape.is_capitals() && (2..=5).contains(&letters));
                    measured |= MEASURES.contains(&token.key);
                }
                _ => {}
            }
        }
        let shares = ranges(document.tokens_of(sentence));
        if named && measured && counts + short >= 2 + shares && counts > 0 {
            found.push(Hit::at(sentence.range()));
        }
    }
}

/// How often two numbers are one: a share (*12 of 40*) or a range (*3 to 5*), but not a change (*from 3 to 5*).
fn ranges(tokens: &[Token]) -> usize {
    let joined = |place: usize| match tokens.get(place..place + 3) {
        Some([first, between, second]) if first.kind == Kind::Number && second.kind == Kind::Number => {
            let before = place.checked_sub(1).and_then(|before| tokens.get(before));
            between.key == OF || between.key == TO && before.is_none_or(|token| token.key != FROM)
        }
        _ => false,
    };
    (0..tokens.len()).filter(|place| joined(*place)).count()
}

const OF: Key = Key::of("of");
const TO: Key = Key::of("to");
const FROM: Key = Key::of("from");

/// What only our trade counts.
const MEASURES: [Key; 26] = Key::each([
    "events",
    "findings",
    "compliance",
    "coverage",
    "maturity",
    "score",
    "index",
    "rating",
    "severity",
    "vulnerabilities",
    "alerts",
    "sources",
    "logs",
    "endpoints",
    "endpoint",
    "patches",
    "patching",
    "hosts",
    "signatures",
    "tickets",
    "threshold",
    "spam",
    "viruses",
    "residual",
    "rules",
    "blocked",
]);

/// Whether a sentence speaks of an effect, the business or a decision, or whom to ask.
fn says_what_it_means(document: &Document<'_>, number: usize) -> bool {
    [Signal::Effect, Signal::Decision, Signal::Business, Signal::Contact]
        .into_iter()
        .any(|signal| document.says_in(number, signal))
}

/// *Section 12*, *16 CFR 314.4*, *27 August*: the number of a law, a paper or a day.
fn is_reference(tokens: &[Token], at: usize) -> bool {
    let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
    beside
        .filter_map(|at| tokens.get(at))
        .any(|token| REFERENCES.contains(&token.key) || MONTHS.contains(&token.key))
}

static REFERENCES: [Key; 23] = Key::each([
    "cfr",
    "usc",
    "act",
    "section",
    "sections",
    "article",
    "paragraph",
    "exhibit",
    "attachment",
    "appendix",
    "annex",
    "resolution",
    "regulation",
    "directive",
    "page",
    "item",
    "chapter",
    "clause",
    "no",
    "§",
    "phase",
    "version",
    "table",
]);

/// 2026, 14:30: says when, and counts nothing.
fn is_year_or_time(text: &str) -> bool {
    text.contains(':') || text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
}
