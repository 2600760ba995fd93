//! The mailbox puller against servers that Dovecot is not: without extensions, with access tokens, broken and hostile.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use intake::mailbox::{self, After, Config, Error, Secret, Security};
use intake::{Delivery, tls};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::support::PATIENCE;

/// One exchange: how the client's line goes on after its tag, and what the server answers, with `TAG` for that tag.
type Exchange = (&'static str, &'static str);

const LOGIN: Exchange = ("LOGIN \"zoe\" \"secret\"", "TAG OK in\r\n");
const SELECT: Exchange =
    ("SELECT \"INBOX\"", "* 1 EXISTS\r\n* OK [UIDVALIDITY 9] ok\r\nTAG OK [READ-WRITE] open\r\n");
const FETCH: Exchange = (
    "UID FETCH 7 (UID RFC822.SIZE BODY.PEEK[]<0.1000>)",
    "* 1 FETCH (UID 7 RFC822.SIZE 5 BODY[]<0> {5}\r\nhello)\r\nTAG OK\r\n",
);
const LOGOUT: Exchange = ("LOGOUT", "* BYE bye\r\nTAG OK\r\n");

/// Plays a server that greets and then follows the script, and reads from it once.
async fn play(
    greeting: &'static str,
    script: Vec<Exchange>,
    change: impl FnOnce(&mut Config),
) -> Result<Vec<Delivery>, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(greeting.as_bytes()).await.unwrap();
        let mut tag = String::new();
        for (expected, answer) in script {
            let mut line = String::new();
            stream.read_line(&mut line).await.unwrap();
            let mut words = line.trim_end_matches("\r\n");
            if let Some((first, rest)) = words.split_once(' ').filter(|(first, _)| first.starts_with('a')) {
                tag = first.to_owned();
                words = rest;
            }
            assert_eq!(words, expected);
            // A client that has heard enough may be gone.
            let _gone = stream.write_all(answer.replace("TAG", &tag).as_bytes()).await;
        }
        let _until_closed = stream.read_to_end(&mut Vec::new()).await;
    };
    let mut config = mailbox_at(port);
    change(&mut config);
    let taken = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&taken);
    let deliver = move |delivery| {
        list.lock().unwrap().push(delivery);
        async { Ok(()) }
    };
    let client = async move {
        let result = mailbox::take_waiting(&config, deliver).await;
        drop(config);
        result
    };
    let (result, ()) = tokio::time::timeout(PATIENCE, async { tokio::join!(client, server) }).await.unwrap();
    result.map(|_count| std::mem::take(&mut *taken.lock().unwrap()))
}

const HELLO: &str = "* OK hello\r\n";

fn capability(words: &'static str) -> Exchange {
    ("CAPABILITY", words)
}

#[tokio::test]
async fn without_move_a_message_is_copied_and_marked_deleted() {
    let to_done = |config: &mut Config| config.after = After::MoveTo("Done".into());
    let search = ("UID SEARCH UNDELETED", "* SEARCH 7\r\nTAG OK\r\n");
    let copy = ("UID COPY 7 \"Done\"", "TAG OK\r\n");
    let delete = ("UID STORE 7 +FLAGS.SILENT (\\Deleted)", "TAG OK\r\n");
    let plain = vec![
        LOGIN,
        capability("* CAPABILITY IMAP4rev1\r\nTAG OK\r\n"),
        SELECT,
        search,
        FETCH,
        copy,
        delete,
        LOGOUT,
    ];
    let taken = play(HELLO, plain, to_done).await.unwrap();
    assert_eq!(taken[0].raw, b"hello");
    assert!(
        taken[0].key.ends_with("/INBOX;UIDVALIDITY=9/;UID=7")
            && taken[0].key.starts_with("imap://zoe@127.0.0.1:")
    );

    let no_folder = ("UID COPY 7 \"Done\"", "TAG NO [TRYCREATE] no such folder\r\n");
    let create = ("CREATE \"Done\"", "TAG OK\r\n");
    let expunge = ("UID EXPUNGE 7", "* 1 EXPUNGE\r\nTAG OK\r\n");
    let uidplus = capability("* CAPABILITY IMAP4rev1 UIDPLUS\r\nTAG OK\r\n");
    let script =
        vec![LOGIN, uidplus, SELECT, search, FETCH, no_folder, create, copy, delete, expunge, LOGOUT];
    assert_eq!(play(HELLO, script, to_done).await.unwrap().len(), 1);
}

