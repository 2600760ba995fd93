//! What a message asks of its reader, in English, German, French, Spanish, Portuguese and Dutch. Words are data in
//! `words.txt`; two kinds of words must stand close together before a request is believed.

mod negation;
mod words;

use std::collections::BTreeSet;

use finding::Span;

use crate::brands::{self, Brand};
use crate::catalogue::evidence;
use crate::facts::Facts;
use crate::fold::{Folded, fold};
use crate::{Evidence, Place};
use words::{Group, Hit};

/// Evidence about requests. Each rule speaks once, in the subject if it is there, else in the text.
pub(crate) fn check(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let message = facts.message;
    let with_text = || {
        message.attachments.iter().enumerate().filter(|(_, one)| !one.text.is_empty()).take(MOST_ATTACHMENTS)
    };
    let folded: Vec<Folded> = with_text().map(|(_, one)| fold(&one.text)).collect();
    let mut reads = vec![
        Read::new(&message.subject, &facts.subject, Place::Subject),
        Read::new(&message.text, &facts.text, Place::Text),
    ];
    for ((index, attachment), folded) in with_text().zip(&folded) {
        reads.push(Read::new(&attachment.text, folded, Place::Attachment(index)));
    }
    let mut said = BTreeSet::new();
    let mut say = |code: &'static str, read: &Read<'_>, hit: Hit, first: Option<&str>| {
        if !said.insert(code) {
            return;
        }
        let span = read.folded.span(read.original, hit.start, hit.end);
        let words = first.or_else(|| span.of(read.original)).unwrap_or_default();
        found.push(evidence(code, read.place.clone(), span, &[words, hit.language]));
    };

    for rule in &PAIRS {
        if let Some((read, hit)) = reads.iter().find_map(|read| Some((read, read.pair(rule)?))) {
            say(rule.code, read, hit, None);
        }
    }
    for (code, group) in SINGLES {
        if let Some((read, hit)) = reads.iter().find_map(|read| Some((read, read.first(group)?))) {
            say(code, read, hit, None);
        }
    }
    // One phrase is common in honest mail; several different ones are not.
    for (code, group, least) in SEVERAL {
        if reads.iter().map(|read| read.distinct(group)).sum::<usize>() >= least
            && let Some((read, hit)) = reads.iter().find_map(|read| Some((read, read.first(group)?)))
        {
            say(code, read, hit, None);
        }
    }
    let charged = reads.iter().any(|read| read.first(Group::Charged).is_some());
    if charged && facts.urls.len() <= 2 {
        let call = reads
            .iter()
            .skip(1)
            .find_map(|read| read.number_near().or_else(|| read.number_dialled()).map(|found| (read, found)));
        if let Some((read, (hit, number))) = call {
            say("ask-call", read, hit, Some(&number));
        }
    }
}

/// A well-known name in the subject or the text of a message that asks for something, when neither the sender nor a
/// link belongs to that name. Talking about a name is no sign; asking in it is.
pub(crate) fn check_names(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let asks = found.iter().any(|one| ASKS_IN_A_NAME.contains(&one.finding.rule.as_ref()));
    if !asks || facts.from_is_own || facts.claimed.is_some() {
        return;
    }
    let strange = |brand: &Brand| {
        !brand.owns(facts.from_host) && !facts.urls.iter().any(|(_, url)| brand.owns(&url.host))
    };
    let sender = if facts.from_host.is_empty() { "nobody" } else { facts.from_host };
    if let Some(brand) = brands::mentioned(&facts.subject.text).filter(|brand| strange(brand)) {
        found.push(evidence(
            "content-brand-subject",
            Place::Subject,
            Span::default(),
            &[&brand.name, sender],
        ));
    } else if !facts.urls.is_empty()
        && facts.words < 400
        && let Some(brand) = brands::mentioned(&facts.text.text).filter(|brand| strange(brand))
    {
        found.push(evidence("content-brand-text", Place::Text, Span::default(), &[&brand.name, sender]));
    }
}

