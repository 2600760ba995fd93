//! The feelings a security desk listens for: a linear model over four public corpora, then a weighing of model and
//! phrases that is set on our own sentences and messages, in folds. What is marked for measuring is only measured.

use text::model::{Model, write};
use tone::{Kind, Signal};

use super::card::{Card, Figure};
use super::corpus::Vocabulary;
use super::desk::{Message, Part, messages, sentences};
use super::fit::{Fitted, Settings, Targets};
use super::measure::{best_cut, interval, macro_f1_with_interval, tallies};
use super::numbers::logistic;
use super::recipe::{self, Recipe, finish, small};
use super::{Made, Problem, corpus, data};

const RECIPE: Recipe =
    Recipe { fewest: 3, rows: 60_000, fit: Settings { cost: 2.0, positive: 2.0, passes: 8, seed: 1 } };

/// How much a sentence written for training counts against a comment of GoEmotions.
const SENTENCE: f32 = 12.0;
/// How much one of our desk messages counts.
const MESSAGE: f32 = 16.0;
const FOLDS: usize = 5;

/// A text of our own that is learned from.
struct Own {
    text: String,
    labels: u64,
    weight: f32,
}

/// Trains the model and sets the weighing.
pub fn make() -> Result<Made, Problem> {
    let (mut texts, mut targets) = corpora()?;
    let messages = messages()?;
    let own: Vec<Own> = sentences()?
        .into_iter()
        .map(|(text, labels)| Own { text, labels, weight: SENTENCE })
        .chain(messages.iter().filter(|message| message.part.teaches()).map(|message| Own {
            text: message.text.clone(),
            labels: message.labels,
            weight: MESSAGE,
        }))
        .collect();
    let public = texts.len();
    for one in &own {
        let signs = (0..Kind::ALL.len()).map(|place| sign(one.labels >> place & 1 == 1, false));
        targets.signs.extend(signs);
        targets.weights.push(one.weight);
        texts.push(tone::own_words(&one.text));
    }
    let counted = corpus::count(texts.iter().map(String::as_str));
    let of = recipe::folds(&(0..own.len()).collect::<Vec<_>>(), FOLDS, 11);
    let mut held = vec![Vec::new(); own.len()];
    for fold in 0..FOLDS {
        let rest: Vec<usize> =
            (0..texts.len()).filter(|text| *text < public || of[*text - public] != fold).collect();
        let model = model_of(small(&counted.select(&rest), &targets.select(&rest), RECIPE))?.1;
        for place in (0..own.len()).filter(|place| of[*place] == fold) {
            held[place] = tone::signals(&own[place].text, &model);
        }
    }
    let (bytes, model) = model_of(small(&counted, &targets, RECIPE))?;
    let weighing = weigh(&own, &held);
    let figures = figures_of(&messages, |text| chosen_by(&tone::signals(text, &model), &weighing));
    Ok(Made {
        file: "crates/tone/weights/feelings.bin",
        beside: Some(("crates/tone/weights/desk.txt", settings(&weighing))),
        card: card(figures, &bytes),
        bytes,
    })
}

fn model_of(fitted: (Vocabulary, Fitted)) -> Result<(Vec<u8>, Model), Problem> {
    let names: Vec<String> = Kind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
    // Calibration is done by the weighing below, on desk messages; these settings only fill the file.
    let none = Targets { labels: names.len(), signs: Vec::new(), weights: Vec::new() };
    let mut parts = finish(&names, fitted, &[], &none, 0.25);
    for label in &mut parts.labels {
        (label.slope, label.offset, label.threshold, label.doubt) = (1.0, 0.0, 0.5, 0.4);
    }
    let bytes = write(&parts);
    let model = Model::read(&bytes)?;
    Ok((bytes, model))
}

/// Figures of what is shipped.
pub fn figures() -> Result<Vec<Figure>, Problem> {
    Ok(figures_of(&messages()?, |text| {
        let heard = tone::hear(text, "en");
        heard
            .feelings
            .iter()
            .map(|feeling| 1 << Kind::ALL.iter().position(|kind| *kind == feeling.kind).unwrap_or(0))
            .sum()
    }))
}

