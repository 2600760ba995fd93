//! What people write when something happened, and what is heard in it.

use super::super::join;
use super::Heard;

/// What is heard in each line, before the bar.
fn check(lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (expected, words) = line.split_once('|').expect("a bar");
        assert_eq!(join(&Heard::of(words).told), expected.trim(), "{words}");
    }
}

#[test]
fn a_device_that_is_gone_is_heard_in_everyday_words() {
    let gone = "I lost my work phone yesterday
        My laptop was stolen from the car this morning
        somebody nicked my phone on the tube
        I left my laptop on the train
        My badge is gone
        I can't find my USB stick anywhere
        I have misplaced my company phone
        my phone is missing since lunch
        Lost laptop
        Ich habe mein Diensthandy verloren
        Mein Laptop wurde gestern im Zug gestohlen
        mir wurde das Handy geklaut
        Ich habe den Rechner im Taxi liegen gelassen
        Handy weg
        Ich finde meinen Ausweis nicht mehr
        Ich habe mein Notebook im Hotel vergessen
        USB-Stick verloren";
    for words in gone.lines().map(str::trim) {
        assert!(Heard::of(words).lost_a_device, "{words}");
    }
    let there = "What do I do if I lose my phone?
        I lost access to my phone's mailbox
        I have not lost my laptop
        My phone got a strange message
        I left my laptop at the office
        I found the phone again
        I almost lost my phone
        Was mache ich, wenn mein Handy gestohlen wird?
        Ich habe mein Handy nicht verloren
        Die Nachricht sagt, mein Paket sei verloren
        Auf meinem Laptop kam eine seltsame Mail an
        I lost the mail on my laptop
        we lost money";
    for words in there.lines().map(str::trim) {
        assert!(!Heard::of(words).lost_a_device, "{words}");
    }
}

#[test]
fn people_say_what_happened_in_their_own_words() {
    check(
        "password clicked | hi sorry I clicked the link and typed my password
         opened | Ich habe den Anhang geöffnet, ist das schlimm?
         password clicked | Hab auf den Link geklickt und mein Passwort eingegeben
         clicked | I just clicked a link in this mail
         clicked | I accidentally clicked
         clicked | ive clicked on it, what now
         clicked | So I got this mail this morning and clicked on the blue button.
         clicked | I tapped the picture in it
         clicked | I followed their link to a page
         clicked | I scanned the QR code with my phone
         clicked | Clicked on it yesterday.
         clicked | The link I clicked went to a white page
         clicked | Ich hab auf den Link gedrückt
         clicked | ich hab leider draufgeklickt
         clicked | Ich bin dem Link gefolgt
         clicked | Ich klickte auf den Link in der Mail
         password | I gave them my login
         password | I entered my username and password
         password | I put in my work email and then my password
         password | I have filled in my credentials there
         password clicked | I clicked the link and logged in
         password | Ich habe mein Passwort angegeben
         password | Passwort und Benutzername eingegeben, ich Esel
         password | Ich gab dort mein Kennwort ein
         opened | I downloaded and opened the PDF
         opened | I've installed the program they sent
         opened | Hab die Rechnung im Anhang aufgemacht
         clicked | bin auf den link gegangen
         password | I typed in my user name and pw
         replied | I wrote back to them
         replied | I sent them a reply
         replied | Ich hab denen leider geantwortet
         paid | I wired the money
         paid | i put in my credit card
         paid | I entered my credit card details
         paid | We paid the invoice this morning
         paid | I bought the gift cards and sent the codes
         paid | Ich habe das Geld gestern überwiesen
         paid | Ich habe meine Kreditkartennummer eingegeben",
    );
}

#[test]
fn a_negation_ends_with_its_clause() {
    check(
        "clicked | I should not worry but I clicked it
         password clicked | I not only clicked the link but also entered my password
         clicked | I did not think, I clicked the link
         clicked | I wasn't paying attention and clicked on the link
         clicked | I don't know why I clicked that link
         clicked | Not knowing it was fake I clicked the link
         clicked | I clicked the link but did not enter my password
         clicked | Ich habe nicht aufgepasst und auf den Link geklickt
         clicked | Ich habe geklickt, aber kein Passwort eingegeben
         password clicked | Ich habe nicht nur geklickt, sondern auch mein Passwort eingegeben
         clicked | I should not have clicked that link
         clicked | I wish I hadn't clicked on it
         clicked | Ich hätte nicht auf den Link klicken sollen
         opened | Ich hätte den Anhang nicht öffnen dürfen
         clicked | I couldn't resist clicking the link",
    );
}

