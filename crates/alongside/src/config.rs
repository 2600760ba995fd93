//! `alongside.toml`: every key, its default, and what it must look like. Unknown keys are refused.
//! The reference page is made from the comments in this file.

mod check;
mod settings;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// The whole file. Without one, the desk runs on this machine alone, with everything in `./data`. Paths in it count from its own folder.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub organisation: Organisation,
    pub web: Web,
    pub smtp: Smtp,
    /// An existing mailbox (such as abuse@) to take reports from. Left out: none. A mail older than two days gets no automatic
    /// answer when it is taken; a person answers it.
    pub mailbox: Option<Mailbox>,
    /// The mail server that sends our letters. Left out: letters wait in the outbox, where people can read them.
    pub relay: Option<Relay>,
    pub store: Store,
    pub hours: Hours,
    pub reading: Reading,
    // `store.folder` as it is written, before it counted from the file's folder.
    #[serde(skip)]
    pub(crate) written_folder: Option<PathBuf>,
}

/// Most MiB that `smtp.max_mib` may allow for one report.
pub const MOST_MIB: usize = 100;

/// Who we are.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// The name people know.
    pub name: String,
    /// Where people send reports, and where letters come from.
    pub desk_address: String,
    /// More addresses that reach the desk.
    pub more_addresses: Vec<String>,
    /// Domains that belong to the organisation; look-alikes of them are noticed.
    pub domains: Vec<String>,
    /// Names that only our own people or offices use as senders, such as `Harbour Works helpdesk`; from elsewhere they are noticed.
    pub own_names: Vec<String>,
    /// The language for people whose own is not known: `en` or `de`.
    pub language: String,
    /// A number to call when it is urgent.
    pub phone: Option<String>,
    /// Networks whose people may name themselves in the form and by mail, such as `10.0.0.0/8`. Where `web.base_url` is not of this
    /// machine alone, mail from this machine itself is never among them.
    pub trusted_networks: Vec<String>,
}

impl Default for Organisation {
    fn default() -> Self {
        Self {
            name: "Your organisation".into(),
            desk_address: "security@localhost".into(),
            more_addresses: Vec::new(),
            domains: Vec::new(),
            own_names: Vec::new(),
            language: "en".into(),
            phone: None,
            trusted_networks: vec!["127.0.0.0/8".into(), "::1/128".into()],
        }
    }
}

/// The pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Web {
    /// Where the pages listen. Put a reverse proxy with TLS in front to serve others than this machine.
    pub listen: SocketAddr,
    /// How people reach the pages, without a slash at the end. Default: the address above.
    pub base_url: Option<String>,
    /// Reverse proxies in front of the pages, such as `127.0.0.1/32`: their `X-Forwarded-For` tells who is asking.
    /// Without it, everybody behind a proxy on this machine looks like this machine. Where such a proxy names nobody, the
    /// reader is a stranger.
    pub proxies: Vec<String>,
    /// Most reports from one network address in a minute.
    pub reports_per_minute: u32,
    /// The same from a trusted network, and by one token of a report button: a whole office may stand behind one address, and a wave
    /// reaches everybody at once.
    pub trusted_reports_per_minute: u32,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8025)),
            base_url: None,
            proxies: Vec::new(),
            reports_per_minute: 60,
            trusted_reports_per_minute: 1200,
        }
    }
}

/// The SMTP server that takes reports.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Smtp {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Whether it runs at all.
    pub enabled: bool,
    /// The name it gives itself.
    pub hostname: String,
    /// Networks of the mail servers that hand over our mail: their `Authentication-Results` are believed.
    pub relays: Vec<String>,
    /// Largest report in MiB, by every door. Of a larger mail in the mailbox the beginning is taken.
    pub max_mib: usize,
    /// Most messages from one sender in a minute, counted for each server that hands them over. Through your own relays only what a
    /// server vouches for counts, so that nobody uses up what somebody else may send.
    pub per_sender_per_minute: u32,
    /// Most messages in a minute from one server that is neither one of your relays nor in a trusted network, whatever senders it names.
    /// It is asked to send the others later.
    pub per_stranger_per_minute: u32,
    /// The certificate (a PEM file) for STARTTLS. Left out: a self-signed one is made.
    pub certificate: Option<PathBuf>,
    /// The certificate's key (a PEM file). Set both or none.
    pub key: Option<PathBuf>,
}

impl Default for Smtp {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 2525)),
            enabled: true,
            hostname: "localhost".into(),
            relays: Vec::new(),
            max_mib: 25,
            per_sender_per_minute: 120,
            per_stranger_per_minute: 300,
            certificate: None,
            key: None,
        }
    }
}

