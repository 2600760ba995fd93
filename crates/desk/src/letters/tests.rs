//! Promises about letters: ours pass our own check, and go only to the person they are for.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::Locale;
use crate::cases::Outcome;
use crate::casework::{About, End};
use crate::letters::{NotSent, UNDELIVERED};
use crate::reports::{Kind, Seen, Told, first_word_letter};
use crate::test::TestDesk;
use crate::who::Role;

fn serious(body: &str, locale: Locale) -> Vec<String> {
    super::findings(body, locale, &[])
        .into_iter()
        .filter(|finding| finding.severity >= finding::Severity::Warning)
        .map(|finding| {
            format!("{} “{}”: {}", finding.rule, finding.span.of(body).unwrap_or(""), finding.message)
        })
        .collect()
}

#[test]
fn every_first_word_the_desk_can_write_passes_its_own_check() {
    let mut wrong = BTreeSet::new();
    let tolds: Vec<BTreeSet<Told>> = std::iter::once(BTreeSet::new())
        .chain(Told::ALL.into_iter().map(|told| [told].into()))
        .chain([Told::ALL.into()])
        .collect();
    for locale in Locale::ALL {
        for kind in Kind::ALL {
            for told in &tolds {
                for verdict in
                    ["", "likely-harmful", "suspicious", "looks-genuine", "our-drill", "cannot-tell"]
                {
                    for headers_gone in [false, true] {
                        let seen =
                            Seen { verdict: verdict.into(), headers_gone, certainty: 0.9, ..Seen::default() };
                        let body = first_word_letter(
                            "Harbour Works",
                            Some("4444"),
                            kind,
                            told,
                            (!verdict.is_empty()).then_some(&seen),
                            locale,
                            "",
                        );
                        for finding in serious(&body, locale) {
                            if wrong.insert(finding.clone()) {
                                println!("--- {locale:?} {kind:?} {told:?} {verdict}\n{finding}\n{body}");
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whatever the engines say ends up in a letter: each of their sentences must pass there.
#[test]
fn every_sentence_of_evidence_passes_inside_a_letter() {
    let mut wrong = Vec::new();
    let plains = mail::catalogue::RULES.iter().map(|rule| (rule.code, rule.plain));
    for (code, plain) in plains.chain(mail::attachments::RULES.iter().map(|rule| (rule.code, rule.plain))) {
        let piece = crate::reports::SeenEvidence {
            rule: code.into(),
            plain: plain.replace("{0}", "bank.example.com").replace("{1}", "https://other.example.com/a"),
            weight: 20,
            ..Default::default()
        };
        let seen =
            Seen { verdict: "suspicious".into(), certainty: 0.9, evidence: vec![piece], ..Seen::default() };
        let body = first_word_letter(
            "Harbour Works",
            Some("4444"),
            Kind::Message,
            &BTreeSet::new(),
            Some(&seen),
            Locale::En,
            "",
        );
        wrong.extend(serious(&body, Locale::En).into_iter().map(|finding| format!("{code}: {finding}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What stands in a letter on why it is understandable is one of these sentences, and two or three of them.
#[test]
fn every_sentence_on_why_it_is_understandable_passes_inside_a_letter() {
    let files = [
        (Locale::En, include_str!("../../../lure/src/words/say.en.txt")),
        (Locale::De, include_str!("../../../lure/src/words/say.de.txt")),
    ];
    let seen = Seen { verdict: "suspicious".into(), certainty: 0.9, ..Seen::default() };
    let mut wrong = Vec::new();
    for (locale, file) in files {
        let sentences: Vec<&str> = file
            .lines()
            .filter(|line| line.starts_with("why-"))
            .filter_map(|line| line.split_once(": "))
            .map(|(_, sentence)| sentence)
            .collect();
        assert!(sentences.len() > 80, "{locale:?}");
        for pair in sentences.windows(2) {
            let told = [Told::Paid].into();
            let why = pair.join(" ");
            let body =
                first_word_letter("Harbour Works", None, Kind::Message, &told, Some(&seen), locale, &why);
            assert!(body.contains(&why));
            wrong.extend(serious(&body, locale));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_message_that_looks_genuine_is_not_explained_as_a_trick() {
    let piece = |weight: i32, plain: &str| crate::reports::SeenEvidence {
        weight,
        plain: plain.into(),
        ..Default::default()
    };
    let seen = Seen {
        verdict: "looks-genuine".into(),
        certainty: 0.9,
        evidence: vec![piece(4, "It hurries you."), piece(-20, "It comes from where it says.")],
        ..Seen::default()
    };
    let told = [Told::Clicked].into();
    let body = first_word_letter("Harbour Works", None, Kind::Message, &told, Some(&seen), Locale::En, "");
    assert!(body.contains("It comes from where it says.") && !body.contains("It hurries you."), "{body}");
}

#[test]
fn every_outcome_the_desk_can_tell_passes_its_own_check() {
    let desk = crate::test::settings();
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        for outcome in Outcome::ALL {
            let befores = std::iter::once(None).chain(Outcome::ALL.map(Some));
            for (before, place) in befores.flat_map(|before| [(before, 1), (before, 2)]) {
                let reports = [(false, false), (true, false), (true, true)];
                for ((exposed, asked), about) in
                    reports.into_iter().flat_map(|one| About::ALL.map(|about| (one, about)))
                {
                    let told = if exposed { Told::ALL.into() } else { Default::default() };
                    let end =
                        End { outcome, about, before, exposed, told, asked, words: "", place, total: 2 };
                    let body = crate::casework::outcome_text(&desk, locale, &end);
                    assert!(!body.contains("outcome-"), "a key without words: {body}");
                    wrong.extend(
                        serious(&body, locale)
                            .into_iter()
                            .map(|finding| format!("{locale:?} {outcome:?} {about:?} {before:?} {finding}")),
                    );
                }
            }
        }
        for told in Told::ALL {
            let body = crate::reports::steps_letter(&[told].into(), locale);
            wrong.extend(
                serious(&body, locale).into_iter().map(|finding| format!("{locale:?} {told:?} {finding}")),
            );
        }
        for key in ["letter-new-link", "invitation-letter", "first-word-short"] {
            let body = locale.say(
                key,
                &[
                    ("link", crate::letters::THANKS_LINK),
                    ("by", "Monday 23 November, 14:30"),
                    ("organisation", "Harbour Works"),
                ],
            );
            wrong.extend(
                serious(&body, locale).into_iter().map(|finding| format!("{locale:?} {key} {finding}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A desk whose relay answers every letter with `outcome`.
async fn with_relay(outcome: Result<(), NotSent>) -> TestDesk {
    let mut test = TestDesk::new().await;
    test.desk.post = Some(std::sync::Arc::new(move |_| Box::pin(async move { outcome })));
    test
}

#[tokio::test]
async fn a_letter_the_relay_will_never_take_is_told_to_the_team_at_once_and_can_be_tried_again() {
    let mut test = with_relay(Err(NotSent::Refused(550))).await;
    let receipt = test.told("kim@example.org", &[Told::Clicked], "clicked it", None).await;
    test.work().await;
    assert_eq!(
        crate::jobs::waiting(&test.desk).await.unwrap(),
        1,
        "only the promise is watched; nothing is tried again"
    );
    let letter = test.letters().await.remove(0);
    assert_eq!(letter.state, "undelivered");
    let (robin, cookie) = test.somebody(crate::who::Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    assert!(test.get(&format!("/cases/{case}"), &cookie).await.body.contains("could not deliver our letter"));
    assert!(
        !test.get(&format!("/r/{}", receipt.token), "").await.body.contains("could not deliver"),
        "team only"
    );
    assert!(test.get("/outbox", &cookie).await.body.contains("could not be delivered"));
    let doctor = crate::erasure::doctor(&test.desk).await.unwrap();
    assert!(doctor.iter().any(|line| line.contains("1 letters could not be delivered")), "{doctor:?}");

    test.desk.post = Some(std::sync::Arc::new(|_| Box::pin(async { Ok(()) })));
    let form = [("form_token", robin.form_token.as_str())];
    test.post(&format!("/outbox/{}/again", letter.id), &cookie, &form).await;
    test.work().await;
    assert_eq!(test.letters().await.remove(0).state, "sent");
}

#[tokio::test]
async fn an_undelivered_letter_is_found_however_many_were_sent_since() {
    let mut test = with_relay(Err(NotSent::Refused(550))).await;
    test.told("kim@example.org", &[], "odd", None).await;
    test.desk.post = Some(std::sync::Arc::new(|_| Box::pin(async { Ok(()) })));
    for number in 0..101 {
        test.later(crate::ids::Time::MINUTE);
        test.told(&format!("p{number}@example.org"), &[], "odd", None).await;
    }
    let (_, cookie) = test.somebody(crate::who::Role::Responder).await;
    let to_kim = "To kim@example.org";
    let newest = test.get("/outbox", &cookie).await.body;
    assert!(newest.contains("One letter could not be delivered.") && !newest.contains(to_kim));
    assert_eq!(newest.matches("<li class=\"letter\"").count(), 100);
    assert!(newest.contains("href=\"/outbox?page=2\""));
    let older = test.get("/outbox?page=2", &cookie).await.body;
    assert!(
        older.contains(to_kim) && older.matches("<li class=\"letter\"").count() == 2,
        "nothing is out of reach"
    );
    let only = test.get("/outbox?undelivered=true", &cookie).await.body;
    assert!(
        only.contains(to_kim)
            && only.matches("<li class=\"letter\"").count() == 1
            && only.contains("Try again")
    );
}

#[tokio::test]
async fn a_letter_the_relay_does_not_take_for_now_waits_and_its_job_names_nobody() {
    let test = with_relay(Err(NotSent::Later(451))).await;
    test.told("kim@example.org", &[], "hm", None).await;
    assert_eq!(test.letters().await.remove(0).state, "queued");
    for _ in 0..=crate::jobs::MOST_TRIES_TO_SEND {
        test.later(2 * crate::ids::Time::HOUR);
        crate::jobs::run_due(&test.desk).await.unwrap();
    }
    let given_up = crate::jobs::given_up(&test.desk).await.unwrap();
    let problems: Vec<_> =
        given_up.iter().map(|job| (job.kind.as_str(), job.last_problem.as_deref())).collect();
    assert_eq!(problems, [("send", Some("the relay did not take the letter for now (451)"))]);
}

#[test]
fn what_goes_into_the_log_holds_no_address() {
    let problem = crate::error::Error::Broken("550 5.1.1 <reject-rita@example.org> is nobody".into());
    assert_eq!(crate::error::for_the_log(&problem), "550 5.1.1 (an address) is nobody");
}

#[tokio::test]
async fn where_no_letter_of_ours_passes_none_goes_and_nothing_else_is_lost() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", None).await;
    let draft = super::Draft {
        kind: super::Kind::FirstWord,
        report: receipt.report,
        case: None,
        to: test.letters().await.remove(0).to_person.unwrap(),
        to_address: "kim@example.org".into(),
        locale: Locale::En,
        subject: "odd".into(),
        body: String::new(),
    };
    let bodies = || ["You should have known better.", "This was your fault."].map(|body| Ok(body.to_owned()));
    let now = test.desk.now();
    let queued = crate::write!(test.desk.db, tx => {
        super::queue_ours(tx, &test.desk, draft.clone(), "Kim", bodies().into_iter(), now).await
    });
    assert_eq!(queued.unwrap(), None);
    assert_eq!(test.letters().await.len(), 1, "only the first word");
}

#[tokio::test]
async fn doctor_says_when_a_report_is_not_read() {
    let test = TestDesk::new().await;
    let report = crate::test::incoming("kim@example.org", &[], "hm", None);
    crate::reports::receive(&test.desk, report).await.unwrap();
    let problem = async || {
        let lines = crate::erasure::doctor(&test.desk).await.unwrap();
        lines.iter().any(|line| line.contains("1 reports came more than ten minutes ago"))
    };
    assert!(!problem().await);
    test.later(11 * crate::ids::Time::MINUTE);
    assert!(problem().await);
}

#[tokio::test]
async fn letters_that_waited_for_a_relay_leave_with_one_press_once_there_is_one() {
    let mut test = TestDesk::new().await;
    let (robin, cookie) = test.somebody(crate::who::Role::Responder).await;
    for who in ["kim@example.org", "lee@example.org"] {
        test.told(who, &[], "hm", None).await;
    }
    let outbox = test.get("/outbox", &cookie).await.body;
    assert!(outbox.contains("not sent yet") && !outbox.contains("Send what waits"));
    assert!(super::send_waiting(&test.desk).await.is_err(), "nothing can leave yet");
    test.desk.post = Some(std::sync::Arc::new(|_| Box::pin(async { Ok(()) })));
    assert!(test.get("/outbox", &cookie).await.body.contains("2 letters wait from a time without"));
    let press = test.post("/outbox/waiting", &cookie, &[("form_token", &robin.form_token)]).await;
    assert!(press.status.is_redirection(), "{}", press.body);
    test.work().await;
    assert!(test.letters().await.iter().all(|letter| letter.state == "sent"));
    assert!(!test.get("/outbox", &cookie).await.body.contains("Send what waits"));
}

#[tokio::test]
async fn another_time_and_a_new_link_answer_nobody() {
    let test = TestDesk::new().await;
    let paula = test
        .told("paula@example.org", &[Told::Password], "I typed my password", Some(crate::test::LURE))
        .await;
    let case = test.case_of(paula.report).await;
    let (robin, cookie) = test.somebody(crate::who::Role::Responder).await;
    let promise = crate::reports::page_of(&test.desk, paula.report).await.unwrap().promises[0].id;
    let later = crate::casework::Later {
        by: test.desk.now().plus(crate::Time::DAY),
        reason: "We wait for a log file.".into(),
        over: None,
    };
    let waits = async || {
        let page = crate::reports::page_of(&test.desk, paula.report).await.unwrap();
        assert!(page.report.first_human_word_at.is_none(), "nobody answered");
        let serial = u32::try_from(page.report.link_serial).unwrap();
        let own = test.get(&format!("/r/{}", test.desk.keys.page_token(paula.report, serial)), "").await;
        assert!(own.body.contains("A person will look at it"));
        test.get("/inbox", &cookie).await.body.contains("Somebody needs help now")
    };
    crate::casework::move_promise(&test.desk, &robin, promise, &later).await.unwrap();
    assert!(waits().await, "they still wait for help");
    crate::casework::renew_link(&test.desk, &robin, paula.report).await.unwrap();
    assert!(waits().await, "a link helps nobody either");

    let word = |body: &str| crate::casework::Word {
        to: crate::casework::To::One(paula.report),
        body: body.into(),
        over: None,
        next_by: Some(test.desk.now().plus(crate::Time::DAY)),
    };
    let helpful = word("Hello Paula,\n\nthank you. We signed everybody out, and your account is safe.");
    crate::casework::write_word(&test.desk, &robin, case, &helpful).await.unwrap();
    assert!(!test.get("/inbox", &cookie).await.body.contains("Somebody needs help now"));

    test.later(crate::Time::HOUR);
    crate::reports::say(&test.desk, paula.report, "It happened again, what do I do?").await.unwrap();
    let promises = crate::reports::page_of(&test.desk, paula.report).await.unwrap().promises;
    let open = promises.iter().find(|promise| promise.is_open()).unwrap().id;
    test.later(crate::Time::MINUTE);
    let later = crate::casework::Later { by: test.desk.now().plus(2 * crate::Time::DAY), ..later };
    crate::casework::move_promise(&test.desk, &robin, open, &later).await.unwrap();
    assert!(
        test.get("/inbox", &cookie).await.body.contains("Somebody needs help now"),
        "nor who wrote again"
    );
    test.work().await;
}

#[test]
fn a_word_that_hurts_is_marked_though_somebody_is_called_so() {
    let marks = |body, name: &str| super::findings(body, Locale::En, &[name, "AT&T"]).len();
    let letter = "Thank you for telling us. It was careless of you to pick up. Call us at 555 by Friday.";
    assert!(marks(letter, "Zoe") > 0);
    assert_eq!(marks(letter, "careless"), marks(letter, "Zoe"));
    let shouted = letter.replace("careless", "Careless");
    assert_eq!(marks(&shouted, "Careless"), marks(letter, "Zoe"));
}

#[test]
fn a_page_quotes_the_words_of_a_finding_as_its_language_does() {
    let said = |locale, body| {
        let found = super::findings(body, locale, &[]);
        found.iter().map(super::on_page).collect::<Vec<_>>().join(" ")
    };
    let english = said(Locale::En, "It was your fault.");
    assert!(english.contains("“your fault”") && !english.contains('`'), "{english}");
    let german = said(Locale::De, "Das war Ihre Schuld.");
    assert!(german.contains('„') && german.contains('“') && !german.contains('`'), "{german}");
}

#[tokio::test]
async fn a_letter_that_was_given_up_stands_as_undelivered_and_any_responder_sends_it_again() {
    let mut test = TestDesk::new().await;
    test.desk.post = Some(Arc::new(|_| Box::pin(async { Err(NotSent::Later(451)) })));
    let receipt = test.told("kim@example.org", &[], "hm", None).await;
    for _ in 0..=crate::jobs::MOST_TRIES_TO_SEND {
        test.later(2 * crate::ids::Time::HOUR);
        crate::jobs::run_due(&test.desk).await.unwrap();
    }
    let letter = test.letters().await.remove(0);
    assert_eq!(letter.state, UNDELIVERED);
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    assert!(test.get(&format!("/cases/{case}"), &cookie).await.body.contains("come back"));
    test.desk.post = Some(Arc::new(|_| Box::pin(async { Ok(()) })));
    let form = [("form_token", robin.form_token.as_str())];
    test.post(&format!("/outbox/{}/again", letter.id), &cookie, &form).await;
    test.work().await;
    assert_eq!(test.letters().await.remove(0).state, "sent", "no admin is needed");
}

#[tokio::test]
async fn a_letter_opens_the_page_of_an_old_report() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", None).await;
    test.later(170 * crate::ids::Time::DAY);
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let (case, report) = (test.case_of(receipt.report).await, receipt.report.to_string());
    let words = "Hello Kim,\n\nthank you for telling us. It is genuine, and you need to do nothing. If you have questions, \
        call us on 4444.";
    let fields = [
        ("form_token", robin.form_token.as_str()),
        ("report", &report),
        ("body", words),
        ("next_minutes", "480"),
        ("verb", "send"),
    ];
    let answer = test.post(&format!("/cases/{case}/write"), &cookie, &fields).await;
    assert!(answer.status.is_redirection(), "{}", answer.body);
    test.later(20 * crate::ids::Time::DAY);
    assert_eq!(test.get(&format!("/r/{}", receipt.token), "").await.status, 200);
    test.later(200 * crate::ids::Time::DAY);
    assert_eq!(test.get(&format!("/r/{}", receipt.token), "").await.status, 404, "and ends at last");
}

#[test]
fn each_part_of_a_letter_passes_the_check_and_nothing_below_is_left_out() {
    let german = "Hallo Jonas, vielen Dank für Ihre Meldung. Wir prüfen die Mail und schreiben Ihnen bis 15 Uhr. Sie \
        können uns unter 4400 erreichen, wenn Sie eine Frage haben.";
    let harsh = "It is your fault. If you click again, we will report you to HR.";
    for body in [
        format!("{harsh}\n\n---\n\n{german}\n"),
        format!("From: Security desk\nTo: Jonas\nSubject: Your report\n\n{harsh}\n"),
        format!("{german}\n\nFrom: Desk <a@b.example>\nSent: Monday\nTo: Jonas\n\n{harsh}\n"),
    ] {
        assert!(!serious(&body, Locale::De).is_empty(), "{body}");
    }
}
