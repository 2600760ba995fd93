//! Every program in every language, as plain text and as the text of an HTML part; nesting; bounds.

use super::*;

/// 2024-03-04 10:15:00 UTC.
const TIME: i64 = 1_709_547_300;

/// What each language's programs write, apart from the table under test.
struct Words {
    code: &'static str,
    /// Outlook: from, sent, to, subject; and the date.
    outlook: [&'static str; 5],
    /// The line of old Outlook between dashes.
    original: &'static str,
    /// Gmail: from and date; the other labels stay English.
    gmail: [&'static str; 2],
    /// Apple Mail: announcement, from, subject, date, to; and the date.
    apple: [&'static str; 6],
    /// Thunderbird: announcement, subject, date, from, to; and the date.
    thunderbird: [&'static str; 6],
}

const WORDS: [Words; 10] = [
    Words {
        code: "en",
        outlook: ["From", "Sent", "To", "Subject", "Monday, March 4, 2024 10:15 AM"],
        original: "Original Message",
        gmail: ["From", "Mon, Mar 4, 2024 at 10:15 AM"],
        apple: [
            "Begin forwarded message",
            "From",
            "Subject",
            "Date",
            "To",
            "March 4, 2024 at 10:15:00 AM GMT",
        ],
        thunderbird: ["Forwarded Message", "Subject", "Date", "From", "To", "Mon, 4 Mar 2024 11:15:00 +0100"],
    },
    Words {
        code: "de",
        outlook: ["Von", "Gesendet", "An", "Betreff", "Montag, 4. März 2024 10:15"],
        original: "Ursprüngliche Nachricht",
        gmail: ["Von", "Mo., 4. März 2024 um 10:15 Uhr"],
        apple: [
            "Anfang der weitergeleiteten Nachricht",
            "Von",
            "Betreff",
            "Datum",
            "An",
            "4. März 2024 um 11:15:00 MEZ",
        ],
        thunderbird: [
            "Weitergeleitete Nachricht",
            "Betreff",
            "Datum",
            "Von",
            "An",
            "Mon, 4 Mar 2024 11:15:00 +0100",
        ],
    },
    Words {
        code: "fr",
        outlook: ["De", "Envoyé", "À", "Objet", "lundi 4 mars 2024 10:15"],
        original: "Message d'origine",
        gmail: ["De", "lun. 4 mars 2024 à 10:15"],
        apple: ["Début du message réexpédié", "De", "Objet", "Date", "À", "4 mars 2024 à 11:15:00 UTC+1"],
        thunderbird: ["Message transféré", "Sujet", "Date", "De", "Pour", "Mon, 4 Mar 2024 11:15:00 +0100"],
    },
    Words {
        code: "es",
        outlook: ["De", "Enviado", "Para", "Asunto", "lunes, 4 de marzo de 2024 10:15"],
        original: "Mensaje original",
        gmail: ["De", "lun, 4 mar 2024 a las 10:15"],
        apple: [
            "Inicio del mensaje reenviado",
            "De",
            "Asunto",
            "Fecha",
            "Para",
            "4 de marzo de 2024, 11:15:00 CET",
        ],
        thunderbird: ["Mensaje reenviado", "Asunto", "Fecha", "De", "Para", "Mon, 4 Mar 2024 11:15:00 +0100"],
    },
    Words {
        code: "pt",
        outlook: ["De", "Enviado", "Para", "Assunto", "segunda-feira, 4 de março de 2024 10:15"],
        original: "Mensagem original",
        gmail: ["De", "seg., 4 de mar. de 2024 às 10:15"],
        apple: [
            "Início da mensagem encaminhada",
            "De",
            "Assunto",
            "Data",
            "Para",
            "4 de março de 2024 10:15:00 WET",
        ],
        thunderbird: [
            "Mensagem encaminhada",
            "Assunto",
            "Data",
            "De",
            "Para",
            "Mon, 4 Mar 2024 11:15:00 +0100",
        ],
    },
    Words {
        code: "nl",
        outlook: ["Van", "Verzonden", "Aan", "Onderwerp", "maandag 4 maart 2024 10:15"],
        original: "Oorspronkelijk bericht",
        gmail: ["Van", "ma 4 mrt 2024 om 10:15"],
        apple: [
            "Begin doorgestuurd bericht",
            "Van",
            "Onderwerp",
            "Datum",
            "Aan",
            "4 maart 2024 om 11:15:00 CET",
        ],
        thunderbird: [
            "Doorgestuurd bericht",
            "Onderwerp",
            "Datum",
            "Van",
            "Aan",
            "Mon, 4 Mar 2024 11:15:00 +0100",
        ],
    },
    Words {
        code: "it",
        outlook: ["Da", "Inviato", "A", "Oggetto", "lunedì 4 marzo 2024 10:15"],
        original: "Messaggio originale",
        gmail: ["Da", "lun 4 mar 2024 alle ore 10:15"],
        apple: [
            "Inizio messaggio inoltrato",
            "Da",
            "Oggetto",
            "Data",
            "A",
            "4 marzo 2024 alle ore 11:15:00 CET",
        ],
        thunderbird: [
            "Messaggio Inoltrato",
            "Oggetto",
            "Data",
            "Mittente",
            "A",
            "Mon, 4 Mar 2024 11:15:00 +0100",
        ],
    },
    Words {
        code: "pl",
        outlook: ["Od", "Wysłano", "Do", "Temat", "poniedziałek, 4 marca 2024 10:15"],
        original: "Wiadomość oryginalna",
        gmail: ["Od", "pon., 4 mar 2024 o 10:15"],
        apple: [
            "Początek przekazywanej wiadomości",
            "Od",
            "Temat",
            "Data",
            "Do",
            "4 marca 2024 o 11:15:00 CET",
        ],
        thunderbird: [
            "Treść przekazanej wiadomości",
            "Temat",
            "Data",
            "Nadawca",
            "Adresat",
            "Mon, 4 Mar 2024 11:15:00 +0100",
        ],
    },
    Words {
        code: "sv",
        outlook: ["Från", "Skickat", "Till", "Ämne", "den 4 mars 2024 10:15"],
        original: "Ursprungligt meddelande",
        gmail: ["Från", "mån 4 mars 2024 kl 10:15"],
        apple: ["Vidarebefordrat mejl", "Från", "Ämne", "Datum", "Till", "4 mars 2024 11:15:00 CET"],
        thunderbird: [
            "Vidarebefordrat meddelande",
            "Ämne",
            "Datum",
            "Från",
            "Till",
            "Mon, 4 Mar 2024 11:15:00 +0100",
        ],
    },
    Words {
        code: "da",
        outlook: ["Fra", "Sendt", "Til", "Emne", "4. marts 2024 10:15"],
        original: "Oprindelig meddelelse",
        gmail: ["Fra", "man. 4. mar. 2024 kl. 10.15"],
        apple: [
            "Start på videresendt besked",
            "Fra",
            "Emne",
            "Dato",
            "Til",
            "4. marts 2024 kl. 11.15.00 CET",
        ],
        thunderbird: [
            "Videresendt meddelelse",
            "Emne",
            "Dato",
            "Fra",
            "Til",
            "Mon, 4 Mar 2024 11:15:00 +0100",
        ],
    },
];

const SUBJECT: &str = "Your parcel: 1 fee open";
const BODY: &str = "Dear customer,\n\nplease pay 1.99: https://parcel.example/pay\n\nNote: today only.";

/// The copied header of every program in one language, as (program, lines).
fn headers(words: &Words) -> Vec<(&'static str, Vec<String>)> {
    let from = "Parcel Desk <desk@parcel.example>";
    let to = "Bo Ek <bo@example.org>";
    let [o_from, o_sent, o_to, o_subject, o_date] = words.outlook;
    let block = vec![
        format!("{o_from}: {from}"),
        format!("{o_sent}: {o_date}"),
        format!("{o_to}: {to}"),
        format!("{o_subject}: {SUBJECT}"),
    ];
    let web = [vec!["_".repeat(32)], block.clone()].concat();
    let old = [vec![format!("-----{}-----", words.original)], block.clone()].concat();
    let [g_from, g_date] = words.gmail;
    let gmail = vec![
        "---------- Forwarded message ---------".to_owned(),
        format!("{g_from}: {from}"),
        format!("Date: {g_date}"),
        format!("Subject: {SUBJECT}"),
        format!("To: {to}"),
    ];
    let [begin, a_from, a_subject, a_date, a_to, a_when] = words.apple;
    let apple = vec![
        format!("{begin}:"),
        String::new(),
        format!("{a_from}: {from}"),
        format!("{a_subject}: {SUBJECT}"),
        format!("{a_date}: {a_when}"),
        format!("{a_to}: {to}"),
    ];
    let [forwarded, t_subject, t_date, t_from, t_to, t_when] = words.thunderbird;
    let thunderbird = vec![
        format!("-------- {forwarded} --------"),
        format!("{t_subject}: {SUBJECT}"),
        format!("{t_date}: {t_when}"),
        format!("{t_from}: {from}"),
        format!("{t_to}: {to}"),
    ];
    vec![
        ("outlook", block),
        ("outlook", web),
        ("outlook", old),
        ("gmail", gmail),
        ("apple-mail", apple),
        ("thunderbird", thunderbird),
    ]
}

/// The ways the same header reaches us: plain text, plain with `>`, bold as Gmail writes Outlook's HTML, and the
/// shapes that text taken out of HTML has (blank lines between, values below their label, tabs from a table).
fn shapes(lines: &[String]) -> Vec<(&'static str, String)> {
    let label = |line: &String, between: &str, name: &str| match line.split_once(": ") {
        Some((label, value)) => name.replace("LABEL", label) + between + value,
        None => line.clone(),
    };
    let all = |between: &str, name: &str, end: &str| {
        lines.iter().map(|line| label(line, between, name)).collect::<Vec<_>>().join(end)
    };
    vec![
        ("plain", lines.join("\n") + "\n\n" + BODY),
        ("crlf", lines.join("\r\n") + "\r\n\r\n" + &BODY.replace('\n', "\r\n")),
        ("bold", all(" ", "*LABEL:*", "\n") + "\n\n" + BODY),
        (
            "quoted",
            (lines.join("\n") + "\n\n" + BODY)
                .lines()
                .map(|line| format!("> {line}"))
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        ("paragraphs", all(" ", "LABEL:", "\n\n") + "\n\n" + BODY),
        ("table", all("\t", "LABEL:", "\n") + "\n\n" + BODY),
        ("below", all("\n", "LABEL:", "\n") + "\n\n" + BODY),
        ("french colon", all("\u{a0}", "LABEL\u{a0}:", "\n") + "\n\n" + BODY),
    ]
}

#[test]
fn every_program_in_every_language_and_shape_is_unwrapped() {
    let mut read = 0;
    for words in &WORDS {
        for (program, lines) in headers(words) {
            for (shape, text) in shapes(&lines) {
                let case = format!("{} {program} {shape}\n{text}", words.code);
                let outer = Message { text: format!("Is this real?\n\nBo\n\n{text}"), ..Message::default() };
                let found = unwrap(&outer).unwrap_or_else(|| panic!("not found: {case}"));
                let original = &found.original;
                assert_eq!((found.program, found.language), (program, words.code), "{case}");
                assert_eq!(found.own_words, "Is this real?\n\nBo", "{case}");
                let from = original.from.as_ref().map(|from| (from.name.as_deref(), from.address.as_str()));
                assert_eq!(from, Some((Some("Parcel Desk"), "desk@parcel.example")), "{case}");
                assert_eq!(
                    original.to.first().map(|to| to.address.as_str()),
                    Some("bo@example.org"),
                    "{case}"
                );
                assert_eq!(original.subject, SUBJECT, "{case}");
                assert_eq!(original.text.replace('\r', ""), BODY, "{case}");
                assert_eq!(original.date, Some(TIME), "{case}");
                let span = found.span.of(&outer.text).unwrap();
                assert!(span.contains("desk@parcel.example") && !span.contains("Is this real"), "{case}");
                read += 1;
            }
        }
    }
    assert_eq!(read, 10 * 6 * 8, "languages × headers × shapes");
}

fn text_of(text: &str) -> Option<Forwarded> {
    unwrap(&Message { text: text.to_owned(), ..Message::default() })
}

#[test]
fn a_letter_without_a_forward_is_left_alone() {
    for text in [
        "",
        "Hello,\nI clicked on a link. What do I do?\nBo",
        "From: Monday on I am away.",
        "Please note:\nFrom: 10:15\nTo: 11:30\nwe meet in room 4.",
        "The subject: pay\nthe date: today\nI am worried.",
        "-----\nBo Ek\n-----",
        "Forwarded message:\nnothing here",
        "---------- Forwarded message ---------\nI lost the rest.",
    ] {
        assert!(text_of(text).is_none(), "{text}");
    }
}

#[test]
fn a_forward_of_a_forward_takes_the_innermost() {
    let inner = "---------- Forwarded message ---------\nFrom: Evil <e@evil.example>\nDate: Mon, Mar 4, 2024 at 10:15 AM\nSubject: Prize\nTo: <bo@example.org>\n\nYou won.";
    let text = format!(
        "Hi desk\n\nFrom: Bo <bo@example.org>\nSent: Monday, March 4, 2024 11:00 AM\nTo: Cy <cy@example.org>\nSubject: Fwd: Prize\n\nSeems odd\n\n{inner}"
    );
    let found = text_of(&text).unwrap();
    assert_eq!((found.program, found.depth), ("outlook", 2));
    assert_eq!(found.own_words, "Hi desk");
    assert_eq!(found.original.from.unwrap().address, "e@evil.example");
    assert_eq!(found.original.text, "You won.");
}

#[test]
fn a_history_made_up_by_the_attacker_is_not_taken_for_the_original() {
    let text = "From: Boss <boss@evil.example>\nSent: Monday, March 4, 2024 11:00 AM\nTo: Cy <cy@example.org>\nSubject: RE: Invoice\n\nPlease pay today, see below.\n\nFrom: Bank <bank@example.org>\nSent: Monday, March 4, 2024 9:00 AM\nTo: Boss\nSubject: Invoice\n\nOur new account is 1234.";
    let found = text_of(text).unwrap();
    assert_eq!((found.depth, found.announced), (1, false));
    assert_eq!(found.original.from.unwrap().address, "boss@evil.example");
    assert!(found.original.text.ends_with("1234."));
}

#[test]
fn endless_forwards_are_followed_a_bounded_number_of_times() {
    let header = "---------- Forwarded message ---------\nFrom: A <a@a.example>\nDate: x\nSubject: s\n\n";
    let found = text_of(&header.repeat(50)).unwrap();
    assert_eq!((found.depth, found.announced), (NESTED, true));
}

#[test]
fn long_recipient_lists_and_wrapped_lines_are_read() {
    let text = "From: Evil\n<e@evil.example>\nSent: Monday, March 4, 2024 10:15 AM\nTo: A <a@x.example>; B <b@x.example>;\n C <c@x.example>\nCc: D <d@x.example>\nSubject: A long subject that a mail program had to wrap\nbecause it was long\nImportance: High\n\nText";
    let found = text_of(text).unwrap();
    assert_eq!(found.original.from.unwrap().address, "e@evil.example");
    assert_eq!(found.original.to.len(), 3);
    assert_eq!(found.original.cc.len(), 1);
    assert_eq!(found.original.text, "Text");
}

#[test]
fn links_html_and_attachments_go_with_the_original() {
    let text = "See https://own.example\n\nFrom: E <e@evil.example>\nDate: Monday, March 4, 2024 10:15 AM\nTo: b@x.example\nSubject: Pay now\n\nhttps://evil.example/x";
    let at = |needle: &str| text.find(needle).map(|start| Span::new(start, start + needle.len()));
    let link = |target: &str| crate::message::Link {
        target: target.to_owned(),
        span: at(target),
        ..Default::default()
    };
    let outer = Message {
        text: text.to_owned(),
        html: Some("<p>See https://own.example</p><p><b>Subject:</b> Pay now</p><a href=x>x</a>".to_owned()),
        links: vec![link("https://own.example"), link("https://evil.example/x")],
        attachments: vec![crate::message::Attachment { name: "a.pdf".to_owned(), ..Default::default() }],
        ..Message::default()
    };
    let found = unwrap(&outer).unwrap();
    let original = found.original;
    assert_eq!(original.links.len(), 1);
    assert_eq!(
        original.links[0].span.and_then(|span| span.of(&original.text).map(str::to_owned)).as_deref(),
        Some("https://evil.example/x")
    );
    assert_eq!(original.html.as_deref(), Some("Pay now</p><a href=x>x</a>"));
    assert_eq!(original.attachments.len(), 1);
}

#[test]
fn the_plain_part_is_read_when_the_html_hides_the_header() {
    let plain = "-------- Forwarded Message --------\nSubject: s\nDate: Mon, 4 Mar 2024 11:15:00 +0100\nFrom: e@evil.example\n\nx";
    let outer = Message { text: "x".to_owned(), plain: Some(plain.to_owned()), ..Message::default() };
    let found = unwrap(&outer).unwrap();
    assert_eq!((found.program, found.span), ("thunderbird", Span::default()));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(From: |Sent: |To:|Subject:|\\n|> |---- Forwarded message ----|\\PC){0,60}") {
        let outer = Message { text, ..Message::default() };
        if let Some(found) = unwrap(&outer) {
            proptest::prop_assert!(found.span.of(&outer.text).is_some());
            proptest::prop_assert!(found.original.text.len() <= outer.text.len());
        }
    }
}

#[test]
fn text_that_somebody_copied_is_known_by_a_few_lines_of_a_header() {
    let check = |text: &str, subject: &str, own: &str| {
        let raw = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}");
        let reading = crate::read(raw.as_bytes(), &crate::Setting::default());
        let message = reading.subject_message();
        let from = message.from.as_ref().map_or("", |from| from.address.as_str());
        let expected = if subject.is_empty() { "" } else { "hr@pay-roll.example" };
        assert_eq!((from, message.subject.as_str()), (expected, subject), "{text}");
        assert_eq!(reading.own_words, own, "{text}");
        let said: Vec<_> = reading.evidence.iter().map(|one| one.finding.rule.to_string()).collect();
        assert!(!said.iter().any(|rule| rule == "sender-missing" || rule == "sender-malformed"), "{said:?}");
    };
    check(
        "From: HR <hr@pay-roll.example>\nTo: kim@example.org\nSubject: Your pay\n\nSign in.",
        "Your pay",
        "",
    );
    check(
        "From: HR <hr@pay-roll.example>\nSubject: Your pay\nDate: Mon, 23 Nov 2026\n\nSign in.",
        "Your pay",
        "",
    );
    check("Subject: Your pay\nFrom: HR <hr@pay-roll.example>\n\nSign in.", "Your pay", "");
    check(
        "I got this:\n\nVon: HR <hr@pay-roll.example>\nGesendet: Montag, 23. November 2026 09:00\nAn: Kim\nBetreff: Ihr Gehalt\n\nBitte anmelden.",
        "Ihr Gehalt",
        "I got this:",
    );
    check("Your parcel waits, pay 2 euro at parcel.example/pay", "", "");
    check("From: what I can tell this is odd.\nPlease look.", "", "");
}

#[test]
fn text_that_says_not_how_it_is_written_is_read_as_old_programs_write_it() {
    let text = |raw: &[u8]| crate::read(raw, &crate::Setting::default()).outer.text;
    assert_eq!(text(b"From: a@b.example\r\n\r\nGr\xfc\xdfe, das Ger\xe4t \x80").trim(), "Grüße, das Gerät €");
    assert_eq!(text("From: a@b.example\r\n\r\nGrüße".as_bytes()).trim(), "Grüße");
}
