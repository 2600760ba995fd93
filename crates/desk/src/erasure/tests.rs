//! Stories of giving and forgetting somebody's data.

use super::Account;
use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask, Later, To, Word};
use crate::ids::Time;
use crate::reports::{self, Told};
use crate::test::{LURE, TestDesk};
use crate::who::Role;

const ADDRESS: &str = "zelda.fitz@example.org";

/// Zelda tells us something, we answer, ask, move a promise and say how it ended. A second report of hers shares a case with Lee.
async fn story(test: &TestDesk) -> (crate::ids::CaseId, crate::ids::CaseId) {
    let mut alone =
        crate::test::incoming(ADDRESS, &[Told::Clicked], "Zelda here, I clicked on the parcel thing", None);
    alone.reporter = Some((ADDRESS.into(), "Zelda Fitz".into()));
    let first = reports::receive(&test.desk, alone).await.unwrap();
    test.work().await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(first.report).await;
    let promise = reports::page_of(&test.desk, first.report).await.unwrap().promises[0].id;
    let by = test.desk.now().plus(5 * Time::HOUR);
    let later = Later { by, reason: "Zelda asked us to wait until tomorrow.".into(), over: None };
    casework::move_promise(&test.desk, &robin, promise, &later).await.unwrap();
    let word = Word {
        to: To::One(first.report),
        body: "Hello Zelda,\n\nthank you for telling us so soon. We have locked the session. Please sign in again with your new password.".into(),
        over: None,
        next_by: Some(by),
    };
    casework::write_word(&test.desk, &robin, case, &word).await.unwrap();
    for (for_whom, report) in [(ForWhom::Reporter, Some(first.report)), (ForWhom::It, None)] {
        let ask = Ask {
            report,
            for_whom,
            ask: "Change the password of Zelda".into(),
            why: "Zelda typed it".into(),
            minutes: None,
            over: None,
        };
        casework::ask(&test.desk, &robin, case, &ask).await.unwrap();
    }
    casework::note(&test.desk, &robin, case, "Zelda sits in building 2").await.unwrap();
    reports::say(&test.desk, first.report, "thanks from Zelda").await.unwrap();

    test.later(Time::MINUTE);
    let shared = test.told(ADDRESS, &[], "mine, Zelda", Some(&LURE.replace("kim@", "zelda.fitz@"))).await;
    let lee = test.told("lee@example.org", &[], "mine too", Some(&LURE.replace("kim@", "lee@"))).await;
    let both = test.case_of(shared.report).await;
    assert_eq!(both, test.case_of(lee.report).await);
    casework::note(&test.desk, &robin, both, "Called Zelda Fitz about it").await.unwrap();
    casework::note(&test.desk, &robin, both, "The sender is blocked").await.unwrap();
    casework::tell_outcome(&test.desk, &robin, both, Outcome::Harmful, "The page is blocked.", None)
        .await
        .unwrap();
    test.work().await;
    (case, both)
}

#[tokio::test]
async fn a_person_who_is_forgotten_leaves_times_and_counts_and_no_word() {
    let test = TestDesk::new().await;
    let (alone, both) = story(&test).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let (_, admin) = test.somebody(Role::Admin).await;
    for case in [alone, both] {
        assert!(test.get(&format!("/cases/{case}"), &cookie).await.body.contains("Zelda"), "it was there");
    }
    let kept: crate::error::Result<()> = crate::write!(test.desk.db, tx => {
        for words in ["Robin was kind, says Zelda.Fitz@example.org.", "The fitting answer, zelda or not."] {
            let yes = crate::surveys::Answers {
                respected: 5, know_what_to_do: 5, would_report_again: 5, words: String::new(),
            };
            let id = crate::ids::EntryId::new(Time(0));
            crate::surveys::store::add_answer(tx, id, "2026-11", &yes, words).await?;
        }
        Ok(())
    });
    kept.unwrap();
    let erased = super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    let mut tx = test.desk.db.read().await.unwrap();
    assert!(super::store::answers_like(&mut tx, ADDRESS).await.unwrap().is_empty());
    assert_eq!(
        super::store::answers_like(&mut tx, "zelda or").await.unwrap().len(),
        1,
        "a word is no full name"
    );
    drop(tx);
    assert_eq!(erased.reports, 2);
    assert!(erased.letters >= 4 && erased.log_emptied);

    let mut pages: Vec<String> = ["/inbox", "/inbox?closed=true", "/outbox"].map(String::from).to_vec();
    pages.extend([alone, both].map(|case| format!("/cases/{case}")));
    for letter in test.letters().await {
        pages.push(format!("/outbox/{}", letter.id));
    }
    for page in pages {
        let body = test.get(&page, &cookie).await.body;
        assert!(!body.to_lowercase().contains("zelda"), "{page}: {body}");
    }
    let shared = test.get(&format!("/cases/{both}"), &cookie).await.body;
    assert!(
        shared.contains("The sender is blocked") && shared.contains("The page is blocked."),
        "others keep theirs"
    );
    assert!(!test.get("/admin/looked", &admin).await.body.contains("Zelda"));
    test.later(Time::MINUTE);
    let numbers = crate::numbers::of_last(&test.desk, 30).await.unwrap();
    assert_eq!(numbers.reports, 3, "the reports are still counted");
    let doctor = super::doctor(&test.desk).await.unwrap();
    assert!(!doctor.iter().any(|line| line.starts_with("problem:")), "{doctor:?}");
    assert!(super::export(&test.desk, ADDRESS).await.is_err(), "nobody is known by that address");
}

