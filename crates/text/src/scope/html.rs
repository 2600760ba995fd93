//! HTML and HTML templates: what a reader sees; scripts, styles, code and quotations left out. A forgiving scanner that
//! never builds a tree and never fails.

use crate::prose::{BlockKind, Builder, Comment, Link, Prose};
use finding::Span;
use std::ops::Range;

/// Reads HTML. Template parts (`{{ … }}`, `{% … %}`) are stand-ins or left out.
pub(super) fn read(text: &str) -> Prose<'_> {
    let mut out = Builder::with_capacity(text.len() / 2);
    read_part(text, 0..text.len(), &mut out);
    out.prose()
}

/// Reads a part of `text` that is HTML, and adds to `out` what a reader sees of it.
pub(super) fn read_part(text: &str, part: Range<usize>, out: &mut Builder) {
    let source = text.get(..part.end).unwrap_or(text);
    let mut reader = Reader {
        source,
        out: std::mem::take(out),
        kind: BlockKind::Paragraph,
        hidden: Vec::new(),
        link: None,
    };
    let mut at = part.start;
    while at < source.len() {
        at = reader.step(at).max(at + 1);
        while at < source.len() && !source.is_char_boundary(at) {
            at += 1;
        }
    }
    reader.out.end_block(reader.kind);
    *out = reader.out;
}

struct Reader<'a> {
    source: &'a str,
    out: Builder,
    kind: BlockKind,
    /// Names of open elements whose content is not read.
    hidden: Vec<&'static str>,
    link: Option<(usize, String)>,
}

const HIDDEN: [&str; 11] =
    ["script", "style", "pre", "blockquote", "template", "math", "metadata", "samp", "kbd", "code", "var"];
/// Of these, the ones inside a sentence: one stand-in takes their place.
const INLINE: [&str; 4] = ["samp", "kbd", "code", "var"];

