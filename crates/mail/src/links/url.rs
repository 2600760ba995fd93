//! The parts of a web address, read the way browsers read them: lenient, never failing on odd input.

/// An absolute address with a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Url {
    pub scheme: String,
    /// What stands before an `@` in the authority; may be made to look like a host.
    pub userinfo: Option<String>,
    /// Lower case, in Unicode where it was punycode; an IP address as written.
    pub host: String,
    /// Whether the host was written in punycode or with letters beyond ASCII.
    pub international: bool,
    pub port: Option<u16>,
    /// Path, query and fragment.
    pub rest: String,
}

/// Reads `target`; `None` for relative addresses and for schemes without a host (`mailto:`, `data:`).
pub(crate) fn parse(target: &str) -> Option<Url> {
    let (scheme, after) = target.split_once(':')?;
    let scheme = scheme.trim().to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "ftp") {
        return None;
    }
    let after = after.trim_start_matches(['/', '\\']);
    let end = after.find(['/', '?', '#', '\\']).unwrap_or(after.len());
    let authority = after.get(..end)?;
    let rest = after.get(end..)?.to_owned();
    let (userinfo, host_and_port) = match authority.rsplit_once('@') {
        Some((userinfo, host)) => (Some(userinfo.to_owned()), host),
        None => (None, authority),
    };
    let (host, port) = match host_and_port.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port.parse().ok()),
        _ => (host_and_port, None),
    };
    let written = super::percent_decode(host).trim_end_matches('.').to_lowercase();
    if written.is_empty() {
        return None;
    }
    let international = !written.is_ascii() || written.split('.').any(|label| label.starts_with("xn--"));
    let host = if international { idna::domain_to_unicode(&written).0 } else { written };
    Some(Url { scheme, userinfo, host, international, port, rest })
}

impl Url {
    /// Whether the host is a bare IP address, also in the decimal and hexadecimal spellings that browsers take.
    pub(crate) fn is_ip(&self) -> bool {
        let host = self.host.trim_matches(['[', ']']);
        if host.parse::<std::net::IpAddr>().is_ok() {
            return true;
        }
        let number = |part: &str| {
            part.strip_prefix("0x").map_or_else(
                || !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()),
                |digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
            )
        };
        let parts = self.host.split('.').count();
        parts <= 4 && self.host.split('.').all(number)
    }

    /// The path without query and fragment.
    pub(crate) fn path(&self) -> &str {
        self.rest.split(['?', '#']).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fall_into_their_parts() {
        let url = parse("HTTPS://www.bank.example@Evil.Example:8443/a?b#c").expect("an address");
        assert_eq!(url.host, "evil.example");
        assert_eq!(url.userinfo.as_deref(), Some("www.bank.example"));
        assert_eq!((url.port, url.path()), (Some(8443), "/a"));
        assert_eq!(parse("mailto:a@example.org"), None);
        assert_eq!(parse("http:///"), None);
    }

    #[test]
    fn punycode_is_shown_as_its_letters() {
        let url = parse("http://xn--pypal-4ve.com/").expect("an address");
        assert!(url.international);
        assert_eq!(url.host, "pаypal.com");
    }

    #[test]
    fn numbers_that_mean_an_address_are_one() {
        for ip in
            ["http://203.0.113.7/", "http://3405803783/", "http://0xcb.0.113.7/", "http://[2001:db8::1]/"]
        {
            assert!(parse(ip).expect(ip).is_ip(), "{ip}");
        }
        assert!(!parse("http://1.example/").expect("a host").is_ip());
    }
}
