//! Promises of the whole crate: spans lie in their text, nothing panics, languages are honest, levers never convict.

mod cues;
mod everyday;
mod kinds;
mod levers;
mod openers;
mod why;

use mail::{Message, Place};
use proptest::prelude::*;

use super::*;

fn read_text(subject: &str, text: &str) -> (Message, Lure) {
    let message = Message { subject: subject.to_owned(), text: text.to_owned(), ..Message::default() };
    let lure = read(&message, &[], &mail::Setting::default());
    (message, lure)
}

fn every_mark(lure: &Lure) -> Vec<Mark> {
    let levers = lure.levers.iter().flat_map(|lever| lever.marks.clone());
    let reasons = lure.attack.reasons.iter().flat_map(|reason| reason.marks.clone());
    let cues = lure.phish_scale.cues.iter().flat_map(|cue| cue.marks.clone());
    levers.chain(reasons).chain(cues).collect()
}

fn check_marks(message: &Message, lure: &Lure) {
    for mark in every_mark(lure) {
        let place = match mark.place {
            Place::Subject => &message.subject,
            Place::Text => &message.text,
            Place::Html | Place::Header(_) | Place::Link(_) | Place::Attachment(_) | Place::Whole => continue,
        };
        assert!(mark.span.of(place).is_some_and(|words| !words.is_empty()), "{mark:?} in {place:?}");
    }
}

fn has(lure: &Lure, kind: LeverKind) -> bool {
    lure.levers.iter().any(|lever| lever.kind == kind)
}

#[test]
fn in_another_language_we_say_that_we_cannot_tell() {
    let (_, lure) = read_text(
        "Su cuenta ha sido bloqueada",
        "Estimado cliente, su cuenta ha sido bloqueada por motivos de seguridad y usted debe confirmar los datos en el enlace \
         que le hemos enviado hoy para que pueda usar la tarjeta con normalidad. Es urgente.",
    );
    assert_eq!(lure.language, Language::Other);
    assert!(!lure.is_read());
    assert_eq!(lure.attack.kind, None);
    assert!(lure.levers.is_empty());
}

#[test]
fn an_ordinary_note_pulls_nothing_hard() {
    let (_, lure) = read_text(
        "Lunch",
        "Hi Anna, shall we have lunch on Thursday at twelve? The new place by the river has soup. See you there, Ben",
    );
    assert!(lure.levers.iter().all(|lever| !lever.is_sure()), "{:?}", lure.levers);
    assert_eq!(lure.attack.kind, None, "{:?}", lure.attack);
}

#[test]
fn look_alike_letters_and_hidden_marks_do_not_hide_a_lever() {
    let (message, lure) = read_text(
        "",
        "Yоur аccоunt has been sus\u{200b}pended and the access is lost, pay attention to this.",
    );
    assert!(has(&lure, LeverKind::Fear));
    check_marks(&message, &lure);
}

/// Half of the workplace pairs are genuine mail with the same levers. What levers say is context of weight zero, so it
/// can never move a verdict.
#[test]
fn genuine_mail_is_never_called_harmful_by_levers_alone() {
    let folder = std::env::var("ALONGSIDE_DATA").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        std::path::PathBuf::from,
    );
    let Some(Ok(file)) =
        std::fs::read_dir(folder.join("workplace-minimal-pairs")).ok().and_then(|mut files| files.next())
    else {
        println!("skipped: no workplace pairs under {}", folder.display());
        return;
    };
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(file.path()).unwrap()).unwrap();
    let genuine: Vec<&serde_json::Value> = rows.iter().filter(|row| row["is_phishing"] == false).collect();
    assert!(genuine.len() >= 20);
    let mut pulled = 0;
    for row in genuine {
        let text: Vec<&str> = row["body"]
            .as_str()
            .unwrap()
            .split('<')
            .filter_map(|piece| piece.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        let (_, lure) = read_text(row["subject"].as_str().unwrap(), &text.join(" "));
        pulled += usize::from(!lure.levers.is_empty());
        let evidence = lure.evidence(Locale::En);
        assert!(evidence.iter().all(|one| one.weight == 0), "{}", row["subject"]);
        assert!(evidence.iter().all(|one| one.finding.severity == Severity::Note), "{}", row["subject"]);
    }
    assert!(pulled >= 15, "the test means something only if the levers are pulled: {pulled}");
}

#[test]
fn the_caution_stands_beside_every_lever() {
    let (_, lure) = read_text("", "Your account has been suspended, act immediately or it will be deleted.");
    let evidence = lure.evidence(Locale::En);
    assert!(!evidence.is_empty());
    assert!(evidence.iter().all(|one| one.finding.why == CAUTION));
    assert!(CAUTION.contains("prove nothing"));
    assert_eq!(caution(Locale::En), CAUTION);
}

#[test]
fn features_have_the_same_names_for_every_message() {
    let names = |text: &str| -> Vec<&'static str> {
        read_text("", text).1.features().into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names("Act now, your account is blocked"), names(""));
}

#[test]
fn what_looks_like_any_other_mail_is_harder_to_spot() {
    let estimate = |subject: &str, text: &str| {
        let (message, lure) = read_text(subject, text);
        difficulty_estimate(&lure, &message)
    };
    let prize = estimate(
        "CONGRATULATIONS!!! You have won",
        "Dear winner, you have won $1,000,000. Click here now to claim your prize!!!",
    );
    let bank = estimate(
        "Urgent: verify your account",
        "Dear customer, your account will be suspended within 24 hours. Verify your password here.",
    );
    let errand = estimate(
        "Notes from Tuesday",
        "Hi Anna, here are the minutes of the meeting on 12 March with Nordhaus, as discussed. The draft of the report is in the usual \
         folder.\n\nBest regards,\nTom Weber",
    );
    assert!(prize < bank && bank < errand, "{prize} {bank} {errand}");
    assert!(estimate("", "Notes from Tuesday") < errand, "a note without details is not harder");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_text_never_breaks_anything(subject in ".{0,60}", text in "(?s).{0,400}") {
        let (message, lure) = read_text(&subject, &text);
        check_marks(&message, &lure);
        let estimate = difficulty_estimate(&lure, &message);
        prop_assert!((0.0..=1.0).contains(&estimate));
        prop_assert!((0.0..=1.0).contains(&lure.attack.certainty));
    }

    #[test]
    fn text_made_of_our_own_phrases_never_breaks_anything(
        words in prop::collection::vec(
            prop::sample::select(vec!["Urgent", "ÜBERPRÜFEN", "conta", "bloqueada\u{200b}", "€", "12.5", "votre", "compte", "©", "2021", "{{", "аccоunt", "..", ".Your", "\n", "ß", "ﬁ", "suspended"]),
            0..60,
        ),
    ) {
        let (message, lure) = read_text(&words.join(" "), &words.concat());
        check_marks(&message, &lure);
    }

    #[test]
    fn more_cues_are_never_harder(few in 0u32..30, more in 0u32..30) {
        let (few, more) = (few.min(more), few.max(more));
        for alignment in [phish_scale::Alignment::Weak, phish_scale::Alignment::Medium, phish_scale::Alignment::Strong] {
            let of = |count| phish_scale::difficulty(phish_scale::CueCategory::of(count), alignment);
            prop_assert!(of(more) <= of(few));
        }
    }
}
