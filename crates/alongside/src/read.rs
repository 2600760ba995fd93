//! `alongside read`: prints what the desk would see in a message.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use desk::reports::Seen;

use crate::config::{Config, MOST_MIB};
use crate::say::{self, talk};

/// The most bytes of one message: as much as a desk may be told to take.
const MOST: u64 = MOST_MIB as u64 * 1024 * 1024;

/// Say what a message shows: evidence, verdict, and what it does to people
#[derive(Args)]
#[command(
    after_help = "Ends with 0 when a message is not suspicious enough to say so (also when a program cannot tell: no word that it is safe), with 1 when it is suspicious or very likely harmful, with 2 when a file could not be read as a message.\nThe settings say whom to believe: your domains, mail servers and practice messages."
)]
pub struct ReadArgs {
    /// Files to read (.eml, .msg); `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// One JSON object for each file
    #[arg(long)]
    json: bool,
}

pub fn run(args: &ReadArgs, config: &Config) -> ExitCode {
    let settings = match config.settings() {
        Ok(settings) => settings,
        Err(problem) => {
            talk!("error: {problem:#}");
            return ExitCode::from(2);
        }
    };
    let (mut found, mut broken) = (false, false);
    for file in &args.files {
        let bytes = match bytes_of(file) {
            Ok(bytes) => bytes,
            Err(problem) => {
                talk!("error: cannot read `{}`: {problem}", say::name(file));
                broken = true;
                continue;
            }
        };
        let seen = desk::reports::see(&bytes, &settings.mail);
        found |= matches!(seen.verdict.as_str(), "likely-harmful" | "suspicious");
        broken |= is_unread(&seen);
        let mut shown = Vec::new();
        let written = if args.json { json(&mut shown, file, &seen) } else { text(&mut shown, file, &seen) };
        let shown = String::from_utf8_lossy(&shown);
        let written = say::heard(written)
            .and_then(|()| say::result(&if args.json { shown.into_owned() } else { say::lines(&shown) }));
        if let Err(problem) = written {
            talk!("error: {problem}");
            return ExitCode::from(2);
        }
    }
    if broken {
        return ExitCode::from(2);
    }
    ExitCode::from(u8::from(found))
}

/// Whether nothing in it could be read as a message.
fn is_unread(seen: &Seen) -> bool {
    seen.evidence.iter().any(|piece| matches!(piece.rule.as_str(), "made-unreadable" | "made-damaged"))
}

fn bytes_of(file: &Path) -> std::io::Result<Vec<u8>> {
    if file == Path::new("-") {
        bounded(std::io::stdin().lock())
    } else {
        bounded(std::fs::File::open(file)?)
    }
}

fn bounded(source: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(std::io::Error::other(format!("it is larger than {MOST_MIB} MB")));
    }
    Ok(bytes)
}

fn json(out: &mut impl Write, file: &Path, seen: &Seen) -> std::io::Result<()> {
    let mut value = serde_json::to_value(seen)?;
    if let Some(object) = value.as_object_mut() {
        object.insert("file".into(), file.display().to_string().into());
        object.insert("caution".into(), lure::CAUTION.into());
    }
    writeln!(out, "{value}")
}

/// The verdict in words. No desk stands behind this command, so it promises nobody who will look.
fn verdict(seen: &Seen, locale: desk::Locale) -> String {
    if seen.verdict == "cannot-tell" {
        return "A program cannot tell. Ask your security desk if you are unsure.".to_owned();
    }
    let sure = match seen.certainty {
        sure if sure >= 0.8 => "We are fairly sure.",
        sure if sure >= 0.5 => "We are not sure.",
        _ => "This is a first look only.",
    };
    format!(
        "{}. {sure} Ask your security desk if you are unsure.",
        locale.t(&format!("verdict-{}", seen.verdict))
    )
}

fn text(out: &mut impl Write, file: &Path, seen: &Seen) -> std::io::Result<()> {
    let locale = desk::Locale::En;
    writeln!(out, "{}", say::name(file))?;
    if !seen.subject.is_empty() {
        writeln!(out, "  “{}”", seen.subject)?;
    }
    if !seen.from_address.is_empty() {
        let sender = format!("{} <{}>", seen.from_name, seen.from_address);
        writeln!(out, "  from {}", sender.trim_start())?;
    }
    writeln!(out, "  {}", verdict(seen, locale))?;
    for piece in &seen.evidence {
        let sign = match piece.weight {
            1.. => '+',
            0 => ' ',
            _ => '-',
        };
        writeln!(out, "  {sign} {}", piece.plain)?;
        write!(out, "      {}", piece.detail)?;
        writeln!(out, " [{}, {}, weight {}]", piece.source, piece.rule, piece.weight)?;
        if !piece.quote.is_empty() {
            writeln!(out, "      “{}”", piece.quote)?;
        }
    }
    if seen.language.is_none() && !is_unread(seen) {
        writeln!(out, "  We cannot tell its language, so we say little about what it does to people.")?;
    }
    if let Some(attack) = &seen.attack {
        let maybe = if seen.attack_certainty < 0.5 { ", maybe" } else { "" };
        writeln!(out, "  If it is an attack{maybe}: {attack}")?;
    }
    for lever in &seen.levers {
        let maybe = if lever.maybe { "maybe " } else { "" };
        writeln!(out, "  Lever, {maybe}{}: {}", lever.name, lever.sentence)?;
    }
    if !seen.levers.is_empty() {
        writeln!(out, "  {}", lure::CAUTION)?;
    }
    if let Some(difficulty) = &seen.difficulty {
        writeln!(
            out,
            "  {difficulty} This is our guess, until somebody who knows the people here confirms it."
        )?;
    }
    if !seen.understandable.is_empty() && !is_unread(seen) {
        writeln!(out, "  For the person who reported it: {}", seen.understandable)?;
    }
    writeln!(out)
}
