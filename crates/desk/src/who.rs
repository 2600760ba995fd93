//! Who is asking: a signed-in person with a role, a reporter with a private link, or anybody.
//! Every handler takes one of the three, so that none is reachable by oversight. Knows nothing about cases.

mod tries;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::health::Health;
use crate::ids::{PersonId, ReportId, Time};
use crate::room::{Place, Room};
use crate::words::Locale;
use crate::{Desk, keys, people, reports};
use tries::Tries;

/// What somebody does at the desk. Reporters need no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Works cases with reporters.
    Responder,
    /// Runs practice and lessons; sees no report.
    Coach,
    /// Looks after the responders and the numbers.
    Lead,
    /// Runs the desk itself.
    Admin,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Responder, Role::Coach, Role::Lead, Role::Admin];

    /// The word stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Responder => "responder",
            Role::Coach => "coach",
            Role::Lead => "lead",
            Role::Admin => "admin",
        }
    }

    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The role and what it may do, as one sentence: read off what the pages admit, so that no label promises less.
    pub fn says(self, locale: Locale) -> String {
        let rights = [
            (Access::Desk, "right-reports", "right-no-report"),
            (Access::SignedIn, "right-numbers", ""),
            (Access::Lead, "right-estimates", ""),
            (Access::Admin, "right-accounts", ""),
        ];
        let word = |(access, may, may_not): (Access, &str, &str)| match access.admits(self) {
            true => Some(locale.t(may)),
            false if may_not.is_empty() => None,
            false => Some(locale.t(may_not)),
        };
        let rights: Vec<String> = rights.into_iter().filter_map(word).collect();
        format!("{}: {}", locale.t(&format!("role-{}", self.as_str())), rights.join(", "))
    }
}

/// Which roles a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody at all.
    Public,
    /// Whoever holds the private link in the path.
    Link,
    /// A program with a token.
    Token,
    /// Any signed-in person.
    SignedIn,
    /// Those who work cases: responder, lead, admin.
    Desk,
    /// Lead and admin.
    Lead,
    /// Admin only.
    Admin,
}

impl Access {
    /// Whether a role may pass.
    pub fn admits(self, role: Role) -> bool {
        match self {
            Access::Public | Access::Link | Access::Token | Access::SignedIn => true,
            Access::Desk => matches!(role, Role::Responder | Role::Lead | Role::Admin),
            Access::Lead => matches!(role, Role::Lead | Role::Admin),
            Access::Admin => matches!(role, Role::Admin),
        }
    }
}

/// A signed-in person.
#[derive(Clone, Debug)]
pub struct Who {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    /// Must come back with every form of this session.
    pub form_token: String,
}

/// Anybody: a page that says so is open on purpose.
#[derive(Clone, Debug)]
pub struct Public {
    pub locale: Locale,
    pub address: IpAddr,
    /// The page they are on.
    pub path: String,
}

/// Whoever holds the private link to one report.
#[derive(Clone, Debug)]
pub struct Reporter {
    pub report: ReportId,
    pub locale: Locale,
    pub token: String,
    /// They read only what was typed in the form.
    pub typed_only: bool,
}

/// How often one network address may do in a minute what costs us something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Reports by browser.
    pub reports: u32,
    /// The same from a trusted network, where a whole office may stand behind one address.
    pub trusted_reports: u32,
    /// Passwords that were not right.
    pub sign_ins: u32,
    /// Private links that are none.
    pub unknown_links: u32,
    /// What is said on one private page.
    pub words: u32,
    /// Reports by one token of a report button, whose people are a whole organisation.
    pub by_button: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            reports: 60,
            trusted_reports: 1200,
            sign_ins: 10,
            unknown_links: 240,
            words: 20,
            by_button: 1200,
        }
    }
}

/// Wrong passwords for one account: so many at once, then one each half minute. A device on which its owner signed in before
/// is not counted, so guessing keeps nobody out.
const ACCOUNT_TRIES: u32 = 20;
const ACCOUNT_PAUSE: Duration = Duration::from_secs(30);
/// Pages that are told of changes at the same time.
const MOST_STREAMS: usize = 1024;

/// Holds everybody to the [`Limits`].
pub struct Gates {
    reports: DefaultKeyedRateLimiter<IpAddr>,
    trusted_reports: DefaultKeyedRateLimiter<IpAddr>,
    sign_ins: Tries,
    accounts: DefaultKeyedRateLimiter<String>,
    links: DefaultKeyedRateLimiter<IpAddr>,
    words: DefaultKeyedRateLimiter<ReportId>,
    buttons: DefaultKeyedRateLimiter<String>,
    /// How many pages may still be told of changes.
    pub(crate) streams: Arc<Semaphore>,
    /// How much is held of what people are sending.
    pub(crate) room: Room,
    pub(crate) health: Health,
}

