//! A pattern of a style: linear-time where it can be, with a bounded backtracking engine for look-around only.

use std::ops::Range;

/// A compiled pattern.
pub enum Pattern {
    /// No look-around: time is linear in the text, whatever the pattern.
    Linear(regex::Regex),
    /// With look-around; gives up at the engine's limit of steps instead of hanging.
    Bounded(fancy_regex::Regex),
}

/// Whether a bracket that captures keeps doing so.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Groups {
    Keep,
    Drop,
}

impl Pattern {
    /// Compiles a pattern as .NET-like engines write it. The error is the engine's, for the list of skipped rules.
    pub fn new(pattern: &str) -> Result<Pattern, String> {
        let has_look_around = ["(?=", "(?!", "(?<=", "(?<!", "(?>"].iter().any(|look| pattern.contains(look));
        if !has_look_around && let Ok(linear) = regex::RegexBuilder::new(pattern).size_limit(64 << 20).build()
        {
            return Ok(Pattern::Linear(linear));
        }
        fancy_regex::Regex::new(pattern).map(Pattern::Bounded).map_err(|error| error.to_string())
    }

    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Pattern::Linear(regex) => regex.is_match(text),
            Pattern::Bounded(regex) => regex.is_match(text).unwrap_or(false),
        }
    }

    /// All matches, leftmost first, not overlapping.
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        match self {
            Pattern::Linear(regex) => regex.find_iter(text).map(|found| found.range()).collect(),
            Pattern::Bounded(regex) => {
                regex.find_iter(text).map_while(Result::ok).map(|found| found.start()..found.end()).collect()
            }
        }
    }

    /// The groups that took part in the match that begins at `start`, by number.
    pub fn groups_at(&self, text: &str, start: usize) -> Vec<(usize, Range<usize>)> {
        match self {
            Pattern::Linear(regex) => regex.captures_at(text, start).map_or_else(Vec::new, |groups| {
                (1..groups.len()).filter_map(|number| Some((number, groups.get(number)?.range()))).collect()
            }),
            Pattern::Bounded(regex) => {
                regex.captures_from_pos(text, start).ok().flatten().map_or_else(Vec::new, |groups| {
                    (1..groups.len())
                        .filter_map(|number| {
                            groups.get(number).map(|found| (number, found.start()..found.end()))
                        })
                        .collect()
                })
            }
        }
    }

    /// `text` with every match replaced; `$1` in `replacement` is the first group.
    pub fn replace(&self, text: &str, replacement: &str) -> String {
        match self {
            Pattern::Linear(regex) => regex.replace_all(text, replacement).into_owned(),
            Pattern::Bounded(regex) => regex.replace_all(text, replacement).into_owned(),
        }
    }
}

/// The pattern in the spelling of our engines: stray brackets and set operators escaped, `\<` read as a sign. With [`Groups::Drop`]
/// capturing brackets only group.
pub fn translated(pattern: &str, groups: Groups) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    let mut class_start = false;
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                match chars.next() {
                    Some(
                        sign @ ('<' | '>' | '/' | '\'' | '"' | '`' | '%' | '@' | '!' | ',' | ';' | ':' | '='
                        | '_'),
                    ) => out.push(sign),
                    Some('Z') => out.push_str(r"\z"),
                    Some(other) => {
                        out.push('\\');
                        out.push(other);
                    }
                    None => out.push_str(r"\\"),
                }
                class_start = false;
            }
            '[' if !in_class => {
                in_class = true;
                class_start = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    chars.next();
                    out.push('^');
                }
            }
            '[' => {
                if chars.peek() == Some(&':') {
                    out.push('[');
                } else {
                    out.push_str(r"\[");
                }
                class_start = false;
            }
            ']' if in_class && !class_start => {
                in_class = false;
                out.push(']');
            }
            ']' if in_class => {
                out.push_str(r"\]");
                class_start = false;
            }
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(char);
                class_start = false;
            }
            '(' if !in_class && groups == Groups::Drop && chars.peek() != Some(&'?') => out.push_str("(?:"),
            '{' if !in_class && !chars.peek().is_some_and(char::is_ascii_digit) => out.push_str(r"\{"),
            _ => {
                class_start = false;
                out.push(char);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_spellings_are_read() {
        assert_eq!(translated(r"a\/b{c}", Groups::Keep), r"a/b\{c}");
        assert_eq!(translated(r"[[&]", Groups::Keep), r"[\[\&]");
        assert_eq!(translated(r"(a|\(b) (?:c)", Groups::Drop), r"(?:a|\(b) (?:c)");
    }

    #[test]
    fn look_around_works_and_is_bounded() {
        let pattern = Pattern::new(r"(?i)\b(?:it is(?!\.)|it's(?=\.))\b").expect("compiles");
        assert!(matches!(pattern, Pattern::Bounded(_)));
        assert_eq!(pattern.find_all("It is so. So it is."), vec![0..5]);
        let linear = Pattern::new(r"(?m)\bis\b").expect("compiles");
        assert!(matches!(linear, Pattern::Linear(_)));
    }
}
