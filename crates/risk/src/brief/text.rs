//! The brief for a terminal: plain characters, nothing that needs colour.

use super::{Brief, Engine};

const WIDTH: usize = 60;
const HEIGHT: usize = 10;

/// Writes the brief as text, about 80 columns wide.
#[must_use]
pub fn text(brief: &Brief) -> String {
    let mut out = format!("{}\n\n{}\n\n", brief.title, brief.sentence());
    out.push_str(&curve(brief));
    out.push('\n');
    for (label, value) in brief.five() {
        out.push_str(&format!("  {label:<34}{value:>20}\n"));
    }
    if !brief.tolerance.is_empty() {
        out.push_str("\nWhat is accepted\n");
        for (point, chance) in &brief.tolerance {
            let verdict = if *chance <= point.chance { "within" } else { "above" };
            out.push_str(&format!(
                "  more than {:<16} accepted {:>6}, now {:>6}: {verdict}\n",
                brief.money(point.loss),
                chart::percent(point.chance),
                chart::percent(*chance)
            ));
        }
    }
    if !brief.swings.is_empty() {
        out.push_str("\nWhat matters most: the average year if this were low, and if it were high\n");
        let rows: Vec<(String, (f64, f64))> = brief
            .swings
            .iter()
            .take(3)
            .map(|(scenario, swing)| (super::whose(brief, scenario, &swing.factor), swing.losses))
            .collect();
        let width = column(rows.iter().map(|(name, _)| name));
        for (name, (low, high)) in rows {
            out.push_str(&format!(
                "  {name:<width$}{:>16}  to {:>16}\n",
                brief.money(low),
                brief.money(high)
            ));
        }
    }
    for (scenario, one) in &brief.comparisons {
        let whose = if brief.parts.len() > 1 { format!(" ({scenario})") } else { String::new() };
        out.push_str(&format!("\nWhat if: {}{whose}\n", one.change.name));
        if let Some((now, then)) = one.report_in_time {
            out.push_str(&format!(
                "  someone reports in time in {} of cases, then {}\n",
                chart::percent(now),
                chart::percent(then)
            ));
        }
        out.push_str(&format!(
            "  saves about {} a year (9 in 10: {} to {})\n",
            brief.money(one.saving),
            brief.money(one.long_run.low),
            brief.money(one.long_run.high)
        ));
        out.push_str(&format!(
            "  costs {}; pays with a chance of {}; breaks even at {} a year\n",
            brief.money(one.change.yearly_cost),
            chart::percent(one.chance_it_pays),
            brief.money(one.break_even)
        ));
    }
    let worth: Vec<_> = brief.worths.iter().filter(|(_, _, worth)| worth.value > 0.5).take(3).collect();
    if !worth.is_empty() {
        out.push_str("\nMeasure this next: what knowing it exactly would be worth a year\n");
        let rows: Vec<(String, f64, &String)> = worth
            .into_iter()
            .map(|(scenario, change, worth)| {
                (super::whose(brief, scenario, &worth.factor), worth.value, change)
            })
            .collect();
        let width = column(rows.iter().map(|(name, _, _)| name));
        for (name, value, change) in rows {
            out.push_str(&format!(
                "  {name:<width$}{:>16}  for deciding on \"{change}\"\n",
                brief.money(value)
            ));
        }
    }
    if !brief.unknown.is_empty() {
        out.push_str("\nEstimates without stated evidence (add `because`):\n");
        for line in super::without_evidence(brief, super::factor_words) {
            out.push_str(&format!("  {line}\n"));
        }
    }
    if let Some(product) = brief.product_once_in_20 {
        out.push_str(&format!(
            "\nThe product model (rate times one loss) would say {} for one year in 20 and know no year\nwithout loss; it is shown only for comparison.\n",
            brief.money(product)
        ));
    }
    let how = match brief.engine {
        Engine::Exact => "Computed exactly, checked against",
        Engine::Simulated => "From",
    };
    out.push_str(&format!(
        "\n{how} {} simulated years, seed {}.\n",
        super::grouped(brief.years as f64),
        brief.seed
    ));
    out
}

/// How wide a column of names has to be.
fn column<'a>(names: impl Iterator<Item = &'a String>) -> usize {
    names.map(|name| name.chars().count() + 2).max().unwrap_or(0).max(34)
}

/// The loss exceedance curve in characters.
fn curve(brief: &Brief) -> String {
    let top = brief.curve.quantile(0.999).max(brief.curve.mean);
    if top <= 0.0 {
        return "  No loss in any year.\n".to_owned();
    }
    let first = (brief.curve.quantile(brief.curve.none + 0.02 * (1.0 - brief.curve.none))).max(top / 1e4);
    let amount = |column: usize| first * (top / first).powf(column as f64 / (WIDTH - 1) as f64);
    let chances: Vec<f64> = (0..WIDTH).map(|column| brief.curve.exceedance(amount(column))).collect();
    let highest = (chances.iter().copied().fold(0.0, f64::max) * 10.0).ceil() / 10.0;
    let blocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let mut out = "  Chance of losing more in a year\n".to_owned();
    for row in (0..HEIGHT).rev() {
        let label = if (HEIGHT - 1 - row).is_multiple_of(3) {
            chart::percent(highest * (row + 1) as f64 / HEIGHT as f64)
        } else {
            String::new()
        };
        let line: String = chances
            .iter()
            .map(|chance| {
                let filled = chance / highest * HEIGHT as f64 - row as f64;
                blocks.get((filled.clamp(0.0, 1.0) * 8.0).round() as usize).copied().unwrap_or(' ')
            })
            .collect();
        out.push_str(&format!("  {label:>7} │{}\n", line.trim_end()));
    }
    out.push_str(&format!("  {:>7} └{}\n", "0 %", "─".repeat(WIDTH)));
    let marks: String =
        [0, 20, 40].iter().map(|column| format!("{:<20}", chart::short(amount(*column)))).collect();
    out.push_str(&format!("  {:>8}{marks}{} {}\n", "", chart::short(top), brief.currency));
    out
}
