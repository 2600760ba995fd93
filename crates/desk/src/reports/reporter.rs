//! The reporter's own page: where things stand, what was said, what they can add. Reached by a private link,
//! which opens one report and nothing else. What they do here is a word to the desk, and gets a promise.

use std::collections::BTreeSet;

use super::receive::{Mailed, Upload, keep_file};
use super::store::{self, File, Report};
use super::{Seen, Told, told};
use crate::cases::{self, Case, Ending, Entry, NewEntry, Promise, Source, Task, Visibility};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{ReportId, TaskId};
use crate::letters::{self, Letter};
use crate::words::Locale;
use crate::{Desk, keys, people, write};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct ReporterPage {
    pub report: Report,
    pub seen: Option<Seen>,
    pub case: Option<Case>,
    /// How it ended, as they were told.
    pub ending: Option<Ending>,
    /// Which report of its case this is, from 1.
    pub place: i64,
    pub promises: Vec<Promise>,
    pub tasks: Vec<Task>,
    pub timeline: Vec<Entry>,
    pub letters: Vec<Letter>,
    pub files: Vec<File>,
}

const MOST_WORDS: usize = 20_000;
const MOST_FILES: i64 = 30;

/// The report behind a private link.
pub async fn by_link(desk: &Desk, token: &str) -> Result<Option<(ReportId, Locale)>> {
    let mut tx = desk.db.read().await?;
    let found = store::by_link(&mut tx, &keys::hash(token), desk.now()).await?;
    Ok(found.map(|(id, locale)| (id, Locale::from_tag(&locale))))
}

/// What the reporter sees.
pub async fn page_of(desk: &Desk, id: ReportId) -> Result<ReporterPage> {
    let mut tx = desk.db.read().await?;
    let report = store::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let (case, place) = match report.case_id {
        Some(case) => (
            Some(cases::find(&mut tx, case).await?),
            store::place_in_case(&mut tx, case, report.received_at).await?,
        ),
        None => (None, 0),
    };
    Ok(ReporterPage {
        seen: report.evidence.as_deref().filter(|text| !text.is_empty()).map(Seen::parse),
        case,
        ending: cases::ending_of(&mut tx, id).await?,
        place,
        promises: cases::promises_to(&mut tx, id).await?,
        tasks: cases::tasks_for(&mut tx, id).await?,
        timeline: cases::timeline_for(&mut tx, id).await?,
        letters: letters::about(&mut tx, id).await?,
        files: store::files(&mut tx, id).await?,
        report,
    })
}

/// The reporter writes to us.
pub async fn say(desk: &Desk, id: ReportId, words: &str) -> Result<()> {
    let words: String = words.trim().chars().filter(|letter| *letter != '\0').take(MOST_WORDS).collect();
    if words.is_empty() {
        return Err(Error::Unclear("problem-no-words"));
    }
    let heard = told::hear(&words);
    write!(desk.db, tx => { spoke(tx, desk, id, "said", &words, &heard).await })
}

/// The reporter corrects what they told us happened.
pub async fn correct(desk: &Desk, id: ReportId, now_told: &BTreeSet<Told>) -> Result<()> {
    let words = told::join(now_told);
    write!(desk.db, tx => {
        let exposed = now_told.iter().any(|one| one.is_exposure());
        store::correct(tx, id, &words, exposed, desk.now()).await?;
        spoke(tx, desk, id, "corrected", &words, &BTreeSet::new()).await
    })
}

/// The reporter adds a file.
pub async fn add_file(desk: &Desk, id: ReportId, upload: Upload) -> Result<()> {
    if upload.bytes.is_empty() {
        return Err(Error::Unclear("problem-no-file"));
    }
    if upload.bytes.len() > desk.settings.most_bytes {
        return Err(Error::TooLarge);
    }
    let file = keep_file(desk, upload, desk.now()).await?;
    write!(desk.db, tx => {
        if store::file_count(tx, id).await? >= MOST_FILES {
            return Err(Error::Later("problem-thirty-files"));
        }
        store::add_file(tx, id, &file).await?;
        spoke(tx, desk, id, "file", &file.name, &BTreeSet::new()).await
    })
}

/// The reporter did a task, or not after all.
pub async fn task_done(desk: &Desk, id: ReportId, task: TaskId, done: bool) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        let task = own_task(cases::set_task_done(tx, task, done, now).await?, id)?;
        let kind = if done { "task-done" } else { "task-open" };
        entry(tx, &task, id, kind, now).await
    })
}

/// The reporter wants help with a task.
pub async fn task_help(desk: &Desk, id: ReportId, task: TaskId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        let task = own_task(cases::ask_help(tx, task, now).await?, id)?;
        spoke(tx, desk, id, "task-help", &task.ask, &BTreeSet::new()).await
    })
}

