//! The reporter's own page: where things stand, what was said, what they can add. Reached by a private link,
//! which opens one report and nothing else. What they do here is a word to the desk, and gets a promise.

use std::collections::BTreeSet;

use super::receive::{Upload, keep_file};
use super::store::{self, File, Report};
use super::{Heard, Kind, Seen, Told, steps, told, tongue};
use crate::cases::{self, Case, Ending, Entry, NewEntry, Promise, Source, Task, Visibility};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, ReportId, TaskId, Time};
use crate::jobs::{self, Work};
use crate::letters::{self, Letter};
use crate::words::Locale;
use crate::{Desk, numbers, write};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct ReporterPage {
    pub report: Report,
    pub seen: Option<Seen>,
    pub case: Option<Case>,
    /// How it ended, as they were told.
    pub ending: Option<Ending>,
    /// The words that came with it.
    pub told_words: String,
    /// At which place, counted in people from 1, they told us of this case, and how many people did.
    pub place: i64,
    pub people: i64,
    pub promises: Vec<Promise>,
    pub tasks: Vec<Task>,
    pub timeline: Vec<Entry>,
    /// The number of the piece of the timeline before this one, if there is one.
    pub before: Option<i64>,
    pub letters: Vec<Letter>,
    pub files: Vec<File>,
    /// Their address, where our letters to it come back.
    pub comes_back: Option<String>,
}

/// What is longer is asked for in parts, or as a file. Of a reply by mail, which is kept as a file, so much is shown.
pub(super) const MOST_WORDS: usize = 20_000;
pub(super) const MOST_FILES: i64 = 30;

/// What the reporter sees.
pub async fn page_of(desk: &Desk, id: ReportId) -> Result<ReporterPage> {
    page_at(desk, id, 0).await
}

/// The same with an older piece of the timeline.
pub async fn page_at(desk: &Desk, id: ReportId, piece: i64) -> Result<ReporterPage> {
    let mut tx = desk.db.read().await?;
    let report = store::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let (case, place, people) = match report.case_id {
        Some(case) => (
            Some(cases::find(&mut tx, case).await?),
            store::place_in_case(&mut tx, case, &report).await?,
            store::people_of_case(&mut tx, case).await?,
        ),
        None => (None, 0, 0),
    };
    let cases::Piece { entries: timeline, more } = cases::timeline_for(&mut tx, id, piece).await?;
    let comes_back = match super::reporter_of(&mut tx, &report).await? {
        Some(person) if letters::comes_back(&mut tx, person.id).await? => person.address,
        _ => None,
    };
    Ok(ReporterPage {
        comes_back,
        seen: report.evidence.as_deref().filter(|text| !text.is_empty()).map(Seen::parse),
        case,
        ending: cases::ending_of(&mut tx, id).await?,
        told_words: store::told_words(&mut tx, id).await?,
        place,
        people,
        promises: cases::promises_to(&mut tx, id).await?,
        tasks: cases::tasks_for(&mut tx, id).await?,
        timeline,
        before: more.then_some(piece + 1),
        letters: letters::about(&mut tx, id).await?,
        files: store::files(&mut tx, id).await?,
        report,
    })
}

/// The reporter writes to us.
pub async fn say(desk: &Desk, id: ReportId, words: &str) -> Result<()> {
    let words: String = words.trim().chars().filter(|letter| *letter != '\0').collect();
    if words.is_empty() {
        return Err(Error::Unclear("problem-no-words"));
    }
    if words.chars().count() > MOST_WORDS {
        return Err(Error::Unclear("form-too-long"));
    }
    let (words, heard) = listen(words).await?;
    let now = desk.now();
    write!(desk.db, tx => {
        tongue::heed(tx, id, &words).await?;
        let news = spoke(tx, desk, id, "said", &words, Change::Adds(&heard)).await?;
        steps::send(tx, desk, id, &news, now).await
    })
}

/// Words on the form's page after somebody answered our letter. Whoever types them need not be that one: they are kept, and a person looks.
pub async fn say_at_door(desk: &Desk, id: ReportId, words: &str) -> Result<()> {
    let words: String = words.trim().chars().filter(|letter| *letter != '\0').take(MOST_WORDS).collect();
    let (words, heard) = listen(words).await?;
    write!(desk.db, tx => {
        spoke(tx, desk, id, "said-at-door", &words, Change::Unconfirmed(&heard)).await.map(|_| ())
    })
}

/// Hears words off the async threads, before anything is written.
async fn listen(words: String) -> Result<(String, Heard)> {
    super::apart(move || {
        let heard = Heard::of(&words);
        (words, heard)
    })
    .await
}

/// The language the reporter chose on their page: our letters to them are in it from now on.
pub async fn set_locale(desk: &Desk, id: ReportId, locale: Locale) -> Result<()> {
    write!(desk.db, tx => { store::choose_locale(tx, id, locale.tag()).await })
}

