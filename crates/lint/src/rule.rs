//! A rule as the program knows it: what its file says, ready to use.

use crate::document::{Document, Hit};
use crate::draft::{Kind, Language};
use crate::phrase::table::{Accept, Action, Edge, Node, Table, Test, WordEdge};
use crate::profile::{Limits, Profile, Register, Words};
use finding::Severity;
use std::borrow::Cow;

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Such as `BLM01`.
    pub code: &'static str,
    /// Such as `direct-blame`.
    pub name: &'static str,
    pub title: &'static str,
    pub group: Group,
    /// Where nothing else is said; `None` is off.
    pub default: Option<Severity>,
    /// In the order of [`Kind::ALL`]; the outer `None` says nothing.
    pub by_kind: [Option<Option<Severity>>; 10],
    /// Formal, casual, expert.
    pub by_audience: [Option<Option<Severity>>; 3],
    /// The kind of document its examples are read as.
    pub example_kind: Kind,
    pub message: &'static str,
    /// Silent after *not*, *nobody*, *without*.
    pub negation: bool,
    /// Silent in a question.
    pub question: bool,
    /// Looks inside quotation marks too.
    pub quoted: bool,
    pub matcher: Option<Matcher>,
    /// Says what a whole text lacks; the words it marks only stand for it.
    pub whole: bool,
    /// Marks the sentences in which a model hears its group and nothing else marked it.
    pub hears: bool,
    /// Silent in a sentence in which that model clearly hears nothing of its group.
    pub doubted: bool,
    /// The groups and codes to which it yields: it is silent in a sentence that one of them has marked.
    pub yields: &'static [&'static str],
    /// Marks the items of a list once.
    pub once: bool,
    pub notices: &'static str,
    pub hurts: &'static str,
    pub instead: &'static str,
    pub source: &'static str,
    pub must_flag: &'static [Example],
    pub must_pass: &'static [Example],
    /// What a machine may put in the place of its phrases, in the order of its file; `""` removes the words.
    pub safe: &'static [&'static str],
    pub fixes: &'static [FixExample],
}

/// Looks at a whole document for what phrases cannot say.
pub type Matcher = fn(&Document<'_>, &Limits, &mut Vec<Hit>);

/// A small document a rule must flag or leave alone.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub kind: Option<Kind>,
    pub text: &'static str,
}

impl Example {
    /// The example as people read it, without the marks of its hit; nothing for one of several lines.
    pub fn line(&self) -> Option<String> {
        (!self.text.contains('\n')).then(|| self.text.replace("**", ""))
    }
}

/// A line with what a fix of the rule makes of it.
#[derive(Clone, Copy, Debug)]
pub struct FixExample {
    pub before: &'static str,
    /// The same as before where no fix may change it.
    pub after: &'static str,
    /// Whether a machine does it, or a person who chooses.
    pub safe: bool,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Blame,
    Shame,
    Fear,
    NextStep,
    Clarity,
    Vagueness,
    Register,
    Empathy,
    Warning,
    Lure,
    Inclusive,
    Executive,
    Policy,
}

/// The rules and phrases of one language.
#[derive(Debug)]
pub struct RuleSet {
    pub language: &'static str,
    pub rules: &'static [Rule],
    pub table: &'static Table,
}

impl Rule {
    /// How much a hit matters in a document of `kind` for the audience of `profile`; `None` is not at all.
    pub fn severity(&self, kind: Kind, profile: &Profile) -> Option<Severity> {
        if let Some(level) = profile.rules.get(self.code).or_else(|| profile.rules.get(self.name)) {
            return *level;
        }
        if let Some(level) = profile.rules.get(self.group.as_str()) {
            return *level;
        }
        let [formal, casual, expert] = self.by_audience;
        let by_kind = self.by_kind.get(kind as usize).copied().flatten();
        let by_audience = match (profile.register, profile.words) {
            (Register::Formal, _) if formal.is_some() => formal,
            (Register::Casual, _) if casual.is_some() => casual,
            (_, Words::Expert) => expert,
            _ => None,
        };
        match (by_kind, by_audience) {
            (Some(None), _) => None,
            (_, Some(level)) => level,
            (Some(level), None) => level,
            (None, None) => self.default,
        }
    }

    /// Whether a profile turns this rule off, by its code, its name or its group.
    pub(crate) fn is_turned_off(&self, profile: &Profile) -> bool {
        let named = [self.code, self.name, self.group.as_str()];
        named.iter().find_map(|name| profile.rules.get(*name)) == Some(&None)
    }

    /// How much a hit matters in documentation where it speaks to a person as guilty, or threatens one: that hurts wherever it
    /// stands, and a text may be documentation by a guess only. `None` where the rule is about something else or its house turned it off.
    pub(crate) fn severity_to_a_person(&self, profile: &Profile) -> Option<Severity> {
        let hurts = matches!(self.group, Group::Blame | Group::Shame | Group::Fear) && !self.hears;
        self.severity(Kind::Other, profile).filter(|severity| hurts && *severity >= Severity::Warning)
    }
}

impl Group {
    /// The groups that hurt a person are one here: who reads that a sentence blames need not read that it also sounds cold.
    pub(crate) fn manner(self) -> Group {
        match self {
            Group::Shame | Group::Fear | Group::Register | Group::Empathy => Group::Blame,
            other => other,
        }
    }

    /// In the order in which pages show them.
    pub const ALL: [Group; 13] = [
        Group::Blame,
        Group::Shame,
        Group::Fear,
        Group::NextStep,
        Group::Clarity,
        Group::Vagueness,
        Group::Register,
        Group::Empathy,
        Group::Warning,
        Group::Lure,
        Group::Inclusive,
        Group::Executive,
        Group::Policy,
    ];

    /// The word used in rule files, settings and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Blame => "blame",
            Group::Shame => "shame",
            Group::Fear => "fear",
            Group::NextStep => "next-step",
            Group::Clarity => "clarity",
            Group::Vagueness => "vagueness",
            Group::Register => "register",
            Group::Empathy => "empathy",
            Group::Warning => "warning",
            Group::Lure => "lure",
            Group::Inclusive => "inclusive",
            Group::Executive => "executive",
            Group::Policy => "policy",
        }
    }
}

/// The rules of a language.
pub fn rule_set(language: Language) -> &'static RuleSet {
    LANGUAGES
        .iter()
        .find(|set| set.language == language.as_str())
        .or(LANGUAGES.first())
        .expect("the build found at least one language")
}

/// The rule with this code or name, English first.
pub fn find(code: &str) -> Option<&'static Rule> {
    let matches = |rule: &&Rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code;
    rule_set(Language::English)
        .rules
        .iter()
        .find(matches)
        .or_else(|| LANGUAGES.iter().flat_map(|set| set.rules).find(matches))
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));
