//! What is said instead of being passed over: guesses, contradictions, full disks, notes that allow nothing.

use super::*;

#[test]
fn a_guess_of_documentation_hides_no_blame_and_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("docs")).expect("made");
    let hurts = "It is your fault. You will face disciplinary action.\n";
    let fine = "The default failed: error: you cannot open it.\n";
    for name in ["docs/answer.txt", "README.txt"] {
        std::fs::write(folder.path().join(name), format!("{hurts}{fine}")).expect("written");
        let output = alongside(&["check", name], folder.path(), "");
        let shown = out(&output);
        assert_eq!(output.status.code(), Some(1), "{shown}");
        assert!(shown.contains("BLM01") && shown.contains("FEA02") && !shown.contains(":2:"), "{shown}");
        assert!(
            shown.contains("hint: read as documentation; `--kind policy` if it is something else"),
            "{shown}"
        );
        std::fs::write(folder.path().join(name), fine).expect("written");
        assert_eq!(alongside(&["check", name], folder.path(), "").status.code(), Some(0), "{name}");
    }
}

#[test]
fn a_long_policy_is_a_policy_and_a_page_is_no_documentation_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let chapter = "# Use\n\nThis policy applies to all employees. Employees must lock their screen. \
        Private use of laptops is strictly prohibited. Exceptions need the approval of the owner. \
        Anyone who clicks is careless and will face disciplinary action.\n\n";
    std::fs::write(folder.path().join("use.md"), chapter.repeat(50)).expect("written");
    std::fs::write(folder.path().join("clean-desk-policy.md"), "Lock your screen.\n").expect("written");
    let page = "<p>Dear all,</p><p>Anyone who clicks is careless.</p>";
    std::fs::write(folder.path().join("index.html"), page).expect("written");
    let shown = |name: &str| out(&alongside(&["check", name], folder.path(), ""));
    let long = shown("use.md");
    assert!(long.contains("read as policy") && long.matches("BLM05").count() == 50, "{long}");
    assert!(shown("clean-desk-policy.md").contains("read as policy"));
    assert!(shown("index.html").contains("BLM05"));
}

#[test]
fn a_baseline_stays_as_it_is_where_something_could_not_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let letters = folder.path().join("letters");
    std::fs::create_dir(&letters).expect("made");
    std::fs::write(letters.join("letter.md"), LETTER).expect("written");
    let check = |arguments: &[&str]| {
        let arguments = [&["check", "--kind", "reply"], arguments].concat();
        alongside(&arguments, &letters, "")
    };
    assert_eq!(check(&["--write-baseline", "../known.json"]).status.code(), Some(0));
    let known = std::fs::read_to_string(folder.path().join("known.json")).expect("read");
    assert!(known.contains("\"letters/letter.md\""), "{known}");
    assert_eq!(
        check(&["--baseline", "../known.json"]).status.code(),
        Some(0),
        "a name with `..` is the same place"
    );
    for wrong in [&["nosuch"][..], &["letter.md", "nosuch.md"]] {
        let output = check(&[&["--write-baseline", "../known.json"], wrong].concat());
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(std::fs::read_to_string(folder.path().join("known.json")).expect("read"), known);
    }
}

