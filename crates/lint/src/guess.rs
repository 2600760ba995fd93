//! Guesses the language and the kind of a document where nobody said it. A guess is only a default; `--kind` and the profile win.

use crate::document::{Document, Signal};
use crate::draft::{Kind, Language};
use std::sync::LazyLock;
use text::prose::{Block, BlockKind};
use text::{Key, Token};

/// The language by its small words: the first two thousand words decide.
pub(crate) fn language(tokens: &[Token]) -> Language {
    let first = tokens.get(..2000).unwrap_or(tokens);
    if GERMAN.count(first) > ENGLISH.count(first) { Language::German } else { Language::English }
}

/// What the small words of a document's sentences say of their languages, counted once.
pub(crate) struct Tongues {
    /// Small words of either language.
    pub small_words: usize,
    /// The other of our languages.
    pub other: Language,
    /// The sentences that are in it: in a house with two languages a letter often has a part for each.
    sentences: Vec<usize>,
}

impl Tongues {
    pub(crate) fn of(document: &Document<'_>) -> Tongues {
        let (other, others, own) = match document.language {
            Language::English => (Language::German, &*GERMAN, &*ENGLISH),
            Language::German => (Language::English, &*ENGLISH, &*GERMAN),
        };
        let mut tongues = Tongues { small_words: 0, other, sentences: Vec::new() };
        for (number, sentence) in document.sentences.iter().enumerate() {
            let words = document.tokens_of(sentence);
            let (others, own) = (others.count(words), own.count(words));
            tongues.small_words += others + own;
            if others > own {
                tongues.sentences.push(number);
            }
        }
        tongues
    }
}

/// The stretches of a document that are in the other language. Sentences that follow each other in one block are one.
pub(crate) fn in_the_other_language(document: &Document<'_>, tongues: &Tongues) -> Vec<Block> {
    let mut stretches: Vec<(usize, Block)> = Vec::new();
    for number in tongues.sentences.iter().copied() {
        let Some(sentence) = document.sentences.get(number) else { continue };
        let Some(block) = document.block_of(number) else { continue };
        match stretches.last_mut() {
            Some((last, stretch))
                if *last + 1 == number
                    && stretch.range.end <= block.range.end
                    && stretch.range.start >= block.range.start =>
            {
                *last = number;
                stretch.range.end = sentence.range().end;
            }
            _ => stretches.push((number, Block { range: sentence.range(), kind: block.kind })),
        }
    }
    stretches.into_iter().map(|(_, stretch)| stretch).collect()
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
    let to_you = document.has(&YOU);
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

/// Small words of one language that the other has not.
struct SmallWords(Vec<Key>);

impl SmallWords {
    fn of(words: &str) -> SmallWords {
        let mut keys: Vec<Key> = words.split_whitespace().map(Key::of).collect();
        keys.sort_unstable();
        SmallWords(keys)
    }

    fn count(&self, tokens: &[Token]) -> usize {
        tokens.iter().filter(|token| self.0.binary_search(&token.key).is_ok()).count()
    }
}

static GERMAN: LazyLock<SmallWords> = LazyLock::new(|| {
    SmallWords::of(
        "der die das und nicht ist sie wir ein eine zu bitte mit auf haben ihr ihre ihnen ihren ihrer du dich dir dein deine \
         ich es den dem des einen einem einer kein keine f\u{fc}r von bei wenn weil werden wird wurde sind h\u{e4}tte \
         h\u{e4}tten sollten aber oder auch nur noch wie dass uns unser unsere kann k\u{f6}nnen wer selbst selber schuld \
         danke hallo vielen alle",
    )
});

static ENGLISH: LazyLock<SmallWords> = LazyLock::new(|| {
    SmallWords::of(
        "the and is you we of to a your yours please this that it for with not are have had been be should would could if our \
         us my they their them from by or but has do did does what who when why how there here thank thanks dear i it's \
         don't you're on as any every never because next",
    )
});

#[cfg(test)]
mod tests {
    use super::{is_technical, names_a_program_part};
    use crate::{Checker, Draft, Kind, Language, Profile};

    fn codes(text: &str, profile: &Profile) -> Vec<String> {
        let draft = Draft::plain(text, profile).kind(Kind::Reply);
        Checker::standard().check(&draft).findings.iter().map(|one| one.rule.to_string()).collect()
    }

    const GERMAN: &str = "Hallo Jonas,\n\nvielen Dank f\u{fc}r Ihre Meldung. Wir pr\u{fc}fen die Mail und schreiben Ihnen bis 15 Uhr, \
        was wir gefunden haben. Sie k\u{f6}nnen uns unter 4400 erreichen, wenn Sie eine Frage haben.\n";

    #[test]
    fn each_part_of_a_letter_is_read_in_its_language() {
        let profile = Profile::default();
        let english = "Hello all,\n\nIt is your fault. If you click again, we will report you to HR.\n";
        let both = codes(&format!("{english}\n---\n\n{GERMAN}"), &profile);
        assert!(
            both.iter().any(|code| code == "BLM01") && both.iter().any(|code| code.starts_with("FEA")),
            "{both:?}"
        );
        let one_line = codes(&format!("{} It is your fault.", GERMAN.trim_end()), &profile);
        assert!(one_line.iter().any(|code| code == "BLM01"), "{one_line:?}");
        let said = Draft { language: Some(Language::German), ..Draft::plain("It is your fault.", &profile) };
        assert_eq!(Checker::standard().check(&said).findings.first().map(|one| &*one.rule), Some("BLM01"));
        let alone = codes(GERMAN, &profile);
        assert!(alone.is_empty(), "{alone:?}");
        let other_way = "Thank you for telling us, Jonas. We are checking the mail and will write to you by 15:00. You can call us on 4400 with any question.\n\nDas ist Ihre Schuld.\n";
        assert!(!codes(other_way, &profile).is_empty());
    }

    #[test]
    fn off_is_off_for_the_words_of_a_rule() {
        let text = "You should have known better than to open that mail yesterday.";
        assert!(codes(text, &Profile::default()).iter().any(|code| code == "BLM03"));
        let off = Profile::from_toml("[rules]\nBLM03 = \"off\"").unwrap();
        let left = codes(text, &off);
        assert!(!left.iter().any(|code| code.starts_with("BLM") || code.starts_with("SHA")), "{left:?}");
    }

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
