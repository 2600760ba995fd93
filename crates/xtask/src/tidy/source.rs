//! A Rust file taken apart just far enough: code, comments and string literals, each with its line.
//! No parser: it knows where strings and comments begin and end, and nothing about what they mean.

/// A file and what it holds.
pub struct Source {
    /// From the root of the workspace, with slashes.
    pub path: String,
    pub text: String,
    /// The product's code with every comment and the inside of every string left out, line by line.
    pub code: Vec<String>,
    /// String literals of the product's code: line (from 1) and contents.
    pub strings: Vec<(usize, String)>,
}

impl Source {
    /// Takes a file apart. What stands in a `#[cfg(test)] mod … { … }` is left out of `code` and `strings`.
    pub fn new(path: String, text: String) -> Source {
        let (mut code, mut strings) = take_apart(&text);
        if let Some(end) = tests_begin(&code) {
            code.truncate(end);
            strings.retain(|(line, _)| *line <= end);
        }
        Source { path, text, code, strings }
    }

    /// Whether the whole file is tests.
    pub fn is_test(&self) -> bool {
        self.path.split('/').any(|part| {
            ["tests", "tests.rs", "test", "test.rs"].contains(&part) || part.ends_with("_tests.rs")
        })
    }

    /// Lines (from 1) of code that hold `word`.
    pub fn lines_with<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.code.iter().enumerate().filter(move |(_, line)| holds(line, word)).map(|(at, _)| at + 1)
    }
}

/// Whether `line` holds `word` as a whole word (where the word itself begins or ends with a letter).
fn holds(line: &str, word: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let goes_on =
            joins(before) && joins(word.chars().next()) || joins(after) && joins(word.chars().next_back());
        !goes_on
    })
}

/// The number of lines before the tests at the end of a file.
fn tests_begin(code: &[String]) -> Option<usize> {
    code.windows(2).position(|pair| {
        let [first, second] = pair else { return false };
        first.trim() == "#[cfg(test)]"
            && second.trim_start().starts_with("mod ")
            && second.trim_end().ends_with('{')
    })
}

/// Where the reader stands.
enum At {
    Code,
    LineComment,
    BlockComment(usize),
    /// The literal so far, and the line it began on.
    String(String, usize),
    /// The same with the number of `#` that end it.
    Raw(String, usize, usize),
}

fn take_apart(text: &str) -> (Vec<String>, Vec<(usize, String)>) {
    let letters: Vec<char> = text.chars().collect();
    let letter = |at: usize| letters.get(at).copied().unwrap_or('\0');
    let (mut code, mut strings, mut line) = (vec![String::new()], Vec::new(), 1);
    let mut state = At::Code;
    let mut at = 0;
    while let Some(&here) = letters.get(at) {
        at += 1;
        let next = letter(at);
        state = match state {
            At::Code => match here {
                '/' if next == '/' => At::LineComment,
                '/' if next == '*' => At::BlockComment(1),
                '"' => At::String(String::new(), line),
                'r' if raw_begins(&letters, at).is_some()
                    && !letter(at.wrapping_sub(2)).is_alphanumeric() =>
                {
                    let hashes = raw_begins(&letters, at).unwrap_or_default();
                    at += hashes + 1;
                    At::Raw(String::new(), line, hashes)
                }
                '\'' => {
                    at += character_ends(&letters, at);
                    At::Code
                }
                '\n' => At::Code,
                _ => {
                    if let Some(last) = code.last_mut() {
                        last.push(here);
                    }
                    At::Code
                }
            },
            At::LineComment if here == '\n' => At::Code,
            At::LineComment => At::LineComment,
            At::BlockComment(depth) => match (here, next) {
                ('*', '/') if depth == 1 => {
                    at += 1;
                    At::Code
                }
                ('*', '/') => {
                    at += 1;
                    At::BlockComment(depth - 1)
                }
                ('/', '*') => {
                    at += 1;
                    At::BlockComment(depth + 1)
                }
                _ => At::BlockComment(depth),
            },
            At::String(mut so_far, began) => match here {
                '"' => {
                    strings.push((began, so_far));
                    if let Some(last) = code.last_mut() {
                        last.push_str("\"\"");
                    }
                    At::Code
                }
                '\\' => {
                    so_far.push(if next == 'n' { '\n' } else { ' ' });
                    at += 1;
                    if next == '\n' {
                        line += 1;
                        code.push(String::new());
                    }
                    At::String(so_far, began)
                }
                _ => {
                    so_far.push(here);
                    At::String(so_far, began)
                }
            },
            At::Raw(mut so_far, began, hashes) => {
                if here == '"' && (0..hashes).all(|more| letter(at + more) == '#') {
                    at += hashes;
                    strings.push((began, so_far));
                    At::Code
                } else {
                    so_far.push(here);
                    At::Raw(so_far, began, hashes)
                }
            }
        };
        if here == '\n' {
            line += 1;
            code.push(String::new());
        }
    }
    (code, strings)
}

