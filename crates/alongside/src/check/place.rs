//! Byte offsets to lines and columns, the way people and editors count.

use crate::say::visible;
use std::cell::Cell;

/// Some editors begin a file with this mark, and no person counts it.
const MARK: char = '\u{feff}';

/// Where the lines of a text begin.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The last place that was asked for: the start of its line, its offset, the characters between. Places come in order, so
    /// counting goes on from there and a text without line ends is not counted anew for each.
    last: Cell<(usize, usize, usize)>,
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
        let starts = std::iter::once(0).chain(breaks).collect();
        Lines { text, starts, last: Cell::new((0, 0, 0)) }
    }

    pub fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        let (last_start, last_at, counted) = self.last.get();
        let (from, counted) =
            if last_start == start && last_at <= at { (last_at, counted) } else { (start, 0) };
        let between = self.text.get(from..at).unwrap_or("");
        let marks = if from == start { between.chars().take_while(|one| *one == MARK).count() } else { 0 };
        let counted = counted + between.chars().count() - marks;
        self.last.set((start, at, counted));
        Place { line: line.max(1), column: counted + 1 }
    }

    /// The words around a place, on its own line: at most `before` characters before it, `most` from there on, whole words where
    /// they fit, and `…` where something is left out. Says how many characters stand before, dots included.
    pub fn around(&self, at: usize, before: usize, most: usize) -> (String, usize) {
        let head = self.text.get(..at).unwrap_or("");
        let mut lead: Vec<char> =
            head.chars().rev().take_while(|one| *one != '\n').take(before + 1).collect();
        let mut dots = "";
        if lead.len() > before {
            let space = lead.iter().rposition(|one| one.is_whitespace());
            lead.truncate(space.unwrap_or(before));
            dots = if space.is_some() { "… " } else { "…" };
        }
        let lead = lead.into_iter().rev().filter(|one| *one != MARK);
        let shown: String = dots.chars().chain(lead).collect();
        let before = shown.chars().count();
        let tail = self.text.get(at..).unwrap_or("").chars().take_while(|one| *one != '\n');
        let mut tail: Vec<char> = tail.take(most + 1).collect();
        if tail.last() == Some(&'\r') {
            tail.pop();
        }
        let mut dots = "";
        if tail.len() > most {
            let space = tail.iter().rposition(|one| one.is_whitespace()).filter(|at| *at > 0);
            tail.truncate(space.unwrap_or(most));
            dots = if space.is_some() { " …" } else { "…" };
        }
        let shown = shown + &tail.iter().collect::<String>() + dots;
        (shown.chars().map(visible).collect(), before)
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
        assert_eq!(lines.place(3), Place { line: 1, column: 3 }, "backwards too");
        let marked = Lines::of("\u{feff}für");
        assert_eq!(marked.place(4).column, 2);
        assert_eq!(marked.place(6).column, 3);
    }

    #[test]
    fn the_words_around_a_place_stay_on_their_line_and_are_bounded() {
        let lines = Lines::of("one\n\u{feff}two three\tfour\u{1b}[31m\r\nfive");
        assert_eq!(lines.around(11, 40, 100), ("two three four\u{fffd}[31m".into(), 4));
        assert_eq!(lines.around(11, 2, 5), ("… three …".into(), 2));
        assert_eq!(lines.around(12, 3, 3), ("… thre…".into(), 3), "a word that does not fit is cut");
        assert_eq!(Lines::of("one two\r\n").around(0, 9, 7), ("one two".into(), 0), "nothing is left out");
        assert_eq!(Lines::of("a").around(9, 1, 1), (String::new(), 0));
    }
}
