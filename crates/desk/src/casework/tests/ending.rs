//! Stories of what people read about the end: nobody is answered unread, nobody is told to do nothing who may have to
//! act, one person gets one letter, and the words fit what they told us about.

use std::sync::Arc;

use crate::cases::{self, Outcome};
use crate::casework::{self, Closed, Reach, To, Word};
use crate::ids::{CaseId, Time};
use crate::letters::{Letter, NotSent};
use crate::reports::{self, Door, Incoming, Kind, Told, Vouch};
use crate::test::{LURE, Page, TestDesk, incoming};
use crate::who::{Role, Who};
use crate::{Locale, erasure};

/// The outcome form of a case, as a browser sends it.
async fn press(
    test: &TestDesk,
    (robin, cookie): &(Who, String),
    case: CaseId,
    fields: &[(&str, &str)],
) -> Page {
    let token = ("form_token", robin.form_token.as_str());
    let form: Vec<(&str, &str)> = std::iter::once(token).chain(fields.iter().copied()).collect();
    test.post(&format!("/cases/{case}/outcome"), cookie, &form).await
}

async fn outcomes_to(test: &TestDesk, address: &str) -> Vec<Letter> {
    let letters = test.letters().await.into_iter();
    letters.filter(|letter| letter.to_address == address && letter.kind == "outcome").collect()
}

async fn case_of(test: &TestDesk, case: CaseId) -> cases::Case {
    let mut tx = test.desk.db.read().await.unwrap();
    cases::find(&mut tx, case).await.unwrap()
}

fn for_(address: &str) -> String {
    LURE.replace("kim@", &address.replace("example.org", ""))
}

const EXPOSED: &[Told] = &[Told::Password, Told::Paid];

#[tokio::test]
async fn nobody_hears_the_end_whom_the_page_did_not_show() {
    let test = TestDesk::new().await;
    test.told("uma@example.org", &[], "", Some(&for_("uma@example.org"))).await;
    let lee = test.told("lee@example.org", &[], "", Some(&for_("lee@example.org"))).await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(lee.report).await;
    let look = [("outcome", "harmful-stopped"), ("verb", "look")];
    let shown = press(&test, &robin, case, &look).await.shown();

    test.later(Time::MINUTE);
    let ria = test.told("ria@example.org", EXPOSED, "I am so scared", Some(&for_("ria@example.org"))).await;
    reports::say(&test.desk, lee.report, "I typed my password after all").await.unwrap();
    let tell = |shown| [("outcome", "harmful-stopped"), ("verb", "tell"), ("shown", shown)];
    let page = press(&test, &robin, case, &tell(&shown)).await;
    assert!(
        page.body.contains("One person was told.") && page.body.contains("Please read it first."),
        "{}",
        page.body
    );
    for unread in [&ria, &lee] {
        assert!(
            page.body.contains(&format!("/cases/{case}?report={}", unread.report)),
            "the new ones are named"
        );
    }
    assert_eq!(outcomes_to(&test, "uma@example.org").await.len(), 1);
    for address in ["ria@example.org", "lee@example.org"] {
        assert!(outcomes_to(&test, address).await.is_empty(), "{address}");
    }
    let hers = reports::page_of(&test.desk, ria.report).await.unwrap();
    assert!(hers.promises.iter().any(cases::Promise::is_open) && hers.report.answered_at.is_none());
    assert!(casework::close(&test.desk, &robin.0, case).await.is_err());

    let page = press(&test, &robin, case, &tell(&page.shown())).await;
    assert!(page.status.is_redirection(), "this page showed them");
    assert_eq!(outcomes_to(&test, "ria@example.org").await.len(), 1);
    assert_eq!(outcomes_to(&test, "uma@example.org").await.len(), 1, "and nobody hears it twice");
}

