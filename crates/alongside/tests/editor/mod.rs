//! An editor as the language server sees it: a real client over standard input and output.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Editor {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    next: u64,
}

impl Editor {
    /// Starts the program and greets it.
    pub fn start(program: &Path, settings: Value) -> Editor {
        let mut server = Command::new(program)
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

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
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

    /// Sends what may be no message.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.to.write_all(bytes).expect("it reads");
        self.to.flush().expect("it reads");
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// What the server sends next about a text: its version and its marks.
    pub fn published(&mut self) -> (Value, Vec<Value>) {
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics" {
                let marks = message["params"]["diagnostics"].as_array().expect("a list").clone();
                return (message["params"]["version"].clone(), marks);
            }
        }
    }

    /// The marks the server sends next.
    pub fn marks(&mut self) -> Vec<Value> {
        self.published().1
    }

    pub fn stop(mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 999, "method": "shutdown" }));
        while self.receive()["id"] != 999 {}
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        assert!(self.server.wait().expect("it ends").success());
    }
}
