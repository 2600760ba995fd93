//! `alongside check`: reads drafts from files or standard input, shows what could hurt or confuse their
//! readers, and can mend the simple things. Standard output is data, standard error is talk.

mod baseline;
mod decoded;
mod diff;
mod files;
mod git;
mod house;
mod language;
mod mend;
mod output;
mod place;
mod reading;
mod rules;

pub(crate) use files::{format_of, kind_of};
pub(crate) use git::{is_git_message, without_gits_lines};
pub(crate) use house::{House, Houses};
pub(crate) use output::rule_of;
pub(crate) use rules::{RuleArgs, explain};

use crate::say::{self, talk};
use clap::{Args, ValueEnum};
use files::Found;
use finding::Severity;
use lint::{Draft, Kind, Report};
use rayon::prelude::*;
use reading::Unread;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Check what a text says to its readers: blame, threat, jargon, vagueness, a missing next step
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Ends with 0 when nothing was found, with 1 when something was, with 2 when it could not do its work.\nA rule explains itself: `alongside rule BLM01`."
)]
pub struct CheckArgs {
    /// Files and folders; `-` reads standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How the findings are written
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub format: OutputFormat,
    /// With `--format sarif`: a name for this run, so that a code host keeps the marks of several runs apart
    #[arg(long, value_name = "NAME")]
    pub category: Option<String>,
    /// What kind of document the texts are: reply, awareness, warning, policy, review, executive, drill, commit, documentation or
    /// other; without it, names of files and words decide
    #[arg(long, value_parser = kind)]
    pub kind: Option<Kind>,
    /// How the texts are written; without it, the file's ending decides
    #[arg(long = "as", value_enum)]
    pub written_as: Option<WrittenAs>,
    /// The language of the texts (en, de); without it, it is guessed
    #[arg(long, value_parser = language)]
    pub language: Option<lint::Language>,
    /// Your audience, a TOML file; without it, the nearest `.alongside.toml` from each text's folder upward
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Check by the rules of this folder too, written for Vale; may be given several times
    #[arg(long, value_name = "FOLDER")]
    pub style: Vec<PathBuf>,
    /// Show findings of this severity and above: note, suggestion, warning, error
    #[arg(long, value_parser = severity, default_value = "note")]
    pub least: Severity,
    /// End with 1 only for findings of this severity and above
    #[arg(long, value_parser = severity, default_value = "note")]
    pub fail_on: Severity,
    /// Leave out findings that this file already lists; `--write-baseline` makes it
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all present findings to this file, to be left out later. What cannot be read is missing in a new one, and said; one that
    /// is there already stays as it is then
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Put the safe replacements into the files
    #[arg(long)]
    pub fix: bool,
    /// With `--fix` or `--diff`: also the replacements that a person should look at
    #[arg(long)]
    pub suggested: bool,
    /// Show what `--fix` would change, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// The name to show for standard input; its ending tells how it is written
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub stdin_path: PathBuf,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    Text,
    Json,
    Sarif,
    Github,
    Html,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WrittenAs {
    Plain,
    Markdown,
    Html,
    Mail,
}

/// One text and what was found in it.
pub(crate) struct Checked {
    pub path: PathBuf,
    pub text: String,
    /// What it says, where the file has it encoded.
    pub decoded: Option<decoded::Decoded>,
    pub format: lint::Format,
    pub report: Report,
    /// Nobody said what kind of document it is.
    pub guessed: bool,
    /// Findings that are not severe enough to be shown.
    pub hidden: usize,
    /// Somebody named it on the command line.
    named: bool,
    house: Arc<House>,
}

impl Checked {
    /// The words at a place, as a reader sees them.
    pub fn words(&self, span: finding::Span) -> &str {
        let decoded = self.decoded.as_ref().and_then(|decoded| decoded.at(span));
        decoded.map_or_else(|| span.of(&self.text), |(text, within)| within.of(text)).unwrap_or("")
    }
}

/// Runs `alongside check`. Ends with 0 when nothing was found, 1 when something was, 2 when it could not be done.
pub fn run(args: CheckArgs) -> ExitCode {
    match check(&args) {
        Ok(true) => ExitCode::from(1),
        Ok(false) => ExitCode::SUCCESS,
        Err(problem) => {
            if !problem.is_empty() {
                talk!("alongside: {problem}");
            }
            ExitCode::from(2)
        }
    }
}

fn check(args: &CheckArgs) -> Result<bool, String> {
    if let Some(problem) = contradiction(args) {
        return Err(problem.to_owned());
    }
    let (mut checked, mut unread) = read_and_check(args)?;
    if !args.fix && !args.diff && args.write_baseline.is_none() {
        set_other_languages_aside(&mut checked, &mut unread);
    }
    for one in &unread {
        talk!("alongside: `{}` {}", say::name(&one.path), one.why);
    }
    if checked.is_empty() && unread.is_empty() {
        talk!(
            "alongside: no text was found; in folders, files ending in {} are read, and a file that you name is always read",
            files::looked_for()
        );
    }
    let found = judge(args, &mut checked, &unread)?;
    let nothing_to_read = !args.fix && checked.iter().all(|one| one.report.words == 0);
    if nothing_to_read && !checked.is_empty() {
        talk!("alongside: there was no word to read, so nothing was checked");
    }
    if nothing_to_read || unread.iter().any(|one| one.named) {
        return Err(String::new());
    }
    Ok(found)
}

/// A text of which we can only say that it is in another language was not checked.
fn set_other_languages_aside(checked: &mut Vec<Checked>, unread: &mut Vec<Unread>) {
    let is_other = |one: &mut Checked| matches!(one.report.findings.as_slice(), [only] if only.rule == lint::OTHER_LANGUAGE);
    unread.extend(checked.extract_if(.., is_other).map(|one| Unread {
        path: one.path,
        why: language::WHY.to_owned(),
        named: one.named,
    }));
}

/// Options that do not go together: none may be left aside in silence.
fn contradiction(args: &CheckArgs) -> Option<&'static str> {
    let mends = args.fix || args.diff;
    if args.suggested && !mends {
        Some("`--suggested` says what `--fix` or `--diff` may change; add one of them")
    } else if args.write_baseline.is_some() && mends {
        Some("`--write-baseline` writes down what is found and mends nothing; leave `--fix` and `--diff` out")
    } else if args.write_baseline.is_some() && args.baseline.is_some() {
        Some(
            "`--write-baseline` writes down all that is found, and `--baseline` leaves out what is known; take one of them",
        )
    } else if args.fix && args.diff {
        Some("`--fix` changes the files, and `--diff` only shows what would change; take one of them")
    } else if args.category.is_some() && args.format != OutputFormat::Sarif {
        Some("`--category` names a run in SARIF; add `--format sarif`, or leave it out")
    } else if args.format != OutputFormat::Text && (mends || args.write_baseline.is_some()) {
        Some(
            "`--format` is for findings, and `--fix`, `--diff` and `--write-baseline` show none; leave it out",
        )
    } else {
        None
    }
}

