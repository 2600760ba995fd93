//! Stories of accounts: a forgotten password, a changed one, and who looked.

use crate::people::{self, NewPerson};
use crate::test::{LURE, TestDesk};
use crate::who::Role;
use axum::http::StatusCode;

const OLD: &str = "correct horse battery";
const NEW: &str = "a new battery of horses";

async fn kofi(test: &TestDesk) -> crate::ids::PersonId {
    let new =
        NewPerson { address: "kofi@example.org".into(), name: "Kofi Mensah".into(), password: OLD.into() };
    people::add(&test.desk, new, Role::Responder).await.unwrap()
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_with_a_link_from_an_admin() {
    let test = TestDesk::new().await;
    let kofi = kofi(&test).await;
    let (dana, cookie) = test.somebody(Role::Admin).await;
    let elsewhere = people::sign_in(&test.desk, "kofi@example.org", OLD.into()).await.unwrap();

    let form = [("form_token", dana.form_token.as_str())];
    let page = test.post(&format!("/admin/people/{kofi}/password"), &cookie, &form).await;
    let token = page.body.split("/setup/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let path = format!("/setup/{token}");
    let page = test.get(&path, "").await;
    assert!(page.body.contains("Kofi Mensah") && !page.body.contains("name=\"address\""));
    assert_eq!(test.post(&path, "", &[("password", "short")]).await.status, 422, "it says what is missing");
    // Nobody can make it an account of their own.
    let taken = [("password", NEW), ("address", "eve@example.org"), ("name", "Eve")];
    assert!(test.post(&path, "", &taken).await.status.is_redirection());
    assert!(people::sign_in(&test.desk, "eve@example.org", NEW.into()).await.is_err());

    assert!(people::sign_in(&test.desk, "kofi@example.org", OLD.into()).await.is_err());
    assert!(people::sign_in(&test.desk, "kofi@example.org", NEW.into()).await.is_ok());
    assert!(people::session(&test.desk, &elsewhere).await.unwrap().is_none(), "his other session ended");
    assert_eq!(test.get(&path, "").await.status, 404, "the link worked once");
    let looked = test.get("/admin/looked", &cookie).await;
    assert!(
        looked.body.contains("made a link for a new password") && looked.body.contains("set a new password")
    );
    assert!(looked.body.contains("Kofi Mensah"));
}

#[tokio::test]
async fn a_link_for_somebody_who_left_or_never_signed_in_is_none() {
    let test = TestDesk::new().await;
    test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    assert!(
        people::password_link_to(&test.desk, "kim@example.org").await.is_err(),
        "a reporter has no password"
    );
    let kofi = kofi(&test).await;
    let (dana, _) = test.somebody(Role::Admin).await;
    let first = people::password_link_to(&test.desk, "Kofi@example.org").await.unwrap();
    let second = people::password_link(&test.desk, Some(&dana), kofi).await.unwrap();
    let path = |link: &str| link.trim_start_matches("http://desk.example").to_owned();
    assert_eq!(test.get(&path(&first), "").await.status, 404, "a newer link takes its place");
    people::set_role(&test.desk, &dana, kofi, None).await.unwrap();
    assert_eq!(test.post(&path(&second), "", &[("password", NEW)]).await.status, 404);
}

#[tokio::test]
async fn a_password_is_changed_by_oneself_and_only_the_other_sessions_end() {
    let test = TestDesk::new().await;
    let kofi = kofi(&test).await;
    let other = people::open_session(&test.desk, kofi).await.unwrap();
    let this = people::open_session(&test.desk, kofi).await.unwrap();
    let who = people::session(&test.desk, &this).await.unwrap().unwrap();
    let cookie = format!("{}={this}", crate::who::COOKIE);
    assert!(test.get("/account", &cookie).await.body.contains("Your new password"));
    let form = |old: &'static str| {
        [("form_token", who.form_token.clone()), ("password", old.into()), ("fresh", NEW.into())]
    };
    let post = async |old| {
        let form = form(old);
        let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        test.post("/account", &cookie, &form).await
    };
    assert!(post("wrong").await.body.contains("not your password so far"));
    assert!(post(OLD).await.status.is_redirection());
    assert!(people::session(&test.desk, &this).await.unwrap().is_some());
    assert!(people::session(&test.desk, &other).await.unwrap().is_none());
    assert!(people::sign_in(&test.desk, "kofi@example.org", NEW.into()).await.is_ok());
}

#[tokio::test]
async fn every_look_at_somebodys_words_is_written_down_with_whose_they_were() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let (_, admin) = test.somebody(Role::Admin).await;
    let looked = async || test.get("/admin/looked", &admin).await.body;

    test.get("/outbox", &cookie).await;
    let body = test.get("/outbox", &cookie).await.body;
    assert!(body.contains("kim@example.org") && !body.contains("/r/"), "the list shows no letter's words");
    assert_eq!(
        looked().await.matches("looked at the outbox").count(),
        1,
        "a list that refreshes itself counts once"
    );
    let letter = test.letters().await.remove(0);
    let page = test.get(&format!("/outbox/{}", letter.id), &cookie).await;
    assert!(page.body.contains("Kim"), "{}", page.body);
    test.get(&format!("/cases/{}", test.case_of(receipt.report).await), &cookie).await;
    let body = looked().await;
    for what in ["read a letter", "read a case"] {
        let line = body.split("<tr>").find(|line| line.contains(what)).unwrap();
        assert!(line.contains("Kim"), "{line}");
    }
}