impl Default for Gates {
    fn default() -> Gates {
        Gates::new(Limits::default())
    }
}

impl Gates {
    pub fn new(limits: Limits) -> Gates {
        let per_minute =
            |n: u32| RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)));
        let tries = NonZeroU32::new(ACCOUNT_TRIES).unwrap_or(NonZeroU32::MIN);
        let slowly = Quota::with_period(ACCOUNT_PAUSE).unwrap_or(Quota::per_minute(tries)).allow_burst(tries);
        Gates {
            reports: per_minute(limits.reports),
            trusted_reports: per_minute(limits.trusted_reports),
            sign_ins: Tries::new(limits.sign_ins),
            accounts: RateLimiter::keyed(slowly),
            links: per_minute(limits.unknown_links),
            words: RateLimiter::keyed(Quota::per_minute(
                NonZeroU32::new(limits.words).unwrap_or(NonZeroU32::MIN),
            )),
            buttons: RateLimiter::keyed(Quota::per_minute(
                NonZeroU32::new(limits.by_button).unwrap_or(NonZeroU32::MIN),
            )),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            room: Room::default(),
            health: Health::default(),
        }
    }

    /// One more report from an address; more are taken where the settings trust it.
    pub fn report(&self, from: IpAddr, settings: &crate::Settings) -> Result<()> {
        let gate = if settings.trusts(from) { &self.trusted_reports } else { &self.reports };
        gate.check_key(&household(from)).map_err(|_| Error::TooMany(30))
    }

    /// One more word, file or answer on a private page. Counts for the address like a report.
    pub fn words(&self, report: ReportId, from: IpAddr, settings: &crate::Settings) -> Result<()> {
        self.words.check_key(&report).map_err(|_| Error::TooFast(30))?;
        self.report(from, settings)
    }

    /// One more report by a button with this token.
    pub fn button(&self, token: &str) -> Result<()> {
        self.buttons.check_key(&token.to_owned()).map_err(|_| Error::TooMany(30))
    }

    /// One more password from an address. Counts until it was right: a whole office signs in at nine.
    pub fn sign_in(&self, from: IpAddr, now: Time) -> Result<()> {
        if self.sign_ins.take(household(from), now) { Ok(()) } else { Err(Error::TooMany(30)) }
    }

    /// That password was right.
    pub fn signed_in(&self, from: IpAddr) {
        self.sign_ins.give_back(household(from));
    }

    /// One more try to sign in with an address, from a device on which nobody did before.
    pub fn sign_in_as(&self, address: &str) -> Result<()> {
        self.accounts.check_key(&keys::hash(address)).map_err(|_| Error::TooMany(30))
    }

    fn unknown_link(&self, from: IpAddr) -> Result<()> {
        self.links.check_key(&household(from)).map_err(|_| Error::TooMany(30))
    }

    /// A place for an upload from an address. A trusted network, and a proxy that we were not told of, are many people behind one address.
    pub(crate) fn place(&self, from: IpAddr, settings: &crate::Settings) -> Place {
        let many = settings.trusts(from) || from.is_loopback() || from.is_unspecified();
        self.room.place(household(from), many)
    }

    /// Forgets everybody who has done nothing for a while; for once a minute.
    pub fn tidy(&self) {
        for gate in [&self.reports, &self.trusted_reports, &self.links] {
            gate.retain_recent();
            gate.shrink_to_fit();
        }
        self.accounts.retain_recent();
        self.accounts.shrink_to_fit();
        self.words.retain_recent();
        self.words.shrink_to_fit();
        self.buttons.retain_recent();
        self.buttons.shrink_to_fit();
    }
}

/// The addresses that one connection has: one of IPv4, and of IPv6 the whole network that a home or an office gets.
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}

/// A cookie of ours. Where everybody comes by a protected connection its name says so, and then browsers take it from nobody
/// but us: `__Host-` keeps out what a neighbouring host or an unprotected page set.
pub struct Cookie {
    plain: &'static str,
    protected: &'static str,
}

/// Who is signed in.
pub const SESSION: Cookie = Cookie { plain: COOKIE, protected: "__Host-alongside_session" };
/// That somebody signed in with this browser before.
pub const DEVICE: Cookie = Cookie { plain: "alongside_device", protected: "__Host-alongside_device" };

impl Cookie {
    /// Its value in a request.
    pub fn of(&self, headers: &HeaderMap, settings: &crate::Settings) -> Option<String> {
        cookie(headers, self.name(settings))
    }

    /// The header that sets it for so many seconds.
    pub fn set(&self, settings: &crate::Settings, value: &str, seconds: u32) -> String {
        let secure = if settings.is_https() { "; Secure" } else { "" };
        format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", self.name(settings))
    }

    fn name(&self, settings: &crate::Settings) -> &'static str {
        if settings.is_https() { self.protected } else { self.plain }
    }
}

