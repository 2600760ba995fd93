//! How a text is written: slips, decoration, greetings, signatures, years, numbers. Small checks on characters, each
//! bounded, none of which knows what the words mean.

use finding::Span;
use mail::{Mailbox, Message};

use crate::fold::{self, LONGEST};

/// Slips of the pen that a reader sees in any language: no space after a sentence, a doubled stop, a doubled word,
/// a space before a comma, broken letters.
pub(crate) fn slips(text: &str, folded: &fold::Folded) -> Vec<Span> {
    let mut slips = Vec::new();
    let mut before = ['\n'; 3];
    for (at, character) in text.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let [third, second, first] = before;
        let no_space = character.is_uppercase() && matches!(first, '.' | '!' | '?' | ',') && second.is_lowercase() && third.is_lowercase();
        let doubled = !matches!(character, '.' | ' ' | '!') && first == '.' && second == '.' && third.is_alphabetic() || character.is_whitespace() && first == '.' && second == '.' && third.is_alphabetic();
        let early = character == ',' && first == ' ' && second.is_alphabetic();
        let loose = character.is_alphabetic() && first == ' ' && matches!(second, '\'' | '’') && third.is_alphabetic() && character.is_lowercase();
        let broken = character == '\u{fffd}' || (first == 'Ã' && matches!(character, '¼' | '¤' | '¶' | '©' | '£' | '§' | 'ƒ')) || (first == 'â' && character == '€');
        if no_space || doubled || early || loose || broken {
            let start = at.saturating_sub(first.len_utf8());
            let span = Span::new(start, at + character.len_utf8());
            if slips.last().is_none_or(|last: &Span| last.end + 40 < span.start) {
                slips.push(span);
            }
        }
        before = [second, first, character];
    }
    slips.extend(doubled_words(folded));
    slips
}

fn doubled_words(folded: &fold::Folded) -> Vec<Span> {
    let mut found = Vec::new();
    let mut last: (&str, usize) = ("", 0);
    let mut start = 0usize;
    for word in folded.text.split(' ') {
        if word.len() >= 2 && word == last.0 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && MAY_NOT_DOUBLE.contains(&word) {
            found.push(folded.source(last.1, start + word.len()));
        }
        if !word.is_empty() {
            last = (word, start);
        }
        start += word.len() + 1;
    }
    found.truncate(2);
    found
}

const MAY_NOT_DOUBLE: &[&str] = &[
    "the", "at", "to", "of", "is", "in", "a", "and", "your", "for", "we", "on", "der", "und", "ist", "im", "zu", "de", "do", "que",
    "het", "een", "van", "le", "la", "du", "et", "les", "with", "this", "be", "are", "will", "os",
];

/// A place that somebody forgot to fill in.
pub(crate) fn placeholder(text: &str) -> Option<Span> {
    const SIGNS: &[&str] = &[
        "{{", "}}", "%RND", "{numero}", "{name}", "{email}", "[first-name]", "[First Name]", "[Name]", "[name]", "[phone number]",
        "[issue]", "orem ipsum", "*|", "##", "[[", "%%", "{first", "{company", "[date", "***lorem***", "[EMAIL]", "[email]", "[E-mail",
        "[Trust User", "{specific", "%EMAIL%", "%NAME%", "<name>", "$name", "insert name",
    ];
    SIGNS
        .iter()
        .filter_map(|sign| text.find(sign).map(|start| Span::new(start, start + sign.len())))
        .filter(|span| span.end <= LONGEST)
        .min()
}

/// The newest year beside a copyright mark.
pub(crate) fn copyright_year(text: &str) -> Option<(i64, Span)> {
    let mut newest: Option<(i64, Span)> = None;
    let marks = ["©", "opyright", "OPYRIGHT", "®20", "(c) 20"];
    for mark in marks {
        for (start, _) in text.match_indices(mark).take(6) {
            let after: String = text.get(start..).unwrap_or("").chars().take(40).collect();
            let year = years(&after).max();
            let before: String = text.get(..start).unwrap_or("").chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
            if let Some(year) = year.or_else(|| years(&before).max()) {
                if newest.is_none_or(|(known, _)| year > known) {
                    newest = Some((year, Span::new(start, start + mark.len())));
                }
            }
        }
    }
    newest
}