#[tokio::test]
async fn who_signs_in_in_german_reads_german_also_when_it_fails() {
    let test = TestDesk::new().await;
    let given = [("address", "kim@example.org"), ("password", "wrong")];
    let page = test.post("/sign-in", "lang=de", &given).await;
    assert!(page.body.contains("passen nicht zusammen") && !page.body.contains("do not go together"));
    let link = crate::people::setup_link(&test.desk, None, crate::who::Role::Admin).await.unwrap();
    let path = link.strip_prefix("http://desk.example").unwrap();
    let given = [("address", "kim@example.org"), ("name", "Kim"), ("password", "short")];
    assert!(test.post(path, "lang=de", &given).await.body.contains("mindestens 12 Zeichen"));
    let (_, cookie) = test.somebody(crate::who::Role::Lead).await;
    let home = test.get("/", &format!("lang=de; {cookie}")).await;
    assert!(home.body.contains("lang=\"en\"") && home.body.contains("Sign out"), "one language in one frame");
}

#[tokio::test]
async fn a_look_at_a_case_is_written_down_for_everybody_whose_words_are_in_it_and_once() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    test.told("lee@example.org", &[], "odd", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let (_, admin) = test.somebody(Role::Admin).await;
    for _ in 0..5 {
        // A page that refreshes itself comes back like this.
        test.get(&format!("/cases/{case}"), &cookie).await;
        test.get(&format!("/cases/{case}/signs"), &cookie).await;
    }
    let lines = async |path: &str, what: &str| test.get(path, &admin).await.body.matches(what).count();
    assert_eq!(lines("/admin/looked", "read a case").await, 2, "Kim and Lee");
    assert_eq!(lines("/admin/looked", "read the signs of a case").await, 1);
    for address in ["kim@example.org", "Lee@example.org"] {
        let path = format!("/admin/looked?address={address}");
        assert_eq!(lines(&path, "read a case").await, 1, "{address}");
        let mine = crate::erasure::export(&test.desk, &address.to_lowercase()).await.unwrap();
        assert!(mine.contains("read a case"), "{address} is told who looked");
    }
    assert_eq!(lines("/admin/looked?address=nobody@example.org", "read a case").await, 0);
    test.later(11 * crate::ids::Time::MINUTE);
    test.get(&format!("/cases/{case}"), &cookie).await;
    assert_eq!(lines("/admin/looked", "read a case").await, 4, "a later look is another one");
}

#[tokio::test]
async fn no_look_can_be_pushed_out_of_sight() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let (_, admin) = test.somebody(Role::Admin).await;
    test.get(&format!("/cases/{}", test.case_of(receipt.report).await), &cookie).await;
    test.later(crate::ids::Time::MINUTE);
    for number in 0..250 {
        people::note_done(&test.desk, &robin, "did something", &number.to_string()).await.unwrap();
    }
    assert!(!test.get("/admin/looked", &admin).await.body.contains("read a case"));
    assert!(test.get("/admin/looked?page=3", &admin).await.body.contains("read a case"));
    assert!(test.get("/admin/looked?page=2", &admin).await.body.contains("page=3&amp;address="));
    assert!(test.get("/admin/looked?address=kim@example.org", &admin).await.body.contains("read a case"));
}

