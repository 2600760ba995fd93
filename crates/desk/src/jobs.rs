//! Work after the answer. Every piece is a row written in the transaction that caused it, of one closed kind,
//! carrying only an id; finishing it happens in the transaction of its effect, so it happens once.
//! Knows which verb does what; decides nothing else.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use futures::{FutureExt, StreamExt};
use tokio::task::JoinSet;

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{FileId, JobId, LetterId, PromiseId, ReportId, Time};
use crate::{Desk, execute, rows, write};

/// Everything that can be done later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Read what was reported, find its case, write the first word.
    Understand(ReportId),
    /// Read a message that a reporter sent later.
    Reread(FileId),
    /// Hand a letter to the mail relay.
    Send(LetterId),
    /// Tell the case that a letter could not be delivered.
    SayUndelivered(LetterId),
    /// Remind the desk before a promise falls due.
    WatchPromise(PromiseId),
    /// Ask three questions after a case is closed.
    Invite(ReportId),
}

impl Work {
    fn kind(self) -> &'static str {
        match self {
            Work::Understand(_) => "understand",
            Work::Reread(_) => "reread",
            Work::Send(_) => "send",
            Work::SayUndelivered(_) => "say-undelivered",
            Work::WatchPromise(_) => "watch-promise",
            Work::Invite(_) => "invite",
        }
    }

    fn subject(self) -> String {
        match self {
            Work::Understand(id) | Work::Invite(id) => id.to_string(),
            Work::Reread(id) => id.to_string(),
            Work::Send(id) | Work::SayUndelivered(id) => id.to_string(),
            Work::WatchPromise(id) => id.to_string(),
        }
    }

    fn parse(kind: &str, subject: &str) -> Option<Work> {
        match kind {
            "understand" => subject.parse().ok().map(Work::Understand),
            "reread" => subject.parse().ok().map(Work::Reread),
            "send" => subject.parse().ok().map(Work::Send),
            "say-undelivered" => subject.parse().ok().map(Work::SayUndelivered),
            "watch-promise" => subject.parse().ok().map(Work::WatchPromise),
            "invite" => subject.parse().ok().map(Work::Invite),
            _ => None,
        }
    }
}

/// Which jobs stand in one queue. What waits for the mail relay never keeps a report from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    Letters,
    Desk,
}

impl Lane {
    const ALL: [Lane; 2] = [Lane::Letters, Lane::Desk];

    /// What listeners are told when there is more.
    fn topic(self) -> &'static str {
        match self {
            Lane::Letters => "jobs:letters",
            Lane::Desk => "jobs:desk",
        }
    }

    /// Each report that is read wakes the lane of letters, and each claim is a write of its own: letters of a busy moment are
    /// taken together. Reports are many at once when there are many.
    fn between_claims(self) -> Duration {
        match self {
            Lane::Letters => Duration::from_millis(25),
            Lane::Desk => Duration::ZERO,
        }
    }

    /// How long what is under way may take to end once the desk stops. What does not is done after the next start, and a letter that the
    /// relay has already would be handed over a second time: so the letters have as long as one may take, and a little to write it down.
    fn last_seconds(self) -> Duration {
        match self {
            Lane::Letters => LONGEST_LETTER + Duration::from_secs(4),
            Lane::Desk => Duration::from_secs(4),
        }
    }
}

impl Work {
    fn lane(self) -> Lane {
        match self {
            Work::Send(_) => Lane::Letters,
            Work::Understand(_)
            | Work::Reread(_)
            | Work::SayUndelivered(_)
            | Work::WatchPromise(_)
            | Work::Invite(_) => Lane::Desk,
        }
    }

    /// After so many tries a person has to look.
    fn most_attempts(self) -> i64 {
        match self.lane() {
            Lane::Letters => MOST_TRIES_TO_SEND,
            Lane::Desk => MOST_ATTEMPTS,
        }
    }
}

