//! What a message keeps from the eye: hidden text, signs without width, letters that only look right, pictures in
//! place of words, programs in the page.

use finding::Span;

use crate::catalogue::evidence;
use crate::facts::Facts;
use crate::message::HiddenHow;
use crate::{Evidence, Place, fold};

/// Evidence about hidden things.
pub(crate) fn check(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let message = facts.message;
    let mut say = |code, place, span, details: &[&str]| found.push(evidence(code, place, span, details));

    for (text, place) in [(&message.subject, Place::Subject), (&message.text, Place::Text)] {
        let mut splits = zero_width_splits(text);
        if let Some(first) = splits.next() {
            let count = 1 + splits.count();
            if count >= 3 || place == Place::Subject {
                say("hidden-zero-width", place.clone(), first, &[&count.to_string()]);
            }
        }
        if let Some((span, word)) = mixed_words(text).next() {
            say("hidden-mixed-letters", place, span, &[word]);
        }
    }
    if message.subject.chars().filter(|c| is_fancy(*c)).count() >= 3 {
        say("hidden-fancy-letters", Place::Subject, Span::new(0, message.subject.len()), &[]);
    }

    let page = &message.page;
    let first =
        |how: HiddenHow| page.hidden.iter().find(|hidden| hidden.how == how).map(|hidden| hidden.span);
    let zero_font_words: usize = page
        .hidden
        .iter()
        .filter(|hidden| hidden.how == HiddenHow::ZeroFont)
        .map(|hidden| hidden.text.split_whitespace().count())
        .sum();
    if let Some(span) = first(HiddenHow::ZeroFont)
        && zero_font_words >= 3
    {
        say("hidden-zero-font", Place::Html, span, &[&zero_font_words.to_string()]);
    }
    if let Some(hidden) = page.hidden.first() {
        let how = match hidden.how {
            HiddenHow::NotShown => "switched off",
            HiddenHow::ZeroFont => "font size zero",
            HiddenHow::SameColour => "same colour as what lies behind",
            HiddenHow::NoRoom => "no room to show it",
        };
        if page.hidden_words >= 60 && page.hidden_words > facts.words {
            let shown = facts.words.to_string();
            say("hidden-much-text", Place::Html, hidden.span, &[&page.hidden_words.to_string(), &shown]);
        } else {
            say("hidden-text", Place::Html, hidden.span, &[&page.hidden_words.to_string(), how]);
        }
    }
    let web_links = facts.urls.len();
    if facts.words < 20 && page.linked_images > 0 && web_links > 0 {
        say("hidden-image-only", Place::Html, Span::default(), &[&page.linked_images.to_string()]);
    }
    if let Some(pattern) = smuggling(&page.script_text) {
        say("hidden-smuggling", Place::Html, Span::default(), &[pattern]);
    } else if page.scripts > 0 {
        say("hidden-script", Place::Html, Span::default(), &[]);
    }
    if let Some(target) = page.refreshes.first() {
        say("hidden-refresh", Place::Html, Span::default(), &[target]);
    }
    if page.password_fields > 0 {
        say("link-password-field", Place::Html, Span::default(), &[]);
    }
    if let Some(target) = page.forms.first().filter(|_| page.password_fields == 0) {
        say("link-form", Place::Html, Span::default(), &[if target.is_empty() { "unnamed" } else { target }]);
    }
}

/// Places where an invisible sign or a stray combining mark stands between two Latin letters.
fn zero_width_splits(text: &str) -> impl Iterator<Item = Span> {
    let mut before = ' ';
    let mut pending: Option<(char, usize)> = None;
    text.char_indices().filter_map(move |(at, character)| {
        let breaks = fold::is_invisible(character) && character != '\u{ad}'
            || matches!(character, '\u{700}'..='\u{74f}');
        if breaks {
            if pending.is_none() {
                pending = Some((before, at));
            }
            return None;
        }
        let hit =
            pending.take().filter(|(left, _)| left.is_ascii_alphabetic() && character.is_ascii_alphabetic());
        before = character;
        hit.map(|(_, start)| Span::new(start, at))
    })
}

/// Words that mix Latin letters with Cyrillic, Greek or Armenian ones that look like Latin.
pub(crate) fn mixed_words(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let has_foreign = text.chars().any(is_foreign);
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain(std::iter::once((text.len(), None)));
    ends.filter_map(move |(at, character)| match character {
        Some(c) if c.is_alphanumeric() => {
            start.get_or_insert(at);
            None
        }
        _ => start.take().map(|begin| Span::new(begin, at)),
    })
    .filter(move |_| has_foreign)
    .filter_map(move |span| {
        let word = span.of(text)?;
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        let foreign = word.chars().any(is_foreign);
        (latin && foreign && word.chars().count() >= 3).then_some((span, word))
    })
}

fn is_foreign(character: char) -> bool {
    matches!(character, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' | '\u{531}'..='\u{58f}')
        && character != 'µ'
}

/// Letters of mathematical, full-width or enclosed shapes, used as ordinary ones.
pub(crate) fn is_fancy(character: char) -> bool {
    matches!(character, '\u{1d400}'..='\u{1d7ff}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// The pattern by which a script would build a file on the reader's computer.
fn smuggling(script: &str) -> Option<&'static str> {
    if script.is_empty() {
        return None;
    }
    let builds = ["new Blob", "createObjectURL", "msSaveOrOpenBlob", "msSaveBlob"]
        .into_iter()
        .find(|word| script.contains(word));
    let decodes =
        ["atob(", "fromCharCode", "Uint8Array", "unescape("].into_iter().any(|word| script.contains(word));
    match builds {
        Some(word) if decodes => Some(word),
        _ if script.contains("document.write(") && decodes => Some("document.write of encoded text"),
        _ if script.contains("location") && script.contains("atob(") => Some("encoded jump"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_signs_count_only_inside_words() {
        assert_eq!(zero_width_splits("pa\u{200b}ss and \u{200b} word\u{200c}").count(), 1);
        assert_eq!(zero_width_splits("Aܿlܿert").count(), 2);
        let text = "pa\u{200b}ss";
        assert_eq!(zero_width_splits(text).next().and_then(|span| span.of(text)), Some("\u{200b}"));
    }

    #[test]
    fn words_of_one_alphabet_are_left_alone() {
        assert_eq!(mixed_words("Привет мир, hello world, Ελλάδα, 5 µm").count(), 0);
        assert_eq!(mixed_words("Your аccоunt now").map(|(_, word)| word).collect::<Vec<_>>(), ["аccоunt"]);
    }

    #[test]
    fn scripts_that_build_files_are_told_from_others() {
        assert_eq!(smuggling("var b = new Blob([Uint8Array.from(atob(x))])"), Some("new Blob"));
        assert_eq!(smuggling("console.log(1)"), None);
    }
}
