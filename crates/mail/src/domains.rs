//! Names of hosts: which part somebody had to register, and how like another name it looks.

use unicode_security::confusable_detection::skeleton;

use crate::fold::is_word;

/// The registrable domain (`example.co.uk` for `a.b.example.co.uk`), by the public suffix list compiled in.
/// `None` for addresses that nobody can register.
pub(crate) fn registrable(host: &str) -> Option<&str> {
    suffix::registered(host).filter(|found| found.listed).map(|found| found.name)
}

/// The registrable domain, or the host itself where there is none.
pub(crate) fn owner(host: &str) -> &str {
    registrable(host).unwrap_or(host)
}

/// The part of an address after the `@`, lower case as addresses are kept.
pub(crate) fn of_address(address: &str) -> Option<&str> {
    address
        .rsplit_once('@')
        .map(|(_, domain)| domain.trim_end_matches(['.', '>']))
        .filter(|domain| !domain.is_empty())
}

/// The label that a person reads as the name: `example` in `www.example.co.uk`.
pub(crate) fn name_label(host: &str) -> &str {
    owner(host).split('.').next().unwrap_or_default()
}

/// Whether `host` is `domain` or lies below it.
pub(crate) fn within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether `host` carries the name of `own` so as to be taken for it: the whole domain in front of somebody else's
/// (`example.org.login.net`, also with hyphens), or its name as a piece of the registered one (`example-login.net`).
/// The name alone further left is no sign: services give such a host to each customer (`example.helpdesk.net`). Nor is
/// the same name below another suffix, which may be ours as well. Whether the host is ours the caller knows.
pub(crate) fn carries(host: &str, own: &str) -> bool {
    let owner = owner(host);
    let (label, suffix) = owner.split_once('.').unwrap_or((owner, ""));
    let own_label = name_label(own);
    if label == own_label {
        return false;
    }
    let stands_in =
        |text: &str, name: &str| text.match_indices(name).any(|(at, _)| is_word(text, at, at + name.len()));
    let before_suffix = || host.strip_suffix(suffix).unwrap_or(host).replace('.', "-");
    own_label.len() >= 5 && stands_in(label, own_label)
        || own.contains('.') && stands_in(&before_suffix(), &own.replace('.', "-"))
}

/// What the letters look like: confusable characters and digits folded to one letter each (Unicode TS 39, and the
/// pairs `rn`/`m`, `vv`/`w`).
pub(crate) fn looks(label: &str) -> String {
    let unicode = if label.starts_with("xn--") { idna::domain_to_unicode(label).0 } else { label.to_owned() };
    let folded = if unicode.is_ascii() { unicode } else { skeleton(&unicode.to_lowercase()).collect() };
    let mut out = String::with_capacity(folded.len());
    for character in folded.to_lowercase().chars() {
        out.push(match character {
            '0' => 'o',
            '1' | '|' | 'i' | '!' => 'l',
            '3' => 'e',
            '5' | '$' => 's',
            'à'..='å' => 'a',
            'è'..='ë' => 'e',
            'ò'..='ö' => 'o',
            'ù'..='ü' => 'u',
            '\u{300}'..='\u{36f}' => continue,
            other => other,
        });
    }
    out.replace("rn", "m").replace("vv", "w")
}

/// Whether `label` was made to be mistaken for `name` without being it: the same look from other letters, or, for
/// names of six letters or more, one letter added, lost, changed or two swapped.
pub(crate) fn mistakable(label: &str, name: &str) -> bool {
    mistakable_looks(label, &looks(label), name, &looks(name))
}

/// [`mistakable`] for words whose [`looks`] are known already.
pub(crate) fn mistakable_looks(label: &str, seen: &str, name: &str, meant: &str) -> bool {
    if label == name || name.len() < 4 || seen.len().abs_diff(meant.len()) > 2 {
        return false;
    }
    seen == meant || name.len() >= 6 && one_slip(seen, meant)
}

