//! What a person says happened, in a closed set, and how it is heard in free text.
//! Says nothing about anybody: it only decides which help is useful now.

mod hear;
mod lists;
mod words;

use std::collections::BTreeSet;

pub use hear::Heard;

use super::Kind;

/// One thing somebody told us they did. The order is how soon help matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    Paid,
    /// They let somebody onto their device.
    Remote,
    Password,
    /// They approved a sign-in that they did not start.
    Approved,
    Opened,
    Clicked,
    Replied,
    Looked,
}

impl Told {
    pub const ALL: [Told; 8] = [
        Told::Paid,
        Told::Remote,
        Told::Password,
        Told::Approved,
        Told::Opened,
        Told::Clicked,
        Told::Replied,
        Told::Looked,
    ];

    /// The word stored and used in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Told::Paid => "paid",
            Told::Remote => "remote",
            Told::Password => "password",
            Told::Approved => "approved",
            Told::Opened => "opened",
            Told::Clicked => "clicked",
            Told::Replied => "replied",
            Told::Looked => "looked",
        }
    }

    pub fn parse(word: &str) -> Option<Told> {
        Told::ALL.into_iter().find(|told| told.as_str() == word)
    }

    /// Whether more happened than looking.
    pub fn is_exposure(self) -> bool {
        self != Told::Looked
    }
}

/// Whether somebody needs us soon. Who came to say that something happened does, whatever they can name of it; unless they
/// told us since that they only looked.
pub fn needs_help(kind: Kind, told: &BTreeSet<Told>) -> bool {
    told.iter().any(|one| one.is_exposure())
        || kind == Kind::Device
        || kind == Kind::Happened && !told.contains(&Told::Looked)
}

/// The stored form of a set.
pub fn join(told: &BTreeSet<Told>) -> String {
    told.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(" ")
}

/// A set from its stored form; words nobody knows are left out.
pub fn split(text: &str) -> BTreeSet<Told> {
    text.split_whitespace().filter_map(Told::parse).collect()
}

/// What somebody told us happened, in a few words each, the most pressing first.
pub(super) fn deeds(told: &BTreeSet<Told>) -> impl Iterator<Item = String> {
    told.iter().filter_map(|one| deed(*one))
}

/// What happened, in a few words; nothing where nothing did.
pub fn deed(told: Told) -> Option<String> {
    told.is_exposure().then(|| crate::Locale::En.t(&format!("deed-{}", told.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_survives_being_stored() {
        let told = [Told::Looked, Told::Paid].into();
        assert_eq!(split(&join(&told)), told);
    }
}
