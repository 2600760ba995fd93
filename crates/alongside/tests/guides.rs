//! What the guides show is what the program does: the commands in them are run, the files in them are written and used.

use std::path::Path;
use std::process::{Command, Output};

/// A page of the documents.
fn page(path: &str) -> String {
    let file = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).expect(&file)
}

/// The fenced blocks of a page in one language, in order.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(head) = lines.next() {
        let fence: String = head.chars().take_while(|one| *one == '`').collect();
        if fence.len() < 3 {
            continue;
        }
        // A longer fence may hold shorter ones.
        let block: String =
            lines.by_ref().take_while(|line| *line != fence).map(|line| format!("{line}\n")).collect();
        if head.trim_start_matches('`') == language {
            found.push(block);
        }
    }
    found
}

/// What a page shows below a command.
fn shown(page: &str, command: &str) -> String {
    let head = format!("$ {command}\n");
    let all = blocks(page, "text");
    let one = all.iter().find_map(|block| block.strip_prefix(&head));
    one.expect(command).to_owned()
}

fn run(command: &str, folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(command.split(' ').skip(1))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

/// Everything that a person in front of a terminal would see.
fn said(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    out + &String::from_utf8_lossy(&output.stderr)
}

fn same(shown: &str, printed: &str) {
    assert_eq!(shown.trim_end(), printed.trim_end(), "\n\nthe page should show:\n{printed}");
}

#[test]
fn the_guide_to_checking_shows_what_is_found() {
    let page = page("docs/guide/check-your-words.md");
    let folder = tempfile::tempdir().expect("a folder");
    let draft = blocks(&page, "text").into_iter().find(|block| block.starts_with("Hello")).expect("a draft");
    std::fs::write(folder.path().join("draft.txt"), draft).expect("written");
    for command in ["alongside check draft.txt --kind reply", "alongside rule BLM03"] {
        same(&shown(&page, command), &said(&run(command, folder.path())));
    }
    let profile =
        blocks(&page, "toml").into_iter().find(|block| block.contains("[avoid]")).expect("a profile");
    std::fs::write(folder.path().join(".alongside.toml"), profile).expect("written");
    std::fs::write(folder.path().join("draft.txt"), "Ask the service desk by noon.\n").expect("written");
    let found = said(&run("alongside check draft.txt --kind other", folder.path()));
    assert!(found.contains("OWN01 `service desk`"), "the profile can be copied as it stands: {found}");
}

#[test]
fn the_page_on_evidence_shows_what_a_message_shows() {
    let page = page("docs/concepts/evidence-and-verdict.md");
    let command = "alongside read crates/alongside/src/demo/messages/mailbox-full.eml";
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    same(&shown(&page, command), &said(&run(command, &root)));
}

#[test]
fn the_steps_of_the_guide_to_money_give_what_they_show() {
    let page = page("docs/guide/quantify.md");
    let folder = tempfile::tempdir().expect("a folder");
    let steps = blocks(&page, "toml");
    let step = |head: &str| steps.iter().find(|block| block.starts_with(head)).expect(head);
    let (first, control) = (step("name = "), step("[[control]]"));
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("written");

    write("wrong.toml", first.replace("pert = [10_000, 50_000, 500_000]", "range = [90_000, 10_000]"));
    let command = "alongside quantify wrong.toml";
    same(&shown(&page, command), &said(&run(command, folder.path())));

    write("payment.toml", first.clone());
    let command = "alongside quantify payment.toml";
    same(&shown(&page, command), &said(&run(command, folder.path())));

    write("payment.toml", format!("{first}\n{control}"));
    let more = blocks(&page, "text").into_iter().find(|block| block.starts_with("What is accepted"));
    let more = more.expect("what the control brings");
    let printed = said(&run(command, folder.path()));
    for part in more.trim_end().split("\n…\n") {
        assert!(printed.contains(part.trim_end()), "{part}\n\nis not in\n\n{printed}");
    }
    let example = self::page("examples/scenarios/supplier-payment.toml");
    let without_comment =
        example.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    same(&format!("{first}\n{control}"), &without_comment);
}

#[test]
fn the_settings_in_the_guides_can_be_used() {
    for name in ["docs/guide/run-a-desk.md", "docs/guide/backup-and-restore.md"] {
        for block in blocks(&page(name), "toml") {
            let folder = tempfile::tempdir().expect("a folder");
            std::fs::write(folder.path().join("alongside.toml"), &block).expect("written");
            std::fs::write(folder.path().join("note.eml"), "From: a@b.example\n\nHello.\n").expect("written");
            let output = run("alongside read note.eml", folder.path());
            assert_ne!(output.status.code(), Some(2), "{name}:\n{block}\n{}", said(&output));
        }
    }
}

#[test]
fn what_is_asked_of_quantify_and_cannot_be_is_answered_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = page("examples/scenarios/supplier-payment.toml");
    let painted = example.replace("name = \"Supplier payment fraud\"", "name = \"\\u001b[31mred\"");
    std::fs::write(folder.path().join("a.toml"), example).expect("written");
    std::fs::write(folder.path().join("red.toml"), painted).expect("written");
    for (command, words) in [
        ("alongside quantify a.toml --what-if nothing", "`Call back before a new account is used`"),
        ("alongside quantify --replay a.toml", "it is not JSON"),
    ] {
        let output = run(command, folder.path());
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(words), "{}", said(&output));
    }
    // More threads than processors would take a minute and change nothing.
    let output = run("alongside quantify red.toml --years 1000 --threads 10000", folder.path());
    assert!(output.status.success() && !said(&output).contains('\u{1b}'), "{}", said(&output));
}

#[test]
fn every_command_explains_itself_and_what_it_takes() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = |command: &str| {
        let output = run(&format!("alongside {command} --help").replace("  ", " "), folder.path());
        assert!(output.status.success(), "{command}");
        said(&output)
    };
    assert!(help("").starts_with("The security desk that works alongside the people it protects\n"));
    for command in ["check", "read", "quantify", "score", "admin"] {
        assert!(help(command).contains("nds with 0 when"), "`{command} --help` says how it ends");
    }
    for command in ["backup", "restore", "export", "erase-person", "user", "token", "revoke-token"] {
        let text = help(&format!("admin {command}"));
        let arguments = text.split("Arguments:\n").nth(1).expect("what it takes");
        let words = arguments.lines().next().unwrap_or_default().split_whitespace().count();
        assert!(words > 2, "`admin {command} --help` explains its argument:\n{text}");
    }
}

/// Every document that people read, with its path.
fn documents() -> Vec<(std::path::PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() && (folder != root || path.ends_with("docs")) {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                found.push((path.clone(), std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found
}

/// The name that a heading gets in a link.
fn anchor(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|one| one.is_alphanumeric() || " -_".contains(*one))
        .collect::<String>();
    kept.trim().replace(' ', "-")
}

#[test]
fn every_link_in_the_documents_leads_somewhere() {
    let mut lost = Vec::new();
    for (path, text) in documents() {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") || link.contains(' ') {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if file.is_empty() { path.clone() } else { path.parent().expect("a folder").join(file) };
            let there = if heading.is_empty() {
                target.exists()
            } else {
                std::fs::read_to_string(&target).is_ok_and(|text| {
                    text.lines()
                        .any(|line| line.starts_with('#') && anchor(line.trim_start_matches('#')) == heading)
                })
            };
            if !there {
                lost.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
