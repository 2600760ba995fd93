//! The mailbox puller against a real Dovecot: each message once, whatever stops in between.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use intake::address::Addresses;
use intake::mailbox::{self, After, Config, Error, LookEvery, Secret};
use intake::{Delivery, Door, Refusal, Vouched};
use tokio::sync::{mpsc, oneshot};

use crate::dovecot::{Dovecot, USER};
use crate::support::PATIENCE;

/// Takes a mailbox's waiting messages into a list.
async fn take(config: &Config) -> Result<Vec<Delivery>, Error> {
    let taken = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&taken);
    let deliver = move |delivery| {
        list.lock().unwrap().push(delivery);
        async { Ok(()) }
    };
    let count = tokio::time::timeout(PATIENCE, mailbox::take_waiting(config, deliver)).await.unwrap()?;
    let taken = std::mem::take(&mut *taken.lock().unwrap());
    assert_eq!(count, taken.len());
    Ok(taken)
}

fn message(number: usize) -> String {
    format!(
        "Return-Path: <zoe@corp.example>\nFrom: zoe@corp.example\nSubject: report {number}\n\nbody {number}\n"
    )
}

fn subjects(deliveries: &[Delivery]) -> Vec<String> {
    let subject = |delivery: &Delivery| {
        let raw = String::from_utf8_lossy(&delivery.raw).into_owned();
        raw.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap().to_owned()
    };
    deliveries.iter().map(subject).collect()
}

#[tokio::test]
async fn waiting_messages_are_taken_once_plain_and_encrypted() {
    let mut dovecot = Dovecot::start();
    for config in [dovecot.plain(), dovecot.encrypted()] {
        dovecot.deposit(&message(1));
        dovecot.deposit(&message(2));
        let taken = take(&config).await.unwrap();
        assert_eq!(subjects(&taken), ["report 1", "report 2"]);
        assert_eq!(take(&config).await.unwrap(), [], "they are marked");
    }
    assert_eq!(dovecot.flags(""), ["S", "S", "S", "S"]);
}

#[tokio::test]
async fn a_message_arrives_with_what_is_known_about_it() {
    let mut dovecot = Dovecot::start();
    dovecot.deposit(
        "Return-Path: <zoe@corp.example>\nDelivered-To: abuse+t0ken@corp.example\n\
         Authentication-Results: mx.corp.example; spf=pass smtp.mailfrom=corp.example\n\
         To: \"Desk\" <abuse@corp.example>, max@corp.example\nFrom: zoe@corp.example\n\nhello\n",
    );
    dovecot.deposit("Return-Path: <>\nFrom: mailer-daemon@corp.example\n\nbounce\n");
    dovecot.deposit("From: Zo\u{eb} <zoe@corp.example>\n\nno trace\n");
    let mut config = dovecot.plain();
    config.addresses = Addresses::new([USER]).unwrap();
    config.authserv_ids = vec!["mx.corp.example".into()];
    let taken = take(&config).await.unwrap();
    assert_eq!(taken[0].from.as_deref(), Some("zoe@corp.example"));
    assert_eq!(taken[0].recipients, ["abuse+t0ken@corp.example", "abuse@corp.example"]);
    let vouched =
        Vouched::AuthenticatedResults { by: "mx.corp.example".into(), domain: "corp.example".into() };
    assert_eq!((&taken[0].vouched, taken[0].door, taken[0].peer), (&vouched, Door::Mailbox, None));
    assert!(taken[0].raw.ends_with(b"From: zoe@corp.example\r\n\r\nhello\r\n"));
    assert_eq!((taken[1].from.as_deref(), &taken[1].vouched), (None, &Vouched::Nobody));
    assert_eq!(taken[2].from.as_deref(), Some("zoe@corp.example"));
    assert_eq!(taken[2].recipients, [USER]);
}