/// What lies on the disk: the database, its log, and whatever else stands in the folder.
#[tokio::test]
async fn no_trace_of_a_forgotten_person_is_left_in_the_files_of_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestDesk::new().await;
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    test.desk.db = crate::db::Db::open(&url).await.unwrap();
    test.desk.blobs = crate::blobs::Blobs::in_folder(folder.path().join("files")).unwrap();
    story(&test).await;
    fn traces(folder: &std::path::Path, of: &str) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .map(|path| {
                if path.is_dir() {
                    return traces(&path, of);
                }
                let bytes = std::fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&bytes).to_lowercase();
                text.matches(of).count()
            })
            .sum()
    }
    assert!(traces(folder.path(), "zelda") > 0);
    // Files carry the time of this machine, and what is young may be somebody else's.
    test.later(30_000 * Time::DAY);
    super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    assert_eq!(traces(folder.path(), "zelda"), 0);
}

#[tokio::test]
async fn a_person_gets_everything_we_know_and_the_record_says_so() {
    let test = TestDesk::new().await;
    let (alone, _) = story(&test).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let (_, admin) = test.somebody(Role::Admin).await;
    test.get(&format!("/cases/{alone}"), &cookie).await;
    let known = super::export(&test.desk, ADDRESS).await.unwrap();
    let known: serde_json::Value = serde_json::from_str(&known).unwrap();
    assert_eq!(known["person"]["address"], ADDRESS);
    assert_eq!(known["reports"].as_array().unwrap().len(), 2);
    assert_eq!(known["reports"][0]["received_at"], "2026-11-23T10:00:00Z");
    assert!(known["reports"][1]["evidence"]["evidence"].is_array(), "{}", known["reports"][1]);
    assert!(known["reports"][1]["sender"].as_str().unwrap().contains('@'));
    let holds = |table: &str, words: &str| {
        let rows = known[table].as_array().unwrap();
        assert!(rows.iter().any(|row| row.to_string().contains(words)), "{table}: {rows:?}");
    };
    holds("timeline", "Hello Zelda");
    holds("letters", "Hello Zelda");
    holds("promises", "asked us to wait");
    holds("tasks", "Change the password");
    holds("who_looked", "read a case");
    holds("notes", "sits in building 2");
    holds("notes", "Called Zelda Fitz about it");
    holds("cases", "Zelda here, I clicked");
    assert!(!known["notes"].to_string().contains("The sender is blocked"), "that is about nobody");
    assert!(!known.to_string().contains("lee@example.org"), "nobody else's");
    assert!(test.get("/admin/looked", &admin).await.body.contains("gave out what we know about a person"));
}

#[tokio::test]
async fn a_message_that_changed_on_the_disk_is_told_from_one_that_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestDesk::new().await;
    test.desk.blobs = crate::blobs::Blobs::in_folder(folder.path().to_owned()).unwrap();
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    assert!(
        super::doctor(&test.desk)
            .await
            .unwrap()
            .contains(&"fine: all 1 stored messages and files can be read".into())
    );
    let key = reports::page_of(&test.desk, receipt.report).await.unwrap().report.raw_key.unwrap();
    std::fs::write(folder.path().join(key.get(..2).unwrap()).join(&key), b"something else").unwrap();
    let lines = super::doctor(&test.desk).await.unwrap();
    assert!(
        lines.iter().any(|line| line.starts_with("problem: 1 stored messages or files are not what")),
        "{lines:?}"
    );
}