/// After an `r`: the number of `#` before the quote that opens a raw string.
fn raw_begins(letters: &[char], at: usize) -> Option<usize> {
    let hashes = letters.get(at..)?.iter().take_while(|letter| **letter == '#').count();
    (letters.get(at + hashes) == Some(&'"')).then_some(hashes)
}

/// After a `'`: how much further a character literal goes; nothing for a lifetime.
fn character_ends(letters: &[char], at: usize) -> usize {
    match (letters.get(at), letters.get(at + 1)) {
        (Some('\\'), _) => letters
            .get(at + 2..)
            .map_or(0, |rest| rest.iter().take_while(|letter| **letter != '\'').count() + 3),
        (Some(_), Some('\'')) => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("crates/desk/src/care/mod.rs".into(), text.into())
    }

    #[test]
    fn code_comments_and_strings_are_told_apart() {
        let taken = source(
            "//! SystemTime\nlet a = \"select\\n1\"; // tokio\nlet b = r#\"from \"x\"\"#; /* sqlx\n axum */ let c = 'x';\n",
        );
        assert_eq!(taken.strings, [(2, "select\n1".to_owned()), (3, "from \"x\"".to_owned())]);
        assert_eq!(taken.code.join("|"), "|let a = \"\"; |let b = ; | let c = ;|");
    }

    #[test]
    fn quotes_as_characters_and_lifetimes_open_nothing() {
        let taken = source(
            "fn f<'a>(x: &'a str) -> bool { x.contains('\"') && x != '\\'' .into() }\nlet s = \"one\";\n",
        );
        assert_eq!(taken.strings, [(2, "one".to_owned())]);
    }

    #[test]
    fn a_string_over_lines_keeps_the_count() {
        let taken = source(
            "const A: &str = \"one\ntwo\";\nlet b = Instant::now();\nlet c = \"x\\\n  y\";\nlet d = tokio;\n",
        );
        assert_eq!(taken.lines_with("Instant::now").collect::<Vec<_>>(), [3]);
        assert_eq!(taken.lines_with("tokio").collect::<Vec<_>>(), [6]);
    }

    #[test]
    fn whole_words_only_and_no_tests_at_the_end() {
        let taken =
            source("let tokio_like = 1;\nlet x = tokio::spawn;\n#[cfg(test)]\nmod tests {\n use tokio;\n}\n");
        assert_eq!(taken.lines_with("tokio").collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn test_files_are_known_by_their_place() {
        let is_test = |path: &str| Source::new(path.into(), String::new()).is_test();
        assert!(is_test("crates/mail/src/attachments/tests/pdf.rs") && is_test("crates/desk/src/test.rs"));
        assert!(
            is_test("crates/alongside/tests/check.rs")
                && !is_test("crates/xtask/src/main.rs")
                && !is_test("crates/mail/src/attachments/pdf.rs")
        );
    }
}
