//! The models that read words alone.

use text::model::emotions::{self, View};
use text::model::{Answer, Model, shipped, with_concepts};

use super::{Said, span};

/// How many words are shown for one label.
const SHOWN: usize = 3;

pub fn emotions(text: &str, view: View) -> Said {
    let model = &*shipped::GOEMOTIONS;
    let found = emotions::emotions(model, text, view);
    let mut said = Said {
        scores: found.scores.iter().map(|(name, score)| (*name, score.probability)).collect(),
        chosen: found.chosen,
        spans: Vec::new(),
    };
    let prefix = match view {
        View::Fine => "",
        View::Ekman => "ekman/",
        View::Sentiment => "sentiment/",
    };
    for name in said.chosen.clone() {
        if let Some(label) = model.label(&format!("{prefix}{name}")) {
            explain(&mut said, model, text, label, name);
        }
    }
    said
}

pub fn feelings(text: &str) -> Said {
    let heard = tone::hear(text, "en");
    let mut said = Said::default();
    said.scores.extend(tone::probabilities(text).into_iter().map(|(kind, probability)| (kind.name(), probability)));
    for feeling in &heard.feelings {
        said.chosen.push(feeling.kind.name());
        said.spans.extend(feeling.spans.iter().map(|place| span(feeling.kind.name(), *place)));
    }
    // "None" is what is left when no feeling is there; haste and self-blame are heard by rules, yes or no.
    let none = said.scores.iter().map(|(_, probability)| 1.0 - probability).product();
    said.scores.push(("none", none));
    if said.chosen.is_empty() {
        said.chosen.push("none");
    }
    for (name, places) in [("urgency", &heard.urgency), ("self-blame", &heard.self_blame)] {
        said.scores.push((name, if places.is_some() { 1.0 } else { 0.0 }));
        if let Some(places) = places {
            said.chosen.push(name);
            said.spans.extend(places.iter().map(|place| span(name, *place)));
        }
    }
    said
}

pub fn politeness(text: &str) -> Said {
    let model = &*shipped::POLITENESS;
    let polite = model.score(text).first().map_or(0.5, |score| score.probability);
    let chosen = if polite >= 0.5 { "polite" } else { "impolite" };
    let mut said =
        Said { scores: vec![("polite", polite), ("impolite", 1.0 - polite)], chosen: vec![chosen], spans: Vec::new() };
    if polite >= 0.5 {
        explain(&mut said, model, text, 0, "polite");
    }
    said
}

pub fn brighter(text: &str) -> Said {
    labelled(&shipped::BRIGHTER, text, text)
}

pub fn principles(message: &mail::Message) -> Said {
    let text = if message.subject.is_empty() {
        message.text.clone()
    } else {
        format!("{}\n{}", message.subject, message.text)
    };
    let mut said = labelled(&shipped::PRINCIPLES, &with_concepts(&text), &text);
    // What stood in the subject is not a place in the text.
    let before = text.len() - message.text.len();
    for place in &mut said.spans {
        let (start, end) = (number(place, "start"), number(place, "end"));
        if start >= before {
            (place["start"], place["end"]) = ((start - before).into(), (end - before).into());
        } else {
            place["in"] = "subject".into();
        }
    }
    said
}

fn number(place: &serde_json::Value, name: &str) -> usize {
    place.get(name).and_then(serde_json::Value::as_u64).map_or(0, |number| number as usize)
}

/// A model whose labels are chosen each on its own. `given` may end with more than the `text` that spans point into.
fn labelled(model: &'static Model, given: &str, text: &str) -> Said {
    let mut said = Said::default();
    for (place, (label, score)) in model.labels().iter().zip(model.score(given)).enumerate() {
        said.scores.push((label.name.as_str(), score.probability));
        if score.answer == Answer::Yes {
            said.chosen.push(label.name.as_str());
            explain(&mut said, model, given, place, &label.name);
        }
    }
    said.spans.retain(|place| number(place, "end") <= text.len());
    said
}

fn explain(said: &mut Said, model: &Model, text: &str, label: usize, name: &str) {
    let reasons = model.explain(text, label);
    said.spans.extend(
        reasons.iter().filter(|reason| reason.weight > 0.0).take(SHOWN).map(|reason| span(name, reason.span)),
    );
}
