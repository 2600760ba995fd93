//! Curves over one axis: the chance of losing more than an amount, or the share still waiting as time goes by.

use crate::{
    Drawing,
    axis::{linear, percent, powers, short},
    svg::{self, WIDTH, at},
};

/// A chart of one to three curves whose heights are shares from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// Unique in its page; part of the identifiers inside.
    pub id: String,
    /// What it shows, in a few words.
    pub title: String,
    /// What there is to see in it, in a sentence or two.
    pub description: String,
    /// How to read it, in a sentence or two below it.
    pub reading: String,
    /// What lies along the bottom, with its unit.
    pub across: String,
    /// What goes up.
    pub upward: String,
    /// How the bottom is divided.
    pub scale: Scale,
    /// Whether a value holds until the next point (steps) instead of being joined to it.
    pub steps: bool,
    /// One to three curves.
    pub lines: Vec<Line>,
    /// What is accepted: drawn as a stepped limit.
    pub limits: Vec<Limit>,
}

/// How the axis along the bottom is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps from 0.
    Linear,
    /// Equal factors.
    Logarithmic,
}

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name, in the key below.
    pub label: String,
    /// Points, ascending along the bottom; heights 0 to 1.
    pub points: Vec<(f64, f64)>,
    /// What the simulation leaves open: (position, low, high).
    pub band: Vec<(f64, f64, f64)>,
    /// Positions whose values go into the table.
    pub readings: Vec<(String, f64, f64)>,
}

/// At `position`, a share of `height` is accepted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Where.
    pub position: f64,
    /// How much, 0 to 1.
    pub height: f64,
}

const LEFT: f64 = 46.0;
const RIGHT: f64 = 330.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 216.0;
const NAMES: [&str; 3] = ["one", "two", "three"];

impl Curves {
    /// Draws the chart.
    #[must_use]
    pub fn draw(&self) -> Drawing {
        let mut out = svg::open(&self.id, &self.title, &self.description, BOTTOM + 44.0);
        let positions = || {
            self.lines
                .iter()
                .flat_map(|line| line.points.iter().map(|p| p.0))
                .chain(self.limits.iter().map(|l| l.position))
        };
        let positive = || positions().filter(|x| *x > 0.0 && x.is_finite());
        let highest = positive().fold(0.0, f64::max);
        let lowest = positive().fold(f64::INFINITY, f64::min).min(highest);
        let (ticks, ends) = match self.scale {
            Scale::Linear => (linear(highest, 5.0), None),
            Scale::Logarithmic => powers(lowest, highest.max(1e-9)),
        };
        let (first, last) = match (ends, ticks.first(), ticks.last()) {
            (Some(ends), _, _) => ends,
            (None, Some(first), Some(last)) if last > first => (*first, *last),
            _ => (0.0, 1.0),
        };
        let logarithmic = self.scale == Scale::Logarithmic && first > 0.0;
        let x = |value: f64| {
            let share = if logarithmic {
                (value.max(first) / first).ln() / (last / first).ln()
            } else {
                (value - first) / (last - first)
            };
            LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
        };
        let y = |share: f64| BOTTOM - share.clamp(0.0, 1.0) * (BOTTOM - TOP);
        for tick in 0..=5 {
            let share = f64::from(tick) / 5.0;
            out.push_str(&format!(
                "<path class=\"grid\" d=\"M{} {}H{}\"/>",
                at(LEFT),
                at(y(share)),
                at(RIGHT)
            ));
            out.push_str(&svg::text(LEFT - 6.0, y(share) + 4.0, "end", &percent(share)));
        }
        for tick in &ticks {
            out.push_str(&format!(
                "<path class=\"grid\" d=\"M{} {}V{}\"/>",
                at(x(*tick)),
                at(TOP),
                at(BOTTOM + 4.0)
            ));
            let anchor = if *tick == last { "end" } else { "middle" };
            out.push_str(&svg::text(x(*tick), BOTTOM + 18.0, anchor, &short(*tick)));
        }
        out.push_str(&svg::text(4.0, 14.0, "start", &self.upward));
        out.push_str(&svg::text(RIGHT, BOTTOM + 36.0, "end", &self.across));
        for (line, name) in self.lines.iter().zip(NAMES) {
            if !line.band.is_empty() {
                let upper =
                    line.band.iter().map(|(at_x, _, high)| format!("{} {}", at(x(*at_x)), at(y(*high))));
                let lower =
                    line.band.iter().rev().map(|(at_x, low, _)| format!("{} {}", at(x(*at_x)), at(y(*low))));
                let path: Vec<String> = upper.chain(lower).collect();
                out.push_str(&format!("<path class=\"band\" d=\"M{}Z\"/>", path.join("L")));
            }
            out.push_str(&format!("<path class=\"line {name}\" d=\"{}\"/>", self.path(line, x, y)));
            for (place, (_, at_x, height)) in line.readings.iter().enumerate() {
                if place % 2 == 0 && *at_x > 0.0 {
                    out.push_str(&mark(name, x(*at_x), y(*height)));
                }
            }
        }
        if !self.limits.is_empty() {
            let mut path = String::new();
            for (place, limit) in self.limits.iter().enumerate() {
                let (across, up) = (at(x(limit.position)), at(y(limit.height)));
                path.push_str(&if place == 0 {
                    format!("M{} {up}H{across}", at(LEFT))
                } else {
                    format!("V{up}H{across}")
                });
            }
            out.push_str(&format!("<path class=\"line three\" d=\"{path}V{}\"/>", at(BOTTOM)));
        }
        out.push_str(&format!(
            "<path class=\"frame\" d=\"M{} {}V{}H{}\"/>",
            at(LEFT),
            at(TOP),
            at(BOTTOM),
            at(RIGHT)
        ));
        out.push_str("</svg>");
        Drawing { svg: out, table: self.table(), caption: svg::caption(&self.reading, &self.key()) }
    }

