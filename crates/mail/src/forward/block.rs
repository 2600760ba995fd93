//! Finds the copied header of a forwarded message among the lines of a text.

use super::labels::{self, Announcement, Field, TONGUES, Tongues};

/// Lines looked at, far above any letter a person writes or forwards.
const LINES: usize = 20_000;
/// Lines a copied header may take, with long recipient lists.
const HEADER_LINES: usize = 60;
/// Bytes kept of one value.
const VALUE: usize = 16 << 10;
/// Bytes within which a label's colon must stand.
const LABEL: usize = 48;

/// How much of a header has to stand there without a line that announces one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Least {
    /// A sender, a time, and a subject or reader, as programs copy them into a letter that may be about anything.
    WholeHeader,
    /// A sender and one more: enough in a text that was copied to show a message.
    TwoFields,
}

/// One line as a byte range of the text, without its line break.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub start: usize,
    pub end: usize,
}

/// A copied header and where it stands.
pub(super) struct Block {
    pub program: &'static str,
    pub language: &'static str,
    /// Whether a line announced a forward, as opposed to a reply's quotation or nothing at all.
    pub announced_forward: bool,
    pub from: String,
    pub to: String,
    pub cc: String,
    pub reply_to: String,
    pub subject: String,
    pub date: String,
    /// First byte of the separator or of the first label.
    pub start: usize,
    /// First byte after the header.
    pub body: usize,
    /// Whether the header stood behind `>` marks, so that the body does too.
    pub quoted: bool,
}

/// The lines of a text, bounded.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for piece in text.split_inclusive('\n').take(LINES) {
        let bare = piece.trim_end_matches(['\n', '\r']);
        lines.push(Line { start, end: start + bare.len() });
        start += piece.len();
    }
    lines
}

/// The first copied header in `text` at or after byte `from`.
pub(super) fn first(text: &str, from: usize, least: Least) -> Option<Block> {
    let lines = lines(text);
    for (position, line) in lines.iter().enumerate() {
        if line.start < from {
            continue;
        }
        let shown = clean(of(text, *line));
        if shown.is_empty() {
            continue;
        }
        let separator = separator(shown);
        let begins = |field: Field| {
            field == Field::From || least == Least::TwoFields && matches!(field, Field::Subject | Field::Date)
        };
        let starts = separator.is_some() || label(shown).is_some_and(|(field, _, _)| begins(field));
        if !starts {
            continue;
        }
        if let Some(block) = read(text, &lines, position, separator, least) {
            return Some(block);
        }
    }
    None
}

/// The text of a line.
pub(super) fn of(text: &str, line: Line) -> &str {
    text.get(line.start..line.end).unwrap_or_default()
}

/// A line without quotation marks, indentation and invisible characters at its ends.
pub(super) fn clean(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || c == '|' || blank(c)).trim_end_matches(blank)
}

fn blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A separator line: what it announces, in which languages, and how many dashes lead it.
type Separator = (Announcement, Tongues, usize);

fn separator(shown: &str) -> Option<Separator> {
    if shown.len() > 120 {
        return None;
    }
    let dashes = shown.chars().take_while(|c| is_dash(*c)).count();
    let words =
        shown.trim_matches(|c: char| is_dash(c) || blank(c) || c == '*').trim_end_matches([':', '：']);
    if dashes < 2 && !shown.ends_with([':', '：', '*']) || words.is_empty() {
        return None;
    }
    let words = words.trim_end_matches(blank).to_lowercase();
    let (kind, tongues) = labels::announcement_of(&words)?;
    if dashes < 2 && kind != Announcement::Begin {
        return None;
    }
    Some((kind, tongues, dashes))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '=' | '–' | '—' | '─' | '‐' | '‑')
}

/// A label line: the field, its languages, and what stands behind the colon.
fn label(shown: &str) -> Option<(Field, Tongues, &str)> {
    let colon =
        shown.char_indices().take_while(|(at, _)| *at < LABEL).find(|(_, c)| matches!(c, ':' | '：'))?;
    let (name, rest) = (shown.get(..colon.0)?, shown.get(colon.0 + colon.1.len_utf8()..)?);
    let name = name.trim_matches(|c: char| c == '*' || c == '_' || blank(c));
    if name.is_empty() || name.len() > 40 {
        return None;
    }
    let (field, tongues) = labels::field_of(&name.to_lowercase())?;
    Some((field, tongues, rest.trim_start_matches(|c: char| c == '*' || blank(c))))
}

#[derive(Default)]
struct Values {
    seen: Vec<(Field, Tongues)>,
    values: Vec<String>,
}

impl Values {
    fn has(&self, field: Field) -> bool {
        self.seen.iter().any(|(seen, _)| *seen == field)
    }

    fn take(&mut self, field: Field) -> String {
        let at = self.seen.iter().position(|(seen, _)| *seen == field);
        at.and_then(|at| self.values.get_mut(at)).map(std::mem::take).unwrap_or_default()
    }
}