/// A job this node holds for a while.
#[derive(Clone, Copy, Debug)]
pub struct Claimed {
    pub id: JobId,
    pub work: Work,
    pub attempts: i64,
}

crate::columns! {
    /// A job that was given up, for an admin to see.
    #[derive(Clone, Debug)]
    pub struct GivenUp {
        pub id: JobId,
        pub kind: String,
        pub subject: String,
        pub attempts: i64,
        pub last_problem: Option<String>,
        pub gave_up_at: Option<Time>,
    }
}

/// A worker that vanished loses its jobs after this long; one that is at work says so every `RENEW`.
const LOCK: i64 = Time::MINUTE / 4;
const RENEW: Duration = Duration::from_secs(5);
/// After so many tries a job waits for a person.
pub const MOST_ATTEMPTS: i64 = 10;
/// A letter is tried for about four days, at most an hour apart: a mail relay may be away for a weekend.
pub const MOST_TRIES_TO_SEND: i64 = 108;
const LONGEST_WAIT: i64 = Time::HOUR;
/// After so many tries, which is some minutes, a person should know that something is in the way.
const TELL_AFTER: i64 = 7;
/// Jobs of one lane taken at once, and of these under way at once.
const BATCH: i64 = 32;
const AT_ONCE: usize = 8;
/// How long a mail relay may take over one letter. Whatever hands letters over gives up by itself after it.
pub const LONGEST_LETTER: Duration = Duration::from_secs(20);

pub mod sql {
    pub const ADD: &str = "insert into job (id, kind, subject, uniq, run_at, made_at, attempts)
        values ($1, $2, $3, $4, $5, $6, 0) on conflict (uniq) do update
            set gave_up_at = null, attempts = 0, locked_until = null, run_at = $5
            where job.gave_up_at is not null";
    // The outer conditions are checked again on the row that is locked: without them two workers take one job.
    pub const CLAIM: &str = "update job set locked_until = $1, attempts = attempts + 1
        where id in (
            select id from job
            where gave_up_at is null and run_at <= $2 and (locked_until is null or locked_until <= $2)
                and (kind = 'send') = $4
            order by run_at limit $3)
        and gave_up_at is null and (locked_until is null or locked_until <= $2)
        returning id, kind, subject, attempts";
    pub const HOLD: &str = "update job set locked_until = $1
        where id = $2 and attempts = $3 and locked_until is not null and gave_up_at is null";
    pub const LET_GO: &str =
        "update job set locked_until = null where locked_until is not null and gave_up_at is null";
    pub const FINISH: &str = "delete from job where id = $1 and attempts = $2";
    pub const RETRY: &str = "update job set locked_until = null, run_at = $1, last_problem = $2
        where id = $3 and attempts = $4";
    pub const GIVE_UP: &str = "update job set gave_up_at = $1, last_problem = $2
        where id = $3 and attempts = $4";
    pub const GIVEN_UP: &str = "select id, kind, subject, attempts, last_problem, gave_up_at from job
        where gave_up_at is not null order by gave_up_at desc limit 200";
    pub const IN_THE_WAY: &str = "select id, kind, subject, attempts, last_problem, gave_up_at from job
        where gave_up_at is null and attempts >= $1 and last_problem is not null
        order by attempts desc, id limit 200";
    // Only when it runs changes: whoever is at work on it knows it by its count of attempts.
    pub const HURRY: &str = "update job set run_at = $1
        where gave_up_at is null and last_problem is not null and run_at > $1
            and (locked_until is null or locked_until <= $1)";
    pub const REVIVE: &str =
        "update job set gave_up_at = null, attempts = 0, locked_until = null, run_at = $1
        where id = $2 and gave_up_at is not null";
    pub const REVIVE_ALL: &str =
        "update job set gave_up_at = null, attempts = 0, locked_until = null, run_at = $1
        where gave_up_at is not null";
    pub const WAITING: &str = "select count(*) from job where gave_up_at is null";
    pub const ALL: &[&str] = &[
        ADD, CLAIM, HOLD, LET_GO, FINISH, RETRY, GIVE_UP, GIVEN_UP, IN_THE_WAY, HURRY, REVIVE, REVIVE_ALL,
        WAITING,
    ];
}

