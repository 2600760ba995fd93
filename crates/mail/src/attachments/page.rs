//! Web pages and SVG pictures sent as files: forms, redirects, scripts, and files built out of text (smuggling).
//! Scripts are read as text; what they hide in base64 or percent signs is decoded within bounds, never run.

use super::bytes::text;
use super::{Budget, Look};

/// Bytes read of one page.
const PAGE: usize = 2 << 20;
/// Hidden literals decoded of one page, and how often a decoded one is looked into again.
const LITERALS: usize = 12;
const LAYERS: usize = 3;

/// An HTML file.
pub(super) fn html(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    let source = text(bytes, PAGE);
    let page = crate::html::read(&source);
    if bytes.len() > PAGE || page.cut {
        seen.note("attachment-not-read", name, "a large page was read in part");
    }
    let what = page.facts.title.as_deref().unwrap_or("no title").to_owned();
    // A part without a name is another body of the message rather than a file to open.
    if !name.is_empty() {
        seen.note("html-attachment", name, &what);
    }
    seen.say(&page.text, budget);
    markup(&source, page, name, budget, seen, LAYERS);
}

/// What a page shows, at the top or out of a decoded literal.
fn markup(
    source: &str,
    page: crate::html::Page,
    name: &str,
    budget: &mut Budget,
    seen: &mut Look,
    layers: usize,
) {
    let facts = page.facts;
    if facts.password_fields > 0 {
        let target = facts.forms.first().map_or("no form", String::as_str);
        seen.note("html-attachment-password", name, target);
    }
    for target in facts.forms.iter().take(20) {
        if !target.is_empty() {
            seen.note("html-attachment-form", name, target);
        }
        seen.link(target, "", "attachment", budget);
    }
    for target in facts.refreshes.iter().take(20) {
        seen.note("html-attachment-redirect", name, target);
        seen.link(target, "", "attachment", budget);
    }
    for link in &page.links {
        if link.target.contains(':') || link.target.starts_with("//") {
            seen.link(&link.target, &link.shown, "attachment", budget);
        }
    }
    if facts.scripts > 0 {
        seen.note("html-attachment-script", name, &format!("{} scripts", facts.scripts));
    }
    if let Some(detail) = smuggling(source) {
        seen.note("html-smuggling", name, &detail);
    }
    if facts.scripts > 0 || layers < LAYERS {
        script(&facts.script_text, name, budget, seen, layers);
    }
}

/// The text of scripts: redirects, addresses, and literals that hide more.
fn script(source: &str, name: &str, budget: &mut Budget, seen: &mut Look, layers: usize) {
    let squeezed: String = source.chars().filter(|c| !c.is_whitespace()).take(PAGE).collect();
    let lower = squeezed.to_ascii_lowercase();
    let found = crate::links::bare(source, &[]);
    let moves = [
        "location.href=",
        "location.replace(",
        "location.assign(",
        "window.location=",
        "document.location=",
        "location=\"",
        "location='",
    ];
    if moves.iter().any(|mark| lower.contains(mark)) {
        let target = found.first().map_or("a computed address", |link| link.target.as_str());
        seen.note("html-attachment-redirect", name, target);
    }
    for link in &found {
        seen.link(&link.target, "", "attachment", budget);
    }
    let runs =
        ["eval(", "document.write(", "newfunction(", "settimeout(\"", ".innerhtml=", "insertadjacenthtml("];
    let hides = ["atob(", "unescape(", "fromcharcode", "decodeuricomponent(", "\\x", "parseint("];
    let running: Vec<&str> = runs.iter().copied().filter(|mark| lower.contains(mark)).collect();
    let hiding: Vec<&str> = hides.iter().copied().filter(|mark| lower.contains(mark)).collect();
    if !running.is_empty() && !hiding.is_empty() {
        let detail = running
            .iter()
            .chain(&hiding)
            .map(|mark| mark.trim_end_matches('('))
            .collect::<Vec<_>>()
            .join(", ");
        seen.note("html-obfuscated", name, &detail);
    }
    if layers == 0 {
        return;
    }
    for literal in literals(source).take(LITERALS) {
        if !budget.item() {
            return;
        }
        let Some(decoded) = decode(literal, budget) else { continue };
        if decoded.contains('<') {
            let page = crate::html::read(&decoded);
            seen.say(&page.text, budget);
            markup(&decoded, page, name, budget, seen, layers - 1);
        }
        script(&decoded, name, budget, seen, layers - 1);
    }
}

