//! Stories of the work after the answer: what waits for others, what stops in the middle, and how a desk stops.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{MOST_ATTEMPTS, MOST_TRIES_TO_SEND, run_due, work};
use crate::ids::Time;
use crate::letters::NotSent;
use crate::reports;
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

/// Lets a desk work until something is so.
async fn until(mut so: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("it comes to that");
}

#[tokio::test]
async fn a_slow_relay_keeps_no_report_unread_and_gets_no_letter_twice_from_a_desk_that_stops() {
    let mut test = TestDesk::new().await;
    let (given, ready) = (Arc::new(Mutex::new(Vec::new())), Arc::new(tokio::sync::Semaphore::new(0)));
    let (relay, answers) = (given.clone(), ready.clone());
    test.desk.post = Some(Arc::new(move |letter| {
        relay.lock().unwrap().push(letter.to);
        let answers = answers.clone();
        Box::pin(async move {
            answers.acquire().await.unwrap().forget();
            Ok(())
        })
    }));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let desk = test.desk.clone();
    let working = tokio::spawn(async move {
        work(desk, async {
            let _ = stopped.await;
        })
        .await;
    });
    for number in 0..20 {
        let report = incoming(&format!("p{number}@example.org"), &[], "odd", Some(LURE));
        let receipt = reports::receive(&test.desk, report).await.unwrap();
        until(async || {
            reports::page_of(&test.desk, receipt.report).await.is_ok_and(|page| page.report.case_id.is_some())
        })
        .await;
    }
    assert!(test.letters().await.iter().all(|letter| letter.state == "queued"), "none of them is lost");
    let handed_over = given.lock().unwrap().len();
    assert!(handed_over > 0, "some are on their way");
    stop.send(()).unwrap();
    // A relay may take this long, and the desk waits for it.
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(!working.is_finished());
    ready.add_permits(1000);
    tokio::time::timeout(Duration::from_secs(10), working).await.expect("it stops").unwrap();
    assert_eq!(given.lock().unwrap().len(), handed_over, "nothing more was begun");

    test.later(Time::MINUTE);
    run_due(&test.desk).await.unwrap();
    let mut given = given.lock().unwrap().clone();
    given.sort();
    let twice = given.windows(2).any(|pair| pair.first() == pair.last());
    assert_eq!((given.len(), twice), (20, false), "each letter once: {given:?}");
}

#[tokio::test]
async fn work_that_stops_in_the_middle_is_put_back_and_stops_nothing_else() {
    let mut test = TestDesk::new().await;
    test.desk.post = Some(Arc::new(|letter| {
        assert!(!letter.to.starts_with("lee"), "a part of the program stops");
        Box::pin(async { Ok(()) })
    }));
    for name in ["lee", "kim"] {
        let report = incoming(&format!("{name}@example.org"), &[], "odd", Some(LURE));
        reports::receive(&test.desk, report).await.unwrap();
    }
    let working = tokio::spawn(work(test.desk.clone(), std::future::pending()));
    until(async || test.letters().await.iter().any(|letter| letter.state == "sent")).await;
    until(async || super::waiting(&test.desk).await.is_ok_and(|waiting| waiting > 0)).await;
    working.abort();
}

#[tokio::test]
async fn letters_wait_for_a_relay_that_is_away_for_a_weekend() {
    let mut test = TestDesk::new().await;
    test.desk.post = Some(Arc::new(|_| Box::pin(async { Err(NotSent::Unreachable("no connection")) })));
    test.told("kim@example.org", &[], "hm", None).await;
    for _ in 0..=(3 * 24 + 12) {
        test.later(Time::HOUR + Time::MINUTE);
        run_due(&test.desk).await.unwrap();
    }
    assert!(super::given_up(&test.desk).await.unwrap().is_empty(), "after three days it is still tried");
    let doctor = crate::erasure::doctor(&test.desk).await.unwrap();
    assert!(doctor.iter().any(|line| line.starts_with("problem: 1 jobs fail again")), "{doctor:?}");
    let (dana, cookie) = test.somebody(Role::Admin).await;
    assert!(test.get("/admin/jobs", &cookie).await.body.contains("Something is in the way"));

    test.desk.post = Some(Arc::new(|_| Box::pin(async { Ok(()) })));
    let form = [("form_token", dana.form_token.as_str())];
    test.post("/admin/jobs/again", &cookie, &form).await;
    run_due(&test.desk).await.unwrap();
    assert_eq!(test.letters().await.remove(0).state, "sent", "whoever mended it need not wait an hour");
    assert!(test.get("/admin/jobs", &cookie).await.body.contains("All is well"));
}

