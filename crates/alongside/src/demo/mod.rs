//! `alongside demo`: a fictional organisation with people and reports in every state, made through the desk's own verbs.
//! Everything lies in a temporary folder and is gone when the demo ends.

mod stories;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Context;
use desk::people::NewPerson;
use desk::who::Role;
use desk::{Clock, Desk, Time};

use crate::config::{Config, Organisation, Reading, Smtp, Store, Web};
use crate::say::tell;
use crate::serve::{self, Doors};

/// What everybody in the demo signs in with.
const PASSWORD: &str = "three quiet boats";

/// The demo's clock: it walks through the past while the stories are told, then follows the real time.
#[derive(Clone)]
pub struct Walk {
    back: Arc<AtomicI64>,
    real: Clock,
}

impl Walk {
    /// A walk beside a real clock.
    pub fn from(real: &Clock) -> Walk {
        Walk { back: Arc::new(AtomicI64::new(0)), real: real.clone() }
    }

    /// From now on it is `hours` before the real time.
    pub fn hours_ago(&self, hours: f64) {
        self.back.store((hours * Time::HOUR as f64) as i64, Ordering::SeqCst);
    }
}

/// Fills a fresh desk, says what to try, and serves until stopped.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let config = fictional(config, folder.path());
    let doors = Doors::open(&config).await?;
    let mut desk = serve::open(&config).await?;
    let walk = Walk::from(&desk.clock);
    let clock = walk.clone();
    desk.clock = Clock::new(move || clock.real.now().plus(-clock.back.load(Ordering::SeqCst)));
    let page = fill(&desk, &walk).await?;
    walk.hours_ago(0.0);
    tell!("A demo desk for Harbour Works, a fictional port company, is running.\n")?;
    tell!("  {}\n", desk.settings.base_url)?;
    tell!("Three things to try:")?;
    tell!("  1. Be somebody who is worried: open {}", desk.link(&page))?;
    tell!(
        "  2. Be a responder: sign in at {} as `robin@harbour-works.example` with `{PASSWORD}`",
        desk.link("/sign-in")
    )?;
    tell!("  3. Report something yourself: {}", desk.link("/report"))?;
    if config.smtp.enabled {
        tell!("     or send a mail to {} by SMTP on {}", desk.settings.desk_address, config.smtp.listen)?;
    }
    tell!("\nNothing leaves this machine. Stop with Ctrl-C; everything is gone then.")?;
    doors.serve(desk).await
}

/// The fictional organisation. Its password is known to all, so its doors are on this machine alone: of the real file it takes the
/// ports, and nothing that reaches anybody: no relay,
/// no mailbox, no database.
fn fictional(real: Config, folder: &std::path::Path) -> Config {
    let domain = "harbour-works.example";
    Config {
        web: Web { listen: here(real.web.listen), ..Web::default() },
        smtp: Smtp { listen: here(real.smtp.listen), enabled: real.smtp.enabled, ..Smtp::default() },
        mailbox: None,
        relay: None,
        store: Store { folder: folder.to_owned(), database: None },
        written_folder: None,
        hours: real.hours,
        organisation: Organisation {
            name: "Harbour Works".into(),
            desk_address: format!("security@{domain}"),
            domains: vec![domain.into()],
            phone: Some("4444".into()),
            ..Organisation::default()
        },
        reading: Reading {
            trusted_authserv_ids: vec![format!("mx.{domain}")],
            drill_headers: vec!["X-Harbour-Drill: yes".into()],
            ..Reading::default()
        },
    }
}

fn here(door: SocketAddr) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, door.port()))
}

/// Tells the stories; gives the path of the page of the person who is most worried.
pub async fn fill(desk: &Desk, walk: &Walk) -> anyhow::Result<String> {
    walk.hours_ago(200.0);
    for (name, address, role) in [
        ("Robin Achterberg", "robin@harbour-works.example", Role::Responder),
        ("Sam Whitfield", "sam@harbour-works.example", Role::Responder),
        ("Ana Carvalho", "ana@harbour-works.example", Role::Lead),
        ("Kofi Mensah", "kofi@harbour-works.example", Role::Coach),
        ("Dana Lind", "dana@harbour-works.example", Role::Admin),
    ] {
        let new = NewPerson { address: address.into(), name: name.into(), password: PASSWORD.into() };
        desk::people::add(desk, new, role).await?;
    }
    stories::tell(desk, walk).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_demo_beside_a_real_desk_writes_to_nobody_and_shows_every_state() {
        let real: Config = toml::from_str(
            "[web]\nlisten = \"0.0.0.0:7827\"\nbase_url = \"https://desk.example.org\"\n[smtp]\nlisten = \"0.0.0.0:2525\"\n\
            [relay]\nhost = \"127.0.0.1\"\nport = 1\nsecurity = \"none\"\n\
            [mailbox]\nhost = \"127.0.0.1\"\nuser = \"abuse\"\npassword_file = \"/nowhere\"\n\
            [store]\nfolder = \"/nowhere\"\ndatabase = \"postgres://nowhere/desk\"",
        )
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let config = fictional(real, folder.path());
        assert!(config.relay.is_none() && config.mailbox.is_none());
        assert!(config.web.listen.ip().is_loopback() && config.smtp.listen.ip().is_loopback());
        assert_eq!(config.web.listen.port(), 7827);
        assert_eq!(config.settings().unwrap().base_url, "http://127.0.0.1:7827");
        let mut desk = serve::open(&config).await.unwrap();
        let walk = Walk::from(&desk.clock);
        let clock = walk.clone();
        desk.clock = Clock::new(move || clock.real.now().plus(-clock.back.load(Ordering::SeqCst)));
        fill(&desk, &walk).await.unwrap();
        walk.hours_ago(0.0);
        let letters = desk::letters::newest(&desk).await.unwrap();
        assert!(letters.len() > 10 && letters.iter().all(|letter| letter.state == "kept"));
        let mut tx = desk.db.read().await.unwrap();
        let (ended, _) = desk::cases::list(&mut tx, desk::cases::Which::Closed, 0).await.unwrap();
        for outcome in ["drill", "could-not-tell", "genuine", "harmful-stopped"] {
            assert!(ended.iter().any(|case| case.outcome.as_deref() == Some(outcome)), "{outcome}");
        }
        let (open, _) = desk::cases::list(&mut tx, desk::cases::Which::Open, 0).await.unwrap();
        assert!(open.iter().any(|case| case.due().is_some_and(|due| due < desk.now())), "one is overdue");
        assert!(letters.iter().any(|letter| letter.kind == "moved"), "one promise was moved");
    }
}
