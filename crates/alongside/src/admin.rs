//! `alongside admin`: people, tokens, backup and restore, a check of the whole desk, and giving or forgetting a person's data.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;
use desk::erasure::{Account, Look};
use desk::who::Role;

use crate::config::Config;
use crate::say::{self, talk, tell};
use crate::{database, serve};

/// Look after the desk itself
#[derive(Subcommand)]
#[command(
    after_help = "Run these where the desk runs and as its account, with the same `--config`.\nEach ends with 0 when it went well, with 2 when something stood in the way."
)]
pub enum AdminCommand {
    /// Make a link by which one person sets up an account, or a new password for the one they have
    User {
        /// The role of somebody new (responder, coach, lead or admin), or the address of somebody who forgot their password
        role_or_address: String,
        /// The address of somebody new: the account is for it alone
        address: Option<String>,
    },
    /// Make a token for a report button
    Token {
        /// What it is for, such as `outlook-button`
        name: String,
    },
    /// Take a token for a report button back
    RevokeToken {
        /// The name it was made with
        name: String,
    },
    /// Copy the database, the raw mail and the secret into a new folder; the desk may run
    Backup {
        /// The folder to make; it must not exist yet
        folder: PathBuf,
    },
    /// Put a backup back where the settings say; the desk must be stopped
    Restore {
        /// The folder that `admin backup` made
        folder: PathBuf,
    },
    /// Copy the rows of a desk on SQLite into the empty PostgreSQL database that the settings name; the desk must be stopped
    MoveDatabase {
        /// The file with the rows; without it the one in `store.folder`
        file: Option<PathBuf>,
    },
    /// Look at the store, the files and the jobs, and say what is not as it should be; ends with 2 if there is a problem
    Doctor,
    /// Print everything the desk knows about a person, as JSON
    Export {
        /// Their mail address
        address: String,
    },
    /// Forget a person: their name, address, words and files; what remains names nobody. Without `--yes` it only says what would go
    ErasePerson {
        /// Their mail address
        address: String,
        /// Do it. It cannot be taken back
        #[arg(long)]
        yes: bool,
        /// Also where they sign in here: then their account goes, and their open cases are nobody's
        #[arg(long)]
        with_account: bool,
    },
}

pub async fn run(command: AdminCommand, config: &Config) -> anyhow::Result<()> {
    match command {
        AdminCommand::Restore { folder } => crate::backup::restore(config, &folder).await,
        AdminCommand::User { role_or_address, address } => {
            Ok(tell!("{}", user_link(config, &role_or_address, address.as_deref()).await?)?)
        }
        AdminCommand::Token { name } => {
            let desk = serve::open_existing(config).await?;
            Ok(tell!("{}", desk::reports::api::make_token(&desk, &name).await?)?)
        }
        AdminCommand::RevokeToken { name } => {
            let desk = serve::open_existing(config).await?;
            match desk::reports::api::revoke_tokens(&desk, &name).await? {
                0 => bail!("there is no token called `{name}` that still works"),
                n => Ok(tell!("Taken back: {n}. Reports that came with it stay.")?),
            }
        }
        AdminCommand::Backup { folder } => crate::backup::backup(config, &folder).await,
        AdminCommand::MoveDatabase { file } => database::move_rows(config, file).await,
        AdminCommand::Doctor => doctor(config).await,
        AdminCommand::Export { address } => {
            let desk = serve::open_existing(config).await?;
            Ok(tell!("{}", desk::erasure::export(&desk, &address).await?)?)
        }
        AdminCommand::ErasePerson { address, yes, with_account } => {
            let account = if with_account { Account::Goes } else { Account::Stays };
            erase_person(config, &address, account, yes).await
        }
    }
}

