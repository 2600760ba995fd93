//! Hears in free text what a person says they did. Nothing is parsed: a deed is a verb in the past and, a few words away
//! in the same clause, the thing it was done to (`entered` … `password`).
//!
//! Where words can be taken in two ways:
//!
//! - Doubt is heard (`I don't know if I clicked`): help that was not needed costs a minute, help that comes late costs hours.
//! - Conditions, plans and near misses are not heard (`if I clicked`, `should I click?`, `almost`). `Before I clicked I
//!   noticed` counts as stopping in time: most who write it did stop, to tell them that they clicked would be untrue,
//!   and the first word asks everybody who went further to say so.
//! - What the message claims is not heard (`it says I paid`).
//! - What a colleague did is heard where deed and thing are both named: whoever did it, somebody needs that help now. It is kept
//!   apart from what the writer did, and never said of them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Told;
use super::lists::{self, Lists, Verb, lists_of, verbs_of};
use super::words::{Event, Form, JOINED, Needs, Tongue};

/// What is heard in somebody's own words, all at once: a text is heard one time, before anything is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// What they say they did. Empty if they do not say.
    pub told: BTreeSet<Told>,
    /// Somebody else did something for which they need help: `my colleague typed his password`.
    pub of_another: bool,
    /// A device was lost or stolen.
    pub lost_a_device: bool,
    /// What was lost is a badge, on which nobody signs in anywhere, and no other device.
    pub only_a_badge: bool,
    /// They did something, or had something done to them, that they wish had not happened.
    pub went_wrong: bool,
}

impl Heard {
    pub fn of(words: &str) -> Heard {
        let lower = words.to_lowercase().replace('’', "'");
        let text = words_of(&lower);
        let (own, others) = events(&text);
        let told = |events: BTreeSet<Event>| events.into_iter().filter_map(Event::told);
        Heard {
            lost_a_device: own.contains(&Event::Lost),
            only_a_badge: names_only_a_badge(&text),
            went_wrong: own.contains(&Event::Wrong),
            told: told(own).collect(),
            of_another: told(others).any(Told::is_exposure),
        }
    }

    /// Whether something was done for which somebody needs help, the writer or another: then a person wrote it, and there is haste.
    pub fn tells_of_harm(&self) -> bool {
        self.of_another || self.told.iter().any(|one| one.is_exposure())
    }
}

fn names_only_a_badge(text: &[Word<'_>]) -> bool {
    text.iter().any(|word| word.is(lists::BADGES))
        && !text.iter().any(|word| word.is(lists::DEVICES) && !word.is(lists::BADGES))
}

/// What was done: by the one who writes or by nobody who is named, and by somebody else.
fn events(text: &[Word<'_>]) -> (BTreeSet<Event>, BTreeSet<Event>) {
    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    let spoken_of = text.iter().fold(Lists::default(), |mut all, word| {
        all |= word.lists;
        all
    });
    let sentences = text.split(|word| word.text == ".");
    for words in sentences.flat_map(|sentence| sentence.chunks(LONGEST_SENTENCE)) {
        for (at, word) in words.iter().enumerate() {
            for verb in verbs_of(word.text) {
                let speaks_of_it = verb.about.is_none() || spoken_of.have(verb.about);
                if own.contains(&verb.event) || !speaks_of_it {
                    continue;
                }
                let said = Said::new(words, at, *verb);
                if said.is_complete(&own) && said.happened() {
                    let whose = if said.is_anothers() { &mut others } else { &mut own };
                    whose.insert(verb.event);
                }
            }
        }
    }
    (own, others)
}

/// Of a longer text so much is heard from its beginning, and so much from its end; of a sentence so many words are taken together.
const MOST_BYTES: usize = 15_000;
const LONGEST_SENTENCE: usize = 120;

/// A word, and the lists it stands in.
#[derive(Clone, Copy, Debug, Default)]
struct Word<'a> {
    text: &'a str,
    lists: Lists,
}

impl Word<'_> {
    fn is(self, list: Lists) -> bool {
        self.lists.have(list)
    }
}

