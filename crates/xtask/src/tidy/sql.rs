//! Where SQL may stand and where a transaction may begin.

use super::Tree;

/// How a statement begins; ours are lower case.
const STATEMENTS: [&str; 9] = [
    "select ",
    "insert into ",
    "update ",
    "delete from ",
    "create table",
    "alter table",
    "with ",
    "drop table",
    "pragma ",
];

/// SQL outside of stores, the job table's file, the database's own file and migrations.
pub fn places(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in ["desk", "alongside", "intake"] {
        for source in tree.product(package) {
            let file = source.path.rsplit('/').next().unwrap_or_default();
            if package == "desk" && ["store.rs", "jobs.rs", "db.rs"].contains(&file) {
                continue;
            }
            for (line, literal) in &source.strings {
                if is_statement(literal) {
                    wrong.push(format!("{}:{line}: SQL belongs into a `store.rs`", source.path));
                }
            }
        }
    }
    wrong
}

/// A statement needs its verb at the beginning and a clause behind it, or `with` would be one in any sentence.
fn is_statement(literal: &str) -> bool {
    let words = literal.trim_start().replace(['\n', '\t'], " ").to_lowercase();
    let clause = [" from ", " values", " set ", " where ", " (", " as ", "=", " column "];
    STATEMENTS.iter().any(|verb| words.starts_with(verb))
        && clause.iter().any(|part| words.contains(part))
        && !words.contains(". ")
}

/// Transactions begun anywhere but in `desk/src/db.rs`.
pub fn transactions(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in ["desk", "alongside", "intake"] {
        for source in tree.product(package).filter(|source| source.path != "crates/desk/src/db.rs") {
            for word in [".begin()", ".begin_with(", "Transaction::begin"] {
                wrong.extend(
                    source
                        .lines_with(word)
                        .map(|line| format!("{}:{line}: `{word}` belongs into db.rs", source.path)),
                );
            }
            let begun = source
                .strings
                .iter()
                .filter(|(_, literal)| literal.trim_start().to_lowercase().starts_with("begin "));
            wrong
                .extend(begun.map(|(line, _)| format!("{}:{line}: `begin` belongs into db.rs", source.path)));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::one_file;

    #[test]
    fn a_query_in_a_page_is_named_and_a_sentence_is_not() {
        let page = |text: &str| places(&one_file("crates/desk/src/cases/web.rs", text)).len();
        assert_eq!(page("//! Pages.\nconst Q: &str = \"select id\nfrom report\";\n"), 1);
        assert_eq!(page("//! Pages.\nlet q = \"  update report set kind = $1\";\n"), 1);
        assert_eq!(page("//! Pages.\nlet words = \"with thanks, and see you\";\n"), 0);
        assert!(
            places(&one_file(
                "crates/desk/src/cases/store.rs",
                "//! SQL.\nlet q = \"select id from report\";\n"
            ))
            .is_empty()
        );
    }

    #[test]
    fn a_transaction_outside_the_door_is_named() {
        let verb = |text: &str| transactions(&one_file("crates/desk/src/cases/mod.rs", text)).len();
        assert_eq!(verb("//! Verbs.\nlet tx = pool.begin().await?;\n"), 1);
        assert_eq!(verb("//! Verbs.\nrun(\"begin immediate\");\n"), 1);
        assert_eq!(verb("//! Verbs.\nlet tx = db.read().await?;\n"), 0);
    }
}
