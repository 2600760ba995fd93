//! Stories of the private links: who gets which, what each shows, and what is typed on one that has ended.

use std::sync::Arc;

use super::{desk, page_of, receive, say};
use crate::letters::NotSent;
use crate::test::{LURE, TestDesk, incoming};
use crate::who::Role;

#[tokio::test]
async fn whoever_types_a_colleagues_address_does_not_read_what_that_colleague_writes() {
    let test = desk().await;
    let typed = test.told("vic@example.org", &[], "this came to Vic", Some(LURE)).await;
    let letter = test.letters().await.remove(0);
    assert!(letter.body.contains("If it was not you who sent it, please tell us"), "{}", letter.body);
    let (form, own) =
        (format!("/r/{}", typed.token), format!("/r/{}", test.desk.keys.page_token(typed.report, 0)));
    assert!(test.get(&own, "").await.status.is_success());
    assert!(
        test.get(&form, "").await.body.contains("What we see so far"),
        "as long as nobody answered: a scanner looks at every link"
    );
    let secret = "That was not me! But I did pay, do not tell Bob.";
    assert!(test.post(&format!("{own}/say"), "", &[("words", secret)]).await.status.is_redirection());
    let page = test.get(&form, "").await;
    assert!(
        page.status.is_success() && page.body.contains("this came to Vic"),
        "what was typed stays: {}",
        page.body
    );
    assert!(
        page.body.contains("its link leads to the whole page") && !page.body.contains("Bob"),
        "{}",
        page.body
    );
    for path in ["/say", "/told", "/file", "/live"] {
        assert_eq!(test.post(&format!("{form}{path}"), "", &[]).await.status.as_u16() / 100, 4, "{path}");
    }
    assert!(test.get(&own, "").await.body.contains("Bob"), "and the other page has all of it");
    // Whoever had that page open and writes on it is heard, as somebody whom nobody confirms.
    let sent = test.post(&format!("{form}/say"), "", &[("words", "I also typed my password, help")]).await;
    let told = sent.headers["location"].to_str().unwrap().to_owned();
    let page = test.get(&told, "").await.body;
    assert!(
        page.contains("Your words are here") && !page.contains("Bob") && !page.contains("also typed"),
        "{page}"
    );
    let known = page_of(&test.desk, typed.report).await.unwrap();
    let entry = known.timeline.iter().find(|entry| entry.kind == "said-at-door").expect("they are kept");
    assert!(entry.body.contains("help") && entry.source == "system" && known.report.exposed);
    assert!(!known.report.told.contains("password"), "they are put down to nobody");
    // Without an address there is one link, and it stays whole.
    let mut nameless = incoming("", &[], "odd", Some(LURE));
    nameless.reporter = None;
    let receipt = receive(&test.desk, nameless).await.unwrap();
    test.work().await;
    assert!(test.get(&format!("/r/{}", receipt.token), "").await.body.contains("What we see so far"));
}

#[tokio::test]
async fn words_typed_on_a_link_that_has_ended_come_back_to_be_copied() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    crate::casework::renew_link(&test.desk, &robin, receipt.report).await.unwrap();
    let page = test.post(&format!("/r/{}/say", receipt.token), "", &[("words", "I also paid 50 euro")]).await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("I also paid 50 euro</textarea>"), "{}", page.body);
    assert!(page.body.contains("our newest letter"), "and it says where to: {}", page.body);
    let german =
        test.post(&format!("/r/{}/say", receipt.token), "lang=de", &[("words", "Ich habe gezahlt")]).await;
    assert!(
        german.body.contains("Noch ist nichts gesendet")
            && german.body.contains("Ich habe gezahlt</textarea>")
    );
    assert_eq!(test.post(&format!("/r/{}/say", receipt.token), "", &[("words", " ")]).await.status, 404);
}

/// A desk that trusts the network of its tests, so that the form may write to the address that is typed.
async fn trusting() -> TestDesk {
    let mut test = desk().await;
    let mut settings = (*test.desk.settings).clone();
    settings.trusted_networks = vec![("127.0.0.0".parse().unwrap(), 8)];
    test.desk.settings = Arc::new(settings);
    test
}

#[test]
fn the_letter_to_a_new_address_passes_our_own_check() {
    let all = || crate::Locale::ALL.into_iter();
    for (locale, next) in all().flat_map(|locale| {
        [
            (locale, locale.say("letter-address-next", &[("by", "14:30")])),
            (locale, locale.t("letter-address-done")),
        ]
    }) {
        let values = [("link", "[[page]]"), ("organisation", "Harbour Works"), ("next", next.as_str())];
        let letter = locale.say("letter-address", &values);
        let found: Vec<_> = crate::letters::findings(&letter, locale, &[])
            .into_iter()
            .filter(|finding| finding.severity >= finding::Severity::Warning)
            .map(|finding| finding.message)
            .collect();
        assert!(found.is_empty(), "{found:?}\n{letter}");
    }
}

#[tokio::test]
async fn who_mistyped_their_address_sees_it_and_gives_another() {
    let mut test = trusting().await;
    test.desk.post = Some(Arc::new(|letter| {
        Box::pin(
            async move { if letter.to.starts_with("kim@") { Ok(()) } else { Err(NotSent::Refused(550)) } },
        )
    }));
    let receipt = test.told("kmi@example.org", &[], "odd", Some(LURE)).await;
    let own = format!("/r/{}", receipt.token);
    let page = test.get(&own, "").await.body;
    assert!(page.contains("Our letters to you come back: <bdi>kmi@example.org</bdi>"), "{page}");
    assert!(test.get(&own, "lang=de").await.body.contains("Unsere Briefe an Sie kommen zurück"));
    let to = format!("{own}/address");
    for odd in ["kim", "security@example.org"] {
        assert_eq!(test.post(&to, "", &[("address", odd)]).await.status, 422, "{odd}");
    }
    test.later(crate::Time::MINUTE);
    assert!(test.post(&to, "", &[("address", "Kim@example.org")]).await.status.is_redirection());
    test.work().await;
    let letter = test.letters().await.remove(0);
    assert_eq!((letter.to_address.as_str(), letter.state.as_str()), ("kim@example.org", "sent"));
    let page = test.get(&own, "").await.body;
    assert!(!page.contains("come back:") && page.contains("gave another address"), "{page}");
    // A link alone leads no letters elsewhere.
    assert_eq!(test.post(&to, "", &[("address", "eve@example.org")]).await.status, 404);
}

#[tokio::test]
async fn a_language_that_somebody_chose_outranks_what_their_words_seem_to_be_in() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let locale = async || page_of(&test.desk, receipt.report).await.unwrap().report.locale;
    say(&test.desk, receipt.report, "Ich habe auf den Link geklickt und weiß nicht, was ich tun soll.")
        .await
        .unwrap();
    assert_eq!(locale().await, "de", "a guess, as nobody chose");
    test.post(&format!("/r/{}/language/de", receipt.token), "", &[]).await;
    let quoted = "It says: your account will be suspended unless you confirm your password now.";
    say(&test.desk, receipt.report, quoted).await.unwrap();
    assert_eq!(locale().await, "de");
    say(&test.desk, receipt.report, "Could you write in English please?").await.unwrap();
    assert_eq!(locale().await, "en", "a wish is a choice");
    say(&test.desk, receipt.report, "Ich kann leider kein Englisch, bitte anders").await.unwrap();
    assert_eq!(locale().await, "de");
}
