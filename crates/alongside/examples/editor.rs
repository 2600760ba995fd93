//! How soon an editor has its marks after a keystroke: `cargo run --release -p alongside --example editor`.
//!
//! Sends a changed text of 10 KB to `alongside lsp` a few hundred times and waits for the marks each time: the whole way, with
//! both JSON messages and both pipes.

#![expect(clippy::indexing_slicing, reason = "a measurement fails where JSON is not as promised")]

#[path = "../tests/editor/mod.rs"]
#[expect(dead_code, reason = "shared with tests")]
mod editor;
#[path = "../tests/rig/mod.rs"]
#[expect(dead_code, reason = "shared with tests and other examples")]
mod rig;

use serde_json::json;

use editor::Editor;

const TIMES: usize = 300;
const URI: &str = "file:///letter.md";
const PARAGRAPH: &str = "Thank you for telling us about the message from Tuesday. We looked at it at once, and \
    nobody else had to click to learn that it was harmful. Please utilize the new form if a second one comes. It is regrettable that \
    the first link was opened, and mistakes were made. We will write to you by noon with what we found.\n\n";

fn main() -> anyhow::Result<()> {
    let mut editor = Editor::start(&rig::built_binary()?, json!({ "kind": "reply" }));
    let text = PARAGRAPH.repeat(10_000 / PARAGRAPH.len() + 1);
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": 0, "text": text } }),
    );
    let marks = editor.marks().len();
    let mut took = Vec::with_capacity(TIMES);
    for version in 1..=TIMES {
        let changed = format!("{text}And {version} more words.\n");
        let begun = std::time::Instant::now();
        editor.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [{ "text": changed }] }),
        );
        editor.marks();
        took.push(begun.elapsed().as_secs_f64());
    }
    editor.stop();
    took.sort_by(f64::total_cmp);
    println!(
        "{} bytes with {marks} marks: p50 {:.2} ms, p95 {:.2} ms, slowest {:.2} ms (n = {TIMES}, goal <= 5 ms)",
        text.len(),
        rig::load::at(&took, 0.5) * 1e3,
        rig::load::at(&took, 0.95) * 1e3,
        rig::load::at(&took, 1.0) * 1e3,
    );
    Ok(())
}
