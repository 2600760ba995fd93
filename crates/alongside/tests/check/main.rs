//! `alongside check` as a person or a pipeline runs it.

mod held;
mod said;

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn alongside(arguments: &[&str], folder: &std::path::Path, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

const LETTER: &str = "Dear Sam,\n\nThis is your fault. In order to help, please call us on 4444 today.\n";

#[test]
fn a_finding_ends_with_one_and_names_place_and_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("letter.md"), LETTER).expect("written");
    let output = alongside(&["check", "--kind", "reply"], folder.path(), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("letter.md:3:9: error BLM01 `your fault`"), "{}", out(&output));
}

#[test]
fn a_kind_text_ends_with_zero_and_a_missing_file_with_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let kind = "Thank you for telling us. We are checking the mail now and will write to you by 15:00.\n";
    assert_eq!(alongside(&["check", "-", "--kind", "reply"], folder.path(), kind).status.code(), Some(0));
    assert_eq!(alongside(&["check", "nowhere.md"], folder.path(), "").status.code(), Some(2));
    assert_eq!(
        alongside(&["check", "--profile", "nowhere.toml", "-"], folder.path(), "").status.code(),
        Some(2)
    );
}

#[test]
fn json_gives_rule_group_severity_bytes_and_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("Für {LETTER}");
    let output = alongside(&["check", "-", "--kind", "reply", "--format", "json"], folder.path(), &text);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = json["files"][0]["findings"].as_array().expect("a list");
    let finding = findings.iter().find(|finding| finding["rule"] == "BLM01").expect("the blame is seen");
    assert_eq!(finding["group"], "blame");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["kind"], "reply");
    let (start, end) = (
        finding["span"]["start"].as_u64().expect("a number"),
        finding["span"]["end"].as_u64().expect("a number"),
    );
    assert_eq!(&text.as_bytes()[start as usize..end as usize], b"your fault");
    assert_eq!(json["summary"]["findings"], findings.len());
}

#[test]
fn sarif_names_its_rules_and_places() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a letter.md"), LETTER).expect("written");
    let output = alongside(&["check", ".", "--kind", "reply", "--format", "sarif"], folder.path(), "");
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    for result in run["results"].as_array().expect("a list") {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20letter.md");
        assert!(result["partialFingerprints"]["alongside/v1"].is_string());
        assert!(place["region"]["startLine"].as_u64() >= Some(1));
    }
}

#[test]
fn a_code_host_finds_every_file_and_knows_a_mark_again() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join(".git")).expect("made");
    let letters = folder.path().join("letters");
    std::fs::create_dir(&letters).expect("made");
    let prints = |text: &str, path: &str, category: &[&str]| {
        std::fs::write(letters.join("a.md"), text).expect("written");
        let arguments = [&["check", path, "--kind", "other", "--format", "sarif"], category].concat();
        let log: Value = serde_json::from_slice(&alongside(&arguments, &letters, "").stdout).expect("JSON");
        let run = &log["runs"][0];
        let results = run["results"].as_array().expect("a list");
        assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "letters/a.md");
        assert_eq!(run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"], "warning");
        let prints: Vec<Value> = results.iter().map(|one| one["partialFingerprints"].clone()).collect();
        (prints, run["automationDetails"]["id"].clone())
    };
    let twice = "This is your fault. This is your fault.\n";
    let (first, name) = prints(twice, ".", &[]);
    assert!(first.len() == 2 && first[0] != first[1] && name.is_null(), "{first:?}");
    let absolute = letters.join("a.md").to_string_lossy().into_owned();
    let moved = prints(&format!("Hello all.\n\n{twice}"), &absolute, &["--category", "letters"]);
    assert_eq!(moved, (first, "letters/".into()));
    let lines = out(&alongside(&["check", ".", "--format", "github"], &letters, ""));
    assert!(lines.contains("file=letters/a.md,"), "{lines}");
}

