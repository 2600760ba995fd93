//! Kills a desk while reports arrive, and checks that nothing acknowledged was lost or done twice.
//!
//! `cargo run --release -p alongside --example crash -- --reports 2000 --kills 40 [--postgres postgres://postgres@127.0.0.1:5432]`

#[path = "../tests/rig/mod.rs"]
#[expect(dead_code, reason = "shared with tests and another example")]
mod rig;

use clap::Parser;

use rig::Node;
use rig::crash::{Plan, run};

/// What to do to the desk
#[derive(Parser)]
struct Args {
    /// Reports to hand over
    #[arg(long, default_value_t = 2000)]
    reports: usize,
    /// Times to kill it
    #[arg(long, default_value_t = 40)]
    kills: usize,
    /// Connections at once
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// The chance that decides when
    #[arg(long, default_value_t = 2026)]
    seed: u64,
    /// A PostgreSQL server for a fresh database; without it, SQLite
    #[arg(long)]
    postgres: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let node = Node::new(&rig::built_binary()?, args.postgres.as_deref()).await?;
    let plan = Plan {
        reports: args.reports,
        kills: args.kills,
        connections: args.connections,
        // So many that nobody comes near the number of first words an hour that one address may get.
        senders: 1000,
        seed: args.seed,
    };
    let told = run(&node, plan).await?;
    println!(
        "{} reports acknowledged, handed over {} times, {} kills, {} cases, {:.1} s: each is there once, understood once, answered once",
        told.acknowledged,
        told.handed_over,
        told.kills,
        told.cases,
        told.took.as_secs_f64()
    );
    Ok(())
}
