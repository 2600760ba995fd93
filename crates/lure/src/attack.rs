//! What kind of attack a message would be, from what it asks for, what it is about, its links, attachments and levers.
//! A guess with reasons, for grouping and for the right advice; it says nothing about whether the message is harmful.

mod weights;

use mail::Place;

use crate::facts::Facts;
use crate::language::Language;
use crate::levers::Mark;
use crate::say::{self, Locale};
use crate::signs::{Hits, Sign};
use weights::{EVERYDAY_WEIGHTS, weights};

/// The kinds of attack we tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttackType {
    /// Wants a password, a card number, a recovery phrase or other personal data.
    CredentialPhishing,
    /// Business e-mail compromise: a payment.
    Payment,
    /// Business e-mail compromise: where a salary is paid.
    Payroll,
    /// Business e-mail compromise: gift cards.
    GiftCards,
    /// Business e-mail compromise: an invoice or new bank details.
    Invoice,
    /// A number to call.
    CallBack,
    /// A file or a download that does harm.
    Malware,
    Extortion,
    /// Pay a little now for a fortune later.
    AdvanceFee,
    Job,
    Romance,
    Parcel,
    /// A prize or gift that was never won.
    Prize,
    /// Only finds out whether somebody answers.
    Reconnaissance,
    /// Unwanted advertising.
    Spam,
}

impl AttackType {
    pub const ALL: [AttackType; 15] = [
        AttackType::CredentialPhishing,
        AttackType::Payment,
        AttackType::Payroll,
        AttackType::GiftCards,
        AttackType::Invoice,
        AttackType::CallBack,
        AttackType::Malware,
        AttackType::Extortion,
        AttackType::AdvanceFee,
        AttackType::Job,
        AttackType::Romance,
        AttackType::Parcel,
        AttackType::Prize,
        AttackType::Reconnaissance,
        AttackType::Spam,
    ];

    /// The stable name used in machine-readable output.
    pub fn code(self) -> &'static str {
        match self {
            AttackType::CredentialPhishing => "credential-phishing",
            AttackType::Payment => "payment",
            AttackType::Payroll => "payroll",
            AttackType::GiftCards => "gift-cards",
            AttackType::Invoice => "invoice",
            AttackType::CallBack => "call-back",
            AttackType::Malware => "malware",
            AttackType::Extortion => "extortion",
            AttackType::AdvanceFee => "advance-fee",
            AttackType::Job => "job",
            AttackType::Romance => "romance",
            AttackType::Parcel => "parcel",
            AttackType::Prize => "prize",
            AttackType::Reconnaissance => "reconnaissance",
            AttackType::Spam => "spam",
        }
    }

    /// The family: the four kinds of business e-mail compromise are one, and so are the scams.
    pub fn family(self) -> &'static str {
        match self {
            AttackType::Payment | AttackType::Payroll | AttackType::GiftCards | AttackType::Invoice => "bec",
            AttackType::Job | AttackType::Romance | AttackType::Parcel | AttackType::Prize => "scam",
            AttackType::CredentialPhishing
            | AttackType::CallBack
            | AttackType::Malware
            | AttackType::Extortion
            | AttackType::AdvanceFee
            | AttackType::Reconnaissance
            | AttackType::Spam => self.code(),
        }
    }
}

/// The guess.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attack {
    /// Nothing when we cannot tell.
    pub kind: Option<AttackType>,
    /// 0 (no idea) to 1 (clear).
    pub certainty: f32,
    /// What speaks for it, strongest first.
    pub reasons: Vec<Reason>,
    /// The next best guess.
    pub or_maybe: Option<AttackType>,
    /// The share of each kind, in the order of [`AttackType::ALL`]; all zero when we cannot tell.
    pub shares: [f32; 15],
}

/// One observation that speaks for the guess.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    pub sign: Observation,
    /// How much it adds.
    pub points: f32,
    /// Where it can be seen; empty for facts about the whole.
    pub marks: Vec<Mark>,
}

/// Something seen in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Observation {
    Words(Sign),
    HasLink,
    NoLink,
    /// A number to call and no link.
    PhoneOnly,
    HasFile,
    RiskyFile,
    PageFile,
    /// A link that leads straight to a program or a packed file.
    LinkToFile,
    AsksForPasswordHere,
    RepliesGoElsewhere,
    SenderIsFreeMail,
    VeryShort,
    PictureOnly,
    BitcoinAddress,
    SeveralOffers,
    /// A sum of money too large for everyday mail.
    LargeSum,
    /// Lines to fill in and send back.
    FieldsToFill,
    /// It answers an earlier message, or came through a list on which people write to each other.
    Conversation,
    /// It is long and leads to many places, as a newsletter does.
    ManyTopics,
    /// Its only files are documents to print.
    OnlyPages,
    /// It comes from the house of its reader, and an answer stays there.
    OwnHouse,
    /// A stranger asks for an answer and names no matter.
    BareOpener,
    /// The sender's site bears the name shown for it, and every link stays there.
    OwnName,
    /// Both together, as far as the weaker one goes: neither says it alone.
    Both(Sign, Sign),
}

