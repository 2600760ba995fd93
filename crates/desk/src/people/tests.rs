//! Stories of accounts: a forgotten password, a changed one, and who looked.

use crate::people::{self, NewPerson};
use crate::test::{LURE, TestDesk};
use crate::who::Role;

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
    let link = crate::people::setup_link(&test.desk, crate::who::Role::Admin).await.unwrap();
    let path = link.strip_prefix("http://desk.example").unwrap();
    let given = [("address", "kim@example.org"), ("name", "Kim"), ("password", "short")];
    assert!(test.post(path, "lang=de", &given).await.body.contains("mindestens 12 Zeichen"));
    let (_, cookie) = test.somebody(crate::who::Role::Lead).await;
    let home = test.get("/", &format!("lang=de; {cookie}")).await;
    assert!(home.body.contains("lang=\"en\"") && home.body.contains("Sign out"), "one language in one frame");
}
