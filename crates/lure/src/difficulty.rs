//! One number for how hard a message is to spot, from features that should hold for any mail.
//! It reads the message as a person at work would; it never reads headers that a person does not see. Its weights stand
//! here, set by hand from what is known of people, and fitted to no set of mails.

use mail::Message;

use crate::Lure;
use crate::signs::Sign;

/// How hard a message is to spot for a person, 0 easy to 1 hard. An ordering, not a probability.
///
/// People find a phish by what makes it unlike genuine mail: a gift nobody promised, a demand for a password, threats and
/// haste, a greeting to nobody, slips and shouting. They miss what looks like every other mail: an everyday matter, the
/// reader's name, details, a signature, nothing alarming. Why these should transfer to other mail is written in
/// `docs/reference/phish-scale.md`. A subject and a text are enough; a sender and links add what they show.
pub fn difficulty_estimate(lure: &Lure, message: &Message) -> f32 {
    let parts = parts(lure, message);
    let easy: f32 = parts.easy.iter().map(|part| part.1).sum();
    let hard: f32 = parts.hard.iter().map(|part| part.1).sum();
    1.0 / (1.0 + (1.2 * (easy - hard)).exp())
}

/// What makes a message easy or hard to spot: name and weight, only those that are there.
pub(crate) struct Parts {
    pub easy: Vec<(&'static str, f32)>,
    pub hard: Vec<(&'static str, f32)>,
}

pub(crate) fn parts(lure: &Lure, message: &Message) -> Parts {
    let value = |sign: Sign| lure.strength(sign);
    let most = |signs: &[Sign]| signs.iter().map(|sign| value(*sign)).fold(0.0, f32::max);
    let cue = |number: u8| {
        lure.phish_scale.cues.iter().find(|cue| cue.number == number).map_or(0.0, |cue| cue.count as f32)
    };
    let has = |number: u8| cue(number).min(1.0);
    let writing = Writing::of(message);

    let secrets = most(&[Sign::AskLogin, Sign::AskPersonal]);
    let gain = most(&[Sign::Prize, Sign::Fortune]).max(0.8 * value(Sign::Reward));
    let sells = most(&[Sign::Romance, Sign::Goods, Sign::Loan, Sign::Crypto]);
    let alarm = 1.0 - (1.0 - value(Sign::Threat)) * (1.0 - 0.8 * value(Sign::Urgency));
    let odd = most(&[Sign::Extortion, Sign::AskGiftCard, Sign::Secrecy, Sign::Humanitarian]);
    let process = most(&[
        Sign::SharedFile,
        Sign::Payroll,
        Sign::Voicemail,
        Sign::Invoice,
        Sign::Order,
        Sign::Parcel,
        Sign::Renewal,
        Sign::AskAvailable,
        Sign::AskOpenFile,
    ]);
    let tempting = gain.max(0.7 * sells).max(odd);

    let easy = vec![
        ("a gift or fortune", 1.1 * gain),
        ("something for sale, love, coins", 0.5 * sells),
        ("asks for a password or private data", 0.7 * secrets),
        (
            "threatens or hurries",
            0.5 * value(Sign::Threat) + 0.35 * value(Sign::Urgency) + 0.2 * value(Sign::Scarcity),
        ),
        ("a threatened account and a password in one", 0.3 * secrets * alarm),
        ("an odd favour, a secret, a plea", 0.7 * odd),
        ("mistakes", 0.6 * (cue(1) / 3.0).min(1.0)),
        ("shouting", 0.5 * writing.shouting),
        ("money named", 0.25 * writing.money),
        ("only a link to click", 0.3 * writing.clicks),
        ("greets nobody", 0.3 * value(Sign::GenericGreeting)),
        ("claims to be safe", 0.2 * value(Sign::SecurityClaim)),
        ("chosen out of many", 0.3 * value(Sign::Special)),
        ("things that do not fit together", 0.3 * has(2) + 0.3 * has(9)),
        ("the sender's name hides the address", 0.35 * has(4)),
        ("a name that imitates another", 0.25 * has(6)),
        ("a file", 0.15 * has(3)),
        ("bare addresses in the text", 0.3 * writing.addresses),
        ("nearly no words", 0.25 * writing.bare),
    ];
    let hard = vec![
        ("an everyday matter", 0.5 * value(Sign::Routine) * (1.0 - 0.6 * tempting)),
        ("a step of work", 0.5 * process * (1.0 - 0.6 * tempting)),
        ("nothing alarming, nothing asked", 0.7 * (1.0 - secrets) * (1.0 - alarm) * (1.0 - tempting)),
        ("the reader's name", 0.35 * (1.0 - has(16))),
        ("somebody signs", 0.2 * (1.0 - has(17))),
        ("details", 0.4 * writing.details),
        // A longer text gives our lists more to find without being any easier for a person; this takes that out.
        ("room for phrases", 0.6 * writing.room),
        ("small print of genuine mail", 0.2 * value(Sign::Legal)),
        ("poses as somebody near", 0.15 * value(Sign::AskAvailable).max(value(Sign::Helpfulness))),
    ];
    Parts { easy, hard }
}

/// How the words stand there, each 0 to 1.
struct Writing {
    shouting: f32,
    money: f32,
    clicks: f32,
    addresses: f32,
    details: f32,
    bare: f32,
    room: f32,
}

/// Most words of a text that are looked at.
const WORDS_READ: usize = 600;

impl Writing {
    fn of(message: &Message) -> Writing {
        let (mut words, mut loud, mut marks, mut sums) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
        let (mut clicks, mut addresses, mut details) = (0.0_f32, 0.0_f32, 0.0_f32);
        let mut opens = true;
        for word in message.subject.split_whitespace().chain(message.text.split_whitespace()).take(WORDS_READ)
        {
            words += 1.0;
            let bare = word.trim_matches(|character: char| !character.is_alphanumeric());
            let first = bare.chars().next();
            let small = bare.chars().any(char::is_lowercase);
            let digit = bare.chars().any(|character| character.is_ascii_digit());
            loud += count(bare.chars().count() >= 4 && !small && !digit);
            marks += count(word.contains('!'));
            sums += count(word.contains(['$', '\u{20ac}', '\u{a3}']));
            let lower = bare.to_lowercase();
            clicks += count(lower.starts_with("click") || lower == "klicken" || lower == "clique");
            let address = word.contains("://") || lower.starts_with("www.");
            addresses += count(address);
            // A number, or a name inside a sentence: what only somebody who knows would write.
            let named = small && !opens && first.is_some_and(char::is_uppercase);
            details += count(!address && (digit || named));
            opens = word.ends_with(['.', '!', '?', ':']);
        }
        let share = |count: f32, of: f32| (count / words.max(1.0) / of).min(1.0);
        Writing {
            shouting: share(loud, 0.12).max((marks / 4.0).min(1.0)),
            money: (sums / 2.0).min(1.0),
            clicks: (clicks / 2.0).min(1.0),
            addresses: (addresses / 2.0).min(1.0),
            details: share(details, 0.25),
            bare: (1.0 - words / 25.0).max(0.0),
            room: (words / 250.0).min(1.0),
        }
    }
}

fn count(fact: bool) -> f32 {
    if fact { 1.0 } else { 0.0 }
}
