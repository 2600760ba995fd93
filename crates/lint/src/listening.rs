//! What a small model hears in a sentence: blame, fear and so on where no phrase of a rule stands. It was trained on the rules'
//! own lines, on pairs of unkind and kind sentences, and on letters; its card is `docs/reference/models/letters-en.md`.

use std::sync::LazyLock;

use text::model::{Answer, Model, Score, each_word_feature};
use text::prose::BlockKind;
use text::word::Kind;

use crate::document::Document;
use crate::draft::Language;
use crate::rule::Group;

/// A model with the group of each of its labels.
struct Ear {
    model: Model,
    groups: Vec<Option<Group>>,
}

static ENGLISH: LazyLock<Ear> = LazyLock::new(|| open(include_bytes!("../weights/letters-en.bin")));
static GERMAN: LazyLock<Ear> = LazyLock::new(|| open(include_bytes!("../weights/letters-de.bin")));

/// What was heard in each sentence of a document.
#[derive(Default)]
pub(crate) struct Heard {
    groups: Vec<Group>,
    /// Sentence by sentence, an answer for each of the groups.
    answers: Vec<Answer>,
}

impl Heard {
    /// The sentences in which a group is heard, by their numbers, in reading order.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = (usize, Group)> {
        let width = self.groups.len().max(1);
        self.answers
            .iter()
            .enumerate()
            .filter(|(_, answer)| **answer == Answer::Yes)
            .filter_map(move |(place, _)| Some((place / width, *self.groups.get(place % width)?)))
    }

    /// Whether the sentence clearly has nothing of the group. A group that was not listened for is never denied.
    pub(crate) fn denies(&self, sentence: usize, group: Group) -> bool {
        let column = self.groups.iter().position(|one| *one == group);
        column
            .and_then(|column| self.answers.get(sentence * self.groups.len() + column))
            .is_some_and(|answer| *answer == Answer::No)
    }
}

/// In sentences of fewer words than this nothing is denied: *This was your fault* says too little to doubt the phrase.
const ENOUGH: usize = 7;

/// Fewer words are a heading, a greeting, a figure: nothing is heard in them.
const A_SENTENCE: usize = 4;

/// Fewer words name something, or are one duty of many, where they stand as an item of a list.
const AN_ITEM: usize = 8;

/// Listens to every sentence for `groups`, and hears one of them at most. In what is quoted, in tables and headings nothing is heard,
/// and nothing is denied.
pub(crate) fn hear(document: &Document<'_>, groups: &[Group]) -> Heard {
    let ear = match document.language {
        Language::English => &*ENGLISH,
        Language::German => &*GERMAN,
    };
    let columns: Vec<Option<usize>> =
        groups.iter().map(|group| ear.groups.iter().position(|one| *one == Some(*group))).collect();
    let mut answers = Vec::with_capacity(document.sentences.len() * groups.len());
    let mut counts = ear.model.counts();
    for (sentence, block) in document.sentences.iter().zip(&document.block_of) {
        let tokens = document.tokens_of(sentence);
        let words = tokens.iter().filter(|token| token.kind == Kind::Word).count();
        let said = tokens.iter().any(|token| token.kind == Kind::Word && !token.shape.is_quoted());
        let fewest = document.prose.blocks.get(*block as usize).and_then(|block| match block.kind {
            BlockKind::Paragraph | BlockKind::Subject => Some(A_SENTENCE),
            BlockKind::Item => Some(AN_ITEM),
            _ => None,
        });
        if !said || fewest.is_none_or(|fewest| words < fewest) {
            answers.extend(groups.iter().map(|_| Answer::NotSure));
            continue;
        }
        let sums = ear.model.raw_of(&mut counts, |counting| {
            each_word_feature(document.text(), tokens, document.kind.as_str(), |bucket| counting.add(bucket));
        });
        let scores: Vec<Option<Score>> = columns
            .iter()
            .map(|column| Some(ear.model.labels().get((*column)?)?.judge(*sums.get((*column)?)?)))
            .collect();
        let surest = scores
            .iter()
            .flatten()
            .filter(|score| score.answer == Answer::Yes)
            .map(|score| score.probability);
        let surest = surest.fold(0.0, f32::max);
        answers.extend(scores.iter().map(|score| match score {
            Some(score) if score.answer == Answer::Yes && score.probability >= surest => Answer::Yes,
            Some(score) if score.answer == Answer::No && words >= ENOUGH => Answer::No,
            _ => Answer::NotSure,
        }));
    }
    Heard { groups: groups.to_vec(), answers }
}

fn open(bytes: &[u8]) -> Ear {
    let model = Model::read(bytes).expect("the weights are part of this crate and a test reads them");
    let group = |name: &str| Group::ALL.into_iter().find(|group| group.as_str() == name);
    let groups = model.labels().iter().map(|label| group(&label.name)).collect();
    Ear { model, groups }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_models_open_and_know_their_groups() {
        for ear in [&*ENGLISH, &*GERMAN] {
            assert!(ear.groups.len() > 5);
            assert!(ear.groups.iter().all(Option::is_some), "a label has no group");
        }
    }
}
