//! Text to the words the phrase lists speak of: small letters, no apostrophes, short forms written out,
//! each with the place it came from. What stands in quotation marks is somebody else's voice and is left out.

use finding::Span;

/// One folded word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub span: Span,
}

/// The long form of a short one, in one language.
pub type ShortForms = fn(&str) -> Option<&'static str>;

/// The folded words of `text`, without those inside quotation marks.
pub fn words(text: &str, short_forms: ShortForms) -> Vec<Word> {
    let quoted = quotations(text);
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() || quoted.iter().any(|quote| quote.start <= start && start < quote.end) {
            continue;
        }
        let mut end = start + first.len_utf8();
        let word = first.is_alphanumeric();
        let mut folded: Vec<char> = fold(first);
        while let Some(&(at, next)) = rest.peek() {
            let belongs = if word { next.is_alphanumeric() || is_apostrophe(next) } else { next == first };
            if !belongs {
                break;
            }
            end = at + next.len_utf8();
            folded.extend(fold(next));
            rest.next();
        }
        let span = Span::new(start, end);
        let folded = if word { shorten(&folded) } else { folded.iter().take(2).collect() };
        match short_forms(&folded) {
            Some(longer) => {
                words.extend(longer.split(' ').map(|part| Word { text: part.to_owned(), span }));
            }
            None => words.push(Word { text: folded, span }),
        }
    }
    words
}

/// The parts of `text` between double quotation marks, marks included. An open mark that never closes quotes nothing.
pub fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in text.char_indices() {
        let closes = match mark {
            '"' => open.is_some_and(|(_, opening)| opening == '"'),
            '\u{201d}' | '\u{201c}' => open.is_some_and(|(_, opening)| opening != '"' && opening != '\u{ab}'),
            '\u{bb}' => open.is_some_and(|(_, opening)| opening == '\u{ab}'),
            _ => false,
        };
        if closes {
            found.extend(open.take().map(|(start, _)| Span::new(start, at + mark.len_utf8())));
        } else if open.is_none() && matches!(mark, '"' | '\u{201c}' | '\u{201e}' | '\u{ab}') {
            open = Some((at, mark));
        }
    }
    found
}

/// A closing "thanks, Lucy" after a request, in English or German: good manners, not a feeling.
pub fn courtesy(text: &str, words: &[Word]) -> Option<Span> {
    let at =
        words.iter().rposition(|word| matches!(word.text.as_str(), "thanks" | "thank" | "danke" | "dank"))?;
    let (before, after) = words.split_at_checked(at)?;
    let asks = before.iter().any(|word| {
        matches!(
            word.text.as_str(),
            "?" | "please" | "can" | "could" | "would" | "bitte" | "können" | "könnten" | "kannst"
        )
    });
    let mut names = 0;
    let only_closing = after.iter().skip(1).all(|word| match word.text.as_str() {
        "you" | "and" | "regards" | "kind" | "best" | "in" | "advance" | "again" | "so" | "much" | "very" => {
            true
        }
        "im" | "voraus" | "vorab" | "und" | "mit" | "freundlichen" | "viele" | "beste" | "grüße"
        | "grüßen" => true,
        other if !other.starts_with(char::is_alphanumeric) => true,
        _ => {
            names += 1;
            names <= 2 && word.span.of(text).is_some_and(|name| name.starts_with(char::is_uppercase))
        }
    });
    let first = after.first()?.span.start;
    let last = after.last()?.span.end;
    (asks && only_closing && after.len() <= 7).then_some(Span::new(first, last))
}

/// `text` with the parts named blanked out, byte for byte, so that places stay the same.
pub fn without(text: &str, parts: &[Span]) -> String {
    if parts.is_empty() {
        return text.to_owned();
    }
    let mut own = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        if parts.iter().any(|part| part.start <= at && at < part.end) {
            own.extend(std::iter::repeat_n(' ', letter.len_utf8()));
        } else {
            own.push(letter);
        }
    }
    own
}

