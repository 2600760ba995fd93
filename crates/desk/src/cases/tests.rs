//! Stories of cases, promises and lists, told through their own verbs.

use super::{PAGE, Which, join, list, open, refresh, waiting};
use crate::ids::Time;
use crate::test::TestDesk;
use crate::write;

fn one(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

#[tokio::test]
async fn a_lure_joins_the_case_that_saw_it_lately_and_no_other() {
    let test = TestDesk::new().await;
    let seen = async |traits: Vec<String>| {
        let now = test.desk.now();
        write!(test.desk.db, tx => { join(tx, &traits, "A lure", now).await }).unwrap()
    };
    let first = seen(one("body:a")).await;
    assert_eq!(seen(vec!["body:b".into(), "body:a".into()]).await, first, "one trait is enough");
    assert_eq!(seen(one("body:b")).await, first, "and what came with it counts from then on");
    assert_ne!(seen(one("body:c")).await, first);
    assert_ne!(seen(Vec::new()).await, seen(Vec::new()).await, "words alone are never the same lure");
    test.later(31 * Time::DAY);
    assert_ne!(seen(one("body:a")).await, first, "after a month it is another wave");
}

#[tokio::test]
async fn a_long_inbox_has_further_pages_and_counts_truly() {
    let test = TestDesk::new().await;
    let now = test.desk.now();
    let mut opened = Vec::new();
    for _ in 0..PAGE + 3 {
        opened.push(write!(test.desk.db, tx => { open(tx, "A case", now).await }).unwrap());
    }
    let report = test.told("kim@example.org", &[], "odd", None).await;
    let case = test.case_of(report.report).await;
    write!(test.desk.db, tx => { refresh(tx, case, now).await }).unwrap();
    opened.push(case);

    let mut tx = test.desk.db.read().await.unwrap();
    let (first, more) = list(&mut tx, Which::Open, 0).await.unwrap();
    let (second, end) = list(&mut tx, Which::Open, 1).await.unwrap();
    assert_eq!((first.len() as i64, more, second.len(), end), (PAGE, true, 4, false));
    let mut shown: Vec<_> = first.iter().chain(&second).map(|row| row.id).collect();
    shown.sort();
    opened.sort();
    assert_eq!(shown, opened, "each case stands on one page");
    assert_eq!(first[0].id, case, "who waits comes first");
    assert_eq!(waiting(&mut tx).await.unwrap(), 1);
    drop(tx);

    let (_, cookie) = test.somebody(crate::who::Role::Responder).await;
    let page = test.get("/inbox", &cookie).await;
    assert!(page.body.contains("/inbox?page=2") && page.body.contains("One case waits for a human word."));
    let page = test.get("/inbox?page=2", &cookie).await;
    assert!(page.body.contains("/inbox?page=1") && page.body.contains("One case waits for a human word."));
    assert!(!page.body.contains("page=3"));
}
