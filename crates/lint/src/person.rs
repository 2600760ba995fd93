//! Whether a hit in documentation speaks to a person as guilty, or threatens one: manuals say *you* on every page and mean no harm.

use crate::document::Document;
use crate::draft::Kind;
use crate::guess;
use crate::phrase::matching::Match;
use text::{Key, Sentence, Token};

/// Whether rules that are off in documentation have something to say about this hit all the same.
pub(crate) fn is_spoken_to(document: &Document<'_>, sentence: &Sentence, hit: &Match) -> bool {
    if document.kind != Kind::Documentation {
        return false;
    }
    let words = document.tokens.get(hit.first..hit.last).unwrap_or(&[]);
    let you = has(words, &guess::YOU) || has(words, &YOU);
    let guilty = has(words, &FAULT) || fires_you(words);
    has(words, &PERSON)
        || has(words, &PUNISHMENT)
        || you && guilty
        || (you || guilty) && has(document.tokens_of(sentence), &PERSON)
}

/// *You will be fired*; what a program fires is an event.
fn fires_you(words: &[Token]) -> bool {
    let fired = words.iter().position(|token| token.key == FIRED);
    fired.is_some_and(|at| words.get(at.saturating_sub(3)..at).is_some_and(|before| has(before, &guess::YOU)))
}

fn has(words: &[Token], keys: &[Key]) -> bool {
    words.iter().any(|token| keys.contains(&token.key))
}

const FIRED: Key = Key::of("fired");

/// Further words for the reader.
const YOU: [Key; 9] =
    Key::each(["yourself", "ihnen", "ihr", "ihrem", "ihren", "ihrer", "du", "dein", "deine"]);

/// People who work somewhere; programs have none.
const PERSON: [Key; 11] = Key::each([
    "anyone",
    "whoever",
    "employee",
    "employees",
    "staff",
    "colleague",
    "colleagues",
    "mitarbeiter",
    "mitarbeitende",
    "beschäftigte",
    "kollegen",
]);

/// What threatens only people.
const PUNISHMENT: [Key; 6] = Key::each([
    "disciplinary",
    "dismissal",
    "punished",
    "abmahnung",
    "disziplinarische",
    "disziplinarischen",
]);

/// What names somebody guilty.
const FAULT: [Key; 9] = Key::each([
    "fault",
    "blame",
    "careless",
    "carelessness",
    "negligent",
    "negligence",
    "schuld",
    "fahrlässig",
    "leichtsinnig",
]);

#[cfg(test)]
mod tests {
    use crate::{Checker, Draft, Kind, Language, Profile};
    use finding::Severity;

    /// The warnings that a page of a manual gets.
    fn warnings(text: &str, language: Language) -> Vec<String> {
        let profile = Profile::default();
        let draft =
            Draft { language: Some(language), ..Draft::plain(text, &profile).kind(Kind::Documentation) };
        let findings = Checker::standard().check(&draft).findings;
        let warns = findings.into_iter().filter(|finding| finding.severity >= Severity::Warning);
        warns.map(|finding| finding.rule.to_string()).collect()
    }

    #[test]
    fn a_manual_may_say_you_without_a_warning() {
        for text in [
            "You should have installed Rust before this step.",
            "Ignoring this error will have consequences for your build.",
            "You must restart the server, otherwise you will be locked out.",
            "You failed to provide a token.",
            "If you call emit, the event will be fired.",
            "Your own handler should have checked the header yourself.",
        ] {
            assert_eq!(warnings(text, Language::English), [""; 0], "{text}");
        }
        for text in [
            "Der Vertrag endet durch Kündigung, sonst folgen Konsequenzen.",
            "Sie haben versäumt, ein Token anzugeben.",
        ] {
            assert_eq!(warnings(text, Language::German), [""; 0], "{text}");
        }
    }

    #[test]
    fn whoever_is_called_guilty_or_threatened_in_a_manual_is_seen() {
        for text in [
            "Anyone who clicks is careless and will face disciplinary action.",
            "It is your fault if the mailbox is read by others.",
            "Employees who fail will be named.",
            "You are to blame for the outage.",
            "If you share the key, you will be fired.",
            "You failed to lock the door, and a colleague saw it.",
        ] {
            assert_ne!(warnings(text, Language::English), [""; 0], "{text}");
        }
        for text in ["Sie sind selbst schuld.", "Wer klickt, riskiert eine Abmahnung."] {
            assert_ne!(warnings(text, Language::German), [""; 0], "{text}");
        }
    }
}
