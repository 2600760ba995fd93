//! How much a desk bears, and how fast it answers.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, ensure};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::Mutex;

use super::smtp::Client;
use super::{DESK, Node, Store, lures};

const SENDERS: usize = 400;

/// Sends as fast as the desk accepts. Gives accepted reports per second, and how long understanding all of them took
/// beyond the sending.
pub async fn sustained(
    node: &Node,
    store: &Store,
    lasting: Duration,
    connections: usize,
    seed: u64,
) -> anyhow::Result<(f64, Duration)> {
    let next = Arc::new(AtomicUsize::new(0));
    let accepted = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (next, accepted, port) = (next.clone(), accepted.clone(), node.smtp);
        senders.spawn(async move {
            let mut client = Client::connect(port).await?;
            while begun.elapsed() < lasting {
                let report = lures::report(next.fetch_add(1, Ordering::Relaxed), SENDERS, seed);
                let code = client.hand_over(&report.from, DESK, &report.raw).await?;
                ensure!(code == 250, "a report was answered with {code}");
                accepted.fetch_add(1, Ordering::Relaxed);
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = senders.join_next().await {
        done??;
    }
    let took = begun.elapsed();
    let per_second = accepted.load(Ordering::Relaxed) as f64 / took.as_secs_f64();
    super::crash::settled(store, node).await?;
    Ok((per_second, begun.elapsed() - took))
}

/// Sends evenly. Gives the seconds from reading each 250 to the first word's writing, sorted.
pub async fn first_words(
    node: &Node,
    store: &Store,
    lasting: Duration,
    per_second: u32,
    seed: u64,
) -> anyhow::Result<Vec<f64>> {
    let many = (lasting.as_secs_f64() * f64::from(per_second)) as usize;
    let accepted: Arc<Mutex<HashMap<String, i64>>> = Arc::default();
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / per_second);
    let clients: Arc<Mutex<Vec<Client>>> = Arc::default();
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..many {
        ticks.tick().await;
        let (accepted, clients, port) = (accepted.clone(), clients.clone(), node.smtp);
        sending.spawn(async move {
            let idle = clients.lock().await.pop();
            let mut client = match idle {
                Some(client) => client,
                None => Client::connect(port).await?,
            };
            let report = lures::report(number, SENDERS, seed);
            let code = client.hand_over(&report.from, DESK, &report.raw).await?;
            let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros())?;
            ensure!(code == 250, "a report was answered with {code}");
            accepted.lock().await.insert(report.subject, now);
            clients.lock().await.push(client);
            anyhow::Ok(())
        });
    }
    while let Some(done) = sending.join_next().await {
        done??;
    }
    super::crash::settled(store, node).await?;
    let written =
        "select r.subject || '|' || cast(l.sent_at as text) from letter l join report r on r.id = l.report_id
        where l.kind = 'first-word' and l.sent_at is not null";
    let mut waits = Vec::new();
    let accepted = accepted.lock().await;
    for line in store.words(written).await? {
        let (subject, at) = line.rsplit_once('|').context("a subject and a moment")?;
        if let Some(since) = accepted.get(subject) {
            waits.push((at.parse::<i64>()? - since).max(0) as f64 / 1e6);
        }
    }
    ensure!(waits.len() == many, "{} first words for {many} reports", waits.len());
    waits.sort_by(f64::total_cmp);
    Ok(waits)
}

/// The value below which this share of sorted values lies.
pub fn at(sorted: &[f64], share: f64) -> f64 {
    let place = ((sorted.len() as f64 * share).ceil() as usize).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// Signs somebody in, straight in the store; gives the cookie.
pub async fn signed_in(store: &Store) -> anyhow::Result<String> {
    let token = "0123456789abcdef0123456789abcdef";
    let person = "01900001-0000-7000-8000-000000000001";
    store
        .run(&format!(
            "insert into person (id, address, name, locale, role, created_at)
                values ('{person}', 'robin@harbour.example', 'Robin', 'en', 'lead', 0)"
        ))
        .await?;
    store
        .run(&format!(
            "insert into session (token_hash, person_id, form_token, made_at, expires_at)
                values ('{}', '{person}', 'form', 0, {})",
            desk::keys::hash(token),
            i64::MAX
        ))
        .await?;
    Ok(format!("{}={token}", desk::who::COOKIE))
}

/// Opens pages one after the other; gives the milliseconds of each, sorted.
pub async fn pages(node: &Node, cookie: &str, paths: &[String]) -> anyhow::Result<Vec<f64>> {
    let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", node.web)).await?);
    stream.get_ref().set_nodelay(true)?;
    let mut took = Vec::new();
    for path in paths {
        let begun = Instant::now();
        let asked = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n");
        stream.get_mut().write_all(asked.as_bytes()).await?;
        let mut status = String::new();
        stream.read_line(&mut status).await?;
        ensure!(status.starts_with("HTTP/1.1 200"), "{path}: {status}\n{}", node.log());
        let mut length = None;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = Some(value.trim().parse::<usize>()?);
            }
        }
        let mut body = vec![0; length.context("a page says how long it is")?];
        stream.read_exact(&mut body).await?;
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
        let body = String::from_utf8_lossy(&body);
        let told = if path.starts_with("/numbers") { "%" } else { "Notice " };
        ensure!(body.contains(told), "{path} shows nothing of what is stored");
    }
    took.sort_by(f64::total_cmp);
    Ok(took)
}
