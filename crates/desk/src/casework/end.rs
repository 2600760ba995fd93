//! What one person reads about the end: words that fit what they told us about, and only what is known here.

use std::collections::BTreeSet;

use super::{Witness, compose};
use crate::Desk;
use crate::cases::{Outcome, Task};
use crate::letters::Worded;
use crate::reports::{self, Kind, Report, Told};
use crate::words::Locale;

/// What somebody told us about. It decides which ends there can be, and their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Message,
    /// Something they saw or that happened, without a message.
    Seen,
    Device,
    Friction,
}

impl About {
    #[cfg(test)]
    pub(crate) const ALL: [About; 4] = [About::Message, About::Seen, About::Device, About::Friction];

    pub(super) fn of(report: &Report) -> About {
        match Kind::parse(&report.kind) {
            _ if report.has_message() => About::Message,
            Some(Kind::Message) | None => About::Message,
            Some(Kind::Happened | Kind::Feeling) => About::Seen,
            Some(Kind::Device) => About::Device,
            Some(Kind::Friction) => About::Friction,
        }
    }

    /// The ends there can be, the likeliest first.
    fn outcomes(self) -> &'static [Outcome] {
        use Outcome::{CouldNotTell, Drill, Genuine, Harmful, HarmfulStopped, Settled};
        match self {
            About::Message => &Outcome::ALL,
            About::Seen => &[Settled, HarmfulStopped, Harmful, Genuine, Drill, CouldNotTell],
            About::Device => &[Settled, HarmfulStopped, Harmful, CouldNotTell],
            About::Friction => &[Settled],
        }
    }

    /// The key of the sentence that says how it ended.
    fn key(self, outcome: Outcome, locale: Locale) -> String {
        let plain = format!("outcome-{}-letter", outcome.as_str());
        let own: &[&str] = match self {
            About::Message => &[],
            About::Seen | About::Friction => &["seen"],
            About::Device => &["device", "seen"],
        };
        let own = own.iter().map(|about| format!("{plain}-{about}")).find(|key| locale.has(key));
        own.unwrap_or(plain)
    }
}

/// The outcomes that fit what the people of a case told us about.
pub(super) fn offered(witnesses: &[Witness]) -> Vec<Outcome> {
    let mut about: Vec<About> = witnesses.iter().map(|witness| About::of(&witness.report)).collect();
    about.sort_by_key(|about| *about != About::Message);
    let mut offered = Vec::new();
    for outcome in about.iter().flat_map(|about| about.outcomes()) {
        if !offered.contains(outcome) {
            offered.push(*outcome);
        }
    }
    if offered.is_empty() { Outcome::ALL.into() } else { offered }
}

/// What decides which words a person reads about the end.
#[derive(Clone, Debug)]
pub(crate) struct End<'a> {
    pub outcome: Outcome,
    pub about: About,
    /// What they were told before, if it was something else.
    pub before: Option<Outcome>,
    pub exposed: bool,
    pub told: BTreeSet<Told>,
    /// Whether something is still asked of them.
    pub asked: bool,
    /// The responder's own words.
    pub words: &'a str,
    pub place: usize,
    pub total: usize,
}

