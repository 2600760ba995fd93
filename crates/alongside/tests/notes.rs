//! Notes in a text, lists of known findings, and what goes with them, as a person runs the check.

use std::path::Path;
use std::process::{Command, Output};

fn alongside(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs")
}

fn check(arguments: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let output = alongside(&[&["check", "--kind", "other"], arguments].concat(), folder);
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), said(&output.stdout), said(&output.stderr))
}

fn house(profile: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("Own")).expect("made");
    let rule = "extends: existence\nmessage: \"no '%s'\"\nlevel: warning\ntokens:\n  - kettle\n";
    std::fs::write(folder.path().join("Own/Tea.yml"), rule).expect("written");
    let profile = format!("styles = [\"Own\"]\n{profile}");
    std::fs::write(folder.path().join(".alongside.toml"), profile).expect("written");
    std::fs::write(folder.path().join("a.md"), text).expect("written");
    folder
}

#[test]
fn a_note_answers_rules_of_a_style_too() {
    for note in ["allow own.tea because it is tea", "allow all because it is tea"] {
        let text = format!("<!-- alongside: {note} -->\nThe kettle.\n\nThe kettle.\n");
        let (code, shown, _) = check(&["a.md"], house("", &text).path());
        assert_eq!(code, Some(1));
        assert!(!shown.contains("a.md:2:") && shown.contains("a.md:4:5: warning Own.Tea"), "{shown}");
        assert!(shown.contains("hint: `alongside rule Own.Tea` explains a rule"), "{shown}");
    }
}

#[test]
fn a_reason_may_begin_on_the_next_line_and_a_word_of_peoples_own_is_none_of_ours() {
    let text = "<!-- alongside: allow BLM01\nbecause it quotes the attacker -->\nThis is your fault.\n\n<!-- alongside: see the letter of May -->\nThank you.\n";
    let (code, shown, _) = check(&["a.md"], house("", text).path());
    assert_eq!(code, Some(0), "{shown}");
}

#[test]
fn what_belongs_to_no_rule_can_be_turned_off() {
    let text = "<!-- alongside: allow BLM01 -->\nThe pot of ours.\n";
    let (_, shown, _) = check(&["a.md"], house("[avoid]\n\"pot\" = \"\"\n", text).path());
    assert!(shown.contains("OWN01") && shown.contains("OWN02"), "{shown}");
    let off = house("[rules]\nown01 = \"off\"\nOWN02 = \"off\"\n[avoid]\n\"pot\" = \"\"\n", text);
    assert_eq!(check(&["a.md"], off.path()).0, Some(0));
}

#[test]
fn a_list_of_what_is_known_can_begin_where_one_file_cannot_be_read() {
    let folder = house("", "The kettle.\n");
    std::fs::write(folder.path().join("old.txt"), b"caf\xe9").expect("written");
    let (code, _, said) = check(&["--write-baseline", "known.json"], folder.path());
    assert!(code == Some(0) && said.contains("missing in it"), "{said}");
    let (code, ..) = check(&["--baseline", "known.json"], folder.path());
    assert_eq!(code, Some(0));
    let (code, _, said) = check(&["--write-baseline", "known.json"], folder.path());
    assert!(code == Some(2) && said.contains("left as it is"), "{said}");
    let (code, ..) = check(&["--write-baseline", "new.json", "old.txt", "a.md"], folder.path());
    assert!(code == Some(2) && !folder.path().join("new.json").exists());
}

#[test]
fn options_that_contradict_each_other_say_so() {
    let folder = house("", "The kettle.\n");
    for arguments in
        [["--baseline", "known.json", "--write-baseline", "known.json"].as_slice(), &["--fix", "--diff"]]
    {
        let (code, shown, said) = check(arguments, folder.path());
        assert!(code == Some(2) && shown.is_empty() && said.contains("take one of them"), "{said}");
    }
}
