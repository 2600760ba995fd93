//! Byte offsets to the positions editors use (lines from 0, columns in UTF-16 units), and back.

use std::cell::Cell;
use tower_lsp_server::ls_types::{Position, Range};

/// The lines of a text.
pub(super) struct Utf16<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The last place that was asked for: the start of its line, its offset, the units between.
    last: Cell<(usize, usize, usize)>,
}

impl<'a> Utf16<'a> {
    pub fn of(text: &'a str) -> Utf16<'a> {
        // The protocol ends a line with a line feed, a carriage return, or both.
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes.get(*at) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let breaks = (0..bytes.len()).filter(ends).map(|at| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Utf16 { text, starts, last: Cell::new((0, 0, 0)) }
    }

    pub fn range(&self, span: finding::Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    pub fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        // Places come nearly in order, so counting goes on from the last one: a line may be a whole letter.
        let (known_start, known_at, known) = self.last.get();
        let known = if known_start == start { (known_at, known) } else { (start, 0) };
        let count = |range| {
            self.text.get(range).map_or(0, |part: &str| part.chars().map(char::len_utf16).sum::<usize>())
        };
        let units = match known {
            (from, units) if from <= at => units + count(from..at),
            (from, units) => units.saturating_sub(count(at..from)),
        };
        self.last.set((start, at, units));
        Position { line: line as u32, character: units as u32 }
    }

    /// The byte of a position; past the end of a line it is the end of the line.
    pub fn byte(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return self.text.len() };
        let mut units = 0;
        let mut at = start;
        for char in self.text.get(start..).unwrap_or("").chars() {
            if units >= position.character as usize || matches!(char, '\n' | '\r') {
                break;
            }
            units += char.len_utf16();
            at += char.len_utf8();
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_utf16_units_and_come_back() {
        let text = "a\u{1F600}b\nüc";
        let lines = Utf16::of(text);
        assert_eq!(lines.position(5), Position { line: 0, character: 3 });
        for (at, _) in text.char_indices() {
            assert_eq!(lines.byte(lines.position(at)), at);
        }
        let old = Utf16::of("a\rb\r\nc");
        assert_eq!(old.position(2), Position { line: 1, character: 0 });
        assert_eq!(old.position(5), Position { line: 2, character: 0 });
        assert_eq!(old.byte(Position { line: 1, character: 9 }), 3);
        assert_eq!(lines.byte(Position { line: 9, character: 0 }), text.len());
    }
}
