//! The two doors to the store: [`Db::read`] and the [`write!`](crate::write) macro. Transactions begin here and nowhere else.
//! A write is serializable on both engines: `begin immediate` on SQLite, `serializable` with bounded,
//! jittered retry of the whole body on PostgreSQL. The SQL text itself lives in each feature's `store.rs`.

mod durable;
mod statements;
mod tries;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgPool, SqlitePool};
use tokio::sync::{broadcast, mpsc};

use durable::Log;

pub use tries::{AsStoreError, Settled, Tries, is_conflict, is_duplicate};

const NEXT_NUMBER_LITE: &str = "update sequence set value = value + 1 where name = 'case' returning value";

/// Changes nothing, and needs all that a change needs.
const PROBE: &str = "update secret set value = value where name = ''";

/// Goes on from what was counted in the table, in stores made before this sequence and in ones restored from a copy.
const COUNT_ON_PG: &str = "create sequence if not exists case_number;
    select setval('case_number', greatest((select value from sequence where name = 'case'), (select coalesce(max(number), 0) from cases), 0) + 1, false)
    where (select greatest((select value from sequence where name = 'case'), (select coalesce(max(number), 0) from cases), 0)) >=
        (select last_value + case when is_called then 1 else 0 end from case_number)";

/// Every migration in order; the same text runs on both engines.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_ground.sql")),
    (2, include_str!("../migrations/0002_estimates.sql")),
    (3, include_str!("../migrations/0003_premise.sql")),
    (4, include_str!("../migrations/0004_given_name.sql")),
    (5, include_str!("../migrations/0005_endings.sql")),
    (6, include_str!("../migrations/0006_records.sql")),
    (7, include_str!("../migrations/0007_doors.sql")),
    (8, include_str!("../migrations/0008_frame.sql")),
    (9, include_str!("../migrations/0009_lanes.sql")),
    (10, include_str!("../migrations/0010_answers.sql")),
    (11, include_str!("../migrations/0011_people_and_words.sql")),
    (13, include_str!("../migrations/0013_batches.sql")),
    (14, include_str!("../migrations/0014_given_up.sql")),
    (15, include_str!("../migrations/0015_letters_and_links.sql")),
    (16, include_str!("../migrations/0016_drafts_and_tasks.sql")),
    (17, include_str!("../migrations/0017_prints.sql")),
    (19, include_str!("../migrations/0019_made_by.sql")),
];

/// A store: SQLite in one file, or PostgreSQL shared by several nodes.
#[derive(Clone)]
pub struct Db {
    pub(crate) engine: Engine,
    bell: Bell,
    faults: Option<Arc<Faults>>,
}

#[derive(Clone)]
pub(crate) enum Engine {
    /// One writer, several readers.
    Lite {
        writer: SqlitePool,
        readers: SqlitePool,
        log: Option<Log>,
    },
    Pg(PgPool),
}

/// What listeners are told after a commit: topics go to this node, or by the store to all.
#[derive(Clone)]
struct Bell {
    here: broadcast::Sender<String>,
    everywhere: Option<mpsc::UnboundedSender<Vec<String>>>,
}

impl Bell {
    fn ring(&self, topics: Vec<String>) {
        if topics.is_empty() {
            return;
        }
        match &self.everywhere {
            Some(everywhere) => {
                let _closing = everywhere.send(topics);
            }
            None => {
                for topic in topics {
                    let _nobody_listens = self.here.send(topic);
                }
            }
        }
    }
}

/// An open transaction. Dropped without [`Tx::commit`], it never happened.
pub struct Tx {
    pub(crate) connection: Connection,
    signals: Vec<String>,
    bell: Bell,
    /// Flushed before a commit is called done, if the engine does not do so itself.
    log: Option<Log>,
    faults: Option<Arc<Faults>>,
}