#[test]
fn a_page_shows_what_was_found_and_what_was_not_read_and_runs_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("a <b>.md"),
        "Hello <script>alert(1)</script>, this is your fault & \"ours\".\n",
    )
    .expect("written");
    std::fs::write(folder.path().join("old.md"), b"M\xfcller\n").expect("written");
    let output = alongside(&["check", ".", "--kind", "reply", "--format", "html"], folder.path(), "");
    let page = out(&output);
    for shown in [
        "a &lt;b&gt;.md</h2>",
        "&lt;script&gt;alert(1)&lt;/script&gt;, this is <mark>your fault</mark> &amp; &quot;ours&quot;.",
        "<h2>Not read, so not checked</h2>",
        "old.md</code> is not UTF-8",
        "<b>Say instead:</b>",
    ] {
        assert!(page.contains(shown), "{shown} is missing in:\n{page}");
    }
    assert!(!page.contains("<script>"), "{page}");

    std::fs::remove_file(folder.path().join("a <b>.md")).expect("removed");
    let nothing = out(&alongside(&["check", ".", "--format", "html"], folder.path(), ""));
    assert!(nothing.contains("<p>Nothing was read, so nothing was checked.</p>"), "{nothing}");
}

#[test]
fn fix_writes_only_what_is_safe_and_diff_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.md");
    std::fs::write(&path, LETTER).expect("written");
    let diff = alongside(&["check", "letter.md", "--diff"], folder.path(), "");
    assert_eq!(diff.status.code(), Some(1));
    assert!(out(&diff).contains("+This is your fault. To help, please call us"), "{}", out(&diff));
    assert_eq!(std::fs::read_to_string(&path).expect("read"), LETTER);
    alongside(&["check", "letter.md", "--fix"], folder.path(), "");
    assert_eq!(std::fs::read_to_string(&path).expect("read"), LETTER.replace("In order to", "To"));
}

#[test]
fn a_baseline_hides_what_is_known_and_shows_what_is_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.md");
    std::fs::write(&path, LETTER).expect("written");
    alongside(&["check", "--kind", "reply", "--write-baseline", "known.json"], folder.path(), "");
    let known = alongside(&["check", "--kind", "reply", "--baseline", "known.json"], folder.path(), "");
    assert_eq!(known.status.code(), Some(0), "{}", out(&known));
    let whole = path.to_str().expect("UTF-8");
    for named in [".", "letter.md", "./letter.md", whole] {
        let arguments = ["check", "--kind", "reply", "--baseline", "known.json", named];
        assert_eq!(alongside(&arguments, folder.path(), "").status.code(), Some(0), "{named}");
    }
    std::fs::write(&path, format!("Hello.\n\n{LETTER}\nYou are to blame.\n")).expect("written");
    let new = alongside(&["check", "--kind", "reply", "--baseline", "known.json"], folder.path(), "");
    assert_eq!(new.status.code(), Some(1));
    assert!(out(&new).contains("You are to blame") && !out(&new).contains("`your fault`"), "{}", out(&new));
}

#[test]
fn a_file_that_is_no_baseline_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("letter.md"), LETTER).expect("written");
    for (text, why) in [("[]", "it is not a list of findings"), ("no", "line 1 is not JSON")] {
        std::fs::write(folder.path().join("known.json"), text).expect("written");
        let output = alongside(&["check", "letter.md", "--baseline", "known.json"], folder.path(), "");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(why) && said.contains("--write-baseline known.json"), "{said}");
    }
}

#[test]
fn ignored_files_are_left_out_and_a_comment_with_a_reason_allows() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(".gitignore"), "old.md\n").expect("written");
    std::fs::write(folder.path().join("old.md"), LETTER).expect("written");
    let allowed = "<!-- alongside: allow BLM01 because it shows what not to write -->\nThis is your fault.\n";
    std::fs::write(folder.path().join("new.md"), allowed).expect("written");
    let output = alongside(&["check"], folder.path(), "");
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    std::fs::write(folder.path().join("new.md"), allowed.replace(" because it shows what not to write", ""))
        .expect("written");
    assert_eq!(
        alongside(&["check"], folder.path(), "").status.code(),
        Some(1),
        "a comment without a reason allows nothing"
    );
}

