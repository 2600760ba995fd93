//! How a statement is run inside a transaction, on either engine: for its count, its rows, its row, its value.
//! Each is a call that anomaly tests can make fail. Knows no table.

/// Runs a statement; gives the number of rows it changed.
#[macro_export]
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        match $tx.step() {
            Err(problem) => Err(problem),
            Ok(()) => match &mut $tx.connection {
                $crate::db::Connection::Lite(inner) => {
                    sqlx::query($sql)$(.bind($value))*.execute(&mut **inner).await.map(|done| done.rows_affected())
                }
                $crate::db::Connection::Pg(inner) => {
                    sqlx::query($sql)$(.bind($value))*.execute(&mut **inner).await.map(|done| done.rows_affected())
                }
            },
        }
    };
}

/// Every row of a query, as `$row` (`sqlx::FromRow`).
#[macro_export]
macro_rules! rows {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $tx.step() {
            Err(problem) => Err(problem),
            Ok(()) => match &mut $tx.connection {
                $crate::db::Connection::Lite(inner) => {
                    sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **inner).await
                }
                $crate::db::Connection::Pg(inner) => {
                    sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **inner).await
                }
            },
        }
    };
}

/// The row of a query, if there is one.
#[macro_export]
macro_rules! row {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $tx.step() {
            Err(problem) => Err(problem),
            Ok(()) => match &mut $tx.connection {
                $crate::db::Connection::Lite(inner) => {
                    sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **inner).await
                }
                $crate::db::Connection::Pg(inner) => {
                    sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **inner).await
                }
            },
        }
    };
}

/// The one value of a query.
#[macro_export]
macro_rules! scalar {
    ($tx:expr, $value_type:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $tx.step() {
            Err(problem) => Err(problem),
            Ok(()) => match &mut $tx.connection {
                $crate::db::Connection::Lite(inner) => {
                    sqlx::query_scalar::<_, $value_type>($sql)$(.bind($value))*.fetch_one(&mut **inner).await
                }
                $crate::db::Connection::Pg(inner) => {
                    sqlx::query_scalar::<_, $value_type>($sql)$(.bind($value))*.fetch_one(&mut **inner).await
                }
            },
        }
    };
}
