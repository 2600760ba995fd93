//! A message in, what it does to people out: levers, kind of attack, how hard it was to spot, why it is understandable.
//! Never fetches anything, never judges whether a message is harmful, and says so where it cannot tell.

pub mod attack;
mod difficulty;
pub mod facts;
pub mod fold;
pub mod language;
mod learned;
pub mod levers;
mod names;
mod negation;
pub mod phish_scale;
mod say;
pub mod signs;
mod small_print;
mod sums;
#[cfg(test)]
mod tests;
mod why;
mod writing;

use std::borrow::Cow;

use finding::{Finding, Severity};
use mail::{Evidence, Message, Place, Source};

pub use attack::{Attack, AttackType, Observation, Reason};
pub use difficulty::difficulty_estimate;
pub use language::{Language, Tongue};
pub use levers::{CAUTION, Lever, LeverKind, Mark, caution};
pub use phish_scale::{Difficulty, PhishScale, Premise};
pub use say::Locale;
pub use why::why_understandable;

/// What a message does to people.
#[derive(Clone, Debug, PartialEq)]
pub struct Lure {
    pub language: Language,
    /// Strongest first. Shown only together with [`caution`].
    pub levers: Vec<Lever>,
    /// How sure we are of each lever, listed or not, in the order of [`LeverKind::ALL`].
    pub lever_probabilities: [f32; 10],
    /// How hard the message leans on each lever, 0 to 1, in the same order; see [`Lure::leaning`].
    pub lever_leanings: [f32; 10],
    pub attack: Attack,
    pub phish_scale: PhishScale,
    /// How sure we are of each sign in the subject or the text, in the order of [`signs::Sign::ALL`].
    strengths: Vec<f32>,
}

impl Lure {
    /// How sure we are of a sign, 0 to 1, wherever it stands.
    pub(crate) fn strength(&self, sign: signs::Sign) -> f32 {
        self.strengths.get(sign as usize).copied().unwrap_or(0.0)
    }

    /// Whether the message is in a language we read and has enough words; if not, silence means nothing.
    pub fn is_read(&self) -> bool {
        self.language.known().is_some()
    }

    /// How hard the message leans on a lever, 0 to 1, whether or not the lever is sure enough to be listed.
    pub fn leaning(&self, kind: LeverKind) -> f32 {
        LeverKind::ALL
            .iter()
            .zip(self.lever_leanings)
            .find(|(known, _)| **known == kind)
            .map_or(0.0, |(_, leaning)| leaning)
    }
}

impl Lure {
    /// The levers as evidence for the desk's page. Every weight is zero: levers explain and never move a verdict.
    pub fn evidence(&self, locale: Locale) -> Vec<Evidence> {
        self.levers
            .iter()
            .map(|lever| {
                let first = lever.marks.first();
                Evidence {
                    finding: Finding {
                        rule: Cow::Owned(format!("lever-{}", lever.kind.code())),
                        span: first.map(|mark| mark.span).unwrap_or_default(),
                        severity: Severity::Note,
                        message: lever.sentence(locale).to_owned(),
                        why: caution(locale).to_owned(),
                        fix: None,
                    },
                    weight: 0,
                    place: first.map_or(Place::Whole, |mark| mark.place.clone()),
                    source: Source::Content,
                }
            })
            .collect()
    }

    /// Named numbers for learned models, always the same names in the same order: how hard each lever is pulled, the
    /// count of each cue, and the points of the premise. 0 to about 4 each.
    pub fn features(&self) -> Vec<(&'static str, f32)> {
        const CUES: [&str; 23] = [
            "cue-1", "cue-2", "cue-3", "cue-4", "cue-5", "cue-6", "cue-7", "cue-8", "cue-9", "cue-10",
            "cue-11", "cue-12", "cue-13", "cue-14", "cue-15", "cue-16", "cue-17", "cue-18", "cue-19",
            "cue-20", "cue-21", "cue-22", "cue-23",
        ];
        let levers =
            LeverKind::ALL.iter().zip(self.lever_leanings).map(|(kind, leaning)| (kind.code(), leaning));
        let cues = (1u8..).zip(CUES).map(|(number, name)| {
            let count =
                self.phish_scale.cues.iter().find(|cue| cue.number == number).map_or(0, |cue| cue.count);
            (name, count as f32)
        });
        let premise = [("premise", self.phish_scale.premise.rating() as f32 / 8.0)];
        levers.chain(cues).chain(premise).collect()
    }
}

/// In a text of up to so many words a phrase counts in full for what kind of attack it is.
const KIND_DECIDES: usize = 150;

/// The same for levers: one sentence that presses is felt in a longer letter too.
const LEVER_DECIDES: usize = 300;

/// Reads a message. `evidence` is what the technical analysis found in it (see [`mail::Reading::evidence`]).
pub fn read(message: &Message, evidence: &[Evidence], setting: &mail::Setting) -> Lure {
    let subject = fold::Folded::new(&message.subject);
    let text = fold::Folded::new(&message.text);
    let language = language::language_of(text.words().take(300).chain(subject.words()));
    // A subject can be in another language than the small print of its text.
    let of_subject = language::language_of(subject.words());
    let languages = [language, of_subject];
    let spoken = if of_subject.known().is_some() { &languages[..] } else { &languages[..1] };
    let in_subject = signs::find(&subject, spoken);
    let in_text = signs::find(&text, spoken);
    let small_print = small_print::of(&message.text);
    let facts = facts::read(message, &small_print, evidence, &setting.own_domains);
    let of_kinds = in_text.outside(&small_print, facts.words, KIND_DECIDES);
    let of_levers = in_text.outside(&small_print, facts.words, LEVER_DECIDES);
    let learned = learned::Learned::read(message, language);
    let levers = levers::read(&in_subject, &of_levers, &learned);
    let attack = attack::read(&in_subject, &of_kinds, &facts, language);
    let nearness = nearness(message, evidence, setting);
    let premise = phish_scale::premise::guess(&in_subject, &in_text, &facts, nearness);
    let sight = phish_scale::find::Sight {
        message,
        evidence,
        subject: &in_subject,
        text: &in_text,
        facts: &facts,
        language,
        folded: &text,
    };
    let phish_scale = PhishScale::new(phish_scale::find::find(&sight), premise);
    Lure {
        language,
        levers,
        lever_probabilities: levers::probabilities(&in_subject, &of_levers, &learned),
        lever_leanings: levers::leanings(&in_subject, &in_text),
        attack,
        phish_scale,
        strengths: signs::Sign::ALL
            .iter()
            .map(|sign| 1.0 - (1.0 - in_subject.strength(*sign)) * (1.0 - in_text.strength(*sign)))
            .collect(),
    }
}

/// Whether the message looks as if it came from inside the organisation.
fn nearness(
    message: &Message,
    evidence: &[Evidence],
    setting: &mail::Setting,
) -> phish_scale::premise::Nearness {
    let from = message.from.as_ref().map(facts::domain).unwrap_or_default();
    let ours = setting.own_domains.iter().any(|own| own == facts::registrable(&from));
    let imitates = evidence
        .iter()
        .any(|one| matches!(one.finding.rule.as_ref(), "sender-lookalike-own" | "sender-name-own"));
    if ours || imitates {
        phish_scale::premise::Nearness::Inside
    } else {
        phish_scale::premise::Nearness::Outside
    }
}
