//! Rules that mark a long list once: one reason stands for all its items, so its strictest line says what is missing in all.

use super::Noted;
use crate::document::Document;
use std::collections::BTreeMap;
use text::Key;
use text::prose::BlockKind;

/// So many items are marked one by one.
const A_FEW: usize = 2;

/// Leaves one finding of each rule that marks once in each list, the one at the strictest words, where it would mark more than a few.
pub(super) fn in_a_list(document: &Document<'_>, noted: Vec<Noted>) -> Vec<Noted> {
    if !noted.iter().any(|one| one.rule.once) {
        return noted;
    }
    let stretches = stretches(document);
    let mut kept: BTreeMap<(&str, usize), (usize, usize)> = BTreeMap::new();
    let place_of = |one: &Noted| {
        let stretch = stretches.get(one.sentences.start).copied();
        stretch.filter(|_| one.rule.once).map(|stretch| (one.rule.code, stretch))
    };
    let rank = |one: &Noted| (!is_strict(document, one), one.sentences.start);
    for (number, one) in noted.iter().enumerate() {
        let Some(place) = place_of(one) else { continue };
        let (best, count) = kept.entry(place).or_insert((number, 0));
        *count += 1;
        if noted.get(*best).is_some_and(|best| rank(one) < rank(best)) {
            *best = number;
        }
    }
    let stays = |number: usize, one: &Noted| {
        let known = place_of(one).and_then(|place| kept.get(&place));
        known.is_none_or(|(best, count)| *best == number || *count <= A_FEW)
    };
    noted.into_iter().enumerate().filter(|(number, one)| stays(*number, one)).map(|(_, one)| one).collect()
}

/// For every sentence, the number of its stretch: items that follow each other are one, every other sentence is its own.
fn stretches(document: &Document<'_>) -> Vec<usize> {
    let mut stretches: Vec<usize> = Vec::with_capacity(document.sentences.len());
    for number in 0..document.sentences.len() {
        let stretch = match (number.checked_sub(1), stretches.last()) {
            (Some(before), Some(last)) => {
                let items = [before, number].iter().all(|one| document.block_kind(*one) == BlockKind::Item);
                last + usize::from(!items)
            }
            _ => 0,
        };
        stretches.push(stretch);
    }
    stretches
}

fn is_strict(document: &Document<'_>, one: &Noted) -> bool {
    one.sentences.clone().any(|number| document.has_in(number, &STRICT))
}

/// Words of a ban without a way out.
static STRICT: [Key; 12] = Key::each([
    "strictly",
    "forbidden",
    "prohibited",
    "never",
    "banned",
    "circumstances",
    "verboten",
    "untersagt",
    "strengstens",
    "keinesfalls",
    "niemals",
    "umständen",
]);
