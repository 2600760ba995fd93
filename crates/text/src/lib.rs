//! Text to sentences and words with byte spans, its language, and the runtime of the small learned models.
//! Never reads files, the clock or the environment: a string in, spans out.

pub mod key;
mod mark;
pub mod model;
pub mod prose;
pub mod scope;
pub mod sentence;
pub mod shape;
pub mod word;

pub use key::Key;
pub use sentence::Sentence;
pub use shape::Shape;
pub use word::{Kind, Token};

/// A text with its words and sentences, prepared once.
#[derive(Clone, Debug)]
pub struct Segmented<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
}

/// Finds the words and sentences of plain text. A blank line ends a sentence.
pub fn segment(text: &str) -> Segmented<'_> {
    let tokens = word::tokens(text);
    let mut sentences = Vec::new();
    let mut first = 0;
    for (at, pair) in tokens.windows(2).enumerate() {
        if let [left, right] = pair {
            let between = text.get(left.end as usize..right.start as usize).unwrap_or("");
            if between.len() > 1 && between.bytes().filter(|byte| *byte == b'\n').count() > 1 {
                sentence::sentences_into(text, &tokens, first..at + 1, &mut sentences);
                first = at + 1;
            }
        }
    }
    sentence::sentences_into(text, &tokens, first..tokens.len(), &mut sentences);
    Segmented { text, tokens, sentences }
}
