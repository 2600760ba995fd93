//! `alongside serve`: opens the store and the doors, wires them to the desk, and stops gently.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use desk::blobs::Blobs;
use desk::who::Gates;
use desk::{Clock, Desk, Keys, Time};
use intake::address::Addresses;
use intake::network::Network;
use intake::vouching::Trust;
use intake::{Delivery, Refusal};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::{Config, Wrong};
use crate::pages::{self, Bounds};
use crate::say::tell;
use crate::{database, lock, private};

/// Runs the desk until the process is asked to stop.
pub async fn run(config: Config) -> anyhow::Result<()> {
    refuse_to_begin_anew(&config)?;
    // First of all: a second desk that cannot listen must not take the first one's set-up link away.
    let doors = Doors::open(&config).await?;
    let _held = lock::hold(&config)?;
    let desk = open(&config).await?;
    refuse_an_empty_one_beside(&config, &desk).await?;
    if let Some(link) = desk::people::first_setup_link(&desk).await? {
        tell!("Nobody can sign in yet. Open this link once to set up the first account:\n\n  {link}\n")?;
    }
    tell!("Pages:   {}", desk.settings.base_url)?;
    if config.smtp.enabled {
        tell!("Mail to: {} by SMTP on {}", desk.settings.desk_address, config.smtp.listen)?;
    }
    let version = env!("CARGO_PKG_VERSION");
    tracing::info!(version, pages = %config.web.listen, "started");
    doors.serve(desk).await
}

/// An older desk counted its folder from where it was started; a new and empty one must not take its place in silence.
fn refuse_to_begin_anew(config: &Config) -> anyhow::Result<()> {
    if let Some(older) = config.older_desk() {
        let counted = &config.store.folder;
        let counted = std::path::absolute(counted).unwrap_or_else(|_| counted.clone());
        anyhow::bail!(
            "`store.folder` counts from the folder of its file: that is `{}`, which does not exist, while `{}` holds a desk. To go on with that one, write `folder = \"{1}\"` under `[store]`",
            counted.display(),
            older.display()
        );
    }
    Ok(())
}

/// Settings that were turned to another database find it empty, while the rows lie where they were.
async fn refuse_an_empty_one_beside(config: &Config, desk: &Desk) -> anyhow::Result<()> {
    let usual = config.usual_database();
    let other = config.database_file().is_none_or(|file| file != usual);
    let has_rows = || std::fs::metadata(&usual).is_ok_and(|found| found.len() > 0);
    if other && has_rows() && desk::moving::is_new(&desk.db).await? {
        let move_it = if config.database_file().is_none() {
            "`alongside admin move-database` copies its rows"
        } else {
            "Move that file to where `store.database` points"
        };
        anyhow::bail!(
            "`{}` holds a desk, and the database that `store.database` names is empty. {move_it}; to begin anew, move that file away",
            usual.display()
        );
    }
    Ok(())
}

/// The desk over the configured store.
pub async fn open(config: &Config) -> anyhow::Result<Desk> {
    let folder = &config.store.folder;
    private::folder(folder).with_context(|| {
        Wrong(format!(
            "cannot make the folder `{}` and close it to others; does it belong to this account?",
            folder.display()
        ))
    })?;
    let db = database::open(config).await?;
    if let Some(file) = config.database_file() {
        private::file(&file).with_context(|| format!("cannot close `{}` to others", file.display()))?;
    }
    Ok(Desk {
        blobs: Blobs::in_folder(folder.join("files"))?,
        settings: Arc::new(config.settings()?),
        clock: Clock::new(system_time),
        keys: Keys::new(secret(folder, &db).await?),
        db,
        post: config.relay.as_ref().map(crate::relay::post).transpose()?,
        metrics: metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder().ok(),
        gates: Arc::new(Gates::new(config.limits())),
    })
}

/// The desk that is there already. Looking after one must not make an empty one beside it, and say that all is well.
pub async fn open_existing(config: &Config) -> anyhow::Result<Desk> {
    refuse_to_begin_anew(config)?;
    if let Some(missing) = database::missing(config)? {
        let place = std::path::absolute(&missing).unwrap_or(missing);
        anyhow::bail!(
            "there is no desk here: `{}` does not exist. Go to the folder where the desk is started, or name its file with `--config`",
            place.display()
        );
    }
    let desk = open(config).await?;
    refuse_an_empty_one_beside(config, &desk).await?;
    Ok(desk)
}

