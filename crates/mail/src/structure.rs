//! How a message was made: marks that mail programs set, conversations and lists, and the bounds it ran into.

use finding::Span;

use crate::catalogue::evidence;
use crate::facts::Facts;
use crate::message::Limit;
use crate::{Evidence, Place};

/// Evidence about the make of the message. Always says at least one thing.
pub(crate) fn check(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let message = facts.message;
    let mut say = |code, place, details: &[&str]| found.push(evidence(code, place, Span::default(), details));

    for (limit, code) in [
        (Limit::Unreadable, "made-unreadable"),
        (Limit::Damaged, "made-damaged"),
        (Limit::Encrypted, "made-encrypted"),
    ] {
        if message.limits.contains(&limit) {
            say(code, Place::Whole, &[]);
        }
    }
    let limits: Vec<&str> = message.limits.iter().filter_map(|limit| limit_word(*limit)).collect();
    if !limits.is_empty() {
        say("made-limits", Place::Whole, &[&limits.join(", ")]);
    }
    if facts.has_headers {
        if message.date.is_none() {
            say("made-no-date", Place::Header("Date".to_owned()), &[]);
        }
        if message.message_id.as_deref().is_none_or(|id| !id.contains('@')) {
            say("made-no-id", Place::Header("Message-ID".to_owned()), &[]);
        }
        for name in ["Subject", "From"] {
            if message.header(name).is_some_and(|value| !value.is_ascii()) {
                say("made-raw-letters", Place::Header(name.to_owned()), &[]);
                break;
            }
        }
        history(facts, &mut say);
    }
    if let Some(tag) = number_tag(&message.subject) {
        say("made-number-tag", Place::Subject, &[tag]);
    }
    if message.limits.is_empty() {
        say("made-plain", Place::Whole, &[&facts.words.to_string(), &message.links.len().to_string()]);
    }
}

/// Whether it answers something, pretends to, or came through a list.
fn history(facts: &Facts<'_>, say: &mut impl FnMut(&'static str, Place, &[&str])) {
    let message = facts.message;
    let refers = message.header("In-Reply-To").or_else(|| message.header("References")).is_some();
    let quotes = message.text.lines().filter(|line| line.starts_with('>')).take(2).count() == 2
        || message.html.as_deref().is_some_and(|html| html.contains("<blockquote"));
    let answers =
        ["re:", "aw:", "sv:", "antw:", "res:", "rv:"].iter().any(|mark| facts.subject.text.starts_with(mark));
    if refers && quotes {
        say("made-conversation", Place::Header("References".to_owned()), &[]);
    } else if answers && !refers && !quotes {
        say("made-false-reply", Place::Subject, &[]);
    }
    let list = message.header("List-Id").or_else(|| message.header("List-Post"));
    let software = ["Mailing-List", "X-Mailman-Version", "X-BeenThere", "List-Post", "X-Loop"]
        .iter()
        .any(|name| message.header(name).is_some());
    if let Some(list) = list.filter(|_| software) {
        say("made-list", Place::Header("List-Id".to_owned()), &[list]);
    }
}

/// The bound in words; nothing for what is no bound.
fn limit_word(limit: Limit) -> Option<&'static str> {
    Some(match limit {
        Limit::Size => "size",
        Limit::Headers => "headers",
        Limit::Parts => "parts",
        Limit::Depth => "messages within messages",
        Limit::Text => "text",
        Limit::Links => "links",
        Limit::Attachments => "attachments",
        Limit::Unreadable | Limit::Encrypted | Limit::Damaged => return None,
    })
}

/// A long number or a mix of digits and letters at the end of the subject, as senders in bulk add it.
fn number_tag(subject: &str) -> Option<&str> {
    let last = subject.split_whitespace().next_back()?;
    let core = last.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let tagged = last.starts_with(['#', '[', '(', '-']) || subject.contains(&format!("#{core}"));
    (core.is_ascii() && subject.contains(' ') && (digits >= 7 || digits >= 4 && tagged)).then_some(core)
}
