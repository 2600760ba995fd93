//! Finds the cues of the Phish Scale in a message. Each function is one cue, in the order of the table.
//! Cue 8 is found only where it can be read (an old year); whether a logo is an imitation needs eyes.

use finding::Span;
use mail::{Evidence, Message, Place};

use super::cues::{Cue, CueType};
use crate::facts::{self, Facts};
use crate::language::{self, Language, Tongue};
use crate::levers::Mark;
use crate::signs::{Hits, Sign};
use crate::{fold, names, writing};

/// What the finder looks at.
pub(crate) struct Sight<'a> {
    pub message: &'a Message,
    pub evidence: &'a [Evidence],
    pub subject: &'a Hits,
    pub text: &'a Hits,
    pub facts: &'a Facts,
    pub language: Language,
    /// The folded text.
    pub folded: &'a fold::Folded,
}

/// So near to legal language, in bytes, that it belongs to it.
const NEAR_LEGAL: usize = 160;

/// Finds the cues of a message, by number.
pub(crate) fn find(sight: &Sight<'_>) -> Vec<Cue> {
    let found: [Found; 23] = [
        sight.errors(),
        sight.inconsistencies(),
        sight.files(),
        sight.sender_hides(),
        sight.links_hide(),
        sight.look_alike_domains(),
        sight.no_pictures(),
        sight.out_of_date(),
        sight.unprofessional(),
        sight.every_phrase(Sign::SecurityClaim, 0.6),
        sight.legal(),
        sight.distracting(),
        sight.asks_secrets(),
        sight.every_phrase(Sign::Urgency, 0.4),
        sight.every_phrase(Sign::Threat, 0.4),
        sight.generic_greeting(),
        sight.no_signer(),
        sight.once(&[Sign::Humanitarian], 0.6),
        sight.too_good(),
        sight.once(&[Sign::Special], 0.55),
        sight.once(&[Sign::Scarcity], 0.45),
        sight.mimics_process(),
        sight.poses(),
    ];
    (1u8..)
        .zip(found)
        .filter(|(_, found)| found.count > 0)
        .filter_map(|(number, found)| {
            CueType::of(number).map(|kind| Cue { number, kind, count: found.count, marks: found.marks })
        })
        .collect()
}

#[derive(Default)]
struct Found {
    count: u32,
    marks: Vec<Mark>,
}

impl Found {
    fn whether(seen: bool) -> Found {
        Found { count: u32::from(seen), marks: Vec::new() }
    }

    /// At most one, wherever it shows.
    fn once(marks: Vec<Mark>) -> Found {
        Found { count: u32::from(!marks.is_empty()), marks }
    }

    fn each(marks: Vec<Mark>) -> Found {
        Found { count: marks.len() as u32, marks }
    }

    fn add(&mut self, place: Place, span: Span) {
        self.add_mark(Mark { place, span });
    }

    fn add_mark(&mut self, mark: Mark) {
        self.count += 1;
        self.marks.push(mark);
    }
}

/// Most occurrences of one phrase cue that count; a tenth "urgent" tells a reader nothing new.
const MOST_PHRASES: usize = 4;

/// Fewer different words of another language in a line can be chance: names and loan words travel.
const FEWEST_OWN_WORDS: usize = 3;

/// How far into a text its lines are compared for their language, in bytes.
const LINES_READ: usize = 6_000;

