//! The way from a draft to its findings: prose, words and sentences once; phrases; what silences them; document checks; findings.

mod hushed;
mod once;

use crate::document::{Document, Hit, Signal, Signalled};
use crate::draft::{Draft, Kind, Language};
use crate::guess::Tongues;
pub use crate::house_words::HOUSE_WORDS;
use crate::instead::{is_a_name, like, stands_alone};
use crate::listening::{self, Heard};
use crate::phrase::matching::{self, Match};
use crate::phrase::table::{Action, Table};
use crate::profile::Profile;
use crate::rule::{Group, Rule, RuleSet, rule_set};
use crate::{guess, house_words, person, suppress};
use finding::{Applicability, Finding, Fix, Severity, Span};
use hushed::Hushed;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use text::prose::Prose;
use text::{Key, Sentence};

/// Checks drafts. Costs nothing to make: the rules are part of the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checker {}

/// What was found in a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// In reading order.
    pub findings: Vec<Finding>,
    /// The kind of document it was read as.
    pub kind: Kind,
    pub language: Language,
    pub words: usize,
    /// How many of them are small words of English or German: few in a text of another language.
    pub small_words: usize,
    /// Words of somebody else's mail below the text, which were left out.
    pub left_out: usize,
    /// Findings that a comment in the text answers, with its reason.
    pub allowed: Vec<(Finding, String)>,
}

impl Checker {
    /// The checker with all rules of this program.
    pub fn standard() -> &'static Checker {
        &Checker {}
    }

    /// Reads a draft and says what could hurt, confuse or leave its reader alone.
    pub fn check(&self, draft: &Draft<'_>) -> Report {
        let prose = text::scope::read(draft.text, draft.format);
        self.check_prose(&prose, draft)
    }

    /// The same of the whole text, with what looks like somebody else's mail below: for what leaves a house, whoever wrote it.
    pub fn check_all(&self, draft: &Draft<'_>) -> Report {
        let prose = text::scope::read_all(draft.text, draft.format);
        self.check_prose(&prose, draft)
    }

    fn check_prose(&self, prose: &Prose<'_>, draft: &Draft<'_>) -> Report {
        let mut document = Document::read(prose, Kind::Other, Language::English);
        document.language =
            draft.language.or(draft.profile.language).unwrap_or_else(|| guess::language(&document.tokens));
        let set = rule_set(document.language);
        document.number(set.table);
        document.accepted = draft.profile.accept.iter().map(|word| Key::of(&word.to_lowercase())).collect();
        let found = phrases(&mut document, set.table);
        document.kind = draft.kind.or(draft.profile.kind).unwrap_or_else(|| guess::kind(&document));
        let mut findings = judged(&document, set, draft.profile, found, Part::Whole);
        let tongues = Tongues::of(&document);
        findings.extend(in_the_other_language(&document, &tongues, draft.profile));
        house_words::find(&document, draft, &mut findings);
        findings.sort_by(|left, right| (left.span, &left.rule).cmp(&(right.span, &right.rule)));
        findings.dedup_by(|left, right| left.span == right.span && left.rule == right.rule);
        let (findings, allowed) = suppress::apply(draft.text, draft.format, prose, findings);
        Report {
            findings,
            kind: document.kind,
            language: document.language,
            words: document.word_count(),
            small_words: tongues.small_words,
            left_out: prose.left_out,
            allowed,
        }
    }
}

/// How much of a text is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// Sentences between others: nothing is missing in them that may stand elsewhere, so no matcher looks at them.
    Sentences,
}

