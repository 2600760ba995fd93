//! For whom we write: an audience, from a small TOML file. It changes severities, limits and words; it never reads files itself.

use crate::draft::{Kind, Language};
use crate::phrase::compile::{Compiler, Endings};
use crate::phrase::table::{Accept, Action, Table};
use finding::Severity;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// An audience and a house's own choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub register: Register,
    pub words: Words,
    /// The language of the texts, where it should not be guessed.
    pub language: Option<Language>,
    /// The kind of the texts, where it should not be guessed.
    pub kind: Option<Kind>,
    pub limits: Limits,
    /// Codes (`BLM01`) or groups (`blame`) and their severity; `None` turns them off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// Words of this house that no rule may flag and that need no explanation.
    pub accept: Vec<String>,
    /// Phrases of this house to flag, with what to say instead (empty for none).
    pub avoid: BTreeMap<String, String>,
    /// Folders of styles written for Vale, seen from the profile; whoever reads the profile reads them.
    pub styles: Vec<String>,
}

/// How formal the house writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Register {
    Formal,
    #[default]
    Neutral,
    Casual,
}

/// How plain the words must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Words {
    /// Everybody must understand every word.
    #[default]
    Plain,
    /// Readers work with computers all day; common terms need no explanation.
    Expert,
}

