//! Reads styles written for Vale (YAML) and applies them unchanged: existence, substitution, occurrence, repetition, consistency,
//! conditional, capitalization, metric and readability. Spelling, sequence and script rules are left out and named in
//! [`Style::skipped`]. It reads no files: the caller brings the text of each rule. `tests/vale_parity.rs` compares it line by line with
//! what a style's own `rules.feature` expects, and takes the folder of any style.

mod case;
mod definition;
mod measure;
mod notes;
mod pattern;
mod run;

pub use definition::{Check, StyleRule};

use finding::Finding;
use text::scope::Format;

/// The rules of one style, such as `Microsoft`.
pub struct Style {
    pub name: String,
    /// In the order of their names.
    pub rules: Vec<StyleRule>,
    /// Rules that cannot run here, with the reason.
    pub skipped: Vec<(String, String)>,
}

impl Style {
    /// Reads a style from `(rule name, YAML)` pairs; the rule name is the file name without `.yml`.
    pub fn read<'a>(name: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Style {
        let mut style = Style { name: name.to_string(), rules: Vec::new(), skipped: Vec::new() };
        for (rule, yaml) in files {
            let full = format!("{name}.{rule}");
            match definition::read(&full, yaml) {
                Ok(rule) => style.rules.push(rule),
                Err(reason) => style.skipped.push((full, reason)),
            }
        }
        style.rules.sort_by(|left, right| left.name.cmp(&right.name));
        style
    }
}

/// Applies `rules` to a text. Findings carry the rule's full name, such as `Microsoft.Passive`, and stand in reading order.
pub fn check<'a>(rules: impl IntoIterator<Item = &'a StyleRule>, text: &str, format: Format) -> Vec<Finding> {
    let prose = text::scope::read(text, format);
    let mut findings = Vec::new();
    for rule in rules {
        run::run(rule, text, &prose, &mut findings);
    }
    findings.sort_by(|left, right| (left.span, &left.rule).cmp(&(right.span, &right.rule)));
    findings.dedup();
    notes::leave_out(&mut findings, &prose.comments);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marked parts and messages of one rule on a Markdown text.
    fn marks(yaml: &str, text: &str) -> Vec<(String, String)> {
        let style = Style::read("Own", [("Rule", yaml)]);
        assert_eq!(style.skipped, Vec::new());
        let findings = check(&style.rules, text, Format::Markdown);
        findings
            .iter()
            .map(|finding| (finding.span.of(text).expect("fits").to_string(), finding.message.clone()))
            .collect()
    }

    fn words(yaml: &str, text: &str) -> Vec<String> {
        marks(yaml, text).into_iter().map(|(part, _)| part).collect()
    }

    #[test]
    fn substitution_offers_what_could_stand_there() {
        let yaml = "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nignorecase: true\naction:\n  name: replace\nswap:\n  \
                    black ?list: block list|deny list\n  '(\\w+)-box': box for $1\n";
        let found = marks(yaml, "Blacklist it in the white-box.");
        assert_eq!(
            found.first().map(|(_, message)| message.as_str()),
            Some("Use 'Block list' or 'Deny list' instead of 'Blacklist'.")
        );
        assert_eq!(
            found.get(1).map(|(_, message)| message.as_str()),
            Some("Use 'box for white' instead of 'white-box'.")
        );
    }

    #[test]
    fn options_bring_their_own_quotation_marks() {
        let messages = |message: &str| {
            let yaml = format!(
                "extends: substitution\nmessage: {message}\naction:\n  name: replace\nswap:\n  kettle: pot|pan\n  mug: cup\n"
            );
            let found = marks(&yaml, "A kettle, a mug.");
            found.into_iter().map(|(_, message)| message).collect::<Vec<_>>()
        };
        assert_eq!(
            messages("Say '%s', not '%s'"),
            ["Say 'pot' or 'pan', not 'kettle'", "Say 'cup', not 'mug'"]
        );
        assert_eq!(
            messages("Say \"%s\", not \"%s\""),
            ["Say 'pot' or 'pan', not \"kettle\"", "Say 'cup', not \"mug\""]
        );
        assert_eq!(messages("Say %s, not %s"), ["Say 'pot' or 'pan', not kettle", "Say 'cup', not mug"]);
    }

    #[test]
    fn occurrence_counts_within_its_scope() {
        let yaml = "extends: occurrence\nmessage: \"%s commas\"\nscope: sentence\nmax: 1\ntoken: ','\n";
        assert_eq!(marks(yaml, "One, two. A, b, c."), vec![(",".to_string(), "2 commas".to_string())]);
    }

    #[test]
    fn consistency_speaks_when_both_forms_stand_there() {
        let yaml = "extends: consistency\nmessage: \"Inconsistent: '%s'\"\neither:\n  advisor: adviser\n";
        assert_eq!(words(yaml, "An advisor came.\n\nThe adviser left."), ["adviser"]);
        assert_eq!(words(yaml, "An advisor came.\n\nThe advisor left."), [""; 0]);
    }

    #[test]
    fn metric_and_readability_speak_once() {
        let metric = "extends: metric\nmessage: \"%s\"\nformula: words / sentences\ncondition: '> 4'\n";
        assert_eq!(marks(metric, "# A\n\nOne two three four five six.").len(), 1);
        assert_eq!(marks(metric, "One two.").len(), 0);
        let grade = "extends: readability\nmessage: \"Grade %s\"\ngrade: 8\nmetrics:\n  - Flesch-Kincaid\n";
        assert_eq!(
            marks(
                grade,
                "Organisational stakeholders operationalise complementary authentication methodologies."
            )
            .len(),
            1
        );
        assert_eq!(marks(grade, "The cat sat on the mat.").len(), 0);
    }

    #[test]
    fn scopes_code_and_characters_are_respected() {
        let heading = "extends: existence\nmessage: m\nscope: heading\ntokens:\n  - für\n";
        assert_eq!(words(heading, "# Tee für zwei\n\nfür `für`"), ["für"]);
        let text = "extends: existence\nmessage: m\nscope: ~heading\ntokens:\n  - für\n";
        assert_eq!(words(text, "# Tee für zwei\n\nEins für `für` alle"), ["für"]);
    }

    #[test]
    fn comments_turn_a_style_or_a_rule_off_and_on() {
        let yaml = "extends: existence\nmessage: m\ntokens:\n  - tea\n";
        let text = "One tea.\n\n<!-- vale off -->\nTwo tea.\n<!-- vale on -->\n\nThree tea.\n\n<!-- vale Own.Rule = NO -->\n\nFour tea.\n\n\
                    <!-- vale Own.Rule = YES -->\n\nFive tea.\n\n<!-- vale Own.Other = NO -->\n\nSix tea.\n\n<!-- vale Own = NO -->\n\nSeven tea.\n";
        let style = Style::read("Own", [("Rule", yaml)]);
        let lines: Vec<usize> = check(&style.rules, text, Format::Markdown)
            .iter()
            .map(|finding| text.get(..finding.span.start).unwrap_or("").lines().count())
            .collect();
        assert_eq!(lines, [1, 7, 15, 19]);
    }

    #[test]
    fn what_cannot_run_is_named() {
        let style = Style::read("Own", [("A", "extends: spelling\nmessage: m\n"), ("B", "extends: [")]);
        assert_eq!(style.rules.len(), 0);
        assert_eq!(style.skipped.len(), 2);
    }
}
