//! `alongside demo`: a fictional organisation with people and reports in every state, made through the desk's own verbs.
//! Everything lies in a temporary folder and is gone when the demo ends.

mod stories;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Context;
use desk::people::NewPerson;
use desk::who::Role;
use desk::{Clock, Desk, Time};

use crate::config::Config;
use crate::serve;

/// What everybody in the demo signs in with.
const PASSWORD: &str = "demo demo demo";

/// The demo's clock: it walks through the past while the stories are told, then follows the real time.
#[derive(Clone)]
pub struct Walk {
    back: Arc<AtomicI64>,
    real: Clock,
}

impl Walk {
    /// From now on it is `hours` before the real time.
    pub fn hours_ago(&self, hours: f64) {
        self.back.store((hours * Time::HOUR as f64) as i64, Ordering::SeqCst);
    }
}

/// Fills a fresh desk, says what to try, and serves until stopped.
pub async fn run(mut config: Config) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    config.store.folder = folder.path().to_owned();
    config.store.database = None;
    config.organisation.name = "Harbour Works".into();
    config.organisation.desk_address = "security@harbour-works.example".into();
    config.organisation.domains = vec!["harbour-works.example".into()];
    config.organisation.phone = Some("4444".into());
    config.reading.trusted_authserv_ids = vec!["mx.harbour-works.example".into()];
    config.reading.drill_headers = vec!["X-Harbour-Drill: yes".into()];
    let mut desk = serve::open(&config).await?;
    let walk = Walk { back: Arc::new(AtomicI64::new(0)), real: desk.clock.clone() };
    let clock = walk.clone();
    desk.clock = Clock::new(move || clock.real.now().plus(-clock.back.load(Ordering::SeqCst)));
    let page = fill(&desk, &walk).await?;
    walk.hours_ago(0.0);
    println!("A demo desk for Harbour Works, a fictional port company, is running.\n");
    println!("  {}\n", desk.settings.base_url);
    println!("Three things to try:");
    println!("  1. Be somebody who is worried: open {}", desk.link(&page));
    println!(
        "  2. Be a responder: sign in at {} as `robin@harbour-works.example` with `{PASSWORD}`",
        desk.link("/sign-in")
    );
    println!("  3. Report something yourself: {}", desk.link("/report"));
    if config.smtp.enabled {
        println!("     or send a mail to {} by SMTP on {}", desk.settings.desk_address, config.smtp.listen);
    }
    println!("\nNothing leaves this machine. Stop with Ctrl-C; everything is gone then.");
    serve::doors(desk, &config).await
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
