//! The check every letter passes: the words of `lint`, applied to a reply to a reporter. Never changes a word itself.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use finding::{Finding, Severity, Span};

use crate::Settings;
use crate::error::{Error, Result};
use crate::words::Locale;

/// A letter as it leaves, and as the check reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    pub body: String,
    /// The same letter, all of it in the language of the words that a person put into it.
    read: String,
    language: Locale,
    /// What names others in the same case: the reader learns nothing of them.
    others: Vec<String>,
}

impl Worded {
    /// A letter around somebody's own words. It goes out in the reader's language; the words are checked in the language
    /// they are written in, and so is what stands around them: a rule that misses a next step looks for it there.
    pub fn around(words: &str, reader: Locale, letter: impl Fn(Locale) -> String) -> Worded {
        let language = Locale::of_words(words).unwrap_or(reader);
        Worded { body: letter(reader), read: letter(language), language, others: Vec::new() }
    }

    /// A letter that is all ours.
    pub fn ours(body: String, locale: Locale) -> Worded {
        Worded { read: body.clone(), body, language: locale, others: Vec::new() }
    }

    /// The same letter, whose reader learns nothing of these others.
    pub fn without(self, others: Vec<String>) -> Worded {
        Worded { others, ..self }
    }

    /// The same with the reader's name in its greeting, where that is ours and the name is one.
    #[must_use]
    pub fn greeting(self, name: &str, reader: Locale) -> Worded {
        let named = plain_name(name);
        match self.body.strip_prefix(&reader.t("letter-hello")) {
            Some(rest) if !named.is_empty() => {
                let body = format!("{}{rest}", reader.say("letter-hello-name", &[("name", named)]));
                Worded { body, ..self }
            }
            _ => self,
        }
    }

    /// The text that the spans of its findings point into.
    pub fn read(&self) -> &str {
        &self.read
    }

    /// What the check finds in it. `names` are those of its reader and its writer.
    pub fn findings(&self, settings: &Settings, names: &[&str]) -> Vec<Finding> {
        let ours = [settings.organisation.as_str(), settings.phone.as_deref().unwrap_or_default()];
        let names = [&ours, names].concat();
        let mut found = findings(&self.read, self.language, &names);
        found.extend(naming(&self.read, &self.others, &names));
        found
    }
}

/// A name as a letter of ours may carry it; empty for one that holds an address or a mark of ours.
pub fn plain_name(name: &str) -> &str {
    let plain = super::inert(name) == name && !name.contains(['[', ']', '/']);
    if plain { name.trim() } else { "" }
}

/// A letter of a person that may leave: nothing serious was found, or there is a reason.
#[derive(Clone, Debug)]
pub struct Passed {
    pub(super) codes: String,
    pub(super) over: Option<String>,
}

/// Whether a person's words may leave: without a serious finding, or with a reason, which is kept.
pub fn pass(settings: &Settings, letter: &Worded, names: &[&str], over: Option<&str>) -> Result<Passed> {
    let found = letter.findings(settings, names);
    let given = over.map(str::trim).filter(|reason| !reason.is_empty());
    if serious_of(&found) > 0 && given.is_none() {
        return Err(Error::NotYet(
            "Some words in this letter may hurt or confuse. Change them, or say why they should stay.".into(),
        ));
    }
    // A reason is kept only for words that were marked.
    let over = given.filter(|_| serious_of(&found) > 0).map(str::to_owned);
    Ok(Passed { codes: codes(&found), over })
}

/// The codes of all findings, in order.
pub(super) fn codes(found: &[Finding]) -> String {
    found.iter().map(|finding| finding.rule.as_ref()).collect::<Vec<_>>().join(" ")
}

/// How many findings would keep a letter from leaving.
pub(super) fn serious_of(found: &[Finding]) -> usize {
    found.iter().filter(|finding| finding.severity >= Severity::Warning).count()
}

/// What the check finds in a letter to a reporter. Nobody chose `names` as words (`ACME`, `AT&T`), so what is found only because of
/// them does not count. But anybody may type any name: words that hurt in small letters are words, whoever is called so.
pub fn findings(body: &str, locale: Locale, names: &[&str]) -> Vec<Finding> {
    let language = match locale {
        Locale::En => lint::Language::English,
        Locale::De => lint::Language::German,
    };
    let look = |text: &str| check(text, Some(lint::Kind::Reply), Some(language));
    let mut found = look(body);
    if !found.is_empty()
        && let Cow::Owned(nameless) = in_place_of_names(body, names, made_up)
    {
        let small = in_place_of_names(body, names, small);
        let there = [look(&nameless), look(&small)].concat();
        found.retain(|one| there.iter().any(|other| (other.span, &other.rule) == (one.span, &one.rule)));
    }
    found
}

/// The code of a mark on words that name somebody else of the case.
pub const NAMES_OTHERS: &str = "OTHERS";

/// Where a letter names somebody else of the same case. A name that is also the reader's, the writer's or ours names nobody else.
fn naming(text: &str, others: &[String], own: &[&str]) -> Vec<Finding> {
    let own: BTreeSet<&str> = own.iter().flat_map(|name| name.split_whitespace()).collect();
    let mut places: Vec<Span> = others.iter().flat_map(|other| places_of(text, other, &own)).collect();
    places.sort_by_key(|place| (place.start, Reverse(place.end)));
    let mut found: Vec<Finding> = Vec::new();
    for place in places {
        if found.last().is_none_or(|last| last.span.end <= place.start) {
            found.push(names_another(text, place));
        }
    }
    found
}

