//! Promises about letters: ours pass our own check, and go only to the person they are for.

use std::collections::BTreeSet;

use crate::Locale;
use crate::cases::Outcome;
use crate::reports::{Kind, Seen, Told, first_word_letter};

fn serious(body: &str, locale: Locale) -> Vec<String> {
    super::findings(body, locale)
        .into_iter()
        .filter(|finding| finding.severity >= finding::Severity::Warning)
        .map(|finding| {
            format!("{} “{}”: {}", finding.rule, finding.span.of(body).unwrap_or(""), finding.message)
        })
        .collect()
}

#[test]
fn every_first_word_the_desk_can_write_passes_its_own_check() {
    let mut wrong = BTreeSet::new();
    let tolds: Vec<BTreeSet<Told>> = std::iter::once(BTreeSet::new())
        .chain(Told::ALL.into_iter().map(|told| [told].into()))
        .chain([Told::ALL.into()])
        .collect();
    for locale in Locale::ALL {
        for kind in Kind::ALL {
            for told in &tolds {
                for verdict in
                    ["", "likely-harmful", "suspicious", "looks-genuine", "our-drill", "cannot-tell"]
                {
                    for headers_gone in [false, true] {
                        let seen =
                            Seen { verdict: verdict.into(), headers_gone, certainty: 0.9, ..Seen::default() };
                        let (_, body) = first_word_letter(
                            "Harbour Works",
                            Some("4444"),
                            kind,
                            told,
                            (!verdict.is_empty()).then_some(&seen),
                            locale,
                        );
                        for finding in serious(&body, locale) {
                            if wrong.insert(finding.clone()) {
                                println!("--- {locale:?} {kind:?} {told:?} {verdict}\n{finding}\n{body}");
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whatever the engines say ends up in a letter: each of their sentences must pass there.
#[test]
fn every_sentence_of_evidence_passes_inside_a_letter() {
    let mut wrong = Vec::new();
    let plains = mail::catalogue::RULES.iter().map(|rule| (rule.code, rule.plain));
    for (code, plain) in plains.chain(mail::attachments::RULES.iter().map(|rule| (rule.code, rule.plain))) {
        let piece = crate::reports::SeenEvidence {
            rule: code.into(),
            plain: plain.replace("{0}", "bank.example").replace("{1}", "other.example"),
            weight: 20,
            ..Default::default()
        };
        let seen =
            Seen { verdict: "suspicious".into(), certainty: 0.9, evidence: vec![piece], ..Seen::default() };
        let (_, body) = first_word_letter(
            "Harbour Works",
            Some("4444"),
            Kind::Message,
            &BTreeSet::new(),
            Some(&seen),
            Locale::En,
        );
        wrong.extend(serious(&body, Locale::En).into_iter().map(|finding| format!("{code}: {finding}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_outcome_the_desk_can_tell_passes_its_own_check() {
    let desk = crate::test::settings();
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        for outcome in Outcome::ALL {
            for place in 1..=2 {
                let body = crate::casework::outcome_text(&desk, locale, outcome, place, 2);
                wrong.extend(
                    serious(&body, locale)
                        .into_iter()
                        .map(|finding| format!("{locale:?} {outcome:?} {finding}")),
                );
            }
        }
        for key in ["letter-new-link", "invitation-letter", "first-word-short"] {
            let body = locale.say(
                key,
                &[
                    ("link", "http://desk.example/thanks/1"),
                    ("by", "Monday 23 November, 14:30"),
                    ("organisation", "Harbour Works"),
                ],
            );
            wrong.extend(
                serious(&body, locale).into_iter().map(|finding| format!("{locale:?} {key} {finding}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
