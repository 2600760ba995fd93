//! One number for how hard a message is to spot, from features that should hold for any mail.
//! It reads the message as a person at work would; it never reads headers that a person does not see.

use mail::Message;

use crate::Lure;
use crate::levers::LeverKind;

/// How hard a message is to spot for a person, 0 easy to 1 hard. An ordering, not a probability.
///
/// Harder: a premise that fits daily work, a plain errand without promises, the reader's own name, a sender whose name
/// and address agree, links that do not show where they go badly, a signature, clean writing. Easier: every visible
/// cue, offers too good to be true, threats and shouting, mistakes, a file or link that looks wrong. Why these should
/// transfer to other mail is written in `docs/reference/phish-scale.md`.
pub fn difficulty_estimate(lure: &Lure, message: &Message) -> f32 {
    let scale = &lure.phish_scale;
    let count =
        |number: u8| scale.cues.iter().find(|cue| cue.number == number).map_or(0.0, |cue| cue.count as f32);
    let has = |number: u8| count(number).min(1.0);
    let leaning = |kind: LeverKind| lure.leaning(kind);
    let premise = (scale.premise.rating() as f32 / 20.0).clamp(0.0, 1.0);
    let words = message.text.split_whitespace().take(400).count() as f32;

    let mut easy = 0.0;
    easy += 0.50 * (count(1) / 3.0).min(1.0);
    easy += 0.20 * has(2);
    easy += 0.35 * has(3);
    easy += 0.45 * has(4);
    easy += 0.15 * (count(5) / 3.0).min(1.0);
    easy += 0.25 * has(6);
    easy += 0.10 * has(8);
    easy += 0.45 * has(9);
    easy += 0.25 * has(10);
    easy += 0.40 * has(13);
    easy += 0.15 * (count(14) / 3.0).min(1.0);
    easy += 0.30 * (count(15) / 3.0).min(1.0);
    easy += 0.30 * has(16);
    easy += 0.20 * has(17);
    easy += 0.40 * has(18);
    easy += 0.70 * has(19);
    easy += 0.30 * has(20);
    easy += 0.20 * has(21);
    easy += 0.35 * leaning(LeverKind::Reward);
    easy += 0.25 * leaning(LeverKind::Secrecy);

    let mut hard = 0.0;
    hard += 0.90 * premise;
    hard += 0.35 * has(22) * (1.0 - has(19));
    hard += 0.15 * has(11);
    hard += 0.15 * leaning(LeverKind::Helpfulness) * (1.0 - has(13));
    // A few sentences are a normal note at work; a single line gives no story, a long page shows more to doubt.
    hard += 0.20 * (1.0 - ((words - 80.0).abs() / 160.0).min(1.0));

    1.0 / (1.0 + (1.4 * (easy - hard) - 0.9).exp())
}
