//! Plain text: paragraphs at blank lines, list items, quoted lines (`>`) and forwarded messages left out.

use crate::prose::{Block, BlockKind, Comment, Prose};
use finding::Span;
use std::borrow::Cow;

/// Reads plain text. The prose is the text itself; only the blocks say what is read.
pub(super) fn read(text: &str) -> Prose<'_> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut comments = Vec::new();
    let mut open: Option<Block> = None;
    let mut signature = false;
    let mut announced = None;
    let mut at = 0;
    // Where the line before begins.
    let mut last = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let end = start + line.trim_end().len();
        let trimmed = line.trim();
        if let Some(comment) = comment_in(trimmed) {
            comments.push(Comment { span: Span::new(start, end), text: comment.to_string() });
            blocks.extend(open.take());
            continue;
        }
        if trimmed.starts_with('|') && trimmed.ends_with('|') && trimmed.matches('|').count() > 2 {
            blocks.extend(open.take());
            blocks.extend(cells_of(line, start));
            continue;
        }
        let quoted = trimmed.starts_with('>') && !trimmed.ends_with("<<");
        if trimmed.is_empty() || quoted || trimmed.starts_with('|') && line.starts_with('|') {
            blocks.extend(open.take());
            continue;
        }
        if begins_forwarded(trimmed) {
            blocks.extend(open.take());
            announced = announced.or(Some(blocks.len()));
            continue;
        }
        if line.trim_end_matches(['\r', '\n']) == "-- " {
            blocks.extend(open.take());
            signature = true;
            continue;
        }
        let marker = item_marker(trimmed);
        let kind = match (signature, marker > 0) {
            (true, _) => BlockKind::Signature,
            (false, true) => BlockKind::Item,
            (false, false) => BlockKind::Paragraph,
        };
        let begin = start + (line.len() - line.trim_start().len()) + marker;
        if begin >= end {
            blocks.extend(open.take());
            continue;
        }
        match &mut open {
            Some(block)
                if marker == 0
                    && (block.kind != BlockKind::Paragraph
                        || !is_under_a_title(text.get(last..).unwrap_or(""), trimmed)) =>
            {
                block.range.end = end;
            }
            _ => {
                blocks.extend(open.take());
                open = Some(Block { range: begin..end, kind });
            }
        }
        last = start;
    }
    blocks.extend(open);
    Prose { text: Cow::Borrowed(text), blocks, comments, announced, ..Prose::default() }
}

/// The cells of a table row, `| one | two |`.
fn cells_of(line: &str, start: usize) -> Vec<Block> {
    let mut cells = Vec::new();
    let mut at = start;
    for part in line.split('|') {
        let lead = part.len() - part.trim_start().len();
        let shown = part.trim();
        if shown.bytes().any(|byte| byte.is_ascii_alphanumeric()) || !shown.is_ascii() {
            cells.push(Block { range: at + lead..at + lead + shown.len(), kind: BlockKind::Cell });
        }
        at += part.len() + 1;
    }
    cells
}

/// Whether the line before, at the beginning of `before`, is a title over this one: it has no mark at its end and ends far before `line` does, where the
/// next word would have had room.
fn is_under_a_title(before: &str, line: &str) -> bool {
    let before = before.lines().next().unwrap_or("").trim();
    if !line.starts_with(char::is_uppercase)
        || before.ends_with(['.', '!', '?', ':', ',', ';', '-', '\u{2013}'])
    {
        return false;
    }
    let word = line.split_whitespace().next().map_or(0, str::len);
    (before.len() + 1 + word) * 5 < line.len() * 3
}

/// The bytes of a list marker such as `- `, `* `, `1. `, `2) `, `a) ` or `(iv) ` at the beginning of a line.
pub(super) fn item_marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let bytes = line.as_bytes();
    if (1..=3).contains(&digits)
        && matches!(bytes.get(digits), Some(b'.' | b')'))
        && bytes.get(digits + 1).is_some_and(u8::is_ascii_whitespace)
    {
        return digits + 2;
    }
    let open = usize::from(line.starts_with('('));
    let letters =
        bytes.iter().skip(open).take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let letters = letters.count();
    if (1..=4).contains(&letters)
        && (letters == 1 || open == 1 || bytes.iter().take(letters).all(|byte| b"ivx".contains(byte)))
        && bytes.get(open + letters) == Some(&b')')
        && bytes.get(open + letters + 1).is_some_and(u8::is_ascii_whitespace)
    {
        return open + letters + 2;
    }
    for bullet in ["- ", "* ", "+ ", "• ", "– ", "[ ] ", "[x] "] {
        if line.starts_with(bullet) {
            return bullet.len();
        }
    }
    0
}

/// Lines below which somebody else's mail stands.
fn begins_forwarded(line: &str) -> bool {
    if !line.starts_with(['-', 'B']) {
        return false;
    }
    let lower = line.trim_matches(['-', '_', ' ', '>']).to_ascii_lowercase();
    line.starts_with("--")
        && matches!(
            lower.as_str(),
            "original message"
                | "forwarded message"
                | "urspr\u{fc}ngliche nachricht"
                | "weitergeleitete nachricht"
        )
        || line.starts_with("Begin forwarded message:")
}

/// A comment that may hold a note to this program: `# alongside: …`, `// alongside: …`, `<!-- alongside: … -->`.
fn comment_in(line: &str) -> Option<&str> {
    let at = line.find("alongside:")?;
    let before = line.get(..at)?.trim();
    if !matches!(before, "#" | "//" | "<!--" | "/*" | "--" | ";" | "{#" | "") {
        return None;
    }
    Some(line.get(at..)?.trim_end_matches("-->").trim_end_matches("*/").trim_end_matches("#}").trim())
}

#[cfg(test)]
mod tests {
    use super::read;

    /// The blocks of a text, as they stand in it.
    fn blocks(text: &str) -> Vec<&str> {
        read(text).blocks.iter().filter_map(|block| text.get(block.range.clone())).collect()
    }

    #[test]
    fn a_title_over_a_paragraph_is_a_block_of_its_own() {
        let text =
            "New gates\nThe gates of the north yard were moved to the other side of the road in spring.";
        assert_eq!(blocks(text).first(), Some(&"New gates"));
        let wrapped = "The gates of the north yard were moved to the other side of the road, and Lena\nMoser has the keys.";
        assert_eq!(blocks(wrapped), [wrapped]);
        let closing = "Kind regards\nLena Moser\nNorth yard";
        assert_eq!(blocks(closing), [closing]);
    }
}