/// The puller is stopped at every point between taking and marking; whoever remembers keys has every message once.
#[tokio::test]
async fn stopped_between_taking_and_marking_each_message_is_still_taken_once() {
    let mut dovecot = Dovecot::start();
    for number in 0..4 {
        dovecot.deposit(&message(number));
    }
    let remembered: Arc<Mutex<BTreeMap<String, Vec<Delivery>>>> = Arc::default();
    for stopped_after in 0..4 {
        let (reached, mut wait) = mpsc::unbounded_channel();
        let memory = Arc::clone(&remembered);
        let deliver = move |delivery: Delivery| {
            let stop_here = delivery.raw == message(stopped_after).replace('\n', "\r\n").as_bytes();
            memory.lock().unwrap().entry(delivery.key.clone()).or_default().push(delivery);
            let reached = reached.clone();
            async move {
                if stop_here {
                    reached.send(()).unwrap();
                    std::future::pending::<()>().await;
                }
                Ok(())
            }
        };
        let puller = tokio::spawn(mailbox::run(dovecot.plain(), deliver, std::future::pending()));
        tokio::time::timeout(PATIENCE, wait.recv()).await.unwrap().unwrap();
        puller.abort();
        assert!(puller.await.unwrap_err().is_cancelled());
    }
    let rest = take(&dovecot.plain()).await.unwrap();
    assert_eq!(subjects(&rest), ["report 3"]);
    let mut remembered = std::mem::take(&mut *remembered.lock().unwrap());
    remembered.entry(rest[0].key.clone()).or_default().extend(rest);
    assert_eq!(remembered.len(), 4, "four messages, four keys");
    for (number, copies) in remembered.values().enumerate() {
        assert_eq!(copies.len(), 2, "each was handed over, stopped, and handed over again");
        assert!(copies.iter().all(|copy| copy.raw == message(number).replace('\n', "\r\n").as_bytes()));
    }
    assert_eq!(take(&dovecot.encrypted()).await.unwrap(), []);
    assert_eq!(dovecot.flags(""), ["S"; 4]);
}

