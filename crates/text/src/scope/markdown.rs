//! Markdown: paragraphs, headings, items and cells; code, block quotes and raw HTML left out. Byte offsets come from the parser.

use crate::prose::{BlockKind, Builder, Comment, Link, Prose};
use finding::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads Markdown (CommonMark with tables, task lists, footnotes, strike-through and a head of settings).
pub(super) fn read(text: &str) -> Prose<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader {
        source: text,
        out: Builder::with_capacity(text.len()),
        items: 0,
        skip: 0,
        links: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.out.prose()
}

struct Reader<'a> {
    source: &'a str,
    out: Builder,
    items: usize,
    skip: usize,
    links: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(shown) if self.skip == 0 => self.text(&shown, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_)
                if self.skip == 0 =>
            {
                self.out.stand_in(range)
            }
            Event::SoftBreak | Event::HardBreak if self.skip == 0 => self.out.replace("\n", range),
            Event::Html(html) | Event::InlineHtml(html) => self.comment(&html, range),
            Event::Rule => self.out.end_block(self.kind()),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) | Tag::MetadataBlock(_) | Tag::CodeBlock(_) => {
                self.out.end_block(self.kind());
                self.skip += 1;
            }
            Tag::Item => {
                self.out.end_block(self.kind());
                self.items += 1;
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::List(_) => {
                self.out.end_block(self.kind())
            }
            Tag::Link { dest_url, .. } if self.skip == 0 => {
                self.links.push((self.out.text.len(), dest_url.to_string()))
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::MetadataBlock(_) | TagEnd::CodeBlock => {
                self.skip = self.skip.saturating_sub(1);
            }
            TagEnd::Item => {
                self.out.end_block(BlockKind::Item);
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::Heading(_) => self.out.end_block(BlockKind::Heading),
            TagEnd::TableCell => self.out.end_block(BlockKind::Cell),
            TagEnd::Paragraph => self.out.end_block(self.kind()),
            TagEnd::Link if self.skip == 0 => {
                if let Some((start, target)) = self.links.pop() {
                    self.out.links.push(Link { text: start..self.out.text.len(), target });
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, shown: &str, range: Range<usize>) {
        match self.source.get(range.clone()) {
            Some(source) if source == shown => self.out.copy(shown, range.start),
            _ => self.out.replace(shown, range),
        }
    }

    /// A comment begins in this line, and may end in a later one.
    fn comment(&mut self, html: &str, range: Range<usize>) {
        if html.trim_start().starts_with("<!--") {
            let rest = self.source.get(range.start..).unwrap_or(html);
            let length = rest.find("-->").map_or(html.trim_end().len(), |at| at + "-->".len());
            let inner = rest.get(..length).unwrap_or("").trim_start().trim_start_matches("<!--");
            let text = inner.trim_end_matches("-->").trim().to_string();
            self.out.comments.push(Comment { span: Span::new(range.start, range.start + length), text });
        }
    }

    fn kind(&self) -> BlockKind {
        if self.items > 0 { BlockKind::Item } else { BlockKind::Paragraph }
    }
}