#[tokio::test]
async fn a_mail_to_the_address_of_a_forgotten_report_is_a_report_of_its_own() {
    let test = TestDesk::new().await;
    let receipt = test.told(ADDRESS, &[], "mine", Some(LURE)).await;
    let to = crate::letters::reply_address(&test.desk, receipt.report, 0);
    super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    let mailed = reports::Mailed {
        door: reports::Door::Mail,
        recipients: vec![to.clone()],
        from: Some(ADDRESS.into()),
        raw: format!(
            "From: Zelda <{ADDRESS}>\r\nTo: {to}\r\nSubject: one more\r\n\r\nHello again, it is Zelda\r\n"
        )
        .into(),
        vouched_address: Some(ADDRESS.into()),
        answerable: true,
        automatic: false,
        key: "1".into(),
    };
    reports::receive_mail(&test.desk, mailed).await.unwrap();
    test.work().await;
    let old = reports::page_of(&test.desk, receipt.report).await.unwrap();
    assert!(old.files.is_empty() && old.promises.iter().all(|promise| !promise.is_open()));
    let known = super::export(&test.desk, ADDRESS).await.unwrap();
    assert!(known.contains("Hello again, it is Zelda"), "it can be given out");
    super::erase(&test.desk, ADDRESS, Account::Stays).await.expect("and forgotten");
}

#[tokio::test]
async fn a_name_goes_also_from_the_case_somebody_was_taken_out_of_and_wherever_it_stands_in_full() {
    let test = TestDesk::new().await;
    let mut report = crate::test::incoming(ADDRESS, &[], "mine", Some(LURE));
    report.reporter = Some((ADDRESS.into(), "Zelda Fitz".into()));
    let mine = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let lee = test.told("lee@example.org", &[], "mine too", Some(LURE)).await;
    let other = test.told("ada@example.org", &[], "something else", None).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let (shared, apart) = (test.case_of(lee.report).await, test.case_of(other.report).await);
    casework::note(&test.desk, &robin, shared, "Called Zelda, she is fine").await.unwrap();
    casework::note(&test.desk, &robin, apart, "Zelda FITZ knows more").await.unwrap();
    casework::note(&test.desk, &robin, apart, "Another Zelda called").await.unwrap();
    let new = casework::split(&test.desk, &robin, mine.report).await.unwrap();
    super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    for case in [shared, new] {
        let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
        assert!(!page.contains("Zelda"), "{page}");
    }
    let page = test.get(&format!("/cases/{apart}"), &cookie).await.body;
    assert!(!page.contains("FITZ") && page.contains("Another Zelda called"), "{page}");
}

#[tokio::test]
async fn bytes_that_no_report_names_do_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestDesk::new().await;
    test.desk.blobs = crate::blobs::Blobs::in_folder(folder.path().to_owned()).unwrap();
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let stored = || {
        let folders = std::fs::read_dir(folder.path()).unwrap();
        folders.map(|one| std::fs::read_dir(one.unwrap().path()).map_or(0, Iterator::count)).sum::<usize>()
    };
    let upload = |number: usize| reports::Upload {
        name: "a.bin".into(),
        media_type: String::new(),
        bytes: format!("file {number}").into_bytes(),
    };
    for number in 0..30 {
        reports::add_file(&test.desk, receipt.report, upload(number)).await.unwrap();
    }
    assert!(reports::add_file(&test.desk, receipt.report, upload(30)).await.is_err());
    assert_eq!(stored(), 31, "nothing stays of a file that was refused");
    test.desk.blobs.put(b"named by nobody".to_vec()).await.unwrap();
    test.later(-10_000 * Time::DAY);
    super::doctor(&test.desk).await.unwrap();
    assert_eq!(stored(), 32, "what is young may belong to a report that is just being taken in");
    test.later(30_000 * Time::DAY);
    let lines = super::doctor(&test.desk).await.unwrap();
    assert!(lines.iter().any(|line| line.starts_with("fine: 1 stored files that no report")), "{lines:?}");
    assert_eq!(stored(), 31);
}

