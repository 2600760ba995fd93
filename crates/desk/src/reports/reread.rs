//! Job: reads a message that a reporter sent after their report, often the original that our first word asked for.
//! It takes the place of a copy that had lost where it came from. The report stays in its case; nothing that came before is lost.

use super::Seen;
use super::links;
use super::store::{self, File, Reread};
use super::understand::{TURN, Understanding};
use crate::cases::{self, NewEntry, Source, Visibility};
use crate::error::Result;
use crate::ids::FileId;
use crate::jobs::{self, Claimed};
use crate::{Desk, letters, people, write};

/// Reads a file that holds a message, and puts it before the people of its case.
pub async fn reread(desk: &Desk, job: &Claimed, id: FileId) -> Result<()> {
    let mut tx = desk.db.read().await?;
    let file = store::file(&mut tx, id).await?;
    let before = match &file {
        Some((report, ..)) => store::by_id(&mut tx, *report).await?,
        None => None,
    };
    drop(tx);
    let (Some((report, raw_key, raw_name)), Some(before)) = (file, before) else {
        return write!(desk.db, tx => { jobs::finish(tx, job).await.map(|_| ()) });
    };
    let raw = desk.blobs.get(&raw_key).await?;
    let (mut message, own_links) = look(desk, raw.clone(), false).await?;
    let made_up = links::made_up(desk, &own_links).await?;
    if made_up {
        (message, _) = look(desk, raw, true).await?;
    }
    let ours = !own_links.is_empty() && !made_up;
    let earlier = match &before.raw_key {
        Some(key) if *key != raw_key => Some((key.clone(), desk.blobs.get(key).await?.len())),
        _ => None,
    };
    let now = desk.now();
    let _turn = TURN.lock().await;
    write!(desk.db, tx => {
        if !jobs::finish(tx, job).await? {
            return Ok(());
        }
        // Forgotten in the meantime: then nothing of it may come back.
        if store::file(tx, id).await?.is_none() {
            return Ok(());
        }
        let Some(known) = store::by_id(tx, report).await? else { return Ok(()) };
        let Some(case) = known.case_id else { return Ok(()) };
        let seen = message.seen_by(tx, &known).await?;
        let had = known.evidence.as_deref().filter(|text| !text.is_empty()).map(Seen::parse);
        let ours = ours || seen.from_address == people::normal(&desk.settings.desk_address);
        let leads = !ours && leads(&seen, had.as_ref());
        if leads {
            if let Some((key, size)) = &earlier
                && !store::files(tx, report).await?.iter().any(|file| file.raw_key == *key) {
                    let name = known.raw_name.clone().unwrap_or_else(|| "message.eml".into());
                    store::add_file(tx, report, &File {
                        id: FileId::new(now), raw_key: key.clone(), name, media_type: "message/rfc822".into(),
                        size: i64::try_from(*size).unwrap_or(i64::MAX), added_at: now,
                    }).await?;
                }
            store::reread(tx, report, &Reread {
                verdict: seen.verdict.clone(), subject: seen.subject.clone(), sender: seen.from_address.clone(),
                evidence: letters::without_own_links(&seen.store(), &desk.settings.base_url), raw_key: raw_key.clone(), raw_name: raw_name.clone(),
            }).await?;
        }
        let place = if leads { cases::Place::Leading } else { cases::Place::Beside };
        cases::remember(tx, case, &message.print, place, now).await?;
        cases::add_entry(tx, &NewEntry {
            case, report: Some(report), source: Source::System, author: None, visibility: Visibility::Reporter,
            kind: if leads { "read-original" } else { "read-another" }, body: seen.verdict.clone(), at: now,
        }).await.map(|_| ())
    })
}

/// What a message shows, and the links of ours in it where it looks like a letter of ours.
async fn look(desk: &Desk, raw: Vec<u8>, plays_us: bool) -> Result<(Understanding, Vec<String>)> {
    let setting = mail::Setting { plays_us, ..desk.settings.mail.clone() };
    let base_url = desk.settings.base_url.clone();
    super::apart(move || {
        let reading = mail::read(&raw, &setting);
        let message = reading.subject_message();
        let own_links = match letters::looks_like_ours(message, &base_url) {
            true => letters::own_links(&message.text, &base_url),
            false => Vec::new(),
        };
        (Understanding::of(&reading, &setting), own_links)
    })
    .await
}

/// When reading it is given up: the team is told, so that a person opens it.
pub async fn give_up(desk: &Desk, job: &Claimed, id: FileId, problem: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        if !jobs::give_up(tx, job, problem, now).await? {
            return Ok(());
        }
        let Some((report, ..)) = store::file(tx, id).await? else { return Ok(()) };
        let Some(case) = store::by_id(tx, report).await?.and_then(|report| report.case_id) else { return Ok(()) };
        cases::add_line(tx, case, report, Visibility::Team, "unread-message", now).await
    })
}

/// Whether what came later shows more than what we had: a copy without its sender always gives way; beside another
/// whole message the one that worries us more stays in front.
fn leads(later: &Seen, before: Option<&Seen>) -> bool {
    before.is_none_or(|before| {
        before.headers_gone || before.from_address.is_empty() || worry(later) >= worry(before)
    })
}

fn worry(seen: &Seen) -> u8 {
    match seen.verdict.as_str() {
        "likely-harmful" => 3,
        "suspicious" => 2,
        "cannot-tell" => 1,
        _ => 0,
    }
}
