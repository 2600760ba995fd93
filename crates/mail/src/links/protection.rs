//! Link protection put on by mail gateways, undone: the address a person would really reach.

use crate::domains::within;
use crate::message::Link;

/// Replaces the target by the address inside the protection, keeping the link as written in `wrapped`.
/// Protections can stand around one another; five layers are undone.
pub(crate) fn unwrap_protection(link: &mut Link) {
    for _ in 0..5 {
        let Some(inner) = inner(&link.target).filter(|inner| *inner != link.target) else { return };
        let outer = std::mem::replace(&mut link.target, super::clean(&inner));
        link.wrapped.get_or_insert(outer);
    }
}

/// The address inside a protected link; `None` if it is none that can be undone without asking its maker.
fn inner(target: &str) -> Option<String> {
    let (host, rest) = host_and_rest(target)?;
    let host = host.to_ascii_lowercase();
    let at = |place: &str| within(&host, place);
    if at("safelinks.protection.outlook.com") || at("safelinks.protection.office365.us") {
        return decoded_query(rest, "url");
    }
    if host == "urldefense.proofpoint.com" && rest.starts_with("/v1/") {
        return decoded_query(rest, "u");
    }
    if host == "urldefense.proofpoint.com" && rest.starts_with("/v2/") {
        return query(rest, "u").map(|u| percent_decode(&u.replace('-', "%").replace('_', "/")));
    }
    if rest.starts_with("/v3/") && URL_DEFENSE.contains(&host.as_str()) {
        return proofpoint_v3(rest);
    }
    if at("linkprotect.cudasvc.com") {
        return decoded_query(rest, "a");
    }
    if at("mimecastprotect.com") || at("mimecast.com") {
        return decoded_query(rest, "url").filter(|url| is_web(url)).or_else(|| named_only(target));
    }
    if at("secure-web.cisco.com") {
        return rest.rsplit('/').next().map(percent_decode).filter(|url| is_web(url));
    }
    if at("protect.checkpoint.com") {
        let marked = rest.split("___").nth(1)?;
        return Some(marked.to_owned()).filter(|url| is_web(url));
    }
    if at("sophos.com") && host.contains("protection") {
        return query(rest, "u").and_then(base64_text).filter(|url| is_web(url));
    }
    if at("trendmicro.com") && (host.contains("imsva") || host.contains("shared-ns")) {
        return decoded_query(rest, "url").filter(|url| is_web(url));
    }
    if at("clicktime.symantec.com") || at("clicktime.cloud.postoffice.net") {
        return decoded_query(rest, "u").filter(|url| is_web(url));
    }
    if at("antispamcloud.com") || at("fireeye.com") && host.starts_with("protect") {
        return decoded_query(rest, "u").filter(|url| is_web(url));
    }
    None
}

/// Where Proofpoint keeps version 3 of its protection.
const URL_DEFENSE: [&str; 3] = ["urldefense.com", "urldefense.us", "urldefense.proofpoint.com"];

/// The host that Mimecast names in a link whose real target only its token knows.
fn named_only(target: &str) -> Option<String> {
    let (host, rest) = host_and_rest(target)?;
    let host = host.to_ascii_lowercase();
    let named = decoded_query(rest, "domain").filter(|named| {
        named.contains('.') && named.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
    })?;
    (within(&host, "mimecastprotect.com") || within(&host, "mimecast.com"))
        .then(|| format!("https://{named}/"))
}

/// Whether the target of a link is only what its protection says of it. Anybody can write another name there, so such
/// a target may speak against a message and never for it.
pub(crate) fn is_named_only(link: &Link) -> bool {
    let mut target = link.wrapped.clone();
    for _ in 0..5 {
        let Some(layer) = target else { return false };
        if named_only(&layer).is_some() {
            return true;
        }
        target = inner(&layer);
    }
    false
}

fn host_and_rest(target: &str) -> Option<(&str, &str)> {
    let after = target.split_once("://")?.1;
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    Some((after.get(..end)?, after.get(end..)?))
}

/// The raw value of a query parameter.
fn query<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let queries = rest.split_once('?')?.1.split('#').next()?;
    queries.split('&').find_map(|pair| {
        let pair = pair.strip_prefix("amp;").unwrap_or(pair);
        let (key, value) = pair.split_once('=')?;
        key.eq_ignore_ascii_case(name).then_some(value)
    })
}

