//! `alongside quantify`: scenario files in, a loss curve and a brief out. Reads files and prints; reckons nothing itself.

mod json;
mod quiz;

use crate::say::talk;
use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};
use risk::{
    Problem, Sampling, Seed,
    brief::{self, Brief, Order},
    portfolio::Together,
};

/// Say what a risk costs in a year, as an honest range
#[derive(Debug, Args)]
#[command(
    after_help = "Ends with 0 when it went well, with 2 when something stood in the way.\nTo begin: docs/guide/quantify.md"
)]
pub struct QuantifyArgs {
    /// Scenario files (TOML), several are added up; `-` reads standard input
    #[arg(value_name = "SCENARIO", required_unless_present_any = ["replay", "quiz"])]
    pub scenarios: Vec<PathBuf>,
    /// Compare only changes whose name contains these words; may be given several times
    #[arg(long, value_name = "WORDS")]
    pub what_if: Vec<String>,
    /// A file (TOML) that says how the scenarios hang together; without it they are independent
    #[arg(long, value_name = "FILE")]
    pub together: Option<PathBuf>,
    /// Years to simulate, 1000 to 50 million, such as 1e6
    #[arg(long, default_value = "200000", value_parser = years)]
    pub years: usize,
    /// Where all chance begins: the same number gives the same result
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Spread the years evenly (Owen-scrambled Sobol points) instead of drawing each by chance: means settle sooner
    #[arg(long)]
    pub sobol: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write to this file instead of the terminal
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Threads to use, at most one for each processor; the result does not depend on it
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<usize>,
    /// Repeat a run from what `--format json` wrote
    #[arg(long, value_name = "JSON", conflicts_with_all = ["scenarios", "together", "what_if", "years", "seed", "sobol"])]
    pub replay: Option<PathBuf>,
    /// Practise estimating: ten questions, each answered with a low and a high number
    #[arg(long, conflicts_with = "scenarios")]
    pub quiz: bool,
}

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page of text with the curve drawn in characters
    Text,
    /// Everything, with the inputs, so that the run can be repeated
    Json,
    /// A one-page brief to print or send
    Html,
    /// The curve as amounts and chances
    Csv,
}

/// One input file as it was read.
pub struct Input {
    /// Where it came from.
    pub file: String,
    /// What it said.
    pub text: String,
}

/// Everything that decides the numbers.
pub struct Manifest {
    /// Scenario files in order.
    pub scenarios: Vec<Input>,
    /// The file on dependence.
    pub together: Option<Input>,
    /// Words that choose the changes.
    pub what_if: Vec<String>,
    /// Simulated years.
    pub years: usize,
    /// The source of all luck.
    pub seed: Seed,
}

/// Runs the command: 0 if it went well, 2 if something stood in the way.
pub fn run(args: QuantifyArgs) -> ExitCode {
    if args.quiz {
        return match quiz::run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => {
                talk!("error: {problem}");
                ExitCode::from(2)
            }
        };
    }
    if let Some(threads) = args.threads {
        // More threads than the machine has processors only wait for each other.
        let threads = threads.min(std::thread::available_parallelism().map_or(1, usize::from));
        // Fails only if threads were already set up, and then their number changes nothing but the time.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    match spares_its_inputs(&args).and_then(|()| prepare(&args)).and_then(|manifest| finish(&args, &manifest))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            talk!("{}", crate::say::lines(&message));
            ExitCode::from(2)
        }
    }
}

/// What is read must not be written over.
fn spares_its_inputs(args: &QuantifyArgs) -> Result<(), String> {
    let Some(output) = &args.output else { return Ok(()) };
    let Ok(there) = std::fs::canonicalize(output) else { return Ok(()) };
    let mut inputs = args.scenarios.iter().chain(&args.together).chain(&args.replay);
    if inputs.any(|input| std::fs::canonicalize(input).is_ok_and(|input| input == there)) {
        return Err(format!(
            "error: {} is read here, so nothing is written over it\n  hint: give `--output` another name.",
            crate::say::name(output)
        ));
    }
    Ok(())
}