/// Requests that are commonly made in somebody else's name.
const ASKS_IN_A_NAME: [&str; 10] = [
    "ask-credentials",
    "ask-threat",
    "ask-signin",
    "ask-prize",
    "ask-crypto",
    "ask-parcel",
    "ask-mailbox",
    "ask-renewal",
    "ask-refund",
    "ask-call",
];

/// Attachments whose text is listened to.
const MOST_ATTACHMENTS: usize = 6;

/// Two kinds of words, or two words of one kind, that mean something when they stand together.
struct Pair {
    code: &'static str,
    one: Group,
    other: Group,
    apart: Apart,
}

/// How far apart two words may stand, in bytes of folded text between them.
#[derive(Clone, Copy)]
enum Apart {
    /// In one sentence.
    Sentence(usize),
    /// In one sentence or a later one.
    Passage(usize),
}

const PAIRS: [Pair; 10] = [
    Pair { code: "ask-credentials", one: Group::Verify, other: Group::Account, apart: Apart::Sentence(45) },
    Pair { code: "ask-threat", one: Group::Threat, other: Group::Account, apart: Apart::Sentence(45) },
    Pair { code: "ask-crypto", one: Group::Claim, other: Group::Crypto, apart: Apart::Sentence(45) },
    Pair { code: "ask-parcel", one: Group::Parcel, other: Group::Held, apart: Apart::Sentence(60) },
    Pair { code: "ask-mailbox", one: Group::Mailbox, other: Group::Full, apart: Apart::Sentence(45) },
    Pair { code: "ask-renewal", one: Group::Renewal, other: Group::Ended, apart: Apart::Sentence(45) },
    Pair { code: "ask-refund", one: Group::Refund, other: Group::Eligible, apart: Apart::Sentence(60) },
    Pair { code: "ask-gift-cards", one: Group::GiftCards, other: Group::Buy, apart: Apart::Sentence(120) },
    Pair { code: "ask-secrecy", one: Group::Secrecy, other: Group::Errand, apart: Apart::Passage(400) },
    Pair { code: "ask-secrecy", one: Group::Secrecy, other: Group::Secrecy, apart: Apart::Passage(400) },
];

const SINGLES: [(&str, Group); 6] = [
    ("ask-signin", Group::Signin),
    ("ask-bank-change", Group::BankChange),
    ("ask-errand", Group::Errand),
    ("ask-urgency", Group::Urgency),
    ("ask-greeting", Group::Greeting),
    ("ask-paper", Group::LurePaper),
];

const SEVERAL: [(&str, Group, usize); 4] = [
    ("ask-prize", Group::Prize, 2),
    ("ask-advance-fee", Group::AdvanceFee, 3),
    ("ask-blackmail", Group::Blackmail, 3),
    ("ask-bait", Group::Bait, 2),
];

/// A text with the known words found in it.
struct Read<'a> {
    original: &'a str,
    folded: &'a Folded,
    place: Place,
    hits: Vec<Hit>,
}