/// Reads a copied header that may begin at line `position`.
fn read(
    text: &str,
    lines: &[Line],
    position: usize,
    separator: Option<Separator>,
    least: Least,
) -> Option<Block> {
    let first = lines.get(position)?;
    let mut found = Values::default();
    let mut next = position + usize::from(separator.is_some());
    let mut body = first.end;
    let mut quoted = false;
    let last = (position + HEADER_LINES).min(lines.len());
    while next < last {
        let raw = of(text, *lines.get(next)?);
        let shown = clean(raw);
        if shown.is_empty() {
            if !blank_inside(text, lines, next, &found) {
                break;
            }
        } else if let Some((field, tongues, value)) = label(shown) {
            if found.has(field) && field != Field::Other {
                break;
            }
            quoted |= raw.trim_start().starts_with('>');
            found.seen.push((field, tongues));
            found.values.push(crate::parse::head(value, VALUE).to_owned());
            body = lines.get(next)?.end;
        } else if !continues(text, lines, next, shown, &mut found) {
            break;
        } else {
            body = lines.get(next)?.end;
        }
        next += 1;
    }
    let enough = match separator {
        Some(_) => {
            let when = found.has(Field::Date) || found.has(Field::Sent);
            let rest = [Field::Subject, Field::To].iter().filter(|field| found.has(**field)).count();
            (found.has(Field::From) && rest + usize::from(when) >= 1) || rest + usize::from(when) >= 2
        }
        None if least == Least::TwoFields => found.has(Field::From) && found.seen.len() > 1,
        None => {
            found.has(Field::From)
                && (found.has(Field::Date) || found.has(Field::Sent))
                && (found.has(Field::Subject) || found.has(Field::To))
        }
    };
    if !enough {
        return None;
    }
    let program = program(separator, &found);
    let from = found.take(Field::From);
    let mut date = found.take(Field::Sent);
    if date.is_empty() {
        date = found.take(Field::Date);
    }
    let language = language(separator, &found.seen, &date);
    Some(Block {
        program,
        language,
        announced_forward: separator.is_some_and(|(kind, _, _)| kind != Announcement::Original),
        from,
        to: found.take(Field::To),
        cc: found.take(Field::Cc),
        reply_to: found.take(Field::ReplyTo),
        subject: found.take(Field::Subject),
        date,
        start: first.start,
        body,
        quoted,
    })
}

/// Whether a blank line at `next` stands inside the header: before the first label, between a bare label and its
/// value, or before a label not seen yet (text taken from HTML often has a blank line between paragraphs).
fn blank_inside(text: &str, lines: &[Line], next: usize, found: &Values) -> bool {
    if found.seen.is_empty() || found.values.last().is_some_and(String::is_empty) {
        return true;
    }
    let following =
        lines.iter().skip(next + 1).take(2).map(|line| clean(of(text, *line))).find(|line| !line.is_empty());
    match following.and_then(label) {
        Some((field, _, _)) => !found.has(field),
        None => false,
    }
}

/// Whether a line without a label goes on with the value before it; if so, adds it there.
fn continues(text: &str, lines: &[Line], next: usize, shown: &str, found: &mut Values) -> bool {
    let Some((field, _)) = found.seen.last().copied() else { return false };
    let more_fields = || {
        let following = lines
            .iter()
            .skip(next + 1)
            .take(2)
            .map(|line| clean(of(text, *line)))
            .find(|line| !line.is_empty());
        matches!(following.and_then(label), Some((field, _, _)) if !found.has(field))
    };
    let Some(value) = found.values.last() else { return false };
    let goes_on = value.is_empty()
        || match field {
            Field::To | Field::Cc => value.ends_with([',', ';']) || shown.contains('@') && more_fields(),
            Field::From => !value.contains('@') && shown.contains('@') && shown.len() < 200,
            Field::Subject | Field::Date | Field::Sent | Field::ReplyTo => more_fields(),
            Field::Other => false,
        };
    if goes_on && let Some(value) = found.values.last_mut() {
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(shown.get(..shown.floor_char_boundary(1000)).unwrap_or_default());
    }
    goes_on
}

/// Which program writes a header like this.
fn program(separator: Option<Separator>, found: &Values) -> &'static str {
    let subject_first = matches!(found.seen.first(), Some((Field::Subject, _)));
    let sent = found.has(Field::Sent);
    match separator {
        None => "outlook",
        Some((Announcement::Begin, _, _)) => "apple-mail",
        Some(_) if subject_first => "thunderbird",
        Some((Announcement::Original, _, dashes)) if sent || dashes == 5 => "outlook",
        Some((_, _, dashes)) => match (dashes, sent) {
            (9.., false) => "gmail",
            (6..=8, false) => "thunderbird",
            (5, _) => "yahoo",
            (_, true) => "outlook",
            (_, false) => "other",
        },
    }
}

/// The language of a header. Gmail mixes English labels with the reader's own, so one label that is not English
/// outweighs any number of English ones; neighbours with the same label are told apart by the words of the date.
fn language(separator: Option<Separator>, seen: &[(Field, Tongues)], date: &str) -> &'static str {
    let mut votes: Vec<Tongues> = seen.iter().map(|(_, tongues)| *tongues).collect();
    votes.extend(separator.map(|(_, tongues, _)| tongues));
    let foreign = votes.iter().any(|tongues| tongues & 1 == 0);
    if foreign {
        votes.retain(|tongues| tongues & 1 == 0);
    }
    let date = date.to_lowercase();
    let score = |position: usize| {
        let labels = votes.iter().filter(|tongues| *tongues & (1 << position) != 0).count();
        let words = TONGUES.get(position).map_or(0, |tongue| {
            date.split_whitespace()
                .filter(|word| {
                    tongue.date_words.contains(word)
                        || tongue.date_words.contains(&word.trim_end_matches(','))
                })
                .count()
        });
        labels * 4 + words.min(3)
    };
    (usize::from(foreign)..TONGUES.len())
        .rev()
        .max_by_key(|position| score(*position))
        .and_then(|position| TONGUES.get(position))
        .map_or("en", |tongue| tongue.code)
}