#[tokio::test]
async fn looking_at_the_letters_first_shows_nobody_whom_the_case_page_did_not() {
    let test = TestDesk::new().await;
    let uma = test.told("uma@example.org", &[], "", Some(&for_("uma@example.org"))).await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(uma.report).await;
    let shown = test.get(&format!("/cases/{case}"), &robin.1).await.shown();
    test.later(Time::MINUTE);
    let ria = test.told("ria@example.org", EXPOSED, "help", Some(&for_("ria@example.org"))).await;
    let pressed = |verb, shown| [("outcome", "harmful-stopped"), ("verb", verb), ("shown", shown)];
    let page = press(&test, &robin, case, &pressed("look", &shown)).await;
    assert_eq!(page.shown(), shown, "the page of letters carries on what was shown");
    let named = format!("Nothing goes to <a href=\"/cases/{case}?report={}\"", ria.report);
    assert!(page.body.contains(&named) && page.body.contains("Tell them how it ended"), "{}", page.body);
    let page = press(&test, &robin, case, &pressed("tell", &page.shown())).await;
    assert!(page.body.contains("One person was told. Nothing went to"), "{}", page.body);
    assert!(outcomes_to(&test, "ria@example.org").await.is_empty());
}

#[tokio::test]
async fn only_people_who_are_reached_count_as_told() {
    let test = TestDesk::new().await;
    let report = Incoming { door: Door::Mail, reporter: None, ..incoming("", &[], "", Some(LURE)) };
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let told = casework::tell_outcome(&test.desk, &robin.0, case, Outcome::Harmful, "", None).await.unwrap();
    assert_eq!(told, 0);
    let shown = test.get(&format!("/cases/{case}"), &robin.1).await.shown();
    let tell = [("outcome", "genuine"), ("verb", "tell"), ("shown", &shown)];
    let page = press(&test, &robin, case, &tell).await;
    assert!(page.headers["location"].to_str().unwrap().ends_with("said=outcome-unreached"));
}

#[tokio::test]
async fn who_came_by_a_merge_after_the_page_was_shown_hears_nothing_from_it() {
    let test = TestDesk::new().await;
    let amy = test.told("amy@example.org", &[], "", Some(&for_("amy@example.org"))).await;
    let ben = test.told("ben@example.org", &[Told::Clicked], "I clicked on another one", None).await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(amy.report).await;
    let shown = press(&test, &robin, case, &[("outcome", "genuine"), ("verb", "look")]).await.shown();
    let bens = test.case_of(ben.report).await;
    casework::merge(&test.desk, &robin.0, bens, case_of(&test, case).await.number).await.unwrap();
    let tell = [
        ("outcome", "genuine"),
        ("words", "It is the parcel you ordered."),
        ("verb", "tell"),
        ("shown", &shown),
    ];
    press(&test, &robin, case, &tell).await;
    assert_eq!(outcomes_to(&test, "amy@example.org").await.len(), 1);
    assert!(outcomes_to(&test, "ben@example.org").await.is_empty());
}

#[tokio::test]
async fn a_letter_to_everybody_goes_to_those_whom_its_page_showed() {
    let test = TestDesk::new().await;
    let uma = test.told("uma@example.org", &[], "", Some(&for_("uma@example.org"))).await;
    test.told("lee@example.org", &[], "", Some(&for_("lee@example.org"))).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(uma.report).await;
    let shown = test.get(&format!("/cases/{case}"), &cookie).await.shown();
    test.later(Time::MINUTE);
    let ria = test.told("ria@example.org", EXPOSED, "help", Some(&for_("ria@example.org"))).await;
    let report = uma.report.to_string();
    let form = [
        ("form_token", robin.form_token.as_str()),
        ("report", &report),
        ("everyone", "true"),
        ("shown", &shown),
        ("body", "Hello,\n\nthank you for telling us. We are looking at the sender now."),
        ("next_minutes", "480"),
        ("verb", "send"),
    ];
    let page = test.post(&format!("/cases/{case}/write"), &cookie, &form).await;
    assert!(page.body.contains("Sent to 2 people. Nothing went to"), "{}", page.body);
    assert!(
        page.body.contains(&format!(
            "name=\"report\" value=\"{}\"><input type=\"hidden\" name=\"shown\"",
            ria.report
        )) && !page.body.contains("name=\"everyone\" value=\"true\" checked"),
        "the one who is left is open: {}",
        page.body
    );
    let letters = test.letters().await;
    let words = letters.iter().filter(|letter| letter.kind == "word");
    assert!(words.clone().count() == 2 && words.clone().all(|letter| letter.to_address != "ria@example.org"));
    let page = casework::case_page(&test.desk, &robin, case, None).await.unwrap();
    assert!(matches!(To::Everyone(page.shown), To::Everyone(shown) if shown != casework::Shown::default()));
}

