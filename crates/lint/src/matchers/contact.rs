//! Whether a document says how somebody can be reached: a phrase (*reply to this mail*), an address, a number to dial, a channel.

use super::MONTHS;
use crate::document::{Document, Signal, Signalled};
use crate::draft::Language;
use text::word::Kind;
use text::{Key, Sentence, Token};

/// Whether the reader learns how to reach somebody.
pub(super) fn is_named(document: &Document<'_>) -> bool {
    document
        .signals(Signal::Contact)
        .any(|contact| !is_refused(document, contact) && !is_a_day(document, contact))
        || document.sentences.iter().enumerate().any(|(number, sentence)| {
            let tokens = document.tokens_of(sentence);
            (0..tokens.len()).any(|at| {
                is_number_to_dial(document, tokens, at)
                    || is_address(document, tokens, at) && !is_of_a_lure(document, tokens, at)
                    || is_spelled_address(tokens.get(at..).unwrap_or(&[]))
                    || is_page_to_ask_on(document, number, tokens, at)
            }) || ends_in_a_number(document, sentence)
        })
}

/// A link that leads to people: its own words say so (*/support*), or the sentence with it or the one before speaks of asking. Every other
/// link leads to something to read.
fn is_page_to_ask_on(document: &Document<'_>, number: usize, tokens: &[Token], at: usize) -> bool {
    let Some(link) = tokens.get(at).filter(|token| token.kind == Kind::Link) else { return false };
    let shown = link.of(document.text()).to_lowercase();
    let asks = |number: usize| {
        let tokens = document.sentences.get(number).map_or(&[][..], |sentence| document.tokens_of(sentence));
        tokens.iter().any(|token| ASKED.contains(&token.key))
    };
    !shown.contains("localhost")
        && (HELPFUL.iter().any(|part| shown.contains(part)) || asks(number) || number > 0 && asks(number - 1))
}

/// *Do not reply to this mail*, *do not open links, call back or reply to it*.
fn is_refused(document: &Document<'_>, contact: &Signalled) -> bool {
    let from = document.sentences.get(contact.sentence).map_or(contact.first, |sentence| sentence.first);
    let before = document.tokens.get(from..contact.first).unwrap_or(&[]);
    let in_a_row = before.last().is_some_and(|token| token.key == OR);
    let reach = if in_a_row { 24 } else { 3 };
    before
        .iter()
        .rev()
        .take_while(|token| {
            token.kind != Kind::Mark || in_a_row && (token.is_mark(',') || token.is_mark('/'))
        })
        .take(reach)
        .any(|token| REFUSALS.contains(&token.key))
}

/// *On 12 May*, *on Friday, 1/12/26*: the only number of the phrase is a day, or counts something.
fn is_a_day(document: &Document<'_>, contact: &Signalled) -> bool {
    let mut numbers = (contact.first..contact.last)
        .filter_map(|at| Some((document.tokens.get(at)?, document.tokens.get(at + 1))))
        .filter(|(token, _)| token.kind == Kind::Number)
        .peekable();
    numbers.peek().is_some()
        && numbers.all(|(number, next)| is_date(number.of(document.text())) || next.is_some_and(counts))
}

/// A mailbox that is read, a channel such as `#help`, or a handle such as `@on-call`.
fn is_address(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let shown = token.of(document.text());
    let mailbox =
        token.kind == Kind::Link && shown.contains('@') && !shown.replace('-', "").contains("noreply");
    let channel = (token.is_mark('#') || token.is_mark('@'))
        && tokens.get(at + 1).is_some_and(|next| {
            !matches!(next.kind, Kind::Number | Kind::Link) && !next.shape.is_after_space()
        });
    mailbox || channel
}

/// An address written against robots: *desk(at)harbour(dot)example*, *desk [at] harbour*.
fn is_spelled_address(tokens: &[Token]) -> bool {
    matches!(tokens, [before, open, at, close, after, ..]
        if at.key == AT
            && (open.is_mark('(') && close.is_mark(')') || open.is_mark('[') && close.is_mark(']'))
            && before.is_wordlike()
            && after.is_wordlike())
}

/// A mail address that a German text shows as the sender of a lure: *die falschen Nachrichten kommen von …*, or in quotation marks.
fn is_of_a_lure(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    document.language == Language::German
        && tokens.get(at).is_some_and(|token| token.kind == Kind::Link)
        && !tokens.iter().any(|token| ASKED.contains(&token.key) || REPORTED.contains(&token.key))
        && (tokens.get(at).is_some_and(|token| token.shape.is_quoted())
            || tokens.iter().any(|token| FORGED.contains(&token.key)))
}