/// Whether words hold this name or address.
pub fn is_named(words: &str, name: &str) -> bool {
    !places_of(words, name, &BTreeSet::new()).is_empty()
}

/// Where a name or an address stands, in any of its forms that are nobody else's.
fn places_of(text: &str, name: &str, own: &BTreeSet<&str>) -> Vec<Span> {
    // As long as the text itself, so that each place is the same.
    let small = name.contains('@').then(|| (text.to_ascii_lowercase(), name.to_ascii_lowercase()));
    let (text, name) = small.as_ref().map_or((text, name), |(text, name)| (text.as_str(), name.as_str()));
    let theirs = forms(name).filter(|form| !form.split_whitespace().all(|word| own.contains(word)));
    let places =
        theirs.flat_map(|form| text.match_indices(form).map(|(at, form)| Span::new(at, at + form.len())));
    places.filter(|place| stands_alone(text, place.start, place.end)).collect()
}

fn names_another(text: &str, span: Span) -> Finding {
    Finding {
        rule: Cow::Borrowed(NAMES_OTHERS),
        span,
        severity: Severity::Warning,
        message: format!(
            "`{}` is somebody else who told us in this case.",
            span.of(text).unwrap_or_default()
        ),
        why: "Whoever tells us something is not named to others. Say “somebody” or “a colleague”.".into(),
        fix: None,
    }
}

/// How a name may stand in a letter: whole, and the first and the last word of a name of two or three.
fn forms(name: &str) -> impl Iterator<Item = &str> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let named = (2..=3).contains(&words.len()) && !name.contains('@');
    let first = words.first().filter(|word| named && is_name(word, 3)).copied();
    let last = words.last().filter(|word| named && is_name(word, 4)).copied();
    [Some(name.trim()).filter(|name| name.len() > 2), first, last].into_iter().flatten()
}

/// Whether a word can be a name by its look: `Uwe`, and not `IT`.
fn is_name(word: &str, least: usize) -> bool {
    word.chars().count() >= least
        && word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().any(char::is_lowercase)
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let within = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    !within(before) && !within(after)
}

/// The text with something else, as long as the first, in the place of each name.
fn in_place_of_names<'a>(body: &'a str, names: &[&str], other: fn(&str) -> String) -> Cow<'a, str> {
    let mut out = Cow::Borrowed(body);
    for name in names.iter().map(|name| name.trim()).filter(|name| name.len() > 1) {
        let other = other(name);
        for (at, _) in body.match_indices(name) {
            let end = at + name.len();
            if stands_alone(body, at, end) {
                out.to_mut().replace_range(at..end, &other);
            }
        }
    }
    out
}

/// A name of one word in small letters, where it is as long then. A longer one is no word that somebody wrote.
fn small(name: &str) -> String {
    let small = name.to_lowercase();
    if name.contains(' ') || small.len() != name.len() { made_up(name) } else { small }
}

/// A made-up word in the place of each of a name.
fn made_up(name: &str) -> String {
    name.split(' ').map(made_up_word).collect::<Vec<_>>().join(" ")
}

/// What holds a digit stays.
fn made_up_word(word: &str) -> String {
    if word.is_empty() || word.contains(|letter: char| letter.is_ascii_digit()) {
        return word.to_owned();
    }
    format!("N{}", "n".repeat(word.len() - 1))
}

/// What the check finds in a text of which nobody said what it is.
pub fn findings_in_any(body: &str) -> Vec<Finding> {
    check(body, None, None)
}

/// All of it: what looks like a mail below would leave with the letter.
fn check(body: &str, kind: Option<lint::Kind>, language: Option<lint::Language>) -> Vec<Finding> {
    let profile = lint::Profile::default();
    let draft = lint::Draft { text: body, format: lint::Format::Markdown, kind, language, profile: &profile };
    lint::Checker::standard().check_all(&draft).findings
}

/// One stretch of a draft, with what was found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub text: String,
    pub code: Option<String>,
    pub message: String,
}

/// What a finding says, with the words it is about in the quotation marks of its language instead of a terminal's.
pub fn on_page(finding: &Finding) -> String {
    let set = lint::rule::LANGUAGES.iter().find(|set| set.rules.iter().any(|rule| rule.code == finding.rule));
    let (open, close) = match set.map(|set| set.language) {
        Some("de") => ('„', '“'),
        _ => ('“', '”'),
    };
    let mut inside = false;
    let turned = finding.message.chars().map(|one| match one {
        '`' => {
            inside = !inside;
            if inside { open } else { close }
        }
        other => other,
    });
    turned.collect()
}

/// A draft cut into stretches so that a page can mark what was found. Overlapping findings show the first.
pub fn marked(body: &str, found: &[Finding]) -> Vec<Marked> {
    let mut ordered: Vec<&Finding> = found.iter().filter(|finding| !finding.span.is_empty()).collect();
    ordered.sort_by_key(|finding| (finding.span.start, finding.span.end));
    let mut out = Vec::new();
    let mut at = 0;
    for finding in ordered {
        if finding.span.start < at {
            continue;
        }
        let (Some(before), Some(inside)) = (body.get(at..finding.span.start), finding.span.of(body)) else {
            continue;
        };
        if !before.is_empty() {
            out.push(Marked { text: before.to_owned(), code: None, message: String::new() });
        }
        out.push(Marked {
            text: inside.to_owned(),
            code: Some(finding.rule.to_string()),
            message: on_page(finding),
        });
        at = finding.span.end;
    }
    if let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        out.push(Marked { text: rest.to_owned(), code: None, message: String::new() });
    }
    for piece in &mut out {
        piece.text = super::without_links(&piece.text);
    }
    out
}