/// What the rules find in a document whose language and kind are known.
fn judged(
    document: &Document<'_>,
    set: &'static RuleSet,
    profile: &Profile,
    found: Found,
    part: Part,
) -> Vec<Finding> {
    let levels: Vec<Option<Severity>> =
        set.rules.iter().map(|rule| rule.severity(document.kind, profile)).collect();
    let heard = hear(document, set, &levels);
    let mut noted = Vec::new();
    let as_if_on = as_if_on(document, set, &levels, profile);
    let hushed = Hushed::read(&found);
    for (rule, severity, hit) in hits(document, set, &as_if_on, profile, found, &heard) {
        noted.push(Noted::new(document, rule, severity, hit));
    }
    let matchers = set.rules.iter().zip(&levels).filter(|_| part == Part::Whole);
    for (rule, level) in matchers {
        if let (Some(matcher), Some(severity)) = (rule.matcher, level) {
            let mut hits = Vec::new();
            matcher(document, &profile.limits, &mut hits);
            for hit in hits {
                let sentence = document.sentences_in(&hit.range).start;
                if rule.doubted && heard.denies(sentence, rule.group) {
                    continue;
                }
                noted.push(Noted::new(document, rule, *severity, hit));
            }
        }
    }
    heard_alone(document, set, &levels, &heard, &hushed, &mut noted);
    without_what_yields(once::in_a_list(document, noted), profile)
}

/// The levels with the rules that a house turned off as if they were on: off is off for their words, so they are settled with the
/// others, and nothing else speaks for them.
fn as_if_on(
    document: &Document<'_>,
    set: &RuleSet,
    levels: &[Option<Severity>],
    profile: &Profile,
) -> Vec<Option<Severity>> {
    if profile.rules.is_empty() {
        return levels.to_vec();
    }
    let unturned = Profile { rules: BTreeMap::new(), ..profile.clone() };
    let level = |(rule, level): (&Rule, &Option<Severity>)| match rule.is_turned_off(profile) {
        true => rule.severity(document.kind, &unturned),
        false => *level,
    };
    set.rules.iter().zip(levels).map(level).collect()
}

/// What the rules of the other language find in the sentences that are in it.
fn in_the_other_language(document: &Document<'_>, tongues: &Tongues, profile: &Profile) -> Vec<Finding> {
    let blocks = guess::in_the_other_language(document, tongues);
    if blocks.is_empty() {
        return Vec::new();
    }
    let prose = document.prose.only(blocks);
    let mut part = Document::read(&prose, document.kind, tongues.other);
    let set = rule_set(tongues.other);
    part.number(set.table);
    part.accepted = document.accepted.clone();
    let found = phrases(&mut part, set.table);
    judged(&part, set, profile, found, Part::Sentences)
}

/// Listens to the sentences for the groups of those rules that are on and want it.
fn hear(document: &Document<'_>, set: &RuleSet, levels: &[Option<Severity>]) -> Heard {
    let wanted =
        |(rule, level): (&Rule, &Option<Severity>)| (rule.hears && level.is_some()).then_some(rule.group);
    let groups: Vec<Group> = set.rules.iter().zip(levels).filter_map(wanted).collect();
    if groups.is_empty() { Heard::default() } else { listening::hear(document, &groups) }
}

/// What is heard in sentences that no rule of the same group, or of one that hurts in the same way, has marked.
fn heard_alone(
    document: &Document<'_>,
    set: &'static RuleSet,
    levels: &[Option<Severity>],
    heard: &Heard,
    hushed: &Hushed,
    noted: &mut Vec<Noted>,
) {
    let marked: BTreeSet<(usize, Group)> = noted.iter().flat_map(Noted::places).collect();
    for (number, group) in heard.chosen() {
        let known = [group, group.manner()].into_iter().any(|group| marked.contains(&(number, group)));
        let mut listening = set.rules.iter().zip(levels).enumerate();
        let listening = listening.find(|(_, (rule, _))| rule.hears && rule.group == group);
        if let (false, Some((place, (rule, Some(severity)))), Some(sentence)) =
            (known, listening, document.sentences.get(number))
            && !hushed.is(place, number)
        {
            noted.push(Noted::new(document, rule, *severity, Hit::at(sentence.range())));
        }
    }
}