/// Whether one slip of the keyboard leads from one word to the other (Damerau 1964); the first letter counts as read.
fn one_slip(one: &str, other: &str) -> bool {
    if one.as_bytes().first() != other.as_bytes().first() {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return is_one_slip(one.as_bytes(), other.as_bytes());
    }
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    is_one_slip(&letters(one), &letters(other))
}

fn is_one_slip<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    if one.len().abs_diff(other.len()) > 1 || one.first() != other.first() {
        return false;
    }
    let same_start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) =
        (one.get(same_start..).unwrap_or_default(), other.get(same_start..).unwrap_or_default());
    let same_end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let left = one.len() - same_end;
    let right = other.len() - same_end;
    let swapped = left == 2 && right == 2 && one.first() == other.get(1) && one.get(1) == other.first();
    swapped || left <= 1 && right <= 1
}

/// Whether a label reads like letters drawn by a machine: digits between letters, or no vowels for long.
pub(crate) fn reads_random(label: &str) -> bool {
    let plain: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain.len() < 6 || label.contains("xn--") {
        return false;
    }
    let bytes = plain.as_bytes();
    let kind = |byte: &u8| byte.is_ascii_digit();
    let switches = bytes.iter().zip(bytes.iter().skip(1)).filter(|(a, b)| kind(a) != kind(b)).count();
    let mut consonants = 0;
    let mut longest = 0;
    for byte in bytes {
        consonants = match byte.to_ascii_lowercase() {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'0'..=b'9' => 0,
            _ => consonants + 1,
        };
        longest = longest.max(consonants);
    }
    switches >= 4 || switches >= 3 && plain.len() >= 8 && longest >= 3 || longest >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_suffix_list_says_what_is_registrable() {
        assert_eq!(registrable("a.b.example.co.uk"), Some("example.co.uk"));
        assert_eq!(registrable("co.uk"), None);
        assert_eq!(registrable("localhost"), None);
        assert_eq!(name_label("www.paypal.com"), "paypal");
    }

    #[test]
    fn a_name_in_front_of_another_host_is_told_from_a_customers_host() {
        for host in [
            "acmecorp.com.evil-site.com",
            "www.acmecorp.com.evil-site.co.uk",
            "login-acmecorp-com.evil-site.com",
            "acmecorp.com-login.net",
            "acmecorp-login.com",
            "my-acmecorp.net",
        ] {
            assert!(carries(host, "acmecorp.com"), "{host}");
        }
        for host in [
            "acmecorp.helpdesk.com",
            "acmecorp.com.au",
            "acmecorp.net",
            "notacmecorp-login.com",
            "evil-site.com",
            "localhost",
        ] {
            assert!(!carries(host, "acmecorp.com"), "{host}");
        }
        assert!(!carries("dream-team.com", "team.com"));
        assert!(!carries("a.example.net", ""));
    }

    #[test]
    fn lookalikes_are_told_from_neighbours() {
        for (label, name) in [
            ("paypa1", "paypal"),
            ("pаypal", "paypal"),
            ("rnicrosoft", "microsoft"),
            ("xn--pypal-4ve", "paypal"),
            ("mircosoft", "microsoft"),
            ("amazonn", "amazon"),
        ] {
            assert!(mistakable(label, name), "{label}");
        }
        for (label, name) in [
            ("paypal", "paypal"),
            ("bing", "ing"),
            ("microsite", "microsoft"),
            ("google", "goggles"),
            ("cases", "chase"),
        ] {
            assert!(!mistakable(label, name), "{label}");
        }
    }

    #[test]
    fn drawn_letters_are_noticed_and_words_are_not() {
        for label in ["x1rae85vn0", "9x25wspgup", "wjnu5k2p9", "ptgljzxc"] {
            assert!(reads_random(label), "{label}");
        }
        for label in
            ["stackoverflow", "web2project", "strengths", "office365", "4chan", "newsletter", "spamassassin"]
        {
            assert!(!reads_random(label), "{label}");
        }
    }
}
