//! What a person says happened, in a closed set, and how it is heard in free text.
//! Says nothing about anybody: it only decides which help is useful now.

use std::collections::BTreeSet;

/// One thing somebody told us they did. The order is how soon help matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    Paid,
    Password,
    Opened,
    Clicked,
    Replied,
    Looked,
}

impl Told {
    pub const ALL: [Told; 6] =
        [Told::Paid, Told::Password, Told::Opened, Told::Clicked, Told::Replied, Told::Looked];

    /// The word stored and used in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Told::Paid => "paid",
            Told::Password => "password",
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

/// The stored form of a set.
pub fn join(told: &BTreeSet<Told>) -> String {
    told.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(" ")
}

/// A set from its stored form; words nobody knows are left out.
pub fn split(text: &str) -> BTreeSet<Told> {
    text.split_whitespace().filter_map(Told::parse).collect()
}

/// Words of a person that say what they did: every one of the stems must be there, none of the negations close before.
const HEARD: &[(Told, &[&str])] = &[
    (
        Told::Clicked,
        &[
            "i clicked",
            "i've clicked",
            "i have clicked",
            "clicked on it",
            "clicked the link",
            "clicked on the link",
            "i did click",
            "i tapped",
            "followed the link",
            "habe geklickt",
            "angeklickt",
            "auf den link geklickt",
            "draufgeklickt",
            "link geöffnet",
        ],
    ),
    (
        Told::Password,
        &[
            "entered my password",
            "typed my password",
            "typed in my password",
            "put in my password",
            "gave my password",
            "gave them my password",
            "entered my login",
            "entered my credentials",
            "put my password",
            "filled in my password",
            "logged in there",
            "signed in there",
            "passwort eingegeben",
            "kennwort eingegeben",
            "zugangsdaten eingegeben",
            "mich dort angemeldet",
        ],
    ),
    (
        Told::Opened,
        &[
            "opened the attachment",
            "opened the file",
            "opened the document",
            "opened the pdf",
            "opened attachment",
            "i opened it",
            "ran the file",
            "enabled macros",
            "enabled editing",
            "anhang geöffnet",
            "datei geöffnet",
            "dokument geöffnet",
            "anhang aufgemacht",
        ],
    ),
    (
        Told::Replied,
        &[
            "i replied",
            "i answered",
            "i've replied",
            "i have replied",
            "i wrote back",
            "i responded",
            "ich habe geantwortet",
            "habe darauf geantwortet",
            "habe zurückgeschrieben",
        ],
    ),
    (
        Told::Paid,
        &[
            "i paid",
            "i've paid",
            "i have paid",
            "i transferred",
            "made the payment",
            "sent the money",
            "bought the gift cards",
            "bought gift cards",
            "gave my card number",
            "entered my card",
            "habe überwiesen",
            "habe bezahlt",
            "geld überwiesen",
            "kartennummer eingegeben",
            "gutscheinkarten gekauft",
        ],
    ),
];

/// Words right before that turn the meaning round.
const NEGATIONS: &[&str] = &[
    "not ", "n't ", "never ", "didnt ", "without ", "nicht ", "nie ", "kein ", "keinen ", "if ", "before ",
    "wenn ", "ob ",
];

/// What somebody's own words say they did. Empty if they do not say.
pub fn hear(words: &str) -> BTreeSet<Told> {
    let lower = words.to_lowercase().replace('’', "'");
    let mut heard = BTreeSet::new();
    for (told, phrases) in HEARD {
        for phrase in *phrases {
            for (at, _) in lower.match_indices(phrase) {
                let before: String = lower
                    .get(..at)
                    .unwrap_or("")
                    .chars()
                    .rev()
                    .take(16)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                let after: String = lower.get(at + phrase.len()..).unwrap_or("").chars().take(12).collect();
                let negated = NEGATIONS.iter().any(|word| before.contains(word))
                    || after.trim_start().starts_with("nothing")
                    || after.contains(" nicht");
                if !negated {
                    heard.insert(*told);
                }
            }
        }
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(words: &str) -> String {
        join(&hear(words))
    }

    #[test]
    fn people_say_what_happened_in_their_own_words() {
        assert_eq!(heard("hi sorry I clicked the link and typed my password"), "password clicked");
        assert_eq!(heard("I didn't click anything but it looks odd"), "");
        assert_eq!(heard("I have not clicked on the link"), "");
        assert_eq!(heard("Ich habe den Anhang geöffnet, ist das schlimm?"), "opened");
        assert_eq!(heard("Hab auf den Link geklickt und mein Passwort eingegeben"), "password clicked");
        assert_eq!(heard("what happens if I clicked the link?"), "");
    }

    #[test]
    fn a_set_survives_being_stored() {
        let told = [Told::Looked, Told::Paid].into();
        assert_eq!(split(&join(&told)), told);
    }
}