impl Observation {
    /// Whether it can speak for a kind on its own.
    fn is_ground(self) -> bool {
        match self {
            Observation::Words(_)
            | Observation::Both(..)
            | Observation::FieldsToFill
            | Observation::BareOpener
            | Observation::RiskyFile
            | Observation::PageFile
            | Observation::LinkToFile
            | Observation::AsksForPasswordHere
            | Observation::BitcoinAddress => true,
            Observation::HasLink
            | Observation::NoLink
            | Observation::HasFile
            | Observation::RepliesGoElsewhere
            | Observation::SenderIsFreeMail
            | Observation::VeryShort
            | Observation::PictureOnly
            | Observation::SeveralOffers
            | Observation::PhoneOnly
            | Observation::LargeSum
            | Observation::Conversation
            | Observation::ManyTopics
            | Observation::OnlyPages
            | Observation::OwnHouse
            | Observation::OwnName => false,
        }
    }

    fn key(self) -> String {
        match self {
            Observation::Words(sign) | Observation::Both(sign, _) => format!("seen-{}", sign.code()),
            Observation::HasLink => "seen-link".to_owned(),
            Observation::NoLink => "seen-no-link".to_owned(),
            Observation::PhoneOnly => "seen-phone-only".to_owned(),
            Observation::HasFile => "seen-file".to_owned(),
            Observation::RiskyFile => "seen-risky-file".to_owned(),
            Observation::PageFile => "seen-page-file".to_owned(),
            Observation::LinkToFile => "seen-link-to-file".to_owned(),
            Observation::AsksForPasswordHere => "seen-password-field".to_owned(),
            Observation::RepliesGoElsewhere => "seen-replies-elsewhere".to_owned(),
            Observation::SenderIsFreeMail => "seen-free-mail".to_owned(),
            Observation::VeryShort => "seen-very-short".to_owned(),
            Observation::PictureOnly => "seen-picture-only".to_owned(),
            Observation::BitcoinAddress => "seen-bitcoin-address".to_owned(),
            Observation::SeveralOffers => "seen-several-offers".to_owned(),
            Observation::LargeSum => "seen-large-sum".to_owned(),
            Observation::FieldsToFill => "seen-fields-to-fill".to_owned(),
            Observation::Conversation => "seen-conversation".to_owned(),
            Observation::ManyTopics => "seen-many-topics".to_owned(),
            Observation::OnlyPages => "seen-only-pages".to_owned(),
            Observation::OwnHouse => "seen-own-house".to_owned(),
            Observation::BareOpener => "seen-bare-opener".to_owned(),
            Observation::OwnName => "seen-own-name".to_owned(),
        }
    }
}

impl Reason {
    /// One plain sentence.
    pub fn sentence(&self, locale: Locale) -> &'static str {
        say::one(locale, &self.sign.key())
    }
}

/// How many points must come from words, forms or files.
const GROUNDS_FROM: f32 = 0.4;

/// A sign weaker than this is no ground: two everyday words are needed, or one telling phrase.
const FAINT_BELOW: f32 = 0.35;

/// Below this certainty no kind is named.
const CERTAIN_FROM: f32 = 0.2;

/// How sharply a lead in points becomes certainty.
const SHARPNESS: f32 = 1.2;

/// The points that everyday mail has from the start: a kind must outweigh them and what else speaks for everyday mail.
const EVERYDAY: f32 = 0.7;

/// How much of the points a clear warning takes away: it speaks the words of an attack to tell of it.
const TOLD: f32 = 0.9;

/// From so many words on one phrase alone is doubted.
const LONG_FROM: usize = 100;

/// What is left of the points of a kind for which only one phrase speaks.
const LONE: f32 = 0.5;

/// How many kinds are doubted one after the other.
const DOUBTED: usize = 4;

/// How much of the points a mere notice takes away: it speaks of accounts, payments and parcels and wants nothing.
const CALM: f32 = 0.65;

