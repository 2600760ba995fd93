//! The binary: one table of what `alongside` can do. Configuration and wiring, nothing else.

mod admin;
mod backup;
mod check;
mod config;
mod database;
mod demo;
mod lock;
mod lsp;
mod pages;
mod private;
mod quantify;
mod read;
mod relay;
mod replace;
mod say;
mod serve;

use crate::say::talk;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use config::Config;

/// The security desk that works alongside the people it protects.
#[derive(Parser)]
#[command(
    version,
    after_help = "To begin: `alongside demo` shows a desk, `alongside check letter.txt` reads a text.\nEach command explains itself: `alongside check --help`."
)]
struct Cli {
    /// The settings of the desk, for serve, demo, read and admin [default: alongside.toml in this folder, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the desk until it is asked to stop (Ctrl-C); pages and mail as the settings say
    #[command(
        after_help = "Ends with 0 when it was asked to stop, with 78 when the settings cannot be used, with 2 when something else stood in the way.\nThe environment variable ALONGSIDE_LOG says how much it writes to standard error: error, warn, info (the default), debug or trace."
    )]
    Serve,
    /// Try a desk with a fictional organisation; nothing leaves this machine, and all is gone when it stops
    Demo,
    Read(read::ReadArgs),
    Check(check::CheckArgs),
    Rule(check::RuleArgs),
    Lsp(lsp::LspArgs),
    Quantify(quantify::QuantifyArgs),
    Score(score::ScoreArgs),
    #[command(subcommand)]
    Admin(admin::AdminCommand),
}

/// What `serve` ends with where its settings cannot be used: starting it again changes nothing.
const WRONG_SETTINGS: u8 = 78;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = || Config::load(cli.config.as_deref());
    let reads_none = matches!(
        cli.command,
        Command::Check(_) | Command::Rule(_) | Command::Lsp(_) | Command::Quantify(_) | Command::Score(_)
    );
    if reads_none && cli.config.is_some() {
        return broken(&anyhow::anyhow!(
            "this command reads no configuration, so leave `--config` out; an audience for `check` is a `--profile`"
        ));
    }
    match cli.command {
        Command::Check(args) => check::run(args),
        Command::Rule(args) => check::explain(args),
        Command::Lsp(args) => lsp::run(args),
        Command::Quantify(args) => quantify::run(args),
        Command::Score(args) => score::run(&args),
        Command::Read(args) => match config() {
            Ok(config) => read::run(&args, &config),
            Err(problem) => broken(&problem),
        },
        Command::Serve => match config() {
            Ok(config) => match wait(serve::run(config)) {
                Err(problem) if problem.downcast_ref::<config::Wrong>().is_some() => {
                    broken(&problem);
                    ExitCode::from(WRONG_SETTINGS)
                }
                outcome => finish(outcome),
            },
            Err(problem) => {
                broken(&problem);
                ExitCode::from(WRONG_SETTINGS)
            }
        },
        Command::Demo => finish(config().and_then(|config| wait(demo::run(config)))),
        Command::Admin(command) => finish(config().and_then(|config| wait(admin::run(command, &config)))),
    }
}

/// Runs something that talks to the network or the store.
fn wait(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    private::from_now_on();
    let filter = tracing_subscriber::EnvFilter::try_from_env("ALONGSIDE_LOG")
        .unwrap_or_else(|_| "info,sqlx=warn,lopdf=error".into());
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    // A panic's own words may quote somebody's mail; the place where it happened is enough to find it.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "a part of the program stopped");
    }));
    // Another part of the program may have chosen a provider already; then that one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

fn finish(outcome: anyhow::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => broken(&problem),
    }
}

fn broken(problem: &anyhow::Error) -> ExitCode {
    talk!("error: {problem:#}");
    ExitCode::from(2)
}
