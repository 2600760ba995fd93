//! Stories of several people in one case: nobody is named to the others, and each reads their own language.

use crate::Locale;
use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask};
use crate::error::Error;
use crate::ids::Time;
use crate::reports::{self, Receipt};
use crate::test::{LURE, Page, TestDesk, incoming};
use crate::who::{Role, Who};

/// A form of somebody's page.
async fn press(test: &TestDesk, by: &(Who, String), path: &str, fields: &[(&str, &str)]) -> Page {
    let mut form = vec![("form_token", by.0.form_token.as_str())];
    form.extend(fields);
    test.post(path, &by.1, &form).await
}

async fn told(test: &TestDesk, address: &str, name: &str, locale: Locale) -> Receipt {
    let mut report = incoming(address, &[], "", Some(LURE));
    report.reporter = Some((address.into(), name.into()));
    report.locale = locale;
    let receipt = reports::receive(&test.desk, report).await.unwrap();
    test.work().await;
    test.later(Time::MINUTE);
    receipt
}

#[tokio::test]
async fn a_letter_that_names_somebody_else_of_the_case_comes_back_marked() {
    let test = TestDesk::new().await;
    let uwe = told(&test, "uwe@example.org", "Uwe Unger", Locale::En).await;
    let ines = told(&test, "ines@example.org", "Ines Imhof", Locale::En).await;
    let by = test.somebody(Role::Responder).await;
    let case = test.case_of(uwe.report).await;
    assert_eq!(test.case_of(ines.report).await, case);
    let shown = test.get(&format!("/cases/{case}"), &by.1).await.shown();
    let report = ines.report.to_string();
    let send = async |body: &str, over: &str, everyone: &str| {
        let shown = if everyone == "true" { shown.as_str() } else { "" };
        let fields = [
            ("report", report.as_str()),
            ("shown", shown),
            ("body", body),
            ("over", over),
            ("next_minutes", "480"),
            ("everyone", everyone),
            ("verb", "send"),
        ];
        press(&test, &by, &format!("/cases/{case}/write"), &fields).await
    };
    for body in [
        "Thank you. Uwe Unger told us about it first, and we look at it now.",
        "Thank you. We heard from Uwe as well, and we look at it now.",
        "Thank you. Write to UWE@example.org if you like; we look at it now.",
    ] {
        for everyone in ["true", "false"] {
            let page = send(body, "", everyone).await;
            assert_eq!(page.status, 422, "{body}");
            assert!(page.body.contains("somebody else who told us in this case"), "{}", page.body);
        }
    }
    let ask = Ask {
        report: Some(ines.report),
        for_whom: ForWhom::Reporter,
        ask: "Please call Uwe Unger".into(),
        why: "We look at it together.".into(),
        minutes: None,
        over: None,
    };
    assert!(matches!(casework::ask(&test.desk, &by.0, case, &ask).await, Err(Error::NotYet(_))));
    let nobody = Ask { report: None, ..ask };
    assert!(matches!(casework::ask(&test.desk, &by.0, case, &nobody).await, Err(Error::Invalid(_))));
    let words = "Uwe Unger told us first.";
    assert!(casework::tell_outcome(&test.desk, &by.0, case, Outcome::Harmful, words, None).await.is_err());

    test.later(Time::MINUTE);
    let before = test.letters().await.len();
    let own = "Hello Ines, thank you for telling us. We look at it now.";
    assert!(
        send(own, "a reason nobody asked for", "false").await.status.is_redirection(),
        "her own name is hers"
    );
    let letters = test.letters().await;
    assert_eq!(letters.len(), before + 1);
    assert_eq!(
        letters[0].override_reason, None,
        "nothing was marked, so there is nothing to give a reason for"
    );
    test.later(Time::MINUTE);
    let page =
        send("Thank you. Uwe Unger told us first. We look at it.", "he asked us to say so", "false").await;
    assert!(page.status.is_redirection(), "{}", page.body);
    assert_eq!(test.letters().await[0].override_reason.as_deref(), Some("he asked us to say so"));
}

#[tokio::test]
async fn a_letter_and_an_outcome_for_all_name_who_reads_another_language_once() {
    let test = TestDesk::new().await;
    let eve = told(&test, "eve@example.org", "Eve Elm", Locale::En).await;
    told(&test, "dora@example.org", "Dora Dorn", Locale::De).await;
    let by = test.somebody(Role::Responder).await;
    let case = test.case_of(eve.report).await;
    let before = test.letters().await.len();
    let shown = test.get(&format!("/cases/{case}"), &by.1).await.shown();
    let report = eve.report.to_string();
    let send = async |tongue: &str| {
        let fields = [
            ("report", report.as_str()),
            ("shown", shown.as_str()),
            ("next_minutes", "480"),
            ("everyone", "true"),
            ("body", "Thank you for telling us so soon. We are looking at the sender of that message now."),
            ("tongue", tongue),
            ("verb", "send"),
        ];
        press(&test, &by, &format!("/cases/{case}/write"), &fields).await
    };
    let page = send("").await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("is read by: Dora Dorn (German)"), "{}", page.body);
    assert!(page.body.contains("name=\"tongue\" value=\"known\""), "it is asked once");
    assert_eq!(test.letters().await.len(), before);
    assert!(send("known").await.status.is_redirection());
    assert_eq!(test.letters().await.len(), before + 2);

    test.later(Time::MINUTE);
    let shown = test.get(&format!("/cases/{case}"), &by.1).await.shown();
    let tell = async |tongue: &str| {
        let fields = [
            ("outcome", "genuine"),
            ("words", "The customs office really sent it, so you can pay it as usual."),
            ("shown", shown.as_str()),
            ("tongue", tongue),
            ("over", "we asked them"),
            ("verb", "tell"),
        ];
        press(&test, &by, &format!("/cases/{case}/outcome"), &fields).await
    };
    let page = tell("").await;
    assert!(
        page.body.contains("is read by: Dora Dorn (German)")
            && page.body.contains("name=\"tongue\" value=\"known\""),
        "{}",
        page.body
    );
    assert!(tell("known").await.status.is_redirection());
}

#[tokio::test]
async fn two_people_of_one_name_are_told_apart() {
    let test = TestDesk::new().await;
    let one = told(&test, "lea.lind@example.org", "Lea Lind", Locale::En).await;
    told(&test, "l.lind@example.org", "Lea Lind", Locale::En).await;
    told(&test, "noor@example.org", "Noor", Locale::En).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let page = test.get(&format!("/cases/{}", test.case_of(one.report).await), &cookie).await.body;
    for name in ["Lea Lind (lea.lind@example.org)", "Lea Lind (l.lind@example.org)", "<strong>Noor</strong>"]
    {
        assert!(page.contains(name), "{name}: {page}");
    }
}
