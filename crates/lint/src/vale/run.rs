//! Applies one rule of a style to the parts of a document that it reads.

use super::definition::{Case, Check, StyleRule, Swap};
use super::pattern::{Groups, Pattern, translated};
use super::{case, measure};
use finding::{Applicability, Finding, Fix, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use text::prose::{BlockKind, Prose};

/// Adds what `rule` finds in a document.
pub fn run(rule: &StyleRule, original: &str, prose: &Prose<'_>, findings: &mut Vec<Finding>) {
    let raw = rule.scopes.iter().any(|scope| scope == "raw");
    let measures = matches!(rule.check, Check::Metric { .. } | Check::Readability { .. });
    let scopes = if measures && rule.scopes.iter().all(|scope| scope == "text" || scope == "summary") {
        &[String::from("~heading")]
    } else {
        rule.scopes.as_slice()
    };
    let places = if raw { std::iter::once(0..original.len()).collect() } else { places(scopes, prose) };
    let text: &str = if raw { original } else { &prose.text };
    let mut reader = Reader { rule, text, prose, raw, findings, known: BTreeSet::new(), sides: Vec::new() };
    match &rule.check {
        Check::Metric { .. } | Check::Readability { .. } => reader.measure(&places),
        _ => {
            for place in places {
                reader.place(place);
            }
        }
    }
}

/// The parts of the prose that the scopes name; all blocks where none is named.
fn places(scopes: &[String], prose: &Prose<'_>) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for block in &prose.blocks {
        if scopes.is_empty() || scopes.iter().any(|scope| covers(scope, block.kind)) {
            places.push(block.range.clone());
        }
    }
    if scopes.iter().any(|scope| scope.contains("sentence")) {
        places = places.into_iter().flat_map(|place| sentences(&prose.text, place)).collect();
    }
    if scopes.iter().any(|scope| scope == "link") {
        places.extend(prose.links.iter().map(|link| link.text.clone()));
    }
    places
}

/// A scope may join names with `&` and turn one round with `~`; `heading.h1` is read as `heading`.
fn covers(scope: &str, kind: BlockKind) -> bool {
    scope.split('&').all(|part| {
        let part = part.trim();
        let (part, wanted) = part.strip_prefix('~').map_or((part, true), |part| (part, false));
        let is = match part.split('.').next().unwrap_or(part) {
            "text" | "sentence" | "summary" => true,
            "heading" => kind == BlockKind::Heading,
            "paragraph" => kind == BlockKind::Paragraph,
            "list" => kind == BlockKind::Item,
            "table" => kind == BlockKind::Cell,
            _ => false,
        };
        is == wanted
    })
}

fn sentences(text: &str, place: Range<usize>) -> Vec<Range<usize>> {
    let block = text.get(place.clone()).unwrap_or("");
    text::segment(block)
        .sentences
        .iter()
        .map(|sentence| place.start + sentence.start..place.start + sentence.end)
        .collect()
}

struct Reader<'a> {
    rule: &'a StyleRule,
    text: &'a str,
    prose: &'a Prose<'a>,
    raw: bool,
    findings: &'a mut Vec<Finding>,
    /// What a conditional rule has seen explained so far.
    known: BTreeSet<String>,
    /// Which side of each pair a consistency rule has seen so far.
    sides: Vec<(bool, bool)>,
}