/// What the emotions model alone says of the desk messages, untuned, with its labels read as ours: the figure to beat.
pub fn untuned(model: &Model) -> Result<Vec<Figure>, Problem> {
    use text::model::emotions::{View, emotions};
    let reads = [
        vec!["fear", "nervousness"],
        vec!["remorse", "embarrassment"],
        vec!["anger", "annoyance"],
        vec!["confusion"],
        vec!["sadness", "grief"],
        vec!["gratitude"],
        vec!["relief"],
    ];
    Ok(figures_of(&messages()?, |text| {
        let chosen = emotions(model, text, View::Fine).chosen;
        let heard = |names: &Vec<&str>| names.iter().any(|name| chosen.contains(name));
        reads.iter().enumerate().map(|(place, names)| u64::from(heard(names)) << place).sum()
    }))
}

/// Four corpora in the labels of [`Kind::ALL`]. What a corpus does not label is "not known", never "no".
fn corpora() -> Result<(Vec<String>, Targets), Problem> {
    let mut texts = Vec::new();
    let mut targets = Targets { labels: Kind::ALL.len(), signs: Vec::new(), weights: Vec::new() };
    let names = data::goemotions_labels()?;
    let mask = |wanted: &[&str]| -> u64 {
        names
            .iter()
            .enumerate()
            .filter(|(_, name)| wanted.contains(&name.as_str()))
            .map(|(place, _)| 1 << place)
            .sum()
    };
    // For each feeling: the labels that mean it, and those that leave it open.
    let fine = [
        (mask(&["fear", "nervousness"]), mask(&["caring"])),
        (mask(&["remorse", "embarrassment"]), 0),
        (mask(&["anger", "annoyance"]), mask(&["disapproval", "disgust", "disappointment"])),
        (mask(&["confusion"]), mask(&["curiosity", "realization", "surprise"])),
        (mask(&["sadness", "grief"]), mask(&["disappointment", "remorse"])),
        (mask(&["gratitude"]), mask(&["admiration"])),
        (mask(&["relief"]), mask(&["joy", "gratitude"])),
    ];
    for example in data::goemotions("train")? {
        targets.signs.extend(
            fine.iter().map(|(means, open)| sign(example.labels & means != 0, example.labels & open != 0)),
        );
        targets.weights.push(1.0);
        texts.push(example.text);
    }
    for example in data::xed()? {
        let has = |place: u32| sign(example.labels >> place & 1 == 1, false);
        targets.signs.extend([has(3), 0, has(0), 0, has(5), 0, 0]);
        targets.weights.push(0.4);
        texts.push(example.text);
    }
    for example in data::brighter("train")? {
        let has = |place: u32| sign(example.labels >> place & 1 == 1, false);
        targets.signs.extend([has(1), 0, has(0), 0, has(3), 0, 0]);
        targets.weights.push(0.3);
        texts.push(example.text);
    }
    for (text, distress) in data::empathic()? {
        targets.signs.extend([0, 0, 0, 0, sign(distress >= 5.0, distress > 2.0), 0, 0]);
        targets.weights.push(0.3);
        texts.push(text);
    }
    Ok((texts, targets))
}

fn sign(has: bool, open: bool) -> i8 {
    match (has, open) {
        (true, _) => 1,
        (false, true) => 0,
        (false, false) => -1,
    }
}

/// Weight of model, weight of phrases, offset, threshold, doubt, for each feeling.
type Weighings = Vec<[f32; 5]>;

