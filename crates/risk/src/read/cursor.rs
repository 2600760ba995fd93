//! Walks a parsed TOML file while remembering where everything stood.

use std::cell::RefCell;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::problem::Problem;

/// The line of a byte offset, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// Where problems and remarks are written down.
pub struct Notebook<'a> {
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
    remarks: RefCell<Vec<Problem>>,
}

impl<'a> Notebook<'a> {
    pub fn new(text: &'a str) -> Notebook<'a> {
        Notebook { text, problems: RefCell::default(), remarks: RefCell::default() }
    }

    pub fn finish(self) -> (Vec<Problem>, Vec<Problem>) {
        (self.problems.into_inner(), self.remarks.into_inner())
    }

    fn note(&self, offset: usize, key: &str, what: &str, fix: &str) -> Problem {
        Problem {
            line: line_of(self.text, offset),
            key: key.to_owned(),
            what: what.to_owned(),
            fix: fix.to_owned(),
        }
    }
}

/// A table of the file.
#[derive(Clone)]
pub struct Section<'a> {
    table: &'a DeTable<'a>,
    path: String,
    offset: usize,
    notebook: &'a Notebook<'a>,
}

impl<'a> Section<'a> {
    pub fn root(table: &'a DeTable<'a>, notebook: &'a Notebook<'a>) -> Section<'a> {
        Section { table, path: String::new(), offset: 0, notebook }
    }

    /// The entry of a key, if it is there.
    pub fn get(&self, key: &str) -> Option<Entry<'a>> {
        let (found, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Some(Entry { value: value.get_ref(), path, offset: found.span().start, notebook: self.notebook })
    }

    /// The entry of a key that has to be there.
    pub fn need(&self, key: &str, fix: &str) -> Option<Entry<'a>> {
        let entry = self.get(key);
        if entry.is_none() {
            self.problem(&format!("`{key}` is missing."), fix);
        }
        entry
    }

    /// Notes every key that is not among `allowed`.
    pub fn only(&self, allowed: &[&str]) {
        for (name, _) in self.table {
            if !allowed.contains(&name.get_ref().as_ref()) {
                let close = allowed.iter().map(|known| (distance(name.get_ref(), known), *known)).min();
                let fix = match close {
                    Some((apart, known)) if apart <= 1 + known.len() / 4 => {
                        format!("Did you mean `{known}`?")
                    }
                    _ => format!("Known here: {}.", allowed.join(", ")),
                };
                let what = format!("`{}` is not known here.", shorten(name.get_ref()));
                self.push(name.span().start, &self.path, &what, &fix);
            }
        }
    }

    /// The tables of an array of tables; none if the key is missing.
    pub fn sections(&self, key: &str) -> Vec<Section<'a>> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let DeValue::Array(array) = entry.value else {
            entry.problem(
                &format!("{} stands here, but a list of sections is meant.", entry.written()),
                &format!("Write `[[{key}]]` above each, or a list of `{{ … }}`."),
            );
            return Vec::new();
        };
        let items: Vec<&'a Spanned<DeValue<'a>>> = array.iter().collect();
        items
            .into_iter()
            .enumerate()
            .filter_map(|(place, item)| {
                let path = format!("{}[{}]", entry.path, place + 1);
                let offset = item.span().start;
                Entry { value: item.get_ref(), path, offset, notebook: self.notebook }.section()
            })
            .collect()
    }

    /// Notes a problem with this section.
    pub fn problem(&self, what: &str, fix: &str) {
        self.push(self.offset, &self.path, what, fix);
    }

    fn push(&self, offset: usize, key: &str, what: &str, fix: &str) {
        let problem = self.notebook.note(offset, key, what, fix);
        self.notebook.problems.borrow_mut().push(problem);
    }
}

/// A value of the file and the key it stands under.
#[derive(Clone)]
pub struct Entry<'a> {
    value: &'a DeValue<'a>,
    path: String,
    offset: usize,
    notebook: &'a Notebook<'a>,
}

impl<'a> Entry<'a> {
    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn problem(&self, what: &str, fix: &str) {
        let problem = self.notebook.note(self.offset, &self.path, what, fix);
        self.notebook.problems.borrow_mut().push(problem);
    }

    pub fn remark(&self, what: &str, fix: &str) {
        let remark = self.notebook.note(self.offset, &self.path, what, fix);
        self.notebook.remarks.borrow_mut().push(remark);
    }

    pub fn is_section(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }

