//! Cues of the Phish Scale: what is one, what only looks like one, and where each can be seen.

use mail::{Attachment, Link, Mailbox, Message, Place};

use crate::phish_scale::Cue;
use crate::{Lure, read};

fn read_message(message: &Message) -> Lure {
    read(message, &[], &mail::Setting::default())
}

fn cue(lure: &Lure, number: u8) -> Option<&Cue> {
    lure.phish_scale.cues.iter().find(|cue| cue.number == number)
}

fn has(text: &str, number: u8) -> bool {
    cue(&read_message(&Message { text: text.to_owned(), ..Message::default() }), number).is_some()
}

#[test]
fn a_plural_and_an_address_are_no_slips() {
    assert!(!has("We care for our customers' privacy and the users' passwords.", 1));
    assert!(!has("It is here: https://example.org/view.Aspx?Id=3", 1));
    assert!(has("we' re sorry for this", 1));
}

#[test]
fn small_print_does_not_say_that_the_reader_was_chosen() {
    assert!(!has("It has confidential and privileged information from one of our lawyers.", 20));
    assert!(!has("Vous êtes prié de ne pas le lire. Tous droits réservés.", 20));
    assert!(has("You have been selected for this", 20));
}

#[test]
fn names_and_loan_words_are_no_second_language() {
    let text = "The plane was seen by many of us.\nA contrail over Florida and later over Indiana\nIt is what we know.";
    assert!(!has(text, 2));
    let text = "The plane was seen by many of us.\nBitte bestätigen Sie, dass das Konto Ihnen gehört\nIt is what we know.";
    assert!(has(text, 2));
}

#[test]
fn the_same_words_in_subject_and_text_are_one_cue() {
    let urgent = Message {
        subject: "Final notice".to_owned(),
        text: "This is the final notice for you.".to_owned(),
        ..Message::default()
    };
    assert_eq!(cue(&read_message(&urgent), 14).map(|cue| cue.count), Some(1));
}

#[test]
fn an_english_word_that_is_good_french_poses_as_nobody() {
    assert!(!has("Merci de répondre à ce court sondage, il est pour vous.", 23));
    assert!(has("You are called to appear in court.", 23));
}

#[test]
fn the_name_of_the_sender_on_the_last_line_signs() {
    let from = Mailbox { name: Some("Anna Weber".to_owned()), address: "anna@example.org".to_owned() };
    let text = "The room is booked for us on Monday.\n\nAnna".to_owned();
    let message = Message { from: Some(from), text, ..Message::default() };
    assert!(cue(&read_message(&message), 17).is_none());
    assert!(cue(&read_message(&Message { from: None, ..message }), 17).is_some());
}

fn a_message_with_everything() -> Message {
    let file = |name: &str| Attachment { name: name.to_owned(), ..Attachment::default() };
    let text = "Dear customer, this is the security team. READ THIS LETTER NOW: YOUR MAILBOX WILL BE CLOSED TODAY. Look here";
    let shown = text.rfind("here").unwrap();
    Message {
        from: Some(Mailbox { name: Some("Bank!! Care**".to_owned()), address: "x17@example.org".to_owned() }),
        reply_to: vec![Mailbox { name: None, address: "y@example.net".to_owned() }],
        headers: vec![
            ("From".to_owned(), "\"Bank!! Care**\" <x17@example.org>".to_owned()),
            ("Reply-To".to_owned(), "y@example.net".to_owned()),
        ],
        text: text.to_owned(),
        links: vec![Link {
            target: "https://example.com/a".to_owned(),
            shown: "here".to_owned(),
            span: Some(finding::Span::new(shown, shown + 4)),
            ..Link::default()
        }],
        attachments: vec![file("smime.p7s"), file("invite.ics"), file("letter.pdf")],
        ..Message::default()
    }
}

#[test]
fn signatures_and_calendar_entries_are_no_files_that_could_do_harm() {
    let lure = read_message(&a_message_with_everything());
    let files = cue(&lure, 3).expect("the letter is a file");
    assert_eq!(files.count, 1);
    assert_eq!(files.marks.first().map(|mark| &mark.place), Some(&Place::Attachment(2)));
}

#[test]
fn a_cue_says_where_it_can_be_seen() {
    let message = a_message_with_everything();
    let lure = read_message(&message);
    for number in [2, 3, 4, 5, 9, 23] {
        let found = cue(&lure, number).unwrap_or_else(|| panic!("cue {number}"));
        assert!(!found.marks.is_empty(), "cue {number}");
        for mark in &found.marks {
            let words = match &mark.place {
                Place::Subject => mark.span.of(&message.subject),
                Place::Text => mark.span.of(&message.text),
                // The words shown for a link stand in the text; the place leads to the target.
                Place::Link(_) => mark.span.of(&message.text),
                Place::Header(name) => message.header(name).and_then(|value| mark.span.of(value)),
                Place::Attachment(index) => message.attachments.get(*index).map(|file| file.name.as_str()),
                Place::Html | Place::Whole => None,
            };
            assert!(words.is_some_and(|words| !words.is_empty()), "cue {number}: {mark:?}");
        }
    }
}

#[test]
fn a_sign_in_that_is_only_named_asks_for_nothing() {
    let asks = |text: &str| super::read_text("", text).1.phish_scale.cues.iter().any(|cue| cue.number == 13);
    assert!(!asks("There was an unusual sign-in. You can log in to see the sign in attempt."));
    assert!(!asks("We keep personal information only as our privacy policy says."));
    assert!(asks("Please log in to verify your account and confirm your identity."));
}
