//! From the YAML of one rule to something that can run.

use super::pattern::{Groups, Pattern, translated};
use finding::Severity;
use saphyr::{LoadableYamlNode, Scalar, Yaml};

/// One rule of a style.
pub struct StyleRule {
    /// With its style, such as `Microsoft.Passive`.
    pub name: String,
    pub message: String,
    pub link: String,
    pub severity: Severity,
    /// Which parts of a document it reads, as written; empty for all text.
    pub scopes: Vec<String>,
    pub check: Check,
}

/// What a rule looks for.
pub enum Check {
    Existence {
        pattern: Pattern,
        exceptions: Option<Pattern>,
    },
    Substitution {
        pattern: Pattern,
        swaps: Vec<Swap>,
        ignore_case: bool,
        replaces: bool,
        exceptions: Option<Pattern>,
    },
    Occurrence {
        pattern: Pattern,
        least: usize,
        most: usize,
    },
    Repetition {
        pattern: Pattern,
        most: usize,
        ignore_case: bool,
        letters_only: bool,
        exceptions: Option<Pattern>,
    },
    Consistency {
        pairs: Vec<(Pattern, Pattern)>,
    },
    Conditional {
        first: Pattern,
        second: Pattern,
        second_captures: bool,
        exceptions: Option<Pattern>,
    },
    Capitalization {
        style: Case,
        exceptions: Vec<String>,
        exception_pattern: Option<Pattern>,
        indicators: Vec<String>,
        threshold: f64,
    },
    Metric {
        formula: String,
        condition: String,
    },
    Readability {
        formulas: Vec<String>,
        most: f64,
    },
}

/// One `swap` entry: what is written, and what could be.
pub struct Swap {
    pub written: String,
    pub instead: String,
}

/// How letters should be capitalized.
pub enum Case {
    Title,
    Sentence,
    Lower,
    Upper,
    Matches(Pattern),
}

/// Scopes that name a part we do not keep apart.
const UNKNOWN_SCOPES: [&str; 9] =
    ["alt", "strong", "emphasis", "blockquote", "code", "comment", "figure", "caption", "meta"];

/// Reads one rule. The error is the reason it cannot run.
pub fn read(name: &str, yaml: &str) -> Result<StyleRule, String> {
    let documents = Yaml::load_from_str(yaml).map_err(|error| format!("not YAML: {error}"))?;
    let root = documents.first().ok_or("the file is empty")?;
    let head = Head { root };
    let extends = head.text("extends").ok_or("it does not say what it `extends`")?;
    let message = head.text("message").ok_or("it has no `message`")?;
    let scopes = head.list("scope");
    if let Some(unknown) =
        scopes.iter().find(|scope| UNKNOWN_SCOPES.iter().any(|known| scope.starts_with(known)))
    {
        return Err(format!("the scope `{unknown}` is not kept apart here"));
    }
    let severity = match head.text("level").as_deref() {
        Some("error") => Severity::Error,
        Some("suggestion") => Severity::Suggestion,
        _ => Severity::Warning,
    };
    let check = check(&extends, &head)?;
    let message = match check {
        Check::Substitution { replaces: true, .. } => without_first_quotes(message),
        _ => message,
    };
    Ok(StyleRule {
        name: name.to_string(),
        message,
        link: head.text("link").unwrap_or_default(),
        severity,
        scopes,
        check,
    })
}

/// A message that quotes both what could stand there and what does, without the first pair: each option brings its own.
fn without_first_quotes(mut message: String) -> String {
    for sign in ["'%s'", "\"%s\""] {
        if message.matches(sign).count() == 2 {
            message = message.replacen(sign, "%s", 1);
        }
    }
    message
}

