//! Stories of what we owe people: promises, tasks, and how the inbox puts them before us.

use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask, Later, To, Word};
use crate::error::Error;
use crate::ids::Time;
use crate::reports::{self, Told, page_of};
use crate::test::{LURE, TestDesk};
use crate::who::{Role, Who};

fn word(test: &TestDesk, to: To, body: &str) -> Word {
    Word { to, body: body.into(), over: None, next_by: Some(test.desk.now().plus(2 * Time::DAY)) }
}

async fn write(test: &TestDesk, robin: &Who, report: crate::ids::ReportId, body: &str) {
    let case = test.case_of(report).await;
    casework::write_word(&test.desk, robin, case, &word(test, To::One(report), body))
        .await
        .expect("it leaves");
}

#[tokio::test]
async fn a_promise_is_moved_to_a_later_time_only() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let promise = page_of(&test.desk, receipt.report).await.unwrap().promises.remove(0);
    let earlier =
        Later { by: test.desk.now().plus(Time::HOUR), reason: "We need longer.".into(), over: None };
    assert!(promise.by_at > earlier.by);
    let refused = casework::move_promise(&test.desk, &robin, promise.id, &earlier).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");

    let case = test.case_of(receipt.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    let choices = page.split("New time").nth(1).unwrap().split("</select>").next().unwrap();
    let first = choices.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields =
        [("form_token", robin.form_token.as_str()), ("next_minutes", first), ("reason", "We need longer.")];
    let moved = test.post(&format!("/promises/{}/move", promise.id), &cookie, &fields).await;
    assert!(moved.status.is_redirection(), "{}", moved.body);
    let open =
        page_of(&test.desk, receipt.report).await.unwrap().promises.into_iter().find(|one| one.is_open());
    assert!(open.unwrap().by_at > promise.by_at, "the first choice already lies after it");
}

#[tokio::test]
async fn the_inbox_says_that_our_word_is_overdue_also_where_somebody_needs_help() {
    let test = TestDesk::new().await;
    test.told("kim@example.org", &[Told::Clicked], "I clicked", Some(LURE)).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    assert!(!test.get("/inbox", &cookie).await.body.contains("overdue"));
    test.later(2 * Time::HOUR);
    let inbox = test.get("/inbox", &cookie).await.body;
    assert!(inbox.contains("Somebody needs help now") && inbox.contains("Our word is overdue"), "{inbox}");
}

#[tokio::test]
async fn who_writes_back_is_not_said_to_wait_for_a_first_word_and_hears_from_us_in_time() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    write(&test, &robin, receipt.report, "Hello Kim,\n\nthank you. We are looking at it.").await;
    test.later(Time::MINUTE);
    reports::say(&test.desk, receipt.report, "Can I open the file now?").await.unwrap();
    let inbox = test.get("/inbox", &cookie).await.body;
    assert!(inbox.contains("They wrote back") && !inbox.contains("Waits for a first human word"), "{inbox}");
    let open =
        page_of(&test.desk, receipt.report).await.unwrap().promises.into_iter().find(|one| one.is_open());
    assert_eq!(
        open.unwrap().by_at,
        test.desk.settings.first_word_by(test.desk.now(), false),
        "not in two days"
    );
}

#[tokio::test]
async fn a_task_that_somebody_did_is_seen_and_one_that_is_open_is_remembered_at_the_end() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let ask = Ask {
        report: Some(receipt.report),
        for_whom: ForWhom::Reporter,
        ask: "Please restart your computer".into(),
        why: "Then the new protection starts.".into(),
        minutes: None,
        over: None,
    };
    casework::ask(&test.desk, &robin, case, &ask).await.unwrap();
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    assert!(page.contains("Somebody still has a task from us: “Please restart your computer”"));
    assert!(!test.get("/inbox", &cookie).await.body.contains("A task was done"));
    let task = page_of(&test.desk, receipt.report).await.unwrap().tasks[0].id;
    reports::task_done(&test.desk, receipt.report, task, true).await.unwrap();
    let refreshed =
        axum::http::Request::get(format!("/cases/{case}")).header("cookie", &cookie).header("x-live", "1");
    test.send(refreshed.body(axum::body::Body::empty()).unwrap()).await;
    assert!(
        test.get("/inbox", &cookie).await.body.contains("A task was done"),
        "an open tab is nobody who reads"
    );
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    assert!(!page.contains("still has a task"));
    assert!(!test.get("/inbox", &cookie).await.body.contains("A task was done"), "somebody has read it");
}

