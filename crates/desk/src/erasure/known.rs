//! What the desk knows about a person, as it is given to them. Rows of the store, in words that people and programs read.

use serde::Serialize;

use super::export::{inner, maybe, moment};
use crate::ids::Time;

crate::columns! {
    /// What is kept of a person.
    #[derive(Debug, Serialize)]
    pub struct KnownPerson {
        pub address: Option<String>,
        pub name: String,
        pub locale: String,
        pub role: Option<String>,
        #[serde(serialize_with = "moment")]
        pub created_at: Time,
    }
}

crate::columns! {
    /// What is kept of a report.
    #[derive(Debug, Serialize)]
    pub struct KnownReport {
        pub id: String,
        pub door: String,
        pub reporter_name: String,
        pub kind: String,
        pub told: String,
        pub words: String,
        pub subject: String,
        pub sender: String,
        pub verdict: Option<String>,
        #[serde(serialize_with = "inner")]
        pub evidence: Option<String>,
        pub raw_name: Option<String>,
        pub case_number: Option<i64>,
        pub outcome: Option<String>,
        pub outcome_words: Option<String>,
        #[serde(serialize_with = "moment")]
        pub received_at: Time,
        #[serde(serialize_with = "maybe")]
        pub first_word_at: Option<Time>,
        #[serde(serialize_with = "maybe")]
        pub first_human_word_at: Option<Time>,
        #[serde(serialize_with = "maybe")]
        pub answered_at: Option<Time>,
    }
}

crate::columns! {
    /// What we wrote.
    #[derive(Debug, Serialize)]
    pub struct KnownLetter {
        pub report: Option<String>,
        pub kind: String,
        pub to_address: String,
        pub subject: String,
        pub body: String,
        pub state: String,
        #[serde(serialize_with = "moment")]
        pub made_at: Time,
        #[serde(serialize_with = "maybe")]
        pub sent_at: Option<Time>,
    }
}

crate::columns! {
    /// What was said or done about their reports, by them, by us and by the desk.
    #[derive(Debug, PartialEq, Eq, Serialize)]
    pub struct KnownEntry {
        pub report: Option<String>,
        #[serde(serialize_with = "moment")]
        pub at: Time,
        pub source: String,
        pub kind: String,
        pub visibility: String,
        pub body: String,
    }
}

crate::columns! {
    /// What we said we would do.
    #[derive(Debug, Serialize)]
    pub struct KnownPromise {
        pub report: String,
        #[serde(serialize_with = "moment")]
        pub by_at: Time,
        #[serde(serialize_with = "maybe")]
        pub kept_at: Option<Time>,
        #[serde(serialize_with = "maybe")]
        pub moved_at: Option<Time>,
        pub moved_reason: Option<String>,
    }
}

crate::columns! {
    /// What was asked about their reports.
    #[derive(Debug, Serialize)]
    pub struct KnownTask {
        pub report: Option<String>,
        pub for_whom: String,
        pub ask: String,
        pub why: String,
        #[serde(serialize_with = "moment")]
        pub made_at: Time,
        #[serde(serialize_with = "maybe")]
        pub done_at: Option<Time>,
    }
}

crate::columns! {
    /// What they sent beside the message.
    #[derive(Debug, Serialize)]
    pub struct KnownFile {
        pub report: String,
        pub name: String,
        pub media_type: String,
        pub size: i64,
        #[serde(serialize_with = "moment")]
        pub added_at: Time,
    }
}

crate::columns! {
    /// Who looked at their data or changed it.
    #[derive(Debug, Serialize)]
    pub struct KnownLook {
        #[serde(serialize_with = "moment")]
        pub at: Time,
        pub who: Option<String>,
        pub what: String,
        pub about: String,
    }
}

crate::columns! {
    /// A case that one of their reports is or was in.
    #[derive(Debug, Serialize)]
    pub struct KnownCase {
        pub number: i64,
        pub title: String,
    }
}

crate::columns! {
    /// A letter to them that somebody began and did not send.
    #[derive(Debug, Serialize)]
    pub struct KnownDraft {
        pub report: String,
        pub body: String,
    }
}
