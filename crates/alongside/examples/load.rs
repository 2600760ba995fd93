//! How many reports a desk accepts, how soon the first word is there, and how fast pages answer when much is stored.
//!
//! `cargo run --release -p alongside --example load -- [--postgres postgres://postgres@127.0.0.1:5432]`

#[path = "../tests/rig/mod.rs"]
#[expect(dead_code, reason = "shared with tests and another example")]
mod rig;

use std::time::{Duration, Instant};

use clap::Parser;

use rig::{Node, Store, fill, load};

/// What to ask of the desk
#[derive(Parser)]
struct Args {
    /// Seconds of sending
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Connections at once
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Reports stored when pages are timed
    #[arg(long, default_value_t = 100_000)]
    reports: usize,
    /// Only this part: sustained, first-word or pages
    #[arg(long)]
    only: Option<String>,
    /// A PostgreSQL server for fresh databases; without it, SQLite
    #[arg(long)]
    postgres: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let binary = rig::built_binary()?;
    let wanted = |part: &str| args.only.as_deref().is_none_or(|only| only == part);
    let lasting = Duration::from_secs(args.seconds);

    if wanted("first-word") {
        let node = Node::new(&binary, args.postgres.as_deref()).await?;
        let _running = node.start().await?;
        let store = Store::open(&node.database).await?;
        let waits = load::first_words(&node, &store, lasting, 50, 1).await?;
        println!(
            "first word at 50 reports/s: p50 {:.3} s, p99 {:.3} s, slowest {:.3} s (n = {}, goal p99 <= 1 s)",
            load::at(&waits, 0.5),
            load::at(&waits, 0.99),
            load::at(&waits, 1.0),
            waits.len()
        );
    }
    if wanted("sustained") {
        let node = Node::new(&binary, args.postgres.as_deref()).await?;
        let _running = node.start().await?;
        let store = Store::open(&node.database).await?;
        let (per_second, rest) = load::sustained(&node, &store, lasting, args.connections, 2).await?;
        println!(
            "accepted durably: {per_second:.0} reports/s over {} s (goal >= 300); the last was understood and answered {:.1} s later",
            args.seconds,
            rest.as_secs_f64()
        );
    }
    if wanted("pages") {
        let node = Node::new(&binary, args.postgres.as_deref()).await?;
        let running = node.start().await?;
        let store = Store::open(&node.database).await?;
        load::first_words(&node, &store, Duration::from_secs(1), 40, 3).await?;
        running.kill()?;
        let begun = Instant::now();
        fill::fill(&store, args.reports, args.reports / 5).await?;
        println!("filled with {} reports in {:.0} s", args.reports, begun.elapsed().as_secs_f64());
        let cookie = load::signed_in(&store).await?;
        let _running = node.start().await?;
        let cases = store
            .words(
                "select id from cases where state = 'open' order by exposed desc, next_promise_at limit 100",
            )
            .await?;
        let biggest = store.words("select id from cases order by reports desc limit 1").await?;
        let case = |id: &String| format!("/cases/{id}");
        let hundred = |path: &str| vec![path.to_owned(); 100];
        for (what, paths) in [
            ("inbox", hundred("/inbox")),
            ("case", cases.iter().map(case).collect()),
            ("largest case", biggest.iter().map(case).cycle().take(30).collect()),
            ("numbers, 30 days", hundred("/numbers")),
            ("numbers, 90 days", hundred("/numbers?days=90")),
        ] {
            let took = load::pages(&node, &cookie, &paths).await?;
            println!(
                "{what}: p50 {:.1} ms, p95 {:.1} ms, slowest {:.1} ms (n = {}, goal p95 <= 50 ms)",
                load::at(&took, 0.5),
                load::at(&took, 0.95),
                load::at(&took, 1.0),
                took.len()
            );
        }
    }
    Ok(())
}