#[tokio::test]
async fn a_letter_that_is_sent_twice_leaves_once() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let lee = test.told("lee@example.org", &[], "hm", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let body = "Hello,\n\nthank you. We are looking at it.";
    write(&test, &robin, kim.report, body).await;
    let again = casework::write_word(&test.desk, &robin, case, &word(&test, To::One(kim.report), body)).await;
    assert!(matches!(again, Err(Error::NotYet(_))), "{again:?}");
    let shown = casework::case_page(&test.desk, &robin, case, None).await.unwrap().shown;
    let word = word(&test, To::Everyone(shown), body);
    let sent = casework::write_word(&test.desk, &robin, case, &word).await.unwrap();
    assert_eq!(sent.people, 1, "only who did not have it");
    let letters = test.letters().await;
    let words =
        |report| letters.iter().filter(|one| one.kind == "word" && one.report_id == Some(report)).count();
    assert_eq!((words(kim.report), words(lee.report)), (1, 1));
    test.later(Time::HOUR);
    write(&test, &robin, kim.report, body).await;
}

#[tokio::test]
async fn in_a_wave_no_open_promise_is_missing_from_the_case() {
    let test = TestDesk::new().await;
    let mut first = None;
    for number in 0..12 {
        let receipt = test.told(&format!("p{number}@example.org"), &[], "odd", Some(LURE)).await;
        first.get_or_insert(receipt);
        test.later(Time::MINUTE);
    }
    let first = first.expect("one came first");
    let case = test.case_of(first.report).await;
    let mut tx = test.desk.db.read().await.unwrap();
    let promises = crate::cases::promises(&mut tx, case).await.unwrap();
    assert_eq!(promises.len(), 12);
    assert_eq!(promises[0].report_id, first.report, "what is due first stands first");
}

#[tokio::test]
async fn a_promise_that_was_broken_is_moved_with_a_sorry_that_stays_until_a_person_wrote() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let promise = page_of(&test.desk, receipt.report).await.unwrap().promises.remove(0);
    test.later(6 * Time::DAY);
    let by = test.somebody(Role::Responder).await;
    let page = format!("/r/{}", receipt.token);
    let fields = [
        ("form_token", by.0.form_token.as_str()),
        ("next_minutes", "60"),
        ("at", "2026-12-03T15:00"),
        ("reason", "Our provider answers tomorrow."),
    ];
    let moved = test.post(&format!("/promises/{}/move", promise.id), &by.1, &fields).await;
    assert!(moved.status.is_redirection(), "{}", moved.body);
    let letter = test.letters().await.remove(0);
    assert_eq!(letter.subject, "Sorry for the wait: Your mailbox will be closed today");
    assert!(
        letter.body.contains("You were to hear from us by Monday 23 November, 14:00")
            && letter.body.contains("We are sorry"),
        "{}",
        letter.body
    );
    assert!(letter.body.contains("Thursday 3 December, 15:00"), "a time that is on no list: {}", letter.body);
    assert!(!letter.body.contains("Thank you for waiting"));
    let stand = async || {
        let read = test.get(&page, "").await.body;
        read.split("data-part=\"stand\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned()
    };
    let read = stand().await;
    assert!(
        read.contains("and you did not. We are sorry") && read.contains("Thursday 3 December, 15:00"),
        "{read}"
    );
    write(&test, &by.0, receipt.report, "Hello,\n\nthank you for your patience. We looked at it.").await;
    assert!(!stand().await.contains("and you did not"));
}

#[tokio::test]
async fn a_time_of_ones_own_is_promised_as_it_was_typed_and_next_year_has_its_year() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let by = test.somebody(Role::Responder).await;
    test.later(Time::MINUTE);
    let address = format!("/cases/{}/write", test.case_of(receipt.report).await);
    let report = receipt.report.to_string();
    let send = async |at: &str| {
        let fields = [
            ("form_token", by.0.form_token.as_str()),
            ("report", report.as_str()),
            ("body", "Hello,\n\nthank you for telling us. We look at it."),
            ("next_minutes", "480"),
            ("at", at),
            ("verb", "send"),
        ];
        test.post(&address, &by.1, &fields).await
    };
    for (at, why) in [("tomorrow", "no time we can read"), ("2026-11-22T09:00", "must lie ahead")] {
        let page = send(at).await;
        assert!(page.status == 422 && page.body.contains(why), "{}", page.body);
        assert!(page.body.contains("thank you for telling us") && page.body.contains(at));
    }
    assert!(send("2027-01-04T15:00").await.status.is_redirection());
    assert!(test.letters().await[0].body.contains("Monday 4 January 2027, 15:00"));
}
