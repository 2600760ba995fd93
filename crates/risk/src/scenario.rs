//! What a scenario says, once read: the factors of the FAIR taxonomy at whatever level somebody knows.
//!
//! Money is in the scenario's own currency, time in years. Every number carries where it came from.

use crate::shape::Shape;

/// One way in which something goes wrong and costs money.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name; luck is drawn by it, so two scenarios of one run need different names.
    pub name: String,
    /// What is at stake.
    pub asset: String,
    /// Who or what might cause it.
    pub threat: String,
    /// What would happen.
    pub effect: String,
    /// Currency code or sign of every amount.
    pub currency: String,
    /// How often.
    pub frequency: Frequency,
    /// What one event costs the organisation itself.
    pub primary: Vec<Loss>,
    /// What others may then do, and its cost.
    pub secondary: Option<Secondary>,
    /// Defences that could be added.
    pub controls: Vec<Control>,
    /// What early reporting does to the loss, if it matters here.
    pub reporting: Option<Reporting>,
    /// Losses and the yearly chance of exceeding each that the organisation accepts; losses ascend, chances descend.
    pub tolerance: Vec<Tolerated>,
}

/// One uncertain number and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// What it is called in the file, such as `frequency.vulnerability`.
    pub name: String,
    /// Its distribution, in `unit`.
    pub shape: Shape,
    /// Its unit.
    pub unit: Unit,
    /// How it is known.
    pub source: Source,
    /// Why these numbers: evidence in words.
    pub because: Option<String>,
    /// Who gave the estimate.
    pub by: Option<String>,
}

/// How a number is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Somebody's estimate.
    Estimate,
    /// Counted or measured here.
    Measured,
    /// Taken as exact.
    Given,
}

/// The unit of a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Events in a year.
    PerYear,
    /// A share or chance, 0 to 1.
    Share,
    /// Strength on a scale of 0 to 100.
    Percentile,
    /// Money.
    Money,
    /// Number of people.
    People,
    /// Hours.
    Hours,
    /// Money for one hour of one person.
    MoneyPerHour,
}

/// How often the event happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Frequency {
    /// The factors whose product is the yearly rate.
    pub level: Level,
    /// How events scatter around the rate.
    pub counts: Counts,
}

/// The level at which the frequency is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// Loss events in a year.
    Events(Factor),
    /// Attempts in a year, and the share that succeed.
    Threats { threats: Factor, vulnerability: Vulnerability },
    /// Contacts in a year, the share acted upon, and the share of those that succeed.
    Contacts { contacts: Factor, action: Factor, vulnerability: Vulnerability },
}

/// The share of attempts that succeed.
#[derive(Debug, Clone, PartialEq)]
pub enum Vulnerability {
    /// Known as a share.
    Share(Factor),
    /// The chance that capability exceeds resistance, drawn afresh for each attempt.
    Contest { capability: Factor, resistance: Factor },
}

/// How the number of events in a year scatters around the rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Counts {
    /// Events know nothing of each other.
    Poisson,
    /// Events come in clusters: variance `rate + rate²/size`.
    NegativeBinomial { size: f64 },
    /// With chance `quiet` a year has none at all; other years are Poisson with the rate.
    ZeroInflated { quiet: f64 },
    /// The rate is the chance of exactly one event in the year.
    AtMostOne,
}

/// One form of loss in one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// Which of the six forms.
    pub form: Form,
    /// How much.
    pub amount: Factor,
}

/// The six forms of loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Productivity,
    Response,
    Replacement,
    CompetitiveAdvantage,
    FinesAndJudgments,
    Reputation,
}

impl Form {
    /// All forms, with their key in the file and their name on a page.
    pub const ALL: [(Form, &'static str, &'static str); 6] = [
        (Form::Productivity, "productivity", "Productivity"),
        (Form::Response, "response", "Response"),
        (Form::Replacement, "replacement", "Replacement"),
        (Form::CompetitiveAdvantage, "competitive_advantage", "Competitive advantage"),
        (Form::FinesAndJudgments, "fines_and_judgments", "Fines and judgments"),
        (Form::Reputation, "reputation", "Reputation"),
    ];

