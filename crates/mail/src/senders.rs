//! Who a message says it is from: name against address, answers that go elsewhere, borrowed and throw-away names.

use finding::Span;

use crate::brands::{self, Borrowed};
use crate::catalogue::evidence;
use crate::facts::{Facts, is_own};
use crate::message::Mailbox;
use crate::{Evidence, Place, domains, fold};

/// Evidence about the sender.
pub(crate) fn check(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let mut say = |code, header: &str, details: &[&str]| {
        found.push(evidence(code, Place::Header(header.to_owned()), Span::default(), details));
    };
    let Some(from) = &facts.message.from else {
        // Copied text says nothing of who sent it, as it says nothing of any other header.
        if !facts.message.is_copied_text() {
            say("sender-missing", "From", &[]);
        }
        return;
    };
    let name = from.name.as_deref().unwrap_or_default();
    let shown_from = if facts.from_host.is_empty() { from.address.as_str() } else { facts.from_host };

    if facts.has_headers
        && let Some(fault) = malformed(facts)
    {
        say("sender-malformed", "From", &[&fault]);
    }
    if !from.address.is_empty() && !possible(facts.from_host) && !facts.from_is_own {
        say("sender-impossible", "From", &[&from.address]);
    }
    borrowed(facts, &mut say);
    if let Some(brand) = facts.claimed
        && !brand.owns(facts.from_host)
        && !facts.from_is_own
        && !shown_from.is_empty()
    {
        say("sender-brand-mismatch", "From", &[&brand.name, shown_from]);
    }
    name_shows_address(facts, name, &mut say);
    let folded = fold::fold(name).text;
    if !facts.from_is_own
        && let Some(own) = facts.setting.own_names.iter().find(|own| {
            let own = fold::fold(own).text;
            !own.is_empty()
                && folded.match_indices(&own).any(|(at, _)| fold::is_word(&folded, at, at + own.len()))
        })
    {
        say("sender-name-own", "From", &[own, shown_from]);
    }
    if let Some(what) = dressed(name) {
        say("sender-dressed", "From", &[what]);
    }
    if is_free_mail(facts.from_owner) && facts.claimed.is_none() && speaks_for_an_office(&folded) {
        say("sender-free-role", "From", &[name, facts.from_owner]);
    }
    if let Some(tenant) = TENANT_SUFFIXES.iter().find(|suffix| domains::within(facts.from_host, suffix)) {
        say("sender-tenant", "From", &[tenant]);
    }
    let local = from.address.split('@').next().unwrap_or_default();
    let label = domains::name_label(facts.from_host);
    let below = facts.from_host.split('.').next().filter(|first| *first != label).unwrap_or_default();
    let marked_list = facts.message.header("List-Id").is_some();
    if !marked_list && facts.from_brand.is_none() && !facts.from_is_own {
        let random = domains::reads_random(label)
            || domains::reads_random(below) && TENANT_SUFFIXES.contains(&facts.from_owner);
        if random || local.len() <= 24 && domains::reads_random(local) && !is_free_mail(facts.from_owner) {
            say("sender-random", "From", &[&from.address]);
        }
    }
    if let Some(suffix) = odd_suffix(facts.from_host) {
        say("sender-odd-suffix", "From", &[suffix]);
    }
    replies(facts, &mut say);
    let to_self = facts.message.to.iter().any(|to| to.address == from.address);
    if to_self
        && facts.message.to.len() == 1
        && possible(facts.from_host)
        && facts.message.authentication.by.is_none()
    {
        say("sender-self", "From", &[]);
    }
    if let Some(known) = &facts.setting.known_senders
        && !from.address.is_empty()
        && !facts.from_is_own
    {
        let code = if known.contains(&from.address) { "sender-known" } else { "sender-first-contact" };
        say(code, "From", &[&from.address]);
    }
}