/// Writes down work to do at `run_at`, in the caller's transaction. The same work is never waiting twice; what was given up is
/// tried again.
pub async fn enqueue(tx: &mut Tx, work: Work, run_at: Time, now: Time) -> Result<()> {
    let uniq = format!("{}:{}", work.kind(), work.subject());
    execute!(tx, sql::ADD, JobId::new(now), work.kind(), work.subject(), uniq, run_at, now)?;
    tx.signal(work.lane().topic());
    Ok(())
}

/// Marks a job as done in the transaction of its effect. False if another worker holds it by now:
/// then the effect must not happen.
pub async fn finish(tx: &mut Tx, job: &Claimed) -> Result<bool> {
    Ok(execute!(tx, sql::FINISH, job.id, job.attempts)? == 1)
}

/// Leaves a job for a person, in the transaction of what else that means. False if another worker holds it by now.
pub async fn give_up(tx: &mut Tx, job: &Claimed, problem: &str, now: Time) -> Result<bool> {
    tx.signal("inbox");
    Ok(execute!(tx, sql::GIVE_UP, now, problem, job.id, job.attempts)? == 1)
}

/// Jobs nobody will try again until a person says so.
pub async fn given_up(desk: &Desk) -> Result<Vec<GivenUp>> {
    let mut tx = desk.db.read().await?;
    Ok(rows!(tx, GivenUp, sql::GIVEN_UP)?)
}

/// Tries a given-up job again.
pub async fn revive(desk: &Desk, id: JobId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        execute!(tx, sql::REVIVE, now, id)?;
        Lane::ALL.into_iter().for_each(|lane| tx.signal(lane.topic()));
        Ok(())
    })
}

/// Jobs that fail again and again and are still tried.
pub async fn in_the_way(desk: &Desk) -> Result<Vec<GivenUp>> {
    let mut tx = desk.db.read().await?;
    Ok(rows!(tx, GivenUp, sql::IN_THE_WAY, TELL_AFTER)?)
}

/// Tries now what was given up and what waits for its next try; gives how many there were.
pub async fn revive_all(desk: &Desk) -> Result<u64> {
    let now = desk.now();
    write!(desk.db, tx => {
        let revived = execute!(tx, sql::HURRY, now)? + execute!(tx, sql::REVIVE_ALL, now)?;
        Lane::ALL.into_iter().for_each(|lane| tx.signal(lane.topic()));
        Ok(revived)
    })
}

/// How many jobs are waiting.
pub async fn waiting(desk: &Desk) -> Result<i64> {
    let mut tx = desk.db.read().await?;
    Ok(crate::scalar!(tx, i64, sql::WAITING)?)
}

/// Does everything that is due now; gives how many jobs were taken. What fails is tried again later.
pub async fn run_due(desk: &Desk) -> Result<usize> {
    let mut taken = 0;
    loop {
        let mut batch = Vec::new();
        for lane in Lane::ALL {
            batch.extend(claim(desk, lane).await?);
        }
        if batch.is_empty() {
            return Ok(taken);
        }
        taken += batch.len();
        futures::stream::iter(batch).for_each_concurrent(AT_ONCE, |job| run_one(desk, job)).await;
    }
}

/// Works until `stop` resolves. Wakes on every enqueue, and looks by itself every second. After `stop` nothing more is taken,
/// and what is under way has a few seconds to end.
pub async fn work(desk: Desk, stop: impl Future<Output = ()>) {
    if let Err(problem) = let_go(&desk).await {
        tracing::warn!(%problem, "jobs: what an earlier run held waits until its locks run out");
    }
    let stop = stop.shared();
    futures::join!(work_on(&desk, Lane::Letters, stop.clone()), work_on(&desk, Lane::Desk, stop));
}

