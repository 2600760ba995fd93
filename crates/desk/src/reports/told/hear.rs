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
use super::words::{self, Deed, Form, Heard, Needs, Tongue, among};

/// What somebody's own words say they did. Empty if they do not say.
pub fn hear(words: &str) -> BTreeSet<Told> {
    hear_all(words).own.into_iter().filter_map(Heard::told).collect()
}

/// Whether somebody's own words say that somebody else did something for which they need help: `my colleague typed his password`.
pub fn tells_of_another(words: &str) -> bool {
    hear_all(words).others.into_iter().filter_map(Heard::told).any(Told::is_exposure)
}

/// Whether somebody's own words say that something was done for which somebody needs help, the writer or another: then a person wrote
/// them, and there is haste.
pub fn tells_of_harm(words: &str) -> bool {
    let heard = hear_all(words);
    heard.own.into_iter().chain(heard.others).filter_map(Heard::told).any(Told::is_exposure)
}

/// Whether somebody's own words say that a device was lost or stolen.
pub fn lost_a_device(words: &str) -> bool {
    hear_all(words).own.contains(&Heard::Lost)
}

/// Whether they say that they did something, or had something done to them, that they wish had not happened.
pub fn went_wrong(words: &str) -> bool {
    hear_all(words).own.contains(&Heard::Wrong)
}

/// Whether what was lost is a badge, on which nobody signs in anywhere, and no other device.
pub fn lost_only_a_badge(words: &str) -> bool {
    let lower = words.to_lowercase();
    let words = words_of(&lower);
    let named = |list: &str| words.iter().any(|word| among(word, list));
    let badge = |word: &&str| among(word, words::BADGES);
    named(words::BADGES) && !words.iter().any(|word| !badge(word) && among(word, words::DEVICES))
}

/// What was done: by the one who writes or by nobody who is named, and by somebody else.
#[derive(Default)]
struct Deeds {
    own: BTreeSet<Heard>,
    others: BTreeSet<Heard>,
}

fn hear_all(words: &str) -> Deeds {
    let lower = words.to_lowercase().replace('’', "'");
    let text = words_of(&lower);
    let mut heard = Deeds::default();
    let sentences = text.split(|word| *word == ".");
    for words in sentences.flat_map(|sentence| sentence.chunks(LONGEST_SENTENCE)) {
        for (at, word) in words.iter().enumerate() {
            for (deed, form) in words::VERBS.get(word).into_iter().flatten() {
                if heard.own.contains(&deed.heard) {
                    continue;
                }
                let said = Said::new(words, at, deed, *form);
                if said.is_complete(&heard.own) && said.happened() && speaks_of(&text, deed.about) {
                    let whose = if said.is_anothers() { &mut heard.others } else { &mut heard.own };
                    whose.insert(deed.heard);
                }
            }
        }
    }
    heard
}

/// Whether a text speaks of a matter: of any, where none is asked for.
fn speaks_of(text: &[&str], about: &str) -> bool {
    about.is_empty() || text.iter().any(|word| among(word, about))
}

/// Words of a text that are heard, and of a sentence that are taken together.
const MOST_WORDS: usize = 2_000;
const LONGEST_SENTENCE: usize = 120;

/// The words of a text, with `,` where a clause ends and `.` where a sentence does.
fn words_of(lower: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut rest = lower;
    while let Some(first) = rest.chars().next().filter(|_| words.len() < MOST_WORDS) {
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
            && let Some((_, _, joined)) = words::JOINED.iter().find(|(a, b, _)| (a, b) == (one, two))
        {
            words.truncate(words.len() - 2);
            words.push(joined);
        }
    }
    words
}