#[tokio::test]
async fn only_the_newest_first_link_makes_an_admin_and_only_until_somebody_is_one() {
    let test = TestDesk::new().await;
    let first = async || people::first_setup_link(&test.desk).await.unwrap().expect("nobody can sign in");
    let path = |link: &str| link.trim_start_matches("http://desk.example").to_owned();
    let (earlier, later) = (path(&first().await), path(&first().await));
    let by_hand = path(&people::setup_link(&test.desk, None, Role::Admin).await.unwrap());
    let lead = path(&people::setup_link(&test.desk, None, Role::Lead).await.unwrap());
    assert_eq!(test.get(&earlier, "").await.status, 404, "it stands in an older log");
    let form = [("address", "dana@example.org"), ("name", "Dana Lind"), ("password", NEW)];
    assert!(test.post(&later, "", &form).await.status.is_redirection());
    assert_eq!(test.get(&by_hand, "").await.status, 404, "the desk has its admin");
    assert_eq!(test.get(&lead, "").await.status, 200, "who was invited to something else still is");
    assert!(people::first_setup_link(&test.desk).await.unwrap().is_none());
}

#[tokio::test]
async fn every_way_in_is_shown_written_down_and_can_be_taken_back() {
    let test = TestDesk::new().await;
    people::first_setup_link(&test.desk).await.unwrap();
    let kofi = kofi(&test).await;
    let (dana, cookie) = test.somebody(Role::Admin).await;
    let token = [("form_token", dana.form_token.as_str())];
    let invite =
        [("form_token", dana.form_token.as_str()), ("role", "lead"), ("address", "noor@example.org")];
    let page = test.post("/admin/people/invite", &cookie, &invite).await;
    let link = page.body.split("/setup/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    test.later(crate::ids::Time::MINUTE);
    test.post(&format!("/admin/people/{kofi}/password"), &cookie, &token).await;
    let page = test.get("/admin/people", &cookie).await.body;
    assert!(page.contains("noor@example.org") && page.contains("a new password for Kofi Mensah"));
    assert!(!page.contains(&link), "the link itself is shown once");
    let id = page.split("/admin/people/invitations/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let back = format!("/admin/people/invitations/{id}/back");
    assert!(test.post(&back, &cookie, &token).await.status.is_redirection());
    assert_eq!(test.get(&format!("/setup/{link}"), "").await.status, 404);
    assert_eq!(test.post(&back, &cookie, &token).await.status, 409, "once");
    crate::reports::api::make_token(&test.desk, "outlook-button").await.unwrap();
    assert_eq!(crate::reports::api::revoke_tokens(&test.desk, "outlook-button").await.unwrap(), 1);

    let looked = test.get("/admin/looked", &cookie).await.body;
    for what in [
        "made the first set-up link",
        "set up an account",
        "invited somebody",
        "took a set-up link back",
        "made a token for a report button",
        "took a token for a report button back",
    ] {
        assert!(looked.contains(what), "{what}");
    }
}

#[tokio::test]
async fn a_role_that_is_none_takes_nobodys_account() {
    let test = TestDesk::new().await;
    let kofi = kofi(&test).await;
    let (dana, cookie) = test.somebody(Role::Admin).await;
    let role = async |role: &str| {
        let form = [("form_token", dana.form_token.as_str()), ("role", role)];
        test.post(&format!("/admin/people/{kofi}/role"), &cookie, &form).await.status.as_u16()
    };
    assert_eq!(role("leed").await, 422);
    assert!(people::sign_in(&test.desk, "kofi@example.org", OLD.into()).await.is_ok());
    assert_eq!(role("none").await, 303);
    assert!(people::sign_in(&test.desk, "kofi@example.org", OLD.into()).await.is_err());
}

#[tokio::test]
async fn two_admins_cannot_remove_each_other() {
    let test = TestDesk::new().await;
    let (dana, _) = test.somebody(Role::Admin).await;
    let (mia, _) = test.somebody(Role::Admin).await;
    super::set_role(&test.desk, &dana, mia.person, None).await.unwrap();
    let late = super::set_role(&test.desk, &mia, dana.person, None).await;
    assert!(matches!(late, Err(crate::error::Error::NotYet(_))), "{late:?}");
}

#[tokio::test]
async fn a_role_is_only_for_somebody_who_has_an_account() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", None).await;
    let (dana, _) = test.somebody(Role::Admin).await;
    let reporter =
        crate::reports::page_of(&test.desk, receipt.report).await.unwrap().report.reporter_id.unwrap();
    for id in [reporter, crate::ids::PersonId::new(test.desk.now())] {
        let refused = super::set_role(&test.desk, &dana, id, Some(Role::Admin)).await;
        assert!(matches!(refused, Err(crate::error::Error::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn whoever_signs_in_and_whoever_fails_to_stands_in_the_record() {
    let test = TestDesk::new().await;
    let new = NewPerson {
        address: "robin@example.org".into(),
        name: "Robin".into(),
        password: "correct horse battery".into(),
    };
    people::add(&test.desk, new, Role::Responder).await.unwrap();
    let (_, admin) = test.somebody(Role::Admin).await;
    let record = async || test.get("/admin/looked", &admin).await.body;
    let sign_in = async |address: &str, password: &str| {
        test.post("/sign-in", "", &[("address", address), ("password", password)]).await
    };
    assert_eq!(sign_in("robin@example.org", "guessed").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in("nobody@example.org", "guessed").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut tries = 0;
    while !record().await.contains("refused a wrong password") {
        tries += 1;
        assert!(tries < 100, "it is written down");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let page = sign_in("robin@example.org", "correct horse battery").await;
    assert!(page.status.is_redirection());
    let cookies = page.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap());
    let cookie =
        cookies.map(|one| one.split(';').next().unwrap()).find(|one| one.starts_with(crate::who::COOKIE));
    let cookie = cookie.unwrap().to_owned();
    let token = cookie.split_once('=').unwrap().1;
    let who = people::session(&test.desk, token).await.unwrap().unwrap();
    assert!(
        test.post("/sign-out", &cookie, &[("form_token", &who.form_token)]).await.status.is_redirection()
    );
    let record = record().await;
    assert!(record.contains("signed in") && record.contains("signed out"), "{record}");
    assert!(!record.contains("nobody@example.org"), "what strangers type has no place there");
}

#[tokio::test]
async fn an_account_is_for_the_address_it_was_made_for_and_takes_over_nobody() {
    let test = TestDesk::new().await;
    test.told("ceo@example.org", &[], "I paid that bill", Some(LURE)).await;
    let (dana, cookie) = test.somebody(Role::Admin).await;
    let form = |address: &'static str| [("address", address), ("name", "Dora Pell"), ("password", NEW)];
    let path = |link: &str| link.trim_start_matches("http://desk.example").to_owned();

    let open = path(&people::setup_link(&test.desk, None, Role::Coach).await.unwrap());
    let page = test.post(&open, "", &form("ceo@example.org")).await;
    assert!(
        page.status == 422 && page.body.contains("We know this address from a report already"),
        "{}",
        page.status
    );

    let invite =
        [("form_token", dana.form_token.as_str()), ("role", "coach"), ("address", "Dora@example.org")];
    let page = test.post("/admin/people/invite", &cookie, &invite).await;
    let link = format!("/setup/{}", page.body.split("/setup/").nth(1).unwrap().split('<').next().unwrap());
    let page = test.get(&link, "").await;
    assert!(page.body.contains("value=\"dora@example.org\" readonly"));
    assert!(test.post(&link, "", &form("ceo@example.org")).await.status.is_redirection());
    let team = people::team(&test.desk).await.unwrap();
    assert!(
        team.iter().any(|one| one.address.as_deref() == Some("dora@example.org") && one.name == "Dora Pell")
    );
    assert!(team.iter().all(|one| one.address.as_deref() != Some("ceo@example.org")));

    let taken = test.post("/admin/people/invite", &cookie, &invite).await;
    assert_eq!(taken.status, 409, "somebody signs in with it");
    let nobody = [("form_token", dana.form_token.as_str()), ("role", "coach"), ("address", "dora")];
    assert_eq!(test.post("/admin/people/invite", &cookie, &nobody).await.status, 422);

    // Who lost their role gets it back by no link that was for a new password.
    let dora = team.iter().find(|one| one.name == "Dora Pell").unwrap().id;
    let old = path(&people::password_link(&test.desk, None, dora).await.unwrap());
    people::set_role(&test.desk, &dana, dora, None).await.unwrap();
    assert_eq!(test.get(&old, "").await.status, 404);
}

#[tokio::test]
async fn the_first_admin_reads_what_is_left_to_set_up_until_all_of_it_is_done() {
    let mut test = TestDesk::new().await;
    let (_, dana) = test.somebody(Role::Admin).await;
    let page = test.get("/inbox", &dana).await.body;
    assert!(page.contains("To set up") && page.contains("<strong>A mail relay</strong>: set"), "{page}");
    assert!(page.contains("<strong>A phone number</strong></span>"), "the tests' desk has a phone");
    assert!(page.contains("invite somebody"), "nobody else is here");
    let (_, robin) = test.somebody(Role::Responder).await;
    assert!(!test.get("/inbox", &robin).await.body.contains("To set up"), "others are not asked");
    assert!(test.get("/inbox", &dana).await.body.contains("<strong>Your colleagues</strong></span>"));
    let mut settings = (*test.desk.settings).clone();
    // A desk in Iceland or Ghana has the clock that we deliver, and chose it.
    settings.zone_is_chosen = true;
    test.desk.settings = std::sync::Arc::new(settings);
    assert!(test.get("/inbox", &dana).await.body.contains("To set up"), "letters leave nowhere yet");
    test.desk.post = Some(std::sync::Arc::new(|_| Box::pin(async { Ok(()) })));
    assert!(!test.get("/inbox", &dana).await.body.contains("To set up"));
}

#[tokio::test]
async fn an_address_without_a_page_says_to_each_what_they_can_do() {
    let test = TestDesk::new().await;
    let (_, robin) = test.somebody(Role::Responder).await;
    let team = test.get("/no-such-page", &robin).await;
    assert!(
        team.status == StatusCode::NOT_FOUND && !team.body.contains("reply to that letter"),
        "{}",
        team.body
    );
    let anybody = test.get("/no-such-page", "").await.body;
    assert!(anybody.contains("href=\"/report\"") && anybody.contains("tel:4444"), "{anybody}");
}

#[tokio::test]
async fn who_may_no_longer_invite_leaves_no_open_invitation_behind() {
    let test = TestDesk::new().await;
    let (ana, cookie) = test.somebody(Role::Admin).await;
    let path = |link: String| link.trim_start_matches("http://desk.example").to_owned();
    for role in [Some(Role::Coach), Some(Role::Lead), None] {
        let (dan, _) = test.somebody(Role::Admin).await;
        let ghost = format!("ghost-of-{}@example.org", dan.person);
        let by_dan = path(people::invite(&test.desk, Some(&dan), Role::Admin, &ghost).await.unwrap());
        let by_ana = path(people::setup_link(&test.desk, Some(&ana), Role::Coach).await.unwrap());
        assert!(
            test.get("/admin/people", &cookie)
                .await
                .body
                .contains(&format!("data-label=\"By\">{}", dan.name))
        );
        people::set_role(&test.desk, &ana, dan.person, role).await.unwrap();
        assert_eq!(test.get(&by_dan, "").await.status, 404, "{role:?}");
        assert_eq!(test.get(&by_ana, "").await.status, 200, "others' links stay");
    }
}

#[tokio::test]
async fn a_password_that_anybody_would_try_is_not_taken_nor_the_old_one_again() {
    let test = TestDesk::new().await;
    let link = people::setup_link(&test.desk, None, Role::Responder).await.unwrap();
    let path = link.trim_start_matches("http://desk.example").to_owned();
    let set = async |path: &str, password: &str| {
        let form = [("address", "kofi@example.org"), ("name", "Kofi Mensah"), ("password", password)];
        test.post(path, "", &form).await
    };
    assert!(set(&path, &" ".repeat(12)).await.body.contains("at least 12 characters"));
    for easy in ["password1234", "Kofi Mensah 12", "kofi@example.org"] {
        assert!(set(&path, easy).await.body.contains("easily guessed"), "{easy}");
    }
    assert!(set(&path, OLD).await.status.is_redirection());
    let link = people::password_link_to(&test.desk, "kofi@example.org").await.unwrap();
    let path = link.trim_start_matches("http://desk.example").to_owned();
    assert!(set(&path, OLD).await.body.contains("the password you have"));
    assert!(set(&path, NEW).await.status.is_redirection());
}

#[tokio::test]
async fn an_invitation_that_does_not_work_stays_on_its_page_with_what_was_typed() {
    let test = TestDesk::new().await;
    kofi(&test).await;
    let (dana, cookie) = test.somebody(Role::Admin).await;
    for (address, why) in
        [("not an address", "Please give an e-mail address"), ("kofi@example.org", "can already sign in")]
    {
        let form = [("form_token", dana.form_token.as_str()), ("address", address), ("role", "lead")];
        let page = test.post("/admin/people/invite", &cookie, &form).await;
        assert!(matches!(page.status.as_u16(), 422 | 409));
        assert!(
            page.body.contains(why) && page.body.contains(&format!("value=\"{address}\"")),
            "{}",
            page.body
        );
        assert!(page.body.contains("value=\"lead\" selected") && page.body.contains("Kofi Mensah"));
    }
    let said =
        people::invite(&test.desk, None, Role::Lead, "kofi@example.org").await.unwrap_err().to_string();
    assert!(said.contains("can already sign in"), "the command line says it in words: {said}");
}