fn check(extends: &str, head: &Head<'_>) -> Result<Check, String> {
    let ignore_case = head.flag("ignorecase");
    let nonword = head.flag("nonword");
    let exceptions = || exception_pattern(&head.list("exceptions"));
    Ok(match extends {
        "existence" => {
            let tokens: Vec<String> =
                head.list("tokens").into_iter().filter(|token| !token.trim().is_empty()).collect();
            let raw = translated(&head.list("raw").concat(), Groups::Keep);
            let words = in_template(&join(&tokens), !nonword && !tokens.is_empty());
            let body = if head.flag("append") { format!("{words}{raw}") } else { format!("{raw}{words}") };
            Check::Existence {
                pattern: Pattern::new(&format!("{}{body}", flags(ignore_case)))?,
                exceptions: exceptions()?,
            }
        }
        "substitution" => {
            let mut swaps = head.pairs("swap");
            swaps.sort_by_key(|swap| std::cmp::Reverse(swap.written.len()));
            let choices: Vec<String> =
                swaps.iter().map(|swap| format!("({})", translated(&swap.written, Groups::Drop))).collect();
            if choices.is_empty() {
                return Err("it has no `swap`".to_string());
            }
            Check::Substitution {
                pattern: Pattern::new(&format!(
                    "{}{}",
                    flags(ignore_case),
                    in_template(&choices.join("|"), !nonword)
                ))?,
                swaps,
                ignore_case,
                replaces: head.action().as_deref() == Some("replace"),
                exceptions: exceptions()?,
            }
        }
        "occurrence" => Check::Occurrence {
            pattern: Pattern::new(&format!(
                "{}(?:{})",
                flags(ignore_case),
                translated(&head.text("token").ok_or("it has no `token`")?, Groups::Keep)
            ))?,
            least: head.number("min").unwrap_or(0.0) as usize,
            most: head.number("max").unwrap_or(0.0) as usize,
        },
        "repetition" => Check::Repetition {
            pattern: Pattern::new(&format!("{}(?:{})", flags(ignore_case), join(&head.list("tokens"))))?,
            most: head.number("max").unwrap_or(0.0) as usize,
            ignore_case,
            letters_only: head.flag("alpha"),
            exceptions: exceptions()?,
        },
        "consistency" => {
            let mut pairs = Vec::new();
            for swap in head.pairs("either") {
                let one = |written: &str| {
                    Pattern::new(&format!(
                        "{}{}",
                        flags(ignore_case),
                        in_template(&translated(written, Groups::Keep), !nonword)
                    ))
                };
                pairs.push((one(&swap.written)?, one(&swap.instead)?));
            }
            Check::Consistency { pairs }
        }
        "conditional" => {
            let second = head.text("second").ok_or("it has no `second`")?;
            let first = head.text("first").ok_or("it has no `first`")?;
            Check::Conditional {
                second_captures: translated(&second, Groups::Keep) != translated(&second, Groups::Drop),
                first: Pattern::new(&format!("{}{}", flags(ignore_case), translated(&first, Groups::Keep)))?,
                second: Pattern::new(&format!(
                    "{}{}",
                    flags(ignore_case),
                    translated(&second, Groups::Keep)
                ))?,
                exceptions: exceptions()?,
            }
        }
        "capitalization" => {
            let written = head.text("match").ok_or("it has no `match`")?;
            let threshold = head.number("threshold").filter(|share| *share > 0.0).unwrap_or(0.8);
            let style = match written.as_str() {
                "$title" => Case::Title,
                "$sentence" => Case::Sentence,
                "$lower" => Case::Lower,
                "$upper" => Case::Upper,
                _ => Case::Matches(Pattern::new(&translated(&written, Groups::Keep))?),
            };
            let exceptions = head.list("exceptions");
            Check::Capitalization {
                style,
                exception_pattern: exception_pattern(&exceptions)?,
                exceptions,
                indicators: head.list("indicators"),
                threshold,
            }
        }
        "metric" => Check::Metric {
            formula: head.text("formula").ok_or("it has no `formula`")?,
            condition: head.text("condition").ok_or("it has no `condition`")?,
        },
        "readability" => Check::Readability {
            formulas: head.list("metrics"),
            most: head.number("grade").ok_or("it has no `grade`")?,
        },
        "spelling" | "sequence" | "script" => {
            return Err(format!("`{extends}` rules need a dictionary, a tagger or a script engine"));
        }
        other => return Err(format!("there is no `{other}` rule")),
    })
}

fn flags(ignore_case: bool) -> &'static str {
    if ignore_case { "(?mi)" } else { "(?m)" }
}

fn in_template(body: &str, word: bool) -> String {
    if word { format!(r"\b(?:{body})\b") } else { format!("(?:{body})") }
}

fn join(tokens: &[String]) -> String {
    tokens.iter().map(|token| translated(token, Groups::Keep)).collect::<Vec<_>>().join("|")
}

fn exception_pattern(exceptions: &[String]) -> Result<Option<Pattern>, String> {
    if exceptions.is_empty() {
        return Ok(None);
    }
    let mut longest_first: Vec<&String> = exceptions.iter().collect();
    longest_first.sort_by_key(|exception| std::cmp::Reverse(exception.len()));
    let body: Vec<String> =
        longest_first.iter().map(|exception| translated(exception, Groups::Keep)).collect();
    Pattern::new(&format!("(?m){}", in_template(&body.join("|"), true))).map(Some)
}

/// The keys of a rule file.
struct Head<'a> {
    root: &'a Yaml<'a>,
}

impl Head<'_> {
    fn get(&self, key: &str) -> Option<&Yaml<'_>> {
        self.root.as_mapping_get(key)
    }

    fn text(&self, key: &str) -> Option<String> {
        scalar(self.get(key)?)
    }

    fn flag(&self, key: &str) -> bool {
        self.text(key).is_some_and(|value| value == "true")
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.text(key)?.parse().ok()
    }

    /// A list, or one value standing alone.
    fn list(&self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Yaml::Sequence(items)) => items.iter().filter_map(scalar).collect(),
            Some(other) => scalar(other).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn pairs(&self, key: &str) -> Vec<Swap> {
        let Some(Yaml::Mapping(map)) = self.get(key) else { return Vec::new() };
        map.iter()
            .filter_map(|(written, instead)| {
                Some(Swap { written: scalar(written)?, instead: scalar(instead)? })
            })
            .collect()
    }

    fn action(&self) -> Option<String> {
        scalar(self.get("action")?.as_mapping_get("name")?)
    }
}

fn scalar(node: &Yaml<'_>) -> Option<String> {
    match node {
        Yaml::Value(Scalar::String(value)) => Some(value.to_string()),
        Yaml::Value(Scalar::Integer(value)) => Some(value.to_string()),
        Yaml::Value(Scalar::Boolean(value)) => Some(value.to_string()),
        Yaml::Value(Scalar::FloatingPoint(value)) => Some(value.to_string()),
        Yaml::Representation(value, ..) => Some(value.to_string()),
        _ => None,
    }
}
