//! The labelled letters: how people write and mark them, and the lines in which they are published.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use finding::Span;
use lint::rule_file::GROUPS;
use lint::{Kind, Language};

/// One mail or text with the labels of a careful reader.
pub struct Letter {
    pub id: String,
    pub kind: Kind,
    pub language: Language,
    pub fine: bool,
    pub text: String,
    pub labels: Vec<Label>,
}

/// A marked part, or the whole letter where `span` is missing.
pub struct Label {
    pub span: Option<Span>,
    pub group: String,
    pub rule: Option<String>,
    pub note: String,
}

/// The letters of all files of a folder, in the order of their names.
pub fn read_folder(folder: &Path) -> Result<Vec<Letter>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut letters = Vec::new();
    for path in paths {
        let source =
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        letters.extend(read_source(&source)?);
    }
    Ok(letters)
}

/// Renews the published lines of a set, or says that they are not what the sources say.
pub fn publish(letters: &[Letter], published: &Path, write: bool) -> Result<(), String> {
    let lines: String = letters.iter().map(json_line).collect();
    let name = published.display();
    if write {
        return std::fs::write(published, &lines).map_err(|error| format!("{name}: {error}"));
    }
    match std::fs::read_to_string(published) {
        Ok(known) if known == lines => Ok(()),
        _ => Err(format!("{name} is not what the sources say; run once with --write")),
    }
}

/// Letters begin with `### id kind language fine|problems`; whole-letter labels follow as `@group:RULE note`; marked parts stand in
/// the text as `[[group:RULE|words]]`.
fn read_source(source: &str) -> Result<Vec<Letter>, String> {
    let mut letters = Vec::new();
    for part in source.split("### ").skip(1) {
        let (head, rest) = part.split_once('\n').ok_or_else(|| "a letter has no text".to_string())?;
        let words: Vec<&str> = head.split_whitespace().collect();
        let [id, kind, language, state] = words.as_slice() else {
            return Err(format!("`### {head}` needs four words"));
        };
        let kind = Kind::from_name(kind).ok_or_else(|| format!("{id}: there is no kind `{kind}`"))?;
        let language = Language::from_code(language)
            .ok_or_else(|| format!("{id}: there is no language `{language}`"))?;
        let mut labels = Vec::new();
        let mut body = rest;
        while let Some((line, after)) = body.strip_prefix('@').and_then(|body| body.split_once('\n')) {
            let (name, note) = line.split_once(' ').unwrap_or((line, ""));
            // A letter may itself begin with `@`, as in a chat.
            if !GROUPS.contains(&name.split(':').next().unwrap_or(name)) {
                break;
            }
            labels.push(label(id, name, None, note)?);
            body = after;
        }
        let text = marked(id, body.trim(), &mut labels)?;
        let fine = *state == "fine";
        if fine != labels.is_empty() {
            return Err(format!("{id}: says `{state}` and has {} labels", labels.len()));
        }
        letters.push(Letter { id: (*id).to_string(), kind, language, fine, text, labels });
    }
    Ok(letters)
}

fn label(id: &str, name: &str, span: Option<Span>, note: &str) -> Result<Label, String> {
    let (group, rule) =
        name.split_once(':').map_or((name, None), |(group, rule)| (group, Some(rule.to_string())));
    if !GROUPS.contains(&group) {
        return Err(format!("{id}: there is no group `{group}`"));
    }
    Ok(Label { span, group: group.to_string(), rule, note: note.to_string() })
}

fn marked(id: &str, body: &str, labels: &mut Vec<Label>) -> Result<String, String> {
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("[[") {
        text.push_str(before);
        let (inside, after) = after.split_once("]]").ok_or_else(|| format!("{id}: a `]]` is missing"))?;
        let (name, words) =
            inside.split_once('|').ok_or_else(|| format!("{id}: a marked part needs `group|words`"))?;
        let start = text.len();
        text.push_str(words);
        labels.push(label(id, name, Some(Span::new(start, text.len())), "")?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

fn json_line(letter: &Letter) -> String {
    let labels: Vec<String> = letter
        .labels
        .iter()
        .map(|label| {
            let mut line = String::from("{");
            if let Some(span) = label.span {
                let _ = write!(line, "\"start\":{},\"end\":{},", span.start, span.end);
            } else {
                line.push_str("\"whole\":true,");
            }
            let _ = write!(line, "\"group\":{}", quoted(&label.group));
            if let Some(rule) = &label.rule {
                let _ = write!(line, ",\"rule\":{}", quoted(rule));
            }
            if !label.note.is_empty() {
                let _ = write!(line, ",\"note\":{}", quoted(&label.note));
            }
            line.push('}');
            line
        })
        .collect();
    format!(
        "{{\"id\":{},\"kind\":{},\"language\":{},\"fine\":{},\"text\":{},\"spans\":[{}]}}\n",
        quoted(&letter.id),
        quoted(letter.kind.as_str()),
        quoted(letter.language.as_str()),
        letter.fine,
        quoted(&letter.text),
        labels.join(",")
    )
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            char if char.is_control() => {
                let _ = write!(out, "\\u{:04x}", char as u32);
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
