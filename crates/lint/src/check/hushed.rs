//! Where the words of *Silent when* hush a rule that hears whole sentences.

use std::collections::BTreeSet;

use super::Found;
use crate::phrase::table::Action;

/// The sentences in which the phrases of *Silent when* hush a rule that hears whole sentences.
pub(super) struct Hushed(BTreeSet<(u16, usize)>);

impl Hushed {
    pub(super) fn read(found: &Found) -> Hushed {
        let sentences = found.matches.iter().filter(|(_, one)| {
            matches!(one.accept.action, Action::SilentHere | Action::SilentBefore | Action::SilentSentence)
        });
        let near = found.silent_near.iter().flat_map(|(rule, sentence)| {
            [sentence.saturating_sub(1), *sentence, sentence + 1].map(|sentence| (*rule, sentence))
        });
        Hushed(sentences.map(|(sentence, one)| (one.accept.rule, *sentence)).chain(near).collect())
    }

    pub(super) fn is(&self, rule: usize, sentence: usize) -> bool {
        u16::try_from(rule).is_ok_and(|rule| self.0.contains(&(rule, sentence)))
    }
}
