//! Our automation: `cargo xtask test` (what CI runs), `tidy`, `docs`, `train` and `evaluate`.
//! Nothing of it is part of the product.

mod docs;
mod run;
mod test;
mod tidy;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

/// Anything that stops a command, said in words.
pub type Problem = Box<dyn std::error::Error>;

const HELP: &str = "\
cargo xtask COMMAND

  test                      install what is missing, then run every check and every test (what CI runs)
  test --quick              formatting, clippy, tidy and the tests that need nothing installed
  test --only PART          one part alone: fmt, clippy, tests, postgres or browser; may be repeated
  test --screenshots DIR    also save a picture of every page in both colour schemes and both widths
  tidy                      check what no compiler checks: import arrows, words, where SQL stands, file lengths
  docs [--check]            write the generated reference pages, or say whether they are fresh
  train [MODEL…] [--check]  train the small models from public data
  evaluate                  measure the models that ship
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) =
        args.split_first().map_or(("", &[][..]), |(command, rest)| (command.as_str(), rest));
    let outcome = match command {
        "test" => test::run(rest),
        "tidy" => tidy::run(),
        "docs" => docs::run(rest),
        "train" => train::run(rest),
        "evaluate" => train::evaluate(),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        unknown => Err(format!("there is no command `{unknown}`\n\n{HELP}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}
