//! A page for a browser: each text with its findings, readable without script and without colour.

use super::{rule_of, summary};
use crate::check::place::Lines;
use crate::check::{Checked, Unread};
use finding::Finding;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>What this says to its readers</title>\n<style>";

/// One page with all texts that have findings, and the files that were not read.
pub(crate) fn write(checked: &[Checked], unread: &[Unread]) -> String {
    let mut out = format!("{HEAD}{}</style>\n</head>\n<body>\n<main>\n", include_str!("page.css"));
    out.push_str("<h1>What this says to its readers</h1>\n");
    out.push_str(&format!("<p>{}</p>\n", summary(checked)));
    if !unread.is_empty() {
        out.push_str("<section><h2>Not read, so not checked</h2>\n<ul>\n");
        for one in unread {
            let path = escape(&crate::say::name(&one.path));
            out.push_str(&format!("<li><code>{path}</code> {}</li>\n", marked(&one.why)));
        }
        out.push_str("</ul></section>\n");
    }
    for one in checked.iter().filter(|one| !one.report.findings.is_empty()) {
        let lines = Lines::of(&one.text);
        out.push_str(&format!("<section><h2>{}</h2>\n<ol>\n", escape(&crate::say::name(&one.path))));
        for finding in &one.report.findings {
            out.push_str(&item(one, &lines, finding));
        }
        out.push_str("</ol></section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// One finding: where, what, the words in their line, why, and what to say instead.
fn item(one: &Checked, lines: &Lines, finding: &Finding) -> String {
    let line = lines.place(finding.span.start).line;
    let decoded = one.decoded.as_ref().and_then(|decoded| decoded.at(finding.span));
    let (text, span) = decoded.unwrap_or((&one.text, finding.span));
    let before = text.get(..span.start).map_or("", |text| near_end(text));
    let after = text.get(span.end..).map_or("", |text| near_start(text));
    let words = span.of(text).unwrap_or("");
    let shown = near_start_of(words, MOST_WORDS);
    let instead = rule_of(finding, one.report.language)
        .map(|rule| format!("<p><b>Say instead:</b> {}</p>\n", marked(rule.instead)))
        .unwrap_or_default();
    format!(
        "<li><p><b>{} {}</b>, line {line}: {}</p>\n<blockquote>{}<mark>{}</mark>{}</blockquote>\n<p>{}</p>\n{instead}</li>\n",
        finding.severity.as_str(),
        escape(&finding.rule),
        marked(&finding.message),
        escape(before),
        escape(shown),
        escape(after),
        marked(&finding.why),
    )
}

/// How many bytes of a line stand around a finding: a text without line ends is not repeated for each.
const AROUND: usize = 200;

/// How many bytes of a finding's own words are shown; some cover a whole text.
const MOST_WORDS: usize = 2_000;

/// The end of the last line of a text.
fn near_end(text: &str) -> &str {
    let from = text.char_indices().rev().take_while(|(at, one)| *one != '\n' && text.len() - at <= AROUND);
    let from = from.last().map_or(text.len(), |(at, _)| at);
    text.get(from..).unwrap_or("")
}

/// The beginning of the first line of a text.
fn near_start(text: &str) -> &str {
    near_start_of(text, AROUND).lines().next().unwrap_or("")
}

fn near_start_of(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or("")
}

/// Our own sentences, in which `code` and *words to say* are marked as in Markdown.
fn marked(text: &str) -> String {
    let mut out = escape(text);
    for (mark, tag) in [('`', "code"), ('*', "q")] {
        if out.matches(mark).count() % 2 == 0 {
            let parts: Vec<&str> = out.split(mark).collect();
            let shown = parts.iter().enumerate().map(|(place, part)| match place % 2 {
                0 => (*part).to_owned(),
                _ => format!("<{tag}>{part}</{tag}>"),
            });
            out = shown.collect();
        }
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
