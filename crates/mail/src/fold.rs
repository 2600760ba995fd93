//! Text as a reader takes it in: lower case, without accents, invisible characters or look-alike letters, white space
//! collapsed. Every byte of it remembers where it came from.

use finding::Span;
use unicode_normalization::char::decompose_compatible;

/// Folded text and the way back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    pub text: String,
    /// For each byte of `text`, the start of the character it came from; one more entry for the end.
    from: Vec<u32>,
}

impl Folded {
    /// The place in the original text that a range of the folded text came from.
    pub(crate) fn span(&self, original: &str, start: usize, end: usize) -> Span {
        let at = |index: usize| self.from.get(index).map_or(original.len(), |at| *at as usize);
        let begin = at(start);
        let last = at(end.saturating_sub(1).max(start));
        let length = original.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span::new(begin, (last + length).max(begin))
    }
}

/// Folds `original`; at most 256 KiB of it are read.
pub(crate) fn fold(original: &str) -> Folded {
    let original = crate::parse::head(original, 256 << 10);
    let mut folded =
        Folded { text: String::with_capacity(original.len()), from: Vec::with_capacity(original.len() + 1) };
    for (at, character) in original.char_indices() {
        if character.is_ascii() {
            if character.is_ascii_whitespace() || character.is_ascii_control() {
                push(&mut folded, ' ', at);
            } else {
                push(&mut folded, character.to_ascii_lowercase(), at);
            }
        } else if character.is_whitespace() {
            push(&mut folded, ' ', at);
        } else if !is_invisible(character) {
            decompose_compatible(look_alike(character), |part| {
                if !is_combining(part) {
                    for lower in part.to_lowercase() {
                        push(&mut folded, look_alike(lower), at);
                    }
                }
            });
        }
    }
    folded.from.push(u32::try_from(original.len()).unwrap_or(u32::MAX));
    folded
}

fn push(folded: &mut Folded, character: char, at: usize) {
    if character == ' ' && folded.text.ends_with(' ') {
        return;
    }
    let replaced = match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        '’' | '‘' | '´' | '`' => "'",
        '‐' | '‑' | '–' | '—' => "-",
        _ => "",
    };
    let before = folded.text.len();
    if replaced.is_empty() {
        folded.text.push(character);
    } else {
        folded.text.push_str(replaced);
    }
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    folded.from.extend(std::iter::repeat_n(at, folded.text.len() - before));
}

/// Whether the range is bounded by something other than letters and digits.
pub(crate) fn is_word(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Characters that take no room: zero-width ones, soft hyphens, direction marks, variation selectors, tags.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_combining(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// The Latin letter that a Cyrillic, Greek or Armenian one is taken for.
fn look_alike(character: char) -> char {
    match character {
        'а' | 'α' | 'А' | 'Α' => 'a',
        'В' | 'Β' | 'в' => 'b',
        'с' | 'С' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'Ε' | 'ё' | 'є' => 'e',
        'г' => 'r',
        'һ' | 'Н' | 'Η' => 'h',
        'і' | 'І' | 'ι' | 'Ι' | 'ı' | 'ї' => 'i',
        'ј' | 'Ј' => 'j',
        'к' | 'К' | 'κ' | 'Κ' => 'k',
        'ӏ' | 'Ӏ' => 'l',
        'м' | 'М' | 'Μ' => 'm',
        'п' | 'η' => 'n',
        'о' | 'О' | 'ο' | 'Ο' | 'օ' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'τ' | 'Τ' => 't',
        'υ' | 'ս' | 'ц' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' | 'ш' => 'w',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'γ' | 'Υ' => 'y',
        'Ζ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_fold_into_plain_words() {
        assert_eq!(fold("Pass\u{200b}wört \u{a0} ЅЕСURE 𝗠𝗮𝗸𝗶𝘁𝗮").text, "passwort secure makita");
        assert_eq!(fold("Aܿlܿerܿt Straße").text, "alert strasse");
    }

    #[test]
    fn the_way_back_is_exact() {
        let original = "Ihr Pass\u{200b}wört läuft ab";
        let folded = fold(original);
        let start = folded.text.find("passwort").expect("folded");
        assert_eq!(folded.span(original, start, start + 8).of(original), Some("Pass\u{200b}wört"));
    }

    proptest::proptest! {
        #[test]
        fn every_span_fits_the_original(original in "\\PC{0,60}", a in 0usize..90, b in 0usize..90) {
            let folded = fold(&original);
            let (start, end) = (a.min(b), a.max(b));
            proptest::prop_assert!(folded.span(&original, start, end).of(&original).is_some());
        }
    }
}
