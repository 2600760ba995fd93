//! Byte offsets to lines and columns, the way people and editors count.

/// Some editors begin a file with this mark, and no person counts it.
const MARK: char = '\u{feff}';

/// Where the lines of a text begin.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// A line and a column, both from 1; a column is one Unicode character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub line: usize,
    pub column: usize,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Lines<'a> {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Lines { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    pub fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        Place {
            line: line.max(1),
            column: self
                .text
                .get(start..at)
                .map_or(1, |before| before.trim_start_matches(MARK).chars().count() + 1),
        }
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line(&self, number: usize) -> &'a str {
        let start = number.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        let end = self.starts.get(number).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_start_matches(MARK).trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_begin_at_one() {
        let lines = Lines::of("für\nalle");
        assert_eq!(lines.place(0), Place { line: 1, column: 1 });
        assert_eq!(lines.place(3), Place { line: 1, column: 3 });
        assert_eq!(lines.place(5), Place { line: 2, column: 1 });
        assert_eq!(lines.line(2), "alle");
        let marked = Lines::of("\u{feff}für");
        assert_eq!((marked.place(4).column, marked.line(1)), (2, "für"));
    }
}
