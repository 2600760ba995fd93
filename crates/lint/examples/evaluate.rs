//! Scores the rules on the public evaluation letters in `evaluation/letters/`: precision and recall per group, false findings in
//! fine letters, and every miss. `--set first|second|third|fourth|fifth|…|tenth` names the set (default `first`); `--write` renews its published lines from
//! the marked sources; `warning` counts warnings only; `--quiet` leaves out the misses, so that a set can be measured unread;
//! `--rules` leaves out what a model hears; `--guess` shows instead how well the kind of a letter is guessed.
//! It never changes a rule, and no rule may be written from its sentences.

use finding::{Severity, Span};
use lint::rule::LANGUAGES;
use lint::rule_file::GROUPS;
use lint::{Checker, Draft, Format, Kind, Language, Profile};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The sets of letters: the first five, and those of later writers.
const SETS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// One mail or text with the labels of a careful reader.
struct Letter {
    id: String,
    kind: Kind,
    language: Language,
    fine: bool,
    text: String,
    labels: Vec<Label>,
}

/// A marked part, or the whole letter where `span` is missing.
struct Label {
    span: Option<Span>,
    group: String,
    rule: Option<String>,
    note: String,
}

/// What was counted for one group.
#[derive(Default, Clone, Copy)]
struct Count {
    labels: usize,
    seen: usize,
    findings: usize,
    right: usize,
    false_in_fine: usize,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let at = if has("warning") { Severity::Warning } else { Severity::Suggestion };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evaluation/letters");
    let named =
        arguments.iter().position(|argument| argument == "--set").and_then(|at| arguments.get(at + 1));
    let named = named.map_or("first", String::as_str);
    if !SETS.contains(&named) {
        eprintln!("error: there is no set `{named}`: {}", SETS.join(", "));
        return ExitCode::from(2);
    }
    let ending = if named == "first" { String::new() } else { format!("-{named}") };
    let (source, lines) = (format!("source{ending}"), format!("letters{ending}.jsonl"));
    let published = folder.join(lines);
    let letters = match read_folder(&folder.join(source)) {
        Ok(letters) => letters,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let lines: String = letters.iter().map(json_line).collect();
    if has("--write") {
        if let Err(error) = std::fs::write(&published, &lines) {
            eprintln!("error: {}: {error}", published.display());
            return ExitCode::from(2);
        }
    } else if std::fs::read_to_string(&published).ok().as_deref() != Some(lines.as_str()) {
        eprintln!("error: {} is not what the sources say; run once with --write", published.display());
        return ExitCode::from(1);
    }
    if has("--guess") {
        guesses(&letters);
        return ExitCode::SUCCESS;
    }
    let mut misses = String::new();
    for language in Language::ALL {
        let own: Vec<&Letter> = letters.iter().filter(|letter| letter.language == language).collect();
        report(language, &own, at, has("--rules"), &mut misses);
    }
    if !has("--quiet") {
        println!("\n{misses}");
    }
    ExitCode::SUCCESS
}

/// How often the kind of a letter is guessed when nobody says it: each kind, and what it was taken for.
fn guesses(letters: &[Letter]) {
    let profile = Profile::default();
    let mut taken: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut right = 0;
    for letter in letters {
        let guess = Checker::standard().check(&Draft::plain(&letter.text, &profile)).kind;
        right += usize::from(guess == letter.kind);
        *taken.entry(letter.kind.as_str()).or_default().entry(guess.as_str()).or_default() += 1;
    }
    for (kind, guesses) in taken {
        println!("{kind:13} {guesses:?}");
    }
    println!("right: {right} of {}", letters.len());
}

fn report(language: Language, letters: &[&Letter], at: Severity, rules_alone: bool, misses: &mut String) {
    let profile = Profile::default();
    let mut counts: BTreeMap<usize, Count> = BTreeMap::new();
    let mut by_rule: BTreeMap<(String, &str), Count> = BTreeMap::new();
    let (mut fine, mut fine_marked, mut fine_hinted) = (0, 0, 0);
    for letter in letters {
        let draft = Draft {
            text: &letter.text,
            format: Format::Plain,
            kind: Some(letter.kind),
            language: Some(letter.language),
            profile: &profile,
        };
        let mut found = Checker::standard().check(&draft).findings;
        if rules_alone {
            found.retain(|finding| !lint::rule::find(&finding.rule).is_some_and(|rule| rule.hears));
        }
        if letter.fine {
            fine += 1;
            let false_ones: Vec<_> =
                found.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
            fine_marked += usize::from(!false_ones.is_empty());
            fine_hinted += usize::from(found.iter().any(|finding| finding.severity == Severity::Suggestion));
            for finding in false_ones {
                by_rule.entry((finding.rule.to_string(), letter.kind.as_str())).or_default().false_in_fine +=
                    1;
                counts
                    .entry(group_index(&group_of(letter.language, &finding.rule)))
                    .or_default()
                    .false_in_fine += 1;
                note(misses, "false, in a fine letter", letter, &finding.rule, finding.span);
            }
            continue;
        }
        let found: Vec<_> = found.into_iter().filter(|finding| finding.severity >= at).collect();
        for label in &letter.labels {
            let seen = found.iter().any(|finding| {
                group_of(letter.language, &finding.rule) == label.group
                    && label.span.is_none_or(|span| span.overlaps(finding.span))
            });
            let count = counts.entry(group_index(&label.group)).or_default();
            count.labels += 1;
            count.seen += usize::from(seen);
            if !seen {
                let what = label.rule.as_deref().unwrap_or(&label.group);
                match label.span {
                    Some(span) => note(misses, "missed", letter, &format!("{}: {what}", label.group), span),
                    None => {
                        let _ = writeln!(
                            misses,
                            "missed: {} {}: {what} (the whole letter) {}",
                            letter.id, label.group, label.note
                        );
                    }
                }
            }
        }
        for finding in &found {
            let group = group_of(letter.language, &finding.rule);
            let right = letter.labels.iter().any(|label| {
                label.group == group && label.span.is_none_or(|span| span.overlaps(finding.span))
            });
            let count = counts.entry(group_index(&group)).or_default();
            count.findings += 1;
            count.right += usize::from(right);
            let rule = by_rule.entry((finding.rule.to_string(), letter.kind.as_str())).or_default();
            rule.findings += 1;
            rule.right += usize::from(right);
            if !right {
                note(misses, "not labelled", letter, &finding.rule, finding.span);
            }
        }
    }
    println!(
        "\n{} letters in `{}`, {fine} of them fine; {fine_marked} fine letters carry a warning, {fine_hinted} a suggestion",
        letters.len(),
        language.as_str()
    );
    println!(
        "{:<11} {:>6} {:>6} {:>7} {:>9} {:>6} {:>10} {:>8}",
        "group", "labels", "seen", "recall", "findings", "right", "precision", "in fine"
    );
    let mut all = Count::default();
    for (group, count) in &counts {
        line(GROUPS.get(*group).copied().unwrap_or("other"), count);
        all.labels += count.labels;
        all.seen += count.seen;
        all.findings += count.findings;
        all.right += count.right;
        all.false_in_fine += count.false_in_fine;
    }
    line("all", &all);
    for ((rule, kind), count) in &by_rule {
        let Count { right, findings, false_in_fine, .. } = count;
        let _ = writeln!(
            misses,
            "rule {rule} in {kind}: {right} of {findings} right, {false_in_fine} in fine letters"
        );
    }
}

/// A false finding in a fine letter counts against precision as well.
fn line(name: &str, count: &Count) {
    let share = |part: usize, whole: usize| {
        if whole == 0 { "-".to_string() } else { format!("{:.2}", part as f64 / whole as f64) }
    };
    println!(
        "{name:<11} {:>6} {:>6} {:>7} {:>9} {:>6} {:>10} {:>8}",
        count.labels,
        count.seen,
        share(count.seen, count.labels),
        count.findings,
        count.right,
        share(count.right, count.findings + count.false_in_fine),
        count.false_in_fine
    );
}

fn note(misses: &mut String, what: &str, letter: &Letter, rule: &str, span: Span) {
    let part = span.of(&letter.text).unwrap_or("?").replace('\n', " ");
    let _ = writeln!(misses, "{what}: {} {rule} `{part}`", letter.id);
}

fn group_of(language: Language, code: &str) -> String {
    let set = LANGUAGES.iter().filter(|set| set.language == language.as_str());
    let rule = set.flat_map(|set| set.rules).find(|rule| rule.code == code);
    rule.map_or_else(|| "other".to_string(), |rule| rule.group.as_str().to_string())
}

fn group_index(group: &str) -> usize {
    GROUPS.iter().position(|known| *known == group).unwrap_or(GROUPS.len())
}

fn read_folder(folder: &Path) -> Result<Vec<Letter>, String> {
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
