//! What the learned principles of persuasion add to the rules. They were learned from English mail and people agree only
//! moderately on them, so they shift how sure we are of a lever that the words show, and suggest none alone.

use mail::Message;
use text::model::shipped::PRINCIPLES;
use text::model::with_concepts;

use crate::language::{Language, Tongue};
use crate::levers::LeverKind;

/// What the model says of one message; empty where it was not asked.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// Probability of each principle, in the order of the model.
    principles: Vec<f32>,
}

/// Most bytes of a text that the model reads: what a message wants stands near its beginning.
const LONGEST: usize = 4_000;
/// Fewer words are too few for a model of whole mails.
const FEWEST_WORDS: usize = 12;

impl Learned {
    pub(crate) fn read(message: &Message, language: Language) -> Learned {
        let english = language.known() == Some(Tongue::En);
        if !english || message.text.split_whitespace().nth(FEWEST_WORDS).is_none() {
            return Learned::default();
        }
        let end = message.text.floor_char_boundary(LONGEST);
        let beginning = message.text.get(..end).unwrap_or_default();
        let read = with_concepts(&format!("{}\n{beginning}", message.subject));
        Learned { principles: PRINCIPLES.score(&read).iter().map(|score| score.probability).collect() }
    }

    /// How sure we are of a lever with what the model says, from how sure the rules are.
    pub(crate) fn blend(&self, kind: LeverKind, rules: f32) -> f32 {
        let Some(model) = self.principle(kind) else { return rules };
        let Weight { usual, trust } = weight(kind);
        if model >= usual {
            let more = (model - usual) / (1.0 - usual);
            let adds = if rules > 0.0 { trust * more } else { 0.0 };
            1.0 - (1.0 - rules) * (1.0 - adds)
        } else {
            rules * (1.0 - 0.5 * trust * (usual - model) / usual)
        }
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
}

fn weight(kind: LeverKind) -> Weight {
    match kind {
        LeverKind::Authority => Weight { usual: 0.56, trust: 0.3 },
        LeverKind::Urgency
        | LeverKind::Fear
        | LeverKind::Reward
        | LeverKind::Curiosity
        | LeverKind::Secrecy => Weight { usual: 0.16, trust: 0.3 },
        LeverKind::SocialProof => Weight { usual: 0.06, trust: 0.25 },
        LeverKind::Liking | LeverKind::Helpfulness => Weight { usual: 0.03, trust: 0.1 },
        LeverKind::Reciprocity => Weight { usual: 0.12, trust: 0.15 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saying(probability: f32) -> Learned {
        Learned { principles: vec![probability; 5] }
    }

    #[test]
    fn the_model_alone_suggests_nothing() {
        for kind in LeverKind::ALL {
            assert_eq!(saying(1.0).blend(kind, 0.0), 0.0, "{kind:?}");
        }
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
}