/// Logistic regression of the dev half on two signals, drawn towards one for each of them, then the threshold
/// that gives the best F1 under five folds of the dev half.
fn weigh(own: &[Own], signals: &[Vec<Signal>]) -> Weighings {
    let folds = recipe::folds(&(0..own.len()).flat_map(|text| [text; 2]).collect::<Vec<_>>(), 5, 11);
    (0..Kind::ALL.len())
        .map(|place| {
            let rows: Vec<Row> = own
                .iter()
                .zip(signals)
                .flat_map(|(one, signals)| {
                    let (model, phrases) =
                        (f64::from(signals[place].model), f64::from(signals[place].phrases));
                    let has = one.labels >> place & 1 == 1;
                    // Once as it is, and once as if the lists had never heard of its phrases: strangers write so.
                    [
                        Row { signals: [model, phrases], has, counts: 1.0 },
                        Row { signals: [model, phrases.min(0.0)], has, counts: 1.0 },
                    ]
                })
                .collect();
            let mut held = vec![0_f32; rows.len()];
            for fold in 0..5 {
                let rest: Vec<_> =
                    rows.iter().zip(&folds).filter(|(_, of)| **of != fold).map(|(row, _)| *row).collect();
                let weights = regress(&rest);
                for (text, row) in rows.iter().enumerate().filter(|(text, _)| folds[*text] == fold) {
                    held[text] = sum(weights, row.signals) as f32;
                }
            }
            let truth: Vec<bool> = rows.iter().map(|row| row.has).collect();
            let cut = best_cut(&held, &truth);
            let threshold = logistic(f64::from(cut)).clamp(0.55, 0.7) as f32;
            let [model, phrases, offset] = regress(&rows);
            [model as f32, phrases as f32, offset as f32, threshold, threshold * 0.6]
        })
        .collect()
}

fn sum(weights: [f64; 3], row: [f64; 2]) -> f64 {
    weights[0] * row[0] + weights[1] * row[1] + weights[2]
}

/// One message and one feeling.
#[derive(Clone, Copy)]
struct Row {
    signals: [f64; 2],
    has: bool,
    counts: f64,
}

fn regress(rows: &[Row]) -> [f64; 3] {
    const TOWARDS: [f64; 2] = [0.5, 1.0];
    const PULL: f64 = 2.0;
    let mut weights = [TOWARDS[0], TOWARDS[1], 0.0];
    for _ in 0..2000 {
        let mut slope = [PULL * (weights[0] - TOWARDS[0]), PULL * (weights[1] - TOWARDS[1]), 0.0];
        for row in rows {
            let error = row.counts * (logistic(sum(weights, row.signals)) - f64::from(u8::from(row.has)));
            slope[0] += error * row.signals[0];
            slope[1] += error * row.signals[1];
            slope[2] += error;
        }
        for (weight, slope) in weights.iter_mut().zip(slope) {
            *weight -= slope * 0.4 / rows.len() as f64;
        }
    }
    weights
}

fn settings(weighings: &Weighings) -> String {
    let mut out = String::from(
        "# Written by `cargo xtask train feelings` from our own sentences and messages.\n\
         # feeling  weight of the model  weight of the phrases  offset  threshold  doubt\n",
    );
    for (kind, weighing) in Kind::ALL.into_iter().zip(weighings) {
        let numbers: Vec<String> = weighing.iter().map(|number| format!("{number:.4}")).collect();
        out.push_str(&format!("{} {}\n", kind.name(), numbers.join(" ")));
    }
    out
}

fn chosen_by(signals: &[Signal], weighings: &Weighings) -> u64 {
    let names = |(place, (signal, weighing)): (usize, (&Signal, &[f32; 5]))| {
        let [model, phrases, offset, threshold, _] = *weighing;
        let odds = model * signal.model + phrases * signal.phrases + offset;
        u64::from(logistic(f64::from(odds)) >= f64::from(threshold)) << place
    };
    signals.iter().zip(weighings).enumerate().map(names).sum()
}