/// A finding with the rule that made it and the sentences it stands in.
struct Noted {
    rule: &'static Rule,
    sentences: Range<usize>,
    finding: Finding,
}

impl Noted {
    fn new(document: &Document<'_>, rule: &'static Rule, severity: Severity, hit: Hit) -> Noted {
        Noted {
            rule,
            sentences: document.sentences_in(&hit.range),
            finding: finding(document, rule, severity, hit),
        }
    }

    /// The sentences that this marks, with what for. A phrase that hurts a person marks for all that do.
    fn places(&self) -> impl Iterator<Item = (usize, Group)> + use<> {
        let group = if self.rule.matcher.is_none() { self.rule.group.manner() } else { self.rule.group };
        self.sentences.clone().map(move |sentence| (sentence, group))
    }

    /// Whether this is what a rule yields to: the rule it names, or a phrase or a tone of the group it names, and more than a note. What a matcher misses in
    /// a whole letter only stands at a sentence.
    fn is(&self, name: &str) -> bool {
        let named = self.rule.code == name || self.rule.matcher.is_none() && self.rule.group.as_str() == name;
        named && self.finding.severity >= Severity::Suggestion
    }
}

/// The findings without those that yield to another one in their sentence: whoever reads that a sentence blames has to write it anyway,
/// and need not read that it is also wordy. A rule that its house turned off keeps only its own kind silent.
fn without_what_yields(noted: Vec<Noted>, profile: &Profile) -> Vec<Finding> {
    let mut in_sentence: BTreeMap<usize, Vec<&Noted>> = BTreeMap::new();
    for one in &noted {
        for sentence in one.sentences.clone() {
            in_sentence.entry(sentence).or_default().push(one);
        }
    }
    let yields = |one: &Noted| {
        let counts = |other: &Noted| {
            other.rule.group.manner() == one.rule.group.manner() || !other.rule.is_turned_off(profile)
        };
        let beside = one.sentences.clone().filter_map(|sentence| in_sentence.get(&sentence)).flatten();
        let mut beside = beside.filter(|other| counts(other));
        !one.rule.yields.is_empty() && beside.any(|other| one.rule.yields.iter().any(|name| other.is(name)))
    };
    let idle: Vec<bool> = noted.iter().map(|one| one.rule.is_turned_off(profile) || yields(one)).collect();
    noted.into_iter().zip(idle).filter(|(_, idle)| !idle).map(|(one, _)| one.finding).collect()
}

/// Reads a document and what it says, without judging it.
pub fn read<'a>(prose: &'a Prose<'a>, kind: Kind, language: Language) -> Document<'a> {
    let set = rule_set(language);
    let mut document = Document::read(prose, kind, language);
    document.number(set.table);
    phrases(&mut document, set.table);
    document
}

/// Everything the phrases say, before it is judged: hits and silencers, with the sentence they stand in.
struct Found {
    matches: Vec<(usize, Match)>,
    silent_document: Vec<u16>,
    /// Rules with the sentence in and beside which they are silent, sorted.
    silent_near: Vec<(u16, usize)>,
}

fn phrases(document: &mut Document<'_>, table: &Table) -> Found {
    let mut matches = Vec::new();
    let mut silent_document = Vec::new();
    let mut silent_near = Vec::new();
    let mut signals = Vec::new();
    let mut found = Vec::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        found.clear();
        matching::find(
            table,
            &document.prose.text,
            &document.tokens,
            &document.numbers,
            sentence.tokens(),
            &mut found,
        );
        for one in &found {
            match one.accept.action {
                Action::Signal => {
                    let words = document.tokens.get(one.first..one.last).unwrap_or(&[]);
                    if !words.iter().all(|token| token.shape.is_quoted())
                        && let Some(signal) = Signal::ALL.get(usize::from(one.accept.rule))
                    {
                        signals.push(Signalled {
                            signal: *signal,
                            sentence: number,
                            first: one.first,
                            last: one.last,
                        });
                    }
                }
                Action::SilentDocument => silent_document.push(one.accept.rule),
                Action::SilentNear => silent_near.push((one.accept.rule, number)),
                Action::Hit
                | Action::SilentHere
                | Action::SilentBefore
                | Action::SilentSentence
                | Action::Denial => matches.push((number, *one)),
            }
        }
    }
    document.signals = signals;
    silent_near.sort_unstable();
    Found { matches, silent_document, silent_near }
}

