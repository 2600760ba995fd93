//! Small pieces of SVG and HTML text, always escaped.

/// The width of every drawing, in its own units: so narrow that words stay readable on a phone. Where there is more room, the
/// style makes them smaller in these units.
pub const WIDTH: f64 = 340.0;

/// Text made safe for element content and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() && c != '\n' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// An identifier from a chart's own: letters, digits and hyphens.
pub fn identifier(id: &str) -> String {
    let clean: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("chart-{clean}")
}

/// A coordinate with one decimal, never `-0.0`.
pub fn at(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// Opens an `<svg>` with title, description and the hatchings.
pub fn open(id: &str, title: &str, description: &str, height: f64) -> String {
    let id = identifier(id);
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-text\" xmlns=\"http://www.w3.org/2000/svg\">\
<title id=\"{id}-title\">{title}</title><desc id=\"{id}-text\">{description}</desc>\
<defs><pattern id=\"{id}-hatch-1\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"hatch-one\" d=\"M0 0V5\"/></pattern>\
<pattern id=\"{id}-hatch-2\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\"><path class=\"hatch-two\" d=\"M0 0V6\"/></pattern></defs>",
        width = at(WIDTH),
        height = at(height),
        title = escape(title),
        description = escape(description),
    )
}

/// A piece of text; `anchor` is start, middle or end.
pub fn text(x: f64, y: f64, anchor: &str, words: &str) -> String {
    format!("<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>", at(x), at(y), escape(words))
}

/// How to read a drawing, and its key: each mark, drawn as in the drawing, with what it means.
pub fn caption(reading: &str, key: &[(String, &str)]) -> String {
    let mut html = format!("<p>{}</p>", escape(reading));
    if !key.is_empty() {
        html.push_str("<ul class=\"chart-key\">");
        for (mark, label) in key {
            html.push_str(&format!(
                "<li><svg viewBox=\"0 0 34 16\" aria-hidden=\"true\">{mark}</svg><span>{}</span></li>",
                escape(label)
            ));
        }
        html.push_str("</ul>");
    }
    html
}

/// A table with a caption, column headings, and the first cell of each row as its heading; scrolls where it is too wide.
pub fn table(caption: &str, headings: &[&str], rows: &[Vec<String>]) -> String {
    let caption = escape(caption);
    let mut html = format!(
        "<div class=\"chart-table\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>"
    );
    for heading in headings {
        html.push_str(&format!("<th scope=\"col\">{}</th>", escape(heading)));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            if place == 0 {
                html.push_str(&format!("<th scope=\"row\">{}</th>", escape(cell)));
            } else {
                html.push_str(&format!("<td>{}</td>", escape(cell)));
            }
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
    html
}

/// Words cut to what fits, with an ellipsis.
pub fn fit(words: &str, letters: usize) -> String {
    if words.chars().count() <= letters {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(letters.saturating_sub(1)).collect();
    short.push('…');
    short
}
