//! What the file may not say: every setting that cannot be used, with its name and what to write instead, in one list.
//! Reads no file and opens nothing.

use std::str::FromStr;

use super::{Config, Hours, MOST_MIB, RelaySecurity, minute, weekday};

impl Config {
    /// Every setting that cannot be used; empty if all can.
    pub fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.about_us(&mut found);
        self.about_doors(&mut found);
        self.about_letters_and_store(&mut found);
        self.hours.problems(&mut found);
        found
    }

    fn about_us(&self, found: &mut Vec<String>) {
        let us = &self.organisation;
        for (key, address) in std::iter::once(("organisation.desk_address", &us.desk_address))
            .chain(us.more_addresses.iter().map(|address| ("organisation.more_addresses", address)))
        {
            // The list itself trims; an address with spaces around it is none.
            if address.trim() != address || intake::address::Addresses::new([address]).is_err() {
                wrong(
                    found,
                    key,
                    address,
                    "write an address such as `security@example.org`, without `+`, spaces or quotes",
                );
            }
        }
        if !matches!(us.language.as_str(), "en" | "de") {
            wrong(found, "organisation.language", &us.language, "it can be `en` or `de`");
        }
        for (key, text) in [("organisation.name", Some(&us.name)), ("organisation.phone", us.phone.as_ref())]
        {
            if text.is_some_and(|text| text.trim().is_empty() || text.chars().any(char::is_control)) {
                wrong(found, key, text.map_or("", String::as_str), "write it in one line");
            }
        }
        networks(found, "organisation.trusted_networks", &us.trusted_networks);
        for network in us.trusted_networks.iter().filter(|network| is_everybody(network)) {
            wrong(
                found,
                "organisation.trusted_networks",
                network,
                "so wide a network holds strangers, who could name any address and have the desk write there; write your own networks, of 8 bits or more (IPv6: 16)",
            );
        }
        for domain in us.domains.iter().filter(|domain| !is_domain(domain)) {
            wrong(found, "organisation.domains", domain, "write a domain such as `example.org`");
        }
        for domain in us.domains.iter().filter(|domain| is_domain(domain) && is_for_everybody(domain)) {
            wrong(
                found,
                "organisation.domains",
                domain,
                "anybody can register a name under it, and all of those would be yours; write your own domain, such as `example.org`",
            );
        }
        for header in &self.reading.drill_headers {
            if !header.contains(':') {
                wrong(found, "reading.drill_headers", header, "write it as `Name: value`");
            }
        }
    }

    fn about_doors(&self, found: &mut Vec<String>) {
        if let Some(url) = &self.web.base_url
            && host_of(url).is_none()
        {
            let instead =
                "write how people reach the pages, such as `https://desk.example.org`, without a path";
            wrong(found, "web.base_url", url, instead);
        }
        networks(found, "web.proxies", &self.web.proxies);
        networks(found, "smtp.relays", &self.smtp.relays);
        for (key, number) in [
            ("web.reports_per_minute", self.web.reports_per_minute),
            ("web.trusted_reports_per_minute", self.web.trusted_reports_per_minute),
            ("smtp.per_sender_per_minute", self.smtp.per_sender_per_minute),
            ("smtp.per_stranger_per_minute", self.smtp.per_stranger_per_minute),
        ] {
            if number == 0 {
                wrong(found, key, number, "then nobody could report anything; write 1 or more");
            }
        }
        if !(1..=MOST_MIB).contains(&self.smtp.max_mib) {
            wrong(found, "smtp.max_mib", self.smtp.max_mib, &format!("it can be 1 to {MOST_MIB}"));
        }
        if !is_name(&self.smtp.hostname) {
            wrong(found, "smtp.hostname", &self.smtp.hostname, "write a name such as `desk.example.org`");
        }
        if self.smtp.certificate.is_some() != self.smtp.key.is_some() {
            found.push("`smtp.certificate` and `smtp.key` belong together; set both or none".into());
        }
        if let Some(mailbox) = &self.mailbox {
            if !is_name(&mailbox.host) {
                wrong(found, "mailbox.host", &mailbox.host, "write the mail server's name");
            }
            if mailbox.user.trim().is_empty() {
                wrong(found, "mailbox.user", &mailbox.user, "write whom to sign in as");
            }
        }
    }

    fn about_letters_and_store(&self, found: &mut Vec<String>) {
        if let Some(relay) = &self.relay {
            if !is_name(&relay.host) {
                wrong(found, "relay.host", &relay.host, "write the mail server's name");
            }
            if relay.security == RelaySecurity::None && !is_here(&relay.host) {
                wrong(
                    found,
                    "relay.security",
                    "none",
                    "letters would cross the network unprotected; it is only for a relay on this machine, so write `starttls` or `tls`",
                );
            }
            if relay.user.is_some() != relay.password_file.is_some() {
                found.push("`relay.user` and `relay.password_file` belong together; set both or none".into());
            }
        }
        if let Some(url) = &self.store.database {
            let known = ["postgres://", "postgresql://"].iter().any(|head| url.starts_with(head))
                || url.strip_prefix("sqlite:").is_some_and(|path| !path.trim().is_empty());
            if !known {
                // What follows may hold a password.
                let kind = url.split(':').next().unwrap_or_default();
                wrong(found, "store.database", format!("{kind}:…"), "write `sqlite:PATH` or `postgres://…`");
            }
        }
    }
}

