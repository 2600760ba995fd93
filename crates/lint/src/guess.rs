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
    let greets = document.begins_with_greeting();
    let subject = document.prose.blocks.first().is_some_and(|block| block.kind == BlockKind::Subject);
    let letter = greets || subject;
    if !letter && (holds_code(document, words) || words >= 80 && is_technical(document.text())) {
        return Kind::Documentation;
    }
    if !letter && words > LONG {
        return if is_long_policy(document, words) { Kind::Policy } else { Kind::Documentation };
    }
    let headings = document.prose.blocks.iter().filter(|block| block.kind == BlockKind::Heading).count();
    let in_chapters = !letter && headings >= 3 && words > 300;
    match sounds_like(document, words, greets, letter) {
        Some((kind, score)) if score >= if in_chapters { VERY_CLEAR } else { CLEAR } => return kind,
        _ if in_chapters => return Kind::Documentation,
        _ => {}
    }
    Kind::Other
}

/// The kind that most of the document's own words speak for, and how much they do.
fn sounds_like(document: &Document<'_>, words: usize, greets: bool, letter: bool) -> Option<(Kind, usize)> {
    let count = |signal: Signal| document.signals(signal).count().min(3);
    let to_you = document.tokens.iter().any(|token| YOU.contains(&token.key));
    let everyone = document.says(Signal::ToEveryone);
    let to_one = usize::from(greets && !everyone);
    let scores = [
        (Kind::Reply, reply(document, words, to_you) + to_one),
        (
            Kind::Awareness,
            usize::from(everyone) * 3
                + usize::from(letter && document.says(Signal::Danger)) * 2
                + usize::from(letter && to_you && to_one == 0),
        ),
        (Kind::Policy, count(Signal::LikePolicy) * 2),
        (Kind::Review, count(Signal::LikeReview) * 2),
        (Kind::Executive, count(Signal::LikeExecutive) * 2),
        (Kind::Drill, count(Signal::LikeDrill) * 2),
        (Kind::Warning, if letter || words > 90 { 0 } else { count(Signal::LikeWarning) * 2 }),
        (Kind::Commit, if greets || words > 250 { 0 } else { count(Signal::LikeCommit) * 2 }),
    ];
    scores.into_iter().max_by_key(|(_, score)| *score)
}

/// From this score on a kind is taken: two places that speak for it, or one and the way it is addressed.
const CLEAR: usize = 3;
/// The same for a text in chapters, which is documentation otherwise.
const VERY_CLEAR: usize = 6;
/// Nothing that is sent to people has so many words. Policies do.
const LONG: usize = 1500;

/// Whether a long text speaks as a policy throughout: not once, as a manual may, but in one place for every 150 words.
fn is_long_policy(document: &Document<'_>, words: usize) -> bool {
    document.signals(Signal::LikePolicy).count() * 150 >= words
}

/// How much speaks for an answer to a report.
fn reply(document: &Document<'_>, words: usize, to_you: bool) -> usize {
    if words >= 400 || !to_you && words >= 60 {
        return 0;
    }
    usize::from(document.says(Signal::ReportReceived)) * 3
        + usize::from(document.says(Signal::Thanks) && to_you) * 2
}

/// Whether much of it is code.
fn holds_code(document: &Document<'_>, words: usize) -> bool {
    let objects = document.tokens.iter().filter(|token| token.kind == text::word::Kind::Object).count();
    objects >= 3 && objects * 60 > words
}

/// Whether one piece in fifty is an option, a path, a name in code or a call, as in notes on a program. Letters to
/// people stay below that.
fn is_technical(text: &str) -> bool {
    let (mut pieces, mut technical) = (0usize, 0usize);
    for piece in text.split_ascii_whitespace().take(3000) {
        pieces += 1;
        technical += usize::from(names_a_program_part(piece));
    }
    technical >= 5 && technical * 50 >= pieces
}

/// `--option`, `path/to/file`, `name_in_code`, `call()`, `page(1)`, `key=value`; not a web or mail address.
fn names_a_program_part(piece: &str) -> bool {
    let bare = piece.trim_matches(|letter: char| matches!(letter, '"' | '\'' | '`' | ',' | '.' | ';' | ':'));
    if bare.contains("://") || bare.contains('@') || bare.starts_with("www.") {
        return false;
    }
    let between = |mark: char| {
        bare.split_once(mark).is_some_and(|(before, after)| {
            before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
        })
    };
    let option = bare.trim_start_matches('-');
    let is_option =
        option.len() < bare.len() && option.starts_with(|letter: char| letter.is_ascii_lowercase());
    let is_call = bare
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('))
        .is_some_and(|(name, inside)| name.ends_with(char::is_alphanumeric) && inside.len() <= 1);
    let is_path = bare.matches('/').count() >= 2 && bare.contains(char::is_alphabetic);
    is_option || is_call || is_path || between('_') || between('=')
}

/// Words that speak to a reader.
pub(crate) const YOU: [Key; 6] = Key::each(["you", "your", "yours", "sie", "ihre", "dir"]);

const GERMAN: [Key; 16] = Key::each([
    "der", "die", "das", "und", "nicht", "ist", "sie", "wir", "ein", "eine", "zu", "bitte", "mit", "auf",
    "haben", "ihr",
]);

const ENGLISH: [Key; 16] = Key::each([
    "the", "and", "is", "you", "we", "of", "to", "a", "your", "please", "this", "that", "it", "for", "with",
    "not",
]);

#[cfg(test)]
mod tests {
    use super::{is_technical, names_a_program_part};

    #[test]
    fn notes_on_a_program_are_told_from_letters() {
        for piece in ["--fix", "-v", "src/main/lib.rs", "first_word()", "read(2)", "LANG=C", "`max_size`,"] {
            assert!(names_a_program_part(piece), "{piece}");
        }
        for piece in
            ["https://example.org/a/b", "tom@example.org", "and/or", "well-known", "(see", "-", "--", "3,000"]
        {
            assert!(!names_a_program_part(piece), "{piece}");
        }
        assert!(is_technical("run it with --all or -q, see mail(1) and max_size in etc/desk/rules"));
        assert!(!is_technical(
            "Please forward the mail to desk@example.org or call 4400 by Friday and/or today."
        ));
    }
}
