//! What managers need: the effect on the business, and the decision asked of them.

use crate::document::{Document, Hit, Signal};
use crate::profile::Limits;

/// A brief that neither says what the matter costs, stops or spares the business, nor asks for a decision.
pub fn no_business_effect(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    if !document.says(Signal::Effect) && !document.says(Signal::Decision) {
        found.extend(document.opening().map(Hit::at));
    }
}
