//! Guesses the language and the kind of a document where nobody said it. A guess is only a default; `--kind` and the profile win.

use crate::document::{Document, Signal};
use crate::draft::{Kind, Language};
use text::prose::BlockKind;
use text::{Key, Token};

/// The language by its small words: the first two thousand words decide.
pub(crate) fn language(tokens: &[Token]) -> Language {
    let (mut german, mut english) = (0usize, 0usize);
    for token in tokens.iter().take(2000) {
        german += usize::from(GERMAN.contains(&token.key));
        english += usize::from(ENGLISH.contains(&token.key));
    }
    if german > english { Language::German } else { Language::English }
}

/// The kind by what the document says.
pub(crate) fn kind(document: &Document<'_>) -> Kind {
    let words = document.word_count();
    if document.says(Signal::ReportReceived) && words < 400 {
        return Kind::Reply;
    }
    let greets = document.signals(Signal::Greeting).any(|found| found.sentence < 3);
    let subject = document.prose.blocks.first().is_some_and(|block| block.kind == BlockKind::Subject);
    if (greets || subject) && document.says(Signal::Danger) && words < 1000 {
        return Kind::Awareness;
    }
    if !greets && !subject && reads_like_documentation(document, words) {
        return Kind::Documentation;
    }
    Kind::Other
}

/// Long, or full of code and headings.
fn reads_like_documentation(document: &Document<'_>, words: usize) -> bool {
    let objects = document.tokens.iter().filter(|token| token.kind == text::word::Kind::Object).count();
    let headings = document.prose.blocks.iter().filter(|block| block.kind == BlockKind::Heading).count();
    words > 1500 || (objects >= 3 && objects * 60 > words) || (headings >= 3 && words > 300)
}

const GERMAN: [Key; 16] = [
    Key::of("der"),
    Key::of("die"),
    Key::of("das"),
    Key::of("und"),
    Key::of("nicht"),
    Key::of("ist"),
    Key::of("sie"),
    Key::of("wir"),
    Key::of("ein"),
    Key::of("eine"),
    Key::of("zu"),
    Key::of("bitte"),
    Key::of("mit"),
    Key::of("auf"),
    Key::of("haben"),
    Key::of("ihr"),
];

const ENGLISH: [Key; 16] = [
    Key::of("the"),
    Key::of("and"),
    Key::of("is"),
    Key::of("you"),
    Key::of("we"),
    Key::of("of"),
    Key::of("to"),
    Key::of("a"),
    Key::of("your"),
    Key::of("please"),
    Key::of("this"),
    Key::of("that"),
    Key::of("it"),
    Key::of("for"),
    Key::of("with"),
    Key::of("not"),
];
