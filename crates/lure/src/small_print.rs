//! What a message carries along and does not say itself: quoted lines, a signature, the paragraph about leaving a list.
//! Words in there are no grounds for a kind of attack and pull no lever.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use finding::Span;

/// Fewer words of its own than this, and a message is read whole: then what looks like small print may be all it says.
const FEWEST_WORDS: usize = 3;

/// A paragraph about leaving a list is short; a long one says something else as well.
const LONGEST_FOOTER: usize = 700;

/// The pieces of the text that are small print, in order.
pub(crate) fn of(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut own_words = 0;
    let mut in_signature = false;
    for paragraph in paragraphs(text) {
        let Some(words) = paragraph.of(text) else { continue };
        let is_footer =
            words.len() <= LONGEST_FOOTER && own_words >= FEWEST_WORDS && OF_A_LIST.is_match(words);
        for line in lines(text, paragraph) {
            let Some(written) = line.of(text) else { continue };
            let trimmed = written.trim();
            in_signature |= own_words >= FEWEST_WORDS && is_signature_mark(written);
            if in_signature || is_footer || is_quoted(trimmed) {
                found.push(line);
            } else {
                own_words += trimmed.split_whitespace().count();
            }
        }
    }
    if own_words < FEWEST_WORDS { Vec::new() } else { found }
}

/// `-- ` parts a signature from a letter; a line of underscores stands above the footer of a list.
fn is_signature_mark(line: &str) -> bool {
    let line = line.trim_start_matches(['\r', '\n']).trim_end_matches(['\r', '\n']);
    let bare = line.trim();
    line == "-- " || bare == "--" || bare == "—" || bare.len() >= 20 && bare.bytes().all(|byte| byte == b'_')
}

fn is_quoted(line: &str) -> bool {
    let line = line.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    line.starts_with('>') || line.starts_with("| ")
}

/// What paragraphs about leaving a list say.
static OF_A_LIST: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let marks: &[&str] = &[
        "unsubscribe",
        "mailing list",
        "mailman/listinfo",
        "to be removed from",
        "opt out",
        "opt-out",
        "you are receiving this",
        "you received this",
        "you have received this",
        "you're receiving this",
        "email preferences",
        "e-mail preferences",
        "change your preferences",
        "manage your subscription",
        "abbestellen",
        "abmelden",
        "austragen",
        "newsletter nicht mehr",
        "désinscri",
        "désabonn",
        "desinscri",
        "désinscription",
        "uitschrijven",
        "afmelden",
        "cancelar inscri",
        "cancelar a inscri",
        "descadastr",
        "deixar de receber",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(marks)
        .expect("a few short words fit an automaton")
});

fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            if at > start {
                found.push(Span::new(start, at));
            }
            start = at + line.len();
        }
        at += line.len();
    }
    if at > start {
        found.push(Span::new(start, at));
    }
    found
}

fn lines(text: &str, within: Span) -> impl Iterator<Item = Span> {
    let mut at = within.start;
    within.of(text).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.len());
        at = span.end;
        span
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small_print(text: &str) -> String {
        of(text).iter().filter_map(|span| span.of(text)).collect()
    }

    #[test]
    fn quoted_lines_signatures_and_list_footers_are_small_print() {
        assert_eq!(small_print("I agree with you.\n> buy now\nSee you.\n"), "> buy now\n");
        assert_eq!(
            small_print("The hall is free on Monday.\n-- \nTel: +44 20 7946 0018\n"),
            "-- \nTel: +44 20 7946 0018\n"
        );
        assert_eq!(
            small_print("The hall is free on Monday.\n\nLog in here or\nunsubscribe there.\n\nBye\n"),
            "Log in here or\nunsubscribe there.\n"
        );
    }

    #[test]
    fn a_message_that_is_nothing_else_is_read_whole() {
        assert_eq!(small_print("> Your account has been suspended, log in now.\n"), "");
        assert_eq!(small_print("-- \nYour account has been suspended, log in now.\n"), "");
    }
}
