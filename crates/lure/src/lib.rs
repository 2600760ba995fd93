//! A message in, what it does to people out: levers, kind of attack, how hard it was to spot, why it is understandable.
//! Never fetches anything, never judges whether a message is harmful, and says so where it cannot tell.

pub mod language;
pub mod levers;
pub mod attack;
pub mod phish_scale;
mod difficulty;
mod why;
mod say;
mod writing;
pub mod facts;
pub mod signs;
pub mod fold;

use mail::{Evidence, Message};

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
}

impl Lure {
    /// Whether the message is in a language we read and has enough words; if not, silence means nothing.
    pub fn is_read(&self) -> bool {
        self.language.known().is_some()
    }

    /// How hard the message leans on a lever, 0 to 1, whether or not the lever is sure enough to be listed.
    pub fn leaning(&self, kind: LeverKind) -> f32 {
        LeverKind::ALL.iter().zip(self.lever_leanings).find(|(known, _)| **known == kind).map_or(0.0, |(_, leaning)| leaning)
    }
}

/// Reads a message. `evidence` is what the technical analysis found in it (see [`mail::Reading::evidence`]).
pub fn read(message: &Message, evidence: &[Evidence], setting: &mail::Setting) -> Lure {
    let _ = setting;
    let subject = fold::Folded::new(&message.subject);
    let text = fold::Folded::new(&message.text);
    let language = language::language_of(text.words().take(300).chain(subject.words()));
    // A subject can be in another language than the small print of its text.
    let of_subject = language::language_of(subject.words());
    let languages = [language, of_subject];
    let spoken = if of_subject.known().is_some() { &languages[..] } else { &languages[..1] };
    let in_subject = signs::find(&subject, spoken);
    let in_text = signs::find(&text, spoken);
    let facts = facts::read(message);
    let levers = levers::read(&in_subject, &in_text);
    let attack = attack::read(&in_subject, &in_text, &facts, language);
    let premise = phish_scale::premise::guess(&in_subject, &in_text, &facts);
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
        lever_probabilities: levers::probabilities(&in_subject, &in_text),
        lever_leanings: levers::leanings(&in_subject, &in_text),
        attack,
        phish_scale,
    }
}
