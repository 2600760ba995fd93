//! From the settings' types and their comments to a page that people read. Knows only the plain shapes that
//! `config.rs` is written in, and says so when it meets another.

use std::collections::BTreeMap;
use std::fmt::Write;

/// One table of `alongside.toml`.
#[derive(Debug, Default)]
struct Table {
    comment: String,
    fields: Vec<Field>,
}

/// One key.
#[derive(Debug)]
struct Field {
    name: String,
    kind: String,
    comment: String,
    /// The function that serde asks for a default.
    default_by: Option<String>,
    /// Whether serde takes the type's own default.
    default_plain: bool,
}

/// What the source says, before it becomes a page.
#[derive(Debug, Default)]
struct Settings {
    tables: BTreeMap<String, Table>,
    /// Table, key → the expression in its `impl Default`.
    defaults: BTreeMap<(String, String), String>,
    /// Function → the expression it gives.
    functions: BTreeMap<String, String>,
    /// Enum → its variants, the default first.
    choices: BTreeMap<String, Vec<String>>,
}

/// The page for a source.
///
/// # Errors
/// Names the key that has no comment, or whose default is written in a way not known here.
pub fn page(source: &str) -> Result<String, String> {
    let settings = read(source);
    let whole = settings.tables.get("Config").ok_or("there is no `pub struct Config`")?;
    let mut page = String::from("# `alongside.toml`\n\n");
    let _ = writeln!(
        page,
        "<!-- Made by `cargo xtask docs` from the comments in crates/alongside/src/config.rs. -->\n"
    );
    let _ = writeln!(
        page,
        "{} Unknown keys are refused. Choose another file with `--config FILE`.\n",
        whole.comment
    );
    for section in &whole.fields {
        let name = section.kind.trim_start_matches("Option<").trim_end_matches('>');
        let table = settings.tables.get(name).ok_or_else(|| format!("there is no `pub struct {name}`"))?;
        let comment = if section.comment.is_empty() { &table.comment } else { &section.comment };
        let _ = writeln!(page, "## `[{}]`\n\n{comment}\n", section.name);
        let _ = writeln!(page, "| key | default | meaning |\n|---|---|---|");
        for field in &table.fields {
            if field.comment.is_empty() {
                return Err(format!(
                    "`{}.{}` has no comment; people read it on the settings page",
                    section.name, field.name
                ));
            }
            let default = settings.default_of(name, field)?;
            let _ =
                writeln!(page, "| `{}` | {default} | {} |", field.name, field.comment.replace('|', "\\|"));
        }
        page.push('\n');
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    Ok(page)
}

impl Settings {
    fn default_of(&self, table: &str, field: &Field) -> Result<String, String> {
        if let Some(expression) = self.defaults.get(&(table.to_owned(), field.name.clone())) {
            return written(expression);
        }
        if let Some(function) = &field.default_by {
            let expression =
                self.functions.get(function).ok_or_else(|| format!("there is no `fn {function}`"))?;
            return written(expression);
        }
        if field.kind.starts_with("Option<") {
            return written("None");
        }
        match self.choices.get(&field.kind).and_then(|choices| choices.first()) {
            Some(first) if field.default_plain => Ok(format!("`\"{first}\"`")),
            _ => Ok("must be set".into()),
        }
    }
}

/// An expression as it would stand in the file.
fn written(expression: &str) -> Result<String, String> {
    let expression = expression.trim().trim_end_matches(',').trim();
    let quoted = |text: &str| {
        text.split('"').skip(1).step_by(2).map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
    };
    let is_list = expression.starts_with("vec![") || expression.starts_with('[');
    let plain = expression == "true" || expression == "false" || expression.parse::<i64>().is_ok();
    if expression == "None" {
        Ok("not set".into())
    } else if expression == "Vec::new()" {
        Ok("`[]`".into())
    } else if plain {
        Ok(format!("`{expression}`"))
    } else if let Some(address) =
        expression.strip_prefix("SocketAddr::from(([").and_then(|rest| rest.strip_suffix("))"))
    {
        let (host, port) = address.split_once("],").ok_or_else(|| format!("not known: {expression}"))?;
        Ok(format!("`\"{}:{}\"`", host.replace(", ", "."), port.trim()))
    } else if is_list {
        Ok(format!("`[{}]`", quoted(expression)))
    } else if expression.starts_with('"') || expression.starts_with("PathBuf::from(\"") {
        Ok(format!("`{}`", quoted(expression)))
    } else {
        Err(format!(
            "a default is written as `{expression}`, which the settings page does not know how to show"
        ))
    }
}

fn read(source: &str) -> Settings {
    let mut settings = Settings::default();
    let mut comment = Vec::new();
    let (mut default_by, mut default_plain) = (None, false);
    let mut inside = Inside::Nothing;
    for line in source.lines() {
        let line = line.trim();
        if line == "}" {
            inside = inside.out();
        } else if let Some(words) = line.strip_prefix("///") {
            comment.push(words.trim().to_owned());
            continue;
        } else if let Some(rest) = line.strip_prefix("#[serde(default") {
            default_by = rest.split('"').nth(1).map(str::to_owned);
            default_plain = default_by.is_none();
            continue;
        } else if line == "#[default]" {
            default_plain = true;
            continue;
        } else if line.starts_with("#[") {
            continue;
        } else {
            let said = comment.join(" ");
            inside = inside.next(line, &mut settings, said, (default_by.take(), default_plain));
        }
        comment.clear();
        default_plain = false;
    }
    settings
}

/// Which item the reader is in.
enum Inside {
    Nothing,
    Struct(String),
    Enum(String),
    Default(String),
    Function(String),
}

impl Inside {
    fn out(self) -> Inside {
        match self {
            // `}` ends the literal, then the function, then the impl; none of them holds a key.
            Inside::Default(name) => Inside::Default(name),
            _ => Inside::Nothing,
        }
    }

    fn next(
        self,
        line: &str,
        settings: &mut Settings,
        comment: String,
        default: (Option<String>, bool),
    ) -> Inside {
        let name_after = |word: &str| {
            let rest = line.strip_prefix(word)?;
            Some(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?.to_owned())
        };
        if let Some(name) = name_after("pub struct ") {
            settings.tables.insert(name.clone(), Table { comment, fields: Vec::new() });
            return Inside::Struct(name);
        }
        if let Some(name) = name_after("pub enum ") {
            return Inside::Enum(name);
        }
        if let Some(name) = name_after("impl Default for ") {
            return Inside::Default(name);
        }
        if line.starts_with("impl ") {
            return Inside::Nothing;
        }
        match &self {
            Inside::Nothing => {
                if let Some(name) = name_after("fn ").filter(|_| line.contains("() -> ")) {
                    return Inside::Function(name);
                }
            }
            Inside::Struct(table) => {
                if let (Some(name), Some((_, kind))) = (name_after("pub "), line.split_once(": ")) {
                    let kind = kind.trim_end_matches(',').to_owned();
                    let field =
                        Field { name, kind, comment, default_by: default.0, default_plain: default.1 };
                    settings.tables.entry(table.clone()).or_default().fields.push(field);
                }
            }
            Inside::Enum(name) => {
                let choices = settings.choices.entry(name.clone()).or_default();
                let word = line.trim_end_matches(',').to_lowercase();
                choices.insert(if default.1 { 0 } else { choices.len() }, word);
            }
            Inside::Default(table) => {
                let inner = line.strip_prefix("Self {").unwrap_or(line).trim().trim_end_matches('}').trim();
                for (key, expression) in fields_of(inner) {
                    settings.defaults.insert((table.clone(), key), expression);
                }
            }
            Inside::Function(name) => {
                settings.functions.insert(name.clone(), line.to_owned());
            }
        }
        self
    }
}

/// `a: x, b: f(y, z)` as pairs; commas inside brackets belong to the expression.
fn fields_of(text: &str) -> Vec<(String, String)> {
    let (mut pieces, mut depth) = (vec![String::new()], 0i32);
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if letter == ',' && depth == 0 {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(letter);
        }
    }
    let pair = |piece: &String| {
        let (key, expression) = piece.trim().split_once(": ")?;
        let is_name = key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
        is_name.then(|| (key.to_owned(), expression.trim().to_owned()))
    };
    pieces.iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
/// The whole file.
pub struct Config {
    pub web: Web,
    /// A server for letters.
    pub relay: Option<Relay>,
}

/// The pages.
pub struct Web {
    /// Where they listen.
    /// On this machine.
    pub listen: SocketAddr,
    /// Days.
    pub days: Vec<String>,
}

impl Default for Web {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8025)), days: ["mon", "tue"].map(String::from).to_vec() }
    }
}

