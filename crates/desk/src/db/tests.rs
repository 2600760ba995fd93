//! What the store does when the world around it is not as it should be.

use super::{Db, Engine};
use crate::error::Error;
use crate::execute;

async fn on_disk(folder: &tempfile::TempDir) -> Db {
    Db::open(&format!("sqlite:{}", folder.path().join("desk.db").display())).await.unwrap()
}

async fn write(db: &Db, name: &str, size: usize) -> Result<u64, Error> {
    let value = "x".repeat(size);
    crate::write!(db, tx => {
        Ok(execute!(tx, "insert into secret (name, value) values ($1, $2)", name, value.as_str())?)
    })
}

#[tokio::test]
async fn a_disk_that_was_full_once_does_not_stop_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let db = on_disk(&folder).await;
    let Engine::Lite { writer, .. } = &db.engine else { panic!("SQLite") };
    for number in 0..3 {
        let (pages,): (i64,) = sqlx::query_as("pragma page_count").fetch_one(writer).await.unwrap();
        let most = sqlx::AssertSqlSafe(format!("pragma max_page_count = {}", pages + 4));
        sqlx::query(most).execute(writer).await.unwrap();
        assert!(write(&db, &format!("large-{number}"), 1 << 20).await.is_err(), "there is no room");
        assert_eq!(write(&db, &format!("next-{number}"), 1000).await.unwrap(), 1, "no restart was needed");
    }
    db.ping().await.unwrap();
}

#[tokio::test]
async fn looking_whether_the_store_writes_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let db = on_disk(&folder).await;
    let mut heard = db.live();
    db.ping().await.unwrap();
    db.ping().await.unwrap();
    assert!(heard.try_recv().is_err());
    let Engine::Lite { writer, .. } = &db.engine else { panic!("SQLite") };
    sqlx::query("pragma query_only = on").execute(writer).await.unwrap();
    assert!(db.ping().await.is_err(), "it reads, but a report could not be taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_together_on_a_fresh_store_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let url = match std::env::var("ALONGSIDE_TEST_POSTGRES") {
        Ok(server) => crate::test::fresh_database(&server).await,
        Err(_) => format!("sqlite:{}", folder.path().join("desk.db").display()),
    };
    let nodes = (0..4).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { Db::open(&url).await.map(|_| ()) })
    });
    for node in nodes.collect::<Vec<_>>() {
        node.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_store_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = match std::env::var("ALONGSIDE_TEST_POSTGRES") {
        Ok(server) => crate::test::fresh_database(&server).await,
        Err(_) => format!("sqlite:{}", folder.path().join("desk.db").display()),
    };
    let db = Db::open(&url).await.unwrap();
    let newer: crate::error::Result<()> = crate::write!(db, tx => {
        crate::execute!(tx, "insert into migration (version) values ($1)", 9_999_i64)?;
        Ok(())
    });
    newer.unwrap();
    drop(db);
    let refused = Db::open(&url).await.err().expect("it is refused").to_string();
    assert!(refused.contains("a newer Alongside has worked with it"), "{refused}");
}
