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

fn kind_of(text: &str) -> Option<AttackType> {
    read_text("", text).1.attack.kind
}

#[test]
fn a_stranger_who_writes_about_themselves_is_about_love() {
    for text in [
        "Hi dear, I saw your profile and I would like to get to know you. I am single and my hobbies are hiking and cooking.",
        "Hallo, ich bin geschieden und möchte dich besser kennenlernen. Soll ich dir etwas über mich erzählen?",
        "Bonjour, je suis une femme célibataire et j'aimerais faire ta connaissance. Parle-moi de toi.",
        "Hallo, ik ben alleenstaand en wil je beter leren kennen. Zal ik iets over mezelf vertellen?",
        "Olá, sou solteira e quero te conhecer melhor. Posso falar sobre mim na próxima carta?",
    ] {
        check(text, AttackType::Romance);
    }
}

#[test]
fn loans_gifts_and_bankers_from_nowhere_are_a_fortune_in_every_language() {
    for text in [
        "Ich arbeite bei der Bank of Asia und habe ein lukratives Geschäft für Sie. Bitte antworten Sie mir.",
        "Wir bieten Darlehen von 5.000 bis 500.000 Euro mit 2% Zinsen. Kontaktieren Sie mich bitte per E-Mail.",
        "Vous avez besoin d'un prêt entre particuliers ? Taux de 3 %. Veuillez me contacter sur mon adresse mail.",
        "Je souhaite vous faire un don de 900.000 euros avant de mourir. Écrivez-moi à mon adresse mail.",
        "Ik werk bij de bank en wil € 12.000.000 aan u overmaken. Ik wacht op uw reactie.",
        "Heeft u een lening nodig? Wij bieden persoonlijke leningen met een vaste rente van 2%. Mail ons.",
        "Sou uma viúva doente e quero doar a minha fortuna aos órfãos. Aguardo sua resposta, Deus te abençoe.",
        "Oferecemos empréstimo pessoal com juros de 2% ao ano. Se tiver interesse, entre em contato comigo.",
    ] {
        check(text, AttackType::AdvanceFee);
    }
}

#[test]
fn a_favour_in_one_line_only_finds_out_whether_somebody_answers() {
    for text in [
        "Hello, I have a small favour to ask. Let me know when you are available.",
        "Guten Morgen, können Sie kurz etwas für mich erledigen? Ich bin in einer Besprechung.",
        "Bonjour, peux-tu me rendre un petit service ? Je suis en réunion.",
        "Hoi, kun je iets voor me doen? Ik zit in een vergadering.",
        "Oi, você pode me fazer um favor? Estou em reunião agora.",
    ] {
        check(text, AttackType::Reconnaissance);
    }
}

#[test]
fn cards_pay_and_calls_are_told_in_several_languages() {
    for (text, kind) in [
        (
            "Please buy five gift cards and email me the codes, I will reimburse you tonight.",
            AttackType::GiftCards,
        ),
        ("Bitte Gutscheinkarten besorgen und mir Fotos der Codes schicken, danke.", AttackType::GiftCards),
        ("Merci d'acheter des cartes cadeaux et de m'envoyer la photo des codes.", AttackType::GiftCards),
        ("Wil je cadeaukaarten kopen en mij een foto van de codes sturen?", AttackType::GiftCards),
        (
            "I have changed banks, please pay my salary into my new account from the next payroll.",
            AttackType::Payroll,
        ),
        (
            "Ich habe die Bank gewechselt, bitte mein Gehalt auf meine neue IBAN überweisen.",
            AttackType::Payroll,
        ),
        (
            "Your yearly plan was renewed and 349.99 USD was billed to your card. To cancel call +1 (805) 555-0134.",
            AttackType::CallBack,
        ),
        (
            "Ihr Abo wurde verlängert und 299 Euro wurden abgebucht. Rufen Sie uns an: unter der Nummer +49 30 5550 1340.",
            AttackType::CallBack,
        ),
        (
            "Votre abonnement a été renouvelé pour 299 euros. Pour annuler, appelez le +33 1 55 50 13 40.",
            AttackType::CallBack,
        ),
    ] {
        check(text, kind);
    }
}

#[test]
fn a_threat_with_something_private_is_extortion_in_every_language() {
    for text in [
        "I recorded you through your webcam. Send the amount in bitcoin or your friends and family will see it.",
        "Ich habe dich gefilmt. Bezahle mich in Bitcoin, sonst geht das Video an alle deine Kontakte.",
        "Je vous ai filmé avec votre caméra. Payez en bitcoin ou la vidéo part à tous vos contacts.",
        "Ik heb je computer gehackt en een video van je. Betaal in bitcoin of al je contacten zien hem.",
        "Invadi o seu computador e gravei um vídeo. Pague em bitcoin ou todos os seus contatos vão ver.",
    ] {
        check(text, AttackType::Extortion);
    }
}

