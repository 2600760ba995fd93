//! What an answer owes the person who spoke up.

use crate::document::{Document, Hit, Signal};
use crate::draft::Kind;
use crate::profile::Limits;

/// An answer without a word of thanks.
pub fn no_thanks(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let answers =
        document.says(Signal::ReportReceived) || document.is_letter() && document.kind != Kind::Commit;
    if answers && !document.says(Signal::Thanks) && !document.says(Signal::Apology) {
        found.extend(document.opening().map(Hit::at));
    }
}
