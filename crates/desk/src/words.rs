//! The words of pages and letters by language. Strings live in Fluent files beside their feature;
//! a test holds that every language has every key. Never decides anything.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Weekday;
use unic_langid::langid;

/// Whether a letter turns round the words beside it (Unicode's embeddings, overrides and isolates). In a name or a subject it
/// would turn our own words round, so the doors leave it out.
pub fn turns_words(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text without the letters that turn round the words beside it.
pub fn straight(text: &str) -> String {
    text.chars().filter(|letter| !turns_words(*letter)).collect()
}

/// The languages we speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Locale {
    #[default]
    En,
    De,
}

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::En, Locale::De];

    /// The tag stored and sent: `en`, `de`.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::De => "de",
        }
    }

    /// The language for a tag such as `de-AT`; English for one we do not speak.
    pub fn from_tag(tag: &str) -> Locale {
        let primary = tag.split(['-', '_', ';', ',']).next().unwrap_or("");
        if primary.trim().eq_ignore_ascii_case("de") { Locale::De } else { Locale::En }
    }

    /// The language of an `Accept-Language` header (RFC 9110, 12.5.4) that we speak and that is wished for most.
    pub fn from_header(header: &str) -> Option<Locale> {
        let wished = header.split(',').filter_map(|part| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
            let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == primary)?;
            let weight = rest
                .trim()
                .strip_prefix("q=")
                .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())?;
            (weight > 0.0).then_some((locale, weight))
        });
        // Of two wished for alike, the first.
        wished.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(locale, _)| locale)
    }

    /// The language somebody writes in, where their words make it clear and we speak it.
    pub fn of_words(words: &str) -> Option<Locale> {
        let tongue = lure::language::language_of(lure::fold::Folded::new(words).words()).known()?;
        Locale::ALL.into_iter().find(|locale| locale.tag() == tongue.code())
    }

    /// What a page says under `key`.
    pub fn t(self, key: &str) -> String {
        self.say(key, &[])
    }

    /// What a page says under `key`, with values put in.
    pub fn say(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, FluentValue::from(*value));
        }
        self.format(key, &arguments)
    }

    /// What a page says under `key` about a number (`$n`).
    pub fn count(self, key: &str, n: impl std::borrow::Borrow<i64>) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("n", FluentValue::from(*n.borrow()));
        self.format(key, &arguments)
    }

    /// Whether this language has words under `key`.
    pub fn has(self, key: &str) -> bool {
        bundle(self).has_message(key)
    }

    fn format(self, key: &str, arguments: &FluentArgs<'_>) -> String {
        for bundle in [bundle(self), bundle(Locale::En)] {
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                return bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned();
            }
        }
        tracing::error!(key, "a page asks for words that are not there");
        key.to_owned()
    }
}

/// The name of a day.
pub fn weekday(day: Weekday, locale: Locale) -> &'static str {
    let english = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let german = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
    pick(locale, &english, &german, i64::from(day.to_monday_zero_offset()))
}

/// The name of a month, 1 to 12.
pub fn month(month: i8, locale: Locale) -> &'static str {
    let english = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let german = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    pick(locale, &english, &german, i64::from(month) - 1)
}

fn pick(locale: Locale, english: &[&'static str], german: &[&'static str], index: i64) -> &'static str {
    let list = match locale {
        Locale::En => english,
        Locale::De => german,
    };
    usize::try_from(index).ok().and_then(|index| list.get(index)).copied().unwrap_or("")
}

/// The Fluent files of every feature, by language.
const SOURCES: [(Locale, &[&str]); 2] = [
    (
        Locale::En,
        &[
            include_str!("words.en.ftl"),
            include_str!("reports/reports.en.ftl"),
            include_str!("reports/evidence.en.ftl"),
        ],
    ),
    (
        Locale::De,
        &[
            include_str!("words.de.ftl"),
            include_str!("reports/reports.de.ftl"),
            include_str!("reports/evidence.de.ftl"),
        ],
    ),
];

static BUNDLES: LazyLock<Vec<(Locale, FluentBundle<FluentResource>)>> = LazyLock::new(|| {
    SOURCES
        .into_iter()
        .map(|(locale, sources)| {
            let language = match locale {
                Locale::En => langid!("en"),
                Locale::De => langid!("de"),
            };
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Isolation marks around values would show up in letters' subjects.
            bundle.set_use_isolating(false);
            for source in sources {
                let resource =
                    FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, problems)| {
                        tracing::error!(?problems, "a words file does not parse");
                        partial
                    });
                bundle.add_resource_overriding(resource);
            }
            (locale, bundle)
        })
        .collect()
});

fn bundle(locale: Locale) -> &'static FluentBundle<FluentResource> {
    BUNDLES
        .iter()
        .find(|(known, _)| *known == locale)
        .map(|(_, bundle)| bundle)
        .expect("every locale has a bundle")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(sources: &[&str]) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for source in sources {
            let resource = FluentResource::try_new((*source).to_owned()).expect("parses");
            for line in source.lines() {
                if let Some((key, _)) = line.split_once(" = ")
                    && !key.starts_with([' ', '#', '[', '*', '.'])
                {
                    assert!(keys.insert(key.to_owned()), "`{key}` stands twice");
                }
            }
            assert!(resource.entries().count() > 0);
        }
        keys
    }

    #[test]
    fn every_language_has_every_key() {
        let [(_, english), (_, german)] = SOURCES;
        assert_eq!(keys(english), keys(german));
    }

    #[test]
    fn the_reader_gets_the_first_language_we_speak() {
        assert_eq!(Locale::from_header("fr-CH, de;q=0.8, en;q=0.5"), Some(Locale::De));
        assert_eq!(Locale::from_header("en;q=0.1, de;q=0.9"), Some(Locale::De));
        assert_eq!(Locale::from_header("de_DE, en"), Some(Locale::De));
        assert_eq!(Locale::from_header("en, de"), Some(Locale::En));
        for neither in ["xx", "*", "", "de;q=0", "de;q=much"] {
            assert_eq!(Locale::from_header(neither), None, "{neither}");
        }
    }
}
