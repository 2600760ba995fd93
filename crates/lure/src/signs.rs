//! Phrases and what they are a sign of. The phrases stand in `words/*.txt`, one file a language; one automaton finds all
//! of them in one pass. A sign is an observation about words, never a judgement about a message.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use finding::Span;

use crate::fold::Folded;
use crate::language::{Language, Tongue};
use crate::negation;

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What a phrase is a sign of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sign { $($(#[$doc])* $name,)* }

        impl Sign {
            pub const ALL: &'static [Sign] = &[$(Sign::$name,)*];

            /// The name of the section in the phrase files.
            pub fn code(self) -> &'static str {
                match self { $(Sign::$name => $code,)* }
            }
        }
    };
}

signs! {
    // Levers.
    Authority = "authority",
    Urgency = "urgency",
    Scarcity = "scarcity",
    Threat = "threat",
    Reward = "reward",
    Curiosity = "curiosity",
    SocialProof = "social-proof",
    Liking = "liking",
    Reciprocity = "reciprocity",
    Helpfulness = "helpfulness",
    Secrecy = "secrecy",
    // What is asked for.
    AskLogin = "ask-login",
    AskPersonal = "ask-personal",
    AskPayment = "ask-payment",
    AskPayroll = "ask-payroll",
    AskGiftCard = "ask-gift-card",
    AskBankChange = "ask-bank-change",
    AskCall = "ask-call",
    AskReply = "ask-reply",
    AskOpenFile = "ask-open-file",
    /// To let a file run what it hides: macros, the "content".
    AskRun = "ask-run",
    AskAvailable = "ask-available",
    // What it is about.
    Account = "about-account",
    Invoice = "about-invoice",
    Order = "about-order",
    Parcel = "about-parcel",
    Job = "about-job",
    Romance = "about-romance",
    Fortune = "about-fortune",
    Extortion = "about-extortion",
    Renewal = "about-renewal",
    Prize = "about-prize",
    Voicemail = "about-voicemail",
    SharedFile = "about-shared-file",
    Crypto = "about-crypto",
    Loan = "about-loan",
    Goods = "about-goods",
    Tax = "about-tax",
    Payroll = "about-payroll",
    /// Everyday matters: meetings, bookings, reports, newsletters.
    Routine = "about-routine",
    /// Nothing need be done: `if you did not ask for this, you can ignore it`.
    NothingToDo = "nothing-to-do",
    /// A court, a fine, a claim: papers that seem to wait behind a link or a file.
    Summons = "about-summons",
    /// What the reader did or asked for: a new password, an account, a place in a course.
    Requested = "requested",
    /// It tells of an attack, so that nobody falls for it.
    Warning = "about-warning",
    /// The life of an association or a course: dues, assemblies, registrations.
    Community = "about-community",
    /// An issue of a newsletter or a digest.
    Periodical = "about-periodical",
    /// Somebody unknown who would like to buy, to sell or to be a supplier.
    Enquiry = "about-enquiry",
    /// A sign-in that is only named, not asked for.
    SignIn = "about-sign-in",
    /// What has happened, told without asking for anything: a sign-in, a receipt, a code, a parcel on its way.
    Notice = "about-notice",
    /// The bank details of a firm stay as they were.
    BankUnchanged = "bank-unchanged",
    /// Why nobody may call back: in a meeting, reachable by mail only.
    Away = "about-away",
    // How it is written.
    GenericGreeting = "generic-greeting",
    Greeting = "greeting",
    SignOff = "sign-off",
    Legal = "legal",
    SecurityClaim = "security-claim",
    Humanitarian = "humanitarian",
    Special = "special",
    Misspelling = "misspelling",
}

impl Sign {
    /// Whether a negation before the words takes the sign away. Levers can be denied; what a message asks for and what it
    /// is about stay, since `we could not confirm your account` is about no less.
    fn can_be_denied(self) -> bool {
        self <= Sign::Secrecy
    }
}

/// One phrase found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub sign: Sign,
    /// Which phrase it was; equal for two occurrences of one phrase.
    pub phrase: u32,
    /// How much the phrase says, 0 to 1.
    pub weight: f32,
    /// Where it stands in the text as written.
    pub span: Span,
}

/// Everything found in one text, in order.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    pub all: Vec<Hit>,
    /// For each sign in the order of [`Sign::ALL`], how sure we are of it.
    strengths: Vec<f32>,
}

impl Hits {
    /// All occurrences of one sign.
    pub fn of(&self, sign: Sign) -> impl Iterator<Item = &Hit> {
        self.all.iter().filter(move |hit| hit.sign == sign)
    }

    /// How sure we are that the sign is there, 0 to 1: each different phrase counts once.
    pub fn strength(&self, sign: Sign) -> f32 {
        self.strengths.get(sign as usize).copied().unwrap_or(0.0)
    }

