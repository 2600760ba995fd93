//! Genuine mail that speaks of accounts, money, parcels and favours names no kind of attack.

use mail::{Mailbox, Message};

use crate::{Attack, AttackType};

fn mailbox(address: &str) -> Mailbox {
    Mailbox { address: address.to_owned(), ..Mailbox::default() }
}

pub(super) fn from(sender: &str, subject: &str, text: &str) -> Attack {
    let message = Message {
        from: Some(mailbox(sender)),
        to: vec![mailbox("sam@example.org")],
        subject: subject.to_owned(),
        text: text.to_owned(),
        ..Message::default()
    };
    crate::read(&message, &[], &mail::Setting::default()).attack
}

fn check_none(sender: &str, subject: &str, text: &str) {
    let attack = from(sender, subject, text);
    assert_eq!(attack.kind, None, "{subject} {text}: {attack:?}");
}

#[test]
fn a_notice_of_a_sign_in_or_a_change_is_no_attack() {
    for (subject, text) in [
        (
            "New login to your account",
            "Hello Sam, we noticed a new login to your account from Firefox on Linux. If it was you, there is nothing \
             you need to do. If you do not recognise it, change your password in the settings.",
        ),
        (
            "Your email address was changed",
            "The email address of your account was changed on 4 May. If you made this change, no further action is \
             needed. If not, contact support.",
        ),
        (
            "Neue Anmeldung bei Ihrem Konto",
            "Hallo Sam, es gab eine neue Anmeldung bei Ihrem Konto über Safari auf einem iPad. Waren Sie das? Dann \
             müssen Sie nichts weiter tun. Falls nicht, ändern Sie bitte Ihr Passwort.",
        ),
        (
            "Ihr Passwort wurde geändert",
            "Guten Tag, das Passwort Ihres Kontos wurde geändert. Wenn Sie diese Änderung selbst vorgenommen haben, \
             brauchen Sie nichts zu tun.",
        ),
        (
            "Nouvelle connexion à votre compte",
            "Bonjour, une nouvelle connexion à votre compte a été constatée depuis un ordinateur sous Linux. Si c'est \
             vous, vous n'avez rien à faire.",
        ),
        (
            "Nieuwe aanmelding",
            "Hallo, er is een nieuwe aanmelding op je account vanaf een tablet. Was jij dit? Dan hoef je niets te doen.",
        ),
        (
            "Novo acesso à sua conta",
            "Olá, houve um novo acesso à sua conta a partir de um computador. Se foi você, não precisa fazer nada.",
        ),
    ] {
        check_none("no-reply@service.example", subject, text);
    }
}

#[test]
fn a_code_that_was_asked_for_is_no_attack() {
    for (subject, text) in [
        (
            "Your verification code",
            "Your verification code is 220 871. It is valid for ten minutes. Do not share this code with anybody.",
        ),
        (
            "Ihr Bestätigungscode",
            "Ihr Code lautet 220871. Der Code ist zehn Minuten gültig und nur einmal zu verwenden.",
        ),
        (
            "Votre code de connexion",
            "Votre code de vérification est 220871. Ce code expire dans dix minutes.",
        ),
        (
            "Je inlogcode",
            "Je inlogcode is 220871. De code is tien minuten geldig. Deel deze code met niemand.",
        ),
        ("Seu código de acesso", "Seu código de verificação é 220871. O código expira em dez minutos."),
    ] {
        check_none("no-reply@service.example", subject, text);
    }
}

#[test]
fn a_receipt_a_statement_and_a_renewal_as_agreed_are_no_attack() {
    for (subject, text) in [
        (
            "Receipt for your subscription",
            "Thank you for your payment. Plan: Basic, one month, 4.99. Payment method: card ending in 8811. Your plan \
             will renew on 4 June and you can cancel anytime.",
        ),
        (
            "Your statement for April",
            "Your monthly statement is now available. Log in as usual to read it. For your safety there are no links in \
             this message.",
        ),
        (
            "Ihr Kontoauszug",
            "Guten Tag, Ihr Kontoauszug liegt im Postfach Ihres Online-Bankings bereit. Melden Sie sich wie gewohnt an. \
             Diese Nachricht enthält keinen Link.",
        ),
        (
            "Ihre Rechnung für Mai",
            "Guten Tag, Ihre Rechnung über 24,99 Euro finden Sie im Kundenportal. Der Betrag wird per Lastschrift von \
             Ihrem Konto abgebucht, Sie müssen nichts tun.",
        ),
        (
            "Votre facture de mai",
            "Bonjour, votre facture du mois de mai est disponible dans votre espace client. Le prélèvement aura lieu le \
             5 juin, aucune démarche n'est nécessaire.",
        ),
        (
            "Je factuur staat klaar",
            "Hallo, je factuur voor mei staat klaar in je account. Het bedrag wordt automatisch afgeschreven, je hoeft \
             niets te doen.",
        ),
        (
            "A sua fatura",
            "Olá, a sua fatura de maio está disponível na área do cliente. O pagamento é por débito direto, não precisa \
             de fazer nada.",
        ),
    ] {
        check_none("billing@service.example", subject, text);
    }
}