fn prepare(args: &QuantifyArgs) -> Result<Manifest, String> {
    let open = |path: &PathBuf| {
        let file: String = path.to_string_lossy().into_owned();
        let text = if path.as_os_str() == "-" {
            std::io::read_to_string(std::io::stdin())
        } else {
            std::fs::read_to_string(path)
        };
        text.map(|text| Input { file: file.clone(), text }).map_err(|error| {
            format!(
                "error: cannot read {}: {error}\n  hint: check the name; the file must be text in UTF-8.",
                crate::say::name(path)
            )
        })
    };
    if let Some(path) = &args.replay {
        return json::manifest(&open(path)?.text);
    }
    Ok(Manifest {
        scenarios: args.scenarios.iter().map(open).collect::<Result<_, _>>()?,
        together: args.together.as_ref().map(open).transpose()?,
        what_if: args.what_if.clone(),
        years: args.years,
        seed: Seed {
            number: args.seed,
            sampling: if args.sobol { Sampling::Sobol } else { Sampling::Random },
        },
    })
}

fn finish(args: &QuantifyArgs, manifest: &Manifest) -> Result<(), String> {
    let brief = compute(manifest)?;
    let page = match args.format {
        Format::Text => crate::say::lines(&brief::text(&brief)),
        Format::Html => brief::html(&brief),
        Format::Csv => csv(&brief),
        Format::Json => json::write(&brief, manifest),
    };
    match &args.output {
        Some(path) => crate::replace::file(path, &page)
            .map_err(|error| format!("error: cannot write {}: {error}", crate::say::name(path))),
        None => crate::say::result(&page).map_err(|problem| format!("error: {problem}")),
    }
}

fn compute(manifest: &Manifest) -> Result<Brief, String> {
    let (mut scenarios, mut said) = (Vec::new(), Vec::new());
    for input in &manifest.scenarios {
        match risk::read(&input.text) {
            Ok(reading) => {
                for remark in &reading.remarks {
                    talk!("note: {}", crate::say::lines(&place(&input.file, remark)));
                }
                scenarios.push(reading.scenario);
            }
            Err(problems) => {
                said.extend(problems.iter().map(|problem| format!("error: {}", place(&input.file, problem))))
            }
        }
    }
    if !said.is_empty() {
        return Err(said.join("\n"));
    }
    let names: Vec<String> = scenarios.iter().map(|one| one.name.clone()).collect();
    let together = match &manifest.together {
        None => Together::default(),
        Some(input) => risk::read_together(&input.text, &names).map_err(|problems| {
            problems
                .iter()
                .map(|problem| format!("error: {}", place(&input.file, problem)))
                .collect::<Vec<_>>()
                .join("\n")
        })?,
    };
    let long =
        manifest.years.saturating_mul(scenarios.len()) >= 20_000_000 && std::io::stderr().is_terminal();
    let spinner = long.then(|| {
        let spinner = indicatif::ProgressBar::new_spinner();
        spinner.set_message(format!("living {} years", brief::grouped(manifest.years as f64)));
        spinner.enable_steady_tick(std::time::Duration::from_millis(120));
        spinner
    });
    let order = Order {
        scenarios,
        together,
        years: manifest.years,
        seed: manifest.seed,
        changes: manifest.what_if.clone(),
    };
    let brief =
        brief::compute(&order).map_err(|problem| format!("error: {}\n  hint: {}", problem.what, problem.fix));
    if let Some(spinner) = spinner {
        spinner.finish_and_clear();
    }
    brief
}

fn place(file: &str, problem: &Problem) -> String {
    let key = if problem.key.is_empty() { String::new() } else { format!("`{}`: ", problem.key) };
    let file: String = file.chars().map(crate::say::visible).collect();
    format!("{file}:{}: {key}{}\n  hint: {}", problem.line, problem.what, problem.fix)
}

fn csv(brief: &Brief) -> String {
    let mut out =
        format!("loss_{},chance_of_more,simulated_low,simulated_high\n", brief.currency.to_lowercase());
    for (amount, chance) in brief.readings() {
        let band = brief.band(amount);
        out.push_str(&format!("{amount},{chance:.6},{:.6},{:.6}\n", band.low, band.high));
    }
    out
}

fn years(text: &str) -> Result<usize, String> {
    let number: f64 = text
        .replace('_', "")
        .parse()
        .map_err(|_| format!("`{text}` is not a number; write 200000 or 1e6"))?;
    if (1_000.0..=50_000_000.0).contains(&number) && number.fract() == 0.0 {
        Ok(number as usize)
    } else {
        Err(format!("`{text}` is outside 1000 to 50000000 whole years"))
    }
}