fn decoded_query(rest: &str, name: &str) -> Option<String> {
    query(rest, name).map(percent_decode).filter(|url| !url.is_empty())
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Percent-decoded text; what is no valid escape stays.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match escaped {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Version 3 keeps the address readable, with `*` for single replaced bytes and `**X` for runs of them,
/// whose values follow in base64 after the second `__;`.
fn proofpoint_v3(rest: &str) -> Option<String> {
    let body = rest.strip_prefix("/v3/__")?;
    let (url, tail) = body.split_once("__;")?;
    let encoded = tail.split('!').next().unwrap_or_default();
    let replaced = base64_bytes(encoded).unwrap_or_default();
    let replaced = String::from_utf8_lossy(&replaced).into_owned();
    let mut letters = replaced.chars();
    let mut out = String::with_capacity(url.len());
    let mut characters = url.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '*' {
            out.push(character);
        } else if characters.peek() == Some(&'*') {
            characters.next();
            let length = characters.next().map_or(0, run_length);
            out.extend(letters.by_ref().take(length));
        } else {
            out.push(letters.next().unwrap_or('*'));
        }
    }
    let out = match out.split_once(":/") {
        Some((scheme, after)) if !after.starts_with('/') => format!("{scheme}://{after}"),
        _ => out,
    };
    Some(out)
}

/// `A` stands for two, `B` for three, through `A-Z a-z 0-9 - _`.
fn run_length(mark: char) -> usize {
    ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(['-', '_'])
        .position(|one| one == mark)
        .map_or(0, |at| at + 2)
}

/// Base64 in either alphabet, padding optional.
fn base64_bytes(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let mut bits = 0u32;
    let mut held = 0u32;
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).unwrap_or(0));
        }
    }
    Some(out)
}

fn base64_text(text: &str) -> Option<String> {
    String::from_utf8(base64_bytes(&percent_decode(text))?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wrapped: &str, expected: &str) {
        let mut link = Link { target: wrapped.to_owned(), ..Link::default() };
        unwrap_protection(&mut link);
        assert_eq!(link.target, expected);
        assert_eq!(link.wrapped.as_deref(), (wrapped != expected).then_some(wrapped));
    }

    #[test]
    fn known_protections_are_undone() {
        check(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&amp;data=05",
            "https://example.org/a?b=1",
        );
        check("https://urldefense.proofpoint.com/v1/url?u=http://example.org/&k=x", "http://example.org/");
        check(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-3Fb-3D1&d=DwMF",
            "https://example.org/a?b=1",
        );
        check("https://urldefense.com/v3/__https://example.org/a__;!!abc!x$", "https://example.org/a");
        check("https://urldefense.com/v3/__https:/example.org/a*b__;Iw!!abc!x$", "https://example.org/a#b");
        check("https://protect-eu.mimecast.com/s/abc?domain=example.org", "https://example.org/");
        check(
            "https://url.uk.m.mimecastprotect.com/s/a/b?domain=www.example.org&x=1",
            "https://www.example.org/",
        );
        check("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.org&c=E", "https://example.org");
    }

    #[test]
    fn a_strangers_host_protects_nothing() {
        for target in [
            "https://notmimecast.com/s/abc?url=https://example.org/",
            "https://notmimecast.com/s/abc?domain=example.org",
            "https://urldefense.evil.example/v3/__https://example.org/__;!!a!b$",
            "https://secure-web.cisco.com.evil.example/x/https%3A%2F%2Fexample.org",
            "https://protect-eu.mimecast.com/s/abc?domain=javascript%3Aalert",
        ] {
            check(target, target);
        }
    }

    #[test]
    fn a_host_that_is_only_named_is_told_from_one_that_is_kept() {
        let named = |wrapped: &str| {
            let mut link = Link { target: wrapped.to_owned(), ..Link::default() };
            unwrap_protection(&mut link);
            is_named_only(&link)
        };
        assert!(named("https://protect-eu.mimecast.com/s/abc?domain=example.org"));
        assert!(named(
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fprotect-eu.mimecast.com%2Fs%2Fa%3Fdomain%3Dexample.org"
        ));
        assert!(!named("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.org"));
        assert!(!named("https://example.org/?domain=example.net"));
    }

    #[test]
    fn two_layers_come_off() {
        check(
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fexample.org%2F__%3B!!a!b%24&data=1",
            "https://example.org/",
        );
    }
}
