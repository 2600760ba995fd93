//! The models that read a whole message: what it does to people, what kind of attack it is, how hard it was to spot.

use lure::{AttackType, Lever, LeverKind, Lure, Mark};

use super::{Item, Said, Shown, span, span_in_subject};

pub fn levers(item: &Item) -> Said {
    let lure = read(item);
    let scores = LeverKind::ALL
        .iter()
        .zip(lure.lever_probabilities)
        .map(|(kind, probability)| (kind.code(), probability));
    Said {
        scores: scores.collect(),
        chosen: lure.levers.iter().map(|lever| lever.kind.code()).collect(),
        spans: lure.levers.iter().flat_map(|lever: &Lever| places(lever.kind.code(), &lever.marks)).collect(),
    }
}

pub fn attack_type(item: &Item) -> Said {
    let attack = read(item).attack;
    let scores =
        AttackType::ALL.iter().zip(attack.shares).map(|(kind, share)| (kind.code(), share)).collect();
    let chosen: Vec<&'static str> = attack.kind.iter().map(|kind| kind.code()).collect();
    let label = chosen.first().copied().unwrap_or_default();
    Said {
        scores,
        spans: attack.reasons.iter().flat_map(|reason| places(label, &reason.marks)).collect(),
        chosen,
    }
}

pub fn difficulty(item: &Item) -> Said {
    let lure = read(item);
    let estimate = lure::difficulty_estimate(&lure, &item.message);
    Said { scores: vec![("difficulty", estimate)], chosen: Vec::new(), spans: Vec::new() }
}

fn read(item: &Item) -> Lure {
    lure::read(&item.message, &item.evidence, &mail::Setting::default())
}

fn places(label: &'static str, marks: &[Mark]) -> Vec<Shown> {
    marks
        .iter()
        .filter_map(|mark| match mark.place {
            mail::Place::Text => Some(span(label, mark.span)),
            mail::Place::Subject => Some(span_in_subject(label, mark.span)),
            mail::Place::Html
            | mail::Place::Header(_)
            | mail::Place::Link(_)
            | mail::Place::Attachment(_)
            | mail::Place::Whole => None,
        })
        .collect()
}