impl Reader<'_> {
    fn place(&mut self, place: Range<usize>) {
        let block = self.text.get(place.clone()).unwrap_or("");
        let at = place.start;
        match &self.rule.check {
            Check::Existence { pattern, exceptions } => {
                for found in pattern.find_all(block) {
                    let observed = block.get(found.clone()).unwrap_or("");
                    if !found.is_empty() && !excepted(exceptions.as_ref(), observed.trim()) {
                        self.report(at, found, &[observed], None);
                    }
                }
            }
            Check::Substitution { pattern, swaps, ignore_case, replaces, exceptions } => {
                for found in pattern.find_all(block) {
                    let Some((number, group)) = pattern.groups_at(block, found.start).into_iter().next()
                    else {
                        continue;
                    };
                    let Some(swap) = swaps.get(number - 1) else { continue };
                    let observed = block.get(group.clone()).unwrap_or("");
                    let options = instead(swap, observed, *ignore_case);
                    if options.iter().any(|option| option == observed)
                        || excepted(exceptions.as_ref(), observed)
                    {
                        continue;
                    }
                    let shown = if *replaces { sentence_of(&options) } else { options.join("|") };
                    let fix = options.first().filter(|_| *replaces).cloned();
                    self.report(at, group, &[&shown, observed], fix);
                }
            }
            Check::Occurrence { pattern, least, most } => {
                let found = pattern.find_all(block);
                let too_many = *most > 0 && found.len() > *most;
                let too_few = *least > 0 && found.len() < *least;
                if too_many || too_few {
                    let place = found
                        .iter()
                        .find(|found| !block.get((*found).clone()).unwrap_or("").trim().is_empty());
                    let count = found.len().to_string();
                    self.report(at, place.cloned().unwrap_or(0..0), &[&count], None);
                }
            }
            Check::Repetition { pattern, most, ignore_case, letters_only, exceptions } => {
                self.repetition(at, block, pattern, *most, *ignore_case, *letters_only, exceptions.as_ref());
            }
            Check::Consistency { pairs } => {
                self.sides.resize(pairs.len(), (false, false));
                for (number, (left, right)) in pairs.iter().enumerate() {
                    let (lefts, rights) = (left.find_all(block), right.find_all(block));
                    let Some(seen) = self.sides.get_mut(number) else { continue };
                    *seen = (seen.0 || !lefts.is_empty(), seen.1 || !rights.is_empty());
                    if *seen == (true, true)
                        && let Some(last) = lefts.into_iter().chain(rights).max_by_key(|found| found.start)
                    {
                        let observed = block.get(last.clone()).unwrap_or("").to_string();
                        self.report(at, last, &[&observed], None);
                    }
                }
            }
            Check::Conditional { first, second, second_captures, exceptions } => {
                let explained = second.find_all(block);
                if !second_captures && !explained.is_empty() {
                    return;
                }
                for found in explained {
                    let groups = second.groups_at(block, found.start);
                    self.known.extend(
                        groups.into_iter().filter_map(|(_, group)| Some(block.get(group)?.to_string())),
                    );
                }
                for found in first.find_all(block) {
                    let observed = block.get(found.clone()).unwrap_or("");
                    if !self.known.contains(observed) && !excepted(exceptions.as_ref(), observed) {
                        self.report(at, found, &[observed], None);
                    }
                }
            }
            Check::Capitalization { style, exceptions, exception_pattern, indicators, threshold } => {
                let except = exception_pattern.as_ref();
                let right = match style {
                    Case::Sentence => case::sentence(block, exceptions, except, indicators, *threshold),
                    Case::Title => case::title(block, exceptions, except, *threshold),
                    Case::Lower => !block.chars().any(char::is_uppercase) || excepted(except, block),
                    Case::Upper => !block.chars().any(char::is_lowercase) || excepted(except, block),
                    Case::Matches(pattern) => pattern.is_match(block) || excepted(except, block),
                };
                if !right {
                    self.report(at, 0..block.len(), &[block], None);
                }
            }
            Check::Metric { .. } | Check::Readability { .. } => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the settings of one kind of rule")]
    fn repetition(
        &mut self,
        at: usize,
        block: &str,
        pattern: &Pattern,
        most: usize,
        ignore_case: bool,
        letters_only: bool,
        exceptions: Option<&Pattern>,
    ) {
        let mut before: Option<Range<usize>> = None;
        let mut count = 0;
        for found in pattern.find_all(block) {
            let word = block.get(found.clone()).unwrap_or("").trim();
            let last = before.clone().and_then(|range| block.get(range)).unwrap_or("").trim();
            let same = if ignore_case { word.to_lowercase() == last.to_lowercase() } else { word == last };
            let hit = same && !word.is_empty() && (!letters_only || word.chars().all(char::is_alphabetic));
            count += usize::from(hit);
            if hit && count > most {
                let start = before.as_ref().map_or(found.start, |before| before.start);
                let both = start..found.end;
                let shown = block.get(both.clone()).unwrap_or("");
                if text::segment(shown).sentences.len() <= 1 && !excepted(exceptions, shown) {
                    self.report(at, both, &[word], None);
                    count = 0;
                }
            }
            before = Some(found);
        }
    }

    /// One finding at most, at the beginning of the document.
    fn measure(&mut self, places: &[Range<usize>]) {
        let all: Vec<&str> = places.iter().filter_map(|place| self.text.get(place.clone())).collect();
        let counts = measure::counts(&all.join("\n\n"));
        let result = match &self.rule.check {
            Check::Metric { formula, condition } => measure::value(formula, &counts)
                .filter(|value| measure::holds(*value, condition, &counts) == Some(true)),
            Check::Readability { formulas, most } => {
                measure::grade(formulas, &counts).filter(|grade| grade > most)
            }
            _ => None,
        };
        if let (Some(result), Some(place)) = (result, places.first()) {
            let first_line = self.text.get(place.clone()).unwrap_or("").lines().next().unwrap_or("").len();
            self.report(place.start, 0..first_line, &[&format!("{result:.2}")], None);
        }
    }

    fn report(&mut self, at: usize, found: Range<usize>, shown: &[&str], replacement: Option<String>) {
        let range = at + found.start..at + found.end;
        let is_a_name = crate::instead::is_a_name(self.text, &range);
        let span = if self.raw { Span::new(range.start, range.end) } else { self.prose.original(range) };
        self.findings.push(Finding {
            rule: Cow::Owned(self.rule.name.clone()),
            span,
            severity: self.rule.severity,
            message: filled(&self.rule.message, shown),
            why: self.rule.link.clone(),
            fix: replacement.filter(|_| !is_a_name).map(|replacement| Fix {
                span,
                replacement,
                applicability: Applicability::Suggestion,
            }),
        });
    }
}

fn excepted(exceptions: Option<&Pattern>, observed: &str) -> bool {
    exceptions.is_some_and(|pattern| pattern.is_match(observed))
}

/// What could stand instead of `observed`; `|` separates several. It begins with a capital where the observed words do.
fn instead(swap: &Swap, observed: &str, ignore_case: bool) -> Vec<String> {
    let mut written = swap.instead.clone();
    if written.contains('$')
        && let Ok(pattern) = Pattern::new(&format!(
            "{}{}",
            if ignore_case { "(?i)" } else { "" },
            translated(&swap.written, Groups::Keep)
        ))
    {
        written = pattern.replace(observed, &written);
    }
    let mut letters = observed.chars();
    let capital = ignore_case
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|second| second.is_lowercase() || second == ' ');
    written
        .replace("\\|", "\u{1}")
        .split('|')
        .filter(|option| !option.is_empty())
        .map(|option| {
            let option = option.replace('\u{1}', "|");
            let mut letters = option.chars();
            match letters.next() {
                Some(first) if capital => first.to_uppercase().chain(letters).collect(),
                _ => option,
            }
        })
        .collect()
}