#[tokio::test]
async fn a_letter_to_everybody_is_one_for_each_person_and_waits_for_all_that_they_told_us() {
    let test = TestDesk::new().await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.told("lee@example.org", &[], "", Some(&for_("lee@example.org"))).await;
    test.later(Time::MINUTE);
    let second = test.told("kim@example.org", &[Told::Password], "I typed it in", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(first.report).await;
    let shown = || async { casework::case_page(&test.desk, &robin, case, None).await.unwrap().shown };
    let write = async |shown, body: &str, next_by| {
        let word = Word { to: To::Everyone(shown), body: body.into(), over: None, next_by };
        casework::write_word(&test.desk, &robin, case, &word).await
    };
    let by = Some(test.desk.now().plus(Time::DAY));
    let sent =
        write(shown().await, "Hello,\n\nthank you for telling us. We are looking at the sender now.", by)
            .await
            .unwrap();
    assert!(sent.people == 2 && sent.unread.is_empty() && !sent.unreached, "{sent:?}");
    let words = test.letters().await.into_iter().filter(|letter| letter.kind == "word");
    let words: Vec<_> = words.map(|letter| (letter.to_address, letter.report_id)).collect();
    assert_eq!(words.iter().filter(|(to, _)| to == "kim@example.org").count(), 1);
    assert!(
        words.contains(&("kim@example.org".into(), Some(second.report))),
        "about the one that matters more"
    );

    let before = shown().await;
    test.later(Time::MINUTE);
    reports::say(&test.desk, first.report, "one more thing").await.unwrap();
    let sent =
        write(before, "Hello,\n\nthank you for telling us. The sender is blocked now.", by).await.unwrap();
    assert_eq!((sent.people, sent.unread.len()), (1, 1), "Kim is read first");
}

#[tokio::test]
async fn the_last_word_to_everybody_does_not_wait_for_whom_nothing_reaches() {
    let test = TestDesk::new().await;
    let uma = test.told("uma@example.org", &[], "", Some(&for_("uma@example.org"))).await;
    test.told("zoe@example.org", &[], "", Some(&for_("zoe@example.org"))).await;
    let silent = Incoming { door: Door::Mail, reporter: None, ..incoming("", &[], "", Some(LURE)) };
    reports::receive(&test.desk, silent).await.unwrap();
    test.work().await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(uma.report).await;
    erasure::erase(&test.desk, "zoe@example.org", crate::erasure::Account::Stays).await.unwrap();
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    let report = uma.report.to_string();
    let form = [
        ("form_token", robin.form_token.as_str()),
        ("report", &report),
        ("everyone", "true"),
        ("shown", &test.get(&format!("/cases/{case}"), &cookie).await.shown()),
        ("body", "Hello,\n\nthank you once more. The sender is blocked."),
        ("next_minutes", "0"),
        ("verb", "send"),
    ];
    let page = test.post(&format!("/cases/{case}/write"), &cookie, &form).await;
    let leads_to = page.headers.get("location").map(|to| to.to_str().unwrap().to_owned());
    assert!(leads_to.is_some_and(|to| to.ends_with("said=sent-unreached")), "{}", page.body);
    let letters = test.letters().await;
    assert_eq!(letters.iter().filter(|letter| letter.kind == "word").count(), 1);
}

#[tokio::test]
async fn who_may_have_to_act_is_never_told_to_do_nothing() {
    for (locale, nothing, password, acted) in [
        (Locale::En, "nothing", "Change the password", "If you have acted on it"),
        (Locale::De, "nichts weiter", "Ändern Sie das Passwort", "Falls Sie geklickt"),
    ] {
        let test = TestDesk::new().await;
        let (robin, cookie) = test.somebody(Role::Responder).await;
        let told = async |address: &str, told: &[Told]| {
            let mut report = incoming(address, told, "", Some(&for_(address)));
            report.locale = locale;
            let receipt = reports::receive(&test.desk, report).await.unwrap();
            test.work().await;
            receipt
        };
        let lee = told("lee@example.org", &[Told::Password]).await;
        told("uma@example.org", &[]).await;
        let case = test.case_of(lee.report).await;
        casework::tell_outcome(&test.desk, &robin, case, Outcome::Genuine, "", None).await.unwrap();
        test.later(Time::MINUTE);
        casework::tell_outcome(&test.desk, &robin, case, Outcome::HarmfulStopped, "", None).await.unwrap();
        let to_lee = outcomes_to(&test, "lee@example.org").await.remove(0).body;
        assert!(!to_lee.contains(nothing) && to_lee.contains(password), "{to_lee}");
        let to_uma = outcomes_to(&test, "uma@example.org").await.remove(0).body;
        assert!(!to_uma.contains(nothing) && to_uma.contains(acted), "{to_uma}");
        assert!(!to_uma.contains(password), "Uma only looked: {to_uma}");

        test.later(Time::MINUTE);
        let form = [("form_token", robin.form_token.as_str())];
        test.post(&format!("/reports/{}/link", lee.report), &cookie, &form).await;
        let link = test.letters().await.remove(0).body;
        assert!(!link.contains("nothing else") && !link.contains("Mehr müssen Sie nicht"), "{link}");
    }
}

#[tokio::test]
async fn who_reads_only_on_their_page_finds_there_what_still_helps() {
    let test = TestDesk::new().await;
    let report = Incoming { reporter: None, ..incoming("", &[Told::Password], "I typed it", Some(LURE)) };
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let words = "The page is blocked.";
    casework::tell_outcome(&test.desk, &robin, case, Outcome::HarmfulStopped, words, None).await.unwrap();
    let page = test.get(&format!("/r/{}", receipt.token), "").await.body;
    assert!(
        page.contains(words) && page.contains("- Change the password from a page you open yourself"),
        "{page}"
    );
    assert_eq!(
        case_of(&test, case).await.outcome_words.as_deref(),
        Some(words),
        "the case keeps only our words"
    );
}

/// A report by mail: its reporter has no link but the one in our letters.
async fn by_mail(test: &TestDesk, address: &str) -> reports::Receipt {
    let report = Incoming { door: Door::Mail, ..incoming(address, &[], "", Some(&for_(address))) };
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    receipt
}

fn relay(test: &mut TestDesk, answer: Result<(), NotSent>) {
    test.desk.post = Some(Arc::new(move |_| Box::pin(async move { answer })));
}

#[tokio::test]
async fn whose_letters_come_back_is_unreached_and_everywhere_said_to_be() {
    let mut test = TestDesk::new().await;
    relay(&mut test, Err(NotSent::Refused(550)));
    let zoe = by_mail(&test, "zoe@example.org").await;
    test.work().await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(zoe.report).await;
    let page = test.get(&format!("/cases/{case}"), &robin.1).await.body;
    assert!(page.contains("Our letters to Kim come back, and they have no link"), "{page}");
    assert!(test.get("/inbox", &robin.1).await.body.contains("A letter came back"));

    test.later(Time::MINUTE);
    let shown = press(&test, &robin, case, &[("outcome", "harmful"), ("verb", "look")]).await;
    assert!(shown.body.contains("Our letters to Kim come back."));
    let tell = [("outcome", "harmful"), ("verb", "tell"), ("shown", &shown.shown())];
    let told = press(&test, &robin, case, &tell).await;
    assert!(told.headers["location"].to_str().unwrap().ends_with("said=outcome-told-unreached"));
    test.work().await;
    let inbox = test.get("/inbox", &robin.1).await.body;
    assert!(inbox.contains("not everybody is reached") && !inbox.contains("Everybody has an answer"));
    assert_eq!(casework::close(&test.desk, &robin.0, case).await.unwrap(), Closed::SomebodyUnreached);
    test.later(10 * Time::MINUTE);
    test.work().await;
    let mut tx = test.desk.db.read().await.unwrap();
    assert_eq!(crate::surveys::satisfaction(&mut tx).await.unwrap().invited, 0, "nobody was asked");
    drop(tx);

    relay(&mut test, Ok(()));
    let outcome = outcomes_to(&test, "zoe@example.org").await.remove(0);
    crate::letters::send_again(&test.desk, &robin.0, outcome.id).await.unwrap();
    test.work().await;
    let page = test.get(&format!("/cases/{case}"), &robin.1).await.body;
    assert!(!page.contains("come back"), "that one arrived");
}

#[tokio::test]
async fn a_letter_that_was_given_up_counts_like_one_that_came_back_and_a_page_still_reaches_its_reader() {
    let mut test = TestDesk::new().await;
    relay(&mut test, Err(NotSent::Later(451)));
    let zoe = by_mail(&test, "zoe@example.org").await;
    let lou = test.told("lou@example.org", &[], "", Some(&for_("lou@example.org"))).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(zoe.report).await;
    let reach = async || {
        let page = casework::case_page(&test.desk, &robin, case, None).await.unwrap();
        page.witnesses.into_iter().map(|witness| witness.reach).collect::<Vec<Reach>>()
    };
    assert!(reach().await.iter().all(Reach::is_letter), "they are still on their way");
    for _ in 0..=crate::jobs::MOST_TRIES_TO_SEND {
        test.later(2 * Time::HOUR);
        crate::jobs::run_due(&test.desk).await.unwrap();
    }
    let found = reach().await;
    assert!(found.iter().all(Reach::comes_back));
    assert_eq!(found.iter().filter(|reach| reach.is_unreached()).count(), 1, "{found:?}");
    assert_eq!(test.case_of(lou.report).await, case);
}

#[tokio::test]
async fn somebody_forgotten_is_nobody_to_write_to() {
    let test = TestDesk::new().await;
    let zoe = test.told("zoe@example.org", &[], "", Some(&for_("zoe@example.org"))).await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(zoe.report).await;
    erasure::erase(&test.desk, "zoe@example.org", crate::erasure::Account::Stays).await.unwrap();
    let page = test.get(&format!("/cases/{case}"), &robin.1).await.body;
    assert!(page.contains("wished to be forgotten") && !page.contains("reads on their page"), "{page}");
    assert!(
        !page.contains("name=\"body\"") && !page.contains("value=\"reporter\""),
        "nothing can be written"
    );
    let shown = press(&test, &robin, case, &[("outcome", "harmful"), ("verb", "look")]).await.shown();
    let told =
        press(&test, &robin, case, &[("outcome", "harmful"), ("verb", "tell"), ("shown", &shown)]).await;
    assert!(told.headers["location"].to_str().unwrap().ends_with("said=outcome-told"));
    assert_eq!(casework::close(&test.desk, &robin.0, case).await.unwrap(), Closed::EverybodyHeard);
}

#[tokio::test]
async fn one_person_with_two_reports_reads_one_letter_that_fits_both() {
    let test = TestDesk::new().await;
    let first = test.told("kim@example.org", &[], "", Some(LURE)).await;
    test.later(Time::MINUTE);
    let second = test.told("kim@example.org", &[Told::Password], "and I typed it in", Some(LURE)).await;
    test.told("lee@example.org", &[], "", Some(&for_("lee@example.org"))).await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(first.report).await;
    assert_eq!(test.case_of(second.report).await, case);
    let page = press(&test, &robin, case, &[("outcome", "harmful"), ("verb", "look")]).await;
    assert!(page.body.contains("Tell all 2 how it ended"));
    press(&test, &robin, case, &[("outcome", "harmful"), ("verb", "tell"), ("shown", &page.shown())]).await;
    let letters = outcomes_to(&test, "kim@example.org").await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].report_id == Some(second.report) && letters[0].body.contains("Change the password"));
    for token in [&first.token, &second.token] {
        assert!(
            test.get(&format!("/r/{token}"), "").await.body.contains("It was harmful"),
            "each page says it"
        );
    }
    assert_eq!(casework::close(&test.desk, &robin.0, case).await.unwrap(), Closed::EverybodyHeard);
}

