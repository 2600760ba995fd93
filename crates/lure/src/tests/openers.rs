//! First questions that only find out whether somebody answers, and who pays.

use super::everyday::from;
use crate::AttackType;

fn check(text: &str) {
    let attack = from("boss.private@gmail.com", "", text);
    assert_eq!(attack.kind, Some(AttackType::Reconnaissance), "{text}: {attack:?}");
}

#[test]
fn one_line_of_a_supposed_boss() {
    for text in [
        "Are you at work? I am in a conference and can only be reached by email. Paul Kent, Director",
        "Kindly confirm you are available, I need you to handle something for me.",
        "Hi Kim, do you have a moment? Email me when you get this.",
        "Bitte schreiben Sie mir kurz, ob Sie erreichbar sind. Ich bin in einem Meeting und kann nicht telefonieren.",
        "Bist du gerade am Platz? Antworte mir hier, ich habe eine kleine Aufgabe für dich.",
        "Tu es là ? J'ai besoin d'un coup de main, réponds-moi par mail, je suis en conférence.",
        "Êtes-vous à votre poste ? Je suis en déplacement et injoignable par téléphone.",
        "Ben je bereikbaar? Ik heb een klusje voor je, alleen per mail graag, ik zit in een bespreking.",
        "Tem um momento? Preciso que trate de um assunto, estou numa reunião, responda por e-mail.",
    ] {
        check(text);
    }
}

#[test]
fn whether_a_mailbox_is_read() {
    for text in [
        "Hello, is this address still in use? Kindly confirm receipt.",
        "Guten Tag, ist diese E-Mail-Adresse noch aktiv? Bitte bestätigen Sie den Empfang.",
        "Bonjour, cette adresse est-elle toujours utilisée ? Merci de confirmer la réception.",
        "Goedendag, is dit e-mailadres nog in gebruik? Bevestig de ontvangst a.u.b.",
        "Boa tarde, este e-mail está ativo? Por favor confirme o recebimento.",
    ] {
        check(text);
    }
}

#[test]
fn who_pays_and_who_owes() {
    for text in [
        "Please send me the latest aging report with the contact of each customer.",
        "Who is responsible for the payment of invoices in your company? Please send me a name and an email address.",
        "Bitte senden Sie mir die aktuelle Debitorenliste mit allen offenen Posten.",
        "Wer kümmert sich bei Ihnen um die Zahlung der Rechnungen? Bitte antworten Sie mir per E-Mail.",
        "Merci de m'envoyer la liste des factures impayées avec le contact de chaque client.",
        "Qui est en charge des paiements aux fournisseurs chez vous ?",
        "Stuur me graag de actuele debiteurenlijst met contactgegevens.",
        "Envie-me a lista de devedores atualizada, por favor.",
    ] {
        check(text);
    }
}

#[test]
fn a_stranger_who_only_wants_an_answer() {
    for text in [
        "Hello Kim, how is your day going? I would rather write than speak. Paul Kent, Chairman",
        "Guten Tag, darf ich Sie mit einer Sache behelligen?",
        "Bonjour, est-ce que vous pouvez me dire quand vous aurez un peu de temps ?",
        "Hoi, mag ik je met iets lastigvallen?",
        "Bom dia, posso contar consigo para uma coisa?",
    ] {
        check(text);
    }
    let attack = from("kim@example.org", "", "Hello Sam, may I ask you for something?");
    assert_eq!(attack.kind, None, "a colleague of the same house: {attack:?}");
    let attack = from("pat@gmail.com", "", "Hello Sam, is the course on 14 May at 9 still on? Regards, Pat");
    assert_eq!(attack.kind, None, "it names its matter: {attack:?}");
}