/// The hits that nothing silences; the longest of a rule at each place.
fn hits(
    document: &Document<'_>,
    set: &'static RuleSet,
    levels: &[Option<Severity>],
    profile: &Profile,
    found: Found,
    heard: &Heard,
) -> Vec<(&'static Rule, Severity, Hit)> {
    let mut kept = Vec::new();
    for group in found.matches.chunk_by(|left, right| left.0 == right.0) {
        let mut last_of_rule: Vec<(u16, usize)> = Vec::new();
        let mut candidates: Vec<&Match> =
            group.iter().map(|(_, one)| one).filter(|one| one.accept.action == Action::Hit).collect();
        candidates.sort_by_key(|one| (one.first, std::cmp::Reverse(one.last)));
        for one in candidates {
            let number = one.accept.rule;
            let place = usize::from(number);
            let (Some(rule), Some(level)) = (set.rules.get(place), levels.get(place)) else { continue };
            let sentence = group.first().and_then(|(sentence, _)| document.sentences.get(*sentence));
            let to_a_person = || {
                let spoken_to =
                    sentence.is_some_and(|sentence| person::is_spoken_to(document, sentence, one));
                spoken_to.then(|| rule.severity_to_a_person(profile)).flatten()
            };
            let Some(severity) = level.or_else(to_a_person) else { continue };
            let overlapped = last_of_rule.iter().any(|(rule, last)| *rule == number && *last > one.first);
            let near = group.first().is_some_and(|(sentence, _)| {
                let from =
                    found.silent_near.partition_point(|one| *one < (number, sentence.saturating_sub(1)));
                found.silent_near.get(from).is_some_and(|one| *one <= (number, sentence + 1))
            });
            let doubted =
                rule.doubted && heard.denies(group.first().map_or(0, |(sentence, _)| *sentence), rule.group);
            let range = document.range_of(one.first, one.last);
            if overlapped
                || near
                || doubted
                || found.silent_document.contains(&number)
                || silenced(one, group)
                || one.accept.safe && is_a_name(document.text(), &range)
                || sentence.is_some_and(|sentence| guarded(document, set.table, rule, sentence, one))
                || rule.negation && denied(document, set.table, one, group)
            {
                continue;
            }
            last_of_rule.push((number, one.last));
            kept.push((rule, severity, hit(document, set.table, one)));
        }
    }
    kept
}

fn silenced(hit: &Match, group: &[(usize, Match)]) -> bool {
    group.iter().map(|(_, one)| one).filter(|one| one.accept.rule == hit.accept.rule).any(|one| {
        match one.accept.action {
            Action::SilentHere => one.first < hit.last && hit.first < one.last,
            Action::SilentBefore => one.last <= hit.first && hit.first - one.last <= 4,
            Action::SilentSentence => true,
            Action::Hit | Action::SilentNear | Action::SilentDocument | Action::Denial | Action::Signal => {
                false
            }
        }
    })
}

fn guarded(document: &Document<'_>, table: &Table, rule: &Rule, sentence: &Sentence, hit: &Match) -> bool {
    let words = document.tokens.get(hit.first..hit.last).unwrap_or(&[]);
    if !rule.quoted && words.iter().all(|token| token.shape.is_quoted()) {
        return true;
    }
    if !document.accepted.is_empty() && words.iter().any(|token| document.accepted.contains(&token.key)) {
        return true;
    }
    if rule.question && document.tokens_of(sentence).iter().rev().take(3).any(|token| token.is_mark('?')) {
        return true;
    }
    rule.negation && negated(document, table, sentence.first, hit.first)
}

