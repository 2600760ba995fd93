//! Why it is understandable: short, plain, never the same twice, and something for every kind and every language.

use proptest::prelude::*;

use super::read_text;
use crate::phish_scale::CueCategory;
use crate::{AttackType, Locale, Lure, why_understandable};

/// Syllables as the Flesch formulas count them: groups of vowels, without a silent e at the end.
fn syllables(word: &str) -> f64 {
    let word = word.to_lowercase();
    let mut groups = 0;
    let mut before = false;
    for character in word.chars() {
        let vowel = matches!(character, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'ü');
        groups += usize::from(vowel && !before);
        before = vowel;
    }
    if word.len() > 3 && word.ends_with('e') && !word.ends_with("le") && groups > 1 {
        groups -= 1;
    }
    groups.max(1) as f64
}

/// Flesch and Kincaid's grade, and for German the first Vienna formula (Bamberger and Vanecek, 1984), which also gives a grade.
fn grade(text: &str, locale: Locale) -> f64 {
    let sentences = text.split(['.', '!', '?']).filter(|sentence| !sentence.trim().is_empty()).count() as f64;
    let words: Vec<&str> = text
        .split(|character: char| !character.is_alphanumeric() && character != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let count = words.len() as f64;
    match locale {
        Locale::En => {
            0.39 * count / sentences + 11.8 * words.iter().map(|word| syllables(word)).sum::<f64>() / count
                - 15.59
        }
        Locale::De => {
            let share = |of: &dyn Fn(&&&str) -> bool| {
                100.0 * words.iter().filter(|word| of(word)).count() as f64 / count
            };
            let long = share(&|word| word.chars().count() > 6);
            let three = share(&|word| syllables(word) >= 3.0);
            let one = share(&|word| syllables(word) <= 1.0);
            0.1935 * three + 0.1672 * count / sentences + 0.1297 * long - 0.0327 * one - 0.875
        }
    }
}

fn any_lure() -> impl Strategy<Value = Lure> {
    let phrases = prop::sample::subsequence(
        vec![
            "Your account has been suspended.",
            "Act immediately, final notice.",
            "Congratulations, you have won a prize, claim your reward.",
            "This is the security department.",
            "Keep this strictly confidential between us.",
            "I need your help, please help me.",
            "Your parcel could not be delivered, pay the delivery fee.",
            "Please open the attached invoice.",
            "I recorded you through your webcam, send bitcoin.",
            "Sign in to verify your account and confirm your password.",
            "Call our toll-free number to cancel the order that has been renewed.",
            "My dear friend, I hope you are well.",
            "All employees have already signed up.",
            "Thank you for your loyalty, in exchange take a short survey.",
            "You have a new voice message.",
        ],
        0..=6,
    );
    phrases.prop_map(|phrases| read_text("", &phrases.join(" ")).1)
}

/// The same message as if it were of this kind.
fn of_kind(kind: AttackType, certainty: f32) -> Lure {
    let (_, mut lure) = read_text("", "Here is a note for you, and it is about the thing that you know.");
    lure.attack.kind = Some(kind);
    lure.attack.certainty = certainty;
    lure
}

fn says_what_it_knows(text: &str, locale: Locale) -> bool {
    let nothing = crate::say::all(locale, "why-nothing-known");
    !nothing.iter().any(|sentence| text.contains(sentence))
}

#[test]
fn every_kind_has_words_from_the_certainty_at_which_it_is_named() {
    for locale in [Locale::En, Locale::De] {
        for kind in AttackType::ALL {
            let at = |certainty| why_understandable(&of_kind(kind, certainty), locale, 0);
            assert!(says_what_it_knows(&at(0.5), locale), "{kind:?}: {}", at(0.5));
            assert!(!says_what_it_knows(&at(0.49), locale), "{kind:?}: {}", at(0.49));
        }
    }
}

#[test]
fn an_unsure_lever_is_said_with_maybe_where_no_other_is_sure() {
    let (_, lure) =
        read_text("", "Hello Tom, can you look at this today? It is critical and the priority for us.");
    assert!(!lure.levers.is_empty() && lure.levers.iter().all(|lever| !lever.is_sure()), "{:?}", lure.levers);
    assert!(why_understandable(&lure, Locale::En, 0).starts_with("It may "));
    assert!(why_understandable(&lure, Locale::De, 0).starts_with("Vielleicht "));
}

#[test]
fn a_language_we_do_not_read_is_named_as_the_reason() {
    let (_, lure) = read_text(
        "",
        "Gentile cliente, il suo conto è stato bloccato e lei deve confermare i dati della carta",
    );
    for turn in 0..4 {
        assert!(why_understandable(&lure, Locale::En, turn).contains("language"), "{turn}");
        assert!(why_understandable(&lure, Locale::De, turn).contains("Sprache"), "{turn}");
    }
}

#[test]
fn nobody_is_thanked_for_a_question_or_told_of_others_who_got_it() {
    for locale in [Locale::En, Locale::De] {
        for key in ["why-close-plain", "why-close-hard"] {
            for closing in crate::say::all(locale, key) {
                let claims = ["asked", "asking", "fragen", "gefragt", "got it", "bekommen"];
                assert!(claims.iter().all(|claim| !closing.contains(claim)), "{closing}");
            }
        }
    }
}

#[test]
fn few_signs_are_spoken_of_only_where_they_are_few() {
    let (_, mut lure) =
        read_text("", "Your parcel could not be delivered, please pay the delivery fee today.");
    assert_eq!(lure.phish_scale.category, CueCategory::Few);
    let says_few = |lure: &Lure| {
        let closings = crate::say::all(Locale::En, "why-close-hard");
        (0..8).any(|turn| {
            closings.iter().any(|closing| why_understandable(lure, Locale::En, turn).contains(closing))
        })
    };
    assert!(says_few(&lure));
    for category in [CueCategory::Some, CueCategory::Many] {
        lure.phish_scale.category = category;
        lure.phish_scale.difficulty = crate::Difficulty::Moderately;
        assert!(!says_few(&lure), "{category:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn two_answers_in_a_row_never_read_the_same(one in any_lure(), other in any_lure(), turn in 0u64..1_000_000) {
        for locale in [Locale::En, Locale::De] {
            prop_assert_ne!(why_understandable(&one, locale, turn), why_understandable(&other, locale, turn + 1));
        }
    }

    #[test]
    fn every_answer_is_short_and_plain(lure in any_lure(), turn in 0u64..64) {
        for locale in [Locale::En, Locale::De] {
            let text = why_understandable(&lure, locale, turn);
            let sentences = text.split(['.', '!', '?']).filter(|sentence| !sentence.trim().is_empty()).count();
            prop_assert!((2..=3).contains(&sentences), "{}", text);
            prop_assert!(grade(&text, locale) <= 8.0, "grade {:.1}: {}", grade(&text, locale), text);
        }
    }

    #[test]
    fn every_kind_is_short_and_plain(kind in prop::sample::select(AttackType::ALL.to_vec()), turn in 0u64..64) {
        for locale in [Locale::En, Locale::De] {
            let text = why_understandable(&of_kind(kind, 0.9), locale, turn);
            prop_assert!(grade(&text, locale) <= 8.0, "grade {:.1}: {}", grade(&text, locale), text);
        }
    }
}
