//! Which part of a host name somebody had to register, by the public suffix list that `psl` compiles in.
//!
//! A crate of its own because the list is a hundred thousand lines of generic code that the compiler writes out again in every crate that
//! asks; here it is compiled once.

/// The part of a host name that somebody registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered<'a> {
    /// `example.co.uk` for `a.b.example.co.uk`.
    pub name: &'a str,
    /// Whether its ending stands in the list; a made-up ending such as `.internal` does not.
    pub listed: bool,
}

/// The registered part of `host`, which is written in lower case; `None` for an address that nobody can register, such as `co.uk`.
#[must_use]
#[inline(never)]
pub fn registered(host: &str) -> Option<Registered<'_>> {
    let domain = psl::domain(host.as_bytes())?;
    let name = std::str::from_utf8(domain.trim().as_bytes()).ok()?;
    Some(Registered { name, listed: domain.suffix().is_known() })
}

#[cfg(test)]
mod tests {
    use super::registered;

    #[test]
    fn endings_of_two_parts_and_made_up_endings_are_told_apart() {
        let name = |host| registered(host).map(|found| (found.name, found.listed));
        assert_eq!(name("a.b.example.co.uk"), Some(("example.co.uk", true)));
        assert_eq!(name("mail.north.internal"), Some(("north.internal", false)));
        assert_eq!(name("example.org."), Some(("example.org", true)));
        assert_eq!(name("co.uk"), None);
        assert_eq!(name(""), None);
    }
}