fn years(text: &str) -> impl Iterator<Item = i64> + '_ {
    text.split(|character: char| !character.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse::<i64>().ok())
        .filter(|year| (1995..=2100).contains(year))
}

/// The year of a moment in seconds since 1970 UTC.
pub(crate) fn year_of(seconds: i64) -> Option<i64> {
    const YEAR: f64 = 365.2425 * 86_400.0;
    let year = 1970 + (seconds as f64 / YEAR).floor() as i64;
    (1995..=2100).contains(&year).then_some(year)
}

/// Emoji, letters of mathematics, piled-up signs, or nearly all capitals.
pub(crate) fn is_dressed_up(line: &str) -> bool {
    let mut letters = 0usize;
    let mut capitals = 0usize;
    let mut marks = 0usize;
    for character in line.chars().take(400) {
        let code = character as u32;
        let picture = matches!(code, 0x1f000..=0x1faff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1d400..=0x1d7ff);
        if picture || character == '\u{fffd}' {
            return true;
        }
        letters += usize::from(character.is_alphabetic());
        capitals += usize::from(character.is_uppercase());
        marks += usize::from(matches!(character, '!' | '*' | '|' | '_' | '~' | '^'));
    }
    let spaced = line.split(' ').filter(|word| word.chars().count() == 1).count() >= 5;
    marks >= 2 || spaced || (letters >= 14 && capitals * 10 >= letters * 8)
}

/// One longer word in eight, and at least six of them, is in capitals.
pub(crate) fn shouts(text: &str) -> bool {
    let mut long = 0usize;
    let mut loud = 0usize;
    for word in text.split_whitespace().take(600).filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 4) {
        long += 1;
        loud += usize::from(!word.chars().any(char::is_lowercase));
    }
    loud >= 6 && loud * 8 >= long
}

/// A long number, an address on the network or a code with letters and digits, as case numbers are.
pub(crate) fn reference_number(text: &str) -> Option<Span> {
    let mut start = 0;
    for word in text.split_inclusive(|character: char| character.is_whitespace() || matches!(character, '[' | ']' | '(' | ')')) {
        let at = start;
        start += word.len();
        if at > LONGEST {
            return None;
        }
        let word = word.trim_matches(|character: char| !character.is_alphanumeric());
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let plain = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b':'));
        let is_date = digits == 8 && word.contains(['/', '.', '-']) || word.matches(':').count() > 0 && digits <= 6;
        let is_network = word.split('.').count() == 4 && word.split('.').all(|part| part.parse::<u8>().is_ok());
        let is_number = plain && (6..=18).contains(&digits) && !is_date && !word.contains('.');
        let is_code = !plain
            && digits >= 4
            && word.len() >= 7
            && word.len() <= 40
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        if is_network || is_number || is_code {
            let offset = text.get(at..).and_then(|rest| rest.find(word)).unwrap_or(0);
            return Some(Span::new(at + offset, at + offset + word.len()));
        }
    }
    None
}

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
    named || greets_by_name(&beginning)
}

const OFFICES: &[&str] = &["info", "mail", "office", "contact", "team", "sales", "admin", "support", "service", "phishing", "user", "hotmail", "gmail"];