impl Reader<'_> {
    /// Reads what begins at `at` and returns where the next thing begins.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.source.get(at..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("<!--") {
            let inner = comment.find("-->").unwrap_or(comment.len());
            let end = (at + 4 + inner + 3).min(self.source.len());
            let text = comment.get(..inner).unwrap_or("").trim().to_string();
            self.out.comments.push(Comment { span: Span::new(at, end), text });
            return end;
        }
        for (open, close, shown) in [("{{", "}}", true), ("{%", "%}", false), ("{#", "#}", false)] {
            if let Some(inner) = rest.strip_prefix(open) {
                let length = inner.find(close).map_or(rest.len(), |inner| inner + 4);
                let end = (at + length).min(self.source.len());
                if open == "{#" {
                    let text = inner.get(..length.saturating_sub(4)).unwrap_or("").trim().to_string();
                    self.out.comments.push(Comment { span: Span::new(at, end), text });
                }
                if shown && self.hidden.is_empty() {
                    self.out.stand_in(at..end);
                }
                return end;
            }
        }
        let second = rest.as_bytes().get(1).copied().unwrap_or(0);
        if rest.starts_with('<') && (second.is_ascii_alphabetic() || matches!(second, b'/' | b'!' | b'?')) {
            let Some(length) = tag_length(rest) else {
                if self.hidden.is_empty() {
                    self.out.copy("<", at);
                }
                return at + 1;
            };
            let end = at + length;
            let tag = self.source.get(at..end).unwrap_or("");
            self.tag(tag, at);
            return end;
        }
        if rest.starts_with('&')
            && let Some((shown, length)) = entity(rest)
        {
            if self.hidden.is_empty() {
                self.out.replace(shown.encode_utf8(&mut [0; 4]), at..at + length);
            }
            return at + length;
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest
            .get(first..)
            .and_then(|tail| tail.find(['<', '&', '{']))
            .map_or(rest.len(), |next| first + next);
        if self.hidden.is_empty() {
            self.out.copy(rest.get(..length).unwrap_or(""), at);
        }
        at + length
    }

    fn tag(&mut self, tag: &str, at: usize) {
        let closing = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|char| char.is_ascii_alphanumeric() || *char == '-')
            .map(|char| char.to_ascii_lowercase())
            .collect();
        if let Some(open) = self.hidden.last().copied() {
            if closing && name == open {
                self.hidden.pop();
                if INLINE.contains(&open) && self.hidden.is_empty() {
                    self.out.stand_in(at..at + tag.len());
                } else {
                    self.out.end_block(self.kind);
                }
            } else if !closing && HIDDEN.contains(&name.as_str()) && name == open {
                self.hidden.push(open);
            }
            return;
        }
        if let Some(hidden) = HIDDEN.iter().find(|hidden| **hidden == name) {
            if !closing && !tag.ends_with("/>") {
                if !INLINE.contains(hidden) {
                    self.out.end_block(self.kind);
                }
                self.hidden.push(hidden);
            }
            return;
        }
        match name.as_str() {
            "a" => self.anchor(tag, closing),
            "br" => self.out.replace("\n", at..at + tag.len()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "title" | "caption" | "legend" | "summary" => {
                self.block(closing, BlockKind::Heading)
            }
            "li" | "dt" | "dd" => self.block(closing, BlockKind::Item),
            "td" | "th" => self.block(closing, BlockKind::Cell),
            "button" | "label" | "option" | "text" | "desc" => self.block(closing, BlockKind::Label),
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "nav" | "aside" | "ul"
            | "ol" | "dl" | "table" | "tr" | "thead" | "tbody" | "form" | "fieldset" | "body" | "html"
            | "figure" | "figcaption" | "details" | "dialog" | "select" | "hr" | "address" | "output"
            | "textarea" | "noscript" | "svg" => {
                self.out.end_block(self.kind);
                self.kind = BlockKind::Paragraph;
            }
            _ => {}
        }
        if !closing {
            self.attributes(tag, &name, at);
        }
    }

    fn block(&mut self, closing: bool, kind: BlockKind) {
        if closing {
            self.out.end_block(kind);
            self.kind = BlockKind::Paragraph;
        } else {
            self.out.end_block(self.kind);
            self.kind = kind;
        }
    }

    fn anchor(&mut self, tag: &str, closing: bool) {
        if closing {
            if let Some((start, target)) = self.link.take() {
                self.out.links.push(Link { text: start..self.out.text.len(), target });
            }
        } else {
            let target = attribute(tag, "href").map_or("", |(_, value)| value).to_string();
            self.link = Some((self.out.text.len(), target));
        }
    }

    /// Alternative texts, labels and what a list of pages shows are read as well, each on its own.
    fn attributes(&mut self, tag: &str, name: &str, at: usize) {
        if !tag.contains('=') {
            return;
        }
        for attribute in ["alt", "aria-label", "placeholder", "title"] {
            self.attribute(tag, attribute, BlockKind::Label, at);
        }
        let is = |attribute_name, known: &[&str]| {
            attribute(tag, attribute_name)
                .is_some_and(|(_, value)| known.iter().any(|known| value.eq_ignore_ascii_case(known)))
        };
        if name == "input" && is("type", &["submit", "button", "reset"]) {
            self.attribute(tag, "value", BlockKind::Label, at);
        }
        if name == "meta" && (is("name", &SHOWN) || is("property", &SHOWN)) {
            self.attribute(tag, "content", BlockKind::Heading, at);
        }
    }

    fn attribute(&mut self, tag: &str, name: &str, kind: BlockKind, at: usize) {
        if let Some((offset, value)) = attribute(tag, name)
            && value.contains(' ')
            && !value.contains(['{', '&'])
        {
            self.out.end_block(self.kind);
            self.out.copy(value, at + offset);
            self.out.end_block(kind);
        }
    }
}

/// What other pages show of this one.
const SHOWN: [&str; 5] =
    ["description", "og:description", "og:title", "twitter:description", "twitter:title"];