pub(crate) enum Connection {
    Lite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Pg(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// For anomaly tests: makes the n-th store call fail.
#[derive(Debug, Default)]
pub struct Faults {
    seen: AtomicU64,
    fail_at: AtomicU64,
}

impl Faults {
    /// From now on the `nth` call fails (1 is the next one); zero means none does. Counting starts anew.
    pub fn arm(&self, nth: u64) {
        self.seen.store(0, Ordering::SeqCst);
        self.fail_at.store(nth, Ordering::SeqCst);
    }

    /// How many calls were seen since the last [`Faults::arm`].
    pub fn seen(&self) -> u64 {
        self.seen.load(Ordering::SeqCst)
    }

    /// Counts one call and fails it if its turn has come.
    pub fn step(&self) -> Result<(), sqlx::Error> {
        let now = self.seen.fetch_add(1, Ordering::SeqCst) + 1;
        if now == self.fail_at.load(Ordering::SeqCst) {
            return Err(sqlx::Error::Io(std::io::Error::other("injected fault")));
        }
        Ok(())
    }
}

impl Db {
    /// Opens a store by URL: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`, and brings its tables up to date.
    pub async fn open(url: &str) -> Result<Db, sqlx::Error> {
        let (here, _) = broadcast::channel(1024);
        let engine = if url.starts_with("postgres") {
            Engine::Pg(
                PgPoolOptions::new()
                    .max_connections(16)
                    .acquire_timeout(Duration::from_secs(10))
                    .connect(url)
                    .await?,
            )
        } else {
            open_lite(url).await?
        };
        let mut db = Db { engine, bell: Bell { here, everywhere: None }, faults: None };
        db.migrate().await?;
        if let Engine::Pg(pool) = &db.engine {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.listen("alongside").await?;
            tokio::spawn(relay_live(listener, db.bell.here.clone()));
            let (everywhere, topics) = mpsc::unbounded_channel();
            tokio::spawn(tell_nodes(pool.clone(), topics));
            db.bell.everywhere = Some(everywhere);
        }
        Ok(db)
    }

    /// The same store with every call counted by `faults`.
    pub fn with_faults(mut self, faults: Arc<Faults>) -> Db {
        self.faults = Some(faults);
        self
    }

    /// Whether several nodes may share this store.
    pub fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Pg(_))
    }

    /// A snapshot to read from. Writes through it fail or are lost.
    pub async fn read(&self) -> Result<Tx, sqlx::Error> {
        self.step()?;
        let connection = match &self.engine {
            Engine::Lite { readers, .. } => Connection::Lite(readers.begin().await?),
            Engine::Pg(pool) => {
                let mut inner = pool.begin().await?;
                sqlx::query("set transaction isolation level repeatable read, read only")
                    .execute(&mut *inner)
                    .await?;
                Connection::Pg(inner)
            }
        };
        Ok(self.tx(connection))
    }

    /// Begins a write. Use the [`write!`](crate::write) macro, which commits and tries again.
    pub async fn begin_write(&self) -> Result<Tx, sqlx::Error> {
        self.step()?;
        let connection = match &self.engine {
            Engine::Lite { writer, .. } => Connection::Lite(writer.begin_with("begin immediate").await?),
            Engine::Pg(pool) => Connection::Pg(pool.begin_with("begin isolation level serializable").await?),
        };
        Ok(self.tx(connection))
    }

    /// Hears of every committed change: `inbox`, `case:ID`, `report:ID`, `jobs`. Across nodes on PostgreSQL.
    pub fn live(&self) -> broadcast::Receiver<String> {
        self.bell.here.subscribe()
    }

