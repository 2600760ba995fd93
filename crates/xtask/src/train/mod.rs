//! `cargo xtask train`: the public corpora in, committed weights and their model cards out.
//! One thread, one seed, a fixed order and our own exponentials, so that the same data give the same bytes.

#![expect(clippy::indexing_slicing, reason = "training runs on our own data; an index out of range is our bug and stops it")]

mod brighter;
mod card;
mod corpus;
mod data;
mod feelings;
mod fit;
mod goemotions;
mod groups;
mod measure;
mod numbers;
mod politeness;
mod principles;
mod recipe;
mod try_out;

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

const MODELS: [(&str, fn() -> Result<Made, Problem>); 5] = [
    ("goemotions", goemotions::make),
    ("feelings", feelings::make),
    ("politeness", politeness::make),
    ("brighter", brighter::make),
    ("principles", principles::make),
];

/// Trains the models named in `args`, or all. With `--check` nothing is written: it says whether the committed
/// weights and cards are what this training gives.
///
/// # Errors
/// Says what stopped it, or with `--check` which file differs.
pub fn run(args: &[String]) -> Result<(), Problem> {
    if args.iter().any(|arg| arg == "try") {
        return try_out::run(args);
    }
    if args.iter().any(|arg| arg == "untuned") {
        let model = text::model::Model::read(&std::fs::read(data::root().join("crates/text/weights/goemotions.bin"))?)?;
        for figure in feelings::untuned(&model)? { println!("{}", figure.line()); }
        return Ok(());
    }
    let check = args.iter().any(|arg| arg == "--check");
    let named: Vec<&str> = args.iter().map(String::as_str).filter(|arg| !arg.starts_with("--")).collect();
    if let Some(unknown) = named.iter().find(|name| !MODELS.iter().any(|(model, _)| model == *name)) {
        let known: Vec<&str> = MODELS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no model `{unknown}`; there are: {}", known.join(", ")).into());
    }
    if !data::folder().is_dir() {
        println!("skipped: the data folder {} is not here (set ALONGSIDE_DATA)", data::folder().display());
        return Ok(());
    }
    for (name, make) in MODELS {
        if !named.is_empty() && !named.contains(&name) {
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

fn put(file: &str, bytes: &[u8], check: bool) -> Result<(), Problem> {
    let path = data::root().join(file);
    if check {
        if std::fs::read(&path).ok().as_deref() != Some(bytes) {
            return Err(format!("{file} is not what this training gives; run `cargo xtask train` and look at the change").into());
        }
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(&path, bytes).map_err(|error| format!("{file}: {error}").into())
}