/// What the desk listens on, and what it needs to read for that.
pub struct Doors {
    pages: TcpListener,
    mail: Option<(TcpListener, intake::smtp::Config)>,
    mailbox: Option<intake::mailbox::Config>,
}

impl Doors {
    /// Opens every door; nobody is served yet.
    pub async fn open(config: &Config) -> anyhow::Result<Doors> {
        let pages = TcpListener::bind(config.web.listen).await.with_context(|| {
            format!("cannot listen on {} for the pages; is another desk running?", config.web.listen)
        })?;
        let mail = if config.smtp.enabled {
            let listener = TcpListener::bind(config.smtp.listen).await.with_context(|| {
                format!("cannot listen on {} for mail; is another desk running?", config.smtp.listen)
            })?;
            Some((listener, smtp_config(config)?))
        } else {
            None
        };
        let mailbox = config.mailbox.as_ref().map(|mailbox| mailbox_config(config, mailbox)).transpose()?;
        Ok(Doors { pages, mail, mailbox })
    }

    /// Serves until a signal comes.
    pub async fn serve(self, desk: Desk) -> anyhow::Result<()> {
        let (stop, stopped) = watch::channel(false);
        let mut running = tokio::task::JoinSet::new();
        if let Some((listener, smtp)) = self.mail {
            let deliver = delivery(desk.clone(), smtp.addresses.clone());
            running.spawn(intake::smtp::serve(listener, smtp, deliver, until(stopped.clone())));
        }
        if let Some(mailbox) = self.mailbox {
            let deliver = delivery(desk.clone(), mailbox.addresses.clone());
            running.spawn(intake::mailbox::run(mailbox, deliver, until(stopped.clone())));
        }
        running.spawn(desk::jobs::work(desk.clone(), until(stopped.clone())));
        running.spawn(tidy(desk.clone(), until(stopped.clone())));
        let settings = desk.settings.clone();
        let bounds = Bounds::for_open_files(private::open_files());
        let router = desk::routes::router(desk);
        running.spawn(pages::serve(self.pages, router, settings, bounds, until(stopped.clone())));
        signal().await;
        tracing::info!("stopping: finishing what is under way");
        stop.send_replace(true);
        while running.join_next().await.is_some() {}
        Ok(())
    }
}

/// Once a minute, forgets whom the limits need not remember.
async fn tidy(desk: Desk, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(Duration::from_secs(60)) => desk.gates.tidy(),
        }
    }
}

/// Hands a delivery to the desk: yes only once it is stored for good.
fn delivery(
    desk: Desk,
    own: Addresses,
) -> impl Fn(Delivery) -> futures::future::BoxFuture<'static, Result<(), Refusal>> + Clone + Send + Sync {
    move |delivery: Delivery| {
        let (desk, own) = (desk.clone(), own.clone());
        Box::pin(async move {
            desk::reports::receive_mail(&desk, mailed(delivery, &own)).await.map_err(|problem| match problem {
                desk::error::Error::TooLarge => Refusal::Refused("the message is larger than we take".into()),
                desk::error::Error::Invalid(_) | desk::error::Error::Unclear(_) => {
                    Refusal::Refused(problem.words(desk::Locale::En).1)
                }
                other => {
                    tracing::error!(problem = %other, "a report could not be stored; its sender will try again");
                    Refusal::TryLater("we could not store your message; please send it again".into())
                }
            })
        })
    }
}

