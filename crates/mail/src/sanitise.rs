//! The HTML of a message made inert, for a sandboxed frame: no links, no pictures, no styles that fetch, no forms.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::html::{Token, attributes, decode, tokens};
use crate::message::Message;

/// The HTML part with nothing live in it. Links stay as their words with the target in brackets after them; nothing
/// in it names a remote place in an attribute. `None` if the message has no HTML part.
pub fn sanitised_html(message: &Message) -> Option<String> {
    let html = message.html.as_deref()?;
    let html = crate::parse::head(html, LONGEST);
    Some(CLEANER.clean(&with_targets_shown(html)).to_string())
}

const LONGEST: usize = 512 << 10;

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    let attributes: HashSet<&str> = HashSet::from(["colspan", "rowspan"]);
    cleaner
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "noscript", "template", "object", "svg", "math",
        ]))
        .tag_attributes(HashMap::from([("td", attributes.clone()), ("th", attributes)]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::new())
        .link_rel(None)
        .strip_comments(true);
    cleaner
});

/// Writes the page anew from its pieces: only known elements, closed in order and never deeper than [`DEEPEST`], and
/// the target of each link as text behind the link's words, so that it can be read but not followed.
fn with_targets_shown(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut target: Option<String> = None;
    let mut open: Vec<&'static str> = Vec::new();
    let mut escapes = 0;
    for token in tokens(html) {
        match token {
            Token::Text { text, .. } => say(&mut out, &decode(text), &mut escapes),
            Token::Raw { .. } => {}
            Token::Open { name, attributes: inside } if name.eq_ignore_ascii_case("a") => {
                show(&mut out, target.take());
                let href = attributes(inside).find(|(key, _)| key.eq_ignore_ascii_case("href"));
                target = href
                    .map(|(_, value)| crate::parse::line(&decode(value), 300))
                    .filter(|value| !value.is_empty());
            }
            Token::Open { name, .. } if name.eq_ignore_ascii_case("img") => {
                out.push_str(" <i>[picture]</i> ")
            }
            Token::Open { name, attributes: inside } => {
                let Some(tag) = TAGS.into_iter().find(|tag| name.eq_ignore_ascii_case(tag)) else { continue };
                if matches!(tag, "br" | "hr") {
                    out.push_str(&format!("<{tag}>"));
                } else if open.len() < DEEPEST {
                    open.push(tag);
                    out.push('<');
                    out.push_str(tag);
                    for (key, value) in
                        attributes(inside).filter(|(key, _)| matches!(*key, "colspan" | "rowspan"))
                    {
                        let digits: String = value.chars().filter(char::is_ascii_digit).take(3).collect();
                        out.push_str(&format!(" {key}=\"{digits}\""));
                    }
                    out.push('>');
                }
            }
            Token::Close { name } if name.eq_ignore_ascii_case("a") => show(&mut out, target.take()),
            Token::Close { name } => {
                if let Some(at) = open.iter().rposition(|tag| name.eq_ignore_ascii_case(tag)) {
                    for tag in open.drain(at..).rev() {
                        out.push_str(&format!("</{tag}>"));
                    }
                }
            }
        }
    }
    show(&mut out, target);
    out
}

/// Elements inside elements; the reader of the cleaned page takes more than linear time in this.
const DEEPEST: usize = 60;

const TAGS: [&str; 43] = [
    "p",
    "br",
    "div",
    "span",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "code",
    "hr",
    "center",
    "sub",
    "sup",
    "small",
    "dl",
    "dt",
    "dd",
    "abbr",
    "address",
    "section",
    "article",
    "q",
];

/// Writes text with its special characters escaped. Beyond [`MOST_ESCAPES`] of them blanks are written instead, since
/// the reader of the cleaned page takes long over each.
fn say(out: &mut String, text: &str, escapes: &mut usize) {
    for character in text.chars() {
        let escaped = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\u{a0}' => " ",
            c if c.is_control() && c != '\n' && c != '\t' => "",
            other => {
                out.push(other);
                continue;
            }
        };
        *escapes += usize::from(escaped.len() > 1);
        out.push_str(if *escapes > MOST_ESCAPES && escaped.len() > 1 { " " } else { escaped });
    }
}

const MOST_ESCAPES: usize = 2_000;

fn show(out: &mut String, target: Option<String>) {
    if let Some(target) = target {
        let safe =
            target.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace("://", "[:]//");
        out.push_str(" <small>[");
        out.push_str(&safe);
        out.push_str("]</small>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let message = Message { html: Some(html.to_owned()), ..Message::default() };
        assert_eq!(sanitised_html(&message).as_deref(), Some(expected));
    }

    #[test]
    fn nothing_live_is_left() {
        check(
            "<a href='https://evil.example/?a&b'>Pay</a>",
            "Pay <small>[https[:]//evil.example/?a&amp;b]</small>",
        );
        check("<img src=https://t.example/p.gif onerror=alert(1)>", " <i>[picture]</i> ");
        check("<p style=\"background:url(https://t.example)\" onclick=x>a</p>", "<p>a</p>");
        check("<script>alert(1)</script><form action=x><input name=y></form><iframe src=z></iframe>b", "b");
        check(
            "<meta http-equiv=refresh content='0;url=https://x.example'><base href=//x><link rel=stylesheet href=y>c",
            "c",
        );
    }

    #[test]
    fn a_message_without_html_gives_none() {
        assert_eq!(sanitised_html(&Message::default()), None);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn no_address_survives_in_an_attribute(pieces in proptest::collection::vec("<(a|img|p|svg|style|form|!--|/a)( (href|src|onload|style)=('|\")?(https://x.example|javascript:x)('|\")?)?>?|[a-z<>&\"' ]{0,8}", 0..12)) {
            let message = Message { html: Some(pieces.concat()), ..Message::default() };
            let clean = sanitised_html(&message).unwrap_or_default();
            for attribute in ["href=", "src=", "onload=", "style="] {
                let live = clean.split('<').skip(1).any(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(attribute)));
                proptest::prop_assert!(!live, "{clean}");
            }
        }
    }
}