    fn key(&self) -> Vec<(String, &str)> {
        let line = |name: &str| format!("<path class=\"line {name}\" d=\"M0 8h34\"/>");
        let mut key: Vec<(String, &str)> = self
            .lines
            .iter()
            .zip(NAMES)
            .map(|(one, name)| (format!("{}{}", line(name), mark(name, 17.0, 8.0)), one.label.as_str()))
            .collect();
        if self.lines.iter().any(|one| !one.band.is_empty()) {
            key.push((
                "<path class=\"band\" d=\"M0 2h34v12h-34z\"/>".to_owned(),
                "what the simulation leaves open",
            ));
        }
        if !self.limits.is_empty() {
            key.push((line("three"), "what is accepted"));
        }
        key
    }

    fn path(&self, line: &Line, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> String {
        let mut path = String::new();
        for (place, (across, height)) in line.points.iter().enumerate() {
            let (across, height) = (at(x(*across)), at(y(*height)));
            path.push_str(&match (place, self.steps) {
                (0, _) => format!("M{across} {height}"),
                (_, true) => format!("H{across}V{height}"),
                (_, false) => format!("L{across} {height}"),
            });
        }
        path
    }

    fn table(&self) -> String {
        let mut headings = vec![self.across.as_str()];
        headings.extend(self.lines.iter().map(|line| line.label.as_str()));
        let readings = self.lines.first().map(|line| line.readings.as_slice()).unwrap_or(&[]);
        let rows: Vec<Vec<String>> = readings
            .iter()
            .enumerate()
            .map(|(place, (label, _, _))| {
                let cells = self
                    .lines
                    .iter()
                    .map(|line| line.readings.get(place).map_or(String::new(), |one| percent(one.2)));
                std::iter::once(label.clone()).chain(cells).collect()
            })
            .collect();
        let limits: Vec<Vec<String>> =
            self.limits.iter().map(|limit| vec![short(limit.position), percent(limit.height)]).collect();
        let mut html = svg::table(&format!("{}: {}", self.title, self.upward), &headings, &rows);
        if !limits.is_empty() {
            html.push_str(&svg::table("What is accepted", &[&self.across, &self.upward], &limits));
        }
        html
    }
}

/// A mark that differs by shape: circle, square, triangle.
fn mark(name: &str, x: f64, y: f64) -> String {
    let shape = match name {
        "one" => format!("<circle class=\"mark-one\" cx=\"{}\" cy=\"{}\" r=\"3.4\"/>", at(x), at(y)),
        "two" => format!("<path class=\"mark-two\" d=\"M{} {}h7v7h-7z\"/>", at(x - 3.5), at(y - 3.5)),
        _ => format!("<path class=\"mark-three\" d=\"M{} {}l4 7h-8z\"/>", at(x), at(y - 4.0)),
    };
    debug_assert!(x <= WIDTH, "marks lie inside the drawing");
    shape
}