/// Words beside the address of a lure.
static FORGED: [Key; 26] = Key::each([
    "absender",
    "absendern",
    "absenderadresse",
    "absenderadressen",
    "gefälscht",
    "gefälschte",
    "gefälschten",
    "gefälschter",
    "falsche",
    "falschen",
    "falscher",
    "angeblich",
    "angebliche",
    "angeblichen",
    "vermeintlich",
    "vermeintliche",
    "vermeintlichen",
    "betrüger",
    "betrügern",
    "betrügerische",
    "betrügerischen",
    "phishing",
    "angreifer",
    "stammt",
    "stammen",
    "täuschend",
]);

/// Words beside an address to write to.
static REPORTED: [Key; 16] = Key::each([
    "meldet",
    "leiten",
    "leitet",
    "weiterleiten",
    "weiterzuleiten",
    "senden",
    "schicken",
    "schreiben",
    "wenden",
    "informieren",
    "melde",
    "schickt",
    "kontaktieren",
    "erreichen",
    "erreichbar",
    "weitergeleitet",
]);

/// *call 210*, *on extension 4471*, *the duty phone is 2000*, *0555 0123*, *555-0175*.
fn is_number_to_dial(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    let Some(number) = tokens.get(at).filter(|token| is_digits(document, token)) else { return false };
    if tokens.get(at + 1).is_some_and(counts) {
        return false;
    }
    let before = tokens.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    if is_after_a_line(before) {
        return true;
    }
    if is_year(document, number) {
        return false;
    }
    let long = number.of(document.text()).len() >= 3;
    let next_too = long && tokens.get(at + 1).is_some_and(|next| is_plain_number(document, next));
    let goes_on = |token: &&Token| !HAPPENED.contains(&token.key);
    is_long_number(document, number)
        || next_too
        || before.iter().rev().take_while(goes_on).any(|token| DIALLED.contains(&token.key))
        || long && before.last().is_some_and(|token| token.key == ON)
}

/// *extension*, *phone:*, *tel. no.*, *the hotline is*, with nothing else before the number.
fn is_after_a_line(before: &[Token]) -> bool {
    let between = |token: &&Token| JOINS.contains(&token.key);
    before.iter().rev().find(|token| !between(token)).is_some_and(|token| LINES.contains(&token.key))
}

/// *Jill Fenwick, duty manager, 120.*
fn ends_in_a_number(document: &Document<'_>, sentence: &Sentence) -> bool {
    let tokens = document.tokens_of(sentence);
    let last = tokens.iter().rposition(|token| token.kind != Kind::Mark);
    last.is_some_and(|last| {
        tokens.get(last).is_some_and(|token| is_plain_number(document, token) && token.end - token.start < 8)
            && before_extension(document, tokens, last).is_some_and(|token| token.is_mark(','))
            && tokens.iter().any(|token| token.kind == Kind::Word && token.shape.is_capitalised())
    })
}

/// The token before an extension. In German letters a hyphen may stand for the number of the house: *Frau Sommer, -127*.
fn before_extension<'t>(document: &Document<'_>, tokens: &'t [Token], number: usize) -> Option<&'t Token> {
    let before = number.checked_sub(1).and_then(|at| tokens.get(at))?;
    if document.language == Language::German && before.is_mark('-') {
        return number.checked_sub(2).and_then(|at| tokens.get(at));
    }
    Some(before)
}

/// Digits only, at least two, and no year or date.
fn is_plain_number(document: &Document<'_>, token: &Token) -> bool {
    is_digits(document, token) && !is_year(document, token)
}

/// Two digits or more, perhaps in groups, and no date.
fn is_digits(document: &Document<'_>, token: &Token) -> bool {
    let shown = token.of(document.text());
    token.kind == Kind::Number
        && shown.len() >= 2
        && shown.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'/')
        && !is_date(shown)
}

fn is_year(document: &Document<'_>, token: &Token) -> bool {
    looks_like_a_year(token.of(document.text()))
}

fn looks_like_a_year(shown: &str) -> bool {
    shown.len() == 4 && (shown.starts_with("20") || shown.starts_with("19"))
}

