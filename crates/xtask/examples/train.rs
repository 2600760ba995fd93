//! Runs the training without the rest of our automation.
#[path = "../src/train/mod.rs"]
mod train;

fn main() -> Result<(), train::Problem> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    train::run(&args)
}