/// The bytes of the tag at the beginning of `rest`, with quotation marks respected; nothing where no tag ends within bounds.
/// A tag that holds a picture (`data:`) may be long.
fn tag_length(rest: &str) -> Option<usize> {
    const LONGEST: usize = 4 * 1024;
    const LONGEST_PICTURE: usize = 2 * 1024 * 1024;
    let mut quote = 0u8;
    let mut first_end = None;
    for (index, byte) in rest.bytes().take(LONGEST).enumerate() {
        match byte {
            b'"' | b'\'' if quote == 0 => quote = byte,
            byte if quote == byte => quote = 0,
            b'>' if quote == 0 => return Some(index + 1),
            b'<' if quote == 0 && index > 0 => return None,
            b'>' => first_end = first_end.or(Some(index + 1)),
            _ => {}
        }
    }
    if first_end.is_none() && rest.len() > LONGEST {
        let bytes = rest.as_bytes();
        let head = bytes.get(..LONGEST)?;
        let picture = head.windows(5).any(|part| part == b"data:");
        let tail = bytes.get(LONGEST..bytes.len().min(LONGEST_PICTURE))?;
        return tail.iter().position(|byte| *byte == b'>').filter(|_| picture).map(|at| LONGEST + at + 1);
    }
    first_end
}

/// The value of an attribute and its offset in the tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<(usize, &'t str)> {
    let mut from = 0;
    while let Some(found) = tag.get(from..)?.find(name) {
        let at = from + found;
        from = at + name.len();
        let before = tag.as_bytes().get(at.wrapping_sub(1)).copied().unwrap_or(b'x');
        let Some(after) = tag.get(from..).and_then(|rest| rest.strip_prefix('=')) else { continue };
        if !before.is_ascii_whitespace() {
            continue;
        }
        let quote = after.chars().next()?;
        if quote == '"' || quote == '\'' {
            let value = after.get(1..)?;
            return Some((from + 2, value.get(..value.find(quote)?)?));
        }
        let end = after.find(|char: char| char.is_whitespace() || char == '>').unwrap_or(after.len());
        return Some((from + 1, after.get(..end)?));
    }
    None
}

/// The character of an entity at the beginning of `rest`, and the bytes it takes.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let char = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "rsquo" => '\u{2019}',
        "lsquo" => '\u{2018}',
        "ldquo" => '\u{201C}',
        "rdquo" => '\u{201D}',
        "hellip" => '\u{2026}',
        "shy" => '\u{AD}',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        number => {
            let digits = number.strip_prefix('#')?;
            let value = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(value)?
        }
    };
    Some((char, end + 1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_in_attributes_fields_and_drawings_are_read() {
        let page = "<meta name=\"description\" content=\"Your fault entirely\"><meta name=\"viewport\" content=\"not this one\">\
            <abbr title=\"It was you\">x</abbr><input type=submit value=\"Admit it now\"><input value=\"not that one\">\
            <textarea>Dear careless user</textarea><noscript>Turn it on</noscript>\
            <svg><style>.a { b }</style><text>Too many fools</text></svg>";
        let prose = super::read(page);
        let blocks: Vec<&str> =
            prose.blocks.iter().filter_map(|block| prose.text.get(block.range.clone())).collect();
        assert_eq!(
            blocks,
            [
                "Your fault entirely",
                "It was you",
                "x",
                "Admit it now",
                "Dear careless user",
                "Turn it on",
                "Too many fools"
            ]
        );
        for block in &prose.blocks {
            let shown = prose.text.get(block.range.clone()).unwrap_or("");
            assert_eq!(prose.original(block.range.clone()).of(page), Some(shown));
        }
    }

    #[test]
    fn a_picture_inside_a_tag_is_no_prose() {
        let page = format!(
            "<p>One <img alt=\"\" src=\"data:image/png;base64,{}\"> two.</p>",
            "iVBOR/0KGgo+".repeat(3_000)
        );
        assert_eq!(super::read(&page).text.split_whitespace().collect::<Vec<_>>(), ["One", "two."]);
    }
}
