//! What is wrong in a settings file (TOML), for the person who wrote it: the line, the key, and what to write instead.
//! Knows the words in which the reader of TOML complains, and no file.

/// One sentence, such as ``line 3: `limits.asks` has `-1`; write a whole number, 0 or more``.
#[must_use]
pub fn in_words(text: &str, error: &toml::de::Error) -> String {
    let (said, span) = (error.message().trim(), error.span().unwrap_or(0..0));
    let line = text.get(..span.start).unwrap_or("").matches('\n').count() + 1;
    let key = key_at(text, line);
    let value = in_one_line(text.get(span).unwrap_or(""));
    let what = if let Some((name, known)) = after(said, "unknown field `") {
        let known =
            known.trim_start_matches(", ").trim_start_matches("expected ").trim_start_matches("one of ");
        format!("there is no setting `{name}` here; there is {known}")
    } else if let Some((name, _)) = after(said, "missing field `") {
        let place = if key.is_empty() { String::new() } else { format!(" in `[{key}]`") };
        format!("`{name}` is missing{place}; it has to be set")
    } else if let Some((name, known)) = after(said, "unknown variant `") {
        let known =
            known.trim_start_matches(", ").trim_start_matches("expected ").trim_start_matches("one of ");
        format!("`{key}` has `{name}`; it can be {known}")
    } else if let Some((_, wanted)) = said.split_once(", expected ").filter(|_| said.starts_with("invalid "))
    {
        format!("`{key}` has `{value}`; write {}", instead(wanted))
    } else if said.contains("socket address") {
        format!("`{key}` has `{value}`; write an address in numbers and a port, such as `127.0.0.1:8025`")
    } else {
        format!("this is not written as TOML: {said}")
    };
    format!("line {line}: {what}")
}

/// A value as it was written, with nothing in it that would break the line or move a cursor.
fn in_one_line(value: &str) -> String {
    value.chars().take(60).map(|one| if one.is_control() { ' ' } else { one }).collect()
}

/// What stands between the back-ticks after `head`, and what follows.
fn after<'a>(said: &'a str, head: &str) -> Option<(&'a str, &'a str)> {
    said.strip_prefix(head)?.split_once('`')
}

/// The whole key of a line, with its table: that of the line itself, or of the last one above it that has one.
fn key_at(text: &str, line: usize) -> String {
    let above = || text.lines().take(line).map(str::trim);
    let header =
        |line: &str| Some(line.strip_prefix('[')?.split_once(']')?.0.trim_matches('[').trim().to_owned());
    let table = above().filter(|line| !line.contains('=')).filter_map(header).last();
    let keys = above().filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim());
    match (table, keys.last().filter(|_| !above().last().is_some_and(|line| line.starts_with("[")))) {
        (Some(table), Some(key)) => format!("{table}.{key}"),
        (Some(one), None) => one,
        (None, key) => key.unwrap_or_default().to_owned(),
    }
}

/// How to write what a program calls by the name of a type.
fn instead(wanted: &str) -> &str {
    match wanted {
        "u16" => "a whole number from 0 to 65535",
        "usize" | "u8" | "u32" | "u64" => "a whole number, 0 or more",
        "i32" | "i64" => "a whole number",
        "f32" | "f64" | "floating point number" => "a number",
        "a boolean" => "`true` or `false`, without quotes",
        "a string" | "path string" | "string or table" | "string only" => "a text in quotes",
        "a sequence" => "a list in square brackets, such as `[\"one\", \"two\"]`",
        "a map" => "a table: its name in square brackets on a line of its own, and its keys below",
        wanted if wanted.starts_with("struct ") => {
            "a table: its name in square brackets on a line of its own, and its keys below"
        }
        wanted if wanted.contains("ddress") => "an address in numbers and a port, such as `127.0.0.1:8025`",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::Profile;

    #[test]
    fn a_profile_says_line_key_and_what_to_write() {
        for (text, said) in [
            ("[limits]\nasks = -1\n", "line 2: `limits.asks` has `-1`; write a whole number, 0 or more"),
            (
                "accept = \"SIEM\"\n",
                "line 1: `accept` has `\"SIEM\"`; write a list in square brackets, such as `[\"one\", \"two\"]`",
            ),
            (
                "words = \"plain\"\nregister = \"x\"\n",
                "line 2: `register` has `x`; it can be `formal`, `neutral`, `casual`",
            ),
            ("[limits]\ngrade = \"ten\"\n", "line 2: `limits.grade` has `\"ten\"`; write a number"),
            (
                "limits = 3\n",
                "line 1: `limits` has `3`; write a table: its name in square brackets on a line of its own, and its keys below",
            ),
            ("accept = [\n  \"a\",\n  2,\n]\n", "line 3: `accept` has `2`; write a text in quotes"),
            (
                "langauge = \"en\"\n",
                "line 1: there is no setting `langauge` here; there is `register`, `words`, `language`, `kind`, `limits`, `rules`, `accept`, `avoid`, `styles`",
            ),
            ("words = plain\n", "line 1: this is not written as TOML: "),
            (
                "[rules]\nCLR04 = \"of\"\n",
                "line 2: `rules.CLR04` has `of`; it can be off, note, suggestion, warning or error",
            ),
            ("[rules]\nblaem = \"off\"\n", "line 2: there is no rule or group `blaem`"),
            ("[avoid]\n\"<nobody\" = \"\"\n", "`avoid`: `<nobody`: a `>` is missing"),
            ("language = \"fr\"\n", "line 1: `language` has `fr`; it can be `en` or `de`"),
        ] {
            let problem = Profile::from_toml(text).unwrap_err();
            assert!(problem.starts_with(said), "{problem}\nnot\n{said}");
        }
    }
}
