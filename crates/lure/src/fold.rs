//! Text made comparable: lower case, no accents, look-alike letters turned back, numbers as `#`, words parted by one
//! space. Every folded byte knows where it came from, so a match can be shown in the text as it was written.
//! Never changes the text itself.

use finding::Span;

/// Most bytes of a text that are looked at; what lies beyond adds time and no new lever.
pub const LONGEST: usize = 24_000;

/// Folded text with the way back.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Begins and ends with a space, so a whole word is always found as ` word `.
    pub text: String,
    /// For each folded byte, where its character begins in the source.
    starts: Vec<u32>,
    /// For each folded byte, where its character ends in the source.
    ends: Vec<u32>,
    /// The gaps, in order, at which a clause ends: a stop, a comma, a bracket, a new line that begins with a capital.
    stops: Vec<u32>,
}

impl Folded {
    /// Folds at most the first [`LONGEST`] bytes.
    pub fn new(source: &str) -> Folded {
        let capacity = source.len().min(LONGEST) + 16;
        let mut folded = Folded {
            text: String::with_capacity(capacity),
            starts: Vec::with_capacity(capacity),
            ends: Vec::with_capacity(capacity),
            stops: Vec::new(),
        };
        folded.gap(0);
        let mut before = Before::Gap;
        let mut new_line = false;
        let mut characters = source.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if at >= LONGEST {
                break;
            }
            let end = at + character.len_utf8();
            if new_line && (character == '\n' || character.is_uppercase()) {
                folded.stop();
            }
            new_line = character == '\n' || new_line && character.is_whitespace();
            if character.is_ascii_alphabetic() {
                // A capital I after a small letter stands in for a small l, as in `hoId`.
                let small_l = character == 'I'
                    && source.as_bytes().get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_lowercase);
                folded.push(if small_l { 'l' } else { character.to_ascii_lowercase() }, at, end);
                before = Before::Letter;
            } else if character.is_ascii_digit() {
                if before != Before::Number {
                    folded.push('#', at, end);
                } else {
                    folded.stretch(end);
                }
                before = Before::Number;
            } else if before == Before::Number
                && matches!(character, '.' | ',' | ':' | '/' | '-' | '\'')
                && characters.peek().is_some_and(|(_, next)| next.is_ascii_digit())
            {
                folded.stretch(end);
            } else if matches!(character, '$' | '€' | '£' | '%') {
                if before != Before::Gap {
                    folded.gap(at);
                }
                folded.push(if character == '%' { '%' } else { '$' }, at, end);
                folded.gap(end);
                before = Before::Gap;
            } else if character.is_ascii() {
                if before != Before::Gap {
                    folded.gap(at);
                    before = Before::Gap;
                }
                if matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '|' | '*') {
                    folded.stop();
                }
            } else if is_invisible(character) {
                // Characters that nobody sees are put into words to break a search; they break ours no longer.
            } else if let Some(plain) = plain_letters(character) {
                for letter in plain.chars() {
                    folded.push(letter, at, end);
                }
                before = Before::Letter;
            } else if character.is_alphanumeric() {
                for letter in character.to_lowercase() {
                    folded.push(letter, at, end);
                }
                before = Before::Letter;
            } else {
                if before != Before::Gap {
                    folded.gap(at);
                    before = Before::Gap;
                }
                if matches!(character, '–' | '—' | '…' | '•' | '·') {
                    folded.stop();
                }
            }
        }
        if before != Before::Gap {
            let end = source.len().min(folded.ends.last().map_or(0, |end| *end as usize));
            folded.gap(end);
        }
        folded
    }

    /// The span in the source of the folded bytes `start..end`, without a space at either side.
    pub fn source(&self, start: usize, end: usize) -> Span {
        let bytes = self.text.as_bytes();
        let mut start = start;
        let mut end = end.min(bytes.len());
        while start < end && bytes.get(start) == Some(&b' ') {
            start += 1;
        }
        while end > start && bytes.get(end - 1) == Some(&b' ') {
            end -= 1;
        }
        if start >= end {
            return Span::new(0, 0);
        }
        let from = self.starts.get(start).copied().unwrap_or(0) as usize;
        let to = self.ends.get(end - 1).copied().unwrap_or(0) as usize;
        Span::new(from, to.max(from))
    }

    /// Whether no clause ends inside the folded bytes `start..end`.
    pub fn is_one_clause(&self, start: usize, end: usize) -> bool {
        let next = self.stops.partition_point(|stop| (*stop as usize) < start);
        self.stops.get(next).is_none_or(|stop| *stop as usize >= end)
    }

    /// The folded words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split(' ').filter(|word| !word.is_empty())
    }

    fn push(&mut self, letter: char, start: usize, end: usize) {
        self.text.push(letter);
        for _ in 0..letter.len_utf8() {
            self.starts.push(start as u32);
            self.ends.push(end as u32);
        }
    }

    fn gap(&mut self, at: usize) {
        self.push(' ', at, at);
    }

    /// Notes that a clause ends at the gap written last.
    fn stop(&mut self) {
        let gap = self.text.len().saturating_sub(1) as u32;
        if self.stops.last() != Some(&gap) {
            self.stops.push(gap);
        }
    }

    fn stretch(&mut self, end: usize) {
        if let Some(last) = self.ends.last_mut() {
            *last = end as u32;
        }
    }
}