/// The words of a text that are heard: of a long one those at its beginning and at its end.
fn words_of(lower: &str) -> Vec<Word<'_>> {
    let is_long = lower.len() > 2 * MOST_BYTES;
    let first = lower.floor_char_boundary(if is_long { MOST_BYTES } else { lower.len() });
    let last = lower.ceil_char_boundary(if is_long { lower.len() - MOST_BYTES } else { lower.len() });
    let mut texts = split(lower.get(..first).unwrap_or_default());
    texts.push(".");
    texts.extend(split(lower.get(last..).unwrap_or_default()));
    texts.into_iter().map(|text| Word { text, lists: lists_of(text) }).collect()
}

/// The words of a text, with `,` where a clause ends and `.` where a sentence does.
fn split(lower: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut rest = lower;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !(c.is_alphanumeric() || "'-".contains(c))).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(length.max(first.len_utf8())).unwrap_or((rest, ""));
        rest = after;
        let word = word.trim_matches(['\'', '-']);
        match first {
            _ if length > 0 && !word.is_empty() => words.push(word),
            '!' | '?' | '…' => words.push("."),
            '.' if rest.chars().next().is_none_or(char::is_whitespace) => words.push("."),
            // An empty line.
            '\n' if rest.trim_start_matches([' ', '\r', '>']).starts_with('\n') => words.push("."),
            ',' | ';' | ':' | '(' | ')' | '-' | '–' | '—' => words.push(","),
            _ => continue,
        }
        if let [.., one, two] = words.as_slice()
            && let Some((_, _, joined)) = JOINED.iter().find(|(a, b, _)| (a, b) == (one, two))
        {
            words.truncate(words.len() - 2);
            words.push(joined);
        }
    }
    words
}

/// A verb at its place in a sentence.
struct Said<'a> {
    words: &'a [Word<'a>],
    at: usize,
    verb: Verb,
    /// The words around it up to where a clause ends.
    clause: Range<usize>,
    /// The words around it up to where a clause ends or another is joined.
    part: Range<usize>,
}

#[derive(PartialEq, Eq)]
enum Seen {
    Thing,
    Harmless,
    Nothing,
}

