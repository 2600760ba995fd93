//! What stands in the way of reading a scenario: where, what, and what to write instead.

use std::fmt;

/// One thing to put right in a scenario file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// The key it is about, such as `loss.primary.response`; empty for the file as a whole.
    pub key: String,
    /// What is the matter, with the value as it was written.
    pub what: String,
    /// What to write instead.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(f, "`{}`: ", self.key)?;
        }
        write!(f, "{}\n  hint: {}", self.what, self.fix)
    }
}

/// What a 90 % interval is, in the words used wherever one was given in a way that cannot be.
pub const INTERVAL: &str = "A 90 % interval is a low and a high number between which you expect the truth nine times in \
ten. Once in twenty it is lower, once in twenty higher.";
