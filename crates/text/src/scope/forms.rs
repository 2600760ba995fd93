//! The forms of one text in a mail, plain and HTML. Programs of readers show the last one, so what only that says is read as well.

use crate::prose::{Block, Prose};
use crate::sentence::sentences_into;
use crate::word::tokens_into;
use std::collections::HashSet;

/// So many words in a row are looked for in the other form.
const REACH: usize = 4;

/// Of several forms the first, unless it says much less than another (some programs leave the plain one empty, or write there that the
/// mail is in HTML), and of the later ones what it does not say.
pub(super) fn together(forms: Vec<Vec<Prose<'static>>>) -> Vec<Prose<'static>> {
    let lengths: Vec<usize> =
        forms.iter().map(|form| form.iter().map(|part| words(&part.text).len()).sum()).collect();
    let most = lengths.iter().max().copied().unwrap_or(0);
    let mut forms = forms.into_iter().zip(lengths).skip_while(|(_, length)| 2 * length < most);
    let mut read = forms.next().map(|(form, _)| form).unwrap_or_default();
    for (form, _) in forms {
        let added: Vec<_> = form.into_iter().map(|part| beyond(part, &read)).collect();
        read.extend(added);
    }
    read
}

/// The part with only those sentences that `read` does not hold; what stands between them is no matter.
fn beyond(mut part: Prose<'static>, read: &[Prose<'_>]) -> Prose<'static> {
    let texts: Vec<Vec<String>> = read.iter().map(|one| words(&one.text)).collect();
    let rows = texts.iter().flat_map(|text| (1..=REACH).flat_map(|reach| text.windows(reach)));
    let known: HashSet<&[String]> = rows.collect();
    let is_known = |sentence: &str| {
        let words = words(sentence);
        words.is_empty() || words.windows(REACH.min(words.len())).all(|row| known.contains(row))
    };
    let mut blocks = Vec::new();
    for block in &part.blocks {
        let mut tokens = Vec::new();
        tokens_into(&part.text, block.range.clone(), &mut tokens);
        let mut sentences = Vec::new();
        sentences_into(&part.text, &tokens, 0..tokens.len(), &mut sentences);
        let mut joins = false;
        for sentence in sentences {
            if is_known(part.text.get(sentence.range()).unwrap_or("")) {
                joins = false;
                continue;
            }
            match blocks.last_mut().filter(|_| joins) {
                Some(Block { range, .. }) => range.end = sentence.end,
                None => blocks.push(Block { range: sentence.range(), kind: block.kind }),
            }
            joins = true;
        }
    }
    part.links.retain(|link| {
        blocks.iter().any(|block| block.range.start <= link.text.start && link.text.end <= block.range.end)
    });
    part.blocks = blocks;
    part.left_out = 0;
    part
}

/// The words of a text as both forms have them: plain ones write addresses beside their links.
fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    let shown = text.split_whitespace().filter(|word| !word.contains("://") && !word.contains("mailto:"));
    shown.map(bare).filter(|word| !word.is_empty()).collect()
}
