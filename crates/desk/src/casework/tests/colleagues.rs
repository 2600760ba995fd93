//! Several people work on one case, each with a page that may be older than what a colleague did: nothing typed is lost,
//! nothing goes out twice, and nothing goes to the wrong person.

use crate::cases;
use crate::casework;
use crate::ids::{CaseId, ReportId, Time};
use crate::reports;
use crate::test::{LURE, Page, TestDesk};
use crate::who::{Role, Who};

const LETTER: &str = "Thank you for telling us so soon. We are looking at the sender now.";

/// Two reporters of one lure; the second one clicked.
async fn two_reporters(test: &TestDesk) -> (CaseId, ReportId, ReportId) {
    let ben = test.told("ben@example.org", &[], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    let clicked = [crate::reports::Told::Clicked];
    let nora = test.told("nora@example.org", &clicked, "oh no", Some(&LURE.replace("kim@", "nora@"))).await;
    test.later(Time::MINUTE);
    (test.case_of(ben.report).await, ben.report, nora.report)
}

/// A form of somebody's page.
async fn press(test: &TestDesk, by: &(Who, String), path: &str, fields: &[(&str, &str)]) -> Page {
    let mut form = vec![("form_token", by.0.form_token.as_str())];
    form.extend(fields);
    test.post(path, &by.1, &form).await
}

async fn write(test: &TestDesk, by: &(Who, String), case: CaseId, report: ReportId, verb: &str) -> Page {
    let report = report.to_string();
    let fields = [("report", report.as_str()), ("body", LETTER), ("next_minutes", "480"), ("verb", verb)];
    press(test, by, &format!("/cases/{case}/write"), &fields).await
}

fn leads_to(page: &Page) -> &str {
    page.headers["location"].to_str().unwrap()
}

#[tokio::test]
async fn words_typed_before_a_new_sign_in_come_back() {
    let test = TestDesk::new().await;
    let (case, ben, _) = two_reporters(&test).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let stale = "the token of the session before";
    let before = test.letters().await.len();
    let form = [
        ("form_token", stale),
        ("report", &ben.to_string()),
        ("body", LETTER),
        ("next_minutes", "480"),
        ("verb", "send"),
    ];
    let page = test.post(&format!("/cases/{case}/write"), &cookie, &form).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains(LETTER) && page.body.contains("Nothing was sent yet"), "{}", page.body);
    assert!(page.body.contains("href=\"/inbox\"") && page.body.contains(&robin.name), "with the way on");
    let page = test
        .post(&format!("/cases/{case}/note"), &cookie, &[("form_token", stale), ("words", "called")])
        .await;
    assert!(page.status == 422 && page.body.contains(">called</textarea>"), "{}", page.body);
    assert_eq!(test.letters().await.len(), before, "nothing was sent");
}

#[tokio::test]
async fn whoever_writes_while_a_colleague_moves_the_report_goes_on_in_its_new_case() {
    let test = TestDesk::new().await;
    let (old, ben, _) = two_reporters(&test).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let sam = test.somebody(Role::Responder).await;
    let new = casework::split(&test.desk, &robin, ben).await.unwrap();
    let before = test.letters().await.len();

    let report = ben.to_string();
    let draft = [("report", report.as_str()), ("body", "half a letter")];
    assert_eq!(press(&test, &sam, &format!("/cases/{old}/draft"), &draft).await.status, 204);
    let page = test.get(&format!("/cases/{new}"), &sam.1).await;
    assert!(page.body.contains("half a letter"), "the draft is where its reader is");

    let page = write(&test, &sam, old, ben, "send").await;
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains(LETTER) && page.body.contains("A colleague moved this report"),
        "{}",
        page.body
    );
    assert!(page.body.contains(&format!("action=\"/cases/{new}/write\"")), "it goes on from there");
    let task = [
        ("report", report.as_str()),
        ("for_whom", "reporter"),
        ("ask", "Forward the message"),
        ("why", "We look at it"),
    ];
    let page = press(&test, &sam, &format!("/cases/{old}/ask"), &task).await;
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("value=\"Forward the message\"")
            && page.body.contains("A colleague moved this report")
    );
    assert_eq!(test.letters().await.len(), before, "nothing was sent");

    assert!(
        leads_to(&write(&test, &sam, old, ben, "keep").await)
            .starts_with(&format!("/cases/{new}?report={ben}"))
    );
    assert!(write(&test, &sam, new, ben, "send").await.status.is_redirection());
    assert_eq!(test.letters().await.len(), before + 1);
}

