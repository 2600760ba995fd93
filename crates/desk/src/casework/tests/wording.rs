//! What we say is true and kind in the language it is said in, whatever the organisation and its people are called.

use std::sync::Arc;

use super::super::{self as casework, To, Word};
use crate::Locale;
use crate::cases::Outcome;
use crate::ids::{ReportId, Time};
use crate::reports::{self, Told};
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

async fn called(organisation: &str) -> TestDesk {
    let mut test = TestDesk::new().await;
    let mut settings = (*test.desk.settings).clone();
    settings.organisation = organisation.into();
    test.desk.settings = Arc::new(settings);
    test
}

fn word(test: &TestDesk, report: ReportId, body: &str) -> Word {
    let next_by = Some(test.desk.now().plus(Time::HOUR));
    Word { to: To::One(report), body: body.into(), over: None, next_by }
}

async fn read_by(test: &TestDesk, locale: Locale) -> reports::Receipt {
    let mut report = incoming("pat@example.org", &[], "", Some(LURE));
    report.locale = locale;
    let receipt = reports::receive(&test.desk, report).await.expect("taken in");
    test.work().await;
    receipt
}

#[tokio::test]
async fn a_name_in_capitals_or_of_any_words_keeps_nobody_from_their_answer() {
    for organisation in ["ACME", "UNICEF", "ETH Zürich", "AT&T", "Careless Ltd", "Yahoo!", "User Error GmbH"]
    {
        for locale in Locale::ALL {
            let test = called(organisation).await;
            let mut report = incoming("john@example.org", &[], "", Some(LURE));
            report.reporter = Some(("john@example.org".into(), "SMITH John".into()));
            report.locale = locale;
            let receipt = reports::receive(&test.desk, report).await.unwrap();
            test.work().await;
            let letter = test.letters().await.remove(0);
            assert!(
                letter.body.contains("SMITH John") && letter.body.contains(organisation),
                "{}",
                letter.body
            );
            let whole = ["What we see so far", "Was wir bisher sehen"];
            assert!(whole.iter().any(|words| letter.body.contains(words)), "{}", letter.body);

            let (robin, _) = test.somebody(Role::Responder).await;
            let case = test.case_of(receipt.report).await;
            let kind = match locale {
                Locale::En => "Thank you for asking. We are looking at the sender now.",
                Locale::De => "Danke für Ihre Frage. Wir prüfen gerade den Absender.",
            };
            casework::write_word(&test.desk, &robin, case, &word(&test, receipt.report, kind)).await.unwrap();
            casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
            casework::close(&test.desk, &robin, case).await.unwrap();
            test.later(10 * Time::MINUTE);
            test.work().await;
            assert!(test.letters().await.iter().any(|letter| letter.kind == "invitation"), "{organisation}");
        }
    }
}

#[tokio::test]
async fn a_name_excuses_nothing_else() {
    let test = called("Careless Ltd").await;
    let receipt = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let blames = "You were careless. At Careless Ltd we look at the sender now.";
    assert!(
        casework::write_word(&test.desk, &robin, case, &word(&test, receipt.report, blames)).await.is_err()
    );
}

#[tokio::test]
async fn words_are_checked_in_the_language_they_are_written_in() {
    let test = TestDesk::new().await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let blames = "Sie hätten das wissen müssen, das war leichtsinnig und Ihre Schuld.";
    let english = read_by(&test, Locale::En).await;
    let case = test.case_of(english.report).await;
    let sent = casework::write_word(&test.desk, &robin, case, &word(&test, english.report, blames)).await;
    assert!(sent.is_err(), "a letter that blames, in the other language");
    let report = english.report.to_string();
    let marks = test.post("/check/marks", &cookie, &[("text", blames), ("report", &report)]).await;
    assert!(marks.body.contains("<mark"), "{}", marks.body);

    let kind =
        "Hello Pat, thank you for telling us. Please change your password on the page you open yourself.";
    let german = read_by(&test, Locale::De).await;
    casework::write_word(&test.desk, &robin, case, &word(&test, german.report, kind)).await.unwrap();
    let short =
        "Hallo Pat, danke fürs Melden. Bitte ändern Sie Ihr Passwort auf der Seite, die Sie selbst öffnen.";
    casework::write_word(&test.desk, &robin, case, &word(&test, german.report, short)).await.unwrap();
    casework::write_word(&test.desk, &robin, case, &word(&test, english.report, short)).await.unwrap();
    let report = german.report.to_string();
    let marks = test.post("/check/marks", &cookie, &[("text", short), ("report", &report)]).await;
    assert!(!marks.body.contains("<mark"), "{}", marks.body);
}

