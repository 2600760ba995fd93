//! `alongside score`: runs one of our models over JSON lines, so that anyone can test them on data of their own.
//! Each line of standard input is `{"id": …, "text": "…"}`, with a `"subject"` if there is one, or `{"id": …, "eml": "path"}`. Each line of
//! standard output is `{"id": …, "scores": {label: 0 to 1}, "chosen": [labels], "spans": [{"label", "start", "end"}]}`,
//! in the order of the input and written as soon as the line is read. Spans count bytes of the text that was given, or
//! of the text of the message; those in a subject say `"in": "subject"`. The same input gives the same output.

mod levers;
mod words;

use std::io::{BufRead, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

/// Score texts or messages with one of the models, as JSON lines
#[derive(Args, Clone, Debug)]
pub struct ScoreArgs {
    /// Which model
    #[arg(value_enum)]
    pub model: ModelName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ModelName {
    /// 28 emotions
    Goemotions,
    /// Anger, disgust, fear, joy, sadness, surprise, neutral
    Ekman,
    /// Positive, negative, ambiguous, neutral
    Sentiment,
    /// What a person who writes to the desk may feel, with urgency and self-blame
    Feelings,
    /// Polite or impolite
    Politeness,
    /// Five emotions in the domain of BRIGHTER
    Brighter,
    /// MISP's principles of persuasion
    Principles,
    /// What a message does to people
    Levers,
    /// Kind of attack
    AttackType,
    /// How hard it was to spot, 0 to 1
    Difficulty,
}

/// One line of input, opened.
struct Item {
    message: mail::Message,
    evidence: Vec<mail::Evidence>,
}

/// What a model says of one item.
#[derive(Default)]
struct Said {
    scores: Vec<(&'static str, f32)>,
    chosen: Vec<&'static str>,
    spans: Vec<Value>,
}

/// Scores every line. Exit 0, or 2 where a line or a file cannot be read; the lines before it have been answered.
pub fn run(args: &ScoreArgs) -> ExitCode {
    let input = std::io::stdin().lock();
    let output = std::io::BufWriter::new(std::io::stdout().lock());
    match score(args.model, input, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem:#}");
            ExitCode::from(2)
        }
    }
}

fn score(model: ModelName, input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let context = || format!("line {} of the input", number + 1);
        let value: Value =
            serde_json::from_str(&line).map_err(|problem| anyhow::anyhow!("{}: {problem}", context()))?;
        let item = open(&value).map_err(|problem| problem.context(context()))?;
        let said = say(model, &item);
        writeln!(output, "{}", answer(value.get("id"), &said))?;
        output.flush()?;
    }
    Ok(())
}

fn open(value: &Value) -> anyhow::Result<Item> {
    if let Some(path) = value.get("eml").and_then(Value::as_str) {
        let raw =
            std::fs::read(path).map_err(|problem| anyhow::anyhow!("cannot read `{path}`: {problem}"))?;
        let reading = mail::read(&raw, &mail::Setting::default());
        return Ok(Item { message: reading.subject_message().clone(), evidence: reading.evidence });
    }
    let Some(text) = value.get("text").and_then(Value::as_str) else {
        anyhow::bail!("it has neither `text` nor `eml`");
    };
    let subject = value.get("subject").and_then(Value::as_str).unwrap_or_default().to_owned();
    let message = mail::Message { subject, text: text.to_owned(), ..mail::Message::default() };
    Ok(Item { message, evidence: Vec::new() })
}

fn say(model: ModelName, item: &Item) -> Said {
    match model {
        ModelName::Goemotions => words::emotions(&item.message.text, text::model::emotions::View::Fine),
        ModelName::Ekman => words::emotions(&item.message.text, text::model::emotions::View::Ekman),
        ModelName::Sentiment => words::emotions(&item.message.text, text::model::emotions::View::Sentiment),
        ModelName::Feelings => words::feelings(&item.message.text),
        ModelName::Politeness => words::politeness(&item.message.text),
        ModelName::Brighter => words::brighter(&item.message.text),
        ModelName::Principles => words::principles(&item.message),
        ModelName::Levers => levers::levers(item),
        ModelName::AttackType => levers::attack_type(item),
        ModelName::Difficulty => levers::difficulty(item),
    }
}

fn answer(id: Option<&Value>, said: &Said) -> Value {
    let rounded = |number: f32| (f64::from(number) * 1e6).round() / 1e6;
    let scores: serde_json::Map<String, Value> =
        said.scores.iter().map(|(label, score)| ((*label).to_owned(), json!(rounded(*score)))).collect();
    json!({ "id": id, "scores": scores, "chosen": said.chosen, "spans": said.spans })
}

/// A span of the text.
fn span(label: &str, span: finding::Span) -> Value {
    json!({ "label": label, "start": span.start, "end": span.end })
}

/// A span of the subject.
fn span_in_subject(label: &str, span: finding::Span) -> Value {
    json!({ "label": label, "in": "subject", "start": span.start, "end": span.end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(model: ModelName, input: &str) -> Vec<Value> {
        let mut output = Vec::new();
        score(model, input.as_bytes(), &mut output).unwrap();
        String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_model_answers_every_line_in_order() {
        let input = "{\"id\":1,\"text\":\"Thank you so much\"}\n\n{\"id\":\"b\",\"text\":\"\"}\n";
        for model in ModelName::value_variants() {
            let answers = lines(*model, input);
            assert_eq!(answers.len(), 2, "{model:?}");
            assert_eq!(answers[1]["id"], "b");
            for (_, score) in answers[0]["scores"].as_object().unwrap() {
                assert!((0.0..=1.0).contains(&score.as_f64().unwrap()), "{model:?}");
            }
            for label in answers[0]["chosen"].as_array().unwrap() {
                assert!(answers[0]["scores"].get(label.as_str().unwrap()).is_some(), "{model:?} {label}");
            }
        }
    }

    #[test]
    fn the_words_are_pointed_at() {
        let text = "I am so afraid of it";
        let answers = lines(ModelName::Feelings, &json!({ "id": 1, "text": text }).to_string());
        assert_eq!(answers[0]["chosen"], json!(["worry"]));
        let start = answers[0]["spans"][0]["start"].as_u64().unwrap() as usize;
        let end = answers[0]["spans"][0]["end"].as_u64().unwrap() as usize;
        assert!(text.get(start..end).unwrap().contains("afraid"));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let problem = score(ModelName::Ekman, "{\"id\":1,\"text\":\"x\"}\nnonsense".as_bytes(), Vec::new())
            .unwrap_err();
        assert!(format!("{problem:#}").starts_with("line 2 of the input"), "{problem:#}");
    }
}