/// Whether a page builds a file by itself: it decodes something, makes a file of it, and offers it.
fn smuggling(source: &str) -> Option<String> {
    let lower = source.to_ascii_lowercase();
    let marks = |marks: &[&'static str]| marks.iter().copied().find(|mark| lower.contains(mark));
    let makes = marks(&["new blob(", "new file(", "mssaveoropenblob", "mssaveblob", "createobjecturl"]);
    let decodes = marks(&["atob(", "uint8array", "fromcharcode", "unescape(", "charcodeat"]);
    let offers = marks(&[
        "createobjecturl",
        "mssaveoropenblob",
        ".download",
        "download=",
        "setattribute('download",
        "setattribute(\"download",
    ]);
    if let (Some(makes), Some(decodes), Some(offers)) = (makes, decodes, offers) {
        return Some(format!("{decodes} {makes} {offers}").replace('(', ""));
    }
    let data = lower.contains("href=\"data:application/") || lower.contains("href='data:application/");
    (data && lower.contains("download")).then(|| "data: link offered as a download".to_owned())
}

/// Long quoted pieces of a script.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    source.split(['"', '\'', '`']).filter(|piece| piece.len() >= 40 && piece.len() <= 1 << 20)
}

/// A literal in base64 or percent signs, as text.
fn decode(literal: &str, budget: &mut Budget) -> Option<String> {
    if literal.contains("%3C") || literal.contains("%3c") || literal.contains("%68%74") {
        let decoded = crate::links::percent_decode(literal);
        budget.bytes = budget.bytes.saturating_sub(decoded.len());
        return Some(decoded);
    }
    let plain = literal.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_\r\n ".contains(&byte));
    if !plain || budget.bytes < literal.len() {
        return None;
    }
    let bytes = base64(literal.as_bytes());
    budget.bytes = budget.bytes.saturating_sub(bytes.len());
    super::sniff::looks_like_text(super::bytes::head(&bytes, 2_000)).then(|| text(&bytes, PAGE))
}

/// Bytes out of base64 (RFC 4648), both alphabets, skipping what does not belong.
pub(super) fn base64(source: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(source.len() / 4 * 3 + 3);
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in source {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        buffer = buffer << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(buffer >> bits & 0xff).unwrap_or(0));
        }
    }
    out
}

/// An SVG picture: scripts in it, and where it leads.
pub(super) fn svg(bytes: &[u8], name: &str, budget: &mut Budget, seen: &mut Look) {
    let source = text(bytes, PAGE);
    if bytes.len() > PAGE {
        seen.note("attachment-not-read", name, "a large picture was read in part");
    }
    let lower = source.to_ascii_lowercase();
    let active = [
        "<script",
        "javascript:",
        "onload=",
        "onclick=",
        "onmouseover=",
        "onerror=",
        "<iframe",
        "<foreignobject",
        "data:text/html",
    ];
    let script_mark = active.iter().find(|mark| lower.contains(**mark));
    for piece in source.split("href=").skip(1).take(200) {
        let quote = piece.chars().next().filter(|c| matches!(c, '"' | '\''));
        let target = quote.and_then(|quote| piece.get(1..)?.split(quote).next()).unwrap_or_default();
        if target.contains("://") {
            seen.link(&crate::html::decode(target), "", "attachment", budget);
        }
    }
    if let Some(mark) = script_mark {
        seen.note("svg-script", name, mark.trim_matches(['<', '=', ':']));
        let page = crate::html::read(&source);
        seen.say(&page.text, budget);
        markup(&source, page, name, budget, seen, LAYERS);
    }
}

/// The words of an XML document part, paragraphs as lines.
pub(super) fn words(xml: &str) -> String {
    let mut out = String::new();
    for piece in xml.split('<') {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        if matches!(tag, "/w:p" | "/a:p" | "/text:p" | "/si" | "w:br/" | "w:tab/") {
            out.push('\n');
        }
        out.push_str(&crate::html::decode(text));
    }
    out.trim().to_owned()
}

/// The value of an attribute in a tag of XML.
pub(super) fn attribute(tag: &str, key: &str) -> Option<String> {
    let at = tag.match_indices(key).find_map(|(at, _)| {
        let before = tag.get(..at)?.chars().next_back()?;
        let after = tag.get(at + key.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        before.is_whitespace().then_some(after)
    })?;
    let quote = at.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = at.get(1..)?.split(quote).next()?;
    Some(crate::html::decode(value))
}