    pub fn has(&self, sign: Sign) -> bool {
        self.strength(sign) > 0.0
    }

    /// The same without what stands in these pieces of the text. One phrase says less about a long text than about a short
    /// one: in a text of up to `decides` words it counts in full.
    pub(crate) fn outside(&self, pieces: &[Span], words: usize, decides: usize) -> Hits {
        let share = (decides as f32 / words.max(1) as f32).min(1.0).sqrt();
        let own = self.all.iter().filter(|hit| !pieces.iter().any(|piece| piece.overlaps(hit.span)));
        let all = own.map(|hit| Hit { weight: hit.weight * share, ..*hit }).collect();
        let mut hits = Hits { all, strengths: Vec::new() };
        hits.weigh();
        hits
    }

    fn weigh(&mut self) {
        let mut phrases: Vec<(Sign, u32, f32)> =
            self.all.iter().map(|hit| (hit.sign, hit.phrase, hit.weight)).collect();
        phrases.sort_by_key(|(sign, phrase, _)| (*sign, *phrase));
        phrases.dedup_by_key(|(sign, phrase, _)| (*sign, *phrase));
        self.strengths = vec![0.0; Sign::ALL.len()];
        for (sign, _, weight) in phrases {
            if let Some(strength) = self.strengths.get_mut(sign as usize) {
                *strength = 1.0 - (1.0 - *strength) * (1.0 - weight);
            }
        }
    }
}

/// Finds the phrases of the languages the text is in. English phrases count beside each of them, since mail mixes them in;
/// in a text too short to tell, phrases of all five languages count; in another language none do. What the text denies,
/// as in `there is no hurry`, is not found.
pub fn find(text: &Folded, languages: &[Language]) -> Hits {
    let book = &*BOOK;
    let mut found: Vec<Found> = Vec::new();
    let mut halves: Vec<Half> = Vec::new();
    for piece in book.automaton.find_overlapping_iter(&text.text) {
        let Some(meanings) = book.meanings.get(piece.pattern().as_usize()) else { continue };
        let here = Stretch { start: piece.start(), end: piece.end() };
        for meaning in meanings {
            if !languages.iter().any(|language| counts_in(meaning, *language)) {
                continue;
            }
            match meaning.part {
                Part::Whole => found.push(Found { meaning, first: here, last: here }),
                Part::First => halves.push(Half { phrase: meaning.phrase, at: here }),
                Part::Second => {
                    // Halves are found in the order of their ends, so the search stops where they are too far away.
                    let first = halves
                        .iter()
                        .rev()
                        .take_while(|half| here.start <= half.at.end + REACH)
                        .find(|half| half.phrase == meaning.phrase && here.start + 1 >= half.at.end);
                    if let Some(first) = first {
                        found.push(Found { meaning, first: first.at, last: here });
                    }
                }
            }
        }
    }
    let phrases: Vec<Stretch> =
        found.iter().filter(|found| found.is_whole()).map(|found| found.first).collect();
    found.retain(|found| {
        !found.meaning.sign.can_be_denied()
            || ![found.first, found.last].iter().any(|part| {
                negation::of(text, part.start, languages, found.meaning.tongue)
                    // A negation that is itself part of a phrase, as in `do not wait`, belongs to that phrase.
                    .is_some_and(|no| !phrases.iter().any(|phrase| phrase.start <= no && no < phrase.end))
            })
    });
    let mut hits = Hits { all: found.iter().map(|found| found.hit(text)).collect(), strengths: Vec::new() };
    hits.all.sort_by_key(|hit| (hit.span.start, hit.span.end, hit.sign, hit.phrase));
    hits.all.dedup_by_key(|hit| (hit.span, hit.sign));
    hits.weigh();
    hits
}

/// How far the second half of `one .. two` may stand from the first, in folded bytes: about eight words.
const REACH: usize = 48;

struct Half {
    phrase: u32,
    at: Stretch,
}

/// A stretch of folded text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stretch {
    start: usize,
    end: usize,
}

/// A phrase found: its two halves, or twice the same stretch where it is whole.
struct Found<'a> {
    meaning: &'a Meaning,
    first: Stretch,
    last: Stretch,
}

impl Found<'_> {
    fn is_whole(&self) -> bool {
        self.first == self.last
    }

    fn hit(&self, text: &Folded) -> Hit {
        Hit {
            sign: self.meaning.sign,
            phrase: self.meaning.phrase,
            weight: self.meaning.weight,
            span: text.source(self.first.start, self.last.end),
        }
    }
}

fn counts_in(meaning: &Meaning, language: Language) -> bool {
    // What is a slip in English can be a good word elsewhere.
    let travels = meaning.tongue == Tongue::En && meaning.sign != Sign::Misspelling;
    match language {
        Language::Known(known) => meaning.tongue == known || travels,
        Language::TooShort => meaning.sign != Sign::Misspelling,
        Language::Other => false,
    }
}

