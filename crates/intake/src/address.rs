//! The desk's own addresses, and which recipients belong to them. Never resolves or rewrites an address.

use std::collections::BTreeSet;

/// Longest address taken, in octets (RFC 5321 §4.5.3.1.3 allows a path of 256 with its brackets).
pub const LONGEST: usize = 254;

/// The addresses a door accepts mail for, compared without regard to case.
///
/// `report@desk.example` also accepts `report+TOKEN@desk.example`, where the token has 1 to 128 letters, digits, `.`,
/// `_`, `=` or `-`: that is how a letter carries its own reply address. `postmaster`, alone or at one of the domains, is the
/// desk as well: every mail server has to take mail for it (RFC 5321 §4.5.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addresses {
    known: BTreeSet<String>,
}

impl Addresses {
    /// Reads a list of addresses, each `local@domain`.
    ///
    /// # Errors
    /// Names the first one that is not a plain address, or that already carries a `+token`.
    pub fn new<I, S>(addresses: I) -> Result<Self, NotAnAddress>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<str>,
    {
        let mut known = BTreeSet::new();
        for address in addresses {
            let address = address.as_ref().trim();
            let plain = is_plain(address) && split(address).is_some_and(|(local, _)| !local.contains('+'));
            if !plain {
                return Err(NotAnAddress(address.to_owned()));
            }
            known.insert(address.to_lowercase());
        }
        Ok(Self { known })
    }

    /// Whether mail to this recipient is ours.
    pub fn accepts(&self, recipient: &str) -> bool {
        let recipient = recipient.to_lowercase();
        if self.known.contains(&recipient) {
            return true;
        }
        if recipient == "postmaster" {
            return !self.known.is_empty();
        }
        let Some((local, domain)) = split(&recipient) else { return false };
        if local == "postmaster" {
            return self.known.iter().any(|known| split(known).is_some_and(|(_, ours)| ours == domain));
        }
        let Some((base, token)) = local.split_once('+') else { return false };
        is_token(token) && self.known.contains(&format!("{base}@{domain}"))
    }

    /// The addresses as configured, in lower case and in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }
}

/// A configured address that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address of the form `name@domain`; write one without `+`, spaces or quotes")]
pub struct NotAnAddress(pub String);

/// Local part and domain of an address, split at its last `@`.
pub fn split(address: &str) -> Option<(&str, &str)> {
    address.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

/// Whether an address is safe to write back to: one `@`, a dot-string local part and a domain of letters, digits, dots
/// and hyphens, at most 254 octets. Quoted local parts and address literals are not plain: they are legal but
/// practically unused, and a comma or angle bracket inside quotes has turned one recipient into two before.
pub fn is_plain(address: &str) -> bool {
    let Some((local, domain)) = split(address) else { return false };
    address.len() <= LONGEST
        && is_dot_string(local, is_atom_character)
        && is_dot_string(domain, is_domain_character)
}

fn is_token(token: &str) -> bool {
    (1..=128).contains(&token.len())
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._=-".contains(&byte))
}

fn is_dot_string(text: &str, allowed: fn(char) -> bool) -> bool {
    !text.is_empty() && text.split('.').all(|part| !part.is_empty() && part.chars().all(allowed))
}

fn is_atom_character(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        _ if character.is_ascii() => "!#$%&'*+-/=?^_`{|}~".contains(character),
        _ => !character.is_control() && !character.is_whitespace(),
    }
}

fn is_domain_character(character: char) -> bool {
    character == '-'
        || character == '_'
        || if character.is_ascii() {
            character.is_ascii_alphanumeric()
        } else {
            character.is_alphanumeric() || is_mark(character)
        }
}

/// Combining marks that occur in internationalised domain names but are not alphanumeric themselves.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses_and_their_tokens_are_accepted_and_nothing_else() {
        let ours = Addresses::new(["Report@Desk.example", "case@desk.example"]).unwrap();
        for good in ["report@desk.example", "REPORT@DESK.EXAMPLE", "case+Ab3-_=.x@desk.example"] {
            assert!(ours.accepts(good), "{good}");
        }
        for bad in [
            "report@desk.example.evil.test",
            "other@desk.example",
            "case+@desk.example",
            "case+a b@desk.example",
            "case+a@evil@desk.example",
            "+a@desk.example",
            "@desk.example",
            "report",
            "",
            "report@desk.example@evil.test",
            "report%evil.test@desk.example",
            "evil.test!report@desk.example",
        ] {
            assert!(!ours.accepts(bad), "{bad}");
        }
        assert!(!ours.accepts(&format!("case+{}@desk.example", "a".repeat(129))));
    }

    #[test]
    fn a_configured_address_must_be_plain() {
        for bad in [
            "desk",
            "@x",
            "a@",
            "a b@x.test",
            "case+token@x.test",
            "\"a\"@x.test",
            "a@[127.0.0.1]",
            "a@x..test",
        ] {
            assert_eq!(Addresses::new([bad]), Err(NotAnAddress(bad.to_owned())), "{bad}");
        }
    }

    #[test]
    fn plain_addresses_are_those_one_can_write_to() {
        for good in ["a@b", "o'brien+x@mail.example", "zoë@büro.example", "x@xn--bro-hoa.example"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in [
            "a,b@c.test",
            "a>@c.test",
            "a@b@c.test",
            ".a@c.test",
            "a.@c.test",
            "a@c.test.",
            "a\r\nb@c.test",
            "a@c test",
        ] {
            assert!(!is_plain(bad), "{bad}");
        }
    }
}
