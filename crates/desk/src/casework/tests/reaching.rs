//! Stories of people whom our words do not reach by themselves, and of words that come back from the check.

use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask, Closed, To, Word};
use crate::ids::Time;
use crate::reports::{self, Door, Incoming, Told, Vouch};
use crate::test::{LURE, TestDesk, incoming};
use crate::who::{Role, Who};
use crate::{Locale, letters};

/// A report by mail that nobody vouches for: no letter goes there, and no link was ever given.
async fn stranger(test: &TestDesk, address: &str) -> reports::Receipt {
    let report = Incoming {
        door: Door::Mail,
        vouch: Vouch::Nobody,
        answerable: false,
        ..incoming(address, &[Told::Clicked], "I clicked", Some(LURE))
    };
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    receipt
}

fn form<'a>(robin: &'a Who, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    std::iter::once(("form_token", robin.form_token.as_str())).chain(fields.iter().copied()).collect()
}

#[tokio::test]
async fn somebody_whom_nothing_reaches_is_said_to_be_so_until_a_responder_vouches_for_them() {
    let test = TestDesk::new().await;
    let lee = stranger(&test, "lee@elsewhere.example").await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(lee.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("Nothing reaches Kim"), "{}", page.body);
    let word = Word {
        to: To::One(lee.report),
        body: "Hello,\n\nthank you for telling us.".into(),
        over: None,
        next_by: Some(test.desk.now().plus(4 * Time::HOUR)),
    };
    assert!(casework::write_word(&test.desk, &robin, case, &word).await.is_err(), "nobody writes in vain");

    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    let page = test.post(&format!("/cases/{case}/close"), &cookie, &form(&robin, &[])).await;
    assert_eq!(page.headers["location"], "/inbox?said=closed-unreached");
    test.later(10 * Time::MINUTE);
    test.work().await;
    assert!(test.letters().await.is_empty());

    let address = format!("/reports/{}/vouch", lee.report);
    let page = test.post(&address, &cookie, &form(&robin, &[("reason", " ")])).await;
    assert_eq!(page.status, 422, "how do you know?");
    let page =
        test.post(&address, &cookie, &form(&robin, &[("reason", "I called the front desk there")])).await;
    assert!(page.status.is_redirection());
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("I called the front desk there") && !page.body.contains("Nothing reaches"));
    assert!(casework::close(&test.desk, &robin, case).await.is_err(), "now Lee can hear it, and has not");
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    assert_eq!(test.letters().await[0].to_address, "lee@elsewhere.example");
    assert_eq!(casework::close(&test.desk, &robin, case).await.unwrap(), Closed::EverybodyHeard);
    let looked = crate::people::looked(&test.desk).await.unwrap();
    assert!(looked.iter().any(|line| line.what == "vouched for a reporter"));
}

#[tokio::test]
async fn nobody_can_vouch_for_the_sender_of_the_lure_itself() {
    let test = TestDesk::new().await;
    let receipt = stranger(&test, "it@examp1e-desk.example").await;
    let (robin, _) = test.somebody(Role::Responder).await;
    assert!(casework::vouch(&test.desk, &robin, receipt.report, "looks fine").await.is_err());
}

#[tokio::test]
async fn a_link_is_renewed_only_where_a_letter_can_carry_the_new_one() {
    let test = TestDesk::new().await;
    let mut report = incoming("", &[], "somebody stood at the door", None);
    report.reporter = None;
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(!page.body.contains("new private link"), "it is not offered");
    assert!(casework::renew_link(&test.desk, &robin, receipt.report).await.is_err());
    assert!(
        test.get(&format!("/r/{}", receipt.token), "").await.status.is_success(),
        "their link still works"
    );
}