#[test]
fn options_that_do_not_go_together_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), LETTER).expect("written");
    for arguments in [
        &["check", "--suggested", "a.md"][..],
        &["check", "--diff", "--format", "json", "a.md"],
        &["check", "--write-baseline", "known.json", "--format", "json", "a.md"],
        &["check", "--config", "nosuch.toml", "a.md"],
    ] {
        let output = alongside(arguments, folder.path(), "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
    assert!(!folder.path().join("known.json").exists());
    let arguments = ["check", "--kind", "other", "--least", "error", "-"];
    let shown = out(&alongside(&arguments, folder.path(), "You only need to click.\nIt is your fault.\n"));
    assert!(
        shown.starts_with("Nothing that severe in 1 text") && shown.contains("below `--least` not shown"),
        "{shown}"
    );
}

#[cfg(unix)]
#[test]
fn a_name_says_nothing_to_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "a\u{1b}[31m\nb.md";
    std::fs::write(folder.path().join(name), LETTER).expect("written");
    let missing = "c\u{1b}]0;gone\u{7}.md";
    for command in ["check", "read", "quantify"] {
        let output = alongside(&[command, name, missing], folder.path(), "");
        let said = format!("{}{}", out(&output), String::from_utf8_lossy(&output.stderr));
        assert!(
            said.contains("gone") && !said.contains(['\u{1b}', '\u{7}']) && !said.contains("\nb.md"),
            "{said:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_a_closed_pipe_is_quiet() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), "Thank you.\n").expect("written");
    let run = |arguments: &[&str], to: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_alongside"));
        command.args(arguments).current_dir(folder.path()).stdin(Stdio::null()).stdout(to);
        command.output().expect("the program runs")
    };
    for arguments in [&["quantify", "--quiz"][..], &["check", "a.md"], &["rule"], &["serve"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
        let output = run(arguments, full.into());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {said}");
        assert!(said.contains("the result could not be written"), "{arguments:?} {said}");
    }
    for arguments in [&["quantify", "--quiz"][..], &["rule"], &["check", "--kind", "commit", "a.md"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = run(arguments, writer.into());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn what_is_no_message_is_neither_large_nor_read_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = out(&alongside(&["read", "-"], folder.path(), ""));
    assert!(shown.contains("We could not read this as a mail message."), "{shown}");
    assert!(!shown.contains("very large") && !shown.contains("the whole message"), "{shown}");
    let headers = "X-A: b\n".repeat(20_000);
    let large = format!("From: a@example.org\n{headers}\nHello.\n");
    let shown = out(&alongside(&["read", "-"], folder.path(), &large));
    assert!(shown.contains("We read a part of it.") && !shown.contains("the whole message"), "{shown}");
    let help = out(&alongside(&["read", "--help"], folder.path(), ""));
    assert!(help.contains("Ends with 0"), "{help}");
}

#[test]
fn a_note_that_allows_nothing_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |note: &str| {
        let text = format!("<!-- alongside: {note} -->\nThis is your fault.\n");
        out(&alongside(&["check", "--kind", "other", "--stdin-path", "a.md", "-"], folder.path(), &text))
    };
    for (note, why) in [
        ("allow BLM01", "gives no reason"),
        ("allow BLM99 because it quotes", "no rule or group `BLM99`"),
        ("alow BLM01 because it quotes", "`alow` is neither"),
        ("allow because it quotes", "gives no reason"),
    ] {
        let shown = check(note);
        assert!(
            shown.contains("suggestion OWN02") && shown.contains(why) && shown.contains("BLM01 `"),
            "{shown}"
        );
    }
    for note in [
        "allow BLM01 because it quotes",
        "allow direct-blame because it quotes",
        "allow blame because it quotes",
        "allow-file blm01, shame because it quotes",
        "allow BLM01 weil es zitiert",
    ] {
        let shown = check(note);
        assert!(shown.starts_with("Nothing to change"), "{note}: {shown}");
    }
}

const FRENCH: &str = "Bonjour \u{e0} tous, c'est votre faute si le compte a \u{e9}t\u{e9} ferm\u{e9}. Vous devez faire plus attention avec les liens que vous recevez.\n";

#[test]
fn a_text_in_another_language_is_not_called_fine() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("lettre.md"), FRENCH).expect("written");
    let output = alongside(&["check", "--format", "json"], folder.path(), "");
    assert_eq!(output.status.code(), Some(2), "nothing was checked");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["summary"]["files"], 0);
    assert!(json["unread"][0]["why"].as_str().expect("a reason").contains("language"), "{json}");
    let sarif = alongside(&["check", "lettre.md", "--format", "sarif"], folder.path(), "");
    assert!(out(&sarif).contains("a language that we do not read"));
    let chinese =
        "\u{8fd9}\u{662f}\u{4f60}\u{7684}\u{9519}\u{ff0c}\u{8bf7}\u{4e0b}\u{6b21}\u{5c0f}\u{5fc3}\u{3002}\n";
    assert_eq!(alongside(&["check", "-"], folder.path(), chinese).status.code(), Some(2));
    assert_eq!(alongside(&["check", "-", "--language", "en"], folder.path(), FRENCH).status.code(), Some(0));
    std::fs::write(folder.path().join(".alongside.toml"), "[rules]\nOWN03 = \"off\"\n").expect("written");
    assert_eq!(alongside(&["check"], folder.path(), "").status.code(), Some(0));
    assert!(out(&alongside(&["rule", "own03"], folder.path(), "")).starts_with("# OWN03"));
}

#[test]
fn a_draft_with_a_head_is_read_and_what_is_left_out_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = "From: Security desk\nTo: Jonas\nSubject: Your report\n\nIt is your fault.\n";
    for format in ["plain", "markdown"] {
        let output = alongside(&["check", "-", "--as", format], folder.path(), draft);
        assert!(out(&output).contains("BLM01"), "{}", out(&output));
    }
    let answer = "We are on it.\n\n-----Original Message-----\nIt is your fault.\n";
    let output = alongside(&["check", "-"], folder.path(), answer);
    assert!(
        out(&output).contains("1 text, 4 words; 4 words of another mail below left out."),
        "{}",
        out(&output)
    );
    let nothing = alongside(&["check", "-"], folder.path(), "");
    assert_eq!(nothing.status.code(), Some(2));
    assert!(!out(&nothing).contains("Nothing to change"), "{}", out(&nothing));
}