/// A delivery as the desk takes it: who vouches for its sender, whether it may be answered automatically, and, which is
/// another question, whether a machine wrote it.
fn mailed(delivery: Delivery, own: &Addresses) -> desk::reports::Mailed {
    let answer = intake::answerable::may_answer(intake::answerable::Question {
        from: delivery.from.as_deref(),
        raw: &delivery.raw,
        vouched: &delivery.vouched,
        own,
    });
    if let Err(why) = &answer {
        tracing::info!(why = %why, "a report will not be answered by mail");
    }
    let vouched = !matches!(delivery.vouched, intake::Vouched::Nobody);
    if delivery.vouched == intake::Vouched::TrustedNetwork && passed_on(&delivery.raw) {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            tracing::warn!(
                peer = ?delivery.peer,
                "a mail server inside a trusted network hands over mail, so everybody it takes mail from may name themselves; if strangers are among them, name it under `smtp.relays`"
            );
        });
    }
    desk::reports::Mailed {
        door: match delivery.door {
            intake::Door::Smtp => desk::reports::Door::Mail,
            intake::Door::Mailbox => desk::reports::Door::Mailbox,
        },
        recipients: delivery.recipients,
        from: delivery.from.clone(),
        // What may be answered is none of a machine's: the head is looked at again only where it may not.
        automatic: answer.is_err()
            && intake::answerable::is_automatic(delivery.from.as_deref(), &delivery.raw, own),
        vouched_address: delivery.from.filter(|_| vouched),
        answerable: answer.is_ok(),
        key: key(delivery.door, delivery.key, &delivery.raw),
        raw: delivery.raw,
    }
}

/// Whether a server took the mail before it was handed to us.
fn passed_on(raw: &[u8]) -> bool {
    intake::header::first(&intake::header::fields(raw), "Received").is_some()
}

/// What is the same each time a mail is handed over. A mailbox may be numbered anew: then a mail with a Message-ID is known by
/// its bytes, which hold when and how it came. One without is known by its number alone, since two may look the same.
fn key(door: intake::Door, key: String, raw: &[u8]) -> String {
    let known_by_bytes = matches!(door, intake::Door::Mailbox)
        && intake::header::first(&intake::header::fields(raw), "Message-ID").is_some();
    if known_by_bytes { format!("mailbox:{}", desk::blobs::key_of(raw)) } else { key }
}

fn smtp_config(config: &Config) -> anyhow::Result<intake::smtp::Config> {
    let mut smtp =
        intake::smtp::Config::new(config.smtp.hostname.clone(), Addresses::new(config.addresses())?);
    smtp.max_size = config.most_bytes();
    smtp.max_messages_per_sender_per_minute = config.smtp.per_sender_per_minute;
    smtp.max_messages_per_ip_per_minute = config.smtp.per_stranger_per_minute;
    smtp.trust = Trust {
        networks: config.networks_by_mail()?,
        relays: networks(&config.smtp.relays)?,
        authserv_ids: config.reading.trusted_authserv_ids.clone(),
    };
    smtp.tls = Some(match (&config.smtp.certificate, &config.smtp.key) {
        (Some(certificate), Some(key)) => intake::tls::from_pem(&read(certificate)?, &read(key)?)?,
        (None, None) => {
            let identity = intake::tls::self_signed(&config.smtp.hostname)?;
            intake::tls::from_pem(&identity.certificate_pem, identity.key_pem())?
        }
        _ => anyhow::bail!("`smtp.certificate` and `smtp.key` belong together; set both or none"),
    });
    Ok(smtp)
}

fn mailbox_config(
    config: &Config,
    mailbox: &crate::config::Mailbox,
) -> anyhow::Result<intake::mailbox::Config> {
    let authority = mailbox.authority.as_deref().map(read).transpose()?.unwrap_or_default();
    let secret = intake::mailbox::Secret::Password(read(&mailbox.password_file)?.trim().to_owned().into());
    let tls = intake::tls::client(&authority)?;
    let mut taken = intake::mailbox::Config::new(
        mailbox.host.clone(),
        tls,
        mailbox.user.clone(),
        secret,
        config.organisation.desk_address.clone(),
    );
    taken.port = mailbox.port;
    taken.max_size = config.most_bytes();
    taken.addresses = Addresses::new(config.addresses())?;
    taken.authserv_ids = config.reading.trusted_authserv_ids.clone();
    if let Some(folder) = &mailbox.move_to {
        taken.after = intake::mailbox::After::MoveTo(folder.clone());
    }
    Ok(taken)
}

fn networks(written: &[String]) -> anyhow::Result<Vec<Network>> {
    written.iter().map(|network| Ok(network.parse::<Network>()?)).collect()
}

