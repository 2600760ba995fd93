//! The NIST Phish Scale (TN 2276, Dawkins and Jacobs 2023; Steves, Greene and Theofanos, Journal of Cybersecurity 6(1),
//! 2020): how hard a message is for a person to spot, from the cues in it and from how well its premise fits the reader.
//! The counting convention is pinned in `docs/reference/phish-scale.md`. What only people can know stays provisional.

pub mod cues;
pub(crate) mod find;
pub mod premise;
#[cfg(test)]
mod tests;

use crate::say::{self, Locale};

pub use cues::{Cue, CueCategory, CueType};
pub use premise::{Alignment, Applicability, Element, Premise};

/// A message on the Phish Scale.
#[derive(Clone, Debug, PartialEq)]
pub struct PhishScale {
    /// The cues found, by number.
    pub cues: Vec<Cue>,
    /// The sum of their counts.
    pub cue_count: u32,
    pub category: CueCategory,
    pub premise: Premise,
    pub alignment: Alignment,
    pub difficulty: Difficulty,
    /// No cue was found. The published table begins at one cue; we read none as few, since fewer signs are not easier.
    pub outside_the_table: bool,
    /// Some part of the premise is our guess until a person confirms it.
    pub provisional: bool,
}

/// How hard a message is to spot, easiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difficulty {
    Least,
    ModeratelyToLeast,
    Moderately,
    Very,
}

/// The published table (TN 2276, table 7): a row for each cue category (few, some, many), a column for each alignment
/// (weak, medium, strong).
pub const MATRIX: [[Difficulty; 3]; 3] = [
    [Difficulty::Moderately, Difficulty::Very, Difficulty::Very],
    [Difficulty::ModeratelyToLeast, Difficulty::Moderately, Difficulty::Very],
    [Difficulty::Least, Difficulty::Moderately, Difficulty::Moderately],
];

impl PhishScale {
    /// Rates cues and a premise.
    pub fn new(cues: Vec<Cue>, premise: Premise) -> PhishScale {
        let cue_count = cues.iter().map(|cue| cue.count).sum();
        let category = CueCategory::of(cue_count);
        let alignment = premise.alignment();
        PhishScale {
            cues,
            cue_count,
            category,
            alignment,
            difficulty: difficulty(category, alignment),
            outside_the_table: cue_count == 0,
            provisional: premise.is_provisional(),
            premise,
        }
    }

    /// The same cues with what a person said about the premise.
    pub fn with_premise(self, premise: Premise) -> PhishScale {
        PhishScale::new(self.cues, premise)
    }
}

/// The cell of [`MATRIX`].
pub fn difficulty(cues: CueCategory, premise: Alignment) -> Difficulty {
    let row = match cues {
        CueCategory::Few => 0,
        CueCategory::Some => 1,
        CueCategory::Many => 2,
    };
    let column = match premise {
        Alignment::Weak => 0,
        Alignment::Medium => 1,
        Alignment::Strong => 2,
    };
    MATRIX.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or(Difficulty::Moderately)
}

impl Difficulty {
    /// The stable name used in machine-readable output.
    pub fn code(self) -> &'static str {
        match self {
            Difficulty::Least => "least",
            Difficulty::ModeratelyToLeast => "moderately-to-least",
            Difficulty::Moderately => "moderately",
            Difficulty::Very => "very",
        }
    }

    /// In words for the person who reported it.
    pub fn sentence(self, locale: Locale) -> &'static str {
        say::one(locale, &format!("difficulty-{}", self.code()))
    }
}
