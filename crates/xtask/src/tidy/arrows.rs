//! What may never import what. The compiler would gladly build all of it.

use std::path::Path;

use serde_json::Value;

use super::Tree;
use crate::{Problem, run};

/// Crates that are functions: value in, value out.
pub const ENGINES: [&str; 12] = [
    "finding", "suffix", "text", "lint", "tone", "lure", "mail", "risk", "stats", "survey", "access", "chart",
];

/// What touches the world: sockets, stores, pages, processes.
const WORLD: [&str; 10] =
    ["tokio", "sqlx", "axum", "tower", "lettre", "async-imap", "object_store", "askama", "reqwest", "clap"];

/// Words in an engine's code that would make it more than a function.
const NOT_IN_ENGINES: [&str; 12] = [
    "std::env",
    "std::fs",
    "std::process",
    "std::thread",
    "TcpStream",
    "ToSocketAddrs",
    "SystemTime",
    "Instant",
    "tokio",
    "sqlx",
    "axum",
    "rand::rng",
];

/// Words that the desk is given instead of asking for them.
const NOT_IN_THE_DESK: [&str; 7] = [
    "std::env",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "std::net::TcpListener",
    "std::process",
];

/// What a crate may not depend on, apart from the crates that only the binary may know.
fn kept_from(package: &str) -> Vec<&'static str> {
    let mut kept: Vec<&str> = Vec::new();
    match package {
        "finding" | "suffix" => kept.extend(ENGINES),
        "intake" => kept.extend(["desk", "sqlx", "axum", "askama"]),
        "score" => kept.extend(["desk", "intake", "tokio", "sqlx", "axum", "askama"]),
        "desk" => kept.extend(["intake", "clap", "lettre", "smtp-proto", "async-imap", "tower-lsp-server"]),
        "alongside" => kept.extend(["sqlx", "askama"]),
        _ => {}
    }
    if ENGINES.contains(&package) {
        kept.extend(WORLD);
        kept.extend(["desk", "intake"]);
    }
    kept
}

/// Dependencies that cross an arrow the wrong way.
///
/// # Errors
/// When cargo cannot list the manifests.
pub fn manifests(tree: &Tree) -> Result<Vec<String>, Problem> {
    let listed =
        run::cargo().args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).output()?;
    if !listed.status.success() {
        return Err(String::from_utf8_lossy(&listed.stderr).into());
    }
    Ok(wrong_arrows(&serde_json::from_slice(&listed.stdout)?, &tree.root))
}

fn wrong_arrows(metadata: &Value, root: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in list(metadata, "packages") {
        let name = text(package, "name");
        let kept = kept_from(name);
        for dependency in list(package, "dependencies") {
            let needed = text(dependency, "name");
            // Tests may use what the product may not.
            if text(dependency, "kind") != "dev" && (kept.contains(&needed) || needed == "alongside") {
                wrong.push(format!("`{name}` may not depend on `{needed}`"));
            }
        }
        if !Path::new(text(package, "manifest_path")).starts_with(root) {
            wrong.push(format!("`{name}` lies outside the workspace"));
        }
    }
    wrong
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Words in the sources that cross an arrow the wrong way.
///
/// # Errors
/// None; the signature is the one of a rule.
pub fn sources(tree: &Tree) -> Result<Vec<String>, Problem> {
    let mut wrong = Vec::new();
    for engine in ENGINES {
        look(
            tree,
            engine,
            &NOT_IN_ENGINES,
            "an engine is a function: it takes this as a parameter",
            &mut wrong,
        );
    }
    look(tree, "desk", &NOT_IN_THE_DESK, "the desk is given this by the binary", &mut wrong);
    Ok(wrong)
}

fn look(tree: &Tree, package: &str, words: &[&str], why: &str, wrong: &mut Vec<String>) {
    for source in tree.product(package) {
        for word in words {
            wrong.extend(
                source.lines_with(word).map(|line| format!("{}:{line}: `{word}`; {why}", source.path)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::one_file;

    #[test]
    fn a_dependency_against_the_arrow_is_named() {
        let package = |name: &str, needed: &str, kind: Value| {
            serde_json::json!({ "packages": [{
                "name": name, "manifest_path": "/home/kim/alongside/crates/x/Cargo.toml",
                "dependencies": [{ "name": needed, "kind": kind }],
            }]})
        };
        let found = |name: &str, needed: &str| {
            wrong_arrows(&package(name, needed, Value::Null), Path::new("/home/kim/alongside"))
        };
        assert_eq!(found("lint", "tokio"), ["`lint` may not depend on `tokio`"]);
        assert_eq!(found("desk", "lettre").len(), 1);
        assert_eq!(found("intake", "desk").len(), 1);
        assert_eq!(found("desk", "alongside").len(), 1);
        assert_eq!(found("desk", "axum"), Vec::<String>::new());
        assert!(wrong_arrows(&package("mail", "tokio", "dev".into()), Path::new("/home")).is_empty());
    }

    #[test]
    fn an_engine_that_asks_the_clock_is_named_with_its_line() {
        let found = sources(&one_file("crates/lure/src/lib.rs", "//! Levers.\nuse std::time::SystemTime;\n"))
            .unwrap();
        assert!(found.len() == 1 && found[0].starts_with("crates/lure/src/lib.rs:2"), "{found:?}");
        assert!(
            sources(&one_file("crates/lure/src/tests.rs", "//! Tests.\nuse std::fs;\n")).unwrap().is_empty()
        );
        assert_eq!(
            sources(&one_file("crates/desk/src/page.rs", "//! Pages.\nlet x = std::env::var(\"X\");\n"))
                .unwrap()
                .len(),
            1
        );
    }
}
