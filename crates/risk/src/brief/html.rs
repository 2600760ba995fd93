//! The brief as one self-contained page that prints well: no script, nothing fetched.

use chart::{Bar, Bars, Curves, Limit, Line, Row, Rows, Scale};

use super::{Brief, Engine, grouped, plain_words, two_digits};
use crate::scenario::{Form, Unit};

/// Writes the brief as a page.
#[must_use]
pub fn html(brief: &Brief) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
<title>{title}: brief</title><style>{charts}{page}</style></head><body><main><h1>{title}</h1><p class=\"lead\">{sentence}</p>",
        title = escape(&brief.title),
        page = include_str!("brief.css"),
        charts = chart::STYLE,
        sentence = escape(&brief.sentence())
    );
    for part in &brief.parts {
        if !part.story.is_empty() {
            out.push_str(&format!(
                "<p>{}{}</p>",
                if brief.parts.len() > 1 {
                    format!("<b>{}.</b> ", escape(&part.name))
                } else {
                    String::new()
                },
                escape(&part.story)
            ));
        }
    }
    out.push_str("<dl class=\"numbers\">");
    for (label, value) in brief.five() {
        out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(label), escape(&value)));
    }
    out.push_str("</dl>");
    out.push_str(&section("How much, how likely", &exceedance(brief).draw().figure()));
    if !brief.tolerance.is_empty() {
        let items: String = brief
            .tolerance
            .iter()
            .map(|(point, chance)| {
                let verdict = if *chance <= point.chance {
                    "within what is accepted"
                } else {
                    "above what is accepted"
                };
                format!(
                    "<li>More than {}: accepted in {} of years, expected in {}, {verdict}.</li>",
                    escape(&brief.money(point.loss)),
                    chart::percent(point.chance),
                    chart::percent(*chance)
                )
            })
            .collect();
        out.push_str(&section("What is accepted", &format!("<ul>{items}</ul>")));
    }
    if brief.parts.len() > 1 {
        out.push_str(&section("The scenarios", &parts(brief)));
    }
    if !brief.comparisons.is_empty() {
        out.push_str(&section("What could be done", &options(brief)));
    }
    // One kind of loss is the whole; a drawing of it says nothing.
    if brief.forms.len() > 1 {
        out.push_str(&section("What the money is lost on", &forms(brief).draw().figure()));
    }
    if !brief.swings.is_empty() {
        out.push_str(&section("What matters most", &tornado(brief).draw().figure()));
    }
    out.push_str(&section("What we do not know", &unknown(brief)));
    let how = match brief.engine {
        Engine::Exact => "The curve is computed exactly and checked against",
        Engine::Simulated => "The curve comes from",
    };
    out.push_str(&format!(
        "<footer><p>{how} {} simulated years with seed {}. Amounts are rounded to two digits.</p></footer></main></body></html>\n",
        grouped(brief.years as f64),
        brief.seed
    ));
    out
}

/// The loss exceedance curve as a chart, with the simulation's band and what is accepted.
#[must_use]
pub fn exceedance(brief: &Brief) -> Curves {
    let readings = brief.readings();
    let top = readings.last().map_or(1.0, |last| last.0);
    let first = readings.iter().map(|one| one.0).find(|amount| *amount > 0.0).unwrap_or(1.0);
    let fine = (0..=160).map(|step| first * (top / first).powf(f64::from(step) / 160.0));
    let points: Vec<(f64, f64)> = fine.map(|amount| (amount, brief.curve.exceedance(amount))).collect();
    let band = points
        .iter()
        .step_by(4)
        .map(|(amount, _)| {
            let band = brief.band(*amount);
            (*amount, band.low, band.high)
        })
        .collect();
    let mut lines = vec![Line {
        label: "As things are".to_owned(),
        points,
        band,
        readings: readings.iter().map(|(amount, chance)| (brief.money(*amount), *amount, *chance)).collect(),
    }];
    if let (Some((_, best)), 1) = (brief.comparisons.first(), brief.parts.len()) {
        let grid = lines.first().map(|line| line.points.clone()).unwrap_or_default();
        lines.push(Line {
            label: format!("With: {}", best.change.name),
            points: grid.iter().map(|(amount, _)| (*amount, best.after.exceedance(*amount))).collect(),
            band: Vec::new(),
            readings: readings
                .iter()
                .map(|(amount, _)| (brief.money(*amount), *amount, best.after.exceedance(*amount)))
                .collect(),
        });
    }
    Curves {
        id: "exceedance".to_owned(),
        title: "Loss exceedance curve".to_owned(),
        description: format!("A falling curve. {}", brief.sentence()),
        reading: "Take an amount at the bottom: the height of the curve above it says how likely a year is to cost more than that."
            .to_owned(),
        across: format!("Loss in a year, {}", brief.currency),
        upward: "Chance of losing more in a year".to_owned(),
        scale: Scale::Logarithmic,
        steps: false,
        lines,
        limits: brief
            .tolerance
            .iter()
            .map(|(point, _)| Limit { position: point.loss, height: point.chance })
            .collect(),
    }
}