fn fold(letter: char) -> Vec<char> {
    if is_apostrophe(letter) {
        Vec::new()
    } else if letter.is_ascii_digit() {
        vec!['0']
    } else {
        letter.to_lowercase().collect()
    }
}

/// Three or more of one letter are one letter: "sooo" is "so". Numbers keep their length.
fn shorten(letters: &[char]) -> String {
    letters
        .chunk_by(|one, other| one == other)
        .flat_map(|same| {
            let keep = if same.len() >= 3 && same.first() != Some(&'0') { 1 } else { same.len() };
            same.iter().take(keep)
        })
        .collect()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}')
}

/// What people shorten in English.
pub fn english(word: &str) -> Option<&'static str> {
    Some(match word {
        "im" => "i am",
        "ive" => "i have",
        "ill" => "i will",
        "id" => "i would",
        "dont" => "do not",
        "didnt" => "did not",
        "doesnt" => "does not",
        "cant" | "cannot" => "can not",
        "couldnt" => "could not",
        "wont" => "will not",
        "wasnt" => "was not",
        "isnt" => "is not",
        "arent" => "are not",
        "havent" => "have not",
        "hasnt" => "has not",
        "shouldnt" => "should not",
        "shouldve" => "should have",
        "couldve" => "could have",
        "its" => "it is",
        "thats" => "that is",
        "whats" => "what is",
        "hes" => "he is",
        "shes" => "she is",
        "theyre" => "they are",
        "youre" => "you are",
        "were" => return None,
        "u" => "you",
        "ur" => "your",
        "r" => "are",
        "pls" | "plz" | "plss" => "please",
        "thx" | "thanx" | "tx" | "ty" | "tysm" | "tks" => "thanks",
        "abt" => "about",
        "gonna" => "going to",
        "wanna" => "want to",
        "rn" => "right now",
        "smth" => "something",
        "noone" => "nobody",
        "youu" => "you",
        _ => return None,
    })
}

/// Nothing is shortened that our German phrases speak of; and German `im` is a word.
pub fn german(_word: &str) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let folded: Vec<String> = words(text, english).into_iter().map(|word| word.text).collect();
        assert_eq!(folded.join(" "), expected, "{text}");
    }

    #[test]
    fn spelling_is_folded() {
        check("I'm SOOO sorry!!!", "i am so sorry !!");
        check("pls dont tell", "please do not tell");
        check("at 17:05", "at 00 : 00");
        check("she's here", "she is here");
        check("Gr\u{fc}\u{df}e \u{1f630}", "gr\u{fc}\u{df}e \u{1f630}");
    }

    #[test]
    fn a_german_word_is_not_an_english_short_form() {
        let folded: Vec<String> =
            words("Danke im Voraus", german).into_iter().map(|word| word.text).collect();
        assert_eq!(folded, ["danke", "im", "voraus"]);
    }

    #[test]
    fn other_voices_are_left_out() {
        check("It says \"act now, be afraid\" and more", "it says and more");
        check("Er schrieb \u{201e}dringend\u{201c} dazu", "er schrieb dazu");
        check("a 27\" screen, worried", "a 00 \" screen , worried");
        let text = "a \"\u{e9}\" b";
        assert_eq!(without(text, &quotations(text)), "a      b");
    }

    #[test]
    fn a_closing_thanks_after_a_request_is_courtesy() {
        let is = |text: &str| courtesy(text, &words(text, english)).is_some();
        assert!(is("Could you look at this one? Thanks, Tom"));
        assert!(is("can u check this one thx"));
        assert!(is("Können Sie das bitte prüfen? Danke, Anna"));
        assert!(!is("Thanks for looking at it, could you close it?"));
        assert!(!is("It works again, thanks!"));
    }

    #[test]
    fn places_point_into_the_text() {
        let text = "well, I'm afraid";
        let spans: Vec<_> = words(text, english).iter().map(|word| word.span.of(text)).collect();
        assert_eq!(spans, [Some("well"), Some(","), Some("I'm"), Some("I'm"), Some("afraid")]);
    }
}
