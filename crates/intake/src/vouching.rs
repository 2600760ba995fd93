//! Who vouches that a sender is who they say: a network we trust, a mail server we trust, or nobody.
//!
//! Nothing is verified again here. A signature re-checked after forwarding is broken in most genuine reports, so only
//! what the organisation's own receiving server wrote down at the time counts (RFC 8601), and only if that server is
//! named in the configuration.

use std::net::IpAddr;

use crate::address;
use crate::header::{self, Field};
use crate::network::Network;

/// Who says that the sender is who they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vouched {
    /// The connection came from a network whose people and servers are trusted to give their own address.
    TrustedNetwork,
    /// A trusted mail server recorded that the envelope sender's domain was authenticated, or the domain of an author whose
    /// address is the envelope sender's.
    AuthenticatedResults {
        /// The server's authserv-id (RFC 8601 §2.5).
        by: String,
        /// The authenticated domain, in lower case; it is the envelope sender's domain or a parent of it.
        domain: String,
    },
    /// Nobody: the address may be anybody's, and nothing may be sent to it automatically.
    Nobody,
}

/// Whom a door believes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// Networks whose clients may name themselves, such as the office network or this machine. A server that hands over
    /// strangers' mail belongs among the relays; it may stand inside such a network.
    pub networks: Vec<Network>,
    /// Networks of the mail servers that hand over the organisation's mail. Only from there are
    /// `Authentication-Results` believed; anybody else could have written the header themselves.
    pub relays: Vec<Network>,
    /// The authserv-ids of those servers. They must remove such headers from mail that comes from outside, as RFC 8601
    /// §5 demands.
    pub authserv_ids: Vec<String>,
}

/// Who vouches for a message's envelope sender.
///
/// Invariant: a relay never vouches as a network, even from inside a trusted one: it passes on strangers' mail too. Only
/// what it wrote down counts; where it wrote nothing, or did not authenticate the sender, nobody vouches.
/// `peer` is `None` for a mailbox, whose server adds the header on delivery.
pub fn who_vouches(raw: &[u8], from: Option<&str>, peer: Option<IpAddr>, trust: &Trust) -> Vouched {
    let Some((from, sender_domain)) =
        from.and_then(|from| Some((from.to_lowercase(), address::split(from)?.1.to_lowercase())))
    else {
        return Vouched::Nobody;
    };
    let holds = |networks: &[Network], peer: IpAddr| networks.iter().any(|network| network.contains(peer));
    if peer.is_none_or(|peer| holds(&trust.relays, peer)) && !trust.authserv_ids.is_empty() {
        let fields = header::fields(raw);
        let results = trusted_results(&fields, &trust.authserv_ids);
        if !results.is_empty() {
            let author = header::first(&fields, "From").and_then(header::single_address);
            let author_sent_it = author.is_some_and(|author| author.to_lowercase() == from);
            return results
                .iter()
                .find_map(|result| result.authenticates(&sender_domain, author_sent_it))
                .unwrap_or(Vouched::Nobody);
        }
    }
    match peer {
        Some(peer) if holds(&trust.networks, peer) && !holds(&trust.relays, peer) => Vouched::TrustedNetwork,
        _ => Vouched::Nobody,
    }
}

/// One `method=result` of an `Authentication-Results` header with its properties, in lower case.
#[derive(Debug, PartialEq, Eq)]
struct MethodResult {
    by: String,
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

impl MethodResult {
    /// SPF and a sign-in speak of the envelope. DKIM and DMARC speak of the author of a mail that anybody may hand on, with any
    /// envelope: they count only where the author is the envelope sender.
    fn authenticates(&self, sender_domain: &str, author_sent_it: bool) -> Option<Vouched> {
        if self.result != "pass" {
            return None;
        }
        let wanted = match self.method.as_str() {
            "spf" => "smtp.mailfrom",
            "dmarc" => "header.from",
            "dkim" => "header.d",
            "auth" => "smtp.auth",
            _ => return None,
        };
        let value =
            self.properties.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())?;
        let domain = value.rsplit_once('@').map_or(value, |(_, domain)| domain).trim_end_matches('.');
        let same = domain == sender_domain;
        let agrees = match self.method.as_str() {
            "dkim" => author_sent_it && (same || is_below(sender_domain, domain)),
            "dmarc" => author_sent_it && same,
            _ => same,
        };
        agrees.then(|| Vouched::AuthenticatedResults { by: self.by.clone(), domain: domain.to_owned() })
    }
}

fn is_below(domain: &str, parent: &str) -> bool {
    parent.contains('.') && domain.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.'))
}

/// The results of the topmost group of headers by a trusted server: from its first one down to the next `Received`.
/// A header further down was there before that server took the message, so its name on it proves nothing.
fn trusted_results(fields: &[Field], authserv_ids: &[String]) -> Vec<MethodResult> {
    let mut results = Vec::new();
    let mut seen = false;
    for field in fields {
        if seen && field.is("Received") {
            break;
        }
        if field.is("Authentication-Results")
            && let Some((by, found)) = parse(&field.value)
            && authserv_ids.iter().any(|trusted| trusted.eq_ignore_ascii_case(&by))
        {
            seen = true;
            results.extend(found);
        }
    }
    // A trusted server that looked and found nothing has spoken, too.
    if seen && results.is_empty() {
        results.push(MethodResult {
            by: String::new(),
            method: "none".into(),
            result: "none".into(),
            properties: vec![],
        });
    }
    results
}

/// Authserv-id and results of one header value (RFC 8601 §2.2). Lenient about spacing, strict about the authserv-id.
fn parse(value: &str) -> Option<(String, Vec<MethodResult>)> {
    let mut parts = split_at_semicolons(value).into_iter();
    let by = parts.next()?.into_iter().next()?.to_lowercase();
    let mut results = Vec::new();
    for tokens in parts {
        let mut pairs = tokens.iter().filter_map(|token| token.split_once('='));
        let Some((method, result)) = pairs.next() else { continue };
        let method = method.split_once('/').map_or(method, |(method, _)| method);
        results.push(MethodResult {
            by: by.clone(),
            method: method.to_lowercase(),
            result: result.to_lowercase(),
            properties: pairs.map(|(name, value)| (name.to_lowercase(), value.to_lowercase())).collect(),
        });
    }
    Some((by, results))
}

/// The value's `;`-separated parts as tokens, without comments, with quotes undone and `a = b` closed up to `a=b`.
fn split_at_semicolons(value: &str) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = vec![vec![]];
    let mut token = String::new();
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut characters = value.chars();
    let finish = |token: &mut String, parts: &mut Vec<Vec<String>>| {
        let word = std::mem::take(token);
        let Some(words) = parts.last_mut().filter(|_| !word.is_empty()) else { return };
        match words.last_mut() {
            Some(last) if last.ends_with('=') || word.starts_with('=') => last.push_str(&word),
            _ => words.push(word),
        }
    };
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted || depth > 0 => {
                let escaped = characters.next();
                if let (true, Some(escaped)) = (quoted, escaped) {
                    token.push(escaped);
                }
            }
            '"' if depth == 0 => quoted = !quoted,
            _ if quoted => token.push(character),
            '(' => {
                finish(&mut token, &mut parts);
                depth += 1;
            }
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            ';' => {
                finish(&mut token, &mut parts);
                parts.push(vec![]);
            }
            _ if character.is_whitespace() => finish(&mut token, &mut parts),
            _ => token.push(character),
        }
    }
    finish(&mut token, &mut parts);
    parts
}

#[cfg(test)]
mod tests;