/// What moves the mean, as a chart.
#[must_use]
pub fn tornado(brief: &Brief) -> Bars {
    let bars: Vec<Bar> = brief
        .swings
        .iter()
        .take(8)
        .map(|(scenario, swing)| Bar {
            label: if brief.parts.len() > 1 {
                format!("{}, {scenario}", capital(&words_of(brief, &swing.factor)))
            } else {
                capital(&words_of(brief, &swing.factor))
            },
            remark: span(brief, swing.unit, swing.values),
            from: swing.losses.0,
            to: swing.losses.1,
        })
        .collect();
    let first = bars.first().map_or(String::new(), |bar| bar.label.clone());
    Bars {
        id: "matters".to_owned(),
        title: "The average year if one factor were low or high".to_owned(),
        description: format!("One bar for each number, the longest first: {first}."),
        reading: "Each bar goes from the average year if this one number were low to the average year if it were high, while the \
            others stay as estimated. The longest bar is worth knowing better."
            .to_owned(),
        rising: "a higher number costs more".to_owned(),
        falling: "a higher number costs less".to_owned(),
        across: format!("Average loss in a year, {}", brief.currency),
        middle: Some((brief.curve.mean, "the average year as estimated".to_owned())),
        bars,
    }
}

/// What the money is lost on, as a chart.
#[must_use]
pub fn forms(brief: &Brief) -> Bars {
    let total: f64 = brief.forms.iter().map(|(_, mean)| mean).sum();
    let mut reached = 0.0;
    let bars = brief
        .forms
        .iter()
        .map(|(form, mean)| {
            let bar = Bar {
                label: capital(&plain_words(key_of(*form))),
                remark: chart::percent(mean / total),
                from: reached,
                to: reached + mean,
            };
            reached += mean;
            bar
        })
        .collect();
    Bars {
        id: "forms".to_owned(),
        title: "The average year by form of loss".to_owned(),
        description: "Bars that continue one another up to the whole average year, the largest form first."
            .to_owned(),
        reading: "Each bar begins where the one above it ends. Together they are the whole average year."
            .to_owned(),
        rising: "a part of the average year".to_owned(),
        falling: String::new(),
        across: format!("Average loss in a year, {}", brief.currency),
        middle: None,
        bars,
    }
}

fn options(brief: &Brief) -> String {
    let rows = Rows {
        id: "options".to_owned(),
        title: "What each option saves in a year".to_owned(),
        description: "A dot for the expected saving, a line for nine in ten, a square for the cost."
            .to_owned(),
        reading: "The further right the dot, the more an option saves. It pays where the dot lies right of the square."
            .to_owned(),
        interval: "what it saves: expected, and the range that holds nine times in ten".to_owned(),
        against: "what it costs".to_owned(),
        across: format!("{} in a year", brief.currency),
        rows: brief
            .comparisons
            .iter()
            .map(|(_, one)| Row {
                label: one.change.name.clone(),
                middle: one.saving.max(0.0),
                low: one.long_run.low.max(0.0),
                high: one.long_run.high.max(0.0),
                against: Some(one.change.yearly_cost),
            })
            .collect(),
    };
    let mut items = String::new();
    for (_, one) in &brief.comparisons {
        let report = one.report_in_time.map_or(String::new(), |(now, then)| {
            format!(
                " Somebody reports in time in {} of cases, then in {}.",
                chart::percent(now),
                chart::percent(then)
            )
        });
        items.push_str(&format!(
            "<li><b>{}.</b>{report} Saves about {} a year (9 in 10: {} to {}) and costs {}. It pays with a chance of {}. One year in 20 then costs more than {}.</li>",
            escape(&one.change.name),
            escape(&brief.money(one.saving)),
            escape(&brief.money(one.long_run.low)),
            escape(&brief.money(one.long_run.high)),
            escape(&brief.money(one.change.yearly_cost)),
            chart::percent(one.chance_it_pays),
            escape(&brief.money(one.after.once_in(20.0)))
        ));
    }
    format!("{}<ul>{items}</ul>", rows.draw().figure())
}