/// Writes what was found, or mends it; whether there was anything that counts.
fn judge(args: &CheckArgs, checked: &mut [Checked], unread: &[Unread]) -> Result<bool, String> {
    if let Some(path) = &args.write_baseline {
        let named = unread.iter().any(|one| one.named);
        if checked.is_empty() || named || !unread.is_empty() && path.exists() {
            // What was not read would be missing in it, and come back as new.
            return Err(format!(
                "`{}` was left as it is, since not everything could be read",
                say::name(path)
            ));
        }
        baseline::write(path, checked)?;
        talk!(
            "{} written to {}",
            say::count(checked.iter().map(|one| one.report.findings.len()).sum(), "finding"),
            say::name(path)
        );
        if !unread.is_empty() {
            talk!(
                "alongside: what could not be read is missing in it, and is new once it can be: {} files or folders",
                unread.len()
            );
        }
        return Ok(false);
    }
    if let Some(path) = &args.baseline {
        baseline::filter(path, checked)?;
    }
    for one in checked.iter_mut() {
        let all = one.report.findings.len();
        one.report.findings.retain(|finding| finding.severity >= args.least);
        one.hidden = all - one.report.findings.len();
    }
    if args.fix || args.diff {
        return mend::all(args, checked);
    }
    let shown = match args.format {
        OutputFormat::Text => output::text::write(
            checked,
            std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        ),
        OutputFormat::Json => output::json::write(checked, unread)?,
        OutputFormat::Sarif => output::sarif::write(checked, unread, args.category.as_deref())?,
        OutputFormat::Github => output::github::write(checked, unread),
        OutputFormat::Html => output::html::write(checked, unread),
    };
    say::result(&shown).map_err(|problem| problem.to_string())?;
    Ok(checked.iter().flat_map(|one| &one.report.findings).any(|finding| finding.severity >= args.fail_on))
}