#[tokio::test]
async fn what_somebody_of_the_team_wrote_to_others_stays_when_they_are_forgotten() {
    let test = TestDesk::new().await;
    let new = |address: &str, name: &str| crate::people::NewPerson {
        address: address.into(),
        name: name.into(),
        password: "correct horse battery".into(),
    };
    crate::people::add(&test.desk, new("robin@example.org", "Robin Weir"), Role::Responder).await.unwrap();
    let token = crate::people::sign_in(&test.desk, "robin@example.org", "correct horse battery".into()).await;
    let robin = crate::people::session(&test.desk, &token.unwrap()).await.unwrap().unwrap();
    let noa = test.told("noa@example.org", &[], "odd", None).await.report;
    let case = test.case_of(noa).await;
    casework::take(&test.desk, &robin, case, true).await.unwrap();
    casework::note(&test.desk, &robin, case, "The account at the other bank is DE00 1234").await.unwrap();
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Settled, "We blocked the page.", None)
        .await
        .unwrap();
    test.work().await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let (_, admin) = test.somebody(Role::Admin).await;

    let look = super::look(&test.desk, "robin@example.org").await.unwrap();
    assert_eq!((look.role.as_deref(), look.open_cases, look.is_only_admin()), (Some("responder"), 1, false));
    assert!(
        super::erase(&test.desk, "robin@example.org", Account::Stays).await.is_err(),
        "they sign in here"
    );
    super::erase(&test.desk, "robin@example.org", Account::Goes).await.unwrap();

    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    assert!(page.contains("DE00 1234") && page.contains("We blocked the page."), "{page}");
    assert!(page.contains("A responder") && !page.contains("Robin"), "{page}");
    assert!(page.contains("I take this"), "the case is free");
    let theirs = reports::page_of(&test.desk, noa).await.unwrap();
    assert!(theirs.timeline.iter().any(|entry| entry.body.contains("We blocked the page.")));
    let record = test.get("/admin/looked", &admin).await.body;
    assert!(record.contains("somebody who is no longer here"), "{record}");
}

#[tokio::test]
async fn the_only_admin_is_not_forgotten() {
    let test = TestDesk::new().await;
    let (_, cookie) = test.somebody(Role::Admin).await;
    let mut tx = test.desk.db.read().await.unwrap();
    let address = "select address from person where role = $1";
    let address = crate::scalar!(tx, String, address, "admin").unwrap();
    drop(tx);
    assert!(super::look(&test.desk, &address).await.unwrap().is_only_admin());
    assert!(super::erase(&test.desk, &address, Account::Goes).await.is_err());
    assert!(test.get("/admin/people", &cookie).await.status.is_success());
    test.somebody(Role::Admin).await;
    super::erase(&test.desk, &address, Account::Goes).await.unwrap();
}

#[tokio::test]
async fn a_file_that_somebody_else_just_sent_outlives_the_first_ones_wish() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestDesk::new().await;
    test.desk.blobs = crate::blobs::Blobs::in_folder(folder.path().to_owned()).unwrap();
    // What was put by now is a minute old, by this machine's own time.
    let machine = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    test.later(i64::try_from(machine.as_micros()).unwrap() - test.desk.now().0 + Time::MINUTE);
    let mut report = crate::test::incoming(ADDRESS, &[], "mine", None);
    let picture = b"the same picture".to_vec();
    report.files =
        vec![reports::Upload { name: "a.png".into(), media_type: String::new(), bytes: picture.clone() }];
    reports::receive(&test.desk, report.clone()).await.unwrap();
    test.work().await;
    // The bytes of a second report are there, and its row is not yet.
    let key = test.desk.blobs.put(picture).await.unwrap();
    let erased = super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    assert_eq!((erased.files, erased.young_files), (0, 1));
    assert!(test.desk.blobs.is_whole(&key).await.unwrap());
    // Nobody came to name them after all.
    test.later(2 * Time::DAY);
    super::doctor(&test.desk).await.unwrap();
    assert!(test.desk.blobs.get(&key).await.is_err());
    report.reporter = Some((ADDRESS.into(), "Zelda".into()));
    reports::receive(&test.desk, report).await.unwrap();
    test.later(Time::HOUR);
    let erased = super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    assert_eq!((erased.files, erased.young_files), (1, 0));
}