impl Sight<'_> {
    fn errors(&self) -> Found {
        let mut found = self.every_phrase(Sign::Misspelling, 0.5);
        for span in writing::slips(&self.message.text, self.folded).into_iter().take(MOST_PHRASES) {
            found.add(Place::Text, span);
        }
        found
    }

    fn inconsistencies(&self) -> Found {
        let mut found = Found::default();
        if let Some(span) = self.other_language() {
            found.add(Place::Text, span);
        }
        if let Some(span) = writing::placeholder(&self.message.text) {
            found.add(Place::Text, span);
        }
        if self.facts.replies_elsewhere {
            found.add_mark(self.header("Reply-To"));
        }
        found
    }

    /// A line of at least six words in another of our languages than the rest, with words that this language lacks.
    fn other_language(&self) -> Option<Span> {
        let main = self.language.known()?;
        let mut start = 0;
        for line in self.message.text.split_inclusive('\n').take(120) {
            if start > LINES_READ {
                break;
            }
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            if span.len() < 24 || line.split_whitespace().nth(5).is_none() {
                continue;
            }
            let folded = fold::Folded::new(line);
            let is_other = |tongue: Tongue| {
                tongue != main && language::own_words(folded.words(), tongue, main) >= FEWEST_OWN_WORDS
            };
            if language::language_of(folded.words()).known().is_some_and(is_other) {
                return Some(span);
            }
        }
        None
    }

    fn files(&self) -> Found {
        let files = self.message.attachments.iter().enumerate().filter(|(_, file)| facts::is_to_open(file));
        Found::each(
            files.map(|(index, _)| Mark { place: Place::Attachment(index), span: Span::default() }).collect(),
        )
    }

    fn sender_hides(&self) -> Found {
        // A look-alike of the claimed name is cue 6. Where the address shows the name, nobody sees a difference.
        const CLAIMS: [&str; 2] = ["sender-brand-mismatch", "sender-name-own"];
        const CODES: [&str; 4] =
            ["sender-name-address", "sender-name-host", "sender-reply-free", "sender-free-role"];
        let from = self.message.from.as_ref();
        let hides = self.says(&CODES)
            || from.is_some_and(names::name_hides_address)
            || self.says(&CLAIMS) && !from.is_some_and(names::address_shows_name);
        Found::once(if hides { vec![self.header("From")] } else { Vec::new() })
    }

    fn links_hide(&self) -> Found {
        let mut hidden: Vec<(String, usize)> = Vec::new();
        for (index, link) in self.message.links.iter().enumerate() {
            let Some(host) = facts::host(&link.target) else { continue };
            let site = facts::registrable(&host).to_owned();
            let shown = link.shown.to_lowercase();
            if !shown.contains(&site) && !hidden.iter().any(|(known, _)| *known == site) {
                hidden.push((site, index));
            }
        }
        Found::each(hidden.into_iter().map(|(_, index)| self.link(index)).collect())
    }

    fn look_alike_domains(&self) -> Found {
        const CODES: [&str; 5] = [
            "sender-lookalike-own",
            "sender-lookalike-brand",
            "link-lookalike",
            "link-brand-borrowed",
            "link-mixed-letters",
        ];
        let marks = self.evidence.iter().filter(|one| CODES.contains(&one.finding.rule.as_ref()));
        let mut marks: Vec<Mark> =
            marks.map(|one| Mark { place: one.place.clone(), span: one.finding.span }).collect();
        marks.dedup();
        marks.truncate(3);
        Found::each(marks)
    }

    fn no_pictures(&self) -> Found {
        let pictures = self.message.page.images
            + self.message.attachments.iter().filter(|file| facts::is_picture(file)).count();
        Found::whether(pictures == 0)
    }

    fn out_of_date(&self) -> Found {
        let sent = self.message.date.and_then(writing::year_of);
        match (sent, writing::copyright_year(&self.message.text)) {
            (Some(sent), Some((year, span))) if year < sent => {
                let mut found = Found::default();
                found.add(Place::Text, span);
                found
            }
            _ => Found::default(),
        }
    }

    fn unprofessional(&self) -> Found {
        let (subject, text) = (&self.message.subject, &self.message.text);
        let name = self.message.from.as_ref().and_then(|from| from.name.as_deref()).unwrap_or("");
        let at = |place: Place| move |span: Span| Mark { place, span };
        let dressed = writing::is_dressed_up(subject).then(|| Span::new(0, subject.len()));
        let marks = [
            dressed.map(at(Place::Subject)),
            writing::is_dressed_up(name).then(|| self.header("From")),
            writing::placeholder(text).map(at(Place::Text)),
            writing::shouts(text).map(at(Place::Text)),
        ];
        Found::once(marks.into_iter().flatten().collect())
    }

    fn legal(&self) -> Found {
        let mut found = Found::default();
        if let Some((_, span)) = writing::copyright_year(&self.message.text) {
            found.add(Place::Text, span);
        }
        for hit in self.text.of(Sign::Legal) {
            if found
                .marks
                .iter()
                .all(|mark| hit.span.start > mark.span.end + 80 || hit.span.end + 80 < mark.span.start)
            {
                found.add(Place::Text, hit.span);
            }
        }
        found.count = found.count.min(2);
        found.marks.truncate(2);
        found
    }

    fn distracting(&self) -> Found {
        let mut found = Found::default();
        if let Some(span) = writing::reference_number(&self.message.text) {
            found.add(Place::Text, span);
        } else if let Some(span) = writing::reference_number(&self.message.subject) {
            found.add(Place::Subject, span);
        }
        found
    }

    fn asks_secrets(&self) -> Found {
        let mut found = Found::default();
        let sells = self.value(Sign::Goods).max(self.value(Sign::Prize)).max(self.value(Sign::Romance));
        for (sign, enough) in [(Sign::AskLogin, 0.65), (Sign::AskPersonal, 0.6)] {
            let (value, marks) = self.asked(sign);
            if value >= enough && value > sells {
                found.count += 1;
                found.marks.extend(marks);
            }
        }
        found.count += u32::from(self.facts.asks_here);
        found
    }

    /// How far something is asked for, and where. What only tells of a danger or names a sign-in asks for nothing, as `an
    /// unusual sign-in` does, and legal language speaks of personal data without wanting any.
    fn asked(&self, sign: Sign) -> (f32, Vec<Mark>) {
        let mut missing = 1.0f32;
        let mut seen: Vec<u32> = Vec::new();
        let mut marks = Vec::new();
        for (hits, place) in [(self.subject, Place::Subject), (self.text, Place::Text)] {
            for hit in hits.of(sign) {
                let tells = hits.of(Sign::Threat).any(|threat| threat.span.overlaps(hit.span))
                    || hits.of(Sign::SignIn).any(|named| named.span == hit.span);
                let is_legal = sign == Sign::AskPersonal
                    && hits.of(Sign::Legal).any(|legal| {
                        hit.span.start <= legal.span.end + NEAR_LEGAL
                            && legal.span.start <= hit.span.end + NEAR_LEGAL
                    });
                if tells || is_legal {
                    continue;
                }
                if !seen.contains(&hit.phrase) {
                    seen.push(hit.phrase);
                    missing *= 1.0 - hit.weight;
                }
                if marks.len() < MOST_PHRASES {
                    marks.push(Mark { place: place.clone(), span: hit.span });
                }
            }
        }
        (1.0 - missing, marks)
    }

    fn generic_greeting(&self) -> Found {
        Found::whether(!names::is_personal(self.message))
    }

    fn no_signer(&self) -> Found {
        let text = &self.message.text;
        let signed = self.text.of(Sign::SignOff).any(|hit| {
            hit.span.start * 4 >= text.len().min(fold::LONGEST) && names::is_signature(text, hit.span)
        });
        let named = self.message.from.as_ref().is_some_and(|from| names::ends_with_name(text, from));
        Found::whether(!signed && !named)
    }

    fn too_good(&self) -> Found {
        let good = self.value(Sign::Prize).max(self.value(Sign::Fortune)) >= 0.65
            || self.subject.of(Sign::Reward).chain(self.text.of(Sign::Reward)).any(|hit| hit.weight >= 0.6);
        if good { self.once(&[Sign::Prize, Sign::Fortune, Sign::Reward], 0.0) } else { Found::default() }
    }

    fn mimics_process(&self) -> Found {
        const PROCESSES: [Sign; 8] = [
            Sign::Voicemail,
            Sign::SharedFile,
            Sign::Invoice,
            Sign::Parcel,
            Sign::Order,
            Sign::Payroll,
            Sign::Renewal,
            Sign::Tax,
        ];
        // An account is part of work when something is to be done about it.
        let account = self.value(Sign::Account) * self.value(Sign::AskLogin).max(self.value(Sign::Threat));
        let process = PROCESSES.iter().map(|sign| self.value(*sign)).fold(account, f32::max);
        let other = [Sign::Prize, Sign::Goods, Sign::Romance, Sign::Fortune, Sign::Loan]
            .iter()
            .map(|sign| self.value(*sign))
            .fold(0.0, f32::max);
        if process < 0.65 || process <= other {
            return Found::default();
        }
        let mut marks = self.marks(&PROCESSES);
        if marks.is_empty() {
            marks = self.marks(&[Sign::Account]);
        }
        Found { count: 1, marks }
    }

    fn poses(&self) -> Found {
        let mut marks = self.marks_from(&[Sign::Authority], 0.55);
        if self.value(Sign::AskAvailable) >= 0.7 {
            marks.extend(self.marks(&[Sign::AskAvailable]));
        }
        Found::once(marks)
    }

    /// Each different place where a phrase of this weight stands.
    fn every_phrase(&self, sign: Sign, from_weight: f32) -> Found {
        let mut found = Found::default();
        let mut seen: Vec<u32> = Vec::new();
        for (hits, place) in [(self.subject, Place::Subject), (self.text, Place::Text)] {
            for hit in hits.of(sign).filter(|hit| hit.weight >= from_weight) {
                let overlaps =
                    found.marks.iter().any(|mark| mark.place == place && mark.span.overlaps(hit.span));
                if !overlaps && !seen.contains(&hit.phrase) && found.marks.len() < MOST_PHRASES {
                    seen.push(hit.phrase);
                    found.add(place.clone(), hit.span);
                }
            }
        }
        found
    }

    /// At most once, when one of the signs is strong enough.
    fn once(&self, signs: &[Sign], enough: f32) -> Found {
        let strongest = signs.iter().map(|sign| self.value(*sign)).fold(0.0, f32::max);
        if strongest > 0.0 && strongest >= enough {
            Found { count: 1, marks: self.marks(signs) }
        } else {
            Found::default()
        }
    }

    fn value(&self, sign: Sign) -> f32 {
        1.0 - (1.0 - self.subject.strength(sign)) * (1.0 - self.text.strength(sign))
    }

    fn marks(&self, signs: &[Sign]) -> Vec<Mark> {
        self.marks_from(signs, 0.0)
    }

    /// Where phrases of at least this weight stand.
    fn marks_from(&self, signs: &[Sign], weight: f32) -> Vec<Mark> {
        let of = |hits: &Hits, place: Place| -> Vec<Mark> {
            hits.all
                .iter()
                .filter(|hit| signs.contains(&hit.sign) && hit.weight >= weight)
                .take(MOST_PHRASES)
                .map(|hit| Mark { place: place.clone(), span: hit.span })
                .collect()
        };
        let mut marks = of(self.subject, Place::Subject);
        marks.extend(of(self.text, Place::Text));
        marks
    }

    /// A header with its whole value.
    fn header(&self, name: &str) -> Mark {
        let length = self.message.header(name).map_or(0, str::len);
        Mark { place: Place::Header(name.to_owned()), span: Span::new(0, length) }
    }

    /// A link with the words shown for it, where they stand in the text.
    fn link(&self, index: usize) -> Mark {
        let shown = self.message.links.get(index).and_then(|link| link.span);
        Mark { place: Place::Link(index), span: shown.unwrap_or_default() }
    }

    fn says(&self, codes: &[&str]) -> bool {
        self.evidence.iter().any(|one| codes.contains(&one.finding.rule.as_ref()))
    }
}
