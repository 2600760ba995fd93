//! Reports arrive while the desk is killed again and again. Afterwards every one that was acknowledged must be there
//! once, understood once and answered once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::sync::Mutex;

use super::smtp::Client;
use super::{DESK, Node, Store, lures};

/// How much happens.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub reports: usize,
    pub kills: usize,
    pub connections: usize,
    pub senders: usize,
    pub seed: u64,
}

/// What happened.
#[derive(Debug)]
pub struct Told {
    pub took: Duration,
    pub kills: usize,
    /// Times a report was handed over, counting those whose reply was lost.
    pub handed_over: usize,
    pub acknowledged: usize,
    pub cases: i64,
}

struct Shared {
    plan: Plan,
    port: u16,
    waiting: Mutex<Vec<usize>>,
    handed_over: AtomicUsize,
    acknowledged: AtomicUsize,
}

/// Sends, kills, restarts, waits, and looks.
pub async fn run(node: &Node, plan: Plan) -> anyhow::Result<Told> {
    let begun = Instant::now();
    let mut chance = StdRng::seed_from_u64(plan.seed);
    let shared = Arc::new(Shared {
        plan,
        port: node.smtp,
        waiting: Mutex::new((0..plan.reports).rev().collect()),
        handed_over: AtomicUsize::new(0),
        acknowledged: AtomicUsize::new(0),
    });
    // Most kills fall while reports arrive, the rest while they are being understood.
    let while_arriving = plan.kills.div_ceil(2).max(plan.kills.saturating_sub(4));
    let mut moments: Vec<usize> = (0..while_arriving).map(|_| chance.random_range(0..plan.reports)).collect();
    moments.sort_unstable();

    let mut running = node.start().await?;
    let mut senders = tokio::task::JoinSet::new();
    for number in 0..plan.connections {
        senders.spawn(send(shared.clone(), plan.seed ^ number as u64));
    }
    for moment in moments {
        let until = Instant::now() + Duration::from_secs(120);
        while shared.acknowledged.load(Ordering::SeqCst) < moment {
            ensure!(Instant::now() < until, "no report is accepted any more:\n{}", node.log());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_micros(chance.random_range(0..30_000))).await;
        running.kill()?;
        running = node.start().await?;
    }
    while let Some(done) = senders.join_next().await {
        done??;
    }
    for _ in while_arriving..plan.kills {
        tokio::time::sleep(Duration::from_micros(chance.random_range(0..300_000))).await;
        running.kill()?;
        running = node.start().await?;
    }
    let store = Store::open(&node.database).await?;
    settled(&store, node).await?;
    drop(running);
    let cases = look(&store, &shared, node).await?;
    Ok(Told {
        took: begun.elapsed(),
        kills: plan.kills,
        handed_over: shared.handed_over.load(Ordering::SeqCst),
        acknowledged: shared.acknowledged.load(Ordering::SeqCst),
        cases,
    })
}

/// Hands reports over until none is waiting, coming back whenever the desk is.
async fn send(shared: Arc<Shared>, seed: u64) -> anyhow::Result<()> {
    let mut chance = StdRng::seed_from_u64(seed);
    let until = Instant::now() + Duration::from_secs(600);
    let mut client = None;
    while let Some(number) = take(&shared).await {
        ensure!(Instant::now() < until, "the desk takes no reports");
        let report = lures::report(number, shared.plan.senders, shared.plan.seed);
        let connected = match client.take() {
            Some(connected) => Ok(connected),
            None => Client::connect(shared.port).await,
        };
        let Ok(mut connected) = connected else {
            shared.waiting.lock().await.push(number);
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        shared.handed_over.fetch_add(1, Ordering::SeqCst);
        match connected.hand_over(&report.from, DESK, &report.raw).await {
            // One in ten replies gets lost on its way to us, so the report is handed over again.
            Ok(250) if chance.random_range(0..10) == 0 => {
                shared.waiting.lock().await.push(number);
                client = Some(connected);
            }
            Ok(250) => {
                shared.acknowledged.fetch_add(1, Ordering::SeqCst);
                client = Some(connected);
            }
            Ok(_) | Err(_) => shared.waiting.lock().await.push(number),
        }
    }
    Ok(())
}

async fn take(shared: &Shared) -> Option<usize> {
    loop {
        if let Some(number) = shared.waiting.lock().await.pop() {
            return Some(number);
        }
        if shared.acknowledged.load(Ordering::SeqCst) >= shared.plan.reports {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

const LEFT: &str = "select count(*) from job where kind in ('understand', 'send') and gave_up_at is null";

/// Waits until all work that is due is done.
pub async fn settled(store: &Store, node: &Node) -> anyhow::Result<()> {
    let until = Instant::now() + Duration::from_secs(300);
    while store.number(LEFT).await? > 0 {
        ensure!(Instant::now() < until, "the work does not end:\n{}", node.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Compares what was acknowledged with what is stored. Gives the number of cases.
async fn look(store: &Store, shared: &Shared, node: &Node) -> anyhow::Result<i64> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for subject in store.words("select subject from report").await? {
        *found.entry(subject).or_default() += 1;
    }
    for number in 0..shared.plan.reports {
        let subject = lures::report(number, shared.plan.senders, shared.plan.seed).subject;
        let times = found.remove(&subject).unwrap_or_default();
        ensure!(times == 1, "the acknowledged report `{subject}` is there {times} times");
    }
    ensure!(found.is_empty(), "reports nobody sent: {found:?}");
    let reports = i64::try_from(shared.plan.reports).context("a count")?;
    let same = [
        ("not understood", "select count(*) from report where understood_at is null or case_id is null", 0),
        ("read entries", "select count(*) from entry where kind = 'read'", reports),
        (
            "reports with a read entry",
            "select count(distinct report_id) from entry where kind = 'read'",
            reports,
        ),
        ("reported entries", "select count(*) from entry where kind = 'reported'", reports),
        ("first words", "select count(*) from letter where kind = 'first-word' and state = 'kept'", reports),
        (
            "reports with a first word",
            "select count(distinct report_id) from letter where kind = 'first-word'",
            reports,
        ),
        ("letters", "select count(*) from letter", reports),
        ("promises", "select count(*) from promise", reports),
        ("reports counted by cases", "select cast(coalesce(sum(reports), 0) as bigint) from cases", reports),
        ("jobs given up", "select count(*) from job where gave_up_at is not null", 0),
    ];
    for (what, question, wanted) in same {
        let there = store.number(question).await?;
        ensure!(there == wanted, "{what}: {there} instead of {wanted}\n{}", node.log());
    }
    store.number("select count(*) from cases").await
}
