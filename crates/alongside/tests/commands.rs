//! The reference page of all commands is what the program says of itself. `UPDATE_EXPECT=1` writes it anew.

use std::process::Command;

use expect_test::expect_file;

const HEAD: &str = "# Commands

<!-- Made by `UPDATE_EXPECT=1 cargo test -p alongside --test commands` from what the program says with `--help`. -->

Every command, what it takes and what it ends with. Results go to standard output, and what is said beside them to standard error.

| ends with | meaning |
|---|---|
| 0 | done, and nothing to say |
| 1 | `check` found something; `read` has a message that may mean harm; `score` met a line that it could not read |
| 2 | something stood in the way, or the command was not used as described here; `admin doctor` found a problem |
| 78 | `serve` cannot use its settings, so starting it again changes nothing |

| environment variable | meaning |
|---|---|
| `ALONGSIDE_LOG` | how much `serve`, `demo` and `admin` write to standard error: `error`, `warn`, `info`, `debug` or `trace` |
| `NO_COLOR` | set to anything, `check` writes without colours |
";

fn help(command: &[String]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(command)
        .arg("--help")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{command:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The names under `Commands:`.
fn inside(help: &str) -> Vec<String> {
    let below = help.split("Commands:\n").nth(1).unwrap_or_default();
    let lines = below.lines().take_while(|line| line.starts_with("  "));
    let names =
        lines.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

fn describe(command: &[String], page: &mut String) {
    let text = help(command);
    let name =
        std::iter::once("alongside").chain(command.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
    page.push_str(&format!("\n## `{name}`\n\n```text\n{}\n```\n", text.trim_end()));
    for inner in inside(&text) {
        describe(&[command, &[inner]].concat(), page);
    }
}

#[test]
fn the_page_of_commands_is_what_the_program_says() {
    let mut page = HEAD.to_owned();
    describe(&[], &mut page);
    assert!(page.matches("\n## ").count() > 15, "all commands are found");
    expect_file!["../../../docs/reference/commands.md"].assert_eq(&page);
}
