//! The first word: thanks, what we see so far, what helps now for what they told us, why it is understandable,
//! what happens next and by when. Written from values; sends nothing.

use std::collections::BTreeSet;

use askama::Template;

use super::earlier::Earlier;
use super::{Kind, Seen, Told};
use crate::error::Result;
use crate::hours::Hours;
use crate::ids::Time;
use crate::letters;
use crate::words::Locale;

/// Everything the first word says.
#[derive(Clone, Debug)]
pub struct FirstWord<'a> {
    pub organisation: &'a str,
    pub phone: Option<&'a str>,
    pub kind: Kind,
    pub told: &'a BTreeSet<Told>,
    pub seen: Option<&'a Seen>,
    /// Why the message works on people, in the reader's language.
    pub understandable: String,
    /// When the next word comes, in words.
    pub by: &'a str,
    pub name: &'a str,
    pub locale: Locale,
    /// How many people told us about the same thing before.
    pub others: i64,
    pub team: Team,
    /// What is lost is a badge: nobody signs in on one.
    pub badge: bool,
    /// What a person decided of the same message before.
    pub earlier: Option<&'a Earlier>,
    /// It came by the form, where anybody can type any address.
    pub typed: bool,
}

/// Whether somebody at the desk can begin today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Team {
    Here,
    /// Still here, and the promised word falls on another day: nobody may begin before they go.
    LeavesSoon,
    Away,
}

impl Team {
    pub fn at(hours: &Hours, now: Time, by: Time) -> Team {
        match (hours.is_open(now), hours.same_day(now, by)) {
            (true, true) => Team::Here,
            (true, false) => Team::LeavesSoon,
            (false, _) => Team::Away,
        }
    }
}

#[derive(Template)]
#[template(path = "reports/first_word.en.txt", escape = "none")]
struct English<'a> {
    word: &'a FirstWord<'a>,
}

#[derive(Template)]
#[template(path = "reports/first_word.de.txt", escape = "none")]
struct German<'a> {
    word: &'a FirstWord<'a>,
}

#[derive(Template)]
#[template(path = "reports/steps.en.txt", escape = "none")]
struct EnglishSteps<'a> {
    word: &'a FirstWord<'a>,
}

#[derive(Template)]
#[template(path = "reports/steps.de.txt", escape = "none")]
struct GermanSteps<'a> {
    word: &'a FirstWord<'a>,
}

impl FirstWord<'_> {
    /// The subject of the letter.
    pub fn subject(&self) -> &'static str {
        match (self.locale, self.kind) {
            (Locale::En, Kind::Device) if self.badge => "Thank you: we know about your lost badge",
            (Locale::En, Kind::Device) if !self.begins() => "Thank you: we know about your lost device",
            (Locale::En, Kind::Device) => "Thank you: we are looking after your lost device",
            (Locale::En, Kind::Friction) => "Thank you for telling us what gets in your way",
            (Locale::En, _) if self.seen.is_some() => "Thank you for telling us: what we see so far",
            (Locale::En, _) => "Thank you for telling us: we have your report",
            (Locale::De, Kind::Device) if self.badge => "Danke: Wir wissen von Ihrem verlorenen Ausweis",
            (Locale::De, Kind::Device) if !self.begins() => "Danke: Wir wissen von Ihrem verlorenen Gerät",
            (Locale::De, Kind::Device) => "Danke: Wir kümmern uns um Ihr verlorenes Gerät",
            (Locale::De, Kind::Friction) => "Danke, dass Sie uns sagen, was im Weg steht",
            (Locale::De, _) if self.seen.is_some() => "Danke für Ihre Meldung: was wir bisher sehen",
            (Locale::De, _) => "Danke: Ihre Meldung ist bei uns angekommen",
        }
    }

    /// The text of the letter.
    pub fn letter(&self) -> Result<String> {
        let text = match self.locale {
            Locale::En => English { word: self }.render()?,
            Locale::De => German { word: self }.render()?,
        };
        Ok(tidy(&text))
    }

    /// The letter for somebody who told us of more: only what helps with that.
    pub fn steps(&self) -> Result<String> {
        let text = match self.locale {
            Locale::En => EnglishSteps { word: self }.render()?,
            Locale::De => GermanSteps { word: self }.render()?,
        };
        Ok(tidy(&text))
    }

    /// The letter and, in case it does not pass our own check, plainer ones: what is less needed goes first, the steps
    /// for what they told us go last.
    pub fn bodies(&self) -> impl Iterator<Item = Result<String>> {
        let plainer = || FirstWord { understandable: String::new(), ..self.clone() };
        let nameless = move || FirstWord { name: "", ..plainer() };
        let bare = move || {
            let seen = self.seen.map(|seen| Seen { evidence: Vec::new(), ..seen.clone() });
            FirstWord { seen: seen.as_ref(), ..nameless() }.letter()
        };
        let short = || {
            Ok(self.locale.say("first-word-short", &[("by", self.by), ("organisation", self.organisation)]))
        };
        std::iter::once_with(|| self.letter())
            .chain(std::iter::once_with(move || plainer().letter()))
            .chain(std::iter::once_with(move || nameless().letter()))
            .chain(std::iter::once_with(bare))
            .chain(std::iter::once_with(short))
    }

    /// How the letter greets: with the name, where that is one and no address or mark.
    fn greeted(&self) -> &str {
        letters::plain_name(self.name)
    }

    fn told(&self, word: &str) -> bool {
        Told::parse(word).is_some_and(|told| self.told.contains(&told))
    }

    fn exposed(&self) -> bool {
        self.unnamed() || self.told.iter().any(|told| told.is_exposure())
    }

    /// Whether something happened, and they did not or could not say what.
    fn unnamed(&self) -> bool {
        self.kind == Kind::Happened && self.told.is_empty()
    }

    /// Whether somebody begins on it today.
    fn begins(&self) -> bool {
        self.team == Team::Here
    }

    fn leaves_soon(&self) -> bool {
        self.team == Team::LeavesSoon
    }

    /// Whether somebody needs us and nobody may begin today.
    fn waits_for_us(&self) -> bool {
        !self.begins() && (self.exposed() || self.kind == Kind::Device)
    }

    fn has_steps(&self) -> bool {
        self.exposed() || self.headers_gone() || self.kind == Kind::Device || self.to_be_left()
    }

    /// Whether there is a message that is best left where it is.
    fn to_be_left(&self) -> bool {
        self.kind == Kind::Message && self.seen.is_some() && !self.exposed() && self.verdict() != "our-drill"
    }

    fn kind(&self) -> &'static str {
        self.kind.as_str()
    }

    fn verdict(&self) -> &str {
        self.seen.map_or("none", |seen| seen.verdict.as_str())
    }

    fn reasons(&self) -> Vec<String> {
        // They quote what a stranger wrote, and a letter of ours must not carry a stranger's link.
        let seen = self.seen.filter(|_| self.earlier.is_none());
        let reasons = seen.map(|seen| seen.reasons(3, self.locale)).unwrap_or_default();
        reasons.iter().map(|reason| letters::inert(reason)).collect()
    }

    fn headers_gone(&self) -> bool {
        self.seen.is_some_and(|seen| seen.headers_gone)
    }

    fn program(&self) -> &str {
        self.seen.map_or("", |seen| seen.program.as_str())
    }

    fn sure(&self) -> String {
        self.seen.map(|seen| seen.sure(self.locale)).unwrap_or_default()
    }
}

