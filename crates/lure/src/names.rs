//! Who speaks to whom in a message: whether it greets by name, whether somebody signs it, and whether the name shown for
//! the sender goes with the address. Looks at names only as pieces of text and keeps none of them.

use finding::Span;
use mail::{Mailbox, Message};

use crate::fold;

/// Whether the message speaks to its reader by name: a greeting with a name, or a name taken from the address.
pub(crate) fn is_personal(message: &Message) -> bool {
    let beginning: String = message.text.chars().take(600).collect();
    let folded = fold::folded(&beginning);
    let subject = fold::folded(&message.subject);
    let named = message.to.iter().any(|to| {
        let local = to.address.split('@').next().unwrap_or("").to_owned();
        let name = fold::folded(to.name.as_deref().unwrap_or(""));
        let parts = fold::folded(&local);
        name.split(' ').chain(parts.split(' ')).any(|part| {
            part.chars().count() >= 4
                && !OFFICES.contains(&part)
                && (folded.split(' ').any(|word| word == part) || subject.split(' ').any(|word| word == part))
        })
    });
    named
        || greets_by_name(&beginning)
        || begins_with_a_name(&message.subject)
        || begins_with_a_name(&message.text)
}

/// One to three capitalised words and a comma, as in `Anna Maria, your order`, where the first is no common opening.
fn begins_with_a_name(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "congratulations",
        "attention",
        "important",
        "urgent",
        "final",
        "last",
        "hurry",
        "warning",
        "hello",
        "reminder",
        "action",
        "sorry",
        "today",
        "now",
        "dear",
        "hi",
        "hey",
        "thanks",
        "thank",
        "yes",
        "no",
        "please",
        "good",
        "in",
        "as",
        "at",
        "on",
        "if",
        "parabens",
        "felicitations",
        "gefeliciteerd",
        "gluckwunsch",
        "herzlichen",
        "hallo",
        "ola",
        "bonjour",
        "atencao",
        "achtung",
        "wichtig",
        "aviso",
        "madame",
        "monsieur",
        "guten",
        "liebe",
        "lieber",
        "beste",
        "geachte",
        "caro",
        "cara",
        "prezado",
        "prezados",
        "prezada",
        "cher",
        "chere",
        "customer",
        "kunde",
        "cliente",
        "klant",
        "client",
        "user",
        "sehr",
        "mit",
        "salutations",
        "greetings",
        "beeilen",
        "hoi",
    ];
    let beginning: String = text.trim_start().chars().take(48).collect();
    let Some((name, _)) = beginning.split_once(',') else { return false };
    let words: Vec<&str> = name.split(' ').collect();
    let capital = |word: &&str| {
        word.chars().all(char::is_alphabetic) && word.chars().next().is_some_and(char::is_uppercase)
    };
    let first = words.first().map(|word| fold::folded(word)).unwrap_or_default();
    (1..=3).contains(&words.len())
        && words.iter().all(capital)
        && first.len() >= 3
        && !OPENINGS.contains(&first.as_str())
        && words.first().is_some_and(|word| word.chars().skip(1).any(char::is_lowercase))
}

const OFFICES: &[&str] = &[
    "info", "mail", "office", "contact", "team", "sales", "admin", "support", "service", "phishing", "user",
    "hotmail", "gmail",
];

fn greets_by_name(beginning: &str) -> bool {
    const GREETINGS: &[&str] = &[
        "dear", "hi", "hello", "hey", "hallo", "liebe", "lieber", "beste", "olá", "prezado", "prezada",
        "caro", "cara", "bonjour", "cher", "chère", "geachte", "mr", "ms", "mrs", "herr", "frau", "mevrouw",
        "senhor", "senhora",
    ];
    const NOT_NAMES: &[&str] = &[
        "customer",
        "client",
        "user",
        "member",
        "friend",
        "sir",
        "madam",
        "team",
        "all",
        "colleague",
        "colleagues",
        "valued",
        "account",
        "kunde",
        "kundin",
        "kunden",
        "nutzer",
        "cliente",
        "clientes",
        "usuario",
        "klant",
        "gebruiker",
        "client",
        "there",
        "everyone",
        "damen",
        "herren",
        "senhor",
        "senhores",
        "winner",
        "email",
        "mail",
        "employee",
        "professional",
        "homeowner",
        "relatie",
        "heer",
        "utilisateur",
        "abonne",
        "card",
        "cardholder",
        "shopper",
        "subscriber",
        "partner",
        "applicant",
        "herr",
        "frau",
        "your",
        "the",
        "community",
        "crypto",
        "amigo",
        "mitglied",
        "freund",
        "freunde",
        "beneficiary",
        "business",
        "it",
        "new",
        "dear",
        "madame",
        "monsieur",
        "consultant",
        "staff",
        "metamasker",
        "paypal",
        "amazon",
        "netflix",
        "bitcoin",
        "recipient",
        "candidate",
        "bonjour",
        "titulaire",
        "assure",
        "acheteur",
        "kaufer",
        "aqui",
        "here",
        "alle",
        "hr",
        "lcd",
        "merci",
        "we",
        "you",
        "please",
        "contribuinte",
    ];
    let words: Vec<&str> = beginning.split_whitespace().take(60).collect();
    words.windows(2).any(|pair| {
        let [greeting, name] = pair else { return false };
        let greeting = greeting.trim_matches(|character: char| !character.is_alphabetic()).to_lowercase();
        if !GREETINGS.contains(&greeting.as_str()) {
            return false;
        }
        let bare = name.trim_matches(|character: char| !character.is_alphabetic());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let lower = bare.chars().skip(1).any(char::is_lowercase);
        let folded = fold::folded(bare);
        let generic = NOT_NAMES.contains(&folded.as_str()) || folded.contains(' ');
        capital && lower && !generic && !name.contains('@') && bare.len() >= 2
    })
}