impl<'a> End<'a> {
    /// For one person: all that they told us counts, the first report decides what it was about.
    pub(super) fn of(outcome: Outcome, words: &'a str, of_person: &[&Witness], tasks: &[Task]) -> End<'a> {
        let open = |task: &Task| {
            let theirs = of_person.iter().any(|witness| task.report_id == Some(witness.report.id));
            theirs && task.for_whom == "reporter" && task.done_at.is_none()
        };
        let before = of_person.iter().find_map(|witness| witness.ending.as_ref());
        End {
            outcome,
            about: of_person.first().map_or(About::Message, |witness| About::of(&witness.report)),
            before: before.and_then(|ending| Outcome::parse(&ending.outcome)),
            exposed: of_person.iter().any(|witness| witness.report.exposed),
            told: of_person.iter().flat_map(|witness| reports::split_told(&witness.report.told)).collect(),
            asked: tasks.iter().any(open),
            words,
            place: 1,
            total: 1,
        }
    }

    /// The whole letter.
    pub(super) fn letter(&self, desk: &Desk, reader: Locale, name: &str) -> Worded {
        Worded::around(self.words, reader, |locale| compose(desk, locale, name, &self.text(locale), None))
    }

    /// Says only what is known here: nobody asks the responder what came of it, or what they ask for in their own words.
    pub(crate) fn text(&self, locale: Locale) -> String {
        let mut parts = vec![locale.t(&self.about.key(self.outcome, locale))];
        let correction = self.before.and_then(|before| correction(before, self.outcome));
        parts.extend(correction.map(|key| locale.t(key)));
        if !self.words.is_empty() {
            parts.push(self.words.to_owned());
        }
        if self.total > 1 && is_harmful(self.outcome) {
            let key = if self.place == 1 { "credit-first" } else { "credit-one-of" };
            parts.push(locale.say(key, &[("total", &self.total.to_string())]));
        }
        if self.exposed && !self.is_harmless() {
            parts.push(locale.t("credit-own"));
        }
        parts.extend(self.may_have_to_act(locale));
        if self.asked {
            parts.push(locale.t("outcome-asked"));
        }
        // Whoever went further than looking, or was told that it was harmless, may have something to do: nobody here knows.
        if !self.asked && !self.exposed && !self.may_have_acted() && self.words.is_empty() {
            parts.push(locale.t("outcome-nothing"));
        }
        parts.push(locale.t("outcome-back"));
        parts.join("\n\n")
    }

    /// What stands on the page of somebody who gets no letter: the responder's words, and what they may have to do.
    pub(super) fn on_page(&self, locale: Locale) -> String {
        let words = Some(self.words.to_owned()).filter(|words| !words.is_empty());
        words.into_iter().chain(self.may_have_to_act(locale)).collect::<Vec<_>>().join("\n\n")
    }

    /// For whoever acted on it, or may have: what helps now.
    fn may_have_to_act(&self, locale: Locale) -> Vec<String> {
        let mut parts = Vec::new();
        if self.may_have_acted() && matches!(self.about, About::Message | About::Seen) {
            parts.push(locale.t("outcome-acted"));
        }
        let steps = if self.exposed && !self.is_harmless() { self.steps(locale) } else { Vec::new() };
        if !steps.is_empty() {
            parts.push(format!("{}\n\n{}", locale.t("outcome-steps"), steps.join("\n")));
        }
        parts
    }

    fn is_harmless(&self) -> bool {
        matches!(self.outcome, Outcome::Genuine | Outcome::Drill)
    }

    /// Whether we said before that it was something else than harmful.
    fn turned(&self) -> bool {
        is_harmful(self.outcome) && self.before.is_some_and(|before| !is_harmful(before))
    }

    /// Whether they may have acted on it: they were told that it is harmless, or never said that they only looked.
    fn may_have_acted(&self) -> bool {
        self.turned() || is_harmful(self.outcome) && self.told.is_empty() && !self.exposed
    }

    /// What helps with what they told us, as a list: we do not know whether it is done.
    fn steps(&self, locale: Locale) -> Vec<String> {
        let told = self.told.iter().filter(|one| one.is_exposure()).map(|one| one.as_str());
        let device = (self.about == About::Device).then_some("device");
        told.chain(device).map(|what| format!("- {}", locale.t(&format!("outcome-step-{what}")))).collect()
    }
}

fn is_harmful(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Harmful | Outcome::HarmfulStopped)
}

/// What is said to somebody who was told another end before.
fn correction(before: Outcome, now: Outcome) -> Option<&'static str> {
    match (before, now) {
        _ if before == now => None,
        (Outcome::CouldNotTell | Outcome::Settled, _)
        | (Outcome::Harmful, Outcome::HarmfulStopped)
        | (_, Outcome::Settled) => Some("outcome-more-known"),
        _ => Some("outcome-was-wrong"),
    }
}

/// The whole letter, for the test that checks them all.
#[cfg(test)]
pub(crate) fn outcome_text(settings: &crate::Settings, locale: Locale, end: &End<'_>) -> String {
    super::with_ending(settings, locale, "Robin", &end.text(locale))
}
