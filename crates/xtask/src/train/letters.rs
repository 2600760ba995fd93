//! What a sentence of a security team's letter may do to its reader, learned from lines written for it, from the lines of the
//! rules, and from labelled letters; one model a language, for `lint`.

use lint::rule_file;
use serde_json::Value;
use text::model::{Model, write};

use super::card::{Card, Figure};
use super::fit::{Settings, Targets};
use super::measure::{Tally, cut_with};
use super::numbers::logistic;
use super::recipe::{self, Recipe, finish, folds, held_out, small};
use super::{Made, Problem, corpus, data};

/// The groups that are learned, as rules name them. What is missing in a whole letter and single words are for rules.
const GROUPS: [&str; 10] =
    ["blame", "shame", "fear", "clarity", "vagueness", "register", "empathy", "lure", "executive", "policy"];
const RECIPE: Recipe =
    Recipe { fewest: 2, rows: 30_000, fit: Settings { cost: 30.0, positive: 1.0, passes: 20, seed: 1 } };
/// How much being right counts against finding all, when the threshold is chosen (the beta of F-beta).
const BETA: f64 = 0.6;
/// No mark is shown below this probability, whatever the threshold that the invented letters ask for: real prose hurts less often.
/// On real texts one in twenty-five of the marks below it was right.
const FEWEST_RIGHT: f32 = 0.4;
/// Below this probability a sentence clearly has nothing of the group, and phrases in it are doubted.
const CLEARLY_NOT: f32 = 0.04;
/// Sets of letters that are learned from. Others are only measured.
const LETTERS: [&str; 11] = [
    "",
    "-second",
    "-third",
    "-fourth",
    "-fifth",
    "-seventh",
    "-eighth",
    "-ninth",
    "-tenth",
    "-eleventh",
    "-twelfth",
];

/// A text, what it is part of, what is known of it, and where it comes from.
struct Line {
    text: String,
    about: String,
    /// In the order of [`GROUPS`]: +1, -1, or 0 for not known.
    signs: [i8; GROUPS.len()],
    source: usize,
    /// A sentence of a whole letter: thresholds are chosen where sentences are as they come.
    in_letter: bool,
}

pub fn english() -> Result<Made, Problem> {
    make(
        "en",
        "letters-en.md",
        "crates/lint/weights/letters-en.bin",
        "What an English sentence to people may do",
    )
}

pub fn german() -> Result<Made, Problem> {
    make(
        "de",
        "letters-de.md",
        "crates/lint/weights/letters-de.bin",
        "What a German sentence to people may do",
    )
}

fn make(
    language: &str,
    page: &'static str,
    file: &'static str,
    title: &'static str,
) -> Result<Made, Problem> {
    let lines = lines(language)?;
    let targets = Targets {
        labels: GROUPS.len(),
        signs: lines.iter().flat_map(|line| line.signs).collect(),
        weights: vec![1.0; lines.len()],
    };
    let counted = corpus::count_words(lines.iter().map(|line| (line.text.as_str(), line.about.as_str())));
    let sources: Vec<usize> = lines.iter().map(|line| line.source).collect();
    let held = held_out(&counted, &targets, RECIPE, &folds(&sources, 6, 7));
    let places: Vec<usize> = (0..lines.len()).filter(|place| lines[*place].in_letter).collect();
    let measured: Vec<Vec<f32>> = places.iter().map(|place| held[*place].clone()).collect();
    let known = targets.select(&places);
    let names: Vec<String> = GROUPS.iter().map(|name| (*name).to_owned()).collect();
    let mut parts = finish(&names, small(&counted, &targets, RECIPE), &measured, &known, 0.3);
    let mut figures = Vec::new();
    for (label, settings) in parts.labels.iter_mut().enumerate() {
        let (scores, truth) = recipe::known(&measured, &known, label);
        let chosen = cut_with(BETA, &scores, &truth);
        let probability = |score: f32| logistic(f64::from(settings.slope * score + settings.offset)) as f32;
        let threshold = probability(chosen).max(FEWEST_RIGHT);
        let mut tally = Tally::default();
        scores.iter().zip(&truth).for_each(|(score, has)| tally.add(probability(*score) >= threshold, *has));
        settings.threshold = threshold;
        settings.doubt = CLEARLY_NOT.min(threshold);
        figures.push(Figure::label(GROUPS[label], tally));
    }
    let bytes = write(&parts);
    Model::read(&bytes)?;
    let card = Card {
        file: page,
        title,
        what: "Says of a sentence in a letter, a policy or a review whether it may blame, shame, frighten and so on, where no phrase of a \
               rule does. Used by `alongside check`; a finding is a suggestion.",
        data: data_of(language),
        how: format!(
            "Here over words, their beginnings and ends, pairs and triples of words, and the kind of document. {} rows, cost {}, {} \
             passes, {} lines; thresholds weigh being right twice as much as finding all, and none is below four tenths.",
            recipe::group_thousands(parts.buckets.len()),
            RECIPE.fit.cost,
            RECIPE.fit.passes,
            recipe::group_thousands(lines.len()),
        ),
        not_for: "It marks words, not people. It does not know irony, context or what was agreed; a person decides. Not for judging who \
                  writes badly.",
        bytes: bytes.len(),
        checksum: text::model::checksum(&bytes),
        figures,
        notes: String::new(),
    };
    Ok(Made { file, beside: None, card, bytes })
}