const SEEN: Exchange = ("UID SEARCH UNSEEN UNDELETED", "* SEARCH 7\r\nTAG OK\r\n");
const PLAIN: Exchange = ("CAPABILITY", "* CAPABILITY IMAP4rev1\r\nTAG OK\r\n");

#[tokio::test]
async fn a_message_that_somebody_else_removed_is_passed_over() {
    let gone = (FETCH.0, "TAG OK nothing\r\n");
    assert_eq!(play(HELLO, vec![LOGIN, PLAIN, SELECT, SEEN, gone, LOGOUT], |_| ()).await.unwrap(), []);
    let other =
        (FETCH.0, "* 1 FETCH (UID 8 BODY[] {5}\r\nother)\r\n* 1 FETCH (UID 7 FLAGS (\\Seen))\r\nTAG OK\r\n");
    assert_eq!(play(HELLO, vec![LOGIN, PLAIN, SELECT, SEEN, other, LOGOUT], |_| ()).await.unwrap(), []);
}

#[tokio::test]
async fn an_access_token_is_asked_for_and_sent() {
    let with_token =
        |config: &mut Config| config.secret = Secret::AccessToken(Arc::new(|| Ok("ya29.token\n".into())));
    let response = "AUTHENTICATE XOAUTH2 dXNlcj16b2UBYXV0aD1CZWFyZXIgeWEyOS50b2tlbgEB";
    let nothing = ("UID SEARCH UNSEEN UNDELETED", "* SEARCH\r\nTAG OK\r\n");
    let script = vec![(response, "TAG OK in\r\n"), PLAIN, SELECT, nothing, LOGOUT];
    assert_eq!(play(HELLO, script, with_token).await.unwrap(), []);
    let script = vec![(response, "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"), ("", "TAG NO token expired\r\n")];
    let error = play(HELLO, script, with_token).await.unwrap_err();
    assert!(
        matches!(&error, Error::Refused { command: "AUTHENTICATE", words } if words == "token expired"),
        "{error}"
    );
    let no_token = |config: &mut Config| {
        config.secret = Secret::AccessToken(Arc::new(|| Err(std::io::ErrorKind::NotFound.into())))
    };
    assert!(matches!(play(HELLO, vec![], no_token).await.unwrap_err(), Error::Token(_)));
}

#[tokio::test]
async fn names_and_passwords_with_umlauts_go_as_literals() {
    let script =
        vec![("LOGIN {4}", "+ go\r\n"), ("z\u{f6}e {3}", "+ go\r\n"), ("p\u{e4}", "TAG NO who?\r\n")];
    let change = |config: &mut Config| {
        config.user = "z\u{f6}e".into();
        config.secret = Secret::Password("p\u{e4}".into());
    };
    let error = play(HELLO, script, change).await.unwrap_err();
    assert!(matches!(error, Error::Refused { command: "LOGIN", .. }), "{error}");
}

#[tokio::test]
async fn servers_that_make_no_sense_are_left() {
    let check = async |greeting: &'static str, script: Vec<Exchange>| {
        play(greeting, script, |config| config.read_timeout = Duration::from_millis(200)).await.unwrap_err()
    };
    assert!(matches!(check("* BYE full\r\n", vec![]).await, Error::NotUnderstood("greeting")));
    assert!(matches!(check("HTTP/1.1 200 OK\r\n\r\n", vec![]).await, Error::NotUnderstood("greeting")));
    assert!(matches!(check("", vec![]).await, Error::TooSlow));
    assert!(matches!(check(HELLO, vec![(LOGIN.0, "* BYE no room\r\n")]).await, Error::Closed));
    assert!(matches!(check(HELLO, vec![(LOGIN.0, "")]).await, Error::TooSlow));
    assert!(matches!(
        check(HELLO, vec![LOGIN, PLAIN, ("SELECT \"INBOX\"", "TAG OK\r\n")]).await,
        Error::NotUnderstood("SELECT")
    ));
    let huge = (FETCH.0, "* 1 FETCH (UID 7 BODY[] {99999999}\r\n");
    assert!(matches!(check(HELLO, vec![LOGIN, PLAIN, SELECT, SEEN, huge]).await, Error::NotUnderstood(_)));
    let cut_off = (FETCH.0, "* 1 FETCH (UID 7 BODY[] {900}\r\nhel");
    assert!(matches!(check(HELLO, vec![LOGIN, PLAIN, SELECT, SEEN, cut_off]).await, Error::TooSlow));
    let refused = ("UID STORE 7 +FLAGS.SILENT (\\Seen)", "TAG NO [READ-ONLY] no\r\n");
    let error = check(HELLO, vec![LOGIN, PLAIN, SELECT, SEEN, FETCH, refused]).await;
    assert_eq!(error.to_string(), "the mail server refused `STORE`: [READ-ONLY] no");
}

