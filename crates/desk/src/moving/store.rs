//! Copies every row of a desk on SQLite into an empty PostgreSQL database. Knows no table: what there is, the stores say.

use futures::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use crate::db::{Connection, Db};

/// Whether nobody and nothing is known here yet: no person, no report.
pub async fn is_new(db: &Db) -> Result<bool, sqlx::Error> {
    let mut tx = db.read().await?;
    let known = "select (select count(*) from person) + (select count(*) from report)";
    Ok(crate::scalar!(tx, i64, known)? == 0)
}

/// Copies all rows in one transaction, so that a copy that stops in the middle is none; gives how many they were.
///
/// # Errors
/// `from` is not SQLite, `to` is not PostgreSQL, or one of them fails. Rows that `to` had are gone when it went well: ask
/// [`is_new`] before.
pub async fn copy_rows(from: &Db, to: &Db) -> Result<u64, sqlx::Error> {
    let (mut from, mut to) = (from.read().await?, to.begin_write().await?);
    let (Connection::Lite(source), Connection::Pg(target)) = (&mut from.connection, &mut to.connection)
    else {
        return Err(sqlx::Error::Configuration("rows are copied from SQLite to PostgreSQL".into()));
    };
    // In the order in which they were made, a table stands behind those that it refers to.
    let tables: Vec<(String,)> = sqlx::query_as(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'migration'
        order by rowid",
    )
    .fetch_all(&mut **source)
    .await?;
    for (table,) in tables.iter().rev() {
        sqlx::query(AssertSqlSafe(format!("delete from {table}"))).execute(&mut **target).await?;
    }
    let mut copied = 0;
    for (table,) in &tables {
        let columns: Vec<(String, String)> = sqlx::query_as(
            "select column_name::text, data_type::text from information_schema.columns
            where table_schema = current_schema() and table_name = $1 order by ordinal_position",
        )
        .bind(table)
        .fetch_all(&mut **target)
        .await?;
        let names = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        let places = (1..=columns.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        let insert = format!("insert into {table} ({names}) values ({places})");
        let mut rows =
            sqlx::query(AssertSqlSafe(format!("select {names} from {table}"))).fetch(&mut **source);
        while let Some(row) = rows.try_next().await? {
            let statement = sqlx::query(AssertSqlSafe(insert.clone()));
            bound(statement, &row, &columns)?.execute(&mut **target).await?;
            copied += 1;
        }
    }
    to.commit().await?;
    Ok(copied)
}

type Statement<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// A row's values, each as the type of its column on the other side.
fn bound<'q>(
    mut statement: Statement<'q>,
    row: &SqliteRow,
    columns: &[(String, String)],
) -> Result<Statement<'q>, sqlx::Error> {
    for (place, (name, kind)) in columns.iter().enumerate() {
        statement = match kind.as_str() {
            "bigint" => statement.bind(row.try_get::<Option<i64>, _>(place)?),
            "boolean" => statement.bind(row.try_get::<Option<bool>, _>(place)?),
            "text" => statement.bind(row.try_get::<Option<String>, _>(place)?),
            "double precision" => statement.bind(row.try_get::<Option<f64>, _>(place)?),
            other => {
                let problem = format!("the column `{name}` is a {other}, which nobody copies yet");
                return Err(sqlx::Error::Configuration(problem.into()));
            }
        };
    }
    Ok(statement)
}