#[test]
fn a_mailbox_that_fills_up_is_told_without_a_threat() {
    for (subject, text) in [
        (
            "Your storage is almost full",
            "You've used 91% of your storage. Free up space by deleting large files, or get more storage with a plan. You \
             are receiving this because storage alerts are on.",
        ),
        (
            "Ihr Speicher ist fast voll",
            "Ihr Speicher ist zu 91 % belegt. Leeren Sie den Papierkorb oder löschen Sie alte Dateien, um Platz zu \
             schaffen.",
        ),
        (
            "Votre espace est presque plein",
            "Vous utilisez 91 % de votre espace. Libérez de l'espace en supprimant les gros fichiers.",
        ),
    ] {
        check_none("no-reply@service.example", subject, text);
    }
}

#[test]
fn a_parcel_that_simply_comes_is_no_attack() {
    for (subject, text) in [
        (
            "Your order has shipped",
            "Good news, your order 55120 has shipped and will be delivered tomorrow between 9 and 12. Track your parcel \
             with the number below.",
        ),
        (
            "Deine Bestellung ist unterwegs",
            "Hallo Sam, dein Paket wurde verschickt und ist auf dem Weg zu dir. Voraussichtliche Lieferung: Mittwoch. \
             Bestellnummer 55120.",
        ),
        (
            "Votre commande est en route",
            "Bonjour, votre commande 55120 a bien été expédiée et sera livrée mercredi. Montant total : 39,90 €.",
        ),
        (
            "Je pakket komt eraan",
            "Hoi, je bestelling is verzonden en wordt morgen bezorgd. Bestelnummer 55120.",
        ),
        (
            "O seu pedido saiu para entrega",
            "Olá, o seu pedido 55120 saiu para entrega e será entregue hoje. Obrigado pela sua compra.",
        ),
    ] {
        check_none("orders@shop.example", subject, text);
    }
}

#[test]
fn a_bank_that_names_the_number_on_the_card_wants_no_call() {
    check_none(
        "info@bank.example",
        "A standing order was set up",
        "A standing order was set up on your account today. If you made this change you do not need to do anything. If you \
         do not recognise it, call us on the number on the back of your card.",
    );
    check_none(
        "info@bank.example",
        "Dauerauftrag angelegt",
        "Auf Ihrem Konto wurde ein Dauerauftrag angelegt. Wenn Sie das waren, müssen Sie nichts tun. Sonst rufen Sie bitte \
         die Nummer auf der Rückseite Ihrer Karte an.",
    );
}

#[test]
fn colleagues_of_the_same_house_may_ask_favours_and_be_in_a_hurry() {
    for (subject, text) in [
        ("key", "Are you at your desk? I still have the key of the store room and would bring it over."),
        (
            "Thursday",
            "Could you do me a favour and open the hall on Thursday? My bus is not there before nine.",
        ),
        (
            "figures",
            "I need the figures for the budget by noon, the meeting was moved. Could you put them in the folder?",
        ),
        (
            "invoice 881",
            "Who handles the invoices of the caterer now? They called because 881 is still open.",
        ),
        ("Schlüssel", "Bist du im Büro? Ich habe noch den Schlüssel vom Lager und bringe ihn dir vorbei."),
        (
            "Donnerstag",
            "Kannst du mir einen Gefallen tun und am Donnerstag den Saal aufschließen? Mein Bus kommt erst um neun.",
        ),
        (
            "jeudi",
            "Peux-tu me rendre un service et ouvrir la salle jeudi ? Mon bus n'arrive qu'à neuf heures.",
        ),
        (
            "donderdag",
            "Kun je iets voor me doen en donderdag de zaal openen? Mijn bus komt pas om negen uur.",
        ),
        ("quinta", "Podes fazer-me um favor e abrir a sala na quinta? O meu autocarro só chega às nove."),
    ] {
        check_none("kim@example.org", subject, text);
    }
}

