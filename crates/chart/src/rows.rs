//! Points with their intervals, one below the other: options compared, teams compared, before and after.

use crate::{
    Drawing,
    axis::{linear, short},
    svg::{self, at},
};

/// A chart of points with intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Unique in its page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What there is to see in it.
    pub description: String,
    /// How to read it, in a sentence or two below it.
    pub reading: String,
    /// What a dot with its line means, and what there is to compare it with.
    pub interval: String,
    pub against: String,
    /// What the positions mean, with the unit.
    pub across: String,
    /// The rows, top to bottom.
    pub rows: Vec<Row>,
}

/// One point with its interval; `low <= middle <= high`, 0 or above.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name.
    pub label: String,
    /// The value.
    pub middle: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Something to compare with, such as a cost: drawn as a cross-stroke.
    pub against: Option<f64>,
}

const LEFT: f64 = 6.0;
const RIGHT: f64 = 330.0;
const ROW: f64 = 42.0;

impl Rows {
    /// Draws the chart.
    #[must_use]
    pub fn draw(&self) -> Drawing {
        let bottom = 8.0 + ROW * self.rows.len() as f64;
        let mut out = svg::open(&self.id, &self.title, &self.description, bottom + 44.0);
        let highest = self
            .rows
            .iter()
            .flat_map(|row| [row.high, row.middle, row.against.unwrap_or(0.0)])
            .fold(0.0, f64::max);
        let ticks = linear(highest, 4.0);
        let end = ticks.last().copied().unwrap_or(1.0);
        let x = |value: f64| LEFT + (value / end).clamp(0.0, 1.0) * (RIGHT - LEFT);
        for tick in &ticks {
            out.push_str(&format!("<path class=\"grid\" d=\"M{} 4V{}\"/>", at(x(*tick)), at(bottom + 4.0)));
            let anchor = if *tick == end { "end" } else { "middle" };
            out.push_str(&svg::text(x(*tick), bottom + 18.0, anchor, &short(*tick)));
        }
        for (place, row) in self.rows.iter().enumerate() {
            let top = 8.0 + ROW * place as f64;
            let middle = top + 26.0;
            out.push_str(&svg::text(LEFT, top + 13.0, "start", &svg::fit(&row.label, 46)));
            out.push_str(&format!(
                "<path class=\"line one\" d=\"M{} {y}H{}M{} {}v10M{} {}v10\"/><circle class=\"mark-one\" cx=\"{}\" cy=\"{y}\" r=\"4.5\"/>",
                at(x(row.low)), at(x(row.high)), at(x(row.low)), at(middle - 5.0), at(x(row.high)), at(middle - 5.0), at(x(row.middle)),
                y = at(middle)
            ));
            if let Some(against) = row.against {
                out.push_str(&format!(
                    "<path class=\"line two\" d=\"M{} {}v18\"/>",
                    at(x(against)),
                    at(middle - 9.0)
                ));
                out.push_str(&format!(
                    "<path class=\"mark-two\" d=\"M{} {}h7v7h-7z\"/>",
                    at(x(against) - 3.5),
                    at(middle - 3.5)
                ));
            }
        }
        out.push_str(&svg::text(RIGHT, bottom + 36.0, "end", &self.across));
        out.push_str("</svg>");
        let against = self.rows.iter().any(|row| row.against.is_some());
        let rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| {
                let mut cells = vec![row.label.clone(), short(row.middle), short(row.low), short(row.high)];
                if against {
                    cells.push(row.against.map_or(String::new(), short));
                }
                cells
            })
            .collect();
        let mut headings = vec!["What", "Expected", "Low", "High"];
        if against {
            headings.push("Cost");
        }
        Drawing {
            svg: out,
            table: svg::table(&format!("{} ({})", self.title, self.across), &headings, &rows),
            caption: svg::caption(&self.reading, &self.key(against)),
        }
    }

    fn key(&self, against: bool) -> Vec<(String, &str)> {
        let interval = "<path class=\"line one\" d=\"M2 8H32M2 3v10M32 3v10\"/><circle class=\"mark-one\" cx=\"17\" cy=\"8\" r=\"4.5\"/>";
        let square = "<path class=\"mark-two\" d=\"M13.5 4.5h7v7h-7z\"/>";
        let mut key = vec![(interval.to_owned(), self.interval.as_str())];
        if against {
            key.push((square.to_owned(), self.against.as_str()));
        }
        key
    }
}