/// A mail to a report's signed reply address. False if that report is unknown: then it is a new report.
pub(super) async fn reply_by_mail(desk: &Desk, id: ReportId, mailed: &Mailed) -> Result<bool> {
    let raw = mailed.raw.clone();
    let setting = desk.settings.mail.clone();
    let text = tokio::task::spawn_blocking(move || mail::read(&raw, &setting).outer.text)
        .await
        .map_err(|problem| Error::Broken(problem.to_string()))?;
    let words: String = above_quote(&text).chars().take(MOST_WORDS).collect();
    let key = desk.blobs.put(mailed.raw.clone()).await?;
    let dedupe = format!("reply:{}", mailed.key);
    let now = desk.now();
    write!(desk.db, tx => {
        let Some(report) = store::by_id(tx, id).await? else { return Ok(false) };
        if !store::take_once(tx, &dedupe, now).await? {
            return Ok(true);
        }
        let file = File {
            id: crate::ids::FileId::new(now), raw_key: key.clone(), name: "reply.eml".into(),
            media_type: "message/rfc822".into(), size: i64::try_from(mailed.raw.len()).unwrap_or(i64::MAX), added_at: now,
        };
        store::add_file(tx, report.id, &file).await?;
        if mailed.answerable {
            spoke(tx, desk, report.id, "said", &words, &told::hear(&words)).await?;
        } else if let Some(case) = report.case_id {
            // A robot answered: worth knowing for the team, but nobody waits for our word.
            cases::add_entry(tx, &NewEntry {
                case, report: Some(id), source: Source::System, author: None, visibility: Visibility::Team,
                kind: "robot-reply", body: words.clone(), at: now,
            }).await?;
        }
        Ok(true)
    })
}

/// A word of the reporter: on the timeline, with a promise that we answer, and the case in front of us again.
async fn spoke(
    tx: &mut Tx,
    desk: &Desk,
    id: ReportId,
    kind: &'static str,
    words: &str,
    heard: &BTreeSet<Told>,
) -> Result<()> {
    let now = desk.now();
    let report = store::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let Some(case) = report.case_id else {
        return Err(Error::Later("problem-still-reading"));
    };
    if !heard.is_empty() {
        let mut all = told::split(&report.told);
        all.extend(heard);
        let exposed = all.iter().any(|one| one.is_exposure());
        store::correct(tx, id, &told::join(&all), exposed, now).await?;
    }
    cases::add_entry(
        tx,
        &NewEntry {
            case,
            report: Some(id),
            source: Source::Witness,
            author: report.reporter_id,
            visibility: Visibility::Reporter,
            kind,
            body: words.to_owned(),
            at: now,
        },
    )
    .await?;
    store::reporter_spoke(tx, id, now).await?;
    if !cases::promises_to(tx, id).await?.iter().any(Promise::is_open) {
        let by =
            desk.settings.first_word_by(now, report.exposed || heard.iter().any(|one| one.is_exposure()));
        cases::promise(tx, case, id, "word", by, now).await?;
    }
    cases::refresh(tx, case, now).await
}

async fn entry(
    tx: &mut Tx,
    task: &Task,
    report: ReportId,
    kind: &'static str,
    now: crate::Time,
) -> Result<()> {
    cases::add_entry(
        tx,
        &NewEntry {
            case: task.case_id,
            report: Some(report),
            source: Source::Witness,
            author: None,
            visibility: Visibility::Reporter,
            kind,
            body: task.ask.clone(),
            at: now,
        },
    )
    .await
    .map(|_| ())
}

fn own_task(task: Task, report: ReportId) -> Result<Task> {
    if task.report_id == Some(report) && task.for_whom == "reporter" {
        Ok(task)
    } else {
        Err(Error::NotFound)
    }
}

/// Replaces a reporter's link: the old one stops working at once.
pub async fn renew_link(tx: &mut Tx, desk: &Desk, id: ReportId) -> Result<String> {
    let now = desk.now();
    store::revoke_links(tx, id, now).await?;
    let serial = store::next_serial(tx, id).await?;
    let token = desk.keys.page_token(id, u32::try_from(serial).unwrap_or(0));
    store::add_link(tx, id, &keys::hash(&token), now, now.plus(super::receive::LINK)).await?;
    people::note(tx, None, "renewed a private link", &id.to_string(), now).await?;
    Ok(token)
}

/// What somebody wrote above the quoted letter they answer.
fn above_quote(text: &str) -> String {
    let mut kept = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        let lower = line.to_lowercase();
        let quote_head = (lower.starts_with("on ") && lower.ends_with("wrote:"))
            || (lower.starts_with("am ") && lower.ends_with("schrieb:"))
            || lower.starts_with("-----original message")
            || lower.starts_with("-----ursprüngliche nachricht")
            || lower.starts_with("________________________________");
        if quote_head {
            break;
        }
        if !line.starts_with('>') {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}