    pub fn is_number(&self) -> bool {
        matches!(self.value, DeValue::Integer(_) | DeValue::Float(_))
    }

    /// The value as a table.
    pub fn section(&self) -> Option<Section<'a>> {
        if let DeValue::Table(table) = self.value {
            return Some(Section {
                table,
                path: self.path.clone(),
                offset: self.offset,
                notebook: self.notebook,
            });
        }
        self.problem(
            &format!("{} stands here, but a section of keys is meant.", self.written()),
            "Write `{ key = value, … }` or a `[section]`.",
        );
        None
    }

    /// The value as words.
    pub fn text(&self) -> Option<String> {
        match self.value {
            DeValue::String(text) if text.chars().count() > 2000 => {
                self.problem(
                    "this text is longer than 2000 characters.",
                    "Keep it short; a brief shows it whole.",
                );
                None
            }
            DeValue::String(text) if text.trim().is_empty() => {
                self.problem("the text is empty.", "Write it out, or remove the line.");
                None
            }
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => {
                self.problem(
                    &format!("{} stands here, but words are meant.", self.written()),
                    "Put it in quotes.",
                );
                None
            }
        }
    }

    /// The value as a finite number.
    pub fn number(&self) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
                .ok()
                .map(|whole| whole as f64)
                .or_else(|| integer.as_str().parse().ok()),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => {
                let fix = if matches!(self.value, DeValue::String(_)) {
                    "Write the number without quotes and without a unit; units go into `unit`."
                } else {
                    "Write a number, such as 0.12 or 50_000."
                };
                self.problem(&format!("{} stands here, but a number is meant.", self.written()), fix);
                return None;
            }
        };
        match number.filter(|number: &f64| number.is_finite()) {
            Some(number) => Some(number),
            None => {
                self.problem(
                    &format!("{} is not a number one can reckon with.", self.written()),
                    "Write a finite number, such as 50_000.",
                );
                None
            }
        }
    }

    /// The value as a number from `low` to `high`.
    pub fn number_between(&self, low: f64, high: f64) -> Option<f64> {
        let number = self.number()?;
        if (low..=high).contains(&number) {
            return Some(number);
        }
        let wanted = if high >= 1e12 { format!("of {low} or more") } else { format!("from {low} to {high}") };
        self.problem(
            &format!("{number} does not fit: it has to be {wanted}.").replace("be of ", "be "),
            &format!("Write a number {wanted}."),
        );
        None
    }

    /// The value as a list of finite numbers.
    pub fn numbers(&self) -> Option<Vec<f64>> {
        let DeValue::Array(array) = self.value else {
            self.problem(
                &format!("{} stands here, but a list of numbers is meant.", self.written()),
                "Write `[1, 2, 3]`.",
            );
            return None;
        };
        if array.len() > 100_000 {
            self.problem("there are more than 100000 numbers.", "Keep a sample of them.");
            return None;
        }
        array
            .iter()
            .map(|item| {
                Entry {
                    value: item.get_ref(),
                    path: self.path.clone(),
                    offset: item.span().start,
                    notebook: self.notebook,
                }
                .number()
            })
            .collect()
    }

    /// The value as a list of texts.
    pub fn texts(&self) -> Option<Vec<String>> {
        let DeValue::Array(array) = self.value else {
            self.problem(
                &format!("{} stands here, but a list of names is meant.", self.written()),
                "Write `[\"one\", \"other\"]`.",
            );
            return None;
        };
        array
            .iter()
            .map(|item| {
                Entry {
                    value: item.get_ref(),
                    path: self.path.clone(),
                    offset: item.span().start,
                    notebook: self.notebook,
                }
                .text()
            })
            .collect()
    }

    /// The value as it was written, for a message.
    pub fn written(&self) -> String {
        match self.value {
            DeValue::String(text) => format!("`\"{}\"`", shorten(text)),
            DeValue::Integer(integer) => format!("`{}`", shorten(integer.as_str())),
            DeValue::Float(float) => format!("`{}`", shorten(float.as_str())),
            DeValue::Boolean(yes) => format!("`{yes}`"),
            DeValue::Datetime(when) => format!("`{when}`"),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a section".to_owned(),
        }
    }
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

/// How many letters must change to make one word of the other.
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.chars().take(40).enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (b, above) in two.iter().zip(row.iter().skip(1)) {
            let cost = diagonal + usize::from(a != *b);
            left = cost.min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