    /// Whether the store reads and takes a write; what is written is taken back.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        let mut tx = self.read().await?;
        crate::scalar!(tx, i64, "select cast(1 as bigint)")?;
        drop(tx);
        let mut tx = self.begin_write().await?;
        crate::execute!(tx, PROBE).map(|_| ())
    }

    /// Whether the engine understands a statement; for the test that asks this of every one.
    #[cfg(test)]
    pub async fn prepare(&self, statement: &'static str) -> Result<(), sqlx::Error> {
        use sqlx::{Executor, SqlSafeStr};
        match &self.engine {
            Engine::Lite { readers, .. } => readers.prepare(statement.into_sql_str()).await.map(|_| ()),
            Engine::Pg(pool) => pool.prepare(statement.into_sql_str()).await.map(|_| ()),
        }
    }

    /// Copies a SQLite store into a new file while it is in use.
    pub async fn copy_to(&self, path: &str) -> Result<(), sqlx::Error> {
        match &self.engine {
            // The readers are read-only through and through, which forbids even this.
            Engine::Lite { writer, .. } => {
                sqlx::query("vacuum into $1").bind(path).execute(writer).await.map(|_| ())
            }
            Engine::Pg(_) => Err(sqlx::Error::Configuration("use pg_dump for PostgreSQL".into())),
        }
    }

    /// Opens a SQLite file that nobody uses, such as one in a backup, and changes nothing in it or beside it.
    pub async fn open_copy(path: &std::path::Path) -> Result<Db, sqlx::Error> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
        let only = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let (here, _) = broadcast::channel(1);
        let engine = Engine::Lite { writer: only.clone(), readers: only, log: None };
        Ok(Db { engine, bell: Bell { here, everywhere: None }, faults: None })
    }

    /// What the first damage in a SQLite file is; nothing if there is none. PostgreSQL looks after its files itself.
    pub async fn damage(&self) -> Option<String> {
        let Engine::Lite { readers, .. } = &self.engine else { return None };
        let found: Result<(String,), sqlx::Error> =
            sqlx::query_as("pragma integrity_check(1)").fetch_one(readers).await;
        match found {
            Ok((answer,)) => (answer != "ok").then_some(answer),
            Err(problem) => Some(problem.to_string()),
        }
    }

    /// Empties the log beside a SQLite file, which holds what was there before. False if a reader was in the way for long.
    /// PostgreSQL does this in its own time.
    pub async fn let_go_of_old(&self) -> Result<bool, sqlx::Error> {
        let Engine::Lite { writer, log: Some(_), .. } = &self.engine else { return Ok(true) };
        for _ in 0..50 {
            let (busy, _, _): (i64, i64, i64) =
                sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(writer).await?;
            if busy == 0 {
                return Ok(true);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(false)
    }

    fn tx(&self, connection: Connection) -> Tx {
        let log = match &self.engine {
            Engine::Lite { log, .. } => log.clone(),
            Engine::Pg(_) => None,
        };
        Tx { connection, signals: Vec::new(), bell: self.bell.clone(), log, faults: self.faults.clone() }
    }

    fn step(&self) -> Result<(), sqlx::Error> {
        self.faults.as_ref().map_or(Ok(()), |faults| faults.step())
    }

    async fn migrate(&self) -> Result<(), sqlx::Error> {
        // Nodes that start together take turns. The lock is held by a transaction of its own: one that waits inside the
        // serializable one would look at the tables as they were before it had its turn.
        let _turn = match &self.engine {
            Engine::Pg(pool) => {
                let mut turn = pool.begin().await?;
                sqlx::query("select pg_advisory_xact_lock(7263548109)").execute(&mut *turn).await?;
                Some(turn)
            }
            Engine::Lite { .. } => None,
        };
        let mut tx = self.begin_write().await?;
        tx.script("create table if not exists migration (version bigint primary key)").await?;
        let done: Option<i64> = crate::scalar!(tx, Option<i64>, "select max(version) from migration")?;
        let newest = MIGRATIONS.last().map_or(0, |(version, _)| *version);
        if let Some(done) = done.filter(|done| *done > newest) {
            return Err(sqlx::Error::Configuration(
                format!(
                    "a newer Alongside has worked with it (its tables are version {done}, this program knows {newest}). Use \
                    the newer program, or restore the backup from before the update"
                )
                .into(),
            ));
        }
        for (version, text) in MIGRATIONS {
            if done.is_none_or(|done| done < *version) {
                tx.script(text).await?;
                crate::execute!(tx, "insert into migration (version) values ($1)", *version)?;
            }
        }
        if let Connection::Pg(inner) = &mut tx.connection {
            sqlx::raw_sql(COUNT_ON_PG).execute(&mut **inner).await?;
        }
        tx.commit().await
    }
}

impl Tx {
    /// Tells listeners about `topic` once this transaction is committed, and never if it is not.
    pub fn signal(&mut self, topic: impl Into<String>) {
        let topic = topic.into();
        if !self.signals.contains(&topic) {
            self.signals.push(topic);
        }
    }

    /// The next number of a new case: larger than all before, perhaps with gaps. PostgreSQL counts outside of transactions, so that two
    /// cases that open at once do not wait for each other, or fail and begin again.
    pub async fn next_case_number(&mut self) -> Result<i64, sqlx::Error> {
        self.step()?;
        match &mut self.connection {
            Connection::Lite(inner) => sqlx::query_scalar(NEXT_NUMBER_LITE).fetch_one(&mut **inner).await,
            Connection::Pg(inner) => {
                sqlx::query_scalar("select nextval('case_number')").fetch_one(&mut **inner).await
            }
        }
    }

    /// Makes everything in this transaction true at once, and durable.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.step()?;
        match self.connection {
            Connection::Lite(inner) => inner.commit().await?,
            Connection::Pg(inner) => inner.commit().await?,
        }
        if let Some(log) = &self.log {
            log.flushed().await?;
        }
        self.bell.ring(self.signals);
        Ok(())
    }

    /// Counts one call for anomaly tests.
    pub fn step(&self) -> Result<(), sqlx::Error> {
        self.faults.as_ref().map_or(Ok(()), |faults| faults.step())
    }

    async fn script(&mut self, text: &'static str) -> Result<(), sqlx::Error> {
        match &mut self.connection {
            Connection::Lite(inner) => sqlx::raw_sql(text).execute(&mut **inner).await.map(|_| ()),
            Connection::Pg(inner) => sqlx::raw_sql(text).execute(&mut **inner).await.map(|_| ()),
        }
    }
}