/// A mailbox that is read over IMAP with TLS.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// The mail server's name.
    pub host: String,
    /// The port for IMAP with TLS.
    #[serde(default = "imap_port")]
    pub port: u16,
    /// Whom to sign in as.
    pub user: String,
    /// A file that holds the password, readable by the desk alone.
    pub password_file: PathBuf,
    /// A PEM file with the server's own authority, if it is not a public one.
    pub authority: Option<PathBuf>,
    /// Where taken messages go; then everything in the mailbox is taken, read or not. Left out: unread ones are taken, stay, and
    /// are marked as read.
    pub move_to: Option<String>,
}

fn imap_port() -> u16 {
    993
}

/// The mail server that sends our letters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relay {
    /// The mail server's name.
    pub host: String,
    /// The port it takes letters on.
    #[serde(default = "submission_port")]
    pub port: u16,
    /// `starttls`, `tls`, or `none` (only for a relay on this machine).
    #[serde(default)]
    pub security: RelaySecurity,
    /// Whom to sign in as. Left out: nobody, for a relay that knows this machine.
    pub user: Option<String>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
}

/// How the connection to the relay is protected.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum RelaySecurity {
    #[default]
    Starttls,
    Tls,
    None,
}

fn submission_port() -> u16 {
    587
}

/// Where everything is kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Store {
    /// The folder for the database, the raw mail and the desk's own secret.
    pub folder: PathBuf,
    /// `sqlite:PATH` or `postgres://…`. Default: SQLite in the folder above.
    pub database: Option<String>,
}

impl Default for Store {
    fn default() -> Self {
        Self { folder: PathBuf::from("data"), database: None }
    }
}

