//! The levers a message pulls: which feelings it uses to make people act.
//! Genuine mail pulls levers too. A lever explains a message and never convicts it; see [`CAUTION`].

use finding::Span;
use mail::Place;

use crate::learned::Learned;
use crate::say::{self, Locale};
use crate::signs::{Hits, Sign};

/// The sentence of [`caution`] in English.
pub const CAUTION: &str = "Levers explain how a message works on people. Genuine mail uses them too, so they prove nothing on their own.";

/// What must stand beside every list of levers: they explain and never convict.
pub fn caution(locale: Locale) -> &'static str {
    say::one(locale, "levers-caution")
}

/// A persuasion principle that a message pulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverKind {
    Authority,
    /// Too little time, or too few left.
    Urgency,
    /// Fear of losing something or of being punished.
    Fear,
    Reward,
    Curiosity,
    SocialProof,
    Liking,
    Reciprocity,
    Helpfulness,
    Secrecy,
}

impl LeverKind {
    pub const ALL: [LeverKind; 10] = [
        LeverKind::Authority,
        LeverKind::Urgency,
        LeverKind::Fear,
        LeverKind::Reward,
        LeverKind::Curiosity,
        LeverKind::SocialProof,
        LeverKind::Liking,
        LeverKind::Reciprocity,
        LeverKind::Helpfulness,
        LeverKind::Secrecy,
    ];

    /// The stable name used in machine-readable output.
    pub fn code(self) -> &'static str {
        match self {
            LeverKind::Authority => "authority",
            LeverKind::Urgency => "urgency",
            LeverKind::Fear => "fear",
            LeverKind::Reward => "reward",
            LeverKind::Curiosity => "curiosity",
            LeverKind::SocialProof => "social-proof",
            LeverKind::Liking => "liking",
            LeverKind::Reciprocity => "reciprocity",
            LeverKind::Helpfulness => "helpfulness",
            LeverKind::Secrecy => "secrecy",
        }
    }

    /// The `principle-of-persuasion` value of the MISP taxonomy `phishing`, version 5. Urgency, fear, reward,
    /// curiosity and secrecy all take the attention off the signs, which the taxonomy calls distraction.
    pub fn misp(self) -> &'static str {
        match self {
            LeverKind::Authority => "authority",
            LeverKind::Urgency
            | LeverKind::Fear
            | LeverKind::Reward
            | LeverKind::Curiosity
            | LeverKind::Secrecy => "distraction",
            LeverKind::SocialProof => "social-proof",
            LeverKind::Liking | LeverKind::Helpfulness => "liking-similarity-deception",
            LeverKind::Reciprocity => "commitment-reciprocation-consistency",
        }
    }

    fn signs(self) -> &'static [Sign] {
        match self {
            LeverKind::Authority => &[Sign::Authority],
            LeverKind::Urgency => &[Sign::Urgency, Sign::Scarcity],
            LeverKind::Fear => &[Sign::Threat],
            LeverKind::Reward => &[Sign::Reward],
            LeverKind::Curiosity => &[Sign::Curiosity],
            LeverKind::SocialProof => &[Sign::SocialProof],
            LeverKind::Liking => &[Sign::Liking],
            LeverKind::Reciprocity => &[Sign::Reciprocity],
            LeverKind::Helpfulness => &[Sign::Helpfulness],
            LeverKind::Secrecy => &[Sign::Secrecy],
        }
    }
}

impl LeverKind {
    /// The words that show the lever and how far they do: blackmail frightens even where it names no loss, and whoever
    /// offers a fortune promises something even without the word.
    fn shown_by(self) -> impl Iterator<Item = (Sign, f32)> {
        let beside = match self {
            LeverKind::Fear => Some((Sign::Extortion, 1.0)),
            LeverKind::Reward => Some((Sign::Fortune, 0.55)),
            LeverKind::Authority
            | LeverKind::Urgency
            | LeverKind::Curiosity
            | LeverKind::SocialProof
            | LeverKind::Liking
            | LeverKind::Reciprocity
            | LeverKind::Helpfulness
            | LeverKind::Secrecy => None,
        };
        self.signs().iter().map(|sign| (*sign, 1.0)).chain(beside)
    }
}

/// How much of a lever a clear warning takes away: it speaks the words of an attack to tell of it.
const TOLD: f32 = 0.6;

/// One lever and where it is pulled.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    pub kind: LeverKind,
    /// Where the words stand: in the subject or in the text, in order, at most [`MOST_MARKS`].
    pub marks: Vec<Mark>,
    /// How hard it is pulled, 0 to 1: how many different phrases, and whether the subject already has one.
    pub strength: f32,
    /// How sure we are that the lever is there at all, 0 to 1.
    pub probability: f32,
}