fn greets_by_name(beginning: &str) -> bool {
    const GREETINGS: &[&str] = &[
        "dear", "hi", "hello", "hey", "hallo", "liebe", "lieber", "beste", "olá", "prezado", "prezada", "caro", "cara", "bonjour",
        "cher", "chère", "geachte", "mr", "ms", "mrs", "herr", "frau", "mevrouw", "senhor", "senhora",
    ];
    const NOT_NAMES: &[&str] = &[
        "customer", "client", "user", "member", "friend", "sir", "madam", "team", "all", "colleague", "colleagues", "valued", "account",
        "kunde", "kundin", "kunden", "nutzer", "cliente", "clientes", "usuario", "klant", "gebruiker", "client", "there", "everyone",
        "damen", "herren", "senhor", "senhores", "winner", "email", "mail", "employee", "professional", "homeowner", "relatie", "heer",
        "utilisateur", "abonne", "card", "cardholder", "shopper", "subscriber", "partner", "applicant", "herr", "frau", "your", "the",
        "community", "crypto", "amigo", "mitglied", "freund", "freunde", "beneficiary", "business", "it", "new", "dear", "madame",
        "monsieur", "consultant", "staff", "metamasker", "paypal", "amazon", "netflix", "bitcoin", "recipient", "candidate", "bonjour",
        "titulaire", "assure", "acheteur", "kaufer", "aqui", "here", "alle", "hr", "lcd", "merci", "we", "you", "please", "contribuinte",
    ];
    let words: Vec<&str> = beginning.split_whitespace().take(60).collect();
    words.windows(2).any(|pair| {
        let [greeting, name] = pair else { return false };
        let greeting = greeting.trim_matches(|character: char| !character.is_alphabetic()).to_lowercase();
        let is_greeting = GREETINGS.contains(&greeting.as_str());
        let bare = name.trim_matches(|character: char| !character.is_alphabetic());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let lower = bare.chars().skip(1).any(char::is_lowercase);
        let folded = fold::folded(bare);
        let generic = NOT_NAMES.contains(&folded.as_str()) || folded.contains(' ');
        is_greeting && capital && lower && !generic && !name.contains('@') && bare.len() >= 2
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
    let names_itself = text.get(closing.start..closing.end).is_some_and(|words| words.to_lowercase().ends_with("team"));
    (ends && somebody) || names_itself
}

/// Whether the name shown for a sender has nothing in common with the address behind it.
pub(crate) fn name_hides_address(from: &Mailbox) -> bool {
    let Some(name) = from.name.as_deref() else { return false };
    let address = fold::folded(&from.address).replace(' ', "");
    let folded = fold::folded(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().count() >= 3 && !word.contains('#')).collect();
    if words.is_empty() || address.is_empty() {
        return false;
    }
    let joined = folded.replace(' ', "");
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    let local = address.clone();
    !words.iter().any(|word| address.contains(word)) && !address.contains(&joined) && !(initials.len() >= 2 && local.starts_with(&initials))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_and_good_writing_is_not() {
        let slips = |text: &str| slips(text, &fold::Folded::new(text));
        assert_eq!(slips("It takes your time.Your view counts.").len(), 1);
        assert_eq!(slips("we' re sorry").len(), 1);
        assert_eq!(slips("It is at at risk").len(), 1);
        assert!(slips("All is well. Write to us, e.g. at example.org or U.S. Mail...").is_empty());
    }

    #[test]
    fn reference_numbers_are_told_from_dates_and_times() {
        assert!(reference_number("Case 5873258512 is open").is_some());
        assert!(reference_number("from 103.225.77.255").is_some());
        assert!(reference_number("ID YDW6-4410HY").is_some());
        assert!(reference_number("on 12-03-2024 at 10:15:20, price 1.234.567").is_none());
    }

    #[test]
    fn a_name_in_the_greeting_is_personal() {
        let with = |text: &str| Message { text: text.to_owned(), ..Message::default() };
        assert!(is_personal(&with("Dear Maria, here is")));
        assert!(!is_personal(&with("Dear Customer, here is")));
        assert!(!is_personal(&with("Dear you@example.org, here is")));
        let to = vec![Mailbox { name: None, address: "maria.silva@example.org".to_owned() }];
        assert!(is_personal(&Message { to, text: "Maria, please".to_owned(), ..Message::default() }));
    }

    #[test]
    fn a_name_without_any_part_of_its_address_hides_it() {
        let from = |name: &str, address: &str| Mailbox { name: Some(name.to_owned()), address: address.to_owned() };
        assert!(name_hides_address(&from("Bank Service", "x17@example.org")));
        assert!(!name_hides_address(&from("Anna Schmidt", "a.schmidt@example.org")));
        assert!(!name_hides_address(&from("Example Org", "news@example.org")));
    }

    #[test]
    fn years_are_read() {
        assert_eq!(copyright_year("© 2018-2022 Example").map(|(year, _)| year), Some(2022));
        assert_eq!(year_of(1_700_000_000), Some(2023));
    }
}
