//! One flush for many commits. SQLite writes a commit to its log without waiting for the disk (`synchronous = normal`);
//! here the log is flushed before the commit is called done, once for everybody who committed meanwhile. What an answer
//! was given for is as durable as with `synchronous = full`, and thirty reports at once cost one flush instead of thirty.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

type Waiting = oneshot::Sender<Result<(), Arc<std::io::Error>>>;

/// The log of one SQLite store.
#[derive(Clone)]
pub(crate) struct Log(mpsc::UnboundedSender<Waiting>);

impl Log {
    /// The log beside a database file. Ends when its last handle is dropped.
    pub(super) fn beside(database: &str) -> Log {
        let (ask, asked) = mpsc::unbounded_channel();
        tokio::spawn(flush_for_all(PathBuf::from(format!("{database}-wal")), asked));
        Log(ask)
    }

    /// Returns once everything that was committed before this call is on the disk.
    pub(super) async fn flushed(&self) -> Result<(), sqlx::Error> {
        let (done, flushed) = oneshot::channel();
        let stopped = || sqlx::Error::Io(std::io::Error::other("the flushing of the log has stopped"));
        self.0.send(done).map_err(|_| stopped())?;
        match flushed.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(problem)) => {
                Err(sqlx::Error::Io(std::io::Error::new(problem.kind(), problem.to_string())))
            }
            Err(_) => Err(stopped()),
        }
    }
}

async fn flush_for_all(log: PathBuf, mut asked: mpsc::UnboundedReceiver<Waiting>) {
    let mut waiting = Vec::new();
    let mut named = false;
    while asked.recv_many(&mut waiting, usize::MAX).await > 0 {
        let path = log.clone();
        // Invariant: the flush begins after the last of those who wait for it has committed.
        let outcome = match tokio::task::spawn_blocking(move || flush(&path, named)).await {
            Ok(outcome) => outcome.map_err(Arc::new),
            Err(problem) => Err(Arc::new(std::io::Error::other(problem))),
        };
        named |= outcome.is_ok();
        for done in waiting.drain(..) {
            let _gone = done.send(outcome.clone());
        }
    }
}

/// The log is opened anew each time, so it is always the one in use. Without one, everything is in the database
/// already: SQLite flushes that before it removes the log. The first time, the log's name is made to last as well.
fn flush(log: &std::path::Path, named: bool) -> std::io::Result<()> {
    match std::fs::OpenOptions::new().read(true).write(true).open(log) {
        Ok(file) => {
            file.sync_data()?;
            match log.parent().filter(|folder| !named && !folder.as_os_str().is_empty()) {
                Some(folder) => std::fs::File::open(folder)?.sync_all(),
                None => Ok(()),
            }
        }
        Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(()),
        Err(problem) => Err(problem),
    }
}
