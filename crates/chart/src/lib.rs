//! Tables and curves in, accessible SVG and the same numbers as an HTML table out.
//!
//! Every drawing has a title and a description, tells its parts apart by dash, mark and hatching as well as by colour,
//! carries its numbers as a table, and is the same bytes for the same input. It accepts only numbers that may be shown:
//! what must stay hidden has to be left out before it comes here. Colours come from [`STYLE`], which follows light and
//! dark and prints in black.

mod axis;
mod bars;
mod curves;
mod rows;
mod svg;

pub use axis::{percent, short};
pub use bars::{Bar, Bars};
pub use curves::{Curves, Limit, Line, Scale};
pub use rows::{Row, Rows};

/// A chart ready to be put into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// One `<svg>` element, to be placed inline; it uses the classes of [`STYLE`].
    pub svg: String,
    /// A `<table>` with the same numbers, in a region of its own that scrolls on a narrow screen.
    pub table: String,
    /// How to read it, in a sentence, and what each mark means.
    pub caption: String,
}

impl Drawing {
    /// The drawing as a figure with its numbers folded away below it.
    #[must_use]
    pub fn figure(&self) -> String {
        format!(
            "<figure class=\"chart\">{}<figcaption>{}</figcaption><details><summary>The numbers as a table</summary>{}</details></figure>",
            self.svg, self.caption, self.table
        )
    }
}

/// The style sheet of all charts: put it into the page once.
pub const STYLE: &str = include_str!("chart.css");

#[cfg(test)]
mod tests;