pub(crate) fn read(subject: &Hits, text: &Hits, facts: &Facts, language: Language) -> Attack {
    let seen = Seen { subject, text, facts };
    if language == Language::Other {
        return Attack::default();
    }
    let everyday = EVERYDAY + seen.points(EVERYDAY_WEIGHTS);
    let told = 1.0 - TOLD * seen.value(Observation::Words(Sign::Warning));
    let calm = 1.0 - CALM * seen.calm();
    let mut points = AttackType::ALL.map(|kind| told * calm * seen.score(kind));
    seen.doubt_lone_words(&mut points);
    // A kind for which nothing speaks takes no share.
    let likeliness = |points: f32| ((SHARPNESS * points).exp() - 1.0).max(0.0);
    let total: f32 =
        likeliness(everyday.max(0.1)) + points.iter().map(|points| likeliness(*points)).sum::<f32>();
    let shares = points.map(|points| likeliness(points) / total);
    let mut scores: Vec<(AttackType, f32)> = AttackType::ALL.into_iter().zip(points).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let certainty = shares.iter().copied().fold(0.0, f32::max);
    let Some((kind, strongest)) = scores.first().copied() else { return Attack::default() };
    if strongest < everyday || certainty < CERTAIN_FROM {
        return Attack { shares, ..Attack::default() };
    }
    let or_maybe = scores
        .get(1)
        .filter(|(_, score)| strongest - score < 1.0 && *score >= everyday)
        .map(|(kind, _)| *kind);
    Attack { kind: Some(kind), certainty, reasons: seen.reasons(kind), or_maybe, shares }
}

struct Seen<'a> {
    subject: &'a Hits,
    text: &'a Hits,
    facts: &'a Facts,
}

