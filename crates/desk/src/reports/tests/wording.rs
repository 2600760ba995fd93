//! The desk hears what people say, answers that, and in their language.

use super::super::{Kind, Told, page_of, say};
use super::{by_mail, desk, forwarded, reply};
use crate::Locale;
use crate::cases::Outcome;
use crate::casework::{self, To, Word};
use crate::ids::Time;
use crate::test::{LURE, MONDAY, TestDesk, incoming};
use crate::who::Role;

fn letter(subject: &str, words: &str) -> String {
    format!("From: Kim <kim@example.org>\nTo: security@example.org\nSubject: {subject}\n\n{words}\n")
}

#[tokio::test]
async fn a_mail_about_a_lost_device_gets_the_help_for_one() {
    for (subject, words) in [
        ("Laptop", "Hello, my laptop was stolen from my car this morning. What should I do?"),
        (
            "Handy weg",
            "Guten Tag, ich habe gestern mein Diensthandy im Zug liegen gelassen. Was soll ich tun?",
        ),
    ] {
        let test = desk().await;
        let report = by_mail(&test, &letter(subject, words)).await;
        let page = page_of(&test.desk, report).await.unwrap();
        assert_eq!(page.report.kind, Kind::Device.as_str());
        assert!(page.report.exposed, "it is looked at first");
        assert_eq!(page.promises[0].by_at, MONDAY.plus(60 * Time::MINUTE));
        let first = test.letters().await.remove(0);
        let helps = ["If you signed in to anything on it", "Falls Sie darauf irgendwo angemeldet waren"];
        assert!(helps.iter().any(|words| first.body.contains(words)), "{}", first.body);
        assert!(!first.body.contains("We lock") && !first.body.contains("sperren wir"), "{}", first.body);
    }
}

#[tokio::test]
async fn a_mail_that_brings_no_message_gets_no_steps_for_one() {
    let test = desk().await;
    let words = "Hello, the new rule for visitors stops us from letting the caterer in. Can you help?";
    by_mail(&test, &letter("Visitors", words)).await;
    let first = test.letters().await.remove(0);
    assert_eq!(first.subject, "Thank you for telling us: we have your report");
    assert!(
        !first.body.contains("Leave the message") && !first.body.contains("What helps now"),
        "{}",
        first.body
    );
}

#[tokio::test]
async fn what_somebody_says_about_themselves_is_in_no_subject() {
    let test = desk().await;
    let report =
        by_mail(&test, &letter("I typed my password", "Hello, I typed my password on a strange page.")).await;
    let case = test.case_of(report).await;
    test.later(Time::MINUTE);
    let (robin, _) = test.somebody(Role::Responder).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Settled, "", None).await.unwrap();
    assert_eq!(test.letters().await.remove(0).subject, "How it ended: your report of 23 November");
    test.later(Time::MINUTE);
    let message = test.told("lee@example.org", &[], "", Some(LURE)).await;
    let case = test.case_of(message.report).await;
    test.later(Time::MINUTE);
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    assert_eq!(test.letters().await.remove(0).subject, "How it ended: Your mailbox will be closed today");
}

#[tokio::test]
async fn people_are_answered_in_the_language_they_write_choose_or_ask_for() {
    let mut test = desk().await;
    let mut settings = (*test.desk.settings).clone();
    settings.locale = Locale::De;
    test.desk.settings = std::sync::Arc::new(settings);
    let english =
        by_mail(&test, &letter("A question", "Hello, I have a question about a strange call that I got."))
            .await;
    assert!(test.letters().await[0].body.starts_with("Hello"), "a German desk hears English");
    reply(&test, english, "Subject: Re: hm\n\nIch lese lieber Deutsch").await;
    assert_eq!(page_of(&test.desk, english).await.unwrap().report.locale, "de");

    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let chosen = test.post(&format!("/r/{}/language/de", kim.token), "", &[]).await;
    assert_eq!(chosen.headers["location"], format!("/r/{}", kim.token));
    let page = test.get(&format!("/r/{}", kim.token), "").await;
    assert!(page.body.contains("Ihre Meldung") && page.body.contains("Sicherheitsteam bei Harbour Works"));
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    test.later(Time::MINUTE);
    let next_by = Some(test.desk.now().plus(Time::HOUR));
    let word = Word {
        to: To::One(kim.report),
        body: "Danke für Ihre Frage. Wir prüfen das.".into(),
        over: None,
        next_by,
    };
    casework::write_word(&test.desk, &robin, case, &word).await.unwrap();
    let letter = test.letters().await.remove(0);
    assert_eq!(letter.locale, "de");
    assert_eq!(
        crate::letters::outgoing(&test.desk, &letter, 0).from_name,
        "Sicherheitsteam bei Harbour Works"
    );
}

#[tokio::test]
async fn who_tells_of_more_by_mail_gets_the_steps_for_it_once() {
    let test = desk().await;
    let report = by_mail(&test, &forwarded()).await;
    let steps = async || {
        let letters = test.letters().await;
        letters
            .into_iter()
            .filter(|letter| letter.kind == "steps")
            .map(|letter| letter.body)
            .collect::<Vec<_>>()
    };
    reply(&test, report, "Subject: Re: x\n\nI also paid, 300 euros, and I typed my password.").await;
    let first = steps().await;
    assert_eq!(first.len(), 1);
    assert!(first[0].contains("Call your bank") && first[0].contains("Change the password"), "{}", first[0]);
    assert!(first[0].contains("block the card") && first[0].contains("gift cards"), "{}", first[0]);
    reply(&test, report, "Subject: Re: x\n\nAs I said: I paid 300 euros.").await;
    assert_eq!(steps().await.len(), 1, "once for each new fact");
}

#[tokio::test]
async fn the_story_of_a_report_reads_as_it_happened() {
    let test = desk().await;
    let report = by_mail(&test, &forwarded()).await;
    test.later(Time::MINUTE);
    reply(&test, report, "Subject: Re: I paid 300 euros as well\n\n").await;
    let page = page_of(&test.desk, report).await.unwrap();
    let kinds: Vec<&str> = page.timeline.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["said", "promise-moved"], "the words stand above what they caused");
    assert_eq!(page.timeline[kinds.len() - 2].body, "I paid 300 euros as well");
    super::super::correct(&test.desk, report, &[].into()).await.unwrap();
    let token = test.desk.keys.page_token(report, 0);
    assert!(test.get(&format!("/r/{token}"), "").await.body.contains("said that none of it happened"));
    let form = test.post("/report/message", "", &[("words", "odd")]).await;
    assert_eq!(form.status, 422);
    assert!(form.body.contains("Part of the form did not arrive"), "{}", form.body);
}

#[tokio::test]
async fn words_in_the_other_language_on_the_page_change_the_language_of_our_letters() {
    let test = TestDesk::new().await;
    let mut report = incoming("kim@example.org", &[Told::Clicked], "", Some(LURE));
    report.locale = Locale::De;
    let receipt = super::super::receive(&test.desk, report).await.unwrap();
    test.work().await;
    say(&test.desk, receipt.report, "I do not read German, could you please write in English?")
        .await
        .unwrap();
    assert_eq!(page_of(&test.desk, receipt.report).await.unwrap().report.locale, "en");
}