/// The name of the session cookie where connections are not protected.
pub const COOKIE: &str = "alongside_session";

impl FromRequestParts<Desk> for Who {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Who> {
        if let Some(who) = parts.extensions.get::<Who>() {
            return Ok(who.clone());
        }
        let token = SESSION.of(&parts.headers, &desk.settings).ok_or(Error::SignInNeeded)?;
        let who = people::session(desk, &token).await?.ok_or(Error::SignInNeeded)?;
        parts.extensions.insert(who.clone());
        Ok(who)
    }
}

impl FromRequestParts<Desk> for Public {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Public> {
        let path = parts.uri.path().to_owned();
        Ok(Public { locale: reader_locale(parts, desk), address: client(parts, desk), path })
    }
}

impl FromRequestParts<Desk> for Reporter {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Reporter> {
        let Path(path) = Path::<Vec<(String, String)>>::from_request_parts(parts, desk)
            .await
            .map_err(|_| Error::NotFound)?;
        let token = path
            .into_iter()
            .find(|(name, _)| name == "token")
            .map(|(_, value)| value)
            .ok_or(Error::NotFound)?;
        match reports::by_link(desk, &token).await? {
            // What was typed may be read, and nothing else of it.
            Some(link) if link.typed_only && parts.uri.path() != format!("/r/{token}") => {
                Err(Error::NotFound)
            }
            Some(link) => {
                if link.first_answer && parts.method == Method::POST {
                    reports::answered(desk, link.report).await?;
                }
                let locale = cookie(&parts.headers, "lang").map_or(link.locale, |tag| Locale::from_tag(&tag));
                Ok(Reporter { report: link.report, locale, token, typed_only: link.typed_only })
            }
            None => {
                desk.gates.unknown_link(client(parts, desk))?;
                Err(Error::NotFound)
            }
        }
    }
}

/// Refuses a request that another site made a browser send. Forms of signed-in people carry a token besides.
///
/// A browser that does not say more than `Origin: null` hides where a form stood, as our own pages with a private link ask it
/// to. That is enough where the request brings no session: then there is no authority that another site could borrow.
pub fn same_site(method: &Method, headers: &HeaderMap, brings_session: bool) -> Result<()> {
    if method.is_safe() {
        return Ok(());
    }
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let refuse = || Err(Error::Unclear("problem-other-site"));
    if let Some(site) = header("sec-fetch-site") {
        return if matches!(site, "same-origin" | "none") { Ok(()) } else { refuse() };
    }
    match (header("origin"), header(header::HOST.as_str())) {
        (None, _) => Ok(()),
        (Some("null"), _) if !brings_session => Ok(()),
        (Some(origin), Some(host)) if origin.split_once("://").is_some_and(|(_, rest)| rest == host) => {
            Ok(())
        }
        (Some(_), _) => refuse(),
    }
}

/// One cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The language the reader chose, or asks for, or the organisation's.
pub fn reader_locale(parts: &Parts, desk: &Desk) -> Locale {
    if let Some(tag) = cookie(&parts.headers, "lang") {
        return Locale::from_tag(&tag);
    }
    let asked = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked.and_then(Locale::from_header).unwrap_or(desk.settings.locale)
}

/// Whether an address lies in a network given as its address and prefix length.
pub fn within(address: IpAddr, network: IpAddr, prefix: u8) -> bool {
    let same = |left: u128, right: u128, width: u32| {
        let shift = width.saturating_sub(u32::from(prefix));
        left.checked_shr(shift).unwrap_or(0) == right.checked_shr(shift).unwrap_or(0)
    };
    match (address.to_canonical(), network.to_canonical()) {
        (IpAddr::V4(left), IpAddr::V4(right)) => same(u32::from(left).into(), u32::from(right).into(), 32),
        (IpAddr::V6(left), IpAddr::V6(right)) => same(left.into(), right.into(), 128),
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
    }
}

/// Where a request comes from: the other end of the connection, or, behind proxies of ours, the last address they noted that
/// is none of theirs. Nobody's address where they name nobody: a stranger must not look like the proxy.
pub(crate) fn client(parts: &Parts, desk: &Desk) -> IpAddr {
    const NOBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip());
    if !desk.settings.is_proxy(peer) {
        return peer;
    }
    let noted: Vec<&str> = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|line| line.to_str().unwrap_or_default().split(','))
        .collect();
    let mut noted = noted.into_iter().rev().map(noted_address);
    noted
        .find(|address| !address.is_some_and(|address| desk.settings.is_proxy(address)))
        .flatten()
        .unwrap_or(NOBODY)
}

/// An address as proxies write it: `203.0.113.5`, `203.0.113.5:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn noted_address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(in_brackets)
}

#[cfg(test)]
mod tests;
