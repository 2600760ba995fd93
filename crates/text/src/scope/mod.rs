//! From a document in some format to the prose a person reads. Code, quotations and markup are left out;
//! every byte of prose knows where it came from.

mod forwarded;
mod html;
mod mail;
mod markdown;
mod plain;

use crate::prose::Prose;

/// How a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    #[default]
    Plain,
    Markdown,
    Html,
    /// An e-mail message with its headers (RFC 5322, MIME).
    Mail,
}

/// The prose of `text`, read as `format`.
pub fn read(text: &str, format: Format) -> Prose<'_> {
    let mut prose = match format {
        Format::Plain => plain::read(text),
        Format::Markdown => markdown::read(text),
        Format::Html => html::read(text),
        Format::Mail => mail::read(text),
    };
    if let Some(first) = forwarded::first_block(&prose) {
        prose.blocks.truncate(first);
    }
    prose
}