impl<'a> Read<'a> {
    fn new(original: &'a str, folded: &'a Folded, place: Place) -> Read<'a> {
        let mut hits = words::find(&folded.text);
        hits.retain(|hit| !(hit.group.can_be_denied() && negation::denies(&folded.text, hit.start)));
        Read { original, folded, place, hits }
    }

    fn first(&self, group: Group) -> Option<Hit> {
        self.hits.iter().find(|hit| hit.group == group && !self.denied(hit.start, hit.end)).copied()
    }

    fn distinct(&self, group: Group) -> usize {
        let mut patterns: Vec<usize> =
            self.hits.iter().filter(|hit| hit.group == group).map(|hit| hit.pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        patterns.len()
    }

    /// The first place where words of both groups, in the same language, stand no further apart than the rule says.
    fn pair(&self, rule: &Pair) -> Option<Hit> {
        let (within, one_sentence) = match rule.apart {
            Apart::Sentence(within) => (within, true),
            Apart::Passage(within) => (within, false),
        };
        let mut last: Vec<Hit> = Vec::new();
        for hit in self.hits.iter().filter(|hit| hit.group == rule.one || hit.group == rule.other) {
            last.retain(|before| hit.start.saturating_sub(before.end) <= within);
            let partner = last.iter().rev().find(|before| {
                (before.group != hit.group || rule.one == rule.other && before.pattern != hit.pattern)
                    && before.language == hit.language
                    && hit.start >= before.end
                    && !(one_sentence && self.sentence_ends(before.end, hit.start))
            });
            if let Some(before) = partner
                && !self.denied(before.start, hit.end)
            {
                return Some(Hit { start: before.start, ..*hit });
            }
            last.push(*hit);
        }
        None
    }

    /// A telephone number around words that ask for a call.
    fn number_near(&self) -> Option<(Hit, String)> {
        let hit = self.first(Group::Call)?;
        let number = phone_number(&self.folded.text, hit.start.saturating_sub(200), hit.end + 200)?;
        Some((hit, number))
    }

    /// A telephone number right behind a bare verb of calling.
    fn number_dialled(&self) -> Option<(Hit, String)> {
        self.hits.iter().filter(|hit| hit.group == Group::Dial).find_map(|hit| {
            let after = self.folded.text.get(hit.end..)?;
            let next = after.find(char::is_alphanumeric).filter(|gap| *gap <= 4)?;
            after.get(next..)?.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
            Some((*hit, phone_number(after, 0, 28)?))
        })
    }

    fn sentence_ends(&self, start: usize, end: usize) -> bool {
        self.folded.text.get(start..end).is_some_and(|between| {
            between.contains(['!', '?']) && between.len() > 20 || between.contains(". ")
        })
    }

    /// Whether the words around say that nobody asks for this (`we never ask for your password`).
    fn denied(&self, start: usize, end: usize) -> bool {
        let near =
            |hit: &&Hit| hit.group == Group::NeverAsks && hit.end + 60 >= start && hit.start <= end + 60;
        self.hits.iter().any(|hit| near(&hit))
    }
}