#[tokio::test]
async fn an_endless_line_is_not_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut sent = 0_usize;
        while stream.write_all(&[b'x'; 65_536]).await.is_ok() {
            sent += 65_536;
            assert!(sent < 100_000_000, "it reads on for ever");
        }
    });
    let config = mailbox_at(port);
    let result = mailbox::take_waiting(&config, |_| async { Ok(()) }).await;
    assert!(matches!(result, Err(Error::NotUnderstood("a line without an end"))), "{result:?}");
    tokio::time::timeout(PATIENCE, server).await.unwrap().unwrap();
}

/// A client that does not wait between IDLE and DONE would ask the server over and over.
#[tokio::test]
async fn idling_waits_for_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = mailbox_at(listener.local_addr().unwrap().port());
    config.look_every.with_idle = PATIENCE * 10;
    let puller = tokio::spawn(mailbox::run(config, |_| async { Ok(()) }, std::future::pending()));
    let conversation = async {
        let mut stream = BufReader::new(listener.accept().await.unwrap().0);
        stream.write_all(HELLO.as_bytes()).await.unwrap();
        for (expected, answer) in [
            LOGIN,
            ("CAPABILITY", "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK\r\n"),
            SELECT,
            ("UID SEARCH UNSEEN UNDELETED", "* SEARCH\r\nTAG OK\r\n"),
            ("IDLE", "+ idling\r\n* OK still here\r\n* 1 EXPUNGE\r\n"),
        ] {
            exchange(&mut stream, expected, answer).await;
        }
        let quiet = tokio::time::timeout(Duration::from_millis(50), stream.fill_buf()).await;
        assert!(quiet.is_err(), "it says nothing while the server has no news");
        stream.write_all(b"* 2 EXISTS\r\n").await.unwrap();
        exchange(&mut stream, "DONE", "a5 OK\r\n").await;
        // News that comes while messages are taken is not waited for again.
        exchange(&mut stream, "UID SEARCH UNSEEN UNDELETED", "* SEARCH\r\n* 3 EXISTS\r\nTAG OK\r\n").await;
        exchange(&mut stream, "UID SEARCH UNSEEN UNDELETED", "* SEARCH\r\nTAG OK\r\n").await;
        exchange(&mut stream, "IDLE", "+ idling\r\n").await;
    };
    tokio::time::timeout(PATIENCE, conversation).await.unwrap();
    puller.abort();
}

/// Reads a line, checks how it goes on after its tag, and answers.
async fn exchange(stream: &mut BufReader<TcpStream>, expected: &str, answer: &str) {
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    let line = line.trim_end_matches("\r\n");
    let (tag, words) = line.split_once(' ').filter(|(first, _)| first.starts_with('a')).unwrap_or(("", line));
    assert_eq!(words, expected);
    stream.write_all(answer.replace("TAG", tag).as_bytes()).await.unwrap();
}

fn mailbox_at(port: u16) -> Config {
    let secret = Secret::Password("secret".into());
    let mut config = Config::new("127.0.0.1", tls::client("").unwrap(), "zoe", secret, "abuse@corp.example");
    config.port = port;
    config.security = Security::PlainOnLoopback;
    config.max_size = 1000;
    config
}