/// The work of one lane. A place that is free is used at once, however long the other places take.
async fn work_on(desk: &Desk, lane: Lane, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut live = desk.db.live();
    let mut renew = tokio::time::interval(RENEW);
    let mut places = Places::default();
    let mut more = true;
    let pause = tokio::time::sleep(Duration::ZERO);
    tokio::pin!(pause);
    loop {
        if more && places.has_room() && pause.is_elapsed() {
            pause.set(tokio::time::sleep(lane.between_claims()));
            match claim(desk, lane).await {
                Ok(batch) => {
                    more = !batch.is_empty();
                    places.waiting.extend(batch);
                }
                Err(problem) => {
                    tracing::error!(%problem, "jobs: the store does not answer, trying again");
                    more = false;
                }
            }
        }
        places.fill(desk);
        tokio::select! {
            () = &mut stop => break,
            Some(ended) = places.under_way.join_next_with_id() => places.ended(desk, ended).await,
            () = wake(&mut live, lane.topic()), if !more => more = true,
            () = tokio::time::sleep(Duration::from_secs(1)), if !more => more = true,
            () = pause.as_mut(), if !pause.is_elapsed() => {}
            _ = renew.tick() => hold(desk, &places.held()).await,
        }
    }
    let last = async {
        loop {
            tokio::select! {
                ended = places.under_way.join_next_with_id() => match ended {
                    Some(ended) => places.ended(desk, ended).await,
                    None => break,
                },
                // Also now nobody else may take what is under way.
                _ = renew.tick() => hold(desk, &places.names.values().copied().collect::<Vec<_>>()).await,
            }
        }
    };
    if tokio::time::timeout(lane.last_seconds(), last).await.is_err() {
        tracing::info!("jobs: what is still under way will be done after the next start");
    }
}

/// The jobs of one lane that this node holds: some wait for a place, some are under way.
#[derive(Default)]
struct Places {
    waiting: VecDeque<Claimed>,
    under_way: JoinSet<()>,
    names: HashMap<tokio::task::Id, Claimed>,
}

impl Places {
    fn fill(&mut self, desk: &Desk) {
        while self.under_way.len() < AT_ONCE
            && let Some(job) = self.waiting.pop_front()
        {
            let desk = desk.clone();
            let task = self.under_way.spawn(async move { run_one(&desk, job).await });
            self.names.insert(task.id(), job);
        }
    }

    /// Whether another claim could begin at once.
    fn has_room(&self) -> bool {
        self.waiting.is_empty() && self.under_way.len() < AT_ONCE
    }

    /// A job that stopped in the middle is put back like one that failed.
    async fn ended(
        &mut self,
        desk: &Desk,
        ended: std::result::Result<(tokio::task::Id, ()), tokio::task::JoinError>,
    ) {
        let (id, stopped) = match ended {
            Ok((id, ())) => (id, false),
            Err(problem) => (problem.id(), true),
        };
        if let Some(job) = self.names.remove(&id)
            && stopped
        {
            fail(desk, &job, &Error::Broken("the work stopped in the middle".into())).await;
        }
    }

    fn held(&self) -> Vec<Claimed> {
        self.names.values().chain(&self.waiting).copied().collect()
    }
}