#[tokio::test]
async fn the_end_says_only_what_is_known() {
    let test = TestDesk::new().await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let kim = test.told("kim@example.org", &[reports::Told::Clicked], "I clicked it", Some(LURE)).await;
    let pat = test.told("pat@example.org", &[], "", Some(LURE)).await;
    let case = test.case_of(kim.report).await;
    let task = casework::Ask {
        report: Some(pat.report),
        for_whom: crate::cases::ForWhom::Reporter,
        ask: "Please forward the text message too".into(),
        why: "They sometimes come in pairs".into(),
        minutes: Some(1),
        over: None,
    };
    casework::ask(&test.desk, &robin, case, &task).await.unwrap();
    let end = async |outcome, words| {
        casework::tell_outcome(&test.desk, &robin, case, outcome, words, None).await.unwrap();
        let mut letters = test.letters().await;
        let mut last = |address: &str| {
            let at =
                letters.iter().position(|letter| letter.to_address == address && letter.kind == "outcome");
            letters.remove(at.expect("they were told")).body
        };
        (last("kim@example.org"), last("pat@example.org"))
    };
    let (to_kim, to_pat) = end(Outcome::Genuine, "").await;
    assert!(
        !to_kim.contains("nothing more") && !to_kim.contains("your side"),
        "nobody knows what Kim did since: {to_kim}"
    );
    assert!(!to_pat.contains("nothing more") && to_pat.contains("still stands on your page"), "{to_pat}");
    test.later(Time::MINUTE);
    let words = "Please still change the password, from a page you open yourself.";
    let (to_kim, to_pat) = end(Outcome::Harmful, words).await;
    for letter in [&to_kim, &to_pat] {
        assert!(letter.contains("That was wrong, and we are sorry"), "{letter}");
        assert!(!letter.contains("nothing more") && !letter.contains("same day"), "{letter}");
        assert!(!letter.contains("warn the others"), "{letter}");
    }
    assert!(to_pat.contains(words) && to_kim.contains("what happened on your side"));
    test.later(Time::MINUTE);
    let (to_kim, _) = end(Outcome::HarmfulStopped, "").await;
    assert!(!to_kim.contains("wrong") && to_kim.contains("We know more now"), "{to_kim}");
    let task = test.letters().await.into_iter().find(|letter| letter.body.contains("They sometimes come"));
    assert!(task.unwrap().body.contains("about a minute"));
}

#[tokio::test]
async fn after_the_end_no_program_speaks_on_the_page_any_more() {
    let test = TestDesk::new().await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let case = test.case_of(kim.report).await;
    let address = format!("/r/{}", kim.token);
    let before = test.get(&address, "").await.body;
    assert!(before.contains("What we see so far") && before.contains("Leave the message where it is"));
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Genuine, "", None).await.unwrap();
    reports::say(&test.desk, kim.report, "Thank you!").await.unwrap();
    let after = test.get(&address, "").await.body;
    let (after, _letters) = after.split_once("data-part=\"letters\"").expect("our letters stand last");
    assert!(!after.contains("What we see so far") && !after.contains("until you hear from us"));
    assert!(after.contains("What a program saw at first"));
    assert!(after.contains("told how it ended: It was genuine"), "a whole sentence in the story");
}

#[tokio::test]
async fn three_questions_are_asked_once_of_one_person_and_a_missed_answer_loses_no_words() {
    let mut test = TestDesk::new().await;
    let sent = Arc::new(std::sync::Mutex::new(Vec::new()));
    let kept = sent.clone();
    test.desk.post = Some(Arc::new(move |letter| {
        kept.lock().unwrap().push(letter);
        Box::pin(async { Ok(()) })
    }));
    let (robin, _) = test.somebody(Role::Responder).await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.told("kim@example.org", &[], "once more", Some(LURE)).await;
    let case = test.case_of(first.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::CouldNotTell, "", None).await.unwrap();
    casework::close(&test.desk, &robin, case).await.unwrap();
    test.later(10 * Time::MINUTE);
    test.work().await;
    let invitations: Vec<String> = sent
        .lock()
        .unwrap()
        .iter()
        .filter(|letter| letter.text.contains("/thanks/"))
        .map(|letter| letter.text.clone())
        .collect();
    assert_eq!(invitations.len(), 1, "one person is asked once");
    assert!(!invitations[0].contains("settled"), "nobody could tell");
    let link = invitations[0].split_whitespace().find(|word| word.contains("/thanks/")).unwrap();
    let path = link.strip_prefix("http://desk.example").unwrap().to_owned();
    let page = test.get(&path, "").await;
    let mark =
        page.body.split("name=\"mark\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    test.later(10_000_000);
    let missed = [("mark", mark), ("respected", "4"), ("know_what_to_do", "5"), ("words", "all was well")];
    let again = test.post(&path, "", &missed).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("all was well") && again.body.contains("Please choose an answer"));
    assert!(again.body.contains("value=\"4\" required checked"), "{}", again.body);
    let whole = [&missed[..], &[("would_report_again", "5")]].concat();
    assert!(test.post(&path, "", &whole).await.body.contains("Your answers help us"));
    let later = test.get(&path, "").await;
    assert!(later.status.is_success() && later.body.contains("answered before"), "{}", later.body);
}

