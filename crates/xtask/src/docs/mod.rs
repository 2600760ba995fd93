//! `cargo xtask docs`: writes the reference pages that are made from the code, or with `--check` says whether they are fresh.

mod configuration;

use std::path::Path;

use crate::{Problem, root, run};

/// Where the settings are written down in the code, and the page made from them.
const SETTINGS: &str = "crates/alongside/src/config.rs";
const SETTINGS_PAGE: &str = "docs/reference/configuration.md";

/// Writes both pages, or checks them.
///
/// # Errors
/// When a page cannot be made, or with `--check` is not fresh.
pub fn run(args: &[String]) -> Result<(), Problem> {
    let root = root();
    let check = match args {
        [] => false,
        [word] if word == "--check" => true,
        _ => return Err("`cargo xtask docs` knows only `--check`".into()),
    };
    let page = settings_page(&root)?;
    if !check {
        std::fs::write(root.join(SETTINGS_PAGE), &page)?;
    } else if !is_fresh(&root, &page) {
        return Err(format!("{SETTINGS_PAGE} is stale; run `cargo xtask docs`").into());
    }
    let mut interface = run::cargo();
    interface.args(["test", "--workspace", "--test", "interface", "--quiet"]);
    if !check {
        interface.env("ALONGSIDE_WRITE_DOCS", "1");
    }
    run::to_the_end(&mut interface)
}

fn settings_page(root: &Path) -> Result<String, Problem> {
    let source = std::fs::read_to_string(root.join(SETTINGS))?;
    Ok(configuration::page(&source)?)
}

fn is_fresh(root: &Path, page: &str) -> bool {
    std::fs::read_to_string(root.join(SETTINGS_PAGE)).is_ok_and(|committed| committed == page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_page_is_made_from_the_settings() {
        let page = settings_page(&root()).unwrap();
        assert!(is_fresh(&root(), &page), "{SETTINGS_PAGE} is stale; run `cargo xtask docs`");
    }
}