#[tokio::test]
async fn every_case_can_be_closed_however_its_reports_were_moved() {
    let test = TestDesk::new().await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let lee = test.told("lee@example.org", &[], "", Some(&for_("lee@example.org"))).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let case = test.case_of(kim.report).await;
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "It is blocked.", None).await.unwrap();
    casework::close(&test.desk, &robin, case).await.unwrap();
    let holds = Some(casework::Earlier::Holds);
    let alone = casework::split_with(&test.desk, &robin, lee.report, holds).await.unwrap();
    assert_eq!(case_of(&test, alone).await.outcome_words.as_deref(), Some("It is blocked."));
    casework::close(&test.desk, &robin, alone).await.expect("Lee knows how it ended");
    casework::split_with(&test.desk, &robin, kim.report, holds).await.unwrap();
    let emptied = case_of(&test, case).await;
    assert_eq!((emptied.state.as_str(), emptied.outcome.as_deref()), ("closed", Some("harmful")));

    test.later(Time::HOUR);
    let other = "From: a@b.example\nTo: kim@example.org\nSubject: A bonus\n\nSign in at http://198.51.100.9/bonus before Friday noon.";
    let pat = test.told("pat@example.org", &[], "", Some(other)).await;
    let both = test.case_of(pat.report).await;
    let noor = test.told("noor@example.org", &[], "", Some(&other.replace("kim@", "noor@"))).await;
    assert_eq!(test.case_of(noor.report).await, both);
    for report in [pat.report, noor.report] {
        casework::split(&test.desk, &robin, report).await.unwrap();
    }
    assert_eq!(case_of(&test, both).await.state, "closed", "nobody is in it any more");
}

