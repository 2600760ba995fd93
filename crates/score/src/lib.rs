//! `alongside score`: runs one of our models over JSON lines, so that anyone can test them on data of their own.
//! Each line of standard input is `{"id": …, "text": "…"}`, with a `"subject"` if there is one, or `{"id": …, "eml": "path"}`. Each line of
//! standard output is `{"id": …, "scores": {label: 0 to 1}, "chosen": [labels], "spans": [{"label", "start", "end"}]}`,
//! in the order of the input and written as soon as the line is read. Spans count bytes of the text that was given. Where another
//! was read (of a message, or without the tags of HTML), it stands beside them as `"text"`, and the `"subject"` of a message too.
//! Spans in a subject say `"in": "subject"`. A line that cannot be read is answered with
//! `{"id": …, "error": "…"}` and the rest goes on. The same input gives the same output.

mod levers;
mod words;

use std::io::{BufRead, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

/// Say what one of our models finds in texts or messages: JSON lines in, JSON lines out
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Each line of input is an object with `id` and `text` (and perhaps `subject`), or with `id` and `eml`, the path of a message.\nEnds with 0 when all was read, with 1 when a line could not be read and says so, with 2 when input or output broke."
)]
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

impl ModelName {
    /// Whether more than the words matters: links, files, how a page is made.
    fn reads_messages(self) -> bool {
        matches!(
            self,
            ModelName::Principles | ModelName::Levers | ModelName::AttackType | ModelName::Difficulty
        )
    }
}

/// One line of input, opened.
struct Item {
    message: mail::Message,
    evidence: Vec<mail::Evidence>,
    given: Given,
}

/// Which of the words that spans count in were given as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    All,
    /// The text was HTML.
    Subject,
    /// A message was.
    Nothing,
}

/// No message in a file is longer.
const LONGEST: u64 = 64 * 1024 * 1024;

/// What a model says of one item.
#[derive(Default)]
struct Said {
    scores: Vec<(&'static str, f32)>,
    chosen: Vec<&'static str>,
    spans: Vec<Shown>,
}

/// Where the words stand that carry a label.
struct Shown {
    label: &'static str,
    span: finding::Span,
    in_subject: bool,
}

/// Scores every line. Exit 0; 1 where a line could not be read and says so; 2 where input or output broke.
pub fn run(args: &ScoreArgs) -> ExitCode {
    let input = std::io::stdin().lock();
    let output = std::io::BufWriter::new(std::io::stdout().lock());
    match score(args.model, input, output) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(unread) => {
            eprintln!("error: {unread} of the lines could not be read; each says why in its `error`");
            ExitCode::from(1)
        }
        // A reader that has seen enough may close the pipe.
        Err(problem) if closed(&problem) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem:#}");
            ExitCode::from(2)
        }
    }
}

