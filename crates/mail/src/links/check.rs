//! What the addresses of links say: shown against real, hosts that borrow names, stepping stones, throw-away places.

use std::collections::{BTreeMap, BTreeSet};

use super::url::{self, Url};
use crate::brands::{self, Borrowed, Brand};
use crate::catalogue::evidence;
use crate::facts::{Facts, is_own};
use crate::{Evidence, Place, domains};

/// Evidence about links. Each rule speaks once, at the first link that shows it.
pub(crate) fn check(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let mut said = BTreeSet::new();
    let mut say = |code: &'static str, link: usize, details: &[&str]| {
        if said.insert(code) {
            let span = facts.message.links.get(link).and_then(|link| link.span).unwrap_or_default();
            found.push(evidence(code, Place::Link(link), span, details));
        }
    };
    for (index, link) in facts.message.links.iter().enumerate().take(300) {
        let scheme = link.target.split(':').next().unwrap_or_default().to_ascii_lowercase();
        match scheme.as_str() {
            "data" => say("link-data", index, &[]),
            "javascript" | "vbscript" => say("link-script", index, &[]),
            _ => {}
        }
        if let Some(wrapped) = &link.wrapped {
            let host = url::parse(wrapped).map(|url| url.host).unwrap_or_default();
            say("link-protected", index, &[&host]);
        }
    }
    // Most links of a message go to the same few hosts.
    let mut hosts: BTreeMap<&str, Option<(&'static Brand, Borrowed)>> = BTreeMap::new();
    for (index, url) in &facts.urls {
        if !is_own(facts.setting, &url.host) {
            let name = *hosts.entry(&url.host).or_insert_with(|| brands::borrowed_by_host(&url.host));
            one(facts, *index, url, name, &mut say);
        }
    }
    together(facts, &mut say);
}