#[test]
fn a_profile_changes_severities_and_adds_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile =
        "kind = \"reply\"\n[rules]\nBLM01 = \"off\"\n[avoid]\n\"ticket (number|id)\" = \"reference\"\n";
    std::fs::write(folder.path().join(".alongside.toml"), profile).expect("written");
    let text = "Thank you. This is your fault. Your ticket number is 4. We will write by noon.\n";
    let shown = out(&alongside(&["check", "-"], folder.path(), text));
    assert!(shown.contains("OWN01") && !shown.contains("BLM01"), "{shown}");
    let explained = out(&alongside(&["rule", "OWN01"], folder.path(), ""));
    assert!(explained.contains("`[avoid]` in your profile"), "{explained}");
}

#[test]
fn the_profile_next_to_a_text_is_the_one_that_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let letters = folder.path().join("letters");
    std::fs::create_dir(&letters).expect("made");
    std::fs::write(letters.join(".alongside.toml"), "[rules]\nBLM01 = \"off\"\n").expect("written");
    std::fs::write(letters.join("a.md"), "This is your fault.\n").expect("written");
    std::fs::write(folder.path().join("b.md"), "This is your fault.\n").expect("written");
    let shown = out(&alongside(&["check", "--kind", "other"], folder.path(), ""));
    assert!(shown.contains("b.md:1") && !shown.contains("a.md:1"), "{shown}");
}

#[test]
fn a_style_of_vale_is_checked_too_and_its_rules_can_be_turned_off() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("Own")).expect("made");
    let rule = "extends: existence\nmessage: \"Avoid '%s'.\"\nlevel: warning\ntokens:\n  - synergy\n";
    std::fs::write(folder.path().join("Own/Words.yml"), rule).expect("written");
    let text = "We have synergy here.\n";
    let named = alongside(&["check", "-", "--style", "Own"], folder.path(), text);
    assert!(out(&named).contains("-:1:9: warning Own.Words Avoid 'synergy'."), "{}", out(&named));
    assert!(out(&named).contains("hint: `alongside rule Own.Words`"), "{}", out(&named));
    let explained = alongside(&["rule", "Own.Words"], folder.path(), "");
    assert!(explained.status.success() && out(&explained).contains("`Words.yml`"), "{}", out(&explained));
    let profile = folder.path().join(".alongside.toml");
    std::fs::write(&profile, "styles = [\"Own\"]\n").expect("written");
    assert!(out(&alongside(&["check", "-"], folder.path(), text)).contains("Own.Words"));
    std::fs::write(&profile, "styles = [\"Own\"]\n[rules]\n\"Own.Words\" = \"off\"\n").expect("written");
    assert_eq!(alongside(&["check", "-"], folder.path(), text).status.code(), Some(0));
    assert_eq!(alongside(&["check", "-", "--style", "None"], folder.path(), text).status.code(), Some(2));
}

#[test]
fn a_filter_gives_back_a_text_that_needs_no_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Thank you. We will write by noon.\n";
    assert_eq!(out(&alongside(&["check", "-", "--fix"], folder.path(), text)), text);
    assert_eq!(out(&alongside(&["check", "-", "--diff"], folder.path(), text)), "");
}

#[test]
fn folders_above_the_place_of_work_say_nothing_about_a_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let letters = folder.path().join("docs/letters");
    std::fs::create_dir_all(&letters).expect("made");
    std::fs::write(letters.join("a.md"), "Wait in order to see.\n").expect("written");
    let whole = letters.join("a.md");
    for (arguments, from, seen) in [
        (["check", "a.md"], letters.as_path(), true),
        (["check", "."], letters.as_path(), true),
        (["check", whole.to_str().expect("UTF-8")], std::path::Path::new("/"), true),
        (["check", "docs"], folder.path(), false),
    ] {
        let shown = out(&alongside(&arguments, from, ""));
        assert_eq!(shown.contains("CLR06"), seen, "{arguments:?} {shown}");
    }
}

#[test]
fn a_text_without_line_ends_is_not_repeated_for_each_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "This is your fault. ".repeat(2_000);
    for format in ["html", "text"] {
        let shown =
            out(&alongside(&["check", "-", "--kind", "other", "--format", format], folder.path(), &text));
        assert!(shown.matches("BLM01").count() >= 2_000 && shown.len() < 100 * text.len(), "{}", shown.len());
    }
}