impl Hours {
    fn problems(&self, found: &mut Vec<String>) {
        if jiff::tz::TimeZone::get(self.zone()).is_err() {
            wrong(found, "hours.zone", self.zone(), "use a name such as `Europe/Berlin`");
        }
        if self.days.is_empty() {
            found.push("`hours.days` is empty; name at least one of mon, tue, wed, thu, fri, sat, sun. A desk that never sleeps has all seven, from 00:00 to 24:00".into());
        }
        for day in self.days.iter().filter(|day| weekday(day).is_none()) {
            wrong(found, "hours.days", day, "use mon, tue, wed, thu, fri, sat, sun");
        }
        for day in self.holidays.iter().filter(|day| day.parse::<jiff::civil::Date>().is_err()) {
            wrong(found, "hours.holidays", day, "write it as 2026-12-25");
        }
        for (key, time) in [("hours.from", &self.from), ("hours.to", &self.to)] {
            if minute(time).is_err() {
                wrong(found, key, time, "write a time of day such as 09:00");
            }
        }
        if let (Ok(from), Ok(to)) = (minute(&self.from), minute(&self.to))
            && to <= from
        {
            wrong(found, "hours.to", &self.to, "it must be later than `hours.from`");
        }
        const MOST: i64 = 60 * 24 * 30;
        for (key, number, most) in [
            ("hours.first_word_minutes", self.first_word_minutes, MOST),
            ("hours.help_minutes", self.help_minutes, MOST),
            ("hours.first_words_per_hour", self.first_words_per_hour, 10_000),
        ] {
            if !(1..=most).contains(&number) {
                wrong(found, key, number, &format!("it can be 1 to {most}"));
            }
        }
        if self.first_word_minutes > 0 && self.help_minutes > self.first_word_minutes {
            wrong(
                found,
                "hours.help_minutes",
                self.help_minutes,
                "then those who need help would wait longer than everybody else; write `hours.first_word_minutes` or less",
            );
        }
    }
}

fn wrong(found: &mut Vec<String>, key: &str, value: impl std::fmt::Display, instead: &str) {
    // Quoted by its own rules, so that a line break in a value does not look like the next line of the list.
    let value: String = value.to_string().escape_debug().collect();
    found.push(format!("`{key}` has `{value}`; {instead}"));
}

fn networks(found: &mut Vec<String>, key: &str, written: &[String]) {
    for network in written.iter().filter(|network| intake::network::Network::from_str(network).is_err()) {
        wrong(
            found,
            key,
            network,
            "write the network's first address and its length in bits, such as `10.0.0.0/8`",
        );
    }
}

/// Whether a network is so wide that nobody has all of it.
fn is_everybody(network: &str) -> bool {
    let Ok((address, bits)) = super::settings::network_of(network) else { return false };
    bits < if address.is_ipv4() { 8 } else { 16 }
}

/// Whether others register their names under a domain, as under `com` and `co.uk`.
fn is_for_everybody(domain: &str) -> bool {
    domain != "localhost" && suffix::registered(&domain.to_lowercase()).is_none()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || "-._:[]".contains(letter))
}

/// Whether a mail server is this machine.
fn is_here(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Labels of letters, digits and hyphens with dots between.
fn is_domain(text: &str) -> bool {
    text.split('.').all(|label| {
        !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    })
}

/// The host of an address such as `https://desk.example:8443/`; nothing if it is not of that form.
pub(super) fn host_of(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = match rest.rfind(']') {
        Some(end) => rest.split_at_checked(end + 1)?,
        None => rest.find(':').map_or(Some((rest, "")), |at| rest.split_at_checked(at))?,
    };
    let port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let named = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => is_name(host) && !host.contains([':', '[', ']', '_']),
    };
    (port && named).then_some(host)
}
