//! Scores the rules on the public evaluation letters in `evaluation/letters/`: precision and recall per group, false findings in
//! fine letters, and every miss. `--set first|second|…|thirteenth` names the set (default `first`); `--write` renews its published lines from
//! the marked sources; `--folder FOLDER` scores marked letters of your own instead; `warning` counts warnings only; `--quiet` leaves out the misses, so that a set can be measured unread;
//! `--rules` leaves out what a model hears; `--second-reader` scores instead what a second careful reader marked in the sixth set, as if
//! that reader were the checker; `--guess` shows instead how well the kind of a letter is guessed.
//! It never changes a rule, and no rule may be written from its sentences.

mod letters;

use finding::{Severity, Span};
use letters::{Label, Letter};
use lint::rule::LANGUAGES;
use lint::rule_file::GROUPS;
use lint::{Checker, Draft, Format, Language, Profile};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// The sets of letters: the first five, and those of later writers.
const SETS: [&str; 13] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
];

/// A part that somebody marked: the checker, or a reader.
struct Mark {
    group: String,
    rule: String,
    severity: Severity,
    span: Span,
}

/// Who marks.
#[derive(Clone, Copy)]
enum Marker<'a> {
    Checker { rules_alone: bool },
    Reader(&'a [Letter]),
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
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let at = if has("warning") { Severity::Warning } else { Severity::Suggestion };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evaluation/letters");
    let after = |name: &str| {
        arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1))
    };
    let named = after("--set").map_or(if has("--second-reader") { "sixth" } else { "first" }, String::as_str);
    if !SETS.contains(&named) {
        return Err(format!("there is no set `{named}`: {}", SETS.join(", ")));
    }
    let ending = if named == "first" { String::new() } else { format!("-{named}") };
    let letters = match after("--folder") {
        Some(own) => letters::read_folder(Path::new(own))?,
        None => letters::read_folder(&folder.join(format!("source{ending}")))?,
    };
    if after("--folder").is_none() {
        letters::publish(&letters, &folder.join(format!("letters{ending}.jsonl")), has("--write"))?;
    }
    if has("--guess") {
        guesses(&letters);
        return Ok(());
    }
    let second = if has("--second-reader") {
        letters::read_folder(&folder.join(format!("second-reader{ending}")))?
    } else {
        Vec::new()
    };
    let marker = if has("--second-reader") {
        Marker::Reader(&second)
    } else {
        Marker::Checker { rules_alone: has("--rules") }
    };
    let mut misses = String::new();
    for language in Language::ALL {
        let own: Vec<&Letter> = letters.iter().filter(|letter| letter.language == language).collect();
        if !own.is_empty() {
            report(language, &own, at, marker, &mut misses)?;
        }
    }
    if !has("--quiet") {
        println!("\n{misses}");
    }
    Ok(())
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

fn marks(letter: &Letter, marker: Marker<'_>) -> Result<Vec<Mark>, String> {
    match marker {
        Marker::Checker { rules_alone } => Ok(checked(letter, rules_alone)),
        Marker::Reader(theirs) => {
            let same = theirs.iter().find(|other| other.id == letter.id && other.text == letter.text);
            let same = same.ok_or_else(|| format!("{}: the second reader had another text", letter.id))?;
            let whole = Span::new(0, letter.text.len());
            let mark = |label: &Label| Mark {
                group: label.group.clone(),
                rule: label.group.clone(),
                severity: Severity::Warning,
                span: label.span.unwrap_or(whole),
            };
            Ok(same.labels.iter().map(mark).collect())
        }
    }
}

fn checked(letter: &Letter, rules_alone: bool) -> Vec<Mark> {
    let profile = Profile::default();
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
    let mark = |finding: finding::Finding| Mark {
        group: group_of(letter.language, &finding.rule),
        rule: finding.rule.to_string(),
        severity: finding.severity,
        span: finding.span,
    };
    found.into_iter().map(mark).collect()
}

