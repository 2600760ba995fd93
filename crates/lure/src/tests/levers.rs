//! Which levers are seen, and where words only look like one.

use super::{check_marks, has, read_text};
use crate::{Language, LeverKind, Tongue};

#[test]
fn each_lever_is_seen_in_plain_english() {
    for (kind, text) in [
        (LeverKind::Authority, "This is an official notice from the security department of your bank."),
        (LeverKind::Urgency, "You must respond immediately, this is the final reminder before the deadline."),
        (LeverKind::Fear, "Your account has been suspended and will be permanently deleted."),
        (LeverKind::Reward, "Congratulations, you have won a prize. Claim your reward."),
        (LeverKind::Curiosity, "You have a new voice message from someone. Take a look."),
        (LeverKind::SocialProof, "All employees and most of your colleagues have already signed up."),
        (LeverKind::Liking, "My dear friend, I admire your kindness and I hope you are well."),
        (
            LeverKind::Reciprocity,
            "As a thank you for your loyalty, take part in exchange for a gift for you.",
        ),
        (LeverKind::Helpfulness, "I need your help, can you do me a favor? Please help."),
        (LeverKind::Secrecy, "Keep this between us, it is strictly confidential. Do not tell anyone."),
    ] {
        let (message, lure) = read_text("", text);
        assert!(has(&lure, kind), "{kind:?} in {text}: {:?}", lure.levers);
        check_marks(&message, &lure);
    }
}

#[test]
fn levers_are_seen_in_every_language_we_read() {
    for (tongue, text) in [
        (
            Tongue::De,
            "Ihr Konto wurde gesperrt. Bitte handeln Sie jetzt, die letzte Mahnung läuft ab und wir müssen es löschen.",
        ),
        (
            Tongue::Pt,
            "A sua conta será bloqueada. É urgente, este é o último aviso para você não perder o acesso.",
        ),
        (
            Tongue::Nl,
            "Uw rekening is geblokkeerd. Dit is de laatste waarschuwing, u moet dringend en onmiddellijk handelen.",
        ),
        (
            Tongue::Fr,
            "Votre compte sera suspendu. C’est le dernier avertissement, il est urgent de nous répondre.",
        ),
    ] {
        let (message, lure) = read_text("", text);
        assert_eq!(lure.language, Language::Known(tongue), "{text}");
        assert!(has(&lure, LeverKind::Urgency) && has(&lure, LeverKind::Fear), "{text}: {:?}", lure.levers);
        check_marks(&message, &lure);
    }
}

/// The probability of a lever, listed or not.
fn sure(text: &str, kind: LeverKind) -> f32 {
    let lure = read_text("", text).1;
    LeverKind::ALL
        .iter()
        .zip(lure.lever_probabilities)
        .find(|(one, _)| **one == kind)
        .map_or(0.0, |(_, sure)| sure)
}

#[test]
fn what_is_denied_pulls_nothing() {
    for (kind, text) in [
        (LeverKind::Urgency, "there is no hurry, please take your time. Nothing is urgent here."),
        (LeverKind::Urgency, "It isn't urgent, and there is no need to hurry with this."),
        (LeverKind::Fear, "Your account has not been suspended and nothing will be deleted."),
        (LeverKind::Urgency, "Es ist nicht dringend und keine Frist, das hat für uns Zeit."),
        (LeverKind::Fear, "Ihr Konto wurde nicht gesperrt, und es ist für Sie nichts gelöscht."),
        (LeverKind::Urgency, "Não é urgente e não há nenhum prazo para isso com você."),
        (LeverKind::Fear, "A sua conta não será bloqueada e você não tem multa."),
        (LeverKind::Urgency, "Het is niet dringend en er is geen deadline voor u."),
        (LeverKind::Urgency, "Ce n’est pas urgent et il n’y a aucun délai pour vous."),
        (LeverKind::Fear, "Votre compte n’a jamais été suspendu et sans frais supplémentaires."),
    ] {
        assert_eq!(sure(text, kind), 0.0, "{kind:?} in {text}");
    }
}

