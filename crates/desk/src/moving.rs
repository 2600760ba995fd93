//! A desk that outgrew one file: its rows move from SQLite to PostgreSQL, once and all of them.

mod store;

pub use store::{copy_rows, is_new};
