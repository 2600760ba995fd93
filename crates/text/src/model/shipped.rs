//! The English models that are part of this crate, each opened once. Their cards stand under `docs/reference/models`.

use std::sync::LazyLock;

use super::Model;

/// Emotions after GoEmotions, to be read with [`super::emotions::emotions`].
pub static GOEMOTIONS: LazyLock<Model> =
    LazyLock::new(|| open(include_bytes!("../../weights/goemotions.bin")));
/// One label, `polite`: how a request reads; scores a text that went through [`super::with_strategies`].
pub static POLITENESS: LazyLock<Model> =
    LazyLock::new(|| open(include_bytes!("../../weights/politeness.bin")));
/// Five principles of persuasion in mail; scores a text that went through [`super::with_concepts`].
pub static PRINCIPLES: LazyLock<Model> =
    LazyLock::new(|| open(include_bytes!("../../weights/principles.bin")));
/// Anger, fear, joy, sadness, surprise in the domain of BRIGHTER.
pub static BRIGHTER: LazyLock<Model> = LazyLock::new(|| open(include_bytes!("../../weights/brighter.bin")));

fn open(bytes: &[u8]) -> Model {
    Model::read(bytes).expect("the weights are part of this crate and a test reads them")
}

#[cfg(test)]
mod tests {
    use super::super::emotions::{ALL, View, emotions};
    use super::super::with_strategies;
    use super::*;

    #[test]
    fn every_shipped_model_opens_and_knows_its_labels() {
        assert_eq!(GOEMOTIONS.labels().len(), ALL);
        assert!(POLITENESS.label("polite").is_some());
        assert_eq!(PRINCIPLES.labels().len(), 5);
        assert_eq!(BRIGHTER.labels().len(), 5);
    }

    #[test]
    fn they_have_learned_something() {
        assert_eq!(emotions(&GOEMOTIONS, "Thank you so much for this!", View::Fine).chosen, ["gratitude"]);
        assert_eq!(
            emotions(&GOEMOTIONS, "I hate this, it makes me so angry", View::Sentiment).chosen,
            ["negative"]
        );
        let polite = |text: &str| POLITENESS.score(&with_strategies(text));
        let kind = polite("Thanks for your help. Could you please have a look at it?");
        let rude = polite("Why did you do that? What the hell is wrong with you?");
        assert!(kind[0].probability > 0.6 && rude[0].probability < 0.4);
    }

    #[test]
    fn all_weights_together_stay_under_two_megabytes() {
        let here = [
            include_bytes!("../../weights/goemotions.bin").len(),
            include_bytes!("../../weights/politeness.bin").len(),
            include_bytes!("../../weights/principles.bin").len(),
            include_bytes!("../../weights/brighter.bin").len(),
        ];
        let feelings = 300_000;
        assert!(here.iter().sum::<usize>() + feelings < 2_000_000, "{here:?}");
    }
}
