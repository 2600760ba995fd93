//! `cargo xtask train`: the public corpora in, committed weights and their model cards out.
//! One thread, one seed, a fixed order and our own exponentials, so that the same data give the same bytes.

#![expect(
    clippy::indexing_slicing,
    reason = "training runs on our own data; an index out of range is our bug and stops it"
)]

mod brighter;
mod card;
mod corpus;
mod data;
mod desk;
mod evaluate;
mod feelings;
mod fit;
mod goemotions;
mod groups;
mod letters;
mod measure;
mod numbers;
mod politeness;
mod principles;
mod recipe;
mod second_reader;

use card::Card;

/// Anything that stops a training, said in words.
pub type Problem = Box<dyn std::error::Error>;

/// A trained model: where its weights belong, its bytes, its card.
pub struct Made {
    pub file: &'static str,
    pub bytes: Vec<u8>,
    /// Settings that belong to the weights, as a file of their own.
    pub beside: Option<(&'static str, String)>,
    pub card: Card,
}

/// Trains one model.
type Make = fn() -> Result<Made, Problem>;

/// Each model with whether it needs the data folder.
const MODELS: [(&str, bool, Make); 7] = [
    ("goemotions", true, goemotions::make),
    ("feelings", true, feelings::make),
    ("politeness", true, politeness::make),
    ("brighter", true, brighter::make),
    ("principles", true, principles::make),
    ("letters-en", false, letters::english),
    ("letters-de", false, letters::german),
];

/// Trains the models named in `args`, or all. With `--check` nothing is written: it says whether the committed
/// weights and cards are what this training gives.
///
/// # Errors
/// Says what stopped it, or with `--check` which file differs.
pub fn run(args: &[String]) -> Result<(), Problem> {
    let check = args.iter().any(|arg| arg == "--check");
    let named: Vec<&str> = args.iter().map(String::as_str).filter(|arg| !arg.starts_with("--")).collect();
    if let Some(unknown) = named.iter().find(|name| !MODELS.iter().any(|(model, ..)| model == *name)) {
        let known: Vec<&str> = MODELS.iter().map(|(name, ..)| *name).collect();
        return Err(format!("there is no model `{unknown}`; there are: {}", known.join(", ")).into());
    }
    for (name, needs_data, make) in MODELS {
        if !named.is_empty() && !named.contains(&name) {
            continue;
        }
        if needs_data && !data::folder().is_dir() {
            println!(
                "{name}: skipped, the data folder {} is not here (set ALONGSIDE_DATA)",
                data::folder().display()
            );
            continue;
        }
        let made = make()?;
        for figure in &made.card.figures {
            println!("{}", figure.line());
        }
        put(made.file, &made.bytes, check)?;
        if let Some((file, settings)) = &made.beside {
            put(file, settings.as_bytes(), check)?;
        }
        let card = format!("docs/reference/models/{}", made.card.file);
        put(&card, made.card.markdown().as_bytes(), check)?;
        println!("{name}: {} bytes, {:016x}", made.bytes.len(), text::model::checksum(&made.bytes));
    }
    Ok(())
}

/// Measures the models that ship and prints every figure (`cargo xtask evaluate`).
///
/// # Errors
/// Says which data could not be read.
pub fn evaluate() -> Result<(), Problem> {
    evaluate::print()
}

fn put(file: &str, bytes: &[u8], check: bool) -> Result<(), Problem> {
    let path = data::root().join(file);
    if check {
        if std::fs::read(&path).ok().as_deref() != Some(bytes) {
            return Err(format!(
                "{file} is not what this training gives; run `cargo xtask train` and look at the change"
            )
            .into());
        }
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(&path, bytes).map_err(|error| format!("{file}: {error}").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fit::{Settings, Targets};
    use recipe::{Recipe, finish, small};

    /// A few texts, trained twice.
    fn tiny() -> Vec<u8> {
        let texts =
            ["I am afraid of it", "so afraid", "thank you", "thanks, thank you all", "the file is attached"];
        let counted = corpus::count(texts.into_iter());
        let targets = Targets::from_bits(2, [1, 1, 2, 2, 0].into_iter());
        let recipe =
            Recipe { fewest: 1, rows: 60, fit: Settings { cost: 4.0, positive: 1.0, passes: 30, seed: 1 } };
        let model = small(&counted, &targets, recipe);
        let scores = model.1.scores(&model.0.rows(&counted));
        text::model::write(&finish(
            &["worry".to_owned(), "gratitude".to_owned()],
            model,
            &scores,
            &targets,
            0.3,
        ))
    }

    #[test]
    fn the_same_data_give_the_same_bytes() {
        let bytes = tiny();
        assert_eq!(bytes, tiny());
        assert_eq!(text::model::checksum(&bytes), TINY, "on this machine the training gives other bytes");
    }

    const TINY: u64 = 4_367_302_967_100_687_787;

    #[test]
    fn what_is_trained_is_what_runs() {
        let model = text::model::Model::read(&tiny()).unwrap();
        let score = |text: &str| model.raw(text);
        assert!(score("very afraid")[0] > score("thank you")[0]);
        assert!(score("thank you")[1] > score("very afraid")[1]);
    }

    #[test]
    fn every_card_belongs_to_its_weights() {
        for (card, weights) in [
            ("emotions.md", "crates/text/weights/goemotions.bin"),
            ("feelings.md", "crates/tone/weights/feelings.bin"),
            ("politeness.md", "crates/text/weights/politeness.bin"),
            ("brighter.md", "crates/text/weights/brighter.bin"),
            ("principles.md", "crates/text/weights/principles.bin"),
            ("letters-en.md", "crates/lint/weights/letters-en.bin"),
            ("letters-de.md", "crates/lint/weights/letters-de.bin"),
        ] {
            let bytes = std::fs::read(data::root().join(weights)).unwrap();
            let card = data::read(&data::root().join("docs/reference/models").join(card)).unwrap();
            assert!(card.contains(&format!("{:016x}", text::model::checksum(&bytes))), "{weights}");
        }
    }
}
