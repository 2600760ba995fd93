//! What the desk relies on, told as small stories.

use super::*;

fn kinds(text: &str) -> Vec<&'static str> {
    hear(text, "en").feelings.iter().map(|feeling| feeling.kind.name()).collect()
}

#[test]
fn the_phrase_lists_can_be_read() {
    assert!(Lexicon::read(include_str!("../lexicon/en.txt")).is_ok());
    assert!(Lexicon::read(include_str!("../lexicon/de.txt")).is_ok());
    assert!(combine::read(include_str!("../weights/desk.txt")).is_some());
    let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    let model = Model::read(WEIGHTS).unwrap();
    assert_eq!(model.labels().iter().map(|label| label.name.as_str()).collect::<Vec<_>>(), names);
}

#[test]
fn the_words_that_suggest_a_feeling_are_shown() {
    let heard = hear("I clicked it. Will I get in trouble?", "en");
    assert_eq!(heard.feelings[0].kind, Kind::Worry);
    assert_eq!(heard.feelings[0].words, ["Will I get in trouble"]);
    assert!(heard.opening.is_some());
}

#[test]
fn a_plain_report_has_no_feeling() {
    assert_eq!(kinds("Forwarding this one, it came in at 9:12 today."), [""; 0]);
    assert_eq!(hear("Forwarding this one.", "en").opening, None);
}

#[test]
fn the_attackers_words_are_not_the_writers() {
    assert_eq!(kinds("It says \"I am desperate and afraid, urgent!\" and has a link."), [""; 0]);
    assert_eq!(hear("It says \"urgent!\"", "en").urgency, None);
}

#[test]
fn haste_and_self_blame_are_heard_apart_from_feelings() {
    let heard = hear("Please call me immediately, it was my fault", "en");
    assert!(heard.urgency.is_some());
    assert!(heard.self_blame.is_some());
}

#[test]
fn in_a_language_we_do_not_know_we_say_so() {
    let heard = hear("Jag är så rädd", "sv");
    assert!(!heard.understood && !heard.sure && heard.feelings.is_empty());
}

#[test]
fn german_is_heard_by_phrases_and_never_surely() {
    let heard = hear("Ich habe Angst. Bekomme ich jetzt Ärger?", "de-AT");
    assert_eq!(heard.feelings[0].kind, Kind::Worry);
    assert!(heard.understood && !heard.sure);
}
