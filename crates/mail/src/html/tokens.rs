//! Cuts HTML into tags and text without building a tree; linear in the input, never fails, keeps byte positions.

/// A piece of HTML with the place it starts at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    Text {
        text: &'a str,
        start: usize,
    },
    Open {
        name: &'a str,
        attributes: &'a str,
    },
    Close {
        name: &'a str,
    },
    /// The text inside `script`, `style`, `title` or `textarea`, which holds no tags.
    Raw {
        element: &'a str,
        text: &'a str,
    },
}

/// Walks over the pieces of `html`. Comments, doctypes and processing instructions are left out.
pub(crate) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, raw: None }
}

pub(crate) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    raw: Option<&'a str>,
}

const RAW_ELEMENTS: [&str; 6] = ["script", "style", "title", "textarea", "xmp", "noembed"];

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(element) = self.raw.take() {
            let rest = self.html.get(self.at..)?;
            let end = find_close(rest, element).unwrap_or(rest.len());
            self.at += end;
            return Some(Token::Raw { element, text: rest.get(..end)? });
        }
        loop {
            let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
            let start = self.at;
            match rest.find('<') {
                None => {
                    self.at = self.html.len();
                    return Some(Token::Text { text: rest, start });
                }
                Some(0) => {}
                Some(before) => {
                    self.at += before;
                    return Some(Token::Text { text: rest.get(..before)?, start });
                }
            }
            let bytes = rest.as_bytes();
            match bytes.get(1) {
                Some(b'!') => {
                    let length = if rest.starts_with("<!--") { comment(rest) } else { past(rest, '>') };
                    self.at += length;
                }
                Some(b'?') => self.at += past(rest, '>'),
                Some(b'/') => {
                    let length = past(rest, '>');
                    self.at += length;
                    let name = tag_name(rest.get(2..length).unwrap_or_default());
                    if !name.is_empty() {
                        return Some(Token::Close { name });
                    }
                }
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let length = tag_end(rest);
                    self.at += length;
                    let inside = rest.get(1..length).unwrap_or_default();
                    let inside = inside.strip_suffix('>').unwrap_or(inside);
                    let name = tag_name(inside);
                    let attributes = inside.get(name.len()..).unwrap_or_default();
                    self.raw = RAW_ELEMENTS.into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
                    return Some(Token::Open { name, attributes });
                }
                _ => {
                    let end =
                        rest.get(1..).and_then(|after| after.find('<')).map_or(rest.len(), |next| next + 1);
                    self.at += end;
                    return Some(Token::Text { text: rest.get(..end)?, start });
                }
            }
        }
    }
}

/// Name and value pairs of a tag, values with their quotes removed and entities left as they are.
/// At most 64 pairs are given.
pub(crate) fn attributes(inside: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = inside;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let name_end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/')
            .filter(|end| *end > 0)
            .unwrap_or(if rest.starts_with('=') { 1 } else { rest.len() });
        let name = rest.get(..name_end)?;
        let after = rest.get(name_end..)?.trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'');
        let (value, left) = match quote {
            Some(quote) => {
                let inner = value.get(1..)?;
                match inner.find(quote) {
                    Some(end) => (inner.get(..end)?, inner.get(end + 1..)?),
                    None => (inner, ""),
                }
            }
            None => {
                let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
                (value.get(..end)?, value.get(end..)?)
            }
        };
        rest = left;
        Some((name, value))
    })
    .take(64)
}

fn tag_name(inside: &str) -> &str {
    let end =
        inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-')).unwrap_or(inside.len());
    inside.get(..end).unwrap_or_default()
}

/// The length up to and with `mark`, or everything.
fn past(rest: &str, mark: char) -> usize {
    rest.find(mark).map_or(rest.len(), |at| at + mark.len_utf8())
}

/// The length of a comment. `<!-->` and `<!--->` are whole comments, as browsers read them.
fn comment(rest: &str) -> usize {
    if rest.starts_with("<!-->") {
        return 5;
    }
    if rest.starts_with("<!--->") {
        return 6;
    }
    let body = rest.get(4..).unwrap_or_default();
    body.find("-->").map_or(rest.len(), |at| at + 7)
}

/// The length of an opening tag, minding quotes. A quote that never closes ends the tag at the first `>`.
fn tag_end(rest: &str) -> usize {
    const LONGEST: usize = 64 * 1024;
    let mut quote = None;
    let mut first_close = None;
    let mut previous = 0u8;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (Some(open), _) if byte == open => quote = None,
            (Some(_), b'>') => first_close = first_close.or(Some(at + 1)),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            previous = byte;
        }
    }
    first_close.unwrap_or_else(|| past(rest, '>'))
}

/// Where `</element` starts, compared without case.
fn find_close(rest: &str, element: &str) -> Option<usize> {
    rest.match_indices("</").map(|(at, _)| at).find(|at| {
        rest.get(at + 2..at + 2 + element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> Vec<String> {
        tokens(html).map(|token| format!("{token:?}")).collect()
    }

    #[test]
    fn quotes_hide_a_closing_bracket() {
        let html = "<a title=\"a > b\" href=x>y</a>";
        let Some(Token::Open { name: "a", attributes: inside, .. }) = tokens(html).next() else {
            panic!("{:?}", seen(html));
        };
        assert_eq!(attributes(inside).collect::<Vec<_>>(), [("title", "a > b"), ("href", "x")]);
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_page() {
        assert!(seen("<a href=\"x>text</a> more").iter().any(|token| token.contains("more")));
    }

    #[test]
    fn scripts_and_comments_are_no_text() {
        assert_eq!(seen("<!-- a --><script>if (a<b) {}</script>c").len(), 4);
    }

    #[test]
    fn a_lone_bracket_is_text() {
        assert_eq!(seen("1 < 2"), ["Text { text: \"1 \", start: 0 }", "Text { text: \"< 2\", start: 2 }"]);
    }
}