fn parts(brief: &Brief) -> String {
    let mut rows = String::new();
    for part in &brief.parts {
        rows.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{:.2}</td></tr>",
            escape(&part.name),
            escape(&brief.money(part.curve.mean)),
            escape(&brief.money(part.curve.once_in(20.0))),
            part.events
        ));
    }
    format!(
        "<div class=\"chart-table\" role=\"region\" tabindex=\"0\" aria-label=\"Each on its own\"><table><caption>Each on its own</caption><thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\">Average year</th><th scope=\"col\">One year in 20</th><th scope=\"col\">Events a year</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

fn unknown(brief: &Brief) -> String {
    let mut items = String::new();
    for (scenario, change, worth) in brief.worths.iter().filter(|(_, _, worth)| worth.value > 0.5).take(3) {
        items.push_str(&format!(
            "<li>Measure this next: {}. Knowing it exactly before deciding on \u{201c}{}\u{201d} would be worth about {} a year.</li>",
            escape(&whose(brief, scenario, &worth.factor)),
            escape(change),
            escape(&brief.money(worth.value))
        ));
    }
    let lines: Vec<String> =
        super::without_evidence(brief, plain_words).iter().map(|line| escape(line)).collect();
    if !lines.is_empty() {
        items.push_str(&format!("<li>No evidence is named yet for: {}.</li>", lines.join("; ")));
    }
    if let Some(product) = brief.product_once_in_20 {
        items.push_str(&format!(
            "<li>Tools that multiply the rate by one loss would say {} for one year in 20 and no year without loss. That is the wrong model; it is named here for comparison.</li>",
            escape(&brief.money(product))
        ));
    }
    items.push_str("<li>These numbers hold only the scenarios that were written down.</li>");
    format!("<ul>{items}</ul>")
}

fn section(title: &str, body: &str) -> String {
    format!("<section><h2>{title}</h2>{body}</section>")
}

/// A factor in words; where there are several scenarios, with the name of its own.
fn whose(brief: &Brief, scenario: &str, factor: &str) -> String {
    let words = words_of(brief, factor);
    if brief.parts.len() > 1 { format!("{scenario}, {words}") } else { words }
}

/// A factor in words. The only loss of an event is all that it costs.
fn words_of(brief: &Brief, factor: &str) -> String {
    let only = brief.parts.len() == 1 && brief.forms.len() == 1;
    if only && factor.starts_with("loss.primary.") {
        "what one event costs".to_owned()
    } else {
        plain_words(factor)
    }
}

fn key_of(form: Form) -> &'static str {
    Form::ALL.iter().find(|(one, _, _)| *one == form).map_or("", |(_, key, _)| key)
}

/// From a low to a high value, in the unit people say them in.
fn span(brief: &Brief, unit: Unit, (low, high): (f64, f64)) -> String {
    let say = |value: f64| match unit {
        Unit::Share => chart::percent(value),
        Unit::Money | Unit::MoneyPerHour => grouped(two_digits(value)),
        Unit::PerYear | Unit::Percentile | Unit::People | Unit::Hours => number(value),
    };
    let before = match unit {
        Unit::Money | Unit::MoneyPerHour => format!("{} ", brief.currency),
        Unit::PerYear | Unit::Percentile | Unit::People | Unit::Hours | Unit::Share => String::new(),
    };
    let after = match unit {
        Unit::PerYear => " times a year",
        Unit::Percentile => " of 100",
        Unit::People => " people",
        Unit::Hours => " hours",
        Unit::MoneyPerHour => " an hour",
        Unit::Share | Unit::Money => "",
    };
    format!("{before}{} to {}{after}", say(low), say(high))
}

fn number(value: f64) -> String {
    if value == 0.0 || value.abs() >= 10.0 {
        return grouped(two_digits(value));
    }
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
