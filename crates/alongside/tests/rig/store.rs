//! A look into a desk's store with questions of our own, so that the desk is not asked whether the desk is right.

use anyhow::Context;
use sqlx::{AssertSqlSafe, Connection, Executor, PgPool, SqlitePool};

/// The store of a node, opened beside it.
pub enum Store {
    Lite(SqlitePool),
    Pg(PgPool),
}

impl Store {
    pub async fn open(url: &str) -> anyhow::Result<Store> {
        if url.starts_with("postgres") {
            return Ok(Store::Pg(PgPool::connect(url).await?));
        }
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(url.trim_start_matches("sqlite:"))
            .busy_timeout(std::time::Duration::from_secs(30));
        let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(2).connect_with(options).await?;
        Ok(Store::Lite(pool))
    }

    /// The one number that a question gives.
    pub async fn number(&self, question: &str) -> anyhow::Result<i64> {
        let question = AssertSqlSafe(question);
        Ok(match self {
            Store::Lite(pool) => sqlx::query_scalar(question).fetch_one(pool).await?,
            Store::Pg(pool) => sqlx::query_scalar(question).fetch_one(pool).await?,
        })
    }

    /// Every number that a question gives.
    pub async fn numbers(&self, question: &str) -> anyhow::Result<Vec<i64>> {
        let question = AssertSqlSafe(question);
        Ok(match self {
            Store::Lite(pool) => sqlx::query_scalar(question).fetch_all(pool).await?,
            Store::Pg(pool) => sqlx::query_scalar(question).fetch_all(pool).await?,
        })
    }

    /// Every word that a question gives.
    pub async fn words(&self, question: &str) -> anyhow::Result<Vec<String>> {
        let question = AssertSqlSafe(question);
        Ok(match self {
            Store::Lite(pool) => sqlx::query_scalar(question).fetch_all(pool).await?,
            Store::Pg(pool) => sqlx::query_scalar(question).fetch_all(pool).await?,
        })
    }

    /// Changes something; only while no desk runs, or where it cannot matter to it.
    pub async fn run(&self, statement: &str) -> anyhow::Result<()> {
        let statement = AssertSqlSafe(statement);
        match self {
            Store::Lite(pool) => {
                pool.execute(statement).await?;
            }
            Store::Pg(pool) => {
                pool.execute(statement).await?;
            }
        }
        Ok(())
    }
}

/// Makes an empty database on a server; gives its URL.
pub async fn fresh_database(server: &str) -> anyhow::Result<String> {
    let server = server.trim_end_matches('/');
    let name = format!("alongside_{:016x}", rand::random::<u64>());
    let mut connection = sqlx::PgConnection::connect(&format!("{server}/postgres"))
        .await
        .context("the PostgreSQL server does not answer")?;
    connection.execute(AssertSqlSafe(format!("create database {name}"))).await?;
    Ok(format!("{server}/{name}"))
}
