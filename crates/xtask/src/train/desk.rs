//! Our own texts with feelings: desk messages in their sets, and sentences written for training alone. Which of them are
//! learned from and which are only measured is decided here and nowhere else.

use serde_json::Value;
use tone::Kind;

use super::{Problem, data};

/// One of our own messages.
#[derive(Clone, Debug)]
pub struct Message {
    pub text: String,
    /// Bits in the order of [`Kind::ALL`]; no bit for no feeling.
    pub labels: u64,
    pub urgency: bool,
    pub self_blame: bool,
    pub part: Part,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Dev,
    /// The other half of the first two rounds, seen while the phrases were written.
    Test,
    /// Written last in the first set.
    Untouched,
    /// By another hand, for development.
    Second,
    /// By another hand again, for learning.
    Fourth,
    /// By another hand, never looked at and only measured.
    Third,
}

impl Part {
    /// Whether it is learned from.
    pub fn teaches(self) -> bool {
        matches!(self, Part::Dev | Part::Second | Part::Fourth)
    }
}

/// Our desk messages: the first set in its rounds, a second and a fourth by another hand for development, and a third that is
/// only ever measured. A set that is not there is left out.
pub fn messages() -> Result<Vec<Message>, Problem> {
    let folder = data::root().join("evaluation/desk-messages");
    let mut all = read_messages(&data::read(&folder.join("messages.jsonl"))?, |value| {
        if value["split"] == "dev" {
            Part::Dev
        } else if value["round"] == 3 {
            Part::Untouched
        } else {
            Part::Test
        }
    })?;
    for (file, part) in
        [("second.jsonl", Part::Second), ("third.jsonl", Part::Third), ("fourth.jsonl", Part::Fourth)]
    {
        let path = folder.join(file);
        if path.is_file() {
            all.extend(read_messages(&data::read(&path)?, |_| part)?);
        }
    }
    Ok(all)
}

fn read_messages(source: &str, part: impl Fn(&Value) -> Part) -> Result<Vec<Message>, Problem> {
    source
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let value: Value = serde_json::from_str(line)?;
            let labels = value["labels"].as_array().ok_or("a message has no labels")?;
            Ok(Message {
                text: value["text"].as_str().ok_or("a message has no text")?.to_owned(),
                labels: bits(|kind| labels.iter().any(|label| label == kind.name())),
                urgency: value["urgency"] == true,
                self_blame: value["self_blame"] == true,
                part: part(&value),
            })
        })
        .collect()
}

/// Sentences written for training alone, with their labels.
pub fn sentences() -> Result<Vec<(String, u64)>, Problem> {
    let source = data::read(&data::root().join("training/desk-sentences.tsv"))?;
    source
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (labels, text) = line.split_once('\t').ok_or_else(|| format!("no label: `{line}`"))?;
            let labels: Vec<&str> = labels.split(',').filter(|label| *label != "none").collect();
            let known = |label: &&str| Kind::ALL.iter().any(|kind| kind.name() == *label);
            if !labels.iter().all(known) {
                return Err(format!("unknown label: `{line}`").into());
            }
            Ok((text.to_owned(), bits(|kind| labels.contains(&kind.name()))))
        })
        .collect()
}

fn bits(is: impl Fn(&Kind) -> bool) -> u64 {
    Kind::ALL.iter().enumerate().map(|(place, kind)| u64::from(is(kind)) << place).sum()
}
