//! What the case page's template asks for: times, names and keys in words. Decides nothing.

use super::checked::From;
use super::{CHOICES, Case};
use crate::cases::{Entry, Outcome, Promise, Task};
use crate::ids::{ReportId, Time};
use crate::words::Locale;

impl Case {
    pub(super) fn when(&self, at: &Time) -> String {
        self.hours.say_when(*at, self.now, Locale::En)
    }

    pub(super) fn ago(&self, at: &Time) -> String {
        crate::numbers::web::duration(self.now.since(*at) as f64)
    }

    pub(super) fn told(&self, told: &str) -> Vec<String> {
        crate::reports::split_told(told)
            .into_iter()
            .map(|one| Locale::En.t(&format!("told-{}", one.as_str())))
            .collect()
    }

    pub(super) fn verdict(&self, verdict: &str) -> String {
        if verdict.is_empty() {
            "Nothing to read: words only".into()
        } else {
            Locale::En.t(&format!("verdict-{verdict}"))
        }
    }

    pub(super) fn what(&self, entry: &Entry) -> String {
        match entry.kind.as_str() {
            "read" if entry.body.is_empty() => Locale::En.t("entry-opened"),
            "read" => Locale::En.t(&format!("entry-read-{}", entry.body)),
            "outcome" => match entry.report_id {
                Some(report) => format!("told {} how it ended", self.witness_name(&report)),
                None => Locale::En.t("entry-outcome"),
            },
            kind => Locale::En.t(&format!("entry-{kind}")),
        }
    }