fn report(
    language: Language,
    letters: &[&Letter],
    at: Severity,
    marker: Marker<'_>,
    misses: &mut String,
) -> Result<(), String> {
    let mut counts: BTreeMap<usize, Count> = BTreeMap::new();
    let mut whichever = Count::default();
    let mut by_rule: BTreeMap<(String, &str), Count> = BTreeMap::new();
    let (mut fine, mut fine_marked, mut fine_hinted) = (0, 0, 0);
    for letter in letters {
        let found = marks(letter, marker)?;
        if letter.fine {
            fine += 1;
            let false_ones: Vec<_> = found.iter().filter(|mark| mark.severity >= Severity::Warning).collect();
            fine_marked += usize::from(!false_ones.is_empty());
            fine_hinted += usize::from(found.iter().any(|mark| mark.severity == Severity::Suggestion));
            for mark in false_ones {
                by_rule.entry((mark.rule.clone(), letter.kind.as_str())).or_default().false_in_fine += 1;
                counts.entry(group_index(&mark.group)).or_default().false_in_fine += 1;
                whichever.false_in_fine += 1;
                note(misses, "false, in a fine letter", letter, &mark.rule, mark.span);
            }
            continue;
        }
        let found: Vec<_> = found.into_iter().filter(|mark| mark.severity >= at).collect();
        for label in &letter.labels {
            let seen = found.iter().any(|mark| same(label, mark));
            let count = counts.entry(group_index(&label.group)).or_default();
            count.labels += 1;
            count.seen += usize::from(seen);
            whichever.labels += 1;
            whichever.seen += usize::from(found.iter().any(|mark| near(label, mark)));
            if !seen {
                missed(misses, letter, label);
            }
        }
        for mark in &found {
            let right = letter.labels.iter().any(|label| same(label, mark));
            let count = counts.entry(group_index(&mark.group)).or_default();
            count.findings += 1;
            count.right += usize::from(right);
            whichever.findings += 1;
            whichever.right += usize::from(letter.labels.iter().any(|label| near(label, mark)));
            let rule = by_rule.entry((mark.rule.clone(), letter.kind.as_str())).or_default();
            rule.findings += 1;
            rule.right += usize::from(right);
            if !right {
                note(misses, "not labelled", letter, &mark.rule, mark.span);
            }
        }
    }
    println!(
        "\n{} letters in `{}`, {fine} of them fine; {fine_marked} fine letters carry a warning, {fine_hinted} a suggestion",
        letters.len(),
        language.as_str()
    );
    table(&counts, whichever);
    for ((rule, kind), count) in &by_rule {
        let Count { right, findings, false_in_fine, .. } = count;
        let _ = writeln!(
            misses,
            "rule {rule} in {kind}: {right} of {findings} right, {false_in_fine} in fine letters"
        );
    }
    Ok(())
}

/// A mark is right where it says of a labelled part, or of a letter that is labelled as a whole, what the label says.
fn same(label: &Label, mark: &Mark) -> bool {
    mark.group == label.group && label.span.is_none_or(|span| span.overlaps(mark.span))
}

/// The same for a part, whichever group it was given.
fn near(label: &Label, mark: &Mark) -> bool {
    same(label, mark) || label.span.is_some_and(|span| span.overlaps(mark.span))
}

fn table(counts: &BTreeMap<usize, Count>, whichever: Count) {
    println!(
        "{:<11} {:>6} {:>6} {:>7} {:>9} {:>6} {:>10} {:>8}",
        "group", "labels", "seen", "recall", "findings", "right", "precision", "in fine"
    );
    let mut all = Count::default();
    for (group, count) in counts {
        line(GROUPS.get(*group).copied().unwrap_or("other"), count);
        all.labels += count.labels;
        all.seen += count.seen;
        all.findings += count.findings;
        all.right += count.right;
        all.false_in_fine += count.false_in_fine;
    }
    line("all", &all);
    line("any group", &whichever);
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

fn missed(misses: &mut String, letter: &Letter, label: &Label) {
    let what = label.rule.as_deref().unwrap_or(&label.group);
    let _ = match label.span {
        Some(span) => return note(misses, "missed", letter, &format!("{}: {what}", label.group), span),
        None => writeln!(
            misses,
            "missed: {} {}: {what} (the whole letter) {}",
            letter.id, label.group, label.note
        ),
    };
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