/// Something that only an edit of the settings or of what they name puts right: starting again changes nothing.
#[derive(Debug)]
pub struct Wrong(pub String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// When people work at the desk. Promises are counted in these hours.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// A zone such as `Europe/Berlin`.
    pub zone: Option<String>,
    /// `mon` to `sun`.
    pub days: Vec<String>,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`, later than `from`.
    pub to: String,
    /// Dates such as `2026-12-25`.
    pub holidays: Vec<String>,
    /// Working minutes until a person answers a new report at the latest.
    pub first_word_minutes: i64,
    /// The same for somebody to whom something happened: who clicked, typed a password, paid, lost a device or the like. Never more
    /// than `first_word_minutes`.
    pub help_minutes: i64,
    /// The most first answers that the desk itself sends to one address in an hour; a person answers what is beyond.
    pub first_words_per_hour: i64,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            zone: None,
            days: ["mon", "tue", "wed", "thu", "fri"].map(String::from).to_vec(),
            from: "09:00".into(),
            to: "17:00".into(),
            holidays: Vec::new(),
            first_word_minutes: 240,
            help_minutes: 60,
            first_words_per_hour: 20,
        }
    }
}

/// What the analysis may know.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    /// The names by which our mail servers sign `Authentication-Results`. Empty: none is believed.
    pub trusted_authserv_ids: Vec<String>,
    /// Headers that mark our own drills, as `Name: value`.
    pub drill_headers: Vec<String>,
    /// Hosts that only our own drills link to; a message whose every link goes there is a drill.
    pub drill_hosts: Vec<String>,
    /// A file with one address a line: everybody who wrote to the organisation before, from the mail server's records.
    /// Left out: whether a sender is new is not judged.
    pub known_senders: Option<PathBuf>,
    /// Whether to listen for feelings in what people write to us.
    pub feelings: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            trusted_authserv_ids: Vec::new(),
            drill_headers: Vec::new(),
            drill_hosts: Vec::new(),
            known_senders: None,
            feelings: true,
        }
    }
}

impl Config {
    /// Reads the file and looks whether all it says can be used. A missing `alongside.toml` in the current folder means all defaults; a missing named file does not.
    pub fn load(named: Option<&Path>) -> anyhow::Result<Config> {
        let path = named.unwrap_or(Path::new("alongside.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
                return Ok(Config::default());
            }
            Err(problem) => return Err(problem).with_context(|| format!("cannot read `{}`", path.display())),
        };
        let mut config: Config = toml::from_str(&text).map_err(|problem| {
            anyhow::anyhow!("`{}`, {}", path.display(), lint::wrong_toml::in_words(&text, &problem))
        })?;
        let problems = config.problems();
        if !problems.is_empty() {
            bail!("`{}` has settings that cannot be used:\n  {}", path.display(), problems.join("\n  "));
        }
        config.count_from(path.parent().unwrap_or(Path::new("")));
        Ok(config)
    }

    /// Lets relative paths count from the folder of the file they stand in, from wherever the program is started.
    fn count_from(&mut self, folder: &Path) {
        self.written_folder = Some(self.store.folder.clone());
        let files = [&mut self.smtp.certificate, &mut self.smtp.key, &mut self.reading.known_senders];
        let mailbox = self.mailbox.as_mut();
        let relay = self.relay.as_mut().and_then(|relay| relay.password_file.as_mut());
        let of_mailbox = mailbox.into_iter().flat_map(|mailbox| {
            std::iter::once(&mut mailbox.password_file).chain(mailbox.authority.as_mut())
        });
        for path in files.into_iter().flatten().chain(relay).chain(of_mailbox).chain([&mut self.store.folder])
        {
            *path = folder.join(&*path);
        }
        let database = self.store.database.as_mut();
        if let Some((url, path)) = database.and_then(|url| {
            let path =
                url.strip_prefix("sqlite:").filter(|path| *path != ":memory:").map(|path| folder.join(path));
            path.map(|path| (url, path))
        }) {
            *url = format!("sqlite:{}", path.display());
        }
    }

    /// A desk from when `store.folder` counted from the folder in which the program was started, where the counted one is not there.
    pub fn older_desk(&self) -> Option<PathBuf> {
        let written = self.written_folder.as_ref()?;
        let older = !self.store.folder.exists() && written.join("secret").exists();
        older.then(|| std::path::absolute(written).unwrap_or_else(|_| written.clone()))
    }

    /// The URL of the database.
    pub fn database(&self) -> String {
        let default = || format!("sqlite:{}", self.usual_database().display());
        self.store.database.clone().unwrap_or_else(default)
    }

    /// Where the database is, unless the settings name another.
    pub fn usual_database(&self) -> PathBuf {
        self.store.folder.join("alongside.db")
    }

    /// The file of the database, if it is one file.
    pub fn database_file(&self) -> Option<PathBuf> {
        let url = self.database();
        url.strip_prefix("sqlite:").filter(|path| *path != ":memory:").map(PathBuf::from)
    }

    /// The largest report by any door, in bytes.
    pub fn most_bytes(&self) -> usize {
        self.smtp.max_mib * 1024 * 1024
    }

    /// How often one network address may report in a minute.
    pub fn limits(&self) -> desk::who::Limits {
        desk::who::Limits {
            reports: self.web.reports_per_minute,
            trusted_reports: self.web.trusted_reports_per_minute,
            by_button: self.web.trusted_reports_per_minute,
            ..desk::who::Limits::default()
        }
    }

    /// Every address that reaches the desk.
    pub fn addresses(&self) -> Vec<String> {
        std::iter::once(&self.organisation.desk_address)
            .chain(&self.organisation.more_addresses)
            .cloned()
            .collect()
    }

    fn own_domains(&self) -> Vec<String> {
        let mut domains: Vec<String> =
            self.organisation.domains.iter().map(|domain| domain.to_lowercase()).collect();
        if let Some((_, domain)) = self.organisation.desk_address.split_once('@') {
            let domain = domain.to_lowercase();
            if domain != "localhost" && !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        domains
    }
}

impl Hours {
    /// The zone that was chosen, or the one that is nobody's own.
    fn zone(&self) -> &str {
        self.zone.as_deref().unwrap_or("UTC")
    }

    fn parse(&self) -> anyhow::Result<desk::Hours> {
        let zone = jiff::tz::TimeZone::get(self.zone()).with_context(|| {
            format!("`hours.zone` is `{}`; use a name such as `Europe/Berlin`", self.zone())
        })?;
        let mut days = Vec::new();
        for day in &self.days {
            days.push(weekday(day).with_context(|| {
                format!("`hours.days` has `{day}`; use mon, tue, wed, thu, fri, sat, sun")
            })?);
        }
        let mut holidays = Vec::new();
        for day in &self.holidays {
            holidays.push(
                day.parse()
                    .with_context(|| format!("`hours.holidays` has `{day}`; write it as 2026-12-25"))?,
            );
        }
        let (from_minute, to_minute) = (minute(&self.from)?, minute(&self.to)?);
        if to_minute <= from_minute {
            bail!("`hours.to` ({}) must be later than `hours.from` ({})", self.to, self.from);
        }
        Ok(desk::Hours { zone, days, from_minute, to_minute, holidays })
    }
}

fn weekday(word: &str) -> Option<jiff::civil::Weekday> {
    use jiff::civil::Weekday;
    match word.to_lowercase().as_str() {
        "mon" | "monday" => Some(Weekday::Monday),
        "tue" | "tuesday" => Some(Weekday::Tuesday),
        "wed" | "wednesday" => Some(Weekday::Wednesday),
        "thu" | "thursday" => Some(Weekday::Thursday),
        "fri" | "friday" => Some(Weekday::Friday),
        "sat" | "saturday" => Some(Weekday::Saturday),
        "sun" | "sunday" => Some(Weekday::Sunday),
        _ => None,
    }
}

fn minute(text: &str) -> anyhow::Result<i32> {
    let parsed = text
        .split_once(':')
        .and_then(|(hour, minute)| Some((hour.parse::<i32>().ok()?, minute.parse::<i32>().ok()?)));
    match parsed {
        Some((hour @ 0..=24, minute @ 0..=59)) if hour * 60 + minute <= 1440 => Ok(hour * 60 + minute),
        _ => bail!("`{text}` is not a time of day; write it as 09:00"),
    }
}

#[cfg(test)]
mod tests;