#[test]
fn a_bill_of_a_known_supplier_is_no_attack() {
    for (subject, text) in [
        (
            "Invoice 2051",
            "Dear Kim, please find attached our invoice 2051 for the work carried out in April. Payment terms: 30 days net. \
             Our bank details remain the same.",
        ),
        (
            "Rechnung 2051",
            "Guten Tag Frau Hale, anbei unsere Rechnung 2051 laut Ihrer Bestellung. Zahlbar innerhalb von 30 Tagen ohne \
             Abzug auf unser bekanntes Konto.",
        ),
        (
            "Facture 2051",
            "Bonjour, veuillez trouver ci-joint notre facture 2051 pour les travaux réalisés en avril, à régler à 30 jours. \
             Nos coordonnées bancaires restent inchangées.",
        ),
        (
            "Factuur 2051",
            "Beste Kim, hierbij factuur 2051 voor de uitgevoerde werkzaamheden in april. De betaaltermijn is 30 dagen.",
        ),
    ] {
        check_none("accounts@supplier.example", subject, text);
    }
}

#[test]
fn a_printed_document_is_no_program() {
    let kind = |name: &str| {
        let message = Message {
            from: Some(mailbox("office@supplier.example")),
            text: "Dear Kim, please find attached the invoice for the chairs.".to_owned(),
            attachments: vec![mail::Attachment { name: name.to_owned(), ..mail::Attachment::default() }],
            ..Message::default()
        };
        crate::read(&message, &[], &mail::Setting::default()).attack.kind
    };
    assert_eq!(kind("invoice.js"), Some(AttackType::Malware));
    assert_ne!(kind("invoice.pdf"), Some(AttackType::Malware));
}

#[test]
fn a_notice_that_presses_stays_an_attack() {
    for (text, kind) in [
        (
            "New login to your account from Minsk. Verify your account within 24 hours or it will be suspended.",
            AttackType::CredentialPhishing,
        ),
        (
            "Ihr Speicher ist fast voll. Bestätigen Sie Ihr Konto sofort, sonst wird Ihr Postfach gelöscht.",
            AttackType::CredentialPhishing,
        ),
        (
            "Receipt: your Norton plan renewed and 399.99 was charged. Call +1 (805) 555-0134 to cancel.",
            AttackType::CallBack,
        ),
        (
            "Your parcel is on its way but held at the depot. Pay the customs fee within 2 days or it goes back.",
            AttackType::Parcel,
        ),
        (
            "Our bank account has changed. Please pay invoice 2051 to the new account, payment terms 30 days.",
            AttackType::Invoice,
        ),
    ] {
        let attack = from("info@service.example", "", text);
        assert_eq!(attack.kind, Some(kind), "{text}: {attack:?}");
    }
}

#[test]
fn one_phrase_in_a_long_letter_makes_no_kind() {
    let filler =
        "The meeting went well and we agreed on the dates for the next two months with everybody who came. ";
    let letter = format!(
        "{0}{0}Our firm has been selected for an audit of its stairs in the spring. {0}{0}{0}{0}",
        filler
    );
    check_none("kim@office.example", "Audit", &letter);
}

#[test]
fn a_site_that_bears_the_name_of_its_sender_and_keeps_its_links_is_less_suspect() {
    let certainty = |address: &str, target: &str| {
        let message = Message {
            from: Some(Mailbox { name: Some("Harbour".to_owned()), ..mailbox(address) }),
            text: "Please log in to confirm your account details.".to_owned(),
            links: vec![mail::Link { target: target.to_owned(), ..mail::Link::default() }],
            ..Message::default()
        };
        let attack = crate::read(&message, &[], &mail::Setting::default()).attack;
        attack.shares.first().copied().unwrap_or_default()
    };
    let own = certainty("info@harbour.example", "https://www.harbour.example/login");
    let away = certainty("info@harbour.example", "https://elsewhere.example/login");
    assert!(own < away, "{own} {away}");
}