#[tokio::test]
async fn a_letter_to_all_stays_one_to_all_when_it_comes_back() {
    let test = TestDesk::new().await;
    let (case, ben, _) = two_reporters(&test).await;
    let sam = test.somebody(Role::Responder).await;
    let report = ben.to_string();
    let send = async |verb: &str| {
        let fields = [
            ("report", report.as_str()),
            ("body", "You should have checked the sender before you clicked."),
            ("everyone", "true"),
            ("over", ""),
            ("next_minutes", "480"),
            ("verb", verb),
        ];
        press(&test, &sam, &format!("/cases/{case}/write"), &fields).await.body
    };
    for verb in ["check", "send"] {
        let body = send(verb).await;
        assert!(
            body.contains("BLM03") && body.contains("name=\"everyone\" value=\"true\" checked"),
            "{verb}: {body}"
        );
    }
    // The reason stays too when something else keeps it: nobody knows yet how it ended.
    let fields = [
        ("report", report.as_str()),
        ("body", "You should have checked the sender."),
        ("over", "their own words"),
        ("next_minutes", "0"),
        ("verb", "send"),
    ];
    let body = press(&test, &sam, &format!("/cases/{case}/write"), &fields).await.body;
    assert!(body.contains("name=\"over\" value=\"their own words\""), "{body}");
}

#[tokio::test]
async fn whatever_is_pressed_the_same_reporter_stays_open() {
    let test = TestDesk::new().await;
    let (case, ben, nora) = two_reporters(&test).await;
    let sam = test.somebody(Role::Responder).await;
    let page = test.get(&format!("/cases/{case}"), &sam.1).await;
    assert!(
        page.body.contains(&format!("name=\"report\" value=\"{nora}\"")),
        "who clicked is open by itself"
    );
    let open = format!("/cases/{case}?report={ben}");
    let report = ben.to_string();
    let stays = ("report", report.as_str());
    let done = press(&test, &sam, &format!("/cases/{case}/note"), &[stays, ("words", "called him")]).await;
    assert!(leads_to(&done).starts_with(&open), "{}", leads_to(&done));
    let done = press(&test, &sam, &format!("/cases/{case}/take"), &[stays, ("take", "true")]).await;
    assert!(leads_to(&done).starts_with(&open));
    let task = [stays, ("for_whom", "it"), ("ask", "Block the server")];
    press(&test, &sam, &format!("/cases/{case}/ask"), &task).await;
    let (tasks, promises) = {
        let mut tx = test.desk.db.read().await.unwrap();
        (cases::tasks(&mut tx, case).await.unwrap(), cases::promises_to(&mut tx, nora).await.unwrap())
    };
    let done = press(&test, &sam, &format!("/tasks/{}", tasks[0].id), &[stays, ("done", "true")]).await;
    assert!(leads_to(&done).starts_with(&open));

    let moving = format!("/promises/{}/move", promises[0].id);
    let marked = [stays, ("next_minutes", "480"), ("reason", "You should have checked the sender.")];
    let page = press(&test, &sam, &moving, &marked).await;
    assert!(page.body.contains("BLM03") && page.body.contains(&format!("name=\"report\" value=\"{ben}\"")));
    let kind = [stays, ("next_minutes", "480"), ("reason", "Our provider answers tomorrow.")];
    let done = press(&test, &sam, &moving, &kind).await;
    assert!(leads_to(&done).starts_with(&open));

    let letters = test.letters().await.len();
    let page = press(&test, &sam, &moving, &kind).await;
    assert!(
        page.status == 422 && page.body.contains("This promise was moved or kept before."),
        "{}",
        page.body
    );
    assert_eq!(test.letters().await.len(), letters, "pressed twice, moved once");
}

#[tokio::test]
async fn a_task_asked_twice_is_one_task_and_one_letter() {
    let test = TestDesk::new().await;
    let (case, ben, nora) = two_reporters(&test).await;
    let sam = test.somebody(Role::Responder).await;
    let before = test.letters().await.len();
    let ask = async |report: ReportId, of: &str| {
        let report = report.to_string();
        let task = [
            ("report", report.as_str()),
            ("for_whom", of),
            ("ask", "Forward the message"),
            ("why", "We look at it"),
        ];
        press(&test, &sam, &format!("/cases/{case}/ask"), &task).await
    };
    assert!(ask(ben, "reporter").await.status.is_redirection());
    let again = ask(ben, "reporter").await;
    assert!(again.status == 422 && again.body.contains("asked a few minutes ago"), "{}", again.body);
    assert!(ask(nora, "reporter").await.status.is_redirection(), "somebody else can be asked the same");
    assert!(ask(ben, "it").await.status.is_redirection());
    assert_eq!(ask(ben, "it").await.status, 422);
    test.later(11 * Time::MINUTE);
    assert!(ask(ben, "reporter").await.status.is_redirection(), "later it is a reminder");
    assert_eq!(test.letters().await.len(), before + 3);
}

