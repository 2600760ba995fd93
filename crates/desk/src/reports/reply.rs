//! A mail with which a reporter answers a letter of ours: their words, and the files beside them.

use super::quote::{above_quote, is_out_of_office, without_marks};
use super::receive::{MESSAGE, Mailed, keep_file};
use super::reporter::{Change, MOST_FILES, MOST_WORDS, spoke};
use super::store::{self, File};
use super::told::Heard;
use super::{links, steps, tongue};
use crate::cases::{self, NewEntry, Source, Visibility};
use crate::error::Result;
use crate::ids::ReportId;
use crate::jobs::{self, Work};
use crate::words::Locale;
use crate::{Desk, letters, people, write};

/// What the mail itself is called among the files.
pub(crate) const REPLY: &str = "reply.eml";
/// So many files of one report are kept; of what comes by mail then, only the words are.
const MOST_KEPT: i64 = 100;

/// What a mail to a report's signed reply address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// A word of that reporter, which was taken.
    Taken,
    /// From another address than theirs: it may be a colleague who got the letter too, or the same person elsewhere. Nothing of it
    /// is theirs.
    OfSomebodyElse,
    /// That report is unknown, or its reporter is forgotten.
    ToNobody,
}

/// A mail to a report's signed reply address.
pub(super) async fn reply_by_mail(
    desk: &Desk,
    id: ReportId,
    mailed: &Mailed,
    head: &mail::Message,
) -> Result<Reply> {
    let mut tx = desk.db.read().await?;
    // Whoever was forgotten is not known here any more: what comes later is a report of its own.
    let Some(report) = store::by_id(&mut tx, id).await?.filter(|report| report.erased_at.is_none()) else {
        return Ok(Reply::ToNobody);
    };
    let reporter = super::reporter_of(&mut tx, &report).await?.and_then(|person| person.address);
    drop(tx);
    let theirs = |sender: &str| reporter.as_deref().is_none_or(|known| people::normal(sender) == known);
    // The address we wrote to travels with every copy of our letter, and anybody can write any name above a mail: only a server or
    // network that vouches for the sender makes it their word.
    let confirmed = mailed.vouched_address.as_deref().is_some_and(theirs);
    let named = head.from.as_ref().is_some_and(|from| theirs(&from.address));
    // What a machine answers comes from many addresses, and is nobody's word.
    if !mailed.automatic && !confirmed && !named {
        return Ok(Reply::OfSomebodyElse);
    }
    let raw = mailed.raw.clone();
    let (setting, ours) = (desk.settings.mail.clone(), Ours::of(desk));
    let (words, subject, message, (beside, left_out), heard) = super::apart(move || {
        let reading = mail::read_as(&raw, &setting, mail::Came::Written);
        let (words, subject) = words_of_reply(&reading, &ours);
        let words: String = words.chars().take(MOST_WORDS).collect();
        let heard = Heard::of(if words.is_empty() { &subject } else { &words });
        (words, subject, brings_message(&reading, &ours.address), super::files::beside(&reading), heard)
    })
    .await?;
    // Who tells what happened, or sends us a message, is a person, whatever the mail says of itself.
    let tells = message || !words.is_empty() && (heard.tells_of_harm() || heard.went_wrong);
    let automatic = !tells && (mailed.automatic || is_out_of_office(&subject));
    let mut files = Vec::new();
    for upload in beside.into_iter().filter(|_| !automatic) {
        files.push(keep_file(desk, upload, desk.now()).await?);
    }
    let key = desk.blobs.put(mailed.raw.clone()).await?;
    // One mail may answer two letters.
    let dedupe = format!("reply:{id}:{}", mailed.key);
    let now = desk.now();
    write!(desk.db, tx => {
        let Some(report) = store::by_id(tx, id).await?.filter(|report| report.erased_at.is_none()) else { return Ok(Reply::ToNobody) };
        if !store::take_once(tx, &dedupe, now).await? {
            return Ok(Reply::Taken);
        }
        let file = File {
            id: crate::ids::FileId::new(now), raw_key: key.clone(), name: if message { "message.eml".into() } else { REPLY.into() },
            media_type: MESSAGE.into(), size: i64::try_from(mailed.raw.len()).unwrap_or(i64::MAX), added_at: now,
        };
        let kept = store::file_count(tx, id).await? < MOST_KEPT;
        if kept {
            store::add_file(tx, report.id, &file).await?;
        }
        let room = usize::try_from(MOST_FILES - store::file_count(tx, id).await?).unwrap_or(0);
        for file in files.iter().take(room) {
            store::add_file(tx, report.id, file).await?;
        }
        let left_out = !automatic && (left_out || !kept || files.len() > room);
        if left_out && let Some(case) = report.case_id {
            super::files::say_left_out(tx, case, id, now).await?;
        }
        if !automatic {
            let words = match words.is_empty() && !message {
                // Some say everything in the subject.
                true if letters::about(tx, id).await?.iter().all(|letter| letter.subject.trim() != subject) => &subject,
                _ => &words,
            };
            let heard = if words.is_empty() { Heard::default() } else { heard.clone() };
            let first_file = if message { Some(&file) } else { files.first() };
            let (kind, said) = match first_file {
                _ if !words.is_empty() => ("said", words),
                Some(file) => ("file", &file.name),
                None => ("said-nothing", words),
            };
            if !confirmed {
                spoke(tx, desk, report.id, "said-unconfirmed", said, Change::Unconfirmed(&heard)).await?;
                return Ok(Reply::Taken);
            }
            links::store::answer(tx, id, now).await?;
            tongue::heed(tx, id, words).await?;
            let news = spoke(tx, desk, report.id, kind, said, Change::Adds(&heard)).await?;
            steps::send(tx, desk, id, &news, now).await?;
            if message && kept {
                jobs::enqueue(tx, Work::Reread(file.id), now, now).await?;
            }
        } else if let Some(case) = report.case_id {
            // A robot answered: worth knowing for the team, but nobody waits for our word.
            cases::add_entry(tx, &NewEntry {
                case, report: Some(id), source: Source::System, author: None, visibility: Visibility::Team,
                kind: "robot-reply", body: words.clone(), at: now,
            }).await?;
        }
        Ok(Reply::Taken)
    })
}

/// How our own letters are known inside a mail.
pub(super) struct Ours {
    pub address: String,
    pub base_url: String,
    names: Vec<String>,
}

impl Ours {
    pub fn of(desk: &Desk) -> Ours {
        let name = |locale: Locale| locale.say("desk-name", &[("organisation", &desk.settings.organisation)]);
        Ours {
            address: desk.settings.desk_address.clone(),
            base_url: desk.settings.base_url.clone(),
            names: Locale::ALL.into_iter().map(name).collect(),
        }
    }
}

/// What somebody wrote above our letter, and in its subject.
pub(super) fn words_of_reply(reading: &mail::Reading, ours: &Ours) -> (String, String) {
    let words = above_quote(&reading.outer.text, &ours.address, &ours.names);
    let words = letters::without_own_links(&words, &ours.base_url);
    (words, without_marks(&reading.outer.subject).to_owned())
}

/// Whether a reply carries a whole message other than a letter of ours that it answers.
pub(super) fn brings_message(reading: &mail::Reading, desk_address: &str) -> bool {
    let whole = matches!(reading.shape, mail::Shape::Attached | mail::Shape::Arf | mail::Shape::OutlookFile);
    let from = reading.original.as_ref().map(|message| message.from.as_ref());
    whole && from.is_some_and(|from| from.is_none_or(|from| from.address != people::normal(desk_address)))
}
