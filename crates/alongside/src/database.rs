//! Opens the store that the settings name, and says in words what stands in the way. Holds no SQL.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, anyhow};
use desk::db::Db;

use crate::config::Config;

/// After this long somebody who waits is told for what.
const PATIENCE: Duration = Duration::from_secs(1);

/// Opens the database of the settings.
pub async fn open(config: &Config) -> anyhow::Result<Db> {
    let url = config.database();
    let Some(file) = config.database_file() else {
        return if url.starts_with("postgres") { server(&url).await } else { Ok(Db::open(&url).await?) };
    };
    Db::open(&url).await.map_err(|problem| {
        if ["malformed", "not a database"].iter().any(|sign| problem.to_string().contains(sign)) {
            return anyhow!(
                "the database `{}` is damaged; move the desk's folder away and restore the newest backup that is whole",
                file.display()
            );
        }
        anyhow!(
            "cannot open the database `{}`: {problem}. This account has to be able to read and write it and its folder; \
            see with `ls -l` whose they are, and run this as that account",
            file.display()
        )
    })
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
    format!(
        "cannot open the database on PostgreSQL at `{place}`: {why}. See that it runs, that this machine may reach it, \
        and that `store.database` names its address, a user and a database"
    )
}

/// Where a server is, without the user and the password.
fn place_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let place = rest.get(..end).unwrap_or("").rsplit('@').next().unwrap_or("");
    match place {
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
    let known = config.database_file().unwrap_or_else(|| config.store.folder.join("secret"));
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