#[test]
fn doubt_is_heard() {
    check(
        "clicked | I'm not sure if I clicked the link
         clicked | Ich weiß nicht, ob ich auf den Link geklickt habe
         clicked | Ob ich geklickt habe, weiß ich nicht mehr
         clicked | I may have clicked it",
    );
}

#[test]
fn what_did_not_happen_is_not_heard() {
    check(
        "| I didn't click anything but it looks odd
         | I have not clicked on the link
         | I never clicked the link or opened the attachment
         | I haven't opened it.
         | I clicked nothing
         | I know I have not entered my password
         | I have not clicked, replied or opened anything
         | Ich habe nirgendwo draufgeklickt
         | No link was clicked and no password was entered
         | I don't think I clicked anything
         | I deleted it without opening the attachment
         | Ich habe nicht auf den Link geklickt
         | Den Anhang habe ich nicht geöffnet
         | Geöffnet habe ich den Anhang nicht
         | Keinen Link habe ich angeklickt
         | Ich habe weder geklickt noch ein Passwort eingegeben
         | Ich glaube nicht, dass ich geklickt habe
         | I almost clicked the link
         | Ich hätte fast auf den Link geklickt",
    );
}

#[test]
fn conditions_and_plans_are_not_heard() {
    check(
        "| what happens if I clicked the link?
         | What if I clicked the link and entered my password?
         | If I clicked the link, do you know what happens?
         | Should I click the link?
         | Can I open the attachment?
         | Before I clicked I noticed the address
         | I noticed it before I clicked the link
         | Was passiert, wenn ich auf den Link geklickt habe?
         | Bevor ich geklickt habe, fiel mir der Absender auf
         | Soll ich auf den Link klicken?
         | Has anyone clicked the link?
         | Muss die Rechnung bezahlt werden?",
    );
}

#[test]
fn everyday_words_are_not_taken_for_a_deed() {
    check(
        "| The mail says I paid 499 dollars for an antivirus
         | It claims that I have entered the wrong password
         | In der Mail steht, dass ich etwas bezahlt habe
         | It told me my password has expired
         | They asked me to put in my password
         | They sent me a payment request
         | I clicked on Delete
         | I clicked the report phishing button
         | Ich habe auf Melden geklickt
         | I paid attention to the address
         | I opened the mail with the attachment but nothing else
         | I only opened the mail
         | I opened a ticket and changed my password
         | I saw that my colleague clicked
         | I replied to you yesterday
         | A payment of 400 euros was made from my account
         | I logged in to my computer as usual
         | Sie haben mir ein neues Passwort geschickt
         | Is this real?",
    );
}

#[test]
fn an_approved_sign_in_a_shared_screen_and_gift_cards_are_heard() {
    check(
        "approved | My phone kept asking and I pressed approve to make it stop
         approved | I approved the sign-in
         approved | I accepted the login request on my phone
         approved | There was a sign in request on my phone. I just accepted it.
         approved clicked | I got ten push notifications and in the end I tapped yes
         approved | I approved an MFA prompt I did not start
         approved | I gave in and approved one of the Authenticator prompts
         approved | They sent sign-in requests for an hour, and in the end I approved
         approved | Ich habe die Anmeldung auf dem Handy bestätigt
         approved | Ich habe in der Authenticator-App auf Genehmigen getippt
         approved | Es kamen dauernd Push-Mitteilungen, da habe ich auf Bestätigen gedrückt
         approved | Ich habe die Anmeldeanfrage freigegeben
         | I did not approve the sign-in
         | I never approved any login request
         | I denied the sign-in request
         | Should I approve the sign-in?
         | If I approved the login by mistake, what happens?
         | Ich habe die Anmeldung nicht bestätigt
         | Ich habe auf Ablehnen gedrückt
         | My manager approved my holiday
         | I approved the invoice, then a strange notification came
         | Ich habe die Rechnung freigegeben, dann kam eine seltsame Benachrichtigung
         remote | I let him take over my computer with TeamViewer
         remote | I gave him remote access
         remote | I let the man from support onto my PC to control it
         remote | I gave them access to my computer
         remote | He took control of my computer
         remote | I shared my screen with him
         remote | Someone is moving my mouse
         remote | Somebody is controlling my computer right now
         remote | The cursor is moving by itself
         remote | They are moving the mouse on my laptop and opening things
         remote | My mouse moves on its own
         remote | Jemand bewegt meine Maus
         remote | Der Mauszeiger bewegt sich von allein
         remote | Da bewegt jemand die Maus auf meinem Bildschirm
         | I am moving my laptop to another office tomorrow
         | Someone is moving into my office
         remote | I used Quick Assist with the caller
         remote | Ich habe ihn auf meinen Rechner gelassen
         remote | Ich habe den Fernzugriff erlaubt
         remote | Ich habe ihm Zugriff auf meinen Computer gegeben
         remote | Er hat meinen Rechner ferngesteuert
         | I did not let him onto my computer
         | I let nobody onto my computer
         | Let me know if my computer is safe from remote access
         | He wanted remote access to my computer, so I hung up
         | Ich habe ihn nicht auf meinen Rechner gelassen
         paid | My boss asked for gift cards. I bought five of them and sent the codes
         paid | I bought five of them and sent the codes
         paid | Er wollte Gutscheine. Ich habe fünf davon gekauft und die Codes geschickt
         | She asked for gift cards. I have not bought any of them
         | He talks about gift cards. I bought a new laptop last week
         | Er wollte Gutscheine, gekauft habe ich keine",
    );
}

