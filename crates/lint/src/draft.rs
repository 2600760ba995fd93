//! What is to be checked: a text, how it is written, and what kind of document it is.

use crate::profile::Profile;
use text::scope::Format;

/// A text that is about to be sent or published.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    pub text: &'a str,
    pub format: Format,
    /// What kind of document it is; `None` lets the checker guess.
    pub kind: Option<Kind>,
    /// `None` lets the checker guess.
    pub language: Option<Language>,
    pub profile: &'a Profile,
}

/// A kind of document. It changes what matters and how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An answer to somebody who reported something.
    Reply,
    /// A mail or page that tells many people about a danger.
    Awareness,
    /// A dialog or a notice that interrupts.
    Warning,
    Policy,
    /// A post-mortem or learning review.
    Review,
    /// For managers and executives.
    Executive,
    /// What people see after a practice message.
    Drill,
    /// A commit message or ticket.
    Commit,
    Documentation,
    Other,
}

/// A language with rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    English,
    German,
}

impl<'a> Draft<'a> {
    /// Plain text of a kind and language yet to be guessed.
    pub fn plain(text: &'a str, profile: &'a Profile) -> Draft<'a> {
        Draft { text, format: Format::Plain, kind: None, language: None, profile }
    }

    /// The same draft, read as `format`.
    pub fn format(self, format: Format) -> Draft<'a> {
        Draft { format, ..self }
    }

    /// The same draft, of this kind.
    pub fn kind(self, kind: Kind) -> Draft<'a> {
        Draft { kind: Some(kind), ..self }
    }
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Reply,
        Kind::Awareness,
        Kind::Warning,
        Kind::Policy,
        Kind::Review,
        Kind::Executive,
        Kind::Drill,
        Kind::Commit,
        Kind::Documentation,
        Kind::Other,
    ];

    /// The word used in rule files, settings and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Reply => "reply",
            Kind::Awareness => "awareness",
            Kind::Warning => "warning",
            Kind::Policy => "policy",
            Kind::Review => "review",
            Kind::Executive => "executive",
            Kind::Drill => "drill",
            Kind::Commit => "commit",
            Kind::Documentation => "documentation",
            Kind::Other => "other",
        }
    }

    /// Other names people use for a kind.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Kind::Reply => &["answer", "response"],
            Kind::Awareness => &["newsletter", "announcement"],
            Kind::Warning => &["dialog", "dialogue", "banner"],
            Kind::Policy => &["standard", "guideline"],
            Kind::Review => &["post-mortem", "postmortem", "retrospective"],
            Kind::Executive => &["brief", "executive-brief", "board"],
            Kind::Drill => &["simulation", "landing", "landing-page", "simulation-landing-page"],
            Kind::Commit => &["ticket", "issue"],
            Kind::Documentation => &["docs"],
            Kind::Other => &[],
        }
    }

    /// The kind of that name, in any case, with a blank or `_` for the hyphen: `Landing page` is a drill.
    pub fn from_name(name: &str) -> Option<Kind> {
        let name = name.trim().to_lowercase().replace([' ', '_'], "-");
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name || kind.aliases().contains(&name.as_str()))
    }
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// The folder under `rules/` and the code used in settings and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// The language of that code; `de-AT` is German.
    pub fn from_code(code: &str) -> Option<Language> {
        let base = code.split(['-', '_']).next().unwrap_or(code);
        Language::ALL.into_iter().find(|language| language.as_str().eq_ignore_ascii_case(base))
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_kind_is_known_by_the_names_people_use() {
        assert_eq!(Kind::from_name("Post-mortem"), Some(Kind::Review));
        assert_eq!(Kind::from_name("landing page"), Some(Kind::Drill));
        assert_eq!(Kind::from_name("executive_brief"), Some(Kind::Executive));
        assert_eq!(Kind::from_name("novel"), None);
        let mut names: Vec<&str> = Kind::ALL
            .iter()
            .flat_map(|kind| {
                std::iter::once(&kind.as_str()).chain(kind.aliases()).copied().collect::<Vec<_>>()
            })
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "a name means one kind");
    }
}