#[tokio::test]
async fn a_person_also_gets_what_was_only_begun_and_notes_elsewhere_that_name_them() {
    let test = TestDesk::new().await;
    let mut report = crate::test::incoming(ADDRESS, &[], "mine", None);
    report.reporter = Some((ADDRESS.into(), "Zelda Fitz".into()));
    let mine = reports::receive(&test.desk, report).await.unwrap().report;
    test.work().await;
    let other = test.told("ada@example.org", &[], "something else", None).await.report;
    let (robin, _) = test.somebody(Role::Responder).await;
    casework::keep_draft(&test.desk, &robin, mine, "Hello, we are sorry that", None).await.unwrap();
    let apart = test.case_of(other).await;
    casework::note(&test.desk, &robin, apart, "Zelda Fitz sounded shaken").await.unwrap();
    casework::note(&test.desk, &robin, apart, "Ada is on leave").await.unwrap();
    let known = super::export(&test.desk, ADDRESS).await.unwrap();
    assert!(known.contains("we are sorry that") && known.contains("sounded shaken"), "{known}");
    assert!(!known.contains("Ada is on leave"), "{known}");
}

#[tokio::test]
async fn somebody_forgotten_before_their_report_was_read_is_no_problem_for_ever() {
    let test = TestDesk::new().await;
    reports::receive(&test.desk, crate::test::incoming(ADDRESS, &[], "mine", None)).await.unwrap();
    super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    test.later(Time::HOUR);
    let lines = super::doctor(&test.desk).await.unwrap();
    assert!(!lines.iter().any(|line| line.starts_with("problem:")), "{lines:?}");
}

#[tokio::test]
async fn a_case_that_others_share_keeps_a_title_that_tells_what_it_is() {
    let test = TestDesk::new().await;
    let named = LURE.replace("Your mailbox", "Zelda, your mailbox");
    let mut report = crate::test::incoming(ADDRESS, &[], "", Some(&named));
    report.reporter = Some((ADDRESS.into(), "Zelda Fitz".into()));
    reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let lee = test.told("lee@example.org", &[], "", Some(LURE)).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    super::erase(&test.desk, ADDRESS, Account::Stays).await.unwrap();
    let page = test.get(&format!("/cases/{}", test.case_of(lee.report).await), &cookie).await.body;
    assert!(page.contains("</span> Your mailbox will be closed today</h1>"), "{page}");
}

#[tokio::test]
async fn an_estimate_that_names_somebody_is_given_to_them_and_forgets_them_with_its_numbers_kept() {
    let test = TestDesk::new().await;
    let mut report = crate::test::incoming("zelda@example.org", &[], "odd", None);
    report.reporter = Some(("zelda@example.org".into(), "Zelda Kim".into()));
    reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let (lead, cookie) = test.somebody(Role::Lead).await;
    let typed = crate::estimates::fields::Fields {
        title: "Fraud as with Zelda Kim".into(),
        often: ["1", "2", "5"].map(str::to_owned),
        cost: ["10", "50", "777"].map(str::to_owned),
        note: "Asked Zelda Kim (zelda@example.org), who clicked in November.".into(),
        years: "1000".into(),
        ..crate::estimates::fields::Fields::fresh()
    };
    let kept = crate::estimates::keep(&test.desk, &lead, typed.typed().unwrap()).await.unwrap();
    let crate::estimates::Kept::Yes(id, _) = kept else { panic!("{kept:?}") };

    assert_eq!(super::look(&test.desk, "zelda@example.org").await.unwrap().estimates, 1);
    assert!(
        super::export(&test.desk, "zelda@example.org").await.unwrap().contains("who clicked in November")
    );
    super::erase(&test.desk, "zelda@example.org", Account::Stays).await.unwrap();
    let (version, _) = crate::estimates::show(&test.desk, id, None).await.unwrap();
    for page in ["/estimates".to_owned(), format!("/estimates/{id}"), format!("/estimates/{id}/change")] {
        let page = test.get(&page, &cookie).await.body;
        assert!(!page.to_lowercase().contains("zelda") && !page.contains("who clicked"), "{page}");
    }
    let all = format!("{version:?}").to_lowercase();
    assert!(!all.contains("zelda") && !all.contains("clicked") && version.scenario.contains("777"), "{all}");
    assert!(risk::read(&version.scenario).is_ok());
}