#[test]
fn a_parcel_that_cannot_arrive_is_about_a_parcel_in_every_language() {
    for text in [
        "Your parcel was returned to our depot because of an incorrect address: https://post.example.org/a",
        "Ihr Paket konnte nicht zugestellt werden. Bitte Adresse bestätigen: https://post.example.org/a",
        "Votre colis n'a pas pu être livré, l'adresse est incomplète : https://post.example.org/a",
        "Uw pakket kon niet worden bezorgd, het adres is onvolledig: https://post.example.org/a",
        "Sua encomenda está retida na alfândega, pague a taxa de importação: https://post.example.org/a",
    ] {
        check(text, AttackType::Parcel);
    }
}

#[test]
fn a_form_to_send_back_is_a_ground() {
    check(
        "You have won a cash prize. Send us:\nName: ____\nAge: ____\nCountry: ____\nPhone: ____",
        AttackType::Prize,
    );
}

#[test]
fn everyday_mail_gets_no_kind() {
    for text in [
        "We received a request to reset the password of your account. If you did not request this, you can safely ignore this email.",
        "Sie möchten Ihr Passwort zurücksetzen. Falls Sie das nicht angefordert haben, können Sie diese E-Mail ignorieren.",
        "Ihre Bestellung wurde versandt und ist in zwei Tagen bei Ihnen. Versand durch DHL.",
        "The agenda for the meeting on Thursday is below, comments on the slides are welcome.\n\nKim Hale\nTel: +44 20 7946 0018",
        "I agree with what you say about the draft.\n> click here to verify your account and claim your prize\nSee you on Monday.",
        "The talk on bees is in room 12.\n\nYou are receiving this as a member of the newsletter. Log in to unsubscribe.",
        "Bonjour à tous, voici le compte rendu de la réunion de lundi. À bientôt au séminaire.",
        "Uw bestelling is verzonden en wordt donderdag bezorgd. Met vriendelijke groet, het team",
        "The winner of the bake sale will be told at lunch.",
        "Please find attached the minutes of the meeting. Let me know if you have comments.",
    ] {
        assert_eq!(kind_of(text), None, "{text}: {:?}", read_text("", text).1.attack);
    }
}

#[test]
fn an_answer_in_a_conversation_needs_more_to_get_a_kind() {
    let of = |answers: bool| {
        let mut message = mail::Message {
            subject: "Survey".to_owned(),
            text: "There was a discount for the group, and we took part in the survey. Shall we buy now?"
                .to_owned(),
            ..mail::Message::default()
        };
        if answers {
            message.headers.push(("In-Reply-To".to_owned(), "<a@example.org>".to_owned()));
        }
        crate::read(&message, &[], &mail::Setting::default()).attack
    };
    let share = |attack: &crate::Attack| attack.shares.iter().sum::<f32>();
    assert!(share(&of(true)) < share(&of(false)));
}

#[test]
fn the_shares_leave_room_for_everyday_mail_and_follow_the_choice() {
    for text in [
        "Please log in to your account here, it has been suspended.",
        "Shall we have lunch on Thursday?",
        "Discount on shoes and free shipping, order now.",
    ] {
        let attack = read_text("", text).1.attack;
        let everyday = 1.0 - attack.shares.iter().sum::<f32>();
        assert!((0.0..=1.0).contains(&everyday), "{text}: {attack:?}");
        let most = attack.shares.iter().copied().fold(0.0, f32::max);
        assert_eq!(attack.kind.is_some(), most >= everyday, "{text}: {attack:?}");
    }
}

/// Nothing may be named.
fn check_none(subject: &str, text: &str) {
    let attack = read_text(subject, text).1.attack;
    assert_eq!(attack.kind, None, "{subject} {text}: {attack:?}");
}

#[test]
fn threats_to_firms_and_their_networks_are_extortion() {
    for text in [
        "We will run a DDoS attack on your network from Friday. Send 12 BTC to stop it, the price goes up each day.",
        "Your website has been hacked and we have all your data. Pay us 1.5 BTC or it is sold to the highest bidder.",
        "Wir haben Ihre Webseite gehackt und alle Datenbanken extrahiert. Zahlen Sie 2 Bitcoin, sonst ist Ihr Ruf zerstört.",
        "Nous avons piraté votre site et copié votre base de données. Versez 2 bitcoins ou elles seront vendues au plus offrant.",
        "Wij hebben uw website gehackt en uw database is van ons. Betaal 2 bitcoin of alles gaat naar de hoogste bieder.",
        "Invadimos seu site e copiamos seu banco de dados. Se você não pagar 2 bitcoins, vamos publicar tudo.",
    ] {
        check(text, AttackType::Extortion);
    }
}

