//! Stories of cases, promises and lists, told through their own verbs.

use mail::Fingerprint;

use super::{PAGE, Place, Which, join, list, open, refresh, remember, waiting};
use crate::ids::Time;
use crate::test::TestDesk;
use crate::write;

/// A message with these words, and no more than they say.
fn saying(text: &str) -> Fingerprint {
    let message = mail::Message { text: text.to_owned(), ..mail::Message::default() };
    mail::fingerprint(&message, &mail::Setting::default())
}

const PARCEL: &str = "Your parcel could not be delivered because the address is incomplete, so please confirm it within a day or it goes back to the sender.";
const CARDS: &str = "I am in a meeting and need four gift cards for a client today, can you get them and write me the codes from the back of each one?";

#[tokio::test]
async fn a_lure_joins_the_case_that_saw_it_lately_and_no_other() {
    let test = TestDesk::new().await;
    let seen = async |message: Option<Fingerprint>| {
        let now = test.desk.now();
        write!(test.desk.db, tx => { join(tx, message.as_ref(), "A lure", now).await }).unwrap()
    };
    let first = seen(Some(saying(PARCEL))).await;
    assert!(!first.close, "nobody saw it before");
    let again = seen(Some(saying(&PARCEL.replace("incomplete", "wrong")))).await;
    assert_eq!(again.case, first.case, "a word may differ");
    assert!(!again.close, "what differs and comes from elsewhere is not spoken of as if it were the same");
    assert!(seen(Some(saying(PARCEL))).await.close);
    assert_ne!(seen(Some(saying(CARDS))).await.case, first.case);
    assert_ne!(seen(None).await.case, seen(None).await.case, "words alone are never the same lure");
    assert_ne!(seen(Some(saying(""))).await.case, seen(Some(saying(""))).await.case, "nor is nothing");
    test.later(31 * Time::DAY);
    assert_ne!(seen(Some(saying(PARCEL))).await.case, first.case, "after a month it is another wave");
}

#[tokio::test]
async fn what_came_with_a_message_finds_its_case_and_is_not_spoken_of() {
    let test = TestDesk::new().await;
    let now = test.desk.now();
    let (parcel, cards) = (saying(PARCEL), saying(CARDS));
    let (first, then) = write!(test.desk.db, tx => {
        let first = join(tx, Some(&parcel), "A lure", now).await?;
        remember(tx, first.case, &cards, Place::Beside, now).await?;
        Ok((first, join(tx, Some(&cards), "Another", now).await?))
    })
    .unwrap();
    assert_eq!((then.case, then.close), (first.case, false));
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
