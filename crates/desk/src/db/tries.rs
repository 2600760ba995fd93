//! Trying a write again when another one was faster: how often, how long to wait, and what counts as a conflict.
//! Knows no table.

use std::time::Duration;

use super::Tx;

/// How often a write is tried again when another one was faster (PostgreSQL), before it is given up.
const MOST_TRIES: u32 = 40;

/// What became of one try of a write.
pub enum Settled<T, E> {
    Done(Result<T, E>),
    Again,
}

/// Counts tries of one write and waits a little longer, with jitter, before each next one.
#[derive(Debug, Default)]
pub struct Tries(u32);

impl Tries {
    /// Commits a body that went well; says whether one that met a conflict may run again.
    pub async fn settle<T, E>(&mut self, tx: Tx, outcome: Result<T, E>) -> Settled<T, E>
    where
        E: From<sqlx::Error> + AsStoreError,
    {
        let failed = match outcome {
            Ok(value) => match tx.commit().await {
                Ok(()) => return Settled::Done(Ok(value)),
                Err(problem) => E::from(problem),
            },
            Err(problem) => {
                drop(tx);
                problem
            }
        };
        if self.0 >= MOST_TRIES || !failed.store_error().is_some_and(is_conflict) {
            return Settled::Done(Err(failed));
        }
        self.0 += 1;
        let most = 1u64 << self.0.min(7);
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..=most))).await;
        Settled::Again
    }
}

/// An error that may have come from the store.
pub trait AsStoreError {
    fn store_error(&self) -> Option<&sqlx::Error>;
}

impl AsStoreError for sqlx::Error {
    fn store_error(&self) -> Option<&sqlx::Error> {
        Some(self)
    }
}

/// Whether somebody else was faster: serialization failure or deadlock (PostgreSQL), busy (SQLite).
pub fn is_conflict(problem: &sqlx::Error) -> bool {
    let Some(code) = problem.as_database_error().and_then(|inner| inner.code()) else {
        return false;
    };
    matches!(code.as_ref(), "40001" | "40P01" | "5" | "6" | "261" | "517")
}

/// Whether a row with the same unique value is there already.
pub fn is_duplicate(problem: &sqlx::Error) -> bool {
    problem.as_database_error().is_some_and(|inner| inner.is_unique_violation())
}
