//! Two nodes over one PostgreSQL: no work is done twice, and each hears what the other changed.

#[expect(dead_code, reason = "shared with the examples and the crash test")]
mod rig;

use std::path::Path;
use std::time::Duration;

use rig::{DESK, Node, Store, crash, load, lures};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const REPORTS: usize = 200;
const JOBS: i64 = 2_000;

async fn two() -> Option<(Node, Node)> {
    let Ok(server) = std::env::var("ALONGSIDE_TEST_POSTGRES") else {
        println!("skipped: ALONGSIDE_TEST_POSTGRES names no server");
        return None;
    };
    let one = Node::new(Path::new(env!("CARGO_BIN_EXE_alongside")), Some(&server))
        .await
        .expect("a place for a desk");
    let other = one.beside().expect("a place for a second desk");
    Some((one, other))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_do_each_job_once() {
    let Some((one, other)) = two().await else { return };
    let first = one.start().await.expect("the first node starts");
    let store = Store::open(&one.database).await.expect("the store opens");
    let mut client = rig::smtp::Client::connect(one.smtp).await.expect("connected");
    for number in 0..REPORTS {
        let report = lures::report(number, 20, 7);
        assert_eq!(client.hand_over(&report.from, DESK, &report.raw).await.expect("a reply"), 250);
    }
    crash::settled(&store, &one).await.expect("everything is understood");
    first.kill().expect("it ends");
    let (entries, letters) = counts(&store).await;
    assert_eq!(letters, i64::try_from(REPORTS).expect("a count"));

    // Two thousand reminders, all due now; a job done twice would write its line into a timeline twice.
    store.run("delete from job").await.expect("reminders for later are left out");
    store
        .run(&format!(
            "insert into promise (id, case_id, report_id, what, by_at, made_at)
                select '01900002-0000-7000-8000-' || cast(100000000000 + n as text), r.case_id, r.id, 'word', 0, 0
                from generate_series(1, {JOBS}) n
                join (select row_number() over (order by id) as k, * from report) r on r.k = n % {REPORTS} + 1"
        ))
        .await
        .expect("promises that are due");
    store
        .run(
            "insert into job (id, kind, subject, uniq, run_at, made_at, attempts)
                select '01900003-' || substr(id, 10), 'watch-promise', id, 'watch-promise:' || id, 0, 0, 0 from promise
                where id like '01900002%'",
        )
        .await
        .expect("jobs that are due");
    let (_first, _second) =
        (one.start().await.expect("the first node"), other.start().await.expect("the second node"));
    let until = std::time::Instant::now() + Duration::from_secs(60);
    while store.number("select count(*) from job where gave_up_at is null").await.expect("a count") > 0 {
        assert!(std::time::Instant::now() < until, "the work does not end:\n{}\n{}", one.log(), other.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(counts(&store).await, (entries + JOBS, letters), "each reminder is on its timeline once");
    let (by_one, by_other) = (begun(&one).await, begun(&other).await);
    assert_eq!(by_one + by_other, JOBS, "and was begun once, by either node");
    assert!(by_one > 0 && by_other > 0, "both worked: {by_one} and {by_other}");
}

/// How many reminders a node has worked on, as it tells a metrics collector.
async fn begun(node: &Node) -> i64 {
    let mut page = TcpStream::connect(("127.0.0.1", node.web)).await.expect("connected");
    page.write_all(b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        .await
        .expect("asked");
    let mut said = String::new();
    page.read_to_string(&mut said).await.expect("the numbers");
    said.lines()
        .filter(|line| line.starts_with("alongside_jobs_total") && line.contains("watch-promise"))
        .filter_map(|line| line.rsplit_once(' ')?.1.parse::<i64>().ok())
        .sum()
}

async fn counts(store: &Store) -> (i64, i64) {
    (
        store.number("select count(*) from entry").await.expect("a count"),
        store.number("select count(*) from letter").await.expect("a count"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_open_on_one_node_hears_of_a_change_on_the_other() {
    let Some((one, other)) = two().await else { return };
    let (_first, _second) =
        (one.start().await.expect("the first node"), other.start().await.expect("the second node"));
    let store = Store::open(&one.database).await.expect("the store opens");
    let cookie = load::signed_in(&store).await.expect("somebody is signed in");

    let mut page = TcpStream::connect(("127.0.0.1", other.web)).await.expect("connected");
    let asked = format!("GET /live/inbox HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n");
    page.write_all(asked.as_bytes()).await.expect("asked");
    let head = heard(&mut page, "\r\n\r\n").await;
    assert!(head.starts_with("HTTP/1.1 200") && !head.contains("changed"), "{head}");

    let report = lures::report(1, 1, 7);
    let mut client = rig::smtp::Client::connect(one.smtp).await.expect("connected");
    assert_eq!(client.hand_over(&report.from, DESK, &report.raw).await.expect("a reply"), 250);
    assert!(heard(&mut page, "changed").await.contains("event: changed"));
}

/// What a stream says until it has said `word`.
async fn heard(stream: &mut TcpStream, word: &str) -> String {
    let mut said = String::new();
    let listening = async {
        let mut buffer = [0; 1024];
        while !said.contains(word) {
            let count = stream.read(&mut buffer).await.expect("the stream goes on");
            assert!(count > 0, "the stream ended: {said}");
            said.push_str(&String::from_utf8_lossy(buffer.get(..count).unwrap_or_default()));
        }
    };
    tokio::time::timeout(Duration::from_secs(20), listening).await.expect("the change is told");
    said
}