#[tokio::test]
async fn a_page_whose_only_reporter_cannot_be_reached_does_not_say_that_everybody_knows() {
    let test = TestDesk::new().await;
    let report = Incoming {
        door: Door::Mail,
        vouch: Vouch::Nobody,
        answerable: false,
        ..incoming("bo@else.example", &[], "", Some(LURE))
    };
    let bo = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    let robin = test.somebody(Role::Responder).await;
    let case = test.case_of(bo.report).await;
    let page = press(&test, &robin, case, &[("outcome", "harmful"), ("verb", "look")]).await.body;
    assert!(
        page.contains("Nothing we write reaches Kim") && !page.contains("everybody here knows"),
        "{page}"
    );
}

#[tokio::test]
async fn the_ends_on_offer_and_their_words_fit_what_was_told() {
    let test = TestDesk::new().await;
    let robin = test.somebody(Role::Responder).await;
    for (kind, first, not, outcome, words) in [
        (Kind::Device, "settled", "genuine", "harmful", "somebody meant to do harm with the device"),
        (Kind::Feeling, "settled", "nothing-of-the-kind", "genuine", "there is nothing harmful behind it"),
        (Kind::Friction, "settled", "harmful", "settled", "this is settled"),
        (
            Kind::Message,
            "harmful-stopped",
            "nothing-of-the-kind",
            "harmful",
            "The message was meant to do harm",
        ),
    ] {
        let address = format!("{}@example.org", kind.as_str());
        let mut report = incoming(&address, &[], "It was in my bag this morning", None);
        report.kind = kind;
        let receipt = reports::receive(&test.desk, report).await.unwrap();
        test.work().await;
        let case = test.case_of(receipt.report).await;
        let page = test.get(&format!("/cases/{case}"), &robin.1).await.body;
        let choice =
            page.split("name=\"outcome\">").nth(1).and_then(|rest| rest.split("</select>").next()).unwrap();
        assert!(choice.starts_with(&format!("<option value=\"{first}\"")), "{kind:?}: {choice}");
        assert!(!choice.contains(&format!("value=\"{not}\"")), "{kind:?}: {choice}");
        let page = press(&test, &robin, case, &[("outcome", outcome), ("verb", "look")]).await.body;
        assert!(page.contains(words), "{kind:?}: {page}");
        assert_eq!(page.contains("The message was meant"), kind == Kind::Message);
    }
}