/// Whether a closing greeting is followed by somebody: it ends its line, or a capitalised name follows.
pub(crate) fn is_signature(text: &str, closing: Span) -> bool {
    let rest: String = text.get(closing.end..).unwrap_or("").chars().take(90).collect();
    let mut after = rest.chars();
    let ends = matches!(after.next(), None | Some(',' | '\n' | '\r' | '.' | '!' | '-' | '–' | '—' | '|'));
    let somebody = rest.split_whitespace().take(8).any(|word| {
        let bare = word.trim_matches(|character: char| !character.is_alphabetic());
        bare.chars().count() >= 3 && bare.chars().next().is_some_and(char::is_uppercase)
    });
    let names_itself = text.get(closing.start..closing.end).is_some_and(|words| {
        let words = words.to_lowercase();
        ["team", "support", "kundendienst", "kundenbetreuung", "kundenservice"]
            .iter()
            .any(|office| words.ends_with(office))
    });
    (ends && somebody) || names_itself
}

/// Whether the last line is nothing but the name of the sender, in full or in part.
pub(crate) fn ends_with_name(text: &str, from: &Mailbox) -> bool {
    let last = text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if last.len() > 60 {
        return false;
    }
    let local = fold::folded(from.address.split('@').next().unwrap_or_default());
    let shown = fold::folded(from.name.as_deref().unwrap_or_default());
    let known: Vec<&str> =
        shown.split(' ').chain(local.split(' ').filter(|part| !OFFICES.contains(part))).collect();
    let line = fold::folded(last);
    let mut words = line.split(' ');
    words.all(|word| known.contains(&word)) && line.split(' ').any(|word| word.chars().count() >= 3)
}

/// Whether the whole name shown for a sender stands in the address, as a reader would take it in.
pub(crate) fn address_shows_name(from: &Mailbox) -> bool {
    let squeezed = |text: &str| fold::folded(text).replace(' ', "");
    let name = squeezed(from.name.as_deref().unwrap_or_default());
    name.chars().count() >= 3 && squeezed(&from.address).contains(&name)
}

/// Whether the name shown for a sender has nothing in common with the address behind it.
pub(crate) fn name_hides_address(from: &Mailbox) -> bool {
    let Some(name) = from.name.as_deref() else { return false };
    let address = fold::folded(&from.address).replace(' ', "");
    let folded = fold::folded(name);
    let words: Vec<&str> =
        folded.split(' ').filter(|word| word.chars().count() >= 3 && !word.contains('#')).collect();
    if words.is_empty() || address.is_empty() {
        return false;
    }
    let joined = folded.replace(' ', "");
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    let named = words.iter().any(|word| address.contains(word)) || address.contains(&joined);
    let by_initials = initials.len() >= 2 && address.starts_with(&initials);
    !(named || by_initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_greeting_is_personal() {
        let with = |text: &str| Message { text: text.to_owned(), ..Message::default() };
        assert!(is_personal(&with("Dear Maria, here is")));
        assert!(!is_personal(&with("Dear Customer, here is")));
        assert!(!is_personal(&with("Congratulations, here is")));
        assert!(is_personal(&with("Maria Clara, here is")));
        assert!(!is_personal(&with("Dear you@example.org, here is")));
        let to = vec![Mailbox { name: None, address: "maria.silva@example.org".to_owned() }];
        assert!(is_personal(&Message { to, text: "Maria, please".to_owned(), ..Message::default() }));
    }

    #[test]
    fn a_last_line_with_the_name_of_the_sender_signs() {
        let signs = |text: &str, name: &str| {
            let from = Mailbox { name: Some(name.to_owned()), address: "anna.weber@example.org".to_owned() };
            ends_with_name(text, &from)
        };
        assert!(signs("The room is booked.\n\nAnna\n", "Anna Weber"));
        assert!(signs("The room is booked.\n- A. Weber", "A. Weber"));
        assert!(!signs("The room is booked.\nTom", "Anna Weber"));
        assert!(!signs("The room is booked by Anna", "Anna Weber"));
        assert!(!signs("", "Anna Weber"));
    }

    #[test]
    fn a_name_without_any_part_of_its_address_hides_it() {
        let from =
            |name: &str, address: &str| Mailbox { name: Some(name.to_owned()), address: address.to_owned() };
        assert!(name_hides_address(&from("Bank Service", "x17@example.org")));
        assert!(!name_hides_address(&from("Anna Schmidt", "a.schmidt@example.org")));
        assert!(!name_hides_address(&from("Example Org", "news@example.org")));
    }

    #[test]
    fn an_address_with_the_whole_name_shows_it() {
        let shows = |name: &str, address: &str| {
            address_shows_name(&Mailbox { name: Some(name.to_owned()), address: address.to_owned() })
        };
        assert!(shows("Example Bank", "no-reply@support-examplebank.net"));
        assert!(!shows("Example Bank", "bank@post.example.net"));
        assert!(!shows("", "bank@example.net") && !shows("Al", "al@example.net"));
    }
}
