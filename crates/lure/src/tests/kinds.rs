//! Which kind of attack a message would be, in a few words each.

use super::read_text;
use crate::AttackType;

fn check(text: &str, expected: AttackType) {
    let attack = read_text("", text).1.attack;
    assert_eq!(attack.kind, Some(expected), "{text}: {attack:?}");
}

#[test]
fn new_bank_details_of_a_firm_are_about_an_invoice_and_those_of_a_colleague_about_pay() {
    check(
        "Bonjour, suite au changement de RIB, merci de régler la facture du mois sur ce compte.",
        AttackType::Invoice,
    );
    check("Bonjour, je voudrais que mon salaire soit versé sur mon nouveau RIB, merci.", AttackType::Payroll);
}

#[test]
fn a_tax_refund_to_claim_in_a_form_wants_personal_data() {
    check("You are due a tax refund of 312.40. Fill in the form to get it.", AttackType::CredentialPhishing);
}

#[test]
fn a_number_alone_is_no_tax_form_and_no_hotline() {
    assert_eq!(read_text("", "The room is for 12 of us and we will be there at 10.").1.attack.kind, None);
    assert!(read_text("", "Room 12").1.attack.reasons.is_empty());
}

#[test]
fn small_tasks_for_daily_pay_are_a_job() {
    check(
        "We pay for liking YouTube videos, 200 to 500 EUR a day. Write to us on WhatsApp.",
        AttackType::Job,
    );
    check("Sie können mit uns von zu Hause Videos liken und 150 Euro am Tag verdienen.", AttackType::Job);
}

#[test]
fn a_code_to_scan_asks_to_sign_in() {
    for text in [
        "Scan the QR code to keep access to your mailbox.",
        "Scannen Sie den QR-Code, um Ihren Zugang zu behalten.",
        "Scannez le QR code pour garder votre accès avec nous.",
        "Scan de QR-code om uw rekening bij ons te behouden.",
    ] {
        check(text, AttackType::CredentialPhishing);
    }
}

#[test]
fn a_boleto_is_a_bill() {
    check(
        "Olá, segue o boleto em anexo com vencimento hoje. Favor efetuar o pagamento.",
        AttackType::Invoice,
    );
}

#[test]
fn a_file_that_must_be_let_loose_is_malware_whatever_it_is_called() {
    for text in [
        "Please enable content to view the attached invoice.",
        "Bitte aktivieren Sie die Makros, um die Rechnung zu sehen.",
        "Veuillez activer le contenu pour voir la facture.",
    ] {
        check(text, AttackType::Malware);
    }
}

#[test]
fn a_link_to_a_packed_file_is_about_harm_and_a_link_to_a_page_is_not() {
    let kind = |target: &str| {
        let message = mail::Message {
            subject: "Documents".to_owned(),
            text: "As discussed on the phone, the papers are in the folder below.".to_owned(),
            links: vec![mail::Link { target: target.to_owned(), ..mail::Link::default() }],
            ..mail::Message::default()
        };
        crate::read(&message, &[], &mail::Setting::default()).attack.kind
    };
    assert_eq!(kind("https://files.example.org/papers.zip"), Some(AttackType::Malware));
    assert_eq!(kind("https://files.example.org/papers"), None);
}

#[test]
fn digital_coins_alone_threaten_nobody_and_a_casino_is_no_date() {
    for text in [
        "Werden Sie noch heute mit Bitcoin zum Millionär, machen Sie jetzt mit.",
        "Registrieren Sie sich für das heiße Casino mit Tausenden von Slots.",
    ] {
        let kind = read_text("", text).1.attack.kind;
        assert!(!matches!(kind, Some(AttackType::Extortion | AttackType::Romance)), "{text}: {kind:?}");
    }
}
