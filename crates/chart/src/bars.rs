//! Bars from a low to a high value around a middle: what moves a number most, or what it is made of.

use crate::{
    Drawing,
    axis::{linear, short},
    svg::{self, at},
};

/// A chart of horizontal bars, one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Unique in its page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What there is to see in it.
    pub description: String,
    /// How to read it, in a sentence or two below it.
    pub reading: String,
    /// What a bar means that ends above its start, and one that ends below; empty where nothing need be said.
    pub rising: String,
    pub falling: String,
    /// What the lengths mean, with the unit.
    pub across: String,
    /// A line through all bars, such as the mean, and what it is.
    pub middle: Option<(f64, String)>,
    /// The bars, top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar, both ends at or above 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// A remark below the name; may be empty.
    pub remark: String,
    /// Where it starts.
    pub from: f64,
    /// Where it ends; may lie before its start.
    pub to: f64,
}

const LEFT: f64 = 6.0;
const RIGHT: f64 = 330.0;
const ROW: f64 = 44.0;
/// So many letters fit beside one another.
const FIT: usize = 46;

impl Bars {
    /// Draws the chart.
    #[must_use]
    pub fn draw(&self) -> Drawing {
        // The remark stands in a line of its own, in all bars, where it does not fit beside one of the names.
        let long = |bar: &Bar| bar.label.chars().count() + bar.remark.chars().count() + 2 > FIT;
        let two = self.bars.iter().any(|bar| !bar.remark.is_empty() && long(bar));
        let (row, bar_top) = if two { (ROW + 15.0, 34.0) } else { (ROW, 19.0) };
        let bottom = 8.0 + row * self.bars.len() as f64;
        let mut out = svg::open(&self.id, &self.title, &self.description, bottom + 44.0);
        let id = svg::identifier(&self.id);
        let highest = self
            .bars
            .iter()
            .map(|bar| bar.from.max(bar.to))
            .chain(self.middle.as_ref().map(|one| one.0))
            .fold(0.0, f64::max);
        let ticks = linear(highest, 4.0);
        let end = ticks.last().copied().unwrap_or(1.0);
        let x = |value: f64| LEFT + (value / end).clamp(0.0, 1.0) * (RIGHT - LEFT);
        for tick in &ticks {
            out.push_str(&format!("<path class=\"grid\" d=\"M{} 4V{}\"/>", at(x(*tick)), at(bottom + 4.0)));
            let anchor = if *tick == end { "end" } else { "middle" };
            out.push_str(&svg::text(x(*tick), bottom + 18.0, anchor, &short(*tick)));
        }
        for (place, bar) in self.bars.iter().enumerate() {
            let top = 8.0 + row * place as f64;
            let (left, right) = (x(bar.from.min(bar.to)), x(bar.from.max(bar.to)));
            let hatch = if bar.to >= bar.from { 1 } else { 2 };
            let label = match bar.remark.as_str() {
                remark if remark.is_empty() || two => bar.label.clone(),
                remark => format!("{}: {remark}", bar.label),
            };
            out.push_str(&svg::text(LEFT, top + 13.0, "start", &svg::fit(&label, FIT)));
            if two {
                out.push_str(&svg::text(LEFT, top + 28.0, "start", &svg::fit(&bar.remark, FIT)));
            }
            out.push_str(&format!(
                "<rect class=\"bar\" fill=\"url(#{id}-hatch-{hatch})\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\"/>",
                at(left),
                at(top + bar_top),
                at((right - left).max(1.0))
            ));
            if let Some((middle, _)) = self.middle {
                out.push_str(&format!(
                    "<path class=\"frame\" d=\"M{} {}v22\"/>",
                    at(x(middle)),
                    at(top + bar_top - 3.0)
                ));
            }
        }

        out.push_str(&svg::text(RIGHT, bottom + 36.0, "end", &self.across));
        out.push_str("</svg>");
        let rows: Vec<Vec<String>> = self
            .bars
            .iter()
            .map(|bar| vec![bar.label.clone(), bar.remark.clone(), short(bar.from), short(bar.to)])
            .collect();
        Drawing {
            svg: out,
            table: svg::table(
                &format!("{} ({})", self.title, self.across),
                &["What", "Remark", "From", "To"],
                &rows,
            ),
            caption: svg::caption(&self.reading, &self.key(&id)),
        }
    }

    fn key(&self, id: &str) -> Vec<(String, &str)> {
        let bar = |hatch: u8| {
            format!(
                "<rect class=\"bar\" fill=\"url(#{id}-hatch-{hatch})\" x=\"1\" y=\"2\" width=\"32\" height=\"12\"/>"
            )
        };
        let rises = |bar: &&Bar| bar.to >= bar.from;
        let mut key = Vec::new();
        if !self.rising.is_empty() && self.bars.iter().any(|bar| rises(&bar)) {
            key.push((bar(1), self.rising.as_str()));
        }
        if !self.falling.is_empty() && self.bars.iter().any(|bar| !rises(&bar)) {
            key.push((bar(2), self.falling.as_str()));
        }
        if let Some((_, name)) = &self.middle {
            key.push(("<path class=\"frame\" d=\"M17 0v16\"/>".to_owned(), name.as_str()));
        }
        key
    }
}
