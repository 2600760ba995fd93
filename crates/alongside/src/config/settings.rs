//! What the file says as the settings of the desk and of its doors.

use std::net::IpAddr;
use std::path::Path;
use std::str::FromStr;

use anyhow::Context;

use super::{Config, Wrong, check};

impl Config {
    /// The desk's own settings.
    pub fn settings(&self) -> anyhow::Result<desk::Settings> {
        let mut trusted_networks = Vec::new();
        for network in &self.organisation.trusted_networks {
            trusted_networks.push(network_of(network)?);
        }
        let mut proxies = Vec::new();
        for network in &self.web.proxies {
            proxies.push(network_of(network)?);
        }
        if !self.is_local() && proxies.is_empty() {
            // Others reach these pages through something on this machine that we were not told of:
            // then an address on this machine says nothing about who is asking.
            trusted_networks.retain(|(address, _)| !address.is_loopback());
        }
        let mut drill_headers = Vec::new();
        for header in &self.reading.drill_headers {
            let (name, value) = header.split_once(':').with_context(|| {
                format!("`reading.drill_headers` has `{header}`; write it as `Name: value`")
            })?;
            drill_headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        Ok(desk::Settings {
            organisation: self.organisation.name.clone(),
            base_url: self
                .web
                .base_url
                .clone()
                .unwrap_or_else(|| format!("http://{}", self.web.listen))
                .trim_end_matches('/')
                .to_owned(),
            desk_address: self.organisation.desk_address.to_lowercase(),
            phone: self.organisation.phone.clone(),
            locale: desk::Locale::from_tag(&self.organisation.language),
            hours: self.hours.parse()?,
            zone_is_chosen: self.hours.zone.is_some(),
            first_word_minutes: self.hours.first_word_minutes,
            help_minutes: self.hours.help_minutes,
            first_words_per_hour: self.hours.first_words_per_hour,
            mail: mail::Setting {
                own_domains: self.own_domains(),
                trusted_authserv_ids: self.reading.trusted_authserv_ids.clone(),
                drill_headers,
                drill_hosts: self.reading.drill_hosts.iter().map(|host| host.to_lowercase()).collect(),
                own_names: self.organisation.own_names.clone(),
                desk_addresses: self.addresses().iter().map(|address| address.to_lowercase()).collect(),
                known_senders: self
                    .reading
                    .known_senders
                    .as_deref()
                    .map(addresses_in)
                    .transpose()
                    .context(Wrong("the file that `reading.known_senders` names cannot be used".into()))?,
                plays_us: false,
            },
            listen_for_feelings: self.reading.feelings,
            trusted_networks,
            proxies,
            most_bytes: self.most_bytes(),
        })
    }

    /// Whether the pages are for this machine alone.
    fn is_local(&self) -> bool {
        self.web.base_url.as_deref().is_none_or(|url| {
            check::host_of(url).is_some_and(|host| matches!(host, "127.0.0.1" | "localhost" | "[::1]"))
        })
    }

    /// The networks whose people may name themselves by mail. A desk for others gets the mail of this machine from a mail server
    /// here, which hands over strangers' mail too: its address says nothing about the sender.
    pub fn networks_by_mail(&self) -> anyhow::Result<Vec<intake::network::Network>> {
        let mut networks = Vec::new();
        for network in &self.organisation.trusted_networks {
            let (address, _) = network_of(network)?;
            if self.is_local() || !address.is_loopback() {
                networks.push(network.parse()?);
            }
        }
        Ok(networks)
    }
}

/// The addresses in a file, one a line, in lower case.
fn addresses_in(path: &Path) -> anyhow::Result<std::collections::BTreeSet<String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(text.lines().map(|line| line.trim().to_lowercase()).filter(|line| line.contains('@')).collect())
}

pub(super) fn network_of(text: &str) -> anyhow::Result<(IpAddr, u8)> {
    intake::network::Network::from_str(text)?;
    let (address, bits) = text.split_once('/').unwrap_or((text, ""));
    let address: IpAddr = address.parse().with_context(|| format!("`{text}` is not a network"))?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    Ok((address, bits.parse().unwrap_or(width)))
}