/// A telephone number of nine to fifteen digits within the range.
fn phone_number(text: &str, start: usize, end: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let window = bytes.get(start.min(bytes.len())..end.min(bytes.len()))?;
    let mut at = 0;
    while at < window.len() {
        let length = window
            .iter()
            .skip(at)
            .take(24)
            .take_while(|byte| byte.is_ascii_digit() || b"+-. ()/".contains(byte))
            .count();
        let piece = window.get(at..at + length)?;
        let digits = piece.iter().filter(|byte| byte.is_ascii_digit()).count();
        let separated = piece.iter().any(|byte| b"-() +".contains(byte));
        if (9..=15).contains(&digits) && separated {
            return std::str::from_utf8(piece).ok().map(|piece| piece.trim().to_owned());
        }
        at += length.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, Setting};

    fn codes(subject: &str, text: &str) -> Vec<String> {
        let message = Message { subject: subject.to_owned(), text: text.to_owned(), ..Message::default() };
        let setting = Setting::default();
        let mut found = Vec::new();
        check(&Facts::new(&message, &setting), &mut found);
        for one in &found {
            let place = if one.place == Place::Subject { subject } else { text };
            assert!(one.finding.span.of(place).is_some(), "{one:?}");
        }
        found.into_iter().map(|one| one.finding.rule.into_owned()).collect()
    }

    fn check_text(text: &str, code: &str) {
        assert!(codes("", text).iter().any(|found| found == code), "{code} in {text}: {:?}", codes("", text));
    }

    #[test]
    fn requests_are_heard_in_six_languages() {
        for text in [
            "Please verify your account today.",
            "Bitte bestätigen Sie Ihr Konto.",
            "Veuillez confirmer votre mot de passe.",
            "Debe verificar su cuenta.",
            "Por favor, atualize seus dados cadastrais.",
            "Gelieve uw gegevens te bevestigen: controleer uw rekening.",
        ] {
            check_text(text, "ask-credentials");
        }
        for text in [
            "Our bank details have changed, please use them for the next invoice.",
            "Unsere neue Bankverbindung lautet wie folgt.",
            "Voici nos nouvelles coordonnées bancaires.",
            "Le enviamos los nuevos datos bancarios.",
            "Seguem os novos dados bancários.",
            "Wij hebben een nieuw rekeningnummer.",
        ] {
            check_text(text, "ask-bank-change");
        }
        for text in [
            "I need you to purchase some gift cards today.",
            "Können Sie bitte Geschenkkarten besorgen?",
            "Pouvez-vous acheter des cartes cadeaux ?",
            "Necesito que compre unas tarjetas de regalo, compra rapida.",
            "Preciso que compre cartões presente.",
            "Kun je cadeaubonnen kopen?",
        ] {
            check_text(text, "ask-gift-cards");
        }
    }

    #[test]
    fn a_number_to_call_about_a_charge_is_heard() {
        check_text(
            "Your subscription renewed. USD 399 has been charged. Call us at +1 (808) 555-0142 to cancel.",
            "ask-call",
        );
    }

    #[test]
    fn a_number_right_behind_a_verb_of_calling_is_heard() {
        for text in [
            "USD 399 has been charged. To cancel call 1-808-555-0134",
            "Your order of USD 399 has shipped. Contact customer service: +1 (808) 555 0134",
            "Der Betrag wird abgebucht. Zum Stornieren rufen Sie +49 30 555 01 34 7 an.",
        ] {
            check_text(text, "ask-call");
        }
        for text in [
            "USD 399 has been charged. Kim from the phone shop, 1-808-555-0134",
            "To cancel your appointment call 1-808-555-0134",
        ] {
            assert!(!codes("", text).contains(&"ask-call".to_owned()), "{text}");
        }
    }

    #[test]
    fn secrecy_is_heard_beside_an_errand_and_when_it_is_said_twice() {
        for text in [
            "Please keep this confidential and do not tell anyone. I need you to handle a transfer.",
            "Please keep this confidential. I need you to handle a transfer.",
            "Keep this between us, and do not mention it to the others.",
            "Bitte streng vertraulich behandeln. Können Sie eine Überweisung veranlassen?",
        ] {
            check_text(text, "ask-secrecy");
            let said = codes("", text).iter().filter(|code| *code == "ask-secrecy").count();
            assert_eq!(said, 1, "{text}");
        }
        let text = "Please keep this confidential until the report is out.";
        assert!(!codes("", text).contains(&"ask-secrecy".to_owned()));
    }

    #[test]
    fn a_word_that_is_denied_asks_for_nothing() {
        for text in [
            "There is no hurry, please take your time. Nothing is urgent here.",
            "Your account will not be suspended.",
            "Please do not purchase any gift cards, whoever asks.",
            "Es ist nicht dringend.",
        ] {
            assert_eq!(codes("", text), Vec::<String>::new(), "{text}");
        }
        check_text("If you do not act now, your account will be suspended.", "ask-threat");
        check_text("Don't miss your last chance.", "ask-urgency");
    }

    #[test]
    fn ordinary_words_are_no_request() {
        for text in [
            "The account of the meeting will follow. We update the page weekly.",
            "We will never ask you to confirm your password.",
            "The parcel of land was sold.",
            "Lunch is at noon, see you there.",
        ] {
            assert_eq!(codes("", text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn tricks_with_letters_do_not_help() {
        check_text("Please v\u{200b}erify your аccоunt", "ask-credentials");
    }
}