/// Joins the lines of a paragraph that a template broke, and leaves one empty line between paragraphs.
pub fn tidy(text: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for block in text.replace('\r', "").split("\n\n") {
        let lines: Vec<&str> = block.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            paragraphs.push(lines.join("\n"));
        }
    }
    paragraphs.join("\n\n") + "\n"
}

/// A first word for the test that checks them all.
#[cfg(test)]
pub(crate) fn first_word_letter(
    organisation: &str,
    phone: Option<&str>,
    kind: Kind,
    told: &BTreeSet<Told>,
    seen: Option<&Seen>,
    locale: Locale,
    understandable: &str,
) -> String {
    let by = match locale {
        Locale::En => "Monday 23 November, 14:30",
        Locale::De => "Montag, 23. November, 14:30 Uhr",
    };
    FirstWord {
        organisation,
        phone,
        kind,
        told,
        seen,
        understandable: understandable.to_owned(),
        by,
        name: "Kim",
        locale,
        others: 2,
        team: Team::Here,
        badge: false,
        earlier: None,
        typed: true,
    }
    .letter()
    .expect("the template renders")
}

/// A letter about more that happened, for the same test.
#[cfg(test)]
pub(crate) fn steps_letter(told: &BTreeSet<Told>, locale: Locale) -> String {
    let word = FirstWord {
        organisation: "Harbour Works",
        phone: Some("4444"),
        kind: Kind::Happened,
        told,
        seen: None,
        understandable: String::new(),
        by: if locale == Locale::De {
            "Montag, 23. November, 14:30 Uhr"
        } else {
            "Monday 23 November, 14:30"
        },
        name: "Kim",
        locale,
        others: 0,
        team: Team::Here,
        badge: false,
        earlier: None,
        typed: true,
    };
    word.steps().expect("the template renders")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_of_a_badge_and_of_a_closed_desk_is_true_and_passes_our_own_check() {
        for locale in Locale::ALL {
            for (kind, badge) in [(Kind::Device, true), (Kind::Device, false), (Kind::Happened, false)] {
                for (team, phone) in [
                    (Team::Here, None),
                    (Team::LeavesSoon, Some("4444")),
                    (Team::Away, None),
                    (Team::Away, Some("4444")),
                ] {
                    let word = FirstWord {
                        organisation: "Harbour Works",
                        phone,
                        kind,
                        told: &BTreeSet::new(),
                        seen: None,
                        understandable: String::new(),
                        by: "14:30",
                        name: "Kim",
                        locale,
                        others: 0,
                        team,
                        badge,
                        earlier: None,
                        typed: false,
                    };
                    let letter = word.letter().expect("it renders");
                    let serious: Vec<_> = letters::findings(&letter, locale, &[])
                        .into_iter()
                        .filter(|finding| finding.severity >= finding::Severity::Warning)
                        .map(|finding| finding.message)
                        .collect();
                    assert!(serious.is_empty(), "{serious:#?}\n{letter}");
                    let now = ["we start now", "Wir fangen jetzt an", "early", "früh"];
                    assert_eq!(
                        now.iter().any(|words| letter.contains(words)),
                        team == Team::Here,
                        "{letter}"
                    );
                    let says = |words: [&str; 2]| words.iter().any(|words| letter.contains(words));
                    assert_eq!(says(["is closed", "nicht besetzt"]), team == Team::Away, "{letter}");
                    assert_eq!(
                        says(["closes soon", "noch kurz besetzt"]),
                        team == Team::LeavesSoon,
                        "{letter}"
                    );
                    let passwords = ["those passwords", "diese Passwörter"];
                    let named = passwords.iter().any(|words| letter.contains(words));
                    assert_eq!(named, kind == Kind::Device && !badge, "{letter}");
                }
            }
        }
    }
}
