//! Well-known names and the domains that belong to them, so that a borrowed name can be told from its owner.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::{domains, fold};

/// A well-known name.
#[derive(Debug)]
pub(crate) struct Brand {
    /// As shown in sentences.
    pub name: String,
    pub domains: Vec<String>,
}

struct Brands {
    all: Vec<Brand>,
    finder: AhoCorasick,
    /// For each pattern of the finder: the brand, and whether the name is an everyday word.
    names: Vec<(usize, bool)>,
    /// From a registrable domain to the brand that owns it.
    owners: HashMap<String, usize>,
    /// From the first label of such a domain to the brand.
    owners_by_label: HashMap<String, usize>,
    labels: Vec<Label>,
    /// From a longer label, written without letters that are easily mistaken, to its brand.
    blurred: HashMap<String, usize>,
}

/// A name as it stands in host names.
struct Label {
    label: String,
    looks: String,
    brand: usize,
}

static BRANDS: LazyLock<Brands> = LazyLock::new(|| read(include_str!("brands.txt")));

fn read(list: &str) -> Brands {
    let mut all = Vec::new();
    let mut patterns = Vec::new();
    let mut names = Vec::new();
    let mut owners = HashMap::new();
    let mut owners_by_label = HashMap::new();
    let mut labels = Vec::new();
    let mut blurred = HashMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let Some((called, domains)) = line.split_once(": ") else { continue };
        let index = all.len();
        let domains: Vec<String> = domains.split_whitespace().map(str::to_owned).collect();
        for name in called.split(',').map(str::trim) {
            let everyday = name.starts_with('=');
            let name = name.trim_start_matches('=');
            patterns.push(name.to_owned());
            names.push((index, everyday));
            let label: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
            if !everyday && (label.len() >= 5 || label.len() == 4 && label == name) {
                if label.len() >= 5 {
                    blurred.entry(blur(&label)).or_insert(index);
                }
                labels.push(Label { looks: domains::looks(&label), label, brand: index });
            }
        }
        for domain in &domains {
            owners.entry(domain.clone()).or_insert(index);
            let label = domain.split('.').next().unwrap_or_default();
            owners_by_label.entry(label.to_owned()).or_insert(index);
        }
        let first = called.split(',').next().unwrap_or_default().trim_start_matches('=');
        all.push(Brand { name: title(first), domains });
    }
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&patterns)
        .expect("the list of names is small and fixed");
    Brands { all, finder, names, owners, owners_by_label, labels, blurred }
}

/// The name with a capital at the start of each word.
fn title(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect::<String>())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first well-known name that a sender's display name claims. Everyday words count only when they stand alone or
/// beside words of an office (`Apple Support`).
pub(crate) fn claimed_by_name(display: &str) -> Option<&'static Brand> {
    let folded = fold::fold(display).text;
    let seen = folded.replace('|', " ");
    find(&seen).or_else(|| {
        // Letters that only look alike: `lCIoud` for `iCloud`.
        blur(&seen).split(' ').find_map(|word| BRANDS.all.get(*BRANDS.blurred.get(word)?))
    })
}

/// Text with the letters that are easily mistaken for one another written as one of them.
fn blur(text: &str) -> String {
    text.replace(['l', '1', '|'], "i").replace('0', "o")
}

fn find(text: &str) -> Option<&'static Brand> {
    BRANDS.finder.find_iter(text).find_map(|found| {
        let (index, everyday) = *BRANDS.names.get(found.pattern().as_usize())?;
        let whole = fold::is_word(text, found.start(), found.end());
        let alone = || {
            let others = text.get(..found.start())?.split(|c: char| !c.is_alphanumeric());
            let after = text.get(found.end()..)?.split(|c: char| !c.is_alphanumeric());
            Some(others.chain(after).filter(|word| !word.is_empty()).all(|word| OFFICE_WORDS.contains(&word)))
        };
        (whole && (!everyday || alone() == Some(true))).then(|| BRANDS.all.get(index)).flatten()
    })
}

/// The first well-known name in a folded text. Everyday words never count here.
pub(crate) fn mentioned(folded: &str) -> Option<&'static Brand> {
    let folded = crate::parse::head(folded, 4_000);
    BRANDS.finder.find_iter(folded).find_map(|found| {
        let (index, everyday) = *BRANDS.names.get(found.pattern().as_usize())?;
        (!everyday && fold::is_word(folded, found.start(), found.end()))
            .then(|| BRANDS.all.get(index))
            .flatten()
    })
}

/// The brand that owns this host, if one of the list does.
pub(crate) fn owner_of(host: &str) -> Option<&'static Brand> {
    let owner = domains::owner(host);
    if let Some(index) = BRANDS.owners.get(owner) {
        return BRANDS.all.get(*index);
    }
    // Lists of country domains are never complete: the same name below a country's own suffix counts.
    let (label, suffix) = owner.split_once('.')?;
    let country =
        suffix.rsplit('.').next().is_some_and(|last| last.len() == 2 && !FREE_SUFFIXES.contains(&last));
    if !country {
        return None;
    }
    BRANDS.all.get(*BRANDS.owners_by_label.get(label)?)
}

