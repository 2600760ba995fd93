//! What the program says: results on standard output, talk on standard error. Nobody needs to listen: a closed pipe ends it
//! quietly, and only a result that could not be written where somebody waits for it is a problem.

use std::io::{ErrorKind, Write};
use std::path::Path;

/// A result that is on no disk and no screen.
#[derive(Debug)]
pub struct Unwritten(std::io::Error);

impl std::fmt::Display for Unwritten {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the result could not be written: {}", self.0)
    }
}

impl std::error::Error for Unwritten {}

/// Writes a result to standard output. A reader that has seen enough may close the pipe.
pub fn result(text: &str) -> Result<(), Unwritten> {
    let mut out = std::io::stdout().lock();
    heard(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What became of something that was written.
pub fn heard(outcome: std::io::Result<()>) -> Result<(), Unwritten> {
    match outcome {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Unwritten(error)),
        _ => Ok(()),
    }
}

/// Says something beside the result. Where nobody can hear it, there is nobody to tell.
pub fn aside(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// A line of the result.
macro_rules! tell {
    ($($said:tt)*) => { $crate::say::result(&format!("{}\n", format_args!($($said)*))) };
}

/// A line beside the result.
macro_rules! talk {
    ($($said:tt)*) => { $crate::say::aside(&format!("{}\n", format_args!($($said)*))) };
}

pub(crate) use {talk, tell};

/// How many there are, in words: `1 finding`, `2 findings`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The name of a file as a terminal may show it, in one line.
pub fn name(path: &Path) -> String {
    path.to_string_lossy().chars().map(visible).collect()
}

/// A text of several lines as a terminal may show it.
pub fn lines(text: &str) -> String {
    text.chars().map(|one| if one == '\n' { one } else { visible(one) }).collect()
}

/// A character as a terminal may show it: no tab, and nothing that moves the cursor or changes colours.
pub fn visible(one: char) -> char {
    match one {
        '\t' => ' ',
        one if one.is_control() => '\u{fffd}',
        one => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_quiet_and_a_full_disk_is_said() {
        let broken = |kind: ErrorKind| heard(Err(kind.into()));
        assert!(broken(ErrorKind::BrokenPipe).is_ok());
        assert!(broken(ErrorKind::StorageFull).unwrap_err().to_string().contains("could not be written"));
    }

    #[test]
    fn a_name_is_one_line_without_codes() {
        assert_eq!(name(Path::new("a\u{1b}[31m\nb")), "a\u{fffd}[31m\u{fffd}b");
        assert_eq!(lines("a\u{7}\nb"), "a\u{fffd}\nb");
    }
}
