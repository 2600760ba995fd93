//! `alongside admin`: people, tokens, backup and restore, a check of the whole desk, and giving or forgetting a person's data.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;
use desk::who::Role;

use crate::config::Config;
use crate::serve;

/// Look after the desk itself
#[derive(Subcommand)]
pub enum AdminCommand {
    /// Make a link by which one person sets a name and a password
    User {
        /// responder, coach, lead or admin
        role: String,
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
    /// Copy the database, the raw mail and the secret into a new folder while the desk runs
    Backup { folder: PathBuf },
    /// Put a backup into an empty store folder
    Restore { folder: PathBuf },
    /// Look at the store, the files and the jobs, and say what is not as it should be
    Doctor,
    /// Print everything the desk knows about a person, as JSON
    Export { address: String },
    /// Forget a person: their name, address, words and files; what remains names nobody
    ErasePerson { address: String },
}

pub async fn run(command: AdminCommand, config: &Config) -> anyhow::Result<()> {
    match command {
        AdminCommand::Restore { folder } => crate::backup::restore(config, &folder),
        AdminCommand::User { role } => {
            let role = Role::parse(&role)
                .with_context(|| format!("`{role}` is not a role; use responder, coach, lead or admin"))?;
            let desk = serve::open(config).await?;
            println!("{}", desk::people::setup_link(&desk, role).await?);
            Ok(())
        }
        AdminCommand::Token { name } => {
            let desk = serve::open(config).await?;
            println!("{}", desk::reports::api::make_token(&desk, &name).await?);
            Ok(())
        }
        AdminCommand::RevokeToken { name } => {
            let desk = serve::open(config).await?;
            match desk::reports::api::revoke_tokens(&desk, &name).await? {
                0 => bail!("there is no token called `{name}` that still works"),
                n => println!("Taken back: {n}. Reports that came with it stay."),
            }
            Ok(())
        }
        AdminCommand::Backup { folder } => crate::backup::backup(config, &folder).await,
        AdminCommand::Doctor => doctor(config).await,
        AdminCommand::Export { address } => {
            let desk = serve::open(config).await?;
            println!("{}", desk::erasure::export(&desk, &address).await?);
            Ok(())
        }
        AdminCommand::ErasePerson { address } => {
            let desk = serve::open(config).await?;
            let erased = desk::erasure::erase(&desk, &address).await?;
            println!(
                "Forgotten: {} reports, {} letters, {} files.",
                erased.reports, erased.letters, erased.files
            );
            Ok(())
        }
    }
}

async fn doctor(config: &Config) -> anyhow::Result<()> {
    let desk = serve::open(config).await?;
    let found = desk::erasure::doctor(&desk).await?;
    for line in &found {
        println!("{line}");
    }
    if found.iter().any(|line| line.starts_with("problem:")) {
        bail!("something needs a look; see above");
    }
    Ok(())
}