fn closed(problem: &anyhow::Error) -> bool {
    problem
        .downcast_ref::<std::io::Error>()
        .is_some_and(|problem| problem.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Returns how many lines could not be read.
fn score(model: ModelName, mut input: impl BufRead, mut output: impl Write) -> anyhow::Result<usize> {
    let mut unread = 0;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let written = match read_line(&line, model) {
            Ok((id, Ok(item))) => answer(id.as_ref(), &within(&item, say(model, &item)), &item),
            Ok((id, Err(problem))) => {
                unread += 1;
                json!({ "id": id, "error": format!("line {number}: {problem:#}") }).to_string()
            }
            Err(problem) => {
                unread += 1;
                let column = problem.column();
                json!({ "id": null, "error": format!("line {number}: it is not JSON from column {column} on") }).to_string()
            }
        };
        writeln!(output, "{written}")?;
        output.flush()?;
    }
    Ok(unread)
}

/// The id of a line and what it holds; an error without an id where it is no JSON.
fn read_line(
    line: &[u8],
    model: ModelName,
) -> Result<(Option<Value>, anyhow::Result<Item>), serde_json::Error> {
    // Files from some systems begin with a mark of their byte order.
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let value: Value = serde_json::from_slice(line)?;
    Ok((value.get("id").cloned(), open(&value, model)))
}

fn open(value: &Value, model: ModelName) -> anyhow::Result<Item> {
    if value.get("eml").is_some() && value.get("text").is_some() {
        anyhow::bail!("it has both `text` and `eml`; give one of them");
    }
    if let Some(path) = value.get("eml").and_then(Value::as_str) {
        let reading = mail::read(&whole_file(path)?, &mail::Setting::default());
        let message = reading.subject_message().clone();
        return Ok(Item { message, evidence: reading.evidence, given: Given::Nothing });
    }
    let Some(text) = value.get("text").and_then(Value::as_str) else {
        anyhow::bail!(match (value.get("eml"), value.get("text")) {
            (Some(_), _) => "its `eml` is no string",
            (_, Some(_)) => "its `text` is no string",
            (None, None) => "it has neither `text` nor `eml`",
        });
    };
    let subject = value.get("subject").and_then(Value::as_str).unwrap_or_default();
    let message = if model.reads_messages() {
        as_message(subject, text)
    } else {
        mail::Message { subject: subject.to_owned(), text: text.to_owned(), ..mail::Message::default() }
    };
    let given = if message.text == text { Given::All } else { Given::Subject };
    Ok(Item { message, evidence: Vec::new(), given })
}

/// The bytes of a file; what is no file, or longer than any message, is not read.
fn whole_file(path: &str) -> anyhow::Result<Vec<u8>> {
    let about =
        std::fs::metadata(path).map_err(|problem| anyhow::anyhow!("cannot read `{path}`: {problem}"))?;
    anyhow::ensure!(about.is_file(), "`{path}` is no file");
    anyhow::ensure!(about.len() <= LONGEST, "`{path}` is longer than 64 MB");
    std::fs::read(path).map_err(|problem| anyhow::anyhow!("cannot read `{path}`: {problem}"))
}

/// A text as the message it would be: with its links, and without tags where it is HTML. Plain text stays as it was given.
fn as_message(subject: &str, text: &str) -> mail::Message {
    let html = is_html(text);
    let kind = if html { "html" } else { "plain" };
    let raw = format!("Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}");
    let read = mail::read(raw.as_bytes(), &mail::Setting::default()).outer;
    let text = if html { read.text.clone() } else { text.to_owned() };
    mail::Message {
        subject: subject.to_owned(),
        text,
        links: read.links,
        page: read.page,
        ..mail::Message::default()
    }
}

/// Whether a text begins with a tag and closes one.
fn is_html(text: &str) -> bool {
    let tag = |rest: &str| rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!');
    text.trim_start().strip_prefix('<').is_some_and(tag) && text.contains("</")
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

/// What is said, with only those spans that hold words of the text or subject.
fn within(item: &Item, mut said: Said) -> Said {
    said.spans.retain(|shown| {
        let text = if shown.in_subject { &item.message.subject } else { &item.message.text };
        shown.span.of(text).is_some_and(|words| !words.trim().is_empty())
    });
    said
}

/// One line of output. Labels are our own plain words, so they need no escaping; it is written by hand because building
/// a tree for every line cost more than the models do.
fn answer(id: Option<&Value>, said: &Said, item: &Item) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(1024);
    let _ = write!(out, "{{\"id\":{},\"scores\":{{", id.unwrap_or(&Value::Null));
    for (place, (label, score)) in said.scores.iter().enumerate() {
        let rounded = (f64::from(*score) * 1e6).round() / 1e6;
        let _ = write!(out, "{}\"{label}\":{rounded}", comma(place));
    }
    out.push_str("},\"chosen\":[");
    for (place, label) in said.chosen.iter().enumerate() {
        let _ = write!(out, "{}\"{label}\"", comma(place));
    }
    out.push_str("],\"spans\":[");
    for (place, Shown { label, span, in_subject }) in said.spans.iter().enumerate() {
        let within = if *in_subject { "\"in\":\"subject\"," } else { "" };
        let (start, end) = (span.start, span.end);
        let _ =
            write!(out, "{}{{\"label\":\"{label}\",{within}\"start\":{start},\"end\":{end}}}", comma(place));
    }
    out.push(']');
    if item.given != Given::All && !said.spans.is_empty() {
        let _ = write!(out, ",\"text\":{}", json!(item.message.text));
        if item.given == Given::Nothing {
            let _ = write!(out, ",\"subject\":{}", json!(item.message.subject));
        }
    }
    out.push('}');
    out
}

fn comma(place: usize) -> &'static str {
    if place == 0 { "" } else { "," }
}