    /// The language that words are in, so that they are read aloud as what they are.
    pub(super) fn lang(&self, words: impl AsRef<str>) -> &'static str {
        Locale::of_words(words.as_ref()).unwrap_or_default().tag()
    }

    pub(super) fn words(&self, entry: &Entry) -> String {
        match entry.kind.as_str() {
            "read" => String::new(),
            "read-original" | "read-another" => self.verdict(&entry.body),
            _ => entry.body.clone(),
        }
    }

    pub(super) fn source(&self, entry: &Entry) -> String {
        match entry.source.as_str() {
            "witness" => self
                .view
                .witnesses
                .iter()
                .find(|witness| Some(witness.report.id) == entry.report_id)
                .map_or_else(|| "Reporter".into(), |witness| witness.name.clone()),
            "system" => "Our program".into(),
            _ => entry.author.clone().unwrap_or_else(|| "A responder".into()),
        }
    }

    pub(super) fn whom(&self, task: &Task) -> &'static str {
        match task.for_whom.as_str() {
            "reporter" => "reporter",
            "it" => "IT",
            _ => "us",
        }
    }

    pub(super) fn outcome_label(&self, outcome: &Outcome) -> String {
        Locale::En.t(&format!("outcome-{}", outcome.as_str()))
    }

    /// Whether the letter came back, or is simply written: both show in its form.
    pub(super) fn is_letter(&self) -> bool {
        self.back.from == From::Letter
    }

    /// Whether the letter came back with something to read before it is sent; what is noted while it is typed stands below the buttons.
    pub(super) fn came_marked(&self) -> bool {
        self.is_letter() && (!self.notes.is_empty() || self.hint.is_some())
    }

    /// Whether what came back has no form on the page.
    pub(super) fn is_other(&self) -> bool {
        self.back.from == From::Other
    }

    /// The colleague who has the case.
    pub(super) fn taken_by(&self) -> Option<String> {
        let owner = self.view.case.owner_id?.to_string();
        (owner != self.me).then_some(owner)
    }

    /// The language that the open reporter reads.
    pub(super) fn reads(&self) -> &'static str {
        self.view.open.as_ref().map_or("", |open| crate::checking::tongue_of(open.witness.report.locale()))
    }

    /// Who reads what, where the people of a case do not all read one language.
    pub(super) fn languages(&self) -> Option<String> {
        let mut readers: Vec<(Locale, Vec<&str>)> = Vec::new();
        for witness in self.view.witnesses.iter().filter(|witness| !witness.reach.is_forgotten()) {
            let (locale, name) = (witness.report.locale(), witness.name.as_str());
            match readers.iter_mut().find(|(other, _)| *other == locale) {
                Some((_, names)) if names.contains(&name) => {}
                Some((_, names)) => names.push(name),
                None => readers.push((locale, vec![name])),
            }
        }
        let say = |(locale, names): &(Locale, Vec<&str>)| match names.as_slice() {
            [one] => format!("{one} reads {}", crate::checking::tongue_of(*locale)),
            names => format!("{} people read {}", names.len(), crate::checking::tongue_of(*locale)),
        };
        let said: Vec<String> = readers.iter().map(say).collect();
        (said.len() > 1).then(|| format!("{}.", said.join(", ")))
    }

    /// The version of the draft that the form has.
    pub(super) fn draft_version(&self) -> i64 {
        let newest = self.view.open.as_ref().map_or(0, |open| open.draft_version);
        self.back.draft.filter(|_| self.is_letter()).unwrap_or(newest)
    }

    /// Whether the case was not closed a moment ago.
    pub(super) fn is_not_closed(&self) -> bool {
        self.back.from == From::Close
    }

    /// What is asked of anybody and not done yet.
    pub(super) fn has_open_tasks(&self) -> bool {
        self.view.tasks.iter().any(|task| task.done_at.is_none())
    }

    /// The number of the case in which everything of this one is now.
    pub(super) fn went_to(&self) -> Option<&str> {
        let moved = self.view.timeline.iter().rev().find(|entry| entry.kind == "merged-away")?;
        moved.body.strip_prefix('#')
    }

    pub(super) fn is_task(&self) -> bool {
        self.back.from == From::Task
    }

    pub(super) fn is_moved(&self, promise: &Promise) -> bool {
        self.back.from == From::Promise(promise.id)
    }

    /// The time that is chosen in a form: what was chosen before, or what fits best.
    pub(super) fn chosen(&self, minutes: impl std::borrow::Borrow<i64>) -> bool {
        *minutes.borrow() == self.back.next_minutes.unwrap_or(if self.knows() { 0 } else { 480 })
    }

    /// The times to which a promise can be moved: all lie after it.
    pub(super) fn later_choices(&self, promise: &Promise) -> Vec<(i64, String)> {
        let from = promise.by_at.max(self.now);
        let choice =
            |minutes| (minutes, self.hours.say_when(self.hours.after(from, minutes), self.now, Locale::En));
        CHOICES.map(choice).into()
    }

    /// What is asked of reporters and not done yet.
    pub(super) fn open_asks(&self) -> Vec<&Task> {
        self.view.tasks.iter().filter(|task| task.for_whom == "reporter" && task.done_at.is_none()).collect()
    }

    /// How much is open that is asked of us or of IT.
    pub(super) fn open_work(&self) -> usize {
        self.view.tasks.iter().filter(|task| task.for_whom != "reporter" && task.done_at.is_none()).count()
    }

    /// Whether what was quoted is not said already by the sentence before it.
    pub(super) fn adds_quote(&self, piece: &crate::reports::SeenEvidence) -> bool {
        !piece.quote.is_empty() && !piece.plain_in(self.frame.locale).contains(&piece.quote)
    }

    /// Whether the open reporter knows how it ended: then a word can be the last.
    pub(super) fn knows(&self) -> bool {
        self.view.open.as_ref().is_some_and(|open| open.witness.ending.is_some())
    }

    /// The reporters to whom how it ended does not get.
    pub(super) fn unreached(&self) -> Vec<&str> {
        let nowhere = self.view.witnesses.iter().filter(|witness| witness.misses_the_end());
        nowhere.map(|witness| witness.name.as_str()).collect()
    }

    /// Whether an entry belongs to the report that is open.
    pub(super) fn is_open(&self, entry: &Entry) -> bool {
        self.view.open.as_ref().is_some_and(|open| entry.report_id == Some(open.witness.report.id))
    }

    pub(super) fn closed(&self) -> bool {
        self.view.case.state == "closed"
    }

    pub(super) fn for_harm(&self, weight: &i32) -> &'static str {
        match weight {
            1.. => "speaks for harm",
            0 => "context",
            _ => "speaks for genuine",
        }
    }

    pub(super) fn open_promises(&self) -> Vec<&Promise> {
        self.view.promises.iter().filter(|promise| promise.is_open()).collect()
    }

    pub(super) fn witness_name(&self, report: &ReportId) -> String {
        self.view
            .witnesses
            .iter()
            .find(|witness| witness.report.id == *report)
            .map_or_else(|| "a reporter".into(), |witness| witness.name.clone())
    }

    /// How many strangers are among people we know.
    pub(super) fn strangers(&self) -> usize {
        crate::casework::strangers(&self.view.witnesses)
    }

    pub(super) fn others(&self) -> usize {
        self.view.witnesses.len().saturating_sub(1)
    }
}