/// Folds a short phrase to the text a search compares with, without the outer spaces.
pub fn folded(phrase: &str) -> String {
    Folded::new(phrase).text.trim().to_owned()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Gap,
    Letter,
    Number,
}

fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{0300}'..='\u{036f}')
}

/// Plain Latin letters for accented letters, ligatures, and letters of other scripts that look the same
/// (the confusables of Unicode TS 39 that matter in mail).
fn plain_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'а' | 'А' | 'α' | 'Α' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'č' | 'ć' | 'Č' | 'Ć' | 'с' | 'С' | 'ϲ' => "c",
        'ď' | 'đ' | 'ԁ' => "d",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'ę' | 'ě' | 'е' | 'Е' | 'ё' | 'ẹ' | 'Ε' => "e",
        'ğ' | 'ǵ' => "g",
        'һ' | 'Н' | 'Η' => "h",
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'ı' | 'İ' | 'і' | 'І' | 'ї' | 'ι' | 'Ι' | 'ị' => "i",
        'ј' | 'Ј' => "j",
        'ķ' | 'к' | 'К' | 'κ' | 'Κ' => "k",
        'ł' | 'Ł' | 'ӏ' => "l",
        'М' | 'Μ' => "m",
        'ñ' | 'Ñ' | 'ń' | 'ň' | 'Ν' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ő' | 'ō' | 'о' | 'О' | 'ο' | 'Ο' | 'ọ' => "o",
        'œ' | 'Œ' => "oe",
        'р' | 'Р' | 'ρ' | 'Ρ' => "p",
        'ř' | 'ŕ' => "r",
        'ß' | 'ẞ' => "ss",
        'š' | 'Š' | 'ś' | 'Ś' | 'ş' | 'ѕ' | 'Ѕ' => "s",
        'ť' | 'ţ' | 'Т' | 'Τ' => "t",
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'ů' | 'ű' | 'υ' | 'ụ' => "u",
        'ν' => "v",
        'ѡ' => "w",
        'х' | 'Х' | 'Χ' => "x",
        'ý' | 'ÿ' | 'Ý' | 'у' | 'У' | 'Υ' => "y",
        'ž' | 'Ž' | 'ź' | 'ż' | 'Ζ' => "z",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => return wide_letter(character),
    })
}

/// Full-width and mathematical letters, which mail uses to slip past a search.
fn wide_letter(character: char) -> Option<&'static str> {
    const LETTERS: [&str; 26] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t",
        "u", "v", "w", "x", "y", "z",
    ];
    let code = character as u32;
    let place = match code {
        0xff21..=0xff3a => code - 0xff21,
        0xff41..=0xff5a => code - 0xff41,
        0x1d400..=0x1d6a3 => (code - 0x1d400) % 26,
        0x24b6..=0x24cf => code - 0x24b6,
        0x24d0..=0x24e9 => code - 0x24d0,
        0x1f130..=0x1f149 => code - 0x1f130,
        _ => return None,
    };
    LETTERS.get(place as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(Folded::new(source).text, expected);
    }

    #[test]
    fn writing_is_made_comparable() {
        check("Überprüfen Sie Ihr Konto!", " uberprufen sie ihr konto ");
        check("pay $1,500.00 within 24-48 hours", " pay $ # within # hours ");
        check("You\u{200b}r acc\u{00ad}ount", " your account ");
        check("Рaypal", " paypal ");
        check("𝐔𝐫𝐠𝐞𝐧𝐭", " urgent ");
        check("Straße 5 %", " strasse # % ");
        check("aIert on hoId", " alert on hold ");
        check("", " ");
    }

    #[test]
    fn clauses_end_at_stops_and_not_at_a_wrapped_line() {
        let parted = |source: &str| {
            let folded = Folded::new(source);
            !folded.is_one_clause(1, folded.text.len() - 1)
        };
        assert!(parted("no hurry, take your time"));
        assert!(parted("nothing.\nUrgent") && parted("nothing\nUrgent") && parted("nothing\n\nurgent"));
        assert!(!parted("there is no\nhurry at all"));
        assert!(!parted("pay $1,500.00 within 24-48 hours"));
        assert!(!parted("it isn't urgent"));
    }

    #[test]
    fn a_match_leads_back_to_the_source() {
        let source = "Bitte: Überprüfen Sie!";
        let folded = Folded::new(source);
        let at = folded.text.find(" uberprufen ").unwrap();
        assert_eq!(folded.source(at, at + " uberprufen ".len()).of(source), Some("Überprüfen"));
    }
}