async fn wake(live: &mut tokio::sync::broadcast::Receiver<String>, of: &str) {
    loop {
        match live.recv().await {
            Ok(topic) if topic == of => return,
            Ok(_) => {}
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => return,
            Err(tokio::sync::broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Keeps these jobs ours for a little longer.
async fn hold(desk: &Desk, jobs: &[Claimed]) {
    if jobs.is_empty() {
        return;
    }
    let until = desk.now().plus(LOCK);
    let held: Result<()> = write!(desk.db, tx => {
        for job in jobs {
            execute!(tx, sql::HOLD, until, job.id, job.attempts)?;
        }
        Ok(())
    });
    if let Err(problem) = held {
        tracing::warn!(%problem, "jobs: the locks of what is under way could not be renewed");
    }
}

/// Frees what an earlier run of this desk was holding when it ended. Only where nobody else works on the same store:
/// other nodes' jobs are theirs until their locks run out.
async fn let_go(desk: &Desk) -> Result<()> {
    if desk.db.is_shared() {
        return Ok(());
    }
    write!(desk.db, tx => {
        execute!(tx, sql::LET_GO)?;
        Ok(())
    })
}

async fn claim(desk: &Desk, lane: Lane) -> Result<Vec<Claimed>> {
    let now = desk.now();
    let letters = lane == Lane::Letters;
    let found: Vec<(JobId, String, String, i64)> = write!(desk.db, tx => {
        Ok(rows!(tx, (JobId, String, String, i64), sql::CLAIM, now.plus(LOCK), now, BATCH, letters)?)
    })?;
    let mut claimed = Vec::new();
    for (id, kind, subject, attempts) in found {
        match Work::parse(&kind, &subject) {
            Some(work) => claimed.push(Claimed { id, work, attempts }),
            None => tracing::error!(kind, "a job of an unknown kind is left for a newer version"),
        }
    }
    Ok(claimed)
}

async fn run_one(desk: &Desk, job: Claimed) {
    let outcome = match job.work {
        Work::Understand(report) => crate::reports::understand(desk, &job, report).await,
        Work::Reread(file) => crate::reports::reread(desk, &job, file).await,
        Work::Send(letter) => crate::letters::send(desk, &job, letter).await,
        Work::SayUndelivered(letter) => crate::casework::say_undelivered(desk, &job, letter).await,
        Work::WatchPromise(promise) => crate::cases::watch_promise(desk, &job, promise).await,
        Work::Invite(report) => crate::surveys::invite(desk, &job, report).await,
    };
    metrics::counter!("alongside_jobs_total", "kind" => job.work.kind(), "ok" => if outcome.is_ok() { "yes" } else { "no" })
        .increment(1);
    if let Err(problem) = outcome {
        fail(desk, &job, &problem).await;
    }
}

async fn fail(desk: &Desk, job: &Claimed, problem: &Error) {
    if let Err(worse) = put_back(desk, job, problem).await {
        tracing::error!(%worse, "a job could not be put back; its lock will run out");
    }
}

async fn put_back(desk: &Desk, job: &Claimed, problem: &Error) -> Result<()> {
    let now = desk.now();
    let words = crate::error::for_the_log(problem);
    tracing::warn!(
        kind = job.work.kind(),
        attempts = job.attempts,
        problem = words,
        "a job will be tried again"
    );
    if job.attempts >= job.work.most_attempts() {
        // What cannot be written now stays a job: its lock runs out, and it comes back here.
        return match job.work {
            Work::Understand(report) => crate::reports::give_up(desk, job, report, &words).await,
            Work::Send(letter) => crate::letters::give_up(desk, job, letter, &words).await,
            Work::Reread(file) => crate::reports::give_up_rereading(desk, job, file, &words).await,
            Work::SayUndelivered(_) | Work::WatchPromise(_) | Work::Invite(_) => {
                write!(desk.db, tx => { give_up(tx, job, words.as_str(), now).await.map(|_| ()) })
            }
        };
    }
    let wait = (Time::MINUTE / 60).saturating_mul(1 << job.attempts.clamp(0, 12)).min(LONGEST_WAIT);
    write!(desk.db, tx => {
        execute!(tx, sql::RETRY, now.plus(wait), words.as_str(), job.id, job.attempts)?;
        Ok(())
    })
}

#[cfg(test)]
mod tests;