impl<'a> Said<'a> {
    fn new(words: &'a [Word<'a>], at: usize, verb: Verb) -> Said<'a> {
        let around = |ends: fn(Word<'_>) -> bool| {
            let start = words.iter().take(at).rposition(|word| ends(*word)).map_or(0, |before| before + 1);
            let end =
                words.iter().skip(at).position(|word| ends(*word)).map_or(words.len(), |after| at + after);
            start..end
        };
        let clause = around(|word| word.is(lists::ENDS));
        let part = around(|word| word.is(lists::ENDS) || word.is(lists::JOINS));
        Said { words, at, verb, clause, part }
    }

    /// Whether everything stands beside the verb that the deed needs.
    fn is_complete(&self, heard: &BTreeSet<Event>) -> bool {
        let own = || self.is_own() && !self.any(self.at + 1..self.at + 3, lists::OTHER_SENSES);
        match self.verb.needs {
            Needs::Nothing => true,
            Needs::Thing if self.verb.event == Event::Lost => {
                self.thing() == Seen::Thing && !self.any(self.at + 1..self.at + 4, lists::NOT_THE_DEVICE)
            }
            Needs::ThingElsewhere => {
                self.thing() == Seen::Thing && self.any(self.clause.clone(), lists::ELSEWHERE)
            }
            Needs::Thing | Needs::ThingDenied | Needs::ThingAbout => self.thing() == Seen::Thing,
            Needs::OwnThing => self.is_own() && self.thing() == Seen::Thing,
            Needs::Own => own(),
            Needs::OwnAbout => own() && self.at + 1 == self.part.end,
            Needs::OwnThingAbout => own() && self.thing() == Seen::Thing,
            Needs::ToOwn => {
                self.any(self.part.start..self.at, lists::OWN) || self.any(self.part.clone(), lists::ME)
            }
            Needs::ThingOrOwn => match self.thing() {
                Seen::Thing => true,
                Seen::Harmless => false,
                Seen::Nothing => own(),
            },
            Needs::OwnAfterClick => {
                let ends = self.at + 1 == self.part.end || self.word(self.at + 1).text == "with";
                heard.contains(&Event::Clicked) && own() && (self.verb.tongue == Tongue::German || ends)
            }
        }
    }

    /// Looks for the thing, outward from the verb: first behind an English one, before a German one.
    fn thing(&self) -> Seen {
        let (clause, part) = (&self.clause, &self.part);
        match self.verb.tongue {
            Tongue::English => match self.look((self.at + 1..clause.end).take(8)) {
                Seen::Nothing => self.look((part.start..self.at).rev().take(5)),
                seen => seen,
            },
            Tongue::German => match self.look((clause.start..self.at).rev().take(7)) {
                Seen::Nothing => self.look((self.at + 1..part.end).take(7)),
                seen => seen,
            },
        }
    }

    fn look(&self, places: impl Iterator<Item = usize>) -> Seen {
        let (mut seen, mut joined) = (Seen::Nothing, false);
        for at in places {
            let word = self.word(at);
            let another_verb = || word.text.ends_with("ed") || !verbs_of(word.text).is_empty();
            if word.is(lists::JOINS) {
                // Before a German verb only things are joined (`Passwort und Namen eingegeben`), not what was done to them.
                if at < self.at && !self.is_thing(at.saturating_sub(1)) {
                    break;
                }
                joined = true;
            } else if at > self.at && self.negates(at) || joined && another_verb() {
                break;
            } else if self.is_thing(at) {
                if seen == Seen::Nothing || word.is(lists::LINKS) {
                    return Seen::Thing;
                }
            } else if word.is(lists::HARMLESS) {
                seen = Seen::Harmless;
            }
        }
        seen
    }

    fn is_thing(&self, at: usize) -> bool {
        let word = self.word(at);
        let two_before = || at.saturating_sub(2)..at;
        word.is(self.verb.things)
            && (!word.is(lists::IT) || at == self.at + 1 || at == self.at + 2)
            && (matches!(self.verb.event, Event::Lost | Event::Approved | Event::Remote)
                || !self.word(at + 1).is(lists::NO_THING_BEHIND))
            && !self.any(two_before(), lists::NO_THING_BEFORE)
            && !(self.any(two_before(), lists::HOLDS) && self.any(at.saturating_sub(4)..at, lists::MAIL))
    }

    /// Whether the one who speaks did it.
    fn is_own(&self) -> bool {
        if self.verb.form != Form::Past {
            return true;
        }
        if self.verb.tongue == Tongue::German {
            return self.any(self.part.clone(), lists::OWN)
                || !self.any(self.part.clone(), lists::HAS) && self.any(self.clause.clone(), lists::OWN);
        }
        match (0..self.at).rev().find(|at| !self.is_filler(*at)) {
            None => true,
            Some(at) if self.ends_part(at) => self.any(0..at, lists::OWN),
            Some(at) => self.word(at).is(lists::OWN),
        }
    }

    /// Whether somebody else is named who did it. What is done to a person or their device is theirs, whoever did it.
    fn is_anothers(&self) -> bool {
        let done_to = matches!(self.verb.event, Event::Lost | Event::Wrong | Event::Remote);
        if done_to || self.verb.form != Form::Past || self.is_own() {
            return false;
        }
        if self.verb.tongue == Tongue::German {
            return self.any(self.clause.clone(), lists::OTHERS);
        }
        // `My colleague clicked and typed …` has one subject for both.
        match (0..self.at).rev().find(|at| !self.is_filler(*at)) {
            Some(at) if self.ends_part(at) => self.any(self.clause.start..at, lists::OTHERS),
            Some(_) => self.any(self.part.start..self.at, lists::OTHERS),
            None => false,
        }
    }

    fn is_filler(&self, at: usize) -> bool {
        let word = self.word(at);
        word.is(lists::FILLERS)
            || word.text.len() > 4 && word.text.ends_with("ly")
            || self.negates(at)
            || word.is(lists::MAY) && self.any(at + 1..at + 3, lists::HAVE)
    }

    fn negates(&self, at: usize) -> bool {
        let (word, next) = (self.word(at), self.word(at + 1));
        match word.text {
            "without" => self.any(at + 1..at + 3, lists::HAVING),
            "ohne" => next.text == "dass",
            _ => word.is(lists::NEGATIONS) && !next.is(lists::NOT_DENIED),
        }
    }

    /// Whether the words say that it happened, or leave it open.
    fn happened(&self) -> bool {
        if self.verb.form == Form::Gerund {
            return self.any(self.at.saturating_sub(3)..self.at, lists::CLICKING_WAS);
        }
        let (clause, part) = (self.clause.clone(), self.part.clone());
        let subject = part.clone().rev().find(|at| *at < self.at && self.word(*at).is(lists::SUBJECTS));
        let before_subject = |most: usize| subject.map_or(0..0, |at| at.saturating_sub(most)..at);
        // `Did anybody click?` says nothing, `somebody moves my mouse` all there is to say.
        let whoever = self.verb.needs == Needs::ThingAbout;
        if !whoever && subject.is_some_and(|at| self.word(at).is(lists::NOBODY_NAMED)) {
            return false;
        }
        let under_if = match subject {
            Some(at) => self.any(at.saturating_sub(3).max(clause.start)..at, lists::IF),
            None => self.any(clause.start..self.at, lists::IF),
        };
        let unknown = |range: Range<usize>| {
            self.any(range.clone(), lists::DOUBT)
                || self.any(range.clone(), lists::KNOWING) && self.denies(range)
        };
        if under_if && (unknown(before_subject(6)) || unknown(clause.end..clause.end + 5)) {
            return true;
        }
        let still_ahead = self.word(subject.map_or(part.start, |at| at.saturating_sub(1))).is(lists::BEFORE);
        let claimed = before_subject(4)
            .any(|at| self.word(at).is(lists::CLAIMS) && !self.word(at.saturating_sub(1)).is(lists::I));
        if under_if || still_ahead || claimed || self.any(clause.clone(), lists::ALLEGED) {
            return false;
        }
        if self.verb.needs == Needs::ThingDenied {
            return self.denies(clause);
        }
        // What is gone may have been taken: `my laptop was stolen`, `ich wurde reingelegt`.
        let done_to = matches!(self.verb.event, Event::Lost | Event::Wrong);
        // A negation in front of the subject is one of something else, unless the two changed places (`nor have I`) or
        // what is denied is a belief (`I don't think I clicked`).
        let inverted = self.any(before_subject(1), lists::AUXILIARIES);
        // It reaches through a list: `I have not clicked, replied or opened anything`.
        let listed = subject.is_none() && self.any(part.clone(), lists::OR);
        let start = if listed { part.start.saturating_sub(8) } else { part.start };
        let from = subject.filter(|_| !inverted).unwrap_or(start);
        let disbelieved = self.any(before_subject(1), lists::BELIEFS)
            || self.any(before_subject(1), lists::THAT) && self.any(before_subject(5), lists::BELIEFS);
        let denied = self.denies(from..self.at) || disbelieved && self.denies(before_subject(6));
        let nearly = self.any(from..self.at, lists::NEARLY);
        match self.verb.tongue {
            Tongue::English => {
                let regret = self.any(from.saturating_sub(2)..self.at, lists::REGRET);
                let verb_before = (0..self.at).rev().find(|at| !self.is_filler(*at));
                let passive = !self.word(self.at).text.ends_with("ing")
                    && verb_before.is_some_and(|at| self.word(at).is(lists::PASSIVE));
                let denied_behind = self.denies(self.at + 1..part.end.min(self.at + 3));
                (!passive || done_to) && !denied_behind && if regret { denied } else { !denied && !nearly }
            }
            Tongue::German => {
                let denied = denied || self.denies(self.at + 1..part.end.min(self.at + 6));
                let regret =
                    self.any(part.clone(), lists::WOULD_HAVE) && self.any(part.clone(), lists::OUGHT);
                match self.verb.form {
                    Form::Infinitive => regret && denied,
                    Form::Past | Form::Gerund => {
                        !denied
                            && !nearly
                            && !self.any(part.clone(), lists::UNREAL)
                            && (done_to || !self.any(part, lists::UNDERGONE))
                    }
                }
            }
        }
    }

    fn denies(&self, mut range: Range<usize>) -> bool {
        range.any(|at| self.negates(at))
    }

    fn any(&self, mut range: Range<usize>, list: Lists) -> bool {
        range.any(|at| self.word(at).is(list))
    }

    fn word(&self, at: usize) -> Word<'a> {
        self.words.get(at).copied().unwrap_or_default()
    }

    fn ends_part(&self, at: usize) -> bool {
        self.word(at).is(lists::ENDS) || self.word(at).is(lists::JOINS)
    }
}

#[cfg(test)]
mod tests;