fn one(
    facts: &Facts<'_>,
    index: usize,
    url: &Url,
    name: Option<(&'static Brand, Borrowed)>,
    say: &mut impl FnMut(&'static str, usize, &[&str]),
) {
    let host = url.host.as_str();
    shown(facts, index, url, say);
    if url.is_ip() {
        say("link-ip", index, &[host]);
        return;
    }
    if let Some(userinfo) =
        url.userinfo.as_deref().filter(|userinfo| userinfo.contains('.') || userinfo.len() > 2)
    {
        say("link-userinfo", index, &[userinfo, host]);
    }
    if url.international {
        let odd = host.split('.').any(|label| {
            crate::hidden::mixed_words(label).next().is_some()
                || domains::looks(label).is_ascii() && label.chars().any(|c| c > '\u{17f}')
        });
        say(if odd { "link-mixed-letters" } else { "link-international" }, index, &[host]);
    }
    match name {
        Some((brand, Borrowed::Lookalike)) => say("link-lookalike", index, &[host, &brand.name]),
        Some((brand, _)) if facts.from_brand.is_none_or(|from| from.name != brand.name) => {
            say("link-brand-borrowed", index, &[host, &brand.name]);
        }
        _ => {}
    }
    let own =
        |borrows: fn(&str, &str) -> bool| facts.setting.own_domains.iter().find(|own| borrows(host, own));
    if let Some(own) =
        own(|host, own| domains::mistakable(domains::name_label(host), domains::name_label(own)))
    {
        say("link-lookalike", index, &[host, own]);
    } else if let Some(own) = own(domains::carries) {
        say("link-brand-borrowed", index, &[host, own]);
    }
    if url.port.is_some_and(|port| !matches!(port, 80 | 443 | 8080 | 21)) {
        say("link-port", index, &[host]);
    }
    if host.split('.').count().saturating_sub(domains::owner(host).split('.').count()) >= 5 {
        say("link-deep", index, &[host]);
    }
    let owner = domains::owner(host);
    if domains::reads_random(domains::name_label(host)) {
        say("link-random", index, &[host]);
    }
    if let Some(suffix) = crate::senders::odd_suffix(host) {
        say("link-odd-suffix", index, &[suffix]);
    }
    if SHORTENERS.contains(&owner) && facts.from_owner != owner {
        say("link-shortener", index, &[owner]);
    }
    if let Some(stone) = stepping_stone(url) {
        say("link-redirector", index, &[stone]);
    }
    if let Some(place) = FREE_HOSTS
        .iter()
        .find(|place| domains::within(host, place) && facts.from_owner != domains::owner(host))
    {
        say("link-free-host", index, &[place]);
    }
    if let Some(part) = BACK_ROOMS.iter().find(|part| url.path().contains(*part)) {
        say("link-broken-site", index, &[part]);
    }
    if names_reader(facts, index, url) {
        say("link-names-you", index, &[]);
    }
}

/// The words shown for a link against where it goes.
fn shown(facts: &Facts<'_>, index: usize, url: &Url, say: &mut impl FnMut(&'static str, usize, &[&str])) {
    let Some(link) = facts.message.links.get(index) else { return };
    let words = link.shown.trim();
    if words.contains(' ') || words.contains('@') || words.len() < 4 {
        return;
    }
    let candidate = if words.contains("://") { words.to_owned() } else { format!("http://{words}") };
    let Some(seen) = url::parse(&candidate) else { return };
    let Some(seen_owner) = domains::registrable(&seen.host) else { return };
    if seen_owner == domains::owner(&url.host)
        || url.rest.contains(seen_owner) && brands::owner_of(seen_owner).is_none()
    {
        return;
    }
    let seen_brand = brands::owner_of(&seen.host);
    let same_brand = seen_brand.is_some_and(|brand| brand.owns(&url.host));
    if same_brand {
        return;
    }
    let tracker_of_sender = seen_owner == facts.from_owner;
    if (seen_brand.is_some() || is_own(facts.setting, &seen.host))
        && !tracker_of_sender
        && stepping_stone(url).is_none()
    {
        say("link-shows-brand", index, &[&seen.host, &url.host]);
    } else if !tracker_of_sender && domains::owner(&url.host) != facts.from_owner {
        say("link-shows-other", index, &[&seen.host, &url.host]);
    }
}

/// What all the links show together.
fn together(facts: &Facts<'_>, say: &mut impl FnMut(&'static str, usize, &[&str])) {
    let owners: BTreeSet<&str> = facts.urls.iter().map(|(_, url)| domains::owner(&url.host)).collect();
    let (Some(first), Some((index, _))) = (owners.first().copied(), facts.urls.first()) else { return };
    if facts.from_owner.is_empty() {
        return;
    }
    let claims = facts.claimed.or(facts.from_brand);
    if owners.len() == 1 && first == facts.from_owner && domains::registrable(first).is_some() {
        match facts.from_brand {
            _ if !facts.targets_known => {}
            Some(brand) => say("link-brand-own", *index, &[&brand.name]),
            None => say("link-sender-own", *index, &[first]),
        }
    } else if let Some(brand) = claims
        && !facts.urls.iter().any(|(_, url)| brand.owns(&url.host))
        && !facts.from_is_own
    {
        say("link-not-the-brands", *index, &[&brand.name]);
    } else if let Some(brand) = facts.from_brand
        && facts.targets_known
        && facts.urls.iter().all(|(_, url)| brand.owns(&url.host))
    {
        say("link-brand-own", *index, &[&brand.name]);
    }
    if owners.len() == 1 && first != facts.from_owner && !is_own(facts.setting, first) {
        say("link-all-one-elsewhere", *index, &[first, facts.from_owner]);
    }
}

/// The redirector, if the address is one with another address inside.
fn stepping_stone(url: &Url) -> Option<&'static str> {
    let (place, _) = REDIRECTORS
        .iter()
        .find(|(host, path)| domains::within(&url.host, host) && url.rest.starts_with(path))?;
    Some(place)
}

/// Whether the link carries the reader's address, outside the links for leaving a list.
fn names_reader(facts: &Facts<'_>, index: usize, url: &Url) -> bool {
    let Some(link) = facts.message.links.get(index) else { return false };
    let leaving = [
        "unsub",
        "abmeld",
        "abbestell",
        "desinscri",
        "desabonn",
        "baja",
        "cancel",
        "uitschrij",
        "afmeld",
        "remove",
        "optout",
        "opt-out",
        "prefer",
        "descadastr",
    ];
    let lower = link.shown.to_lowercase();
    let rest = url.rest.to_lowercase();
    if leaving.iter().any(|word| lower.contains(word) || rest.contains(word)) {
        return false;
    }
    facts.message.to.iter().take(3).any(|to| {
        let local = to.address.split('@').next().unwrap_or_default();
        if to.address.len() < 7 || local.len() < 3 || !to.address.contains('@') {
            return false;
        }
        let fragment = rest.split_once('#').map(|(_, after)| after).unwrap_or_default();
        fragment.contains(&to.address) || super::percent_decode(fragment).contains(&to.address) || {
            let encoded = base64(to.address.as_bytes());
            encoded.len() > 12 && url.rest.contains(encoded.get(..encoded.len() - 2).unwrap_or(&encoded))
        }
    })
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 4);
    let letter = |value: u32| LETTERS.get((value & 63) as usize).map_or('A', |byte| char::from(*byte));
    for chunk in bytes.chunks(3) {
        let value =
            (0..3).fold(0u32, |value, at| value << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for place in 0..=chunk.len() {
            out.push(letter(value >> (18 - 6 * place)));
        }
    }
    out
}

