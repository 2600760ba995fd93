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
    /// What the lengths mean, with the unit.
    pub across: String,
    /// A line through all bars, such as the mean.
    pub middle: Option<f64>,
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

const LEFT: f64 = 12.0;
const RIGHT: f64 = 400.0;
const ROW: f64 = 44.0;

impl Bars {
    /// Draws the chart.
    #[must_use]
    pub fn draw(&self) -> Drawing {
        let bottom = 8.0 + ROW * self.bars.len() as f64;
        let mut out = svg::open(&self.id, &self.title, &self.description, bottom + 44.0);
        let id = svg::identifier(&self.id);
        let highest = self.bars.iter().map(|bar| bar.from.max(bar.to)).chain(self.middle).fold(0.0, f64::max);
        let ticks = linear(highest, 4.0);
        let end = ticks.last().copied().unwrap_or(1.0);
        let x = |value: f64| LEFT + (value / end).clamp(0.0, 1.0) * (RIGHT - LEFT);
        for tick in &ticks {
            out.push_str(&format!("<path class=\"grid\" d=\"M{} 4V{}\"/>", at(x(*tick)), at(bottom + 4.0)));
            let anchor = if *tick == end { "end" } else { "middle" };
            out.push_str(&svg::text(x(*tick), bottom + 18.0, anchor, &short(*tick)));
        }
        for (place, bar) in self.bars.iter().enumerate() {
            let top = 8.0 + ROW * place as f64;
            let (left, right) = (x(bar.from.min(bar.to)), x(bar.from.max(bar.to)));
            let hatch = if bar.to >= bar.from { 1 } else { 2 };
            let label = if bar.remark.is_empty() {
                bar.label.clone()
            } else {
                format!("{}: {}", bar.label, bar.remark)
            };
            out.push_str(&svg::text(LEFT, top + 13.0, "start", &svg::fit(&label, 62)));
            out.push_str(&format!(
                "<rect class=\"bar\" fill=\"url(#{id}-hatch-{hatch})\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\"/>",
                at(left),
                at(top + 19.0),
                at((right - left).max(1.0))
            ));
            if let Some(middle) = self.middle {
                out.push_str(&format!(
                    "<path class=\"frame\" d=\"M{} {}v22\"/>",
                    at(x(middle)),
                    at(top + 16.0)
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
        }
    }
}