#[tokio::test]
async fn a_task_passes_the_check_like_a_letter_and_is_sent_like_one() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[Told::Clicked], "clicked", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let (address, report) = (format!("/cases/{case}/ask"), kim.report.to_string());
    let hurting = [
        ("for_whom", "reporter"),
        ("report", report.as_str()),
        ("ask", "You idiot, change your password"),
        ("why", "because you were careless"),
        ("minutes", "7"),
    ];
    let page = test.post(&address, &cookie, &form(&robin, &hurting)).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("<mark"), "it comes back marked");
    for typed in
        ["You idiot, change your password", "because you were careless", "value=\"7\"", "name=\"over\""]
    {
        assert!(page.body.contains(typed), "{typed}");
    }
    assert!(!test.get(&format!("/r/{}", kim.token), "").await.body.contains("careless"), "nobody reads it");

    test.later(Time::MINUTE);
    let kind = [
        ("for_whom", "reporter"),
        ("report", report.as_str()),
        ("ask", "Change your password from a page that you open yourself"),
        ("why", "Then what was typed there is worth nothing"),
        ("minutes", "5"),
    ];
    let page = test.post(&address, &cookie, &form(&robin, &kind)).await;
    assert!(page.status.is_redirection(), "{}", page.body);
    let letter = test.letters().await.remove(0);
    assert_eq!((letter.to_address.as_str(), letter.robot), ("kim@example.org", false));
    assert!(
        letter.body.contains("Change your password from a page") && letter.body.contains("about 5 minutes")
    );
    assert!(
        test.get(&format!("/r/{}", kim.token), "").await.body.contains("Change your password from a page")
    );
}

#[tokio::test]
async fn a_reason_that_hurts_comes_back_with_its_marks_and_an_old_reason_is_not_shown_again() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let open = reports::page_of(&test.desk, kim.report).await.unwrap().promises[0].clone();
    let address = format!("/promises/{}/move", open.id);
    let typed = ("reason", "You should have checked the sender first.");
    let page = test.post(&address, &cookie, &form(&robin, &[("next_minutes", "960"), typed])).await;
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("<mark")
            && page.body.contains("value=\"You should have checked the sender first.\"")
    );
    assert!(page.body.contains("name=\"over\""), "a reason can be given");
    let fields = [("next_minutes", "960"), typed, ("over", "the person's own words")];
    assert!(test.post(&address, &cookie, &form(&robin, &fields)).await.status.is_redirection());
    let page = test.get(&format!("/r/{}", kim.token), "").await;
    assert!(page.body.contains("We moved this time."));

    let word = Word {
        to: To::One(kim.report),
        body: "Hello Kim,\n\nthank you for waiting. The page is blocked.".into(),
        over: None,
        next_by: Some(test.desk.now().plus(4 * Time::HOUR)),
    };
    casework::write_word(&test.desk, &robin, case, &word).await.unwrap();
    let page = test.get(&format!("/r/{}", kim.token), "").await;
    assert!(!page.body.contains("We moved this time."), "that promise was kept; this one was not moved");
}

#[tokio::test]
async fn a_letter_written_after_the_session_ended_comes_back_to_be_copied_and_drafts_are_kept_as_they_grow() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    let report = kim.report.to_string();
    let fields = [
        ("report", report.as_str()),
        ("body", "Hello Kim,\n\nthank you <3"),
        ("next_minutes", "480"),
        ("verb", "send"),
    ];
    let page = test.post(&format!("/cases/{case}/write"), "", &form(&robin, &fields)).await;
    assert_eq!(page.status, 401);
    assert!(page.body.contains("Hello Kim,\n\nthank you &#60;3"), "{}", page.body);
    assert!(!page.body.contains(&robin.form_token) && page.body.contains("/sign-in"));
    let page = test.post(&format!("/cases/{case}/close"), "", &form(&robin, &[])).await;
    assert_eq!(page.headers["location"], "/sign-in", "nothing was typed");

    let draft = [("report", report.as_str()), ("body", "Hello Kim, half a")];
    assert_eq!(test.post(&format!("/cases/{case}/draft"), &cookie, &form(&robin, &draft)).await.status, 204);
    assert!(test.get(&format!("/cases/{case}"), &cookie).await.body.contains("Hello Kim, half a"));
    let emptied = [("report", report.as_str()), ("body", "")];
    test.post(&format!("/cases/{case}/draft"), &cookie, &form(&robin, &emptied)).await;
    assert!(!test.get(&format!("/cases/{case}"), &cookie).await.body.contains("Hello Kim, half a"));
}