/// What a model was made of, for its card.
fn data_of(language: &str) -> &'static str {
    if language == "en" {
        "Lines written for it, most in pairs, one that hurts and one that says the same kindly (`training/letter-lines`), the lines of \
         the rules, and the labelled letters of `evaluation/letters` except the sixth and the thirteenth set: all invented, CC BY 4.0. \
         Beside them sentences of 400 real mails between people, newsletters and notices as examples of nothing \
         (SpamAssassin public corpus, PDDL). The table is of sentences of these letters and mails, each by a model that saw neither \
         its set nor its writer."
    } else {
        "Lines written for it, most in pairs, one that hurts and one that says the same kindly (`training/letter-lines`), the lines of \
         the rules, and the labelled letters of `evaluation/letters` except the sixth and the thirteenth set. All invented, CC BY 4.0. \
         The table is of sentences of these letters, each by a model that saw neither its set nor its writer."
    }
}

fn lines(language: &str) -> Result<Vec<Line>, Problem> {
    let mut all = Vec::new();
    let mut source = 0;
    written(language, &mut source, &mut all)?;
    of_rules(language, &mut source, &mut all)?;
    for set in LETTERS {
        of_letters(set, language, &mut source, &mut all)?;
    }
    if language == "en" {
        of_everyday_mail(&mut source, &mut all)?;
    }
    Ok(all)
}