/// Domains that look like ours or like a well-known one.
fn borrowed(facts: &Facts<'_>, say: &mut impl FnMut(&'static str, &str, &[&str])) {
    if facts.from_is_own || facts.from_host.is_empty() {
        return;
    }
    let label = domains::name_label(facts.from_host);
    let own = facts.setting.own_domains.iter().find(|own| {
        domains::mistakable(label, domains::name_label(own)) || domains::carries(facts.from_host, own)
    });
    if let Some(own) = own {
        say("sender-lookalike-own", "From", &[facts.from_host, own]);
        return;
    }
    if let Some(own) =
        facts.setting.own_domains.iter().find(|own| label.len() >= 4 && label == domains::name_label(own))
    {
        say("sender-own-other-suffix", "From", &[facts.from_host, own]);
    }
    match brands::borrowed_by_host(facts.from_host) {
        Some((brand, Borrowed::Lookalike)) => {
            say("sender-lookalike-brand", "From", &[facts.from_host, &brand.name])
        }
        Some((brand, Borrowed::Within)) => say("sender-brand-added", "From", &[facts.from_host, &brand.name]),
        Some((brand, Borrowed::Subdomain)) if facts.claimed.is_none() => {
            say("sender-brand-mismatch", "From", &[&brand.name, facts.from_host]);
        }
        Some((_, Borrowed::Subdomain)) | None => {}
    }
}

/// An address or a host in the display name that is not the sender's.
fn name_shows_address(facts: &Facts<'_>, name: &str, say: &mut impl FnMut(&'static str, &str, &[&str])) {
    for word in
        name.split(|c: char| c.is_whitespace() || "\"'<>(),;|".contains(c)).filter(|word| word.len() >= 5)
    {
        let lower = word.to_lowercase();
        let (host, is_address) = match lower.rsplit_once('@') {
            Some((_, host)) => (host, true),
            None => (lower.as_str(), false),
        };
        let Some(owner) = domains::registrable(host) else { continue };
        let same = owner == facts.from_owner || is_own(facts.setting, host) && facts.from_is_own;
        let via_brand = facts.claimed.is_some();
        if !same && is_address {
            say("sender-name-address", "From", &[word, facts.from_host]);
            return;
        }
        let looks_like_host = lower
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
        if !same && !via_brand && looks_like_host && !is_free_mail(facts.from_owner) {
            say("sender-name-host", "From", &[word, facts.from_host]);
            return;
        }
    }
}

/// Where answers would go.
fn replies(facts: &Facts<'_>, say: &mut impl FnMut(&'static str, &str, &[&str])) {
    let is_list = facts.message.header("List-Id").is_some() || facts.message.header("List-Post").is_some();
    if let Some(reply) = facts
        .message
        .reply_to
        .iter()
        .find_map(|reply| domains::of_address(&reply.address).map(|host| (reply, host)))
        && domains::owner(reply.1) != facts.from_owner
        && !is_own(facts.setting, reply.1)
    {
        let (mailbox, host) = reply;
        if is_free_mail(domains::owner(host)) && !is_free_mail(facts.from_owner) && !is_list {
            say("sender-reply-free", "Reply-To", &[&mailbox.address, facts.from_host]);
        } else if !is_list {
            say("sender-reply-elsewhere", "Reply-To", &[&mailbox.address, facts.from_host]);
        }
    }
    if let Some(host) = facts.message.return_path.as_deref().and_then(domains::of_address)
        && domains::owner(host) != facts.from_owner
    {
        say("sender-return-elsewhere", "Return-Path", &[host, facts.from_host]);
    }
}

/// What is wrong with the From line, if it is not what a mail program writes.
fn malformed(facts: &Facts<'_>) -> Option<String> {
    let count = facts.message.headers_named("From").count();
    if count > 1 {
        return Some(format!("{count} From lines"));
    }
    let raw = facts.message.header("From")?;
    let without = facts.message.from_all.iter().filter(|one| !one.address.contains('@')).count();
    if facts.message.from_all.len() > 1 {
        return Some(if without > 0 {
            "a name where an address belongs".to_owned()
        } else {
            "several senders".to_owned()
        });
    }
    if raw.matches('<').count() > 1 || raw.contains(">.") || raw.contains("(<") {
        return Some("brackets out of place".to_owned());
    }
    let Mailbox { address, .. } = facts.message.from.as_ref()?;
    if address.contains([' ', ',']) || address.matches('@').count() > 1 {
        return Some("an address of several pieces".to_owned());
    }
    None
}

/// Whether mail could come from this host at all.
fn possible(host: &str) -> bool {
    domains::registrable(host).is_some()
        && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && !host.split('.').any(str::is_empty)
}