/// A piece of the subject or of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// [`Place::Subject`] or [`Place::Text`]; for facts beyond words also a link, an attachment or a header.
    pub place: Place,
    pub span: Span,
}

/// Most marks kept for one lever.
pub const MOST_MARKS: usize = 12;

/// From this probability on a lever is listed; below it we do not claim one. An office in a signature is in every mail of
/// an office, and everyday mail has kind words and gifts too; haste is seldom said by chance.
fn listed_from(kind: LeverKind) -> f32 {
    match kind {
        LeverKind::Authority => 0.6,
        LeverKind::Liking | LeverKind::Reward => 0.5,
        LeverKind::Urgency => 0.4,
        LeverKind::Fear
        | LeverKind::Curiosity
        | LeverKind::SocialProof
        | LeverKind::Reciprocity
        | LeverKind::Helpfulness
        | LeverKind::Secrecy => 0.45,
    }
}

/// What is left of authority where one office is named and nothing more: that is how offices sign.
const ONE_OFFICE: f32 = 0.75;

/// From this probability on a lever is named without "maybe".
const SURE_FROM: f32 = 0.65;

impl Lever {
    /// Whether it is said without "maybe".
    pub fn is_sure(&self) -> bool {
        self.probability >= SURE_FROM
    }

    /// One plain sentence for the person who reported it.
    pub fn sentence(&self, locale: Locale) -> &'static str {
        say::one(locale, &format!("lever-{}", self.kind.code()))
    }
}

/// The levers of a message, strongest first.
pub(crate) fn read(subject: &Hits, text: &Hits, learned: &Learned) -> Vec<Lever> {
    let mut levers: Vec<Lever> =
        LeverKind::ALL.into_iter().filter_map(|kind| lever(kind, subject, text, learned)).collect();
    levers.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.kind.cmp(&b.kind)));
    levers
}

/// How sure we are of each lever, listed or not, in the order of [`LeverKind::ALL`].
pub(crate) fn probabilities(subject: &Hits, text: &Hits, learned: &Learned) -> [f32; 10] {
    LeverKind::ALL.map(|kind| probability(kind, subject, text, learned))
}

/// How hard each lever is pulled, in the order of [`LeverKind::ALL`]: phrases add up, those in the subject twice, and
/// approach 1.
pub(crate) fn leanings(subject: &Hits, text: &Hits) -> [f32; 10] {
    LeverKind::ALL.map(|kind| {
        let weigh = |hits: &Hits| -> f32 {
            hits.all.iter().filter(|hit| kind.signs().contains(&hit.sign)).map(|hit| hit.weight).sum()
        };
        let pull = 2.0 * weigh(subject) + weigh(text);
        1.0 - (-0.5 * pull).exp()
    })
}

fn probability(kind: LeverKind, subject: &Hits, text: &Hits, learned: &Learned) -> f32 {
    let missing: f32 = kind
        .shown_by()
        .map(|(sign, shows)| (1.0 - shows * text.strength(sign)) * (1.0 - shows * subject.strength(sign)))
        .product();
    let told = 1.0 - TOLD * text.strength(Sign::Warning);
    let alone = if kind == LeverKind::Authority && is_one_office(subject, text) { ONE_OFFICE } else { 1.0 };
    learned.blend(kind, told * alone * (1.0 - missing))
}

/// Whether a single office is named, in one place or in the same phrase again.
fn is_one_office(subject: &Hits, text: &Hits) -> bool {
    let is_one = |hits: &Hits| {
        let mut offices = hits.of(Sign::Authority);
        let Some(first) = offices.next() else { return true };
        offices.all(|hit| hit.phrase == first.phrase || hit.span.overlaps(first.span))
    };
    is_one(subject) && is_one(text)
}

fn lever(kind: LeverKind, subject: &Hits, text: &Hits, learned: &Learned) -> Option<Lever> {
    let probability = probability(kind, subject, text, learned);
    if probability < listed_from(kind) {
        return None;
    }
    let of = |hits: &Hits, place: Place| -> Vec<Mark> {
        let mut marks: Vec<Mark> = hits
            .all
            .iter()
            .filter(|hit| kind.shown_by().any(|(sign, _)| sign == hit.sign))
            .map(|hit| Mark { place: place.clone(), span: hit.span })
            .collect();
        marks.dedup_by(|next, kept| kept.span.overlaps(next.span));
        marks
    };
    let mut marks = of(subject, Place::Subject);
    let in_subject = !marks.is_empty();
    marks.extend(of(text, Place::Text));
    let different = marks.len();
    marks.truncate(MOST_MARKS);
    let spread = 1.0 - 0.75f32.powi(different.min(20) as i32);
    let strength = (0.6 * spread + 0.4 * probability + if in_subject { 0.15 } else { 0.0 }).min(1.0);
    Some(Lever { kind, marks, strength, probability })
}
