//! From evidence to one of five words, with its reasons and its certainty. It never closes anything by itself.

use crate::{Evidence, Source, Verdict, VerdictKind};

/// Scores from here on, from at least two kinds of evidence, speak of harm.
pub const HARMFUL_FROM: i32 = 36;
/// Scores from here on are worth a closer look.
pub const SUSPICIOUS_FROM: i32 = 18;
/// Scores down to here, with a reason to trust the sender, look genuine.
pub const GENUINE_TO: i32 = -12;

/// Weighs the evidence. Signs of one kind say much the same, so each kind counts only up to a bound, and harm is
/// only spoken of when two kinds agree or one sign is strong enough alone. Nothing is suspected for its pressing words
/// alone.
pub(crate) fn weigh(evidence: &[Evidence]) -> Verdict {
    let mut score = 0;
    let mut kinds = 0;
    for (source, most) in BOUNDS {
        let of_kind = || evidence.iter().filter(|one| one.source == source);
        let against: i32 =
            diminishing(of_kind().map(|one| one.weight).filter(|weight| *weight > 0).collect());
        let for_it: i32 = of_kind().map(|one| one.weight.min(0)).sum();
        let against = against.min(most);
        kinds += i32::from(against >= KIND_FROM);
        score += against + for_it;
    }
    let strong = evidence.iter().any(|one| one.weight >= ALONE);
    let trusted = evidence.iter().any(|one| TRUST.contains(&one.finding.rule.as_ref()));
    let beyond_pressure =
        evidence.iter().any(|one| one.weight > 0 && !PRESSURE.contains(&one.finding.rule.as_ref()));
    // A drill's host is known to everybody who ever got one: its link alone excuses nothing that weighs by itself.
    let weightier = score >= SUSPICIOUS_FROM
        && evidence.iter().any(|one| AGAINST_A_DRILL.contains(&one.finding.rule.as_ref()));
    if let Some(drill) = evidence
        .iter()
        .find(|one| one.finding.rule == "drill-ours" || one.source == Source::Drill && !weightier)
    {
        return Verdict {
            kind: VerdictKind::OurDrill,
            score: 0,
            certainty: 1.0,
            reasons: vec![drill.finding.rule.to_string()],
        };
    }
    let kind = if score >= HARMFUL_FROM && (kinds >= 2 || strong) && beyond_pressure {
        VerdictKind::LikelyHarmful
    } else if score >= SUSPICIOUS_FROM && beyond_pressure {
        VerdictKind::Suspicious
    } else if score <= GENUINE_TO && trusted {
        VerdictKind::LooksGenuine
    } else {
        VerdictKind::CannotTell
    };
    let mut reasons: Vec<&Evidence> = evidence
        .iter()
        .filter(|one| match kind {
            VerdictKind::LooksGenuine => one.weight < 0,
            _ => one.weight > 0,
        })
        .collect();
    reasons.sort_by_key(|one| (-one.weight.abs(), one.finding.rule.clone()));
    let mut codes: Vec<String> = Vec::new();
    for one in reasons {
        if !codes.iter().any(|code| *code == one.finding.rule) && codes.len() < 8 {
            codes.push(one.finding.rule.to_string());
        }
    }
    Verdict { kind, score, certainty: certainty(kind, score), reasons: codes }
}

/// The strongest sign counts in full, each further one a little less than the one before.
fn diminishing(mut weights: Vec<i32>) -> i32 {
    weights.sort_unstable_by(|a, b| b.cmp(a));
    weights.iter().zip([10, 8, 6, 5, 4, 3, 2]).map(|(weight, tenths)| weight * tenths / 10).sum()
}

/// How far the score lies inside its verdict, from 0 (a coin toss) towards 1, through a logistic curve.
fn certainty(kind: VerdictKind, score: i32) -> f32 {
    let distance = match kind {
        VerdictKind::LikelyHarmful => score - SUSPICIOUS_FROM,
        VerdictKind::Suspicious => (score - SUSPICIOUS_FROM).min(HARMFUL_FROM - SUSPICIOUS_FROM) / 2,
        VerdictKind::LooksGenuine => -score,
        VerdictKind::OurDrill => return 1.0,
        VerdictKind::CannotTell => return 0.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    let log_odds = distance.clamp(0, 60) as f32 / 10.0;
    (2.0 / (1.0 + (-log_odds).exp()) - 1.0).clamp(0.0, 0.97)
}

/// What a kind must add to count as one that agrees.
const KIND_FROM: i32 = 8;

/// A sign of this weight may speak of harm without a second kind.
const ALONE: i32 = 34;

/// What one kind of evidence may add at most.
const BOUNDS: [(Source, i32); 8] = [
    (Source::Authentication, 40),
    (Source::Sender, 45),
    (Source::Link, 45),
    (Source::Request, 42),
    (Source::Content, 20),
    (Source::Hidden, 36),
    (Source::Attachment, 60),
    (Source::Structure, 16),
];

/// Words that press and ask for nothing. They explain a message and never convict it: honest deadlines sound the same, so
/// without any other sign nothing is suspected.
const PRESSURE: [&str; 3] = ["ask-threat", "ask-urgency", "ask-greeting"];

/// What a drill has no need of: an attack that lives from an answer, a call or a borrowed sender may link to a drill's host as well.
const AGAINST_A_DRILL: [&str; 5] =
    ["auth-fail", "auth-own-fail", "sender-reply-free", "sender-reply-elsewhere", "ask-call"];

/// Signs that give a reason to trust the sender; without one of them nothing looks genuine.
const TRUST: [&str; 4] = ["auth-pass", "auth-pass-known", "sender-known", "link-brand-own"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;
    use crate::catalogue::evidence;

    #[test]
    fn the_link_of_a_drill_excuses_no_attack_that_lives_from_an_answer() {
        let kind = |codes: &[&'static str]| {
            let found: Vec<Evidence> = codes
                .iter()
                .map(|code| evidence(code, Place::Whole, finding::Span::default(), &[]))
                .collect();
            weigh(&found).kind
        };
        assert_eq!(kind(&["drill-link", "ask-credentials", "ask-threat"]), VerdictKind::OurDrill);
        assert_eq!(kind(&["drill-link", "auth-fail", "ask-call"]), VerdictKind::LikelyHarmful);
        assert_eq!(kind(&["drill-ours", "auth-fail", "ask-call"]), VerdictKind::OurDrill);
    }
}