#[test]
fn that_something_went_wrong_is_heard_where_nobody_says_what() {
    for words in [
        "I think I did something stupid with that invoice mail… I am so scared",
        "I fell for it",
        "I made a terrible mistake",
        "I messed up",
        "I was tricked",
        "somebody tricked me",
        "Ich bin darauf reingefallen",
        "Ich habe etwas Dummes gemacht",
        "Ich glaube, ich habe Mist gebaut",
        "Ich wurde reingelegt",
    ] {
        assert!(Heard::of(words).went_wrong, "{words}");
    }
    for words in [
        "I almost fell for it",
        "I did nothing wrong",
        "I did not fall for it",
        "It almost fooled me",
        "Is there a mistake in this invoice?",
        "Ich bin nicht darauf reingefallen",
        "Ich habe nichts falsch gemacht",
        "Fast wäre ich darauf reingefallen",
        "Die haben einen Fehler gemacht",
    ] {
        assert!(!Heard::of(words).went_wrong, "{words}");
    }
}

#[test]
fn a_badge_is_told_from_what_one_signs_in_on() {
    assert!(
        Heard::of("I lost my badge on the way home").only_a_badge
            && Heard::of("Dienstausweis weg").only_a_badge
    );
    assert!(
        !Heard::of("my badge and my laptop are gone").only_a_badge && !Heard::of("my phone").only_a_badge
    );
}

#[test]
fn what_a_colleague_did_is_heard_and_not_said_of_the_one_who_writes() {
    for words in [
        "My colleague clicked the link",
        "My colleague Tom clicked the link and typed his password, not me",
        "He entered his password on the page",
        "Mein Kollege hat den Anhang geöffnet",
        "Our intern opened the attachment and then called me",
        "Meine Kollegin hat auf den Link geklickt",
        "Er hat sein Passwort eingegeben",
    ] {
        assert_eq!(join(&Heard::of(words).told), "", "{words}");
        assert!(Heard::of(words).of_another && Heard::of(words).tells_of_harm(), "{words}");
    }
    for words in [
        "I clicked the link and told my colleague",
        "My colleague warned me, but I typed my password",
        "My wife and I clicked the link",
        "Ich habe auf den Link geklickt, meine Kollegin nicht",
        "clicked the link",
    ] {
        assert_ne!(join(&Heard::of(words).told), "", "{words}");
        assert!(!Heard::of(words).of_another && Heard::of(words).tells_of_harm(), "{words}");
    }
    for words in
        ["My colleague did not click the link", "My colleague says it is spam", "Did he click the link?"]
    {
        assert!(!Heard::of(words).of_another && Heard::of(words).told.is_empty(), "{words}");
    }
}

#[test]
fn what_stands_at_the_end_of_a_long_text_is_heard() {
    let between = "The message says many things. ".repeat(4_000);
    let told = |text: String| join(&Heard::of(&text).told);
    assert_eq!(told(format!("{between} I typed my password")), "password");
    assert_eq!(told(format!("I typed my password. {between}")), "password");
    assert_eq!(told(format!("{between} I clicked the link. {}", "ö".repeat(14_000 / 2))), "clicked");
}

#[test]
fn a_text_made_to_be_slow_is_heard_in_a_moment() {
    let verbs = "if i clicked typed bought pressed gave allowed moved not never ";
    let began = std::time::Instant::now();
    for text in
        ["if i clicked ".repeat(20_000), verbs.repeat(5_000), "a".repeat(1_000_000), "*\n".repeat(500_000)]
    {
        Heard::of(&text);
    }
    // Without optimising, on a busy machine.
    assert!(began.elapsed() < std::time::Duration::from_secs(10), "{:?}", began.elapsed());
}
