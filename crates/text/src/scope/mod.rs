//! From a document in some format to the prose a person reads. Code, quotations and markup are left out;
//! every byte of prose knows where it came from.

mod forms;
mod forwarded;
mod html;
mod mail;
mod markdown;
mod plain;

use crate::prose::Prose;
pub use mail::in_old_characters;

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

/// The prose of `text`, read as `format`, without somebody else's mail below it.
pub fn read(text: &str, format: Format) -> Prose<'_> {
    let mut prose = read_all(text, format);
    forwarded::leave_out(&mut prose);
    prose
}

/// The same, with a mail that stands below.
pub fn read_all(text: &str, format: Format) -> Prose<'_> {
    let mut prose = match format {
        Format::Plain => plain::read(text),
        Format::Markdown => markdown::read(text),
        Format::Html => html::read(text),
        Format::Mail => return mail::read(text),
    };
    forwarded::read_head(&mut prose);
    prose
}
