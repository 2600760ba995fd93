//! Markdown: paragraphs, headings, items and cells; blocks of HTML as HTML; of the settings at the top, what a reader sees. Code and
//! block quotes are left out. Byte offsets come from the parser.

use super::html;
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
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader {
        source: text,
        out: Builder::with_capacity(text.len()),
        items: 0,
        skip: 0,
        in_html: false,
        links: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.out.prose()
}

/// Settings that a reader sees.
const SHOWN: [&str; 5] = ["title", "subject", "description", "summary", "preheader"];

struct Reader<'a> {
    source: &'a str,
    out: Builder,
    items: usize,
    skip: usize,
    in_html: bool,
    links: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) if self.skip == 0 => {
                self.out.end_block(self.kind());
                html::read_part(self.source, range, &mut self.out);
                self.in_html = true;
            }
            Event::End(TagEnd::HtmlBlock) => self.in_html = false,
            Event::Html(_) | Event::InlineHtml(_) if self.in_html => {}
            Event::Start(Tag::MetadataBlock(_)) => {
                self.settings(range);
                self.skip += 1;
            }
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
            Tag::BlockQuote(_) | Tag::CodeBlock(_) => {
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

    /// The settings at the top of a page: its title and what lists of pages show of it.
    fn settings(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let mut below = false;
        for line in self.source.get(range).unwrap_or("").split_inclusive('\n') {
            let begin = at;
            at += line.len();
            if line.starts_with([' ', '\t']) {
                if below {
                    let text = line.trim_start();
                    self.out.copy(text, begin + line.len() - text.len());
                }
                continue;
            }
            if below {
                self.out.end_block(BlockKind::Heading);
            }
            let Some((name, value)) = line.split_once([':', '=']) else { continue };
            below = SHOWN.iter().any(|shown| name.trim().eq_ignore_ascii_case(shown));
            if !below {
                continue;
            }
            let offset = begin + name.len() + 1;
            let plain = value.trim();
            let start = offset + value.len() - value.trim_start().len();
            let quoted =
                ['"', '\''].iter().find_map(|quote| plain.strip_prefix(*quote)?.strip_suffix(*quote));
            match quoted {
                Some(inner) => self.out.copy(inner, start + 1),
                // The value stands in the lines below.
                None if plain.starts_with(['|', '>', '"', '\'']) => {}
                None => self.out.copy(plain.split(" #").next().unwrap_or(plain), start),
            }
        }
        self.out.end_block(if below { BlockKind::Heading } else { self.kind() });
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

#[cfg(test)]
mod tests {
    #[test]
    fn blocks_of_html_and_the_title_at_the_top_are_read_and_code_is_not() {
        let text = "---\ntitle: \"Your fault\"\ndate: 2026-07-06\ndescription: >\n  You should have\n  known better.\ntags: [a b c]\n---\n\n\
            # Notes\n\n<details>\n<summary>Whose fault</summary>\n<p>It was <b>you</b>.</p>\n<pre>your code</pre>\n</details>\n\n\
            <!-- a note -->\nPlain words.\n\n```html\n<p>Sample one</p>\n```\n\n    <p>Sample two</p>\n\n> <p>Somebody else</p>\n\n\
            <script>\nlet a = 1;\n</script>\n";
        let prose = super::read(text);
        let words = |span: std::ops::Range<usize>| {
            prose.text.get(span).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let blocks: Vec<String> = prose.blocks.iter().map(|block| words(block.range.clone())).collect();
        assert_eq!(
            blocks,
            [
                "Your fault",
                "You should have known better.",
                "Notes",
                "Whose fault",
                "It was you.",
                "Plain words."
            ]
        );
        assert_eq!(prose.comments.len(), 1);
        assert_eq!(prose.comments[0].span.of(text), Some("<!-- a note -->"));
        let last = prose.blocks.iter().find(|block| words(block.range.clone()) == "It was you.").unwrap();
        assert!(prose.original(last.range.clone()).of(text).unwrap().contains("It was <b>you</b>."));
    }
}
