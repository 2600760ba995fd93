//! Which reports a page showed, and when. What is written from that page goes to these alone: to nobody whom nobody read.

use std::collections::BTreeSet;
use std::fmt;

use uuid::Uuid;

use crate::ids::{ReportId, Time};
use crate::reports::Report;

/// What the page carries back to us. An empty one showed nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    at: Time,
    reports: BTreeSet<ReportId>,
}

impl Shown {
    pub fn new(at: Time, reports: impl Iterator<Item = ReportId>) -> Shown {
        Shown { at, reports: reports.collect() }
    }

    /// What a page carried; words that nobody wrote there show nobody.
    pub fn parse(text: &str) -> Shown {
        let mut words = text.split_whitespace();
        let at = words.next().and_then(|word| word.parse().ok()).map(Time).unwrap_or_default();
        Shown { at, reports: words.filter_map(|word| word.parse().ok()).collect() }
    }

    /// Whether this report stood there with all that its reporter has said, and with all that was written to them.
    pub(super) fn has(&self, report: &Report) -> bool {
        let stood = |at: Option<Time>| at.is_none_or(|at| at <= self.at);
        self.reports.contains(&report.id)
            && stood(report.last_reporter_word_at)
            && stood(report.last_human_word_at)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.at.0)?;
        self.reports.iter().try_for_each(|ReportId(id)| write!(out, " {}", Uuid::simple(*id)))
    }
}