#[tokio::test]
async fn who_is_vouched_for_is_read_before_what_many_strangers_sent_at_once() {
    let test = TestDesk::new().await;
    let told = [reports::Told::Password];
    for number in 0..super::BATCH + 8 {
        let mut report = incoming("", &told, &format!("I typed my password {number}"), None);
        report.vouch = reports::Vouch::Nobody;
        reports::receive(&test.desk, report).await.unwrap();
    }
    test.later(Time::MINUTE);
    let pia = reports::receive(&test.desk, incoming("pia@example.org", &told, "I typed my password", None));
    let pia = pia.await.unwrap().report;
    let first = super::claim(&test.desk, super::Lane::Desk).await.unwrap();
    assert!(first.iter().any(|job| job.work == super::Work::Understand(pia)), "she is among the first");
    test.later(Time::HOUR);
    test.work().await;
}

#[tokio::test]
async fn an_admin_tries_all_that_was_given_up_again_at_once() {
    let mut test = TestDesk::new().await;
    test.desk.post = Some(Arc::new(|_| Box::pin(async { Err(NotSent::Later(451)) })));
    for name in ["kim", "lee", "max"] {
        test.told(&format!("{name}@example.org"), &[], "hm", None).await;
    }
    for _ in 0..MOST_TRIES_TO_SEND {
        test.later(2 * Time::HOUR);
        run_due(&test.desk).await.unwrap();
    }
    assert_eq!(super::given_up(&test.desk).await.unwrap().len(), 3);
    test.desk.post = Some(Arc::new(|_| Box::pin(async { Ok(()) })));
    let (dana, cookie) = test.somebody(Role::Admin).await;
    assert!(test.get("/admin/jobs", &cookie).await.body.contains("Try all again"));
    let form = [("form_token", dana.form_token.as_str())];
    assert!(test.post("/admin/jobs/again", &cookie, &form).await.status.is_redirection());
    test.work().await;
    assert!(test.letters().await.iter().all(|letter| letter.state == "sent"));
    assert!(test.get("/admin/looked", &cookie).await.body.contains("tried given-up work again"));
}

/// A letter has far more tries than other work: the relay is not ours.
const _: () = assert!(MOST_TRIES_TO_SEND > 10 * MOST_ATTEMPTS);

#[tokio::test]
async fn a_report_whose_reading_is_given_up_while_the_store_is_full_still_gets_its_case() {
    let test = TestDesk::new().await;
    let mut report = incoming("kim@example.org", &[crate::reports::Told::Password], "I typed it", Some(LURE));
    report.kind = reports::Kind::Happened;
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    // Its raw mail cannot be read, until the last try; then the store refuses what is written about that.
    let page = async || reports::page_of(&test.desk, receipt.report).await.unwrap();
    let key = page().await.report.raw_key.expect("a mail");
    test.desk.blobs.remove(&key).await.unwrap();
    for _ in 1..MOST_ATTEMPTS {
        run_due(&test.desk).await.unwrap();
        test.later(2 * Time::HOUR);
    }
    assert!(page().await.report.case_id.is_none());
    for nth in 1..60 {
        test.faults.arm(nth);
        let _ = run_due(&test.desk).await;
        test.faults.arm(0);
        test.later(2 * Time::HOUR);
    }
    run_due(&test.desk).await.unwrap();
    let page = page().await;
    assert!(page.case.is_some() && !page.promises.is_empty(), "a person looks");
    assert_eq!(test.letters().await.len(), 1, "and it is answered once");
    assert_eq!(super::given_up(&test.desk).await.unwrap().len(), 1, "an admin sees it");
}
