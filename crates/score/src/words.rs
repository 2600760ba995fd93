//! The models that read words alone.

use finding::Span;
use text::model::emotions::{self, View};
use text::model::{Answer, Model, shipped, with_concepts, with_strategies};

use super::{Said, Shown, span, span_in_subject};

/// How many words are shown for one label.
const SHOWN: usize = 3;

pub fn emotions(text: &str, view: View) -> Said {
    let model = &*shipped::GOEMOTIONS;
    let found = emotions::emotions(model, text, view);
    let prefix = match view {
        View::Fine => "",
        View::Ekman => "ekman/",
        View::Sentiment => "sentiment/",
    };
    Said {
        scores: found.scores.iter().map(|(name, score)| (*name, score.probability)).collect(),
        spans: spans(model, text, &found.chosen, prefix),
        chosen: found.chosen,
    }
}

pub fn feelings(text: &str) -> Said {
    let heard = tone::hear(text, "en");
    let mut said = Said::default();
    said.scores
        .extend(tone::probabilities(text).into_iter().map(|(kind, probability)| (kind.name(), probability)));
    for feeling in &heard.feelings {
        said.chosen.push(feeling.kind.name());
        said.spans.extend(feeling.spans.iter().map(|place| span(feeling.kind.name(), *place)));
    }
    // "None" is what is left when no feeling is there. Haste and self-blame are not feelings: rules hear them, yes or no, and
    // they stand among the scores and the spans.
    let none = said.scores.iter().map(|(_, probability)| 1.0 - probability).product();
    said.scores.push(("none", none));
    if said.chosen.is_empty() {
        said.chosen.push("none");
    }
    for (name, places) in [("urgency", &heard.urgency), ("self-blame", &heard.self_blame)] {
        said.scores.push((name, if places.is_some() { 1.0 } else { 0.0 }));
        if let Some(places) = places {
            said.spans.extend(places.iter().map(|place| span(name, *place)));
        }
    }
    said
}

pub fn politeness(text: &str) -> Said {
    let model = &*shipped::POLITENESS;
    let known = with_strategies(text);
    let polite = model.score(&known).first().map_or(0.5, |score| score.probability);
    let chosen = if polite >= 0.5 { "polite" } else { "impolite" };
    // What speaks against polite speaks for impolite. The signs of strategies stand after the text.
    let towards = if polite >= 0.5 { 1.0 } else { -1.0 };
    let mut reasons = model.explain(&known, 0);
    reasons.retain(|reason| reason.weight * towards > 0.0 && reason.span.end <= text.len());
    reasons.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
    let spans = reasons.iter().take(SHOWN).map(|reason| span(chosen, reason.span)).collect();
    Said { scores: vec![("polite", polite), ("impolite", 1.0 - polite)], chosen: vec![chosen], spans }
}

pub fn brighter(text: &str) -> Said {
    labelled(&shipped::BRIGHTER, text)
}

pub fn principles(message: &mail::Message) -> Said {
    let text = if message.subject.is_empty() {
        message.text.clone()
    } else {
        format!("{}\n{}", message.subject, message.text)
    };
    let known = with_concepts(&text);
    let model = &*shipped::PRINCIPLES;
    // What stands in the subject is not a place in the text, and the concepts stand after it.
    let before = text.len() - message.text.len();
    let place = |name: &'static str, at: Span| {
        if at.start >= before {
            span(name, Span::new(at.start - before, at.end - before))
        } else {
            span_in_subject(name, at)
        }
    };
    let mut said = labelled(model, &known);
    said.spans = said
        .chosen
        .iter()
        .flat_map(|name| reasons(model, &known, name).into_iter().map(|at| (*name, at)))
        .filter(|(_, at)| at.end <= text.len())
        .map(|(name, at)| place(name, at))
        .collect();
    said
}

/// A model whose labels are chosen each on its own.
fn labelled(model: &'static Model, text: &str) -> Said {
    let mut said = Said::default();
    for (label, score) in model.labels().iter().zip(model.score(text)) {
        said.scores.push((label.name.as_str(), score.probability));
        if score.answer == Answer::Yes {
            said.chosen.push(label.name.as_str());
        }
    }
    said.spans = spans(model, text, &said.chosen, "");
    said
}

fn spans(model: &Model, text: &str, chosen: &[&'static str], prefix: &str) -> Vec<Shown> {
    let places = |name: &&'static str| -> Vec<Shown> {
        reasons(model, text, &format!("{prefix}{name}")).into_iter().map(|at| span(name, at)).collect()
    };
    chosen.iter().flat_map(places).collect()
}

/// The few words that carry a label most.
fn reasons(model: &Model, text: &str, label: &str) -> Vec<Span> {
    let reasons = model.label(label).map(|label| model.explain(text, label)).unwrap_or_default();
    reasons.iter().filter(|reason| reason.weight > 0.0).take(SHOWN).map(|reason| reason.span).collect()
}