#[tokio::test]
async fn a_file_is_opened_by_what_it_is_and_each_look_is_written_down() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let add = async |name: &str, media_type: &str, bytes: &[u8]| {
        let upload =
            reports::Upload { name: name.into(), media_type: media_type.into(), bytes: bytes.to_vec() };
        reports::add_file(&test.desk, kim.report, upload).await.unwrap();
        reports::page_of(&test.desk, kim.report).await.unwrap().files.pop().expect("it is there").id
    };
    let picture = add("screen.png", "text/html", b"\x89PNG\r\n\x1a\nrest").await;
    test.later(Time::MINUTE);
    let page_in_disguise = add("holiday.png", "image/png", b"<script>alert(1)</script>").await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let of = |file| format!("/reports/{}/files/{file}", kim.report);

    let case = test.get(&format!("/cases/{}", test.case_of(kim.report).await), &cookie).await;
    assert!(case.body.contains(&of(picture)), "the case page links it");
    let seen = test.get(&of(picture), &cookie).await;
    assert_eq!(seen.headers["content-type"], "image/png");
    assert!(seen.headers["content-disposition"].to_str().unwrap().starts_with("inline"));
    assert!(seen.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let seen = test.get(&of(page_in_disguise), &cookie).await;
    assert_eq!(seen.headers["content-type"], "application/octet-stream");
    assert!(seen.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(seen.headers["x-content-type-options"], "nosniff");
    let looked = crate::people::looked(&test.desk).await.unwrap();
    assert_eq!(looked.iter().filter(|line| line.what == "opened a file").count(), 2);

    let (_, coach) = test.somebody(Role::Coach).await;
    assert_eq!(test.get(&of(picture), &coach).await.status, 403);
    let other = test.told("lee@example.org", &[], "odd", None).await;
    assert_eq!(test.get(&format!("/reports/{}/files/{picture}", other.report), &cookie).await.status, 404);
    assert!(
        test.get(&format!("/r/{}/files/{picture}", kim.token), "").await.status.is_success(),
        "their own"
    );
    assert_eq!(test.get(&format!("/r/{}/files/{page_in_disguise}", kim.token), "").await.status, 404);
    assert_eq!(test.get(&format!("/r/{}/files/{picture}", other.token), "").await.status, 404);
}

/// The letters around a responder's words, in each language: what is marked in them is ours to mend.
#[tokio::test]
async fn the_words_we_put_around_a_task_and_a_last_word_pass_the_check() {
    let test = TestDesk::new().await;
    let said = [
        (
            Locale::En,
            "Please forward the text message too",
            "They sometimes come in pairs",
            "Thank you for writing.",
        ),
        (
            Locale::De,
            "Leiten Sie bitte auch die SMS weiter",
            "Sie kommen oft zu zweit",
            "Danke für Ihre Nachricht.",
        ),
    ];
    for (locale, ask, why, words) in said {
        let task = Ask {
            report: None,
            for_whom: ForWhom::Reporter,
            ask: ask.into(),
            why: why.into(),
            minutes: Some(5),
            over: None,
        };
        let letters = [
            casework::asking::task_letter(&test.desk, locale, "Robin", &task),
            casework::word_letter(&test.desk, locale, "Robin", words, None),
        ];
        for letter in letters {
            assert!(
                letters::pass(&test.desk.settings, &letter, &["Robin"], None).is_ok(),
                "{letter:?}\n{:?}",
                letter.findings(&test.desk.settings, &["Robin"])
            );
        }
    }
}