/// Whether a word like *not* or *nobody* stands up to three words before `hit` in the same clause.
fn negated(document: &Document<'_>, table: &Table, from: usize, hit: usize) -> bool {
    let mut words = 0;
    for at in (from..hit).rev() {
        let Some(token) = document.tokens.get(at) else { return false };
        if token.kind == text::word::Kind::Mark {
            return false;
        }
        let number = document.numbers.get(at).copied().unwrap_or(matching::NO_WORD);
        if number != matching::NO_WORD && table.in_class(number, table.negation) {
            return true;
        }
        words += 1;
        if words == 3 {
            return false;
        }
    }
    false
}

/// How many words a denial reaches.
const DENIAL_REACH: usize = 10;

/// Whether a denial (*none of this*, *there is no way*) reaches `hit`: no mark stands between, and neither there nor at the
/// beginning of the hit a word that begins a new thought (*none of this would be needed if you had looked*).
fn denied(document: &Document<'_>, table: &Table, hit: &Match, group: &[(usize, Match)]) -> bool {
    let goes_on = |at: usize| {
        let is_mark = document.tokens.get(at).is_none_or(|token| token.kind == text::word::Kind::Mark);
        let number = document.numbers.get(at).copied().unwrap_or(matching::NO_WORD);
        !is_mark && (number == matching::NO_WORD || !table.in_class(number, table.turn))
    };
    group.iter().any(|(_, one)| {
        one.accept.action == Action::Denial
            && one.last <= hit.first
            && hit.first - one.last <= DENIAL_REACH
            && (one.last..=hit.first).all(goes_on)
    })
}

fn hit(document: &Document<'_>, table: &Table, one: &Match) -> Hit {
    let range = document.range_of(one.first, one.last);
    let replacement =
        usize::from(one.accept.replacement).checked_sub(1).and_then(|index| table.replacements.get(index));
    let fix = replacement.filter(|_| stands_alone(document.text(), &range)).map(|replacement| {
        let shown = document.text().get(range.clone()).unwrap_or("");
        let safe = if one.accept.safe { Applicability::Safe } else { Applicability::Suggestion };
        (like(shown, replacement), safe)
    });
    Hit { range, values: Vec::new(), fix }
}

fn finding(document: &Document<'_>, rule: &Rule, severity: Severity, hit: Hit) -> Finding {
    let shown = document.text().get(hit.range.clone()).unwrap_or("");
    let span = document.prose.original(hit.range.clone());
    let mut message =
        rule.message.replace("{hit}", shown.split_whitespace().collect::<Vec<_>>().join(" ").as_str());
    for (name, value) in &hit.values {
        message = message.replace(&format!("{{{name}}}"), value);
    }
    let unbroken = span.len() == hit.range.len();
    let fix = hit.fix.filter(|_| unbroken).map(|(replacement, applicability)| Fix {
        span: if replacement.is_empty() { with_its_space(document, &hit.range) } else { span },
        replacement,
        applicability,
    });
    Finding {
        rule: rule.code.into(),
        span: Span::new(span.start, span.end),
        severity,
        message,
        why: rule.hurts.split_whitespace().collect::<Vec<_>>().join(" "),
        fix,
    }
}

/// The place of words that are taken out, with the space after them: two spaces must not be left.
fn with_its_space(document: &Document<'_>, range: &Range<usize>) -> Span {
    let space = document.text().get(range.end..).is_some_and(|rest| rest.starts_with(' '));
    let wider = range.start..range.end + usize::from(space);
    let span = document.prose.original(wider.clone());
    if span.len() == wider.len() { span } else { document.prose.original(range.clone()) }
}
