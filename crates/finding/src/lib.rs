//! The shared word between every engine and every face: a [`Finding`] says where something was noticed,
//! how serious it is, what it means for a person, and how it could read instead.
//! It never knows who produced it and depends on nothing.

use std::borrow::Cow;

/// One thing an engine noticed, with the place and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The stable code of the rule or check, such as `BLM03` or `link-text-differs`.
    pub rule: Cow<'static, str>,
    /// Where in the text that was read, in bytes.
    pub span: Span,
    /// How much attention it asks for.
    pub severity: Severity,
    /// One plain sentence that anybody understands.
    pub message: String,
    /// Why it matters, for the person who has to act on it.
    pub why: String,
    /// What could stand there instead, if we know.
    pub fix: Option<Fix>,
}

/// A half-open range of bytes `start..end`, always on character boundaries of the text it points into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// How much attention a finding asks for, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Could be better.
    Suggestion,
    /// Likely to hurt, confuse or mislead a reader.
    Warning,
    /// Must not go out like this.
    Error,
}

/// A replacement. The text is always something that can be inserted as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub span: Span,
    pub replacement: String,
    pub applicability: Applicability,
}

/// Whether a machine may apply a fix on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Keeps the meaning; `--fix` applies it.
    Safe,
    /// Probably right; a person chooses.
    Suggestion,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Length in bytes; zero for a reversed span.
    pub fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing.
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// The part of `text` the span covers, or nothing where it does not fit `text`.
    pub fn of<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.get(self.start..self.end)
    }

    /// Whether two spans share at least one byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Severity {
    /// The word used in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Suggestion => "suggestion",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_reads_its_part_and_never_panics() {
        let text = "für alle";
        assert_eq!(Span::new(0, 4).of(text), Some("für"));
        assert_eq!(Span::new(0, 2).of(text), None, "inside a character");
        assert_eq!(Span::new(3, 99).of(text), None, "past the end");
    }
}