/// Says what would go, and forgets it if that is wished.
async fn erase_person(config: &Config, address: &str, account: Account, yes: bool) -> anyhow::Result<()> {
    let desk = serve::open_existing(config).await?;
    let look = desk::erasure::look(&desk, address).await?;
    if !yes || look.role.is_some() {
        talk!("{}", what_would_go(&look, address));
    }
    if look.is_only_admin() {
        bail!("nothing was forgotten: nobody else is an admin; invite one with `alongside admin user admin`");
    }
    if look.role.is_some() && account == Account::Stays {
        bail!("nothing was forgotten: add `--with-account` to take their account away as well");
    }
    if !yes {
        bail!("nothing was forgotten: add `--yes` to forget all of it; it cannot be taken back");
    }
    let erased = desk::erasure::erase(&desk, address, account).await?;
    let account_too = if look.role.is_some() { " Their account is gone as well." } else { "" };
    tell!(
        "Forgotten: {}, {}, {}.{account_too}",
        say::count(erased.reports, "report"),
        say::count(erased.letters as usize, "letter"),
        say::count(erased.files, "file")
    )?;
    if erased.young_files > 0 {
        talk!(
            "hint: {} more came within the last ten minutes; `alongside admin doctor` removes them from tomorrow on, unless somebody else sent the same",
            erased.young_files
        );
    }
    if !erased.log_emptied {
        talk!(
            "hint: somebody was reading, so the database's log still holds what was there; it is emptied when the desk stops"
        );
    }
    Ok(())
}

fn what_would_go(look: &Look, address: &str) -> String {
    let name = say::lines(&look.name).replace('\n', " ");
    let mut said = format!(
        "{name} <{address}>: {} reports with their words and files, and {} letters.",
        look.reports, look.letters
    );
    if look.estimates > 0 {
        said.push_str(&format!(
            " Estimates name them in {} places: these words go, the numbers stay.",
            look.estimates
        ));
    }
    if let Some(role) = &look.role {
        said.push_str(&format!(
            " They sign in as {role}, and have {} open cases. What they wrote to others stays, without their name beside it.",
            look.open_cases
        ));
    }
    said
}

/// A link for somebody new, or for somebody whose address is known.
async fn user_link(config: &Config, role_or_address: &str, address: Option<&str>) -> anyhow::Result<String> {
    if role_or_address.contains('@') {
        let desk = serve::open_existing(config).await?;
        return Ok(desk::people::password_link_to(&desk, role_or_address).await?);
    }
    let role = Role::parse(role_or_address).with_context(|| {
        format!(
            "`{role_or_address}` is neither a role (responder, coach, lead or admin) nor the address of somebody who signs in"
        )
    })?;
    let desk = serve::open_existing(config).await?;
    Ok(match address {
        Some(address) => desk::people::invite(&desk, None, role, address).await?,
        None => desk::people::setup_link(&desk, None, role).await?,
    })
}

async fn doctor(config: &Config) -> anyhow::Result<()> {
    let desk = serve::open_existing(config).await?;
    let found = desk::erasure::doctor(&desk).await?;
    for line in &found {
        tell!("{line}")?;
    }
    if found.iter().any(|line| line.starts_with("problem:")) {
        bail!("something needs a look; see above");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::people::{self, NewPerson};

    #[tokio::test]
    async fn nobody_is_forgotten_without_being_asked_and_never_the_only_admin() {
        let place = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.store.folder = place.path().join("data");
        let desk = serve::open(&config).await.unwrap();
        let add = async |name: &str, role: Role| {
            let address = format!("{name}@example.org");
            let new = NewPerson { address, name: name.to_owned(), password: "correct horse battery".into() };
            people::add(&desk, new, role).await.unwrap();
        };
        let erase = async |address: &str, account: Account, yes: bool| {
            erase_person(&config, address, account, yes).await.map_err(|problem| problem.to_string())
        };
        add("ada", Role::Admin).await;
        add("robin", Role::Responder).await;
        let problem = erase("ada@example.org", Account::Goes, true).await.unwrap_err();
        assert!(problem.contains("nobody else is an admin"), "{problem}");
        let problem = erase("robin@example.org", Account::Stays, true).await.unwrap_err();
        assert!(problem.contains("--with-account"), "{problem}");
        let problem = erase("robin@example.org", Account::Goes, false).await.unwrap_err();
        assert!(problem.contains("--yes"), "{problem}");
        assert!(desk::erasure::look(&desk, "robin@example.org").await.is_ok(), "Robin is still there");
        erase("robin@example.org", Account::Goes, true).await.unwrap();
        assert!(desk::erasure::look(&desk, "robin@example.org").await.is_err());
    }
}