struct Book {
    automaton: AhoCorasick,
    /// For each pattern of the automaton, everything it means.
    meanings: Vec<Vec<Meaning>>,
}

#[derive(Clone, Copy)]
struct Meaning {
    sign: Sign,
    tongue: Tongue,
    phrase: u32,
    weight: f32,
    part: Part,
}

#[derive(Clone, Copy)]
enum Part {
    Whole,
    First,
    Second,
}

const FILES: [(Tongue, &str); 5] = [
    (Tongue::En, include_str!("words/en.txt")),
    (Tongue::De, include_str!("words/de.txt")),
    (Tongue::Pt, include_str!("words/pt.txt")),
    (Tongue::Nl, include_str!("words/nl.txt")),
    (Tongue::Fr, include_str!("words/fr.txt")),
];

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let mut patterns: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut meanings: Vec<Vec<Meaning>> = Vec::new();
    let mut add = |pattern: String, meaning: Meaning| {
        let place = *places.entry(pattern.clone()).or_insert_with(|| {
            patterns.push(pattern);
            meanings.push(Vec::new());
            meanings.len() - 1
        });
        if let Some(list) = meanings.get_mut(place) {
            list.push(meaning);
        }
    };
    let mut phrase = 0u32;
    for (tongue, file) in FILES {
        for entry in entries(file) {
            phrase += 1;
            let meaning =
                Meaning { sign: entry.sign, tongue, phrase, weight: entry.weight, part: Part::Whole };
            match entry.phrase.split_once("..") {
                None => add(pattern(entry.phrase), meaning),
                Some((first, second)) => {
                    add(pattern(first), Meaning { part: Part::First, ..meaning });
                    add(pattern(second), Meaning { part: Part::Second, ..meaning });
                }
            }
        }
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&patterns)
        .expect("a few thousand short phrases fit an automaton");
    Book { automaton, meanings }
});

struct Entry<'a> {
    sign: Sign,
    phrase: &'a str,
    weight: f32,
}

/// Reads a phrase file: `[sign]` or `[sign weight]` opens a section, every other line is a phrase; `word*` is the
/// beginning of a word, `one .. two` both within a few words. Lines with `#` are remarks.
fn entries(file: &str) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    let mut section = None;
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (name, weight) = name.split_once(' ').unwrap_or((name, "0.5"));
            let sign = Sign::ALL.iter().copied().find(|sign| sign.code() == name);
            let weight = weight.parse::<f32>().ok();
            section = sign.zip(weight);
            assert!(section.is_some(), "`[{line}]` names no sign");
        } else if let Some((sign, weight)) = section {
            entries.extend(line.split('|').map(|phrase| Entry { sign, phrase: phrase.trim(), weight }));
        }
    }
    entries
}

fn pattern(phrase: &str) -> String {
    let phrase = phrase.trim();
    match phrase.strip_suffix('*') {
        Some(beginning) => format!(" {}", crate::fold::folded(&beginning.replace('#', "1"))),
        None => format!(" {} ", crate::fold::folded(&phrase.replace('#', "1"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<(Sign, &str)> {
        find(&Folded::new(text), &[language])
            .all
            .iter()
            .map(|hit| (hit.sign, hit.span.of(text).unwrap()))
            .collect()
    }

    #[test]
    fn every_phrase_file_is_understood_and_every_sign_is_used_in_english() {
        for (tongue, file) in FILES {
            assert!(entries(file).len() > 100, "{}", tongue.code());
            for entry in entries(file) {
                assert!(
                    pattern(entry.phrase).contains(char::is_alphabetic) || entry.phrase.contains(['%', '$']),
                    "`{}` in {} would be found in any text",
                    entry.phrase,
                    tongue.code()
                );
                assert!((0.05..=0.95).contains(&entry.weight), "{}", entry.phrase);
            }
        }
        for sign in Sign::ALL {
            assert!(
                entries(FILES[0].1).iter().any(|entry| entry.sign == *sign),
                "no phrase for {}",
                sign.code()
            );
        }
    }

    #[test]
    fn phrases_of_another_language_do_not_count() {
        assert!(found("dringend dringend", Language::Known(Tongue::Fr)).is_empty());
        assert_eq!(found("dringend", Language::TooShort), [(Sign::Urgency, "dringend")]);
        assert!(found("urgent", Language::Other).is_empty());
    }

    #[test]
    fn two_halves_must_stand_near_each_other() {
        let near = "your account has been suspended";
        assert!(found(near, Language::Known(Tongue::En)).iter().any(|(sign, _)| *sign == Sign::Threat));
        let far = format!("your account {} suspended", "word ".repeat(30));
        assert!(!found(&far, Language::Known(Tongue::En)).iter().any(|(sign, _)| *sign == Sign::Threat));
    }
}