fn read_and_check(args: &CheckArgs) -> Result<(Vec<Checked>, Vec<Unread>), String> {
    let (found, mut unread) = files::find(&args.paths);
    let houses = houses(args, &found)?;
    let bar = progress(found.len());
    let results: Vec<Result<Checked, Unread>> = found
        .par_iter()
        .zip(houses)
        .map(|(file, house)| {
            let as_mail = args.written_as.map_or_else(|| files::format_of(&file.path), WrittenAs::format)
                == lint::Format::Mail;
            let checked = reading::text(file, as_mail).map(|text| one(args, house, file, text));
            if let Some(bar) = &bar {
                bar.inc(1);
            }
            checked
        })
        .collect();
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let mut checked = Vec::new();
    for result in results {
        match result {
            Ok(one) => checked.push(one),
            Err(one) => unread.push(one),
        }
    }
    Ok((checked, unread))
}

/// The house of each file.
fn houses(args: &CheckArgs, found: &[Found]) -> Result<Vec<Arc<House>>, String> {
    if let Some(profile) = &args.profile {
        let house = Arc::new(House::read(profile)?.with_styles(&args.style)?);
        return Ok(vec![house; found.len()]);
    }
    let mut houses = Houses::default();
    found.iter().map(|file| houses.of(shown_path(args, &file.path), &args.style)).collect()
}

/// The name a text goes by: standard input has the one it was given.
fn shown_path<'a>(args: &'a CheckArgs, path: &'a Path) -> &'a Path {
    if path == Path::new("-") { &args.stdin_path } else { path }
}

fn one(args: &CheckArgs, house: Arc<House>, file: &Found, text: String) -> Checked {
    let path = shown_path(args, &file.path).to_path_buf();
    let format = args.written_as.map_or_else(|| files::format_of(&path), WrittenAs::format);
    let by_git = is_git_message(&path);
    let said = args.kind.or(by_git.then_some(Kind::Commit)).or(house.profile.kind);
    let kind = said.or_else(|| files::kind_of(files::below(&path, &file.root), &text));
    let shown = if by_git { without_gits_lines(&text) } else { text.as_str().into() };
    let draft = Draft { text: &shown, format, kind, language: args.language, profile: &house.profile };
    let report = house.check(&draft);
    drop(shown);
    let named = file.wanted == files::Wanted::Named;
    let decoded = decoded::Decoded::of(&text, format);
    Checked { path, text, decoded, format, report, guessed: said.is_none(), hidden: 0, named, house }
}

fn progress(files: usize) -> Option<indicatif::ProgressBar> {
    if files < 50 || !std::io::stderr().is_terminal() {
        return None;
    }
    Some(indicatif::ProgressBar::new(files as u64).with_message("reading"))
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::from_name(name).ok_or_else(|| format!("one of {}", Kind::ALL.map(Kind::as_str).join(", ")))
}

fn language(code: &str) -> Result<lint::Language, String> {
    lint::Language::from_code(code).ok_or_else(|| "one of en, de".to_string())
}

fn severity(name: &str) -> Result<Severity, String> {
    [Severity::Note, Severity::Suggestion, Severity::Warning, Severity::Error]
        .into_iter()
        .find(|severity| severity.as_str() == name)
        .ok_or_else(|| "one of note, suggestion, warning, error".to_string())
}

impl WrittenAs {
    fn format(self) -> lint::Format {
        match self {
            WrittenAs::Plain => lint::Format::Plain,
            WrittenAs::Markdown => lint::Format::Markdown,
            WrittenAs::Html => lint::Format::Html,
            WrittenAs::Mail => lint::Format::Mail,
        }
    }
}