#[tokio::test]
async fn the_inbox_says_who_waits_and_what_happened_to_them() {
    let test = TestDesk::new().await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    test.told("kim@example.org", &[Told::Password, Told::Clicked], "", None).await;
    test.told("noor@example.org", &[Told::Paid], "", None).await;
    let page = test.get("/inbox", &cookie).await.body;
    assert!(page.contains("Typed a password, clicked a link"), "the title says what happened: {page}");
    for shown in
        ["<span class=\"who\">Kim</span>", "typed a password</span>", "paid, or gave card details</span>"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("Something happened"), "{page}");
}

#[tokio::test]
async fn what_one_of_many_did_is_not_put_down_to_all_and_an_overdue_word_is_said_first() {
    let test = TestDesk::new().await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    for (who, told) in [("Kim", &[Told::Password][..]), ("Lee", &[]), ("Noor", &[])] {
        let address = format!("{who}@example.org").to_lowercase();
        let mut report = incoming(&address, told, "", Some(&LURE.replace("kim@example.org", &address)));
        report.reporter = Some((address, who.into()));
        reports::receive(&test.desk, report).await.unwrap();
        test.work().await;
    }
    let page = test.get("/inbox", &cookie).await.body;
    assert!(page.contains("Kim and 2 more") && page.contains("1 of 3 typed a password</span>"), "{page}");
    assert!(!page.contains("overdue in one case"), "{page}");
    test.later(7 * Time::DAY);
    let (_, later) = test.somebody(Role::Lead).await;
    let page = test.get("/inbox", &later).await.body;
    assert!(page.contains("Our word is overdue in one case"), "{page}");
}

#[tokio::test]
async fn a_letter_is_not_told_what_it_lacks_before_there_is_one() {
    let test = TestDesk::new().await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let report = test.told("noor@example.org", &[Told::Password], "", None).await.report.to_string();
    let marks = async |text: &str| {
        test.post("/check/marks", &cookie, &[("text", text), ("report", &report)])
            .await
            .body
            .trim()
            .to_owned()
    };
    for begun in ["", "  ", "Hello Noor,", "Hello Noor,\n\nThe page is blocked."] {
        assert_eq!(marks(begun).await, "", "{begun}");
    }
    let whole = marks("Hello Noor,\n\nThe page is blocked. We reset your password.").await;
    assert!(whole.contains("Nobody thanks the person"), "{whole}");
    assert!(!whole.contains("/r/") && !whole.contains("The responder"), "only the words typed: {whole}");
    assert!(marks("You were careless").await.contains("<mark"), "words that hurt are marked at once");
}

#[tokio::test]
async fn whoever_tells_how_it_ended_sees_who_reads_which_language() {
    let test = TestDesk::new().await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let receipt = test.told("ravi@example.org", &[], "odd", Some(LURE)).await;
    test.later(Time::MINUTE);
    let mut german = incoming("lena@example.org", &[], "komisch", Some(LURE));
    (german.locale, german.reporter) = (Locale::De, Some(("lena@example.org".into(), "Lena".into())));
    reports::receive(&test.desk, german).await.unwrap();
    test.work().await;
    let case = test.case_of(receipt.report).await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("Kim reads English, Lena reads German."), "{}", page.body);
    let token =
        page.body.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let words = "The page behind the link asked for card details, and we blocked it.";
    let form = [
        ("form_token", token.as_str()),
        ("outcome", "harmful-stopped"),
        ("words", words),
        ("verb", "look"),
        ("shown", &page.shown()),
    ];
    let looked = test.post(&format!("/cases/{case}/outcome"), &cookie, &form).await.body;
    assert!(looked.contains("Your words look English. The person you write to reads German."), "{looked}");
    assert_eq!(looked.matches("Your words look").count(), 1, "only beside the German letter: {looked}");
}

#[tokio::test]
async fn how_it_ended_stands_in_the_talk_and_a_message_leads_back_to_its_case() {
    let test = TestDesk::new().await;
    let (who, cookie) = test.somebody(Role::Responder).await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    casework::tell_outcome(&test.desk, &who, case, Outcome::HarmfulStopped, "The page is gone.", None)
        .await
        .unwrap();
    test.work().await;
    let page = test.get(&format!("/cases/{case}"), &cookie).await.body;
    let talk = page.split("plain talk").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(talk.contains("told Kim how it ended") && talk.contains("The page is gone."), "{talk}");
    let message = test.get(&format!("/reports/{}/message", receipt.report), &cookie).await.body;
    assert!(message.contains(&format!("href=\"/cases/{case}?report={}\"", receipt.report)), "{message}");
    assert!(message.contains("<h1>The reported message</h1>"), "their words are not our heading");
}