/// A verb at its place in a sentence.
struct Said<'a> {
    words: &'a [&'a str],
    at: usize,
    deed: &'a Deed,
    form: Form,
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
    fn new(words: &'a [&'a str], at: usize, deed: &'a Deed, form: Form) -> Said<'a> {
        let around = |ends: fn(&str) -> bool| {
            let start = words.iter().take(at).rposition(|word| ends(word)).map_or(0, |before| before + 1);
            let end =
                words.iter().skip(at).position(|word| ends(word)).map_or(words.len(), |after| at + after);
            start..end
        };
        let clause = around(|word| among(word, words::ENDS));
        let part = around(|word| among(word, words::ENDS) || among(word, words::JOINS));
        Said { words, at, deed, form, clause, part }
    }

    /// Whether everything stands beside the verb that the deed needs.
    fn is_complete(&self, heard: &BTreeSet<Heard>) -> bool {
        let own = || self.is_own() && !self.any(self.at + 1..self.at + 3, words::OTHER_SENSES);
        match self.deed.needs {
            Needs::Nothing => true,
            Needs::Thing if self.deed.heard == Heard::Lost => {
                self.thing() == Seen::Thing && !self.any(self.at + 1..self.at + 4, words::NOT_THE_DEVICE)
            }
            Needs::ThingElsewhere => {
                self.thing() == Seen::Thing && self.any(self.clause.clone(), words::ELSEWHERE)
            }
            Needs::Thing | Needs::ThingDenied | Needs::ThingAbout => self.thing() == Seen::Thing,
            Needs::OwnThing => self.is_own() && self.thing() == Seen::Thing,
            Needs::Own => own(),
            Needs::OwnAbout => own() && self.at + 1 == self.part.end,
            Needs::OwnThingAbout => own() && self.thing() == Seen::Thing,
            Needs::ToOwn => {
                self.any(self.part.start..self.at, words::OWN)
                    || self.any(self.part.clone(), "me us mich uns")
            }
            Needs::ThingOrOwn => match self.thing() {
                Seen::Thing => true,
                Seen::Harmless => false,
                Seen::Nothing => own(),
            },
            Needs::OwnAfterClick => {
                let ends = self.at + 1 == self.part.end || self.word(self.at + 1) == "with";
                heard.contains(&Heard::Clicked) && own() && (self.deed.tongue == Tongue::German || ends)
            }
        }
    }

    /// Looks for the thing, outward from the verb: first behind an English one, before a German one.
    fn thing(&self) -> Seen {
        let (clause, part) = (&self.clause, &self.part);
        match self.deed.tongue {
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
            let another_verb = || word.ends_with("ed") || words::VERBS.contains_key(word);
            if among(word, words::JOINS) {
                // Before a German verb only things are joined (`Passwort und Namen eingegeben`), not what was done to them.
                if at < self.at && !self.is_thing(at.saturating_sub(1)) {
                    break;
                }
                joined = true;
            } else if at > self.at && self.negates(at) || joined && another_verb() {
                break;
            } else if self.is_thing(at) {
                if seen == Seen::Nothing || among(word, "*link *links url") {
                    return Seen::Thing;
                }
            } else if among(word, words::HARMLESS) {
                seen = Seen::Harmless;
            }
        }
        seen
    }

    fn is_thing(&self, at: usize) -> bool {
        let word = self.word(at);
        let two_before = || at.saturating_sub(2)..at;
        among(word, self.deed.things)
            && (!among(word, words::IT) || at == self.at + 1 || at == self.at + 2)
            && (matches!(self.deed.heard, Heard::Lost | Heard::Approved | Heard::Remote)
                || !among(self.word(at + 1), words::NO_THING_BEHIND))
            && !self.any(two_before(), words::NO_THING_BEFORE)
            && !(self.any(two_before(), words::HOLDS) && self.any(at.saturating_sub(4)..at, words::MAIL))
    }

    /// Whether the one who speaks did it.
    fn is_own(&self) -> bool {
        if self.form != Form::Past {
            return true;
        }
        if self.deed.tongue == Tongue::German {
            return self.any(self.part.clone(), words::OWN)
                || !self.any(self.part.clone(), "hat haben hatten")
                    && self.any(self.clause.clone(), words::OWN);
        }
        match (0..self.at).rev().find(|at| !self.is_filler(*at)) {
            None => true,
            Some(at) if self.ends_part(at) => self.any(0..at, words::OWN),
            Some(at) => among(self.word(at), words::OWN),
        }
    }

    /// Whether somebody else is named who did it. What is done to a person or their device is theirs, whoever did it.
    fn is_anothers(&self) -> bool {
        let done_to = matches!(self.deed.heard, Heard::Lost | Heard::Wrong | Heard::Remote);
        if done_to || self.form != Form::Past || self.is_own() {
            return false;
        }
        if self.deed.tongue == Tongue::German {
            return self.any(self.clause.clone(), words::OTHERS);
        }
        // `My colleague clicked and typed …` has one subject for both.
        match (0..self.at).rev().find(|at| !self.is_filler(*at)) {
            Some(at) if self.ends_part(at) => self.any(self.clause.start..at, words::OTHERS),
            Some(_) => self.any(self.part.start..self.at, words::OTHERS),
            None => false,
        }
    }

    fn is_filler(&self, at: usize) -> bool {
        let word = self.word(at);
        among(word, words::FILLERS)
            || word.len() > 4 && word.ends_with("ly")
            || self.negates(at)
            || among(word, "may might must should shouldn't") && self.any(at + 1..at + 3, "have")
    }

    fn negates(&self, at: usize) -> bool {
        let (word, next) = (self.word(at), self.word(at + 1));
        match word {
            "without" => self.any(at + 1..at + 3, "having"),
            "ohne" => next == "dass",
            _ => among(word, words::NEGATIONS) && !among(next, words::NOT_DENIED),
        }
    }

    /// Whether the words say that it happened, or leave it open.
    fn happened(&self) -> bool {
        if self.form == Form::Gerund {
            return self.any(self.at.saturating_sub(3)..self.at, words::CLICKING_WAS);
        }
        let (clause, part) = (self.clause.clone(), self.part.clone());
        let subject = part.clone().rev().find(|at| *at < self.at && among(self.word(*at), words::SUBJECTS));
        let before_subject = |most: usize| subject.map_or(0..0, |at| at.saturating_sub(most)..at);
        // `Did anybody click?` says nothing, `somebody moves my mouse` all there is to say.
        let whoever = self.deed.needs == Needs::ThingAbout;
        if !whoever && subject.is_some_and(|at| among(self.word(at), words::NOBODY_NAMED)) {
            return false;
        }
        let under_if = match subject {
            Some(at) => self.any(at.saturating_sub(3).max(clause.start)..at, words::IF),
            None => self.any(clause.start..self.at, words::IF),
        };
        let unknown = |range: Range<usize>| {
            self.any(range.clone(), words::DOUBT)
                || self.any(range.clone(), words::KNOWING) && self.denies(range)
        };
        if under_if && (unknown(before_subject(6)) || unknown(clause.end..clause.end + 5)) {
            return true;
        }
        let still_ahead =
            among(self.word(subject.map_or(part.start, |at| at.saturating_sub(1))), words::BEFORE);
        let claimed = before_subject(4).any(|at| {
            among(self.word(at), words::CLAIMS) && !among(self.word(at.saturating_sub(1)), "i ich")
        });
        if under_if || still_ahead || claimed || self.any(clause.clone(), words::ALLEGED) {
            return false;
        }
        if self.deed.needs == Needs::ThingDenied {
            return self.denies(clause);
        }
        // What is gone may have been taken: `my laptop was stolen`, `ich wurde reingelegt`.
        let done_to = matches!(self.deed.heard, Heard::Lost | Heard::Wrong);
        // A negation in front of the subject is one of something else, unless the two changed places (`nor have I`) or
        // what is denied is a belief (`I don't think I clicked`).
        let inverted = self.any(before_subject(1), words::AUXILIARIES);
        // It reaches through a list: `I have not clicked, replied or opened anything`.
        let listed = subject.is_none() && self.any(part.clone(), "or oder noch");
        let start = if listed { part.start.saturating_sub(8) } else { part.start };
        let from = subject.filter(|_| !inverted).unwrap_or(start);
        let disbelieved = self.any(before_subject(1), words::BELIEFS)
            || self.any(before_subject(1), "that dass") && self.any(before_subject(5), words::BELIEFS);
        let denied = self.denies(from..self.at) || disbelieved && self.denies(before_subject(6));
        let nearly = self.any(from..self.at, words::NEARLY);
        match self.deed.tongue {
            Tongue::English => {
                let regret = self.any(from.saturating_sub(2)..self.at, words::REGRET);
                let verb_before = (0..self.at).rev().find(|at| !self.is_filler(*at));
                let passive = !self.word(self.at).ends_with("ing")
                    && verb_before.is_some_and(|at| among(self.word(at), words::PASSIVE));
                let denied_behind = self.denies(self.at + 1..part.end.min(self.at + 3));
                (!passive || done_to) && !denied_behind && if regret { denied } else { !denied && !nearly }
            }
            Tongue::German => {
                let denied = denied || self.denies(self.at + 1..part.end.min(self.at + 6));
                let regret =
                    self.any(part.clone(), "hätte hätten") && self.any(part.clone(), "sollen dürfen");
                match self.form {
                    Form::Infinitive => regret && denied,
                    Form::Past | Form::Gerund => {
                        !denied
                            && !nearly
                            && !self.any(part.clone(), words::UNREAL)
                            && (done_to || !self.any(part, words::UNDERGONE))
                    }
                }
            }
        }
    }

    fn denies(&self, mut range: Range<usize>) -> bool {
        range.any(|at| self.negates(at))
    }

    fn any(&self, mut range: Range<usize>, list: &str) -> bool {
        range.any(|at| among(self.word(at), list))
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).copied().unwrap_or_default()
    }

    fn ends_part(&self, at: usize) -> bool {
        among(self.word(at), words::ENDS) || among(self.word(at), words::JOINS)
    }
}

#[cfg(test)]
mod tests;
