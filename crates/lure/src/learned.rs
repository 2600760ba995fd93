//! What the learned principles of persuasion add to the rules. They were learned from English mail and people agree only
//! moderately on them, so they shift how sure we are of a lever, may suggest one with "maybe", and never make one sure alone.

use finding::Span;
use mail::{Message, Place};
use text::model::shipped::PRINCIPLES;
use text::model::{Model, with_concepts};

use crate::language::{Language, Tongue};
use crate::levers::{LeverKind, Mark};

/// What the model says of one message; empty where it was not asked.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// Probability of each principle, in the order of the model.
    principles: Vec<f32>,
    /// What the model read: the subject, a line break, the beginning of the text, and its concepts.
    read: String,
    /// Where the text begins in that, and where it ends.
    text: (usize, usize),
}

/// Most bytes of a text that the model reads: what a message wants stands near its beginning.
const LONGEST: usize = 4_000;
/// Fewer words are too few for a model of whole mails.
const FEWEST_WORDS: usize = 12;
/// Most words shown where the model alone suggests a lever.
const SHOWN: usize = 3;

impl Learned {
    pub(crate) fn read(message: &Message, language: Language) -> Learned {
        let english = language.known() == Some(Tongue::En);
        if !english || message.text.split_whitespace().nth(FEWEST_WORDS).is_none() {
            return Learned::default();
        }
        let end = message.text.floor_char_boundary(LONGEST);
        let beginning = message.text.get(..end).unwrap_or_default();
        let read = format!("{}\n{beginning}", message.subject);
        let text = (message.subject.len() + 1, read.len());
        let read = with_concepts(&read);
        let principles = PRINCIPLES.score(&read).iter().map(|score| score.probability).collect();
        Learned { principles, read, text }
    }

    /// How sure we are of a lever with what the model says, from how sure the rules are.
    pub(crate) fn blend(&self, kind: LeverKind, rules: f32) -> f32 {
        let Some(model) = self.principle(kind) else { return rules };
        let Weight { usual, trust, alone } = weight(kind);
        if model >= usual {
            let more = (model - usual) / (1.0 - usual);
            let adds = if rules > 0.0 || alone { trust * more } else { 0.0 };
            1.0 - (1.0 - rules) * (1.0 - adds)
        } else {
            rules * (1.0 - 0.5 * trust * (usual - model) / usual)
        }
    }

    /// The words that carry a principle, for a lever that no rule has found.
    pub(crate) fn marks(&self, kind: LeverKind) -> Vec<Mark> {
        let model: &Model = &PRINCIPLES;
        let reasons =
            model.label(kind.misp()).map(|label| model.explain(&self.read, label)).unwrap_or_default();
        let (start, end) = self.text;
        let mut marks: Vec<Mark> = reasons
            .iter()
            .filter(|reason| reason.weight > 0.0 && reason.span.end <= end)
            .take(SHOWN)
            .map(|reason| match reason.span.start.checked_sub(start) {
                Some(from) => Mark { place: Place::Text, span: Span::new(from, reason.span.end - start) },
                None => Mark { place: Place::Subject, span: reason.span },
            })
            .collect();
        marks.sort_by_key(|mark| (mark.place != Place::Subject, mark.span));
        marks
    }

    fn principle(&self, kind: LeverKind) -> Option<f32> {
        let place = PRINCIPLES.labels().iter().position(|label| label.name == kind.misp())?;
        self.principles.get(place).copied()
    }
}

struct Weight {
    /// The share of texts with the principle where it was learned.
    usual: f32,
    /// How much the model may move us, from how well it did on texts it had not seen.
    trust: f32,
    /// Whether it may suggest the lever where no rule found anything. Distraction stands for five levers, so it may not.
    alone: bool,
}

fn weight(kind: LeverKind) -> Weight {
    match kind {
        LeverKind::Authority => Weight { usual: 0.56, trust: 0.3, alone: false },
        LeverKind::Urgency
        | LeverKind::Fear
        | LeverKind::Reward
        | LeverKind::Curiosity
        | LeverKind::Secrecy => Weight { usual: 0.16, trust: 0.3, alone: false },
        LeverKind::SocialProof => Weight { usual: 0.06, trust: 0.25, alone: false },
        LeverKind::Liking | LeverKind::Helpfulness => Weight { usual: 0.03, trust: 0.1, alone: false },
        LeverKind::Reciprocity => Weight { usual: 0.12, trust: 0.15, alone: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saying(probability: f32) -> Learned {
        Learned { principles: vec![probability; 5], ..Learned::default() }
    }

    #[test]
    fn the_model_alone_says_maybe_at_most() {
        for kind in LeverKind::ALL {
            assert!(saying(1.0).blend(kind, 0.0) < 0.65, "{kind:?}");
        }
        assert_eq!(saying(1.0).blend(LeverKind::Fear, 0.0), 0.0, "distraction stands for five levers");
    }

    #[test]
    fn the_model_moves_what_the_rules_say_and_does_not_overrule_it() {
        for kind in LeverKind::ALL {
            assert!(saying(0.9).blend(kind, 0.5) > 0.5, "{kind:?}");
            let doubted = saying(0.0).blend(kind, 0.5);
            assert!((0.3..0.5).contains(&doubted), "{kind:?} {doubted}");
            assert_eq!(Learned::default().blend(kind, 0.5), 0.5, "{kind:?}: not asked, not moved");
        }
    }

    #[test]
    fn it_reads_english_mail_of_some_length_only() {
        let message = |text: &str| Message { text: text.to_owned(), ..Message::default() };
        let long =
            "The head of the bank has ordered that you confirm your account at our department today, please.";
        assert!(!Learned::read(&message(long), Language::Known(Tongue::En)).principles.is_empty());
        assert!(Learned::read(&message(long), Language::Known(Tongue::De)).principles.is_empty());
        assert!(Learned::read(&message("Hello"), Language::Known(Tongue::En)).principles.is_empty());
    }

    #[test]
    fn the_words_it_shows_stand_in_the_message() {
        let subject = "Notice from the security department";
        let text = "The head of the bank has ordered that you confirm your account at our department today.";
        let message = Message { subject: subject.to_owned(), text: text.to_owned(), ..Message::default() };
        let learned = Learned::read(&message, Language::Known(Tongue::En));
        for mark in learned.marks(LeverKind::Authority) {
            let source = if mark.place == Place::Subject { subject } else { text };
            assert!(mark.span.of(source).is_some_and(|words| !words.trim().is_empty()), "{mark:?}");
        }
    }
}
