//! Stories of people who need us soon, whatever they can name of what happened.

use super::{desk, doors::form, mail, page_of, receive, receive_mail, reply};
use crate::reports::{Kind, Told};
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;
use crate::{Locale, Time};

/// Sends a mail to the desk, and gives the newest report's page and letter.
async fn mailed(test: &TestDesk, words: &str) -> (crate::reports::ReporterPage, String) {
    let text = format!("From: Kim <kim@example.org>\nTo: security@example.org\nSubject: hello\n\n{words}\n");
    let mut mailed = mail("security@example.org", &text);
    mailed.vouched_address = Some("kim@example.org".into());
    mailed.answerable = true;
    receive_mail(&test.desk, mailed).await.expect("the mail is taken");
    test.work().await;
    let letter = test.letters().await.remove(0);
    (page_of(&test.desk, letter.report_id.expect("about a report")).await.unwrap(), letter.body)
}

#[tokio::test]
async fn who_says_that_something_happened_and_cannot_say_what_is_helped_within_the_hour() {
    let test = desk().await;
    let words = "I think I did something stupid with that invoice mail… I am so scared";
    let mut report = incoming("kim@example.org", &[], words, None);
    report.kind = Kind::Happened;
    let receipt = receive(&test.desk, report).await.unwrap();
    test.work().await;
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert!(page.report.exposed);
    assert_eq!(page.promises[0].by_at, test.desk.now().plus(Time::HOUR));
    let letter = test.letters().await.remove(0);
    assert!(letter.body.contains("You did the one thing that helps most"), "{}", letter.body);
    assert!(letter.body.contains("If you typed a password, change it"), "{}", letter.body);
    let (_, cookie) = test.somebody(Role::Responder).await;
    assert!(test.get("/inbox", &cookie).await.body.contains("Somebody needs help now"));
    let own = test.get(&format!("/r/{}", receipt.token), "").await;
    assert!(own.body.contains("Tell us below what you remember"), "the page helps too");

    let (page, letter) = mailed(&test, words).await;
    assert!(page.report.exposed && page.report.kind == "happened", "by mail as well");
    assert!(letter.contains("If you typed a password, change it"), "{letter}");
}

#[tokio::test]
async fn gift_cards_approved_sign_ins_and_shared_screens_are_heard_in_a_mail() {
    let test = desk().await;
    for (words, told, help) in [
        ("My boss wanted gift cards. I bought five of them and sent the codes.", "paid", "block the codes"),
        ("My phone kept asking, and I pressed approve to make it stop.", "approved", "may know it"),
        ("I let him take over my computer with TeamViewer.", "remote", "that ends their access"),
    ] {
        test.later(Time::MINUTE);
        let (page, letter) = mailed(&test, words).await;
        assert_eq!(page.report.told, told, "{words}");
        assert_eq!(page.promises[0].by_at, test.desk.now().plus(Time::HOUR), "{words}");
        assert!(letter.contains(help), "{letter}");
    }
}

#[tokio::test]
async fn a_form_asks_for_an_approved_sign_in_and_for_somebody_on_the_computer() {
    let test = desk().await;
    for kind in ["happened", "message"] {
        let page = test.get(&format!("/report/{kind}"), "").await;
        assert!(page.body.contains("value=\"approved\"") && page.body.contains("value=\"remote\""));
    }
    let page = form(&test, "happened", &[("told", None, b"remote"), ("told", None, b"approved")]).await;
    assert!(page.status.is_redirection());
    test.work().await;
    let own = page.headers["location"].to_str().unwrap().to_owned();
    let page = test.get(&own, "").await;
    assert!(page.body.contains("that ends their access") && page.body.contains("further request"));
}

#[tokio::test]
async fn a_reply_that_only_says_that_something_went_wrong_moves_the_promise_forward() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "is this real?", Some(LURE)).await;
    reply(&test, receipt.report, "Subject: Re: odd\n\nOh no. I fell for it.").await;
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert!(page.report.exposed);
    assert!(page.promises.iter().any(|promise| promise.by_at == test.desk.now().plus(Time::HOUR)));
    super::correct(&test.desk, receipt.report, &[Told::Looked].into()).await.unwrap();
    assert!(!page_of(&test.desk, receipt.report).await.unwrap().report.exposed, "they know better");
    super::say(&test.desk, receipt.report, "so all is well").await.unwrap();
    assert!(!page_of(&test.desk, receipt.report).await.unwrap().report.exposed, "and it stays so");
}

#[tokio::test]
async fn who_loses_a_badge_while_the_desk_is_closed_reads_only_what_is_true() {
    let mut test = desk().await;
    let mut settings = (*test.desk.settings).clone();
    settings.hours.days = vec![jiff::civil::Weekday::Sunday];
    test.desk.settings = std::sync::Arc::new(settings);
    for (locale, words, gone) in [
        (Locale::En, "I lost my badge on the way home", ["we start now", "those passwords"]),
        (Locale::De, "Ich habe meinen Dienstausweis verloren", ["fangen jetzt an", "diese Passwörter"]),
    ] {
        test.later(Time::MINUTE);
        let mut report = incoming("kim@example.org", &[], words, None);
        (report.kind, report.locale) = (Kind::Device, locale);
        receive(&test.desk, report).await.unwrap();
        test.work().await;
        let letter = test.letters().await.remove(0).body;
        assert!(gone.iter().all(|words| !letter.contains(words)), "{letter}");
        assert!(letter.contains("4444"), "and how to reach somebody: {letter}");
    }
}

#[tokio::test]
async fn what_happened_to_a_colleague_hurries_us_and_is_not_put_into_the_mouth_of_who_tells_it() {
    let test = desk().await;
    let words = "My colleague Tom clicked the link and typed his password, not me.";
    let (page, letter) = mailed(&test, words).await;
    assert!(page.report.exposed, "somebody needs help now");
    assert_eq!(page.report.told, "");
    assert!(!letter.contains("your own words say"), "{letter}");
    let (_, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(page.report.id).await;
    let shown = test.get(&format!("/cases/{case}"), &cookie).await.body;
    assert!(shown.contains("somebody else may have clicked"), "{shown}");
    assert!(!shown.contains("I typed a password"), "nobody said that");
}

#[tokio::test]
async fn a_phone_lost_at_the_end_of_the_day_is_not_said_to_be_in_somebodys_hands() {
    let test = desk().await;
    test.later(6 * Time::HOUR + 55 * Time::MINUTE);
    for (locale, now, soon) in [
        (Locale::En, ["we start now", "we are looking after"], "closes soon"),
        (Locale::De, ["fangen jetzt an", "Wir kümmern uns"], "nur noch kurz besetzt"),
    ] {
        let mut report = incoming("mia@example.org", &[], "I left my phone in the tram", None);
        (report.kind, report.locale) = (Kind::Device, locale);
        receive(&test.desk, report).await.unwrap();
        test.work().await;
        let letter = test.letters().await.remove(0);
        let all = format!("{}\n{}", letter.subject, letter.body);
        assert!(now.iter().all(|words| !all.contains(words)), "{all}");
        assert!(all.contains(soon) && all.contains("4444"), "and how to reach somebody: {all}");
        test.later(Time::MINUTE);
    }
}