/// A fresh file is opened so often, which takes as long as its lock is waited for at most.
const MOST_OPENINGS: usize = 500;

async fn open_lite(url: &str) -> Result<Engine, sqlx::Error> {
    let memory = url == "sqlite::memory:";
    let path = if memory {
        format!("file:memory-{}?mode=memory&cache=shared", uuid::Uuid::now_v7().simple())
    } else {
        url.trim_start_matches("sqlite:").to_owned()
    };
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(512)
        // What is removed is overwritten, so that a forgotten person is not found in the file.
        .pragma("secure_delete", "on")
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-32768");
    if memory {
        // Invariant: readers share the one connection, since a shared-cache memory store locks whole tables.
        let only = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        return Ok(Engine::Lite { writer: only.clone(), readers: only, log: None });
    }
    // Invariant: a commit is called done only after `Log::flushed`, which is what `full` would wait for each time.
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Normal);
    let only = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        // On a full disk SQLite takes a transaction back by itself, and the connection goes on believing that it is in one.
        // Such a connection can never begin again; a new one can.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }));
    let mut tries = 0;
    let writer = loop {
        // Programs that open a fresh file together turn on its log together, and for that SQLite waits for nobody.
        match only.clone().connect_with(options.clone()).await {
            Err(problem) if is_conflict(&problem) && tries < MOST_OPENINGS => tries += 1,
            opened => break opened?,
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let readers = SqlitePoolOptions::new()
        .max_connections(6)
        .connect_with(options.pragma("query_only", "on").pragma("mmap_size", "268435456"))
        .await?;
    Ok(Engine::Lite { writer, readers, log: Some(Log::beside(&path)) })
}

async fn relay_live(mut listener: PgListener, live: broadcast::Sender<String>) {
    loop {
        match listener.recv().await {
            Ok(notice) => {
                let _ = live.send(notice.payload().to_owned());
            }
            Err(problem) => {
                tracing::warn!(%problem, "live updates: connection lost, trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Tells every node what was committed, many changes at once: a notice inside each transaction would make all commits
/// wait for one lock. A notice that is lost is made up for by looking (jobs every second, a page when it is opened).
async fn tell_nodes(pool: PgPool, mut topics: mpsc::UnboundedReceiver<Vec<String>>) {
    let mut waiting = Vec::new();
    while topics.recv_many(&mut waiting, 10_000).await > 0 {
        let mut together: Vec<String> = waiting.drain(..).flatten().collect();
        together.sort_unstable();
        together.dedup();
        let told = sqlx::query("select pg_notify('alongside', topic) from unnest($1) as topic")
            .bind(together)
            .execute(&pool)
            .await;
        if let Err(problem) = told {
            tracing::warn!(%problem, "live updates: other nodes could not be told");
        }
    }
}

/// Runs a body in a write transaction, commits it, and runs it again when another write was faster.
/// The body must be safe to run more than once: no network, no counters outside the transaction.
///
/// `write!(db, tx => { … Ok(value) })` is a `Result<value, crate::error::Error>`.
#[macro_export]
macro_rules! write {
    ($db:expr, $tx:ident => $body:block) => {{
        let mut tries = $crate::db::Tries::default();
        loop {
            let mut transaction = match $db.begin_write().await {
                Ok(transaction) => transaction,
                Err(problem) => break Err($crate::error::Error::from(problem)),
            };
            let outcome: $crate::error::Result<_> = async {
                let $tx = &mut transaction;
                $body
            }
            .await;
            match tries.settle(transaction, outcome).await {
                $crate::db::Settled::Done(result) => break result,
                $crate::db::Settled::Again => {}
            }
        }
    }};
}
