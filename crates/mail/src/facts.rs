//! What the checks share about one message: who it says it is from, who it claims to be, and where its links go.

use crate::brands::{self, Brand};
use crate::links::{
    self,
    url::{self, Url},
};
use crate::message::Message;
use crate::{Setting, domains, fold};

/// One message with the facts that several checks need, computed once.
pub(crate) struct Facts<'a> {
    pub message: &'a Message,
    pub setting: &'a Setting,
    /// The host of the From address, empty if there is none.
    pub from_host: &'a str,
    /// Its registrable part.
    pub from_owner: &'a str,
    pub from_is_own: bool,
    /// The well-known name that really owns the From domain.
    pub from_brand: Option<&'static Brand>,
    /// The well-known name that the display name claims.
    pub claimed: Option<&'static Brand>,
    /// Links with a host, by their place in the message.
    pub urls: Vec<(usize, Url)>,
    /// Whether every link leads where it says, as far as its address can tell ([`links::is_named_only`]).
    pub targets_known: bool,
    /// Subject and text as a reader takes them in.
    pub subject: fold::Folded,
    pub text: fold::Folded,
    /// Words in the visible text.
    pub words: usize,
    /// Whether the headers are those of the message itself, not copied from a quoted forward.
    pub has_headers: bool,
}

/// Links that are looked at one by one.
const MOST_LINKS: usize = 300;

impl<'a> Facts<'a> {
    pub(crate) fn new(message: &'a Message, setting: &'a Setting) -> Facts<'a> {
        let address = message.from.as_ref().map_or("", |from| from.address.as_str());
        let from_host = domains::of_address(address).unwrap_or_default();
        let from_owner = domains::owner(from_host);
        let display = message.from.as_ref().and_then(|from| from.name.as_deref()).unwrap_or_default();
        let urls = message
            .links
            .iter()
            .enumerate()
            .take(MOST_LINKS)
            .filter_map(|(index, link)| url::parse(&link.target).map(|url| (index, url)))
            .collect();
        Facts {
            message,
            setting,
            from_host,
            from_owner,
            from_is_own: is_own(setting, from_host),
            from_brand: brands::owner_of(from_host),
            claimed: brands::claimed_by_name(display),
            urls,
            targets_known: !message.links.iter().any(links::is_named_only),
            subject: fold::fold(&message.subject),
            text: fold::fold(&message.text),
            words: message
                .text
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .count(),
            has_headers: message.headers.len() > 3,
        }
    }
}

/// Whether the host is one of the organisation's.
pub fn is_own(setting: &Setting, host: &str) -> bool {
    !host.is_empty() && setting.own_domains.iter().any(|own| domains::within(host, own))
}
