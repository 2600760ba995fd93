//! Opens the store that the settings name, and says in words what stands in the way. Holds no SQL.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, anyhow};
use desk::db::Db;
use desk::moving;

use crate::config::Config;
use crate::lock;
use crate::say::tell;

/// After this long somebody who waits is told for what.
const PATIENCE: Duration = Duration::from_secs(1);

/// Opens the database of the settings.
pub async fn open(config: &Config) -> anyhow::Result<Db> {
    let url = config.database();
    let Some(file) = config.database_file() else {
        return if url.starts_with("postgres") { server(&url).await } else { Ok(Db::open(&url).await?) };
    };
    Db::open(&url).await.map_err(|problem| anyhow!(closed(&file.display().to_string(), &problem.to_string())))
}

/// Copies the rows of a desk on SQLite into the PostgreSQL database of the settings. Messages and files stay where they are.
pub async fn move_rows(config: &Config, file: Option<PathBuf>) -> anyhow::Result<()> {
    anyhow::ensure!(
        config.database_file().is_none() && config.database().starts_with("postgres"),
        "write the PostgreSQL database into the settings first, as `database = \"postgres://…\"` under `[store]`"
    );
    let file = file.unwrap_or_else(|| config.usual_database());
    anyhow::ensure!(
        std::fs::metadata(&file).is_ok_and(|found| found.len() > 0),
        "`{}` is no database of a desk",
        file.display()
    );
    lock::refuse_while_running(config)?;
    let name = file.display().to_string();
    let from = Db::open(&format!("sqlite:{name}"))
        .await
        .map_err(|problem| anyhow!(closed(&name, &problem.to_string())))?;
    let to = open(config).await?;
    anyhow::ensure!(
        moving::is_new(&to).await?,
        "the PostgreSQL database holds a desk already; give an empty one, so that nothing is lost"
    );
    let rows =
        moving::copy_rows(&from, &to).await.context("the rows could not be copied; nothing was changed")?;
    Ok(tell!(
        "Copied {rows} rows. Start with `alongside serve`, see with `alongside admin doctor` that all is there, and then move `{name}` away."
    )?)
}

/// What is said of a file that cannot be opened.
fn closed(file: &str, said: &str) -> String {
    let lower = said.to_lowercase();
    let says = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    if says(&["malformed", "not a database"]) {
        format!(
            "the database `{file}` is damaged; move the desk's folder away and restore the newest backup that is whole"
        )
    } else if says(&["locked"]) {
        format!(
            "cannot open the database `{file}`: another program holds it. End that program, or wait until it is done, and try again"
        )
    } else if says(&["unable to open", "readonly", "permission"]) {
        format!(
            "cannot open the database `{file}`: {said}. This account has to be able to read and write it and its folder; \
            see with `ls -l` whose they are, and run this as that account"
        )
    } else {
        format!("cannot open the database `{file}`: {said}")
    }
}

/// A server may be away for a moment while a machine starts, so it is waited for, and not in silence.
async fn server(url: &str) -> anyhow::Result<Db> {
    let place = place_of(url);
    let opening = Db::open(url);
    tokio::pin!(opening);
    let opened = tokio::select! {
        opened = &mut opening => opened,
        () = tokio::time::sleep(PATIENCE) => {
            crate::say::talk!("note: waiting for PostgreSQL at `{place}`, ten seconds at most");
            opening.await
        }
    };
    opened.map_err(|problem| anyhow!(away(&place, &problem.to_string())))
}

/// What is said of a server that did not let us in.
fn away(place: &str, said: &str) -> String {
    let why = if said.contains("timed out") { "it did not answer within ten seconds" } else { said };
    if said.contains("permission denied for schema") {
        return format!(
            "cannot make the tables in the database on PostgreSQL at `{place}`: the user in `store.database` may not. \
            Make that user the owner of the database: `alter database NAME owner to USER`"
        );
    }
    format!(
        "cannot open the database on PostgreSQL at `{place}`: {why}. See that it runs, that this machine may reach it, \
        and that `store.database` names its address, a user and a database. \
        Signs such as / ? # @ in a password are written %2F %3F %23 %40"
    )
}

/// Where a server is, without the user and the password.
fn place_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    // A password may hold any sign where somebody did not write it as a URL wants it.
    let (before, place) = rest.rsplit_once('@').unwrap_or(("", rest));
    let place = place.split(['/', '?', '#']).next().unwrap_or("");
    match place {
        // Options may hold a password too, and then nobody can say where it ends.
        _ if before.contains('?') && before.contains('=') => "…".to_owned(),
        "" => "this machine".to_owned(),
        named if named.rsplit(']').next().is_some_and(|tail| tail.contains(':')) => named.to_owned(),
        named => format!("{named}:5432"),
    }
}

/// What a desk that was ever started has, and this place has not.
///
/// # Errors
/// This account may not look into the folder, so nobody can say whether there is a desk.
pub fn missing(config: &Config) -> anyhow::Result<Option<PathBuf>> {
    // A database without its secret is a desk that lost something, and opening it says so.
    let known = config.database_file().unwrap_or_else(|| config.store.folder.clone());
    let there = known.try_exists().with_context(|| {
        format!(
            "this account may not see whether `{}` is there; run this as the account of the desk, such as with `sudo -u alongside`",
            known.display()
        )
    })?;
    Ok((!there).then_some(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_server_is_named_without_its_password() {
        for (url, place) in [
            ("postgres://desk:p@ss:w@db.example/desk", "db.example:5432"),
            ("postgresql://db.example:6432", "db.example:6432"),
            ("postgres://[::1]/desk", "[::1]:5432"),
            ("postgres:///desk?host=/run/postgresql", "this machine"),
            ("postgres://desk:half/other?half#@db.example/desk", "db.example:5432"),
            ("postgres://db.example/desk?password=one@two", "…"),
        ] {
            assert_eq!(place_of(url), place, "{url}");
        }
    }

    #[test]
    fn a_server_that_is_away_is_named_with_what_to_look_at() {
        let said = away("db.example:5432", "pool timed out while waiting for an open connection");
        assert!(
            said.contains("`db.example:5432`: it did not answer within ten seconds. See that it runs"),
            "{said}"
        );
        let said = away("db.example:5432", "permission denied for schema public at line 3655");
        assert!(said.contains("owner of the database") && !said.contains("See that it runs"), "{said}");
    }

    #[test]
    fn advice_fits_what_is_wrong() {
        for (said, advice) in [
            ("(code: 5) database is locked", "another program holds it"),
            ("attempt to write a readonly database", "run this as that account"),
            ("file is not a database", "restore the newest backup"),
        ] {
            assert!(closed("a.db", said).contains(advice), "{said}");
        }
        assert_eq!(closed("a.db", "disk I/O error"), "cannot open the database `a.db`: disk I/O error");
    }

    #[test]
    fn a_desk_on_postgresql_that_lost_its_secret_is_still_a_desk() {
        let place = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.store.database = Some("postgres://db.example/desk".into());
        config.store.folder = place.path().to_owned();
        assert_eq!(missing(&config).unwrap(), None);
        config.store.folder = place.path().join("nowhere");
        assert_eq!(missing(&config).unwrap(), Some(place.path().join("nowhere")));
    }

    #[tokio::test]
    async fn a_database_that_cannot_be_opened_is_named_with_what_to_look_at() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        // A folder where a file should be.
        config.store.database = Some(format!("sqlite:{}", folder.path().display()));
        let problem = open(&config).await.err().map(|problem| problem.to_string()).unwrap_or_default();
        assert!(problem.contains("run this as that account"), "{problem}");
    }
}