#[test]
fn mending_says_all_that_is_left_and_goes_on_past_a_file_it_may_not_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let jargon = "Hello,\n\nIn order to help, please call us ASAP.\n";
    std::fs::write(folder.path().join("a.md"), jargon).expect("written");
    let twice = alongside(
        &["check", "a.md", "./a.md", "--fix", "--kind", "reply", "--fail-on", "error"],
        folder.path(),
        "",
    );
    let said = String::from_utf8_lossy(&twice.stderr).into_owned();
    assert_eq!(twice.status.code(), Some(0));
    assert!(said.starts_with("1 replacement applied, ") && !said.contains(" 0 findings"), "{said}");

    std::fs::write(folder.path().join("b.md"), jargon).expect("written");
    let output = alongside(&["check", "b.md", "--write-baseline", "b.md"], folder.path(), "");
    assert_eq!(output.status.code(), Some(2), "a text is no list of findings");
    assert_eq!(std::fs::read_to_string(folder.path().join("b.md")).expect("read"), jargon);
}

#[test]
fn a_scenario_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("s.toml"), "name = \"a\"\n").expect("written");
    let output = alongside(&["quantify", "s.toml", "--output", "./s.toml"], folder.path(), "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing is written over it"));
}

#[test]
fn in_markdown_the_title_and_blocks_of_html_are_read_and_code_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = "---\ntitle: This is your fault\n---\n\n<p>You should have known better.</p>\n\n<p title=\"It is your own fault\">Fine.</p>\n\n```\nyour fault\n```\n";
    std::fs::write(folder.path().join("a.md"), page).expect("written");
    let shown = out(&alongside(&["check", "a.md", "--kind", "awareness"], folder.path(), ""));
    for place in ["a.md:2:", "a.md:5:", "a.md:7:"] {
        assert!(shown.contains(place), "{place}: {shown}");
    }
    assert!(!shown.contains("a.md:10:"), "{shown}");
}

#[test]
fn a_style_is_turned_off_by_its_own_comments_and_one_that_says_nothing_is_a_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("Own")).expect("made");
    std::fs::write(at("Own/Tea.yml"), "extends: existence\nmessage: m\ntokens:\n  - tea\n").expect("written");
    std::fs::write(at("a.md"), "<!-- vale off -->\n\nOne cup of tea.\n\n<!-- vale on -->\n\nMore tea.\n")
        .expect("written");
    let shown = out(&alongside(&["check", "a.md", "--style", "Own"], folder.path(), ""));
    assert!(shown.contains("a.md:7:") && !shown.contains("a.md:3:"), "{shown}");

    std::fs::write(at(".alongside.toml"), "styles = [\"Own\"]\n[rules]\n\"Own.Nope\" = \"off\"\n")
        .expect("written");
    let typo = alongside(&["check", "a.md"], folder.path(), "");
    assert_eq!(typo.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&typo.stderr).contains("`Own.Nope`"));
    std::fs::remove_file(at(".alongside.toml")).expect("removed");

    std::fs::create_dir(at("Bad")).expect("made");
    std::fs::write(at("Bad/a.yml"), "extends: existence\nmessage: m\ntokens:\n  - '(tea'\n")
        .expect("written");
    assert_eq!(alongside(&["check", "a.md", "--style", "Bad"], folder.path(), "").status.code(), Some(2));
}

#[test]
fn nothing_is_passed_over_in_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("a.pdf"), "%PDF-1.7\nThis is your fault.\n").expect("written");
    let pdf = alongside(&["check", "a.pdf"], folder.path(), "");
    assert_eq!(pdf.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&pdf.stderr).contains("is a PDF"));

    std::fs::create_dir_all(at("node_modules/x")).expect("made");
    std::fs::write(at("node_modules/x/README.md"), LETTER).expect("written");
    std::fs::write(at("b.md"), LETTER).expect("written");
    let shown = out(&alongside(&["check", ".", "--format", "github"], folder.path(), ""));
    assert!(shown.contains("b.md") && !shown.contains("node_modules"), "{shown}");

    std::fs::create_dir(at(".alongside.toml")).expect("made");
    let profile = alongside(&["check", "b.md"], folder.path(), "");
    assert_eq!(profile.status.code(), Some(2), "a profile that is none is not left aside");
}

#[test]
fn rules_are_listed_by_group_and_language_and_several_are_explained_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = |arguments: &[&str]| out(&alongside(arguments, folder.path(), ""));
    let german = shown(&["rule", "blame", "--language", "de"]);
    assert!(
        german.lines().count() > 3
            && german.lines().all(|line| line.starts_with("de  ") && line.contains("blame"))
    );
    let two = shown(&["rule", "BLM01", "FEA01"]);
    assert!(two.contains("BLM01") && two.contains("FEA01"));
    assert_eq!(alongside(&["rule", "blaem"], folder.path(), "").status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_file_name_reaches_no_terminal_raw() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a\u{1b}[31m.md"), LETTER).expect("written");
    let shown = out(&alongside(&["check", ".", "--format", "github"], folder.path(), ""));
    assert!(shown.contains("::warning") && !shown.contains('\u{1b}'), "{shown:?}");
}