pub struct Relay {
    /// Its name.
    pub host: String,
    /// Its port.
    #[serde(default = "port")]
    pub port: u16,
    /// How.
    #[serde(default)]
    pub security: Security,
}

pub enum Security {
    None,
    #[default]
    Tls,
}

fn port() -> u16 {
    587
}
"#;

    #[test]
    fn keys_comments_and_defaults_become_a_page() {
        let page = page(SOURCE).unwrap();
        for expected in [
            "## `[web]`\n\nThe pages.\n",
            "| `listen` | `\"127.0.0.1:8025\"` | Where they listen. On this machine. |",
            "| `days` | `[\"mon\", \"tue\"]` | Days. |",
            "## `[relay]`\n\nA server for letters.\n",
            "| `host` | must be set | Its name. |",
            "| `port` | `587` | Its port. |",
            "| `security` | `\"tls\"` | How. |",
        ] {
            assert!(page.contains(expected), "{expected}\n---\n{page}");
        }
    }

    #[test]
    fn a_key_without_a_comment_is_named() {
        let problem = page(&SOURCE.replace("    /// Its name.\n", "")).unwrap_err();
        assert!(problem.contains("relay.host"), "{problem}");
    }

    #[test]
    fn a_default_nobody_can_read_is_named() {
        let problem = page(&SOURCE.replace("    587", "    guess()")).unwrap_err();
        assert!(problem.contains("guess()"), "{problem}");
    }
}
