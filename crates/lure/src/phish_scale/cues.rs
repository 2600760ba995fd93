//! The 23 cues of the Phish Scale (TN 2276, table 1): signs that a person could see. Counted as pinned in
//! `docs/reference/phish-scale.md`; a cue that cannot repeat counts at most once.

use crate::levers::Mark;
use crate::say::{self, Locale};

/// One cue that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// 1 to 23, as in the table.
    pub number: u8,
    pub kind: CueType,
    pub count: u32,
    /// Where it can be seen, as far as it has a place in the subject, the text, a link, an attachment or a header.
    pub marks: Vec<Mark>,
}

/// The five groups of cues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueType {
    Error,
    TechnicalIndicator,
    VisualPresentation,
    LanguageAndContent,
    CommonTactic,
}

/// How many cues there are (TN 2276, table 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueCategory {
    /// 1 to 8; none at all is read as few.
    Few,
    /// 9 to 14.
    Some,
    /// 15 and more.
    Many,
}

impl CueCategory {
    /// The category of a number of cues.
    pub fn of(count: u32) -> CueCategory {
        match count {
            0..=8 => CueCategory::Few,
            9..=14 => CueCategory::Some,
            15.. => CueCategory::Many,
        }
    }
}

impl CueType {
    /// The group of a cue number; nothing outside 1 to 23.
    pub fn of(number: u8) -> Option<CueType> {
        match number {
            1..=2 => Some(CueType::Error),
            3..=6 => Some(CueType::TechnicalIndicator),
            7..=10 => Some(CueType::VisualPresentation),
            11..=17 => Some(CueType::LanguageAndContent),
            18..=23 => Some(CueType::CommonTactic),
            _ => None,
        }
    }
}

impl Cue {
    /// What the cue is, in a few plain words.
    pub fn name(&self, locale: Locale) -> &'static str {
        name(self.number, locale)
    }
}

/// What a cue is, in a few plain words; empty outside 1 to 23.
pub fn name(number: u8, locale: Locale) -> &'static str {
    say::one(locale, &format!("cue-{number}"))
}