/// `'a'`, `'a' or 'b'`, `'a', 'b', or 'c'`: the message brings none of its own here, see [`super::definition`].
fn sentence_of(options: &[String]) -> String {
    let quoted: Vec<String> = options.iter().map(|option| format!("'{option}'")).collect();
    match quoted.as_slice() {
        [] => "''".to_string(),
        [one] => one.clone(),
        [one, two] => format!("{one} or {two}"),
        [first @ .., last] => format!("{}, or {last}", first.join(", ")),
    }
}

/// The message with its `%s` filled in, white space drawn together.
fn filled(message: &str, shown: &[&str]) -> String {
    let mut out = String::with_capacity(message.len() + 16);
    let mut values = shown.iter();
    let mut rest = message;
    while let Some(place) = rest.find('%') {
        let (before, after) = rest.split_at(place);
        out.push_str(before);
        let known = after.get(..2).filter(|sign| ["%s", "%d", "%v"].contains(sign));
        match known {
            Some(sign) => {
                match values.next() {
                    Some(value) => push_drawn_together(&mut out, value),
                    None => out.push_str(sign),
                }
                rest = after.get(2..).unwrap_or("");
            }
            None => {
                out.push('%');
                rest = after.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

fn push_drawn_together(out: &mut String, value: &str) {
    let mut space = false;
    for char in value.chars() {
        let white = char.is_whitespace();
        if !(white && space) {
            out.push(if white { ' ' } else { char });
        }
        space = white;
    }
}
