//! A reported message shown inert: its text, its sanitised HTML for a sandboxed frame, its source, its parts.
//! Read anew from the stored bytes each time; nothing in it is ever followed, fetched or run.

use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId};
use crate::reports;
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, letters, people};

use super::own;
use super::show::Heard;

/// The message of one report, ready to be shown as text.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// The case in which the report is.
    pub case: Option<CaseId>,
    pub subject: String,
    pub from: String,
    pub to: Vec<String>,
    pub date: Option<i64>,
    pub text: String,
    pub has_html: bool,
    pub html: Option<String>,
    pub headers: Vec<(String, String)>,
    pub parts: Vec<(String, String, usize, Vec<String>)>,
    pub source: String,
}

const MOST_SOURCE: usize = 200_000;
const MOST_TEXT: usize = 60_000;

/// Reads a report's message for showing, and writes down who looked.
pub async fn message_view(desk: &Desk, who: &Who, id: ReportId) -> Result<MessageView> {
    let mut tx = desk.db.read().await?;
    let report = reports::store::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if let Some(case) = report.case_id {
        own::refuse(&mut tx, who, case).await?;
    }
    drop(tx);
    let (came, case) = (report.came(), report.case_id);
    let key = report.raw_key.ok_or(Error::NotFound)?;
    let raw = desk.blobs.get(&key).await?;
    let setting = desk.settings.mail.clone();
    let base_url = desk.settings.base_url.clone();
    let mut view = reports::apart(move || view(&raw, &setting, came, &base_url)).await?;
    view.case = case;
    // A page and the frame in it are one look.
    people::note_looks(desk, who, "read a reported message", &id.to_string(), [report.reporter_id]).await?;
    Ok(view)
}

fn view(raw: &[u8], setting: &mail::Setting, came: mail::Came, base_url: &str) -> MessageView {
    let reading = mail::read_as(raw, setting, came);
    let message = reading.subject_message();
    let shown = |text: &str| letters::without_own_links(text, base_url);
    let secret = [&reading.outer, message].into_iter().any(|part| {
        std::iter::once(part.text.as_str())
            .chain(part.links.iter().map(|link| link.target.as_str()))
            .any(|text| letters::quotes_own_link(text, base_url))
    });
    // The source may hold a link in any encoding.
    let source = if secret {
        "This mail quotes a letter of ours with the private link of its reader, so its source is not shown here.".to_owned()
    } else {
        String::from_utf8_lossy(raw.get(..raw.len().min(MOST_SOURCE)).unwrap_or(raw)).into_owned()
    };
    MessageView {
        case: None,
        subject: message.subject.clone(),
        from: message.from.as_ref().map(mailbox).unwrap_or_default(),
        to: message.to.iter().chain(&message.cc).map(mailbox).collect(),
        date: message.date,
        text: shown(&message.text).chars().take(MOST_TEXT).collect(),
        has_html: message.html.is_some(),
        html: mail::sanitised_html(message).map(|html| shown(&html)),
        headers: message.headers.clone(),
        parts: message
            .attachments
            .iter()
            .map(|part| {
                let kind = part.detected_type.clone().unwrap_or_else(|| part.declared_type.clone());
                (part.name.clone(), kind, part.size, part.listing.iter().take(40).cloned().collect())
            })
            .collect(),
        source,
    }
}

fn mailbox(one: &mail::Mailbox) -> String {
    match &one.name {
        Some(name) if !name.is_empty() => format!("{name} <{}>", one.address),
        _ => one.address.clone(),
    }
}

/// Hears what words may carry, in the language they are in; in the reader's where that cannot be told.
pub(super) fn hear(words: &str, locale: Locale) -> Option<Heard> {
    let tongue = lure::language::language_of(lure::fold::Folded::new(words).words()).known();
    let heard = tone::hear(words, tongue.map_or(locale.tag(), |tongue| tongue.code()));
    if heard.is_empty() {
        return None;
    }
    let mut feelings: Vec<(String, Vec<String>)> = heard
        .feelings
        .iter()
        .map(|feeling| (format!("May be {}", carrying(feeling.kind)), feeling.words.clone()))
        .collect();
    if heard.urgency.is_some() {
        feelings.push(("Asks for haste".into(), Vec::new()));
    }
    if heard.self_blame.is_some() {
        feelings.push(("May blame themselves".into(), Vec::new()));
    }
    Some(Heard { feelings, opening: heard.opening.map(str::to_owned) })
}

/// How a responder reads a feeling: as something that may be, in this text, at this moment.
fn carrying(kind: tone::Kind) -> &'static str {
    match kind {
        tone::Kind::Worry => "worried",
        tone::Kind::Shame => "ashamed",
        tone::Kind::Frustration => "frustrated",
        tone::Kind::Confusion => "unsure what is going on",
        tone::Kind::Sadness => "worn out or sad",
        tone::Kind::Gratitude => "thankful",
        tone::Kind::Relief => "relieved",
    }
}
