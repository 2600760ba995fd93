//! The readable part of a document, with the way back: which bytes of the original every byte of prose came from.

use finding::Span;
use std::borrow::Cow;
use std::ops::Range;

/// What a person reads of a document: its prose, cut into blocks.
#[derive(Clone, Debug, Default)]
pub struct Prose<'a> {
    /// The text to read. Code and pictures are one stand-in character, [`crate::word::STAND_IN`].
    pub text: Cow<'a, str>,
    /// Paragraphs, headings, list items, in reading order; they do not overlap.
    pub blocks: Vec<Block>,
    /// Links with a readable text.
    pub links: Vec<Link>,
    /// Comments of the original (Markdown, HTML) or of a line (`# …`): where they stand and what they say.
    pub comments: Vec<Comment>,
    /// How many words were left out because they are somebody else's mail below.
    pub left_out: usize,
    /// The first block below a line that says that another mail begins.
    pub(crate) announced: Option<usize>,
    /// From prose back to the original; empty where both are the same.
    pub(crate) pieces: Vec<Piece>,
}

/// A stretch of prose that is read on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub range: Range<usize>,
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    Paragraph,
    Heading,
    Item,
    Cell,
    /// The subject line of a mail.
    Subject,
    /// Below the line `-- ` of a mail.
    Signature,
    /// A button, a label, an alternative text: words that stand alone.
    Label,
}

/// A link: its readable text in the prose, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub text: Range<usize>,
    pub target: String,
}

/// A comment of the original document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands in the original.
    pub span: Span,
    pub text: String,
}

/// A stretch of prose and the stretch of the original it came from. Of equal length, they correspond byte by byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub prose: usize,
    pub prose_len: usize,
    pub original: usize,
    pub original_len: usize,
}

impl Prose<'_> {
    /// The bytes of the original that `range` of the prose came from.
    pub fn original(&self, range: Range<usize>) -> Span {
        let start = self.original_at(range.start).0;
        let end = if range.end > range.start { self.original_at(range.end - 1).1 } else { start };
        Span::new(start, end.max(start))
    }

    /// The bytes of the original behind one byte of prose: for a copied byte that byte, for a replaced one the whole replaced part.
    fn original_at(&self, at: usize) -> (usize, usize) {
        let after = self.pieces.partition_point(|piece| piece.prose <= at);
        let Some(piece) = after.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return (at, at + 1);
        };
        if piece.prose_len == piece.original_len {
            let offset = (at - piece.prose).min(piece.prose_len);
            (piece.original + offset, piece.original + (offset + 1).min(piece.original_len))
        } else {
            (piece.original, piece.original + piece.original_len)
        }
    }

    /// The same prose cut into other blocks, which lie in its own.
    pub fn only(&self, blocks: Vec<Block>) -> Prose<'_> {
        Prose { text: Cow::Borrowed(&self.text), blocks, pieces: self.pieces.clone(), ..Prose::default() }
    }

    /// The same prose, when the text it was read from was itself read from a larger original through `outer`.
    pub(crate) fn through(mut self, outer: &Prose<'_>) -> Self {
        if self.pieces.is_empty() {
            self.pieces.push(Piece {
                prose: 0,
                prose_len: self.text.len(),
                original: 0,
                original_len: self.text.len(),
            });
        }
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            if piece.prose_len != piece.original_len {
                let span = outer.original(piece.original..piece.original + piece.original_len);
                pieces.push(Piece { original: span.start, original_len: span.len(), ..*piece });
                continue;
            }
            let mut done = 0;
            while done < piece.prose_len {
                let inner = piece.original + done;
                let left = piece.prose_len - done;
                let index = outer.pieces.partition_point(|outer| outer.prose <= inner);
                let Some(under) = index.checked_sub(1).and_then(|index| outer.pieces.get(index)) else {
                    pieces.push(Piece {
                        prose: piece.prose + done,
                        prose_len: left,
                        original: inner,
                        original_len: left,
                    });
                    break;
                };
                let offset = inner - under.prose;
                let length = left.min(under.prose_len.saturating_sub(offset)).max(1);
                let (original, original_len) = if under.prose_len == under.original_len {
                    (under.original + offset.min(under.original_len), length)
                } else {
                    (under.original, under.original_len)
                };
                pieces.push(Piece { prose: piece.prose + done, prose_len: length, original, original_len });
                done += length;
            }
        }
        self.pieces = pieces;
        for comment in &mut self.comments {
            comment.span = outer.original(comment.span.start..comment.span.end);
        }
        self
    }
}

/// Builds prose piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub text: String,
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub comments: Vec<Comment>,
    pieces: Vec<Piece>,
    block_start: usize,
}

impl Builder {
    pub fn with_capacity(bytes: usize) -> Builder {
        Builder { text: String::with_capacity(bytes), ..Builder::default() }
    }

    /// Adds a part of the original that reads as it stands.
    pub fn copy(&mut self, part: &str, original: usize) {
        self.piece(part.len(), original, part.len());
        self.text.push_str(part);
    }

    /// Adds `shown` where the original has `original`.
    pub fn replace(&mut self, shown: &str, original: Range<usize>) {
        if !shown.is_empty() {
            self.piece(shown.len(), original.start, original.len());
            self.text.push_str(shown);
        }
    }

    /// Adds the stand-in character for something that is not prose.
    pub fn stand_in(&mut self, original: Range<usize>) {
        self.replace(crate::word::STAND_IN.encode_utf8(&mut [0; 4]), original);
    }

    fn piece(&mut self, prose_len: usize, original: usize, original_len: usize) {
        if prose_len == original_len
            && let Some(last) = self.pieces.last_mut()
            && last.prose_len == last.original_len
            && last.original + last.original_len == original
            && last.prose + last.prose_len == self.text.len()
        {
            last.prose_len += prose_len;
            last.original_len += prose_len;
            return;
        }
        self.pieces.push(Piece { prose: self.text.len(), prose_len, original, original_len });
    }

    /// Ends the current block, if it holds anything but white space, and begins the next one.
    pub fn end_block(&mut self, kind: BlockKind) {
        let range = self.block_start..self.text.len();
        if self.text.get(range.clone()).is_some_and(|text| !text.trim().is_empty()) {
            self.blocks.push(Block { range, kind });
            self.text.push('\n');
        }
        self.block_start = self.text.len();
    }

    pub fn prose(mut self) -> Prose<'static> {
        self.end_block(BlockKind::Paragraph);
        if self.pieces.is_empty() {
            self.pieces.push(Piece { prose: 0, prose_len: 0, original: 0, original_len: 0 });
        }
        Prose {
            text: Cow::Owned(self.text),
            blocks: self.blocks,
            links: self.links,
            comments: self.comments,
            pieces: self.pieces,
            ..Prose::default()
        }
    }
}