/// Signs in a name that no mail program and few people put there.
fn dressed(name: &str) -> Option<&'static str> {
    if name.chars().any(fold::is_invisible) {
        return Some("invisible characters");
    }
    if crate::hidden::mixed_words(name).next().is_some() {
        return Some("letters of mixed alphabets");
    }
    if name.chars().any(crate::hidden::is_fancy) {
        return Some("odd letter shapes");
    }
    if name.chars().any(|c| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fffd}')) {
        return Some("pictures");
    }
    if name.starts_with([' ', '.', '_', '-', '>'])
        || name.ends_with(['>', '_', ',', '-'])
        || name.contains("  ")
        || name.contains(",_")
    {
        return Some("marks around it");
    }
    None
}

fn speaks_for_an_office(folded: &str) -> bool {
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| OFFICES.contains(&word))
}

/// Whether anybody can get a mailbox there at no cost.
pub(crate) fn is_free_mail(owner: &str) -> bool {
    FREE_MAIL.contains(&owner)
}

/// The suffix of a host when it is one of those that are mostly used for a short time.
pub(crate) fn odd_suffix(host: &str) -> Option<&str> {
    let last = host.rsplit('.').next()?;
    ODD_SUFFIXES.contains(&last).then_some(last)
}

const OFFICES: [&str; 40] = [
    "support",
    "helpdesk",
    "admin",
    "administrator",
    "billing",
    "service",
    "security",
    "payroll",
    "accounting",
    "accounts",
    "bank",
    "hr",
    "department",
    "desk",
    "office",
    "notification",
    "notifications",
    "alert",
    "alerts",
    "customer",
    "team",
    "manager",
    "director",
    "ceo",
    "cfo",
    "president",
    "kundenservice",
    "kundendienst",
    "buchhaltung",
    "sicherheit",
    "direktion",
    "direction",
    "comptabilite",
    "banque",
    "soporte",
    "banco",
    "suporte",
    "atendimento",
    "klantenservice",
    "boekhouding",
];

const FREE_MAIL: [&str; 58] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.co.uk",
    "yahoo.fr",
    "yahoo.de",
    "yahoo.es",
    "yahoo.com.br",
    "yahoo.co.jp",
    "ymail.com",
    "rocketmail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "hotmail.fr",
    "hotmail.de",
    "hotmail.es",
    "outlook.com",
    "outlook.de",
    "outlook.fr",
    "outlook.es",
    "live.com",
    "live.nl",
    "live.fr",
    "msn.com",
    "aol.com",
    "icloud.com",
    "me.com",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "web.de",
    "t-online.de",
    "freenet.de",
    "mail.ru",
    "yandex.ru",
    "yandex.com",
    "inbox.ru",
    "bk.ru",
    "list.ru",
    "proton.me",
    "protonmail.com",
    "tutanota.com",
    "tuta.io",
    "mail.com",
    "email.com",
    "zoho.com",
    "qq.com",
    "163.com",
    "126.com",
    "laposte.net",
    "orange.fr",
    "free.fr",
    "libero.it",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
];

const TENANT_SUFFIXES: [&str; 10] = [
    "onmicrosoft.com",
    "firebaseapp.com",
    "web.app",
    "azurewebsites.net",
    "herokuapp.com",
    "sharepointonline.com",
    "zendesk.com",
    "kajabimail.net",
    "amplifyapp.com",
    "workers.dev",
];

const ODD_SUFFIXES: [&str; 54] = [
    "xyz",
    "top",
    "click",
    "icu",
    "buzz",
    "cfd",
    "sbs",
    "cyou",
    "rest",
    "beauty",
    "hair",
    "quest",
    "monster",
    "gq",
    "tk",
    "ml",
    "cf",
    "ga",
    "shop",
    "store",
    "site",
    "online",
    "website",
    "space",
    "live",
    "fun",
    "vip",
    "bond",
    "lol",
    "pics",
    "mom",
    "skin",
    "makeup",
    "autos",
    "boats",
    "homes",
    "yachts",
    "motorcycles",
    "uno",
    "bar",
    "cam",
    "link",
    "loan",
    "work",
    "win",
    "bid",
    "date",
    "racing",
    "stream",
    "surf",
    "zip",
    "mov",
    "wang",
    "best",
];