impl Seen<'_> {
    /// The points of a kind; none unless something in the words, the form or the files speaks for it, since being short
    /// or having no link fits every note between colleagues.
    fn score(&self, kind: AttackType) -> f32 {
        let mut points = 0.0;
        let mut grounds = 0.0f32;
        for (observation, weight) in weights(kind) {
            let adds = weight * self.value(*observation);
            points += adds;
            if observation.is_ground() && !self.is_faint(*observation) {
                grounds += adds.max(0.0);
            }
        }
        if grounds >= GROUNDS_FROM { points } else { 0.0 }
    }

    /// In a letter of some length one phrase alone makes no kind: every word list meets an everyday meaning somewhere.
    fn doubt_lone_words(&self, points: &mut [f32; 15]) {
        if self.facts.words < LONG_FROM {
            return;
        }
        for _ in 0..DOUBTED {
            let ranked = AttackType::ALL.into_iter().zip(points.iter_mut());
            let Some((kind, most)) = ranked.max_by(|a, b| a.1.total_cmp(b.1)) else { return };
            if *most <= 0.0 || !self.is_lone(kind) {
                return;
            }
            *most *= LONE;
        }
    }

    /// Whether all that speaks for a kind is one phrase of the text, or the same said again. A subject is chosen to tell.
    fn is_lone(&self, kind: AttackType) -> bool {
        let speaks = |observation: Observation, weight: f32| weight > 0.0 && observation.is_ground();
        let mut signs: Vec<Sign> = Vec::new();
        for (observation, weight) in weights(kind).iter().filter(|(seen, weight)| speaks(*seen, *weight)) {
            match observation {
                Observation::Words(sign) => signs.push(*sign),
                Observation::Both(..) => {}
                _ if self.value(*observation) > 0.0 && *weight > 0.0 => return false,
                _ => {}
            }
        }
        let of = |hits: &'_ Hits| hits.all.iter().any(|hit| signs.contains(&hit.sign));
        if of(self.subject) {
            return false;
        }
        let mut hits = self.text.all.iter().filter(|hit| signs.contains(&hit.sign));
        let Some(first) = hits.next() else { return true };
        hits.all(|hit| hit.phrase == first.phrase || hit.span.overlaps(first.span))
    }

    /// How far it only tells what has happened: without haste, loss, new bank details, a number to call, or anything that
    /// could do harm by itself.
    fn calm(&self) -> f32 {
        let harmful = [
            Observation::RiskyFile,
            Observation::PageFile,
            Observation::LinkToFile,
            Observation::AsksForPasswordHere,
            Observation::PhoneOnly,
            Observation::BitcoinAddress,
        ];
        let words = |sign: Sign| self.value(Observation::Words(sign));
        let harm = harmful.map(|one| self.value(one));
        let pressing = [Sign::Urgency, Sign::AskGiftCard, Sign::Extortion, Sign::AskRun].map(words);
        let moves = words(Sign::AskBankChange) * (1.0 - words(Sign::BankUnchanged));
        let most = harm.into_iter().chain(pressing).fold(moves.max(0.6 * words(Sign::Threat)), f32::max);
        words(Sign::Notice) * (1.0 - most)
    }

    /// Whether all there is of a sign is one word that everyday mail has as well.
    fn is_faint(&self, observation: Observation) -> bool {
        let Observation::Words(sign) = observation else { return false };
        1.0 - (1.0 - self.text.strength(sign)) * (1.0 - self.subject.strength(sign)) < FAINT_BELOW
    }

    fn points(&self, weights: &[(Observation, f32)]) -> f32 {
        weights.iter().map(|(observation, weight)| weight * self.value(*observation)).sum()
    }

    fn reasons(&self, kind: AttackType) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = weights(kind)
            .iter()
            .filter(|(_, points)| *points > 0.0)
            .map(|(sign, points)| Reason {
                sign: *sign,
                points: points * self.value(*sign),
                marks: self.marks(*sign),
            })
            .filter(|reason| reason.points > 0.15)
            .collect();
        reasons.sort_by(|a, b| b.points.total_cmp(&a.points));
        reasons.truncate(5);
        reasons
    }

    /// How much of an observation is there, 0 to 1.
    fn value(&self, observation: Observation) -> f32 {
        let whether = |fact: bool| if fact { 1.0 } else { 0.0 };
        match observation {
            Observation::Words(sign) => {
                1.0 - (1.0 - self.text.strength(sign)) * (1.0 - self.subject.strength(sign)).powi(2)
            }
            Observation::HasLink => whether(self.facts.web_links > 0),
            Observation::NoLink => whether(self.facts.web_links == 0),
            // A number is in many letters; it is a way to be reached when there is a charge or an alarm to talk about.
            Observation::PhoneOnly => {
                let words = |sign: Sign| self.value(Observation::Words(sign));
                let cause = [Sign::Renewal, Sign::Order, Sign::Invoice, Sign::Threat].map(words);
                let cause = cause.into_iter().fold(words(Sign::AskCall), f32::max);
                cause * whether(self.facts.phones > 0 && self.facts.web_links == 0)
            }
            Observation::HasFile => whether(self.facts.files > 0),
            Observation::RiskyFile => whether(self.facts.risky_files > 0),
            Observation::PageFile => whether(self.facts.page_files > 0),
            Observation::LinkToFile => whether(self.facts.links_to_files > 0),
            // Newsletters have forms as well, to search or to subscribe: those count as far as the words fit.
            Observation::AsksForPasswordHere if self.facts.password_here => 1.0,
            Observation::AsksForPasswordHere => {
                let asks =
                    [Sign::AskLogin, Sign::AskPersonal].map(|sign| self.value(Observation::Words(sign)));
                whether(self.facts.asks_here) * asks.into_iter().fold(0.0, f32::max)
            }
            Observation::RepliesGoElsewhere => whether(self.facts.replies_elsewhere),
            Observation::SenderIsFreeMail => whether(self.facts.free_mail),
            Observation::VeryShort => whether(self.facts.words < 60 && self.facts.words > 2),
            Observation::PictureOnly => whether(self.facts.picture_only),
            Observation::BitcoinAddress => whether(self.facts.bitcoin_address),
            Observation::SeveralOffers => whether(self.facts.leaves_list),
            Observation::LargeSum => whether(self.facts.large_sum),
            Observation::FieldsToFill => whether(self.facts.fields_to_fill >= 3),
            Observation::Conversation => whether(self.facts.conversation),
            Observation::ManyTopics => whether(self.facts.words >= 350 && self.facts.web_links >= 12),
            Observation::OnlyPages => whether(self.facts.only_pages),
            Observation::OwnHouse => whether(self.facts.own_house),
            Observation::BareOpener => {
                let words = [Sign::AskAvailable, Sign::AskReply, Sign::Away, Sign::Helpfulness];
                let wants = words.map(|sign| self.value(Observation::Words(sign)));
                let wants = wants.into_iter().fold(if self.facts.asks { 0.7 } else { 0.0 }, f32::max);
                let matters = [Sign::Romance, Sign::Fortune, Sign::Loan, Sign::Job, Sign::Prize, Sign::Goods];
                let named = matters.map(|sign| self.value(Observation::Words(sign)));
                let named = named.into_iter().fold(0.0, f32::max);
                let private = self.facts.free_mail || self.facts.replies_elsewhere;
                wants * (1.0 - named) * whether(self.facts.bare && !self.facts.conversation && private)
            }
            Observation::OwnName => whether(self.facts.own_name),
            Observation::Both(one, other) => {
                self.value(Observation::Words(one)).min(self.value(Observation::Words(other)))
            }
        }
    }

    fn marks(&self, observation: Observation) -> Vec<Mark> {
        let signs: Vec<Sign> = match observation {
            Observation::Words(sign) => vec![sign],
            Observation::Both(one, other) => vec![one, other],
            _ => return Vec::new(),
        };
        let of = |hits: &Hits, place: Place| -> Vec<Mark> {
            let hits = hits.all.iter().filter(|hit| signs.contains(&hit.sign));
            hits.map(|hit| Mark { place: place.clone(), span: hit.span }).collect()
        };
        let in_subject = of(self.subject, Place::Subject).into_iter();
        let in_text = of(self.text, Place::Text);
        in_subject.chain(in_text).take(crate::levers::MOST_MARKS).collect()
    }
}