#[tokio::test]
async fn a_case_is_taken_over_only_by_somebody_who_sees_whose_it_is() {
    let test = TestDesk::new().await;
    let (case, ..) = two_reporters(&test).await;
    let robin = test.somebody(Role::Responder).await;
    let sam = test.somebody(Role::Lead).await;
    let take = format!("/cases/{case}/take");
    let page = format!("/cases/{case}");
    assert!(press(&test, &robin, &take, &[("take", "true")]).await.status.is_redirection());
    let stale = press(&test, &sam, &take, &[("take", "true")]).await;
    assert!(stale.status == 422 && stale.body.contains("The responder has this case."), "{}", stale.body);
    assert!(stale.body.contains("Take it over from The responder"), "and it is asked");
    assert!(test.get(&page, &robin.1).await.body.contains("Give back"), "Robin still has it");
    assert!(!test.get(&page, &sam.1).await.body.contains("Give back"));

    let from = robin.0.person.to_string();
    assert!(press(&test, &sam, &take, &[("take", "true"), ("from", &from)]).await.status.is_redirection());
    assert!(
        test.get(&page, &robin.1).await.body.contains("Taken over from The responder."),
        "and it is said"
    );
    let back = press(&test, &robin, &take, &[("take", "false")]).await;
    assert!(back.status == 422 && back.body.contains("The lead has this case."), "{}", back.body);
    assert!(press(&test, &sam, &take, &[("take", "false")]).await.status.is_redirection());
    assert!(test.get(&page, &robin.1).await.body.contains("I take this"));
}

#[tokio::test]
async fn the_page_says_what_language_somebody_reads_and_when_our_words_are_in_another() {
    let test = TestDesk::new().await;
    let mut german = crate::test::incoming("uwe@example.org", &[], "", Some(LURE));
    german.locale = crate::Locale::De;
    let uwe = crate::reports::receive(&test.desk, german).await.unwrap();
    test.work().await;
    let case = test.case_of(uwe.report).await;
    let sam = test.somebody(Role::Responder).await;
    assert!(test.get(&format!("/cases/{case}"), &sam.1).await.body.contains("reads German"));
    let hint = "Your words look English. The person you write to reads German.";
    assert!(write(&test, &sam, case, uwe.report, "check").await.body.contains(hint));
    let report = uwe.report.to_string();
    let marks = async |text: &str| {
        test.post("/check/marks", &sam.1, &[("text", text), ("report", &report)]).await.body
    };
    assert!(marks(LETTER).await.contains(hint), "while it is typed");
    assert!(
        !marks("Danke, dass Sie es uns gleich gesagt haben. Wir sehen uns den Absender an.")
            .await
            .contains("look")
    );
}

#[tokio::test]
async fn a_letter_from_an_open_page_does_not_answer_what_came_after_it() {
    let test = TestDesk::new().await;
    let receipt = test.told("lia@example.org", &[], "odd", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, sam) = (test.somebody(Role::Responder).await, test.somebody(Role::Responder).await);
    let shown = async |by: &(Who, String)| {
        let page = casework::case_page(&test.desk, &by.0, case, None).await.unwrap();
        page.shown.to_string()
    };
    let report = receipt.report.to_string();
    let send = async |by: &(Who, String), shown: &str| {
        let fields = [
            ("report", report.as_str()),
            ("body", LETTER),
            ("next_minutes", "480"),
            ("verb", "send"),
            ("shown", shown),
        ];
        press(&test, by, &format!("/cases/{case}/write"), &fields).await
    };
    let (of_robin, of_sam) = (shown(&robin).await, shown(&sam).await);
    test.later(Time::MINUTE);
    reports::say(&test.desk, receipt.report, "I typed my password and paid, please help!").await.unwrap();
    test.later(Time::MINUTE);
    let held = send(&robin, &of_robin).await;
    assert!(
        held.body.contains("Please read it first") && held.body.contains(LETTER.lines().next().unwrap()),
        "{}",
        held.body
    );

    assert!(send(&robin, &shown(&robin).await).await.status.is_redirection());
    test.later(Time::MINUTE);
    let second = send(&sam, &of_sam).await;
    assert!(second.body.contains("Please read it first"), "Robin has just written: {}", second.body);
}