#[test]
fn a_negation_that_is_a_threat_or_belongs_elsewhere_takes_nothing_away() {
    for (kind, text) in [
        (LeverKind::Urgency, "Do not wait, act now."),
        (LeverKind::Urgency, "If you do not act immediately, we will close it."),
        (LeverKind::Urgency, "Do not miss the deadline for this."),
        (LeverKind::Urgency, "It is not a joke. Urgent: read this now."),
        (LeverKind::Urgency, "This is not only urgent but also yours."),
        (LeverKind::Urgency, "You have not more than 24 hours for this."),
        (LeverKind::Urgency, "Not responding within 24 hours means that it is gone."),
        (LeverKind::Urgency, "Wird das Konto nicht innerhalb von 24 Stunden bestätigt, ist es für Sie weg."),
        (LeverKind::Urgency, "This is about the bill No 4711 overdue since May."),
        (LeverKind::Fear, "You did not answer, your account has been suspended."),
        (LeverKind::Fear, "Do not ignore this, your account will be closed."),
        (LeverKind::Urgency, "Wenn Sie nicht sofort handeln, ist es für Sie zu spät."),
        (LeverKind::Fear, "Se você não pagar, a sua conta será bloqueada."),
        (LeverKind::Urgency, "Als u niet onmiddellijk betaalt, wordt het voor u te laat."),
        (LeverKind::Urgency, "Si vous ne répondez pas immédiatement, ce sera pour nous fini."),
    ] {
        assert!(sure(text, kind) >= 0.2, "{kind:?} in {text}: {}", sure(text, kind));
    }
}

#[test]
fn single_common_words_are_no_social_proof() {
    for text in [
        "The popular book has its reviews already, and we will send you a copy for the shelf of the library.",
        "Everyone who has not yet been at the lake is asked to come with us, as you already know from the list.",
        "Das beliebte Buch hat schon Bewertungen, und jeder kann es sich bei uns in der Halle ansehen.",
        "Het populaire boek is er, en iedereen kan het bij ons in de hal zien als u dat wilt.",
        "Le livre populaire est là, et tout le monde peut le voir chez nous dans la salle si vous voulez.",
    ] {
        assert!(!has(&read_text("", text).1, LeverKind::SocialProof), "{text}");
    }
}

#[test]
fn fear_and_scarcity_are_seen_in_words_of_work() {
    for (kind, text) in [
        (LeverKind::Fear, "A zero-day vulnerability is being exploited in the software that you use."),
        (
            LeverKind::Fear,
            "We found an infringement, and sanctions for the violation are on their way to you.",
        ),
        (
            LeverKind::Fear,
            "Es gibt eine Sicherheitslücke, und für den Verstoß sind Sanktionen für Sie möglich.",
        ),
        (LeverKind::Urgency, "Only 3 seats left"),
        (LeverKind::Urgency, "There are only 12 rooms left for the week."),
        (LeverKind::Urgency, "Es sind nur noch 3 Plätze für Sie und uns frei."),
    ] {
        assert!(has(&read_text("", text).1, kind), "{kind:?} in {text}: {}", sure(text, kind));
    }
}

#[test]
fn everyday_words_alone_pull_no_lever() {
    for (kind, text) in [
        (LeverKind::Reciprocity, "Por favor, envie o relatório que você tem sobre a obra para nós."),
        (LeverKind::Reciprocity, "As agreed, the chairs are in the hall and we can use them for the week."),
        (LeverKind::Helpfulness, "The new guide is there to help you find the rooms of the house."),
        (LeverKind::Helpfulness, "Thank you for your cooperation with the keys in the last week."),
        (LeverKind::Curiosity, "You can learn more about the hall from the plan that is on the wall."),
        (LeverKind::Secrecy, "I was in a meeting when you called, and I will be back at three."),
        (LeverKind::Secrecy, "This email is confidential and intended only for the person it is sent to."),
        (LeverKind::Reward, "Die Rechnung über 924,20 Euro ist für Sie noch offen."),
        (LeverKind::Liking, "Students like you have asked for longer hours of the library."),
        (
            LeverKind::Urgency,
            "We got a request for a new word for your door. This link will expire in 60 minutes.",
        ),
    ] {
        assert!(!has(&read_text("", text).1, kind), "{kind:?} in {text}: {}", sure(text, kind));
    }
}

