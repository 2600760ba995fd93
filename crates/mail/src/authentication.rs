//! What our own receiving server wrote about the sender (RFC 8601), as values. Only the topmost header of a trusted
//! authserv-id is believed; `none`, `permerror` and silence are never failures; signatures are not checked again, since
//! forwarding breaks them.

use finding::Span;

use crate::catalogue::evidence;
use crate::facts::Facts;
use crate::message::{Authentication, Message, Outcome};
use crate::{Evidence, Place, Setting};

/// The results in the topmost `Authentication-Results` header that a trusted server wrote. An empty string among the
/// trusted ids stands for a server that names no authserv-id, as some large providers do.
pub(crate) fn read(message: &Message, setting: &Setting) -> Authentication {
    for value in message.headers_named("Authentication-Results") {
        let clean = without_comments(value);
        let (id, results) = split_id(&clean);
        if setting.trusted_authserv_ids.iter().any(|trusted| trusted.eq_ignore_ascii_case(id)) {
            let mut authentication = parse(results);
            authentication.by = Some(id.to_owned());
            return authentication;
        }
    }
    Authentication::default()
}

/// Evidence from the values.
pub(crate) fn check(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let seen = &facts.message.authentication;
    let place = || Place::Header("Authentication-Results".to_owned());
    let mut say = |code, details: &[&str]| found.push(evidence(code, place(), Span::default(), details));
    let Some(by) = &seen.by else {
        say("auth-unknown", &[]);
        return;
    };
    let values = format!(
        "SPF {}, DKIM {}, DMARC {}, ARC {}",
        word(seen.spf),
        word(seen.dkim),
        word(seen.dmarc),
        word(seen.arc)
    );
    let aligned =
        seen.header_from.as_deref().is_none_or(|from| crate::domains::owner(from) == facts.from_owner);
    match seen.dmarc {
        Outcome::Pass if aligned && !facts.from_owner.is_empty() => {
            let known = facts.from_is_own || facts.from_brand.is_some();
            let code = if known { "auth-pass-known" } else { "auth-pass" };
            say(code, &[facts.from_owner, by]);
        }
        Outcome::Fail if facts.from_is_own => say("auth-own-fail", &[facts.from_owner, &values]),
        Outcome::Fail => say("auth-fail", &[facts.from_owner, &values]),
        _ if matches!(seen.spf, Outcome::Fail | Outcome::SoftFail) && seen.dkim != Outcome::Pass => {
            if facts.from_is_own {
                say("auth-own-fail", &[facts.from_owner, &values]);
            } else {
                say("auth-spf-fail", &[word(seen.spf)]);
            }
        }
        _ => {}
    }
    say("auth-context", &[by, &values]);
}

/// The value as RFC 8601 writes it.
pub(crate) fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::SoftFail => "softfail",
        Outcome::Neutral => "neutral",
        Outcome::None => "none",
        Outcome::TempError => "temperror",
        Outcome::PermError => "permerror",
        Outcome::Missing => "missing",
    }
}

/// The authserv-id without its version, and what follows it. A header that starts with a result names no id.
fn split_id(value: &str) -> (&str, &str) {
    let (first, rest) = value.split_once(';').unwrap_or((value, ""));
    if first.contains('=') {
        return ("", value);
    }
    (first.split_whitespace().next().unwrap_or_default(), rest)
}

fn parse(results: &str) -> Authentication {
    let mut authentication = Authentication::default();
    for result in results.split(';').take(60) {
        let mut words = result.split_whitespace();
        let Some((method, value)) = words.next().and_then(|first| first.split_once('=')) else { continue };
        let method = method.split('/').next().unwrap_or_default().trim().to_ascii_lowercase();
        let outcome = outcome(value.trim());
        let slot = match method.as_str() {
            "spf" => &mut authentication.spf,
            "dkim" => &mut authentication.dkim,
            "dmarc" => &mut authentication.dmarc,
            "arc" => &mut authentication.arc,
            _ => continue,
        };
        // Several signatures give several results: one that passed is what counts.
        if *slot == Outcome::Missing || outcome == Outcome::Pass && method == "dkim" {
            *slot = outcome;
        }
        if method == "dmarc" {
            authentication.header_from = words
                .find_map(|word| word.strip_prefix("header.from="))
                .map(|from| from.trim_matches('"').to_ascii_lowercase());
        }
    }
    authentication
}

fn outcome(value: &str) -> Outcome {
    match value.to_ascii_lowercase().as_str() {
        "pass" => Outcome::Pass,
        "fail" | "hardfail" => Outcome::Fail,
        "softfail" => Outcome::SoftFail,
        "neutral" | "policy" | "bestguesspass" => Outcome::Neutral,
        "temperror" => Outcome::TempError,
        "permerror" => Outcome::PermError,
        _ => Outcome::None,
    }
}

/// The value without comments in parentheses, which may nest (RFC 5322 §3.2.2).
fn without_comments(value: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(character),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[&str], trusted: &[&str]) -> Authentication {
        let message = Message {
            headers: headers
                .iter()
                .map(|value| ("authentication-results".to_owned(), (*value).to_owned()))
                .collect(),
            ..Message::default()
        };
        let trusted_authserv_ids = trusted.iter().map(|id| (*id).to_owned()).collect();
        read(&message, &Setting { trusted_authserv_ids, ..Setting::default() })
    }

    #[test]
    fn results_are_values() {
        let seen = check(
            &[
                "mx.example.org 1; spf=softfail (x; y) smtp.mailfrom=a; dkim=none; dmarc=permerror header.from=b.example; arc=pass",
            ],
            &["mx.example.org"],
        );
        assert_eq!(
            (seen.spf, seen.dkim, seen.dmarc, seen.arc),
            (Outcome::SoftFail, Outcome::None, Outcome::PermError, Outcome::Pass)
        );
    }

    #[test]
    fn nobody_is_believed_unless_named() {
        assert_eq!(check(&["evil.example; dmarc=pass"], &["mx.example.org"]), Authentication::default());
        assert_eq!(check(&["evil.example; dmarc=pass"], &[]).by, None);
        assert_eq!(check(&["spf=pass (sender IP is 192.0.2.1); dmarc=pass"], &["mx.example.org"]).by, None);
        assert_eq!(check(&["spf=pass (sender IP is 192.0.2.1); dmarc=pass"], &[""]).dmarc, Outcome::Pass);
    }

    #[test]
    fn the_topmost_trusted_header_wins_over_a_forged_one_below() {
        let seen = check(&["mx.example.org; dmarc=fail", "mx.example.org; dmarc=pass"], &["mx.example.org"]);
        assert_eq!(seen.dmarc, Outcome::Fail);
    }

    #[test]
    fn one_good_signature_among_several_counts() {
        let seen = check(
            &["mx.example.org; dkim=fail header.d=list.example; dkim=pass header.d=a.example"],
            &["mx.example.org"],
        );
        assert_eq!(seen.dkim, Outcome::Pass);
    }
}
