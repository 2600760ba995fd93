//! The words that a house avoids: phrases of its profile, looked for in every text.

use crate::document::Document;
use crate::draft::Draft;
use crate::instead::{like, stands_alone};
use crate::phrase::matching;
use finding::{Applicability, Finding, Fix, Severity};

/// The code of findings from a profile's own list.
pub const HOUSE_WORDS: &str = "OWN01";

/// Phrases of the house (`avoid` in its profile), compiled for this draft. Phrases that cannot be read are skipped here; reading the
/// profile refuses them.
pub(crate) fn find(document: &Document<'_>, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let Some(table) = draft.profile.house_table() else { return };
    let phrases: Vec<(&String, &String)> = draft.profile.avoid.iter().collect();
    let numbers: Vec<u32> =
        document.tokens.iter().map(|token| table.word(token.key.0).unwrap_or(matching::NO_WORD)).collect();
    let mut found = Vec::new();
    for sentence in &document.sentences {
        matching::find(&table, document.text(), &document.tokens, &numbers, sentence.tokens(), &mut found);
    }
    for one in found {
        let Some((_, instead)) = phrases.get(usize::from(one.accept.rule)) else { continue };
        let range = document.range_of(one.first, one.last);
        let shown = document.text().get(range.clone()).unwrap_or("");
        let span = document.prose.original(range.clone());
        let message = match instead.as_str() {
            "" => format!("`{shown}` is on your house's list of words to avoid."),
            instead => format!("`{shown}` is on your house's list of words to avoid; say `{instead}`."),
        };
        let whole = span.len() == range.len() && !instead.is_empty() && stands_alone(document.text(), &range);
        let fix = whole.then(|| Fix {
            span,
            replacement: like(shown, instead),
            applicability: Applicability::Suggestion,
        });
        let why = "Your house chose its words together; readers know them.".to_string();
        findings.push(Finding {
            rule: HOUSE_WORDS.into(),
            span,
            severity: Severity::Suggestion,
            message,
            why,
            fix,
        });
    }
}