/// A span of the text.
fn span(label: &'static str, span: finding::Span) -> Shown {
    Shown { label, span, in_subject: false }
}

/// A span of the subject.
fn span_in_subject(label: &'static str, span: finding::Span) -> Shown {
    Shown { label, span, in_subject: true }
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
    fn spans_count_in_a_text_that_is_there() {
        let page = "<p>Hello</p><p>Please buy gift cards &amp; keep it secret from everybody.</p>";
        let answers = lines(ModelName::Levers, &json!({ "id": 1, "text": page }).to_string());
        let text = answers[0]["text"].as_str().unwrap();
        let spans = answers[0]["spans"].as_array().unwrap();
        let words = |span: &Value| {
            let at = |name: &str| span[name].as_u64().unwrap() as usize;
            text.get(at("start")..at("end")).unwrap().to_owned()
        };
        assert!(spans.iter().any(|span| words(span).contains("secret")), "{spans:?} in {text}");
        let plain = lines(ModelName::Levers, "{\"id\":1,\"text\":\"Please keep it secret.\"}");
        assert!(plain[0].get("text").is_none());
    }

    #[test]
    fn what_is_no_message_gets_no_score() {
        let input = "{\"id\":1,\"eml\":\"/dev/zero\"}\n{\"id\":2,\"text\":5}\n{\"id\":3,\"text\":\"a\",\"eml\":\"b\"}";
        let answers = lines(ModelName::Difficulty, input);
        let why = |at: usize| answers[at]["error"].as_str().unwrap();
        assert!(why(0).ends_with("`/dev/zero` is no file"), "{}", why(0));
        assert!(why(1).ends_with("its `text` is no string"), "{}", why(1));
        assert!(why(2).contains("both"), "{}", why(2));
    }

    #[test]
    fn a_text_keeps_its_links_and_loses_its_tags() {
        let read = as_message("Hi", "Please call +1 805 555 0134 or visit https://example.org/help today.");
        assert_eq!((read.links.len(), read.subject.as_str()), (1, "Hi"));
        let page = as_message("", "<p>Please <b>act</b> <a href='https://example.org/'>now</a></p>");
        assert_eq!((page.text.trim(), page.links.len()), ("Please act now", 1));
        let plain = "1 < 2 and\n\n  spaces  stay </b>";
        assert_eq!(as_message("", plain).text, plain);
    }

    #[test]
    fn a_line_that_cannot_be_read_says_so_and_the_rest_goes_on() {
        let input = b"{\"id\":1,\"text\":\"x\"}\nnonsense\n{\"id\":\"c\"}\n\xff\xfe\n{\"id\":4,\"eml\":\"/no/such/file\"}\r\n{\"id\":5,\"text\":\"y\"}";
        let mut output = Vec::new();
        assert_eq!(score(ModelName::Ekman, &input[..], &mut output).unwrap(), 4);
        let answers: Vec<Value> = String::from_utf8(output)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(answers.len(), 6);
        assert!(answers[1]["error"].as_str().unwrap().starts_with("line 2: "));
        assert_eq!(answers[2], json!({ "id": "c", "error": "line 3: it has neither `text` nor `eml`" }));
        assert_eq!(answers[4]["id"], 4);
        assert_eq!(answers[5]["id"], 5);
        assert!(answers[5]["scores"].is_object());
    }
}
