//! Where links go: finding them in text, undoing link protection, and what their addresses say. Nothing is fetched.

mod check;
mod protection;
pub(crate) mod url;

pub(crate) use check::check;
pub(crate) use protection::{is_named_only, percent_decode, unwrap_protection};

use finding::Span;

use crate::message::Link;

const LONGEST: usize = 8_000;
const MOST_BARE: usize = 500;

/// A link target without the white space and control characters that browsers ignore, bounded.
pub(crate) fn clean(target: &str) -> String {
    let target = crate::parse::head(target.trim(), LONGEST);
    target.chars().filter(|c| !c.is_control()).collect()
}

/// Links that stand in the text as bare addresses, outside the links already known.
pub(crate) fn bare(text: &str, known: &[Link]) -> Vec<Link> {
    let mut found = Vec::new();
    let mut taken: Vec<Span> = known.iter().filter_map(|link| link.span).collect();
    taken.sort_unstable();
    for (at, _) in text.match_indices("://") {
        let before = text.get(..at).unwrap_or_default();
        let scheme = before.len() - before.bytes().rev().take(5).take_while(u8::is_ascii_alphabetic).count();
        if matches!(
            text.get(scheme..at).map(str::to_ascii_lowercase).as_deref(),
            Some("http" | "https" | "hxxp" | "hxxps" | "ftp")
        ) {
            push(text, scheme, &taken, &mut found);
        }
    }
    for (at, _) in text.match_indices("www.") {
        let boundary = text.get(..at).and_then(|before| before.chars().next_back());
        if boundary.is_none_or(|c| !(c.is_alphanumeric() || "/.@-_=%".contains(c))) {
            push(text, at, &taken, &mut found);
        }
    }
    found
}

fn push(text: &str, start: usize, taken: &[Span], found: &mut Vec<Link>) {
    let index = taken.partition_point(|span| span.end <= start);
    if found.len() >= MOST_BARE || taken.get(index).is_some_and(|span| span.start <= start) {
        return;
    }
    let rest = text.get(start..).unwrap_or_default();
    let rest = crate::parse::head(rest, LONGEST);
    let end = rest
        .find(|c: char| {
            c.is_whitespace()
                || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '“' | '”' | '»' | '«')
        })
        .unwrap_or(rest.len());
    let url = rest.get(..end).unwrap_or_default();
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '’']);
    let url = if url.contains('(') { url } else { url.trim_end_matches(')') };
    let url = if url.contains('[') { url } else { url.trim_end_matches(']') };
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    if url.len() < 8 {
        return;
    }
    let target =
        if url.starts_with("www.") { format!("http://{url}") } else { url.replacen("hxxp", "http", 1) };
    found.push(Link {
        target: clean(&target),
        wrapped: None,
        shown: url.to_owned(),
        span: Some(Span::new(start, start + url.len())),
        found_in: "body",
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = bare(text, &[]);
        assert_eq!(found.iter().map(|link| link.target.as_str()).collect::<Vec<_>>(), expected, "{text}");
        for link in found {
            assert_eq!(link.span.and_then(|span| span.of(text)), Some(link.shown.as_str()));
        }
    }

    #[test]
    fn bare_links_end_where_a_reader_would_end_them() {
        check(
            "see https://example.org/a, or (http://example.org/b).",
            &["https://example.org/a", "http://example.org/b"],
        );
        check("www.example.org!", &["http://www.example.org"]);
        check("https://en.example.org/x_(y)", &["https://en.example.org/x_(y)"]);
        check("no link://here, a://b", &[]);
    }
}