const SHORTENERS: [&str; 36] = [
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "ow.ly",
    "is.gd",
    "buff.ly",
    "rebrand.ly",
    "cutt.ly",
    "rb.gy",
    "shorturl.at",
    "tiny.cc",
    "t.ly",
    "v.gd",
    "bl.ink",
    "short.io",
    "lnkd.in",
    "s.id",
    "qrco.de",
    "urlz.fr",
    "l.ead.me",
    "me-qr.com",
    "adf.ly",
    "soo.gd",
    "clck.ru",
    "u.to",
    "bitly.ws",
    "x.gd",
    "encurtador.com.br",
    "abre.ai",
    "shorte.st",
    "t.me",
    "linktr.ee",
    "n9.cl",
    "acortar.link",
    "kutt.it",
];

const FREE_HOSTS: [&str; 62] = [
    "storage.googleapis.com",
    "firebasestorage.googleapis.com",
    "firebaseapp.com",
    "web.app",
    "sites.google.com",
    "docs.google.com",
    "forms.gle",
    "drive.google.com",
    "script.google.com",
    "appspot.com",
    "run.app",
    "blogspot.com",
    "blob.core.windows.net",
    "web.core.windows.net",
    "azurewebsites.net",
    "azureedge.net",
    "sway.office.com",
    "forms.office.com",
    "1drv.ms",
    "s3.amazonaws.com",
    "amazonaws.com",
    "cloudfront.net",
    "amplifyapp.com",
    "pages.dev",
    "workers.dev",
    "r2.dev",
    "vercel.app",
    "netlify.app",
    "herokuapp.com",
    "onrender.com",
    "glitch.me",
    "repl.co",
    "github.io",
    "gitlab.io",
    "weebly.com",
    "weeblysite.com",
    "wixsite.com",
    "wordpress.com",
    "webflow.io",
    "godaddysites.com",
    "square.site",
    "mystrikingly.com",
    "jimdosite.com",
    "carrd.co",
    "notion.site",
    "typeform.com",
    "jotform.com",
    "formstack.com",
    "ipfs.io",
    "dweb.link",
    "cloudflare-ipfs.com",
    "nftstorage.link",
    "infura-ipfs.io",
    "fleek.co",
    "linodeobjects.com",
    "digitaloceanspaces.com",
    "backblazeb2.com",
    "wasabisys.com",
    "translate.goog",
    "ngrok.io",
    "ngrok-free.app",
    "mediafire.com",
];

const REDIRECTORS: [(&str, &str); 26] = [
    ("google.com", "/url"),
    ("google.com", "/amp/"),
    ("google.de", "/url"),
    ("google.fr", "/url"),
    ("google.co.uk", "/url"),
    ("google.com.br", "/url"),
    ("google.es", "/url"),
    ("google.nl", "/url"),
    ("googleadservices.com", "/pagead"),
    ("doubleclick.net", "/"),
    ("notifications.google.com", "/g/"),
    ("bing.com", "/ck/a"),
    ("youtube.com", "/redirect"),
    ("linkedin.com", "/slink"),
    ("linkedin.com", "/redir"),
    ("l.facebook.com", "/l.php"),
    ("lm.facebook.com", "/l.php"),
    ("l.instagram.com", "/"),
    ("baidu.com", "/link"),
    ("duckduckgo.com", "/l/"),
    ("translate.google.com", "/translate"),
    ("medium.com", "/r/"),
    ("vk.com", "/away"),
    ("slack-redir.net", "/link"),
    ("steamcommunity.com", "/linkfilter"),
    ("t.umblr.com", "/redirect"),
];

const BACK_ROOMS: [&str; 9] = [
    "/wp-content/",
    "/wp-includes/",
    "/wp-admin/",
    "/.well-known/",
    "/wp-json/",
    "/cgi-sys/",
    "/plugins/system/",
    "/components/com_",
    "/vendor/phpunit",
];
