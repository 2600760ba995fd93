//! A page for a browser: each text with its findings, readable without script and without colour.

use super::rule_of;
use crate::check::Checked;
use crate::check::place::Lines;

/// One page with all texts that have findings.
pub(crate) fn write(checked: &[Checked]) -> String {
    let count: usize = checked.iter().map(|one| one.report.findings.len()).sum();
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>What this says to its readers</title>\n<style>body{font:1rem/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}\
         mark{padding:0 .1em}li{margin:.8rem 0}blockquote{margin:.3rem 0;padding-left:1rem;border-left:3px solid}</style>\n\
         <h1>What this says to its readers</h1>\n",
    );
    out.push_str(&format!("<p>{count} findings in {} texts.</p>\n", checked.len()));
    for one in checked.iter().filter(|one| !one.report.findings.is_empty()) {
        let lines = Lines::of(&one.text);
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n", escape(&one.path.display().to_string())));
        for finding in &one.report.findings {
            let place = lines.place(finding.span.start);
            let before =
                one.text.get(..finding.span.start).and_then(|text| text.lines().last()).unwrap_or("");
            let after = one.text.get(finding.span.end..).and_then(|text| text.lines().next()).unwrap_or("");
            out.push_str(&format!(
                "<li><strong>{} {}</strong>, line {}: {}\n<blockquote>{}<mark>{}</mark>{}</blockquote>\n<p>{}</p>",
                finding.severity.as_str(),
                finding.rule,
                place.line,
                escape(&finding.message),
                escape(before),
                escape(finding.span.of(&one.text).unwrap_or("")),
                escape(after),
                escape(&finding.why),
            ));
            if let Some(rule) = rule_of(finding, one.report.language) {
                out.push_str(&format!("\n<p>Say instead: {}</p>", escape(rule.instead)));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</html>\n");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