/// Sentences of real mail between people, newsletters and notices, none of it written to hurt: every third one, as each kind of
/// document in turn.
fn of_everyday_mail(source: &mut usize, all: &mut Vec<Line>) -> Result<(), Problem> {
    const KINDS: [&str; 8] =
        ["reply", "awareness", "policy", "review", "executive", "commit", "warning", "drill"];
    let mut files: Vec<_> = std::fs::read_dir(data::folder().join("ham"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let setting = mail::Setting::default();
    let (mut seen, mut kinds) = (0, KINDS.iter().cycle());
    for file in files {
        let letter = mail::read_as(&std::fs::read(&file)?, &setting, mail::Came::Written).outer.text;
        for sentence in text::segment(&letter).sentences {
            let sentence = letter.get(sentence.range()).unwrap_or_default().trim();
            let words = sentence.split_whitespace().count();
            if !(5..=50).contains(&words) || sentence.contains("\n>") || sentence.starts_with('>') {
                continue;
            }
            seen += 1;
            if seen % 3 == 0 {
                all.push(Line {
                    text: sentence.to_owned(),
                    about: kinds.next().map_or_else(String::new, |kind| (*kind).to_owned()),
                    signs: [-1; GROUPS.len()],
                    source: *source,
                    in_letter: true,
                });
            }
        }
        *source += 1;
    }
    Ok(())
}

/// Lines written for training: writer, groups joined by `+`, kind of document, text.
fn written(language: &str, source: &mut usize, all: &mut Vec<Line>) -> Result<(), Problem> {
    let path = data::root().join("training/letter-lines").join(format!("{language}.tsv"));
    let mut writers: Vec<String> = Vec::new();
    for line in data::read(&path)?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [writer, groups, kind, text] = fields[..] else {
            return Err(format!("{}: not four fields: `{line}`", path.display()).into());
        };
        if !writers.iter().any(|known| known == writer) {
            writers.push(writer.to_owned());
        }
        let of = writers.iter().position(|known| known == writer).unwrap_or(0);
        let has = |group: &str| groups.split('+').any(|one| one == group);
        all.push(Line {
            text: text.to_owned(),
            about: kind.to_owned(),
            signs: GROUPS.map(|group| if has(group) { 1 } else { -1 }),
            source: *source + of,
            in_letter: false,
        });
    }
    *source += writers.len();
    Ok(())
}

/// What each rule must flag and must pass, which says something about its own group alone.
fn of_rules(language: &str, source: &mut usize, all: &mut Vec<Line>) -> Result<(), Problem> {
    let mut files: Vec<_> = std::fs::read_dir(data::root().join("crates/lint/rules").join(language))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        // What stands beside the rules, such as `words.md`, is none.
        let Ok(rule) = rule_file::read(&stem, &data::read(&file)?) else { continue };
        let head = |name: &str| rule.head.get(name).map(String::as_str).unwrap_or_default();
        let Some(group) = GROUPS.iter().position(|group| *group == head("group")) else { continue };
        if !head("hears").is_empty() {
            continue;
        }
        for (sign, examples) in [(1, &rule.must_flag), (-1, &rule.must_pass)] {
            for example in examples.iter().filter(|example| !example.text.contains('\n')) {
                let mut signs = [0; GROUPS.len()];
                signs[group] = sign;
                all.push(Line {
                    text: example.text.replace("**", ""),
                    about: head("examples").to_owned(),
                    signs,
                    source: *source,
                    in_letter: false,
                });
            }
        }
        *source += 1;
    }
    Ok(())
}

/// The sentences of labelled letters. A sentence has a label that covers half of it or lies half in it.
fn of_letters(set: &str, language: &str, source: &mut usize, all: &mut Vec<Line>) -> Result<(), Problem> {
    let path = data::root().join(format!("evaluation/letters/letters{set}.jsonl"));
    for line in data::read(&path)?.lines() {
        let letter: Value = serde_json::from_str(line)?;
        if letter["language"] != language {
            continue;
        }
        let text = letter["text"].as_str().ok_or("a letter has no text")?;
        let labels = letter["spans"].as_array().ok_or("a letter has no labels")?;
        for sentence in text::segment(text).sentences {
            let range = sentence.range();
            let signs = GROUPS.map(|group| {
                labels
                    .iter()
                    .filter(|label| label["group"] == group)
                    .map(|label| covers(label, &range))
                    .max()
                    .unwrap_or(-1)
            });
            all.push(Line {
                text: text.get(range).unwrap_or_default().to_owned(),
                about: letter["kind"].as_str().unwrap_or_default().to_owned(),
                signs,
                source: *source,
                in_letter: true,
            });
        }
    }
    *source += 1;
    Ok(())
}

/// Whether a label is about the sentence at `range`: yes, no, or touches it so little that nobody can say.
fn covers(label: &Value, range: &std::ops::Range<usize>) -> i8 {
    let number = |name: &str| label[name].as_u64().map(|number| number as usize);
    let (Some(start), Some(end)) = (number("start"), number("end")) else { return -1 };
    let shared = end.min(range.end).saturating_sub(start.max(range.start));
    match shared {
        0 => -1,
        shared if 2 * shared >= (end - start).min(range.len()) => 1,
        _ => 0,
    }
}
