//! Whether a document says how somebody can be reached: a phrase (*reply to this mail*), an address, a number to dial, a channel.

use crate::document::{Document, Signal, Signalled};
use crate::draft::Language;
use text::word::Kind;
use text::{Key, Sentence, Token};

/// Whether the reader learns how to reach somebody.
pub(super) fn is_named(document: &Document<'_>) -> bool {
    document
        .signals(Signal::Contact)
        .any(|contact| !is_refused(document, contact) && !is_a_day(document, contact))
        || document.sentences.iter().any(|sentence| {
            let tokens = document.tokens_of(sentence);
            (0..tokens.len())
                .any(|at| is_number_to_dial(document, tokens, at) || is_address(document, tokens, at))
                || ends_in_a_number(document, sentence)
        })
}

/// *Do not reply to this mail.*
fn is_refused(document: &Document<'_>, contact: &Signalled) -> bool {
    let from = document.sentences.get(contact.sentence).map_or(contact.first, |sentence| sentence.first);
    let before = document.tokens.get(from..contact.first).unwrap_or(&[]);
    before
        .iter()
        .rev()
        .take_while(|token| token.kind != Kind::Mark)
        .take(3)
        .any(|token| REFUSALS.contains(&token.key))
}

/// *On 12 May*, *on Friday, 1/12/26*: the only number of the phrase is a day, or counts something.
fn is_a_day(document: &Document<'_>, contact: &Signalled) -> bool {
    let mut numbers = (contact.first..contact.last)
        .filter_map(|at| Some((document.tokens.get(at)?, document.tokens.get(at + 1))))
        .filter(|(token, _)| token.kind == Kind::Number)
        .peekable();
    numbers.peek().is_some()
        && numbers.all(|(number, next)| {
            is_date(number.of(document.text())) || next.is_some_and(|next| COUNTED.contains(&next.key))
        })
}

/// A mailbox that is read, a channel such as `#help`, or a handle such as `@on-call`.
fn is_address(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let shown = token.of(document.text());
    let mailbox =
        token.kind == Kind::Link && shown.contains('@') && !shown.replace('-', "").contains("noreply");
    let channel = (token.is_mark('#') || token.is_mark('@'))
        && tokens.get(at + 1).is_some_and(|next| next.kind != Kind::Number && !next.shape.is_after_space());
    mailbox || channel
}

/// *call 210*, *on extension 4471*, *the duty phone is 2000*, *0555 0123*, *555-0175*.
fn is_number_to_dial(document: &Document<'_>, tokens: &[Token], at: usize) -> bool {
    let Some(number) = tokens.get(at).filter(|token| is_digits(document, token)) else { return false };
    if tokens.get(at + 1).is_some_and(|next| COUNTED.contains(&next.key)) {
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
static JOINS: [Key; 8] = [
    Key::of("is"),
    Key::of("on"),
    Key::of("at"),
    Key::of("number"),
    Key::of("no"),
    Key::of(":"),
    Key::of("."),
    Key::of("("),
];

/// What stands after a number that counts something or is a day.
static COUNTED: [Key; 62] = [
    Key::of("%"),
    Key::of("minute"),
    Key::of("minutes"),
    Key::of("min"),
    Key::of("hour"),
    Key::of("hours"),
    Key::of("second"),
    Key::of("seconds"),
    Key::of("day"),
    Key::of("days"),
    Key::of("week"),
    Key::of("weeks"),
    Key::of("month"),
    Key::of("months"),
    Key::of("year"),
    Key::of("years"),
    Key::of("time"),
    Key::of("times"),
    Key::of("people"),
    Key::of("persons"),
    Key::of("colleagues"),
    Key::of("staff"),
    Key::of("mails"),
    Key::of("emails"),
    Key::of("messages"),
    Key::of("letters"),
    Key::of("alerts"),
    Key::of("reports"),
    Key::of("calls"),
    Key::of("euro"),
    Key::of("euros"),
    Key::of("pounds"),
    Key::of("dollars"),
    Key::of("percent"),
    Key::of("am"),
    Key::of("pm"),
    Key::of("january"),
    Key::of("february"),
    Key::of("march"),
    Key::of("april"),
    Key::of("may"),
    Key::of("june"),
    Key::of("july"),
    Key::of("august"),
    Key::of("september"),
    Key::of("october"),
    Key::of("november"),
    Key::of("december"),
    Key::of("uhr"),
    Key::of("minuten"),
    Key::of("stunden"),
    Key::of("sekunden"),
    Key::of("tage"),
    Key::of("tagen"),
    Key::of("wochen"),
    Key::of("monate"),
    Key::of("monaten"),
    Key::of("jahre"),
    Key::of("jahren"),
    Key::of("mal"),
    Key::of("prozent"),
    Key::of("personen"),
];

/// What stands between a call and a number that is not dialled: *the call took 20 minutes*, *please call before 12*.
static HAPPENED: [Key; 38] = [
    Key::of("took"),
    Key::of("takes"),
    Key::of("lasted"),
    Key::of("showed"),
    Key::of("shows"),
    Key::of("rang"),
    Key::of("was"),
    Key::of("were"),
    Key::of("had"),
    Key::of("has"),
    Key::of("have"),
    Key::of("got"),
    Key::of("came"),
    Key::of("comes"),
    Key::of("received"),
    Key::of("since"),
    Key::of("until"),
    Key::of("till"),
    Key::of("from"),
    Key::of("after"),
    Key::of("before"),
    Key::of("by"),
    Key::of("within"),
    Key::of("for"),
    Key::of("about"),
    Key::of("than"),
    Key::of("between"),
    Key::of("over"),
    Key::of("under"),
    Key::of("seit"),
    Key::of("bis"),
    Key::of("vor"),
    Key::of("nach"),
    Key::of("um"),
    Key::of("dauert"),
    Key::of("dauerte"),
    Key::of("hat"),
    Key::of("hatte"),
];

/// Words for a line to call.
static LINES: [Key; 8] = [
    Key::of("phone"),
    Key::of("telephone"),
    Key::of("tel"),
    Key::of("ext"),
    Key::of("extension"),
    Key::of("hotline"),
    Key::of("helpline"),
    Key::of("dial"),
];

const ON: Key = Key::of("on");

static REFUSALS: [Key; 6] =
    [Key::of("not"), Key::of("never"), Key::of("no"), Key::of("cannot"), Key::of("nicht"), Key::of("keine")];

/// Words that stand before a number to dial or a door to knock at.
static DIALLED: [Key; 38] = [
    Key::of("call"),
    Key::of("ring"),
    Key::of("phone"),
    Key::of("dial"),
    Key::of("text"),
    Key::of("tel"),
    Key::of("telephone"),
    Key::of("ext"),
    Key::of("extension"),
    Key::of("mobile"),
    Key::of("hotline"),
    Key::of("helpline"),
    Key::of("line"),
    Key::of("desk"),
    Key::of("number"),
    Key::of("reach"),
    Key::of("room"),
    Key::of("office"),
    Key::of("helpdesk"),
    Key::of("pager"),
    Key::of("questions"),
    Key::of("contact"),
    Key::of("trouble"),
    Key::of("cell"),
    Key::of("anrufen"),
    Key::of("telefon"),
    Key::of("durchwahl"),
    Key::of("apparat"),
    Key::of("nummer"),
    Key::of("unter"),
    Key::of("raum"),
    Key::of("zimmer"),
    Key::of("rufen"),
    Key::of("mobil"),
    Key::of("handy"),
    Key::of("fragen"),
    Key::of("kurzwahl"),
    Key::of("dw"),
];
