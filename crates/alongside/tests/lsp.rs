//! `alongside lsp` as an editor drives it: a real client over standard input and output.

#![expect(clippy::indexing_slicing, reason = "a test fails where JSON is not as promised")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

struct Editor {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    next: u64,
}

impl Editor {
    fn start(settings: Value) -> Editor {
        let mut server = Command::new(env!("CARGO_BIN_EXE_alongside"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let to = server.stdin.take().expect("it is piped");
        let from = BufReader::new(server.stdout.take().expect("it is piped"));
        let mut editor = Editor { server, to, from, next: 0 };
        let answer =
            editor.ask("initialize", json!({ "capabilities": {}, "initializationOptions": settings }));
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("it reads");
        self.to.flush().expect("it reads");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.from.read_line(&mut line).expect("it writes");
            match line.trim().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().expect("a number"),
                _ if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).expect("it writes");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == id {
                return message["result"].clone();
            }
        }
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The marks the server sends next.
    fn marks(&mut self) -> Vec<Value> {
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics" {
                return message["params"]["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    fn stop(mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 999, "method": "shutdown" }));
        while self.receive()["id"] != 999 {}
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        assert!(self.server.wait().expect("it ends").success());
    }
}

const URI: &str = "file:///letter.md";

fn codes(marks: &[Value]) -> Vec<&str> {
    marks.iter().map(|mark| mark["code"].as_str().expect("a code")).collect()
}

#[test]
fn an_editor_gets_marks_hovers_fixes_and_follows_settings() {
    let mut editor = Editor::start(json!({ "kind": "reply" }));
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

    editor.tell("textDocument/didChange", json!({ "textDocument": { "uri": URI, "version": 3 }, "contentChanges": [{ "text": "This email is not malicious. Ticket closed." }] }));
    assert!(codes(&editor.marks()).contains(&"NXT09"));
    editor.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "alongside": { "kind": "commit" } } }),
    );
    assert!(!codes(&editor.marks()).contains(&"NXT09"), "a commit promises nobody a next step");
    editor.stop();
}