/// The reporter corrects what they told us happened.
pub async fn correct(desk: &Desk, id: ReportId, now_told: &BTreeSet<Told>) -> Result<()> {
    let words = told::join(now_told);
    let now = desk.now();
    write!(desk.db, tx => {
        let news = spoke(tx, desk, id, "corrected", &words, Change::Is(now_told)).await?;
        steps::send(tx, desk, id, &news, now).await
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
    let message = mail::is_message(&upload.bytes);
    let now = desk.now();
    // Asked before the bytes are kept, so that nothing stays of a file that is refused; and once more where it counts.
    let mut tx = desk.db.read().await?;
    room_for_a_file(&mut tx, id).await?;
    drop(tx);
    let file = keep_file(desk, upload, now).await?;
    write!(desk.db, tx => {
        room_for_a_file(tx, id).await?;
        store::add_file(tx, id, &file).await?;
        spoke(tx, desk, id, "file", &file.name, Change::Nothing).await?;
        if message {
            jobs::enqueue(tx, Work::Reread(file.id), now, now).await?;
        }
        Ok(())
    })
}

/// Whether a report can take one more file.
async fn room_for_a_file(tx: &mut Tx, id: ReportId) -> Result<()> {
    let report = store::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    if report.case_id.is_none() {
        return Err(Error::Later("problem-still-reading"));
    }
    if store::file_count(tx, id).await? >= MOST_FILES {
        return Err(Error::Later("problem-thirty-files"));
    }
    Ok(())
}

/// The reporter did a task, or not after all.
pub async fn task_done(desk: &Desk, id: ReportId, task: TaskId, done: bool) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        let task = own_task(cases::set_task_done(tx, task, done, now).await?, id)?;
        if done {
            cases::task_done(tx, task.case_id).await?;
            // We said that we check it then: what is done after the end puts the case in front of us again.
            if cases::find(tx, task.case_id).await?.state == "closed" {
                return spoke(tx, desk, id, "task-done", &task.ask, Change::Nothing).await.map(|_| ());
            }
        }
        let kind = if done { "task-done" } else { "task-open" };
        entry(tx, &task, id, kind, now).await
    })
}

/// The reporter wants help with a task.
pub async fn task_help(desk: &Desk, id: ReportId, task: TaskId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        let task = own_task(cases::ask_help(tx, task, now).await?, id)?;
        spoke(tx, desk, id, "task-help", &task.ask, Change::Nothing).await.map(|_| ())
    })
}

/// What a word of the reporter changes in what they told us happened.
#[derive(Clone, Copy)]
pub(super) enum Change<'a> {
    Nothing,
    Adds(&'a Heard),
    /// Nobody confirms that it is their word: it puts nothing into their mouth, but somebody may need us.
    Unconfirmed(&'a Heard),
    Is(&'a BTreeSet<Told>),
}

/// A word of the reporter: on the timeline, with a promise that we answer, and the case in front of us again. Gives what
/// they told us of that we did not know.
pub(super) async fn spoke(
    tx: &mut Tx,
    desk: &Desk,
    id: ReportId,
    kind: &'static str,
    words: &str,
    change: Change<'_>,
) -> Result<BTreeSet<Told>> {
    let now = desk.now();
    let report = store::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let Some(case) = report.case_id else {
        return Err(Error::Later("problem-still-reading"));
    };
    let before = told::split(&report.told);
    let mut after = match change {
        Change::Nothing | Change::Unconfirmed(_) => before.clone(),
        Change::Adds(heard) => before.union(&heard.told).copied().collect(),
        Change::Is(now_told) => now_told.clone(),
    };
    // A lost device stays lost, whatever else somebody tells us about it; and who told us that something happened needs us until
    // they say that it was otherwise.
    let named = after.iter().any(|one| one.is_exposure()) || report.kind == Kind::Device.as_str();
    if named {
        after.remove(&Told::Looked);
    }
    let exposed = named
        || match change {
            Change::Is(_) => report.exposed && after == before,
            Change::Nothing => report.exposed,
            Change::Unconfirmed(heard) => report.exposed || heard.tells_of_harm() || heard.went_wrong,
            Change::Adds(heard) => report.exposed || heard.went_wrong || heard.of_another,
        };
    if after != before || exposed != report.exposed {
        // What a week that is over knew does not change with what is told now.
        numbers::close_weeks(tx, &desk.settings.hours, now).await?;
        store::correct(tx, id, &told::join(&after), exposed, now).await?;
    }
    let (source, author) = match change {
        Change::Unconfirmed(_) => (Source::System, None),
        Change::Nothing | Change::Adds(_) | Change::Is(_) => (Source::Witness, report.reporter_id),
    };
    cases::add_entry(
        tx,
        &NewEntry {
            case,
            report: Some(id),
            source,
            author,
            visibility: Visibility::Reporter,
            kind,
            body: words.to_owned(),
            at: now,
        },
    )
    .await?;
    store::reporter_spoke(tx, id, now).await?;
    let news: BTreeSet<Told> = after.difference(&before).filter(|one| one.is_exposure()).copied().collect();
    owe_a_word(tx, desk, &report, case, exposed, now).await?;
    cases::refresh(tx, case, now).await?;
    Ok(news)
}

/// Promises a word where none is owed. Who tells or asks us more gets it as soon as if they had told us at once: the promise
/// that stands moves forward if it lies later, for a reason they read.
async fn owe_a_word(
    tx: &mut Tx,
    desk: &Desk,
    report: &Report,
    case: CaseId,
    exposed: bool,
    now: Time,
) -> Result<()> {
    let by = desk.settings.first_word_by(now, exposed);
    let owed = cases::promises_to(tx, report.id).await?;
    let Some(open) = owed.iter().filter(|promise| promise.is_open()).min_by_key(|promise| promise.by_at)
    else {
        return cases::promise(tx, case, report.id, "word", by, now).await.map(|_| ());
    };
    // What was promised and not kept stays broken; whoever asks again gets a new time.
    if open.by_at <= by && open.by_at > now {
        return Ok(());
    }
    if open.by_at <= now {
        return cases::promise(tx, case, report.id, "word", by, now).await.map(|_| ());
    }
    let reason = report.locale().t("promise-sooner");
    cases::move_promise(tx, open.id, by, &reason, now).await?;
    cases::add_entry(
        tx,
        &NewEntry {
            case,
            report: Some(report.id),
            source: Source::System,
            author: None,
            visibility: Visibility::Reporter,
            kind: "promise-moved",
            body: reason,
            // Behind the words that caused it.
            at: now.plus(1),
        },
    )
    .await
    .map(|_| ())
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