/// Numbers above which a text asks too much of its readers.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Words in a sentence.
    pub sentence_words: usize,
    /// Flesch–Kincaid grade: years of school a reader needs.
    pub grade: f64,
    /// Requests in running text.
    pub asks: usize,
    /// Words before the first request.
    pub words_before_ask: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { sentence_words: 25, grade: 12.0, asks: 3, words_before_ask: 60 }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Profile {
            register: Register::Neutral,
            words: Words::Plain,
            language: None,
            kind: None,
            limits: Limits::default(),
            rules: BTreeMap::new(),
            accept: Vec::new(),
            avoid: BTreeMap::new(),
            styles: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[derive(Default)]
struct File {
    register: Register,
    words: Words,
    language: Option<String>,
    kind: Option<String>,
    limits: Limits,
    rules: BTreeMap<String, String>,
    accept: Vec<String>,
    avoid: BTreeMap<String, String>,
    styles: Vec<String>,
}

/// A code, name or group as the rules write it, whatever its letters; an error where there is none. Rules of other styles
/// have a dot in their names (`Microsoft.Passive`) and are not known here.
pub(crate) fn canonical(written: &str) -> Result<String, String> {
    if written.contains('.') {
        return Ok(written.to_owned());
    }
    if let Some(own) = crate::suppress::OWN.into_iter().find(|own| own.eq_ignore_ascii_case(written)) {
        return Ok(own.to_owned());
    }
    let rules = || crate::rule::LANGUAGES.iter().flat_map(|set| set.rules);
    let mut names = rules().flat_map(|rule| [rule.code, rule.name, rule.group.as_str()]);
    names.find(|name| name.eq_ignore_ascii_case(written)).map(str::to_owned).ok_or_else(|| {
        let groups: BTreeSet<&str> = rules().map(|rule| rule.group.as_str()).collect();
        let groups = groups.into_iter().collect::<Vec<_>>().join(", ");
        format!("there is no rule or group `{written}`; `alongside rule` lists the rules, and the groups are {groups}.")
    })
}

/// The line that gives a key this value; 1 if it is written in another way.
fn line_of(text: &str, key: &str, value: &str) -> usize {
    let bare = key.strip_prefix("rules.").unwrap_or(key);
    let gives = |line: &str| {
        line.split_once('=').is_some_and(|(left, right)| {
            let left = left.replace(['"', '\''], "");
            [key, bare].contains(&left.trim()) && right.contains(value)
        })
    };
    text.lines().position(gives).map_or(1, |before| before + 1)
}

impl Profile {
    /// Reads a profile from TOML. The error is one plain sentence with its line.
    ///
    /// ```
    /// let profile = lint::Profile::from_toml("register = \"casual\"\n[rules]\nCLR03 = \"off\"").unwrap();
    /// assert_eq!(profile.rules.get("CLR03"), Some(&None));
    /// ```
    pub fn from_toml(text: &str) -> Result<Profile, String> {
        let file: File = toml::from_str(text).map_err(|error| crate::wrong_toml::in_words(text, &error))?;
        let wrong = |key: &str, value: &str, instead: &str| {
            format!("line {}: `{key}` has `{value}`; {instead}", line_of(text, key, value))
        };
        let language = match file.language {
            Some(code) => Some(
                Language::from_code(&code)
                    .ok_or_else(|| wrong("language", &code, "it can be `en` or `de`"))?,
            ),
            None => None,
        };
        let kind = match file.kind {
            Some(name) => Some(Kind::from_name(&name).ok_or_else(|| {
                let kinds = Kind::ALL.map(Kind::as_str).join(", ");
                wrong("kind", &name, &format!("it can be {kinds}"))
            })?),
            None => None,
        };
        let mut rules = BTreeMap::new();
        for (rule, level) in file.rules {
            let severity = match level.as_str() {
                "off" => None,
                "note" => Some(Severity::Note),
                "suggestion" => Some(Severity::Suggestion),
                "warning" => Some(Severity::Warning),
                "error" => Some(Severity::Error),
                other => {
                    let instead = "it can be off, note, suggestion, warning or error";
                    return Err(wrong(&format!("rules.{rule}"), other, instead));
                }
            };
            let known = canonical(&rule)
                .map_err(|why| format!("line {}: {why}", line_of(text, &format!("rules.{rule}"), "")))?;
            rules.insert(known, severity);
        }
        if let Some(several) = file.accept.iter().find(|word| word.trim().contains(' ')) {
            return Err(format!("`accept` takes single words, and `{several}` is more than one."));
        }
        let limits = [
            ("sentence-words", file.limits.sentence_words as f64),
            ("grade", file.limits.grade),
            ("asks", file.limits.asks as f64),
            ("words-before-ask", file.limits.words_before_ask as f64),
        ];
        if let Some((key, number)) = limits.iter().find(|(_, number)| !(1.0..=1e9).contains(number)) {
            return Err(wrong(
                key,
                &number.to_string().to_lowercase(),
                "no text is within that; it can be 1 or more",
            ));
        }
        let profile = Profile {
            register: file.register,
            words: file.words,
            language,
            kind,
            limits: file.limits,
            rules,
            accept: file.accept,
            avoid: file.avoid,
            styles: file.styles,
        };
        profile.compile()?;
        Ok(profile)
    }

    /// The house's own phrases as a table; nothing where there are none.
    pub(crate) fn house_table(&self) -> Option<Table> {
        if self.avoid.is_empty() { None } else { self.compile().ok() }
    }

    fn compile(&self) -> Result<Table, String> {
        let mut compiler = Compiler::new(Endings::English);
        for (number, phrase) in self.avoid.keys().enumerate().take(usize::from(u16::MAX)) {
            let accept = Accept { rule: number as u16, action: Action::Hit, replacement: 0, safe: false };
            compiler.phrase(phrase, accept, None).map_err(|why| format!("`avoid`: {why}"))?;
        }
        compiler.table()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_profile_names_has_to_be_there() {
        let profile =
            Profile::from_toml("[rules]\nblm01 = \"off\"\nShame = \"note\"\n\"Own.Rule\" = \"off\"").unwrap();
        assert_eq!(profile.rules.keys().collect::<Vec<_>>(), ["BLM01", "Own.Rule", "shame"]);
        assert!(
            Profile::from_toml("[rules]\nblaem = \"off\"").unwrap_err().contains("no rule or group `blaem`")
        );
        let wrong = |text: &str| Profile::from_toml(text).unwrap_err();
        assert!(wrong("[rules]\n\n\"Microsoft.Passive\" = \"of\"").starts_with("line 3: "));
        assert!(wrong("rules.BLM01 = \"off\"\nrules.blaem = \"off\"").starts_with("line 2: "));
        assert!(Profile::from_toml("[rules]\nown01 = \"off\"\nOWN02 = \"off\"").is_ok());
        for limit in ["grade = nan", "sentence-words = 0", "grade = -3"] {
            assert!(wrong(&format!("[limits]\n{limit}")).starts_with("line 2: "), "{limit}");
        }
        assert!(Profile::from_toml("accept = [\"threat actor\"]").unwrap_err().contains("single words"));
    }
}
