//! Stories of what is one lure, and what only stands below the same warning.

use std::collections::BTreeSet;

use super::desk;
use crate::cases::Outcome;
use crate::casework;
use crate::ids::{CaseId, Time};
use crate::test::TestDesk;
use crate::who::Role;

const ENGLISH: &str = "CAUTION: This email originated from outside of Harbour Works. Do not click links or open attachments unless you \
    recognize the sender and know the content is safe. If you are unsure, please report it with the Report button or write to the \
    security desk at once.";
const GERMAN: &str = "ACHTUNG: Diese E-Mail stammt von außerhalb der Hafenwerke.\nKlicken Sie auf keine Links und öffnen Sie keine \
    Anhänge, wenn Sie den Absender nicht kennen und nicht sicher sind, dass der Inhalt sicher ist. Im Zweifel melden Sie sie dem Team.";
/// Nobody's list knows this one.
const UNKNOWN: &str = "LET OP: deze post komt niet van een collega van de Havenwerken. Wees voorzichtig met koppelingen en bijlagen, bel bij \
    twijfel de balie en geef nooit een wachtwoord door.";

const MAILS: [(&str, &str); 8] = [
    (
        "maria@freemail.example",
        "Hi, I am in a meeting and need you to buy four gift cards for a client today. Send me the codes by mail.",
    ),
    (
        "post@parcel-fee.example.net",
        "Your parcel could not be delivered because a customs fee of 2.99 is open. Pay it here: http://parcel-fee.example.net/pay",
    ),
    (
        "joost@supplier.example",
        "Please find attached the minutes of our supplier meeting on Tuesday and send your corrections until Friday.",
    ),
    (
        "it@mail-keep.example.com",
        "The password of your mailbox expires tonight. Keep your current password here: http://mail-keep.example.com/login",
    ),
    (
        "acc@vendor.example",
        "We changed our bank. Please pay invoice 2219 to the new account from now on and confirm when it is done.",
    ),
    (
        "news@ports.example.org",
        "Webinar invitation: five trends in port logistics, next Thursday at ten. Register on our site.",
    ),
    (
        "share@docs-share.example.net",
        "Someone shared the document Salary review 2026 with you. Open it: http://docs-share.example.net/s/1",
    ),
    (
        "mag@harbourmag.example",
        "Hello, your subscription of the harbour magazine was renewed. You need to do nothing. Your editorial team",
    ),
];

async fn reported(test: &TestDesk, by: &str, from: &str, banner: &str, text: &str) -> CaseId {
    let message = format!("From: X <{from}>\nTo: {by}\nSubject: Message for {by}\n\n{banner}\n\n{text}\n");
    let receipt = test.told(by, &[], "", Some(&message)).await;
    test.case_of(receipt.report).await
}

#[tokio::test]
async fn what_stands_below_the_same_warning_is_not_the_same_lure() {
    for banner in [ENGLISH, GERMAN, UNKNOWN] {
        let test = desk().await;
        let mut cases = BTreeSet::new();
        for (from, text) in MAILS {
            cases.insert(reported(&test, "kim@example.org", from, banner, text).await);
        }
        assert_eq!(cases.len(), MAILS.len(), "{banner}");
        let (robin, _) = test.somebody(Role::Responder).await;
        let first = *cases.first().unwrap();
        casework::tell_outcome(&test.desk, &robin, first, Outcome::Harmful, "", None).await.unwrap();
        for (from, text) in MAILS {
            cases.insert(reported(&test, "lee@example.org", from, banner, text).await);
        }
        assert_eq!(cases.len(), MAILS.len(), "each finds its like again: {banner}");
        let letters = test.letters().await;
        let told =
            letters.iter().filter(|one| one.body.contains("looked at a message like this one")).count();
        assert_eq!(told, 1, "what was decided of one is said of its like alone: {banner}");
    }
}

#[tokio::test]
async fn a_wave_below_a_warning_is_one_case_though_words_places_and_senders_differ() {
    let test = desk().await;
    let mut cases = BTreeSet::new();
    for (number, name) in ["Kim", "Lee", "Noor", "Pat", "Sam"].into_iter().enumerate() {
        let text = format!(
            "Dear {name},\n\nyour parcel {number} could not be delivered because the address in our system is {}. Please confirm your \
             address within 24 hours, or the parcel will be returned to its sender and a fee will be due:\nhttp://p{number}.example.net/\n",
            ["wrong", "incomplete", "missing", "unknown", "wrong"][number],
        );
        let by = format!("{}@example.org", name.to_lowercase());
        cases.insert(
            reported(&test, &by, &format!("post{number}@p{number}.example.com"), ENGLISH, &text).await,
        );
        test.later(Time::HOUR);
    }
    assert_eq!(cases.len(), 1);
}

#[tokio::test]
async fn one_visiting_card_or_logo_makes_no_two_mails_one_case() {
    let test = desk().await;
    let mut cases = BTreeSet::new();
    for (number, text) in [
        "The lift stands still until Monday, please take the stairs at the back of the house.",
        "We are looking for somebody who has lost a blue umbrella at our summer party.",
    ]
    .into_iter()
    .enumerate()
    {
        let logo = "iVBORw0KGgoAAAANSUhEUgAA".repeat(60);
        let message = format!(
            "From: Joost <joost@supplier.example>\nTo: kim@example.org\nSubject: News {number}\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: image/png\n\
             Content-Disposition: attachment; filename=logo.png\nContent-Transfer-Encoding: base64\n\n{logo}\n--b--\n"
        );
        let receipt = test.told("kim@example.org", &[], "", Some(&message)).await;
        cases.insert(test.case_of(receipt.report).await);
    }
    assert_eq!(cases.len(), 2);
}