fn figures_of(messages: &[Message], chosen: impl Fn(&str) -> u64) -> Vec<Figure> {
    let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    let mut all = Vec::new();
    let parts: [(&'static str, &[Part]); 5] = [
        ("by another hand, never looked at", &[Part::Third]),
        ("written last, nothing tuned on them", &[Part::Untouched]),
        ("test half", &[Part::Test, Part::Untouched]),
        ("by another hand, learned from", &[Part::Second, Part::Fourth]),
        ("dev half, learned from", &[Part::Dev]),
    ];
    for (title, parts) in parts {
        let half: Vec<&Message> = messages.iter().filter(|message| parts.contains(&message.part)).collect();
        if half.is_empty() {
            continue;
        }
        let given: Vec<u64> = half.iter().map(|message| chosen(&message.text)).collect();
        let truth: Vec<u64> = half.iter().map(|message| message.labels).collect();
        let (value, low, high) = macro_f1_with_interval(names.len(), &given, &truth);
        all.push(Figure {
            what: format!("desk messages, {title}: macro-F1 of seven feelings"),
            value,
            low,
            high,
            floor: None,
        });
        all.extend(
            names
                .iter()
                .zip(tallies(names.len(), &given, &truth))
                .map(|(name, tally)| Figure::label(name, tally)),
        );
        let plain: Vec<bool> = given
            .iter()
            .zip(&truth)
            .filter(|(_, truth)| **truth == 0)
            .map(|(given, _)| *given == 0)
            .collect();
        all.push(share(format!("desk messages, {title}: no feeling claimed on neutral messages"), &plain));
        for (what, is, heard) in [
            (
                "urgency",
                half.iter().map(|message| message.urgency).collect::<Vec<_>>(),
                half.iter()
                    .map(|message| tone::hear(&message.text, "en").urgency.is_some())
                    .collect::<Vec<_>>(),
            ),
            (
                "self-blame",
                half.iter().map(|message| message.self_blame).collect(),
                half.iter().map(|message| tone::hear(&message.text, "en").self_blame.is_some()).collect(),
            ),
        ] {
            let bits = |from: &[bool]| from.iter().map(|has| u64::from(*has)).collect::<Vec<_>>();
            let (value, low, high) = macro_f1_with_interval(1, &bits(&heard), &bits(&is));
            all.push(Figure {
                what: format!("desk messages, {title}: F1 of {what}"),
                value,
                low,
                high,
                floor: None,
            });
        }
    }
    all
}

fn share(what: String, right: &[bool]) -> Figure {
    let mean = |places: &[usize]| {
        places.iter().filter(|place| right[**place]).count() as f64 / places.len().max(1) as f64
    };
    let all: Vec<usize> = (0..right.len()).collect();
    let (low, high) = interval(right.len(), mean);
    Figure { what, value: mean(&all), low, high, floor: None }
}

fn card(figures: Vec<Figure>, bytes: &[u8]) -> Card {
    Card {
        file: "feelings.md",
        title: "Feelings in what people write to the desk",
        what: "Hears worry, shame, frustration, confusion, sadness, gratitude and relief in an English message to a security \
               desk. Used by `tone::hear` and `alongside score feelings`.",
        data: "GoEmotions train, XED English, BRIGHTER English train and Empathic Reactions, all CC BY 4.0, with what a corpus does \
               not label left open; 2,359 sentences written for training (`training/desk-sentences.tsv`) and the messages for development of \
               `evaluation/desk-messages`, counting twelve- and sixteenfold. Phrase lists written for this project. The weighing of model and phrases and \
               the thresholds come from five folds of our own sentences and messages; the test messages are only measured.",
        how: format!("{} rows, cost {}, {} passes; then two weights and an offset a feeling.", recipe::group_thousands(RECIPE.rows), RECIPE.fit.cost, RECIPE.fit.passes),
        not_for: "It describes one text at one moment, for the responder in that conversation. Never store it as a trait of a person, \
                  never count it for groups smaller than the privacy threshold, never use it to judge, rank, hire or discipline.",
        bytes: bytes.len(),
        checksum: text::model::checksum(bytes),
        figures,
        notes: "The first set of messages, its labels and most phrases come from one hand, and the phrases were written after the messages: \
                its test half shows that the thresholds hold, not how well strangers are heard. The set never looked at says what to expect of them; \
                its writer and its labeller are one language model. An outside set is welcome; \
                `alongside score feelings` runs on any.\n".to_owned(),
    }
}