fn read(path: impl AsRef<Path>) -> anyhow::Result<String> {
    let path = path.as_ref();
    std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

/// The desk's own secret: made at the first start, readable by its owner alone. Never made anew where somebody reported already:
/// replies to letters that were sent would no longer be known.
async fn secret(folder: &Path, db: &desk::db::Db) -> anyhow::Result<[u8; 32]> {
    let path = folder.join("secret");
    match std::fs::read(&path) {
        Ok(bytes) => bytes
            .try_into()
            .map_err(|_| anyhow::anyhow!("`{}` is not a desk secret: it must have 32 bytes", path.display())),
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {
            if desk::erasure::holds_reports(db).await? {
                anyhow::bail!(
                    "`{}` is missing, and the database beside it holds reports whose links and reply addresses were made with it. Copy `secret` back from a backup; if there is none, put 32 random bytes there, and replies to earlier letters will come in as new reports",
                    path.display()
                );
            }
            let mut fresh = [0u8; 32];
            rand::fill(&mut fresh);
            write_private(&path, &fresh).with_context(|| format!("cannot write `{}`", path.display()))?;
            Ok(fresh)
        }
        Err(problem) => Err(problem).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn system_time() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        // A closed terminal asks as gently as a service manager does.
        match (signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
            (Ok(mut terminate), Ok(mut hangup)) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            },
            _ => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_whom_nobody_vouches_for_is_not_taken_for_a_machine() {
        let own = Addresses::new(["security@example.org"]).expect("an address");
        let taken = |head: &str| {
            let delivery = Delivery {
                from: Some("kim@private.example".into()),
                recipients: vec!["security+tag@example.org".into()],
                raw: format!("{head}\r\n\r\nPLEASE HELP\r\n").into_bytes(),
                peer: None,
                vouched: intake::Vouched::Nobody,
                door: intake::Door::Smtp,
                key: "1".into(),
            };
            let mailed = mailed(delivery, &own);
            (mailed.answerable, mailed.automatic, mailed.vouched_address)
        };
        assert_eq!(taken("Subject: Re: your report"), (false, false, None));
        assert_eq!(taken("Auto-Submitted: auto-replied"), (false, true, None));
    }

    #[test]
    fn a_mail_in_a_mailbox_that_was_numbered_anew_is_the_same_mail() {
        let named = b"Message-ID: <1@example.org>\r\n\r\nHELP\r\n";
        let nameless = b"Subject: test\r\n\r\nHELP\r\n";
        let box_key = |number: &str, raw: &[u8]| key(intake::Door::Mailbox, number.into(), raw);
        assert_eq!(box_key("1", named), box_key("2", named));
        assert_ne!(box_key("1", named), box_key("1", b"Message-ID: <1@example.org>\r\n\r\nMORE\r\n"));
        assert_ne!(box_key("1", nameless), box_key("2", nameless));
        assert_eq!(key(intake::Door::Smtp, "1".into(), named), "1");
    }

    #[tokio::test]
    async fn looking_after_a_desk_from_the_wrong_folder_makes_no_empty_one() {
        let place = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.store.folder = place.path().join("data");
        let problem = open_existing(&config).await.err().expect("there is none").to_string();
        assert!(problem.contains("no desk here") && problem.contains("--config"), "{problem}");
        assert!(!config.store.folder.exists());
        drop(open(&config).await.unwrap());
        assert!(open_existing(&config).await.is_ok());
    }

    #[tokio::test]
    async fn a_lost_secret_is_not_replaced_where_somebody_reported() {
        let place = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.store.folder = place.path().join("data");
        let secret = config.store.folder.join("secret");
        let desk = open(&config).await.unwrap();
        std::fs::remove_file(&secret).unwrap();
        drop(open(&config).await.expect("nobody reported yet, so a start that stopped halfway goes on"));
        let walk = crate::demo::Walk::from(&desk.clock);
        crate::demo::fill(&desk, &walk).await.unwrap();
        std::fs::remove_file(&secret).unwrap();
        for outcome in [open(&config).await, open_existing(&config).await] {
            let problem = outcome.err().expect("it is lost").to_string();
            assert!(problem.contains("from a backup"), "{problem}");
        }
        assert!(!secret.exists());
    }

    #[tokio::test]
    async fn a_second_desk_that_cannot_listen_changes_nothing() {
        let place = tempfile::tempdir().unwrap();
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut config = Config::default();
        config.store.folder = place.path().join("data");
        config.web.listen = taken.local_addr().unwrap();
        assert!(run(config.clone()).await.unwrap_err().to_string().contains("cannot listen"));
        assert!(!config.store.folder.exists(), "the store was not even opened");
    }
}