#[test]
fn fear_urgency_help_and_secrecy_are_seen_in_plain_words() {
    for (kind, text) in [
        (
            LeverKind::Fear,
            "Your mailbox has exceeded the storage limit and you may not be able to send mail.",
        ),
        (LeverKind::Fear, "You will lose all of your files when the account is shut down."),
        (
            LeverKind::Fear,
            "Dies ist Ihre letzte Chance vor dem Gerichtsverfahren, das wir für Sie vermeiden wollten.",
        ),
        (LeverKind::Fear, "Votre boîte est pleine et vos messages seront effacés pour vous."),
        (LeverKind::Fear, "Uw postvak is vol en uw berichten worden verwijderd door ons."),
        (LeverKind::Urgency, "You have to answer within seven days of this note."),
        (LeverKind::Helpfulness, "I need a favor from you, I am counting on you for this."),
        (LeverKind::Helpfulness, "J'aurais besoin d'un service de ta part, je compte sur toi."),
        (LeverKind::Reward, "The job has an attractive weekly salary and you can do it from your room."),
        (LeverKind::Liking, "I would like to tell you about myself and to get to know you better."),
        (LeverKind::Secrecy, "This is our little secret, do not tell anyone about the gift."),
    ] {
        assert!(has(&read_text("", text).1, kind), "{kind:?} in {text}: {}", sure(text, kind));
    }
}

#[test]
fn blackmail_frightens_and_a_warning_of_it_does_not() {
    let (_, lure) = read_text(
        "",
        "I recorded you on an adult site. Send 2 btc to my wallet or all your contacts see the video.",
    );
    assert!(has(&lure, LeverKind::Fear), "{:?}", lure.levers);
    let (_, lure) = read_text(
        "",
        "Scammers are sending e-mails that claim to have a video. This is a scam, do not respond to it, do not pay the sum \
         and report it to us.",
    );
    assert!(!has(&lure, LeverKind::Fear), "{:?}", lure.levers);
}

#[test]
fn an_office_in_a_signature_orders_nobody_and_a_fortune_is_a_reward() {
    let (_, lure) =
        read_text("Maintenance", "The printers are off on Friday from ten to noon. Kim, IT service desk");
    assert!(!has(&lure, LeverKind::Authority), "{:?}", lure.levers);
    for text in [
        "I have the sum of 9 million dollars of a late client without next of kin and your share would be forty percent.",
        "Je suis banquier et un client décédé sans héritier a laissé une fortune, votre part sera de 40 % de la somme.",
    ] {
        assert!(has(&read_text("", text).1, LeverKind::Reward), "{text}");
    }
}

#[test]
fn help_secrecy_and_haste_are_seen_however_they_are_put() {
    for (text, kind) in [
        ("Could you do me a small favour? I would be grateful for your help.", LeverKind::Helpfulness),
        ("Ich bräuchte Ihre Hilfe, könnten Sie das für mich übernehmen?", LeverKind::Helpfulness),
        ("Peux-tu me donner un coup de main ? Merci de ton aide.", LeverKind::Helpfulness),
        ("Kun je me helpen? Bedankt voor je hulp.", LeverKind::Helpfulness),
        ("Pode me ajudar? Preciso da sua ajuda hoje.", LeverKind::Helpfulness),
        ("Do not discuss this with anyone, it is a confidential matter.", LeverKind::Secrecy),
        (
            "Bitte reden Sie mit niemandem darüber, es ist eine vertrauliche Angelegenheit.",
            LeverKind::Secrecy,
        ),
        ("Restez discret, c'est une opération confidentielle.", LeverKind::Secrecy),
        ("Vertel het niemand, het is een vertrouwelijke zaak.", LeverKind::Secrecy),
        ("Não conte a ninguém, é um assunto confidencial.", LeverKind::Secrecy),
        ("It needs to go out today, this is urgent.", LeverKind::Urgency),
        ("C'est urgent, répondez dans les plus brefs délais.", LeverKind::Urgency),
    ] {
        assert!(has(&read_text("", text).1, kind), "{text}: {:?}", read_text("", text).1.levers);
    }
}