    /// Its name on a page.
    #[must_use]
    pub fn title(self) -> &'static str {
        Form::ALL.iter().find(|(form, _, _)| *form == self).map_or("", |(_, _, title)| title)
    }
}

/// Loss caused by how others react: customers, regulators, courts.
#[derive(Debug, Clone, PartialEq)]
pub struct Secondary {
    /// Chance that one event leads to it.
    pub chance: Factor,
    /// What it then costs.
    pub losses: Vec<Loss>,
}

/// A defence that could be added, and what it would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// Its name.
    pub name: String,
    /// What it does.
    pub function: Function,
    /// Share of events it stands in the way of.
    pub coverage: Factor,
    /// Share of the time it works as meant.
    pub reliability: Factor,
    /// Share of the harm it stops when it works.
    pub efficacy: Factor,
    /// Cost in a year.
    pub yearly_cost: f64,
}

/// What a control does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Fewer events.
    Prevent,
    /// Events noticed sooner, so that less is lost.
    Detect,
    /// Less lost for each event.
    Respond,
    /// The other controls work more of the time.
    KeepReliable,
}

/// How fast colleagues report, and what an early report saves.
#[derive(Debug, Clone, PartialEq)]
pub struct Reporting {
    /// How many people would see the same lure.
    pub people: f64,
    /// Share of them who report, now.
    pub rate: f64,
    /// Share who would report, if we worked at it.
    pub target: f64,
    /// What raising it would cost in a year.
    pub yearly_cost: f64,
    /// What happens as hours pass.
    pub steps: Vec<ReportingStep>,
}

/// The state of things some hours after the lure arrived.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportingStep {
    /// Hours since it arrived.
    pub hours: f64,
    /// Share of all who will ever report that have done so by then; ascends to at most 1.
    pub reported: f64,
    /// Share of the full loss if the first report comes by then; ascends to at most 1.
    pub loss: f64,
}

/// A loss, and the yearly chance of exceeding it that is accepted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerated {
    /// Loss in a year.
    pub loss: f64,
    /// Chance of more, 0 to 1.
    pub chance: f64,
}

impl Scenario {
    /// The independent factors whose product is the yearly rate of loss events.
    #[must_use]
    pub fn rate_factors(&self) -> Vec<Shape> {
        let share = |vulnerability: &Vulnerability| match vulnerability {
            Vulnerability::Share(factor) => factor.shape.clone(),
            Vulnerability::Contest { capability, resistance } => {
                Shape::Constant(capability.shape.chance_to_exceed(&resistance.shape))
            }
        };
        match &self.frequency.level {
            Level::Events(events) => vec![events.shape.clone()],
            Level::Threats { threats, vulnerability } => vec![threats.shape.clone(), share(vulnerability)],
            Level::Contacts { contacts, action, vulnerability } => {
                vec![contacts.shape.clone(), action.shape.clone(), share(vulnerability)]
            }
        }
    }

    /// Every factor that shapes the loss as things are, in the order of the file.
    #[must_use]
    pub fn factors(&self) -> Vec<&Factor> {
        fn contest(vulnerability: &Vulnerability) -> Vec<&Factor> {
            match vulnerability {
                Vulnerability::Share(factor) => vec![factor],
                Vulnerability::Contest { capability, resistance } => vec![capability, resistance],
            }
        }
        let mut all = Vec::new();
        match &self.frequency.level {
            Level::Events(events) => all.push(events),
            Level::Threats { threats, vulnerability } => {
                all.push(threats);
                all.extend(contest(vulnerability));
            }
            Level::Contacts { contacts, action, vulnerability } => {
                all.extend([contacts, action]);
                all.extend(contest(vulnerability));
            }
        }
        all.extend(self.primary.iter().map(|loss| &loss.amount));
        if let Some(secondary) = &self.secondary {
            all.push(&secondary.chance);
            all.extend(secondary.losses.iter().map(|loss| &loss.amount));
        }
        all
    }
}
