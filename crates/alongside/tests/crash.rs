//! The desk is killed while reports arrive; nothing that it acknowledged is lost or done twice.

#[expect(dead_code, reason = "shared with the examples and the node test")]
mod rig;

use std::path::Path;

use rig::Node;
use rig::crash::{Plan, run};

const PLAN: Plan = Plan { reports: 200, kills: 4, connections: 6, senders: 40, seed: 2026 };

async fn on(server: Option<&str>) {
    let node =
        Node::new(Path::new(env!("CARGO_BIN_EXE_alongside")), server).await.expect("a place for a desk");
    let told = run(&node, PLAN)
        .await
        .expect("every acknowledged report is there once, understood once, answered once");
    assert!(told.handed_over > told.acknowledged, "some were handed over again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_kills_on_sqlite() {
    on(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_kills_on_postgresql() {
    match std::env::var("ALONGSIDE_TEST_POSTGRES") {
        Ok(server) => on(Some(&server)).await,
        Err(_) => println!("skipped: ALONGSIDE_TEST_POSTGRES names no server"),
    }
}
