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

#[tokio::test]
async fn every_row_of_a_desk_moves_to_postgresql() {
    let Ok(server) = std::env::var("ALONGSIDE_TEST_POSTGRES") else {
        println!("skipped: ALONGSIDE_TEST_POSTGRES names no server");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let test = crate::test::TestDesk::over(on_disk(&folder).await);
    let receipt = test
        .told("kim@example.org", &[crate::reports::Told::Clicked], "oh no", Some(crate::test::LURE))
        .await;
    let (robin, cookie) = test.somebody(crate::who::Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let form = [("form_token", robin.form_token.as_str()), ("words", "ask Lee"), ("report", "")];
    test.post(&format!("/cases/{case}/note"), &cookie, &form).await;

    let url = crate::test::fresh_database(&server).await;
    let to = Db::open(&url).await.unwrap();
    assert!(
        crate::moving::is_new(&to).await.unwrap() && !crate::moving::is_new(&test.desk.db).await.unwrap()
    );
    let copied = crate::moving::copy_rows(&test.desk.db, &to).await.unwrap();
    assert!(copied > 20, "{copied}");
    assert!(crate::moving::copy_rows(&to, &test.desk.db).await.is_err(), "one way only");

    drop(to);

    // The desk that starts on it counts on from what is there.
    let mut moved = crate::test::TestDesk::over(Db::open(&url).await.unwrap());
    moved.desk.blobs = test.desk.blobs.clone();
    let before = test.get(&format!("/r/{}", receipt.token), "").await;
    assert_eq!(before.status, 200);
    assert_eq!(
        moved.get(&format!("/r/{}", receipt.token), "").await.body,
        before.body,
        "the private link works"
    );
    assert_eq!(moved.letters().await.len(), test.letters().await.len());
    assert!(
        moved.get(&format!("/cases/{case}"), &cookie).await.body.contains("ask Lee"),
        "and so does the session"
    );
    let next = moved.told("lee@example.org", &[], "something else entirely", None).await;
    assert_ne!(moved.case_of(next.report).await, case, "numbers go on from there");
}