#[test]
fn a_false_charge_of_a_crime_is_extortion() {
    check(
        "Je suis le chef de la brigade des mineurs et vous faites l'objet de plusieurs poursuites pour atteinte sexuelle. \
         Envoyez vos justifications sous 48 heures.",
        AttackType::Extortion,
    );
}

#[test]
fn a_draw_that_nobody_entered_is_a_prize_even_with_a_large_sum_and_a_form() {
    for text in [
        "Dear winner, your email was drawn in the final draw of our lottery promotion and won a cash award of 900,000.00 \
         Euro. Send name, age and phone to the claims manager with your ticket number.",
        "Vous êtes parmi les gagnants du tirage internet et gagnez la somme de 480 000,00 €. Contactez l'huissier pour \
         percevoir vos gains.",
        "Proficiat! U heeft 90.000 euro gewonnen in de trekking van onze loterij, uw geboortedatum is uitgeloot.",
        "Parabéns! O seu nome foi escolhido no nosso sorteio e ganhou um voucher de 400 euros. Veja o seu prémio aqui.",
    ] {
        check(text, AttackType::Prize);
    }
}

#[test]
fn an_unknown_buyer_or_a_vague_opener_only_finds_out_who_answers() {
    for text in [
        "Dear Sir, we are interested in your products. Please send your price list and the minimum order quantity.",
        "Hello, I have something to share with you. Kindly reply if interested.",
        "Bonjour, puis-je te demander quelque chose, si possible par mail ?",
        "Sehr geehrte Damen und Herren, wir haben Interesse an Ihren Produkten. Bitte senden Sie uns Ihre Preisliste.",
        "Dear Sir, we would like to buy your goods in good quantity. Kindly send us the catalogue and your quotation.",
        "Kindly send me your cell number, I need a quick favour from you.",
        "Geachte heer, wij zijn geïnteresseerd in uw mooie producten. Stuur ons uw prijslijst.",
        "Prezados, temos interesse em comprar seus produtos em grande quantidade. Poderiam enviar a lista de preços?",
    ] {
        check(text, AttackType::Reconnaissance);
    }
}

#[test]
fn mail_about_what_one_asked_for_is_no_attack() {
    check_none(
        "Nouveau mot de passe",
        "Vous avez demandé un nouveau mot de passe pour votre compte. Modifier le mot de passe : \
         https://forum.example.org/m. Si vous n'avez rien demandé, ignorez cet e-mail.",
    );
    check_none(
        "Nieuw wachtwoord",
        "Je hebt een nieuw wachtwoord aangevraagd voor je account. Wachtwoord wijzigen: https://forum.example.org/w. \
         Heb je dit niet gedaan, dan mag je deze e-mail negeren.",
    );
    check_none(
        "Your new password",
        "You requested a new password for your account. Choose one here: https://forum.example.org/p. If you did not \
         request this, you can ignore this e-mail.",
    );
}

#[test]
fn dues_and_assemblies_of_an_association_are_no_attack() {
    for text in [
        "Liebe Mitglieder, bitte überweist den Jahresbeitrag von 24 Euro bis März auf das Konto des Vereins. Die \
         Mitgliederversammlung ist am 5. Mai.",
        "Chers adhérents, notre assemblée générale a lieu le 3 mai. La cotisation reste à 15 € et peut être réglée sur place.",
        "Beste leden, de contributie van 30 euro wordt in maart afgeschreven. De ledenvergadering is op 4 mei.",
        "Prezados associados, a anuidade de R$ 80 vence em março. A assembleia geral será no dia 4 de maio.",
        "Dear members, the annual dues of 20 euros can be paid by bank transfer or at the general meeting on 4 May.",
    ] {
        check_none("", text);
    }
}

#[test]
fn a_warning_of_an_attack_is_no_attack() {
    check_none(
        "Gift card messages",
        "Scammers are sending messages in my name and ask colleagues to buy gift cards and to send the codes. This is a \
         scam. Do not respond to it and report it to the service desk.",
    );
    check_none(
        "Warnung vor Erpresser-Mails",
        "Zurzeit sind betrügerische E-Mails im Umlauf, in denen mit einem Video gedroht und Bitcoin verlangt wird. Zahlen \
         Sie nicht, antworten Sie nicht und löschen Sie die Nachricht.",
    );
    check_none(
        "Courriels frauduleux",
        "Plusieurs utilisateurs ont reçu des courriels frauduleux sur le quota de leur boîte mail. Ne cliquez pas sur le \
         lien et supprimez-le, il s'agit d'une arnaque.",
    );
}