/// A puller that runs until the returned sender is dropped, and what it takes.
fn running(
    config: Config,
) -> (mpsc::UnboundedReceiver<Delivery>, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let (sender, taken) = mpsc::unbounded_channel();
    let deliver = move |delivery| {
        let sender = sender.clone();
        async move { sender.send(delivery).map_err(|_| Refusal::TryLater("the test is over".into())) }
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async {
        let _either = stopped.await;
    };
    (taken, stop, tokio::spawn(mailbox::run(config, deliver, shutdown)))
}

async fn next_delivery(taken: &mut mpsc::UnboundedReceiver<Delivery>) -> Delivery {
    tokio::time::timeout(PATIENCE, taken.recv()).await.expect("it arrives").unwrap()
}

async fn next(taken: &mut mpsc::UnboundedReceiver<Delivery>) -> String {
    subjects(&[next_delivery(taken).await]).remove(0)
}

#[tokio::test]
async fn new_messages_are_taken_when_the_server_tells_of_them() {
    let mut dovecot = Dovecot::start();
    let hour = Duration::from_secs(3600);
    let config =
        Config { look_every: LookEvery { with_idle: hour, without_idle: hour }, ..dovecot.encrypted() };
    dovecot.deposit(&message(1));
    let (mut taken, stop, puller) = running(config);
    assert_eq!(next(&mut taken).await, "report 1");
    for number in 2..5 {
        dovecot.deposit(&message(number));
        assert_eq!(next(&mut taken).await, format!("report {number}"));
    }
    drop(stop);
    tokio::time::timeout(PATIENCE, puller).await.unwrap().unwrap();
}

#[tokio::test]
async fn new_messages_are_taken_by_looking_again() {
    let mut dovecot = Dovecot::start();
    let look_every = LookEvery { with_idle: Duration::ZERO, without_idle: Duration::from_millis(10) };
    let (mut taken, _stop, _puller) = running(Config { look_every, ..dovecot.plain() });
    for number in 1..4 {
        dovecot.deposit(&message(number));
        assert_eq!(next(&mut taken).await, format!("report {number}"));
    }
}

#[tokio::test]
async fn a_server_that_goes_away_is_found_again() {
    let mut dovecot = Dovecot::start();
    let (mut taken, _stop, _puller) = running(dovecot.encrypted());
    dovecot.deposit(&message(1));
    let first = next_delivery(&mut taken).await;
    dovecot.stop();
    dovecot.deposit(&message(2));
    assert!(dovecot.run(), "dovecot starts again");
    let mut second = next_delivery(&mut taken).await;
    // The server may have gone before the first could be marked; then it comes again, known by its key.
    if second.key == first.key {
        assert_eq!(second.raw, first.raw);
        second = next_delivery(&mut taken).await;
    }
    assert_eq!(subjects(&[first, second]), ["report 1", "report 2"]);
}

#[tokio::test]
async fn taken_messages_can_be_moved_away() {
    let mut dovecot = Dovecot::start();
    let config = Config { after: After::MoveTo("Gepr\u{fc}ft & fertig".into()), ..dovecot.plain() };
    for number in 1..4 {
        dovecot.deposit(&message(number));
        assert_eq!(subjects(&take(&config).await.unwrap()), [format!("report {number}")]);
    }
    assert_eq!(take(&config).await.unwrap(), []);
    assert_eq!((dovecot.flags("").len(), dovecot.flags("Gepr&APw-ft &- fertig").len()), (0, 3));
    let moved = Config { folder: "Gepr\u{fc}ft & fertig".into(), ..dovecot.plain() };
    assert_eq!(take(&moved).await.unwrap().len(), 3, "they are whole and unread there");
}

#[tokio::test]
async fn taken_messages_can_get_a_keyword_and_stay_unread() {
    let mut dovecot = Dovecot::start();
    let config = Config { after: After::Keyword("$Alongside".into()), ..dovecot.plain() };
    dovecot.deposit(&message(1));
    assert_eq!(take(&config).await.unwrap().len(), 1);
    assert_eq!(take(&config).await.unwrap(), []);
    assert_eq!(dovecot.flags(""), ["a"], "the first keyword of the folder, and not seen");
    assert_eq!(take(&dovecot.plain()).await.unwrap().len(), 1, "it is still unread");
}

#[tokio::test]
async fn what_cannot_be_stored_stays_and_what_is_refused_is_flagged() {
    let mut dovecot = Dovecot::start();
    for number in 0..3 {
        dovecot.deposit(&message(number));
    }
    let deliver = |delivery: Delivery| async move {
        match subjects(&[delivery]).remove(0).as_str() {
            "report 0" => Err(Refusal::TryLater("the disk is full".into())),
            "report 1" => Err(Refusal::Refused("not this one".into())),
            _ => Ok(()),
        }
    };
    let error = mailbox::take_waiting(&dovecot.plain(), deliver).await.unwrap_err();
    assert!(matches!(&error, Error::NotTaken(why) if why == "the disk is full"), "{error}");
    assert_eq!(dovecot.flags(""), ["", "FS", "S"]);
    assert_eq!(subjects(&take(&dovecot.plain()).await.unwrap()), ["report 0"]);
}

#[tokio::test]
async fn a_store_that_is_down_is_not_asked_for_every_message() {
    let mut dovecot = Dovecot::start();
    for number in 0..10 {
        dovecot.deposit(&message(number));
    }
    let asked = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&asked);
    let deliver = move |_| {
        *counter.lock().unwrap() += 1;
        async { Err(Refusal::TryLater("down".into())) }
    };
    assert!(mailbox::take_waiting(&dovecot.plain(), deliver).await.is_err());
    assert_eq!(*asked.lock().unwrap(), 3);
    assert_eq!(dovecot.flags(""), [""; 10]);
}

#[tokio::test]
async fn of_a_message_that_is_too_large_the_beginning_is_taken() {
    let mut dovecot = Dovecot::start();
    dovecot.deposit(&format!("{}{}", message(1), "more\n".repeat(1000)));
    let taken = take(&Config { max_size: 500, ..dovecot.plain() }).await.unwrap();
    assert_eq!(taken[0].raw.len(), 500);
    assert_eq!(subjects(&taken), ["report 1"]);
}

#[tokio::test]
async fn wrong_settings_are_said_without_telling_secrets() {
    let dovecot = Dovecot::start();
    let config = Config { secret: Secret::Password("wrong\u{e9}".into()), ..dovecot.encrypted() };
    let error = take(&config).await.unwrap_err();
    assert!(matches!(error, Error::Refused { command: "LOGIN", .. }), "{error}");
    assert!(!format!("{error} {error:?}").contains("wrong"));
    let error = take(&dovecot.encrypted_by_a_stranger()).await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error}");
    let error = take(&Config { folder: "Nowhere".into(), ..dovecot.plain() }).await.unwrap_err();
    assert!(matches!(error, Error::Refused { command: "SELECT", .. }), "{error}");
    for odd in ["a\r\nb", "a b", ""] {
        let config = Config { after: After::Keyword(odd.into()), ..dovecot.plain() };
        assert!(matches!(take(&config).await.unwrap_err(), Error::Unsendable("keyword")));
    }
}
