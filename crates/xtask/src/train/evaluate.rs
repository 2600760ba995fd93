//! Every figure of the models that ship, measured again on the data folder and on our own messages.

use std::time::Instant;

use text::model::emotions::{View, emotions_of};
use text::model::shipped;

use super::card::Figure;
use super::{Problem, brighter, data, feelings, goemotions};

/// Prints the figures with 95 % intervals, and how many texts a second of one processor is enough for.
pub fn print() -> Result<(), Problem> {
    println!("desk messages (evaluation/desk-messages)");
    show(&feelings::figures()?);
    println!("the same by the emotions model alone, before anything was tuned");
    show(&feelings::untuned(&shipped::GOEMOTIONS)?);
    if !data::folder().is_dir() {
        println!("skipped: the data folder {} is not here (set ALONGSIDE_DATA)", data::folder().display());
        return Ok(());
    }
    show(&goemotions::figures(&shipped::GOEMOTIONS)?);
    show(&brighter::figures(&shipped::BRIGHTER)?);
    speed()
}

fn show(figures: &[Figure]) {
    for figure in figures {
        println!("{}", figure.line());
    }
}

fn speed() -> Result<(), Problem> {
    let texts: Vec<String> = data::goemotions("train")?.into_iter().map(|example| example.text).collect();
    let model = &*shipped::GOEMOTIONS;
    let mut given = 0;
    let start = processor_seconds();
    for text in &texts {
        given += emotions_of(model, &model.raw(text), View::Fine).chosen.len();
    }
    let emotions = texts.len() as f64 / (processor_seconds() - start);
    println!("28 emotions: {emotions:.0} texts per processor second ({} texts, {given} labels)", texts.len());
    let some = texts.get(..10_000.min(texts.len())).unwrap_or_default();
    let start = processor_seconds();
    let heard: usize = some.iter().map(|text| tone::hear(text, "en").feelings.len()).sum();
    let feelings = some.len() as f64 / (processor_seconds() - start);
    println!(
        "feelings with phrases and reasons: {feelings:.0} texts per processor second ({} texts, {heard} feelings)",
        some.len()
    );
    Ok(())
}

/// Seconds this thread has spent on a processor; where the system does not say, seconds on the clock.
fn processor_seconds() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = spent.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    spent.map_or_else(
        || START.get_or_init(Instant::now).elapsed().as_secs_f64(),
        |nanoseconds| nanoseconds / 1e9,
    )
}