#[test]
fn what_a_text_says_to_the_terminal_is_not_passed_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "\u{1b}]0;gone\u{7}This is your fault.\u{1b}[2J\n";
    let shown = out(&alongside(&["check", "-", "--kind", "other"], folder.path(), text));
    assert!(shown.contains("BLM01") && !shown.contains(['\u{1b}', '\u{7}']), "{shown:?}");
}

#[test]
fn a_rule_explains_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = out(&alongside(&["rule", "BLM01"], folder.path(), ""));
    assert!(shown.contains("## Why it hurts") && shown.contains("## Say instead"), "{shown}");
    assert_eq!(alongside(&["rule", "XYZ99"], folder.path(), "").status.code(), Some(2));
}

#[test]
fn one_file_that_cannot_be_read_keeps_no_other_from_being_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("letter.md"), LETTER).expect("written");
    std::fs::write(folder.path().join("old.txt"), b"caf\xe9 today").expect("written");
    std::fs::write(folder.path().join("program.txt"), b"\x7fELF\x00\x01").expect("written");
    let output = alongside(
        &[
            "check",
            "--kind",
            "reply",
            "--format",
            "json",
            "missing.md",
            "old.txt",
            "program.txt",
            "letter.md",
        ],
        folder.path(),
        "",
    );
    assert_eq!(output.status.code(), Some(2), "what was named and not read is no success");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("`missing.md` is not there"), "{said}");
    assert!(said.contains("`old.txt` is not UTF-8 at byte 3"), "{said}");
    assert!(said.contains("`program.txt` is not a text"), "{said}");
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["files"][0]["path"], "letter.md");
    assert_eq!(json["unread"].as_array().map(Vec::len), Some(3));

    let output = alongside(&["check", "--kind", "reply", "--least", "error", "."], folder.path(), "");
    assert_eq!(output.status.code(), Some(1), "in a folder the others count: {}", out(&output));
}

#[test]
fn endings_in_capitals_are_texts_too_and_zero_bytes_are_found_far_inside() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("LETTER.MD"), LETTER).expect("written");
    let output = alongside(&["check", "--kind", "reply", "."], folder.path(), "");
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    assert!(out(&output).contains("LETTER.MD"));

    let mut late = "A kind sentence. ".repeat(1000).into_bytes();
    late.push(0);
    std::fs::write(folder.path().join("late.bin"), late).expect("written");
    let output = alongside(&["check", "late.bin"], folder.path(), "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("`late.bin` is not a text"));
    assert!(out(&output).contains("Nothing was read, so nothing was checked."), "{}", out(&output));
}

#[test]
fn a_pipeline_hears_of_files_that_were_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("letter.md"), LETTER).expect("written");
    std::fs::write(folder.path().join("old, brown.txt"), b"caf\xe9 today").expect("written");
    let check = |format: &str, path: &str| {
        alongside(&["check", "--kind", "reply", "--format", format, path], folder.path(), "")
    };

    let log: Value = serde_json::from_slice(&check("sarif", ".").stdout).expect("JSON");
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    let told = &invocation["toolExecutionNotifications"][0];
    assert!(told["message"]["text"].as_str().expect("a text").contains("is not UTF-8 at byte 3"));
    let log: Value = serde_json::from_slice(&check("sarif", "old, brown.txt").stdout).expect("JSON");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);

    let lines = out(&check("github", "."));
    assert!(lines.contains("old%2C brown.txt,title=Not checked::This file is not UTF-8"), "{lines}");
    assert!(lines.contains("letter.md,line="), "{lines}");
}

#[test]
fn a_folder_without_texts_and_a_profile_that_is_not_there_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = alongside(&["check", "."], folder.path(), "");
    assert_eq!(output.status.code(), Some(2), "nothing was checked, so nothing is fine");
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("no text was found; in folders, files ending in .md")
    );
    let output = alongside(&["check", "--profile", "nope", "-"], folder.path(), "");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("there is no profile `nope`") && !said.contains("os error"), "{said}");
}

#[test]
fn a_mark_at_the_start_of_a_file_is_not_a_column() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.txt"), "\u{feff}This is your fault.\n").expect("written");
    let output = alongside(&["check", "--kind", "commit", "a.txt"], folder.path(), "");
    assert!(out(&output).contains("a.txt:1:9: "), "{}", out(&output));
}
