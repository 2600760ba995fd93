//! The SMTP server at its sockets: what is acknowledged was taken, every limit says so, and it stops without loss.

use std::sync::Arc;
use std::time::Duration;

use crate::support::{Client, PATIENCE, Server, config};
use intake::smtp::Config;
use intake::{Delivery, Door, Refusal, Vouched};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};

const TINY: Duration = Duration::from_millis(50);

/// A server that takes everything and hands what it took to the test.
async fn taking_server(config: Config) -> (Server, mpsc::UnboundedReceiver<Delivery>) {
    let (sender, taken) = mpsc::unbounded_channel();
    let deliver = move |delivery| {
        let sender = sender.clone();
        async move { sender.send(delivery).map_err(|_| Refusal::TryLater("the test is over".into())) }
    };
    (Server::start(config, deliver).await, taken)
}

async fn next(taken: &mut mpsc::UnboundedReceiver<Delivery>) -> Delivery {
    tokio::time::timeout(PATIENCE, taken.recv()).await.expect("it arrives").expect("the server runs")
}

#[tokio::test]
async fn a_message_arrives_whole_with_what_is_known_about_it() {
    let mut config = config();
    config.trust.networks = intake::network::Network::loopback().to_vec();
    let (server, mut taken) = taking_server(config).await;
    let mut client = server.client().await;
    client.begin_message("zoe@corp.example").await;
    client.say("Subject: odd\r\n\r\n..dot\r\n.", "250 2.6.0").await;
    client.say("QUIT", "221 ").await;
    let delivery = next(&mut taken).await;
    assert_eq!(delivery.from.as_deref(), Some("zoe@corp.example"));
    assert_eq!(delivery.recipients, ["report@desk.example"]);
    assert_eq!(delivery.raw, b"Subject: odd\r\n\r\n.dot\r\n");
    assert_eq!(delivery.peer, Some("127.0.0.1".parse().unwrap()));
    assert_eq!(delivery.vouched, Vouched::TrustedNetwork);
    assert_eq!(delivery.door, Door::Smtp);
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn the_acknowledgement_waits_until_the_message_is_stored() {
    let stored = Arc::new(Semaphore::new(0));
    let (sender, mut asked) = mpsc::unbounded_channel();
    let waiting = Arc::clone(&stored);
    let deliver = move |delivery: Delivery| {
        let (waiting, sender) = (Arc::clone(&waiting), sender.clone());
        async move {
            let slow = delivery.from.as_deref() == Some("slow@corp.example");
            let _listening = sender.send(delivery);
            if slow {
                waiting.acquire().await.expect("it stays open").forget();
            }
            Ok(())
        }
    };
    let server = Server::start(config(), deliver).await;
    let mut slow = server.client().await;
    slow.begin_message("slow@corp.example").await;
    slow.send("\r\n.\r\nNOOP\r\n").await;
    next(&mut asked).await;

    let mut quick = server.client().await;
    quick.begin_message("quick@corp.example").await;
    quick.say(".", "250 2.6.0").await;

    let mut buffer = [0; 1];
    let nothing = slow.stream.get_ref().try_read(&mut buffer).expect_err("nothing was said yet");
    assert_eq!(nothing.kind(), std::io::ErrorKind::WouldBlock);
    stored.add_permits(1);
    slow.expect("250 2.6.0").await;
    slow.expect("250 2.0.0").await;
}

#[tokio::test]
async fn what_cannot_be_stored_is_not_acknowledged_and_the_server_goes_on() {
    let deliver = |delivery: Delivery| async move {
        match delivery.raw.first() {
            Some(b'l') => Err(Refusal::TryLater("The disk is full".into())),
            Some(b'n') => Err(Refusal::Refused("Not this".into())),
            Some(b'p') => panic!("a broken build"),
            Some(b's') => std::future::pending().await,
            _ => Ok(()),
        }
    };
    let server = Server::start(Config { deliver_timeout: TINY, ..config() }, deliver).await;
    for (message, reply) in [
        ("later", "451 4.3.0 The disk is full"),
        ("never", "554 5.7.1 Not this"),
        ("panic", "451 4.3.0 We could not store"),
        ("slow", "451 4.3.0 We could not store"),
        ("fine", "250 2.6.0"),
    ] {
        let mut client = server.client().await;
        client.begin_message("zoe@corp.example").await;
        client.say(&format!("{message}\r\n."), reply).await;
        client.say("NOOP", "250 ").await;
    }
}

#[tokio::test]
async fn a_message_whose_client_left_is_still_taken() {
    let (server, mut taken) = taking_server(config()).await;
    let mut client = server.client().await;
    client.begin_message("zoe@corp.example").await;
    client.send("hello\r\n.\r\n").await;
    drop(client);
    assert_eq!(next(&mut taken).await.raw, b"hello\r\n");
}

#[tokio::test]
async fn a_message_cut_off_in_the_middle_is_not_taken() {
    let (server, mut taken) = taking_server(config()).await;
    let mut client = server.client().await;
    client.begin_message("zoe@corp.example").await;
    client.send("half a mess").await;
    drop(client);
    let mut other = server.client().await;
    other.begin_message("max@corp.example").await;
    other.say("whole\r\n.", "250 ").await;
    assert_eq!(next(&mut taken).await.raw, b"whole\r\n");
    assert!(taken.try_recv().is_err());
}

#[tokio::test]
async fn the_same_message_sent_again_has_the_same_key() {
    let (server, mut taken) = taking_server(config()).await;
    let mut keys = vec![];
    for (from, text) in [
        ("zoe@corp.example", "one".to_owned()),
        ("zoe@corp.example", "one".to_owned()),
        ("zoe@corp.example", "two".to_owned()),
        ("max@corp.example", "one".to_owned()),
        ("zoe@corp.example", "x".repeat(80).add_lines(4_000)),
        ("zoe@corp.example", "x".repeat(80).add_lines(4_000)),
    ] {
        let mut client = server.client().await;
        client.begin_message(from).await;
        client.say(&format!("{text}\r\n."), "250 ").await;
        keys.push(next(&mut taken).await.key);
    }
    assert!(keys[0].starts_with("smtp:") && keys[0].len() == 69, "{}", keys[0]);
    assert!(keys[0] == keys[1] && keys[4] == keys[5]);
    assert!(keys[0] != keys[2] && keys[0] != keys[3] && keys[0] != keys[4]);
    let mut client = server.client().await;
    client.say("EHLO c", "250-").await;
    for (first, second) in [("report+1", "report+2"), ("REPORT+2", "report+1")] {
        client.say("MAIL FROM:<zoe@corp.example>", "250 ").await;
        client.say(&format!("RCPT TO:<{first}@desk.example>"), "250 ").await;
        client.say(&format!("RCPT TO:<{second}@desk.example>"), "250 ").await;
        client.say("DATA", "354 ").await;
        client.say("one\r\n.", "250 ").await;
        keys.push(next(&mut taken).await.key);
    }
    assert!(keys[6] == keys[7] && keys[6] != keys[0], "the order of recipients does not matter");
}

trait AddLines {
    fn add_lines(&self, count: usize) -> String;
}

impl AddLines for String {
    fn add_lines(&self, count: usize) -> String {
        format!("{self}\r\n").repeat(count)
    }
}

#[tokio::test]
async fn slow_clients_are_parted_with() {
    let (server, _taken) = taking_server(Config { read_timeout: TINY, ..config() }).await;
    assert!(server.client().await.rest().await.starts_with("421 4.4.2"));

    let (server, mut taken) = taking_server(Config { data_timeout: TINY, ..config() }).await;
    let mut client = server.client().await;
    client.begin_message("zoe@corp.example").await;
    let dripping = async {
        while client.try_send(b"x").await.is_ok() {
            tokio::task::yield_now().await;
            let mut buffer = [0; 1];
            if client.stream.get_ref().try_read(&mut buffer).is_ok() {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, dripping).await.expect("dripping for ever does not help");
    assert!(taken.try_recv().is_err());

    let (server, _taken) = taking_server(Config { session_timeout: TINY, ..config() }).await;
    let mut client = server.client().await;
    let chatting = async {
        loop {
            let _gone = client.try_send(b"NOOP\r\n").await;
            let reply = client.hear().await;
            if !reply.starts_with("250 ") {
                return reply;
            }
        }
    };
    let last = tokio::time::timeout(PATIENCE, chatting).await.expect("chatting for ever does not help");
    assert!(last.starts_with("421 "), "{last}");
}

#[tokio::test]
async fn too_many_connections_are_turned_away_and_places_are_given_back() {
    let (server, _taken) = taking_server(Config { max_connections_per_ip: 1, ..config() }).await;
    let first = server.client().await;
    let second = Client::new(TcpStream::connect(server.address).await.unwrap());
    assert!(second.rest().await.starts_with("421 4.7.0 You have several"));
    let mut first = first;
    first.say("QUIT", "221 ").await;
    assert_eq!(first.rest().await, "");
    let again = async {
        loop {
            let mut client = Client::new(TcpStream::connect(server.address).await.unwrap());
            if client.hear().await.starts_with("220 ") {
                break;
            }
        }
    };
    tokio::time::timeout(PATIENCE, again).await.expect("the place is given back");

    let (server, _taken) = taking_server(Config { max_connections: 1, ..config() }).await;
    let _first = server.client().await;
    let second = Client::new(TcpStream::connect(server.address).await.unwrap());
    assert!(second.rest().await.starts_with("421 4.3.2 Every line is busy"));
}

#[tokio::test]
async fn a_sender_with_many_messages_is_asked_to_wait() {
    let (server, _taken) = taking_server(Config { max_messages_per_sender_per_minute: 2, ..config() }).await;
    let mut client = server.client().await;
    client.begin_message("zoe@corp.example").await;
    client.say(".", "250 ").await;
    // Only a message that was taken counts.
    for _ in 0..5 {
        client.say("MAIL FROM:<zoe@corp.example>", "250 ").await;
        client.say("RSET", "250 ").await;
    }
    client.begin_message("zoe@corp.example").await;
    client.say(".", "250 ").await;
    client.say("MAIL FROM:<Zoe@corp.example>", "450 4.7.1").await;
    client.say("MAIL FROM:<max@corp.example>", "250 ").await;
}

#[tokio::test]
async fn too_much_data_in_a_minute_ends_the_connection() {
    let (server, _taken) = taking_server(Config { max_bytes_per_ip_per_minute: 1_000, ..config() }).await;
    let mut client = server.client().await;
    client.begin_message("zoe@corp.example").await;
    client.send(&"x".repeat(1_001)).await;
    client.expect("421 4.7.0 That was a lot of data").await;
}

#[tokio::test]
async fn memory_for_arriving_messages_is_limited_over_all_connections() {
    let (server, mut taken) = taking_server(Config { max_in_flight: 100_000, ..config() }).await;
    let mut first = server.client().await;
    first.begin_message("zoe@corp.example").await;
    first.send(&"x".repeat(60_000)).await;
    let mut second = server.client().await;
    second.begin_message("max@corp.example").await;
    second.send(&format!("{}\r\n.\r\n", "y".repeat(60_000))).await;
    let reply = second.hear().await;
    first.send("\r\n.\r\n").await;
    let other = first.hear().await;
    let mut codes = [reply.split_at(9).0, other.split_at(9).0];
    codes.sort();
    assert_eq!(codes, ["250 2.6.0", "452 4.3.1"], "one is taken, the other comes back");
    assert_eq!(next(&mut taken).await.raw.len(), 60_002);
    second.begin_message("max@corp.example").await;
    second.say(&format!("{}\r\n.", "y".repeat(60_000)), "250 ").await;
}

#[tokio::test]
async fn a_message_that_is_too_big_is_refused_without_keeping_it() {
    let (server, mut taken) = taking_server(Config { max_size: 10_000, ..config() }).await;
    let mut client = server.client().await;
    client.say("EHLO c", "250-").await;
    client.say("MAIL FROM:<zoe@corp.example> SIZE=10001", "552 5.3.4").await;
    client.begin_message("zoe@corp.example").await;
    client.say(&format!("{}\r\n.", "x".repeat(20_000)), "552 5.3.4").await;
    client.say("MAIL FROM:<zoe@corp.example> SIZE=10000", "250 ").await;
    assert!(taken.try_recv().is_err());
}

#[tokio::test]
async fn stopping_lets_a_message_finish_and_loses_none() {
    let (mut server, mut taken) = taking_server(config()).await;
    let idle = server.client().await;
    let mut busy = server.client().await;
    busy.begin_message("zoe@corp.example").await;
    busy.send("hel").await;
    server.tell_to_stop();
    assert!(idle.rest().await.starts_with("421 4.3.2"));
    busy.say("lo\r\n.", "250 2.6.0").await;
    assert!(busy.rest().await.starts_with("421 4.3.2"));
    assert_eq!(next(&mut taken).await.raw, b"hello\r\n");
    let address = server.address;
    server.stopped().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let (mut server, _taken) = taking_server(Config { grace: TINY, ..config() }).await;
    let mut busy = server.client().await;
    busy.begin_message("zoe@corp.example").await;
    server.tell_to_stop();
    server.stopped().await;
    assert_eq!(busy.rest().await, "");
}

#[tokio::test]
async fn a_pipeline_is_answered_in_order() {
    let (server, mut taken) = taking_server(config()).await;
    let mut client = server.client().await;
    client.say("EHLO c", "250-").await;
    let message = "MAIL FROM:<zoe@corp.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\nhello\r\n.\r\n";
    client.send(&(message.repeat(50) + "QUIT\r\n")).await;
    let replies = client.rest().await;
    let codes: Vec<&str> = replies.lines().map(|line| line.split_at(3).0).collect();
    assert_eq!(codes.join(" "), "250 250 354 250 ".repeat(50) + "221");
    for _ in 0..50 {
        assert_eq!(next(&mut taken).await.raw, b"hello\r\n");
    }
}