impl Brand {
    /// Whether the host is the brand's own.
    pub(crate) fn owns(&self, host: &str) -> bool {
        self.domains.iter().any(|domain| domains::within(host, domain))
            || owner_of(host).is_some_and(|owner| owner.name == self.name)
    }
}

/// How a host borrows a well-known name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Borrowed {
    /// The registered name looks like it (`paypa1.com`).
    Lookalike,
    /// The registered name holds it with something added (`paypal-login.com`).
    Within,
    /// It stands further left, where anybody can write anything (`paypal.com.example.net`).
    Subdomain,
}

/// The well-known name that a host borrows without belonging to it.
pub(crate) fn borrowed_by_host(host: &str) -> Option<(&'static Brand, Borrowed)> {
    if owner_of(host).is_some() {
        return None;
    }
    let owner = domains::owner(host);
    let label = owner.split('.').next().unwrap_or_default();
    let below = host.strip_suffix(owner).unwrap_or_default();
    let pieces: Vec<(&str, String)> =
        label.split(['-', '_']).map(|piece| (piece, domains::looks(piece))).collect();
    let looks = domains::looks(label);
    for name in &BRANDS.labels {
        let brand = || BRANDS.all.get(name.brand);
        if label.len() >= 5 && domains::mistakable_looks(label, &looks, &name.label, &name.looks) {
            return brand().map(|brand| (brand, Borrowed::Lookalike));
        }
        let length = name.label.len();
        let in_piece = || {
            pieces.len() > 1
                && pieces.iter().any(|(piece, looks)| {
                    *piece == name.label
                        || length >= 7 && domains::mistakable_looks(piece, looks, &name.label, &name.looks)
                })
        };
        let around = || label.strip_prefix(&name.label).or_else(|| label.strip_suffix(&name.label));
        let grown = length >= 7 && around().is_some_and(|rest| !MAIL_WORDS.contains(&rest.trim_matches('-')));
        if label == name.label || length >= 5 && in_piece() || grown {
            return brand().map(|brand| (brand, Borrowed::Within));
        }
        if length >= 5 && !below.is_empty() && below.split(['.', '-']).any(|piece| piece == name.label) {
            return brand().map(|brand| (brand, Borrowed::Subdomain));
        }
    }
    None
}

/// What honest owners add to their name for a mail domain.
const MAIL_WORDS: [&str; 8] = ["mail", "email", "news", "newsletter", "mails", "mailer", "e", "info"];

const FREE_SUFFIXES: [&str; 9] = ["tk", "ml", "ga", "cf", "gq", "cc", "ws", "su", "pw"];

const OFFICE_WORDS: [&str; 44] = [
    "support",
    "service",
    "services",
    "team",
    "id",
    "account",
    "accounts",
    "security",
    "secure",
    "store",
    "billing",
    "help",
    "helpdesk",
    "center",
    "centre",
    "customer",
    "care",
    "alert",
    "alerts",
    "notification",
    "notifications",
    "info",
    "inc",
    "news",
    "online",
    "bank",
    "card",
    "wallet",
    "live",
    "kundenservice",
    "gutschein",
    "the",
    "my",
    "your",
    "official",
    "newsletter",
    "rewards",
    "reward",
    "kundendienst",
    "shop",
    "de",
    "com",
    "no",
    "reply",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_whole_words_only() {
        let name = |display: &str| claimed_by_name(display).map(|brand| brand.name.as_str());
        assert_eq!(name("PayPal Service"), Some("Paypal"));
        assert_eq!(name("Мetаmаsk"), Some("Metamask"));
        assert_eq!(name("lCIoud"), Some("Apple"));
        assert_eq!(name("Apple Support"), Some("Apple"));
        assert_eq!(name("Fiona Apple Fan Club"), None);
        assert_eq!(name("Groupson"), None);
    }

    #[test]
    fn owners_are_known_in_other_countries_too() {
        assert!(owner_of("mail.amazon.se").is_some());
        assert!(owner_of("amazon.tk").is_none());
        assert!(owner_of("example.org").is_none());
    }

    #[test]
    fn borrowed_names_are_told_apart() {
        let how = |host: &str| borrowed_by_host(host).map(|(brand, how)| (brand.name.as_str(), how));
        assert_eq!(how("www.paypa1.com"), Some(("Paypal", Borrowed::Lookalike)));
        assert_eq!(how("paypal-login.com"), Some(("Paypal", Borrowed::Within)));
        assert_eq!(how("paypal.com.example.net"), Some(("Paypal", Borrowed::Subdomain)));
        assert_eq!(how("www.paypal.com"), None);
        assert_eq!(how("example.org"), None);
    }
}
