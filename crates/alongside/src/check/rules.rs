//! `alongside rule`: explains rules, and lists them.

use std::process::ExitCode;

use clap::Args;
use lint::Rule;

use super::output;
use crate::say::{self, talk};

/// Explain rules: what they notice, why it hurts, what to say instead
#[derive(Args, Clone, Debug)]
#[command(after_help = "Ends with 0 when it went well, with 2 when there is no such rule.")]
pub struct RuleArgs {
    /// Codes (`BLM01`) or names of rules, or a group (`blame`); without any, all rules are listed
    pub codes: Vec<String>,
    /// List only rules for this language (en, de)
    #[arg(long, value_parser = super::language)]
    pub language: Option<lint::Language>,
}

/// Runs `alongside rule`.
pub fn explain(args: RuleArgs) -> ExitCode {
    if args.codes.is_empty() {
        return print(&listed(&args, |_| true));
    }
    let mut shown = Vec::new();
    for code in &args.codes {
        let group = listed(&args, |rule| rule.group.as_str().eq_ignore_ascii_case(code));
        match explained(code).or(Some(group).filter(|group| !group.is_empty())) {
            Some(text) => shown.push(text),
            None => {
                talk!("alongside: there is no rule or group `{code}`\nhint: `alongside rule` lists them all");
                return ExitCode::from(2);
            }
        }
    }
    print(&shown.join("\n"))
}

/// A line for each rule.
fn listed(args: &RuleArgs, wanted: impl Fn(&Rule) -> bool) -> String {
    let mut shown = String::new();
    for set in lint::rule::LANGUAGES {
        if args.language.is_some_and(|language| lint::Language::from_code(set.language) != Some(language)) {
            continue;
        }
        for rule in set.rules.iter().filter(|rule| wanted(rule)) {
            shown.push_str(&format!(
                "{}  {}  {:<11}  {}\n",
                set.language,
                rule.code,
                rule.group.as_str(),
                rule.title
            ));
        }
    }
    shown
}

fn explained(code: &str) -> Option<String> {
    let is = |known: &str| code.eq_ignore_ascii_case(known);
    Some(match lint::rule::find(code) {
        Some(rule) => output::explanation(rule),
        None if is(lint::check::HOUSE_WORDS) => OWN_WORDS.to_owned(),
        None if is(lint::IDLE_NOTE) => IDLE_NOTES.to_owned(),
        None if is(lint::OTHER_LANGUAGE) => OTHER_LANGUAGES.to_owned(),
        None if code.split_once('.').is_some_and(|(style, rule)| !style.is_empty() && !rule.is_empty()) => {
            imported(code)
        }
        None => return None,
    })
}

/// What is said of a house's own list.
const OWN_WORDS: &str = "# OWN01: Words your house avoids

Marks what stands under `[avoid]` in your profile, the nearest `.alongside.toml` from the text's folder upward, or the file named with `--profile`.
What to say instead stands beside each phrase. To leave a phrase alone, take it off that list.
";

/// What is said of notes that allow nothing.
const IDLE_NOTES: &str = "# OWN02: A note that allows nothing

Marks a note such as `alongside: allow BLM03 because …` that names no rule, no group or no reason, so that it does not do what its writer believes.
Write the code, name or group of a rule, then `because` and why the words stay. Take the note out where it is not needed any more.
To leave such notes unmarked, write `OWN02 = \"off\"` under `[rules]` in your profile.
";

/// What is said of texts in other languages.
const OTHER_LANGUAGES: &str = "# OWN03: A text in a language that we do not read

Notes a text that is neither English nor German. Our rules find nothing in it, and that is no praise, so it counts as not checked.
Name its language with `--language` where this is a mistake.
To leave such texts unmarked, write `OWN03 = \"off\"` under `[rules]` in your profile.
";

/// What is said of a rule that came with a style.
fn imported(code: &str) -> String {
    let shown: String = code.chars().map(say::visible).collect();
    let (style, rule) = shown.split_once('.').unwrap_or((&shown, ""));
    format!(
        "# {shown}: a rule that is not ours\n\nIt would come from a style written for Vale, a folder of rules named with `--style` or in `styles` of your profile.\nWhat it looks for and why stands in its file: `{rule}.yml` in the folder `{style}`.\nTo turn it off, write `\"{shown}\" = \"off\"` under `[rules]` in your profile.\n"
    )
}

fn print(text: &str) -> ExitCode {
    match say::result(text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            talk!("alongside: {problem}");
            ExitCode::from(2)
        }
    }
}
