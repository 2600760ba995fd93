//! `alongside lsp` as an editor drives it: a real client over standard input and output.

#![expect(clippy::indexing_slicing, reason = "a test fails where JSON is not as promised")]

mod editor;

use editor::Editor;
use serde_json::{Value, json};
use std::path::Path;

fn start(settings: Value) -> Editor {
    Editor::start(Path::new(env!("CARGO_BIN_EXE_alongside")), settings)
}

const URI: &str = "file:///letter.md";

fn codes(marks: &[Value]) -> Vec<&str> {
    marks.iter().map(|mark| mark["code"].as_str().expect("a code")).collect()
}

#[test]
fn an_editor_gets_marks_hovers_fixes_and_follows_settings() {
    let mut editor = start(json!({ "kind": "reply" }));
    let text =
        "\u{1F600} This is your fault. In order to help, thanks. We will write by noon; call us on 4242.";
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": 1, "text": text } }),
    );
    let marks = editor.marks();
    assert_eq!(codes(&marks), ["BLM01", "CLR06"]);
    assert_eq!(
        marks[0]["range"],
        json!({ "start": { "line": 0, "character": 11 }, "end": { "line": 0, "character": 21 } }),
        "the smiling face counts two UTF-16 units"
    );

    let hover = editor.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 13 } }),
    );
    assert!(hover["contents"]["value"].as_str().expect("text").contains("Say instead"));

    let place = json!({ "line": 0, "character": 25 });
    let actions = editor.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": URI }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } }),
    );
    assert_eq!(actions[0]["edit"]["changes"][URI][0]["newText"], "To");

    let better = "Thank you for telling us. We will write by noon; call us on 4242.";
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": [{ "text": better }] }),
    );
    assert!(editor.marks().is_empty());

    editor.tell("textDocument/didChange", json!({ "textDocument": { "uri": URI, "version": 3 }, "contentChanges": [{ "text": "Your ticket number is 4711." }] }));
    assert!(codes(&editor.marks()).contains(&"NXT09"));
    editor.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "alongside": { "kind": "commit" } } }),
    );
    assert!(!codes(&editor.marks()).contains(&"NXT09"), "a commit promises nobody a next step");
    editor.stop();
}

#[test]
fn the_profile_of_the_folder_counts_and_a_hover_tells_all_that_is_meant() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(".alongside.toml"), "[rules]\nCLR06 = \"off\"\n").expect("written");
    let uri = format!("file://{}/letter.md", folder.path().display());
    let mut editor = start(json!({ "kind": "reply" }));
    let text = "This is your fault. In order to help, we closed it. The page is gone. All works again.";
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": text } }),
    );
    let marks = editor.marks();
    assert!(codes(&marks).contains(&"EMP01") && !codes(&marks).contains(&"CLR06"), "{marks:?}");
    let hover = editor.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 13 } }),
    );
    let said = hover["contents"]["value"].as_str().expect("text");
    assert!(said.starts_with("**BLM01") && said.contains("**EMP01"), "{said}");
    editor.stop();
}

#[test]
fn while_keys_fly_only_the_newest_text_is_marked_and_a_book_is_left_alone() {
    let mut editor = start(json!({ "kind": "reply" }));
    let change = |version: i64, text: &str| json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [{ "text": text }] });
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": 1, "text": "This is your fault." } }),
    );
    assert_eq!(editor.published().0, 1);

    // Longer than a keystroke takes to check: each text waits for the keys to rest, and the last one wins.
    let long = "Thank you for telling us. We will write by noon.\n\n".repeat(3_000);
    for version in 2..12 {
        editor.tell(
            "textDocument/didChange",
            change(version, &format!("{long}This is your fault, {version} times.")),
        );
    }
    let (version, marks) = editor.published();
    assert_eq!(version, 11);
    assert!(codes(&marks).contains(&"BLM01"));

    // A change that comes late says nothing about the newer text.
    editor.tell("textDocument/didChange", change(5, "You are to blame."));
    editor.tell("textDocument/didChange", change(12, "This is your fault."));
    assert_eq!(editor.published().0, 12);

    // New settings speak of the same version again.
    editor.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "alongside": { "kind": "commit" } } }),
    );
    assert_eq!(editor.published().0, 12);

    editor.tell("textDocument/didChange", change(13, &"This is your fault. ".repeat(500_000)));
    let (version, marks) = editor.published();
    assert_eq!((version, marks.len()), (json!(13), 0));
    editor.stop();
}

#[test]
fn a_profile_that_changes_counts_at_the_next_save() {
    let folder = tempfile::tempdir().expect("a folder");
    let uri = format!("file://{}/letter.md", folder.path().display());
    let mut editor = start(json!({ "kind": "other" }));
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": "This is your fault." } }),
    );
    assert_eq!(codes(&editor.marks()), ["BLM01"]);
    std::fs::write(folder.path().join(".alongside.toml"), "[rules]\nBLM01 = \"off\"\n").expect("written");
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert!(editor.marks().is_empty());
    std::fs::remove_file(folder.path().join(".alongside.toml")).expect("removed");
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(codes(&editor.marks()), ["BLM01"]);
    editor.stop();
}

#[test]
fn a_letter_on_one_line_is_marked_in_time_and_the_end_is_the_end() {
    let mut editor = start(json!({ "kind": "other" }));
    let text = "This is your fault, \u{1F600}. ".repeat(12_000);
    let begun = std::time::Instant::now();
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": 1, "text": text } }),
    );
    let marks = editor.marks();
    assert_eq!(marks.len(), 1001);
    assert!(marks[1000]["message"].as_str().expect("text").contains("more marks"));
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": [{ "text": text }] }),
    );
    editor.stop();
}

#[test]
fn what_is_no_message_makes_the_server_neither_deaf_nor_immortal() {
    for body in ["{}", "null", "[]", "{\"method\":5}", "not JSON", "\u{e4}"] {
        let mut editor = start(json!({}));
        editor.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": 1, "text": "This is your fault." } }));
        assert_eq!(codes(&editor.marks()), ["BLM01"], "after {body}");
        editor.stop();
    }
    let mut editor = start(json!({}));
    editor.send_raw(b"Content-Length: abc\r\n\r\n{}");
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": 1, "text": "This is your fault." } }));
    assert_eq!(codes(&editor.marks()), ["BLM01"]);
    editor.stop();
}
