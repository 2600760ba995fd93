//! How well the premise of a message fits the people who got it. Four of the five elements are about the readers, so what
//! we fill in is a provisional guess; [`Premise`] is also the form in which a person confirms or changes it.

use crate::facts::Facts;
use crate::signs::{Hits, Sign};

/// How much an element applies (TN 2276, table 4), in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    #[default]
    NotApplicable,
    Low,
    Moderate,
    Significant,
    Extreme,
}

/// One element with who said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    pub applicability: Applicability,
    /// Our guess; false once a person confirmed it.
    pub provisional: bool,
}

/// The five elements (TN 2276, table 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Premise {
    /// It mimics a process or practice of the workplace.
    pub e1_mimics_process: Element,
    /// It has relevance for the work of the reader.
    pub e2_relevant_to_work: Element,
    /// It fits other situations or events, also outside of work.
    pub e3_fits_events: Element,
    /// It makes the reader worry about what happens if they do nothing.
    pub e4_concern_if_ignored: Element,
    /// It was the subject of training, of a warning or of other exposure. Subtracted.
    pub e5_warned_before: Element,
}

/// The premise alignment category (TN 2276, table 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alignment {
    /// Up to 10 points.
    Weak,
    /// 11 to 17 points.
    Medium,
    /// From 18 points.
    Strong,
}

impl Applicability {
    pub const ALL: [Applicability; 5] = [
        Applicability::NotApplicable,
        Applicability::Low,
        Applicability::Moderate,
        Applicability::Significant,
        Applicability::Extreme,
    ];

    pub fn points(self) -> i32 {
        match self {
            Applicability::NotApplicable => 0,
            Applicability::Low => 2,
            Applicability::Moderate => 4,
            Applicability::Significant => 6,
            Applicability::Extreme => 8,
        }
    }

    /// From the points on a form; nothing for points that are not on the scale.
    pub fn from_points(points: i32) -> Option<Applicability> {
        Applicability::ALL.into_iter().find(|applicability| applicability.points() == points)
    }
}

impl Element {
    /// Our guess.
    pub fn guessed(applicability: Applicability) -> Element {
        Element { applicability, provisional: true }
    }

    /// What a person said.
    pub fn confirmed(applicability: Applicability) -> Element {
        Element { applicability, provisional: false }
    }
}

impl Premise {
    /// The premise as a person filled it in, E1 to E5.
    pub fn confirmed(elements: [Applicability; 5]) -> Premise {
        let [e1, e2, e3, e4, e5] = elements.map(Element::confirmed);
        Premise {
            e1_mimics_process: e1,
            e2_relevant_to_work: e2,
            e3_fits_events: e3,
            e4_concern_if_ignored: e4,
            e5_warned_before: e5,
        }
    }

    /// E1 to E5 in order.
    pub fn elements(&self) -> [Element; 5] {
        [
            self.e1_mimics_process,
            self.e2_relevant_to_work,
            self.e3_fits_events,
            self.e4_concern_if_ignored,
            self.e5_warned_before,
        ]
    }

    /// The rating in points, −8 to 32: the first four elements, less the fifth.
    pub fn rating(&self) -> i32 {
        let [e1, e2, e3, e4, e5] = self.elements().map(|element| element.applicability.points());
        e1 + e2 + e3 + e4 - e5
    }

    pub fn alignment(&self) -> Alignment {
        Alignment::of(self.rating())
    }

    /// Whether any element is still our guess.
    pub fn is_provisional(&self) -> bool {
        self.elements().iter().any(|element| element.provisional)
    }
}

impl Alignment {
    /// The category of a rating in points.
    pub fn of(rating: i32) -> Alignment {
        match rating {
            ..=10 => Alignment::Weak,
            11..=17 => Alignment::Medium,
            18.. => Alignment::Strong,
        }
    }
}

/// Where a message seems to come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nearness {
    /// From the organisation itself, or made to look so.
    Inside,
    Outside,
}

/// What can be known without asking the people: what the message mimics and what it makes one fear. Relevance and events
/// are set low until somebody says otherwise, and no warning is assumed.
pub(crate) fn guess(subject: &Hits, text: &Hits, facts: &Facts, nearness: Nearness) -> Premise {
    let value = |sign: Sign| text.strength(sign).max(subject.strength(sign));
    let process = [
        Sign::Invoice,
        Sign::Account,
        Sign::Parcel,
        Sign::Voicemail,
        Sign::SharedFile,
        Sign::Payroll,
        Sign::Order,
        Sign::AskPayment,
        Sign::AskOpenFile,
        Sign::AskLogin,
    ]
    .map(value)
    .into_iter()
    .fold(0.0, f32::max);
    let work = [
        Sign::SharedFile,
        Sign::Payroll,
        Sign::Voicemail,
        Sign::Invoice,
        Sign::AskAvailable,
        Sign::AskBankChange,
    ]
    .map(value)
    .into_iter()
    .fold(0.0, f32::max);
    let private =
        [Sign::Romance, Sign::Goods, Sign::Prize, Sign::Fortune].map(value).into_iter().fold(0.0, f32::max);
    let events =
        [Sign::Parcel, Sign::Tax, Sign::Renewal, Sign::Order].map(value).into_iter().fold(0.0, f32::max);
    let near = match nearness {
        Nearness::Inside => 0.5,
        Nearness::Outside if facts.words > 20 => 0.2,
        Nearness::Outside => 0.0,
    };
    let concern = 0.6 * value(Sign::Threat) + 0.4 * value(Sign::Urgency);
    Premise {
        e1_mimics_process: Element::guessed(step((process - 0.4 * private).max(0.0))),
        e2_relevant_to_work: Element::guessed(step((work - 0.5 * private).max(near))),
        e3_fits_events: Element::guessed(step(0.2 + 0.4 * events)),
        e4_concern_if_ignored: Element::guessed(step(concern)),
        e5_warned_before: Element::guessed(Applicability::NotApplicable),
    }
}

fn step(amount: f32) -> Applicability {
    match amount {
        amount if amount < 0.15 => Applicability::NotApplicable,
        amount if amount < 0.45 => Applicability::Low,
        amount if amount < 0.7 => Applicability::Moderate,
        _ => Applicability::Significant,
    }
}