/// *2026-12-01*, *1/12/2026*, *01/12/26*, *12/2026*; not *020-7946-0958*, whose groups are longer.
fn is_date(shown: &str) -> bool {
    let groups: Vec<&str> = shown.split(['-', '/', '.']).collect();
    let years = groups.iter().filter(|group| looks_like_a_year(group)).count();
    let short = groups.iter().filter(|group| group.len() <= 2).count();
    matches!(groups.len(), 2 | 3) && years == 1 && short + 1 == groups.len()
        || groups.len() == 3 && short == 3 && !shown.contains('-')
}

/// *555-0175*: a number in groups that is too long for a count.
fn is_long_number(document: &Document<'_>, token: &Token) -> bool {
    let shown = token.of(document.text());
    let digits = shown.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && digits < shown.len() && is_plain_number(document, token)
}

/// What may stand between a line and its number.
static JOINS: [Key; 8] = Key::each(["is", "on", "at", "number", "no", ":", ".", "("]);

/// What stands after a number that counts something or is a day.
fn counts(next: &Token) -> bool {
    COUNTED.contains(&next.key) || MONTHS.contains(&next.key)
}

static COUNTED: [Key; 50] = Key::each([
    "%",
    "minute",
    "minutes",
    "min",
    "hour",
    "hours",
    "second",
    "seconds",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "time",
    "times",
    "people",
    "persons",
    "colleagues",
    "staff",
    "mails",
    "emails",
    "messages",
    "letters",
    "alerts",
    "reports",
    "calls",
    "euro",
    "euros",
    "pounds",
    "dollars",
    "percent",
    "am",
    "pm",
    "uhr",
    "minuten",
    "stunden",
    "sekunden",
    "tage",
    "tagen",
    "wochen",
    "monate",
    "monaten",
    "jahre",
    "jahren",
    "mal",
    "prozent",
    "personen",
]);

/// What stands between a call and a number that is not dialled: *the call took 20 minutes*, *please call before 12*.
static HAPPENED: [Key; 38] = Key::each([
    "took", "takes", "lasted", "showed", "shows", "rang", "was", "were", "had", "has", "have", "got", "came",
    "comes", "received", "since", "until", "till", "from", "after", "before", "by", "within", "for", "about",
    "than", "between", "over", "under", "seit", "bis", "vor", "nach", "um", "dauert", "dauerte", "hat",
    "hatte",
]);

/// Words for a line to call.
static LINES: [Key; 8] =
    Key::each(["phone", "telephone", "tel", "ext", "extension", "hotline", "helpline", "dial"]);

const ON: Key = Key::of("on");
const AT: Key = Key::of("at");
const OR: Key = Key::of("or");

/// What a link to people has in its own words.
const HELPFUL: [&str; 7] = ["support", "help", "contact", "report", "desk", "ticket", "ask"];

/// Words of asking, near a link.
static ASKED: [Key; 39] = Key::each([
    "forum",
    "form",
    "place",
    "questions",
    "question",
    "queries",
    "query",
    "help",
    "contact",
    "report",
    "support",
    "problem",
    "problems",
    "trouble",
    "ask",
    "unsure",
    "doubt",
    "doubts",
    "desk",
    "helpdesk",
    "feedback",
    "chat",
    "reach",
    "assistance",
    "concerns",
    "worried",
    "stuck",
    "write",
    "tell",
    "fragen",
    "frage",
    "hilfe",
    "kontakt",
    "melden",
    "probleme",
    "problemen",
    "zweifel",
    "rückfragen",
    "unsicher",
]);

static REFUSALS: [Key; 6] = Key::each(["not", "never", "no", "cannot", "nicht", "keine"]);

/// Words that stand before a number to dial or a door to knock at.
static DIALLED: [Key; 42] = Key::each([
    "report",
    "forward",
    "tell",
    "send",
    "call",
    "ring",
    "phone",
    "dial",
    "text",
    "tel",
    "telephone",
    "ext",
    "extension",
    "mobile",
    "hotline",
    "helpline",
    "line",
    "desk",
    "number",
    "reach",
    "room",
    "office",
    "helpdesk",
    "pager",
    "questions",
    "contact",
    "trouble",
    "cell",
    "anrufen",
    "telefon",
    "durchwahl",
    "apparat",
    "nummer",
    "unter",
    "raum",
    "zimmer",
    "rufen",
    "mobil",
    "handy",
    "fragen",
    "kurzwahl",
    "dw",
]);
